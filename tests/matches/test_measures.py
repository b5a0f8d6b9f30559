"""The worked corpus is joined as well as the floors say, and the measures see it when it is not."""

from __future__ import annotations

from typing import get_args

import pytest

from tests.matches.agreement import paired
from tests.matches.corpus import Part
from tests.matches.measures import pairwise
from tests.score_matches import below, floors, run


@pytest.mark.parametrize("part", get_args(Part))
def test_the_joining_reaches_its_floors(part: Part) -> None:
    measures = run(part, by_reference=True)
    assert below(measures, floors()[part]) == [], "\n".join(measures.faults)


def test_pairwise_counts_what_stands_together() -> None:
    gold = {1: "a", 2: "a", 3: "b", 4: "b"}
    assert pairwise(gold, gold) == 1.0
    assert pairwise(gold, dict.fromkeys(gold, "x")) == pytest.approx(2 * 2 / (2 + 6))
    assert pairwise(gold, {1: "x", 2: None, 3: "y", 4: "y"}) == pytest.approx(2 * 1 / (2 + 1))


def test_events_pair_by_player_and_clock() -> None:
    told = {"type": "goal", "minute": 25, "period": 1, "side": "home", "player": "Rafael Leão"}
    assert paired([told], [told | {"player": "Leao", "minute": 26}]) == {0: 0}
    assert paired([told], [told | {"minute": 28}]) == {}
    assert paired([told], [told | {"player": "Kessié"}]) == {}
    assert paired([told], [told | {"method": "penalty"}]) == {}
