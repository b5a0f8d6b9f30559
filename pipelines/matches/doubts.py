"""Tellings that must not make a match: previews, satire, simulations, memories, mentions."""

from __future__ import annotations

from .names import fold
from .telling import Telling
from .vocabulary import vocabulary

DAYS_LATE = 10  # a report that comes out this long after the day it names is a memory, not news
TELLING = ("report", "live", "box", "marks", "refereeing")


def doubt(telling: Telling) -> str | None:
    """Why a telling is tied to no match, in words; None if nothing speaks against it."""
    if telling.genre not in TELLING:
        return f"the article is no match report ({telling.genre or 'kind unknown'})"
    about = f" {fold(telling.title)} {fold(telling.about)} "
    if word := next((word for word in vocabulary().unreal if word in about), None):
        return f"may not have been played: {word}"
    if word := next((word for word in vocabulary().old if word in about), None):
        return f"tells an old match: {word}"
    if not telling.home or not telling.away:
        return "only one team is known"
    if not telling.sketch.events and telling.score is None:
        return "neither a score nor an event is told"
    return None
