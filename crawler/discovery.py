"""Ways in: what a feed, a sitemap or a listing page leads to."""

from __future__ import annotations

import gzip
import re
import zlib
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urlsplit

import feedparser
from lxml import etree, html

from crawler.urls import normal_url

MAX_XML = 64 * 1024 * 1024  # bytes of an unpacked sitemap; the protocol allows 50 MB


@dataclass(frozen=True, slots=True)
class Entry:
    """A URL that a way in names, with what it says of it."""

    url: str
    published: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's pages, or the parts that a sitemap index names."""

    pages: tuple[Entry, ...] = ()
    parts: tuple[Entry, ...] = ()


def read_feed(body: bytes, url: str) -> tuple[Entry, ...]:
    """The entries of an RSS or Atom feed, well-formed or not, in its order."""
    feed = feedparser.parse(BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    return tuple(entry for raw in feed.entries if (entry := _feed_entry(raw, url)))


def _feed_entry(raw: feedparser.FeedParserDict, base: str) -> Entry | None:
    url = normal_url(raw.get("link") or raw.get("id") or "", base)
    moment = raw.get("published_parsed") or raw.get("updated_parsed")
    published = datetime.fromtimestamp(timegm(moment), UTC) if moment and moment[0] >= 1990 else None
    return Entry(url, published, raw.get("title")) if url else None


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """The pages or parts of a sitemap: plain text, XML or news sitemap, gzipped or not, whatever its namespace says."""
    data = _unpacked(body)
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        lines = data.decode("utf-8", "replace").split()
        return Sitemap(pages=tuple(Entry(u) for line in lines if (u := normal_url(line, url))))
    pages: list[Entry] = []
    parts: list[Entry] = []
    for kind, entry in _sitemap_entries(data, url):
        (parts if kind == "sitemap" else pages).append(entry)
    return Sitemap(tuple(pages), tuple(parts))


def _unpacked(body: bytes) -> bytes:
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        with gzip.GzipFile(fileobj=BytesIO(body)) as packed:
            return packed.read(MAX_XML)
    except (OSError, EOFError, zlib.error):
        return zlib.decompressobj(31).decompress(body, MAX_XML) if len(body) > 20 else b""


def _sitemap_entries(data: bytes, base: str) -> Iterator[tuple[str, Entry]]:
    """(element, entry) pairs; local names only, since namespaces are often wrong, and broken XML as far as it goes."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(data.strip(), parser)
    except etree.XMLSyntaxError:
        return
    if root is None:
        return
    for element in root.iter("{*}url", "{*}sitemap"):
        facts: dict[str, str] = {}
        for child in element.iter("{*}loc", "{*}lastmod", "{*}publication_date", "{*}title"):
            name = etree.QName(child).localname
            # image:loc, video:title and the like describe a picture of the page, not the page
            if child.text and not re.search("image|video", str(child.tag)):
                facts.setdefault(name, child.text.strip())
        url = normal_url(facts.get("loc", ""), base) if facts.get("loc") else None
        if url:
            moment = w3c_moment(facts.get("publication_date") or facts.get("lastmod") or "")
            yield etree.QName(element).localname, Entry(url, moment, facts.get("title"))


W3C_DATE = re.compile(
    r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


def w3c_moment(text: str) -> datetime | None:
    """A W3C date of a sitemap in UTC; a date without a zone is taken as UTC, anything else as none.

    >>> w3c_moment("2024-01-10T22:57:00+01:00")
    datetime.datetime(2024, 1, 10, 21, 57, tzinfo=datetime.timezone.utc)
    """
    found = W3C_DATE.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    iso = f"{year}-{month}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}"
    try:
        moment = datetime.fromisoformat(iso + (zone or "+00:00"))
    except ValueError:
        return None
    return moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Listing:
    """The links of a page, in its order, the page after it, and the feeds that it names."""

    links: tuple[Entry, ...]
    next: str | None
    feeds: tuple[str, ...]


NEXT_WORDS = re.compile(
    r"^\s*(?:(?:pagina\s+)?(?:successiv[ao]|seguente|prossima)|avanti|next|older|più vecchi|»|›|>>?)", re.I
)


def read_listing(body: bytes, url: str) -> Listing:
    """The links of an HTML page with their anchor texts; hostile or broken HTML gives what a parser recovers."""
    parser = html.HTMLParser(recover=True, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        tree = html.document_fromstring(body or b"<html/>", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return Listing((), None, ())
    base = next((normal_url(b.get("href", ""), url) for b in tree.iter("base")), None) or url
    links: dict[str, str] = {}
    after = None
    feeds: list[str] = []
    for element in tree.iter("a", "link"):
        target = normal_url(element.get("href") or "", base)
        if not target:
            continue
        rel = (element.get("rel") or "").lower().split()
        if element.tag == "link":
            if "alternate" in rel and "xml" in (element.get("type") or ""):
                feeds.append(target)
            elif "next" in rel:
                after = after or target
            continue
        text = " ".join(str(element.xpath("string()")).split())
        if "next" in rel or "next" in (element.get("class") or "").split() or NEXT_WORDS.match(text):
            after = after or target
        if len(text) > len(links.get(target, "")) or target not in links:
            links[target] = text
    return Listing(tuple(Entry(u, None, t or None) for u, t in links.items()), after, tuple(feeds))


NOT_ARTICLES = re.compile(
    r"/(?:tags?|argomenti?|topics?|categor(?:y|ia|ie)|author|autor[ei]|page|pagina|search|cerca|login|privacy|cookie"
    r"|contatti|redazione|video|foto|gallery|photogallery|wp-content|wp-json|feed|rss|newsletter|abbonati)(?:/|-|$)",
    re.I,
)
SLUG = re.compile(r"[^/\-_]{2,}(?:[-_][^/\-_]+){3,}")  # four words or more, as headlines become addresses
DATED = re.compile(r"/(?:19|20)\d{2}[/-]\d{1,2}(?:[/-]|/)|[-/_]\d{5,}(?:[./_-]|$)")


def likely_articles(listing: Listing, host: str) -> tuple[Entry, ...]:
    """The links of a page on an undeclared site that look like articles: a headline for address or a date or number in
    it, a headline for anchor text, on the same host; in the page's order."""
    return tuple(entry for entry in listing.links if _likely(entry, host))


def _likely(entry: Entry, host: str) -> bool:
    parts = urlsplit(entry.url)
    own = (parts.hostname or "").removeprefix("www.")
    if own != host and not own.endswith("." + host):
        return False
    if NOT_ARTICLES.search(parts.path) or len(parts.path) < 12:
        return False
    return bool(SLUG.search(parts.path)) and (len(entry.title or "") >= 20 or bool(DATED.search(parts.path)))
