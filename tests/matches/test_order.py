"""After a rebuild the archive is the same whatever the order in which the articles came."""

from __future__ import annotations

import json
import random
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from pipelines.archive import Archive
from pipelines.matches import join_article, rebuild
from tests.matches.corpus import Told, articles, fill, reference_reading

STORIES = (
    "2021-01-09-milan-torino",  # two matches of these sides in three days
    "2021-01-12-milan-torino",
    "2007-10-28-siena-catania",  # a copy word for word
    "2009-12-13-audace-torrebruna-real-montefosco",  # abandoned, played again three days later
    "2009-12-16-audace-torrebruna-real-montefosco",
)
MADE = (
    "matches",
    "events",
    "players",
    "player_names",
    "teams",
    "team_names",
    "squads",
    "source_records",
    "type_records",
)


def told() -> list[Told]:
    return [each for each in articles("dev") if each.record.get("story") in STORIES]


def dump(archive: Archive) -> dict[str, list[Any]]:
    """All that joining wrote, with addresses in the place of numbers that tell the order of arrival."""
    with archive.reading() as conn:
        urls = dict(conn.execute("SELECT id, url FROM articles").fetchall())
        rows: dict[str, list[Any]] = {}
        for table in MADE:
            cursor = conn.execute(f"SELECT * FROM {table}")
            names = [column[0] for column in cursor.description]
            rows[table] = sorted((readable(dict(zip(names, row, strict=True)), urls) for row in cursor), key=repr)
        rows["ties"] = ties(conn)
        return rows


def readable(row: dict[str, Any], urls: dict[int, str]) -> dict[str, Any]:
    if "dissent" in row:
        told = json.loads(row["dissent"])
        row["dissent"] = {
            field: {value: sorted(urls[article] for article in by) for value, by in values.items()}
            for field, values in told.items()
        }
    return row


def ties(conn: sqlite3.Connection) -> list[Any]:
    return [
        *conn.execute(
            "SELECT url, f.number, match_id, unsure FROM article_matches f"
            " JOIN articles a ON a.id = article_id ORDER BY 1, 2"
        ),
        *conn.execute(
            "SELECT url, c.number, event_id FROM event_claims JOIN claims c ON c.id = claim_id"
            " JOIN articles a ON a.id = article_id ORDER BY 1, 2"
        ),
        *conn.execute(
            "SELECT url, l.side, p.number, player_id FROM lineup_players p JOIN lineups l ON l.id = lineup_id"
            " JOIN article_matches f ON f.id = article_match_id JOIN articles a ON a.id = f.article_id ORDER BY 1, 2, 3"
        ),
    ]


def archived(path: Path, order: list[Told]) -> Archive:
    archive = Archive.open(path, on_claims=join_article)
    fill(archive, order, {each.id: reference_reading(each) for each in order})
    return archive


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_arrival_gives_the_same_archive(tmp_path: Path, seed: int) -> None:
    straight, shuffled = told(), told()
    random.Random(seed).shuffle(shuffled)
    with archived(tmp_path / "a.db", straight) as a, archived(tmp_path / "b.db", shuffled) as b:
        rebuild(a)
        rebuild(b)
        assert dump(a) == dump(b)


def test_rebuilding_twice_changes_nothing(tmp_path: Path) -> None:
    with archived(tmp_path / "a.db", told()) as archive:
        rebuild(archive)
        once = dump(archive)
        rebuild(archive)
        assert dump(archive) == once


def test_articles_one_by_one_are_tied_as_a_rebuild_ties_them(tmp_path: Path) -> None:
    with archived(tmp_path / "a.db", told()) as archive:
        with archive.reading() as conn:
            before = ties(conn)[: len(told())]
        rebuild(archive)
        with archive.reading() as conn:
            assert ties(conn)[: len(told())] == before
