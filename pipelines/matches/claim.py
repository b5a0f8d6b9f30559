"""A claim: what one article says of one happening; and a happening: what several claims make together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from pipelines.items import Event


class Claim(NamedTuple):  # which is made faster than a dataclass: an article has dozens
    """One article's event, its side as the match has it. `voice` is the article, or the one that it copies."""

    id: int
    article: int
    voice: int
    weight: float  # how far its source is believed, 1 on the average
    event: Event


@dataclass(frozen=True, slots=True)
class Happening:
    """What the claims of one happening make: an event, how many independent voices tell it, where they disagree."""

    event: Event
    claims: tuple[Claim, ...]
    dissent: Mapping[str, Mapping[str, tuple[int, ...]]] = field(default_factory=dict)  # field → value → articles
    correction: str | None = None  # a person's word on it: rejected, or what was set

    @property
    def voices(self) -> int:
        return len({claim.voice for claim in self.claims})

    @property
    def support(self) -> float:
        """The weight of its independent voices."""
        best: dict[int, float] = {}
        for claim in self.claims:
            best[claim.voice] = max(best.get(claim.voice, 0.0), claim.weight)
        return sum(best.values())


class Stated(NamedTuple):
    """A claim as it is stored: its id, what it says, how sure the reader was, the event that it is tied to as yet."""

    id: int
    event: Event
    confidence: float
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What one telling says: its claims, and its line-ups as (side, name)."""

    claims: Sequence[Stated] = ()
    sheets: Sequence[tuple[str, str]] = ()


def shared_articles(a: Happening, b: Happening) -> set[int]:
    return {claim.article for claim in a.claims} & {claim.article for claim in b.claims}
