"""The clock as Italian tells it: every row of the table in docs/event-model.md, and the turns of a match's time."""

import pytest

from pipelines.events.clock import Clock, ClockState
from pipelines.events.minutes import find_mentions
from pipelines.events.tokens import Doc

When = tuple[int | None, int | None, int | None]

TABLE: list[tuple[str, list[When]]] = [
    ("Gol di Rossi al 57'.", [(2, 57, None)]),
    ("Gol di Rossi 57'", [(2, 57, None)]),
    ("Al minuto 57 segna Rossi.", [(2, 57, None)]),
    ("Minuto 57: segna Rossi.", [(2, 57, None)]),
    ("Al 57° segna Rossi.", [(2, 57, None)]),
    ("Al 57esimo segna Rossi.", [(2, 57, None)]),
    ("Rossi (12' st) segna.", [(2, 57, None)]),
    ("Rossi (12' s.t.) segna.", [(2, 57, None)]),
    ("Al 12' della ripresa segna Rossi.", [(2, 57, None)]),
    ("Al 12' del secondo tempo segna Rossi.", [(2, 57, None)]),
    ("2T 12' Rossi", [(2, 57, None)]),
    ("Rossi 36' pt", [(1, 36, None)]),
    ("Al 36' del primo tempo segna Rossi.", [(1, 36, None)]),
    ("Gol al 45'+2 di Rossi.", [(1, 45, 2)]),
    ("Gol al 45'+2' di Rossi.", [(1, 45, 2)]),
    ("Gol al 45+2' di Rossi.", [(1, 45, 2)]),
    ("Rossi 47' pt", [(1, 45, 2)]),
    ("Al 40' palo di Rossi. Al 2' di recupero segna Bianchi.", [(1, 40, None), (1, 45, 2)]),
    ("Al 93' segna Rossi.", [(2, 90, 3)]),
    ("Al 90'+3 segna Rossi.", [(2, 90, 3)]),
    ("Rossi 48' st", [(2, 90, 3)]),
    ("All'80' palo di Rossi. Al terzo minuto di recupero segna Bianchi.", [(2, 80, None), (2, 90, 3)]),
    ("Rossi 1' pts", [(3, 91, None)]),
    ("Al 3' del primo tempo supplementare segna Rossi.", [(3, 93, None)]),
    ("Gol al 105'+1 di Rossi.", [(3, 105, 1)]),
    ("Al 119' segna Rossi.", [(4, 119, None)]),
    ("Rossi 14' sts", [(4, 119, None)]),
    ("Al 97' segna Rossi, al 112' Bianchi.", [(3, 97, None), (4, 112, None)]),
    ("Al 97' segna Rossi.", [(2, 90, 7)]),
    ("Alla mezz'ora segna Rossi.", [(1, 30, None)]),
    ("Al quarto d'ora della ripresa segna Rossi.", [(2, 60, None)]),
    ("A metà primo tempo segna Rossi.", [(1, 22, None)]),
    ("A cinque minuti dalla fine segna Rossi.", [(2, 85, None)]),
    ("A dieci dal termine segna Rossi.", [(2, 80, None)]),
    ("Dopo 40 secondi segna Rossi.", [(1, 1, None)]),
    ("Pronti-via e segna Rossi.", [(1, 1, None)]),
    ("In avvio di ripresa segna Rossi.", [(2, 46, None)]),
    ("Al 12' palo di Rossi. Due minuti più tardi segna Bianchi.", [(1, 12, None), (1, 14, None)]),
    ("Al 12' palo di Rossi. 5' più tardi segna Bianchi.", [(1, 12, None), (1, 17, None)]),
    ("Al 12' palo di Rossi. Tre giri di lancette dopo segna Bianchi.", [(1, 12, None), (1, 15, None)]),
    ("Al 12' palo di Rossi. Un minuto dopo segna Bianchi.", [(1, 12, None), (1, 13, None)]),
    ("Al 44' palo di Rossi. Al 47' segna Bianchi. Si va all'intervallo.", [(1, 44, None), (1, 45, 2)]),
    ("Al 30' palo. Nella ripresa al 47' segna Bianchi. Al 60' pari.", [(1, 30, None), (2, 47, None), (2, 60, None)]),
    ("La ripresa comincia bene. Al 6' segna Rossi. Al 12' pareggia Bianchi.", [(2, 51, None), (2, 57, None)]),
    ("Al sesto minuto palo, al ventitreesimo minuto gol.", [(1, 6, None), (1, 23, None)]),
]


def clocks(text: str) -> list[Clock]:
    """The clocks that the text's mentions of time give, in order; stretches ("nella ripresa") left out."""
    doc = Doc(text)
    placed = ClockState().place_all(find_mentions(doc, 0, len(doc)))
    return [p.clock for p in placed if p.clock is not None and p.mention.form not in ("half", "break")]


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text for text, _ in TABLE])
def test_the_clock_of_the_table(text: str, expected: list[When]) -> None:
    assert [(c.period, c.minute, c.stoppage) for c in clocks(text)] == expected


def test_a_stretch_of_minutes_is_a_range() -> None:
    (clock,) = clocks("Tra il 62' e il 65' segna Rossi.")
    assert (clock.period, clock.minute, clock.minute_end, clock.precision) == (2, 62, 65, "range")


@pytest.mark.parametrize("words", ["Nel recupero", "In pieno recupero", "Al fotofinish"])
def test_added_time_with_no_minute(words: str) -> None:
    clock = clocks(f"All'85' palo di Rossi. {words} segna Bianchi.")[-1]
    assert (clock.period, clock.minute, clock.stoppage, clock.stoppage_unknown) == (2, 90, None, True)


@pytest.mark.parametrize(
    ("text", "precision"),
    [
        ("Al 57' segna Rossi.", "exact"),
        ("Alla mezz'ora segna Rossi.", "approximate"),
        ("A dieci dal termine segna Rossi.", "approximate"),
        ("Al 12' palo. Un minuto dopo segna Bianchi.", "relative"),
    ],
)
def test_how_sure_a_clock_is(text: str, precision: str) -> None:
    assert clocks(text)[-1].precision == precision


@pytest.mark.parametrize(
    "text",
    [
        "Finisce 2-1 dopo 90 minuti di battaglia.",
        "Si gioca davanti a 57 mila spettatori.",
        "Alle 20.45 la palla al centro.",
        "Nel 2019 vinse 3-0.",
        "Rossi, 27 anni, non ci sarà.",
        "Il 57 per cento di possesso.",
        "Un tiro da 25 metri.",
        "Finisce dopo 4' di recupero.",
    ],
)
def test_other_numbers_are_no_minutes(text: str) -> None:
    assert [c for c in clocks(text) if c.precision == "exact"] == []


def test_time_never_runs_backwards_within_a_half() -> None:
    told = clocks("Al 10' palo. Al 25' gol. Al 44' gol. Al 3' gol. Al 20' gol.")
    assert [(c.period, c.minute) for c in told] == [(1, 10), (1, 25), (1, 44), (2, 48), (2, 65)]
    assert [c.order for c in told] == sorted(c.order for c in told)
