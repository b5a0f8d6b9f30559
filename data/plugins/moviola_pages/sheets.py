"""Line-ups and marks: the sheets of all papers laid over one another."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field
from typing import Any

from .archive import Row, rows

SHEETS = """
    SELECT lineups.id, lineups.side, lineups.formation, lineups.coach, article_matches.article_id, articles.site,
      coalesce(sites.title, articles.site) AS paper, articles.copy_of,
      lineup_players.number, lineup_players.name, lineup_players.player_id, lineup_players.place, lineup_players.shirt,
      lineup_players.rating, lineup_players.unrated, players.name AS full_name, players.surname
    FROM article_matches
    JOIN lineups ON lineups.article_match_id = article_matches.id
    JOIN lineup_players ON lineup_players.lineup_id = lineups.id
    JOIN articles ON articles.id = article_matches.article_id
    LEFT JOIN sites ON sites.name = articles.site
    LEFT JOIN players ON players.id = lineup_players.player_id
    WHERE article_matches.match_id = ?
    ORDER BY lineups.id, lineup_players.number
"""
# The deeds that have a small icon beside the man on the sheet.
SHOWN = (
    "goal", "own_goal", "penalty_goal", "yellow_card", "red_card", "second_yellow", "substitution", "penalty_missed",
)  # fmt: skip
FIELDERS = 10  # what the figures of a formation add up to


@dataclass(slots=True)
class Line:
    """One player of a team: `marks` maps a paper to its mark, None standing for "s.v."."""

    name: str
    player_id: str | None
    place: str | None
    shirt: int | None = None
    marks: dict[str, float | None] = field(default_factory=dict)

    @property
    def mean(self) -> float | None:
        given = [mark for mark in self.marks.values() if mark is not None]
        return round(sum(given) / len(given), 2) if given else None


@dataclass(slots=True)
class Team:
    """One side of a match: who started, who sat on the bench, what the papers thought of them."""

    formation: str = ""
    coach: str = ""
    lines: list[Line] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)  # those that give marks

    @property
    def starters(self) -> list[Line]:
        return [line for line in self.lines if line.place == "starter"]

    @property
    def others(self) -> list[Line]:
        return [line for line in self.lines if line.place != "starter"]


def teams_of(conn: sqlite3.Connection, match_id: str) -> dict[str, Team]:
    """Both sides of a match; a side of which no paper gives the sheet has no lines."""
    sheets: dict[str, list[list[Row]]] = {"home": [], "away": []}
    last = None
    for player in rows(conn, SHEETS, (match_id,)):
        if player["id"] != last:
            sheets[player["side"]].append([])
            last = player["id"]
        sheets[player["side"]][-1].append(player)
    return {side: laid_over(papers) for side, papers in sheets.items()}


def laid_over(sheets: list[list[Row]]) -> Team:
    """The fullest sheet as the team, the marks and shirts of the others put to its names."""
    team = Team()
    for sheet in sorted(sheets, key=fullness, reverse=True):
        first = not team.lines
        team.formation = team.formation or sheet[0]["formation"] or ""
        team.coach = team.coach or sheet[0]["coach"] or ""
        for player in sheet:
            line = line_of(team, player)
            if line is None:
                place = player["place"] if first or player["place"] != "starter" else "bench"
                line = Line(player["name"], player["player_id"], place)
                team.lines.append(line)
            line.shirt = line.shirt or player["shirt"]
            mark(team, line, player)
    return team


def fullness(sheet: list[Row]) -> tuple[bool, int, int]:
    starters = sum(player["place"] == "starter" for player in sheet)
    return starters == FIELDERS + 1, starters, len(sheet)


def line_of(team: Team, player: Row) -> Line | None:
    """The line of a player that another paper has named, by who he is, else by name."""
    for line in team.lines:
        same = line.player_id == player["player_id"] if line.player_id and player["player_id"] else False
        if same or line.name.casefold() == player["name"].casefold():
            return line
    return None


def mark(team: Team, line: Line, player: Row) -> None:
    if player["rating"] is None and not player["unrated"]:
        return
    if player["paper"] not in team.papers:
        team.papers.append(player["paper"])
    line.marks.setdefault(player["paper"], player["rating"])


@dataclass(frozen=True, slots=True)
class Spot:
    """A player on the pitch: `depth` 0 at his own goal to 1 at the halfway line, `across` 0 to 1."""

    line: Line
    depth: float
    across: float


def on_the_pitch(team: Team) -> list[Spot]:
    """Where the starters stand by the formation, in the order of the sheet; nothing where the two do not fit."""
    ranks = [int(rank) for rank in team.formation.split("-") if rank.isdigit() and int(rank) <= FIELDERS]
    starters = team.starters
    if sum(ranks) != FIELDERS or len(starters) != FIELDERS + 1:
        return []
    spots, taken = [Spot(starters[0], 0.06, 0.5)], 1
    for number, rank in enumerate(ranks, start=1):
        depth = 0.06 + 0.84 * number / len(ranks)
        spots += [Spot(starters[taken + place], depth, (place + 0.5) / rank) for place in range(rank)]
        taken += rank
    return spots


def short(name: str) -> str:
    """A name as a pitch has room for it."""
    words = name.split()
    return words[-1] if len(name) > 12 and len(words) > 1 else name


def with_events(team: Team, events: list[Any], side: str) -> dict[str, list[Any]]:
    """Per name of a team's lines the happenings in which that player acts, for small icons beside him."""
    by_id = {line.player_id: line.name for line in team.lines if line.player_id}
    by_name = {line.name.casefold(): line.name for line in team.lines}
    found: dict[str, list[Any]] = {}
    for event in events:
        if event.rejected or event.icon not in SHOWN:
            continue
        # The man of an own goal plays for the other side.
        acts = "away" if event.side == "home" else "home"
        if (acts if event.icon == "own_goal" else event.side) != side:
            continue
        for person in event.people:
            name = by_id.get(person.id) or by_name.get(person.name.casefold())
            if name and person.part in ("", "in", "out"):
                found.setdefault(name, []).append((event, person.part))
    return found
