"""Who a person of a match is: one id for a player over all matches, made from his name."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from .match import Match
from .names import person_words, same_person, surname
from .roster import Person
from .vocabulary import vocabulary

ARCHIVE = "archive"  # the source of squads that the archive's own matches taught


def player_id(name: str, team: str) -> str:
    """An id made from content: of the full name, which follows a player from club to club, or of team and short name.

    >>> player_id("Lautaro Martínez", "inter"), player_id("Martinez", "inter"), player_id("L. Martinez", "inter")
    ('lautaro-martinez', 'inter-martinez', 'inter-l-martinez')
    """
    parts = person_words(name)
    return "-".join(parts if is_full(name) else (team, *parts))


@lru_cache(maxsize=20_000)
def is_full(name: str) -> bool:
    """Whether a name has a first name: Di Lorenzo is none, Giovanni Di Lorenzo is one."""
    parts = [word for word in person_words(name) if word not in vocabulary().particles]
    return len(parts) > 1 and len(parts[0]) > 1


@dataclass(frozen=True, slots=True)
class Known:
    """A player of a squad."""

    id: str
    name: str
    season: str


def keep_players(conn: sqlite3.Connection, match: Match, teams: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """Find or make the players of a match; the id of each (side, name as shown)."""
    season = match.season or ""
    squads = {side: squad_of(conn, team) for side, team in teams.items()}
    ids: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    # Those with a full name come first: a short name must not take the id of whoever bears the full one.
    for person in sorted(match.roster.people, key=lambda p: (not is_full(p.name), p.side, p.name)):
        team = teams[person.side]
        made = known_player(squads[person.side], person, season) or player_id(person.name, team)
        if made in taken:
            made = (
                player_id(person.name, team) if not is_full(person.name) else f"{team}-{player_id(person.name, team)}"
            )
        taken.add(made)
        ids[person.side, person.name] = made
    keep_rows(conn, match, teams, ids)
    return ids


class Squad:
    """Everyone who is known to have played for a team, by the words of their names."""

    def __init__(self, members: Iterable[Known]) -> None:
        self.by_word: defaultdict[str, list[Known]] = defaultdict(list)
        for known in members:
            for word in set(person_words(known.name)):
                self.by_word[word].append(known)

    def like(self, name: str) -> Iterator[Known]:
        """Those who share a word with a name; all, where nobody does: it may be misspelt."""
        shared = [known for word in set(person_words(name)) for known in self.by_word.get(word, ())]
        yield from shared or (known for members in self.by_word.values() for known in members)


def squad_of(conn: sqlite3.Connection, team: str) -> Squad:
    rows = conn.execute(
        "SELECT p.id, p.name, s.season FROM squads s JOIN players p ON p.id = s.player_id WHERE s.team_id = ?", (team,)
    )
    return Squad(Known(*row) for row in rows)


def known_player(squad: Squad, person: Person, season: str) -> str | None:
    """The one player of a squad whom all forms of a name can mean: of this season, else of any. Whoever has a full name
    is not taken for one whom the archive knows by a short one."""
    full = is_full(person.name)
    fits = [
        known
        for known in squad.like(person.name)
        if (is_full(known.name) or not full) and all(same_person(known.name, form) for form in person.forms)
    ]
    for pool in ({k.id for k in fits if k.season == season}, {k.id for k in fits}):
        if pool:
            return pool.pop() if len(pool) == 1 else None
    return None


def keep_rows(
    conn: sqlite3.Connection, match: Match, teams: Mapping[str, str], ids: Mapping[tuple[str, str], str]
) -> None:
    """The players of a match with the forms of their names, and the squads that it shows them in."""
    people = [(ids[person.side, person.name], person) for person in match.roster.people]
    conn.executemany(
        "INSERT INTO players VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET team_id = excluded.team_id,"
        " name = iif(length(excluded.name) > length(name), excluded.name, name)",
        [(player, person.name, surname(person.name), teams[person.side]) for player, person in people],
    )
    conn.executemany(
        "INSERT OR IGNORE INTO player_names VALUES (?, ?)",
        [(player, form) for player, person in people for form in sorted(person.forms)],
    )
    conn.executemany(
        "INSERT OR IGNORE INTO squads VALUES (?, ?, ?, ?)",
        [(player, teams[person.side], match.season or "", ARCHIVE) for player, person in people],
    )


def unify(conn: sqlite3.Connection) -> None:
    """Give what a short name did to the one player of the same squad whose full name it can be short for."""
    rows = conn.execute(
        "SELECT s.team_id, s.season, p.id, p.name FROM squads s JOIN players p ON p.id = s.player_id ORDER BY 1, 2, 3"
    )
    for _squad, members in groupby(rows.fetchall(), key=lambda row: (row[0], row[1])):
        people = [(player, name) for _team, _season, player, name in members]
        full = [each for each in people if is_full(each[1])]
        for player, name in people:
            fits = [other for other, fuller in full if same_person(name, fuller)]
            if not is_full(name) and len(fits) == 1:
                merge(conn, player, fits[0])


def merge(conn: sqlite3.Connection, player: str, into: str) -> None:
    """Put one player's deeds, names and squads to another's account."""
    for column in ("player_id", "assist_id", "opponent_id", "player_in_id", "player_out_id"):
        conn.execute(f"UPDATE events SET {column} = ? WHERE {column} = ?", (into, player))
    conn.execute("UPDATE lineup_players SET player_id = ? WHERE player_id = ?", (into, player))
    for table in ("player_names", "squads"):
        conn.execute(f"UPDATE OR IGNORE {table} SET player_id = ? WHERE player_id = ?", (into, player))
        conn.execute(f"DELETE FROM {table} WHERE player_id = ?", (player,))
    conn.execute("DELETE FROM players WHERE id = ?", (player,))
