"""The body of one page: by the site's selectors, by the page's structure, by its JSON-LD, and last by trafilatura.

JSON-LD tells whether the structure was read right, and stands in for it where it was not: its text has mostly lost the
lines that score boxes and live commentary need, so that where both tell the same the page's own layout is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from pipelines.article.blocks import Layout
from pipelines.article.charset import mended
from pipelines.article.cleaning import Line
from pipelines.article.jsonld import as_list, lines_of, plain
from pipelines.article.layout import lay_out
from pipelines.article.parsed import Parsed, text_of
from pipelines.article.structure import find_body, is_link_line, kept_inside
from pipelines.items import Link, Selectors

ENOUGH = 200  # characters: less running text sends the page on to the next way of reading
LEAST_NAMED = 60  # the same for what the page calls its body: there are short articles
LINE = 40  # characters of a line, without spaces, that are looked up
CLOCK = re.compile(r"\d\s?['’′´`°]|\d\s?(?:pt|st|min)\b")
HALF = 0.5
PROBES = 12  # places of the JSON-LD text looked up in the page's
PROBE = 24  # characters of each, without spaces
AGREE = 0.75  # share of the probes found from which both tell the same
CUT = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])\s*$")
LARGEST_FOR_TRAFILATURA = 1_500_000  # bytes: it takes some 15 parses of a page
TEASERS = 4  # headings that are links: from here on the page is a list of articles


@dataclass(slots=True)
class Body:
    """The lines of one page's article, before cleaning, and how they were found."""

    lines: list[Line] = field(default_factory=list)
    method: str = ""
    layout: Layout | None = None
    is_listing: bool = False
    is_named: bool = False  # the page itself calls these lines its body

    @property
    def size(self) -> int:
        return sum(len(line.text) for line in self.lines)


def read_body(parsed: Parsed, article: dict[str, Any], selectors: Selectors) -> Body:
    """The article's lines in this page, by the first way that gives enough of it."""
    if selectors.body and (body := _by_selectors(parsed, selectors)).size >= ENOUGH:
        return body
    body = _by_structure(parsed)
    told = told_lines(article)
    if told and _is_better(told, body):
        return Body([Line(line) for line in told], "json-ld")
    if told and _agrees(told, body):
        body.lines = _up_to_the_end(body.lines, told)
    if body.size >= (LEAST_NAMED if body.is_named else ENOUGH) or told:
        return body
    loose = _by_structure(parsed, hints=False)
    if loose.size >= ENOUGH and not loose.is_listing:
        return loose
    last = _by_trafilatura(parsed) if is_declared(parsed, article) else Body()
    return last if last.size > max(body.size, loose.size) else body


def is_declared(parsed: Parsed, article: dict[str, Any]) -> bool:
    """Whether the page's head says that it is an article."""
    return bool(article) or parsed.meta("og:type").lower() == "article" or bool(parsed.meta("article:published_time"))


def _by_selectors(parsed: Parsed, selectors: Selectors) -> Body:
    body = Body(method="selectors", layout=Layout())
    chosen = parsed.select(selectors.body)
    for number, element in enumerate(chosen):
        if any(other in chosen[:number] for other in element.iterancestors()):
            continue
        unwanted = frozenset(e for css in selectors.remove for e in parsed.select(css, element))
        layout = lay_out(element, without=unwanted)
        start = len(body.layout.blocks) if body.layout else 0
        body.lines += _lines(layout, kept_inside(layout), start)
        if body.layout:
            body.layout.blocks += layout.blocks
            body.layout.anchors += [(start + block, anchor) for block, anchor in layout.anchors]
    return body


def _by_structure(parsed: Parsed, hints: bool = True) -> Body:
    layout = lay_out(parsed.root, hints=hints)
    numbers, is_named = find_body(layout)
    return Body(_lines(layout, numbers), "structure", layout, _is_listing(layout, numbers), is_named)


def _lines(layout: Layout, numbers: list[int], start: int = 0) -> list[Line]:
    """The blocks of these numbers as lines, without the page's headline."""
    blocks = layout.blocks
    headline = next((n for n in numbers if blocks[n].is_headline), None)
    return [Line(mended(blocks[n].text), blocks[n].kind, start + n) for n in numbers if n != headline]


def _is_listing(layout: Layout, numbers: list[int]) -> bool:
    """Whether the body found is a list of other articles: headings that are links, each over a line or two."""
    if not numbers:
        return False
    span = layout.blocks[numbers[0] : numbers[-1] + 1]
    teasers = sum(1 for block in span if block.kind == "heading" and is_link_line(block))
    return teasers >= TEASERS and teasers * 3 >= len(numbers)


def told_lines(article: dict[str, Any]) -> list[str]:
    """The text that JSON-LD gives, as lines; none where it is cut off. A live blog's entries come in their order."""
    lines = lines_of(article.get("articleBody"))
    if sum(map(len, lines)) < ENOUGH or CUT.search(lines[-1]):
        lines = []
    updates = [u for u in as_list(article.get("liveBlogUpdate")) if isinstance(u, dict)]
    live: list[str] = []
    for update in updates:
        headline, told = plain(update.get("headline")), lines_of(update.get("articleBody"))
        if headline and not (told and told[0].startswith(headline)):
            live.append(headline)
        live += told
    return lines + live if sum(map(len, live)) >= ENOUGH else lines


def _is_better(told: list[str], body: Body) -> bool:
    """Whether what JSON-LD tells takes the place of the structure's reading: the two differ, and the page shows less
    than half of it, or what was found has no name for itself and is not far longer. On 11 pages of public sets where
    they differ, what the page calls its body was the better."""
    size = sum(map(len, told))
    if body.is_named:
        return body.size < HALF * size and not _agrees(told, body)
    return size >= HALF * body.size and not _agrees(told, body)


def _up_to_the_end(lines: list[Line], told: list[str]) -> list[Line]:
    """The lines up to the last that JSON-LD tells too. Rows, list items and lines with a clock stay: JSON-LD often
    leaves the score box out."""
    there = _squeezed(told)
    for number in range(len(lines), 0, -1):
        line = lines[number - 1]
        if line.kind in ("row", "item") or CLOCK.search(line.text) or _squeezed([line.text])[:LINE] in there:
            return lines[:number]
    return lines


def _squeezed(lines: Iterable[str]) -> str:
    """The text without spaces, in lower case: two layouts of the same words are equal."""
    return "".join("".join(lines).split()).lower()


def _agrees(told: list[str], body: Body) -> bool:
    """Whether the page's structure gave what its JSON-LD tells: most probes of the one are found in the other."""
    here, there = _squeezed(line.text for line in body.lines), _squeezed(told)
    step = max(1, (len(there) - PROBE) // (PROBES - 1))
    probes = [there[at : at + PROBE] for at in range(0, max(1, len(there) - PROBE + 1), step)]
    return sum(probe in here for probe in probes) >= AGREE * len(probes)


def _by_trafilatura(parsed: Parsed) -> Body:
    """The text as trafilatura reads it: slow, but other eyes on a page that defeats ours."""
    if len(parsed.page.body) > LARGEST_FOR_TRAFILATURA or len(parsed.root) == 0:
        return Body()
    import trafilatura  # takes 0.5 s to load, and few crawls need it

    try:
        text = trafilatura.extract(
            etree.tostring(parsed.root, encoding="unicode", method="html"),
            include_comments=False,
            deduplicate=False,
            favor_precision=False,
        )
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, etree.LxmlError):
        return Body()
    lines = (" ".join(line.split()) for line in (text or "").split("\n"))
    return Body([Line(mended(line)) for line in lines if line], "trafilatura")


def is_shown_once(text: str, body: Body) -> bool:
    """Whether only one block of the page says this."""
    return body.layout is None or sum(block.text == text for block in body.layout.blocks) < 2


def links_of(body: Body, kept: list[Line], parsed: Parsed) -> list[Link]:
    """The links that stand in the kept lines, absolute."""
    if body.layout is None:
        return []
    texts = {line.number: line.text for line in kept}
    links = []
    for number, element in body.layout.anchors:
        if number not in texts:
            continue
        text = text_of(element)
        if text and text in texts[number] and (url := parsed.absolute(element.get("href") or "")):
            links.append(Link(url, text))
    return links
