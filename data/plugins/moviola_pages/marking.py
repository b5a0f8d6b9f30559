"""A clean text with the sentences of its events marked: blocks (headings, paragraphs, tables) of runs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

MOST_MARKS = 2_000  # of one article: none that was written by a person has as many


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in code points, that tells something; `key` says what."""

    start: int
    end: int
    key: int


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text and the keys of what it tells, none for plain text."""

    text: str
    keys: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A heading or paragraph of runs, or the rows of a table, each a list of cells of runs."""

    kind: str  # heading, paragraph, table
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[tuple[Run, ...], ...], ...] = ()


def marked(text: str, spans: Iterable[Span]) -> list[Run]:
    """A text cut at the ends of its spans, whatever offsets they have."""
    return list(runs_between(text, 0, len(text), within(text, spans)))


def within(text: str, spans: Iterable[Span]) -> list[Span]:
    """The spans that hold something of the text, in order."""
    cut = (Span(max(0, span.start), min(len(text), span.end), span.key) for span in spans)
    return sorted((span for span in cut if span.start < span.end), key=lambda span: (span.start, span.end))


def runs_between(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterable[Run]:
    here = [span for span in spans if span.start < end and span.end > start]
    cuts = sorted({start, end, *(p for span in here for p in (span.start, span.end) if start < p < end)})
    for left, right in pairwise(cuts):
        keys = tuple(dict.fromkeys(span.key for span in here if span.start <= left and span.end >= right))
        yield Run(text[left:right], keys)


def blocks(text: str, headings: Iterable[Sequence[int]], spans: Iterable[Span]) -> list[Block]:
    """The blocks of an article's body: one line a block, but lines with tabs in a row make one table."""
    marks = within(text, spans)[:MOST_MARKS]
    starts = {heading[0] for heading in headings if heading and isinstance(heading[0], int)}
    found: list[Block] = []
    table: list[tuple[tuple[Run, ...], ...]] = []
    position, coming, near = 0, 0, list[Span]()
    for line in text.split("\n"):
        end = position + len(line)
        near = [span for span in near if span.end > position]
        while coming < len(marks) and marks[coming].start < end:
            near.append(marks[coming])
            coming += 1
        if "\t" in line:
            table.append(tuple(cells(text, position, line, near)))
        else:
            found += closed(table)
            table = []
            if line.strip():
                kind = "heading" if position in starts else "paragraph"
                found.append(Block(kind, tuple(runs_between(text, position, end, near))))
        position = end + 1
    return found + closed(table)


def cells(text: str, position: int, line: str, spans: Sequence[Span]) -> Iterable[tuple[Run, ...]]:
    for cell in line.split("\t"):
        yield tuple(runs_between(text, position, position + len(cell), spans))
        position += len(cell) + 1


def closed(table: list[tuple[tuple[Run, ...], ...]]) -> list[Block]:
    return [Block("table", rows=tuple(table))] if table else []
