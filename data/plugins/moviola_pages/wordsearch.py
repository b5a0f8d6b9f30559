"""Datasette's own `_search` asks as our search page does: the `escape_fts` that it wraps around the words is ours."""

from __future__ import annotations

import sqlite3
import time

from .archive import APPLICATION_ID
from .asking import query
from .italian import open_vocabulary
from .known import known

KNOWN_FOR = 60.0  # seconds
NOTHING = '"\x02"'  # a valid expression that no article matches


def teach_search(conn: sqlite3.Connection) -> None:
    """Register `escape_fts` on a connection to an archive; other databases keep Datasette's."""
    try:
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return
        open_vocabulary(conn)
    except sqlite3.Error:  # an empty or damaged file: its pages say so
        return
    words: frozenset[str] = frozenset()
    until = 0.0

    def escape_fts(typed: object) -> str:
        nonlocal words, until
        if time.monotonic() > until:
            words, until = known(conn).words, time.monotonic() + KNOWN_FOR
        return query(conn, str(typed), words).expression or NOTHING

    conn.create_function("escape_fts", 1, escape_fts)
