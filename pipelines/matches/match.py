"""One match made of its tellings: which sides, which day, which score, and its timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from pipelines.items import Event

from .allegiance import Allegiance, rightly_sided
from .claim import Claim, Happening, Said
from .confidence import UNKNOWN, confidence
from .consistency import check
from .correcting import Correction, with_settings, without_rejected
from .days import day_of
from .frames import elect, elect_name, final_score, orient, score_conflict, status_of, voices_of
from .fusing import happenings
from .goals import with_running_score
from .names import same_club, slug
from .plausibility import plausible
from .roster import Naming, Roster, named_in, other, roster_of
from .telling import Score, Telling
from .trust import Trust, believed

SUFFIX = {"women": "femminile", "youth": "giovanili"}


@dataclass(frozen=True, slots=True)
class Match:
    """A match as all its tellings make it. `timeline` is in the order of play."""

    id: str
    home: str
    away: str
    date: date | None
    season: str | None
    score: Score
    half: Score
    ninety: Score
    shootout: Score
    competition: str | None
    round: str | None
    referee: str | None
    venue: str | None
    attendance: int | None
    status: str
    contradiction: str | None
    timeline: tuple[Happening, ...]
    tellings: tuple[Telling, ...]
    roster: Roster
    voices: int = 1  # papers that tell it in their own words
    result: str | None = None  # what a calendar says of the score


def rated(each: Happening, papers: int, trust: Trust) -> Happening:
    """A happening with how sure it is."""
    single = trust.singles.get(each.event.type, UNKNOWN)
    read = max(claim.weight for claim in each.claims)
    sure = confidence(each.voices, papers, single, min(1.0, read))
    return each if sure == each.event.confidence else replace(each, event=replace(each.event, confidence=sure))


def season_of(day: date | None) -> str | None:
    """The season of a day, from July to June.

    >>> season_of(date(2021, 1, 9))
    '2020-21'
    """
    if day is None:
        return None
    start = day.year - (day.month < 7)
    return f"{start}-{(start + 1) % 100:02}"


def match_id(day: date | None, home: str, away: str, tellings: Sequence[Telling]) -> str:
    """The address of a match; women's and youth matches say so, since the men of both clubs may play on that day."""
    category = next((t.category for t in tellings if t.category), None)
    parts = [day.isoformat() if day else "undated", slug(home), slug(away)]
    return "-".join([*parts, SUFFIX[category]] if category else parts)


def make_match(
    tellings: Sequence[Telling], said: Mapping[int, Said], trust: Trust, corrections: Sequence[Correction] = (),
    followed: bool = False,
) -> Match:  # fmt: skip
    """The match of a group of tellings; `said` holds what each of them says. Where one more has `followed` the others,
    their claims stay paired as they are."""
    home, away, turned = orient(tellings, trust)
    days = day_of([t.days for t in turned])
    day = date.fromordinal(days) if days else None
    voices = voices_of(turned)
    straight = {t.id: t.home == own.home for t, own in zip(turned, tellings, strict=True)}
    side_of = Siding(home, away)
    told = [
        [
            Claim(number, t.article, voices[t.article], trust.of(t, event.type) * sure, side_of(event, t))
            for number, event, sure, _held in said[t.id].claims
        ]
        for t in believed(turned)
    ]
    sheets = [
        (t.article, side if straight[t.id] else other(side), name) for t in turned for side, name in said[t.id].sheets
    ]
    known = Allegiance(sheets, named_in(claim for claims in told for claim in claims))
    told = rightly_sided(told, known)
    roster = roster_of(sheets, named_in(claim for claims in told for claim in claims))
    score = elect(turned, lambda t: final_score(t, said[t.id]), trust, "score")
    naming = Naming(roster)
    held = {s.id: s.held for t in turned for s in said[t.id].claims if s.held} if followed else {}
    made = [
        replace(each, event=known.corrected(each.event))
        for each in happenings([naming.named(claims) for claims in told], held)
    ]
    made, rejected = without_rejected(made, corrections)
    referee = elect_name([t.referee for t in turned])
    lists = {t.article for t in turned if t.genre == "box"}
    checked = check(plausible(made, roster, referee, lists), score, (home, away))
    timeline = with_running_score(with_settings(with_final_score(checked.timeline, score), corrections), score)
    timeline = [rated(each, len(set(voices.values())), trust) for each in timeline]
    return Match(
        id=match_id(day, home, away, turned),
        home=home,
        away=away,
        date=day,
        season=season_of(day),
        score=score,
        half=elect(turned, lambda t: t.half, trust, "score"),
        ninety=elect(turned, lambda t: t.ninety, trust, "score"),
        shootout=elect(turned, lambda t: t.shootout, trust, "score"),
        competition=elect(turned, lambda t: t.competition, trust),
        round=elect(turned, lambda t: t.round, trust),
        referee=referee,
        venue=elect(turned, lambda t: t.venue, trust),
        attendance=elect(turned, lambda t: t.attendance, trust),
        status=status_of(turned, score),
        contradiction="; ".join([*score_conflict(turned, said, voices, score), *checked.conflicts]) or None,
        timeline=tuple(in_order([*timeline, *rejected])),
        tellings=tuple(turned),
        roster=roster,
        voices=len(set(voices.values())),
    )


def with_final_score(made: Sequence[Happening], score: Score) -> list[Happening]:
    """The timeline whose final whistle has the score that most believe."""
    return [
        replace(each, event=replace(each.event, score=score)) if score and each.event.type == "full_time" else each
        for each in made
    ]


class Siding:
    """Events with their side as the match has it; each event once."""

    def __init__(self, home: str, away: str) -> None:
        self.home, self.away = home, away
        self.known: dict[tuple[int, str, str], tuple[Event, Event]] = {}  # with the key's event, which keeps its id

    def __call__(self, event: Event, telling: Telling) -> Event:
        """The event of a telling that already stands the match's way round."""
        key = id(event), telling.home, telling.away
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = event, self.sided(event, telling)
        return found[1]

    def sided(self, event: Event, telling: Telling) -> Event:
        side = event.side
        if event.team:
            at_home, at_away = same_club(event.team, telling.home), same_club(event.team, telling.away)
            if at_home != at_away:
                side = "home" if at_home else "away"
        team = self.home if side == "home" else self.away if side == "away" else None
        return event if (side, team) == (event.side, event.team) else replace(event, side=side, team=team)


def in_order(made: Sequence[Happening]) -> list[Happening]:
    """The order of play: by period and minute; what has no minute stands at the end of its period, or of all."""

    def place(each: Happening) -> tuple[Any, ...]:
        event = each.event
        period = event.period or (9 if event.minute is None else 1 if event.minute <= 45 else 2)
        last = {"half_time": 1, "full_time": 2}.get(event.type, 0)
        minute = 999 if last or event.minute is None else event.minute + (event.stoppage or 0)
        if event.type == "half_time":
            period = 1
        return (8 if last == 2 else period, minute, last, event.type, event.side or "", event.player or "",
                event.player_in or "", event.player_out or "")  # fmt: skip

    return sorted(made, key=place)
