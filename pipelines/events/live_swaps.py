"""Changes in the shorthand of live pages: two names and a sign ("Bassi → Rossini", "Cambio: Rossini x Bassi")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from .clock import Clock
from .sides import Sides
from .telegram import Piece
from .telling import Role, Telling
from .tokens import Doc

CHANGE = re.compile(r"\b(?:cambi[oa]?|sostituzion[ei]|avvicendament[oi]|girandola|mossa|mosse)\b")
ARROWS = frozenset(["→", "⇒", "➡", "↔", "⇄", "⇆", "->", "-->", "=>", "<->", "▶"])
OUT_FIRST = frozenset([">"])  # read so where the entry says that it tells changes
IN_FIRST = frozenset(["x", "<", "←", "<-", "-", "–", "—", "/"])
JOINS = frozenset([",", "e", "ed", ":", "/", "-", "+"])
FEW = 16


def read_linked(doc: Doc, pieces: Sequence[Piece], clock: Clock, sides: Sides) -> list[Telling]:
    """Changes told by a sign between two names."""
    if not pieces:
        return []
    words = doc.lowered[pieces[0].start : pieces[-1].end]
    announced = CHANGE.search(words) is not None
    told: list[Telling] = []
    people = [p for p in pieces if p.name]
    used: set[int] = set()
    for a, b in pairwise(people):
        sign = doc.lowered[a.end : b.start].strip()
        if a.start in used or not (sign in ARROWS or (announced and (sign in OUT_FIRST or sign in IN_FIRST))):
            continue
        used.add(b.start)
        on, off = (a, b) if sign in IN_FIRST else (b, a)
        told.append(_change(on, off, clock, sides))
    return told


def read_in_out(pieces: Sequence[Piece], clock: Clock, sides: Sides) -> list[Telling]:
    """Changes told by "in" and "out" before the names: "OUT: Bassi, Ferri. IN: Rossini, Verdini"."""
    groups: dict[str, list[Piece]] = {"in": [], "out": []}
    role = ""
    for i, piece in enumerate(pieces):
        if piece.name and role:
            groups[role].append(piece)
        elif piece.low in groups:
            ahead = [p for p in pieces[i + 1 : i + 3] if p.low != ":"]
            role = piece.low if ahead and ahead[0].name else ""
        elif piece.low not in JOINS:
            role = ""
    if not groups["in"] or len(groups["in"]) != len(groups["out"]):
        return []
    return [_change(on, off, clock, sides) for on, off in zip(groups["in"], groups["out"], strict=True)]


def completed(told: list[Telling], pieces: Sequence[Piece]) -> list[Telling]:
    """A lone change with one name, completed by the only other name of a short entry: "Bassi non ce la fa: dentro
    Rossini"."""
    people = {p.name: p for p in pieces if p.name}
    if len(told) != 1 or len(told[0].people) != 1 or len(people) != 2 or len(pieces) > FEW:
        return told
    role, name = next(iter(told[0].people.items()))
    other = next((n for n in people if n != name), None)
    missing: Role = "player_out" if role == "player_in" else "player_in"
    if not other or name not in people:
        return told
    return [replace(told[0], people={**told[0].people, missing: other})]


def _change(on: Piece, off: Piece, clock: Clock, sides: Sides) -> Telling:
    people: dict[Role, str] = {"player_in": on.name, "player_out": off.name}
    return Telling(
        "substitution",
        min(on.start, off.start),
        max(on.end, off.end),
        "live-linked-change",
        "live",
        clock=clock,
        side=sides.of_player(off.name) or sides.of_player(on.name),
        people=people,
        confidence=0.85,
    )


def joined(told: list[Telling]) -> list[Telling]:
    """The tellings, changes told by halves in one minute made whole: "60' Esce Bassi", then "60' Entra Rossini"."""
    halves = [t for t in told if t.type == "substitution" and len(t.people) == 1]
    outs = [t for t in halves if "player_out" in t.people]
    gone: dict[int, Telling | None] = {}
    for on in halves:
        if "player_in" not in on.people or on.clock.minute is None:
            continue
        off = next((o for o in outs if id(o) not in gone and _of_one_change(on, o)), None)
        if off is not None:
            gone[id(off)] = None
            gone[id(on)] = replace(on, people={**on.people, **off.people}, side=on.side or off.side)
    return [kept for t in told if (kept := gone.get(id(t), t)) is not None]


def _of_one_change(on: Telling, off: Telling) -> bool:
    return on.clock == off.clock and (on.side is None or off.side is None or on.side == off.side)
