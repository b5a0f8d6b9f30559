"""The frame of a match: its clubs, its score, and the facts around it, as headline, prose and box tell them."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.events.reader import read
from pipelines.items import Frame

STORY = "Al 12' segna Rossi di testa, poi la squadra amministra il vantaggio fino al fischio finale."


def frame(title: str, text: str = STORY, published: date | None = None) -> Frame:
    return read(f"{title}\n\n{text}", published=published).matches[0]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Bari-Lecce 2-1", STORY, ("Bari", "Lecce", (2, 1))),
        ("Il Bari supera il Lecce", f"Bari-Lecce finisce 2-1. {STORY}", ("Bari", "Lecce", (2, 1))),
        (
            "Il Palermo sbanca Cosenza",
            f"Il Palermo espugna il campo del Cosenza. {STORY}",
            ("Cosenza", "Palermo", None),
        ),
        ("Colpo della Roma a Torino", f"Torino-Roma 0-1. {STORY}", ("Torino", "Roma", (0, 1))),
        ("Real Montalto-Virtus Lame 3-2", STORY, ("Real Montalto", "Virtus Lame", (3, 2))),
    ],
)
def test_the_clubs_and_the_score(title: str, text: str, expected: tuple[object, ...]) -> None:
    found = frame(title, text)
    assert (found.home, found.away, found.score) == expected


FACTS = (
    "Bari-Lecce 2-1, nona giornata di Serie A. Si è giocato domenica 12 marzo 2023 allo stadio San Nicola"
    " davanti a 12.340 spettatori. Arbitro: Ottavi di Prato. " + STORY
)


def test_the_facts_around_a_match() -> None:
    found = frame("Bari, che festa", FACTS)
    assert found.date == date(2023, 3, 12)
    assert (found.competition, found.venue, found.attendance) == ("Serie A", "San Nicola", 12340)
    assert found.referee == "Ottavi"


def test_the_day_counts_from_the_day_of_publication() -> None:
    assert frame("Bari-Lecce 2-1", f"Ieri il Bari ha vinto. {STORY}", date(2023, 3, 13)).date == date(2023, 3, 12)
    assert frame("Bari-Lecce 2-1", f"Domenica il Bari ha vinto. {STORY}", date(2023, 3, 14)).date == date(2023, 3, 12)


@pytest.mark.parametrize(
    "text",
    ["Il Bari cerca un attaccante per la prossima stagione.", "Il Comune rifà lo stadio: lavori per 2-3 milioni."],
)
def test_an_article_about_no_match_has_no_frame(text: str) -> None:
    assert read(f"Novità in città\n\n{text}").matches == ()


@pytest.mark.parametrize(
    ("told", "referee"),
    [
        ("L'arbitro Ottavi di Prato ha visto bene.", "Ottavi"),
        ("Agli ordini di Di Stasi si parte forte.", "Di Stasi"),
        ("Sul taccuino di Ottavi finisce Verdi.", "Ottavi"),
        ("Il gol del pari non vale: Ottavi annulla per fuorigioco.", "Ottavi"),
        ("Ottavi viene richiamato al monitor e cambia decisione.", "Ottavi"),
        ("Verdi, già ammonito da Ottavi, protesta.", "Ottavi"),
        ("Verdi annulla il centravanti avversario.", None),
        ("Al Var c'è Ottavi, che conferma.", None),
        ("Verdi si fa male, entra Neri.", None),
    ],
)
def test_the_referee_is_known_by_what_he_does(told: str, referee: str | None) -> None:
    assert frame("Bari-Lecce 2-1", f"{STORY} {told}").referee == referee


@pytest.mark.parametrize(
    ("told", "venue"),
    [
        ("Al San Nicola finisce in festa.", "San Nicola"),
        ("Si è giocato allo stadio Città di Lame.", "Città di Lame"),
        ("Domenica si torna al Via del Mare.", None),
        ("Il Bari sbanca il mercato.", None),
    ],
)
def test_the_ground_is_the_hosts(told: str, venue: str | None) -> None:
    assert frame("Bari-Lecce 2-1", f"{STORY} {told}").venue == venue
