"""How each goal moved the score, as the text says it ("pareggia", "raddoppia", "accorcia", "il sorpasso"), and whose
goals they must then have been: all the goals in order, under the final score, by what fits best.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product
from typing import Literal

from .lexicon import words
from .merge import Happening
from .people import People, other
from .telling import Side

Step = Literal["level", "lead", "double", "reduce"]
STEPS: tuple[Step, ...] = ("level", "reduce", "double", "lead")
MOST = 8  # goals in a match that are tried in every way; a wilder one is left as it is
FIRM = 20.0


def step_of(told: Sequence[str]) -> Step | None:
    """What the words around a goal say that it did to the score.

    >>> step_of(["rossi", "accorcia", "le", "distanze"])
    'reduce'
    """
    seen = set(told)
    return next((step for step in STEPS if seen & words(f"step_{step}")), None)


def take_sides(goals: Sequence[Happening], final: tuple[int, int] | None, people: People) -> None:
    """Let the order of the goals say whose each was: the scorers lean that way. A doubt left is left."""
    known = [g for g in goals if g.clock.minute is not None or len(goals) == 1]
    if not 0 < len(known) <= MOST or len(known) != len(goals) or (final is not None and sum(final) != len(goals)):
        return
    priors = [_prior(goal, people) for goal in goals]
    ranked = sorted(
        ((_fit(goals, priors, sides), sides) for sides in _ways(len(goals), final)), key=lambda r: r[0], reverse=True
    )
    if not ranked:
        return
    best, chosen = ranked[0]
    for k, goal in enumerate(goals):
        rival = next((fit for fit, sides in ranked if sides[k] != chosen[k]), best - 3.0)
        if best - rival >= 1.0:
            _tell(goal, chosen[k], min(3.0, best - rival), people)


def _ways(n: int, final: tuple[int, int] | None) -> Iterator[tuple[Side, ...]]:
    sides: tuple[Side, Side] = ("home", "away")
    for way in product(sides, repeat=n):
        if final is None or way.count("home") == final[0]:
            yield way


def _prior(goal: Happening, people: People) -> float:
    """How strongly a goal is known to be the home team's (negative: the visitors')."""
    if goal.side is not None:
        return FIRM if goal.side == "home" else -FIRM
    name = goal.name("player")
    person = people.named(name) if name else None
    if person is None or person.lean == 0.0:
        return 0.0
    lean = person.lean / (1 + abs(person.lean)) * 3.0
    return -lean if goal.fact("method") == "own_goal" else lean


def _fit(goals: Sequence[Happening], priors: Sequence[float], sides: Sequence[Side]) -> float:
    home = away = 0
    fit = 0.0
    for goal, prior, side in zip(goals, priors, sides, strict=True):
        ours, theirs = (home, away) if side == "home" else (away, home)
        fit += prior if side == "home" else -prior
        fit += _step_fits(goal.fact("step"), ours, theirs)
        home, away = home + (side == "home"), away + (side == "away")
        told = goal.fact("score")
        if told:
            fit += 2.0 if tuple(told) == (home, away) else 0.5 if tuple(told) == (away, home) else -1.0
    return fit


def _step_fits(step: Step | None, ours: int, theirs: int) -> float:
    """Whether a goal, with the score ours-theirs before it, does what it is told to do."""
    fits = {
        "level": ours + 1 == theirs,
        "lead": ours == theirs,
        "double": ours > theirs,
        "reduce": ours + 1 < theirs,
    }
    return 0.0 if step is None else 2.0 if fits[step] else -2.0


def _tell(goal: Happening, side: Side, weight: float, people: People) -> None:
    name = goal.name("player")
    person = people.named(name) if name else None
    if person is None or person.side is not None:
        return
    his = other(side) if goal.fact("method") == "own_goal" else side
    person.tilt += weight if his == "home" else -weight
