"""Many papers' tellings of one match, joined."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence


def join_article(conn: sqlite3.Connection, article_id: int, before: Sequence[str]) -> None:
    """Tie an article's frames to their matches and fuse what is claimed of them, inside the caller's
    transaction; `before` are the matches that it told until now."""
