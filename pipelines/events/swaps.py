"""Lists of changes in a box: "st 5' Rossi per Bianchi, 20' Verdi per Neri", "61' Rossi (Bianchi)",
"Subentrati: Rossi 46'"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from .clock import NO_CLOCK, Clock
from .lineup import Change
from .notation import Atom, tidy_person
from .scorers import Entry, read_entries
from .sides import Sides
from .telling import Side
from .tokens import fold
from .wordlists import word_set

FOR = word_set("swaps", "for")
OUT_FIRST = word_set("swaps", "out_first")
IN_WORDS = word_set("swaps", "in_words")


def read_swaps(
    atoms: Sequence[Atom], sides: Sides, side: Side | None, entered: bool, extra: bool = False
) -> Iterator[tuple[Change, Side | None]]:
    """The changes of a list, each with its side. `entered` says that the list names who came in, and no pairs."""
    team = side
    held: Entry | None = None
    last = NO_CLOCK
    for entry, linked, setter in _linked(atoms, sides, extra):
        team = setter or team
        if held is not None and linked:
            change, of = _pair(held, entry, sides, team, linked)
            last = change.clock if change.clock != NO_CLOCK else last
            yield replace(change, clock=last), of  # "17' Rossi per Bianchi, Verdi per Neri": one minute for both
            held = None
            continue
        if held is not None:
            yield from _single(held, sides, team, entered)
        held = entry
    if held is not None:
        yield from _single(held, sides, team, entered)


def _linked(atoms: Sequence[Atom], sides: Sides, extra: bool) -> Iterator[tuple[Entry, str, Side | None]]:
    """Each name with the word that links it to the name before, "" where none does; brackets around a name
    link as "("."""
    flat = list(_opened(atoms))
    entries = read_entries([a for a, _ in flat], sides, extra)
    at = {a.start: i for i, (a, _) in enumerate(flat)}
    last = -1
    for entry in entries:
        k = next((at[s] for s in range(entry.start, entry.end + 1) if s in at and flat[at[s]][0].kind == "name"), None)
        if k is None:
            continue
        between = [a for a, _ in flat[last + 1 : k]] if last >= 0 else []
        words = [a.low for a in between if a.kind == "word"] + [a.low for a in between if a.low in ("→", ">", "/")]
        bracketed = flat[k][1] and last >= 0
        stops = any(a.low in ",;\n" for a in between) and not any(w in FOR for w in words)
        link = "" if stops else _link(words, bracketed)
        last = k
        yield entry, link, entry.side


def _opened(atoms: Sequence[Atom]) -> Iterator[tuple[Atom, bool]]:
    """The atoms with the names and minutes of brackets in line, and whether each stood in one."""
    for atom in atoms:
        if atom.kind != "open":
            yield atom, False
            continue
        names = [a for a in atom.inside if a.kind == "name" and len(fold(a.text)) > 3]
        if names or any(a.kind == "clock" for a in atom.inside):
            for inner in atom.inside:
                yield inner, True
        else:
            yield atom, False


def _link(words: Sequence[str], bracketed: bool) -> str:
    if any(w in FOR for w in words):
        return "for"
    if any(w in IN_WORDS for w in words):
        return "in"
    if any(w in OUT_FIRST for w in words):
        return "out"
    if any(w in ("→", ">", "/") for w in words):
        return "arrow"
    return "(" if bracketed else ""


def _pair(a: Entry, b: Entry, sides: Sides, team: Side | None, link: str) -> tuple[Change, Side | None]:
    """Who comes in and who goes: the link tells; of an arrow or bracket the line-ups do, the first one in
    where they are silent."""
    goes, comes = (a, b) if link == "in" else (b, a)
    if link in ("arrow", "("):
        goes, comes = (a, b) if _starts(a.name, sides) and not _starts(b.name, sides) else (b, a)
        if link == "arrow" and not _starts(b.name, sides):
            goes, comes = a, b
    clock = next(iter(a.clocks or b.clocks), NO_CLOCK)
    side = (
        a.side
        or b.side
        or sides.of_player(goes.name)
        or sides.of_player(comes.name)
        or _coded(a, sides)
        or _coded(b, sides)
        or team
    )
    start, end = min(a.start, b.start), max(a.end, b.end)
    return Change(tidy_person(comes.name), tidy_person(goes.name), clock, start, end), side


def _coded(entry: Entry, sides: Sides) -> Side | None:
    return next((s for c in entry.codes if (s := sides.of_code(c))), None)


def _starts(name: str, sides: Sides) -> bool:
    return sides.of_player(name) is not None


def _single(entry: Entry, sides: Sides, team: Side | None, entered: bool) -> Iterator[tuple[Change, Side | None]]:
    """A name alone in a list of those who came in is a change with nobody told to go."""
    if not entered or not entry.name:
        return
    clock: Clock = next(iter(entry.clocks), NO_CLOCK)
    side = entry.side or _coded(entry, sides) or team or sides.of_player(entry.name)
    yield Change(entry.name, "", clock, entry.start, entry.end), side
