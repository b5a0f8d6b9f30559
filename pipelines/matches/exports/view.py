"""A match as the archive has it, for writing it in other formats."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Row = Mapping[str, Any]
SIDES = ("home", "away")


@dataclass(frozen=True, slots=True)
class Member:
    """A player on a line-up."""

    name: str
    id: str | None
    shirt: int | None
    starts: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One side's line-up, as the article that gives most of it has it."""

    formation: str | None = None
    coach: str | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class View:
    """One match: its row with the names of both teams, its events in the order of play, its line-ups, its articles.
    Events that a person rejected are not in it."""

    match: Row
    events: tuple[Row, ...]
    sheets: Mapping[str, Sheet]
    articles: tuple[Row, ...]

    @property
    def day(self) -> date | None:
        return date.fromisoformat(self.match["date"]) if self.match["date"] else None

    def score(self, name: str = "score") -> tuple[int, int] | None:
        """A score of the match: score, half, ninety or shootout."""
        home, away = self.match[f"{name}_home"], self.match[f"{name}_away"]
        return None if home is None or away is None else (home, away)

    def of_type(self, *types: str) -> list[Row]:
        return [event for event in self.events if event["type"] in types]


def views(conn: sqlite3.Connection, match: str | None = None, season: str | None = None) -> Iterator[View]:
    """The matches of the archive, oldest first: one, those of a season, or all."""
    rows = ask(
        conn,
        "SELECT m.*, h.name AS home, a.name AS away FROM matches m JOIN teams h ON h.id = home_id"
        " JOIN teams a ON a.id = away_id WHERE (?1 IS NULL OR m.id = ?1) AND (?2 IS NULL OR season = ?2)"
        " ORDER BY coalesce(date, '9999'), m.id",
        (match, season),
    )
    for row in rows:
        events = ask(
            conn,
            "SELECT e.*, t.name AS team FROM events e LEFT JOIN teams t ON t.id = team_id"
            " WHERE match_id = ? AND correction IS NOT 'rejected' ORDER BY number",
            (row["id"],),
        )
        articles = ask(
            conn,
            "SELECT DISTINCT url, a.title, a.site, a.kind, published, coalesce(s.title, s.name) AS paper"
            " FROM article_matches f JOIN articles a ON a.id = f.article_id JOIN sites s ON s.name = a.site"
            " WHERE match_id = ? ORDER BY published, url",
            (row["id"],),
        )
        yield View(row, tuple(events), {side: sheet_of(conn, row, side) for side in SIDES}, tuple(articles))


def ask(conn: sqlite3.Connection, query: str, values: Sequence[Any]) -> list[dict[str, Any]]:
    """Rows as dictionaries, whatever the connection makes of rows otherwise."""
    cursor = conn.execute(query, values)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def sheet_of(conn: sqlite3.Connection, match: Row, side: str) -> Sheet:
    """The fullest line-up of a side: eleven starters before more names; of equals the earliest article's."""
    rows = ask(
        conn,
        "SELECT l.id, formation, coach, (SELECT min(11, count(*)) FROM lineup_players WHERE lineup_id = l.id"
        " AND place = 'starter') AS starters, (SELECT count(*) FROM lineup_players WHERE lineup_id = l.id) AS everyone"
        " FROM lineups l JOIN article_matches f ON f.id = article_match_id JOIN articles a ON a.id = f.article_id"
        " LEFT JOIN team_names n ON n.name = f.home WHERE match_id = ?1"
        " AND l.side = iif(coalesce(n.team_id, ?2) = ?2, ?3, iif(?3 = 'home', 'away', 'home'))"
        " ORDER BY starters DESC, everyone DESC, published, url LIMIT 1",
        (match["id"], match["home_id"], side),
    )
    if not rows:
        return Sheet()
    members = ask(
        conn,
        "SELECT coalesce(p.name, l.name) AS name, player_id, place,"
        " coalesce(shirt, (SELECT max(o.shirt) FROM lineup_players o JOIN lineups ol ON ol.id = o.lineup_id"
        " JOIN article_matches f ON f.id = ol.article_match_id WHERE f.match_id = ?2 AND o.player_id = l.player_id))"
        " AS shirt FROM lineup_players l LEFT JOIN players p ON p.id = player_id"
        " WHERE lineup_id = ?1 AND place IS NOT NULL ORDER BY l.number",
        (rows[0]["id"], match["id"]),
    )
    return Sheet(
        rows[0]["formation"],
        rows[0]["coach"],
        tuple(Member(m["name"], m["player_id"], m["shirt"], m["place"] == "starter") for m in members),
    )
