"""Article texts, names and addresses are hostile input: no page runs, or even contains, what they carry."""

from __future__ import annotations

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as XML

import pytest
from lxml import html

from pipelines.archive import Archive
from pipelines.items import Article, Event, Evidence, Frame, Lineup, Reading, Timestamp, Visit
from tests.pages.payloads import PAYLOADS
from tests.pages.serving import opened

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
# What our own templates write; anything else came out of a payload.
ELEMENTS = set(
    """
    html head meta title script link body a header div span form input button nav main footer p article section h1 h2 h3
    dl dt dd svg symbol circle path rect text line use desc g polyline ol ul li details summary b i small blockquote q
    table thead tbody tr th td meter figure figcaption time aside select option label mark ins del
    """.split()  # noqa: SIM905 (a list of them would fill the screen)
)
STRICT = "script-src 'self';"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """An archive in which the n-th article, match, team and player are made of the n-th payload."""
    path = tmp_path_factory.mktemp("hostile") / "hostile.db"
    with Archive.open(path) as archive:
        for number, payload in enumerate(PAYLOADS):
            write(archive, number, payload)
        archive.conn.execute("UPDATE articles SET url = 'javascript:alert(1)' WHERE id = 1")
    return opened(path)


def write(archive: Archive, number: int, evil: str) -> None:
    """An article and its match."""
    url = f"https://a.example/{number}/{quote(evil[:200], errors='replace')}"
    place = (Evidence(0, len(evil), evil, evil), Evidence(0, 3, evil, evil, "title"))
    sheet = Lineup(evil, evil, (evil, *(f"{evil}{n}" for n in range(10))), ("Riserva",), {evil: 6.5})
    frame = Frame(
        evil, f"B{number}", (2, 1), date=date(2024, 1, 1), competition=evil, round=evil, referee=evil, venue=evil,
        lineups={"home": sheet},
    )  # fmt: skip
    goal = Event(
        "e1", "goal", f"{evil}-B{number}", evil, "home", 1, 10, player=evil, assist=evil, method=evil, score=(1, 0),
        evidence=place,
    )  # fmt: skip
    article = Article(
        url, evil, f"{evil}\n{evil}\t{evil}", str(number), evil, (evil,), Timestamp(AT, evil), section=evil,
        tags=(evil,), headings=((0, len(evil)),), image=evil, method=evil,
    )  # fmt: skip
    reading = Reading("report", (frame,), (goal,), evil)
    archive.write(Visit(url, "a", "article", AT), article, reading)
    conn, name = archive.conn, evil or "x"
    found = conn.execute("SELECT id FROM articles WHERE url = ? OR hash = ?", (url, str(number))).fetchone()
    conn.execute("INSERT OR IGNORE INTO teams VALUES (?, ?)", (f"t{number}{name}", name))
    conn.execute("INSERT INTO players VALUES (?, ?, ?, ?)", (f"p{number}{name}", name, name, f"t{number}{name}"))
    conn.execute(
        "INSERT INTO matches (id, date, season, competition, round, home_id, away_id, score_home, score_away, referee,"
        " venue, contradiction, status) VALUES (?1, ?2, ?2, ?2, ?2, ?3, ?3, 2, 1, ?2, ?2, ?2, ?2)",
        (f"m{number}{name}", name, f"t{number}{name}"),
    )
    conn.execute(
        "INSERT INTO events (id, match_id, number, type, side, team_id, minute, player, player_id, outcome, dissent,"
        " correction) VALUES (?1, ?2, 1, 'goal', 'home', ?3, 10, ?4, ?5, ?4,"
        " json_object(?4, json_object(?4, json(?6))), ?4)",
        (f"e{number}", f"m{number}{name}", f"t{number}{name}", name, f"p{number}{name}", f"[{found[0]}]"),
    )
    conn.execute("INSERT INTO event_claims SELECT id, ? FROM claims WHERE article_id = ?", (f"e{number}", found[0]))
    conn.execute("UPDATE article_matches SET match_id = ? WHERE article_id = ?", (f"m{number}{name}", found[0]))
    conn.execute(
        "UPDATE lineup_players SET player_id = ? WHERE name = ? AND lineup_id IN (SELECT lineups.id FROM lineups"
        " JOIN article_matches ON article_matches.id = article_match_id WHERE article_id = ?)",
        (f"p{number}{name}", evil, found[0]),
    )


def look(response: Any, path: str) -> None:
    """Fail if a page holds anything that is not ours."""
    assert response.status_code in (200, 404), path
    assert STRICT in response.headers["content-security-policy"]
    assert response.headers["x-content-type-options"] == "nosniff"
    tree = html.fromstring(response.text)
    for node in tree.iter():
        assert isinstance(node.tag, str), f"{path}: a comment"
        assert node.tag in ELEMENTS, f"{path}: <{node.tag}>"
        for name, value in node.attrib.items():
            assert not name.startswith("on"), f"{path}: {name}"
            assert name != "style", path
            if name in ("href", "src", "action", "xlink:href"):
                assert value[:1] in "/#?" or urlsplit(value).scheme in ("http", "https"), value
                assert not value.startswith("//"), value
    for script in tree.iter("script"):
        assert script.get("src", "").startswith("/static/")
        assert not script.text


@pytest.mark.parametrize("part", range(8))
async def test_no_page_contains_what_its_article_carries(hostile: Any, part: int) -> None:
    for number, payload in list(enumerate(PAYLOADS))[part::8]:
        name = quote(payload or "x", safe="", errors="replace")
        paths = [
            f"/partite/m{number}{name}", f"/articoli/{number + 1}", f"/squadre/t{number}{name}",
            f"/giocatori/p{number}{name}", f"/cerca?q={name}&sito={name}&genere={name}&stagione={name}&dal={name}",
            f"/{('partite', 'domande', 'competizioni')[number % 3]}/{name}x",
        ]  # fmt: skip
        for path in paths:
            response = await hostile.client.get(path)
            look(response, path)
            if path in paths[:4]:
                assert response.status_code == 200, path


@pytest.mark.parametrize(
    "path", ["/", "/partite", "/squadre", "/competizioni", "/stato", "/domande/gol-tardivi?minute=0"]
)
async def test_lists_contain_none_of_it_either(hostile: Any, path: str) -> None:
    look(await hostile.client.get(path), path)


async def test_downloads_and_feeds_stay_what_they_are(hostile: Any) -> None:
    for number, payload in enumerate(PAYLOADS):
        address = f"/partite/m{number}{quote(payload, safe='', errors='replace')}"
        assert (await hostile.client.get(f"{address}.json")).json()["match"]["id"]
        response = await hostile.client.get(f"{address}.csv")
        cells = [cell for line in csv.reader(io.StringIO(response.text)) for cell in line]
        assert not [cell for cell in cells if cell[:1] in ("=", "+", "@", "\t")]
        assert "\n" not in response.headers["content-disposition"]
        assert len((await hostile.client.get(f"{address}.txt")).text.splitlines()) <= 6
        feed = await hostile.client.get(f"/squadre/t{number}{quote(payload, safe='', errors='replace')}.atom")
        XML.fromstring(feed.text)


@pytest.mark.parametrize("path", ["/hostile", "/hostile/articles", "/hostile/events", "/hostile/matches?_search=x"])
async def test_datasettes_own_pages_run_only_what_datasette_wrote(hostile: Any, path: str) -> None:
    """Every inline script of theirs has its hash in the policy, nothing else has."""
    from base64 import b64encode
    from hashlib import sha256

    response = await hostile.client.get(path)
    policy = response.headers["content-security-policy"]
    for script in html.fromstring(response.text).iter("script"):
        if not script.get("src"):
            digest = b64encode(sha256((script.text or "").encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy.split("script-src")[1].split(";")[0]


async def test_the_archive_cannot_be_written_through_datasette(hostile: Any) -> None:
    for sql in (
        "DELETE FROM articles",
        "INSERT INTO teams VALUES ('x', 'x')",
        "ATTACH 'x' AS y",
        "PRAGMA user_version=9",
    ):
        response = await hostile.client.get("/hostile.json", params={"sql": sql, "_shape": "array"})
        assert response.status_code == 400, sql


async def test_readers_and_the_writer_do_not_wait_for_one_another(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "busy.db") as archive:
        write(archive, 1, "prima")
        datasette = opened(archive.path)
        archive.conn.execute("BEGIN IMMEDIATE")
        archive.conn.execute("UPDATE articles SET title = 'dopo'")
        assert "prima" in (await datasette.client.get("/articoli/1")).text
        archive.conn.execute("COMMIT")
        assert "dopo" in (await datasette.client.get("/articoli/1")).text
