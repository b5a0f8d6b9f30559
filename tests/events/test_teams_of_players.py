"""Whose a player is where no line-up says: by what stands beside him, by whom he meets, by the order of the goals."""

import pytest

from pipelines.events import read
from pipelines.events.belonging import settle
from pipelines.events.people import Person
from pipelines.events.steps import step_of

HEAD = "Bari-Lecce {}\n\nPartita vibrante al San Nicola davanti a diecimila spettatori.\n"
TAIL = " Al 88' ammonito Costanzi. Al 89' il portiere Orlandi para il tiro di Fabbri."


def teams(text: str, score: str = "1-1") -> dict[str, str | None]:
    return {e.player: e.team for e in read(HEAD.format(score) + text + TAIL).events if e.player}


@pytest.mark.parametrize(
    ("text", "player", "team"),
    [
        ("Al 12' il Lecce ci prova con Rossi, palla alta.", "Rossi", "Lecce"),
        ("Al 12' per gli ospiti calcia Rossi, palla alta.", "Rossi", "Lecce"),
        ("Al 12' Rossi si presenta davanti al portiere del Bari e calcia alto.", "Rossi", "Lecce"),
        ("Al 12' Rossi riporta avanti il Bari con un diagonale.", "Rossi", "Bari"),
        ("Al 12' Rossi gela il Bari con un diagonale in rete.", "Rossi", "Lecce"),
        ("Al 12' il Lecce ci prova con Verdi, alto. Al 20' Verdi serve Rossi, che calcia a lato.", "Rossi", "Lecce"),
        ("Al 12' il Lecce ci prova con Verdi, alto. Al 20' Verdi atterra Rossi in area: rigore, giallo per Verdi. "
         "Dal dischetto Rossi calcia fuori.", "Rossi", "Bari"),
    ],
)  # fmt: skip
def test_what_stands_beside_a_player_tells_his_team(text: str, player: str, team: str) -> None:
    assert teams(text)[player] == team


def test_the_order_of_the_goals_tells_whose_each_was() -> None:
    text = "Al 12' il Lecce passa con Rossi. Al 30' pareggia Bianchi di testa. Al 70' Neri firma il sorpasso."
    assert teams(text, "1-2") == {"Rossi": "Lecce", "Bianchi": "Bari", "Neri": "Lecce"} | {
        k: v for k, v in teams(text, "1-2").items() if k in ("Costanzi", "Fabbri", "Orlandi")
    }


def test_a_player_of_whom_nothing_is_told_has_no_team() -> None:
    assert teams("Al 12' Rossi calcia alto.")["Rossi"] is None


def test_one_misread_sign_does_not_outweigh_the_others() -> None:
    a, b, c = (Person(n, (n,)) for n in "abc")
    a.tilt, b.tilt, c.tilt = 2.0, 1.0, -0.5
    settle([a, b, c], [(a, c, 1.5), (b, c, 1.5)])
    assert c.team == "home"


def test_a_line_up_is_not_overruled() -> None:
    a, b = Person("a", ("a",), side="away"), Person("b", ("b",))
    b.tilt = 1.0
    settle([a, b], [(a, b, 1.5)])
    assert (a.team, b.team) == ("away", "away")


@pytest.mark.parametrize(
    ("told", "step"),
    [("rossi pareggia di testa", "level"), ("rossi accorcia le distanze", "reduce"),
     ("il raddoppio di rossi", "double"),
     ("rossi sblocca il risultato", "lead"), ("rossi calcia alto", None)],
)  # fmt: skip
def test_words_say_what_a_goal_did_to_the_score(told: str, step: str | None) -> None:
    assert step_of(told.split()) == step
