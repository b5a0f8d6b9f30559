"""Recording what came of a visit: the state of its URL, its article, the URLs that it led to."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.items import Article, Failure, Reading, Skipped, Visit

from .articles import Kept, Source, keep_article
from .claims import told
from .forgetting import is_forgotten
from .frontier import add_found
from .rhythm import Rhythm
from .times import moment, stamp, stamp_or_none
from .transaction import Transaction

ROBOTS_AGAIN = timedelta(days=1)  # as long as RFC 9309 lets a crawler trust a robots.txt
GONE = frozenset(("http-404", "http-410"))
# Skipped pages that are not even kept as snapshots: the site, or a person, asks for that; a consent page says nothing.
NOT_KEPT = frozenset(("noarchive", "noindex", "tdm-reservation", "consent", "forgotten", "robots"))


@dataclass(frozen=True, slots=True)
class Written:
    """What writing one visit did: the URL's state, its article, whether that is new or has new words, how many URLs it
    led to that were unknown."""

    url: str
    state: str
    article_id: int | None = None
    new: bool = False
    changed: bool = False
    discovered: int = 0


@dataclass(slots=True)
class UrlRow:
    """One row of urls, as a visit finds and leaves it."""

    id: int
    url: str
    site: str
    role: str
    state: str
    next_check: str | None
    run_id: int | None
    tries: int
    reason: str | None
    etag: str | None
    last_modified: str | None
    discovered: str
    published: str | None
    found_on: int | None
    seen: str | None
    fetched: str | None
    article_id: int | None


COLUMNS = ", ".join(UrlRow.__slots__)


def record(
    pen: Transaction, visit: Visit, article: Article | Skipped | None, reading: Reading | None, rhythm: Rhythm
) -> Written:
    """Write one visit within a transaction."""
    url = known_url(pen.conn, visit)
    url.seen = stamp(visit.at)
    kept: Kept | None = None
    if visit.failure:
        note_failure(pen.conn, url, visit, visit.failure, rhythm)
    else:
        if visit.not_modified:
            url.reason = None if url.tries else url.reason
        else:
            kept = keep_page(pen, url, visit, article, reading)
        note_success(pen.conn, url, visit, rhythm)
    save(pen.conn, url)
    if kept and kept.own:
        know_address(pen.conn, url, visit)
    found = add_found(pen.conn, visit.found, url.seen)
    new, changed = (kept.new, kept.changed) if kept else (False, False)
    return Written(url.url, url.state, url.article_id, new, changed, found)


def known_url(conn: sqlite3.Connection, visit: Visit) -> UrlRow:
    """The row of the visit's URL, made now if nothing led to it."""
    row = url_row(conn, visit.url)
    if row is None:
        conn.execute("INSERT OR IGNORE INTO sites (name) VALUES (?)", (visit.site,))
        conn.execute(
            "INSERT INTO urls (url, site, role, discovered) VALUES (?, ?, ?, ?)",
            (visit.url, visit.site, visit.role, stamp(visit.at)),
        )
        row = url_row(conn, visit.url)
    assert row is not None
    return row


def url_row(conn: sqlite3.Connection, url: str) -> UrlRow | None:
    row = conn.execute(f"SELECT {COLUMNS} FROM urls WHERE url = ?", (url,)).fetchone()
    return UrlRow(*row) if row else None


def save(conn: sqlite3.Connection, url: UrlRow) -> None:
    conn.execute(
        "UPDATE urls SET state = ?, next_check = ?, tries = ?, reason = ?, etag = ?, last_modified = ?, seen = ?,"
        " fetched = ?, article_id = ? WHERE id = ?",
        (
            url.state,
            url.next_check,
            url.tries,
            url.reason,
            url.etag,
            url.last_modified,
            url.seen,
            url.fetched,
            url.article_id,
            url.id,
        ),
    )


def note_failure(conn: sqlite3.Connection, url: UrlRow, visit: Visit, failure: Failure, rhythm: Rhythm) -> None:
    """A row for the operator, and when the URL is tried again. An entrance is never given up; a URL that was not even
    asked for, since its host is left alone for now, is what it was and loses no try."""
    conn.execute(
        "INSERT INTO failures (url, site, run_id, kind, detail, at) VALUES (?, ?, ?, ?, ?, ?)",
        (url.url, url.site, url.run_id, failure.kind, failure.detail, url.seen),
    )
    article, later = url.role == "article", stamp_or_none(failure.retry_after)
    if failure.kind == "host-waits" and later:
        url.state = "failed" if url.tries else "fetched" if url.fetched else "discovered"
        url.next_check = later
        return
    url.reason = failure.kind
    if failure.kind in GONE and article:
        url.state, url.next_check = "gone", None
    elif failure.kind == "robots":
        url.state = "skipped"
        url.next_check = later or (None if article else stamp(visit.at + ROBOTS_AGAIN))
    else:
        url.state, url.tries = "failed", url.tries + 1
        again = failure.retry or not article
        due = stamp_or_none(rhythm.next_try(url.tries, visit.at, visit.role)) if again else None
        url.next_check = max(due, later) if due and later else due


def keep_page(
    pen: Transaction, url: UrlRow, visit: Visit, article: Article | Skipped | None, reading: Reading | None
) -> Kept | None:
    """Store the article that the pages hold, or why they hold none, and the pages where they are worth it."""
    url.reason = None
    url.etag, url.last_modified = validators(visit)
    if url.role != "article" and article is None:
        return None
    if pen.forgets and forgotten(pen.conn, visit, article):
        article = Skipped("forgotten")
    if isinstance(article, Article):
        source = Source(url.id, url.url, url.site, url.article_id, url.published)
        kept = keep_article(pen, source, article, told(reading), stamp(visit.at))
        url.article_id = kept.article_id
        if kept.own and kept.changed and visit.pages:
            pen.shelf.note(url.id, url.site, visit.pages)
        return kept
    url.reason = article.reason if article else "no-article"
    if visit.pages and url.reason not in NOT_KEPT and not has_pages(pen.conn, url.id):
        pen.shelf.note(url.id, url.site, visit.pages)
    return None


def forgotten(conn: sqlite3.Connection, visit: Visit, article: Article | Skipped | None) -> bool:
    """Whether a person took down what this visit shows, under any of its addresses."""
    addresses = {visit.url, *(page.final_url for page in visit.pages)}
    words = None
    if isinstance(article, Article):
        addresses.add(article.url)
        words = article.hash
    return is_forgotten(conn, addresses, visit.site, words)


def has_pages(conn: sqlite3.Connection, url_id: int) -> bool:
    return conn.execute("SELECT 1 FROM pages WHERE url_id = ? LIMIT 1", (url_id,)).fetchone() is not None


def validators(visit: Visit) -> tuple[str | None, str | None]:
    """What a conditional GET sends the next time."""
    headers = visit.pages[0].headers if visit.pages else {}
    return headers.get("etag"), headers.get("last-modified")


def note_success(conn: sqlite3.Connection, url: UrlRow, visit: Visit, rhythm: Rhythm) -> None:
    """The state of a URL that answered, and when it is visited again."""
    url.tries, url.fetched = 0, url.seen
    if url.reason:
        url.state, url.next_check = "gone" if url.reason == "forgotten" else "skipped", None
    elif url.role == "article":
        url.state, url.next_check = "fetched", stamp_or_none(next_look(conn, url, visit, rhythm))
    else:  # what an entrance led to is visited again when the entrance tells that it is newer
        url.state = "fetched"
        url.next_check = stamp(visit.at + rhythm.entrances) if url.found_on is None else None


def next_look(conn: sqlite3.Connection, url: UrlRow, visit: Visit, rhythm: Rhythm) -> datetime | None:
    """When an article is read again; never through a second address of it."""
    row = conn.execute(
        "SELECT source_id, coalesce(published, ?), kind FROM articles WHERE id = ?",
        (url.published or url.discovered, url.article_id),
    ).fetchone()
    if row is None or row[0] != url.id:
        return None
    return rhythm.next_look(moment(row[1]), visit.at, live=row[2] == "live")


def know_address(conn: sqlite3.Connection, url: UrlRow, visit: Visit) -> None:
    """Where redirects ended is the same article: it need not be fetched under that address too."""
    final = visit.pages[0].final_url if visit.pages else url.url
    if final != url.url:
        conn.execute(
            "INSERT INTO urls (url, site, role, state, found_on, discovered, article_id)"
            " VALUES (?, ?, 'article', 'fetched', ?, ?, ?)"
            " ON CONFLICT (url) DO UPDATE SET state = 'fetched', next_check = NULL, article_id = excluded.article_id"
            " WHERE urls.role = 'article' AND urls.state = 'discovered'",
            (final, url.site, url.id, url.seen, url.article_id),
        )
