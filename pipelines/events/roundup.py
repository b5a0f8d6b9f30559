"""Roundups: one article that tells several matches, a paragraph or a line each ("Il Sorrento batte 2-1 la
Reggiana…")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pipelines.items import Frame

from .blocks import Block, Line, opens_with_pair, pair_lines
from .contenders import find_contenders, find_mentions, is_rival
from .facts import read_facts
from .pairs import Pair, Score, find_pairs

TITLE = re.compile(
    r"giornata|risultati|girone|turno|domenica di|i tabellini|tutti i gol|il punto|raffica|serie [abcd]\b"
    r"|eccellenza|promozione",
    re.IGNORECASE,
)
SCORE = re.compile(r"(?<![\d/-])\d{1,2}-\d{1,2}(?![\d/-])")
SENTENCE = re.compile(r"[^\s.;](?:[^.;\n]|[.](?=\S))*(?:[.;]|$)")
MANY = 6


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph at start:end about the match of this index; `pair` where it opens with names and score."""

    start: int
    end: int
    match: int
    pair: Pair | None = None


def find_stretches(
    text: str, lines: Sequence[Line], blocks: Sequence[Block], title: str, published: date | None
) -> tuple[list[Stretch], list[Frame]]:
    """The paragraphs of a roundup and the matches they are about; nothing where the article is about one match."""
    opening = title or text.split("\n", 1)[0]
    opened = {
        (p.home.name, p.away.name)
        for line, _ in pair_lines(lines, blocks)
        if opens_with_pair(line) and (p := line.pair)
    }
    if len({name for pair in opened for name in pair}) < 4 and (
        not TITLE.search(opening + text[:200]) or len({m.club for m in find_mentions(text)}) < MANY
    ):
        return [], []
    general = read_facts(title, "", text[:800], published)
    stretches: list[Stretch] = []
    frames: list[Frame] = []
    headed: int | None = None
    for line, block in pair_lines(lines, blocks):
        if block.kind not in ("prose", "heading", "other"):
            continue
        pair = line.pair if opens_with_pair(line) else None
        pieces = list(_pieces(text, line.start, line.end))
        if len(pieces) > 1:
            headed = None
            for start, end, clubs in pieces:
                index = _index(
                    frames, Frame(*clubs, date=general.date, competition=general.competition, round=general.round)
                )
                stretches.append(Stretch(start, end, index))
            continue
        named = _match_of(text[line.start : line.end], pair)
        if named is None and headed is None:
            continue
        if named is not None and (pair or headed is None):
            index = _index(
                frames, Frame(*named, date=general.date, competition=general.competition, round=general.round)
            )
            headed = index if pair and line.end - pair.end < 40 else headed if not pair else None
            stretches.append(Stretch(line.start, line.end, index, pair))
        elif headed is not None:
            stretches.append(Stretch(line.start, line.end, headed))
    return (stretches, frames) if len(frames) >= 2 else ([], [])


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, str, Score | None]]]:
    """The parts of one paragraph that tells several matches in turn, each from the sentence that names its clubs."""
    if len(SCORE.findall(text, start, end)) < 2 or len({m.club for m in find_mentions(text[start:end])}) < 4:
        return
    begun: tuple[int, tuple[str, str, Score | None]] | None = None
    for m in SENTENCE.finditer(text, start, end):
        named = _match_of(m[0], None)
        if named is None or (begun is not None and set(named[:2]) == set(begun[1][:2])):
            continue
        if begun is not None:
            yield begun[0], m.start(), begun[1]
        begun = m.start(), named
    if begun is not None:
        yield begun[0], end, begun[1]


def _index(frames: list[Frame], frame: Frame) -> int:
    for i, known in enumerate(frames):
        if (known.home, known.away) == (frame.home, frame.away):
            return i
    frames.append(frame)
    return len(frames) - 1


def _match_of(line: str, opening: Pair | None) -> tuple[str, str, Score | None] | None:
    """The match that a paragraph is about: the pair that opens it, a pair with a score in it, else its two clubs."""
    pairs = [opening] if opening else [p for p in find_pairs(line) if p.listed == 2 and p.score]
    if pairs:
        return pairs[0].home.name, pairs[0].away.name, pairs[0].score
    if SCORE.search(line) or "senza reti" in line.lower() or any(is_rival(line, m.start) for m in find_mentions(line)):
        clubs = find_contenders(line, "", "")
        return (clubs[0].name, clubs[1].name, None) if clubs else None
    return None
