"""Teams and players by the words of their names, kept in memory: the first lines of a search, and the words that are
never taken for a form of another word."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from .italian import tokens

MOST_SHOWN = 8
PARTICLES = frozenset({"di", "de", "del", "della", "la", "il", "lo", "le", "da", "dal", "van", "von", "el", "al"})


@dataclass(slots=True)
class Names:
    """Which ids have a word in one of their names."""

    by_word: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    names: dict[str, str] = field(default_factory=dict)

    def add(self, identity: str, name: str, shown: str) -> None:
        self.names[identity] = shown
        for word in tokens(name):
            self.by_word[word].add(identity)

    def find(self, words: Iterable[str]) -> list[tuple[str, str]]:
        """(id, name) of those that have all the words, shortest name first."""
        sets = [self.by_word.get(word, set()) for word in words]
        both = set.intersection(*sets) if sets else set()
        return sorted(((one, self.names[one]) for one in both), key=lambda item: (len(item[1]), item[1]))[:MOST_SHOWN]


@dataclass(frozen=True, slots=True)
class Known:
    """Everybody whom the archive knows."""

    teams: Names
    players: Names
    words: frozenset[str]


def known(conn: sqlite3.Connection) -> Known:
    """Teams and players of the archive with all forms of their names."""
    teams, players = Names(), Names()
    for identity, name in conn.execute("SELECT id, name FROM teams"):
        teams.add(identity, name, name)
    alike = "SELECT team_id, team_names.name, teams.name FROM team_names JOIN teams ON teams.id = team_id"
    for identity, name, shown in conn.execute(alike):
        teams.add(identity, name, shown)
    written = """SELECT id, name, name FROM players
        UNION SELECT player_id, player_names.name, players.name
        FROM player_names JOIN players ON players.id = player_id"""
    for identity, name, shown in conn.execute(written):
        players.add(identity, name, shown)
    words = frozenset(word for word in (*teams.by_word, *players.by_word) if word not in PARTICLES)
    return Known(teams, players, words)
