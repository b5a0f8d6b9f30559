"""Who signed an article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain
from typing import Any

from pipelines.article.jsonld import as_list, names_of, types_of
from pipelines.article.labels import signed
from pipelines.article.parsed import Parsed, text_of

METAS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
BY = re.compile(
    r"^(?:(?:articolo|scritto|testo|servizio)\s+)?(?:a cura (?:di|della)|di|by|da|autore|author)\s*:?\s+", re.IGNORECASE
)
AFTER_NAME = re.compile(r"\s*(?:[|–—•·/(]|\s-\s|,?\s\d{1,2}[\s./:]|\bpubblicat|\baggiornat|@).*$", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"\s*(?:,|;|&|\be\b(?= [A-ZÀ-Ü]))\s*")
ADDRESS = re.compile(r"^[@/]|https?:|www\.|\w\.(?:com|it|net|org)\b")  # of a profile, where a name should be
NO_AUTHOR = frozenset(("admin", "administrator", "author", "autore", "staff", "user", "ospite", "guest", "root"))
LONGEST_NAME = 60  # characters
LONGEST_BYLINE = 160  # characters: a longer text is a biography
MOST_WORDS = 6  # of a name
MOST_AUTHORS = 8


def authors_of(parsed: Parsed, article: dict[str, Any], css: str = "") -> tuple[str, ...]:
    """The names under the article: by the site's selector, JSON-LD, meta tags or byline."""
    if chosen := parsed.texts(css):
        return _names(chosen)
    people = _people(parsed, article)
    persons = [who for who in people if not (isinstance(who, dict) and types_of(who) == {"organization"})]
    in_head = (text for name in METAS for text in parsed.metas.get(name, ()) if not ADDRESS.search(text))
    return _names(names_of(persons)) or _names(in_head) or _byline(parsed) or _names(names_of(people))


def _people(parsed: Parsed, article: dict[str, Any]) -> list[Any]:
    """The authors that JSON-LD names, those that it only points at looked up."""
    authors = as_list(article.get("author"))
    if not any(isinstance(author, dict) and "@id" in author for author in authors):
        return authors
    by_id = {str(item["@id"]): item for item in parsed.structured if "@id" in item}
    return [
        by_id.get(str(author.get("@id")), author) if isinstance(author, dict) and not author.get("name") else author
        for author in authors
    ]


def _byline(parsed: Parsed) -> tuple[str, ...]:
    """The names in the first box that is called the author's; those after it sign comments."""
    for element in chain(signed(parsed.root), parsed.labelled["author"]):
        text = text_of(element)
        if len(text) <= LONGEST_BYLINE and (names := _names([text])):
            return names
    return ()


def _names(texts: Iterable[str]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for text in texts:
        signed = AFTER_NAME.sub("", BY.sub("", text.strip()[:300]))
        for part in BETWEEN_NAMES.split(signed):
            name = part.strip(" .:-")
            if 2 < len(name) <= LONGEST_NAME and name.lower() not in NO_AUTHOR and len(name.split()) <= MOST_WORDS:
                names[name] = None
        if len(names) >= MOST_AUTHORS:
            break
    return tuple(names)[:MOST_AUTHORS]
