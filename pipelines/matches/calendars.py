"""Imported calendars in the archive: what they add to a match, and which papers' scores they bear out."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from pipelines.archive import Archive
from pipelines.events import club_of

from .fixtures import Result, read_calendar
from .match import Match
from .names import pair_key, same_club, slug
from .telling import Score, Telling
from .vocabulary import vocabulary

FIELDS = (
    "id", "source", "season", "competition", "round", "date", "home", "away", "score_home", "score_away", "half_home",
    "half_away", "shootout_home", "shootout_away", "pair",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: matches that are new, changed, known; the clubs that no list has."""

    new: int
    changed: int
    known: int
    unlisted: tuple[str, ...]


def import_results(archive: Archive, name: str, text: str) -> Imported:
    """Put a calendar's fixtures and results into the archive; importing it twice changes nothing. BadCalendar if the
    text is none. Matches that are stored take notice at the next rebuild."""
    results = read_calendar(name, text)
    rows = {row[0]: row for row in (row_of(each, name) for each in results)}
    counts = {"new": 0, "changed": 0, "known": 0}
    with archive.transaction() as pen:
        for row in rows.values():
            stored = pen.conn.execute(f"SELECT {', '.join(FIELDS)} FROM results WHERE id = ?", (row[0],)).fetchone()
            same = stored is not None and stored[2:] == row[2:]
            counts["known" if same else "changed" if stored else "new"] += 1
            if not same:
                pen.conn.execute(f"INSERT OR REPLACE INTO results VALUES ({', '.join('?' * len(FIELDS))})", row)
    clubs = {club for each in results for club in (each.home, each.away)}
    return Imported(**counts, unlisted=tuple(sorted(club for club in clubs if not club_of(known_name(club)).list)))


def row_of(result: Result, source: str) -> tuple[str | int | None, ...]:
    home, away = known_name(result.home), known_name(result.away)
    # Each side is at home once a season in a league, once a round in a cup: a match that is moved keeps its id.
    key = f"{result.season} {result.competition or result.date} {result.round if is_cup(result) else ''} {home} {away}"
    return (
        slug(key), source, result.season, result.competition, result.round, result.date.isoformat(), home, away,
        *(result.score or (None, None)), *(result.half or (None, None)), *(result.shootout or (None, None)),
        pair_key(home, away),
    )  # fmt: skip


def is_cup(result: Result) -> bool:
    return "serie" not in (result.competition or "").casefold()


@lru_cache(maxsize=2_000)
def known_name(name: str) -> str:
    """A club's name as the archive has it."""
    return club_of(vocabulary().calendar_names.get(name, name)).name


# --- a match and its result


def result_of(conn: sqlite3.Connection, match: Match) -> tuple[str, Result] | None:
    """The calendar's entry for a match, with its id: of that day, or of the day before or after where the score is no
    other."""
    if match.date is None or match.tellings[0].category:
        return None
    days = [(match.date + timedelta(days=n)).isoformat() for n in (-1, 1)]
    rows = conn.execute(
        f"SELECT {', '.join(FIELDS)} FROM results WHERE pair = ? AND date BETWEEN ? AND ? ORDER BY id",
        (pair_key(match.home, match.away), *days),
    ).fetchall()
    found = [(row[0], entry_of(row)) for row in rows]
    fits = [
        (abs((each.date - match.date).days), key, each)
        for key, each in found
        if same_club(each.home, match.home) and same_club(each.away, match.away) and score_fits(each, match)
    ]
    return min(fits, key=lambda fit: fit[:2])[1:] if fits else None


def score_fits(result: Result, match: Match) -> bool:
    return result.date == match.date or None in (result.score, match.score) or result.score == match.score


def entry_of(row: Sequence[str | int | None]) -> Result:
    told = dict(zip(FIELDS, row, strict=True))

    def score(name: str) -> Score:
        home, away = told[f"{name}_home"], told[f"{name}_away"]
        return (int(home), int(away)) if home is not None and away is not None else None

    return Result(
        date.fromisoformat(str(told["date"])), str(told["home"]), str(told["away"]), str(told["season"] or ""),
        str(told["competition"]) if told["competition"] else None, str(told["round"]) if told["round"] else None,
        score("score"), score("half"), None, score("shootout"),
    )  # fmt: skip


def completed(match: Match, result: Result) -> Match:
    """A match with the competition that no paper tells, and the season; its own score stays, right or not."""
    return replace(match, competition=match.competition or result.competition, season=result.season or match.season)


def verdict(match: Match, result: Result) -> str | None:
    """`right`, or the score that the calendar has; None where it has none."""
    if result.score is None or match.score is None:
        return None
    return "right" if result.score == match.score else "{}-{}".format(*result.score)


def keep_checks(conn: sqlite3.Connection, key: str, result: Result, tellings: Iterable[Telling]) -> None:
    """Note of each telling whether its scores are the calendar's; the tellings stand the match's way round."""
    rows = [(t.id, key, right(t.score, result.score), right(t.half, result.half)) for t in tellings]
    conn.executemany(
        "INSERT OR REPLACE INTO score_checks VALUES (?, ?, ?, ?)", [row for row in rows if row[2:] != (None, None)]
    )


def right(told: Score, known: Score) -> int | None:
    return None if told is None or known is None else int(told == known)
