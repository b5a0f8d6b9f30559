"""Live commentaries: entries with their minute, in whatever order and numbering, put in match order and placed in the match.

The words of an entry go to the prose engine with the entry's clock; what is shorthand of live pages alone is read here:
`Possanzini per Araboni`, `Torino - Belotti: GOL! 0-1` in a shoot-out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from .blocks import SHOOTOUT, Line
from .box import read_kicks
from .clock import NO_CLOCK, Clock
from .notation import HALVES, atoms, box_clock, tidy_person
from .officials import NAME
from .sides import Sides
from .telling import Context, Telling
from .tokens import Doc

Turn = Literal["section", "start", "end"]
HEADING = re.compile(
    r"\W*(?:(?P<edge>inizio|inizia|comincia|via al|fine|finisce|termina|chiude|si chiude)\s)?(?:il |la |del |al |l['’])?"
    r"(?P<half>primo tempo supplementare|secondo tempo supplementare|primo supplementare|secondo supplementare|tempi supplementari|supplementari|"
    r"primo tempo|secondo tempo|ripresa|1°? ?tempo|2°? ?tempo|1t\b|2t\b|intervallo|prima frazione|seconda frazione|partita|gara|match)\W*(?:\d{1,2} ?[-–] ?\d{1,2}\W*)?$",
    re.IGNORECASE,
)
HALF_NUMBER = {
    "primo tempo": 1, "1 tempo": 1, "1° tempo": 1, "1tempo": 1, "1t": 1, "prima frazione": 1, "secondo tempo": 2, "ripresa": 2, "2 tempo": 2,
    "2° tempo": 2, "2tempo": 2, "2t": 2, "seconda frazione": 2, "primo tempo supplementare": 3, "primo supplementare": 3, "tempi supplementari": 3,
    "supplementari": 3, "secondo tempo supplementare": 4, "secondo supplementare": 4,
}  # fmt: skip
BREAK = re.compile(
    r"fine (?:del )?primo tempo|fine pt\b|intervallo|duplice fischio|si chiude (?:qui )?(?:il primo tempo|la prima)|(?:finisce|termina|finito|concluso|chiuso|chiude) "
    r"(?:qui )?(?:il primo tempo|la prima frazione)|negli spogliatoi|all['’]intervallo|si va al riposo|squadre a riposo|finisce qui il primo tempo|tè caldo|"
    r"fine prima frazione|primo tempo (?:finito|concluso|terminato|in archivio)",
    re.IGNORECASE,
)
RESTART = re.compile(
    r"(?:inizi|cominci|ripart|ripres[ao]|via a|si ricomincia|al via).{0,25}(?:secondo tempo|ripresa|ripartit|gioco|\bst\b)|^\W*(?:si riparte|ripartiti|si ricomincia|ripresa)\b",
    re.IGNORECASE,
)
EXTRA = re.compile(r"supplementar|overtime", re.IGNORECASE)
PERSON = rf"(?:{NAME})"
SWAP = re.compile(
    rf"(?:^|(?<=[.:;,!(] )|(?<=[.:;!] )|(?<=\be ))(?:(?:[Nn]el(?:la|l['’])?|[Pp]er (?:il|la)|[Cc]ambio|[Ee]ntra|[Dd]entro)\s?(?:{NAME}\s)?[:,]?\s?)?"
    rf"(?P<on>{PERSON}) per (?P<off>{PERSON})(?=\s*(?:[.,;!)]|$|\be\b|\bnel|\btra\b|\bin\b|,|\(|\bfra\b))"
)
FAR = 20


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its words at start:end, its clock as placed (NO_CLOCK where only a time of day is given)."""

    start: int
    end: int
    line: int
    minute: int | None = None
    added: int | None = None
    half: int = 0  # as the entry's own label or its section says
    clock: Clock = NO_CLOCK
    kick: bool = False


def read_live(doc: Doc, lines: Sequence[Line], context: Context, sides: Sides) -> list[Telling]:
    """The tellings of the live lines, in match order. `lines` are those of live blocks alone, in the text's order."""
    from .prose import read_prose

    told: list[Telling] = []
    for entry in find_entries(doc.text, lines):
        if entry.kick:
            told += _kicks(doc, entry, context, sides)
            continue
        context.clock = entry.clock if entry.clock != NO_CLOCK else None
        context.source = "live"
        found = read_prose(doc, entry.start, entry.end, context)
        told += found
        told += [swap for swap in _swaps(doc, entry, context, sides) if not _told(swap, found)]
    context.clock = None
    return told


def find_entries(text: str, lines: Sequence[Line]) -> list[Entry]:
    """The entries in match order, each with its clock."""
    raw = list(_raw_entries(text, lines))
    newest_first = _newest_first(raw)
    sectioned = _sections(text, raw, newest_first)
    ordered = sectioned[::-1] if newest_first else sectioned
    return list(_placed(text, ordered))


def _raw_entries(text: str, lines: Sequence[Line]) -> Iterator[Entry]:
    """Entries as they stand: a line without a minute continues the entry above, a heading or a kick stands alone."""
    held: Entry | None = None
    shootout = False
    for i, line in enumerate(lines):
        m = line.live
        heading = m is None and _is_heading(text, line)
        if SHOOTOUT.match(text, line.start, line.end) and line.end - line.start < 40 and m is None:
            shootout, heading = True, True
        if heading or m is not None or shootout:
            if held:
                yield held
            held = None
        if heading:
            shootout = shootout and SHOOTOUT.match(text, line.start, line.end) is not None
            yield Entry(line.start, line.end, i, half=-1)
        elif m is not None:
            shootout = False
            held = _opened(line, m, i)
        elif shootout:
            yield Entry(line.start, line.end, i, kick=True)
        else:
            held = replace(held, end=line.end) if held else Entry(line.start, line.end, i)
    if held:
        yield held


def _opened(line: Line, m: re.Match[str], i: int) -> Entry:
    start = min(m.end(), line.end)
    if m["clock"]:
        return Entry(start, line.end, i)
    label = (m["lead"] or m["half"] or "").lower()
    half = HALVES.get(re.sub(r"[ .°]", "", label), 0)
    return Entry(
        start, line.end, i, int(m["minute"]), int(m["added"]) if m["added"] else (0 if "+" in m[0] else None), half
    )


def _is_heading(text: str, line: Line) -> bool:
    return line.end - line.start <= 60 and HEADING.match(text, line.start, line.end) is not None


def _newest_first(entries: Sequence[Entry]) -> bool:
    """Whether minutes mostly go down from entry to entry."""
    minutes = [e.minute + (e.half == 2 and e.minute <= 45) * 45 for e in entries if e.minute is not None]
    up = sum(b > a for a, b in pairwise(minutes))
    down = sum(b < a for a, b in pairwise(minutes))
    return down > up


def _sections(text: str, entries: Sequence[Entry], newest_first: bool) -> list[Entry]:
    """The entries without headings, each with the half that the heading over it names."""
    half = 0
    out: list[Entry] = []
    for entry in entries:
        if entry.half == -1:
            half = _half_below(text[entry.start : entry.end], newest_first, half)
        else:
            out.append(replace(entry, half=entry.half or half) if entry.minute is not None else entry)
    return out


def _half_below(heading: str, newest_first: bool, now: int) -> int:
    """The half of the entries under a heading."""
    m = HEADING.match(heading)
    if m is None:
        return 0
    word = m["half"].lower()
    if word == "intervallo":
        return 1 if newest_first else 2
    number = HALF_NUMBER.get(word, 0)
    if not number:
        return 0
    edge = (m["edge"] or "").lower()
    if edge.startswith(("ini", "com", "via")):
        return number if not newest_first else max(number - 1, 0)
    if edge:
        return number if newest_first else number + 1
    return number


def _placed(text: str, ordered: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, in match order, with their clocks."""
    inner = {
        h
        for h in (2, 3, 4)
        if any(e.half == h and e.minute is not None and e.minute <= {2: 45, 3: 15, 4: 15}[h] for e in ordered)
    }
    extra = any(
        EXTRA.search(text, e.start, min(e.end, e.start + 200)) for e in ordered if (e.minute or 0) >= 90 or e.half >= 3
    )
    half, last, restarted = 1, 0, False
    for i, entry in enumerate(ordered):
        if entry.minute is None:
            half = 2 if half == 1 and _breaks(text, entry) else half
            yield entry
            continue
        if entry.half:
            half = entry.half
        elif half == 1 and entry.minute > 45 and entry.added is None and not _back_ahead(ordered, i):
            half = 2
        elif half == 1 and last >= 40 and entry.minute < last - FAR:
            half, restarted = 2, True
            inner.add(2)
        elif half == 2 and extra and entry.minute > 90 and entry.added is None:
            half = 3 if entry.minute <= 105 else 4
        clock = _clock(entry, half, inner, restarted)
        last = entry.minute
        yield replace(entry, clock=clock)
        if half == 1 and not entry.half and _breaks(text, entry) and entry.minute >= 40:
            half, last = 2, 45


def _clock(entry: Entry, half: int, inner: set[int], restarted: bool) -> Clock:
    minute = entry.minute or 0
    if entry.added is not None:
        period = {45: 1, 90: 2, 105: 3, 120: 4}.get(minute, half)
        if minute == 45 and half == 2 and 2 in inner:
            period = 2
        return box_clock({1: 45, 2: 90, 3: 105, 4: 120}[min(period, 4)], min(period, 4), entry.added)
    if half == 1:
        return box_clock(minute, 1)
    if half in inner and (minute <= 57 or half > 2):
        return box_clock(minute, half)
    if minute <= 45 and half == 2:
        return box_clock(minute, 2 if restarted or entry.half else 0)
    if half >= 3:
        return box_clock(minute, 0 if minute > 90 else half, extra=True)
    return box_clock(minute, 0)


def _breaks(text: str, entry: Entry) -> bool:
    words = text[entry.start : min(entry.end, entry.start + 160)]
    return BREAK.search(words) is not None and RESTART.search(words) is None


def _back_ahead(ordered: Sequence[Entry], i: int) -> bool:
    """Whether the minutes ahead go back under this one: it was added time of the first half."""
    minute = ordered[i].minute or 0
    for later in ordered[i + 1 : i + 12]:
        if later.minute is not None and later.half in (0, 1) and later.added is None and later.minute < minute:
            return True
    return False


def _swaps(doc: Doc, entry: Entry, context: Context, sides: Sides) -> Iterator[Telling]:
    """Changes told as "Possanzini per Araboni"."""
    words = doc.text[entry.start : entry.end]
    for m in SWAP.finditer(words):
        on, off = tidy_person(m["on"]), tidy_person(m["off"])
        if sides.of_team(on) or sides.of_team(off):
            continue
        side = sides.of_player(off) or sides.of_player(on)
        yield Telling(
            "substitution", entry.start + m.start("on"), entry.start + m.end("off"), "live-swap", "live", context.part, context.match, entry.clock,
            side, {"player_in": on, "player_out": off}, {}, 0.9,
        )  # fmt: skip


def _told(swap: Telling, found: Sequence[Telling]) -> bool:
    return any(t.type == "substitution" and t.start < swap.end and swap.start < t.end + 40 for t in found)


def _kicks(doc: Doc, entry: Entry, context: Context, sides: Sides) -> Iterator[Telling]:
    for kick in read_kicks(atoms(doc.text, doc.lowered, entry.start, entry.end), sides):
        yield replace(kick, source="live", match=context.match, end=entry.end)
