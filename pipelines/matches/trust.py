"""How far a telling is believed: by its genre, and by its paper's record of being right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from math import log

from .telling import Telling

# Where tellings of one match disagree, a box is right most often, then a commentary, then prose written from memory;
# docs/event-model.md has the same order within an article.
GENRES = {"box": 1.3, "live": 1.1, "report": 1.0, "refereeing": 0.8, "marks": 0.7}
ORDER = tuple(GENRES)
PRIOR_RIGHT, PRIOR_WRONG = 18.0, 2.0  # a paper without a record: nine claims in ten are right
STRONGEST, WEAKEST = 1.6, 0.3


Key = tuple[str, str, str]  # site, genre, what was claimed


@dataclass(frozen=True, slots=True)
class Trust:
    """The papers' records: (site, genre, field) → how often right, how often wrong; and how papers confirm others."""

    records: Mapping[Key, tuple[int, int]] = field(default_factory=dict)
    singles: Mapping[str, float] = field(default_factory=dict)  # type → chance that what one voice tells happened

    def of(self, telling: Telling, field: str = "") -> float:
        """The weight of a telling's word; 1 for a report of a paper without a record."""
        return weight(telling.genre, *self.records.get((telling.site, telling.genre, field), (0, 0)))


@lru_cache(maxsize=10_000)
def weight(genre: str, right: int, wrong: int) -> float:
    """What a genre counts for, times the odds that its paper is right against those of a paper without a record."""
    odds = log((right + PRIOR_RIGHT) / (wrong + PRIOR_WRONG)) / log(PRIOR_RIGHT / PRIOR_WRONG)
    return round(GENRES.get(genre, 0.5) * min(STRONGEST, max(WEAKEST, odds)), 6)


def believed(tellings: Sequence[Telling]) -> list[Telling]:
    """The tellings, those first into whose frame the others are fitted."""

    def rank(telling: Telling) -> tuple[int, int, tuple[str, str, int]]:
        genre = ORDER.index(telling.genre) if telling.genre in ORDER else len(ORDER)
        return genre, -telling.sketch.events, telling.key

    return sorted(tellings, key=rank)
