"""The home page, and the list of all matches."""

# ruff: noqa: S608 (the SQL is put together from names of this package)

from __future__ import annotations

import json
import sqlite3
from itertools import groupby
from typing import Any

from .archive import Row, ask, remember, rows, value
from .happenings import COUNTED
from .page import helpful, render, words_for
from .wording import Wording

FRESH = 30.0  # seconds that the figures of the home page serve: they cost a pass over whole indexes
CARDS, LINES, SCORERS, PAGE = 8, 24, 10, 60
MATCHES = """
    SELECT matches.id, matches.date, matches.season, matches.competition, matches.round, matches.score_home,
      matches.score_away, matches.shootout_home, matches.shootout_away, matches.status, matches.contradiction,
      matches.articles, home.name AS home, away.name AS away, matches.home_id, matches.away_id FROM matches
    JOIN teams AS home ON home.id = matches.home_id JOIN teams AS away ON away.id = matches.away_id
"""
LATEST = f"{MATCHES} ORDER BY matches.date DESC LIMIT ? OFFSET ?"
# "+type" keeps SQLite from walking all goals of the archive by their type.
GOALS = f"""
    SELECT match_id, side, player, minute, stoppage, method FROM events
    WHERE +type = 'goal' AND {COUNTED} AND match_id IN (SELECT value FROM json_each(?)) ORDER BY match_id, number
"""
ARTICLES = """
    SELECT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
      articles.site, coalesce(sites.title, articles.site) AS paper
    FROM articles LEFT JOIN sites ON sites.name = articles.site ORDER BY articles.published DESC LIMIT ?
"""
TOP = f"""
    SELECT players.id, players.name, teams.name AS team, count(*) AS goals
    FROM matches CROSS JOIN events ON events.match_id = matches.id JOIN players ON players.id = events.player_id
    LEFT JOIN teams ON teams.id = players.team_id
    WHERE matches.season = :season AND +events.type = 'goal' AND coalesce(events.method, '') <> 'own_goal' AND {COUNTED}
    GROUP BY players.id ORDER BY goals DESC, players.name LIMIT :most
"""
NOTED = ("penalty", "own_goal")  # what is written behind a scorer's minute
HELD = ("articles", "matches", "events", "players", "teams")


def overview(conn: sqlite3.Connection) -> Row:
    """The figures over the whole archive."""
    season = value(conn, "SELECT season FROM matches WHERE date IS NOT NULL ORDER BY date DESC LIMIT 1")
    return {
        "counts": {name: value(conn, f"SELECT count(*) FROM {name}") for name in HELD},
        "fresh": value(conn, "SELECT max(added) FROM articles"),
        "season": season,
        "scorers": rows(conn, TOP, {"season": season, "most": SCORERS}) if season else [],
    }


def latest(conn: sqlite3.Connection, t: Wording) -> Row:
    """What is new: matches with their scorers, articles by paper."""
    articles = sorted(rows(conn, ARTICLES, (LINES,)), key=lambda article: str(article["paper"]))
    return {
        "matches": with_scorers(conn, rows(conn, LATEST, (CARDS, 0)), t),
        "papers": [(paper, list(lines)[:5]) for paper, lines in groupby(articles, key=lambda line: line["paper"])],
    }


def with_scorers(conn: sqlite3.Connection, matches: list[Row], t: Wording) -> list[Row]:
    """The matches with 'Rossi 12′, Bianchi 45′+2 rig.' of each side."""
    goals = rows(conn, GOALS, (json.dumps([match["id"] for match in matches]),))
    for match in matches:
        match["scorers"] = {
            side: scorers([goal for goal in goals if goal["match_id"] == match["id"] and goal["side"] == side], t)
            for side in ("home", "away")
        }
    return matches


def scorers(goals: list[Row], t: Wording) -> str:
    """'Rossi 12′, 45′+2 rig., Bianchi 60′'"""
    told: dict[str, list[str]] = {}
    for goal in goals:
        clock = "" if goal["minute"] is None else f"{goal['minute']}′"
        clock += f"+{goal['stoppage']}" if clock and goal["stoppage"] else ""
        note = t.of("notes", goal["method"]) if goal["method"] in NOTED else ""
        told.setdefault(goal["player"] or "?", []).append(f"{clock} {note}".strip())
    return ", ".join(f"{player} {', '.join(filter(None, clocks))}".strip() for player, clocks in told.items())


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/"""
    figures = await remember(datasette, "home", FRESH, overview)
    t = words_for(request)
    new = await ask(datasette, lambda conn: latest(conn, t))
    return await render(datasette, request, "home.html", figures=figures, **new)


@helpful
async def matches(request: Any, datasette: Any) -> Any:
    """/partite: all matches, newest first, a page at a time."""
    page = page_of(request)
    t, asked_for = words_for(request), (PAGE + 1, (page - 1) * PAGE)
    found = await ask(datasette, lambda conn: with_scorers(conn, rows(conn, LATEST, asked_for), t))
    months = [
        (month_of(month, t), list(cards)) for month, cards in groupby(found[:PAGE], key=lambda m: (m["date"] or "")[:7])
    ]
    return await render(datasette, request, "matches.html", months=months, page=page, more=len(found) > PAGE)


def page_of(request: Any) -> int:
    """The page number that the address asks for, 1 for anything that is none."""
    asked = request.args.get("pagina") or ""
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1


def month_of(month: str, t: Wording) -> str:
    """'2024-01' as 'gennaio 2024'."""
    day = t.day(f"{month}-01", long=True) if month else ""
    return " ".join(day.split()[2:]) if day else t.unknown_date
