"""A match as one article tells it: what is compared when articles are joined."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zlib import crc32

from pipelines.items import Event

from .days import Days, likely_days
from .names import surname, words
from .vocabulary import vocabulary

Score = tuple[int, int] | None
Moment = tuple[str, str, int]  # what happened, to whom (a surname), in which minute
TELLING_LENGTH = 40  # letters from which two papers do not write the same sentence by chance
OFFICE = frozenset({"lega", "pro", "campionato"})
MOMENTS = {"goal": "g", "substitution": "s", "yellow_card": "y", "red_card": "r", "penalty_missed": "m"}


@dataclass(frozen=True, slots=True)
class Sketch:
    """What of an article's claims serves to tell two matches of the same sides apart."""

    home: frozenset[str] = frozenset()  # surnames
    away: frozenset[str] = frozenset()
    others: frozenset[str] = frozenset()  # of a side that is not told
    moments: frozenset[Moment] = frozenset()
    said: frozenset[int] = frozenset()  # its longer sentences, hashed: who repeats them copies
    events: int = 0

    @property
    def people(self) -> frozenset[str]:
        return self.home | self.away | self.others

    def as_json(self) -> dict[str, Any]:
        return {
            "home": sorted(self.home),
            "away": sorted(self.away),
            "others": sorted(self.others),
            "moments": sorted(self.moments),
            "said": sorted(self.said),
            "events": self.events,
        }

    @classmethod
    def of_json(cls, told: dict[str, Any]) -> Sketch:
        return cls(
            frozenset(told["home"]),
            frozenset(told["away"]),
            frozenset(told["others"]),
            frozenset((kind, who, minute) for kind, who, minute in told["moments"]),
            frozenset(told["said"]),
            told["events"],
        )


@dataclass(frozen=True)
class Telling:
    """One frame of one article, with what is known of the article. `id` is the frame's; `key` sorts tellings one way
    in whatever order they came."""

    id: int
    article: int
    url: str
    number: int
    site: str
    genre: str
    home: str
    away: str
    title: str = ""
    words: str = ""  # hash of the article's words
    published: datetime | None = None  # aware
    score: Score = None
    half: Score = None
    ninety: Score = None
    shootout: Score = None
    date: date | None = None
    competition: str | None = None
    round: str | None = None
    referee: str | None = None
    venue: str | None = None
    attendance: int | None = None
    about: str = ""  # section and tags
    sketch: Sketch = field(default_factory=Sketch)

    @property
    def key(self) -> tuple[str, str, int]:
        return (self.published.isoformat() if self.published else "~", self.url, self.number)

    @cached_property
    def days(self) -> Days:
        """The days it can have been played, each with its likelihood."""
        return likely_days(self.date, self.published, self.genre)

    @cached_property
    def category(self) -> str | None:
        """women or youth, where the words tell it."""
        told = {w for text in (self.competition, self.home, self.away, self.about) if text for w in words(text)}
        known = vocabulary()
        return "women" if told & known.women else "youth" if told & known.youth else None

    @cached_property
    def contest(self) -> frozenset[str]:
        """The words that name its competition, but for those of its category and of the league's office."""
        return frozenset(words(self.competition or "")) - vocabulary().women - OFFICE

    @cached_property
    def round_number(self) -> int | None:
        """17 of "17ª giornata" and of "diciassettesima"; None for a round that has no number, such as a final."""
        if not self.round or re.search(r"final|turno|girone", self.round, re.IGNORECASE):
            return None
        if figures := re.search(r"\d+", self.round):
            return int(figures[0])
        return next((n for w in words(self.round) if (n := vocabulary().ordinals.get(w))), None)

    def turned(self) -> Telling:
        """The same with the sides changed about."""
        turn: dict[str, Any] = {
            name: value and (value[1], value[0])
            for name in ("score", "half", "ninety", "shootout")
            for value in (getattr(self, name),)
        }
        sketch = replace(self.sketch, home=self.sketch.away, away=self.sketch.home)
        return replace(self, home=self.away, away=self.home, sketch=sketch, **turn)


def sketch_of(
    events: Iterable[Event], sheets: Iterable[tuple[str, str]], sentences: Iterable[str], home: str, away: str
) -> Sketch:
    """The sketch of a frame's claims, of its line-ups, given as (side, name), and of the sentences that tell it."""
    sides: dict[str, set[str]] = {"home": set(), "away": set(), "": set()}
    moments: set[Moment] = set()
    count = 0
    for side, name in sheets:
        sides[side].add(surname(name))
    for event in events:
        count += 1
        side = event.side or ("home" if event.team == home else "away" if event.team == away else "")
        people = [name for name in (event.player, event.player_in, event.player_out) if name]
        sides["" if event.method == "own_goal" else side].update(map(surname, people))
        if event.minute is not None and event.type in MOMENTS:
            at = event.minute + (event.stoppage or 0)
            moments.update((MOMENTS[event.type], surname(name), at) for name in people)
    said = frozenset(crc32(each.encode("utf-8", "replace")) for each in sentences if len(each) >= TELLING_LENGTH)
    at_home, at_away, nowhere = (frozenset(sides[side]) for side in ("home", "away", ""))
    return Sketch(at_home, at_away, nowhere, frozenset(moments), said, count)
