"""What is written together: one transaction of the archive, and what has to be done before it ends."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from .claims import OnClaims
from .search import Index
from .snapshots import Snapshots


@dataclass(slots=True)
class Transaction:
    """The pen that every writing function holds."""

    conn: sqlite3.Connection
    snapshots: Snapshots
    on_claims: OnClaims | None = None
    index: Index = field(default_factory=Index)

    def claims_changed(self, article_id: int, ties: tuple[str, ...]) -> None:
        """Tell who fuses claims that an article's changed; `ties` are the matches that it was tied to before."""
        if self.on_claims:
            self.on_claims(self.conn, article_id, ties)
