"""Many papers' tellings of one match, joined: who played, what happened, who says so (docs/matches.md)."""

from .byhand import correct_event, correct_tie, correction_undone
from .correcting import NoSuchThing, setting
from .joining import join_article
from .rebuilding import rebuild

__all__ = [
    "NoSuchThing",
    "correct_event",
    "correct_tie",
    "correction_undone",
    "join_article",
    "rebuild",
    "setting",
]
