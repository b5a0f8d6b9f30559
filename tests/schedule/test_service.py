"""The long-running process, against the sample newspaper over HTTP."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.crawler.conftest import command, rows
from tests.newspaper.process import ROOT, Running, running

TWO = ("lanotizia", "ponente")
SCHEDULE = '[pace]\nrest = "1s"\nat_once = 4\n[quiet]\nslower = 1\n'


@pytest.fixture(scope="module")
def newspaper() -> Iterator[Running]:
    with running("--delay", "0") as server:
        yield server


@contextmanager
def service(archive: Path, port: int, *options: str, sites: tuple[str, ...] = TWO) -> Iterator[subprocess.Popen[str]]:
    own = archive.with_suffix(".toml")
    if not own.exists():
        own.write_text(SCHEDULE)
    line = [*command(archive, port, "schedule", *sites), "-s", f"SCHEDULE={own}", "-L", "INFO", *options]
    with subprocess.Popen(line, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def ask(archive: Path, question: str) -> int:
    """A number of the archive; 0 until it is there."""
    try:
        return int(rows(archive, question)[0][0])
    except (sqlite3.Error, IndexError):
        return 0


def wait_for(what: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


def test_it_visits_what_is_due_ends_on_sigterm_and_a_second_one_says_who_holds_it(
    newspaper: Running,
    tmp_path: Path,
) -> None:
    archive = tmp_path / "a.db"
    with service(archive, newspaper.port, "--log-json") as process:
        wait_for(lambda: ask(archive, "SELECT count(*) FROM articles") > 60)
        second = command(archive, newspaper.port, "schedule", *TWO)
        refused = subprocess.run(second, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
        assert refused.returncode == 2
        assert f"process {process.pid} since" in " ".join(refused.stderr.split())
        asked = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _, log = process.communicate(timeout=60)
        assert time.monotonic() - asked < 20
        assert process.returncode == 0
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"at", "level", "logger", "message"} <= line.keys() for line in lines)
    assert {line["site"] for line in lines if "new articles" in line["message"]} == set(TWO)
    assert not [line for line in lines if line["level"] in ("error", "critical")]
    assert ask(archive, "SELECT count(*) FROM urls WHERE state = 'leased'") == 0
    assert ask(archive, "SELECT count(*) FROM crawl_runs WHERE ended IS NULL") == 0
    assert ask(archive, "SELECT count(*) FROM articles") == ask(
        archive, "SELECT count(DISTINCT source_id) FROM articles"
    )


def test_killed_it_goes_on_where_it_was_and_fetches_what_is_new(newspaper: Running, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    for many in (5, 40):
        with service(archive, newspaper.port) as process:
            wait_for(lambda many=many: ask(archive, "SELECT count(*) FROM articles") >= many)  # type: ignore[misc]
            process.kill()
    with service(archive, newspaper.port):
        left = "SELECT count(*) FROM urls WHERE role = 'article' AND state IN ('discovered', 'leased')"
        wait_for(
            lambda: (
                ask(archive, "SELECT count(*) FROM crawl_runs WHERE reason = 'finished'") >= len(TWO)
                and not ask(archive, left)
            )
        )
    pages, articles, versions = (
        ask(archive, f"SELECT count(*) FROM {table}")
        for table in ("pages WHERE number = 1", "articles", "article_versions")
    )
    assert articles > 100
    skipped = ask(archive, "SELECT count(*) FROM urls WHERE state = 'skipped' AND id IN (SELECT url_id FROM pages)")
    assert pages <= articles + versions + skipped


def test_a_request_that_hangs_does_not_keep_it_from_ending(newspaper: Running, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    article = newspaper.articles("ponente")[0]["url"]
    newspaper.control("fault", host="ponente.localhost", path="/" + article.split("/", 3)[3], kind="hang", times=-1)
    try:
        with service(archive, newspaper.port, "-s", "DOWNLOAD_TIMEOUT=120", sites=("ponente",)) as process:
            wait_for(lambda: ask(archive, "SELECT count(*) FROM articles") > 30)
            asked = time.monotonic()
            process.send_signal(signal.SIGTERM)
            _, log = process.communicate(timeout=60)
            assert time.monotonic() - asked < 20
            assert process.returncode == 0
        assert "took too long were left" in log
        assert ask(archive, "SELECT count(*) FROM urls WHERE state = 'leased'") == 0
    finally:
        newspaper.control("heal")


def test_a_wrong_schedule_is_refused_in_one_sentence(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    archive.with_suffix(".toml").write_text("[pace]\nat_once = 0\n")
    with service(archive, 1) as process:
        _, log = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "pace.at_once" in log
    assert not archive.exists()


@pytest.mark.parametrize(("name", "code"), [("status", 5), ("prune", 5), ("backup", 5)])
def test_upkeep_of_an_archive_that_is_not_there(tmp_path: Path, name: str, code: int) -> None:
    extra = [str(tmp_path / "copies")] if name == "backup" else []
    line = command(tmp_path / "none.db", 1, name, *extra)
    done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (code, 1)
