"""A person's word on matches and events survives rebuilding, rereading and new articles."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipelines.archive import Archive
from pipelines.matches import NoSuchThing, correct_event, correct_tie, correction_undone, rebuild, setting
from tests.matches.conftest import Tell, goal, matches, timeline, unsure, yellow

MATCH = "2021-01-09-milan-torino"
AT = "2021-01-09 22:50"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TOLD = [goal(25, "Leão", "Milan"), yellow(31, "Bremer", "Torino")]


@pytest.fixture
def urls(tell: Tell) -> list[str]:
    return [tell(site, "Milan-Torino 1-0", AT, TOLD) for site in ("curva", "ponente", "lanotizia")]


def event_id(archive: Archive, kind: str) -> str:
    with archive.reading() as conn:
        return str(conn.execute("SELECT id FROM events WHERE type = ?", (kind,)).fetchone()[0])


def test_a_split_article_stays_out_also_after_a_rebuild(archive: Archive, urls: list[str], tell: Tell) -> None:
    correct_tie(archive, MATCH, urls[2], "split", NOW)
    assert (matches(archive)[MATCH], list(unsure(archive))) == (urls[:2], [urls[2]])
    rebuild(archive)
    tell("novantesimo", "Milan-Torino 1-0", AT, TOLD)
    assert urls[2] not in matches(archive)[MATCH]
    correction_undone(archive, 1)
    assert urls[2] in matches(archive)[MATCH]


def test_a_joined_article_is_in_whatever_it_says(archive: Archive, urls: list[str], tell: Tell) -> None:
    odd = tell("novantesimo", "Diavolo-Toro 1-0", "2021-02-20 10:00", [goal(26, "Leão", "Diavolo")])
    assert odd not in matches(archive)[MATCH]
    correct_tie(archive, MATCH, odd, "join", NOW)
    assert odd in matches(archive)[MATCH]
    rebuild(archive)
    assert {match: len(told) for match, told in matches(archive).items()} == {MATCH: 4}
    assert timeline(archive, MATCH, "type", "sources")[0] == ("goal", 4)


def test_a_rejected_event_is_shown_as_such_and_counts_nowhere(archive: Archive, urls: list[str]) -> None:
    correct_event(archive, event_id(archive, "yellow_card"), "reject", {}, NOW)
    rebuild(archive)
    assert timeline(archive, MATCH, "type", "correction") == [("goal", None), ("yellow_card", "rejected")]
    correction_undone(archive, 1)
    assert timeline(archive, MATCH, "type", "correction") == [("goal", None), ("yellow_card", None)]


def test_what_is_set_by_hand_stays_when_papers_say_otherwise(archive: Archive, urls: list[str], tell: Tell) -> None:
    correct_event(archive, event_id(archive, "goal"), "set", {"minute": 24, "assist": "Diaz"}, NOW)
    rebuild(archive)
    tell("novantesimo", "Milan-Torino 1-0", AT, TOLD)
    ((minute, assist, note),) = timeline(archive, MATCH, "minute", "assist", "correction")[:1]
    assert (minute, assist) == (24, "Diaz")
    assert "25 → 24" in note


def test_unknown_names_are_refused_in_a_sentence(archive: Archive, urls: list[str]) -> None:
    for wrong in (lambda: correct_tie(archive, "nessuna", urls[0], "split", NOW),
                  lambda: correct_tie(archive, MATCH, "https://x.example/", "join", NOW),
                  lambda: correct_event(archive, "nessuno", "reject", {}, NOW),
                  lambda: correction_undone(archive, 99)):  # fmt: skip
        with pytest.raises(NoSuchThing):
            wrong()
    with pytest.raises(ValueError, match="minute is a number"):
        setting("minute=presto")
    with pytest.raises(ValueError, match="a field of"):
        setting("id=1")
