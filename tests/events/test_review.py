"""Refereeing reviews: what the referee did is told, what he should have done is not."""

from __future__ import annotations

import pytest

from pipelines.events.reader import read

TITLE = "Moviola Bari-Lecce, gli episodi\n\n"
BEFORE = "5' - Fallo a centrocampo, tutto regolare.\n"
AFTER = "85' - Angolo che non c'era, deviazione del difensore.\n"


def told(episode: str) -> list[str]:
    reading = read(f"{TITLE}{BEFORE}30' - {episode}\n{AFTER}")
    return [" ".join(filter(None, (e.type, e.player))) for e in reading.events if e.minute == 30]


@pytest.mark.parametrize(
    ("episode", "event"),
    [
        ("Giallo a Verdi, ci sta.", "yellow_card Verdi"),
        ("Ammonito Marchetti per un fallo su Neri.", "yellow_card Marchetti"),
        ("Rosso diretto a Gallo: corretto.", "red_card Gallo"),
        ("Gol annullato a Neri per fuorigioco.", "goal_disallowed Neri"),
    ],
)
def test_a_decision_is_told(episode: str, event: str) -> None:
    assert event in told(episode)


@pytest.mark.parametrize(
    "episode",
    [
        "Poteva starci il rosso per Gallo.",
        "Manca il secondo giallo a Verdi.",
        "Niente giallo per Verdi, graziato.",
        "Il Bari chiede un rigore, l'arbitro lascia correre: giusto così.",
        "Mancava un rigore al Bari per il fallo di Ferri su Neri.",
    ],
)
def test_an_opinion_is_no_event(episode: str) -> None:
    assert told(episode) == []


@pytest.mark.parametrize(
    ("episode", "event"),
    [
        ("Verdi allarga il braccio nel contrasto con Neri: giusta l'ammonizione.", "yellow_card Verdi"),
        ("Ammonito Marchetti – Neri trattiene Marchetti, che reagisce.", "yellow_card Marchetti"),
        ("Calcione di Gallo a Neri, inevitabile l'espulsione.", "red_card Gallo"),
        ("Neri va via a Marchetti, il difensore lo stende: giusta l'ammonizione.", "yellow_card Marchetti"),
        ("C'è il calcio di rigore che porta avanti il Bari: Ferri colpisce il piede di Neri.", "penalty_awarded Neri"),
    ],
)
def test_a_card_is_the_offenders(episode: str, event: str) -> None:
    assert told(episode) == [event]


@pytest.mark.parametrize(
    "episode",
    [
        "Neri cade in area: niente calcio di rigore, il braccio era attaccato al corpo.",
        "Il Lecce chiede (timidamente) un calcio di rigore per tocco di mano di Ferri.",
        "Fallo di Ferri su Neri: poteva starci l'ammonizione.",
        "Resta a terra Neri dopo una spinta di Ferri: contatto leggero.",
    ],
)
def test_what_was_not_given_is_no_event(episode: str) -> None:
    assert told(episode) == []


def test_a_goal_that_its_own_episode_annuls_is_none() -> None:
    events = told("Annullato l'1-0 al Bari: Neri batte il portiere, ma la bandierina è alta, fuorigioco.")
    assert [e for e in events if e.startswith("goal ")] == []
    assert any(e.startswith("goal_disallowed") for e in events)


def test_what_the_var_is_for_is_no_review() -> None:
    rules = "L'arbitro si può avvalere del VAR per quattro tipologie di casi: gol, rigori, rossi, scambi di identità.\n"
    events = read(f"{TITLE}{rules}{BEFORE}{AFTER}").events
    assert not [e for e in events if e.type == "var_review"]
