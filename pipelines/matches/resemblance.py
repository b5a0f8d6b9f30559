"""Whether two tellings are of one match: evidence for and against, in natural logarithms of odds.

Each finding below adds its weight. They were set on the dev part of tests/corpus; what they must tell apart is two legs
in a week, league and cup between the same sides, a replay, women's and men's sides on one day.
"""

from __future__ import annotations

from math import log

from .days import overlap
from .names import same_club, same_person
from .telling import Moment, Score, Telling

NEVER = -1000.0  # a veto
SAME_WORDS = 50.0
MINUTES_APART = (0, 1, -1, 2, -2)  # papers differ by that much on the minute of one happening


def resemblance(a: Telling, b: Telling) -> float:
    """How likely two tellings are of one match: above 0 rather yes. The sides may stand the other way round."""
    if a.article == b.article:
        return NEVER
    if same_sides(a, b):
        return evidence(a, b)
    turned = b.turned()
    return evidence(a, turned, turned=True) if same_sides(a, turned) else NEVER


def same_sides(a: Telling, b: Telling) -> bool:
    return same_club(a.home, b.home) and same_club(a.away, b.away)


def evidence(a: Telling, b: Telling, turned: bool = False) -> float:
    """The sum of all findings of two tellings with the same sides."""
    if a.category != b.category and a.category and b.category:
        return NEVER
    if a.words and a.words == b.words and a.number == b.number:
        return SAME_WORDS
    return (
        of_days(a, b)
        + of_scores(a.score, b.score, weight=1.5)
        + of_scores(a.half, b.half, weight=0.5)
        + of_competitions(a, b)
        + of_people(a, b)
        + of_moments(a.sketch.moments, b.sketch.moments)
        + of_referees(a, b)
        + (1.0 if a.attendance and a.attendance == b.attendance else 0.0)
        - (1.5 if turned else 0.0)  # who is at home is rarely mistaken
        - (2.0 if a.category != b.category and (a.category == "youth" or b.category == "youth") else 0.0)
    )


def of_days(a: Telling, b: Telling) -> float:
    if not a.days or not b.days:
        return -1.0
    return max(-8.0, min(3.5, log((overlap(a.days, b.days) + 1e-9) / 0.02)))


def of_scores(ours: Score, theirs: Score, weight: float) -> float:
    """Equal scores say more the rarer they are."""
    if ours is None or theirs is None:
        return 0.0
    return weight + min(2.0, sum(ours) / 4) if ours == theirs else -2 * weight


def of_competitions(a: Telling, b: Telling) -> float:
    ours, theirs = a.contest, b.contest
    if not ours or not theirs:
        return 0.0
    if not (ours <= theirs or theirs <= ours):
        return -4.0
    if a.round_number and b.round_number:
        return 1.0 if a.round_number == b.round_number else -3.0
    return 0.5


def of_people(a: Telling, b: Telling) -> float:
    """Who is named: two legs share many, women's and men's sides none."""
    ours, theirs = a.sketch.people, b.sketch.people
    fewer = min(len(ours), len(theirs))
    if fewer < 3:
        return 0.0
    share = len(ours & theirs) / fewer
    if share >= 0.4:
        return min(1.5, share * 1.5)
    return -0.4 * min(10, fewer) * (0.4 - share)


def of_moments(ours: frozenset[Moment], theirs: frozenset[Moment]) -> float:
    """What happened to whom and when is what no other match repeats."""
    fewer, many = (ours, theirs) if len(ours) <= len(theirs) else (theirs, ours)
    if not fewer:
        return 0.0
    met = sum(any((kind, who, minute + by) in many for by in MINUTES_APART) for kind, who, minute in fewer)
    missed = len(fewer) - met
    return min(6.0, 1.2 * met) - min(3.0, missed * (0.1 if met else 0.25))


def of_referees(a: Telling, b: Telling) -> float:
    if not a.referee or not b.referee:
        return 0.0
    return 1.0 if same_person(a.referee, b.referee) else -1.5
