"""How surely something happened that one voice alone tells: learned from how often papers confirm one another.

Where n papers tell a match, each tells a true happening with some chance c: of those that two or more tell, c can be
estimated, and with it how many true ones just one paper tells. If the archive has three times as many, two of three are
slips of a reader or of a paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import comb

Shares = Mapping[tuple[int, int], int]  # (voices of the match, of them those that tell it) → happenings
UNKNOWN = 0.6  # what one voice tells, before a rebuild has learned anything of its type
DOUBTFUL = 0.5  # below that an event is shown as doubtful and counts in no figure
CONFIRMED = 0.85  # what each voice adds, where several tell it
ENOUGH = 8  # happenings of a type that several tell, from which something is learned
MOST = 40  # voices; what more papers tell is told


def alone(shares: Shares) -> float:
    """The chance that what one voice tells happened, for one type."""
    told = Counter({(min(n, MOST), min(k, MOST)): count for (n, k), count in shares.items() if n > 1})
    several = {key: count for key, count in told.items() if key[1] > 1}
    single = sum(count for (_n, k), count in told.items() if k == 1)
    if sum(several.values()) < ENOUGH or not single:
        return UNKNOWN
    c = coverage(several)
    expected = sum(count * chance(n, c, 1) / max(1e-9, more_than_one(n, c)) for (n, _k), count in several.items())
    return round(min(1.0, expected / single), 2)


def coverage(several: Shares) -> float:
    """The chance that a paper tells what happened, from how many tell what at least two do: the one that makes the mean
    of a binomial cut off below two what it is."""
    total = sum(k * count for (_n, k), count in several.items())
    low, high = 0.001, 0.999
    for _step in range(30):
        middle = (low + high) / 2
        mean = sum(count * mean_of_several(n, middle) for (n, _k), count in several.items())
        low, high = (middle, high) if mean < total else (low, middle)
    return (low + high) / 2


def mean_of_several(n: int, c: float) -> float:
    """The mean number of papers that tell something, of those cases in which two or more do."""
    return (n * c - chance(n, c, 1)) / max(1e-9, more_than_one(n, c))


def more_than_one(n: int, c: float) -> float:
    return 1 - chance(n, c, 0) - chance(n, c, 1)


@lru_cache(maxsize=10_000)
def chance(n: int, c: float, k: int) -> float:
    return float(comb(n, k) * c**k * (1 - c) ** (n - k))


def confidence(voices: int, papers: int, single: float, read: float) -> float:
    """How sure an event is: `voices` of `papers` tell it; `single` is the chance of one that one tells, `read` what its
    reader gave it where nobody else could confirm it."""
    if papers == 1:
        return round(read, 2)
    return round(single if voices == 1 else 1 - (1 - CONFIRMED) ** voices, 2)
