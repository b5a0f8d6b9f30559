"""What a page is made of once it is laid out: blocks in reading order, the regions around them, what stands aside."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from lxml import etree

BlockKind = Literal["text", "heading", "item", "row"]
Element = etree._Element

LEAST_PROSE = 20  # characters: shorter lines may be text, but do not show where the text is


@dataclass(slots=True)
class Block:
    """One line of the page. `linked` of its characters stand in `links` links; `region` is the box that holds it.

    `weight` is the characters of running text: those outside links, in lines that are no heading and not mostly link.
    """

    text: str
    kind: BlockKind
    region: int
    linked: int = 0
    links: int = 0
    is_headline: bool = False  # an h1
    weight: int = 0

    def __post_init__(self) -> None:
        plain = len(self.text) - self.linked
        if plain > self.linked and plain >= LEAST_PROSE and self.kind != "heading":
            self.weight = plain // 2 if self.kind == "item" else plain


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


def inner_text(element: Element) -> str:
    """All text inside an element, as written."""
    return "".join(map(str, element.itertext()))
