"""`scrapy checksites` and `scrapy newsite`, run as a user runs them, against the sample newspaper."""

from __future__ import annotations

import shutil
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.drafting import infer_patterns
from crawler.linting import lint
from crawler.site import SITES, read_site
from tests.crawler.conftest import command
from tests.newspaper.process import ROOT, Running, running

SOUND = """\
title = "X"
home = "https://x.it/"
feeds = ["https://x.it/feed/"]
genres = ["news"]
evidence = "seen on 2026-11-22"
[articles]
allow = ['/news/[a-z-]+-\\d+$']
"""


@pytest.fixture(scope="module")
def newspaper() -> Iterator[Running]:
    with running("--delay", "0") as server:
        yield server


def run(newspaper: Running, tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = command(tmp_path / "a.db", newspaper.port, *arguments, "-s", "DOWNLOAD_DELAY=0", "-s", "ALLOW_PRIVATE=1")
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


def linted(tmp_path: Path, **files: str) -> dict[str, list[str]]:
    for name, text in files.items():
        (tmp_path / f"{name}.toml").write_text(text)
    return lint(sorted(tmp_path.glob("*.toml")))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('evidence = "seen on 2026-11-22"', 'evidence = "I know it"', "names no date"),
        ('genres = ["news"]', 'genres = ["gossip"]', "is none of"),
        ("/news/[a-z-]+-\\d+$", "x\\.it/", "takes the home page for an article"),
        ("/news/[a-z-]+-\\d+$", "/([a-z0-9]*-*)*!$", "takes too long"),
        ("[articles]", 'checked = "yesterday"\n[articles]', "must be never or a date"),
        ("genres =", "genre =", "unknown key"),
    ],
)
def test_lint_names_what_is_wrong(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    assert linted(tmp_path, x=SOUND) == {"x": []}
    wrong = linted(tmp_path, x=SOUND.replace(old, new))["x"]
    assert any(complaint in sentence for sentence in wrong), wrong


def test_lint_finds_two_sites_of_one_host(tmp_path: Path) -> None:
    assert linted(tmp_path, x=SOUND, y=SOUND) == {"x": [], "y": ["hosts: x.it belongs to x too"]}


def test_checksites_reads_all_declarations(newspaper: Running, tmp_path: Path) -> None:
    done = run(newspaper, tmp_path, "checksites")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{len(list(SITES.glob('*.toml')))} declarations read, 0 wrong\n"


def test_checksites_refuses_with_file_and_reason(newspaper: Running, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(SOUND.replace("genres =", "genre ="))
    done = run(newspaper, tmp_path, "checksites", "-s", f"SITES={tmp_path}")
    assert done.returncode == 2
    assert "x.toml: genre: unknown key" in done.stderr


def test_checksites_live_asks_each_site_for_home_way_in_and_article(newspaper: Running, tmp_path: Path) -> None:
    newspaper.control("reset")
    done = run(newspaper, tmp_path, "checksites", "--live", "lanotizia", "curva")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count(" sound ") == 2
    assert "characters" in done.stdout
    assert sum(newspaper.control("counts")["counts"].values()) <= 2 * 4  # robots.txt, home, way in, article


def test_checksites_live_tells_a_site_that_has_changed(newspaper: Running, tmp_path: Path) -> None:
    text = (SITES / "lanotizia.toml").read_text().replace(".entry-content", ".gone").replace("/\\d{4}/", "/x\\d{4}/")
    (tmp_path / "lanotizia.toml").write_text(text)
    done = run(newspaper, tmp_path, "checksites", "--live", "lanotizia", "-s", f"SITES={tmp_path}")
    assert done.returncode == 3, done.stdout + done.stderr
    assert "changed?" in done.stdout


@pytest.mark.parametrize(
    ("paper", "body", "path"),
    [("lanotizia", ".entry-content", "/2026/01/02/una-notizia/"), ("novantesimo", ".c-article__body", "")],
)
def test_newsite_drafts_a_declaration_that_crawls(
    newspaper: Running, tmp_path: Path, paper: str, body: str, path: str
) -> None:
    sites, tests = tmp_path / "sites", tmp_path / "tests"
    sites.mkdir()
    done = run(newspaper, tmp_path, "newsite", newspaper.url(paper), "--sites", str(sites), "--tests", str(tests))
    assert done.returncode == 0, done.stdout + done.stderr
    site = read_site(sites / f"{paper}.toml")
    assert site.draft
    assert site.selectors.body == body, done.stdout + done.stderr
    real = [article["url"] for article in newspaper.articles(paper)]
    assert sum(map(site.is_article, real)) >= 0.95 * len(real), done.stdout + done.stderr
    known = tomllib.loads((tests / f"{paper}.toml").read_text())
    assert known["take"]
    assert all(map(site.is_article, known["take"]))
    assert not any(map(site.is_article, known["leave"]))
    page, golden = tests / "pages" / f"{paper}.html", tests / "pages" / f"{paper}.txt"
    assert page.stat().st_size > 10_000
    assert len(golden.read_text()) > 200
    assert all(line in done.stdout for line in (str(page), str(golden)))
    assert lint([sites / f"{paper}.toml"])[paper] == []
    if path:
        assert site.is_article(newspaper.url(paper, path))


def test_newsite_refuses_a_declared_site(newspaper: Running, tmp_path: Path) -> None:
    shutil.copy(SITES / "ponente.toml", tmp_path)
    done = run(newspaper, tmp_path, "newsite", newspaper.url("ponente"), "--sites", str(tmp_path))
    assert done.returncode == 2
    assert "ponente is declared already" in done.stderr


def test_newsite_says_when_nothing_answers(newspaper: Running, tmp_path: Path) -> None:
    done = run(newspaper, tmp_path, "newsite", "http://127.0.0.1:1/", "--sites", str(tmp_path), "--name", "nobody")
    assert done.returncode == 4
    assert "nothing to draft from" in done.stdout
    assert list(tmp_path.glob("*.toml")) == []


def test_patterns_are_inferred_from_the_forms_of_addresses() -> None:
    urls = [f"https://x.it/serie-a/2026/11/{day}/milan-{n}-inter-derby/" for n, day in enumerate(range(10, 30))]
    (pattern,) = infer_patterns([*urls, "https://x.it/contatti"])
    assert pattern == r"/serie\-a/(?:19|20)\d\d/\d\d/\d\d/[a-z0-9_-]+/?(?:[?#]|$)"
