"""A crawl killed at any moment leaves an archive in which every page is whole, and the next run goes on."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from pipelines.archive import Archive

from .examples import NOW, dump, feed, result, scalar

ROOT = Path(__file__).parents[2]
PAGES = 400
CRAWL = f"""
import sys
from pathlib import Path
from pipelines.archive import Archive, Result
from tests.archive.examples import NOW, feed, result
with Archive.open(Path(sys.argv[1])) as archive:
    run = archive.start_run("lanotizia", NOW)
    archive.frontier.release("lanotizia")
    archive.write(feed({PAGES}))
    print("ready", flush=True)
    while leases := [l for l in archive.frontier.lease("lanotizia", NOW, 7, run) if l.role == "article"]:
        archive.write_many([result(int(lease.url.rsplit("/", 1)[1])) for lease in leases])
"""
TIMING = ("urls.run_id", "failures.run_id")


def crawl(path: Path, kill_after: float | None) -> int:
    """Run the crawl, killed some seconds after it starts to write; its exit code."""
    with subprocess.Popen([sys.executable, "-c", CRAWL, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout and run.stdout.readline() == "ready\n"
        if kill_after is not None:
            time.sleep(kill_after)
            run.send_signal(signal.SIGKILL)
    return run.returncode


def assert_whole(archive: Archive) -> None:
    """What must hold at any moment."""
    assert scalar(archive, "PRAGMA integrity_check") == "ok"
    assert list(archive.conn.execute("PRAGMA foreign_key_check")) == []
    archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")
    for broken in (
        "SELECT count(*) FROM urls WHERE role = 'article' AND state = 'fetched' AND article_id IS NULL",
        "SELECT count(*) FROM articles LEFT JOIN bodies ON article_id = articles.id WHERE article_id IS NULL",
        "SELECT count(*) FROM articles WHERE NOT EXISTS (SELECT 1 FROM claims WHERE article_id = articles.id)",
        "SELECT count(*) FROM articles WHERE NOT EXISTS (SELECT 1 FROM pages WHERE url_id = source_id)",
        "SELECT count(*) FROM urls WHERE state = 'failed' AND NOT EXISTS"
        " (SELECT 1 FROM failures WHERE failures.url = urls.url)",
        "SELECT count(*) FROM urls WHERE state = 'skipped' AND NOT EXISTS (SELECT 1 FROM pages WHERE url_id = urls.id)",
    ):
        assert scalar(archive, broken) == 0, broken


def content(archive: Archive) -> list[str]:
    """What the archive holds, whatever the order in which it came."""
    questions = (
        "SELECT url, state, reason, tries, next_check FROM urls",
        "SELECT articles.url, title, text FROM articles JOIN bodies ON article_id = articles.id",
        "SELECT articles.url, claims.type, player, minute FROM claims JOIN articles ON articles.id = article_id",
        "SELECT url, kind FROM failures",
        "SELECT hex(sha256) FROM snapshots",
    )
    return sorted(repr(row) for question in questions for row in archive.conn.execute(question))


def test_ten_kills_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    seed = random.randrange(2**32)
    print(f"seed {seed}")  # shown when the test fails
    moments = random.Random(seed)
    path = tmp_path / "killed.db"
    killed = 0
    for _ in range(10):
        killed += crawl(path, moments.uniform(0, 0.05)) == -signal.SIGKILL
        with Archive.open(path) as archive:
            assert_whole(archive)
    assert killed, "no kill came in time to matter"
    assert crawl(path, None) == 0
    assert crawl(tmp_path / "unbroken.db", None) == 0
    with Archive.open(path) as archive, Archive.open(tmp_path / "unbroken.db") as unbroken:
        assert_whole(archive)
        assert scalar(unbroken, "SELECT count(*) FROM articles") == PAGES * 8 // 10
        assert content(archive) == content(unbroken)


def test_an_unfinished_transaction_leaves_no_trace(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    with Archive.open(path) as archive:
        archive.write(feed(3))
        before = dump(archive)
    script = (
        "import os, signal, sys\nfrom pathlib import Path\nfrom pipelines.archive import Archive\n"
        "from tests.archive.examples import result\n"
        "def die(conn, article_id, ties): os.kill(os.getpid(), signal.SIGKILL)\n"
        "Archive.open(Path(sys.argv[1]), on_claims=die).write_many([result(1)])\n"
    )
    assert subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT).returncode == -signal.SIGKILL
    with Archive.open(path) as archive:
        assert dump(archive) == before
        assert archive.write_many([result(1)])[0].new
        assert archive.frontier.lease("lanotizia", NOW, 9)
