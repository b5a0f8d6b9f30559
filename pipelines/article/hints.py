"""What the class and id of an element say of it: the body of the article, something to remove or keep, or nothing."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Literal, get_args

from pipelines.article.vocabulary import BadVocabulary, entries

Hint = Literal["body", "remove", "comments", "keep", ""]
MAKES = get_args(Hint)[:4]

CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[-_:./\s]+")
# WordPress puts the categories and tags of a post among the classes of its box ("post-123 hentry tag-newsletter").
POST_BOX = re.compile(r"\b(?:hentry|type post|type page|status publish)\b")
LONGEST = 200  # characters of class and id that are looked at


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    words: dict[str, list[str]] = {key: [] for key in (*MAKES, "except")}
    for entry in entries("hints", "hint", ("makes", "words", "finds", "leaves")):
        if entry["makes"] not in MAKES:
            raise BadVocabulary(f"hints.toml: hint {entry['name']} makes {entry['makes']!r}, not one of {MAKES}")
        words[entry["makes"]] += entry["words"]
        words["except"] += entry.get("except", [])
    return tuple(any_of(words[key]) for key in (*MAKES, "except"))


def any_of(phrases: list[str]) -> re.Pattern[str]:
    """A pattern for these runs of words, in words split as `words_of` does."""
    longest_first = sorted(set(phrases), key=len, reverse=True)
    return re.compile(r"(?<!\S)(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\S)")


def words_of(named: str) -> str:
    """Class and id as lower-case words: "relatedPosts_box" is "related posts box"."""
    return CAPITAL.sub(" ", named[:LONGEST]).strip().lower()


@lru_cache(maxsize=8192)
def hint(named: str) -> Hint:
    """What these classes and id, joined by spaces, say. One name for the body outweighs the others.

    >>> hint("td-post-content"), hint("relatedPosts"), hint("article-body has-share"), hint("article-body__related")
    ('body', 'remove', 'body', 'remove')
    """
    words = words_of(named)
    if not words or POST_BOX.search(words):
        return ""
    body, remove, comments, keep, spared = _patterns()
    if keep.search(words):
        return "keep"
    said: Hint = ""
    for name in named[:LONGEST].split():
        words = words_of(name)
        rest = spared.sub(" ", words)
        removed, commented = _last(remove, rest), _last(comments, rest)
        in_body = _last(body, words)
        if in_body > max(removed, commented):
            return "body"
        if removed >= 0 or commented >= 0:
            said = "remove" if removed >= 0 or said == "remove" else "comments"
    return said


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends, counted from the end backwards so that blanked words do not shift it; -1 for none."""
    ends = [match.end() - len(words) for match in pattern.finditer(words)]
    return ends[-1] + 10_000 if ends else -1
