"""The match page: score, timeline, events with who tells them."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from lxml import html

MATCH = "2023-10-29-cagliari-frosinone"


async def page(pages: Any, path: str) -> html.HtmlElement:
    response = await pages.client.get(path)
    assert response.status_code == 200, path
    return html.fromstring(response.text)


async def rows(pages: Any, sql: str, *values: Any) -> list[Any]:
    database = pages.get_database("corpus")
    return (await database.execute(sql, values)).rows


@pytest.fixture
async def match_id(pages: Any) -> str:
    """The match that most articles of the corpus tell."""
    return str((await rows(pages, "SELECT id FROM matches ORDER BY articles DESC, id LIMIT 1"))[0][0])


async def test_the_header_has_teams_score_and_scorers(pages: Any, match_id: str) -> None:
    row = (
        await rows(
            pages,
            "SELECT m.*, h.name AS home, a.name AS away FROM matches m JOIN teams h ON h.id = home_id"
            " JOIN teams a ON a.id = away_id WHERE m.id = ?",
            match_id,
        )
    )[0]
    tree = await page(pages, f"/partite/{match_id}")
    board = tree.cssselect(".mv-board")[0].text_content().split()
    assert row["home"].split()[0] in board
    assert row["away"].split()[0] in board
    assert f"{row['score_home']}–{row['score_away']}" in "".join(board)
    goals = await rows(pages, "SELECT player FROM events WHERE match_id = ? AND type = 'goal'", match_id)
    scorers = tree.cssselect(".mv-scorers")[0].text_content()
    assert goals
    assert all(goal["player"] in scorers for goal in goals if goal["player"])


async def test_every_event_is_listed_with_the_sentences_that_tell_it(pages: Any, match_id: str) -> None:
    tree = await page(pages, f"/partite/{match_id}")
    for event in await rows(pages, "SELECT * FROM events WHERE match_id = ?", match_id):
        item = tree.get_element_by_id(f"e{event['number']}")
        shown = " ".join(item.text_content().split())
        for name in ("player", "assist", "player_in", "player_out"):
            assert not event[name] or event[name] in shown
        told = await rows(pages, "SELECT count(*) FROM event_claims WHERE event_id = ?", event["id"])
        assert len(item.cssselect("blockquote")) == told[0][0]


async def test_dissent_is_shown_with_the_papers(pages: Any) -> None:
    event = (await rows(pages, "SELECT * FROM events WHERE dissent <> '{}' AND dissent LIKE '{\"minute\"%' LIMIT 1"))[0]
    tree = await page(pages, f"/partite/{event['match_id']}")
    item = tree.get_element_by_id(f"e{event['number']}")
    assert "minuto" in item.cssselect(".mv-disagree")[0].text_content()
    assert "≠" in item.cssselect(".mv-told")[0].text_content()


async def test_the_timeline_marks_lead_to_the_events_and_name_them(pages: Any, match_id: str) -> None:
    tree = await page(pages, f"/partite/{match_id}")
    for picture in tree.cssselect(".mv-timeline svg"):
        marks = picture.cssselect("a")
        assert marks
        for mark in marks:
            assert tree.get_element_by_id(mark.get("href").lstrip("#")) is not None
            assert mark.get("aria-label")
        assert picture.cssselect("title")
        assert picture.cssselect("desc")


async def test_downloads_have_the_events_of_the_page(pages: Any, match_id: str) -> None:
    events = await rows(pages, "SELECT * FROM events WHERE match_id = ? ORDER BY number", match_id)
    told = (await pages.client.get(f"/partite/{match_id}.json")).json()
    assert [event["id"] for event in told["events"]] == [event["id"] for event in events]
    assert all("sentences" in paper for event in told["events"] for paper in event["told_by"])
    response = await pages.client.get(f"/partite/{match_id}.csv")
    lines = list(csv.DictReader(io.StringIO(response.text)))
    assert [line["player"] for line in lines] == [event["player"] or "" for event in events]
    text = (await pages.client.get(f"/partite/{match_id}.txt")).text
    match = told["match"]
    assert f"{match['home']}  v  {match['away']}  {match['score_home']}-{match['score_away']}" in text


async def test_a_rejected_event_is_shown_as_such_and_counts_nowhere(empty: Any) -> None:
    archive, datasette = empty
    archive.conn.executescript("""
        INSERT INTO teams VALUES ('a', 'Aosta'), ('b', 'Bari');
        INSERT INTO players VALUES ('p', 'Piero Rossi', 'Rossi', 'a');
        INSERT INTO matches (id, date, season, home_id, away_id, score_home, score_away)
            VALUES ('m', '2024-01-01', '2023-24', 'a', 'b', 1, 0);
        INSERT INTO events (id, match_id, number, type, side, team_id, minute, player, player_id, correction)
            VALUES ('e', 'm', 1, 'goal', 'home', 'a', 9, 'Piero Rossi', 'p', 'rejected');
    """)
    tree = await page(datasette, "/partite/m")
    assert tree.cssselect(".mv-rejected #e1, #e1.mv-rejected")
    assert not tree.cssselect(".mv-scorers, .mv-timeline")
    assert "Piero Rossi" not in (await datasette.client.get("/domande/gol-lampo?until=90")).text
    assert not (await page(datasette, "/squadre/a")).cssselect(".mv-rank")


async def test_in_english(pages: Any, match_id: str) -> None:
    response = await pages.client.get(f"/partite/{match_id}?lang=en")
    assert 'lang="en"' in response.text
    assert "What happened" in response.text
    assert "mv-lang=en" in response.headers["set-cookie"]
