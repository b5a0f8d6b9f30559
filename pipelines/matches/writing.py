"""Matches into the archive's tables: what is already there is not written again."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from .claim import Happening
from .match import Match
from .names import slug
from .players import keep_players
from .roster import PEOPLE, other, side_of
from .telling import Telling

Players = Mapping[tuple[str, str], str]  # (side, name as shown) → id
EVENT = (
    "id", "match_id", "number", "type", "side", "team_id", "period", "minute", "minute_end", "stoppage",
    "stoppage_unknown", "precision", "player", "player_id", "assist", "assist_id", "opponent", "opponent_id",
    "player_in", "player_in_id", "player_out", "player_out_id", "method", "body_part", "outcome", "reason", "subject",
    "decision", "second_yellow", "role", "score_home", "score_away", "confidence", "sources", "dissent", "related",
    "correction",
)  # fmt: skip
MATCH = (
    "id", "date", "season", "competition", "round", "home_id", "away_id", "score_home", "score_away", "half_home",
    "half_away", "ninety_home", "ninety_away", "shootout_home", "shootout_away", "referee", "venue", "attendance",
    "status", "contradiction", "articles", "result",
)  # fmt: skip


def keep_match(conn: sqlite3.Connection, match: Match, new: Container[int] | None = None) -> None:
    """Put a match in the place of what is stored under its id; `new` are the tellings whose line-ups are to be told
    apart, all by default."""
    home, away = keep_team(conn, match.home), keep_team(conn, match.away)
    day = match.date.isoformat() if match.date else None
    row = (
        match.id, day, match.season, match.competition, match.round, home, away,
        *(match.score or (None, None)), *(match.half or (None, None)), *(match.ninety or (None, None)),
        *(match.shootout or (None, None)), match.referee, match.venue, match.attendance, match.status,
        match.contradiction, len({t.article for t in match.tellings}), match.result,
    )  # fmt: skip
    upsert(conn, "matches", MATCH, [row])
    conn.executemany(
        "UPDATE article_matches SET match_id = ?1, unsure = NULL WHERE id = ?2 AND match_id IS NOT ?1",
        [(match.id, telling.id) for telling in match.tellings],
    )
    teams = {"home": home, "away": away}
    players = keep_players(conn, match, teams)
    keep_timeline(conn, match, teams, players)
    keep_sheets(conn, match, players, new)


def keep_sheets(conn: sqlite3.Connection, match: Match, players: Players, new: Container[int] | None) -> None:
    """Say of everyone on the match's line-ups who he is."""
    changes: list[tuple[str | None, int, int]] = []
    for telling in match.tellings:
        if new is None or telling.id in new:
            changes += whose_sheet(conn, match, players, telling)
    conn.executemany("UPDATE lineup_players SET player_id = ? WHERE lineup_id = ? AND number = ?", changes)


def whose_sheet(
    conn: sqlite3.Connection, match: Match, players: Players, telling: Telling
) -> Iterator[tuple[str | None, int, int]]:
    """The entries of a telling's line-ups whose player is to be told: (player, line-up, number)."""
    rows = conn.execute(
        "SELECT lineup_id, p.number, side, name, player_id, home FROM article_matches f"
        " JOIN lineups l ON article_match_id = f.id JOIN lineup_players p ON lineup_id = l.id WHERE f.id = ?",
        (telling.id,),
    ).fetchall()
    for lineup, number, side, name, stored, home in rows:
        person = match.roster.find(side if home == telling.home else other(side), name)
        known = players.get((person.side, person.name)) if person else None
        if known != stored:
            yield known, lineup, number


def keep_team(conn: sqlite3.Connection, name: str) -> str:
    """The id of a team, which is made where it is new."""
    row = conn.execute("SELECT team_id FROM team_names WHERE name = ? ORDER BY 1 LIMIT 1", (name,)).fetchone()
    if row:
        return str(row[0])
    team = slug(name)
    conn.execute("INSERT OR IGNORE INTO teams VALUES (?, ?)", (team, name))
    conn.execute("INSERT OR IGNORE INTO team_names VALUES (?, ?)", (team, name))
    return team


def keep_timeline(conn: sqlite3.Connection, match: Match, teams: Mapping[str, str], players: Players) -> None:
    """The events of a match and the claims of each; what is stored and not told any more goes."""
    ids = event_ids(match)
    rows = [
        event_row(event_id, match.id, number, each, teams, players)
        for number, (event_id, each) in enumerate(zip(ids, match.timeline, strict=True), start=1)
    ]
    stored = {
        row[0]: row for row in conn.execute(f"SELECT {', '.join(EVENT)} FROM events WHERE match_id = ?", (match.id,))
    }
    conn.executemany("DELETE FROM events WHERE id = ?", [(old,) for old in stored.keys() - set(ids)])
    upsert(conn, "events", EVENT, [row for row in rows if stored.get(row[0]) != row])
    ties = {claim.id: event_id for event_id, each in zip(ids, match.timeline, strict=True) for claim in each.claims}
    claimed = "SELECT claim_id, event_id FROM event_claims JOIN events ON events.id = event_id WHERE match_id = ?"
    held = dict(conn.execute(claimed, (match.id,)).fetchall())
    conn.executemany("DELETE FROM event_claims WHERE claim_id = ?", [(old,) for old in held.keys() - ties.keys()])
    upsert(conn, "event_claims", ("claim_id", "event_id"), [tie for tie in ties.items() if held.get(tie[0]) != tie[1]])


def event_ids(match: Match) -> list[str]:
    """Ids made from content: match, type, people and clock; a number where that is not enough."""
    ids: list[str] = []
    for each in match.timeline:
        event = each.event
        content = (
            event.type,
            event.side,
            event.player,
            event.player_in,
            event.player_out,
            event.minute,
            event.stoppage,
        )
        digest = blake2b(repr(content).encode(), digest_size=4).hexdigest()
        made = f"{match.id}-{event.type.replace('_', '-')}-{digest}"
        ids.append(made if made not in ids else f"{made}-{sum(i.startswith(made) for i in ids) + 1}")
    return ids


def event_row(
    event_id: str, match_id: str, number: int, each: Happening, teams: Mapping[str, str], players: Players
) -> tuple[Any, ...]:
    event = each.event
    people = [
        value
        for field in PEOPLE
        for name in (getattr(event, field),)
        for value in (name, players.get((side_of(event, field) or "", name)) if name and event.role is None else None)
    ]
    return (
        event_id, match_id, number, event.type, event.side, teams.get(event.side or ""), event.period, event.minute,
        event.minute_end, event.stoppage, flag(event.stoppage_unknown), event.precision, *people,
        event.method, event.body_part, event.outcome, event.reason,
        event.subject, event.decision, flag(event.second_yellow), event.role, *(event.score or (None, None)),
        event.confidence, each.voices, json.dumps(each.dissent, ensure_ascii=False, sort_keys=True), "[]",
        each.correction,
    )  # fmt: skip


def flag(value: bool | None) -> int | None:
    return None if value is None else int(value)


def upsert(conn: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Insert rows or put them in the place of those with the same key, their dependants untouched."""
    key, *rest = columns
    changes = ", ".join(f"{name} = excluded.{name}" for name in rest)
    conn.executemany(
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        f" ON CONFLICT ({key}) DO UPDATE SET {changes}",
        list(rows),
    )


def leave_untied(conn: sqlite3.Connection, unsure: dict[int, str]) -> None:
    """Note why frames are tied to no match, and untie what their claims told."""
    for frame, reason in sorted(unsure.items()):
        conn.execute("UPDATE article_matches SET match_id = NULL, unsure = ? WHERE id = ?", (reason, frame))
        conn.execute(
            "DELETE FROM event_claims WHERE claim_id IN (SELECT id FROM claims WHERE article_match_id = ?)", (frame,)
        )


def drop_match(conn: sqlite3.Connection, match_id: str) -> None:
    """Remove a match that nothing tells any more, with its events, and its teams where they play no other."""
    teams = conn.execute("SELECT home_id, away_id FROM matches WHERE id = ?", (match_id,)).fetchone() or ()
    conn.execute("DELETE FROM matches WHERE id = ?", (match_id,))
    for team in teams:
        conn.execute(
            "DELETE FROM teams WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM matches WHERE home_id = ?1 OR away_id = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM players WHERE team_id = ?1)"
            " AND NOT EXISTS (SELECT 1 FROM events WHERE team_id = ?1)",
            (team,),
        )
