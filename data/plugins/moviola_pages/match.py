"""The match page: score, timeline, events with their evidence, line-ups, sources."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from . import quotes, sheets, timeline
from .archive import Row, ask, row, rows
from .exports import match_csv, match_json, match_text
from .happenings import Happening, told
from .home import NOTED
from .page import asked, helpful, missing, render, words_for
from .wording import Wording

MATCH = """
    SELECT matches.*, home.name AS home, away.name AS away FROM matches
    JOIN teams AS home ON home.id = matches.home_id JOIN teams AS away ON away.id = matches.away_id
"""
SOURCES = """
    SELECT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
      articles.completeness, articles.site, coalesce(sites.title, articles.site) AS paper,
      article_matches.score_home, article_matches.score_away, article_matches.home AS told_home,
      count(DISTINCT event_claims.event_id) AS tells
    FROM article_matches
    JOIN articles ON articles.id = article_matches.article_id
    LEFT JOIN sites ON sites.name = articles.site
    LEFT JOIN claims ON claims.article_match_id = article_matches.id
    LEFT JOIN event_claims ON event_claims.claim_id = claims.id
    WHERE article_matches.match_id = ?
    GROUP BY articles.id
    ORDER BY tells DESC, articles.published
"""
BETWEEN = (
    MATCH
    + """
    WHERE matches.id <> :id AND ((home_id = :home AND away_id = :away) OR (home_id = :away AND away_id = :home))
    ORDER BY matches.date DESC LIMIT 10
"""
)
TELLING = ("goal", "red_card", "penalty_missed", "goal_disallowed")  # shown with a sentence at once
COMPARED = ("shots", "on_target", "goals", "penalties", "yellow", "red", "changes")


@dataclass(frozen=True, slots=True)
class Told:
    """All that the archive has of one match."""

    match: Row
    events: list[Row]
    tellings: dict[str, list[Row]]
    sources: list[Row]
    teams: dict[str, sheets.Team]
    between: list[Row]


def read(conn: sqlite3.Connection, match_id: str) -> Told | None:
    """A match, None where the archive has none of that id."""
    match = row(conn, f"{MATCH} WHERE matches.id = ?", (match_id,))
    if match is None:
        return None
    return Told(
        match=match,
        events=rows(conn, "SELECT * FROM events WHERE match_id = ? ORDER BY number", (match_id,)),
        tellings=quotes.tellings(conn, match_id),
        sources=rows(conn, SOURCES, (match_id,)),
        teams=sheets.teams_of(conn, match_id),
        between=rows(conn, BETWEEN, {"id": match_id, "home": match["home_id"], "away": match["away_id"]}),
    )


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/partite/<id>, and its .json, .csv and .txt."""
    match_id, ending = asked(request, "id"), request.url_vars.get("ending")
    found = await ask(datasette, lambda conn: read(conn, match_id))
    if found is None:
        return await missing(datasette, request, "match", match_id)
    if ending:
        return {"json": match_json, "csv": match_csv, "txt": match_text}[ending](found)
    t = words_for(request)
    events = [told(event, t) for event in found.events]
    return await render(datasette, request, "match.html", **shown(found, events, t))


def shown(found: Told, events: list[Happening], t: Wording) -> dict[str, Any]:
    """What the template shows."""
    papers = {source["id"]: source["paper"] for source in found.sources}
    return {
        "match": found.match,
        "events": events,
        "scorers": {side: scorers(events, side, t) for side in ("home", "away")},
        "across": timeline.draw(events, 1000),
        "upright": timeline.draw(events, 900, standing=True),
        "kicks": {side: kicks(events, side) for side in ("home", "away")},
        "tellings": found.tellings,
        "foremost": {
            event.number: quotes.foremost(
                found.tellings.get(event.row["id"], []), [person.name for person in event.people[:1]]
            )
            for event in events
            if event.row["type"] in TELLING
        },
        "dissents": {event.number: quotes.dissent(event.row["dissent"], papers) for event in events},
        "sources": found.sources,
        "counted": sum(not event.rejected for event in events),
        "teams": found.teams,
        "spots": {side: sheets.on_the_pitch(team) for side, team in found.teams.items()},
        "deeds": {side: sheets.with_events(team, events, side) for side, team in found.teams.items()},
        "short": sheets.short,
        "compared": compared(events),
        "between": found.between,
        "ld": structured(found.match),
    }


def scorers(events: list[Happening], side: str, t: Wording) -> list[tuple[str, str | None, str]]:
    """(name, player id, minutes) of a side's scorers, as a score header lists them."""
    found: dict[tuple[str, str | None], list[str]] = {}
    for event in events:
        if event.row["type"] != "goal" or event.side != side or event.rejected or not event.people:
            continue
        man = event.people[0]
        note = t.of("notes", event.row["method"]) if event.row["method"] in NOTED else ""
        found.setdefault((man.name, man.id), []).append(f"{event.minute} {note}".strip())
    return [(name, player_id, ", ".join(minutes)) for (name, player_id), minutes in found.items()]


def kicks(events: list[Happening], side: str) -> list[Happening]:
    """The kicks of a side in the shoot-out, in order."""
    return [event for event in events if event.row["type"] == "penalty_shootout" and event.side == side]


def compared(events: list[Happening]) -> list[tuple[str, int, int]]:
    """(what, home, away) of the figures that the told events add up to; those that nobody tells are left out."""
    figures = {name: {"home": 0, "away": 0} for name in COMPARED}
    for event in events:
        if event.side and not event.rejected:
            for name in counted_as(event.row):
                figures[name][event.side] += 1
    return [(name, sides["home"], sides["away"]) for name, sides in figures.items() if any(sides.values())]


def counted_as(event: Row) -> list[str]:
    """The figures that an event counts for."""
    kind, outcome = event["type"], event["outcome"]
    if kind == "goal":
        own = event["method"] == "own_goal"
        return ["goals"] if own else ["goals", "shots", "on_target"]
    if kind in ("shot", "penalty_missed"):
        return ["shots", *(["on_target"] if outcome == "saved" else [])]
    figures = {
        "penalty_awarded": "penalties", "yellow_card": "yellow", "red_card": "red", "substitution": "changes",
    }  # fmt: skip
    return [figures[kind]] if kind in figures else []


def structured(match: Row) -> Row:
    """The match in schema.org's terms, for the page's title and feeds."""
    score = "" if match["score_home"] is None else f" {match['score_home']}–{match['score_away']}"
    return {"name": f"{match['home']}–{match['away']}{score}", "startDate": match["date"] or ""}
