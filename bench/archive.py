"""The archive's writing against raw sqlite3, and the size of its snapshots against zlib 6.

Raw writing hashes and compresses the same pages with the same codec, then puts the very rows that the archive wrote,
ready as tuples, into the same tables and indexes, one executemany a table and batch. What it leaves out is the search
index, looking up what is known already, and making rows of articles and readings. Both commit each batch, and both have
written the first pages of each site before the clock starts: a site's dictionary is picked once in 1,000 pages.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlsplit

from pipelines.archive import Archive, Result
from pipelines.archive.codec import compressor, pick_dictionary
from pipelines.flow import digest
from pipelines.items import Found, Page, Visit
from tests.newspaper.bulk import bulk_stories
from tests.newspaper.newspaper import Newspaper
from tests.newspaper.stories import load_stories

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAGES = 600
WARM = 100  # of them before the clock starts: 25 of each paper
BATCH = 50
ROUNDS = 5
# The article that a row belongs to, in SQL, so that raw writing comes in the same batches.
ARTICLE_OF = {
    "snapshots": "id",
    "pages": "url_id",
    "articles": "id",
    "bodies": "article_id",
    "article_authors": "article_id",
    "article_tags": "article_id",
    "article_matches": "article_id",
    "claims": "article_id",
    "lineups": "article_match_id / 10000",
    "lineup_players": "lineup_id / 20000",
}
VISITED = (
    "UPDATE urls SET state = ?, next_check = ?, tries = ?, etag = ?, seen = ?, fetched = ?, article_id = ? WHERE id = ?"
)
KNOWN_BEFORE = ("sites", "dictionaries", "authors", "tags")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured ratio beside what is asked of it."""

    name: str
    value: float
    at_least: float | None = None
    at_most: float | None = None


def figures() -> list[Figure]:
    """Everything this benchmark measures."""
    results = results_of(PAGES)
    bare = [replace(result, visit=replace(result.visit, pages=())) for result in results]
    size, speed = snapshot_ratios(results)
    return [
        Figure("archive writing with search index / raw without", writing_ratio(results), at_least=0.6),
        Figure("the same for articles without their pages", writing_ratio(bare)),
        Figure("size of snapshots / zlib 6", size, at_most=0.75),
        Figure("speed of compressing them / zlib 6", speed, at_least=1.0),
    ]


def results_of(count: int) -> list[Result]:
    """Pages of the sample newspaper made in bulk, read as a crawl reads them, the papers in turn."""
    newspaper = Newspaper(bulk_stories(count, load_stories()), port=80)
    papers = [
        [read(newspaper, name, url) for url in edition.article_urls()] for name, edition in newspaper.editions.items()
    ]
    return [result for turn in zip(*papers, strict=False) for result in turn]


def read(newspaper: Newspaper, paper: str, url: str) -> Result:
    parts = urlsplit(url)
    response, _fault = newspaper.answer(parts.netloc, parts.path)
    page = Page(url, url, 200, {"content-type": "text/html; charset=utf-8"}, response.body, NOW)
    held = digest([page])
    return Result(Visit(url, paper, "article", NOW, (page,)), held.article, held.reading)


def writing_ratio(results: Sequence[Result]) -> float:
    """Time of raw writing over time of ours, medians of rounds that take turns."""
    ours, raw = [], []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(ROUNDS):
            written = Path(folder, f"ours-{number}.db")
            ours.append(write(results, written))
            raw.append(write_raw(results, written, Path(folder, f"raw-{number}.db")))
    return median(raw) / median(ours)


def write(results: Sequence[Result], path: Path) -> float:
    """Seconds that the archive takes for results of which only the URLs are known."""
    with prepared(results, path) as archive:
        started = time.perf_counter()
        for batch in batches(results):
            archive.write_many(batch)
        return time.perf_counter() - started


def write_raw(results: Sequence[Result], written: Path, path: Path) -> float:
    """Seconds that executemany takes for the same rows."""
    with prepared(results, path) as archive:
        source = sqlite3.connect(written)
        for table in KNOWN_BEFORE:
            insert(archive.conn, table, source.execute(f"SELECT * FROM {table}").fetchall(), "OR IGNORE")
        rows = [rows_of_batch(source, first, first + BATCH) for first in range(WARM + 1, len(results) + 1, BATCH)]
        source.close()
        pages = [[(r.visit.site, page.body) for r in batch for page in r.visit.pages] for batch in batches(results)]
        codecs = {site: compressor(pick_dictionary(bodies[:8])) for site, bodies in bodies_of(results).items()}
        started = time.perf_counter()
        for batch, tables in zip(pages, rows, strict=True):
            for site, body in batch:
                sha256(body).digest()
                codecs[site].compress(body)
            archive.conn.execute("BEGIN")
            for table, values in tables.items():
                insert(archive.conn, table, values) if table != "urls" else archive.conn.executemany(VISITED, values)
            archive.conn.execute("COMMIT")
        return time.perf_counter() - started


def bodies_of(results: Sequence[Result]) -> dict[str, list[bytes]]:
    """The pages of each site."""
    sites = dict.fromkeys(result.visit.site for result in results)
    return {s: [page.body for r in results if r.visit.site == s for page in r.visit.pages] for s in sites}


def prepared(results: Sequence[Result], path: Path) -> Archive:
    """An archive that knows the URLs and has written the first pages."""
    archive = Archive.open(path)
    archive.frontier.add([Found(r.visit.url, r.visit.site, "article") for r in results], NOW)
    archive.write_many(results[:WARM])
    return archive


def rows_of_batch(source: sqlite3.Connection, first: int, end: int) -> dict[str, list[tuple[Any, ...]]]:
    """The rows of each table that belong to the articles from `first` to before `end`."""
    rows = {
        table: source.execute(f"SELECT * FROM {table} WHERE {article} >= ? AND {article} < ?", (first, end)).fetchall()
        for table, article in ARTICLE_OF.items()
    }
    urls = "SELECT state, next_check, tries, etag, seen, fetched, article_id, id FROM urls WHERE id >= ? AND id < ?"
    return {**rows, "urls": source.execute(urls, (first, end)).fetchall()}


def insert(conn: sqlite3.Connection, table: str, rows: Sequence[tuple[Any, ...]], how: str = "") -> None:
    if rows:
        conn.executemany(f"INSERT {how} INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def batches(results: Sequence[Result]) -> Iterator[Sequence[Result]]:
    for first in range(WARM, len(results), BATCH):
        yield results[first : first + BATCH]


def snapshot_ratios(results: Sequence[Result]) -> tuple[float, float]:
    """Size and speed of stored pages against zlib 6, over pages that are in no dictionary."""
    small, fast = [], []
    for _ in range(ROUNDS):
        ours = theirs = ours_time = theirs_time = 0.0
        for bodies in bodies_of(results).values():
            codec = compressor(pick_dictionary(bodies[:8]))
            size, seconds = cost(codec.compress, bodies[8:72])
            ours, ours_time = ours + size, ours_time + seconds
            size, seconds = cost(lambda body: zlib.compress(body, 6), bodies[8:72])
            theirs, theirs_time = theirs + size, theirs_time + seconds
        small.append(ours / theirs)
        fast.append(theirs_time / ours_time)
    return median(small), median(fast)


def cost(compress: Callable[[bytes], bytes], bodies: Iterable[bytes]) -> tuple[float, float]:
    """Bytes and seconds."""
    started = time.perf_counter()
    return sum(len(compress(body)) for body in bodies), time.perf_counter() - started


if __name__ == "__main__":
    for figure in figures():
        bound = (
            f"at least {figure.at_least}" if figure.at_least else f"at most {figure.at_most}" if figure.at_most else ""
        )
        print(f"{figure.value:8.2f}  {figure.name}  {bound}")
