"""Goals told in a row, with a verb for the first alone or none: "segna Rossi al 12', poi Bianchi al 34', Neri (67') su
rigore", "le reti: al 12' Rossi, al 34' Bianchi".
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .attempts import clock_of
from .clock import NO_CLOCK, Clock
from .lexicon import words
from .people import Person, Who
from .scene import Scene, is_referee, is_verb
from .telling import Telling

FAR = 14  # tokens from the verb to a scorer, the score and the rival between
TURNS = frozenset(",;:")
OTHERS = ("in", "out", "replace", "yellow", "red", "miss", "save", "off", "wood", "block", "disallow")


def read_litany(scene: Scene, told: Sequence[Telling], resolve: Callable[..., Person | None]) -> list[Telling]:
    """The goals of names that only a minute stands beside, in a sentence that tells of goals."""
    timed = [p for p in scene.clocks if p.clock is not None and p.clock.minute is not None]
    if len(timed) < 2 or not scene.has("goal", "owngoal") or scene.has("in", "out", "replace", "yellow", "red"):
        return []
    known = {name for t in told for name in t.people.values()}
    found: list[Telling] = []
    for who in scene.whos:
        if who.kind != "person" or who.prep not in (None, "di", "con") or is_referee(who):
            continue
        person = resolve(who, "player", None)
        if person is None or person.roles & {"coach", "keeper"} or person.name in known:
            continue
        begin, end = _clause(scene, who)
        clock = _only_clock(scene, begin, end)
        if clock is None or not _bare(scene, begin, end, who) or any(begin <= h.first < end for h, _ in scene.vetoed):
            continue
        known.add(person.name)
        penalty = any(h.rule.cue == "spot" for h in scene.hits if begin <= h.first < end)
        found.append(
            Telling(
                "goal",
                scene.doc.start[who.first],
                scene.doc.end[end - 1],
                "goals-in-a-row",
                clock=clock,
                side=person.side,
                people={"player": person.name},
                facts={"method": "penalty" if penalty else "open_play"},
            )
        )
    return found


def _clause(scene: Scene, who: Who) -> tuple[int, int]:
    """The tokens around a name up to a comma, a colon or "e" that another name or minute stands beyond."""
    low = scene.doc.low
    begin, end = who.opening, who.last
    while begin > scene.first and low[begin - 1] not in TURNS and low[begin - 1] not in ("e", "ed", "poi", "infine"):
        begin -= 1
    depth = 0
    while end < scene.last and (depth or (low[end] not in TURNS and low[end] not in ("e", "ed", "."))):
        depth += (low[end] == "(") - (low[end] == ")")
        end += 1
    return begin, end


def _only_clock(scene: Scene, begin: int, end: int) -> Clock | None:
    inside = [p.clock for p in scene.clocks if begin <= p.mention.first < end and p.clock is not None]
    return inside[0] if len(inside) == 1 and inside[0].minute is not None else None


def _bare(scene: Scene, begin: int, end: int, who: Who) -> bool:
    """Whether a clause has no verb and tells nothing else, of nobody else."""
    inside = [h for h in scene.hits if begin <= h.first < end]
    if any(h.rule.cue in OTHERS or (h.rule.cue == "attempt" and not h.rule.weak) for h in inside):
        return False
    if any(begin <= w.first < end and w is not who and w.prep is None and w.kind == "person" for w in scene.whos):
        return False
    return not any(is_verb(scene.doc.low[k]) for k in range(begin, end))


def read_decisive(scene: Scene, told: Sequence[Telling], resolve: Callable[..., Person | None]) -> list[Telling]:
    """The scorers that a final score is told with: "batte 2-1 il Lecce con Rossi e Bianchi", "piegato da Neri"."""
    if not any(t.type == "full_time" for t in told) or scene.has("in", "out", "replace"):
        return []
    known = {name for t in told for name in t.people.values()}
    found: list[Telling] = []
    for hit in scene.of("fulltime"):
        for who in scene.whos:
            if who.first < hit.last or who.first - hit.last > FAR or who.kind != "person":
                continue
            if not (who.prep == "con" or (who.prep == "da" and hit.mood == "participle")):
                continue
            if who.last < scene.last and scene.doc.low[who.last] in words("no_scorer_after"):
                continue
            person = resolve(who, "player", None)
            if person is None or person.roles & {"coach", "keeper"} or person.name in known:
                continue
            known.add(person.name)
            found.append(
                Telling(
                    "goal",
                    scene.doc.start[hit.first],
                    scene.doc.end[who.last - 1],
                    "won-with",
                    clock=clock_of(scene, who) or NO_CLOCK,
                    side=person.side,
                    people={"player": person.name},
                    facts={"method": "open_play"},
                    confidence=0.7,
                    passing=True,
                )
            )
    return found


MANY = {"doppietta": 2, "tripletta": 3, "doppiette": 2}


def read_doubles(scene: Scene, told: Sequence[Telling], resolve: Callable[..., Person | None]) -> list[Telling]:
    """The goals of one who scored two or three, each with its minute: "doppietta di Rossi (12' e 40')"."""
    low = scene.doc.low
    found: list[Telling] = []
    for k in range(scene.first, scene.last):
        many = MANY.get(low[k])
        if many is None:
            continue
        after = [
            w for w in scene.whos if w.kind == "person" and 0 <= w.opening - k - 1 <= 2 and w.prep in ("di", "per")
        ]
        before = [w for w in scene.whos if w.kind == "person" and 0 <= k - w.last <= 5 and w.prep is None]
        who = after[0] if after else before[-1] if before else None
        person = resolve(who, "player", None)
        clocks = [p for p in scene.clocks if p.mention.first > k and p.clock is not None and p.clock.minute is not None]
        clocks = [p for p in clocks if not any(k < w.first < p.mention.first and w is not who for w in scene.whos)]
        if person is None or len(clocks) != many:
            continue
        found += [
            Telling(
                "goal",
                scene.doc.start[k],
                scene.doc.end[placed.mention.last - 1],
                "two-or-three-of-one",
                clock=placed.clock or NO_CLOCK,
                side=person.side,
                people={"player": person.name},
                facts={"method": "open_play"},
            )
            for placed in clocks
            if not any(t.people.get("player") == person.name and t.clock == placed.clock for t in told)
        ]
    return found
