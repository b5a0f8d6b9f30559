"""What is typed in the search box, as an FTS5 expression: never its syntax, always its words.

"rigore parato" asks for articles with both words in any of their forms, "calcio di rigore" within quotes for these
words in a row, "-var" for articles without the word.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Container
from dataclasses import dataclass

from .italian import forms, tokens

LONGEST, MOST_TERMS = 400, 16  # characters and words that are looked at
PIECE = re.compile(r'(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: the words in a row where `row`, else one word in all its forms; it must not occur where `out`."""

    words: tuple[str, ...]
    row: bool = False
    out: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """An expression for MATCH ('' where nothing can be found), the forms searched beside the words typed, and how many
    articles it finds at most."""

    expression: str
    also: tuple[str, ...]
    at_most: int


def terms(text: str) -> list[Term]:
    """The conditions of a typed text."""
    found: list[Term] = []
    for minus, phrase, word in PIECE.findall(text[:LONGEST]):
        out = bool(minus) or (word.startswith("-") and len(word) > 1)
        said = tokens(phrase or word)
        if phrase or len(said) > 1:
            found += [Term(tuple(said), row=True, out=out)] if said else []
        else:
            found += [Term((word,), out=out) for word in said]
    return found[:MOST_TERMS]


def query(conn: sqlite3.Connection, text: str, names: Container[str]) -> Query:
    """The expression that a typed text stands for; `conn` has its vocabulary open (italian.open_vocabulary)."""
    wanted, unwanted = list[str](), list[str]()
    also, at_most = list[str](), list[int]()
    for term in terms(text):
        if term.row:
            (unwanted if term.out else wanted).append(quoted(" ".join(term.words)))
            continue
        known = forms(conn, term.words[0], names)
        either = " OR ".join(quoted(form) for form in known or term.words)
        (unwanted if term.out else wanted).append(f"({either})")
        if not term.out:
            also += [form for form in known if form != term.words[0]]
            at_most.append(sum(known.values()))
    if not wanted:
        return Query("", (), 0)
    expression = " AND ".join(wanted) + "".join(f" NOT {out}" for out in unwanted)
    return Query(expression, tuple(also), min(at_most, default=0) if at_most else MANY)


MANY = 1_000_000  # a phrase: how many articles have it is not known beforehand


def quoted(words: str) -> str:
    """An FTS5 string: whatever stands in it is words, not syntax."""
    return '"' + words.replace('"', " ") + '"'
