"""The player page: totals by kind and season, everything he did, his marks, the articles that tell it."""

# ruff: noqa: S608 (the SQL is put together from names of this package)

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from . import plots
from .addresses import Addresses
from .archive import Row, ask, row, rows
from .feeds import Entry, feed
from .happenings import COUNTED, told
from .page import asked, helpful, missing, render, words_for
from .wording import Wording

PLAYER = """SELECT players.*, teams.name AS team FROM players LEFT JOIN teams ON teams.id = players.team_id
    WHERE players.id = ?"""
MOST = 100  # of the newest events that the page lists; totals count all
ROLES = ("player", "assist", "player_in", "player_out", "opponent")
# One question a role, each with its index; an event in which he has two roles counts in both.
LOG = " UNION ALL ".join(
    f"""SELECT events.*, '{role}' AS played FROM events WHERE {role}_id = :id AND {COUNTED}""" for role in ROLES
)
WITH_MATCH = f"""
    SELECT log.*, matches.date, matches.season, matches.competition, home.name AS home, away.name AS away,
      matches.score_home AS final_home, matches.score_away AS final_away
    FROM ({LOG}) AS log JOIN matches ON matches.id = log.match_id
    JOIN teams AS home ON home.id = matches.home_id JOIN teams AS away ON away.id = matches.away_id
    ORDER BY matches.date DESC, log.match_id, log.number
"""
MARKS = """
    SELECT lineup_players.rating, coalesce(sites.title, articles.site) AS paper, matches.id AS match_id, matches.date,
      home.name AS home, away.name AS away
    FROM lineup_players
    JOIN lineups ON lineups.id = lineup_players.lineup_id
    JOIN article_matches ON article_matches.id = lineups.article_match_id
    JOIN articles ON articles.id = article_matches.article_id LEFT JOIN sites ON sites.name = articles.site
    JOIN matches ON matches.id = article_matches.match_id
    JOIN teams AS home ON home.id = matches.home_id JOIN teams AS away ON away.id = matches.away_id
    WHERE lineup_players.player_id = ? AND lineup_players.rating IS NOT NULL
    ORDER BY matches.date DESC, matches.id LIMIT 80
"""
ARTICLES = """
    SELECT DISTINCT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
      coalesce(sites.title, articles.site) AS paper
    FROM articles LEFT JOIN sites ON sites.name = articles.site WHERE articles.id IN (
      SELECT claims.article_id FROM events JOIN event_claims ON event_claims.event_id = events.id
      JOIN claims ON claims.id = event_claims.claim_id WHERE events.player_id = :id
      UNION SELECT article_matches.article_id FROM lineup_players JOIN lineups ON lineups.id = lineup_players.lineup_id
      JOIN article_matches ON article_matches.id = lineups.article_match_id WHERE lineup_players.player_id = :id)
    ORDER BY articles.published DESC LIMIT 30
"""
TOTALS = ("goals", "assists", "penalties_missed", "yellow", "red", "on", "off")


def read(conn: sqlite3.Connection, player_id: str) -> Row | None:
    """All that the archive has of a player."""
    player = row(conn, PLAYER, (player_id,))
    if player is None:
        return None
    written = conn.execute("SELECT name FROM player_names WHERE player_id = ? ORDER BY name", (player_id,))
    return {
        "player": player,
        "names": list(
            {name.casefold(): name for (name,) in written if name.casefold() != player["name"].casefold()}.values()
        ),
        "log": rows(conn, WITH_MATCH, {"id": player_id}),
        "marks": rows(conn, MARKS, (player_id,)),
        "articles": rows(conn, ARTICLES, {"id": player_id}),
    }


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/giocatori/<id>, and the feed of his matches with .atom"""
    player_id = asked(request, "id")
    found = await ask(datasette, lambda conn: read(conn, player_id))
    if found is None:
        return await missing(datasette, request, "player", player_id)
    t = words_for(request)
    if request.url_vars.get("ending") == "atom":
        return feed(datasette, request, found["player"]["name"], list(matches_in(found["log"]).values()))
    return await render(datasette, request, "player.html", **shown(found, t, Addresses(datasette)))


def shown(found: Row, t: Wording, to: Addresses) -> Row:
    """What the template shows."""
    events = [(event, told(event, t)) for event in found["log"][:MOST]]
    given = [
        (mark["match_id"], mark["paper"], float(mark["rating"]), mark_title(mark, t), to.match(mark["match_id"]))
        for mark in reversed(found["marks"])
    ]
    return {**found, "events": events, "totals": totals(found["log"]), "plot": plots.marks(given)}


def mark_title(mark: Row, t: Wording) -> str:
    """'10 gen 2024, Milan–Atalanta: 6,5 (La Notizia)'"""
    match = f"{t.day(mark['date'], long=False)}, {mark['home']}–{mark['away']}"
    return f"{match}: {t.number(mark['rating'])} ({mark['paper']})"


def matches_in(log: list[Row]) -> dict[str, Entry]:
    """The matches in which he did something, newest first."""
    matches: dict[str, Entry] = {}
    for event in log:
        score = "" if event["final_home"] is None else f" {event['final_home']}-{event['final_away']}"
        title = f"{event['home']}-{event['away']}{score}"
        matches.setdefault(event["match_id"], Entry("match", event["match_id"], title, event["date"]))
        if len(matches) == 50:
            break
    return matches


def totals(log: list[Row]) -> list[tuple[str, dict[str, int]]]:
    """[(season, {what: how often}), …], newest first, fused events only."""
    seasons: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(TOTALS, 0))
    for event in log:
        if what := counted_as(event):
            seasons[event["season"] or "–"][what] += 1
    return sorted(seasons.items(), reverse=True)


def counted_as(event: Row) -> str:
    """The total that an event of his log counts for, '' for none."""
    kind, role = event["type"], event["played"]
    if role == "player":
        if kind == "goal":
            return "" if event["method"] == "own_goal" else "goals"
        return {"penalty_missed": "penalties_missed", "yellow_card": "yellow", "red_card": "red"}.get(kind, "")
    if role == "assist":
        return "assists" if kind == "goal" else ""
    return {"player_in": "on", "player_out": "off"}.get(role, "")
