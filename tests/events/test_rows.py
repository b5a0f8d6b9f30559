"""Scorers and minutes told in rows, scores in words, and whose a goal must be under the final score."""

import pytest

from pipelines.events import read
from pipelines.events.figures import has_score, scores_in

HEAD = "Bari-Lecce {score}\n"


def goals(text: str, score: str = "2-1") -> list[tuple[str | None, int | None, str | None]]:
    """Scorer, minute and method of each goal, in the order of the match."""
    events = read(HEAD.format(score=score) + text).events
    return [(e.player, e.minute, e.method) for e in events if e.type == "goal"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "A segno al 12' Rossini, al 34' Neretti su rigore e al 67' Dossena.",
            [("Rossini", 12, "open_play"), ("Neretti", 34, "penalty"), ("Dossena", 67, "open_play")],
        ),
        (
            "A segno Rossini (12'), Neretti (45'+1, rig.) e Dossena (st 20').",
            [("Rossini", 12, "open_play"), ("Neretti", 45, "penalty"), ("Dossena", 65, "open_play")],
        ),
        (
            "Il Lecce ribalta il risultato con Maistri al 22' e con Iacolani su rigore al 33'.",
            [("Maistri", 22, "open_play"), ("Iacolani", 33, "penalty")],
        ),
        (
            "Il Bari chiude i conti nel primo tempo con l'uno-due di Arrighi e Schiavoni al 33' e 36'.",
            [("Arrighi", 33, "open_play"), ("Schiavoni", 36, "open_play")],
        ),
    ],
)
def test_each_scorer_of_a_row_has_his_own_minute_and_method(text: str, told: list[tuple[str, int, str]]) -> None:
    assert goals(text) == told


def test_a_minute_of_another_deed_is_not_taken() -> None:
    text = "Al 12' Rossini serve Neretti, che segna di testa; al 30' traversa di Dossena su rigore."
    assert goals(text) == [("Neretti", 12, "open_play")]


@pytest.mark.parametrize(
    ("text", "score"),
    [
        ("vince 2-1", (2, 1)),
        ("vince 3 a 1", (3, 1)),
        ("per quattro reti a una", (4, 1)),
        ("finisce uno a zero", (1, 0)),
    ],
)
def test_scores_are_read_in_figures_and_words(text: str, score: tuple[int, int]) -> None:
    low = text.split()
    assert [told for _, _, told in scores_in(low, 0, len(low))] == [score] and has_score(low, 0, len(low))


def test_no_score_is_read_in_a_number_before_a_place() -> None:
    assert scores_in(["restano", "in", "dieci", "a", "Lecce"], 0, 5) == []


@pytest.mark.parametrize(
    ("told", "score"),
    [
        ("Si va al riposo con gli ospiti in vantaggio per 2-0.", (0, 2)),
        ("All'intervallo gli ospiti conducono per due a zero.", (0, 2)),
        ("All'intervallo padroni di casa avanti 1-0.", (1, 0)),
    ],
)
def test_the_score_at_the_break_is_home_away_whoever_leads(told: str, score: tuple[int, int]) -> None:
    events = read(
        f"Bari-Lecce 2-3\nAl San Nicola vince il Lecce 3-2. {told} Nella ripresa al 60' segna Rossini."
    ).events
    assert [e.score for e in events if e.type == "half_time"] == [score]


def test_a_headlines_score_is_never_turned_and_the_goals_follow_it() -> None:
    text = (
        "Siena-Mantova 0-2\nI bianconeri si ritrovano sotto di un uomo: rosso per Migliori al 40' e rigore trasformato "
        "da Scotti. Nella ripresa arriva il raddoppio di Guccini, con il Siena che chiude in nove."
    )
    events = read(text).events
    assert [e.score for e in events if e.type == "full_time"] == [(0, 2)]
    assert {e.team for e in events if e.type == "goal"} == {"Mantova"}


def test_minutes_look_back_from_the_break_until_the_second_half_is_named() -> None:
    told = goals(
        "All'intervallo Bari avanti 1-0 con Rossini al 20', poi nella ripresa il pari di Neretti al 70'.", "1-1"
    )
    assert [(name, minute) for name, minute, _ in told] == [("Rossini", 20), ("Neretti", 70)]
