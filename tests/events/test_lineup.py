"""Line-ups: the players in order, and what stands beside a name: changes, marks, numbers, cards."""

from __future__ import annotations

import pytest

from pipelines.events.lineup import Sheet, read_formation, read_lineup
from pipelines.events.notation import atoms
from pipelines.events.tokens import lower


def read(text: str) -> Sheet:
    sheet = Sheet()
    read_lineup(atoms(text, lower(text), 0, len(text)), sheet)
    return sheet


@pytest.mark.parametrize(
    ("text", "starters"),
    [
        ("Dragoni; Sassi, Ferri; Corsi, Mauri (C)", ["Dragoni", "Sassi", "Ferri", "Corsi", "Mauri"]),
        ("1 Dragoni, 4 Sassi, 9 Corsi", ["Dragoni", "Sassi", "Corsi"]),
        ("DRAGONI, SASSI, DE CARLI", ["Dragoni", "Sassi", "De Carli"]),
        ("Dragoni - Sassi - Corsi", ["Dragoni", "Sassi", "Corsi"]),
        ("Dragoni, Sassi (cap.), Corsi (2003)", ["Dragoni", "Sassi", "Corsi"]),
        ("Dragoni 6; Sassi 5,5; Corsi s.v.", ["Dragoni", "Sassi", "Corsi"]),
        ("D'Orsi, Di Stasi, Van der Lelie", ["D'Orsi", "Di Stasi", "Van der Lelie"]),
        ("A. Dragoni; F. Sassi, G. Sassi", ["A. Dragoni", "F. Sassi", "G. Sassi"]),
    ],
)
def test_the_players_are_read_in_order(text: str, starters: list[str]) -> None:
    assert read(text).starters == starters


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("Dragoni; Corsi (60' Rossini)", ["Rossini/Corsi 60"]),
        ("Dragoni; Corsi (15' st Rossini)", ["Rossini/Corsi 60"]),
        ("Dragoni; Corsi (dal 15' st Rossini)", ["Rossini/Corsi 60"]),
        ("Dragoni; Corsi dal 60' Rossini", ["Rossini/Corsi 60"]),
        ("DRAGONI, CORSI (ROSSINI 60')", ["Rossini/Corsi 60"]),
        ("Dragoni 6, Corsi 5 (Rossini 6 dal 60')", ["Rossini/Corsi 60"]),
        ("Dragoni; Corsi (46' st Rossini)", ["Rossini/Corsi 90+1"]),
        ("Dragoni; Corsi (75' Zona, 80' Lupi)", ["Zona/Corsi 75", "Lupi/Zona 80"]),
        ("Dragoni; Corsi (Rossini)", ["Rossini/Corsi"]),
        ("Dragoni (C); Corsi (2003); Sassi (amm. 20')", []),
    ],
)
def test_the_changes_beside_a_name_are_read(text: str, changes: list[str]) -> None:
    found = []
    for c in read(text).changes:
        at = (
            ""
            if c.clock.minute is None
            else f" {c.clock.minute}" + (f"+{c.clock.stoppage}" if c.clock.stoppage else "")
        )
        found.append(f"{c.player_in}/{c.player_out}{at}")
    assert found == changes


def test_the_marks_and_numbers_beside_a_name_are_read() -> None:
    sheet = read("Dragoni 6; Sassi 5,5 (70' Vinci 6); Corsi 7+; Mauri s.v.; Ferri 6½")
    assert sheet.marks == {"Dragoni": 6, "Sassi": 5.5, "Vinci": 6, "Corsi": 7.25, "Mauri": "s.v.", "Ferri": 6.5}
    assert read("[1] Dragoni; [4] Sassi").numbers == {"Dragoni": 1, "Sassi": 4}
    assert read("[1] Dragoni; [4] Sassi").marks == {}
    assert read("1 Dragoni, 4 Sassi").numbers == {"Dragoni": 1, "Sassi": 4}


def test_a_card_in_a_bracket_is_its_players() -> None:
    ((name, sent_off, clock, _, _),) = read("Dragoni; Sassi (amm. 20'); Corsi").booked
    assert (name, sent_off, clock.minute) == ("Sassi", False, 20)


@pytest.mark.parametrize(
    ("text", "formation"),
    [("LAME (4312)", "4-3-1-2"), ("Lame (4-2-3-1)", "4-2-3-1"), ("Lame [3 - 5 - 2]", "3-5-2"), ("Lame 1926", None)],
)
def test_a_formation_is_told_from_other_figures(text: str, formation: str | None) -> None:
    assert read_formation(text) == formation
