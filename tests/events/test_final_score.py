"""A final score is read home-away, whoever is named first."""

import pytest

from pipelines.events import read

HEAD = "Bari e Lecce di fronte al San Nicola\n\nIl Bari ospita il Lecce davanti a diecimila spettatori. "
TAIL = "\nAl 3' Fabbri calcia a lato. Al 7' il portiere Orlandi para il tiro di Fabbri. Al 9' ammonito Costanzi."


@pytest.mark.parametrize(
    ("sentence", "score"),
    [
        ("Il Lecce espugna 3-2 il campo del Bari.", (2, 3)),
        ("Blitz del Lecce, che vince 2-1 al San Nicola.", (1, 2)),
        ("Il Lecce vince 3-1 in trasferta.", (1, 3)),
        ("Il Lecce si impone per 2-0 sul campo del Bari.", (0, 2)),
        ("Il Bari vince 2-1 in casa.", (2, 1)),
        ("Il Lecce perde 3-1 in trasferta.", (3, 1)),
        ("Il Bari perde in casa 2-1.", (1, 2)),
        ("Il Bari batte 4-3 il Lecce.", (4, 3)),
        ("Due a uno al Lecce, tre punti d'oro.", (2, 1)),
        ("Vince il Lecce per 2-1.", (1, 2)),
        ("Finisce 1-1.", (1, 1)),
    ],
)
def test_a_final_score_is_turned_home_away(sentence: str, score: tuple[int, int]) -> None:
    reading = read(HEAD + sentence + TAIL)
    assert [e.score for e in reading.events if e.type == "full_time"] == [score]


@pytest.mark.parametrize("sentence", ["Sul momentaneo 1-1 il Bari spreca.", "Il Bari, avanti 2-0, rallenta."])
def test_a_score_on_the_way_ends_nothing(sentence: str) -> None:
    assert not [e for e in read(HEAD + TAIL.strip() + " " + sentence).events if e.type == "full_time"]
