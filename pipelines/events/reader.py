"""From the clean text of one article to its reading: the match it tells, every event, and the words that say so."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import prod
from typing import Any

from pipelines.items import Event, Evidence, Frame, Kind, Reading

from .consistency import settle
from .layout import Layout, lay_out
from .merge import Happening, merge
from .people import People
from .prose import Watcher
from .relations import relate
from .telling import Context, Telling
from .tokens import Doc, sentences

VERSION = "1"
LONGEST = 60_000  # code points of a text that are read; no article comes near, and what is no article stays cheap
LONGEST_HEAD = 1_000  # of its title and subtitle
NO_FRAME = Frame("", "")  # events are read even where the text names no match
FACTS = ("method", "body_part", "outcome", "reason", "subject", "decision", "second_yellow", "role")


def read(
    text: str,
    *,
    title: str = "",
    subtitle: str = "",
    published: date | None = None,
    headings: Sequence[tuple[int, int]] = (),  # noqa: ARG001 — the reader finds the headings of any text itself
    watch: Watcher | None = None,
) -> Reading:
    """What an article tells of a match. A plain text may carry its headline as its first line.

    >>> reading = read("Bari-Lecce 1-0", title="")
    >>> reading.matches[0].home, [event.type for event in reading.events]
    ('Bari', ['full_time'])
    """
    page = Page(text[:LONGEST], title[:LONGEST_HEAD], subtitle[:LONGEST_HEAD], published)
    tellings = page.tellings(watch)
    page.learn_scores(tellings)
    events: list[Event] = []
    for index, frame in enumerate(page.frames or [NO_FRAME] if page.layout.tells else []):
        happenings = settle(merge(t for t in tellings if t.match == index), frame, page.people[index])
        events += [page.event(h, frame, len(events) + n + 1) for n, h in enumerate(happenings)]
    return Reading(page.kind, tuple(page.frames), tuple(relate(events)), VERSION)


def headline(text: str) -> tuple[str, str, str]:
    """Headline, subtitle and body of a plain text; headline and subtitle are empty where it starts with its body."""
    lines = text.lstrip("\n").split("\n", 2)
    heads: list[str] = []
    for line in lines[:2]:
        if not 8 < len(line.strip()) < 180 or line.rstrip().endswith((".", ":", ";")) or line.strip()[0].isdigit():
            break
        heads.append(line.strip())
    if not heads or len(lines) < 2:
        return "", "", text
    return heads[0], heads[1] if len(heads) > 1 else "", text


@dataclass(slots=True, init=False)
class Page:
    """An article taken apart: its blocks, frames and people."""

    text: str
    title: str
    doc: Doc
    layout: Layout
    frames: list[Frame]
    people: list[People]
    _lines: dict[int, list[tuple[int, int]]]  # the sentences of the lines that tell something, by the line's start

    def __init__(self, text: str, title: str, subtitle: str, published: date | None) -> None:
        self.text, self.title = text, title
        self._lines = {}
        self.doc = Doc(text)
        if not title:
            title, subtitle, _ = headline(text)
        self.layout = lay_out(self.doc, title, subtitle, published)
        self.frames = list(self.layout.frames)
        self.people = []
        for index in range(max(1, len(self.frames)) if self.layout.tells else 0):
            people = People(self.frames, index)
            people.learn([self.doc])
            self.people.append(people)

    @property
    def kind(self) -> Kind:
        """What kind of article it is."""
        return self.layout.kind

    def tellings(self, watch: Watcher | None) -> list[Telling]:
        """Every telling of every block; none of an article that tells no match."""
        return self.layout.read(lambda match: Context(self.people[match], match=match), watch)

    def learn_scores(self, tellings: list[Telling]) -> None:
        """A frame that no box or headline gave its score takes the one that the text tells most often."""
        for index, frame in enumerate(self.frames):
            if frame.score is None:
                told = Counter(t.facts["score"] for t in tellings if t.type == "full_time" and t.match == index)
                if told:
                    self.frames[index] = replace(frame, score=told.most_common(1)[0][0])

    def event(self, happening: Happening, frame: Frame, number: int) -> Event:
        """A happening as an event of the model."""
        clock, side = happening.clock, happening.side
        facts: dict[str, Any] = {key: happening.fact(key) for key in FACTS}
        if happening.lead.type == "goal":
            facts["method"] = facts["method"] or "open_play"
        score = happening.fact("score")
        return Event(
            id=f"e{number}",
            type=happening.lead.type,
            match=f"{frame.home}-{frame.away}" if frame.home else "",
            team=({"home": frame.home, "away": frame.away}[side] or None) if side else None,
            side=side,
            period=clock.period,
            minute=clock.minute,
            minute_end=clock.minute_end,
            stoppage=clock.stoppage,
            stoppage_unknown=clock.stoppage_unknown or None,
            precision=clock.precision,
            player=happening.name("player"),
            assist=happening.name("assist"),
            opponent=happening.name("opponent"),
            player_in=happening.name("player_in"),
            player_out=happening.name("player_out"),
            score=tuple(score) if score else None,
            confidence=confidence(happening),
            evidence=tuple(dict.fromkeys(self._evidence(t) for t in happening.tellings)),
            **facts,
        )

    def _evidence(self, telling: Telling) -> Evidence:
        text = self.text if telling.part == "text" else self.title
        start, end = telling.start, telling.end
        if telling.part == "text":
            start, end = self._sentence(start, end)
        return Evidence(telling.start, telling.end, text[start:end], telling.rule, telling.part)

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """The sentence around a telling."""
        line = self.text.rfind("\n", 0, start) + 1
        stop = self.text.find("\n", end)
        stop = len(self.text) if stop < 0 else stop
        if line not in self._lines:
            self._lines[line] = [
                (self.doc.start[first], self.doc.end[last - 1]) for first, last in sentences(self.doc, line, stop)
            ]
        around = bisect_right(self._lines[line], (start, stop)) - 1
        if around < 0 or start >= self._lines[line][around][1]:
            return start, end
        opens, closes = self._lines[line][around]
        return opens, max(closes, end)


def confidence(happening: Happening) -> float:
    """How sure an event is: each kind of source that tells it on its own (box, prose, …) leaves less doubt."""
    surest: dict[str, float] = {}
    for telling in happening.tellings:
        surest[telling.source] = max(telling.confidence, surest.get(telling.source, 0.0))
    return round(min(0.99, 1 - prod(1 - sure for sure in surest.values())), 2)
