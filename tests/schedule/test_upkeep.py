"""Backup, pruning and standing."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from crawler.schedule import Schedule
from crawler.schedule.backup import back_up
from crawler.schedule.pruning import prune
from crawler.schedule.standing import standing
from pipelines.archive import Archive, ArchiveError
from pipelines.items import Failure, Found, Skipped, Visit
from tests.archive.examples import address, article, page, reading

from .conftest import NOON

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def keep(archive: Archive, number: int, when, words: str = "") -> None:
    text = f"Testo {number} {words} tutto suo: " + " ".join(f"parola{number}{words}{n}" for n in range(40))
    body = f"<p>{text}".encode()
    visit = Visit(address(number), "s", "article", when, (page(number, body=body, fetched=when),))
    archive.write(visit, article(number, text=text), reading())


# --- backup


def test_a_backup_is_a_whole_archive_also_of_what_is_still_in_the_wal(archive: Archive, tmp_path: Path) -> None:
    for number in range(5):
        keep(archive, number, NOON)
    assert Path(f"{archive.path}-wal").stat().st_size
    done = back_up(archive, tmp_path / "new" / "folder", 7, NOON)
    assert (done.path.name, done.articles) == ("a-2026-11-18T110000Z.db", 5)
    with Archive.open(done.path) as copy:
        assert copy.conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.conn.execute(
            "SELECT count(*) FROM articles_fts WHERE articles_fts MATCH 'parola33'"
        ).fetchone() == (1,)
        assert copy.pages_of(1) == archive.pages_of(1)


def test_older_copies_are_rotated_and_other_files_left_alone(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    (folder / "a-notes.db").touch()
    (folder / "other-2026-01-01T000000Z.db").touch()
    made = [back_up(archive, folder, 2, NOON + n * DAY).path for n in range(4)]
    left = {path.name for path in folder.iterdir()}
    assert left == {made[2].name, made[3].name, "a-notes.db", "other-2026-01-01T000000Z.db"}


def test_a_backup_that_cannot_be_made_leaves_nothing_and_the_older_ones(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = back_up(archive, tmp_path / "copies", 1, NOON).path
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=1000))
    with pytest.raises(ArchiveError, match="MB free"):
        back_up(archive, tmp_path / "copies", 1, NOON + DAY)
    (tmp_path / "file").touch()
    with pytest.raises(ArchiveError, match="cannot take the copy"):
        back_up(archive, tmp_path / "file", 1, NOON)
    assert list((tmp_path / "copies").iterdir()) == [old]


# --- prune


def stored(archive: Archive) -> dict[str, int]:
    tables = ("pages", "snapshots", "failures", "crawl_runs", "articles", "article_versions")
    return {t: archive.conn.execute(f"SELECT count(*) FROM {t}").fetchone()[0] for t in tables}


def test_earlier_looks_go_and_the_last_one_stays_however_old(archive: Archive, schedule: Schedule) -> None:
    keep(archive, 1, NOON - 300 * DAY)
    keep(archive, 2, NOON - 300 * DAY)
    keep(archive, 2, NOON - 299 * DAY, "corretto")
    keep(archive, 3, NOON - 10 * DAY)
    keep(archive, 3, NOON - 9 * DAY, "corretto")
    before = stored(archive)
    assert prune(archive, schedule, NOON, dry=True)["earlier looks"] == 1
    assert stored(archive) == before
    done = prune(archive, schedule, NOON)
    assert (done["earlier looks"], done["snapshots"]) == (1, 1)
    after = stored(archive)
    assert (after["pages"], after["snapshots"]) == (before["pages"] - 1, before["snapshots"] - 1)
    assert (after["articles"], after["article_versions"]) == (before["articles"], before["article_versions"])
    assert b"corretto" in archive.pages_of(2)[0].body
    assert archive.pages_of(1)
    assert not +prune(archive, schedule, NOON), "twice changes nothing"


def test_pages_without_article_failures_and_runs_go_when_they_are_old(archive: Archive, schedule: Schedule) -> None:
    runs = [archive.start_run("s", NOON - days * DAY) for days in (400, 399, 398, 1)]
    archive.frontier.add([Found(address(9), "s", "article")], NOON - 399 * DAY)
    archive.frontier.lease("s", NOON - 399 * DAY, 1, runs[1])
    archive.write(Visit(address(9), "s", "article", NOON - 399 * DAY, failure=Failure("timeout")))
    for number, days in ((1, 60), (2, 10)):
        when = NOON - days * DAY
        archive.write(
            Visit(address(number), "s", "article", when, (page(number, fetched=when),)), Skipped("no-article")
        )
    done = prune(archive, schedule, NOON)
    assert (done["pages without article"], done["failures"], done["runs"]) == (1, 1, 2)
    left = [row[0] for row in archive.conn.execute("SELECT id FROM crawl_runs ORDER BY id")]
    assert left == [runs[0], runs[3]], "the first stays: it tells since when a site is watched"
    assert archive.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    assert archive.conn.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_never_drops_nothing(archive: Archive, schedule: Schedule) -> None:
    keep(archive, 2, NOON - 999 * DAY)
    keep(archive, 2, NOON - 998 * DAY, "corretto")
    forever = replace(schedule, keep_versions=None, keep_skipped=None, keep_failures=None, keep_runs=None)
    assert not +prune(archive, forever, NOON)


def test_a_snapshot_that_two_urls_show_goes_with_the_last(archive: Archive, schedule: Schedule) -> None:
    old = NOON - 300 * DAY
    same = b"<p>la stessa pagina"
    for number in (1, 2):
        archive.write(
            Visit(address(number), "s", "article", old, (page(number, body=same, fetched=old),)), Skipped("no-article")
        )
    with sqlite3.connect(archive.path) as other:
        other.execute("UPDATE urls SET state = 'failed' WHERE url = ?", (address(2),))
    assert prune(archive, schedule, NOON)["snapshots"] == 0
    archive.conn.execute("UPDATE urls SET state = 'skipped'")
    assert prune(archive, schedule, NOON)["snapshots"] == 1


# --- standing


def test_standing_tells_visits_yields_failures_queue_and_lag(archive: Archive) -> None:
    archive.declare_site("s", "S", "https://s.example/")
    for number in range(5):
        run = archive.start_run("s", NOON - (5 - number) * HOUR)
        counts = {"healthy": True, "pages": 3, "new": 2 * number, "failures": {}}
        archive.end_run(run, NOON - (5 - number) * HOUR, "finished", counts)
    keep(archive, 1, NOON - HOUR)  # published in 2024: before the site was watched
    archive.conn.execute(
        "UPDATE articles SET published = '2026-11-18T09:40:00Z', published_source = 'meta' WHERE url = ?", (address(1),)
    )
    archive.frontier.add([Found(address(7), "s", "article")], NOON)
    archive.write(Visit(address(8), "s", "article", NOON - HOUR, failure=Failure("timeout")))
    archive.write(Visit(address(8), "s", "article", NOON - 30 * HOUR, failure=Failure("dns")))
    now = standing(archive, ["s", "nuovo"], NOON)
    site, new = now.sites
    assert (site.outcome, site.red, site.new, site.usual, site.waiting) == ("finished", False, 8, 4, 1)
    assert site.failures == {"timeout": 1}
    assert (new.outcome, new.last, new.next) == ("never", None, None)
    assert (now.articles, now.lag_median, now.lag_p95) == (1, 20 * 60, 20 * 60)
    assert now.due == 2
    assert now.bytes > 100_000


def test_a_red_site_stands_red_until_a_healthy_visit(archive: Archive) -> None:
    archive.declare_site("s", "S", "https://s.example/")
    for number, (reason, counts) in enumerate(
        [
            ("drift", {"pages": 1}),
            ("finished", {"pages": 2}),
            ("finished", {"healthy": True, "pages": 1}),
        ]
    ):
        archive.end_run(archive.start_run("s", NOON + number * HOUR), NOON + number * HOUR, reason, counts)
        (site,) = standing(archive, ["s"], NOON + 9 * HOUR).sites
        assert site.red == (number < 2)
