"""Score boxes: the notations of goals, cards, changes and shoot-outs, each with what it must give."""

from __future__ import annotations

import time

import pytest

from pipelines.events.blocks import read_lines
from pipelines.events.box import BoxMatch, read_boxes
from pipelines.events.reader import read
from pipelines.events.telling import Telling
from pipelines.events.tokens import lower

TEAMS = """REAL MONTALTO-VIRTUS LAME 2-1 (1-0)
REAL MONTALTO (4-3-3): Dragoni; Sassi, Ferri, Olmi, Zerbi; Pagni, Tosi, Lulli; Corsi, Mauri, Bassi. All. Fabbri
VIRTUS LAME (3-5-2): Quinti; Alloni, Belfi, Crudi; Dosi, Elmi, Fusi, Gatti, Isoldi; Lenci, Masi. All. Nardi
Arbitro: Ottavi di Prato
"""
THREE = ["12' Corsi home", "50' Lenci away penalty", "88' Mauri home"]
LATE = ["12' Corsi home", "50' Lenci away penalty", "90+3' Mauri home"]


def boxes_of(text: str) -> list[BoxMatch]:
    lowered = lower(text)
    return read_boxes(text, lowered, read_lines(text, lowered))


def told(notation: str, kind: str) -> list[str]:
    (match,) = boxes_of(TEAMS + notation + "\n")
    return [in_short(t) for t in sorted(match.tellings, key=lambda t: t.start) if t.type == kind]


def in_short(telling: Telling) -> str:
    """A telling as one line: minute, people, side, what is told of how."""
    clock, people = telling.clock, telling.people
    minute = "" if clock.minute is None else f"{clock.minute}" + (f"+{clock.stoppage}" if clock.stoppage else "") + "'"
    names = "/".join(n for role in ("player", "player_in", "player_out", "assist") if (n := people.get(role)))
    how = [str(v) for k in ("method", "outcome") if (v := telling.facts.get(k))]
    second = ["second yellow"] if telling.facts.get("second_yellow") else []
    return " ".join([*filter(None, (minute, names, telling.side or "")), *how, *second])


@pytest.mark.parametrize(
    ("notation", "goals"),
    [
        ("Marcatori: 12' Corsi, 50' Lenci (rig.), 88' Mauri", THREE),
        ("MARCATORI: 12' pt Corsi (M); 5' st Lenci rig. (V), 43' st Mauri (M)", THREE),
        ("Reti: pt 12' Corsi; st 5' Lenci (r), 43' Mauri", THREE),
        ("RETI: Corsi (M) al 12' p.t.; Lenci (V) su rigore al 5', Mauri (M) al 43' s.t.", THREE),
        ("Reti: nel p.t. al 12' Corsi; nella ripresa al 5' Lenci su rigore e al 43' Mauri", THREE),
        ("Marcatori: Corsi al 12', Lenci su rigore al 50', Mauri al 93'", LATE),
        ("Gol: Corsi 12', Lenci 50' rig., Mauri 90'+3'", LATE),
        ("MARCATORI: 12’ Corsi – 5’ st rig. Lenci – 43’ st Mauri", THREE),
        ("Marcatori: 12' e 88' Corsi, 50' Lenci", ["12' Corsi home", "88' Corsi home", "50' Lenci away"]),
        ("Marcatori: nel st 48' aut. Crudi", ["90+3' Crudi home own_goal"]),
        ("Marcatori: 12' Corsi (assist Mauri)", ["12' Corsi/Mauri home"]),
        ("Marcatori: nessuno", []),
    ],
)
def test_goals_are_read_in_every_notation(notation: str, goals: list[str]) -> None:
    assert told(notation, "goal") == goals


@pytest.mark.parametrize(
    ("notation", "yellow", "red"),
    [
        ("Ammoniti: 20' Sassi, 51' Belfi", ["20' Sassi home", "51' Belfi away"], []),
        ("Ammoniti: Sassi, Ferri (M); Belfi (V)", ["Sassi home", "Ferri home", "Belfi away"], []),
        ("Note: ammoniti Sassi e Belfi. Angoli 5-3.", ["Sassi home", "Belfi away"], []),
        ("Ammonito: Sassi per gioco falloso", ["Sassi home"], []),
        ("Espulso: 70' Crudi per doppia ammonizione", [], ["70' Crudi away second yellow"]),
        ("Note: espulso al 25' st Crudi per somma di ammonizioni", [], ["70' Crudi away second yellow"]),
        ("Espulsi: Crudi al 45'+2' (rosso diretto)", [], ["45+2' Crudi away"]),
        ("Note: spettatori 3.000 circa. Angoli: 5-3. Recupero: 1' e 4'.", [], []),
        ("Ammoniti: nessuno", [], []),
    ],
)
def test_cards_are_read_in_every_notation(notation: str, yellow: list[str], red: list[str]) -> None:
    assert told(notation, "yellow_card") == yellow
    assert told(notation, "red_card") == red


@pytest.mark.parametrize(
    ("notation", "changes"),
    [
        ("Sostituzioni: 60' Rossini per Bassi, 70' Vinci per Masi", ["60' Rossini/Bassi home", "70' Vinci/Masi away"]),
        ("Cambi: st 15' Rossini per Bassi, 25' Vinci x Masi", ["60' Rossini/Bassi home", "70' Vinci/Masi away"]),
        ("Sostituzioni: al 60' fuori Bassi dentro Rossini", ["60' Rossini/Bassi home"]),
        ("Sostituzioni: 60' Rossini (Bassi)", ["60' Rossini/Bassi home"]),
        ("Note: terreno in buone condizioni, serata fresca", []),
    ],
)
def test_changes_are_read_in_every_notation(notation: str, changes: list[str]) -> None:
    assert told(notation, "substitution") == changes


def test_the_kicks_of_a_shoot_out_are_told_with_their_outcome() -> None:
    kicks = told("Sequenza rigori: Corsi gol, Lenci parato, Mauri traversa", "penalty_shootout")
    assert kicks == ["Corsi home scored", "Lenci away saved", "Mauri home woodwork"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("REAL MONTALTO-VIRTUS LAME 2-1 (1-0)", ((2, 1), (1, 0), None)),
        ("Real Montalto - Virtus Lame: 2-1", ((2, 1), None, None)),
        ("REAL MONTALTO 2 VIRTUS LAME 1", ((2, 1), None, None)),
        ("Real Montalto-Virtus Lame 6-5 d.c.r. (1-1)", ((1, 1), None, (6, 5))),
    ],
)
def test_the_header_gives_the_scores(header: str, expected: tuple[object, ...]) -> None:
    (match,) = boxes_of("\n".join([header, *TEAMS.splitlines()[1:], "Marcatori: 12' Corsi"]))
    assert (match.score, match.half, match.shootout) == expected


def test_a_box_gives_line_ups_and_referee() -> None:
    (match,) = boxes_of(TEAMS)
    home, away = match.sheets["home"], match.sheets["away"]
    assert home.starters[0] == "Dragoni" and len(home.starters) == 11 and home.formation == "4-3-3"
    assert away.coach == "Nardi" and match.officials.referee == "Ottavi"


TABLE = """Real Montalto - Virtus Lame\t2-1
Marcatori\t12' Corsi (M), 50' Lenci (V), 88' Mauri (M)
Real Montalto (4-3-3)\tDragoni; Sassi, Ferri, Olmi, Zerbi; Pagni, Tosi, Lulli; Corsi, Mauri, Bassi (60' Rossini)
Allenatore\tFabbri
Virtus Lame (3-5-2)\tQuinti; Alloni, Belfi, Crudi; Dosi, Elmi, Fusi, Gatti, Isoldi; Lenci, Masi
Allenatore\tNardi
Arbitro\tOttavi di Prato
"""
COLUMNS = """Real Montalto-Virtus Lame 2-1
REAL MONTALTO (4-3-3)\tVIRTUS LAME (3-5-2)
Dragoni\tQuinti
Sassi\tAlloni
Di Stasi\tBelfi
Olmi\tCrudi
All. Fabbri\tAll. Nardi
Gol\t12' Corsi, 88' Mauri\t50' Lenci
"""


def test_a_table_gives_a_team_a_row() -> None:
    (match,) = boxes_of(TABLE)
    home, away = match.sheets["home"], match.sheets["away"]
    assert (len(home.starters), home.coach, len(away.starters), away.coach) == (11, "Fabbri", 11, "Nardi")
    assert [in_short(t) for t in match.tellings if t.type == "goal"] == [*THREE[:1], "50' Lenci away", *THREE[2:]]


def test_a_table_gives_a_team_a_column() -> None:
    (match,) = boxes_of(COLUMNS)
    assert match.sheets["home"].starters == ["Dragoni", "Sassi", "Di Stasi", "Olmi"]
    assert match.sheets["away"].starters == ["Quinti", "Alloni", "Belfi", "Crudi"]
    assert (match.sheets["home"].coach, match.sheets["away"].coach) == ("Fabbri", "Nardi")


def test_a_line_up_with_the_numbers_first_is_no_mark() -> None:
    numbered = """REAL MONTALTO: [1] Dragoni; [2] Sassi, [5] Ferri, [6] Olmi, [3] Zerbi; [8] Pagni, [4] Tosi; [9] Corsi
VIRTUS LAME: [1] Quinti; [2] Alloni, [5] Belfi, [6] Crudi, [3] Dosi; [8] Elmi, [4] Fusi; [9] Lenci
Reti: pt 12' Corsi
"""
    (reading,) = read(f"Real Montalto - Virtus Lame 1-0\n{numbered}").matches
    assert [len(reading.lineups[side].starters) for side in ("home", "away")] == [8, 8]
    assert reading.lineups["away"].numbers["Lenci"] == 9


def test_two_boxes_of_one_article_stay_apart() -> None:
    second = TEAMS.replace("MONTALTO", "OLIVETO").replace("LAME", "CORVINA").replace("2-1 (1-0)", "0-1")
    first, other = boxes_of(f"{TEAMS}Marcatori: 12' Corsi\n\n{second}Marcatori: 50' Lenci\n")
    assert [t.people["player"] for t in first.tellings if t.type == "goal"] == ["Corsi"]
    assert [t.people["player"] for t in other.tellings if t.type == "goal"] == ["Lenci"]


@pytest.mark.parametrize(
    "text",
    [
        "Il Real Montalto ha vinto 2-1 sul campo della Virtus Lame.",
        "Marcatori: la classifica dei cannonieri è guidata da Corsi con 12 gol.",
        "Note: chi vuole iscriversi scriva alla redazione.",
    ],
)
def test_no_box_is_seen_where_none_is(text: str) -> None:
    assert [t for m in boxes_of(text) for t in m.tellings if t.type != "full_time"] == []


@pytest.mark.parametrize(
    "piece", ["ammoniti ", "Rossi 12', ", "(", "1-0 ", "A-B 1-0\n", "REAL MONTALTO (4-3-3): Rossi, "]
)
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:  # the least of three: what else runs here only adds
        times = []
        for _ in range(3):
            began = time.process_time()
            boxes_of(piece * (size // len(piece)))
            times.append(time.process_time() - began)
        return min(times)

    seconds(5_000)
    assert seconds(80_000) < 0.05 + 8 * max(seconds(20_000), 0.02)
