"""Reads match events out of Italian football articles: `read(text)` gives a Reading; `club_of(name)` the club of a name."""

from .clubs import club_of
from .reader import read

__all__ = ["club_of", "read"]
