"""The frozen types that cross the boundaries between stages: page → article → reading → match.

Stages never import one another's insides; they meet here. Field names and their values follow docs/event-model.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal["report", "live", "box", "marks", "refereeing", "preview", "news", "other"]
Completeness = Literal["full", "truncated", "paywalled"]
Precision = Literal["exact", "approximate", "relative", "range", "unknown", "none"]
Part = Literal["title", "subtitle", "text"]
Role = Literal["article", "listing", "feed", "sitemap"]
EventType = Literal[
    "goal", "goal_disallowed", "penalty_awarded", "penalty_missed", "shot", "yellow_card", "red_card",
    "substitution", "injury", "var_review", "half_time", "full_time", "penalty_shootout",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """One fetched page, as it came: the body is bytes, since its charset is a question of its own."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    fetched: datetime  # aware, UTC


@dataclass(frozen=True, slots=True)
class Selectors:
    """A site's own CSS selectors; an empty one leaves the question to the general reading."""

    body: str = ""
    title: str = ""
    subtitle: str = ""
    author: str = ""
    date: str = ""
    remove: tuple[str, ...] = ()  # elements inside the body that are not the article


@dataclass(frozen=True, slots=True)
class Found:
    """A URL that some page led to, normalised, with what that page said of it."""

    url: str
    site: str
    role: Role
    found_on: str | None = None
    published: datetime | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Lease:
    """A URL handed to one crawler until `until`; what comes of it returns as a Visit of the same url."""

    url: str
    site: str
    role: Role
    until: datetime
    tries: int = 0
    etag: str | None = None
    last_modified: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a URL gave nothing: `kind` is one word (dns, timeout, tls, http-503, too-large, robots, …)."""

    kind: str
    detail: str = ""
    retry: bool = True  # whether trying again later can help
    retry_after: datetime | None = None  # the host asked to be left alone until then


@dataclass(frozen=True, slots=True)
class Visit:
    """What came of one leased URL: its pages (several for an article split over pages), or a failure, or not modified;
    and the URLs that it led to."""

    url: str
    site: str
    role: Role
    at: datetime
    pages: tuple[Page, ...] = ()
    found: tuple[Found, ...] = ()
    failure: Failure | None = None
    not_modified: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A page that holds no article to keep: `reason` is one word (no-article, consent, noarchive, forgotten, …)."""

    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Timestamp:
    """A moment in UTC and where it was read: json-ld, meta, time, text, url, feed or sitemap."""

    value: datetime
    source: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link inside the body of an article."""

    url: str
    text: str


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. `text` is the body alone, one block (paragraph, heading, list item, table row) a line, lines
    joined by "\\n", the cells of a table row by "\\t"; `headings` are the (start, end) offsets of its heading lines."""

    url: str  # canonical
    title: str
    text: str
    hash: str  # of title and text: equal hashes are the same words
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    published: Timestamp | None = None
    modified: Timestamp | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image: str | None = None
    language: str = "it"
    headings: tuple[tuple[int, int], ...] = ()
    links: tuple[Link, ...] = ()
    pages: int = 1
    completeness: Completeness = "full"
    method: str = ""  # how the text was found: selectors, json-ld, structure, trafilatura


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place that tells an event: offsets in code points into that part, the sentence, the rule that read it."""

    start: int
    end: int
    sentence: str
    rule: str
    part: Part = "text"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened once in a match, as one article tells it (docs/event-model.md)."""

    id: str
    type: EventType
    match: str  # "Home-Away"
    team: str | None = None
    side: Literal["home", "away"] | None = None
    period: int | None = None
    minute: int | None = None
    minute_end: int | None = None
    stoppage: int | None = None
    stoppage_unknown: bool | None = None  # told as "nel recupero", no minute of it
    precision: Precision = "none"
    player: str | None = None
    assist: str | None = None
    opponent: str | None = None
    player_in: str | None = None
    player_out: str | None = None
    method: str | None = None
    body_part: str | None = None
    outcome: str | None = None
    reason: str | None = None
    subject: str | None = None
    decision: str | None = None
    second_yellow: bool | None = None
    role: str | None = None
    score: tuple[int, int] | None = None
    confidence: float = 1.0
    related: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Lineup:
    """One team's sheet as an article gives it. `ratings` maps a name to its mark as a number, or to "s.v."."""

    formation: str | None = None
    coach: str | None = None
    starters: tuple[str, ...] = ()
    bench: tuple[str, ...] = ()
    ratings: Mapping[str, float | str] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Frame:
    """A match that an article reports: who, where, when, how it ended."""

    home: str
    away: str
    score: tuple[int, int] | None = None
    score_half: tuple[int, int] | None = None
    score_90: tuple[int, int] | None = None
    score_shootout: tuple[int, int] | None = None
    date: date | None = None
    competition: str | None = None
    round: str | None = None
    referee: str | None = None
    assistants: tuple[str, ...] = ()
    var: tuple[str, ...] = ()
    venue: str | None = None
    attendance: int | None = None
    lineups: Mapping[str, Lineup] = field(default_factory=dict)  # "home", "away"


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader made of one article. `version` names the reader, so that old readings can be told and redone."""

    kind: Kind
    matches: tuple[Frame, ...] = ()
    events: tuple[Event, ...] = ()
    version: str = ""


def as_json(item: Any) -> Any:
    """An item as JSON values, empty fields left out: `as_json(reading)` is the form of docs/event-model.md."""
    if hasattr(item, "__dataclass_fields__"):
        pairs = ((f.name, getattr(item, f.name)) for f in fields(item))
        return {name: as_json(value) for name, value in pairs if value not in (None, (), "", {})}
    if isinstance(item, Mapping):
        return {key: as_json(value) for key, value in item.items()}
    if isinstance(item, tuple | list):
        return [as_json(value) for value in item]
    if isinstance(item, date):
        return item.isoformat()
    return item
