"""How the crawl stands: each site's last and next visit, what it yields against its usual, the queue, the lag."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from crawler.schedule.alerts import verdict
from crawler.schedule.pace import STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipelines.archive import Archive

RUNS = 20  # visits that "usual" is learned from
FAILURES_SINCE = timedelta(days=1)
LAG_SINCE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class SiteStanding:
    """One site; moments as the archive writes them."""

    site: str
    last: str | None  # start of its last visit
    outcome: str  # finished, drift, red, interrupted, running, never
    red: bool
    next: str | None
    new: int  # articles that its last visit brought
    usual: float | None  # the same of a usual visit
    waiting: int  # articles known and not yet fetched
    failures: dict[str, int] = field(default_factory=dict)  # by kind, of the last day


@dataclass(frozen=True, slots=True)
class Standing:
    """The whole archive. Lags are seconds between publication and archive, of articles published in the last week by
    sites that were already being watched."""

    at: str
    scheduler: str | None  # who keeps the schedule; None: nobody
    articles: int
    last_added: str | None
    waiting: int
    due: int  # URLs due now, looks at known articles and at ways in included
    lag_median: float | None
    lag_p95: float | None
    bytes: int  # of the archive's files
    sites: tuple[SiteStanding, ...]


def standing(archive: Archive, sites: Iterable[str], now: datetime, scheduler: str | None = None) -> Standing:
    """How the crawl stands now, for these sites."""
    with archive.reading() as conn:
        waiting: dict[str, int] = dict(
            conn.execute(
                "SELECT site, count(*) FROM urls INDEXED BY urls_due_new"
                " WHERE role = 'article' AND state = 'discovered' GROUP BY site"
            ).fetchall()
        )
        failures = recent_failures(conn, now)
        rows = tuple(site_standing(conn, archive, name, waiting.get(name, 0), failures.get(name, {})) for name in sites)
        lags = recent_lags(conn, now)
        last = conn.execute("SELECT count(*), (SELECT added FROM articles ORDER BY id DESC LIMIT 1) FROM articles")
        articles, last_added = last.fetchone()
        due = sum(due_count(conn, row.site, now) for row in rows)
    return Standing(
        at=now.strftime(STAMP),
        scheduler=scheduler,
        articles=articles,
        last_added=last_added,
        waiting=sum(waiting.values()),
        due=due,
        lag_median=median(lags) if lags else None,
        lag_p95=lags[int(len(lags) * 0.95)] if lags else None,
        bytes=sum(file.stat().st_size for file in files_of(archive.path) if file.is_file()),
        sites=rows,
    )


def site_standing(
    conn: sqlite3.Connection, archive: Archive, site: str, waiting: int, failures: dict[str, int]
) -> SiteStanding:
    runs = conn.execute(
        "SELECT started, ended, reason, counts FROM crawl_runs WHERE site = ? ORDER BY started DESC, id DESC LIMIT ?",
        (site, RUNS),
    ).fetchall()
    ended = [(reason, json.loads(counts)) for _, end, reason, counts in runs if end]
    looked = [counts.get("new", 0) for reason, counts in ended if verdict(reason, counts) is False]
    told = next((is_red for reason, counts in ended if (is_red := verdict(reason, counts)) is not None), False)
    due = archive.frontier.next_due(site)
    return SiteStanding(
        site=site,
        last=runs[0][0] if runs else None,
        outcome=outcome_of(runs[0], told) if runs else "never",
        red=bool(told),
        next=due.strftime(STAMP) if due else None,
        new=ended[0][1].get("new", 0) if ended else 0,
        usual=median(looked) if len(looked) >= 3 else None,
        waiting=waiting,
        failures=failures,
    )


def outcome_of(run: tuple[str, str | None, str | None, str], red: bool | None) -> str:
    """The last visit in a word; one without an end is running, or was killed."""
    _, ended, reason, _ = run
    if not ended:
        return "running"
    return "red" if red and reason == "finished" else reason or "finished"


def recent_failures(conn: sqlite3.Connection, now: datetime) -> dict[str, dict[str, int]]:
    """By site and kind."""
    found: dict[str, dict[str, int]] = {}
    for site, kind, count in conn.execute(
        "SELECT site, kind, count(*) FROM failures WHERE at > ? GROUP BY site, kind ORDER BY 1, 3 DESC",
        ((now - FAILURES_SINCE).strftime(STAMP),),
    ):
        found.setdefault(site, {})[kind] = count
    return found


def recent_lags(conn: sqlite3.Connection, now: datetime) -> list[float]:
    """Seconds from publication to archive, in order. What a site published before its first visit was archived late by
    nobody's fault, and a text without an hour (midnight) tells no lag."""
    since = (now - LAG_SINCE).strftime(STAMP)
    watched: dict[str, str] = dict(conn.execute("SELECT site, min(started) FROM crawl_runs GROUP BY site").fetchall())
    rows = conn.execute(
        "SELECT site, published, added FROM articles INDEXED BY articles_by_published"
        " WHERE published >= ? AND published_source NOT IN ('text', 'url')",
        (since,),
    )
    lags = [
        (datetime.fromisoformat(added) - datetime.fromisoformat(published)).total_seconds()
        for site, published, added in rows
        if published >= watched.get(site, added)
    ]
    return sorted(max(lag, 0.0) for lag in lags)


def due_count(conn: sqlite3.Connection, site: str, now: datetime) -> int:
    (count,) = conn.execute(
        "SELECT (SELECT count(*) FROM urls INDEXED BY urls_due_again WHERE site = :site AND role = 'article'"
        " AND state <> 'discovered' AND next_check <= :now)"
        " + (SELECT count(*) FROM urls INDEXED BY urls_due_entrances WHERE site = :site AND role <> 'article'"
        " AND next_check <= :now)"
        " + (SELECT count(*) FROM urls INDEXED BY urls_due_new WHERE site = :site AND role = 'article'"
        " AND state = 'discovered' AND next_check <= :now)",
        {"site": site, "now": now.strftime(STAMP)},
    ).fetchone()
    return int(count)


def files_of(path: Path) -> tuple[Path, ...]:
    """The archive's file and those that SQLite keeps beside it."""
    return tuple(Path(f"{path}{suffix}") for suffix in ("", "-wal", "-shm"))


def as_words(seconds: float | None) -> str:
    """A time in words: 45 s, 12 min, 3.5 h, 2.0 d; a dash for none.

    >>> as_words(45), as_words(7 * 60), as_words(5400), as_words(None)
    ('45 s', '7 min', '1.5 h', '–')
    """
    if seconds is None:
        return "–"
    for unit, size, form in (("d", 172_800.0, ".1f"), ("h", 5400.0, ".1f"), ("min", 90.0, ".0f")):
        if seconds >= size:
            return f"{seconds / {'d': 86_400, 'h': 3600, 'min': 60}[unit]:{form}} {unit}"
    return f"{seconds:.0f} s"


def reds(sites: Iterable[Any]) -> list[str]:
    """The names of the red ones."""
    return [site.site for site in sites if site.red]
