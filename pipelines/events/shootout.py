"""A shoot-out told in prose: who scored and who did not, in lists and sentences."""

from __future__ import annotations

from typing import Any

from .clock import Clock
from .lexicon import Hit
from .people import Who
from .scene import HARD, Scene
from .telling import Telling

SHOOTOUT = Clock(5)


def read_kicks(scene: Scene, resolve: Any) -> list[Telling]:
    """The kicks of a sentence: each man named hangs on the cue before him in his clause, else on the one after."""
    cues = scene.of("kick")
    told: dict[str, Telling] = {}
    for who in scene.whos:
        if who.kind == "team":
            continue
        cue = _cue_of(scene, cues, who)
        person = resolve(who, "player", None) if cue is not None else None
        if cue is None or person is None or "keeper" in person.roles or person.name in told:
            continue
        if cue.rule.name == "kick-saved" and who.last <= cue.first and who.prep is None:
            person.roles.add("keeper")  # he saves, he does not kick
            continue
        told[person.name] = Telling(
            "penalty_shootout", scene.doc.start[min(cue.first, who.first)], scene.doc.end[max(cue.last, who.last) - 1],
            cue.rule.name, clock=SHOOTOUT, side=person.side, people={"player": person.name},
            facts={"outcome": cue.rule.facts["outcome"]}, confidence=0.7,
        )  # fmt: skip
    return list(told.values())


def _cue_of(scene: Scene, cues: list[Hit], who: Who) -> Hit | None:
    """The cue that a name hangs on."""
    low = scene.doc.low
    before = [c for c in cues if c.last <= who.first and not any(w in HARD for w in low[c.last : who.first])]
    after = [c for c in cues if c.first >= who.last and not any(w in HARD for w in low[who.last : c.first])]
    if before and (not after or who.first - before[-1].last <= 2 or who.shared or who.prep == "di"):
        return before[-1]
    if after and not any(w in (",", ":") for w in low[who.last : after[0].first]):
        return after[0]
    return before[-1] if before else after[0] if after else None
