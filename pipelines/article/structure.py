"""Which part of a page is the article: the region where its running text lies, then the lines of it that are no links.

A region whose class says body is believed where it holds a fair share of the page's running text; otherwise the walk
goes down from the page into whichever child holds nearly all of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from pipelines.article.blocks import Block, Layout

BELIEVED = 0.25  # share of the page's running text that a region called body must hold
MOST = 0.5  # share of the page's running text from which an element that is called no article must hold it
NEAR = 8  # blocks between the headline and a short article: byline, date, share bar
LONG = 200  # characters of running text that do not stand between a headline and its article
HEAVIEST = 40  # bodies looked at, so that a page of ten thousand costs no more
AN_ARTICLE = 600  # characters of running text from which a named body is believed on any page
LIKE = 0.2  # share of the largest body's text from which one of the same class before it is the page's own
CUT = 1.4  # times its largest piece that a text cut in pieces must hold
MUCH = 3  # times the largest region called body that a group of another class must hold
NEARLY_ALL = 0.66  # share of a region's text that one child must hold for the walk to go down into it
WHOLE = 0.85  # the same where the region is already called body: a narrower one must lose next to nothing
TEASER = 250  # characters of an article's presentation under its linked headline
LINK_LINE = 0.8  # share of a line's characters inside links from which it is a line of links
LIST_OF_NAMES = re.compile(r"[,;(].*[,;(].*[,;(]")  # "Maignan; Calabria, Tomori (46' Kalulu)": names that are links


def find_body(layout: Layout) -> tuple[list[int], bool]:
    """The numbers of the blocks that are the article, in reading order, and whether the page calls them its body."""
    weights = [block.weight for block in layout.blocks]
    left_out = _left_out(layout, weights)
    unweighed = bytearray(left_out)
    for number in teasers(layout.blocks):
        unweighed[number] = 1
    masses = list(accumulate((0 if out else w for w, out in zip(weights, unweighed, strict=True)), initial=0))
    if not masses[-1]:
        return [], False
    regions = layout.regions
    chosen = _named_body(layout, mass_of=[masses[region.end] - masses[region.first] for region in regions])
    inside = [n for region in chosen for n in range(regions[region].first, regions[region].end) if not left_out[n]]
    return without_links(layout.blocks, inside), any(regions[region].is_body for region in chosen)


def kept_inside(layout: Layout) -> list[int]:
    """The numbers of the blocks of a layout that is the body already: all but what is called no article and links."""
    left_out = _left_out(layout, [block.weight for block in layout.blocks])
    return without_links(layout.blocks, (n for n, out in enumerate(left_out) if not out))


def _left_out(layout: Layout, weights: Sequence[int]) -> bytearray:
    """Which blocks stand in an element called no article. One that holds the named body, or the headline and most of
    the page's running text, is a wrapper of the whole page ("layout-with-rail") and is not believed."""
    masses = list(accumulate(weights, initial=0))
    bodies = sorted(
        (masses[r.end] - masses[r.first], r.first, r.end) for r in layout.regions if r.is_body and r.end > r.first
    )[-HEAVIEST:]
    heavy = [(first, end) for mass, first, end in bodies if mass >= min(BELIEVED * masses[-1], AN_ARTICLE)]
    headline = next((n for n, block in enumerate(layout.blocks) if block.is_headline), None)
    out = bytearray(len(weights))
    until = 0
    for aside in layout.asides:
        if aside.end <= until or aside.end == aside.first:
            continue
        wraps = any(aside.first <= first and end <= aside.end for first, end in heavy)
        near = headline is None or headline < aside.end
        near = near and masses[aside.first] - masses[min(headline or 0, aside.first)] <= LONG
        if not wraps and not (near and masses[aside.end] - masses[aside.first] > MOST * masses[-1]):
            out[aside.first : aside.end] = b"\1" * (aside.end - aside.first)
            until = aside.end
    return out


def _named_body(layout: Layout, mass_of: Sequence[int]) -> list[int]:
    """The regions that together are the body, outermost first."""
    children: dict[int, list[int]] = {}
    for number, region in enumerate(layout.regions):
        children.setdefault(region.parent, []).append(number)
    roots = children.get(-1, [])
    if not roots:
        return []
    top = max(roots, key=mass_of.__getitem__)
    pieces = _by_name(layout, mass_of, min(BELIEVED * mass_of[top], AN_ARTICLE))
    return pieces or [narrowed(top, children, mass_of)]


def _by_name(layout: Layout, mass_of: Sequence[int], least: float) -> list[int]:
    """The regions that the page calls its body: one, or several of one class where a text is cut in pieces."""
    named = [n for n, region in enumerate(layout.regions) if region.is_body and mass_of[n]]
    if not named:
        return []
    largest = _first_like(layout, named, max(named, key=lambda n: (mass_of[n], -n)), mass_of)
    groups = [_pieces(layout, named, start) for start in _by_class(layout, named)]
    group = max(groups, key=lambda pieces: sum(mass_of[n] for n in pieces))
    together = sum(mass_of[n] for n in group)
    if together > (CUT if largest in group else MUCH) * mass_of[largest] and together >= least:
        return group
    if mass_of[largest] >= least:
        return [_inmost_named(layout, named, largest, mass_of)]
    return [n for n in named if _follows_headline(layout, n)][:1]


def _first_like(layout: Layout, named: Sequence[int], largest: int, mass_of: Sequence[int]) -> int:
    """The first region after the headline that is of the largest one's class and not much smaller: under an article
    many a page shows the next ones whole."""
    headline = next((n for n, block in enumerate(layout.blocks) if block.is_headline), 0)
    classes = layout.regions[largest].element.get("class")
    end = layout.regions[largest].first
    before = (n for n in named if headline <= layout.regions[n].first and layout.regions[n].end <= end)
    alike = (n for n in before if layout.regions[n].element.get("class") == classes)
    return next((n for n in alike if mass_of[n] >= LIKE * mass_of[largest]), largest)


def _by_class(layout: Layout, named: Sequence[int]) -> list[int]:
    """The first named region of each class."""
    firsts: dict[str | None, int] = {}
    for n in named:
        firsts.setdefault(layout.regions[n].element.get("class"), n)
    return list(firsts.values())[:HEAVIEST]


def _inmost_named(layout: Layout, named: Sequence[int], outer: int, mass_of: Sequence[int]) -> int:
    """The smallest region called body inside this one that still holds next to all of its text."""
    end = layout.regions[outer].end
    inside = [n for n in named if n > outer and layout.regions[n].end <= end and mass_of[n] >= WHOLE * mass_of[outer]]
    return inside[-1] if inside else outer


def _follows_headline(layout: Layout, number: int) -> bool:
    """Whether the nearest block that stands before a region, short lines aside, is the page's headline."""
    first = layout.regions[number].first
    if layout.regions[number].end - first < 1:
        return False
    before = layout.blocks[max(0, first - NEAR) : first]
    return any(block.is_headline for block in before) and not any(block.weight > LONG for block in before)


def narrowed(region: int, children: dict[int, list[int]], mass_of: Sequence[int]) -> int:
    """The smallest region inside this one that still holds nearly all of each region around it."""
    while inner := children.get(region):
        best = max(inner, key=mass_of.__getitem__)
        if mass_of[best] < NEARLY_ALL * mass_of[region]:
            break
        region = best
    return region


def _pieces(layout: Layout, named: Sequence[int], start: int) -> list[int]:
    """This region and those after it of the same class, none inside another, up to the next headline or article."""
    regions = layout.regions
    classes = regions[start].element.get("class")
    article = next(regions[start].element.iterancestors("article"), None)
    pieces = [start]
    for n in named:
        after = regions[n].first >= regions[pieces[-1]].end
        if n > start and after and regions[n].element.get("class") == classes:
            between = layout.blocks[regions[pieces[-1]].end : regions[n].first]
            if any(block.is_headline for block in between):
                break
            if next(regions[n].element.iterancestors("article"), None) is not article:
                break
            pieces.append(n)
    return pieces


def without_links(blocks: Sequence[Block], numbers: Iterable[int]) -> list[int]:
    """The blocks without lines of links, and without headings that stand over nothing else."""
    kept: list[int] = []
    headings: list[int] = []  # headings whose text has not come yet
    dropped = False  # whether links stood under them
    for number in numbers:
        block = blocks[number]
        if is_link_line(block):
            dropped = True
        elif block.kind == "heading":
            if dropped:
                headings.clear()
            headings.append(number)
            dropped = False
        else:
            if not dropped or block.weight:
                kept += headings
            headings.clear()
            dropped = False
            kept.append(number)
    return kept


def teasers(blocks: Sequence[Block]) -> Iterator[int]:
    """The numbers of the short lines right under a heading that is a link: they present another article."""
    for number in range(1, len(blocks)):
        above, block = blocks[number - 1], blocks[number]
        if above.kind == "heading" and block.kind == "text" and len(block.text) <= TEASER and is_link_line(above):
            yield number


def is_link_line(block: Block) -> bool:
    """Whether a line leads elsewhere: nearly all of it is link, and it is no list of names that happen to be linked."""
    if not block.links or block.kind == "row" or block.linked < LINK_LINE * len(block.text):
        return False
    return block.links == 1 or not LIST_OF_NAMES.search(block.text)
