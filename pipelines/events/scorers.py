"""Lists of a box in which a name goes with minutes: goals, cards. Minutes stand before or after the name, once or many
times; half labels stick; a bracket holds a team's letters, a penalty, an own goal, a running score or the minutes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from .clock import NO_CLOCK, Clock
from .notation import ABBREVIATED, Atom, box_clock, tidy_person
from .sides import Sides
from .telling import Side
from .tokens import fold
from .wordlists import word_set

PENALTY = word_set("scorers", "penalty")
OWN_GOAL = word_set("scorers", "own_goal")
FREE_KICK = word_set("scorers", "free_kick")
METHODS = PENALTY | OWN_GOAL | FREE_KICK
NO_GOAL = word_set("scorers", "no_goal")
SEPARATORS = frozenset(",;\n\t/•|")
NOT_NAMES = word_set("scorers", "not_names")
OWNER = re.compile(r"(?P<name>.+?) (?:del |della |dell['’]|dei )(?P<team>[A-ZÀ-Þ].*)$")
MOST_ENTRIES = 60  # a longer list is of no match
TEAM_WORDS = word_set("scorers", "team_words")


@dataclass(slots=True)
class Entry:
    """A name of a list with what stands around it. `words` are the lower-case words beside the name, `codes` the short
    bracketed ones, `count` a bare number of goals."""

    name: str = ""
    start: int = -1
    end: int = -1
    clocks: list[Clock] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    own_words: dict[int, list[str]] = field(default_factory=dict)  # of one of its minutes alone
    side: Side | None = None
    score: tuple[int, int] | None = None
    count: int = 1
    assist: str = ""

    def take(self, atom: Atom) -> None:
        self.start = atom.start if self.start < 0 else self.start
        self.end = atom.end

    def has(self, words: frozenset[str], nth: int = 0) -> bool:
        """Whether one of these words qualifies the entry's nth happening."""
        return any(w in words for w in (*self.words, *self.codes, *self.own_words.get(nth, ())))


def read_entries(atoms: Sequence[Atom], sides: Sides, extra: bool = False) -> list[Entry]:
    """The entries of a list, in order. `extra` says that the match had extra time."""
    entries = _Reader(_timed(list(atoms)), sides, extra).read()
    return entries if len(entries) <= MOST_ENTRIES else []


def _timed(atoms: list[Atom]) -> list[Atom]:
    """Plain numbers that must be minutes made clocks: beside a half or a clock, or all where the list has no others."""
    plain = [a for a in atoms if a.kind == "number"]
    if not plain:
        return atoms
    ticked = any(a.kind in ("clock", "half") for a in atoms)
    all_minutes = not ticked and max(a.minute for a in plain) > 5
    out: list[Atom] = []
    for i, atom in enumerate(atoms):
        if atom.kind == "number" and 0 < atom.minute <= 130:
            near = any(0 <= k < len(atoms) and atoms[k].kind in ("half", "clock") for k in (i - 1, i + 1))
            opens = i + 1 < len(atoms) and atoms[i + 1].kind in ("name", "word")
            if all_minutes or near or (ticked and (opens or atom.minute > 5)):
                atom = replace(atom, kind="clock")
        out.append(atom)
    return out


class _Reader:
    def __init__(self, atoms: list[Atom], sides: Sides, extra: bool) -> None:
        self.atoms, self.sides, self.extra = atoms, sides, extra
        self.after = _minutes_follow(atoms)
        self.leading = _halves_lead(atoms)
        self.inner = any(a.kind == "half" for a in atoms)
        self.half = 0
        self.last = 0
        self.side: Side | None = None
        self.entries: list[Entry] = []
        self.now = Entry()

    def read(self) -> list[Entry]:
        for i, atom in enumerate(self.atoms):
            handler: Callable[[int, Atom], None] | None = getattr(self, "_" + atom.kind, None)
            if handler is not None:
                handler(i, atom)
        self._flush()
        self._share_codes()
        return self.entries

    def _flush(self) -> None:
        if self.now.name:
            self.entries.append(self.now)
            self.now = Entry()
        elif not self.now.clocks:
            self.now = Entry()

    def _half(self, i: int, atom: Atom) -> None:
        if self.leading or not self._after_clock(i):
            self.half, self.last = atom.half, 0
            if self.now.name and not self.after:
                self._flush()

    def _after_clock(self, i: int) -> bool:
        return i > 0 and self.atoms[i - 1].kind == "clock"

    def _clock(self, i: int, atom: Atom) -> None:
        if self.now.name and not self.after:
            self._flush()
        if atom.minute > 130:
            return
        self.now.clocks.append(self._placed(i, atom))
        self.now.take(atom)

    def _placed(self, i: int, atom: Atom) -> Clock:
        half = self._half_of(i, atom)
        self.last = atom.minute
        return box_clock(atom.minute, half, atom.added, self.extra)

    def _half_of(self, i: int, atom: Atom) -> int:
        if self.leading:
            return self.half
        for j in range(i + 1, min(i + 8, len(self.atoms))):
            after = self.atoms[j]
            if after.kind == "half":
                self.half = after.half
                return after.half
            if not (after.kind == "clock" or after.low in (",", "e", "ed", "del", "della", "al", "all", ".")):
                break
        if (label := self._label_of_group(i)) and not (self.half == 1 and atom.minute <= 45 and label == 1):
            return label
        if self.half == 1 and atom.minute <= 47:
            return 1
        return self.half if self.half and self.last <= atom.minute <= 57 and self.inner else 0

    def _label_of_group(self, i: int) -> int:
        """The half that closes the group of a minute without its own: "Rossi al 36' p.t.; Bianchi all'11',
        Verdi al 15' s.t."."""
        if not self.after:
            return 0
        stop = next((j for j in range(i, len(self.atoms)) if self.atoms[j].low in (";", "\n")), len(self.atoms))
        closing = next((j for j in range(i + 1, stop) if self.atoms[j].kind == "half"), None)
        if closing is None:
            return 0
        groups = sum(a.low in (";", "\n") for a in self.atoms)
        told = self.atoms[closing - 1].minute
        return self.atoms[closing].half if groups or self.atoms[i].minute <= told else 0

    def _score(self, i: int, atom: Atom) -> None:
        home, away = (int(n) for n in atom.low.split("-"))
        if self.now.name and not self.after and i + 1 < len(self.atoms) and self.atoms[i + 1].kind in ("clock", "name"):
            self._flush()
        self.now.score = (home, away)

    def _name(self, i: int, atom: Atom) -> None:
        side = self._team_here(i, atom)
        if side:
            self._team(i, side)
            return
        if fold(atom.text).strip(".") in NOT_NAMES:
            return
        if i and self.atoms[i - 1].low in ("su", "contro", "assist") and self.now.name:
            self.now.assist = tidy_person(atom.text) if self.atoms[i - 1].low == "assist" else self.now.assist
            return
        if self.now.name:
            self._flush()
        text, owner = self._owner(atom.text)
        self.now.name = tidy_person(self._without_team(text))
        self.now.side = owner or self.side
        self.now.take(atom)

    def _team_here(self, i: int, atom: Atom) -> Side | None:
        marked = i + 1 < len(self.atoms) and self.atoms[i + 1].low == ":"
        before = self.atoms[i - 1].low if i else ""
        if marked or before in TEAM_WORDS:
            return self.sides.of_team(atom.text) or (
                self.sides.of_code(atom.text) if marked or before != "di" else None
            )
        exact = self.sides.of_team(atom.text)
        return exact if exact and self.sides.of_player(atom.text) is None and len(atom.text) > 3 else None

    def _team(self, i: int, side: Side) -> None:
        """A team named before its players or after them ("Rossi e Bianchi del Milan")."""
        before = self.atoms[i - 1].low if i else ""
        if before in ("del", "della", "dell", "dei") and (self.now.name or self.entries):
            for entry in [*reversed(self.entries), self.now]:
                if entry.side is None and entry.name:
                    entry.side = side
            return
        self._flush()
        self.side = side

    def _owner(self, text: str) -> tuple[str, Side | None]:
        """A name that runs on into its team ("Masi della Pro Vercelli"): the name, and the side of all before it."""
        m = OWNER.match(text)
        side = self.sides.of_team(m["team"]) if m else None
        if m is None or side is None:
            return text, None
        for entry in self.entries:
            entry.side = entry.side or side
        return m["name"], side

    def _without_team(self, text: str) -> str:
        words = text.split()
        for cut in range(len(words) - 1, 0, -1):
            if self.sides.of_team(" ".join(words[:cut])):
                return " ".join(words[cut:])
        return text

    def _word(self, i: int, atom: Atom) -> None:
        low = atom.low
        if low in ("e", "ed") and self.now.name and (self.now.clocks or not self.after):
            ahead = next((a.kind for a in self.atoms[i + 1 : i + 3] if a.low not in ("al", "all", "il")), "")
            if not (self.after and ahead in ("clock", "number")):
                self._flush()
            return
        self._qualify(self.atoms, i, low, self.now.words)
        if self.now.name or low in PENALTY | OWN_GOAL:
            self.now.take(atom)

    def _qualify(self, atoms: Sequence[Atom], i: int, low: str, general: list[str]) -> None:
        """A word beside a name; "rig." beside one minute of several is of that minute alone ("12', 30' rig.")."""
        if low in METHODS and (self.now.name or not self.after):
            before = [a for a in atoms[max(0, i - 2) : i] if a.low not in ("su", "di", ".", ",")]
            ahead = [a for a in atoms[i + 1 : i + 3] if a.low != "."]
            if before and before[-1].kind in ("clock", "half") and (self.after or (ahead and ahead[0].kind == "name")):
                self.now.own_words.setdefault(len(self.now.clocks) - 1, []).append(low)
                return
            if self.after and ahead and ahead[0].kind == "clock":
                self.now.own_words.setdefault(len(self.now.clocks), []).append(low)
                return
        general.append(low)

    def _number(self, _i: int, atom: Atom) -> None:
        if self.now.name and not self.now.clocks and 1 < atom.minute < 6:
            self.now.count = atom.minute

    def _mark_sign(self, i: int, atom: Atom) -> None:
        if atom.low == "." and i and self.atoms[i - 1].low.rstrip(".") in ABBREVIATED:
            return
        if atom.low in SEPARATORS and self.now.name and not self._goes_on(i):
            self._flush()
        if atom.low == ";" and self.now.name:
            self._flush()

    def _goes_on(self, i: int) -> bool:
        """Whether what follows a separator still belongs to the name: more minutes of it, or a bracket."""
        ahead = next((a for a in self.atoms[i + 1 : i + 4] if a.low not in ("e", "al", "all")), None)
        if ahead is None:
            return False
        if ahead.kind == "open":
            return not any(a.kind == "name" and len(a.text) > 4 for a in ahead.inside)
        return self.after and ahead.kind == "clock" and bool(self.now.clocks)

    def _open(self, _i: int, atom: Atom) -> None:
        if not self.now.name:
            words = [a.low for a in atom.inside if a.kind in ("word", "name")]
            if any(w in METHODS or w in ("r", "a") for w in words) and self.now.clocks:
                self.now.words += words  # "15' st (rig.) Rossi"
            elif self.entries and atom.inside and all(a.kind in ("name", "word", "mark_sign") for a in atom.inside):
                self.entries[-1].codes += [fold(w) for w in words][:2]
            return
        self.now.take(atom)
        for k, part in enumerate(atom.inside):
            self._bracketed(atom.inside, k, part)

    def _bracketed(self, inside: tuple[Atom, ...], k: int, part: Atom) -> None:
        if part.kind in ("clock", "number") and 0 < part.minute <= 130:
            if not self.now.clocks or self.after:
                half = next((a.half for a in inside if a.kind == "half"), 0)
                self.now.clocks.append(box_clock(part.minute, half, part.added, self.extra))
        elif part.kind == "score":
            home, away = (int(n) for n in part.low.split("-"))
            self.now.score = (home, away)
        elif part.kind in ("name", "word"):
            if (
                k
                and inside[k - 1].low.strip(".") in ("assist", "ass", "di")
                and any(a.low.startswith("ass") for a in inside)
            ):
                self.now.assist = tidy_person(part.text)
            elif part.kind == "name" or part.low not in ("assist", "ass", "su", "di", "e"):
                self._qualify(inside, k, fold(part.text).replace(".", ""), self.now.codes)

    def _share_codes(self) -> None:
        """A team's letters at the end of a group ("58' Rossi, 72' Bianchi (M);") serve the names before it
        in the group."""
        stops = [a.start for a in self.atoms if a.kind == "mark_sign" and a.low in ";\n"]
        groups: dict[int, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(sum(s < entry.start for s in stops), []).append(entry)
        for group in groups.values():
            coded = [k for k, e in enumerate(group) if any(self.sides.of_code(c) for c in e.codes)]
            if coded == [len(group) - 1] and len(group) > 1 and (stops or len(self.entries) == len(group)):
                for entry in group[:-1]:
                    if not entry.codes and entry.side is None:
                        entry.codes = [c for c in group[-1].codes if self.sides.of_code(c)]


def _minutes_follow(atoms: Sequence[Atom]) -> bool:
    """Whether minutes stand after their names in this list, told by which neighbourhood is the commoner."""
    before = after = 0
    shape = [a for a in atoms if a.kind in ("clock", "name", "mark_sign", "open") and a.low not in (".", ":")]
    for a, b in pairwise(shape):
        before += a.kind == "clock" and b.kind == "name"
        after += a.kind == "name" and (
            b.kind == "clock" or (b.kind == "open" and any(x.kind == "clock" for x in b.inside))
        )
    for a, b, c in zip(shape, shape[1:], shape[2:], strict=False):
        after += a.kind == "name" and b.kind == "open" and c.kind == "clock"
        before += a.kind == "clock" and b.kind == "open" and c.kind == "name"
    first = next((a.kind for a in shape if a.kind in ("clock", "name")), "")
    return after > before or (after == before > 0 and first == "name")


def _halves_lead(atoms: Sequence[Atom]) -> bool:
    """Whether half labels stand before the minutes they are about ("st 5' Rossi, 20' Bianchi")."""
    for atom in atoms:
        if atom.kind == "half":
            return True
        if atom.kind == "clock":
            return False
    return False


def side_of(entry: Entry, sides: Sides, letters: bool) -> Side | None:
    """The player's own team as the list tells it: a heading, a code, his place in a line-up. `letters` says that R and
    A are teams' letters here and no penalty or own goal."""
    if entry.side:
        return entry.side
    for code in entry.codes:
        if (letters or code not in ("r", "a")) and (side := sides.of_code(code) or sides.of_team(code)):
            return side
    return sides.of_player(entry.name)


def team_letters(entries: Sequence[Entry], sides: Sides) -> bool:
    """Whether a bracketed R or A is a team's letter in this list: every entry carries a code, or another
    code is a team's."""
    coded = [e for e in entries if e.codes]
    other = any(sides.of_code(c) for e in coded for c in e.codes if c not in ("r", "a"))
    single = {c for e in coded for c in e.codes}
    return bool(coded) and (other or (len(coded) == len(entries) > 1 and any(sides.of_code(c) for c in single)))


def clocks_of(entry: Entry) -> Iterator[Clock]:
    """One clock a happening of the entry: its minutes, or none as often as its count says."""
    yield from entry.clocks or [NO_CLOCK] * entry.count
