"""A text's lines told apart: prose, live entries, score boxes, marks, headings. The text is only measured.

Every reader asks for its own blocks; what is `prose` goes to the prose engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from .fields import Head, find_heads, match_kinds
from .mark_layouts import MARK, find_marked
from .pairs import Pair, find_pairs, find_scored
from .wordlists import word_set

BlockKind = Literal["prose", "live", "box", "marks", "heading", "other"]

TICK = r"(?:\s?['′’‘`´°″\"”]{1,2}|\s?min\b\.?|\s?m\b)"
HALF = r"(?:p\.?\s?t\.?\s?s?\.?|s\.?\s?t\.?\s?s?\.?|[12]°?\s?t(?:empo)?|i{1,2}t)"
LIVE = re.compile(
    rf"[^\w\n'(\[]{{0,6}}[(\[]?(?:(?P<clock>(?:ore\s?)?(?:[01]?\d|2[0-4])[:.][0-5]\d(?!['’′°\d]))"
    rf"|(?:al |min(?:uto)?\.?\s?|m\.\s?)?(?:(?P<lead>{HALF})[\s,:-]{{0,3}})?(?P<minute>\d{{1,3}})(?P<tick>{TICK})?"
    rf"(?:\s?\+\s?(?P<added>\d{{1,2}})?(?:\s?['′’])?)?(?:\s{{0,2}}(?:del |della )?(?P<half>{HALF}|primo tempo"
    rf"|secondo tempo|ripresa)\b\.?)?)"
    r"[)\]]?(?P<sep>\s{0,3}(?:[-–—:.|>,;\t]|\n|$|(?=[(\[])|\s(?=\S))[-–—\s]*)",
    re.IGNORECASE,
)
PERSON = r"(?:[^\W\d_][\w.'’ʼ-]*)(?:[ ](?:[^\W\d_][\w.'’ʼ-]*)){0,3}"
ASIDE = (  # between a name and its mark: when he came in, that he coaches, that he is the captain
    r"(?:\((?i:(?:dal(?:l['’])?\s?)?\d{1,3}\s?['’′°]{0,2}\s?(?:[sp]\.?\s?t\.?)?|all(?:enatore)?\.?|tecnico|c\.?t\.?"
    r"|cap\.?|[ck])\)\s?)?"
)
MARKS = re.compile(
    rf"[\s*•·–-]{{0,4}}(?:[A-ZÀ-Þ][A-ZÀ-Þ'’ ]{{3,28}}:"
    rf" )?(?:dal(?:l')?\W?\s?\d{{1,3}}\W{{0,2}}(?:[sp]\.?\s?t\.?)?\s*)?"
    rf"(?:(?P<number>\d{{1,2}})[.)]?\s)?(?P<name>{PERSON})\s?{ASIDE}"
    rf"(?:[,:(–—./-]|\t)?\s{{0,3}}(?:[(\[]?\s?)(?:[vV]oto\s?:?\s?)?(?P<mark>{MARK})(?![\d'’′°%]|\s?['’′]"
    rf"|\s?[–-]\s?\d)(?P<after>[)\].:,;\s/–—-]|$)"
)
MARK_FIRST = re.compile(
    rf"[\s*•]{{0,3}}[(\[]?(?P<mark>{MARK})[)\]]?\s?[:–—.-]?\s{{0,2}}(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:"
    rf" [A-ZÀ-Þ][\w.'’-]+)*)(?=\s?(?:[:,(.–—-]|$|\n))"
)
MARK_LAST = re.compile(
    rf"[\s*•]{{0,3}}(?P<name>{PERSON})\s?[:,(–—.-][^\n]{{0,900}}?[:,.(–—-]\s?(?:(?:[vV]oto|VOTO):?\s)?(?<!\d[-–,.])(?P<mark>{MARK})\s?[).]?\s*$"
)
DIGIT = re.compile(r"\d")
DECIMALS = re.compile(r"[^\W\d_] \d[.,]5\b|[^\W\d_] [4-9] [–(-]|\bs\.?v\b")  # marks on end in one paragraph
SHOOTOUT = re.compile(r"\W*(?:i |calci di |tiri di |sequenza )?(?:rigor[ei]\b|sequenza)", re.IGNORECASE)
KICK = re.compile(
    r"(?:→|->|:|-|–|\s)\s?(?:gol|goal|rete|parat|fuori|alto|traversa|palo|sbagliat|segnat|a segno|centro"
    r"|fallit|errore)",
    re.IGNORECASE,
)
SHORT = 90
LONGEST_MARKS = 60_000  # code points; no page of marks is longer
LONG_LIST = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text at start:end, with what it looks like."""

    start: int
    end: int
    heads: tuple[Head, ...] = ()
    live: re.Match[str] | None = None
    pair: Pair | None = None
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one kind that stand together, as code points start:end."""

    kind: BlockKind
    start: int
    end: int


def read_lines(text: str, lowered: str) -> list[Line]:
    """The lines that hold anything, each with its heads, its live opening, the match it names at its start."""
    heads = find_heads(text, lowered, 0, len(text))
    lines: list[Line] = []
    at = h = 0
    while at <= len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if text[at:end].strip():
            first = h
            while h < len(heads) and heads[h].start < end:
                h += 1
            lines.append(_line(text, at, end, tuple(heads[first:h])))
        at = end + 1
    return _with_marked(text, lines)


def _with_marked(text: str, lines: list[Line]) -> list[Line]:
    """The lines, those of players marked in a rarer form among them, where it finds more than the usual forms do."""
    items = find_marked(text, 0, len(text)) if len(text) < LONGEST_MARKS else []
    usual = sum(line.marked for line in lines)
    if len(items) * 2 <= usual * 3 or (len(items) < 16 and len(items) <= usual + 5):
        return lines
    at = iter(items)
    item = next(at, None)
    out: list[Line] = []
    for line in lines:
        mine = item is not None and line.start <= item.start <= line.end
        out.append(replace(line, marked=True, live=None, pair=None) if mine else line)
        while item is not None and item.start <= line.end:
            item = next(at, None)
    return out


def _line(text: str, start: int, end: int, heads: tuple[Head, ...]) -> Line:
    live = LIVE.match(text, start, min(end, start + 60))
    live = live if live and _opens_entry(text, live, end) else None
    if live and live["clock"] and (minute := LIVE.match(text, live.end(), min(end, start + 60))) and minute["tick"]:
        live = minute  # "21:10 20' Rossi": the time of day, then the minute
    pair = _header(text, start, end) if live is None else None
    marked = live is None and len(heads) < 3 and not (pair and pair.score) and _marks_line(text, start, end)
    return Line(start, end, heads, live, pair, marked)


def _opens_entry(text: str, m: re.Match[str], end: int) -> bool:
    """Whether a match of LIVE is a live entry's opening, and no year, list number or score."""
    if m["clock"]:
        return True
    minute = int(m["minute"])
    if minute > 130 or (m["lead"] is None and text[m.start("minute") - 1 : m.start("minute")] == "-"):
        return False
    if m["tick"] or m["half"] or m["lead"] or m["added"]:
        return True
    if re.match(r"\s?[-–]\s?\d", text[m.end("minute") : m.end("minute") + 4]):
        return False  # a score
    rest = text[m.end() : end]
    return (
        "." in m["sep"]
        or ":" in m["sep"]
        or "-" in m["sep"]
        or "–" in m["sep"]
        or "|" in m["sep"]
        or "\t" in m["sep"]
        or not rest.strip()
    )


def _header(text: str, start: int, end: int) -> Pair | None:
    """The match named at the opening of a line, with its score."""
    stop = min(end, start + 140)
    pair = next(find_pairs(text, start, stop), None) or (
        find_scored(text, start, stop) if DIGIT.search(text, start, stop) else None
    )
    if pair is None or (pair.listed == 0 and pair.score is None):
        return None
    return pair


def _marks_line(text: str, start: int, end: int) -> bool:
    row = text[start:end]
    if match_mark(text, start, end) is not None:
        return True
    return (",5" in row or "s.v" in row or " sv" in row or ".5" in row) and len(DECIMALS.findall(row)) >= 5


def match_mark(text: str, start: int, end: int) -> re.Match[str] | None:
    """A player and his mark as they open a line ("Rossi 6,5: …", "6,5 Rossi – …"), or stand at its two ends."""
    head = text[start : min(end, start + 70)]
    m = None
    if DIGIT.search(head) or "v" in head.lower()[-30:] or " n" in head.lower():
        m = MARKS.match(text, start, min(end, start + 90)) or MARK_FIRST.match(text, start, min(end, start + 70))
    if m is None and text[max(start, end - 8) : end].strip(" .)")[-1:] in "0123456789½+-vVgGcC5":
        m = MARK_LAST.match(text, start, end)
    return m if m and m["name"][0].isupper() else None


def opens_with_pair(line: Line) -> bool:
    """Whether the line begins with its match ("MILAN-INTER 2-1 …"), a bullet or a competition aside."""
    return line.pair is not None and line.pair.start - line.start <= 25 and line.pair.score is not None


def find_blocks(text: str, lines: Sequence[Line]) -> list[Block]:
    """The text's blocks in order."""
    kinds = _line_kinds(text, lines)
    blocks: list[Block] = []
    for line, kind in zip(lines, kinds, strict=True):
        if blocks and blocks[-1].kind == kind and kind != "heading":
            blocks[-1] = Block(kind, blocks[-1].start, line.end)
        else:
            blocks.append(Block(kind, line.start, line.end))
    return blocks


def _line_kinds(text: str, lines: Sequence[Line]) -> list[BlockKind]:
    kinds: list[BlockKind] = [_alone(text, line) for line in lines]
    _settle_live(text, lines, kinds)
    _settle_marks(text, lines, kinds)
    _grow_boxes(text, lines, kinds)
    return kinds


def _alone(text: str, line: Line) -> BlockKind:
    """What a line is by itself."""
    length = line.end - line.start
    if line.live and (line.live["clock"] or not (line.heads and line.heads[0].opens_line)):
        return "live"
    if is_box_line(line) and not _is_marked_player(text, line):
        return "box"
    if line.marked:
        return "marks"
    if "\t" in text[line.start : line.end]:
        return "other"
    if length <= SHORT and text[line.end - 1] not in '.!?…»”")':
        return "heading"
    return "prose"


def _is_marked_player(text: str, line: Line) -> bool:
    """Whether what looks like a team's line is one player's: "Corsi: 5 – Mai in partita (dal 46', Vinci: 6)"."""
    parts = text.count(",", line.start, line.end) + text.count(";", line.start, line.end)
    if parts > 4 and parts * 22 > line.end - line.start:
        return False  # a list of names: "LAME: [1] Rossi; [2] Verdi, [5] Neri"
    return line.marked and [h.kind for h in line.heads] == ["team"] and MARKS.match(text, line.start) is not None


def is_box_line(line: Line) -> bool:
    """Whether labels or a line-up make the line a part of a score box."""
    strong = [h for h in line.heads if h.strong]
    if any(h.opens_line and h.kind not in ("weather", "date", "best", "venue", "result") for h in strong):
        return True
    return (
        len(strong) >= 2
        or any(h.kind == "team" and h.formation for h in strong)
        or (sum(h.kind in match_kinds() for h in strong) >= 1 and len(line.heads) >= 2)
    )


def _settle_live(text: str, lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Live entries stand in numbers: alone, such a line is a row of a box, or prose that opens with a minute."""
    live = [i for i, kind in enumerate(kinds) if kind == "live"]
    told = [i for i in live if not _is_row(text, lines[i])]
    if len(live) < 4 or len(told) * 3 < len(live):
        for i in live:
            kinds[i] = "other" if _is_row(text, lines[i]) else "prose"
        return
    inside = range(live[0] - _kicks_above(text, lines, live[0]), live[-1] + 1 + _kicks_below(text, lines, live[-1]))
    for i in inside:
        if (kinds[i] != "box" or SHOOTOUT.match(text, lines[i].start)) and not any(
            h.kind == "team" for h in lines[i].heads
        ):
            kinds[i] = "live"
    for i in live:
        if _is_row(text, lines[i]) and i and kinds[i - 1] == "box" and not _live_around(kinds, i):
            kinds[i] = "other"


def _kicks_above(text: str, lines: Sequence[Line], first: int) -> int:
    """How many lines above the first entry belong to a shoot-out told newest first."""
    n = 0
    while first - n > 0 and n < 40 and _is_kick(text, lines[first - n - 1]):
        n += 1
    return n if n > 2 else 0


def _kicks_below(text: str, lines: Sequence[Line], last: int) -> int:
    n = 0
    while last + n + 1 < len(lines) and n < 40 and _is_kick(text, lines[last + n + 1]):
        n += 1
    return n if n > 2 else 0


def _is_kick(text: str, line: Line) -> bool:
    """A kick of a shoot-out in a live commentary, or the headings around it."""
    row = text[line.start : line.end]
    return len(row) < 110 and (KICK.search(row) is not None or SHOOTOUT.match(row) is not None or row.isupper())


def _live_around(kinds: Sequence[BlockKind], i: int) -> bool:
    return i + 1 < len(kinds) and kinds[i + 1] == "live"


ROW_WORDS = re.compile(r"[^\W\d_]+")
ROW_LOW = word_set("blocks", "row_low")


def _is_row(text: str, line: Line) -> bool:
    """Whether a line that opens with a minute only names players, as the rows of a box do."""
    words = ROW_WORDS.findall(text[line.start : min(line.end, line.start + 200)])
    if len(words) > 1 and all(w.isupper() for w in words):
        return False  # the heading of an entry whose words follow: "89' - CAMBIO PISA"
    lower = [w for w in words if w.islower() and w not in ROW_LOW]
    return 0 < len(words) <= 12 and not lower and not any(c in text[line.start : line.end] for c in "!?")


def _settle_marks(text: str, lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Marks stand in numbers too; between them lie continuations of a player's text."""
    marks = [i for i, kind in enumerate(kinds) if kind == "marks"]
    if (len(marks) < 4 and not any(_holds_a_team(text, lines[i]) for i in marks)) or _only_numbers(text, lines, marks):
        for i in marks:
            kinds[i] = "prose"
        return
    for a, b in pairwise(marks):
        if b - a <= 3:
            for i in range(a + 1, b):
                if (kinds[i] in ("prose", "other", "heading") and not lines[i].heads) or _of_marks(lines[i]):
                    kinds[i] = "marks"
    for i in (marks[-1] + 1, marks[-1] + 2, marks[0] - 1):
        if 0 <= i < len(kinds) and (
            _of_marks(lines[i])
            or (i < marks[0] and i > 0 and kinds[i] == "heading" and len(text[lines[i].start : lines[i].end]) < 40)
        ):
            kinds[i] = "marks"


def _holds_a_team(text: str, line: Line) -> bool:
    """Whether one line holds the marks of many players."""
    return len(DECIMALS.findall(text, line.start, line.end)) >= 5 or bool(find_marked(text, line.start, line.end))


def _only_numbers(text: str, lines: Sequence[Line], marks: Sequence[int]) -> bool:
    """Whether the figures are shirt numbers: they stand first, alone beside the name, and none comes twice."""
    found = [match_mark(text, lines[i].start, lines[i].end) for i in marks]
    figures = [m["mark"] for m in found if m]
    alone = all(m is not None and m.re is MARK_FIRST for m in found)
    return len(found) > 1 and alone and len(set(figures)) == len(figures)


def _of_marks(line: Line) -> bool:
    """A team's heading, its coach or the referee, whose lines stand among the players' marks."""
    kinds = {h.kind for h in line.heads}
    return (
        bool(kinds)
        and line.heads[0].opens_line
        and (
            kinds <= {"coach", "referee", "assistants", "var", "bench"}
            or (kinds == {"team"} and line.end - line.start < 60)
        )
    )


def _grow_boxes(text: str, lines: Sequence[Line], kinds: list[BlockKind]) -> None:
    """Header lines above a box, rows and short lines inside it, join it."""
    for i, kind in enumerate(kinds):
        if (
            kind in ("heading", "other", "prose")
            and opens_with_pair(lines[i])
            and _box_like_tail(text, lines, kinds, i)
        ):
            kinds[i] = "box"
    for i, kind in enumerate(kinds):
        if kind != "box":
            continue
        j = i + 1
        while j < len(kinds) and j - i <= 40 and kinds[j] in ("heading", "other") and not lines[j].live:
            j += 1
        while j < len(kinds) and kinds[j] == "other":
            j += 1
        closes = j < len(kinds) and kinds[j] == "box"
        for k in range(i + 1, j):
            if kinds[k] == "other" or closes or _list_line(text, lines[k]):
                kinds[k] = "box"
        _take_header(lines, kinds, i)
    for i in range(len(kinds) - 2, -1, -1):
        if kinds[i] == "other" and kinds[i + 1] == "box":
            kinds[i] = "box"
    for i in range(1, len(kinds)):
        heads = lines[i].heads
        beside = heads and heads[0].opens_line and heads[0].kind in match_kinds()
        if (
            kinds[i] in ("prose", "heading")
            and kinds[i - 1] == "box"
            and beside
            and lines[i].end - lines[i].start < 240
        ):
            kinds[i] = "box"  # "Ammoniti Rossi e Bianchi." under a box


def _take_header(lines: Sequence[Line], kinds: list[BlockKind], i: int) -> None:
    """The header of a box that begins at line i, with the short lines between, joins it."""
    for back in range(1, min(i, 3) + 1):
        if kinds[i - back] not in ("heading", "prose", "other") or (back > 1 and kinds[i - back + 1] == "prose"):
            return
        if opens_with_pair(lines[i - back]):
            kinds[i - back : i] = ["box"] * back
            return


def _box_like_tail(text: str, lines: Sequence[Line], kinds: Sequence[BlockKind], i: int) -> bool:
    """Whether scorers follow the score, in the line or in the next one."""
    pair = lines[i].pair
    tail = text[pair.end : min(lines[i].end, pair.end + 60)] if pair else ""
    if re.match(r"[\s.,:;(–-]{0,4}(?:(?:[sp]\.?t\.?\s)?\d{1,3}\s?(?:['’′°]|[sp]\.?\s?t))", tail):
        return True
    if i + 1 >= len(lines) or tail.strip(" .)"):
        return i + 1 < len(lines) and kinds[i + 1] == "box"
    return kinds[i + 1] == "box" or (lines[i + 1].live is not None and _is_row(text, lines[i + 1]))


def _list_line(text: str, line: Line) -> bool:
    """A short line of names, as a line-up given one player a line."""
    words = text[line.start : line.end].split()
    return (
        0 < len(words) <= 8 and sum(w[0].isupper() or w[0].isdigit() or w[0] in "('" for w in words) >= len(words) - 2
    )


def pair_lines(lines: Sequence[Line], blocks: Sequence[Block]) -> Iterator[tuple[Line, Block]]:
    """Each line with its block."""
    at = iter(blocks)
    block = next(at, None)
    for line in lines:
        while block is not None and line.start >= block.end:
            block = next(at, None)
        if block is not None:
            yield line, block
