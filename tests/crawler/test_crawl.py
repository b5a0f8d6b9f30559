"""The whole flow on the sample newspaper: real spiders, real HTTP, a real archive."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

import pytest

from tests.crawler.conftest import SITES, command, crawl, rows
from tests.newspaper.process import ROOT, Running

CONTENT = {
    "urls": "SELECT url, role, state, reason FROM urls ORDER BY 1",
    "articles": "SELECT url, site, title, kind, published, hash, reading_hash FROM articles ORDER BY 1",
    "bodies": "SELECT url, text FROM bodies JOIN articles ON id = article_id ORDER BY 1",
    "claims": "SELECT url, event, type, minute, player, evidence FROM claims"
    " JOIN articles ON articles.id = article_id ORDER BY 1, 2",
    "pages": "SELECT urls.url, number, pages.url, hex(sha256) FROM pages JOIN urls ON urls.id = url_id"
    " JOIN snapshots ON snapshots.id = snapshot_id ORDER BY 1, 2",
    "snapshots": "SELECT hex(sha256) FROM snapshots ORDER BY 1",
    "matches": "SELECT id, score_home, score_away, articles FROM matches ORDER BY 1",
    "events": "SELECT match_id, number, type, minute, player, sources FROM events ORDER BY 1, 2",
}


def content(archive: Path) -> dict[str, list[tuple]]:
    """What an archive holds, without moments and without ids that follow the order of arrival."""
    return {name: rows(archive, question) for name, question in CONTENT.items()}


@pytest.fixture(scope="module")
def unbroken(newspaper: Running, tmp_path_factory: pytest.TempPathFactory) -> Path:
    archive = tmp_path_factory.mktemp("unbroken") / "a.db"
    done = crawl(archive, newspaper.port)
    assert done.returncode == 0, done.stderr
    assert crawl(archive, newspaper.port, "rebuild").returncode == 0
    return archive


def test_a_crawl_fills_every_room_of_the_archive(unbroken: Path) -> None:
    for name, kept in content(unbroken).items():
        assert kept, name
    (articles,) = rows(unbroken, "SELECT count(*) FROM articles")[0]
    assert articles >= 80
    assert rows(unbroken, "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'rigore'")[0][0] > 5
    assert rows(unbroken, "SELECT DISTINCT reason FROM crawl_runs") == [("finished",)]


def test_every_evidence_is_a_stretch_of_its_article(unbroken: Path) -> None:
    for title, subtitle, text, evidence in rows(
        unbroken,
        "SELECT title, subtitle, text, evidence FROM claims JOIN articles ON articles.id = claims.article_id"
        " JOIN bodies ON bodies.article_id = articles.id",
    ):
        parts = {"title": title, "subtitle": subtitle, "text": text}
        for place in json.loads(evidence):
            part = parts[place.get("part", "text")]
            assert 0 <= place["start"] < place["end"] <= len(part)
            assert part[place["start"] : place["end"]].strip()


def test_a_second_crawl_stores_nothing_twice_and_asks_only_for_the_ways_in(
    unbroken: Path, newspaper: Running, tmp_path: Path
) -> None:
    archive = tmp_path / "again.db"
    with sqlite3.connect(unbroken) as source, sqlite3.connect(archive) as copy:
        source.backup(copy)
    before = content(archive)
    newspaper.control("reset")
    done = crawl(archive, newspaper.port)
    assert done.returncode == 0, done.stderr
    assert content(archive) == before
    asked = newspaper.control("counts")["counts"]
    ways_in = rows(archive, "SELECT url FROM urls WHERE role <> 'article'")
    articles = {url for (url,) in rows(archive, "SELECT url FROM urls WHERE role = 'article'")}
    due_soon = {
        url for (url,) in rows(archive, "SELECT url FROM urls WHERE role = 'article' AND next_check IS NOT NULL")
    }
    fetched = {name for name in asked if any(name in url for url in articles - due_soon)}
    assert len(asked) <= len(ways_in) + len(due_soon) + 4 * 6, fetched  # robots.txt, and the pages of a listing


def test_sigkill_at_ten_random_points_loses_nothing(unbroken: Path, newspaper: Running, tmp_path: Path) -> None:
    archive = tmp_path / "killed.db"
    rng = random.Random(20261122)
    newspaper.control("reset")
    for _ in range(10):
        process = subprocess.Popen(
            command(archive, newspaper.port, "visit", *SITES),
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(rng.uniform(0.9, 2.2))
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = crawl(archive, newspaper.port)
    assert done.returncode == 0, done.stderr
    assert crawl(archive, newspaper.port, "rebuild").returncode == 0  # the order of arrival was another
    assert content(archive) == content(unbroken)
