"""The full-text index, kept in step with the articles.

FTS5 writes out its pending words at every savepoint and every statement that may fail alone, so that indexing row by
row costs twice as much as one insert-select; an article is therefore noted here, and indexed at the end of the
transaction.
"""

# ruff: noqa: S608 (the SQL is put together from names of this file)

import sqlite3

Words = tuple[str, str, str]  # title, subtitle, text as the index knows them


class Index:
    """What one transaction has to index."""

    def __init__(self) -> None:
        self._before: dict[int, Words | None] = {}

    def note(self, article_id: int, before: Words | None) -> None:
        """The article changes; `before` are its indexed words, None if it is new."""
        self._before.setdefault(article_id, before)

    def mark(self) -> int:
        """How much is noted, for `back_to`."""
        return len(self._before)

    def back_to(self, mark: int) -> None:
        """Drop what was noted since: its page was rolled back."""
        while len(self._before) > mark:
            self._before.popitem()

    def flush(self, conn: sqlite3.Connection) -> None:
        """Take the old words out of the index and put today's in."""
        old = [(article_id, *words) for article_id, words in self._before.items() if words is not None]
        if old:
            conn.executemany(
                "INSERT INTO articles_fts (articles_fts, rowid, title, subtitle, text) VALUES ('delete', ?, ?, ?, ?)",
                old,
            )
        if self._before:
            ids = ",".join(map(str, sorted(self._before)))
            conn.execute(
                "INSERT INTO articles_fts (rowid, title, subtitle, text) SELECT id, title, subtitle, text"
                f" FROM articles_text WHERE id IN ({ids})"
            )
        self._before.clear()


def words_of(conn: sqlite3.Connection, article_id: int) -> Words:
    """The words of a stored article, as the index knows them."""
    row: Words = conn.execute("SELECT title, subtitle, text FROM articles_text WHERE id = ?", (article_id,)).fetchone()
    return row
