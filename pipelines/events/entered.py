"""Those who came in, as marks tell them beside the man they replaced.

Papers write it before the name ("dal 61' Vinci 6", "(75' 6,5 Vinci – …"), after it ("Vinci (17' st) 6"), or leave the
minute out ("(Vinci 6: …; Neri s.v.)").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .clock import NO_CLOCK, Clock
from .mark_layouts import MARK, NAME, is_name
from .notation import box_clock, tidy_person

OPENING = r"(?:(?<=\n)|(?<=[.;!?)\]…»\"”][ ])|(?<=[,][ ])|(?<=^)|(?<=\t)|(?<=[•*–-][ ])|(?<=:[ ]))"
HALF = r"(?P<half>[pPsS]\.?\s?[tT]\.?(?:\s?[sS]\.?)?(?![a-zA-Z]))?"
ADDED = r"(?:\s?\+\s?(?P<added>\d{1,2})['’]?)?"
BEFORE_NAME = re.compile(
    rf"(?:(?P<open>[(\[]\s?)(?:[dD]all?['’]?\s?)?|(?P<word>\b[dD]all?(?:['’]"
    rf"|\s)\s?))(?P<minute>\d{{1,3}})\s?(?:['’′°]{{1,2}}|°)?{ADDED}\s{{0,2}}{HALF}"
    rf"[ ,:–-]{{0,3}}(?:(?P<first>{MARK})[ ])?(?P<name>{NAME})"
    rf"(?:\s?[,:(–-]?\s{{0,2}}(?:voto\s)?(?P<mark>{MARK})(?![\d'’′]))?"
)
AFTER_NAME = re.compile(
    rf"{OPENING}(?P<name>{NAME})\s?[(\[]\s?(?:[dD]al(?:l['’])?\s?)?(?P<minute>\d{{1,3}})\s?['’′°]{{0,2}}{ADDED}"
    rf"\s{{0,2}}{HALF}\s?[)\]]\s?[,:–-]?\s?(?:voto\s)?(?P<mark>{MARK})(?![\d'’′])"
)
NO_MINUTE = re.compile(
    rf"(?:[(\[]|; )(?:poi )?(?P<name>{NAME})\s?[,:]?\s{{1,2}}(?:voto\s)?(?P<mark>{MARK})(?=\s?(?:[):;,]|[–-]\s))"
)
LAST_IN_BRACKET = re.compile(
    rf"[:,–-]\s?(?:voto\s)?(?P<mark>{MARK})\s?\)|\b(?:VOTO|[Vv]oto)[: ]{{1,2}}(?P<last>{MARK})\)?\s*$"
)


@dataclass(frozen=True, slots=True)
class Entered:
    """One who came in, told at start:end of the text; his own remark follows."""

    name: str
    start: int
    end: int
    mark: str | None
    clock: Clock = NO_CLOCK


def find_entered(text: str, start: int, end: int) -> list[Entered]:
    """Those told to have come in at start:end, in order."""
    found = [*_with_minute(text, start, end), *_without_minute(text, start, end)]
    ordered: list[Entered] = []
    for one in sorted(found, key=lambda e: (e.start, -e.end)):
        if not ordered or one.start >= ordered[-1].end:
            ordered.append(one)
    return ordered


def _with_minute(text: str, start: int, end: int) -> Iterator[Entered]:
    for m in BEFORE_NAME.finditer(text, start, end):
        ticked = any(tick in m[0] for tick in "'’′°") or m["half"] is not None or m["word"] is not None
        if ticked and _is_change(m):
            yield _entered(m, m["mark"] or m["first"])
    for m in AFTER_NAME.finditer(text, start, end):
        if _is_change(m):
            yield _entered(m, m["mark"])


def _without_minute(text: str, start: int, end: int) -> Iterator[Entered]:
    for m in NO_MINUTE.finditer(text, start, end):
        inside = text[m.start()] in "([" or text.rfind("(", start, m.start()) > text.rfind(")", start, m.start())
        if inside and is_name(m["name"]):
            yield Entered(tidy_person(m["name"]), m.start(), m.end(), m["mark"])


def _is_change(m: re.Match[str]) -> bool:
    return 0 < int(m["minute"]) <= 130 and is_name(m["name"])


def _entered(m: re.Match[str], mark: str | None) -> Entered:
    half = {"p": 1, "s": 2}.get((m["half"] or " ")[0].lower(), 0)
    clock = box_clock(int(m["minute"]), half, int(m["added"]) if m["added"] else None)
    return Entered(tidy_person(m["name"]), m.start(), m.end(), mark, clock)
