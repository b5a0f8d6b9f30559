"""The words of data/matches.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).parents[2] / "data" / "matches.toml"


class BadVocabulary(ValueError):
    """data/matches.toml cannot be used; the message names the key."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Its lists, by what they are for."""

    legal: frozenset[str]
    shared: frozenset[str]  # the legal forms among them
    junior: frozenset[str]
    particles: frozenset[str]
    women: frozenset[str]
    youth: frozenset[str]
    ordinals: dict[str, int]
    unreal: tuple[str, ...]
    old: tuple[str, ...]
    calendar_names: dict[str, str]
    abandoned: frozenset[str]
    postponed: frozenset[str]


@lru_cache(maxsize=1)
def vocabulary(path: Path = FILE) -> Vocabulary:
    """The lists, read once; raises BadVocabulary at one that is missing."""
    tables = tomllib.loads(path.read_text(encoding="utf-8"))

    def table(section: str, key: str, kind: type) -> Any:
        found = tables.get(section, {}).get(key)
        if not isinstance(found, kind) or not found:
            raise BadVocabulary(f"{path.name}: [{section}] {key} should be a {kind.__name__}, not {found!r}")
        return found

    def words(section: str, key: str) -> list[str]:
        return list(table(section, key, str).split())

    legal = frozenset(words("clubs", "legal"))
    return Vocabulary(
        legal=legal,
        shared=legal | frozenset(words("clubs", "shared")),
        junior=frozenset(words("people", "junior")),
        particles=frozenset(words("people", "particles")),
        women=frozenset(words("categories", "women")),
        youth=frozenset(words("categories", "youth")),
        ordinals={word: number for number, word in enumerate(words("rounds", "ordinals"), start=1)},
        unreal=tuple(table("doubts", "unreal", list)),
        old=tuple(table("doubts", "old", list)),
        calendar_names=table("calendars", "names", dict),
        abandoned=frozenset(words("status", "abandoned")),
        postponed=frozenset(words("status", "postponed")),
    )
