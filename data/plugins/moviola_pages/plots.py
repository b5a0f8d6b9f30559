"""Plots as SVG figures: bars in one or two series, dots along dates. Lengths are in the units of the viewBox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 220, 34, 10, 24
GAP = 0.28  # of the room of a bar
MOST_LABELS = 16


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True, slots=True)
class Bars:
    """What the macro `bars` draws."""

    title: str
    bars: tuple[Bar, ...]
    labels: tuple[tuple[str, float], ...]
    levels: tuple[tuple[str, float], ...]
    legend: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def bars(title: str, labels: Sequence[str], series: Sequence[tuple[str, Sequence[float]]]) -> Bars | None:
    """A bar plot of one number a label and series; None where there is nothing to show."""
    highest = max((number for _, numbers in series for number in numbers), default=0)
    if not labels or highest <= 0:
        return None
    steps = levels_to(highest)
    scale = (HEIGHT - TOP - BOTTOM) / steps[-1]
    room = (WIDTH - LEFT) / len(labels)
    thick = room * (1 - GAP) / len(series)
    drawn = [
        Bar(
            round(LEFT + room * (place + GAP / 2) + thick * one, 2), round(HEIGHT - BOTTOM - number * scale, 2),
            round(max(thick - 1, 0.5), 2), round(number * scale, 2), one,
            f"{labels[place]}: {number:g}" + (f" ({name})" if len(series) > 1 else ""),
        )
        for one, (name, numbers) in enumerate(series)
        for place, number in enumerate(numbers)
        if number > 0
    ]  # fmt: skip
    every = -(-len(labels) // MOST_LABELS)
    shown = tuple(
        (label, round(LEFT + room * (place + 0.5), 1)) for place, label in enumerate(labels) if place % every == 0
    )
    lines = tuple((f"{step:g}", round(HEIGHT - BOTTOM - step * scale, 1)) for step in steps)
    return Bars(title, tuple(drawn), shown, lines, tuple(name for name, _ in series))


def levels_to(highest: float) -> list[float]:
    """Round numbers from 0 up to the first that is not below the highest."""
    step = 1.0
    while highest / step > 5:
        step *= 2.5 if str(step).startswith("2") else 2
    count = int(-(-highest // step))
    return [step * number for number in range(count + 1)]


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    series: int
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Dots:
    """Marks of a player: one dot a match and paper, a thread through the means."""

    dots: tuple[Dot, ...]
    thread: str
    levels: tuple[tuple[str, float], ...]
    legend: tuple[str, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT


def marks(given: Sequence[tuple[str, str, float, str, str]]) -> Dots | None:
    """The plot of (match, paper, mark, title, address), in the order of the matches."""
    if not given:
        return None
    matches = list(dict.fromkeys(match for match, *_ in given))
    papers = sorted({paper for _, paper, *_ in given})
    low, high = 3.0, 10.0

    def height(mark: float) -> float:
        return round(TOP + (HEIGHT - TOP - BOTTOM) * (high - min(max(mark, low), high)) / (high - low), 1)

    places = {match: round(LEFT + (WIDTH - LEFT) * (n + 0.5) / len(matches), 1) for n, match in enumerate(matches)}
    series = {paper: min(n, 5) for n, paper in enumerate(papers)}
    dots = tuple(
        Dot(places[match], height(mark), series[paper], title, address) for match, paper, mark, title, address in given
    )
    by_match: dict[str, list[float]] = {}
    for match, _, mark, *_ in given:
        by_match.setdefault(match, []).append(mark)
    thread = " ".join(f"{places[match]},{height(sum(told) / len(told))}" for match, told in by_match.items())
    levels = tuple((f"{level}", height(level)) for level in (4, 5, 6, 7, 8, 9))
    return Dots(dots, thread, levels, tuple(papers))
