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
MOST_SHIFTED = 60  # how far below its minute an event may be drawn
ON_AXIS = -1  # the lane of what belongs to no side: a look at the monitor
LABELLED = ("goal", "own_goal", "penalty_goal", "red_card", "second_yellow")


Placed = tuple[float, Happening]


@dataclass(frozen=True, slots=True)
class Mark:
    """An event in the picture: `along` the axis, `lane` 0, 1, … away from it, or ON_AXIS."""

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
    reach: float  # how far the marks go: a little beyond the axis where many stand at its end
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

    def where(self, event: Happening) -> float:
        """Where an event lies whose minute is told."""
        row = event.row
        return self.place(row["period"], row["minute"], row["stoppage"] or (1 if row["stoppage_unknown"] else 0))

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


def draw(events: Sequence[Happening], length: float, standing: bool = False) -> Picture:
    """The picture of a match, its axis lying or standing."""
    axis = Axis(events, length)
    placed = [(axis.where(event), event) for event in events if shown(event) and event.row["minute"] is not None]
    placed.sort(key=lambda item: (item[0], item[1].number))
    layout = upright if standing else across
    sides = {side: tuple(layout(item for item in placed if item[1].side == side)) for side in ("home", "away")}
    middle = tuple(Mark(event, round(along, 1), ON_AXIS, "") for along, event in placed if not event.side)
    marks = sides["home"] + sides["away"] + middle
    return Picture(
        length=length,
        marks=tuple(sorted(marks, key=lambda mark: (mark.along, mark.event.number))),
        ticks=axis.ticks(),
        breaks=axis.breaks(),
        stretches=tuple(stretches(placed, length)),
        lanes_home=1 + max((mark.lane for mark in sides["home"]), default=0),
        lanes_away=1 + max((mark.lane for mark in sides["away"]), default=0),
        reach=max([length, *(mark.along for mark in marks)]),
        unplaced=sum(shown(event) and event.row["minute"] is None for event in events),
    )


def shown(event: Happening) -> bool:
    """Whether an event is drawn: one of a side, or one on the axis of which no side is told."""
    if event.icon == "whistle" or event.rejected or event.row["period"] == SHOOTOUT:
        return False
    return bool(event.side) or event.icon not in ("shot", "woodwork")


def across(placed: Iterable[Placed]) -> Iterable[Mark]:
    """Marks of one side on a lying axis, each in the lane nearest to it where neither icon nor name touches another."""
    ends = [float("-inf")] * LANES
    for along, event in placed:
        label = label_of(event)
        half = max(ICON, LETTER * len(label)) / 2
        lane = next((lane for lane in range(LANES) if ends[lane] <= along - half), LANES - 1)
        ends[lane] = along + half
        yield Mark(event, round(along, 1), lane, label)


def upright(placed: Iterable[Placed]) -> Iterable[Mark]:
    """Marks of one side on a standing axis. A name reaches outwards from its icon over all lanes beyond, so what
    happens at the same minute as a goal is drawn below it."""
    ends = [float("-inf")] * LANES
    for along, event in placed:
        label = label_of(event)
        free = [lane for lane in range(LANES) if ends[lane] <= along - ICON / 2]
        if not free or (label and len(free) < LANES):
            along = min(max(ends) + ICON / 2, along + MOST_SHIFTED)
            free = [0]
        for taken in range(LANES) if label else free[:1]:
            ends[taken] = along + ICON / 2
        yield Mark(event, round(along, 1), free[0], label)


def label_of(event: Happening) -> str:
    """The name written at the mark: scorers and those sent off."""
    if event.icon not in LABELLED or not event.people:
        return ""
    name = event.people[0].name
    if len(name) > LONGEST:
        name = name.split()[-1]
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def stretches(placed: Iterable[Placed], length: float) -> Iterable[Stretch]:
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
