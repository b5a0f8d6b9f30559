"""Which of a match's two teams is meant: by its name, by a letter in brackets, by the player's place in a line-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from .clubs import COMPANY, Club, club_of, name_key, names_of, nicknames_of
from .notation import same_surname
from .telling import OTHER_SIDE, Side
from .tokens import fold

SIDES: tuple[Side, Side] = ("home", "away")


@dataclass(slots=True)
class Sides:
    """The two clubs of a match (either may be unknown yet) and the players that line-ups give them."""

    home: Club | None = None
    away: Club | None = None
    players: dict[Side, list[str]] = field(default_factory=lambda: {"home": [], "away": []})
    _surnames: dict[str, set[Side]] = field(default_factory=dict)
    _teams: dict[str, Side | None] = field(default_factory=dict)

    def rename(self, home: Club, away: Club) -> None:
        """The two clubs, known now."""
        self.home, self.away = home, away
        self._teams.clear()

    def club(self, side: Side) -> Club | None:
        return self.home if side == "home" else self.away

    def add(self, side: Side, names: Iterable[str]) -> None:
        """Players seen in that side's line-up."""
        for name in names:
            self.players[side].append(name)
            self._surnames.setdefault(_surname(name), set()).add(side)

    def of_team(self, name: str) -> Side | None:
        """The side that a team's name, as the text writes it, means: whole, by an alias, or by a part no other has."""
        key = name_key(name)
        if key not in self._teams:
            self._teams[key] = self._find_team(key) if key else None
        return self._teams[key]

    def _find_team(self, key: str) -> Side | None:
        exact = [s for s in SIDES if (c := self.club(s)) and key in _keys(c)]
        if len(exact) == 1:
            return exact[0]
        words = set(key.split())
        part = [s for s in SIDES if (c := self.club(s)) and any(_holds(k, words) for k in _keys(c))]
        return part[0] if len(part) == 1 and len(key) > 3 else None

    def of_nickname(self, word: str) -> Side | None:
        """The side that alone bears this nickname, colour or demonym."""
        bearing = [s for s in SIDES if (c := self.club(s)) and fold(word) in nicknames_of(c)]
        return bearing[0] if len(bearing) == 1 else None

    def of_code(self, code: str) -> Side | None:
        """The side that a short code means: the start of a word of its name, else letters of it in order."""
        short = fold(code).replace(".", "").replace(" ", "")
        if not short or len(short) > 12:
            return None
        for fits in (_first_word_starts, _some_word_starts, _initials, _letters_in_order):
            found = [s for s in SIDES if (c := self.club(s)) and any(fits(n, short) for n in _spelt(c))]
            if len(found) == 1:
                return found[0]
            if found:
                return None
        return None

    def of_player(self, name: str) -> Side | None:
        """The side whose line-up holds this name; None where neither does, or both."""
        found = self._surnames.get(_surname(name))
        if found is None:
            found = {s for s in SIDES for n in self.players[s] if same_surname(n, name)}
        elif len(found) == 2:
            found = {s for s in SIDES for n in self.players[s] if fold(n) == fold(name)} or found
        return next(iter(found)) if len(found) == 1 else None

    def other(self, side: Side | None) -> Side | None:
        return OTHER_SIDE[side] if side else None


def sides_of(home: str | None, away: str | None) -> Sides:
    """The sides of a match between two names."""
    return Sides(club_of(home) if home else None, club_of(away) if away else None)


def _surname(name: str) -> str:
    words = [w for w in fold(name).replace(".", " ").split() if len(w) > 1]
    return words[-1] if words else fold(name)


@lru_cache(maxsize=500)
def _keys(club: Club) -> frozenset[str]:
    return frozenset({name_key(n) for n in (club.name, *club.aliases)}) | names_of(club)


def _holds(key: str, words: set[str]) -> bool:
    own = set(key.split())
    return bool(own) and (words <= own or own <= words)


@lru_cache(maxsize=500)
def _spelt(club: Club) -> list[str]:
    names = [fold(n).replace(".", "").replace("-", " ") for n in (club.name, *club.aliases)]
    return [" ".join(w for w in n.split() if w not in COMPANY) or n for n in names]


def _first_word_starts(name: str, short: str) -> bool:
    return name.replace(" ", "").startswith(short)


def _some_word_starts(name: str, short: str) -> bool:
    return any(word.startswith(short) for word in name.split())


def _initials(name: str, short: str) -> bool:
    return "".join(word[0] for word in name.split()).startswith(short) and len(short) > 1


def _letters_in_order(name: str, short: str) -> bool:
    if len(short) < 2 or name[0] != short[0]:
        return False
    left = iter(name)
    return all(letter in left for letter in short)
