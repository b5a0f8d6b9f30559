"""What an article says, as rows: the matches it reports, its claims, its line-ups."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from pipelines.items import Event, Frame, Lineup, Reading

Row = tuple[Any, ...]
# After an article's claims changed: the article, and the matches that it was tied to before.
OnClaims = Callable[[sqlite3.Connection, int, tuple[str, ...]], None]

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
PER_ARTICLE = 10_000  # ids of claims and frames are article_id * PER_ARTICLE + number: the same on every rereading


@dataclass(frozen=True, slots=True)
class Told:
    """A reading as rows that do not yet know their article."""

    kind: str | None = None
    reader: str | None = None
    hash: str | None = None
    frames: tuple[Row, ...] = ()
    claims: tuple[Row, ...] = ()
    lineups: tuple[Row, ...] = ()
    players: tuple[Row, ...] = ()


NOTHING = Told()


def told(reading: Reading | None) -> Told:
    """The rows of a reading. What one article says beyond 9,999 matches or events is not kept: no article has them."""
    if reading is None:
        return NOTHING
    if not (reading.matches or reading.events):
        return Told(reading.kind, reading.version, f"{reading.kind} {reading.version}")
    frames = reading.matches[: PER_ARTICLE - 1]
    places = {f"{frame.home}-{frame.away}": number for number, frame in reversed([*enumerate(frames, start=1)])}
    sheets = [
        (2 * number + (side == "away"), number, side, lineup)
        for number, frame in enumerate(frames, start=1)
        for side, lineup in sorted(frame.lineups.items())
        if side in ("home", "away")
    ]
    rows = (
        tuple((number, *frame_row(frame)) for number, frame in enumerate(frames, start=1)),
        tuple(
            (number, places.get(event.match), *event_row(event), reading.version)
            for number, event in enumerate(reading.events[: PER_ARTICLE - 1], start=1)
        ),
        tuple((sheet, number, side, lineup.formation, lineup.coach) for sheet, number, side, lineup in sheets),
        tuple((sheet, *player) for sheet, _number, _side, lineup in sheets for player in player_rows(lineup)),
    )
    read = encode((reading.kind, reading.version, rows)).encode("utf-8", "surrogatepass")
    digest = blake2b(read, digest_size=16).hexdigest()
    return Told(reading.kind, reading.version, digest, *rows)


def frame_row(frame: Frame) -> Row:
    return (
        frame.home,
        frame.away,
        *(frame.score or (None, None)),
        *(frame.score_half or (None, None)),
        *(frame.score_90 or (None, None)),
        *(frame.score_shootout or (None, None)),
        frame.date.isoformat() if frame.date else None,
        frame.competition,
        frame.round,
        frame.referee,
        as_text(frame.assistants),
        as_text(frame.var),
        frame.venue,
        frame.attendance,
    )


def event_row(event: Event) -> Row:
    places = [
        {"part": item.part, "start": item.start, "end": item.end, "sentence": item.sentence, "rule": item.rule}
        for item in event.evidence
    ]
    return (
        event.id,
        event.type,
        event.team,
        event.side,
        event.period,
        event.minute,
        event.minute_end,
        event.stoppage,
        event.stoppage_unknown,
        event.precision,
        event.player,
        event.assist,
        event.opponent,
        event.player_in,
        event.player_out,
        event.method,
        event.body_part,
        event.outcome,
        event.reason,
        event.subject,
        event.decision,
        event.second_yellow,
        event.role,
        *(event.score or (None, None)),
        event.confidence,
        as_text(event.related),
        as_text(places),
    )


def player_rows(lineup: Lineup) -> Iterable[Row]:
    """(number, name, place, shirt, rating, unrated) of everyone on the sheet, and of those who only have a mark."""
    names: dict[str, str | None] = dict.fromkeys(lineup.starters, "starter")
    for name in lineup.bench:
        names.setdefault(name, "bench")
    for name in (*lineup.ratings, *lineup.numbers):
        names.setdefault(name, None)
    for number, (name, place) in enumerate(names.items(), start=1):
        rating = lineup.ratings.get(name)
        marked = isinstance(rating, int | float)
        yield number, name, place, lineup.numbers.get(name), rating if marked else None, int(isinstance(rating, str))


def as_text(value: Any) -> str:
    return encode(value) if value else "[]"


def keep_told(conn: sqlite3.Connection, article_id: int, told: Told) -> None:
    """Insert the rows of an article that has none."""
    if not (told.frames or told.claims):
        return
    base = article_id * PER_ARTICLE
    conn.executemany(
        f"INSERT INTO article_matches VALUES (?, ?, ?, NULL, NULL, {marks(18)})",
        [(base + row[0], article_id, *row) for row in told.frames],
    )
    conn.executemany(
        f"INSERT INTO claims VALUES (?, ?, ?, ?, {marks(29)})",
        [(base + row[0], article_id, row[0], base + row[1] if row[1] else None, *row[2:]) for row in told.claims],
    )
    conn.executemany(
        "INSERT INTO lineups VALUES (?, ?, ?, ?, ?)",
        [(2 * base + row[0], base + row[1], *row[2:]) for row in told.lineups],
    )
    conn.executemany(
        "INSERT INTO lineup_players (lineup_id, number, name, place, shirt, rating, unrated)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(2 * base + row[0], *row[1:]) for row in told.players],
    )


def drop_told(conn: sqlite3.Connection, article_id: int) -> tuple[str, ...]:
    """Take out what the article said; the matches that it was tied to."""
    ties = conn.execute(
        "SELECT DISTINCT match_id FROM article_matches WHERE article_id = ? AND match_id IS NOT NULL ORDER BY 1",
        (article_id,),
    ).fetchall()
    conn.execute("DELETE FROM claims WHERE article_id = ?", (article_id,))
    conn.execute("DELETE FROM article_matches WHERE article_id = ?", (article_id,))
    return tuple(match_id for (match_id,) in ties)


def marks(count: int) -> str:
    return ", ".join("?" * count)
