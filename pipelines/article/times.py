"""When an article was published and changed, and where the page says so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from lxml import etree

from pipelines.article.dates import DATE, ROME, read_date, read_machine_date, read_url_date
from pipelines.article.jsonld import plain
from pipelines.article.parsed import Parsed, text_of
from pipelines.items import Timestamp

PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "pubdate",
    "publishdate", "publish-date", "date", "dc.date.issued", "dc.date", "dcterms.created", "sailthru.date",
    "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime", "datecreated",
)  # fmt: skip
MODIFIED = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "dcterms.modified", "dc.date.modified",
)  # fmt: skip
AWAY = frozenset(("nav", "aside", "footer"))
LONGEST = 160  # characters of a text that may be a date
MOST_TEXTS = 60  # short texts read as dates before giving up
TELLING = re.compile(r"\d{1,2}[\s./:-]\S|\bieri\b|\boggi\b|\bfa\b|scors[oa]|stamatt|stasera", re.IGNORECASE)


def published(parsed: Parsed, article: dict[str, Any], css: str, hint: Timestamp | None) -> Timestamp | None:
    """When the article was published: the page's own word first, then a feed's or sitemap's, then the URL's."""
    fetched = parsed.page.fetched
    day_only: Timestamp | None = None
    for text, source in _told(parsed, article, css):
        reader = read_date if source == "text" else read_machine_date
        moment = reader(text, fetched)
        if moment is None:
            continue
        if source == "text" or _has_clock(moment):
            return Timestamp(moment, source) if not day_only or _same_day(moment, day_only.value) else day_only
        day_only = day_only or Timestamp(moment, source)
    if day_only:
        return Timestamp(hint.value, hint.source) if hint and _same_day(hint.value, day_only.value) else day_only
    if hint:
        return hint
    dated = read_url_date(parsed.page.final_url, fetched)
    return Timestamp(dated, "url") if dated else None


def modified(parsed: Parsed, article: dict[str, Any]) -> Timestamp | None:
    """When the article was last changed, where the page says so."""
    told = [(plain(article.get("dateModified")), "json-ld"), (parsed.meta(*MODIFIED), "meta")]
    for text, source in told:
        if text and (moment := read_machine_date(text, parsed.page.fetched)):
            return Timestamp(moment, source)
    return None


def _told(parsed: Parsed, article: dict[str, Any], css: str) -> Iterator[tuple[str, str]]:
    """What may be the date, surest first, each with its source."""
    if css:
        for element in parsed.select(css)[:3]:
            yield element.get("datetime") or element.get("content") or text_of(element), "text"
        yield from ((text, "text") for text in parsed.texts(css)[:3])
    for key in ("datePublished", "dateCreated", "uploadDate"):
        if text := plain(article.get(key)):
            yield text, "json-ld"
    for name in PUBLISHED:
        for text in parsed.metas.get(name, ())[:2]:
            yield text, "meta"
    for element in parsed.root.iter("time"):
        if _stands_in(element, AWAY):
            continue
        text = element.get("datetime") or text_of(element)
        if text:
            yield text, "time"
            break
    yield from ((text, "text") for text in _visible(parsed))


def _visible(parsed: Parsed) -> Iterator[str]:
    """Short texts of the page that stand in boxes named after dates, then those that begin with a date."""
    for element in parsed.labelled["date"]:
        text = text_of(element)
        if _may_tell(text) and not _stands_in(element, AWAY):
            yield text
    tried = 0
    for element in parsed.root.iter("span", "p", "div", "small", "em", "li", "h6", "strong", "td"):
        text = " ".join((element.text or "").split())
        if _may_tell(text) and (DATE.match(text) or text[:10].lower().startswith(("pubblicat", "ieri", "oggi"))):
            tried += 1
            if not _stands_in(element, AWAY):
                yield text
        if tried > MOST_TEXTS:
            return


def _may_tell(text: str) -> bool:
    return 4 <= len(text) <= LONGEST and bool(TELLING.search(text))


def _stands_in(element: etree._Element, tags: frozenset[str]) -> bool:
    return any(ancestor.tag in tags for ancestor in element.iterancestors())


def _has_clock(moment: datetime) -> bool:
    local = moment.astimezone(ROME)
    return bool(local.hour or local.minute) and bool(moment.hour or moment.minute)


def _same_day(one: datetime, other: datetime) -> bool:
    return one.astimezone(ROME).date() == other.astimezone(ROME).date()
