"""Dropping what the schedule does not keep: old stored pages, old failures, old runs; articles and matches stay."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.schedule.pace import STAMP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from crawler.schedule.rules import Schedule
    from pipelines.archive import Archive

BATCH = 500  # rows a transaction: a crawl that writes at the same time waits some milliseconds only

# Earlier looks at a URL: what its last look brought is always kept, since `scrapy reread` reads that.
VERSIONS = """
SELECT url_id, fetched, number FROM pages WHERE fetched < :before
AND EXISTS (SELECT 1 FROM pages AS later WHERE later.url_id = pages.url_id AND later.fetched > pages.fetched)
"""
SKIPPED = """
SELECT url_id, fetched, number FROM pages WHERE fetched < :before
AND (SELECT article_id IS NULL AND state = 'skipped' FROM urls WHERE id = url_id)
"""
UNUSED_SNAPSHOTS = "SELECT id FROM snapshots WHERE NOT EXISTS (SELECT 1 FROM pages WHERE snapshot_id = snapshots.id)"
# The newest of a site stays: it compresses the site's next page.
UNUSED_DICTIONARIES = """
SELECT id FROM dictionaries WHERE id <> (SELECT max(id) FROM dictionaries AS own WHERE own.site = dictionaries.site)
AND NOT EXISTS (SELECT 1 FROM snapshots WHERE snapshots.site = dictionaries.site AND dictionary_id = dictionaries.id)
"""
USED = {
    "snapshots": "pages WHERE snapshot_id = snapshots.id",
    "dictionaries": "snapshots WHERE snapshots.site = dictionaries.site AND dictionary_id = dictionaries.id",
}


def prune(archive: Archive, schedule: Schedule, now: datetime, dry: bool = False) -> Counter[str]:
    """Drop what is older than the schedule keeps; how much of what. `dry`: count only."""
    done: Counter[str] = Counter()

    def before(keep: timedelta | None) -> str:
        return (now - keep).strftime(STAMP) if keep is not None else ""

    pages = (
        ("earlier looks", VERSIONS, schedule.keep_versions),
        ("pages without article", SKIPPED, schedule.keep_skipped),
    )
    for name, question, keep in pages:
        done[name] += drop(archive, "pages", "url_id, fetched, number", question, before(keep), dry)
    if not dry:  # what is unused shows only after the pages went
        done["snapshots"] += drop(archive, "snapshots", "id", UNUSED_SNAPSHOTS, "")
        done["dictionaries"] += drop(archive, "dictionaries", "id", UNUSED_DICTIONARIES, "")
    old_failures = "SELECT id FROM failures WHERE at < :before"
    done["failures"] += drop(archive, "failures", "id", old_failures, before(schedule.keep_failures), dry)
    done["runs"] += drop_runs(archive, before(schedule.keep_runs), dry)
    return done


def drop(archive: Archive, table: str, key: str, question: str, before: str, dry: bool = False) -> int:
    """Delete the rows whose keys the question gives, some at a time; how many there were. Asked again row by row, since
    a crawl may have come to need one meanwhile."""
    with archive.reading() as conn:
        keys = conn.execute(question, {"before": before}).fetchall()
    if not dry:
        marks = ", ".join("?" * len(key.split(", ")))
        guard = f" AND NOT EXISTS (SELECT 1 FROM {USED[table]})" if table in USED else ""
        in_batches(archive, keys, f"DELETE FROM {table} WHERE ({key}) = ({marks}){guard}")
    return len(keys)


def drop_runs(archive: Archive, before: str, dry: bool) -> int:
    """Delete old runs. URLs and failures that name them forget who it was; no index leads from a run to them, so the
    two tables are walked through once, and nothing is asked of them for each run."""
    with archive.reading() as conn:
        keys = conn.execute(
            "SELECT id FROM crawl_runs WHERE started < ? AND id NOT IN"
            " (SELECT max(id) FROM crawl_runs GROUP BY site UNION SELECT min(id) FROM crawl_runs GROUP BY site)",
            (before,),
        ).fetchall()
        if dry or not keys:
            return len(keys)
        gone = {key for (key,) in keys}
        named = {
            table: [
                (row,)
                for row, run in conn.execute(f"SELECT id, run_id FROM {table} WHERE run_id <= ?", (max(gone),))
                if run in gone
            ]
            for table in ("urls", "failures")
        }
    for table, rows in named.items():
        in_batches(archive, rows, f"UPDATE {table} SET run_id = NULL WHERE id = ?")
    archive.conn.execute("PRAGMA foreign_keys = OFF")  # checking each run would search all URLs for it
    try:
        in_batches(archive, keys, "DELETE FROM crawl_runs WHERE id = ?")
    finally:
        archive.conn.execute("PRAGMA foreign_keys = ON")
    return len(keys)


def in_batches(archive: Archive, keys: Sequence[tuple[Any, ...]], statement: str) -> None:
    """Run a statement for each key, some at a time, each time in a transaction of its own."""
    for start in range(0, len(keys), BATCH):
        with archive.transaction() as pen:
            pen.conn.executemany(statement, keys[start : start + BATCH])
