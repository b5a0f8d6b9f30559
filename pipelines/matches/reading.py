"""Tellings and claims out of the archive's tables."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from typing import Any

from pipelines.items import Event

from .claim import Said, Stated
from .names import pair_key
from .telling import Sketch, Telling, sketch_of

GAP = 9  # days between two tellings of the same teams from which they are of two matches, whatever they say
FRAME = """
SELECT f.id, f.article_id, a.url, f.number, a.site, coalesce(a.kind, ''), f.home, f.away, a.title, a.hash, a.published,
  f.score_home, f.score_away, f.half_home, f.half_away, f.ninety_home, f.ninety_away, f.shootout_home, f.shootout_away,
  f.date, f.competition, f.round, f.referee, f.venue, f.attendance, coalesce(a.section, '') || ' ' || (
    SELECT coalesce(group_concat(t.name, ' '), '') FROM article_tags JOIN tags t ON t.id = tag_id
    WHERE article_id = a.id)
"""
CLAIM = (
    "type", "team", "side", "period", "minute", "minute_end", "stoppage", "stoppage_unknown", "precision",
    "player", "assist", "opponent", "player_in", "player_out", "method", "body_part", "outcome", "reason", "subject",
    "decision", "second_yellow", "role", "score_home", "score_away",
)  # fmt: skip


CLAIMS = (
    f"SELECT id, confidence, event_id, {', '.join(CLAIM)} FROM claims LEFT JOIN event_claims ON claim_id = id"
    " WHERE article_match_id = ? ORDER BY id"
)


def telling_of(row: Sequence[Any], sketch: Sketch) -> Telling:
    (frame, article, url, number, site, genre, home, away, title, words, published, *rest) = row
    (*scores, day, competition, name, referee, venue, attendance, about) = rest
    score, half, ninety, shootout = (pair(scores[i], scores[i + 1]) for i in (0, 2, 4, 6))
    moment = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Telling(
        frame, article, url, number, site, genre, home, away, title, words, moment, score, half, ninety, shootout,
        date_of(day), competition, name, referee, venue, attendance, about, sketch,
    )  # fmt: skip


def pair(home: int | None, away: int | None) -> tuple[int, int] | None:
    return None if home is None or away is None else (home, away)


def date_of(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def sketched(conn: sqlite3.Connection, article_id: int) -> Iterator[Telling]:
    """The tellings of one article, their sketches made from its claims and line-ups."""
    for row in conn.execute(
        f"{FRAME} FROM article_matches f JOIN articles a ON a.id = f.article_id WHERE a.id = ?", (article_id,)
    ).fetchall():
        frame, home, away = row[0], row[6], row[7]
        events = [stated.event for stated in claims_of(conn, frame, {})]
        yield telling_of(row, sketch_of(events, sheets_of(conn, frame), sentences_of(conn, frame), home, away))


def sentences_of(conn: sqlite3.Connection, frame: int) -> list[str]:
    """The sentences that tell the claims of a frame."""
    told = conn.execute("SELECT evidence FROM claims WHERE article_match_id = ?", (frame,))
    places = json.loads(f"[{','.join(evidence for (evidence,) in told)}]")  # read at once, which is faster
    return [place["sentence"] for each in places for place in each]


def keep_tellings(conn: sqlite3.Connection, tellings: Iterable[Telling]) -> None:
    """Remember what joining compares."""
    conn.executemany(
        "INSERT OR REPLACE INTO tellings VALUES (?, ?, ?, ?)",
        [
            (t.id, pair_key(t.home, t.away), day_index(t), json.dumps(t.sketch.as_json(), separators=(",", ":")))
            for t in tellings
        ],
    )


def day_index(telling: Telling) -> int | None:
    """The likeliest day as the index has it."""
    days = telling.days
    return max(days, key=lambda day: (days[day], day)) if days else None


def neighbours(conn: sqlite3.Connection, key: str, day: int | None) -> list[Telling]:
    """All tellings of a pair of teams that hang together with a day: none is further than GAP days from the next."""
    if day is None:
        return fetch(conn, "t.pair = ? AND t.day IS NULL", (key,))
    low, high = day, day
    while True:
        row = conn.execute(
            "SELECT min(day), max(day) FROM tellings WHERE pair = ? AND day BETWEEN ? AND ?",
            (key, low - GAP, high + GAP),
        ).fetchone()
        if row[0] is None or (low <= row[0] and high >= row[1]):
            return fetch(conn, "t.pair = ? AND t.day BETWEEN ? AND ?", (key, low, high))
        low, high = min(low, row[0]), max(high, row[1])


def fetch(conn: sqlite3.Connection, where: str, values: Sequence[Any]) -> list[Telling]:
    rows = conn.execute(
        f"{FRAME}, t.sketch FROM tellings t JOIN article_matches f ON f.id = t.article_match_id"
        f" JOIN articles a ON a.id = f.article_id WHERE {where}",
        values,
    )
    return sorted((telling_of(row[:-1], Sketch.of_json(json.loads(row[-1]))) for row in rows), key=lambda t: t.key)


def said_by(conn: sqlite3.Connection, frames: Sequence[int]) -> dict[int, Said]:
    """What frames say, claims in the order of reading. Equal events are one object: papers repeat one another."""
    known: dict[Sequence[Any], Event] = {}
    return {frame: Said(claims_of(conn, frame, known), sheets_of(conn, frame)) for frame in frames}


def claims_of(conn: sqlite3.Connection, frame: int, known: dict[Sequence[Any], Event]) -> list[Stated]:
    """A frame's claims; of those that are tied already, the event."""
    claims = []
    for row in conn.execute(CLAIMS, (frame,)):
        event = known.get(row[3:])
        if event is None:
            event = known[row[3:]] = event_of(row[3:])
        claims.append(Stated(row[0], event, row[1], row[2]))
    return claims


def sheets_of(conn: sqlite3.Connection, frame: int) -> list[tuple[str, str]]:
    return conn.execute(
        "SELECT side, name FROM lineup_players JOIN lineups ON lineups.id = lineup_id WHERE article_match_id = ?"
        " ORDER BY side, number",
        (frame,),
    ).fetchall()


def event_of(row: Sequence[Any]) -> Event:
    values = dict(zip(CLAIM, row, strict=True))
    score = pair(values.pop("score_home"), values.pop("score_away"))
    for name in ("stoppage_unknown", "second_yellow"):
        values[name] = truth(values[name])
    return Event(id="", match="", score=score, **values)


def truth(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)
