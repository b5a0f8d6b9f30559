"""Keeping an article: one row per canonical URL, its words, its versions, its names, what it says."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pipelines.items import Article, Timestamp

from .claims import Told, as_text, drop_told, keep_told
from .copies import bands, original
from .search import words_of
from .times import stamp_or_none
from .transaction import Transaction

# The columns that come from the page, in the order of `columns_of`.
FROM_PAGE = (
    "title", "subtitle", "published", "published_source", "modified", "modified_source", "section", "image",
    "language", "completeness", "pages", "words", "method", "hash", "band1", "band2", "band3", "band4",
)  # fmt: skip
STORED = ("id", "url", "source_id", "reader", "reading_hash", "changed", *FROM_PAGE)
SELECT = f"SELECT {', '.join(STORED)} FROM articles WHERE "
INSERT = (
    "INSERT INTO articles (url, site, copy_of, source_id, kind, reader, reading_hash, added, changed,"
    f" {', '.join(FROM_PAGE)}) VALUES ({', '.join('?' * (9 + len(FROM_PAGE)))})"
)
UPDATE = (
    f"UPDATE articles SET site = ?, copy_of = ?, source_id = ?, changed = ?, {' = ?, '.join(FROM_PAGE)} = ?"
    " WHERE id = ?"
)
RELATED = 0.3  # of their words in common: an AMP page of half the article shares more, two articles of a site less


@dataclass(frozen=True, slots=True)
class Source:
    """The URL that an article is kept for."""

    id: int
    url: str
    site: str
    article_id: int | None
    published: str | None  # as the feed or sitemap that led there tells


@dataclass(frozen=True, slots=True)
class Kept:
    """What keeping did: `changed` if the words did, `retold` if what they tell did, `own` if the article follows this
    URL and not another one."""

    article_id: int
    new: bool = False
    changed: bool = False
    retold: bool = False
    own: bool = True


def keep_article(pen: Transaction, source: Source, article: Article, told: Told, at: str, reread: bool = False) -> Kept:
    """Store the article that a URL shows. The same words again change nothing; `reread` also renews what else was read
    from the page, and makes no version, since the paper edited nothing."""
    stored, url = find(pen.conn, source, article)
    if stored is None:
        return insert(pen, source, article, told, at, url)
    moves = stored["source_id"] != source.id
    if moves and source.url != stored["url"]:
        return Kept(stored["id"], own=False)
    columns = columns_of(pen.conn, source, article, bool(told.frames))
    words_same = all(stored[name] == columns[name] for name in ("title", "subtitle", "hash"))
    same = words_same and not moves and not (reread and any(stored[name] != columns[name] for name in FROM_PAGE))
    if not same:
        update(pen, source, article, stored, columns, at, version=not words_same and not reread)
    retold = told.hash != stored["reading_hash"] and bool(told.hash or not words_same)
    if retold:
        renew_told(pen, stored["id"], told)
    return Kept(stored["id"], changed=not same, retold=retold)


def find(conn: sqlite3.Connection, source: Source, article: Article) -> tuple[dict[str, Any] | None, str]:
    """The article that this URL is about, if it is stored: what it gave before, or the one of its canonical URL. And
    the URL that a new one is kept under."""
    if source.article_id is not None:
        return fetch(conn, "id = ?", source.article_id), article.url
    stored = fetch(conn, "url = ?", article.url)
    if stored is None or related(conn, stored, article):
        return stored, article.url
    if source.url == article.url:  # another page gave itself out for this one: it is looked at again, alone
        conn.execute(
            "UPDATE urls SET article_id = NULL, state = 'discovered', next_check = discovered WHERE id = ?",
            (stored["source_id"],),
        )
        return stored, article.url
    return fetch(conn, "url = ?", source.url), source.url


def fetch(conn: sqlite3.Connection, where: str, value: int | str) -> dict[str, Any] | None:
    row = conn.execute(SELECT + where, (value,)).fetchone()
    return dict(zip(STORED, row, strict=True)) if row else None


def related(conn: sqlite3.Connection, stored: dict[str, Any], article: Article) -> bool:
    """Whether two pages with one canonical URL show one article: broken sites name their home in all of them."""
    if stored["hash"] == article.hash or stored["title"].casefold() == article.title.casefold():
        return True
    ours, theirs = set(article.text.split()), set(words_of(conn, stored["id"])[2].split())
    return len(ours & theirs) > RELATED * min(len(ours), len(theirs))


def insert(pen: Transaction, source: Source, article: Article, told: Told, at: str, url: str) -> Kept:
    conn = pen.conn
    columns = columns_of(conn, source, article, bool(told.frames))
    copy_of = original_of(conn, source, article, columns, None)
    cursor = conn.execute(
        INSERT,
        (url, source.site, copy_of, source.id, told.kind, told.reader, told.hash, at, at, *columns.values()),
    )
    article_id = cursor.lastrowid
    assert article_id is not None
    conn.execute("INSERT INTO bodies VALUES (?, ?, ?, ?)", (article_id, *body_of(article)))
    name_rows(conn, article_id, article)
    pen.index.note(article_id, None)
    if told.hash:
        keep_told(conn, article_id, told)
        pen.claims_changed(article_id, ())
    return Kept(article_id, new=True, changed=True)


def update(
    pen: Transaction,
    source: Source,
    article: Article,
    stored: dict[str, Any],
    columns: dict[str, Any],
    at: str,
    version: bool,
) -> None:
    """Write the article over what is stored, which keeps its URL; `version` keeps the words before."""
    conn, article_id = pen.conn, stored["id"]
    before = words_of(conn, article_id)
    if version:
        conn.execute(
            "INSERT INTO article_versions"
            " SELECT ?, 1 + count(*), ?, ?, ?, ?, ? FROM article_versions WHERE article_id = ?",
            (article_id, stored["changed"], *before, stored["hash"], article_id),
        )
    copy_of = original_of(conn, source, article, columns, article_id)
    changed = at if version else stored["changed"]
    conn.execute(UPDATE, (source.site, copy_of, source.id, changed, *columns.values(), article_id))
    conn.execute(
        "UPDATE bodies SET text = ?, headings = ?, links = ? WHERE article_id = ?", (*body_of(article), article_id)
    )
    conn.execute("DELETE FROM article_authors WHERE article_id = ?", (article_id,))
    conn.execute("DELETE FROM article_tags WHERE article_id = ?", (article_id,))
    name_rows(conn, article_id, article)
    pen.index.note(article_id, before)


def renew_told(pen: Transaction, article_id: int, told: Told) -> None:
    """Put what today's reading says in the place of what an older one said."""
    ties = drop_told(pen.conn, article_id)
    pen.conn.execute(
        "UPDATE articles SET kind = ?, reader = ?, reading_hash = ? WHERE id = ?",
        (told.kind, told.reader, told.hash, article_id),
    )
    keep_told(pen.conn, article_id, told)
    pen.claims_changed(article_id, ties)


def original_of(
    conn: sqlite3.Connection, source: Source, article: Article, columns: dict[str, Any], article_id: int | None
) -> int | None:
    """The article that this one copies."""
    its_bands = columns["band1"], columns["band2"], columns["band3"], columns["band4"]
    return original(conn, article.hash, article.text, its_bands, source.site, article_id)


def columns_of(conn: sqlite3.Connection, source: Source, article: Article, tells_a_match: bool) -> dict[str, Any]:
    published = time_and_source(article.published)
    if published == (None, None) and source.published:
        published = source.published, told_by(conn, source.id)
    values = (
        article.title,
        article.subtitle,
        *published,
        *time_and_source(article.modified),
        article.section,
        article.image,
        article.language,
        article.completeness,
        article.pages,
        1 + article.text.count(" ") + article.text.count("\n"),  # a clean text has single blanks
        article.method,
        article.hash,
        *bands(article.text, tells_a_match),
    )
    return dict(zip(FROM_PAGE, values, strict=True))


def time_and_source(time: Timestamp | None) -> tuple[str | None, str | None]:
    text = stamp_or_none(time.value) if time else None
    return (text, time.source) if time and text else (None, None)


def told_by(conn: sqlite3.Connection, url_id: int) -> str:
    """The role of the page that led to a URL: where its date was read when the article itself has none."""
    row = conn.execute(
        "SELECT role FROM urls WHERE id = (SELECT found_on FROM urls WHERE id = ?)", (url_id,)
    ).fetchone()
    return row[0] if row else "feed"


def body_of(article: Article) -> tuple[str, str, str]:
    return article.text, as_text(article.headings), as_text([(link.url, link.text) for link in article.links])


def name_rows(conn: sqlite3.Connection, article_id: int, article: Article) -> None:
    keep_names(conn, article_id, article.authors, "authors", "article_authors", "author_id")
    keep_names(conn, article_id, article.tags, "tags", "article_tags", "tag_id")


def keep_names(
    conn: sqlite3.Connection, article_id: int, names: Iterable[str], table: str, links: str, column: str
) -> None:
    rows = [(article_id, number, name) for number, name in enumerate(dict.fromkeys(names), start=1)]
    link = f"INSERT OR IGNORE INTO {links} (article_id, {column}, number) SELECT ?, id, ? FROM {table} WHERE name = ?"
    if rows and conn.executemany(link, rows).rowcount < len(rows):  # a name is new
        conn.executemany(f"INSERT OR IGNORE INTO {table} (name) VALUES (?)", [(name,) for *_, name in rows])
        conn.executemany(link, rows)
