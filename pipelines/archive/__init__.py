"""The archive: one SQLite file in which everything is kept (docs/archive.md)."""

from .archive import Archive, Result
from .errors import ArchiveError
from .forgetting import Forgotten
from .frontier import Frontier
from .hosts import Host
from .rereading import Reread, Stored, reread
from .rhythm import Rhythm
from .visits import Written

__all__ = [
    "Archive",
    "ArchiveError",
    "Forgotten",
    "Frontier",
    "Host",
    "Reread",
    "Result",
    "Rhythm",
    "Stored",
    "Written",
    "reread",
]
