"""Fusing the claims of one happening field by field; the minority's words are kept as dissent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from pipelines.items import Event

from .claim import Claim, Happening
from .names import person_words, same_person

PEOPLE = {  # who takes part in what
    "goal": ("player", "assist", "opponent"),
    "goal_disallowed": ("player", "assist", "opponent"),
    "penalty_awarded": ("player", "opponent"),
    "penalty_missed": ("player", "opponent"),
    "penalty_shootout": ("player", "opponent"),
    "shot": ("player", "assist", "opponent"),
    "substitution": ("player_in", "player_out"),
}
FACTS = {
    "goal": ("side", "method", "body_part", "score"),
    "goal_disallowed": ("side", "body_part", "reason"),
    "penalty_missed": ("side", "outcome", "body_part"),
    "penalty_shootout": ("side", "outcome"),
    "shot": ("side", "outcome", "body_part"),
    "yellow_card": ("side", "role"),
    "red_card": ("side", "role", "second_yellow"),
    "var_review": ("side", "subject", "decision"),
    "half_time": ("score",),
    "full_time": ("score",),
}
PERSONS = frozenset({"player", "assist", "opponent", "player_in", "player_out"})
CLOCK = ("period", "minute", "minute_end", "stoppage", "stoppage_unknown", "precision")
PRECISION = {"exact": 1.0, "range": 0.3, "relative": 0.45, "approximate": 0.25, "unknown": 0.1, "none": 0.05}
OWN_METHODS = {"penalty", "own_goal", "free_kick"}  # told only by who knows; open_play is also said for want of better
Clock = tuple[int | None, int, int | None, int | None, bool | None]
Ballot = list[tuple[Any, float, Claim]]


def fuse(claims: Sequence[Claim]) -> Happening:
    """The happening that these claims tell; they are of one type and at least one."""
    kind = claims[0].event.type
    events = list({id(claim.event): claim.event for claim in claims}.values())
    dissent: dict[str, dict[str, tuple[int, ...]]] = {}
    if len(events) == 1:  # as most are told: all agree
        event = replace(claims[0].event, team=None)
        return Happening(event, tuple(claims), dissent)
    decided: dict[str, Any] = {}
    for field in (*PEOPLE.get(kind, ("player",)), *FACTS.get(kind, ("side",))):
        told = {getattr(event, field) for event in events} - {None}
        if len(told) < 2:
            decided[field] = told.pop() if told else None
        elif field in PERSONS:
            decided[field] = elect_person(claims, field, dissent)
        else:
            decided[field] = elect_fact(claims, field, dissent)
    decided |= elect_clock(claims, dissent)
    return Happening(Event(id="", type=kind, match="", **decided), tuple(claims), dissent)


def ballot(claims: Iterable[Claim], value: Callable[[Event], Any]) -> Ballot:
    """One vote a voice, of the heaviest of its claims that say anything."""
    votes: dict[int, tuple[Any, float, Claim]] = {}
    for claim in claims:
        said = value(claim.event)
        if said is None:
            continue
        vote = said, claim.weight, claim
        held = votes.get(claim.voice)
        if held is None or vote[1] > held[1]:
            votes[claim.voice] = vote
    return list(votes.values())


def elect_person(claims: Sequence[Claim], field: str, dissent: dict[str, dict[str, tuple[int, ...]]]) -> str | None:
    """The person that most weight is for, in the fullest form that any claim gives."""
    votes = ballot(claims, lambda event: getattr(event, field))
    if not votes:
        return None
    people: list[tuple[list[str], float, list[Claim]]] = []
    for name, weight, claim in sorted(votes, key=lambda vote: (-fullness(vote[0]), vote[0])):
        for i, (names, total, told) in enumerate(people):
            if same_person(names[0], name):
                people[i] = ([*names, name], total + weight, [*told, claim])
                break
        else:
            people.append(([name], weight, [claim]))
    people.sort(key=lambda person: (-round(person[1], 9), person[0][0]))
    if len(people) > 1:
        dissent[field] = {names[0]: articles(told) for names, _total, told in people}
    return people[0][0][0]


def fullness(name: str) -> int:
    """How much of a name is told: letters of all words, initials left out."""
    return sum(len(word) for word in person_words(name) if len(word) > 1)


def elect_fact(claims: Sequence[Claim], field: str, dissent: dict[str, dict[str, tuple[int, ...]]]) -> Any:
    votes = ballot(claims, lambda event: getattr(event, field))
    if field == "method":
        votes = [(said, w * (1.0 if said in OWN_METHODS else 0.5), claim) for said, w, claim in votes]
    elif field == "second_yellow":
        votes = [(said, w * (1.0 if said else 0.5), claim) for said, w, claim in votes]
    totals: defaultdict[Any, float] = defaultdict(float)
    for said, weight, _claim in votes:
        totals[said] += weight
    if not totals:
        return None
    if len(totals) > 1:
        dissent[field] = {
            shown(said): articles(claim for other, _w, claim in votes if other == said) for said in totals
        }
    return max(totals, key=lambda said: (round(totals[said], 9), str(said)))


def elect_clock(claims: Sequence[Claim], dissent: dict[str, dict[str, tuple[int, ...]]]) -> dict[str, Any]:
    """The clock that most weight is for, exact ones before others; a minute gets a little from its neighbours."""
    votes = [
        (said, weight * PRECISION.get(claim.event.precision, 0.05), claim)
        for said, weight, claim in ballot(claims, clock)
    ]
    if not votes:
        periods = ballot(claims, lambda event: event.period)
        period = max(
            sorted({said for said, *_ in periods}), key=lambda p: sum(w for s, w, _ in periods if s == p), default=None
        )
        return dict.fromkeys(CLOCK) | {"period": period, "precision": "none"}
    totals: defaultdict[Any, float] = defaultdict(float)
    for said, weight, _claim in votes:
        totals[said] += weight
    near = {
        said: totals[said]
        + sum(0.3 * w for other, w in totals.items() if other != said and minutes_apart(said, other) <= 1)
        for said in totals
    }
    best = max(near, key=lambda said: (round(near[said], 9), -said[1], str(said)))
    told: defaultdict[str, list[Claim]] = defaultdict(list)
    for said, _weight, claim in votes:
        told[shown_clock(said)].append(claim)
    if len(told) > 1:
        dissent["minute"] = {minute: articles(by) for minute, by in told.items()}
    precise = min(
        (claim.event.precision for said, _w, claim in votes if said == best), key=lambda p: -PRECISION.get(p, 0.05)
    )
    period, minute, end, stoppage, unknown = best
    return {
        "period": period, "minute": minute, "minute_end": end, "stoppage": stoppage, "stoppage_unknown": unknown,
        "precision": precise,
    }  # fmt: skip


def clocks_told(claims: Sequence[Claim]) -> list[Clock]:
    """The clocks that claims tell, those of the heaviest first."""
    told = [
        (claim.weight * PRECISION.get(claim.event.precision, 0.05), said)
        for claim in claims
        if (said := clock(claim.event))
    ]
    return list(dict.fromkeys(said for _weight, said in sorted(told, key=lambda t: (-t[0], str(t[1])))))


def with_clock(each: Happening, said: Clock) -> Happening:
    period, minute, end, stoppage, unknown = said
    event = replace(
        each.event, period=period, minute=minute, minute_end=end, stoppage=stoppage, stoppage_unknown=unknown
    )
    return replace(each, event=event)


def clock(event: Event) -> Clock | None:
    """A clock as one value; None where no minute is told."""
    if event.minute is None:
        return None
    period = event.period or (1 if event.minute <= 45 else 2 if event.minute <= 90 else 3 if event.minute <= 105 else 4)
    return period, event.minute, event.minute_end, event.stoppage, event.stoppage_unknown


def minutes_apart(a: tuple[Any, ...], b: tuple[Any, ...]) -> int:
    return abs(a[1] + (a[3] or 0) - b[1] - (b[3] or 0)) if a[0] == b[0] else 99


def shown_clock(said: tuple[Any, ...]) -> str:
    """57', 45'+2, 90'+, 62'-65'."""
    _period, minute, end, stoppage, unknown = said
    return f"{minute}'" + (f"+{stoppage}" if stoppage else "+" if unknown else "") + (f"-{end}'" if end else "")


def shown(said: Any) -> str:
    if isinstance(said, tuple):
        return "-".join(map(str, said))
    return {True: "yes", False: "no"}[said] if isinstance(said, bool) else str(said)


def articles(claims: Iterable[Claim]) -> tuple[int, ...]:
    return tuple(sorted({claim.article for claim in claims}))
