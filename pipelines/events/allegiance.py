"""Signs of who plays for whom in running text: what stands between a person and a team, or between two people.

"Il Bari ci prova con Rossi", "Rossi impegna il portiere del Lecce", "per gli ospiti calcia Neri",
"Rossi salta Bianchi".
The signs are weak one by one; `belonging` weighs them together.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .lexicon import lexicon, words
from .people import People, Person, Who
from .scene import is_verb
from .telling import Side
from .tokens import Doc

TOWARDS: dict[Side, float] = {"home": 1.0, "away": -1.0}
REACH = 16  # tokens between a team and the person it is set beside


@dataclass(slots=True)
class Allegiance:
    """Goes through the sentences of a stretch, noting the signs on the people themselves."""

    doc: Doc
    people: People
    acting: Side | None = None  # the only team that the sentence before was about
    last: Person | None = None  # who acted last

    def see(self, whos: Sequence[Who], first: int) -> None:
        """Take in one sentence."""
        able = [w for w in whos if (w.kind == "team" and w.side) or (w.kind == "person" and _plays(w.person))]
        for a, b in pairwise(able):
            if b.opening - a.last <= REACH and not self._stops(a.last, b.opening):
                self._pair(a, b)
        self._flanks(able)
        persons = [w for w in able if w.kind == "person"]
        self._follow_on(able, persons, first)
        sides = {w.side for w in able if w.kind == "team" and w.prep is None and not self._describes(w)}
        if sides or any(w.kind == "team" for w in able):
            self.acting = next(iter(sides)) if len(sides) == 1 and not persons else None
        if persons:
            self.acting = None
            self.last = next((w.person for w in persons if w.prep is None), persons[0].person)

    def _follow_on(self, able: Sequence[Who], persons: Sequence[Who], first: int) -> None:
        """Whom a sentence opens with plays for the team just spoken of; after "risponde", against who acted last."""
        if not persons or persons[0].person is None:
            return
        who = persons[0]
        if self.acting is not None and not any(w.kind == "team" for w in able) and who.prep in (None, "di", "con"):
            who.person.tilt += 0.7 * TOWARDS[self.acting]  # type: ignore[union-attr]
        if self.last is not None and set(self.doc.low[first : first + 4]) & words("turns"):
            self.people.bond(self.last, who.person, same=False, weight=0.8)  # type: ignore[arg-type]

    def _pair(self, a: Who, b: Who) -> None:
        if a.kind == "team" and b.kind == "person":
            self._lean(b.person, a.side, self._team_first(a, b))
        elif a.kind == "person" and b.kind == "team":
            self._lean(a.person, b.side, self._person_first(a, b))
        elif a.kind == "person" and b.kind == "person" and a.prep is None and b.prep is None:
            between = self.doc.low[a.last : b.opening]
            if 0 < len(between) <= 3 and any(w in words("duels") for w in between):
                self.people.bond(a.person, b.person, same=False, weight=0.8)  # type: ignore[arg-type]

    def _lean(self, person: Person | None, side: Side | None, weight: float) -> None:
        if person is not None and side is not None and weight:
            person.tilt += weight * TOWARDS[side]

    def _team_first(self, a: Who, b: Who) -> float:
        """How far a team speaks for the person named after it; negative where it is his rival."""
        low = self.doc.low
        between = low[a.last : b.opening]
        before = low[a.opening - 1] if a.opening else ""
        verb = lexicon().forms.get(before)
        if verb in ("present", "past", "participle", "infinitive", "gerund") and a.prep is None:
            if before in words("harms") and b.prep in ("con", "di"):
                return -1.5  # "piega il Bari con Rossi"
            if before in words("helps"):
                return 1.0 if b.prep in ("con", "di", "da", None) else 0.0
        if self._describes(a):
            return 0.0
        if a.prep in ("per", "in", "tra") or before == "tra":
            if not between or between[0] != ":":
                return 1.5 if "," not in between else 0.5
            return 1.5 if set(low[max(0, a.opening - 3) : a.opening]) & words("gains") else 0.0
        if any(w in words("sufferings") for w in between):
            return -1.0
        if a.prep is None and b.prep is None and between and between[-1] in words("fields"):
            return 1.5  # "il Bari perde Rossi"
        if b.prep == "con" and a.prep in (None, "di"):
            return 2.0
        if a.prep is None and b.prep in (None, "di") and between[:1] != ["che"]:
            apart = "," in between or ("e" in between and any(is_verb(w) for w in between))
            return 0.8 if ":" in between or not apart else 0.2
        return 0.5 if a.prep == "di" and b.prep is None and between[:1] == [":"] else 0.0

    def _person_first(self, a: Who, b: Who) -> float:
        """How far a team named after a person is his: "Rossi salva il Bari", "Rossi entra nell'area ospite"."""
        between = self.doc.low[a.last : b.opening]
        if self._describes(b) or (between and between[-1] in words("rival_places")):
            return -1.2 if a.prep in (None, "con", "per") else 0.0
        if any(w in words("harms") for w in between):
            return -1.5
        if any(w in words("helps") for w in between):
            return 1.5
        if b.prep == "per" and a.prep in (None, "di", "con"):
            return 1.0
        return 0.0

    def _describes(self, who: Who) -> bool:
        """Whether a team only says whose a place or a man of the rival is: "la difesa ospite", "la porta del Bari"."""
        return self.doc.low[who.first - 1] in words("rival_places") if who.first else False

    def _flanks(self, able: Sequence[Who]) -> None:
        """A team's word right beside a name: "Rossi (Bari)", "per il Bari Rossi"."""
        for a, b in pairwise(able):
            if a.kind == "person" and b.kind == "team" and self.doc.low[a.last : b.first] == ["("]:
                self._lean(a.person, b.side, 3.0)

    def _stops(self, a: int, b: int) -> bool:
        return any(w in (";", ".", "mentre") for w in self.doc.low[a:b])


def _plays(person: Person | None) -> bool:
    return person is not None and "referee" not in person.roles
