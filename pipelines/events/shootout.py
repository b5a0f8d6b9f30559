"""A shoot-out told in prose: who scored and who did not, in lists and sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from .clock import Clock
from .lexicon import Hit
from .people import Who
from .scene import Scene, is_referee
from .telling import Telling

SHOOTOUT = Clock(5)
TURNS = frozenset((",", ";", ":", ".", "ma", "mentre", "poi", "infine", "quindi"))
BETWEEN_NAMES = TURNS | {"e", "ed", "invece", "anche"}


def read_kicks(scene: Scene, resolve: Any) -> list[Telling]:
    """The kicks of a sentence: each man named hangs on a cue of his own clause, or is in a list with one who does."""
    cues = scene.of("kick")
    told: dict[str, Telling] = {}
    waiting: list[Who] = []  # named before the cue of their list
    listed: Hit | None = None  # the cue that stands before a list
    last: Who | None = None
    for who in scene.whos:
        if who.kind == "team" or is_referee(who):
            continue
        joined = last is not None and all(w in BETWEEN_NAMES for w in scene.doc.low[last.last : who.opening])
        if not joined:
            waiting, listed = [], None
        last = who
        cue = _cue_of(scene, cues, who)
        if cue is None and listed is None:
            waiting.append(who)
            continue
        if cue is not None and _is_keeper(scene, cue, who):
            _keeps(resolve(who, "player", None), cue, told)
            continue
        behind = cue is not None and cue.first >= who.last
        for kicker in [*(waiting if behind else ()), who]:
            _kick(scene, cue or listed, resolve(kicker, "player", None), kicker, told)  # type: ignore[arg-type]
        waiting, listed = [], None if behind else cue or listed
    return list(told.values())


def _cue_of(scene: Scene, cues: list[Hit], who: Who) -> Hit | None:
    """The cue of a name's own clause: the one before a name behind a preposition, else the one after, else before."""
    low = scene.doc.low
    begin, end = who.opening, who.last
    heads = {c.last for c in cues}
    while begin > scene.first and (low[begin - 1] not in TURNS or (low[begin - 1] == ":" and begin - 1 in heads)):
        begin -= 1
    names = {w.opening for w in scene.whos if w.kind != "team"}
    while end < scene.last and not (low[end] in ("e", "ed") and end + 1 in names):
        if low[end] in TURNS and low[end : end + 2] != [",", "che"]:
            break
        end += 1
    before = [c for c in cues if begin <= c.first and c.last <= who.first]
    after = [c for c in cues if who.last <= c.first < end]
    if before and (who.prep is not None or not after):
        return before[-1]
    return after[0] if after else _beyond_an_aside(scene, cues, who)


def _beyond_an_aside(scene: Scene, cues: list[Hit], who: Who) -> Hit | None:
    """The next cue, where nobody else is named before it: "Anche Rossi, vent'anni appena, ha segnato"."""
    following = next((c for c in cues if c.first >= who.last), None)
    if following is None or who.prep is not None or following.mood not in ("present", "past", "participle"):
        return None
    between = any(who.last <= w.first < following.first for w in scene.whos if w.kind != "team")
    return None if between or scene.hard_between(who.last, following.first) else following


def _is_keeper(scene: Scene, cue: Hit, who: Who) -> bool:
    """Whether a name is the keeper's: who saves, by whom a kick is saved, who is beaten."""
    saved = cue.rule.name == "kick-saved"
    if saved and cue.first >= who.last:
        return cue.mood in ("present", "past") and cue.word != "si" and who.prep is None
    if saved and who.prep == "da":
        return True
    beaten = cue.last == who.first and cue.mood in ("present", "past") and who.prep is None
    return beaten and any(w.last <= cue.first and w.prep is None and w.kind == "person" for w in scene.whos)


def _keeps(person: Any, cue: Hit, told: dict[str, Telling]) -> None:
    if person is None:
        return
    person.roles.add("keeper")
    if cue.rule.name == "kick-saved" and told and cue.mood == "participle":
        name, kick = list(told.items())[-1]  # "sbaglia Rossi, il cui tiro viene respinto da Neri"
        told[name] = replace(kick, facts={"outcome": "saved"})


def _kick(scene: Scene, cue: Hit, person: Any, who: Who, told: dict[str, Telling]) -> None:
    if person is None or "keeper" in person.roles or person.name in told:
        return
    told[person.name] = Telling(
        "penalty_shootout", scene.doc.start[min(cue.first, who.first)], scene.doc.end[max(cue.last, who.last) - 1],
        cue.rule.name, clock=SHOOTOUT, side=person.side, people={"player": person.name},
        facts={"outcome": cue.rule.facts["outcome"]}, confidence=0.7,
    )  # fmt: skip
