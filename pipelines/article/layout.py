"""From a parsed page to its blocks: the lines that a reader sees, each with the region it stands in.

One walk over the tree, which is left as it was: crawler and metadata read the same tree.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import islice
from math import ceil

from lxml import etree

from pipelines.article.blocks import Aside, Block, BlockKind, Element, Layout, Region
from pipelines.article.hints import hint
from pipelines.article.tables import read_row

INLINE, REGION, BLOCK, HEADING, ITEM, ROW, BREAK, SILENT, OUT = range(9)

_ROLES = {
    REGION: "html body div section article main center td th form fieldset details header aside",
    BLOCK: "p blockquote pre ul ol dl dd address summary thead tbody tfoot table caption hgroup amp-accordion",
    HEADING: "h1 h2 h3 h4 h5 h6",
    ITEM: "li dt",
    ROW: "tr",
    BREAK: "br hr",
    SILENT: "script style template svg math canvas map noscript input head link meta ins",
    OUT: "nav footer button select textarea option object iframe embed audio video dialog menu label "
    "figcaption figure amp-ad amp-embed amp-sidebar amp-social-share",
}
TAGS = {tag: role for role, tags in _ROLES.items() for tag in tags.split()}
LENIENT = {**TAGS, **dict.fromkeys(("footer", "noscript"), REGION), "label": INLINE, "ins": INLINE}
CLOCK_ENDS = frozenset("'’′´°:")
CLOSING = frozenset((":", ": ", ",", ", ", ".", ". ", ";", "; "))  # beginnings that stand close to what is before
NEVER_ASIDE = frozenset(("html", "body", "main"))
MOST_NESTED = 3  # asides around an aside that is looked through before the walk goes in
MOST_HEADERS = 20  # that are looked through
MANY = 0.3  # share of the page's paragraphs from which what is called no article is looked into all the same
MOST_ELEMENTS = 400_000  # the walk stops there: 2 µs each, so within a second


def lay_out(root: Element, *, hints: bool = True, without: Collection[Element] = ()) -> Layout:
    """The blocks of everything below `root`, without what tags, classes (`hints`) and a site (`without`) rule out."""
    walk = _Walk(root, hints, frozenset(without))
    walker = etree.iterwalk(root, events=("start", "end"))
    for number, (event, element) in enumerate(walker):
        if event == "end":
            walk.leave(element)
        elif not walk.enter(element):
            walker.skip_subtree()
        if number > 2 * MOST_ELEMENTS:
            break
    return walk.finished()


class _Walk:
    """Gathers text while the walk goes through the tree, and closes it into blocks where a line ends."""

    def __init__(self, root: Element, hints: bool, without: frozenset[Element]) -> None:
        self.layout = Layout()
        self.root, self.hints, self.without = root, hints, without
        self.tags = TAGS if hints else LENIENT
        self.few = ceil(MANY * sum(1 for _ in root.iter("p", "br")))
        self.parts: list[str] = []
        self.kind: BlockKind = "text"
        self.is_headline = False
        self.region = -1
        self.linking = self.linked = self.links = 0
        self.headers = 0
        self.passed: Element | None = None  # the element just left out: only the text after it counts
        self.beside: list[tuple[Element, Aside]] = []
        self.keeping: list[Element] = []  # the match that is told live around what comes
        self.just_closed = False  # an inline element, with nothing after it

    def enter(self, element: Element) -> bool:
        """Take an element's beginning; False where its inside is to be left out."""
        tag = element.tag
        role = self.tags.get(tag, INLINE)
        if role >= SILENT:
            if role == OUT:
                self._flush()
            return self._pass(element)
        if role == INLINE:
            if tag == "a":
                self._link(element)
            elif tag == "span" and self._judge(element, tag) in ("remove", "hidden"):
                return self._pass(element)
            if self.just_closed and self.parts and self.parts[-1][-1:] in CLOCK_ENDS:
                self.parts.append(" ")  # "<b>57'</b><i>Gol</i>" is shown as two words
        elif role == BREAK:
            self._flush()
        elif not self._begin(element, tag, role):
            return self._pass(element)
        if element.text:
            self._write(element.text)
        return True

    def leave(self, element: Element) -> None:
        """Take an element's end and the text after it."""
        role = self.tags.get(element.tag, INLINE)
        if element is self.passed:
            self.passed = None
        elif role == INLINE:
            self.just_closed = not element.tail
            if self.linking and element.tag == "a" and element.get("href"):
                self.linking -= 1
        elif role != BREAK:
            self._flush()
            if self.keeping and self.keeping[-1] is element:
                self.keeping.pop()
            if self.beside and self.beside[-1][0] is element:
                self.beside.pop()[1].end = len(self.layout.blocks)
            if role == REGION:
                self._close()
            elif role in (HEADING, ITEM):
                self.kind, self.is_headline = "text", False
        if element.tail and element is not self.root:
            self._write(element.tail)

    def finished(self) -> Layout:
        """The layout, with what is still open closed."""
        self._flush()
        for _, aside in self.beside:
            aside.end = len(self.layout.blocks)
        while self.region >= 0:
            self._close()
        return self.layout

    def _begin(self, element: Element, tag: str, role: int) -> bool:
        """Open a box, a paragraph, a heading, a list item or a row; False where it is left out."""
        self._flush()
        judged = "" if role == ROW else self._judge(element, tag)
        if judged == "hidden" or (self.without and element in self.without):
            return False
        if judged == "keep":
            self.keeping.append(element)
        elif judged == "remove":
            if self._is_slight(element):
                return False
            self.layout.asides.append(Aside(len(self.layout.blocks)))
            self.beside.append((element, self.layout.asides[-1]))
        if role == REGION:
            self._open(element, judged == "body")
        elif role == HEADING:
            self.kind, self.is_headline = "heading", tag == "h1"
        elif role == ITEM:
            self.kind = "item"
        elif role == ROW and (line := read_row(element)):
            self.layout.blocks.append(Block(line, "row", self.region))
            return False
        return True

    def _judge(self, element: Element, tag: str) -> str:
        """What the class, the id and the like of an element say: body, remove, keep, hidden, or nothing."""
        attributes = element.items()
        by_tag = "remove" if self.hints and (tag == "aside" or (tag == "header" and self._heads_page(element))) else ""
        if not attributes:
            return by_tag
        named, hidden, body = "", False, False
        for name, value in attributes:
            if name in ("class", "id"):
                named = f"{named} {value!s}"
            elif name == "style":
                hidden = hidden or ("none" in value and "display:none" in str(value).replace(" ", ""))
            elif name == "hidden":
                hidden = True
            elif name == "itemprop":
                body = "articleBody" in value
        said = hint(named) if named else ""
        if body or said == "body":
            return "body" if tag != "span" else ""
        if not self.hints or tag in NEVER_ASIDE:
            return ""
        if hidden:
            return "hidden"
        if said == "comments":
            return "" if self.keeping else "remove"
        return said or by_tag

    def _heads_page(self, element: Element) -> bool:
        """Whether a `<header>` holds the headline or the menu; one in a live entry holds its minute."""
        self.headers += 1
        return self.headers < MOST_HEADERS and next(element.iter("h1", "nav", "form"), None) is not None

    def _is_slight(self, element: Element) -> bool:
        """Whether an element called no article is surely none: no headline in it, and few of the page's paragraphs."""
        if len(self.beside) > MOST_NESTED or next(element.iter("h1"), None) is not None:
            return False
        return sum(1 for _ in islice(element.iter("p", "br"), self.few)) < self.few

    def _pass(self, element: Element) -> bool:
        self.passed = element
        return False

    def _link(self, element: Element) -> None:
        if element.get("href"):
            self.linking += 1
            self.links += 1
            self.layout.anchors.append((len(self.layout.blocks), element))

    def _write(self, text: str) -> None:
        parts = self.parts
        self.just_closed = False
        if parts or not text.isspace():
            if text[:2] in CLOSING and parts and parts[-1].isspace():
                parts.pop()  # "<b>57'</b> <i>: gol</i>" is read "57': gol"
            parts.append(text)
            if self.linking:
                self.linked += len(text)

    def _flush(self) -> None:
        if self.parts:
            text = " ".join("".join(self.parts).split())
            self.parts.clear()
            if text:
                block = Block(text, self.kind, self.region, self.linked, self.links, self.is_headline)
                self.layout.blocks.append(block)
        self.linked = self.links = 0

    def _open(self, element: Element, is_body: bool) -> None:
        regions = self.layout.regions
        regions.append(Region(self.region, element, is_body, len(self.layout.blocks)))
        self.region = len(regions) - 1

    def _close(self) -> None:
        region = self.layout.regions[self.region]
        region.end = len(self.layout.blocks)
        self.region = region.parent
