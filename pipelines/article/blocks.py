"""From a parsed page to its blocks: the lines that a reader sees, each with the region it stands in.

One walk over the tree, which is left as it was: crawler and metadata read the same tree.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

from pipelines.article.hints import hint

BlockKind = Literal["text", "heading", "item", "row"]
Element = etree._Element

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
HINTED = frozenset((REGION, BLOCK, ITEM, HEADING))
ASIDE = frozenset(("header", "aside"))  # tags that say what such a class says
NEVER_HINTED_AWAY = frozenset(("html", "body", "main"))
LEAST_PROSE = 20  # characters: shorter lines may be text, but do not show where the text is
MOST_CELL = 1_500  # characters: a longer cell is a column of the page, not a line-up in a table
MOST_ELEMENTS = 400_000  # the walk stops there: 1 µs each, so half a second


@dataclass(slots=True)
class Block:
    """One line of the page. `linked` of its characters stand in `links` links; `region` is the box that holds it."""

    text: str
    kind: BlockKind
    region: int
    linked: int = 0
    links: int = 0
    is_headline: bool = False  # an h1

    @property
    def weight(self) -> int:
        """Characters of running text: those outside links, in lines that are no heading and not mostly link."""
        plain = len(self.text) - self.linked
        if self.kind == "heading" or plain <= self.linked or plain < LEAST_PROSE:
            return 0
        return plain // 2 if self.kind == "item" else plain


@dataclass(slots=True)
class Region:
    """A box of the page (div, section, cell…): its parent's number, its element, whether its class says body."""

    parent: int
    element: Element
    is_body: bool = False
    first: int = 0  # the blocks first:end stand inside
    end: int = 0


@dataclass(slots=True)
class Aside:
    """The blocks first:end, in an element whose class says that it is not the article."""

    first: int
    end: int = 0


@dataclass(slots=True)
class Layout:
    """A page as blocks in reading order, the regions that hold them, what is called no article among them, and the
    links by the block that they stand in."""

    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    anchors: list[tuple[int, Element]] = field(default_factory=list)


class _Writer:
    """Gathers the text of the walk and closes it into blocks."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.parts: list[str] = []
        self.linked = self.links = 0
        self.kind: BlockKind = "text"
        self.region = -1
        self.is_headline = False

    def flush(self) -> None:
        if not self.parts:
            return
        text = " ".join("".join(self.parts).split())
        self.parts.clear()
        if text:
            self.layout.blocks.append(Block(text, self.kind, self.region, self.linked, self.links, self.is_headline))
        self.linked = self.links = 0

    def open(self, element: Element, is_body: bool) -> None:
        regions = self.layout.regions
        regions.append(Region(self.region, element, is_body, len(self.layout.blocks)))
        self.region = len(regions) - 1

    def close(self) -> None:
        region = self.layout.regions[self.region]
        region.end = len(self.layout.blocks)
        self.region = region.parent


def lay_out(root: Element, *, hints: bool = True, without: Collection[Element] = ()) -> Layout:
    """The blocks of everything below `root`, without what tags, classes (`hints`) and a site (`without`) rule out."""
    layout = Layout()
    out = _Writer(layout)
    tags = TAGS if hints else LENIENT
    walker = etree.iterwalk(root, events=("start", "end"))
    beside: list[tuple[Element, Aside]] = []
    passed: Element | None = None
    linking, seen = 0, 0
    for event, element in walker:
        tag = element.tag
        role = tags.get(tag, INLINE)
        if event == "start":
            seen += 1
            if seen > MOST_ELEMENTS:
                break
            judged = _judge(element, tag, role, hints)
            if role >= SILENT or (role == INLINE and judged) or judged == "hidden" or (without and element in without):
                if role != SILENT and role != INLINE:
                    out.flush()
                passed = element
                walker.skip_subtree()
                continue
            if role == INLINE:
                if tag == "a" and element.get("href"):
                    linking += 1
                    out.links += 1
                    layout.anchors.append((len(layout.blocks), element))
            else:
                out.flush()
                if judged == "remove":
                    layout.asides.append(Aside(len(layout.blocks)))
                    beside.append((element, layout.asides[-1]))
                if role == REGION:
                    out.open(element, judged == "body")
                elif role == ITEM:
                    out.kind = "item"
                elif role == HEADING:
                    out.kind = "heading"
                    out.is_headline = tag == "h1"
                elif role == ROW and _write_row(element, out):
                    passed = element
                    walker.skip_subtree()
                    continue
            text = element.text
            if text:
                out.parts.append(text)
                if linking:
                    out.linked += len(text)
        else:
            if element is passed:
                passed = None
            elif role == INLINE:
                if tag == "a" and linking and element.get("href"):
                    linking -= 1
            else:
                out.flush()
                if beside and beside[-1][0] is element:
                    beside.pop()[1].end = len(layout.blocks)
                if role == REGION:
                    out.close()
                elif role in (HEADING, ITEM):
                    out.kind = "text"
                    out.is_headline = False
            tail = element.tail
            if tail and element is not root:
                out.parts.append(tail)
                if linking:
                    out.linked += len(tail)
    out.flush()
    for _, aside in beside:
        aside.end = len(layout.blocks)
    while out.region >= 0:
        out.close()
    return layout


def _judge(element: Element, tag: str, role: int, hints: bool) -> str:
    """What the class, the id and the like of an element say: body, remove, hidden, or nothing."""
    if role not in HINTED and tag != "span":
        return ""
    attributes = element.attrib
    if not attributes:
        return "remove" if hints and tag in ASIDE else ""
    said = ""
    named = element.get("class", "")
    if "id" in attributes:
        named = f"{named} {element.get('id')}"
    if named:
        said = hint(named)
    if "articleBody" in element.get("itemprop", ""):
        return "body"
    if said == "body" and role == REGION:
        return "body"
    if not hints or tag in NEVER_HINTED_AWAY:
        return ""
    if "hidden" in attributes or _is_hidden(element.get("style", "")):
        return "hidden"
    return "remove" if said == "remove" or tag in ASIDE else ""


def _is_hidden(style: str) -> bool:
    return "none" in style and "display:none" in style.replace(" ", "")


def _write_row(row: Element, out: _Writer) -> bool:
    """Write a table row of short cells as one line with tabs; False where the row lays out the page instead."""
    cells = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            if cell.tag in ("script", "style", "template"):
                continue
            return False
        if next(cell.iter("br", "table", "ul", "h2", "h3", "div", "script"), None) is not None and _is_layout(cell):
            return False
        text = " ".join(inner_text(cell).split())
        if len(text) > MOST_CELL:
            return False
        cells.append(text)
    if len(cells) < 2 or not any(cells):
        return False
    out.layout.blocks.append(Block("\t".join(cells).rstrip("\t"), "row", out.region))
    return True


def inner_text(element: Element) -> str:
    """All text inside an element, as written."""
    return "".join(map(str, element.itertext()))


def _is_layout(cell: Element) -> bool:
    """Whether a cell holds a column of the page: several lines, a nested table, a script."""
    if next(cell.iter("table", "ul", "h2", "h3", "script"), None) is not None:
        return True
    lines = sum(1 for e in cell.iter("br", "div", "p") if (e.text or e.tail or "").strip())
    return lines > 1
