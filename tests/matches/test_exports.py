"""Exports: what others read back is what the archive has, where the format can hold it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import Archive
from pipelines.matches import export, rebuild
from pipelines.matches.exports.flat import EVENT
from pipelines.matches.exports.view import ask
from pipelines.matches.fixtures import read_calendar
from tests.matches.conftest import Tell, goal
from tests.matches.corpus import corpus_archive


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    with corpus_archive(tmp_path_factory.mktemp("exports") / "a.db", "dev") as archive:
        rebuild(archive)
        yield archive


def lines(archive: Archive, form: str, **which: Any) -> list[str]:
    with archive.reading() as conn:
        return list(export(conn, form, **which))


def stored(archive: Archive, query: str) -> list[dict[str, Any]]:
    with archive.reading() as conn:
        return ask(conn, query, ())


def test_football_txt_reads_back_as_the_same_results(corpus: Archive) -> None:
    read = {(r.date.isoformat(), r.home): r for r in read_calendar("a.txt", "\n".join(lines(corpus, "football.txt")))}
    matches = stored(corpus, "SELECT m.*, name AS home FROM matches m JOIN teams ON teams.id = home_id")
    assert len(read) == len(matches)
    for match in matches:
        result = read[match["date"], match["home"]]
        score = None if match["score_home"] is None else (match["score_home"], match["score_away"])
        half = None if match["half_home"] is None else (match["half_home"], match["half_away"])
        kicks = None if match["shootout_home"] is None else (match["shootout_home"], match["shootout_away"])
        assert (result.score, result.half, result.shootout) == (score, half if score else None, kicks)
        assert (result.season, result.round or None) == (match["season"], match["round"] or result.round)


def test_football_txt_names_scorers_cards_and_changes(corpus: Archive) -> None:
    text = "\n".join(lines(corpus, "football.txt", match="2021-01-09-milan-torino"))
    assert "Milan  2-0 (2-0)  Torino" in text
    assert "(p)" in text
    assert "Tomas Rincon [Y]" in text
    assert "Gojak (Linetty 58')" in text


def test_csv_holds_every_event_with_all_fields(corpus: Archive) -> None:
    read = list(csv.DictReader(io.StringIO("\n".join(lines(corpus, "csv")))))
    events = {event["id"]: event for event in stored(corpus, "SELECT * FROM events")}
    assert len(read) == len(events)
    for row in read:
        event = events[row["id"]]
        for name in set(EVENT) & event.keys():
            assert row[name] == ("" if event[name] is None else str(event[name]))


def test_json_lines_hold_every_match_with_its_articles(corpus: Archive) -> None:
    read = [json.loads(line) for line in lines(corpus, "jsonl")]
    matches = stored(corpus, "SELECT id, articles FROM matches ORDER BY date, id")
    assert [(m["id"], len(m["articles"])) for m in read] == [(m["id"], m["articles"]) for m in matches]
    assert sum(len(m["events"]) for m in read) == stored(corpus, "SELECT count(*) AS n FROM events")[0]["n"]


def test_schema_org_has_teams_scorers_and_articles(corpus: Archive) -> None:
    (line,) = lines(corpus, "jsonld", match="2021-01-09-milan-torino")
    told = json.loads(line)
    assert (told["@type"], told["homeTeam"]["name"], told["startDate"]) == ("SportsEvent", "Milan", "2021-01-09")
    assert len(told["subjectOf"]) == 5
    assert sum(event["name"].startswith("Gol") for event in told["subEvent"]) == 2


def test_the_common_data_format_is_valid(corpus: Archive, tmp_path: Path) -> None:
    cdf = pytest.importorskip("cdf")
    validator = cdf.MatchSchemaValidator()
    told = [json.loads(line) for line in lines(corpus, "cdf")]
    assert len(told) >= 0.8 * len(stored(corpus, "SELECT id FROM matches WHERE score_home IS NOT NULL"))
    for each in told:
        path = tmp_path / "match.json"
        path.write_text(json.dumps(each), encoding="utf-8")
        validator.validate_schema(sample=str(path), mode="strict")


def test_only_the_season_that_is_asked_for(corpus: Archive) -> None:
    seasons = {json.loads(line)["season"] for line in lines(corpus, "jsonl", season="2020-21")}
    assert seasons == {"2020-21"}


def test_no_cell_is_a_formula_and_no_name_breaks_a_line(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 1-0", "2021-01-09 22:50", [goal(25, '=HYPERLINK("x"),\n▪ (1\')', "Milan")])
    (row,) = list(csv.DictReader(io.StringIO("\n".join(lines(archive, "csv")))))
    assert row["player"].startswith("'=")
    (result,) = read_calendar("a.txt", "\n".join(lines(archive, "football.txt")))
    assert (result.home, result.score, result.away) == ("Milan", (1, 0), "Torino")
