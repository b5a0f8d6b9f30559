"""Cards: who is booked or sent off, by the cue's own words or as the one who fouled."""

from __future__ import annotations

from .attempts import clock_of
from .clock import NO_CLOCK
from .lexicon import Hit
from .people import Who
from .scene import Scene, is_referee
from .telling import Telling

SENDINGS = ("sent-off", "second-yellow")


def read_cards(scene: Scene, resolve: object, fouler: Who | None, booked: set[str]) -> list[Telling]:
    """The cards of a sentence; `fouler` is who fouled in it or just before."""
    told: list[Telling] = []
    reds = scene.of("red")
    booked_before = scene.has("was-booked")
    second = booked_before or any(h.rule.name == "second-yellow" for h in reds)
    done: set[str] = set()
    if not reds and scene.has("ten") and scene.has("yellow"):
        again = [w for h in scene.of("yellow") for w in _carded(scene, h, fouler)]
        for who in again:
            person = resolve(who, "player", None)  # type: ignore[operator]
            if person is not None and person.name in booked:
                return _card(scene, scene.of("ten")[0], who, resolve, done, "red_card", True)
    owned = [h for h in reds if _owner(scene, h)]
    for hit in reds:
        if hit not in owned and any(h.first - 14 < hit.first < h.first + 14 for h in owned):
            continue  # "l'espulsione di Rossi ha lasciato il Bari in dieci" is one
        for who in _carded(scene, hit, fouler):
            told += _card(scene, hit, who, resolve, done, "red_card", second)
    if not reds and scene.has("ten") and second and fouler is not None:
        told += _card(scene, scene.of("ten")[0], fouler, resolve, done, "red_card", second)
    for hit in scene.of("yellow"):
        if second and _near(hit, reds):
            continue
        for who in _carded(scene, hit, fouler):
            told += _card(scene, hit, who, resolve, done, "yellow_card", False)
    booked.update(done)
    return told


def _owner(scene: Scene, hit: Hit) -> bool:
    """Whether a noun says whose red card it is: "l'espulsione di Rossi"."""
    return hit.mood == "word" and any(w.kind == "person" for w in scene.behind(hit, "di", 3))


def _near(hit: Hit, reds: list[Hit]) -> bool:
    return not reds or any(abs(red.first - hit.first) < 14 for red in reds)


def _carded(scene: Scene, hit: Hit, fouler: Who | None) -> list[Who]:
    """Who a card is for: listed after the cue, named beside it, its verb's subject, who fouled, or the last named."""
    after = scene.named_after(hit, 4)
    if (
        after is not None
        and not _suffers(scene, hit, after)
        and (hit.mood == "participle" or hit.word in ("ammoniti", "espulsi", "gialli"))
    ):
        return scene.group(after)
    for prep in ("a", "per", "di", "da"):
        behind = [
            w
            for w in scene.behind(hit, prep, 4)
            if not _suffers(scene, hit, w) and w.kind != "team" and not is_referee(w)
        ]
        if behind and prep in hit.rule.roles:
            return [fouler] if behind[0].kind == "epithet" and fouler is not None else behind
    beside = scene.just_before(hit)
    if beside is not None and beside.prep in ("su", "a") and fouler is not None:
        beside = fouler  # "gomitata di Rossi a Bianchi, rosso"
    if beside is not None and hit.mood in ("participle", "word"):
        plural = scene.doc.low[hit.first][-1:] in ("i", "e") and hit.mood == "participle"
        return scene.group(beside) if plural else [beside]
    if hit.mood not in ("word", "participle") or (hit.mood == "participle" and fouler is None):
        named = [w for w in scene.fills(hit).get("player", []) if not is_referee(w) and not _suffers(scene, hit, w)]
        if named:
            return named[:1] if named[0].last <= hit.first else named
    if fouler is not None:
        return [fouler]
    before = [
        w
        for w in scene.whos
        if w.last <= hit.first and w.kind == "person" and w.prep in (None, "su", "con") and not is_referee(w)
    ]
    acting = [w for w in before if not scene.is_object(w)]
    if acting or before:
        return (acting or before)[-1:]
    anybody = [w for w in scene.whos if w.kind == "person" and not is_referee(w)]
    if len(anybody) == 1:
        return anybody
    return (
        [scene.topic]
        if scene.topic is not None and scene.topic.kind == "person" and not is_referee(scene.topic)
        else []
    )


def _suffers(scene: Scene, hit: Hit, who: Who) -> bool:
    """Whether one is named as the victim of what the card is for: "espulso per una manata a Rossi"."""
    return who.prep in ("a", "su") and "per" in scene.doc.low[hit.last : who.opening]


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
            clock=clock_of(scene, who) or scene.clock_at(hit.first) or scene.carried or NO_CLOCK,
            side=person.side,
            people={"player": person.name},
            facts=facts,
        )
    ]
