"""The archive: one SQLite file that remembers the crawl, the articles and what they say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import Any, Self, TypeVar

from sqlite_utils import Database

from pipelines.items import Article, Failure, Page, Reading, Skipped, Visit

from . import forgetting
from .claims import OnClaims
from .database import connect, is_older
from .errors import told_plainly
from .forgetting import Forgotten
from .frontier import UrlTable
from .hosts import Host, read_host, write_host
from .mending import mended
from .rhythm import Rhythm
from .snapshots import Snapshots
from .times import stamp
from .transaction import Transaction
from .visits import Written, record

Item = TypeVar("Item")
W = TypeVar("W")
# What SQLite, or Python before it, may object to in one page's values; the other pages are written all the same.
UNSTORABLE = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.ProgrammingError, UnicodeError, OverflowError)


@dataclass(frozen=True, slots=True)
class Result:
    """What is written of one URL: what came of it, what it holds, what was read in it."""

    visit: Visit
    article: Article | Skipped | None = None
    reading: Reading | None = None


class Archive:
    """An open archive. Open it with `Archive.open`, as a context manager or until `close`; threads may share it.

    `rhythms` holds the intervals of single sites; the others follow `rhythm`. `on_claims(conn, article_id, matches)` is
    called within the transaction after an article's claims changed, with the ids of the matches it was tied to before.
    """

    def __init__(
        self, path: Path, conn: sqlite3.Connection, rhythm: Rhythm | None = None, on_claims: OnClaims | None = None
    ) -> None:
        self.path, self.conn = path, conn
        self.db = Database(conn, execute_plugins=False)
        self.rhythm, self.rhythms = rhythm or Rhythm(), dict[str, Rhythm]()
        self.on_claims = on_claims
        self.frontier = UrlTable(self._writing, self.reading, self.rhythm_of)
        self.snapshots, self._lock = Snapshots(), RLock()

    @classmethod
    def open(
        cls,
        path: str | Path,
        *,
        create: bool = True,
        read_only: bool = False,
        rhythm: Rhythm | None = None,
        on_claims: OnClaims | None = None,
        timeout: float = 30.0,
    ) -> Self:
        """The archive at that path, brought up to today's version; ArchiveError in one sentence if that cannot be.
        `timeout` is how many seconds to wait for another writer."""
        file = Path(path)
        with told_plainly(file):
            if read_only and is_older(file, timeout):  # brought up to date once; who cannot write it is told so
                connect(file, create=False, read_only=False, timeout=timeout).close()
            return cls(file, connect(file, create=create, read_only=read_only, timeout=timeout), rhythm, on_claims)

    def close(self) -> None:
        """Close the file; nothing is pending."""
        with self._lock:
            self.conn.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def rhythm_of(self, site: str) -> Rhythm:
        return self.rhythms.get(site, self.rhythm)

    # --- transactions

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, for a question."""
        with self._lock, told_plainly(self.path):
            yield self.conn

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A transaction: all of it is written when the block ends, or nothing of it."""
        with self._lock, told_plainly(self.path):
            pen = Transaction(self.conn, self.snapshots, self.on_claims)
            self.conn.execute("BEGIN IMMEDIATE")
            try:
                yield pen
                pen.finish()
                self.conn.execute("COMMIT")
            except BaseException:
                self.snapshots.reset()
                if self.conn.in_transaction:  # on a full disk SQLite has rolled back by itself
                    self.conn.execute("ROLLBACK")
                raise

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self.transaction() as pen:
            yield pen.conn

    # --- what was crawled

    def write(self, visit: Visit, article: Article | Skipped | None = None, reading: Reading | None = None) -> Written:
        """Write one visit, whole or not at all: its URL's state, pages, article, claims and the URLs that it led to."""
        return self.write_many([Result(visit, article, reading)])[0]

    def write_many(self, results: Iterable[Result]) -> list[Written]:
        """Write several visits in one transaction, which is faster; a page whose values cannot be stored becomes a
        failure of its own and harms no other."""
        with self.transaction() as pen:
            return [self._write_alone(pen, result) for result in results]

    def _write_alone(self, pen: Transaction, result: Result) -> Written:
        visit = result.visit

        def write(item: Result) -> Written:
            return record(pen, item.visit, item.article, item.reading, self.rhythm_of(visit.site))

        def fail(error: str) -> Written:
            failure = Failure("unstorable", error, retry=False)
            return write(Result(Visit(visit.url, visit.site, visit.role, visit.at, failure=failure)))

        return self.alone(pen, result, write, fail)

    @staticmethod
    def alone(pen: Transaction, item: Item, write: Callable[[Item], W], fail: Callable[[str], W]) -> W:
        """Write one item within a transaction so that it can fail alone: as it is, else with its values mended, else
        what `fail` writes of the error."""
        try:
            with pen.savepoint():
                return write(item)
        except UNSTORABLE:
            item = mended(item)
        try:
            with pen.savepoint():
                return write(item)
        except UNSTORABLE as error:
            return fail(f"{type(error).__name__}: {error}")

    def forget(self, url: str, now: datetime) -> Forgotten:
        """Take the article of a URL down for good, under all its addresses."""
        with self.transaction() as pen:
            return forgetting.forget(pen, url, stamp(now))

    def pages_of(self, article_id: int) -> tuple[Page, ...]:
        """The pages that an article was read from, as fetched."""
        with self.reading() as conn:
            row = conn.execute("SELECT source_id FROM articles WHERE id = ?", (article_id,)).fetchone()
            return self.snapshots.pages_of(conn, row[0]) if row else ()

    # --- sites, hosts, runs

    def declare_site(self, name: str, title: str, home: str, language: str = "it") -> None:
        """Give a site the title and home that pages show."""
        with self._writing() as conn:
            conn.execute(
                "INSERT INTO sites VALUES (?, ?, ?, ?) ON CONFLICT (name) DO UPDATE"
                " SET title = excluded.title, home = excluded.home, language = excluded.language",
                (name, title, home, language),
            )

    def host(self, host: str) -> Host:
        """What is remembered of scheme://host[:port]."""
        with self.reading() as conn:
            return read_host(conn, host)

    def remember_host(self, host: Host) -> None:
        """Remember this of a host, in place of what was."""
        with self._writing() as conn:
            write_host(conn, host)

    def start_run(self, site: str | None, now: datetime) -> int:
        """A new row of crawl_runs; its id goes with leases and failures."""
        with self._writing() as conn:
            if site is not None:
                conn.execute("INSERT OR IGNORE INTO sites (name) VALUES (?)", (site,))
            cursor = conn.execute("INSERT INTO crawl_runs (site, started) VALUES (?, ?)", (site, stamp(now)))
            assert cursor.lastrowid is not None
            return cursor.lastrowid

    def end_run(self, run: int, now: datetime, reason: str, counts: Mapping[str, Any]) -> None:
        """Note how a run ended."""
        with self._writing() as conn:
            conn.execute(
                "UPDATE crawl_runs SET ended = ?, reason = ?, counts = ? WHERE id = ?",
                (stamp(now), reason, json.dumps(dict(counts), sort_keys=True), run),
            )
