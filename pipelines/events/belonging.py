"""Who plays for whom, where no line-up says: people bound to one another by what the events tell (a pass, a foul, a change)
share their signs of a team, so that one plain sign settles a whole group."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .people import Person

SURE = 50.0  # a line-up outweighs whatever the prose suggests


class Groups:
    """People joined by bonds, each knowing whether he plays with or against the head of his group."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._parent: dict[Person, Person] = {}
        self._with: dict[Person, bool] = {}
        for person in people:
            self._parent[person] = person
            self._with[person] = True

    def find(self, person: Person) -> tuple[Person, bool]:
        """The head of a person's group, and whether the person plays with him."""
        same = True
        while self._parent[person] is not person:
            same = same == self._with[person]
            person = self._parent[person]
        return person, same

    def join(self, a: Person, b: Person, same: bool) -> None:
        """Bind two people; a bond that contradicts the earlier ones is left out."""
        if a not in self._parent or b not in self._parent:
            return
        (head_a, with_a), (head_b, with_b) = self.find(a), self.find(b)
        if head_a is not head_b:
            self._parent[head_b] = head_a
            self._with[head_b] = same == (with_a == with_b)


def settle(people: list[Person], bonds: Iterable[tuple[Person, Person, bool]]) -> None:
    """Give everyone whose group shows a team that team; `side` of a line-up stays as it is."""
    groups = Groups(people)
    for a, b, same in bonds:
        groups.join(a, b, same)
    weight: dict[Person, float] = {}
    for person in people:
        head, same = groups.find(person)
        own = SURE * ((person.side == "home") - (person.side == "away")) + person.votes["home"] - person.votes["away"]
        weight[head] = weight.get(head, 0.0) + (own if same else -own)
    for person in people:
        head, same = groups.find(person)
        lean = weight[head] if same else -weight[head]
        if person.side is None and lean:
            person.side = "home" if lean > 0 else "away"
