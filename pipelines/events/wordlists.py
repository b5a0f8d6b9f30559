"""Word classes of the readers, from data/wordlists.toml: a table a module, a list a class."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).parents[2] / "data" / "wordlists.toml"


class BadWordList(ValueError):
    """data/wordlists.toml is wrong: the message names the table and the list."""


@lru_cache(maxsize=1)
def _tables() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


def word_set(table: str, name: str) -> frozenset[str]:
    """The words of one list; raises BadWordList where it is missing or holds no words."""
    words = _tables().get(table, {}).get(name)
    if not isinstance(words, list) or not words or not all(isinstance(w, str) and w for w in words):
        raise BadWordList(f"{DATA.name}: [{table}] {name} is no list of words")
    return frozenset(words)
