"""Many papers' tellings of one match, joined: who played, what happened, who says so (docs/matches.md)."""

from .byhand import correct_event, correct_tie, correction_undone
from .calendars import Imported, import_results
from .correcting import NoSuchThing, setting
from .exports import FORMATS, export
from .fixtures import BadCalendar
from .joining import join_article, join_articles
from .postponing import join_postponed, postpone
from .rebuilding import rebuild
from .squads import BadSquad, import_players

__all__ = [
    "FORMATS",
    "BadCalendar",
    "BadSquad",
    "Imported",
    "NoSuchThing",
    "correct_event",
    "correct_tie",
    "correction_undone",
    "export",
    "import_players",
    "import_results",
    "join_article",
    "join_articles",
    "join_postponed",
    "postpone",
    "rebuild",
    "setting",
]
