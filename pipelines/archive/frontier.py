"""The crawl's memory: which URLs are known, which are due, who fetches them now.

`Frontier` is all that a crawler asks; what comes of a lease returns through `Archive.write`. `UrlTable` answers from
the urls table of one archive; a shared service can stand behind the same methods.
"""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol

from pipelines.items import Found, Lease

from .rhythm import Rhythm
from .times import moment, stamp, stamp_or_none

Opening = Callable[[], AbstractContextManager[sqlite3.Connection]]


class Frontier(Protocol):
    """What a crawler asks of the crawl's memory."""

    def add(self, found: Iterable[Found], now: datetime) -> int:
        """Remember URLs, due at once; how many were new. A forgotten URL is never added."""

    def lease(self, site: str, now: datetime, limit: int, run: int | None = None) -> list[Lease]:
        """Up to `limit` due URLs of the site for this run alone: entrances first, then the newest published."""

    def release(self, site: str, run: int | None = None) -> int:
        """Give back what the run still holds, due at once; without a run, what any run holds (of runs that were killed:
        the caller knows that none is alive). How many there were."""

    def next_due(self, site: str) -> datetime | None:
        """When the site's next URL is due; None: never."""

    def look_again(self, url: str, when: datetime) -> bool:
        """Make a known URL due then; False if it is unknown, leased or gone."""


# A page of links that its parent tells to be newer than our last visit is due again (sitemap parts with a lastmod).
ADD = """
INSERT INTO urls (url, site, role, next_check, found_on, discovered, published, title)
SELECT :url, :site, :role, :now, (SELECT id FROM urls WHERE url = :found_on), :now, :published, :title
WHERE NOT EXISTS (SELECT 1 FROM forgotten WHERE url = :url)
ON CONFLICT (url) DO UPDATE SET
  published = excluded.published,
  next_check = CASE WHEN urls.role <> 'article' AND urls.state = 'fetched' AND excluded.published > urls.fetched
               THEN excluded.next_check ELSE urls.next_check END
WHERE excluded.published IS NOT NULL AND (
  urls.published IS NULL OR urls.role <> 'article' AND urls.state = 'fetched' AND excluded.published > urls.fetched)
"""

# Each part reads its own partial index and stops at the limit, so that the cost does not grow with the table.
DUE = """
SELECT * FROM (
  SELECT * FROM (SELECT {columns}, 0 AS rank FROM urls INDEXED BY urls_due_entrances
    WHERE site = :site AND role <> 'article' AND next_check <= :now ORDER BY next_check LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT {columns}, 1 AS rank FROM urls INDEXED BY urls_due_new
    WHERE site = :site AND role = 'article' AND state = 'discovered' AND next_check <= :now
    ORDER BY published DESC LIMIT :limit)
  UNION ALL
  SELECT * FROM (SELECT {columns}, 1 AS rank FROM urls INDEXED BY urls_due_again
    WHERE site = :site AND role = 'article' AND state <> 'discovered' AND next_check <= :now
    ORDER BY next_check LIMIT :limit)
) ORDER BY rank, published DESC, id LIMIT :limit
""".format(columns="id, url, role, tries, etag, last_modified, published")

NEXT_DUE = """
SELECT min(due) FROM (
  SELECT min(next_check) AS due FROM urls INDEXED BY urls_due_entrances
    WHERE site = :site AND role <> 'article' AND next_check IS NOT NULL
  UNION ALL
  SELECT * FROM (SELECT next_check FROM urls INDEXED BY urls_due_new
    WHERE site = :site AND role = 'article' AND state = 'discovered' AND next_check IS NOT NULL LIMIT 1)
  UNION ALL
  SELECT min(next_check) FROM urls INDEXED BY urls_due_again
    WHERE site = :site AND role = 'article' AND state <> 'discovered' AND next_check IS NOT NULL)
"""

RELEASE = """
UPDATE urls SET next_check = coalesce(seen, discovered), state = CASE
  WHEN tries > 0 THEN 'failed' WHEN reason IS NOT NULL THEN 'skipped' WHEN fetched IS NOT NULL THEN 'fetched'
  ELSE 'discovered' END
WHERE state = 'leased' AND site = ?
"""


class UrlTable:
    """The frontier of one archive. `writing` opens a transaction of it, `reading` its connection."""

    def __init__(self, writing: Opening, reading: Opening, rhythm_of: Callable[[str], Rhythm]) -> None:
        self._writing, self._reading, self._rhythm_of = writing, reading, rhythm_of

    def add(self, found: Iterable[Found], now: datetime) -> int:
        with self._writing() as conn:
            return add_found(conn, found, stamp(now))

    def lease(self, site: str, now: datetime, limit: int, run: int | None = None) -> list[Lease]:
        until = now + self._rhythm_of(site).lease
        with self._writing() as conn:
            due = conn.execute(DUE, {"site": site, "now": stamp(now), "limit": limit}).fetchall()
            conn.executemany(
                "UPDATE urls SET state = 'leased', next_check = ?, run_id = ? WHERE id = ?",
                [(stamp(until), run, row[0]) for row in due],
            )
        return [lease_of(site, until, row) for row in due]

    def release(self, site: str, run: int | None = None) -> int:
        with self._writing() as conn:
            if run is None:
                return conn.execute(RELEASE, (site,)).rowcount
            return conn.execute(RELEASE + " AND run_id = ?", (site, run)).rowcount

    def next_due(self, site: str) -> datetime | None:
        with self._reading() as conn:
            (due,) = conn.execute(NEXT_DUE, {"site": site}).fetchone()
        return moment(due) if due else None

    def look_again(self, url: str, when: datetime) -> bool:
        with self._writing() as conn:
            changed = conn.execute(
                "UPDATE urls SET next_check = ? WHERE url = ? AND state NOT IN ('leased', 'gone')", (stamp(when), url)
            )
            return changed.rowcount == 1


def add_found(conn: sqlite3.Connection, found: Iterable[Found], now: str) -> int:
    """Within a transaction: remember URLs; how many were new."""
    rows = [found_row(item, now) for item in found]
    if not rows:
        return 0
    conn.executemany("INSERT OR IGNORE INTO sites (name) VALUES (?)", {(row["site"],) for row in rows})
    before = last_id(conn)
    conn.executemany(ADD, rows)
    return last_id(conn) - before


def last_id(conn: sqlite3.Connection) -> int:
    """The largest id of urls: rows are never deleted, so that it counts what was inserted."""
    (largest,) = conn.execute("SELECT coalesce(max(id), 0) FROM urls").fetchone()
    return int(largest)


def found_row(item: Found, now: str) -> dict[str, str | None]:
    return {
        "url": item.url,
        "site": item.site,
        "role": item.role,
        "now": now,
        "found_on": item.found_on,
        "published": stamp_or_none(item.published),
        "title": item.title,
    }


def lease_of(site: str, until: datetime, row: tuple[Any, ...]) -> Lease:
    _id, url, role, tries, etag, last_modified, published, _rank = row
    return Lease(
        url=url,
        site=site,
        role=role,
        until=until,
        tries=tries,
        etag=etag,
        last_modified=last_modified,
        published=moment(published) if published else None,
    )
