"""Which events of a match hang on one another: a penalty and its goal, a review and what was reviewed, an injury and
the change that it forced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from pipelines.items import Event

from .merge import agree

REVIEWED = {"penalty": ("penalty_awarded",), "goal": ("goal", "goal_disallowed"), "red_card": ("red_card",)}
TAKEN_WITHIN = 6.0  # minutes between the referee's decision and the kick, a review among them
REVIEWED_WITHIN = 4.0
CHANGED_WITHIN = 8.0  # minutes that a hurt player may try to go on


def relate(events: Sequence[Event]) -> list[Event]:
    """The same events, each with the ids of those that it hangs on or that hang on it."""
    bonds: dict[str, list[str]] = {}
    for a, b in _bonds(events):
        bonds.setdefault(a.id, []).append(b.id)
        bonds.setdefault(b.id, []).append(a.id)
    return [replace(e, related=tuple(dict.fromkeys(bonds[e.id]))) if e.id in bonds else e for e in events]


def _bonds(events: Sequence[Event]) -> Iterator[tuple[Event, Event]]:
    for event in events:
        other: Event | None = None
        if event.type == "penalty_awarded":
            other = _nearest(event, events, _takes, 0.0, TAKEN_WITHIN)
        elif event.type == "var_review":
            other = _nearest(event, events, _was_reviewed, -REVIEWED_WITHIN, REVIEWED_WITHIN)
        elif event.type == "injury":
            other = _nearest(event, events, _goes_off, -1.0, CHANGED_WITHIN)
        if other is not None:
            yield event, other


def _takes(award: Event, kick: Event) -> bool:
    """Whether a goal or a miss can be of this penalty."""
    if kick.type != "penalty_missed" and (kick.type != "goal" or kick.method != "penalty"):
        return False
    return award.side is None or kick.side is None or award.side == kick.side


def _was_reviewed(review: Event, event: Event) -> bool:
    return event.type in REVIEWED.get(review.subject or "", ())


def _goes_off(injury: Event, change: Event) -> bool:
    return change.type == "substitution" and change.player_out is not None and agree(injury.player, change.player_out)


def _nearest(
    event: Event, events: Sequence[Event], fits: Callable[[Event, Event], bool], earliest: float, latest: float
) -> Event | None:
    """The fitting event nearest in time; where a clock is unknown, the only one that fits."""
    found = [e for e in events if e is not event and e.match == event.match and fits(event, e)]
    timed = [
        (abs(gap), n) for n, e in enumerate(found) if (gap := _gap(event, e)) is not None and earliest <= gap <= latest
    ]
    if timed:
        return found[min(timed)[1]]
    return found[0] if len(found) == 1 and _gap(event, found[0]) is None else None


def _gap(a: Event, b: Event) -> float | None:
    """Minutes from one event to another; None where a clock is unknown."""
    if a.minute is None or b.minute is None or (a.period or b.period) != (b.period or a.period):
        return None
    return b.minute + (b.stoppage or 0) - a.minute - (a.stoppage or 0)
