"""What a timeline must obey: goals add up to the score, a card is shown once, nobody acts after leaving.

Each rule repairs what the papers' disagreement explains; where no repair fits what several of them tell, it names the
conflict, and the match is marked contradictory.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from pipelines.items import Event

from .claim import Happening, shared_articles
from .frames import FIRM
from .goals import SIDES, goals_add_up
from .likeness import span
from .names import same_person
from .telling import Score
from .voting import clocks_told, fuse, with_clock


@dataclass(frozen=True, slots=True)
class Checked:
    """A timeline that obeys the rules, and the conflicts that remain."""

    timeline: tuple[Happening, ...]
    conflicts: tuple[str, ...] = ()


def check(made: Sequence[Happening], score: Score, teams: tuple[str, str] = SIDES) -> Checked:
    """The happenings made to obey the rules; `score` is the final one before a shoot-out, if known, `teams` are the
    names that conflicts are told with."""
    timeline = list(made)
    conflicts: list[str] = []
    if score is not None:
        timeline, conflicts = goals_add_up(timeline, score, teams)
    # Only then: a shot that one paper takes for a goal too many is still a shot.
    timeline = one_card_each(one_change_each(twice_told(timeline)))
    timeline, more = nobody_acts_after_leaving(timeline)
    return Checked(tuple(timeline), tuple(conflicts + more))


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
