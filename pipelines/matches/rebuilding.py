"""Making all matches anew from the claims: the same archive, whatever the order in which the articles came."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from pipelines.archive import Archive

from .joining import Place, join_places
from .players import unify
from .reading import keep_tellings, sketched
from .trust import Trust

Progress = Callable[[int, int], None]  # how many matches are done, of how many
BATCH = 200  # places a transaction


def rebuild(archive: Archive, progress: Progress | None = None) -> None:
    """Make every match of the archive anew, in one transaction."""
    with archive.transaction() as pen:
        rebuild_all(pen.conn, progress)


def rebuild_all(conn: sqlite3.Connection, progress: Progress | None = None) -> None:
    conn.execute("DELETE FROM matches")
    conn.execute("DELETE FROM squads WHERE source = 'archive'")
    conn.execute("DELETE FROM players WHERE id NOT IN (SELECT player_id FROM squads)")
    conn.execute("DELETE FROM teams")
    conn.execute("DELETE FROM tellings")
    conn.execute("UPDATE article_matches SET match_id = NULL, unsure = NULL")
    for (article,) in conn.execute("SELECT DISTINCT article_id FROM article_matches ORDER BY 1").fetchall():
        keep_tellings(conn, sketched(conn, article))
    places: list[Place] = conn.execute("SELECT DISTINCT pair, day FROM tellings ORDER BY day, pair").fetchall()
    join_places(conn, places, Trust())
    unify(conn)
    if progress:
        progress(len(places), len(places))
