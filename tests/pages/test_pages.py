"""All pages: they answer, they link to one another, they help where something is missing."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as XML
from zipfile import ZipFile

import pytest
from lxml import html

from pipelines.archive import Archive, browse
from pipelines.items import Article, Reading, Visit
from tests.pages.serving import opened

ATOM = "{http://www.w3.org/2005/Atom}"
PATHS = (
    "/", "/partite", "/squadre", "/competizioni", "/domande", "/cerca", "/cerca?q=rigore", "/stato",
    "/domande/gol-tardivi?minute=80", "/domande/rimonte?behind=1", "/domande/minuti", "/robots.txt", "/sitemap.xml",
    "/partite.atom", "/cerca.atom?q=gol",
)  # fmt: skip
ABSURD = (
    "x", "0", "-1", "9" * 30, "%00", "%ff", "..%2f..%2fetc%2fpasswd", "'; DROP TABLE matches--", "<script>", "{{7*7}}",
    "à" * 300, "%F0%9F%A4%96", "a.json.json", "~", "%25",
)  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
async def test_answers(pages: Any, path: str) -> None:
    assert (await pages.client.get(path)).status_code == 200


async def test_every_link_of_a_walk_from_home_leads_somewhere(pages: Any) -> None:
    """Home, then everything that it links to inside the site, then what those pages link to, one of each kind twice."""
    seen, waiting, kinds = set[str](), ["/"], dict[str, int]()
    while waiting:
        path = waiting.pop(0)
        kind = re.sub(r"[^/]+$", "", path)
        if path in seen or kinds.get(kind, 0) > 5:
            continue
        seen.add(path)
        kinds[kind] = kinds.get(kind, 0) + 1
        response = await pages.client.get(path)
        assert response.status_code == 200, path
        if response.headers["content-type"].startswith("text/html") and not path.startswith("/corpus"):
            links = html.fromstring(response.text).xpath("//a/@href")
            waiting += [link.split("#")[0] for link in links if link.startswith("/") and not link.startswith("//")]
    assert {"/partite/", "/articoli/", "/giocatori/", "/squadre/", "/competizioni/"} <= set(kinds)


@pytest.mark.parametrize("name", ABSURD)
@pytest.mark.parametrize("kind", ["partite", "articoli", "giocatori", "squadre", "competizioni", "domande"])
async def test_what_is_not_there_is_a_page_with_a_search_box(pages: Any, kind: str, name: str) -> None:
    path = f"/{kind}/{name if '%' in name else quote(name, safe='')}"
    response = await pages.client.get(path)
    assert response.status_code == 404, path
    assert html.fromstring(response.text).cssselect("form[action$=cerca]")


@pytest.mark.parametrize("query", ["pagina=-1", "pagina=99999999", "pagina=x", "lang=xx", "dal=x&al=%00&ordine=;&q=a"])
@pytest.mark.parametrize("path", ["/partite", "/cerca", "/"])
async def test_absurd_parameters_are_left_out(pages: Any, path: str, query: str) -> None:
    assert (await pages.client.get(f"{path}?{query}")).status_code == 200


@pytest.mark.parametrize("path", ["/", "/partite", "/squadre", "/competizioni", "/domande", "/cerca?q=gol", "/stato"])
async def test_an_empty_archive_has_helpful_pages(empty: Any, path: str) -> None:
    _, datasette = empty
    assert (await datasette.client.get(path)).status_code == 200


async def test_without_an_archive_the_pages_say_how_to_get_one(tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"")
    response = await opened(other).client.get("/")
    assert response.status_code == 503
    assert "make demo" in response.text
    assert (await opened(other).client.get("/-/healthz")).status_code == 503


async def test_an_older_archive_is_told_as_such(empty: Any) -> None:
    archive, datasette = empty
    archive.conn.execute("ALTER TABLE matches DROP COLUMN result")
    archive.conn.execute("DROP TABLE team_names")
    archive.conn.execute("DROP TABLE event_claims")
    archive.conn.execute("INSERT INTO teams VALUES ('a', 'Aosta')")
    archive.conn.execute("INSERT INTO matches (id, home_id, away_id) VALUES ('m', 'a', 'a')")
    response = await datasette.client.get("/partite/m")
    assert response.status_code == 503
    assert "versione precedente" in response.text


@pytest.mark.parametrize("count", [0, 150])
async def test_a_match_with_no_event_or_with_very_many(empty: Any, count: int) -> None:
    archive, datasette = empty
    archive.conn.execute("INSERT INTO teams VALUES ('a', 'Aosta'), ('b', 'Bari')")
    archive.conn.execute("INSERT INTO matches (id, home_id, away_id) VALUES ('m', 'a', 'b')")
    for number in range(count):
        side = "home" if number % 2 else "away"
        archive.conn.execute(
            "INSERT INTO events (id, match_id, number, type, side, minute, player)"
            " VALUES (?, 'm', ?, ?, ?, ?, 'Rossi')",
            (f"e{number}", number, ("goal", "shot", "red_card")[number % 3], side, number % 9),
        )
    response = await datasette.client.get("/partite/m")
    assert response.status_code == 200
    tree = html.fromstring(response.text)
    assert len(tree.cssselect(".mv-event")) == count
    assert len(tree.cssselect(".mv-line-across a")) == count


@pytest.mark.parametrize("path", ["/partite.atom", "/cerca.atom?q=rigore"])
async def test_feeds_are_atom_with_links_that_lead_somewhere(pages: Any, path: str) -> None:
    feed = XML.fromstring((await pages.client.get(path)).text)
    entries = feed.findall(f"{ATOM}entry")
    assert entries
    for entry in entries[:5]:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        address = link.get("href") or ""
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entry.findtext(f"{ATOM}updated") or "")
        assert (await pages.client.get(address.removeprefix("http://localhost"))).status_code == 200


async def test_health_is_good_after_a_good_run_and_bad_when_it_is_old(empty: Any) -> None:
    archive, datasette = empty
    assert (await datasette.client.get("/-/healthz")).status_code == 503
    archive.conn.execute(
        "INSERT INTO crawl_runs (started, ended, reason)"
        " VALUES ('2020-01-01T00:00:00Z', '2020-01-01T00:01:00Z', 'finished')"
    )
    response = await datasette.client.get("/-/healthz")
    assert response.status_code == 503
    assert response.json()["last_good_run"] == "2020-01-01T00:01:00Z"
    archive.conn.execute(
        "INSERT INTO crawl_runs (started, ended, reason) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ'),"
        " strftime('%Y-%m-%dT%H:%M:%SZ'), 'finished')"
    )
    assert (await datasette.client.get("/-/healthz")).status_code == 200


async def test_tables_and_columns_are_described_under_any_name(pages: Any) -> None:
    text = (await pages.client.get("/corpus/events")).text
    assert "how many independent articles tell it" in text
    assert "temp" not in (await pages.client.get("/corpus")).text


@pytest.mark.parametrize("argument", ["no/such.db", "."])
def test_browse_refuses_what_is_no_archive_in_one_sentence(argument: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert browse.main([argument]) == browse.UNUSABLE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


async def test_an_edited_article_shows_what_the_paper_changed(empty: Any) -> None:
    archive, datasette = empty
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    for hour, scorer in enumerate(("Rossi", "Bianchi")):
        text = f"Gol di {scorer} al 12'."
        article = Article("https://a.example/1", "Il gol", text, text)
        archive.write(
            Visit("https://a.example/1", "a", "article", at + timedelta(hours=hour)), article, Reading("report")
        )
    tree = html.fromstring((await datasette.client.get("/articoli/1")).text)
    [version] = tree.xpath("//a[contains(@href, '/versioni/')]/@href")
    tree = html.fromstring((await datasette.client.get(version)).text)
    assert [node.text for node in tree.cssselect(".mv-diff del")] == ["Rossi"]
    assert [node.text for node in tree.cssselect(".mv-diff ins")] == ["Bianchi"]
    assert (await datasette.client.get("/articoli/1/versioni/7")).status_code == 404


async def test_tables_and_questions_as_spreadsheets(pages: Any) -> None:
    for path in ("/corpus/events.xlsx?_size=20&_labels=on", "/corpus/gol-tardivi.xlsx?minute=80"):
        response = await pages.client.get(path)
        assert response.status_code == 200
        with ZipFile(io.BytesIO(response.content)) as folder:
            sheet = XML.fromstring(folder.read("xl/sheet.xml"))
            for name in folder.namelist():
                XML.fromstring(folder.read(name))
        rows = sheet.findall(".//{http://schemas.openxmlformats.org/spreadsheetml/2006/main}row")
        table = (await pages.client.get(path.replace(".xlsx", ".json") + "&_shape=arrays")).json()
        assert len(rows) == 1 + len(table["rows"])
        assert "".join(rows[0].itertext()) == "".join(table["columns"])


def test_a_cell_is_never_a_formula() -> None:
    from moviola_pages.spreadsheet import cell

    assert cell('=HYPERLINK("x")') == '<c t="inlineStr"><is><t xml:space="preserve">=HYPERLINK("x")</t></is></c>'
    assert cell(3) == "<c><v>3</v></c>"
    assert "\x00" not in cell("a\x00b")


async def test_of_several_archives_the_one_with_articles_is_shown(corpus_file: Path, tmp_path: Path) -> None:
    with Archive.open(tmp_path / "moviola.db") as archive:
        both = opened(archive.path, corpus_file)
        assert (await both.client.get("/squadre/cagliari")).status_code == 200
        assert (await both.client.get("/moviola/articles")).status_code == 200
