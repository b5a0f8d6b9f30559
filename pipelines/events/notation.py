"""The shorthand of score boxes cut into atoms: clocks, half labels, names, codes in brackets, marks, scores.

`35' st Rossi (M, rig.)` is a clock, a half, a name, and a bracket that holds a name and a word. The readers of goal
lists, cards, line-ups and changes walk over these atoms; none of them looks at characters again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from .clock import Clock
from .tokens import fold
from .wordlists import word_set

AtomKind = Literal["clock", "half", "name", "word", "number", "mark", "score", "open", "close", "mark_sign"]

HALF = (
    r"(?P<half>(?:nel |del |della |nella |il |al )?(?:primo tempo supplementare|secondo tempo supplementare"
    r"|primo supplementare|"
    r"secondo supplementare|primo tempo|secondo tempo|ripresa|i tempo|ii tempo|1°? ?tempo|2°? ?tempo)(?!\w)"
    r"|(?:p\.? ?t\.? ?s|s\.? ?t\.? ?s|[12]°? ?t\.? ?s|t\.s|ts)(?:\.|(?!\w))"
    r"|(?:p\.? ?t|s\.? ?t|[12]° ?t|[12]t|i{1,2}t|i{1,2} t)(?:\.|(?!\w)))"
)
ATOM = re.compile(
    HALF
    + r"|(?P<score>(?<![\d'])\d{1,2} ?- ?\d{1,2}(?![\d']))"
    + r"|(?P<grade>(?<![\d'])(?:10|\d)(?:[.,](?:5|25|75|0)(?!\d)|½| ?1/2|[+-](?![\d\w]))"
    + r"|(?<!\w)(?:s\.? ?v|n\.? ?g|n\.? ?c)(?:\.|(?!\w)))"
    + r"|(?P<clock>\d{1,3}(?:[ ]?(?:'{1,2}|\"|°|esimo|(?:min|m)\b\.?)(?! ?t\b))?"
    + r"(?:[ ]?\+[ ]?\d{1,2}'{0,2})?(?:'(?!\w))?)"
    + r"|(?P<word>[^\W\d_]+(?:['-][^\W\d_]+)*)"
    + r"|(?P<open>[(\[])|(?P<close>[)\]])|(?P<sign>[,;:.!?\n\t/•|→>+-])"
)
HALVES = {
    "pt": 1,
    "1t": 1,
    "it": 1,
    "primotempo": 1,
    "1tempo": 1,
    "itempo": 1,
    "st": 2,
    "2t": 2,
    "iit": 2,
    "secondotempo": 2,
}
HALVES |= {"2tempo": 2, "iitempo": 2, "ripresa": 2, "pts": 3, "1ts": 3, "sts": 4, "2ts": 4, "ts": 34}
HALVES |= {
    "primotemposupplementare": 3,
    "primosupplementare": 3,
    "secondotemposupplementare": 4,
    "secondosupplementare": 4,
}
PARTICLES = word_set("notation", "particles")
ABBREVIATED = word_set("notation", "abbreviated")
NOT_PARTICLE_ALONE = word_set("notation", "not_particle_alone")


@dataclass(frozen=True, slots=True)
class Atom:
    """One sign of the shorthand at start:end. `text` is as written; `low` lower-cased; `minute`, `added`, `half` are a
    clock's numbers; `inside` holds the atoms of a bracket."""

    kind: AtomKind
    start: int
    end: int
    text: str
    low: str
    minute: int = 0
    added: int | None = None
    half: int = 0
    ticked: bool = False
    inside: tuple[Atom, ...] = ()


@dataclass(slots=True)
class _Frame:
    start: int
    atoms: list[Atom] = field(default_factory=list)


def atoms(text: str, lowered: str, start: int, end: int) -> list[Atom]:
    """The atoms of text[start:end]; `lowered` is `tokens.lower(text)`. Brackets are one atom with what they
    hold inside."""
    stack = [_Frame(start)]
    for atom in _flat(text, lowered, start, end):
        if atom.kind == "open" and len(stack) < 5:
            stack.append(_Frame(atom.start))
        elif atom.kind == "close" and len(stack) > 1:
            _close(stack, text, atom.end)
        elif atom.kind not in ("open", "close"):
            stack[-1].atoms.append(atom)
    while len(stack) > 1:
        _close(stack, text, end)
    return _names(text, stack[0].atoms)


def _close(stack: list[_Frame], text: str, end: int) -> None:
    frame = stack.pop()
    inside = tuple(_names(text, frame.atoms))
    stack[-1].atoms.append(Atom("open", frame.start, end, text[frame.start : end], "(", inside=inside))


def _flat(text: str, lowered: str, start: int, end: int) -> Iterator[Atom]:
    for m in ATOM.finditer(lowered, start, end):
        kind, a, b = m.lastgroup, m.start(), m.end()
        if kind == "half":
            key = re.sub(r"[ .°]|^(?:nel|del|della|nella|il|al) ", "", m[0])
            yield Atom("half", a, b, text[a:b], m[0], half=HALVES.get(key, 0))
        elif kind == "clock":
            yield _number(text, m[0], a, b)
        elif kind == "grade":
            yield Atom("mark", a, b, text[a:b], m[0])
        elif kind == "sign":
            yield Atom("mark_sign", a, b, text[a:b], m[0])
        else:
            yield Atom(kind, a, b, text[a:b], m[0])  # type: ignore[arg-type]


def _number(text: str, low: str, a: int, b: int) -> Atom:
    digits = re.findall(r"\d+", low)
    ticked = len(digits) > 1 or not low.strip().isdigit()
    added = int(digits[1]) if len(digits) > 1 else None
    return Atom("clock" if ticked else "number", a, b, text[a:b], low, int(digits[0]), added, ticked=ticked)


def _names(text: str, flat: list[Atom]) -> list[Atom]:
    """The same atoms with capitalised words that stand together made one name, its particles and initials with it."""
    found: list[Atom] = []
    i = 0
    while i < len(flat):
        if flat[i].kind != "word":
            found.append(flat[i])
            i += 1
            continue
        last = _name_end(text, flat, i)
        if last == i:
            found.append(flat[i])
            i += 1
        else:
            a, b = flat[i].start, flat[last - 1].end
            found.append(Atom("name", a, b, text[a:b], text[a:b].lower()))
            i = last
    return found


def _name_end(text: str, flat: list[Atom], i: int) -> int:
    """Past the last atom of the name that begins at i; i where none does."""
    last, j, capitals = i, i, 0
    while j < len(flat) and capitals < 6:
        atom = flat[j]
        if j > i and _gap(text, flat[j - 1], atom):
            break
        if (atom.kind == "word" and (atom.text[0].isupper() or atom.text[0] in "ʻ'")) or (
            atom.kind == "word"
            and atom.low.split("'")[0] in PARTICLES
            and "'" in atom.low
            and _capital_after(atom.text)
        ):
            capitals += 1
            last = j + 1
        elif atom.kind == "mark_sign" and atom.low == "." and j > i and _is_initial(flat[j - 1]):
            last = j + 1
        elif (
            not (atom.kind == "word" and atom.low in PARTICLES and (j > i or atom.low not in NOT_PARTICLE_ALONE))
            or atom.low == "e"
        ):
            break
        j += 1
    return last if capitals else i


def _gap(text: str, before: Atom, after: Atom) -> bool:
    between = text[before.end : after.start]
    return "\n" in between or "\t" in between or len(between) > 3


def _capital_after(word: str) -> bool:
    return any(c.isupper() for c in word[1:3])


def _is_initial(atom: Atom) -> bool:
    return atom.kind == "word" and len(atom.text) <= 2 and atom.text[0].isupper()


def tidy_person(name: str) -> str:
    """A person's name as one would write it: capitals throughout lowered, blanks single, no stray signs at the ends.

    >>> tidy_person("DE LUCA  G."), tidy_person("N’DICKA"), tidy_person("K. Thuram")
    ('De Luca G.', 'N’Dicka', 'K. Thuram')
    """
    words = " ".join(name.split()).strip(" ,;:-–—/*•")
    if words.isupper() and sum(c.isalpha() for c in words) > 2:
        return re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].lower(), words)
    return words


def box_clock(minute: int, half: int = 0, added: int | None = None, extra: bool = False) -> Clock:
    """A box's minute placed in the match: `half` 1 or 2 (3, 4 extra time, 34 either half of it), 0 where nothing says.

    Source: the clock table of docs/event-model.md. A minute of the second half over 57 counts from the kick-off.

    >>> box_clock(12, 2).minute, box_clock(48, 2).stoppage, box_clock(47, 1).stoppage, box_clock(93).stoppage
    (57, 3, 2, 3)
    """
    if half == 34:
        total = minute if minute > 90 else 90 + minute
        return Clock(
            3 if total <= 105 else 4, min(total, 120), stoppage=total - 120 if total > 120 else None, precision="exact"
        )
    if added is not None:
        period = {45: 1, 90: 2, 105: 3, 120: 4}.get(minute, half or (1 if minute < 46 else 2))
        if half and half < 10 and minute in (45, 15):
            period = half
        return Clock(period, END[period], stoppage=added or None, precision="exact")
    if not half:
        half = 1 if minute <= 45 else 2 if minute <= 90 or not extra else 3 if minute <= 105 else 4
        into = minute - START[half]
    else:
        into = minute if minute <= 57 or half == 1 else minute - START[half]
        into = minute - START[half] if half > 2 and minute > 90 else into
    length = END[half] - START[half]
    over = into - length
    return Clock(half, START[half] + min(into, length), stoppage=over if over > 0 else None, precision="exact")


START = {1: 0, 2: 45, 3: 90, 4: 105}
END = {1: 45, 2: 90, 3: 105, 4: 120}


def same_surname(a: str, b: str) -> bool:
    """Whether two names can be one person's: the same last word, or one's words among the other's, initials aside."""
    wa, wb = ([w for w in fold(n).replace(".", " ").split() if len(w) > 1] or [fold(n)] for n in (a, b))
    return wa[-1] == wb[-1] or set(wa) <= set(wb) or set(wb) <= set(wa)
