"""Joining many articles at once: a match that ten papers tell within a minute is made once, not ten times.

`postpone` notes an article within the transaction that writes it, so that a kill loses nothing; `join_postponed` joins
what was noted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from .joining import join_articles


def postpone(conn: sqlite3.Connection, article_id: int, before: Sequence[str]) -> None:
    """Note that an article's claims changed; `before` are the matches that it told until now."""
    row = conn.execute("SELECT before FROM unjoined WHERE article_id = ?", (article_id,)).fetchone()
    known = json.loads(row[0]) if row else []
    told = json.dumps(sorted({*known, *before}))
    conn.execute("INSERT OR REPLACE INTO unjoined VALUES (?, ?)", (article_id, told))


def join_postponed(conn: sqlite3.Connection, limit: int = 500) -> int:
    """Join the articles noted longest ago, inside the caller's transaction; how many there were."""
    rows = conn.execute("SELECT article_id, before FROM unjoined ORDER BY article_id LIMIT ?", (limit,)).fetchall()
    join_articles(conn, [(article_id, json.loads(before)) for article_id, before in rows])
    conn.executemany("DELETE FROM unjoined WHERE article_id = ?", [(article_id,) for article_id, _ in rows])
    return len(rows)
