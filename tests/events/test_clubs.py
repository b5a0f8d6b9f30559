"""The lists of clubs and grounds: found by every usual name, refused with file and line where they are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.events import clubs as module
from pipelines.events import referee
from pipelines.events.clubs import (
    BadClubList,
    club_of,
    clubs,
    find_club,
    ground_of,
    grounds,
    nicknames_of,
    read_club_list,
)
from pipelines.events.sides import sides_of


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Inter", "Inter"),
        ("INTERNAZIONALE", "Inter"),
        ("A.C. Milan", "Milan"),
        ("Como 1907", "Como"),
        ("Hellas", "Hellas Verona"),
        ("Südtirol", "Südtirol"),
        ("SUDTIROL", "Südtirol"),
    ],
)
def test_a_club_is_found_by_its_usual_names(written: str, name: str) -> None:
    club = find_club(written)
    assert club is not None and club.name == name


def test_a_club_that_no_list_has_keeps_the_name_that_papers_write() -> None:
    assert find_club("Real Montalto") is None
    assert club_of("REAL MONTALTO").name == "Real Montalto"


def test_nicknames_are_known_in_all_forms() -> None:
    milan = find_club("Milan")
    assert milan is not None and {"rossonero", "rossonera", "rossoneri", "rossonere"} <= nicknames_of(milan)


@pytest.mark.parametrize(
    ("word", "side"),
    [("nerazzurri", "home"), ("rossoneri", "away"), ("granata", None), ("amaranto", None)],
)
def test_a_nickname_means_the_side_that_alone_bears_it(word: str, side: str | None) -> None:
    assert sides_of("Inter", "Milan").of_nickname(word) == side


def test_a_nickname_that_both_bear_means_neither() -> None:
    assert sides_of("Inter", "Atalanta").of_nickname("nerazzurri") is None


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        ("si gioca a San Siro", "San Siro"),
        ("al Bentegodi finisce 1-0", "Bentegodi"),
        ("i tifosi della Scala hanno applaudito il tenore", None),
    ],
)
def test_a_ground_is_named_after_a_preposition(text: str, ground: str | None) -> None:
    found = ground_of(text)
    assert (found[0] if found else None) == ground


def test_every_club_is_listed_once_and_every_ground_is_somebodys() -> None:
    names = [c.name for c in clubs()]
    assert len(names) == len(set(names))
    listed = set(names)
    assert [owner for owners in grounds().values() for owner in owners if owner not in listed] == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("Montalto | a | b", "five columns"),
        ("| a | b | c | d", "five columns"),
        ("Montalto | a;; b | | |", "empty name"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "wrong.txt"
    path.write_text(f"# heading\n{line}\n", encoding="utf-8")
    with pytest.raises(BadClubList, match=rf"wrong\.txt, line 2.*{fault}"):
        list(read_club_list(path))


def test_a_wrong_ground_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "grounds.txt").write_text("Comunale\n", encoding="utf-8")
    monkeypatch.setattr(module, "DATA", tmp_path)
    with pytest.raises(BadClubList, match=r"grounds\.txt, line 1"):
        grounds.__wrapped__()


@pytest.mark.parametrize("content", ['[after]\nstrong = "ammonisce"', '[after]\nstrong = ["Ammonisce"]', ""])
def test_a_wrong_cue_of_the_referee_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str) -> None:
    path = tmp_path / "referee.toml"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr(referee, "DATA", path)
    with pytest.raises(referee.BadReferee, match=r"referee\.toml: \[after\] strong"):
        referee.cues.__wrapped__()
