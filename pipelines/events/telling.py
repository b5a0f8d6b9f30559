"""What the readers of an article hand to one another: `Telling`, one place where the text tells an event, and
`Context`, what is known of the article when a stretch of it is read.

Every reader (box, live, marks, prose, headline) gives tellings; `merge` makes events of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from pipelines.items import EventType, Part

from .clock import NO_CLOCK, Clock, ClockState

if TYPE_CHECKING:
    from .people import People

Side = Literal["home", "away"]
Source = Literal["box", "live", "marks", "prose", "headline"]
Role = Literal["player", "assist", "opponent", "player_in", "player_out"]

OTHER_SIDE: Mapping[Side, Side] = {"home": "away", "away": "home"}


@dataclass(frozen=True, slots=True)
class Telling:
    """One place that tells an event. `side` is the event's team (for an own goal the one that gains); `facts` holds the
    model's remaining fields (method, outcome, body_part, score, subject, decision, reason, second_yellow, role)."""

    type: EventType
    start: int
    end: int  # code points of the telling clause in its part
    rule: str
    source: Source = "prose"
    part: Part = "text"
    match: int = 0  # index of the frame
    clock: Clock = NO_CLOCK
    side: Side | None = None
    people: Mapping[Role, str] = field(default_factory=dict)
    facts: Mapping[str, Any] = field(default_factory=dict)
    confidence: float = 0.9
    passing: bool = False  # told in passing or in a summary: it may add to an event, its clock gives way

    def with_facts(self, **facts: Any) -> Telling:
        """The same telling with more facts."""
        return replace(self, facts={**self.facts, **facts})

    def placed(self, match: int, source: Source, part: Part, clock: Clock) -> Telling:
        """The same telling in its match, source and part, with its clock; asked of every one, so no `replace`."""
        return Telling(
            self.type, self.start, self.end, self.rule, source, part, match, clock,
            self.side, self.people, self.facts, self.confidence, self.passing,
        )  # fmt: skip


@dataclass(slots=True)
class Context:
    """What is known when a stretch of text is read. The clock state goes on from one stretch to the next of one match.

    A live entry is read with `clock` set (used by each event of it that tells none of its own); a player's marks line
    with `subject` and `subject_side` (who "para", "segna" where nobody else is named).
    """

    people: People  # the article's people and its two teams
    state: ClockState = field(default_factory=ClockState)
    match: int = 0
    source: Source = "prose"
    part: Part = "text"
    clock: Clock | None = None
    subject: str | None = None
    subject_side: Side | None = None
