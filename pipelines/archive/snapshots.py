"""The pages as fetched, compressed, so that everything can be read again without fetching."""

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256

import zstandard

from pipelines.items import Page

from .times import moment, stamp

LEVEL = 3
DICTIONARY_AFTER = 50  # pages of a site
# What reading needs of the headers; cookies and the rest are nobody's business.
KEPT_HEADERS = frozenset(
    (
        "content-type",
        "content-language",
        "content-location",
        "date",
        "last-modified",
        "link",
        "location",
        "x-robots-tag",
    )
)


class Snapshots:
    """Stores and gives back pages of one archive; every method runs on a connection, the caller's transaction."""

    def __init__(self) -> None:
        self._plain = zstandard.ZstdCompressor(level=LEVEL)
        self._compressors: dict[str, tuple[int, zstandard.ZstdCompressor]] = {}  # by site
        self._decompressors: dict[int | None, zstandard.ZstdDecompressor] = {None: zstandard.ZstdDecompressor()}

    def reset(self) -> None:
        """Drop what is remembered of dictionaries: a transaction that may have made one was rolled back."""
        self._compressors.clear()

    def keep(self, conn: sqlite3.Connection, url_id: int, site: str, pages: Sequence[Page]) -> None:
        """Store the pages of one visit of a URL; equal bytes are stored once."""
        conn.executemany(
            "INSERT OR REPLACE INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    url_id,
                    stamp(pages[0].fetched),
                    number,
                    page.url,
                    page.final_url,
                    page.status,
                    json.dumps({name: page.headers[name] for name in sorted(KEPT_HEADERS & page.headers.keys())}),
                    self.store(conn, site, page.body),
                )
                for number, page in enumerate(pages, start=1)
            ],
        )

    def store(self, conn: sqlite3.Connection, site: str, body: bytes) -> int:
        """The id of the snapshot that holds these bytes."""
        digest = sha256(body).digest()
        known = conn.execute("SELECT id FROM snapshots WHERE sha256 = ?", (digest,)).fetchone()
        if known:
            return int(known[0])
        dictionary_id, compressor = self._compressor(conn, site)
        cursor = conn.execute(
            "INSERT INTO snapshots (sha256, site, dictionary_id, size, content) VALUES (?, ?, ?, ?, ?)",
            (digest, site, dictionary_id, len(body), compressor.compress(body)),
        )
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
        if dictionary_id not in self._decompressors:
            (raw,) = conn.execute("SELECT content FROM dictionaries WHERE id = ?", (dictionary_id,)).fetchone()
            dictionary = zstandard.ZstdCompressionDict(raw)
            self._decompressors[dictionary_id] = zstandard.ZstdDecompressor(dict_data=dictionary)
        return self._decompressors[dictionary_id].decompress(content, max_output_size=size)

    def _compressor(self, conn: sqlite3.Connection, site: str) -> tuple[int | None, zstandard.ZstdCompressor]:
        """The compressor for a site's next page, and its dictionary: made now if the site has pages enough for one."""
        if site not in self._compressors:
            row = conn.execute("SELECT id, content FROM dictionaries WHERE site = ?", (site,)).fetchone()
            row = row or self._new_dictionary(conn, site)
            if row is None:
                return None, self._plain
            dictionary = zstandard.ZstdCompressionDict(row[1])
            dictionary.precompute_compress(level=LEVEL)
            self._compressors[site] = row[0], zstandard.ZstdCompressor(level=LEVEL, dict_data=dictionary)
        return self._compressors[site]

    def _new_dictionary(self, conn: sqlite3.Connection, site: str) -> tuple[int, bytes] | None:
        (count,) = conn.execute(
            "SELECT count(*) FROM snapshots WHERE site = ? AND dictionary_id IS NULL", (site,)
        ).fetchone()
        if count < DICTIONARY_AFTER:
            return None
        rows = conn.execute(
            "SELECT dictionary_id, size, content FROM snapshots WHERE site = ? AND dictionary_id IS NULL ORDER BY id",
            (site,),
        )
        content = make_dictionary([self._restore(conn, *row) for row in rows])
        made = "SELECT max(fetched) FROM pages WHERE snapshot_id IN (SELECT id FROM snapshots WHERE site = ?)"
        cursor = conn.execute(
            f"INSERT INTO dictionaries (site, content, made) SELECT ?, ?, coalesce(({made}), '')",
            (site, content, site),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid, content


def make_dictionary(bodies: Sequence[bytes]) -> bytes:
    """What these pages have in common, as a zstd dictionary."""
    return zstandard.train_dictionary(112_640, list(bodies), level=LEVEL).as_bytes()
