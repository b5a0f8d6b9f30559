"""Injuries: who is hurt badly enough to be told as such."""

from __future__ import annotations

from typing import Any

from .clock import NO_CLOCK
from .lexicon import Hit
from .people import Who
from .scene import Scene
from .telling import Telling


def hurt_one(scene: Scene, hit: Hit, roles: dict[str, list[Who]]) -> Who | None:
    """Who is hurt: behind the cue's preposition, or the nearest named before it, whoever's object he is."""
    behind = [w for w in roles.get("player", []) if w.first >= hit.last]
    before = [w for w in scene.whos if w.kind == "person" and w.last <= hit.first and w.prep in (None, "con", "a")]
    if behind and behind[0].prep is not None:
        return behind[0]
    if hit.mood not in ("word", "participle") or not before:
        return next(iter(roles.get("player", [])), None)
    return before[-1]


def read_injuries(scene: Scene, resolve: Any) -> list[Telling]:
    """The injuries that a sentence tells, one a person."""
    told: dict[str, Telling] = {}
    for hit in scene.of("injury"):
        roles = scene.fills(hit)
        who = hurt_one(scene, hit, roles)
        person = resolve(who, "player", None) if who else None
        if person is None or person.name in told or "coach" in person.roles:
            continue
        told[person.name] = Telling(
            "injury",
            scene.doc.start[min(hit.first, who.first if who else hit.first)],
            scene.doc.end[hit.last - 1],
            hit.rule.name,
            clock=scene.clock_at(hit.first) or scene.carried or NO_CLOCK,
            side=person.side,
            people={"player": person.name},
            confidence=0.7,
        )
    return list(told.values())
