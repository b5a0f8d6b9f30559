"""Scorers and minutes told in rows: each goal of a sentence gets the minute, and the penalty, told beside its own
scorer ("al 12' Rossi, al 34' Bianchi su rigore", "Rossi (12') e Bianchi (34', rig.)", "Rossi e Bianchi al 12' e 34'").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from .clock import Clock, Placed
from .lexicon import words
from .people import Who
from .scene import Scene
from .telling import Telling

MINUTES = frozenset(["minute", "later", "to_end", "about"])


def pair_minutes(scene: Scene, told: Sequence[Telling]) -> list[Telling]:
    """A sentence's tellings, its goals with their scorers' own minutes and methods."""
    goals = [t for t in told if t.type == "goal"]
    timed = [p for p in scene.clocks if p.clock is not None and p.mention.form in (*MINUTES, "range")]
    if not goals or not timed:
        return list(told)
    told = _one_penalty(scene, told)
    names = [t.people.get("player") for t in goals]
    own = {name: (clock, after) for name, clock, after in _own_clocks(scene, timed)}
    own.update({name: (clock, end) for name, clock, end in _shared_out(scene, timed)})
    return [
        _with_own(scene, t, own) if t.type == "goal" and names.count(t.people.get("player")) == 1 else t for t in told
    ]


def _one_penalty(scene: Scene, told: Sequence[Telling]) -> list[Telling]:
    """Of goals told together only those are penalties that have the words beside their own scorer."""
    together = [t for t in told if t.type == "goal" and t.facts.get("method") == "penalty"]
    if len(together) < 2 or len({t.start for t in together}) > 1:
        return list(told)
    people = [w for w in scene.whos if w.kind == "person"]
    spots = [h.first for h in scene.of("spot")]
    own = set()
    for k, who in enumerate(people):
        until = people[k + 1].first if k + 1 < len(people) else scene.last
        if any(who.last <= at < until for at in spots):
            own.add(_name(who))
    if not own:
        return list(told)
    return [
        t.with_facts(method="open_play") if t in together and t.people.get("player") not in own else t for t in told
    ]


def _with_own(scene: Scene, goal: Telling, own: dict[str, tuple[Clock, int]]) -> Telling:
    name = goal.people.get("player")
    if name not in own:
        return goal
    clock, end = own[name]
    goal = replace(goal, clock=clock)
    marks = set(scene.doc.low[end : end + 3]) if end < scene.last else set()
    if (
        goal.facts.get("method") == "open_play"
        and marks & words("bracket_penalty")
        and ")" not in scene.doc.low[end : end + 1]
    ):
        goal = goal.with_facts(method="penalty")
    return goal


def _own_clocks(scene: Scene, timed: Sequence[Placed]) -> Iterator[tuple[str, Clock, int]]:
    """The minute right after each name, else one right before it that is nobody's behind whom it stands."""
    people = [w for w in scene.whos if w.kind == "person" and w.person is not None]
    taken: set[int] = set()
    for who in people:
        placed = next((p for p in timed if p.mention.first >= who.last), None)
        if placed is not None and placed.mention.form != "range" and _close(scene, who.last, placed.mention.first):
            taken |= {placed.mention.first, who.first}
            yield _name(who), placed.clock or Clock(), placed.mention.last
    for who in people:
        before = [p for p in timed if p.mention.last <= who.opening and p.mention.first not in taken]
        if (
            who.first not in taken
            and before
            and before[-1].mention.last == who.opening
            and before[-1].mention.form != "range"
        ):
            yield _name(who), before[-1].clock or Clock(), scene.last


def _name(who: Who) -> str:
    return who.person.name if who.person is not None else ""


def _close(scene: Scene, end: int, first: int) -> bool:
    """Whether only how he scored stands between a name and a minute: "Rossi su rigore al 12'", "Rossi (12')"."""
    between = scene.doc.low[end:first]
    return len(between) <= 6 and all(w in words("before_minute") for w in between)


def _shared_out(scene: Scene, timed: Sequence[Placed]) -> Iterator[tuple[str, Clock, int]]:
    """The minutes that stand in a row behind joined names, or a span of minutes behind two."""
    for k, who in enumerate(scene.whos):
        group = scene.group(who) if not who.shared and who.kind == "person" else []
        if len(group) < 2 or any(w.kind != "person" for w in group):
            continue
        stop = next((w.first for w in scene.whos[k + len(group) :] if w.kind == "person"), scene.last)
        row = [p for p in timed if group[-1].last <= p.mention.first < stop]
        if not row:
            continue
        span = row[0].clock
        if row[0].mention.form == "range" and span is not None and len(group) == 2:
            first, last = replace(span, minute_end=None, precision="exact"), span
            clocks = [first, replace(first, minute=last.minute_end)]
        elif len(row) == len(group) and all(_in_a_row(scene, a, b) for a, b in pairwise(row)):
            clocks = [p.clock or Clock() for p in row]
        else:
            continue
        yield from ((_name(w), clock, scene.last) for w, clock in zip(group, clocks, strict=True))


def _in_a_row(scene: Scene, a: Placed, b: Placed) -> bool:
    return all(w in words("between_minutes") for w in scene.doc.low[a.mention.last : b.mention.first])
