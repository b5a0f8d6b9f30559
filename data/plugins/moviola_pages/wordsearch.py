"""The search in SQL: `mv_query(typed)` for our page, and the `escape_fts(typed)` that Datasette wraps around what is
typed into its own `_search`; so both find the same."""

from __future__ import annotations

import json
import sqlite3
import time
from dataclasses import asdict

from .archive import APPLICATION_ID
from .asking import Query, query
from .italian import open_vocabulary
from .known import known

KNOWN_FOR = 60.0  # seconds that the names of players, and the forms of a word, serve
MOST_KEPT = 200  # queries
NOTHING = '"\x02"'  # a valid expression that no article matches


class Asker:
    """Puts what is typed into FTS5's words, on a connection of its own: a temporary table on Datasette's would make it
    announce an attached database."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._conn: sqlite3.Connection | None = None
        self._names: frozenset[str] = frozenset()
        self._queries: dict[str, Query] = {}
        self._until = 0.0

    def ask(self, typed: str) -> Query:
        """The query that a typed text stands for."""
        if self._conn is None:
            self._conn = opened(self._path)
        if time.monotonic() > self._until:
            self._names, self._until = known(self._conn).words, time.monotonic() + KNOWN_FOR
            self._queries.clear()
        if typed not in self._queries:  # the vocabulary counts a word's articles one by one: 10 ms for a common word
            if len(self._queries) >= MOST_KEPT:
                self._queries.clear()
            self._queries[typed] = query(self._conn, typed, self._names)
        return self._queries[typed]


def opened(path: str) -> sqlite3.Connection:
    """A read-only connection with its vocabulary open; where the folder cannot be written, as one that stays."""
    for mode in ("mode=ro", "immutable=1"):
        try:
            conn = sqlite3.connect(f"file:{path_in_uri(path)}?{mode}", uri=True, check_same_thread=False)
            open_vocabulary(conn)
        except sqlite3.Error as error:
            failed = error
        else:
            return conn
    raise failed


def path_in_uri(path: str) -> str:
    return path.replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def teach_search(conn: sqlite3.Connection) -> None:
    """Register both functions on a connection to an archive; other databases keep Datasette's."""
    try:
        if conn.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            return
        path = next(str(row[2]) for row in conn.execute("PRAGMA database_list") if row[1] == "main")
    except sqlite3.Error:  # an empty or damaged file: its pages say so
        return
    asker = Asker(path)
    conn.create_function("mv_query", 1, lambda typed: json.dumps(asdict(asker.ask(str(typed)))))
    conn.create_function("escape_fts", 1, lambda typed: asker.ask(str(typed)).expression or NOTHING)


def asked(conn: sqlite3.Connection, typed: str) -> Query:
    """As `Asker.ask`, through a connection that was taught."""
    told = json.loads(conn.execute("SELECT mv_query(?)", (typed,)).fetchone()[0])
    return Query(told["expression"], tuple(told["also"]), told["at_most"])
