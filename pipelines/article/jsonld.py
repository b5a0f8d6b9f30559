"""The JSON-LD of a page: its objects, which of them is the article, and what it says."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from pipelines.article.charset import mended

ARTICLE_TYPES = frozenset((
    "newsarticle", "article", "reportagenewsarticle", "analysisnewsarticle", "opinionnewsarticle",
    "backgroundnewsarticle", "reviewnewsarticle", "sportsarticle", "techarticle", "blogposting", "liveblogposting",
    "socialmediaposting",
))  # fmt: skip
LARGEST = 2_000_000  # characters of one script
MOST_OBJECTS = 2_000
DEEPEST = 40
TAG = re.compile(r"<[^<>]{0,2000}>")
LINE_TAG = re.compile(r"</?(?:p|br|div|li|ul|ol|h[1-6]|tr|blockquote)\b[^<>]{0,2000}>", re.IGNORECASE)
WRAPPING = re.compile(
    r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/)|(?://\s*)?(?:-->|\]\]>|/\*\s*\]\]>\s*\*/)\s*$"
)


def read_json_ld(scripts: Iterable[etree._Element]) -> list[dict[str, Any]]:
    """Every object of the JSON-LD among these scripts, graphs and lists opened; broken scripts are passed over."""
    found: list[dict[str, Any]] = []
    for script in scripts:
        if "ld+json" not in (script.get("type") or ""):
            continue
        for value in _load(script.text or ""):
            for item in _objects(value, DEEPEST):
                found.append(item)
                if len(found) >= MOST_OBJECTS:
                    return found
    return found


def _load(text: str) -> Iterator[Any]:
    """The value of a script; raw line breaks inside strings are let pass, as are wrappings and a trailing semicolon."""
    if len(text) > LARGEST:
        return
    for attempt in (text, WRAPPING.sub("", text).strip().rstrip(";")):
        try:
            yield json.loads(attempt, strict=False)
            return
        except (ValueError, RecursionError):
            continue


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth <= 0:
        return
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            inner = value.get(key)
            if isinstance(inner, list | dict):
                yield from _objects(inner, depth - 1)


def types_of(item: dict[str, Any]) -> set[str]:
    """The types of an object in lower case, without their vocabulary ("schema:NewsArticle" is newsarticle)."""
    return {re.split(r"[:/#]", str(kind))[-1].lower() for kind in as_list(item.get("@type"))}


def article_of(objects: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """The object that is the article, the one that says most where there are several; empty where none is."""
    articles = [item for item in objects if types_of(item) & ARTICLE_TYPES]
    return max(articles, key=_told, default={})


def _told(item: dict[str, Any]) -> tuple[bool, bool, int]:
    return bool(item.get("headline")), bool(item.get("articleBody") or item.get("liveBlogUpdate")), len(item)


def as_list(value: Any) -> list[Any]:
    """A JSON-LD value as the list that it may be given as."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def plain(value: Any) -> str:
    """A text value on one line: entities and tags undone, a language map or @value opened."""
    return " ".join(lines_of(value)).strip()


def lines_of(value: Any) -> list[str]:
    """A text value as its lines: tags that end a line end one here."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name") or ""
    if isinstance(value, list):
        value = value[0] if value else ""
    if not isinstance(value, str):
        return []
    if "&" in value:
        value = html.unescape(value)
    if "<" in value:
        value = TAG.sub("", LINE_TAG.sub("\n", value))
    if "&" in value:
        value = html.unescape(value)
    lines = (" ".join(line.split()) for line in mended(value.replace("\r", "\n")).split("\n"))
    return [line for line in lines if line]


def names_of(value: Any) -> list[str]:
    """The names of people or things given as strings, objects, or a list of either."""
    return [name for item in as_list(value) if (name := plain(item))]
