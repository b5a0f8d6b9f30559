"""Goals and the score: as many a side as the score has, and the score after each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from .claim import Happening, shared_articles
from .frames import FIRM
from .likeness import likeness, span
from .telling import Score
from .voting import fuse

Side = Literal["home", "away"]
SIDES: tuple[Side, Side] = ("home", "away")
NEAR_ENOUGH = -3.0  # likeness from which two goals too many are one told differently


def goals_add_up(
    timeline: list[Happening], score: tuple[int, int], teams: tuple[str, str]
) -> tuple[list[Happening], list[str]]:
    """As many goals a side as the score has: those too many are merged with what they resemble, or left out."""
    rest = [each for each in timeline if each.event.type != "goal"]
    goals = [each for each in timeline if each.event.type == "goal"]
    goals = balanced(merged_surplus(placed(goals, score), score), score)
    kept: list[Happening] = []
    conflicts: list[str] = []
    for side, expected in zip((*SIDES, None), (*score, 0), strict=True):
        ranked = sorted((g for g in goals if g.event.side == side), key=lambda g: -g.support)
        kept += ranked[:expected]
        surplus = ranked[expected:]
        firm = [g for g in surplus if g.voices >= FIRM]
        if firm and side:
            names = ", ".join(sorted(str(g.event.player) for g in firm))
            team = teams[SIDES.index(side)]
            conflicts.append(f"{len(ranked)} goals of {team} are told, the score has {expected} ({names})")
    return with_running_score(rest + kept, score), conflicts


def placed(goals: list[Happening], score: tuple[int, int]) -> list[Happening]:
    """Goals whose side no paper tells, given to the side that lacks some."""
    missing = {side: n - sum(g.event.side == side for g in goals) for side, n in zip(SIDES, score, strict=True)}
    lacking = [side for side in SIDES if missing[side] > 0]
    if len(lacking) != 1:
        return goals
    team = next((g.event.team for g in goals if g.event.side == lacking[0]), None)
    return [g if g.event.side else replace(g, event=replace(g.event, side=lacking[0], team=team)) for g in goals]


def balanced(goals: list[Happening], score: tuple[int, int]) -> list[Happening]:
    """As many goals as the score has, but not of the right sides: those whose side has least for it change it, since a
    score is read more surely than whose goal it was."""
    if len(goals) != sum(score) or any(goal.event.side is None for goal in goals):
        return goals
    result = list(goals)
    for side, expected in zip(SIDES, score, strict=True):
        other: Side = "away" if side == "home" else "home"
        ranked = sorted((g for g in goals if g.event.side == side), key=lambda g: -for_side(g, side))
        for goal in ranked[expected:]:
            result[result.index(goal)] = replace(goal, event=replace(goal.event, side=other, team=None))
    return result


def for_side(goal: Happening, side: str) -> float:
    """The weight of the claims that give a goal to a side, less that of the others."""
    return sum(claim.weight * (1 if claim.event.side == side else -1) for claim in goal.claims if claim.event.side)


def merged_surplus(goals: list[Happening], score: tuple[int, int]) -> list[Happening]:
    """Two goals of a side that has too many, made one where they resemble each other and no paper tells both."""
    for side, expected in zip(SIDES, score, strict=True):
        while sum(g.event.side == side for g in goals) > expected:
            pairs = [
                (likeness(a.event, b.event), -i, -j)
                for i, a in enumerate(goals)
                for j, b in enumerate(goals)
                if i < j and {a.event.side, b.event.side} <= {side, None} and not shared_articles(a, b)
            ]
            best = max(pairs, default=(NEAR_ENOUGH, 0, 0))
            if best[0] <= NEAR_ENOUGH:
                break
            i, j = -best[1], -best[2]
            goals = [g for n, g in enumerate(goals) if n not in (i, j)] + [fuse([*goals[i].claims, *goals[j].claims])]
    return goals


def with_running_score(timeline: Sequence[Happening], score: Score) -> list[Happening]:
    """The timeline with the score after each goal, in the order of play, where all goals are known."""
    goals = sorted((each for each in timeline if each.event.type == "goal"), key=place_of_goal)
    if score is None or [sum(g.event.side == side for g in goals) for side in SIDES] != list(score):
        return list(timeline)
    count = dict.fromkeys(SIDES, 0)
    result = [each for each in timeline if each.event.type != "goal"]
    for goal in goals:
        assert goal.event.side
        count[goal.event.side] += 1
        result.append(replace(goal, event=replace(goal.event, score=(count["home"], count["away"]))))
    return result


def place_of_goal(goal: Happening) -> tuple[float, int, str]:
    """Its minute; without one, the score that papers tell after it, or the end of its half, places it."""
    known = span(goal.event)
    told = sum(goal.event.score) if goal.event.score else 99
    if known is not None:
        return (float(goal.event.period or (known[0] > 45) + 1) * 200 + known[0], told, goal.event.player or "")
    return (float(goal.event.period or 9) * 200 + 150, told, goal.event.player or "")
