"""Penalties given and what the VAR looked at."""

from __future__ import annotations

from typing import Any

from .clock import NO_CLOCK
from .lexicon import Hit, words
from .people import Person, Who, other
from .scene import Scene, is_referee
from .telling import Role, Side, Telling

GIVING = (
    "assegn",
    "conced",
    "decret",
    "fischi",
    "indic",
    "procur",
    "guadagn",
    "conquist",
    "caus",
    "provoc",
    "punt",
    "concess",
    "accord",
    "ottien",
    "ottenn",
)
BEFORE_GIVEN = words("penalties_before_given")


def foul_of(scene: Scene) -> tuple[Who | None, Who | None]:
    """Who fouled and who was fouled in a sentence."""
    fouler = victim = None
    for hit in scene.of("foul"):
        roles = scene.fills(hit)
        if hit.word == "contatto" and len(both := scene.behind(hit, "tra")) > 1:
            fouler, victim = fouler or both[0], victim or both[1]
        fouler = fouler or next(iter(roles.get("fouler", [])), None)
        victim = victim or next(iter(roles.get("victim", [])), None)
    if fouler is not None and victim is not None and fouler.person is victim.person and fouler.kind == "person":
        victim = None
    return fouler, victim


def foul_by_place(scene: Scene) -> tuple[Who | None, Who | None]:
    """Who fouled whom where no word says so: "Rossi allarga il gomito su Bianchi, rigore"."""
    given = next((h for h in scene.of("penalty") if _given(scene, h)), None)
    if given is None:
        return None, None
    people = [w for w in scene.whos if w.kind == "person" and w.last <= given.first and not is_referee(w)]
    acting = next((w for w in people if w.prep is None), None)
    hit = next(
        (w for w in people if w is not acting and (w.prep == "su" or (w.prep is None and scene.is_object(w)))), None
    )
    return (acting, hit) if acting is not None and hit is not None else (None, None)


def read_award(scene: Scene, resolve: Any, fouler: Who | None, victim: Who | None) -> Telling | None:
    """The penalty that a sentence tells as given, if it does."""
    given = [h for h in scene.of("penalty") if _given(scene, h)]
    if not given:
        return None
    hit = given[0]
    player: Person | None = resolve(victim, "player", None) if victim else None
    opponent: Person | None = resolve(fouler, "opponent", None) if fouler else None
    side = _side_of(scene, hit) or (player.side if player else None) or (other(opponent.side) if opponent else None)
    people: dict[Role, str] = {}
    if player is None and hit.word.startswith(("procur", "guadagn", "conquist")):
        winner = scene.subject(hit)
        player = resolve(winner, "player", None) if winner else None
    if player is not None:
        people["player"] = player.name
    if opponent is not None and opponent is not player:
        people["opponent"] = opponent.name
    first = min(
        [hit.first, *(w.first for w in (fouler, victim) if w and w.first >= scene.first and w.first < hit.first)]
    )
    return Telling(
        "penalty_awarded", scene.doc.start[first], scene.doc.end[hit.last - 1], hit.rule.name,
        clock=scene.clock_at(hit.first) or scene.carried or NO_CLOCK, side=side, people=people,
    )  # fmt: skip


def _given(scene: Scene, hit: Hit) -> bool:
    """Whether the words tell a penalty as given here, not one being taken or spoken of."""
    if hit.word.startswith(GIVING) or "dischetto" in scene.doc.low[hit.first : hit.last]:
        return hit.rule.name == "penalty" and not (hit.word == "il" and not scene.has("foul"))
    low = scene.doc.low
    before = low[hit.first - 1] if hit.first > scene.first else "."
    following = low[hit.last : hit.last + 3]
    if following[:1] in (["per"], ["a"], ["in"]) and following[1:2] != ["tempo"]:
        return True
    if any(h.first > hit.first - 9 and h.last <= hit.first and h.word.startswith(GIVING) for h in scene.hits):
        return True
    if any(low[k].startswith(GIVING) for k in range(max(scene.first, hit.first - 6), min(scene.last, hit.last + 5))):
        return True
    if before in ("dal", "sul", "del", "di", "dei", "ai", "al", "i", "dai", "nel", "suo", "primo") and not scene.has(
        "foul"
    ):
        return False
    if before in ("dal", "del", "su", "sul"):
        return False
    return scene.has("foul") or (
        before in BEFORE_GIVEN and before in ("è", ":", ",", "ed", "-", ".") and not scene.has("spot")
    )


def _side_of(scene: Scene, hit: Hit) -> Side | None:
    """The team that is given the penalty: "rigore per il Milan", "la Dea si procura un rigore"."""
    after = [w for w in scene.whos if w.first >= hit.last and w.kind == "team" and w.first - hit.last <= 5]
    if after and after[0].prep in ("per", "a"):
        return after[0].side
    if hit.word.startswith(("procur", "guadagn", "conquist", "ottien")):
        before = [w for w in scene.whos if w.last <= hit.first and w.kind == "team" and w.prep is None]
        return before[-1].side if before else None
    return None


def read_review(scene: Scene, subject: str | None, side: Side | None) -> Telling | None:
    """What the VAR looked at in a sentence; `subject` is what the sentences before were about."""
    hits = [h for h in scene.of("var") if not _only_named(scene, h)]
    if not hits:
        return None
    hit = hits[0]
    about = _subject(scene) or subject or "other"
    return Telling(
        "var_review", scene.doc.start[hit.first], scene.doc.end[hits[-1].last - 1], hit.rule.name,
        clock=scene.clock_at(hit.first) or scene.carried or NO_CLOCK, side=side,
        facts={"subject": about, "decision": decision(scene)},
    )  # fmt: skip


def _only_named(scene: Scene, hit: Hit) -> bool:
    """The VAR as a man in a list ("Var: Rossi"), not as what he looks at."""
    following = scene.doc.low[hit.last : hit.last + 1]
    return following == [":"] or (hit.word == "moviola" and not scene.clocks)


def _subject(scene: Scene) -> str | None:
    if scene.has("penalty", "spot") or any(h.rule.name == "handball" for h in scene.of("foul")):
        return "penalty"
    if scene.has("goal", "disallow", "offside", "restore"):
        return "goal"
    return "red_card" if scene.has("red") else None


def decision(scene: Scene) -> str:
    """What came of a review, as far as the sentence tells."""
    if scene.has("confirmed", "restore"):
        return "confirmed"
    if scene.has("overturned", "disallow"):
        return "overturned"
    if scene.has("nothing"):
        return "none"
    return "none"


def is_decided(scene: Scene) -> bool:
    """Whether a sentence says what came of a review."""
    return scene.has("confirmed", "restore", "overturned", "disallow", "nothing")
