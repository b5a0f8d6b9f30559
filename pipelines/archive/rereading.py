"""Reading the kept pages again with today's cleaning and today's reader, without fetching anything."""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from multiprocessing import get_context
from os import cpu_count
from typing import Literal

from pipelines.items import Article, Page, Reading, Skipped, Timestamp

from .archive import Archive
from .articles import Kept, Source, keep_article, told_by
from .claims import told
from .forgetting import is_forgotten, remove_article
from .times import moment, stamp
from .transaction import Transaction

BATCH = 50  # articles a transaction: others can write in between
AHEAD = 4  # pages a worker has waiting


@dataclass(frozen=True, slots=True)
class Stored:
    """What is read again: the pages of one URL, and the date that the page leading to it told."""

    url: str
    site: str
    pages: tuple[Page, ...]
    published: Timestamp | None = None


Read = Callable[[Stored], tuple[Article | Skipped, Reading | None]]  # runs in other processes: a function of a module


@dataclass(frozen=True, slots=True)
class Reread:
    """What rereading one URL changed: `new` where nothing was read before, `lost` the other way round, `text` for any
    change of the article, `events` for a change of what it tells alone; `failed` if the reading itself broke."""

    url: str
    what: Literal["same", "new", "lost", "text", "events", "failed"]
    detail: str = ""


def reread(
    archive: Archive,
    read: Read,
    *,
    site: str | None = None,
    since: datetime | None = None,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Iterator[Reread]:
    """Read kept pages again, those of a site or fetched since a moment, and write what differs. Runs as it is iterated,
    in `workers` processes (all cores; 0: in this one); `progress` gets how many are done and how many there are."""
    urls = kept_urls(archive, site, since)
    count = cpu_count() or 1 if workers is None else workers
    done = 0
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) if count else nullcontext() as pool:
        results = readings(pool, read, (stored_pages(archive, url) for url in urls), count * AHEAD)
        while batch := list(islice(results, BATCH)):
            with archive.transaction() as pen:
                outcomes = [write_again(archive, pen, *each) for each in batch]
            done += len(batch)
            if progress:
                progress(done, len(urls))
            yield from outcomes


def kept_urls(archive: Archive, site: str | None, since: datetime | None) -> list[str]:
    """The URLs whose pages are kept, but for second addresses of an article, in the order they were met."""
    with archive.reading() as conn:
        rows = conn.execute(
            "SELECT url FROM urls WHERE id IN (SELECT url_id FROM pages WHERE fetched >= :since)"
            " AND (:site IS NULL OR site = :site)"
            " AND (article_id IS NULL OR id = (SELECT source_id FROM articles WHERE id = urls.article_id)) ORDER BY id",
            {"site": site, "since": stamp(since) if since else ""},
        )
        return [row[0] for row in rows]


def stored_pages(archive: Archive, url: str) -> Stored:
    with archive.reading() as conn:
        url_id, site, published = conn.execute("SELECT id, site, published FROM urls WHERE url = ?", (url,)).fetchone()
        hint = Timestamp(moment(published), told_by(conn, url_id)) if published else None
        return Stored(url, site, archive.snapshots.pages_of(conn, url_id), hint)


Outcome = tuple[Stored, Article | Skipped | None, Reading | None, str]


def readings(pool: Executor | None, read: Read, stored: Iterable[Stored], ahead: int) -> Iterator[Outcome]:
    """What each reads as, in order; at most `ahead` are in memory at once."""
    if pool is None:
        yield from (read_safely(read, each) for each in stored)
        return
    waiting: deque[Future[Outcome]] = deque()
    for each in stored:
        waiting.append(pool.submit(read_safely, read, each))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def read_safely(read: Read, stored: Stored) -> Outcome:
    """One page that breaks the reader is told of, and stops no other."""
    try:
        return stored, *read(stored), ""
    except Exception as error:  # noqa: BLE001 (what a bad page does to a reader is not known)
        return stored, None, None, f"{type(error).__name__}: {error}"


def write_again(
    archive: Archive, pen: Transaction, stored: Stored, article: Article | Skipped | None, reading: Reading | None,
    broken: str,
) -> Reread:  # fmt: skip
    """Write one rereading within a transaction."""
    if article is None:
        return Reread(stored.url, "failed", broken)
    return archive.alone(
        pen,
        (article, reading),
        lambda item: record_again(pen, stored, *item),
        lambda error: Reread(stored.url, "failed", error),
    )


def record_again(pen: Transaction, stored: Stored, article: Article | Skipped, reading: Reading | None) -> Reread:
    """Put today's reading in the place of the one before; the crawl's memory keeps its times."""
    conn = pen.conn
    url_id, article_id, published = conn.execute(
        "SELECT id, article_id, published FROM urls WHERE url = ?", (stored.url,)
    ).fetchone()
    if isinstance(article, Article) and is_forgotten(conn, (stored.url, article.url), stored.site, article.hash):
        article = Skipped("forgotten")
    if isinstance(article, Skipped):
        if article_id is not None:
            remove_article(pen, article_id)
        set_state(conn, url_id, "skipped", article.reason, None)
        return Reread(stored.url, "same" if article_id is None else "lost", article.reason)
    source = Source(url_id, stored.url, stored.site, article_id, published)
    kept = keep_article(pen, source, article, told(reading), stamp(stored.pages[0].fetched), reread=True)
    if article_id is None:
        set_state(conn, url_id, "fetched", None, kept.article_id)
    return Reread(stored.url, what_changed(kept))


def what_changed(kept: Kept) -> Literal["same", "new", "text", "events"]:
    if kept.new:
        return "new"
    return "text" if kept.changed else "events" if kept.retold else "same"


def set_state(conn: sqlite3.Connection, url_id: int, state: str, reason: str | None, article_id: int | None) -> None:
    """A URL that failed since, or is leased, keeps its state."""
    conn.execute(
        "UPDATE urls SET article_id = :article_id,"
        " reason = CASE WHEN state IN ('fetched', 'skipped') THEN :reason ELSE reason END,"
        " state = CASE WHEN state IN ('fetched', 'skipped') THEN :state ELSE state END WHERE id = :id",
        {"id": url_id, "state": state, "reason": reason, "article_id": article_id},
    )
