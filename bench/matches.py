"""Joining in a large archive: one more article, and a full rebuild, against what SQLite alone takes for the same rows.

The archive is made of the worked corpus: its matches again and again with other clubs, each told by twenty papers that
differ by a minute here and there. `python -m bench.matches 100000` measures at the size of issue 5; the default is a
tenth.
"""

from __future__ import annotations

import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import blake2b
from pathlib import Path
from random import Random
from statistics import median

from bench.archive import Figure
from pipelines.archive import Archive, Result
from pipelines.items import Article, Reading, Timestamp, Visit
from pipelines.matches import join_article, rebuild
from tests.matches.corpus import Told, articles, reference_reading

NOW = datetime(2026, 11, 22, tzinfo=UTC)
ARTICLES = 10_000
PAPERS = 20  # articles a match
BATCH = 500
MORE = 40  # articles that are added one by one


def figures(count: int = ARTICLES) -> list[Figure]:
    """Everything this benchmark measures, in an archive of that many articles."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "matches.db")
        fill(path, count)
        with Archive.open(path) as archive:
            started = time.process_time()
            rebuild(archive)
            rebuilding = time.process_time() - started
        return [
            Figure(f"one more article among {count} / its rows raw", one_more(path, count), at_most=20),
            Figure(f"full rebuild of {count} / reading claims, writing events", rebuilding / bare(path), at_most=15),
        ]


def fill(path: Path, count: int) -> None:
    """Write articles without joining them: a rebuild follows."""
    with Archive.open(path) as archive:
        results = (each for number in range(count // PAPERS) for each in told_by_all(number))
        while batch := [each for each, _ in zip(results, range(BATCH), strict=False)]:
            archive.write_many(batch)


@cache
def stories() -> list[list[Told]]:
    """The matches of the corpus that several articles tell, each with its articles."""
    by_match: dict[str, list[Told]] = {}
    for told in articles("dev"):
        if told.record.get("story") and len(told.record["matches"]) == 1:
            by_match.setdefault(told.record["story"], []).append(told)
    return [group for group in by_match.values() if len(group) > 3]


def told_by_all(number: int) -> Iterator[Result]:
    """Match `number`, as PAPERS papers tell it."""
    story = stories()[number % len(stories())]
    for paper in range(PAPERS):
        yield told_again(story[paper % len(story)], number, paper)


def told_again(told: Told, number: int, paper: int) -> Result:
    """An article of another match and paper: clubs and day are of the match, minutes now and then the paper's own."""
    dice = Random(number * 1000 + paper)
    reading = reference_reading(told)
    frame = reading.matches[0]
    clubs = {frame.home: f"Real {word(number, 'a')}", frame.away: f"Sporting {word(number, 'b')}"}
    days = timedelta(days=7 * (number // 60))
    home, away = clubs[frame.home], clubs[frame.away]
    own = replace(frame, home=home, away=away, date=frame.date + days if frame.date else None)
    events = tuple(
        replace(
            event, match=f"{home}-{away}", team=clubs.get(event.team or ""),
            evidence=tuple(replace(place, sentence=f"{place.sentence} {paper}") for place in event.evidence),
            minute=event.minute + 1 if event.minute and event.minute % 45 and dice.random() < 0.1 else event.minute,
        )
        for event in reading.events
    )  # fmt: skip
    url = f"https://paper{paper}.example/{number}"
    published = Timestamp(told.published.astimezone(UTC) + days, "json-ld")
    digest = blake2b(url.encode(), digest_size=16).hexdigest()
    article = Article(url, f"{home}-{away}, di {paper}", told.text[:300] + url, digest, published=published)
    return Result(Visit(url, f"paper{paper}", "article", NOW), article, Reading(reading.kind, (own,), events, "bench"))


def word(number: int, salt: str) -> str:
    """A club's name that no other match has."""
    return "".join(chr(97 + byte % 26) for byte in blake2b(f"{salt}{number}".encode(), digest_size=9).digest()).title()


def one_more(path: Path, count: int) -> float:
    """CPU time of writing one more article of a match that is told already over inserting its rows raw; medians."""
    ours, raw = [], []
    with Archive.open(path, on_claims=join_article) as archive:
        for step in range(MORE):
            number = Random(step).randrange(count // PAPERS)
            story = stories()[number % len(stories())]
            result = told_again(story[step % len(story)], number, PAPERS + step)
            started = time.process_time()
            archive.write(result.visit, result.article, result.reading)
            ours.append(time.process_time() - started)
            raw.append(inserting(archive.conn, result.visit.url))
    return median(ours) / median(raw)


def inserting(conn: sqlite3.Connection, url: str) -> float:
    """CPU seconds that the rows of an article take in a transaction: taken out and put in again as they were."""
    (article,) = conn.execute("SELECT id FROM articles WHERE url = ?", (url,)).fetchone()
    frames = "SELECT id FROM article_matches WHERE article_id = :id"
    where = {
        "event_claims": "claim_id IN (SELECT id FROM claims WHERE article_id = :id)",
        "tellings": f"article_match_id IN ({frames})",
        "lineup_players": f"lineup_id IN (SELECT id FROM lineups WHERE article_match_id IN ({frames}))",
        "lineups": f"article_match_id IN ({frames})",
        "claims": "article_id = :id",
        "article_matches": "article_id = :id",
        "bodies": "article_id = :id",
    }
    rows = {
        table: conn.execute(f"SELECT * FROM {table} WHERE {test}", {"id": article}).fetchall()
        for table, test in where.items()
    }
    for table, test in where.items():
        conn.execute(f"DELETE FROM {table} WHERE {test}", {"id": article})
    started = time.process_time()
    conn.execute("BEGIN IMMEDIATE")
    for table in reversed(where):
        if rows[table]:
            conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})", rows[table])
    conn.execute("COMMIT")
    return time.process_time() - started


def bare(path: Path) -> float:
    """CPU seconds that reading all claims once and writing all events into a fresh file takes."""
    copy = path.with_name("bare.db")
    shutil.copy(path, copy)
    source, target = sqlite3.connect(path), sqlite3.connect(copy, isolation_level=None)
    events = source.execute("SELECT * FROM events").fetchall()
    ties = source.execute("SELECT * FROM event_claims").fetchall()
    target.execute("DELETE FROM event_claims")
    target.execute("DELETE FROM events")
    started = time.process_time()
    for _row in source.execute("SELECT * FROM claims"):
        pass
    target.execute("BEGIN")
    target.executemany(f"INSERT INTO events VALUES ({', '.join('?' * len(events[0]))})", events)
    target.executemany("INSERT INTO event_claims VALUES (?, ?)", ties)
    target.execute("COMMIT")
    return time.process_time() - started


if __name__ == "__main__":
    for figure in figures(int(sys.argv[1]) if len(sys.argv) > 1 else ARTICLES):
        print(f"{figure.name:60} {figure.value:8.2f}   at most {figure.at_most}")
