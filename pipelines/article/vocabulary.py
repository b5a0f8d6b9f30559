"""The cleaning data of data/cleaning, read and checked once: a wrong file is refused with file, entry and reason."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data" / "cleaning"


class BadVocabulary(ValueError):
    """A file of data/cleaning that cannot be used; the message names the file, the entry and the reason."""


@cache
def entries(name: str, table: str, required: tuple[str, ...]) -> tuple[dict[str, Any], ...]:
    """The entries of `[[table]]` in data/cleaning/<name>.toml, each with at least the required keys and examples."""
    path = DATA / f"{name}.toml"
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8")).get(table, [])
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise BadVocabulary(f"{path}: {error}") from error
    if not found:
        raise BadVocabulary(f"{path}: no [[{table}]] entry")
    for number, entry in enumerate(found, 1):
        for key in ("name", *required):
            if not entry.get(key):
                raise BadVocabulary(f"{path}: {table} {number} ({entry.get('name', 'unnamed')}) has no {key}")
        for key, value in entry.items():
            if key in ("finds", "leaves", "words", "except", "needs") and not (
                isinstance(value, list) and all(isinstance(item, str) for item in value)
            ):
                raise BadVocabulary(f"{path}: {table} {number} ({entry['name']}): {key} must be a list of strings")
    return tuple(found)
