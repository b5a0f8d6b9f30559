"""Who takes part in a match: the forms under which papers name each player, told apart within his team."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipelines.items import Event

from .claim import Claim
from .names import fold, person_words, same_person, surname

Mention = tuple[int, str, str]  # article, side, name
PEOPLE = ("player", "assist", "opponent", "player_in", "player_out")


@dataclass(frozen=True, slots=True)
class Person:
    """One player of one side. `name` is the fullest form that papers agree on; `forms` are all, folded; `listed`
    whether a line-up has him."""

    side: str
    name: str
    forms: frozenset[str]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """The people of both sides. A short name that may mean two of them means neither."""

    people: tuple[Person, ...] = ()
    by_form: Mapping[tuple[str, str], Person] = field(default_factory=dict)

    def find(self, side: str | None, name: str | None) -> Person | None:
        return self.by_form.get((side, fold(name))) if side and name else None

    def listed(self, side: str) -> int:
        """How many of a side stand on a line-up."""
        return sum(person.listed for person in self.people if person.side == side)


def roster_of(sheets: Iterable[Mention], claims: Iterable[Mention]) -> Roster:
    """The people behind the names of line-ups and claims."""
    told: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    listed: set[tuple[str, str]] = set()
    for article, side, name in sheets:
        told[side][name].append(article)
        listed.add((side, name))
    for article, side, name in claims:
        told[side][name].append(article)
    people = [
        person for side in sorted(told) for person in people_of(side, told[side], {n for s, n in listed if s == side})
    ]
    by_form = {(person.side, form): person for person in people for form in person.forms}
    return Roster(tuple(people), by_form)


def people_of(side: str, told: Mapping[str, Sequence[int]], listed: Collection[str]) -> list[Person]:
    """Names that can be one person's are one person's, fuller forms first; a name that fits two stands for neither."""
    groups: list[list[str]] = []
    for name in sorted(told, key=lambda name: (*(-n for n in fullness(name)), name)):
        fits = [group for group in groups if all(may_be_one(name, other, told) for other in group)]
        if len(fits) > 1:
            exact = [group for group in fits if surname(name) in {surname(other) for other in group}]
            fits = exact if len(exact) == 1 else fits
        if len(fits) == 1:
            fits[0].append(name)
        elif not fits:
            groups.append([name])
    return [
        Person(side, best_form(group, told, listed), frozenset(map(fold, group)), any(name in listed for name in group))
        for group in groups
    ]


def may_be_one(name: str, other: str, told: Mapping[str, Sequence[int]]) -> bool:
    """Whether two names can be one person's. Surnames a letter apart are two people's where one article has both:
    Cassani and Cassano play together."""
    if not same_person(name, other):
        return False
    slip = surname(name) not in person_words(other) and surname(other) not in person_words(name)
    return not slip or not set(told[name]) & set(told[other])


def best_form(forms: Sequence[str], told: Mapping[str, Sequence[int]], listed: Collection[str]) -> str:
    """The form to show: with a first name if any has one, of a line-up rather than of prose, as most papers write.
    Names of four words are rare, and often two names that a reader took for one."""

    def worth(name: str) -> tuple[bool, bool, bool, bool, int, int]:
        count, letters = fullness(name)
        usual, papers = 1 < count < 4, len(set(told[name]))
        return usual, usual and papers > 1, not name.isupper(), name in listed, papers, letters

    return lowered(max(sorted(forms), key=worth))


def lowered(name: str) -> str:
    """A name in capitals throughout as one would write it.

    >>> lowered("DE KETELAERE"), lowered("D'AMBROSIO"), lowered("Pedro")
    ('De Ketelaere', "D'Ambrosio", 'Pedro')
    """
    return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), name) if name.isupper() and len(name) > 3 else name


def fullness(name: str) -> tuple[int, int]:
    """How many whole words a name has, and their letters."""
    whole = [word for word in person_words(name) if len(word) > 1]
    return len(whole), sum(map(len, whole))


def named_in(claims: Iterable[Claim]) -> Iterator[Mention]:
    """The people that claims name; equal events are looked at once."""
    known: dict[int, list[tuple[str, str]]] = {}
    for claim in claims:
        people = known.get(id(claim.event))
        if people is None:
            people = known[id(claim.event)] = people_in(claim.event)
        for side, name in people:
            yield claim.article, side, name


def people_in(event: Event) -> list[tuple[str, str]]:
    """The people of an event with their sides; a coach is no player."""
    if event.role is not None:
        return []
    named = [(side_of(event, name), getattr(event, name)) for name in PEOPLE if getattr(event, name)]
    return [(side, name) for side, name in named if side]


def side_of(event: Event, name: str) -> str | None:
    """Whose player stands in that field: the opponent is one of the others, and so is who scores an own goal."""
    if event.side is None:
        return None
    turned = name == "opponent" or (name == "player" and event.method == "own_goal")
    return other(event.side) if turned else event.side


def other(side: str) -> str:
    return "away" if side == "home" else "home"


class Naming:
    """Claims with everyone under the name that the match knows him by; equal events are one object again."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.plain: dict[
            int, tuple[Event, Event | None]
        ] = {}  # of an event's id: itself, and as named if that is plain
        self.same: dict[Event, Event] = {}

    def named(self, claims: Sequence[Claim]) -> list[Claim]:
        """The claims of one article. A name that two bear is whichever of them the article names in full."""
        own: set[Person] | None = None
        result = []
        for claim in claims:
            known = self.plain.get(id(claim.event))
            if known is None:
                known = self.plain[id(claim.event)] = claim.event, self.once(self.renamed(claim.event, None))
            event = known[1]
            if event is None:
                if own is None:
                    mentions = named_in(claims)
                    own = {p for _article, side, name in mentions if (p := self.roster.find(side, name))}
                event = self.once(self.renamed(claim.event, own)) or claim.event
            same = event is claim.event
            result.append(claim if same else Claim(claim.id, claim.article, claim.voice, claim.weight, event))
        return result

    def once(self, event: Event | None) -> Event | None:
        """The same object for equal events."""
        return event and self.same.setdefault(event, event)

    def renamed(self, event: Event, own: Collection[Person] | None) -> Event | None:
        """An event with full names; without `own`, None where a name may mean two."""
        names: dict[str, Any] = {}
        for name in PEOPLE:
            said, side = getattr(event, name), side_of(event, name)
            if said and side:
                person = self.roster.find(side, said)
                if person is None and own is None:
                    return None
                person = person or sole(own or (), side, said)
                if person and person.name != said:
                    names[name] = person.name
        return replace(event, **names) if names else event


def sole(people: Iterable[Person], side: str, name: str) -> Person | None:
    """The one person of a side whom a name can mean."""
    fits = [person for person in people if person.side == side and same_person(person.name, name)]
    return fits[0] if len(fits) == 1 else None
