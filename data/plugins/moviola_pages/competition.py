"""The competition pages: matchdays, results, and the table that the archive's matches add up to."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from .addresses import slug
from .archive import Row, ask, remember, rows
from .home import MATCHES
from .page import asked, helpful, missing, render

KNOWN_FOR = 60.0
OFFERED = """
    SELECT competition, season, count(*) AS matches FROM matches WHERE competition IS NOT NULL
    GROUP BY competition, season ORDER BY competition, season DESC
"""
OF_SEASON = (
    f"{MATCHES} WHERE matches.competition = ? AND matches.season IS ? ORDER BY matches.date, matches.id LIMIT 2000"
)
THREE_POINTS_SINCE = 1994  # a win in Italy's leagues counts three points from the season 1994-95


@dataclass(slots=True)
class Standing:
    """A team's line in the table."""

    team_id: str
    team: str
    won: int = 0
    drawn: int = 0
    lost: int = 0
    scored: int = 0
    conceded: int = 0
    points: int = 0

    @property
    def played(self) -> int:
        return self.won + self.drawn + self.lost

    @property
    def difference(self) -> int:
        return self.scored - self.conceded

    def add(self, scored: int, conceded: int, win: int) -> None:
        self.scored += scored
        self.conceded += conceded
        self.won += scored > conceded
        self.drawn += scored == conceded
        self.lost += scored < conceded
        self.points += win if scored > conceded else int(scored == conceded)


def table(matches: Iterable[Row], season: str | None) -> list[Standing]:
    """The standings that these matches add up to: points, difference, goals, name."""
    year = season[:4] if season else ""
    win = 3 if not year.isdigit() or int(year) >= THREE_POINTS_SINCE else 2
    lines: dict[str, Standing] = {}
    for match in matches:
        if match["score_home"] is None or match["score_away"] is None:
            continue
        for side, other in (("home", "away"), ("away", "home")):
            line = lines.setdefault(match[f"{side}_id"], Standing(match[f"{side}_id"], match[side]))
            line.add(match[f"score_{side}"], match[f"score_{other}"], win)
    return sorted(lines.values(), key=lambda line: (-line.points, -line.difference, -line.scored, line.team))


def offered(conn: sqlite3.Connection) -> dict[str, list[Row]]:
    """Per slug the competitions of that name with their seasons, newest first."""
    found: dict[str, list[Row]] = {}
    for season in rows(conn, OFFERED):
        found.setdefault(slug(season["competition"]), []).append(season)
    return found


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/competizioni/<slug>, and /competizioni/<slug>/<season>; without a season, the newest"""
    name, wanted = asked(request, "name"), asked(request, "season")
    seasons = (await remember(datasette, "competitions", KNOWN_FOR, offered)).get(name, [])
    chosen = next((season for season in seasons if not wanted or (season["season"] or "–") == wanted), None)
    if chosen is None:
        return await missing(datasette, request, "competition", f"{name} {wanted}".strip())
    matches = await ask(datasette, lambda conn: rows(conn, OF_SEASON, (chosen["competition"], chosen["season"])))
    scored = [match for match in matches if match["score_home"] is not None]
    standings = table(scored, chosen["season"])
    teams = len(standings)
    return await render(
        datasette, request, "competition.html", competition=chosen["competition"], season=chosen["season"],
        seasons=seasons, days=matchdays(matches), standings=standings, scored=len(scored),
        unscored=len(matches) - len(scored), lacking=max(0, teams * (teams - 1) - len(scored)),
        cup=is_cup(chosen["competition"]),
    )  # fmt: skip


def matchdays(matches: list[Row]) -> list[tuple[str, list[Row]]]:
    """The matches by round: in the order of the numbers in their names, else of their first dates, newest last."""
    days = [
        (day, list(played)) for day, played in groupby(sorted(matches, key=round_of), key=lambda m: m["round"] or "")
    ]
    return sorted(days, key=lambda day: (ordinal(day[0]) is None, ordinal(day[0]) or 0, day[1][0]["date"] or ""))


def round_of(match: Row) -> tuple[str, str]:
    return match["round"] or "", match["date"] or ""


def ordinal(name: str) -> int | None:
    number = re.match(r"\D{0,20}(\d{1,3})[ªa^°]?\s*(?:giornata|turno)", name, re.IGNORECASE)
    return int(number[1]) if number else None


def is_cup(name: str) -> bool:
    """Whether a competition is played by knock-out, so that a table would say nothing."""
    return any(word in name.lower() for word in ("coppa", "cup", "supercoppa", "league", "amichevol", "qualificazion"))


@helpful
async def index(request: Any, datasette: Any) -> Any:
    """/competizioni: all of them with their seasons."""
    known = await remember(datasette, "competitions", KNOWN_FOR, offered)
    ranked = sorted(known.values(), key=lambda seasons: -sum(season["matches"] for season in seasons))
    return await render(datasette, request, "competitions.html", competitions=ranked)
