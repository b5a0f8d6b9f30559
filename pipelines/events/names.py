"""Names in the tokens: runs of capitals that can be a person's name, and how two names of one article agree."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from .lexicon import words
from .tokens import SENTENCE_END, Doc, fold

INNER = words("names_inner")
OPENING = words("names_opening")  # particles that open a name in lower case: de Roon, van der Meer
LOWER_INNER = words("names_lower_inner")


@dataclass(frozen=True, slots=True)
class Run:
    """A run of capital words at tokens first:last; `opens` where a sentence begins with it: capitals prove little."""

    first: int
    last: int
    opens: bool


def sentence_opens(doc: Doc, i: int) -> bool:
    """Whether token i is the first of a sentence, line, quote or bracket: a capital there is a habit of spelling."""
    if i == 0:
        return True
    before = doc.low[i - 1]
    if before in ("'", '"', "-", "•", "*", ")", "("):
        return i == 1 or doc.low[i - 2] in SENTENCE_END or "\n" in doc.gap(i - 1) or before in '"•*'
    return (
        before in SENTENCE_END
        or before == ":"
        or "\n" in doc.gap(i)
        or (before[0].isdigit() and i > 1 and "\n" in doc.gap(i - 1))
    )


def runs(doc: Doc, first: int, last: int) -> list[Run]:
    """The runs of capital words in tokens first:last, particles and initials included."""
    found: list[Run] = []
    past = first
    words_, low = doc.words, doc.low
    for i in [i for i in range(first, last) if words_[i][0].isupper()]:
        word = words_[i]
        if i < past or not word[0].isalpha() or (word[-1] in "'’" and len(word) > 1):
            continue
        if word.isupper() and len(word) <= 3 and i and low[i - 1] == "(":
            continue  # a team's letters: "(VM)"
        end = _extend(doc, i, last)
        begin = i
        while begin > first and low[begin - 1] in OPENING and words_[begin - 1].islower() and doc.gap(begin) == " ":
            if low[begin - 1] == "de" or low[begin - 1] in ("van", "von", "der", "den"):
                begin -= 1
            else:
                break
        found.append(Run(begin, end, sentence_opens(doc, begin)))
        past = end
    return found


def _extend(doc: Doc, i: int, last: int) -> int:
    words_, low = doc.words, doc.low
    end = i + 1
    if (
        len(words_[i]) == 1
        and end < last
        and low[end] == "."
        and doc.gap(end) == ""
        and end + 1 < last
        and words_[end + 1][0].isupper()
    ):
        end += 1  # an initial and its stop
    while end < last and (doc.start[end] == doc.end[end - 1] or (len(gap := doc.gap(end)) == 1 and gap not in "\n\t")):
        word = words_[end]
        if (word[0].isalpha() and word[0].isupper() and word[-1] not in "'’") or (
            low[end] in LOWER_INNER and end + 1 < last and words_[end + 1][0].isupper()
        ):
            end += 1
        elif (
            low[end] in LOWER_INNER and end + 2 < last and low[end + 1] in LOWER_INNER and words_[end + 2][0].isupper()
        ):
            end += 2
        else:
            break
    return end


@lru_cache(maxsize=20_000)
def key_words(name: str) -> tuple[str, ...]:
    """A name's words as keys: initials left out, hyphens kept."""
    return tuple(w for w in (fold(piece) for piece in name.replace(".", " ").split()) if len(w) > 1) or (fold(name),)


def surname_at(name: tuple[str, ...]) -> int:
    """Where the surname starts in a name's key words: its last word with the particles before it."""
    at = len(name) - 1
    while at > 0 and name[at - 1] in INNER:
        at -= 1
    return at


def names_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether two keys can be one person's: the shorter ends the longer, begins it, or stands whole within it."""
    if len(a) > len(b):
        a, b = b, a
    if a == b[-len(a) :]:
        return len(a) == len(b) or b[-len(a) - 1] not in INNER or b[0] in INNER
    return len(a) < len(b) and a == b[: len(a)] and a[-1] not in words("given_names")
