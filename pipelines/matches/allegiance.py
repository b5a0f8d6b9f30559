"""For whom a player plays, as all line-ups and claims of a match have it: that decides where a claim errs on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipelines.items import Event

from .claim import Claim
from .names import surname
from .roster import Mention, other

SHEET = 3  # a line-up's word against a sentence's
PLAIN = 1.5  # times as much for one side as for the other: less may be two of one name
DEEDS = ("player", "player_in", "player_out")
Counts = dict[str, float]


class Allegiance:
    """The side of each surname."""

    def __init__(self, sheets: Iterable[Mention], claims: Iterable[Mention]) -> None:
        counts: defaultdict[str, Counts] = defaultdict(lambda: {"home": 0.0, "away": 0.0})
        for _article, side, name in sheets:
            counts[surname(name)][side] += SHEET
        for _article, side, name in claims:
            counts[surname(name)][side] += 1
        self.sides = {name: plainly(told) for name, told in counts.items()}

    def of(self, name: str | None) -> str | None:
        return self.sides.get(surname(name)) if name else None

    def side(self, event: Event) -> str | None:
        """The side that an event is of, by who takes part; None where that is not plain."""
        if event.role is not None:
            return None
        sides = {side for deed in DEEDS if (side := self.of(getattr(event, deed)))}
        if not sides and event.type == "penalty_awarded" and (against := self.of(event.opponent)):
            sides = {other(against)}
        if len(sides) != 1:
            return None
        side = sides.pop()
        return other(side) if event.method == "own_goal" else side

    def corrected(self, event: Event) -> Event:
        """The event with the side that its people play for."""
        side = self.side(event)
        if side is None or side == event.side:
            return event
        return replace(event, side=side, team=None)  # type: ignore[arg-type]


def plainly(told: Counts) -> str | None:
    for side in ("home", "away"):
        if told[side] >= PLAIN * max(told[other(side)], 0.5):
            return side
    return None


def rightly_sided(told: Sequence[Sequence[Claim]], known: Allegiance) -> list[list[Claim]]:
    """The claims of each article with the side that their people play for."""
    right: dict[int, Event] = {}

    def corrected(claim: Claim) -> Claim:
        event = claim.event
        found = right.get(id(event))
        if found is None:
            found = right[id(event)] = known.corrected(event)
        return claim if found is event else claim._replace(event=found)

    return [[corrected(claim) for claim in claims] for claims in told]
