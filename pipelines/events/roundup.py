"""Roundups: one article that tells several matches, a paragraph or a line each ("Il Sorrento batte 2-1 la Reggiana…")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.items import Frame

from .blocks import Block, Line
from .facts import read_facts
from .frame import from_mentions, count_clubs
from .pairs import find_pairs

TITLE = re.compile(
    r"giornata|risultati|girone|turno|domenica di|i tabellini|tutti i gol|il punto|raffica|serie [abcd]\b|eccellenza|promozione",
    re.IGNORECASE,
)
MANY = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph at start:end about the match of this index."""

    start: int
    end: int
    match: int


def find_stretches(
    text: str,
    lines: Sequence[Line],
    blocks: Sequence[Block],
    title: str,
    frames: Sequence[Frame],
    published: date | None,
) -> tuple[list[Stretch], list[Frame]]:
    """The paragraphs of a roundup and the matches they are about; nothing where the article is about one match."""
    opening = title or text.split("\n", 1)[0]
    if not TITLE.search(opening + text[:200]) or len(count_clubs(text)) < MANY:
        return [], []
    general = read_facts(title, "", text[:800], published)
    stretches: list[Stretch] = []
    found: list[Frame] = []
    for block in blocks:
        if block.kind != "prose":
            continue
        for line in lines:
            if not block.start <= line.start < block.end:
                continue
            match = _match_of(text[line.start : line.end])
            if match is None:
                continue
            home, away, score = match
            frame = Frame(home, away, score, date=general.date, competition=general.competition, round=general.round)
            known = next((i for i, f in enumerate(found) if (f.home, f.away) == (home, away)), None)
            if known is None:
                found.append(frame)
                known = len(found) - 1
            stretches.append(Stretch(line.start, line.end, known))
    return (stretches, found) if len(found) >= 2 else ([], [])


def _match_of(line: str) -> tuple[str, str, tuple[int, int] | None] | None:
    """The match that a paragraph is about: a pair of names in it, else its two clubs."""
    pairs = [p for p in find_pairs(line) if p.listed == 2 or p.score]
    if pairs:
        return pairs[0].home.name, pairs[0].away.name, pairs[0].score
    clubs = count_clubs(line)
    if len(clubs) == 2 and any(c.isdigit() for c in line):
        named = from_mentions(line, "", "")
        return (named.home.name, named.away.name, None) if named else None
    return None
