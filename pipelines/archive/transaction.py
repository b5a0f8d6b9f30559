"""What is written together: one transaction of the archive, and what has to be done before it ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from .claims import OnClaims
from .search import Index
from .snapshots import Shelf, Snapshots


@dataclass(slots=True)
class Transaction:
    """The pen that every writing function holds."""

    conn: sqlite3.Connection
    snapshots: Snapshots
    on_claims: OnClaims | None = None
    index: Index = field(default_factory=Index)
    shelf: Shelf = field(default_factory=Shelf)
    _forgets: bool | None = None

    @property
    def forgets(self) -> bool:
        """Whether the archive has forgotten anything at all; asked once a transaction."""
        if self._forgets is None:
            self._forgets = self.conn.execute("SELECT 1 FROM forgotten LIMIT 1").fetchone() is not None
        return self._forgets

    def claims_changed(self, article_id: int, ties: tuple[str, ...]) -> None:
        """Tell who fuses claims that an article's changed; `ties` are the matches that it was tied to before."""
        if self.on_claims:
            self.on_claims(self.conn, article_id, ties)

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """All of the block is written, or nothing of it; what else the transaction wrote stays."""
        noted, shelved = self.index.mark(), self.shelf.mark()
        self.conn.execute("SAVEPOINT one_page")
        try:
            yield
        except BaseException:
            self.index.back_to(noted)
            self.shelf.back_to(shelved)
            if self.conn.in_transaction:  # not on a full disk: SQLite has rolled back all of it
                self.conn.execute("ROLLBACK TO one_page")
            raise
        finally:
            if self.conn.in_transaction:
                self.conn.execute("RELEASE one_page")

    def finish(self) -> None:
        """Do what waits for the end."""
        self.shelf.flush(self.conn, self.snapshots)
        self.index.flush(self.conn)
