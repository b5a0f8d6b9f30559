"""Injuries: who is hurt badly enough to be told as such."""

from __future__ import annotations

from typing import Any

from .clock import NO_CLOCK
from .scene import Scene
from .telling import Telling


def read_injuries(scene: Scene, resolve: Any) -> list[Telling]:
    """The injuries that a sentence tells, one a person."""
    told: dict[str, Telling] = {}
    for hit in scene.of("injury"):
        roles = scene.fills(hit)
        who = next(iter(roles.get("player", [])), None)
        person = resolve(who, "player", None) if who else None
        if person is None or person.name in told or "coach" in person.roles:
            continue
        told[person.name] = Telling(
            "injury", scene.doc.start[min(hit.first, who.first if who else hit.first)], scene.doc.end[hit.last - 1], hit.rule.name,
            clock=scene.clock_at(hit.first) or scene.carried or NO_CLOCK, side=person.team, people={"player": person.name}, confidence=0.7,
        )  # fmt: skip
    return list(told.values())
