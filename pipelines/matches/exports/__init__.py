"""Matches in the formats that others read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator

from .cdf import as_cdf
from .flat import as_csv, as_jsonl
from .football_txt import as_football_txt
from .jsonld import as_jsonld
from .view import View, views

FORMATS: dict[str, Callable[[Iterable[View]], Iterator[str]]] = {
    "football.txt": as_football_txt,
    "jsonl": as_jsonl,
    "csv": as_csv,
    "jsonld": as_jsonld,
    "cdf": as_cdf,
}


def export(conn: sqlite3.Connection, form: str, match: str | None = None, season: str | None = None) -> Iterator[str]:
    """The lines of an export: of one match, of a season, or of all; KeyError for an unknown format."""
    return FORMATS[form](views(conn, match, season))
