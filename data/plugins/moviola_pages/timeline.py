"""The timeline picture: where each event of a match stands along 0–90 (or 120) minutes, home on one side of the axis
and away on the other, and who leads meanwhile. Lengths are in the units of the SVG's viewBox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .happenings import SHOOTOUT, Happening

LENGTHS = {1: 45, 2: 45, 3: 15, 4: 15}  # minutes of each period
STARTS = {1: 0, 2: 45, 3: 90, 4: 105}
LEAST_STOPPAGE, MOST_STOPPAGE = 2, 12  # minutes drawn after the 45th and the 90th
ICON = 22  # an icon and the air around it
LETTER = 6.6  # mean width of a letter of a scorer's name
LONGEST = 14  # letters of a name that are shown
LANES = 9  # more events than that at one minute lie on top of one another
LABELLED = ("goal", "own_goal", "penalty_goal", "red_card", "second_yellow")


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the picture: `along` the axis, `lane` 0, 1, … away from it."""

    event: Happening
    along: float
    lane: int
    label: str


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of the axis during which the score stood so; `lead` is home, away or level."""

    start: float
    end: float
    score: str
    lead: str


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the template draws; `length` is along the axis, the lanes say how much room each side needs."""

    length: float
    marks: tuple[Mark, ...]
    ticks: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, float], ...]  # from, to: the stoppage time of each half
    stretches: tuple[Stretch, ...]
    lanes_home: int
    lanes_away: int
    unplaced: int  # events whose minute nobody tells


class Axis:
    """Minutes as lengths: each half is as long as it was played, stoppage time included."""

    def __init__(self, events: Iterable[Happening], length: float) -> None:
        rows = [event.row for event in events]
        told = {row["period"] or period_of(row["minute"]) for row in rows}
        last = 4 if told & {3, 4} else 2
        self.periods = range(1, last + 1)
        self.stoppages = {period: stoppage_in(rows, period) for period in self.periods}
        self.minutes = sum(LENGTHS[period] + self.stoppages[period] for period in self.periods)
        self.length = length

    def place(self, period: int | None, minute: int, stoppage: int) -> float:
        """Where a clock time lies."""
        period = period if period and period in self.periods else period_of(minute)
        before = sum(LENGTHS[earlier] + self.stoppages[earlier] for earlier in self.periods if earlier < period)
        within = min(max(minute - STARTS[period], 0), LENGTHS[period]) + min(stoppage, self.stoppages.get(period, 0))
        return self.length * min(before + within, self.minutes) / self.minutes

    def ticks(self) -> tuple[tuple[float, str], ...]:
        """Every quarter of an hour, and the ends of the periods."""
        minutes = [(period, minute) for period in self.periods for minute in quarters(period)]
        return tuple((self.place(period, minute, 0), f"{minute}") for period, minute in minutes)

    def breaks(self) -> tuple[tuple[float, float], ...]:
        ends = [(period, STARTS[period] + LENGTHS[period]) for period in self.periods if self.stoppages[period]]
        return tuple((self.place(p, end, 0), self.place(p, end, self.stoppages[p])) for p, end in ends)


def quarters(period: int) -> list[int]:
    start, length = STARTS[period], LENGTHS[period]
    return list(range(start if period == 1 else start + 15, start + length + 1, 15))


def period_of(minute: int | None) -> int:
    minute = minute or 0
    return next((period for period in (1, 2, 3) if minute <= STARTS[period] + LENGTHS[period]), 4)


def stoppage_in(rows: Iterable[dict[str, object]], period: int) -> int:
    """How much recovery time is drawn after a period: what its events need, a little for the first two at least."""
    told = [
        int(str(row["stoppage"] or 3))
        for row in rows
        if row["period"] == period and (row["stoppage"] or row["stoppage_unknown"])
    ]
    least = LEAST_STOPPAGE if period <= 2 else 0
    return min(max([least, *told]), MOST_STOPPAGE)


def draw(events: Sequence[Happening], length: float, upright: bool = False) -> Picture:
    """The picture of a match. Upright, names stand beside their icons instead of above them."""
    axis = Axis(events, length)
    placed, unplaced = [], 0
    for event in events:
        if event.icon == "whistle" or event.rejected or not event.side or event.row["period"] == SHOOTOUT:
            continue
        if event.row["minute"] is None:
            unplaced += 1
            continue
        stoppage = event.row["stoppage"] or (1 if event.row["stoppage_unknown"] else 0)
        placed.append((axis.place(event.row["period"], event.row["minute"], stoppage), event))
    placed.sort(key=lambda item: (item[0], item[1].number))
    marks = {side: tuple(in_lanes(placed, side, upright)) for side in ("home", "away")}
    return Picture(
        length=length,
        marks=tuple(sorted(marks["home"] + marks["away"], key=lambda mark: (mark.along, mark.event.number))),
        ticks=axis.ticks(),
        breaks=axis.breaks(),
        stretches=tuple(stretches(placed, length)),
        lanes_home=1 + max((mark.lane for mark in marks["home"]), default=0),
        lanes_away=1 + max((mark.lane for mark in marks["away"]), default=0),
        unplaced=unplaced,
    )


def in_lanes(placed: Iterable[tuple[float, Happening]], side: str, upright: bool) -> Iterable[Mark]:
    """Marks of one side, each in the lane nearest to the axis where it does not touch the one before."""
    ends = [float("-inf")] * LANES
    for along, event in placed:
        if event.side != side:
            continue
        label = label_of(event)
        half = ICON / 2 if upright or not label else max(ICON, LETTER * len(label)) / 2
        free = [lane for lane in range(LANES) if ends[lane] <= along - half]
        lane = (
            min((lane for lane in free if all(ends[k] <= along - half for k in range(lane, LANES))), default=None)
            if (label and upright)
            else min(free, default=None)
        )
        lane = LANES - 1 if lane is None else lane
        # Upright, a name reaches outwards over the lanes beyond its own.
        for taken in range(lane, LANES if label and upright else lane + 1):
            ends[taken] = along + half
        yield Mark(event, round(along, 1), lane, label)


def label_of(event: Happening) -> str:
    """The name written at the mark: scorers and those sent off."""
    if event.icon not in LABELLED or not event.people:
        return ""
    name = event.people[0].name
    if len(name) > LONGEST:
        name = name.split()[-1]
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def stretches(placed: Iterable[tuple[float, Happening]], length: float) -> Iterable[Stretch]:
    """The axis cut at the goals whose score is told."""
    start, score, lead = 0.0, "0–0", "level"
    for along, event in placed:
        home, away = event.row["score_home"], event.row["score_away"]
        if event.row["type"] != "goal" or home is None or away is None:
            continue
        yield Stretch(round(start, 1), round(along, 1), score, lead)
        start, score = along, event.score
        lead = "home" if home > away else "away" if away > home else "level"
    yield Stretch(round(start, 1), length, score, lead)
