"""Which team alone is marked, where no heading stands over its players: by the headline, by what is said above the
marks, by who is called the guest in the remarks."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .mark_layouts import NAME
from .sides import Sides
from .telling import OTHER_SIDE, Side

PAIR = re.compile(rf"{NAME}[-–—]{NAME}|{NAME}\s?[-–—]\s?{NAME}(?=\s\d{{1,2}}\s?[-–]\s?\d)")
CLAUSE = re.compile(r"[:.!?;,()]|\s[–—-]\s")
OF_MARKS = re.compile(r"\b(?:pagell\w+|vot[io]|giudizi|promossi|top e flop)\b", re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
ELIDED = re.compile(r"^(?:dell|all|nell|sull|l|d|del)['’]", re.IGNORECASE)
AGAINST = re.compile(r"\b(?:contro|opposti al?|dopo)\b")
GUESTS = re.compile(r"\b(?:ospit[ei])\b")
HOSTS = re.compile(r"\b(?:padroni di casa|local[ei])\b")


def marked_side(title: str, above: Iterable[str], remarks: str, sides: Sides) -> Side | None:
    """The side that the marks are of; None where nothing tells it."""
    heads = [PAIR.sub(" ", head) for head in (title, *above)]
    clauses = [clause for head in heads for clause in CLAUSE.split(head)]
    for words in ((c for c in clauses if OF_MARKS.search(c)), (c for c in clauses[:8])):
        named = {side for clause in words for side in _named(AGAINST.split(clause)[0], sides)}
        if len(named) == 1:
            return named.pop()
    rivals = {side for c in clauses if (m := AGAINST.search(c)) for side in _named(c[m.end() :], sides)}
    if len(rivals) == 1:
        return OTHER_SIDE[rivals.pop()]
    guests, hosts = len(GUESTS.findall(remarks)), len(HOSTS.findall(remarks))
    if guests == hosts:
        return None
    return "home" if guests > hosts else "away"  # a paper that marks one team says so of its rivals


def _named(clause: str, sides: Sides) -> Iterable[Side]:
    """The sides that a clause names: by a club's name, whole or in part, or by a nickname."""
    for word in WORD.findall(clause):
        plain = ELIDED.sub("", word)
        side = sides.of_nickname(plain) or (sides.of_team(plain) if plain[:1].isupper() else None)
        if side:
            yield side
