"""An article's lines as blocks of a page, and the clean text that a reader of the page must get back."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from tests.newspaper.papers import PAPERS, Paper
from tests.newspaper.stories import Story

Shape = Literal["paragraph", "heading", "row", "item", "entry", "line"]

MINUTE = re.compile(r"^(?:[12]°?[tT]\s*)?\d{1,3}\s*(?:[+°’'′´]\s*\+?\s*\d{0,2}\s*[’'′´]?)+")
LABEL = re.compile(r"^([A-ZÀ-Ý][^:\t.]{2,30}:)\s+(\S.*)$")
# Lines that some articles of the corpus carry as their papers print them; all other noise is made in body.py.
PROMPT = re.compile(r"(?:^|(?<=[.!?»]) )(?:LEGGI ANCHE\b|(?:© ?)?RIPRODUZIONE RISERVATA|Se vuoi approfondire tutt).*$")
LONG = 3200  # characters of a report that the network splits over pages


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an article in the element that the paper gives it; a row's cells are joined by tabs."""

    shape: Shape
    text: str


def blocks(story: Story) -> list[Block]:
    """The blocks of an article's page, in order. What a paper does to a line depends on its build and the genre."""
    return [shaped(line, story.kind, PAPERS[story.paper]) for line in story.lines]


def shaped(line: str, kind: str, paper: Paper) -> Block:
    """One line as a block.

    >>> shaped("Arbitro: Rossi di Como", "box", PAPERS["novantesimo"])
    Block(shape='row', text='Arbitro:\\tRossi di Como')
    >>> shaped("Arbitro: Rossi di Como", "box", PAPERS["curva"]).shape
    'item'
    >>> shaped("23' Palo di Neri.", "live", PAPERS["ponente"]).shape
    'entry'
    """
    network = paper.build == "network"
    if "\t" in line:
        return Block("row", line)
    if kind == "live" and MINUTE.match(line):
        return Block("entry", line)
    if kind == "box":
        label = LABEL.match(line)
        if network and label:
            return Block("item", line) if paper.name == "curva" else Block("row", f"{label[1]}\t{label[2]}")
        return Block("line" if not network or len(line) < 200 else "paragraph", line)
    if kind == "marks" and re.search(r"\d|s\.\s?v|ng", line[:60]):
        return Block("item" if network else "paragraph", line)
    if len(line) < 60 and not re.search(r"[.!?…:;»”\"\d]$", line.strip()):
        return Block("heading", line)
    return Block("paragraph", line)


def shown(story: Story) -> list[Block]:
    """The blocks that the public sees: all of them, but of a paid article the first."""
    paid = story.traits.get("paywalled")
    entries = story.traits.get("live")
    every = blocks(story)
    if entries is not None:
        every = latest(every, int(entries))
    return every[: int(paid)] if paid else every


def latest(every: list[Block], entries: int) -> list[Block]:
    """A running commentary, newest first, as it stands once so many entries are written."""
    places = [place for place, block in enumerate(every) if block.shape == "entry"]
    return every if entries >= len(places) else every[places[len(places) - entries] :] if entries else []


def gold(story: Story) -> str:
    """The clean text of an article: its body alone, a block a line, cells of a row joined by tabs."""
    told = (PROMPT.sub("", block.text) for block in shown(story))
    return "\n".join(text for text in told if text)


def sheets(story: Story) -> list[list[Block]]:
    """The blocks page by page: the network splits long reports, everybody else prints one page."""
    every = shown(story)
    splits = PAPERS[story.paper].build == "network" and story.kind == "report" and not story.traits
    length = sum(len(block.text) for block in every)
    if not splits or length < LONG or len(every) < 6:
        return [every]
    count = min(3, 1 + length // LONG)
    size = -(-len(every) // count)
    return [every[i : i + size] for i in range(0, len(every), size)]
