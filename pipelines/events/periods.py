"""The score at the break and at the end, where the text gives it in figures or plainly."""

from __future__ import annotations

from .clock import Clock
from .figures import scores_in
from .lexicon import Hit, words
from .scene import Scene
from .telling import Telling
from .verdict import beaten_after, leader, orient


def read_periods(scene: Scene, lead: bool = False) -> list[Telling]:
    """The half-time and full-time scores that a sentence tells; in the lead a score needs no word for the end."""
    half, full, plain = scene.of("halftime"), scene.of("fulltime"), scene.of("drawless")
    full = [h for h in full if not words("ball") & set(scene.doc.low[max(scene.first, h.first - 3) : h.first])]
    if not (half or full or plain or scene.has("score", "goal")):
        return []
    first_half = [p.mention.first for p in scene.clocks if p.mention.half == 1 and p.mention.form in ("half", "break")]
    breaks = [h.first for h in half] + first_half
    scores = sorted(scores_in(scene.doc.low, scene.first, scene.last) + [(h.first, h.last, (0, 0)) for h in plain])
    told: list[Telling] = []
    finals: list[tuple[int, int, tuple[int, int]]] = []
    for n, (first, last, score) in enumerate(scores):
        near_half = min((abs(k - first) for k in breaks), default=99)
        near_full = min((abs(h.first - first) for h in full), default=99)
        nearest = min(full, key=lambda h: abs(h.first - first), default=None)
        bracketed = scene.doc.low[first - 1] == "(" if first > scene.first else False
        if bracketed and n and first - scores[n - 1][1] == 1 and sum(score) <= sum(scores[n - 1][2]):
            told.append(_telling(scene, "half_time", first, last, score, "half-in-brackets"))
        elif scene.doc.low[first - 1] in ("momentaneo", "provvisorio", "temporaneo") and first > scene.first:
            continue
        elif (
            near_half <= near_full + (3 if len(scores) == 1 or not half else 0) or _only_says_so(nearest)
        ) and near_half < (14 if half else 6):
            ahead = leader(scene) if score[0] != score[1] else None
            if ahead is not None:
                score = (max(score), min(score)) if ahead == "home" else (min(score), max(score))
            told.append(_telling(scene, "half_time", first, last, score, half[0].rule.name if half else "half-score"))
        elif (
            near_half > 20
            and (near_full < 20 or lead or _closes(scene, first, last) or beaten_after(scene, last) is not None)
            and not _on_the_way(scene, first, lead)
        ):
            finals.append((first, last, score))
    if finals:
        first, last, score = max(finals, key=lambda f: sum(f[2])) if lead else finals[0]
        nearest = min(full, key=lambda h: abs(h.first - first), default=None)
        oriented = orient(scene.context, score, scene, nearest, first, last)
        if oriented is not None:
            told.append(
                _telling(scene, "full_time", first, last, oriented, nearest.rule.name if nearest else "lead-score")
            )
    return told


def _only_says_so(hit: Hit | None) -> bool:
    """Whether the word beside a score only calls it the score: "all'intervallo il risultato è di 2-1"."""
    return hit is not None and hit.word in ("il", "punteggio", "risultato")


def _closes(scene: Scene, first: int, last: int) -> bool:
    """Whether "finale" stands beside a score."""
    return "finale" in scene.doc.low[last : last + 2] or "finale" in scene.doc.low[max(scene.first, first - 2) : first]


def _on_the_way(scene: Scene, first: int, lead: bool) -> bool:
    """Whether a score is one that the match passed through: "sullo 0-2", "da 0-3 a 4-3", "avanti 3-0"."""
    before = scene.doc.low[first - 1] if first > scene.first else ""
    if before in ("sullo", "dallo", "dal", "da", "avanti", "sotto", "momentaneo", "provvisorio", "del"):
        return True
    return lead and before in ("sull'", "sul") and not scene.has("fulltime")


def _telling(scene: Scene, kind: str, first: int, last: int, score: tuple[int, int], rule: str) -> Telling:
    clock = Clock(1, 45) if kind == "half_time" else Clock(2, 90)
    return Telling(
        kind,  # type: ignore[arg-type]
        scene.doc.start[max(scene.first, first - 6)],
        scene.doc.end[min(scene.last, last + 3) - 1],
        rule,
        clock=clock,
        facts={"score": score},
        passing=kind == "full_time",
    )
