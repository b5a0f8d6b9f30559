"""An article laid out: its kind, its matches, and which stretch of its text is to be read how.

The reader asks `lay_out` once, makes its people from the frames, and then has every stretch read with `Layout.read`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING

from pipelines.items import Frame, Kind, Lineup, Part

from .blocks import Block, Line, find_blocks, pair_lines, read_lines
from .box import BoxMatch, read_boxes
from .clock import Clock
from .frame import NamedMatch, make_frames, name_match, sides_for
from .kinds import TELLING, kind_of
from .lineup import Sheet
from .live import find_entries, read_live
from .marks import Marked, fill_sheets, read_marked, read_marks
from .officials import Officials
from .pairs import Pair
from .remarks import Remark, known_names, read_remark
from .review import Episode, read_episodes
from .roundup import Stretch, find_stretches
from .sides import SIDES, Sides
from .telling import Context, Side, Source, Telling
from .tokens import Doc, lower

if TYPE_CHECKING:
    from .prose import Watcher


BESIDE_MARKS = frozenset(["entered", "coach", "referee", "changes", "best"])  # box labels that stand among marks


@dataclass(slots=True)
class Layout:
    """The parts of an article. `frames` are its matches; tellings name them by index."""

    doc: Doc
    kind: Kind
    frames: list[Frame]
    lines: list[Line]
    blocks: list[Block]
    boxes: list[BoxMatch] = field(default_factory=list)
    marked: list[Marked] = field(default_factory=list)
    stretches: list[Stretch] = field(default_factory=list)  # of a roundup: which lines are about which match
    headline: list[Telling] = field(default_factory=list)

    @property
    def tells(self) -> bool:
        """Whether an article of this kind tells events."""
        return self.kind in TELLING

    def read(self, context_of: Callable[[int], Context], watch: Watcher | None = None) -> list[Telling]:
        """Every telling of the article. `context_of` gives the context in which a match's words are read."""
        if not self.tells:
            return []
        told: list[Telling] = [*self.headline, *self._of_boxes()]
        told += self._notes(context_of, watch)
        if self.kind == "refereeing":
            return told + self._episodes(context_of)
        told += self._live(context_of)
        if self.marked:
            told += read_marked(
                self.doc, self.marked, context_of(0), sides_for(self.frames[0]) if self.frames else Sides()
            )
        told += self._remarks(context_of)
        told += self._prose(context_of, watch)
        return told

    def _of_boxes(self) -> Iterator[Telling]:
        for box in self.boxes:
            match = self._match_of(box)
            yield from (replace(t, match=match) for t in box.tellings)

    def _match_of(self, box: BoxMatch) -> int:
        names = (box.sides.home and box.sides.home.name, box.sides.away and box.sides.away.name)
        return next((i for i, f in enumerate(self.frames) if (f.home, f.away) == names), 0)

    def _notes(self, context_of: Callable[[int], Context], watch: Watcher | None) -> Iterator[Telling]:
        """What the notes of a box tell in words: missed penalties, a coach sent away."""
        from .prose import read_prose

        for box in self.boxes:
            context = context_of(self._match_of(box))
            for start, end in box.notes:
                if not any(c.isalpha() for c in self.doc.text[start:end]):
                    continue
                context.source = "box"
                found = read_prose(self.doc, start, end, context, watch)
                yield from (t for t in found if t.type not in ("goal", "full_time", "half_time", "shot"))

    def _episodes(self, context_of: Callable[[int], Context]) -> list[Telling]:
        """A review's episodes: its entries, however few, and its paragraphs."""
        telling = ("live", "prose", "other")
        live = [
            line for line, block in self._by_line() if block.kind == "live" or (line.live and block.kind in telling)
        ]
        entries = [Episode(e.start, e.end, e.clock) for e in find_entries(self.doc.text, live)] if live else []
        timed = {line.start for line in live}
        prose = [
            Episode(start, end)
            for b in self.blocks
            if b.kind in ("prose", "other")
            for start, end in self._untimed(b, timed)
        ]
        sides = sides_for(self.frames[0]) if self.frames else Sides()
        referee = self.frames[0].referee if self.frames else None
        both = sorted([*prose, *entries], key=lambda e: e.start)
        return read_episodes(self.doc, both, context_of(0), sides, referee)

    def _untimed(self, block: Block, timed: set[int]) -> Iterator[tuple[int, int]]:
        """The block where no line of it opens with a minute, else its other lines."""
        inside = [line for line in self.lines if block.start <= line.start < block.end] if timed else []
        if any(line.start in timed for line in inside):
            yield from ((line.start, line.end) for line in inside if line.start not in timed)
        else:
            yield block.start, block.end

    def _live(self, context_of: Callable[[int], Context]) -> list[Telling]:
        lines = [line for line, block in self._by_line() if block.kind == "live"]
        if not lines:
            return []
        sides = sides_for(self.frames[0]) if self.frames else Sides()
        return read_live(self.doc, lines, context_of(0), sides)

    def _remarks(self, context_of: Callable[[int], Context]) -> Iterator[Telling]:
        """What a line-up with marks says of a player in brackets."""
        for box in self.boxes:
            context = context_of(self._match_of(box))
            remarks = [(s, *r) for s in SIDES for r in box.sheets[s].remarks]
            names = (
                known_names([n for s in SIDES for n in box.sheets[s].names()], self.doc, box.sides) if remarks else None
            )
            for side, name, start, end in remarks:
                keeper = box.sheets[side].starters[:1] == [name]
                if names is not None:
                    yield from read_remark(self.doc, Remark(name, side, start, end, keeper), context, names, box.sides)

    def _prose(self, context_of: Callable[[int], Context], watch: Watcher | None) -> Iterator[Telling]:
        from .prose import read_prose

        contexts: dict[int, Context] = {}
        for start, end, match in self._prose_spans():
            context = contexts.setdefault(match, context_of(match))
            yield from read_prose(self.doc, start, end, context, watch)

    def _prose_spans(self) -> Iterator[tuple[int, int, int]]:
        """The stretches of running text, each with its match; those of a roundup that are about no match
        are left out."""
        spans = [
            (b.start, b.end) for b in self.blocks if b.kind in ("prose", "heading", "other") and not self._marked(b)
        ]
        if not self.stretches:
            yield from ((start, end, 0) for start, end in spans)
            return
        for stretch in self.stretches:
            yield stretch.pair.end if stretch.pair else stretch.start, stretch.end, stretch.match

    def _marked(self, block: Block) -> bool:
        """Whether a block lies among the marks, whose readers have it."""
        return bool(self.marked) and self.marked[0].at <= block.start < self.marked[-1].end

    def _by_line(self) -> Iterator[tuple[Line, Block]]:
        return pair_lines(self.lines, self.blocks)


def lay_out(doc: Doc, title: str = "", subtitle: str = "", published: date | None = None) -> Layout:
    """The layout of an article's text. `title` and `subtitle` stand outside the text, or open it."""
    text = doc.text
    lines = read_lines(text, doc.lowered)
    blocks = find_blocks(text, lines)
    kind = kind_of(text, doc.lowered, lower(title), lines, blocks)
    if kind not in TELLING:
        return Layout(doc, kind, [], lines, blocks)
    named = _played_out(name_match(title, subtitle, text), blocks)
    boxes = _boxes(doc, lines, blocks, named)
    frames = make_frames(named, boxes, title, subtitle, text, published)
    layout = Layout(doc, kind, frames, lines, blocks, boxes)
    if len(boxes) < 2:
        layout.stretches, more = find_stretches(text, lines, blocks, title, published)
        layout.frames = more or frames
    _add_marks(layout, title)
    if layout.stretches:
        layout.headline = [
            t
            for s in layout.stretches
            if s.pair and s.pair.score
            for t in _pair_scores("text", s.pair, s.match, title, text)
        ]
    elif named is not None:
        spans = [(part, p) for part, p in named.spans if part != "subtitle" and p.score and p.score == named.score]
        layout.headline = [t for part, pair in spans for t in _pair_scores(part, pair, 0, title, text)]
    return layout


def _played_out(named: NamedMatch | None, blocks: Sequence[Block]) -> NamedMatch | None:
    """The match without the scores that live entries give on the way to the last one."""
    live = [b for b in blocks if b.kind == "live"]
    if named is None or not live:
        return named

    def told_on_the_way(part: str, pair: Pair) -> bool:
        return part == "text" and any(b.start <= pair.start < b.end for b in live)

    spans = tuple(
        (part, replace(p, score=None, half=None) if told_on_the_way(part, p) else p) for part, p in named.spans
    )
    scored = next((p for _, p in spans if p.score), None)
    return replace(named, spans=spans, score=scored.score if scored else None, half=scored.half if scored else None)


def _boxes(doc: Doc, lines: Sequence[Line], blocks: Sequence[Block], named: NamedMatch | None) -> list[BoxMatch]:
    known = [pair for _, pair in named.spans] if named else []
    found: list[BoxMatch] = []
    part: list[Line] = []
    for line, block in pair_lines(lines, blocks):
        if block.kind == "box":
            part.append(line)
        elif part and block.kind not in ("heading", "other"):
            found += read_boxes(doc.text, doc.lowered, part, known)
            part = []
    if part:
        found += read_boxes(doc.text, doc.lowered, part, known)
    if named:
        for box in found:
            if box.sides.home is None or box.sides.away is None:
                box.sides.rename(named.home, named.away)
    return found


def _add_marks(layout: Layout, title: str) -> None:
    """Reads the marks and adds their line-ups to the first frame."""
    marks = [i for i, (_, block) in enumerate(pair_lines(layout.lines, layout.blocks)) if block.kind == "marks"]
    if not marks:
        return
    doc = layout.doc
    pairs = list(pair_lines(layout.lines, layout.blocks))
    around = pairs[max(0, marks[0] - 2) : marks[-1] + 3]
    lines = [line for line, block in around if block.kind != "box" or not {h.kind for h in line.heads} - BESIDE_MARKS]
    sides = sides_for(layout.frames[0]) if layout.frames else Sides()
    layout.marked, officials = read_marks(doc.text, lines, sides, title or doc.text.split("\n", 1)[0])
    if layout.frames:
        layout.frames[0] = _with_marks(layout.frames[0], layout.marked, officials)


def _with_marks(frame: Frame, marked: Sequence[Marked], officials: Officials) -> Frame:
    sheets: dict[Side, Sheet] = {side: _sheet(frame.lineups.get(side)) for side in SIDES}
    fill_sheets(marked, sheets)
    lineups: dict[str, Lineup] = {
        side: Lineup(
            s.formation,
            s.coach,
            tuple(s.starters),
            tuple(dict.fromkeys([*s.entered, *s.bench])),
            dict(s.marks),
            dict(s.numbers),
        )
        for side, s in sheets.items()
        if s.names() or s.coach
    }
    return replace(frame, lineups=lineups, referee=officials.referee or frame.referee)


def _sheet(lineup: Lineup | None) -> Sheet:
    if lineup is None:
        return Sheet()
    return Sheet(
        starters=list(lineup.starters),
        bench=list(lineup.bench),
        marks=dict(lineup.ratings),
        numbers=dict(lineup.numbers),
        formation=lineup.formation,
        coach=lineup.coach,
    )


def _pair_scores(part: str, pair: Pair, match: int, title: str, text: str) -> Iterator[Telling]:
    """Full and half time as figures beside the names of the match, in headline or text."""
    where: Part = "title" if part == "title" and not text.startswith(title) else "text"
    source: Source = "headline" if part == "title" or pair.start < 200 else "prose"
    clock = Clock(4 if pair.extra else 2, 120 if pair.extra else 90, precision="exact")
    base = Telling(
        "full_time", pair.start, pair.end, "pair-score", source, where, match, clock, facts={"score": pair.score}
    )
    yield replace(base, passing=True)
    if pair.half:
        interval = Clock(1, 45, precision="exact")
        yield replace(base, type="half_time", rule="pair-half", clock=interval, facts={"score": pair.half})
