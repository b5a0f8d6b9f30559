"""The commands around an archive: show, export, reread, forget, as a person runs them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.crawler.conftest import crawl, rows

PAGE = """<!doctype html><html lang="it"><head><title>Sestri-Imperia 2-1: Vannucci la decide nel finale</title>
<link rel="canonical" href="https://www.ilgol.example/calcio/sestri-imperia-2-1-123456.html">
<meta property="article:published_time" content="2026-11-15T18:40:00+01:00"><meta property="og:type" content="article">
</head><body><article><h1>Sestri-Imperia 2-1: Vannucci la decide nel finale</h1>
<p>Il Sestri batte 2-1 l'Imperia e torna a sorridere. Al 12' Vannucci porta avanti i padroni di casa con un destro
dal limite. Nella ripresa il pari degli ospiti: al 55' Bruzzone trasforma un calcio di rigore.</p>
<p>Quando tutto sembra finito, all'88', ancora Vannucci di testa firma il gol della vittoria. Nel recupero espulso
Bruzzone per doppia ammonizione. {more}</p></article></body></html>"""


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(more=""), encoding="utf-8")
    return path


def test_an_article_is_exported_with_its_events(page: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    done = crawl(tmp_path / "a.db", 1, "crawl", "page", "-a", f"url={page}", "-O", str(out))
    assert done.returncode == 0, done.stderr
    (item,) = (json.loads(line) for line in out.read_text(encoding="utf-8").splitlines())
    assert item["site"] == "ilgol.example"
    assert item["matches"][0]["score"] == [2, 1]
    goals = [(event["minute"], event["player"]) for event in item["events"] if event["type"] == "goal"]
    assert goals == [(12, "Vannucci"), (55, "Bruzzone"), (88, "Vannucci")]
    for event in item["events"]:
        for place in event["evidence"]:
            part = item[place.get("part", "text")]
            assert part[place["start"] : place["end"]] in part


def test_what_was_stored_is_shown_by_url_and_by_match(page: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    shown = crawl(archive, 1, "show", "https://www.ilgol.example/calcio/sestri-imperia-2-1-123456.html")
    assert "Vannucci la decide" in shown.stdout
    assert "88'" in shown.stdout
    ((match,),) = rows(archive, "SELECT id FROM matches")
    assert match == "2026-11-15-sestri-imperia"
    assert "Sestri-Imperia 2-1" in crawl(archive, 1, "show", match).stdout
    assert crawl(archive, 1, "show", "nessuna-partita").returncode == 2


def test_an_edited_page_makes_a_version_and_rereading_changes_nothing(page: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    page.write_text(PAGE.format(more="Domenica il Sestri riposa."), encoding="utf-8")
    crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    assert rows(archive, "SELECT count(*) FROM articles") == [(1,)]
    assert rows(archive, "SELECT count(*) FROM article_versions")[0][0] >= 1
    again = crawl(archive, 1, "reread", "--workers", "1")
    assert again.returncode == 0, again.stderr
    assert "1 read again: 1 same" in again.stdout


def test_a_forgotten_article_stays_away(page: Path, tmp_path: Path) -> None:
    archive = tmp_path / "a.db"
    crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    done = crawl(archive, 1, "forget", "https://www.ilgol.example/calcio/sestri-imperia-2-1-123456.html")
    assert done.returncode == 0, done.stderr
    crawl(archive, 1, "crawl", "page", "-a", f"url={page}")
    crawl(archive, 1, "reread", "--workers", "1")
    assert rows(archive, "SELECT count(*) FROM articles") == [(0,)]
    assert rows(archive, "SELECT count(*) FROM claims") == [(0,)]
    assert rows(archive, "SELECT DISTINCT state FROM urls") == [("gone",)]
