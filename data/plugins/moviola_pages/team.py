"""The team pages: all teams, and one with its results, scorers, cards, goals by quarter of an hour, players."""

# ruff: noqa: S608 (the SQL is put together from names of this package)

from __future__ import annotations

import sqlite3
from collections import Counter
from itertools import groupby
from typing import Any

from . import plots
from .archive import Row, ask, row, rows
from .feeds import Entry, feed
from .happenings import COUNTED
from .home import MATCHES
from .page import asked, helpful, missing, render, words_for
from .wording import Wording

MOST = 76  # of the newest matches that the page lists: two seasons of a league
RESULTS = f"{MATCHES} WHERE home_id = :id OR away_id = :id ORDER BY matches.date DESC LIMIT :most"
SCORES = """
    SELECT home_id, score_home, score_away, shootout_home, shootout_away FROM matches WHERE home_id = :id
    UNION ALL SELECT home_id, score_home, score_away, shootout_home, shootout_away FROM matches WHERE away_id = :id
"""
SCORERS = f"""
    SELECT players.id, players.name, count(*) AS goals FROM events JOIN players ON players.id = events.player_id
    WHERE events.team_id = :id AND events.type = 'goal' AND coalesce(events.method, '') <> 'own_goal' AND {COUNTED}
    GROUP BY players.id ORDER BY goals DESC, players.name LIMIT 15
"""
CARDS = f"""
    SELECT players.id, players.name, sum(events.type = 'yellow_card') AS yellow, sum(events.type = 'red_card') AS red
    FROM events JOIN players ON players.id = events.player_id
    WHERE events.team_id = :id AND events.type IN ('yellow_card', 'red_card') AND {COUNTED}
    GROUP BY players.id ORDER BY red DESC, yellow DESC, players.name LIMIT 15
"""
QUARTERS = f"""  -- "+type": not by way of all goals of the archive
    SELECT events.team_id = :id AS ours, min((events.minute - 1) / 15, 7) AS quarter, count(*) AS goals
    FROM events WHERE +events.type = 'goal' AND events.minute >= 1 AND {COUNTED} AND events.match_id IN (
      SELECT id FROM matches WHERE home_id = :id UNION SELECT id FROM matches WHERE away_id = :id)
    GROUP BY ours, quarter
"""
PLAYERS = "SELECT id, name FROM players WHERE team_id = ? ORDER BY surname, name LIMIT 200"
ARTICLES = """
    SELECT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
      coalesce(sites.title, articles.site) AS paper
    FROM articles LEFT JOIN sites ON sites.name = articles.site WHERE articles.id IN (
      SELECT article_id FROM article_matches WHERE match_id IN (
        SELECT id FROM (SELECT id, date FROM matches WHERE home_id = :id OR away_id = :id ORDER BY date DESC LIMIT 12)))
    ORDER BY articles.published DESC LIMIT 15
"""
NAMES = ("1–15", "16–30", "31–45", "46–60", "61–75", "76–90", "91–105", "106–120")


def read(conn: sqlite3.Connection, team_id: str) -> Row | None:
    """All that the archive has of a team."""
    team = row(conn, "SELECT * FROM teams WHERE id = ?", (team_id,))
    if team is None:
        return None
    return {
        "team": team,
        "matches": rows(conn, RESULTS, {"id": team_id, "most": MOST}),
        "scores": rows(conn, SCORES, {"id": team_id}),
        "scorers": rows(conn, SCORERS, {"id": team_id}),
        "cards": rows(conn, CARDS, {"id": team_id}),
        "quarters": rows(conn, QUARTERS, {"id": team_id}),
        "players": rows(conn, PLAYERS, (team_id,)),
        "articles": rows(conn, ARTICLES, {"id": team_id}),
    }


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/squadre/<id>, and the feed of its matches with .atom"""
    team_id = asked(request, "id")
    found = await ask(datasette, lambda conn: read(conn, team_id))
    if found is None:
        return await missing(datasette, request, "team", team_id)
    if request.url_vars.get("ending") == "atom":
        return feed(datasette, request, found["team"]["name"], [Entry.of_match(m) for m in found["matches"][:50]])
    t = words_for(request)
    for match in found["matches"]:
        match["verdict"] = verdict(match, team_id)
    seasons = [(season or "–", list(played)) for season, played in groupby(found["matches"], key=lambda m: m["season"])]
    record = Counter(verdict(match, team_id) for match in found["scores"])
    return await render(
        datasette,
        request,
        "team.html",
        seasons=seasons,
        record=record,
        plot=by_quarter(found["quarters"], t),
        **found,
    )


def verdict(match: Row, team_id: str) -> str:
    """won, drawn or lost, '' without a score; shoot-outs decide."""
    home, away = match["score_home"], match["score_away"]
    if home is None or away is None:
        return ""
    if home == away and match["shootout_home"] is not None and match["shootout_away"] is not None:
        home, away = match["shootout_home"], match["shootout_away"]
    if home == away:
        return "drawn"
    return "won" if (home > away) == (match["home_id"] == team_id) else "lost"


def by_quarter(counted: list[Row], t: Wording) -> plots.Bars | None:
    """The plot of goals by quarter of an hour; the last two quarters only where there was extra time."""
    goals = {(bool(row["ours"]), row["quarter"]): row["goals"] for row in counted}
    shown = 8 if any(quarter > 5 for _, quarter in goals) else 6
    series = [
        (t(key), [goals.get((ours, q), 0) for q in range(shown)])
        for key, ours in (("scored", True), ("conceded", False))
    ]
    return plots.bars(t.goals_by_quarter, NAMES[:shown], series)


@helpful
async def index(request: Any, datasette: Any) -> Any:
    """/squadre: all teams by their initial."""
    teams = await ask(datasette, lambda conn: rows(conn, "SELECT id, name FROM teams ORDER BY name COLLATE NOCASE"))
    letters = [(letter, list(ours)) for letter, ours in groupby(teams, key=lambda team: team["name"][:1].upper())]
    return await render(datasette, request, "teams.html", letters=letters)
