"""How far what one paper alone tells is believed, learned from how papers confirm one another."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from pipelines.matches.confidence import UNKNOWN, alone, confidence, coverage


def told(dice: Random, happenings: int, papers: int, chance: float) -> Counter[tuple[int, int]]:
    """What papers tell of true happenings, each by chance."""
    counts = (sum(dice.random() < chance for _ in range(papers)) for _ in range(happenings))
    return Counter((papers, k) for k in counts if k)


@pytest.mark.parametrize("chance", [0.3, 0.6, 0.9])
def test_coverage_is_found_from_what_several_tell(chance: float) -> None:
    shares = told(Random(1), 4000, 6, chance)
    several = {key: count for key, count in shares.items() if key[1] > 1}
    assert coverage(several) == pytest.approx(chance, abs=0.03)


def test_slips_among_what_one_paper_tells_are_counted_out() -> None:
    shares = told(Random(2), 2000, 5, 0.6)
    assert alone(shares) == pytest.approx(1.0, abs=0.12)
    true = shares[5, 1]
    shares[5, 1] += 3 * true
    assert alone(shares) == pytest.approx(0.25, abs=0.05)


def test_too_little_to_learn_from_teaches_nothing() -> None:
    assert alone({}) == alone({(5, 1): 3, (5, 2): 2}) == UNKNOWN


def test_more_voices_are_surer() -> None:
    values = [confidence(voices, 5, 0.4, 1.0) for voices in (1, 2, 3, 4)]
    assert values == sorted(values)
    assert confidence(1, 1, 0.4, 0.9) == 0.9
