"""Who plays for whom, where no line-up says: people bound to one another by what is told (a pass, a foul,
a change) share their signs of a team, so that one plain sign settles a whole group, and no single misreading does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .people import Person

Bond = tuple["Person", "Person", float]  # positive: on one side; negative: against each other
SURE = 50.0  # a line-up outweighs whatever the prose suggests
ROUNDS = 8  # enough for signs to reach across those who share an event


def settle(people: Iterable[Person], bonds: Iterable[Bond]) -> None:
    """Set everyone's `lean`, towards home where positive: own signs, and those of whom he plays with and against."""
    own = {p: _own_signs(p) for p in people}
    mates: dict[Person, list[tuple[Person, float]]] = {}
    for a, b, weight in bonds:
        if a in own and b in own and a is not b:
            mates.setdefault(a, []).append((b, weight))
            mates.setdefault(b, []).append((a, weight))
    lean = dict(own)
    for _ in range(ROUNDS if mates else 0):
        for person, ties in mates.items():
            pull = 0.0
            for mate, weight in ties:
                pull += weight * lean[mate] / (1 + abs(lean[mate]))
            lean[person] = own[person] + pull
    for person, value in lean.items():
        person.lean = value


def _own_signs(person: Person) -> float:
    fixed = SURE * ((person.side == "home") - (person.side == "away"))
    return fixed + person.tilt + person.votes["home"] - person.votes["away"]
