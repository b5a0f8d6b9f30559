"""The pages as fetched, compressed, so that everything can be read again without fetching."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256
from operator import itemgetter
from typing import Any

from zstandard import ZstdDecompressor

from pipelines.items import Page

from .claims import encode
from .codec import Codec, compressor, decompressor, pick_dictionary
from .times import moment, stamp

DICTIONARY_FROM = 8  # the pages of a site to pick its dictionary from
# Menus and related links drift, and a redesign changes all: a new dictionary each so many pages costs 1 to 2 % of them.
DICTIONARY_FOR = 1000

# What reading needs of the headers; cookies and the rest are nobody's business.
KEPT_HEADERS = ("content-language", "content-location", "content-type", "date", "last-modified", "link", "x-robots-tag")
KEEP = """
INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (url_id, fetched, number) DO UPDATE SET
  url = excluded.url, final_url = excluded.final_url, status = excluded.status, headers = excluded.headers,
  snapshot_id = excluded.snapshot_id
"""


LOADED = 24  # dictionaries at once: about 1.5 MB each
Row = tuple[str, bytes, tuple[int, str, int, str, str, int, str]]  # site, body, the columns of pages but the last


class Shelf:
    """The pages that one transaction has to store: kept until it ends, so that those of a site are compressed together,
    in half the time, its dictionary being at hand in the processor's cache."""

    def __init__(self) -> None:
        self._rows: list[Row] = []

    def note(self, url_id: int, site: str, pages: Sequence[Page]) -> None:
        """The pages of one visit of a URL are to be stored."""
        fetched = stamp(pages[0].fetched)
        for number, page in enumerate(pages, start=1):
            headers = encode({name: page.headers[name] for name in KEPT_HEADERS if name in page.headers})
            f"{page.url}{page.final_url}{headers}".encode()  # raises now, while this visit can fail alone
            row = (url_id, fetched, number, page.url, page.final_url, page.status, headers)
            self._rows.append((site, page.body, row))

    def mark(self) -> int:
        """How much is noted, for `back_to`."""
        return len(self._rows)

    def back_to(self, mark: int) -> None:
        """Drop what was noted since: its visit was rolled back."""
        del self._rows[mark:]

    def flush(self, conn: sqlite3.Connection, snapshots: Snapshots) -> None:
        """Store what is noted."""
        self._rows.sort(key=itemgetter(0))
        conn.executemany(KEEP, [(*row, snapshots.store(conn, site, body)) for site, body, row in self._rows])
        self._rows.clear()


class Snapshots:
    """Stores and gives back pages of one archive; every method runs on a connection, the caller's transaction."""

    def __init__(self) -> None:
        self._codecs: dict[str, Codec] = {}  # for a site's next page
        self._plain = decompressor(None)
        self._decompressors: dict[int, ZstdDecompressor] = {}  # by dictionary

    def reset(self) -> None:
        """Drop what is remembered of dictionaries: a transaction that may have made one was rolled back."""
        self._codecs.clear()

    def store(self, conn: sqlite3.Connection, site: str, body: bytes) -> int:
        """The id of the snapshot that holds these bytes."""
        digest = sha256(body).digest()
        known = conn.execute("SELECT id FROM snapshots WHERE sha256 = ?", (digest,)).fetchone()
        if known:
            return int(known[0])
        codec = self._codec(conn, site)
        cursor = conn.execute(
            "INSERT INTO snapshots (sha256, site, dictionary_id, size, content) VALUES (?, ?, ?, ?, ?)",
            (digest, site, codec.dictionary_id, len(body), codec.compressor.compress(body)),
        )
        codec.used += 1
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def pages_of(self, conn: sqlite3.Connection, url_id: int) -> tuple[Page, ...]:
        """The pages of a URL as its last kept visit brought them, in order; empty if none are kept."""
        rows = conn.execute(
            "SELECT pages.url, final_url, status, headers, fetched, dictionary_id, size, content"
            " FROM pages JOIN snapshots ON snapshots.id = snapshot_id"
            " WHERE url_id = ? AND fetched = (SELECT max(fetched) FROM pages WHERE url_id = ?) ORDER BY number",
            (url_id, url_id),
        ).fetchall()
        return tuple(
            Page(url, final, status, json.loads(headers), self._restore(conn, *stored), moment(fetched))
            for url, final, status, headers, fetched, *stored in rows
        )

    def _restore(self, conn: sqlite3.Connection, dictionary_id: int | None, size: int, content: bytes) -> bytes:
        if dictionary_id is None:
            return self._plain.decompress(content, max_output_size=size)
        if dictionary_id not in self._decompressors:
            make_room(self._decompressors)
            row = conn.execute("SELECT content FROM dictionaries WHERE id = ?", (dictionary_id,)).fetchone()
            self._decompressors[dictionary_id] = decompressor(self._plain.decompress(row[0]))
        return self._decompressors[dictionary_id].decompress(content, max_output_size=size)

    def _codec(self, conn: sqlite3.Connection, site: str) -> Codec:
        """What compresses a site's next page, with a new dictionary if it is time for one."""
        codec = self._codecs.get(site) or self._stored_codec(conn, site)
        if codec.used >= (DICTIONARY_FROM if codec.dictionary_id is None else DICTIONARY_FOR):
            codec = self._new_codec(conn, site)
        if site not in self._codecs:
            make_room(self._codecs)
        self._codecs[site] = codec
        return codec

    def _stored_codec(self, conn: sqlite3.Connection, site: str) -> Codec:
        row = conn.execute("SELECT id, content FROM dictionaries WHERE site = ? ORDER BY id DESC", (site,)).fetchone()
        dictionary_id, content = row or (None, None)
        (used,) = conn.execute(
            "SELECT count(*) FROM snapshots WHERE site = ? AND dictionary_id IS ?", (site, dictionary_id)
        ).fetchone()
        return Codec(dictionary_id, compressor(content and self._plain.decompress(content)), used)

    def _new_codec(self, conn: sqlite3.Connection, site: str) -> Codec:
        rows = conn.execute(
            "SELECT dictionary_id, size, content FROM snapshots WHERE site = ? ORDER BY id DESC LIMIT ?",
            (site, DICTIONARY_FROM),
        ).fetchall()
        content = pick_dictionary([self._restore(conn, *row) for row in rows])
        cursor = conn.execute(
            "INSERT INTO dictionaries (site, content) VALUES (?, ?)", (site, compressor(None).compress(content))
        )
        return Codec(cursor.lastrowid, compressor(content), 0)


def make_room(cache: dict[Any, Any]) -> None:
    """Drop the oldest of a full cache."""
    if len(cache) >= LOADED:
        del cache[next(iter(cache))]
