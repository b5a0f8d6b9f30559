"""Which elements of a page hold the author, the section, the subtitle, the date: told by what they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Literal, get_args

from pipelines.article.blocks import Element
from pipelines.article.hints import any_of, words_of
from pipelines.article.vocabulary import BadVocabulary, entries

Label = Literal["author", "section", "subtitle", "date", "crumbs"]

TAGS = ("div", "span", "p", "a", "time", "h2", "h3", "ul", "ol", "address", "nav")  # that labels stand on
LARGEST = 12  # children: a box with more of them holds other things too
MOST = 40  # elements of one label


def labelled(root: Element) -> Mapping[Label, Sequence[Element]]:
    """The small elements of a page by what their class calls them, in page order."""
    found: dict[Label, list[Element]] = {label: [] for label in get_args(Label)}
    for element in root.iter(*TAGS):
        named = element.get("class")
        if named and (said := labels(named)) and len(element) <= LARGEST:
            for label in said:
                if len(found[label]) < MOST:
                    found[label].append(element)
    return found


def signed(root: Element) -> Iterator[Element]:
    """The elements that itemprop or rel, not their class, call the author's name."""
    for element in root.iter("a", "span"):
        if element.get("rel") == "author" or "author" in (element.get("itemprop") or ""):
            yield element


@lru_cache(maxsize=8192)
def labels(named: str) -> tuple[Label, ...]:
    """What an element so called holds.

    >>> labels("c-article__author"), labels("post-meta"), labels("container")
    (('author',), ('date',), ())
    """
    words = words_of(named)
    return tuple(label for label, pattern, spared in _patterns() if pattern.search(spared.sub(" ", words)))


@cache
def _patterns() -> tuple[tuple[Label, re.Pattern[str], re.Pattern[str]], ...]:
    read: dict[str, tuple[re.Pattern[str], re.Pattern[str]]] = {}
    for entry in entries("labels", "label", ("words", "finds", "leaves")):
        if entry["name"] not in get_args(Label):
            raise BadVocabulary(f"labels.toml: no label is called {entry['name']!r}")
        read[entry["name"]] = any_of(entry["words"]), any_of(entry.get("except", ["\0"]))
    return tuple((label, *read[label]) for label in get_args(Label) if label in read)
