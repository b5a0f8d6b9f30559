"""A page parsed once: the tree, the head, the structured data and the links, read by all who need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from cssselect import SelectorError
from lxml import etree
from parsel.csstranslator import HTMLTranslator

from pipelines.article.blocks import Element, inner_text
from pipelines.article.charset import as_utf8, mended
from pipelines.article.jsonld import read_json_ld
from pipelines.article.labels import Label, labelled
from pipelines.items import Link, Page

RELS = frozenset(("canonical", "next", "prev", "amphtml"))
TELLING = ("title", "base", "meta", "link", "script", "h1")
LARGEST = 8 * 1024 * 1024  # bytes that are looked at; the crawler takes no longer bodies


class Parsed:
    """A page and its tree, with what its head says. Nobody changes the tree; what is costly is read when asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        body = as_utf8(page.body[:LARGEST], page.headers)
        # A page nests deeper than libxml2's 256 only when tags were left open; huge_tree allows 2,048.
        parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
        try:
            root = etree.fromstring(body, parser) if body.strip() else None
        except etree.LxmlError:
            root = None
        self.root: Element = etree.Element("html") if root is None else root

    @cached_property
    def tagged(self) -> Mapping[str, Sequence[Element]]:
        """The elements that tell of the page rather than show it, and its headlines, by tag: one look for all."""
        found: dict[str, list[Element]] = {tag: [] for tag in TELLING}
        for element in self.root.iter(*TELLING):
            found[element.tag].append(element)
        return found

    @cached_property
    def address(self) -> SplitResult:
        """The parts of the page's own URL; none of a broken one."""
        try:
            return urlsplit(self.page.final_url)
        except ValueError:
            return urlsplit("")

    @cached_property
    def base(self) -> str:
        """The URL that the page's links are relative to."""
        for element in self.tagged["base"]:
            if href := element.get("href"):
                return _joined(self.page.final_url, href) or self.page.final_url
        return self.page.final_url

    @cached_property
    def metas(self) -> dict[str, list[str]]:
        """The contents of the meta tags by lower-case name, property, itemprop or http-equiv, in page order."""
        found: dict[str, list[str]] = {}
        for element in self.tagged["meta"]:
            content = element.get("content")
            if not content:
                continue
            for attribute in ("property", "name", "itemprop", "http-equiv"):
                if name := element.get(attribute):
                    found.setdefault(name.strip().lower(), []).append(mended(" ".join(content.split())))
        return found

    @cached_property
    def title(self) -> str:
        """What the `<title>` says."""
        return text_of(self.tagged["title"][0]) if self.tagged["title"] else ""

    def meta(self, *names: str) -> str:
        """The first non-empty content of the first of these names that the page has, or an empty string."""
        for name in names:
            for content in self.metas.get(name, ()):
                if content:
                    return content
        return ""

    @cached_property
    def rels(self) -> dict[str, list[str]]:
        """The absolute targets of the `<link rel=…>` that tell of other addresses, by rel."""
        found: dict[str, list[str]] = {}
        for element in self.tagged["link"]:
            rel = (element.get("rel") or "").strip().lower()
            if rel in RELS and (url := self.absolute(element.get("href") or "")):
                found.setdefault(rel, []).append(url)
        return found

    @cached_property
    def structured(self) -> list[dict[str, Any]]:
        """The objects of the page's JSON-LD, graphs and lists opened."""
        return read_json_ld(self.tagged["script"])

    @cached_property
    def labelled(self) -> Mapping[Label, Sequence[Element]]:
        """The page's elements called author, section, subtitle or date."""
        return labelled(self.root)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Every http link of the page, absolute, with its text, in page order."""
        return tuple(self._links())

    def _links(self) -> Iterator[Link]:
        for element in self.root.iter("a", "area"):
            href = element.get("href")
            if href and (url := self.absolute(href)):
                yield Link(url, text_of(element))

    def select(self, css: str, within: Element | None = None) -> list[Element]:
        """The elements that a CSS selector finds, in page order; none for a selector that cannot be read. `within` an
        element only, where the selector is a simple one: looking through the whole page costs a fifth of its parse."""
        simple = not any(combinator in css for combinator in " >+~")
        return [found for found in self._found(css, within if simple else None) if isinstance(found, Element)]

    def texts(self, css: str) -> list[str]:
        """What a CSS selector finds as texts: of elements, or what `::text` and `::attr(name)` ask for."""
        found = (text_of(f) if isinstance(f, Element) else " ".join(str(f).split()) for f in self._found(css))
        return [text for text in found if text]

    def _found(self, css: str, within: Element | None = None) -> list[Any]:
        path = _compiled(css) if css else None
        found = path(self.root if within is None else within) if path else []
        return found if isinstance(found, list) else []

    def absolute(self, href: str) -> str:
        """An http URL made absolute, or an empty string for anything else (mailto:, javascript:, a broken one)."""
        return _joined(self.base, href)


@lru_cache(maxsize=1024)
def _compiled(css: str) -> etree.XPath | None:
    try:
        return etree.XPath(HTMLTranslator().css_to_xpath(css))
    except (SelectorError, etree.XPathError):
        return None


def _joined(base: str, href: str) -> str:
    href = href.strip()
    if href.startswith(("http://", "https://")):
        return href
    if not href or href.startswith(("#", "javascript:", "mailto:", "tel:", "data:", "whatsapp:")):
        return ""
    try:
        url = urljoin(base, href)
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""


def parse(page: Page) -> Parsed:
    """The page, parsed."""
    return Parsed(page)


def text_of(element: Element) -> str:
    """The text of an element on one line."""
    return mended(" ".join(inner_text(element).split()))
