"""Squads and players from openfootball's files: who may be meant by a short name, before any line-up tells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipelines.archive import Archive

from .calendars import known_name
from .names import fold, slug, surname
from .players import player_id
from .writing import keep_team

TITLE = re.compile(r"^=\s+(?P<team>\S.*?)\s+-\s+.*?(?P<season>\d{4}[/-]\d{2,4})\s*$")
MEMBER = re.compile(r"^\s*(?:\d{1,2}|-)\s*,\s*(?P<name>[^,(]+?)\s*(?:\([A-Z]{3}\))?\s*,")
PLAYER = re.compile(r"^(?P<name>[^\W\d_][^,=#|]{2,60}?)\s*,\s*(?:G|D|M|F|GK|DF|MF|FW)\s*,")
LINE = 300  # letters; longer lines are no entry


class BadSquad(ValueError):
    """A file that holds neither a squad nor players; the message names it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A player as a file has him; without a team he is only known to exist."""

    name: str
    team: str | None = None
    season: str | None = None


def read_squads(name: str, text: str) -> list[Entry]:
    """The players of a file; BadSquad where it has none."""
    entries = list(entries_of(text))
    if not entries:
        raise BadSquad(
            f"{name}: no player found; openfootball's squads (… - Serie A 2023/24) and players are understood"
        )
    return entries


def entries_of(text: str) -> Iterator[Entry]:
    team = season = None
    for line in text.splitlines():
        if len(line) > LINE:
            continue
        if m := TITLE.match(line):
            team = m["team"]
            start = int(m["season"][:4])
            season = f"{start}-{(start + 1) % 100:02}"
        elif team and (m := MEMBER.match(line)):
            yield Entry(m["name"].strip(), team, season)
        elif m := PLAYER.match(line):
            yield Entry(m["name"].strip())


def import_players(archive: Archive, name: str, text: str) -> int:
    """Put a file's players into the archive, with their squads; how many were new. Importing twice changes nothing."""
    entries = read_squads(name, text)
    with archive.transaction() as pen:
        conn = pen.conn
        before = count = conn.execute("SELECT count(*) FROM players").fetchone()[0]
        for entry in entries:
            team = keep_team(conn, known_name(entry.team)) if entry.team else None
            player = player_id(entry.name, team or slug("senza squadra"))
            conn.execute(
                "INSERT OR IGNORE INTO players VALUES (?, ?, ?, ?)", (player, entry.name, surname(entry.name), team)
            )
            conn.execute("INSERT OR IGNORE INTO player_names VALUES (?, ?)", (player, fold(entry.name)))
            squad = (player, team or "", entry.season or "", name)
            conn.execute("INSERT OR IGNORE INTO squads VALUES (?, ?, ?, ?)", squad)
        count = conn.execute("SELECT count(*) FROM players").fetchone()[0]
    return int(count - before)
