"""What a timeline must obey: goals add up to the score, a card is shown once, nobody acts after leaving.

Each rule repairs what the papers' disagreement explains; where no repair fits what several of them tell, it names the
conflict, and the match is marked contradictory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.items import Event

from .claim import Happening
from .likeness import likeness, span
from .names import same_person
from .telling import Score
from .voting import clocks_told, fuse, with_clock

Side = Literal["home", "away"]
SIDES: tuple[Side, Side] = ("home", "away")
NEAR_ENOUGH = -3.0  # likeness from which two goals too many are one told differently
FIRM = 2  # independent voices that make a conflict one of the match, not of one paper


@dataclass(frozen=True, slots=True)
class Checked:
    """A timeline that obeys the rules, what was left out of it, and the conflicts that remain."""

    timeline: tuple[Happening, ...]
    dropped: tuple[Happening, ...] = ()
    conflicts: tuple[str, ...] = ()


def check(made: Sequence[Happening], score: Score, teams: tuple[str, str] = SIDES) -> Checked:
    """The happenings made to obey the rules; `score` is the final one before a shoot-out, if known, `teams` are the
    names that conflicts are told with."""
    timeline = list(made)
    conflicts: list[str] = []
    dropped: list[Happening] = []
    if score is not None:
        timeline, dropped, conflicts = goals_add_up(timeline, score, teams)
    # Only then: a shot that one paper takes for a goal too many is still a shot.
    timeline = one_card_each(one_change_each(twice_told(timeline)))
    timeline, more = nobody_acts_after_leaving(timeline)
    return Checked(tuple(timeline), tuple(dropped), tuple(conflicts + more))


# --- one happening under two types


ABSORBED = {  # what the same claim of another paper may have called it
    "red_card": ("yellow_card",),
    "penalty_missed": ("shot",),
    "goal_disallowed": ("shot",),
    "goal": ("shot",),
}


def twice_told(timeline: list[Happening]) -> list[Happening]:
    """A second yellow told as a card of its own, a penalty saved told as a shot: one happening each."""
    gone: set[int] = set()
    result = list(timeline)
    for i, each in enumerate(timeline):
        for j, other in enumerate(timeline):
            if other.event.type in ABSORBED.get(each.event.type, ()) and j not in gone and same_moment(each, other):
                gone.add(j)
                result[i] = absorbed(result[i], other)
    return [each for i, each in enumerate(result) if i not in gone]


def same_moment(a: Happening, b: Happening) -> bool:
    """Whether one player does both in the same minute, and no article tells both."""
    if not a.event.player or not b.event.player or a.event.side != b.event.side:
        return False
    ours, theirs = span(a.event), span(b.event)
    if ours is None or theirs is None or abs(ours[0] - theirs[0]) > 1:
        return False
    alone = a.event.type in ("red_card", "penalty_missed") or not shared_articles(a, b)
    return alone and same_person(a.event.player, b.event.player)


def shared_articles(a: Happening, b: Happening) -> set[int]:
    return {claim.article for claim in a.claims} & {claim.article for claim in b.claims}


def absorbed(each: Happening, other: Happening) -> Happening:
    """A happening with the claims of one that other papers called otherwise, as dissent on its type."""
    told: dict[str, tuple[int, ...]] = {
        each.event.type: tuple(sorted({c.article for c in each.claims})),
        other.event.type: tuple(sorted({c.article for c in other.claims})),
    }
    return replace(each, claims=(*each.claims, *other.claims), dissent={**each.dissent, "type": told})


# --- once each


def one_card_each(timeline: list[Happening]) -> list[Happening]:
    """A player has one yellow card; a second is a red one."""
    return merged(timeline, "yellow_card", lambda a, b: named_alike(a.player, b.player) and a.role == b.role)


def one_change_each(timeline: list[Happening]) -> list[Happening]:
    """A player comes on once and goes off once."""

    def same_change(a: Event, b: Event) -> bool:
        return named_alike(a.player_in, b.player_in) or named_alike(a.player_out, b.player_out)

    return merged(timeline, "substitution", same_change)


def named_alike(a: str | None, b: str | None) -> bool:
    return bool(a and b and same_person(a, b))


def merged(timeline: list[Happening], kind: str, same: Callable[[Event, Event], bool]) -> list[Happening]:
    """The happenings of a kind that are the same made one, the best supported first."""
    rest = [each for each in timeline if each.event.type != kind]
    ranked = sorted((each for each in timeline if each.event.type == kind), key=lambda each: -each.support)
    kept: list[Happening] = []
    for each in ranked:
        for i, other in enumerate(kept):
            if sides_fit(each.event, other.event) and same(each.event, other.event):
                if shared_articles(each, other) and kind == "substitution" and both_full(each.event, other.event):
                    continue
                kept[i] = fuse([*other.claims, *each.claims])
                break
        else:
            kept.append(each)
    return rest + kept


def sides_fit(a: Event, b: Event) -> bool:
    return a.side == b.side or not a.side or not b.side


def both_full(a: Event, b: Event) -> bool:
    return all((a.player_in, a.player_out, b.player_in, b.player_out))


# --- goals and the score


def goals_add_up(
    timeline: list[Happening], score: tuple[int, int], teams: tuple[str, str]
) -> tuple[list[Happening], list[Happening], list[str]]:
    """As many goals a side as the score has: those too many are merged with what they resemble, or left out."""
    rest = [each for each in timeline if each.event.type != "goal"]
    goals = [each for each in timeline if each.event.type == "goal"]
    goals = balanced(merged_surplus(placed(goals, score), score), score)
    kept: list[Happening] = []
    dropped: list[Happening] = []
    conflicts: list[str] = []
    for side, expected in zip((*SIDES, None), (*score, 0), strict=True):
        ranked = sorted((g for g in goals if g.event.side == side), key=lambda g: -g.support)
        kept += ranked[:expected]
        surplus = ranked[expected:]
        dropped += surplus
        firm = [g for g in surplus if g.voices >= FIRM]
        if firm and side:
            names = ", ".join(sorted(str(g.event.player) for g in firm))
            team = teams[SIDES.index(side)]
            conflicts.append(f"{len(ranked)} goals of {team} are told, the score has {expected} ({names})")
    return with_running_score(rest + kept, score), dropped, conflicts


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


# --- who has left


def nobody_acts_after_leaving(timeline: list[Happening]) -> tuple[list[Happening], list[str]]:
    """Whoever was sent off or replaced does not score, shoot, come on or go off any more: a clock that a paper tells
    otherwise is taken where it mends that."""
    result = list(timeline)
    conflicts: list[str] = []
    for i, each in enumerate(result):
        for name in leaving(each.event):
            at = span(each.event)
            for j, later in enumerate(result):
                if i == j or at is None or each.event.side != later.event.side or not acts(later.event, name):
                    continue
                when = span(later.event)
                if when is None or when[0] <= at[1] or later.event.period == 5:
                    continue
                weaker, other = (j, i) if later.support <= each.support else (i, j)
                mended = fitting(result[weaker], result[other], before=weaker == j)
                if mended is not None:
                    result[weaker] = mended
                elif min(each.voices, later.voices) >= FIRM:
                    conflicts.append(f"{name} leaves at {at[1]}' and acts at {when[0]}'")
    return result, conflicts


def leaving(event: Event) -> Iterable[str]:
    if event.type == "red_card" and event.player and event.role is None:
        yield event.player
    if event.type == "substitution" and event.player_out:
        yield event.player_out


def acts(event: Event, name: str) -> bool:
    """Whether a player of that name does something that only players on the pitch do."""
    if event.type in ("goal", "shot", "penalty_missed", "goal_disallowed"):
        return named_alike(event.player, name)
    return event.type == "substitution" and named_alike(event.player_out, name)


def fitting(weak: Happening, strong: Happening, before: bool) -> Happening | None:
    """The weaker of two with a clock that one of its claims tells and that keeps the order; None if none does."""
    limit = span(strong.event)
    assert limit is not None
    for clock in clocks_told(weak.claims):
        moved = with_clock(weak, clock)
        at = span(moved.event)
        if at is not None and (at[0] <= limit[1] if before else at[1] >= limit[0]):
            return moved
    return None
