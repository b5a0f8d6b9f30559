"""The search: Italian forms, names, phrases; the same in Datasette's own `_search`."""

from __future__ import annotations

import doctest
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import html

from tests.pages.serving import opened

TEXTS = {
    1: "Il rigore concesso da Orsato", 2: "Due rigori parati in una sera", 3: "Leão segna ancora",
    4: "Rossi, cartellino giallo", 5: "Il cartellino rosso è giusto", 6: "Palo di Lukaku",
    7: "Tre pali e una traversa", 8: "Amici del Toro", 9: "Un amico in tribuna", 10: "Partire forte",
    11: "La partita è finita", 12: "calcio di rigore",
}  # fmt: skip


@pytest.fixture
def few(empty: Any) -> Any:
    """An archive with twelve one-line articles and a player called Rossi."""
    archive, _ = empty
    archive.conn.execute("INSERT INTO sites (name) VALUES ('s')")
    archive.conn.execute("INSERT INTO players VALUES ('rossi', 'Paolo Rossi', 'Rossi', NULL)")
    for number, text in TEXTS.items():
        archive.conn.execute(
            "INSERT INTO urls (id, url, site, role, discovered) VALUES (?, ?, 's', 'article', '2024-01-01T00:00:00Z')",
            (number, f"https://s.example/{number}"),
        )
        archive.conn.execute(
            "INSERT INTO articles (id, url, site, title, language, completeness, pages, words, method, hash, source_id,"
            " added, changed, published) VALUES (?1, ?2, 's', ?3, 'it', 'full', 1, 5, '', ?2, ?1, '', '', '2024')",
            (number, f"https://s.example/{number}", text),
        )
        archive.conn.execute("INSERT INTO bodies VALUES (?, '', '[]', '[]')", (number,))
    archive.conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    return opened(archive.path)


CASES = [
    ("rigore", {1, 2, 12}), ("rigori", {1, 2, 12}), ("RIGORÌ", {1, 2, 12}), ("leao", {3}), ("Leão", {3}),
    ("rossi", {4}), ("rosso", {5}), ("palo", {6, 7}), ("amiche", {8, 9}), ("partita", {11}), ("partire", {10}),
    ('"calcio di rigore"', {12}), ("rigori -parati", {1, 12}), ("rigore orsato", {1}), ("cartellini", {4, 5}),
    ("NEAR(rigore", set()), ("zzz", set()), ("*", set()), ('"', set()), ("AND", set()), ("title:rigore", set()),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "found"), CASES, ids=[typed for typed, _ in CASES])
async def test_finds_the_forms_of_a_word_and_names_as_they_are(few: Any, typed: str, found: set[int]) -> None:
    tree = html.fromstring((await few.client.get("/cerca", params={"q": typed})).text)
    shown = {int(link.rsplit("/", 1)[1]) for link in tree.xpath("//a[contains(@href, '/articoli/')]/@href")}
    assert shown == found
    rows = (await few.client.get("/empty/articles.json", params={"_search": typed, "_shape": "array"})).json()
    assert {row["id"] for row in rows} == (found if typed.strip() else set(TEXTS)), "Datasette's own _search"


async def test_teams_players_and_matches_come_first(pages: Any) -> None:
    tree = html.fromstring((await pages.client.get("/cerca?q=cagliari+frosinone")).text)
    assert any("cagliari-frosinone" in link for link in tree.xpath("//a[@class='mv-card']/@href"))
    assert tree.cssselect("mark")
    tree = html.fromstring((await pages.client.get("/cerca?q=pavoletti")).text)
    assert any("/giocatori/" in link for link in tree.xpath("//ul[@class='mv-chips']//a/@href"))


async def test_filters_narrow_what_is_found(pages: Any) -> None:
    async def found(**filters: str) -> int:
        tree = html.fromstring((await pages.client.get("/cerca", params={"q": "gol", **filters})).text)
        return int(tree.cssselect("#mv-a-h")[0].text.split()[0]) if tree.cssselect("#mv-a-h") else 0

    everything = await found()
    papers = [await found(sito=paper) for paper in ("curva", "lanotizia", "novantesimo", "ponente")]
    assert sum(papers) == everything
    assert 0 < await found(genere="live") < everything
    assert await found(dal="2023-07-01", al="2024-06-30") == await found(stagione="2023-24")


async def test_nothing_found_says_what_to_try(pages: Any) -> None:
    assert "Prova con meno parole" in (await pages.client.get("/cerca?q=qwxyz")).text


async def test_ten_thousand_characters(pages: Any) -> None:
    assert (await pages.client.get("/cerca", params={"q": "rigore " * 1400})).status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(typed=st.text(max_size=60) | st.text(alphabet="\"-*^(){}:+ NEARandot'éà", max_size=30))
async def test_whatever_is_typed_is_words_never_syntax(pages: Any, typed: str) -> None:
    response = await pages.client.get("/cerca", params={"q": typed.encode("utf-8", "replace").decode()})
    assert response.status_code == 200


def test_the_examples_of_the_stems(pages: Any) -> None:
    import moviola_pages.italian  # on the path since Datasette has loaded the plugin

    assert doctest.testmod(moviola_pages.italian).failed == 0


@pytest.mark.parametrize(
    "query", ["q=gol", "q=gol&pagina=3", "q=rigore&genere=report", "q=gol&dal=2023-01-01", "q=gol&pagina=99"]
)
async def test_a_common_word_is_found_newest_first_without_reading_all(
    pages: Any, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from moviola_pages import search

    async def found() -> list[str]:
        tree = html.fromstring((await pages.client.get(f"/cerca?ordine=data&{query}")).text)
        return [str(link) for link in tree.xpath("//li[@class='mv-article-line']/a/@href")]

    whole = await found()
    monkeypatch.setattr(search, "COMMON", 5)
    monkeypatch.setattr(search, "WALKED", (7, 30, 1_000))
    assert await found() == whole
