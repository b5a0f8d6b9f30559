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
