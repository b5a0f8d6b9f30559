"""Taking an article down for good."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from .claims import drop_told
from .search import words_of
from .transaction import Transaction

NAMES = (("authors", "article_authors", "author_id"), ("tags", "article_tags", "tag_id"))


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was taken down: the addresses that stay away, and whether an article was stored."""

    urls: tuple[str, ...]
    article_id: int | None


def forget(pen: Transaction, url: str, at: str) -> Forgotten:
    """Remove the article that a URL shows, with all that was kept of it, and bar all its addresses."""
    conn = pen.conn
    row = conn.execute(
        "SELECT id, hash, site FROM articles WHERE url = ? OR id = (SELECT article_id FROM urls WHERE url = ?)",
        (url, url),
    ).fetchone()
    article_id, words, site = row or (None, None, None)
    urls = addresses(conn, url, article_id)
    conn.executemany("INSERT OR IGNORE INTO forgotten VALUES (?, ?, ?, ?)", [(each, words, site, at) for each in urls])
    if article_id is not None:
        remove_article(pen, article_id)
    for each in urls:
        drop_pages(conn, each)
    conn.executemany(
        "UPDATE urls SET state = 'gone', reason = 'forgotten', next_check = NULL, title = NULL, etag = NULL,"
        " last_modified = NULL WHERE url = ?",
        [(each,) for each in urls],
    )
    return Forgotten(tuple(urls), article_id)


def is_forgotten(conn: sqlite3.Connection, urls: Iterable[str], site: str, words: str | None) -> bool:
    """Whether any of these addresses, or these words at this site, were taken down."""
    if words and conn.execute("SELECT 1 FROM forgotten WHERE hash = ? AND site = ?", (words, site)).fetchone():
        return True
    return any(conn.execute("SELECT 1 FROM forgotten WHERE url = ?", (url,)).fetchone() for url in urls)


def addresses(conn: sqlite3.Connection, url: str, article_id: int | None) -> list[str]:
    """The URL and every other address of its article, in order, but for those that show another article."""
    rows = conn.execute(
        "SELECT url FROM urls WHERE article_id = :id UNION SELECT url FROM articles WHERE id = :id UNION SELECT :url"
        " UNION SELECT final_url FROM pages JOIN urls ON urls.id = url_id WHERE (article_id = :id OR urls.url = :url)"
        " AND NOT EXISTS (SELECT 1 FROM urls AS other"
        " WHERE other.url = final_url AND other.article_id <> coalesce(:id, 0)) ORDER BY 1",
        {"id": article_id, "url": url},
    )
    return [row[0] for row in rows]


def remove_article(pen: Transaction, article_id: int) -> None:
    """Take an article out of every table but the crawl's memory; its copies follow the first among them."""
    conn = pen.conn
    title, subtitle, text = words_of(conn, article_id)
    ties = drop_told(conn, article_id)
    conn.execute(
        "INSERT INTO articles_fts (articles_fts, rowid, title, subtitle, text) VALUES ('delete', ?, ?, ?, ?)",
        (article_id, title, subtitle, text),
    )
    copies = conn.execute("SELECT id FROM articles WHERE copy_of = ? ORDER BY id", (article_id,)).fetchall()
    conn.execute("UPDATE urls SET article_id = NULL WHERE article_id = ?", (article_id,))
    names = [unused_names(conn, article_id, *each) for each in NAMES]
    conn.execute("DELETE FROM articles WHERE id = ?", (article_id,))
    for (table, *_), ids in zip(NAMES, names, strict=True):
        conn.executemany(f"DELETE FROM {table} WHERE id = ?", ids)
    conn.executemany("UPDATE articles SET copy_of = ? WHERE id = ?", [(copies[0][0], copy) for (copy,) in copies[1:]])
    pen.claims_changed(article_id, ties)


def unused_names(conn: sqlite3.Connection, article_id: int, _table: str, links: str, column: str) -> list[tuple[int]]:
    """The authors, or tags, that no other article has."""
    return conn.execute(
        f"SELECT {column} FROM {links} AS own WHERE article_id = ?"
        f" AND NOT EXISTS (SELECT 1 FROM {links} WHERE {column} = own.{column} AND article_id <> own.article_id)",
        (article_id,),
    ).fetchall()


def drop_pages(conn: sqlite3.Connection, url: str) -> None:
    """Remove the kept pages of a URL, and the snapshots that no other page needs."""
    where = "url_id = (SELECT id FROM urls WHERE url = ?)"
    snapshots = conn.execute(f"SELECT DISTINCT snapshot_id FROM pages WHERE {where}", (url,)).fetchall()
    conn.execute(f"DELETE FROM pages WHERE {where}", (url,))
    conn.executemany(
        "DELETE FROM snapshots WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM pages WHERE snapshot_id = ?1)", snapshots
    )
