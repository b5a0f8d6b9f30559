"""Cards: who is booked or sent off, by the cue's own words or as the one who fouled."""

from __future__ import annotations

from .clock import NO_CLOCK
from .lexicon import Hit
from .people import Who
from .scene import Scene
from .telling import Telling

SENDINGS = ("sent-off", "second-yellow")


def read_cards(scene: Scene, resolve: object, fouler: Who | None) -> list[Telling]:
    """The cards of a sentence; `fouler` is who fouled in it or just before."""
    told: list[Telling] = []
    reds = scene.of("red")
    booked_before = scene.has("was-booked")
    second = booked_before or any(h.rule.name == "second-yellow" for h in reds)
    done: set[str] = set()
    for hit in reds:
        for who in _carded(scene, hit, fouler):
            told += _card(scene, hit, who, resolve, done, "red_card", second)
    if not reds and scene.has("ten") and (second or _last_man(scene)) and fouler is not None:
        told += _card(scene, scene.of("ten")[0], fouler, resolve, done, "red_card", second)
    for hit in scene.of("yellow"):
        if second and _near(hit, reds):
            continue
        for who in _carded(scene, hit, fouler):
            told += _card(scene, hit, who, resolve, done, "yellow_card", False)
    return told


def _last_man(scene: Scene) -> bool:
    return False


def _near(hit: Hit, reds: list[Hit]) -> bool:
    return not reds or any(abs(red.first - hit.first) < 14 for red in reds)


def _carded(scene: Scene, hit: Hit, fouler: Who | None) -> list[Who]:
    """Who a card is for: named by the cue, listed after it, or who fouled."""
    low = scene.doc.low
    if (
        hit.rule.name == "booked"
        and hit.mood == "participle"
        or hit.rule.name == "sent-off"
        and hit.mood == "participle"
    ):
        after = scene.named_after(hit, 4)
        if after is not None:
            return scene.group(after)
        before = scene.named_before(hit)
        if before is not None:
            return (
                [w for w in scene.group(before) if w.first <= before.first]
                if low[hit.first][-1:] in ("i", "e")
                else [before]
            )
    roles = scene.fills(hit)
    named = roles.get("player", [])
    for prep in ("a", "per", "di"):
        behind = [w for w in scene.behind(hit, prep, 4) if w.kind != "team"]  # type: ignore[arg-type]
        if behind:
            named = behind
            break
    if hit.word in ("ammoniti", "espulsi") and (after := scene.named_after(hit, 4)) is not None:
        return scene.group(after)
    if named and named[0].kind == "epithet" and fouler is not None:
        return [fouler]
    if named and not _is_referee(named[0]):
        direct = hit.first - named[0].last < 12 or named[0].first >= hit.last
        if fouler is None or direct and (named[0].first >= hit.last or hit.mood != "word"):
            return named if named[0].first >= hit.last else named[:1]
    if fouler is not None:
        return [fouler]
    return [named[0]] if named and not _is_referee(named[0]) else []


def _is_referee(who: Who) -> bool:
    return who.person is not None and "referee" in who.person.roles


def _card(scene: Scene, hit: Hit, who: Who, resolve: object, done: set[str], kind: str, second: bool) -> list[Telling]:
    person = resolve(who, "player", None)  # type: ignore[operator]
    if person is None or person.name in done or "referee" in person.roles:
        return []
    done.add(person.name)
    facts: dict[str, object] = {}
    if kind == "red_card":
        facts["second_yellow"] = second
    if "coach" in person.roles:
        facts["role"] = "coach"
    return [
        Telling(
            kind,  # type: ignore[arg-type]
            scene.doc.start[min(hit.first, who.first) if abs(hit.first - who.first) < 20 else hit.first],
            scene.doc.end[
                max(hit.last, who.last if who.last >= scene.first and abs(hit.last - who.last) < 20 else 0) - 1
            ],
            hit.rule.name,
            clock=scene.clock_at(hit.first) or scene.carried or NO_CLOCK,
            side=person.team,
            people={"player": person.name},
            facts=facts,
        )
    ]
