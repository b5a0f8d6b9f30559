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
    return None if telling.home and telling.away else "only one team is known"


def is_mention(telling: Telling) -> bool:
    """Whether a telling says too little to make a match of its own; it may follow others that do."""
    return not telling.sketch.events and telling.score is None
