"""Match events out of Italian football articles: `read(text)` gives a Reading, `club_of(name)` a name's club."""

from .clubs import club_of
from .reader import read

__all__ = ["club_of", "read"]
