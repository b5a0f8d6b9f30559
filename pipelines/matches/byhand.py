"""Corrections by hand, from outside: noted in the archive, and the articles they concern joined again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Literal

from pipelines.archive import Archive

from .correcting import note_event, note_tie, undo
from .joining import join_article


def correct_tie(archive: Archive, match_id: str, url: str, kind: Literal["split", "join"], at: datetime) -> None:
    """Say that an article does not tell a match (split) or does (join); NoSuchThing if either is unknown."""
    with archive.transaction() as pen:
        join_again(pen.conn, note_tie(pen.conn, match_id, url, kind, at))


def correct_event(
    archive: Archive, event_id: str, kind: Literal["reject", "set"], told: Mapping[str, Any], at: datetime
) -> None:
    """Say that an event did not happen (reject), or happened as told (set); NoSuchThing if it is unknown."""
    with archive.transaction() as pen:
        join_again(pen.conn, [note_event(pen.conn, event_id, kind, told, at)])


def correction_undone(archive: Archive, number: int) -> None:
    """Take a correction back; NoSuchThing if there is none of that number."""
    with archive.transaction() as pen:
        join_again(pen.conn, undo(pen.conn, number))


def join_again(conn: sqlite3.Connection, articles: Iterable[int]) -> None:
    """Join articles anew, with what people have said of them by now."""
    for article in articles:
        ties = conn.execute(
            "SELECT DISTINCT match_id FROM article_matches WHERE article_id = ? AND match_id IS NOT NULL", (article,)
        ).fetchall()
        join_article(conn, article, [match_id for (match_id,) in ties])
