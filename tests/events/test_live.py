"""Live commentaries: whatever their numbering and order, the entries come in match order and tell the same events."""

from __future__ import annotations

import time

import pytest

from pipelines.events.blocks import read_lines
from pipelines.events.live import find_entries
from pipelines.events.reader import read
from pipelines.events.tokens import lower

TITLE = "Real Montalto-Virtus Lame, la diretta\n\n"
OLDEST_FIRST = """1' Si parte
12' GOOOL! Real Montalto in vantaggio: Corsi di testa, 1-0
20' Giallo per Sassi
30' Lenci di testa: palla alta
45' Finisce il primo tempo: 1-0
60' Cambio Montalto: entra Rossini, esce Bassi
70' Espulso Crudi, rosso diretto
90'+4' Finita! 1-0
"""
NEWEST_FIRST = "\n".join(reversed(OLDEST_FIRST.strip().splitlines()))
BY_HALVES = """PRIMO TEMPO
1' Si parte
12' GOOOL! Real Montalto in vantaggio: Corsi di testa, 1-0
20' Giallo per Sassi
30' Lenci di testa: palla alta
45' Finisce il primo tempo: 1-0
SECONDO TEMPO
15' Cambio Montalto: entra Rossini, esce Bassi
25' Espulso Crudi, rosso diretto
45'+4' Finita! 1-0
"""
IN_LABELS = BY_HALVES.replace("' ", "' pt - ", 5).replace("15' ", "15' st - ").replace("25' ", "25' st - ")
TIMES_OF_DAY = "\n".join(f"21:{m:02} {line}" for m, line in enumerate(OLDEST_FIRST.strip().splitlines()))
EVENTS = [
    "goal 12 Corsi",
    "yellow_card 20 Sassi",
    "shot 30 Lenci",
    "half_time 45",
    "substitution 60 Rossini/Bassi",
    "red_card 70 Crudi",
    "full_time 90",
]


def told(text: str) -> list[str]:
    events = sorted(read(TITLE + text).events, key=lambda e: (e.minute or 0, e.type))
    people = [(e.player, *([f"{e.player_in}/{e.player_out}"] if e.player_in else [])) for e in events]
    return [
        " ".join(str(x) for x in (e.type, e.minute, *who) if x is not None)
        for e, who in zip(events, people, strict=True)
    ]


@pytest.mark.parametrize("text", [OLDEST_FIRST, NEWEST_FIRST, BY_HALVES, IN_LABELS, TIMES_OF_DAY])
def test_every_numbering_and_order_tells_the_same_match(text: str) -> None:
    assert told(text) == EVENTS


@pytest.mark.parametrize(
    ("entry", "event"),
    [
        ("Ammonito Belfi per un fallo a metà campo", "yellow_card 33 Belfi"),
        ("Cartellino giallo: Belfi (Lame)", "yellow_card 33 Belfi"),
        ("Espulso Belfi per doppia ammonizione", "red_card 33 Belfi"),
        ("Fuori Bassi, dentro Rossini", "substitution 33 Rossini/Bassi"),
        ("Rossini per Bassi", "substitution 33 Rossini/Bassi"),
        ("Palo di Lenci!", "shot 33 Lenci"),
        ("GOL! Lenci!", "goal 33 Lenci"),
        ("Infortunio per Dosi, che resta a terra", "injury 33 Dosi"),
    ],
)
def test_the_telegraphic_style_is_read(entry: str, event: str) -> None:
    assert event in told(f"1' Si parte\n20' Giallo per Sassi\n33' {entry}\n40' Calcio d'angolo\n41' Rimessa laterale\n")


@pytest.mark.parametrize(
    "entry",
    [
        "Niente giallo per Belfi",
        "Belfi rischia il secondo giallo",
        "Lenci chiede il rigore, si prosegue",
        "Si scalda Rossini",
        "Possesso palla 55% per il Montalto",
    ],
)
def test_what_did_not_happen_is_left_alone(entry: str) -> None:
    text = f"1' Si parte\n20' Giallo per Sassi\n33' {entry}\n40' Calcio d'angolo\n41' Rimessa laterale\n"
    assert [line for line in told(text) if " 33 " in line] == []


def test_entries_keep_the_minutes_of_stoppage_and_extra_time() -> None:
    text = "44' Tiro\n45'+2' Fine primo tempo\n46' Via\n90'+5' Si va ai supplementari\n91' Via\n119' Angolo\n"
    entries = find_entries(text, read_lines(text, lower(text)))
    clocks = [(e.clock.period, e.clock.minute, e.clock.stoppage) for e in entries]
    assert clocks == [(1, 44, None), (1, 45, 2), (2, 46, None), (2, 90, 5), (3, 91, None), (4, 119, None)]


@pytest.mark.parametrize("piece", ["12' Rossi\n", "gol ", "21:10 ", "Rossi "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:  # the least of three: what else runs here only adds
        text = piece * (size // len(piece))
        times = []
        for _ in range(3):
            began = time.process_time()
            find_entries(text, read_lines(text, lower(text)))
            times.append(time.process_time() - began)
        return min(times)

    seconds(5_000)
    assert seconds(80_000) < 0.05 + 8 * max(seconds(20_000), 0.02)


EXTRA_TIME = """120'+1' È finita! 2-1
112' GOL! Corsi! 2-1
106' Si riparte
SECONDO TEMPO SUPPLEMENTARE
105' Duplice fischio
97' Giallo per Sassi
91' Si gioca di nuovo
PRIMO TEMPO SUPPLEMENTARE
90'+3' Fine dei tempi regolamentari, 1-1
59' PAREGGIO! Corsi di testa, 1-1
46' Si riparte
SECONDO TEMPO
45'+2' Fine del primo tempo, 0-1
30' GOL! Vantaggio ospite con Lenci, 0-1
1' Si parte
"""


def test_headings_under_their_half_newest_entries_first() -> None:
    found = told(EXTRA_TIME)
    assert [e for e in found if e.startswith("goal")] == ["goal 30 Lenci", "goal 59 Corsi", "goal 112 Corsi"]
    assert "yellow_card 97 Sassi" in found


def test_who_puts_it_in_the_net_serves_nobody() -> None:
    text = OLDEST_FIRST.replace("Corsi di testa, 1-0", "Corsi mette in rete con un bel tiro, 1-0")
    assert "goal 12 Corsi" in told(text)


@pytest.mark.parametrize(
    "entry",
    [
        "OUT Bassi, IN Rossini",
        "IN: Rossini OUT: Bassi",
        "Bassi → Rossini, primo cambio",
        "Cambio: Rossini x Bassi",
        "Bassi non ce la fa: dentro Rossini",
        "Tocca a Rossini: fuori Bassi",
        "Esce Bassi\n60' Entra Rossini",
    ],
)
def test_the_shorthand_of_changes(entry: str) -> None:
    text = OLDEST_FIRST.replace("Cambio Montalto: entra Rossini, esce Bassi", entry)
    text = text.replace("Giallo per Sassi", "Giallo per Sassi, fallo su Bassi").replace(
        "Si parte", "Si parte con Rossini"
    )
    assert "substitution 60 Rossini/Bassi" in told(text)


@pytest.mark.parametrize("entry", ["Bassi - Rossini, bel duetto", "Rossini in area, palla a Bassi", "Bassi > tutti"])
def test_two_names_and_a_sign_are_no_change_of_themselves(entry: str) -> None:
    text = OLDEST_FIRST.replace("Cambio Montalto: entra Rossini, esce Bassi", entry)
    assert not [e for e in told(text) if e.startswith("substitution")]


@pytest.mark.parametrize(
    "whistle",
    [
        "Si chiude sull'1-0 il primo tempo",
        "Tutti negli spogliatoi sull'1 a 0",
        "All'intervallo il Montalto è avanti uno a zero",
        "HT: 1-0",
        "Tutti a riposo sull'1-0",
    ],
)
def test_half_time_in_many_words(whistle: str) -> None:
    assert "half_time 45" in told(OLDEST_FIRST.replace("Finisce il primo tempo: 1-0", whistle))


@pytest.mark.parametrize(
    ("entry", "booked"),
    [
        ("Corsi steso da Sassi: ammonizione", "Sassi"),
        ("Corsi salta Sassi, che lo trattiene: cartellino giallo", "Sassi"),
        ("Giallo. Sassi trattiene Corsi", "Sassi"),
        ("Sassi ferma Corsi: giallo", "Sassi"),
    ],
)
def test_the_card_is_his_who_did_it(entry: str, booked: str) -> None:
    assert f"yellow_card 20 {booked}" in told(OLDEST_FIRST.replace("Giallo per Sassi", entry))
