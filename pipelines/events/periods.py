"""The score at the break and at the end, where the text gives it in figures or plainly."""

from __future__ import annotations

import re

from .clock import Clock
from .scene import Scene
from .telling import Context, Telling

SCORE = re.compile(r"(\d{1,2})-(\d{1,2})")
SPELLED = {"zero": 0, "uno": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6}


def scores_in(scene: Scene) -> list[tuple[int, int, tuple[int, int]]]:
    """The scores in a sentence as (first token, past the last, score): "2-1", "2 a 1", "uno a uno"."""
    low = scene.doc.low
    found = []
    for i in range(scene.first, scene.last):
        m = SCORE.fullmatch(low[i])
        if m and max(int(m[1]), int(m[2])) < 16:
            found.append((i, i + 1, (int(m[1]), int(m[2]))))
        elif low[i] in ("a", "-") and scene.first < i < scene.last - 1:
            a, b = _number(low[i - 1]), _number(low[i + 1])
            if a is not None and b is not None:
                found.append((i - 1, i + 2, (a, b)))
    return found


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 3 else SPELLED.get(word)


def read_periods(scene: Scene) -> list[Telling]:
    """The half-time and full-time scores that a sentence tells."""
    half, full, plain = scene.of("halftime"), scene.of("fulltime"), scene.of("drawless")
    if not half and not full:
        return []
    scores = scores_in(scene) + [(h.first, h.last, (0, 0)) for h in plain]
    told = []
    for first, last, score in sorted(scores):
        near_half = min((abs(h.first - first) for h in half), default=99)
        near_full = min((abs(h.first - first) for h in full), default=99)
        if near_half <= near_full and near_half < 14:
            told.append(_telling(scene, "half_time", first, last, score, half[0].rule.name))
        elif near_full < 16 and near_half > 20:
            oriented = orient(scene.context, score, scene)
            if oriented is not None:
                told.append(_telling(scene, "full_time", first, last, oriented, full[0].rule.name))
    return told


def orient(context: Context, score: tuple[int, int], scene: Scene | None = None) -> tuple[int, int] | None:
    """A final score home-away: the frame's where it agrees in either order; else as written."""
    frame = context.people.frame
    if frame is None:
        return None
    if frame.score is not None:
        return frame.score if score in (frame.score, frame.score[::-1]) else None
    return score


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
