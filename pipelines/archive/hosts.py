"""What the crawler must remember of a host to be polite after a restart."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

import sqlite3
from dataclasses import astuple, dataclass
from datetime import datetime

from .times import moment, stamp_or_none


@dataclass(frozen=True, slots=True)
class Host:
    """One host: `host` is scheme://host[:port]; delays are in seconds."""

    host: str
    robots: str | None = None
    robots_status: int | None = None
    robots_fetched: datetime | None = None
    crawl_delay: float | None = None
    retry_after_until: datetime | None = None
    backoff: float = 0.0
    failures: int = 0


COLUMNS = "host, robots, robots_status, robots_fetched, crawl_delay, retry_after_until, backoff, failures"


def read_host(conn: sqlite3.Connection, host: str) -> Host:
    """What is remembered of the host; the defaults if nothing is."""
    row = conn.execute(f"SELECT {COLUMNS} FROM hosts WHERE host = ?", (host,)).fetchone()
    if row is None:
        return Host(host)
    name, robots, status, fetched, delay, until, backoff, failures = row
    return Host(name, robots, status, moment_or_none(fetched), delay, moment_or_none(until), backoff, failures)


def write_host(conn: sqlite3.Connection, host: Host) -> None:
    """Remember the host so, and no longer as before."""
    row = [stamp_or_none(value) if isinstance(value, datetime) else value for value in astuple(host)]
    conn.execute(f"INSERT OR REPLACE INTO hosts ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)


def moment_or_none(text: str | None) -> datetime | None:
    return moment(text) if text else None
