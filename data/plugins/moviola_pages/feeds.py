"""Atom feeds (RFC 4287) of matches, teams, players and searches."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Self
from xml.etree import ElementTree as XML

from datasette.utils.asgi import Response

from .addresses import Addresses
from .archive import Row

ATOM = "http://www.w3.org/2005/Atom"
FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold
EPOCH = "1970-01-01T00:00:00Z"
XML.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `what` and `key` make its address, `when` is a date or a stored UTC time."""

    what: str
    key: str
    title: str
    when: str | None
    summary: str = ""

    @classmethod
    def of_article(cls, article: Row) -> Self:
        return cls("article", str(article["id"]), article["title"], article["published"], article["paper"])

    @classmethod
    def of_match(cls, match: Row) -> Self:
        score = "" if match["score_home"] is None else f" {match['score_home']}-{match['score_away']}"
        told = " · ".join(str(part) for part in (match["competition"], match["round"]) if part)
        return cls("match", match["id"], f"{match['home']}-{match['away']}{score}", match["date"], told)


def feed(datasette: Any, request: Any, title: str, entries: list[Entry]) -> Any:
    """An Atom document as a response."""
    to = Addresses(datasette)
    here = datasette.absolute_url(request, request.path)
    root = XML.Element(f"{{{ATOM}}}feed")
    add(root, "title", f"{title} · Moviola")
    add(root, "id", here)
    add(root, "updated", max((when(entry) for entry in entries), default=EPOCH))
    XML.SubElement(root, f"{{{ATOM}}}link", rel="self", href=clean(here))
    add(XML.SubElement(root, f"{{{ATOM}}}author"), "name", "Moviola")
    for entry in entries:
        node = XML.SubElement(root, f"{{{ATOM}}}entry")
        address = to.article(entry.key) if entry.what == "article" else to.match(entry.key)
        link = datasette.absolute_url(request, address)
        add(node, "title", entry.title or entry.key)
        add(node, "id", link)
        add(node, "updated", when(entry))
        XML.SubElement(node, f"{{{ATOM}}}link", rel="alternate", href=clean(link))
        if entry.summary:
            add(node, "summary", entry.summary)
    body = XML.tostring(root, encoding="unicode", xml_declaration=False)
    return Response(
        f'<?xml version="1.0" encoding="utf-8"?>\n{body}', content_type="application/atom+xml; charset=utf-8"
    )


def add(node: XML.Element, name: str, text: str) -> None:
    XML.SubElement(node, f"{{{ATOM}}}{name}").text = clean(text)


def clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def when(entry: Entry) -> str:
    """The moment of an entry as RFC 3339 has it."""
    told = entry.when or ""
    if re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", told):
        return told
    return f"{told}T00:00:00Z" if re.fullmatch(r"\d{4}-\d\d-\d\d", told) else EPOCH
