"""What the web does to a crawl: every failure is a row that says what, the crawl goes on, nothing is lost."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crawler.conftest import crawl, rows
from tests.newspaper.process import Running, running

PAPER = "lanotizia"


@pytest.fixture(autouse=True)
def healed(newspaper: Running) -> Iterator[None]:
    yield
    newspaper.control("reset")
    newspaper.control("heal")


def victim(newspaper: Running, number: int) -> tuple[str, str]:
    """An ordinary article's URL and path."""
    ordinary = [article for article in newspaper.articles(PAPER) if not article["traits"]]
    url = ordinary[number]["url"]
    return url, "/" + url.split("/", 3)[3]


def order(newspaper: Running, path: str, **fault: object) -> None:
    newspaper.control("fault", host=f"{PAPER}.localhost", path=path, **fault)


FAULTS = [
    # the answer, what the failures table calls it, what becomes of the URL
    ({"kind": "status", "status": 404}, "http-404", "gone"),
    ({"kind": "status", "status": 410}, "http-410", "gone"),
    ({"kind": "status", "status": 403}, "http-403", "failed"),
    ({"kind": "status", "status": 500}, "http-500", "failed"),
    ({"kind": "hang"}, "timeout", "failed"),
    ({"kind": "truncate"}, "truncated", "failed"),
    ({"kind": "reset"}, "broken", "failed"),
    ({"kind": "bomb"}, "too-large", "failed"),
    ({"kind": "huge"}, "too-large", "failed"),
    ({"kind": "loop"}, "ignored", "failed"),
    ({"kind": "redirect", "location": "http://127.0.0.1:1/"}, "private", "failed"),
]


def test_every_bad_answer_is_a_row_and_the_crawl_goes_on(newspaper: Running, tmp_path: Path) -> None:
    urls = []
    for number, (fault, _, _) in enumerate(FAULTS):
        url, path = victim(newspaper, number)
        order(newspaper, path, times=-1, **fault)
        urls.append(url)
    archive = tmp_path / "a.db"
    done = crawl(archive, newspaper.port, "crawl", PAPER, "-s", "DOWNLOAD_TIMEOUT=20")
    assert done.returncode == 0, done.stderr
    for url, (fault, kind, state) in zip(urls, FAULTS, strict=True):
        kinds = {row[0] for row in rows(archive, f"SELECT kind FROM failures WHERE url = '{url}' AND site = '{PAPER}'")}
        assert kinds - {"host-waits"} == {kind}, fault  # a host that fails often is left alone for a while
        assert rows(archive, f"SELECT state FROM urls WHERE url = '{url}'") == [(state,)], fault
    kept = rows(archive, "SELECT count(*) FROM articles")[0][0]
    assert kept >= len(newspaper.articles(PAPER)) - len(FAULTS) - 6  # the paper's own odd pages


def test_a_host_that_asks_to_wait_is_left_alone(newspaper: Running, tmp_path: Path) -> None:
    _, path = victim(newspaper, 3)
    order(newspaper, path, kind="status", status=503, retry_after="3600")
    archive = tmp_path / "a.db"
    crawl(archive, newspaper.port, "crawl", PAPER)
    newspaper.control("reset")
    assert rows(archive, "SELECT count(*) FROM articles")[0][0] < len(newspaper.articles(PAPER)) - 10
    crawl(archive, newspaper.port, "crawl", PAPER)  # the next run remembers it
    assert not newspaper.control("counts")["counts"]


def test_a_failure_that_passes_is_tried_again_in_the_same_run(newspaper: Running, tmp_path: Path) -> None:
    url, path = victim(newspaper, 3)
    order(newspaper, path, kind="status", status=500, times=1)
    archive = tmp_path / "a.db"
    done = crawl(archive, newspaper.port, "crawl", PAPER, "-s", "PATIENCE=30")
    assert done.returncode == 0, done.stderr
    assert rows(archive, f"SELECT kind FROM failures WHERE url = '{url}'") == [("http-500",)]
    assert rows(archive, f"SELECT state, tries FROM urls WHERE url = '{url}'") == [("fetched", 0)]


def test_a_robots_txt_that_fails_forbids_the_host_for_this_run(newspaper: Running, tmp_path: Path) -> None:
    order(newspaper, "/robots.txt", kind="status", status=503)
    archive = tmp_path / "a.db"
    done = crawl(archive, newspaper.port, "crawl", PAPER)
    assert done.returncode == 4  # nothing could be fetched
    assert {kind for (kind,) in rows(archive, "SELECT kind FROM failures")} == {"robots-unread"}
    assert not rows(archive, "SELECT 1 FROM articles")
    newspaper.control("heal")
    rested = rows(archive, "UPDATE urls SET next_check = '2000-01-01T00:00:00Z'")
    assert not rested
    assert crawl(archive, newspaper.port, "crawl", PAPER).returncode == 0


def test_nothing_answers(tmp_path: Path) -> None:
    done = crawl(tmp_path / "a.db", 1, "crawl", PAPER)
    assert done.returncode == 4
    assert "robots-unread" in done.stderr


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.it/a", "http(s)"),
        ("javascript:alert(1)", "http(s)"),
        ("http://127.0.0.1/", "private"),
        ("http://[::1]:80/x", "private"),
        ("http://lanotizia.localhost/", "private"),
        ("manca.html", "No such file"),
        ("/etc", "directory"),
        ("", "no URL"),
    ],
)
def test_a_one_off_url_that_cannot_be_fetched_is_refused_in_one_sentence(tmp_path: Path, url: str, reason: str) -> None:
    archive = tmp_path / "a.db"
    done = crawl(archive, 1, "crawl", "page", "-a", f"url={url}")
    assert done.returncode == 2
    assert reason in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert not archive.exists()


HOSTILE = {
    "nul bytes": b"<html><body><p>" + b"a\x00b " * 500,
    "one line of 7 MB": b"<html><body><p>" + b"gol al 90' " * 640_000,
    "nesting": b"<html><body>" + b"<div>" * 50_000 + b"testo " * 200,
    "no html": bytes(range(256)) * 50,
    "attributes": b"<p " + b'a="x" ' * 100_000 + b">" + b"parola " * 100,
    "unclosed": b"<html><script>" + b"<!--" * 10_000,
    "gzip inside": gzip.compress(b"<p>ciao</p>" * 100),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_an_article_or_a_skip_in_bounded_time(tmp_path: Path, name: str) -> None:
    page, archive = tmp_path / "page.html", tmp_path / "a.db"
    page.write_bytes(HOSTILE[name])
    done = crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    assert done.returncode == 0, done.stderr
    assert rows(archive, "SELECT state FROM urls") in ([("fetched",)], [("skipped",)])


def test_an_archive_that_cannot_be_used_ends_in_one_sentence(tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    archive.write_bytes(b"not a database at all, " * 100)
    done = crawl(archive, 1, "crawl", PAPER)
    assert (done.returncode, len(done.stderr.strip().splitlines())) == (5, 1)


def test_a_second_crawl_of_a_site_says_who_holds_it(newspaper: Running, tmp_path: Path) -> None:
    from crawler.lock import SiteLock

    archive = tmp_path / "a.db"
    lock = SiteLock(archive, PAPER)
    assert lock.take() is None
    done = crawl(archive, newspaper.port, "crawl", PAPER)
    lock.release()
    assert done.returncode == 2
    assert "is being crawled by" in " ".join(done.stderr.split())
    assert not rows(archive, "SELECT 1 FROM articles")


def test_a_home_page_leads_to_as_many_articles_as_the_limit_says(tmp_path: Path) -> None:
    with running("--delay", "0") as other:
        done = crawl(
            tmp_path / "a.db",
            other.port,
            "crawl",
            "page",
            "-a",
            f"url={other.url(PAPER)}",
            "-s",
            "ALLOW_PRIVATE=1",
            "-s",
            "DOWNLOAD_DELAY=0",
            "-a",
            "limit=3",
        )
        assert done.returncode == 0, done.stderr
        assert rows(tmp_path / "a.db", "SELECT count(*) FROM urls WHERE role = 'article'") == [(3,)]
