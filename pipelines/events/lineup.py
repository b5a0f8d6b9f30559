"""A team's sheet in a box: formation, starters, bench, numbers, marks, and the changes that stand inside it.

`Marin (38' st Fazzini)`, `Rossi 6,5 (dal 61' Rossi s.v.)`, `Lobotka (Zielinski 56')`, `Galati (Passeri (Osaretin))`,
`Fazzi (11' Angeloni poi 59' Bertaccini)`, `X (65'Terrani)`, `Rossi dal 15' st Bianchi` are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .clock import NO_CLOCK, Clock
from .notation import PARTICLES, Atom, box_clock, tidy_person
from .tokens import fold
from .wordlists import word_set

FORMATION = re.compile(r"\b([2-6](?:\s?[-.]\s?[1-6]){2,4}|[2-6][1-6]{2,3}(?!\d))\b")
NOT_PLAYERS = word_set("lineup", "not_players")
WORDS_OF_CHANGE = word_set("lineup", "words_of_change")
MAX_MARK = 10.0


@dataclass(frozen=True, slots=True)
class Change:
    """A substitution told inside a line-up, or in a list of changes; an empty name is one that is not told."""

    player_in: str
    player_out: str
    clock: Clock
    start: int
    end: int


@dataclass(slots=True)
class Sheet:
    """What a line-up's text gives, names as written there, in order."""

    starters: list[str] = field(default_factory=list)
    entered: list[str] = field(default_factory=list)
    bench: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    marks: dict[str, float | str] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    booked: list[tuple[str, bool, Clock, int, int]] = field(default_factory=list)  # name, sent off, clock, start, end
    remarks: list[tuple[str, int, int]] = field(default_factory=list)  # what a bracket says of a player in words
    formation: str | None = None
    coach: str | None = None

    def names(self) -> list[str]:
        return [*self.starters, *self.entered, *self.bench]


def read_lineup(atoms: Sequence[Atom], sheet: Sheet, bench: bool = False, extra: bool = False) -> None:
    """Adds the players of a line-up, or of a bench, to the sheet."""
    reader = _Lineup(sheet, bench, extra)
    for i, atom in enumerate(atoms):
        reader.step(atoms, i, atom)
    reader.close()


class _Lineup:
    def __init__(self, sheet: Sheet, bench: bool, extra: bool) -> None:
        self.sheet, self.extra = sheet, extra
        self.into = sheet.bench if bench else sheet.starters
        self.bench = bench
        self.player = ""  # who stands on the pitch in this place now
        self.number: int | None = None
        self.player_start = 0
        self.closed = False  # a bracket stood after the player: a name that follows is another one
        self.at: tuple[Clock, int] | None = None  # a bare change has begun: "Rossi dal 60' Bianchi"
        self.sep = True

    def step(self, atoms: Sequence[Atom], i: int, atom: Atom) -> None:
        if atom.kind == "name":
            self._name(atom)
        elif atom.kind == "open":
            self._bracket(atom)
        elif atom.kind in ("mark", "number"):
            self._figure(atoms, i, atom)
        elif atom.kind == "clock" and self.player and not self.sep:
            self.at = (_clock_at(atoms, i, self.extra), atom.start)
        elif atom.kind == "word":
            self._word(atom)
        elif atom.kind == "mark_sign" and atom.low in ",;\n\t•|/-" and self.at is None:
            self.sep = True

    def _name(self, atom: Atom) -> None:
        name = _player(atom.text)
        if not name:
            return
        if self.at is not None and self.player:
            clock, start = self.at
            self._change(name, clock, min(start, self.player_start), atom.end)
            self.at = None
            return
        if self.sep or self.closed or self.bench or self.number is not None or not self.player:
            for one in _apart(name):
                self._place(one, atom.start)

    def _place(self, name: str, start: int) -> None:
        self.into.append(name)
        self.player, self.player_start, self.sep, self.closed, self.at = name, start, False, False, None
        if self.number is not None:
            self.sheet.numbers.setdefault(name, self.number)
            self.number = None

    def _word(self, atom: Atom) -> None:
        if atom.low == "e" and self.player:
            self.sep = True
        elif (
            self.sep
            and len(atom.low) > 3
            and atom.low not in WORDS_OF_CHANGE
            and atom.low not in NOT_PLAYERS
            and self.player
        ):
            self._place(tidy_person(atom.text), atom.start)

    def _figure(self, atoms: Sequence[Atom], i: int, atom: Atom) -> None:
        if atom.kind == "number" and self.sep and _name_follows(atoms, i):
            self.number = atom.minute
        elif self.player and not self.sep:
            mark = read_mark(atom)
            if mark is not None:
                self.sheet.marks.setdefault(self.player, mark)

    def _bracket(self, atom: Atom) -> None:
        inside = [a for a in atom.inside if a.kind != "mark_sign"]
        if (self.sep or not self.player) and len(inside) == 1 and inside[0].text.isdigit() and len(inside[0].text) < 3:
            self.number = int(inside[0].text)  # "[1] Rossi; [2] Bianchi"
            return
        if not self.player:
            return
        self.closed = True
        words = sum(a.kind == "word" and len(a.low) > 3 and a.low not in WORDS_OF_CHANGE for a in atom.inside)
        if words >= 2 and not self.bench:
            self.sheet.remarks.append((self.player, atom.start + 1, max(atom.start + 1, atom.end - 1)))
        for change in read_bracket(atom, self.player, self.extra, self.player_start):
            if isinstance(change, float | str):
                self.sheet.marks.setdefault(self.player, change)
            elif isinstance(change, tuple):
                self.sheet.booked.append(change)
            else:
                self.sheet.changes.append(_turned(change) if self.bench else change)
                if not self.bench:
                    self.sheet.entered.append(change.player_in)
                self.sheet.marks.update(_marks_inside(atom))

    def _change(self, name: str, clock: Clock, start: int, end: int) -> None:
        self.sheet.changes.append(Change(name, self.player, clock, start, end))
        self.sheet.entered.append(name)
        self.player = name

    def close(self) -> None:
        self.player = ""


def _apart(name: str) -> list[str]:
    """The players of a run of names with no commas between ("Fasano Locuratolo Mapelli Costa Piazzolla")."""
    words = name.split()
    if sum(w[0].isupper() and len(w) > 2 for w in words) < 5:
        return [name]
    players: list[str] = []
    particle = False
    for word in words:
        if players and (particle or (len(word) < 3 and word[0].isupper())):
            players[-1] += " " + word
        else:
            players.append(word)
        particle = fold(word) in PARTICLES
    return players


def read_bracket(
    atom: Atom, player: str, extra: bool = False, start: int | None = None
) -> list[Change | float | str | tuple[str, bool, Clock, int, int]]:
    """What a bracket after a player says: changes, in order and chained, a mark, a card; nothing for (C),
    (2003), notes."""
    inside = [a for a in atom.inside if not (a.kind == "mark_sign" and a.low == ".")]
    if len(inside) == 1 and (mark := read_mark(inside[0])) is not None and not inside[0].ticked:
        return [mark] if inside[0].kind == "mark" or inside[0].minute <= 10 else []
    card = next((a.low for a in inside if a.low.startswith(("amm", "esp", "giall", "ross"))), None)
    if card and not any(a.kind == "name" for a in inside) and sum(a.kind == "word" for a in inside) <= 2:
        at = next((_clock_at(inside, i, extra) for i, a in enumerate(inside) if a.kind == "clock"), NO_CLOCK)
        return [(player, card.startswith(("esp", "ross")), at, atom.start, atom.end)]
    if any(a.kind == "word" and len(a.low) > 3 and a.low not in WORDS_OF_CHANGE for a in inside[:4]):
        inside = _from_change(inside)
    return list(_chain(inside, player, atom, extra, atom.start if start is None else start))


def _from_change(inside: list[Atom]) -> list[Atom]:
    """The part of a bracket that tells a change after other words ("la traversa trema ancora; dal 41' st Iannuzzi")."""
    for i, atom in enumerate(inside[:-2]):
        if atom.low in ("dal", "dall") and inside[i + 1].kind in ("clock", "half"):
            return inside[i:]
    return []


def _chain(inside: Sequence[Atom], player: str, bracket: Atom, extra: bool, begin: int) -> list[Change]:
    """The changes of one bracket: each name comes in for the one before it ("11' Angeloni poi 59' Bertaccini")."""
    found: list[Change] = []
    out, used = player, -1
    for i, atom in enumerate(inside):
        if atom.kind == "open" and found:
            nested = read_bracket(atom, found[-1].player_in, extra)
            found += [c for c in nested if isinstance(c, Change)]
            out = found[-1].player_in
        if atom.kind != "name" or not (name := _player(atom.text)):
            continue
        at = _near_clock(inside, i, used)
        clock = _clock_at(inside, at, extra) if at is not None else _at_the_break(inside)
        used = at if at is not None else used
        start = begin if not found else min(atom.start, inside[at].start if at is not None else atom.start)
        found.append(Change(name, out, clock, start, bracket.end if not found else atom.end))
        out = name
    return found


def _at_the_break(inside: Sequence[Atom]) -> Clock:
    """A change told as made at the start of the second half ("dall'inizio ripresa Sulpizio")."""
    if any(a.half == 2 for a in inside) or any(a.low in ("ripresa", "intervallo") for a in inside):
        return Clock(2, 46, precision="approximate")
    return NO_CLOCK


def _near_clock(inside: Sequence[Atom], i: int, used: int) -> int | None:
    """The minute of the name at i: the nearest before it not used yet, else the one after it."""
    number = None
    for j in range(i - 1, used, -1):
        if inside[j].kind == "name":
            break
        if inside[j].kind == "clock":
            return j
        if number is None and _is_minute(inside[j]):
            number = j
    if number is not None:
        return number
    for j in range(i + 1, min(i + 4, len(inside))):
        if inside[j].kind == "name":
            break
        if _is_minute(inside[j]):
            return j
    return None


def _is_minute(atom: Atom) -> bool:
    return atom.kind == "clock" or (atom.kind == "number" and atom.minute > 10)


def _clock_at(atoms: Sequence[Atom], i: int, extra: bool) -> Clock:
    """The clock at i with the half label beside it."""
    atom = atoms[i]
    if atom.minute > 130:
        return NO_CLOCK
    near = [atoms[j] for j in (i + 1, i - 1) if 0 <= j < len(atoms)]
    half = next((a.half for a in near if a.kind == "half"), 0)
    return box_clock(atom.minute, half, atom.added, extra)


def _turned(change: Change) -> Change:
    """A bench tells who came in first: "Bianchi (60' Rossi)"."""
    return Change(change.player_out, change.player_in, change.clock, change.start, change.end)


def _marks_inside(atom: Atom) -> dict[str, float | str]:
    """The marks that stand right after names in a bracket: "(dal 61' Rossi 6)"."""
    marks: dict[str, float | str] = {}
    for before, after in zip(atom.inside, atom.inside[1:], strict=False):
        mark = read_mark(after) if before.kind == "name" else None
        if mark is not None and not (after.kind == "number" and after.minute > 10):
            marks[tidy_person(before.text)] = mark
    for inner in atom.inside:
        marks |= _marks_inside(inner)
    return marks


def read_mark(atom: Atom) -> float | str | None:
    """A mark as a number from 1 to 10, or "s.v." for all its spellings; None for what is no mark.

    `6+` and `6-` are a quarter above and below, `6½` a half above.
    """
    if atom.kind not in ("mark", "number") or atom.ticked:
        return None
    low = atom.low.replace(" ", "").replace(",", ".")
    if low[0] in "sn":
        return "s.v."
    quarter = {"+": 0.25, "-": -0.25}.get(low[-1], 0.0)
    half = 0.5 if low.endswith(("½", "1/2")) else 0.0
    figure = re.match(r"\d+(?:\.\d+)?", low if not low.endswith("1/2") else low[:-3])
    value = float(figure[0]) + quarter + half if figure else 0.0
    return value if 1.0 <= value <= MAX_MARK else None


def _name_follows(atoms: Sequence[Atom], i: int) -> bool:
    ahead = [a for a in atoms[i + 1 : i + 3] if a.low not in (".", "-", ")")]
    return bool(ahead) and ahead[0].kind == "name"


def _player(text: str) -> str:
    """The name as tidied, or "" where the word is no player ((C), VAR)."""
    name = tidy_person(text)
    return "" if fold(name).replace(".", "").replace(" ", "") in NOT_PLAYERS or len(name) < 2 else name


def read_formation(text: str) -> str | None:
    """The formation in a text as digits with hyphens: "(4231)" and "4 - 2 - 3 - 1" are 4-2-3-1.

    >>> read_formation("EMPOLI (4312)"), read_formation("Milan (4-2-3-1)"), read_formation("Como 1907")
    ('4-3-1-2', '4-2-3-1', None)
    """
    for m in FORMATION.finditer(text.replace("–", "-").replace("—", "-")):
        digits = [int(d) for d in re.findall(r"\d", m[1])]
        if sum(digits) == 10:
            return "-".join(map(str, digits))
    return None
