"""Reads the events that running text tells: a report's paragraph, a live entry, a player's line of marks."""

from __future__ import annotations

from .telling import Context, Telling
from .tokens import Doc


def read_prose(doc: Doc, start: int, end: int, context: Context) -> list[Telling]:
    """The tellings in the code points start:end, in reading order; the context's clock state moves on."""
    return []
