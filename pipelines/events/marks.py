"""Players' marks (pagelle): who gets what, which text is about whom, and the changes that stand beside the marks.

The layouts differ (`Rossi 6,5: …`, `6,5 Rossi – …`, `Bianchi – …: 7`, a name over its text, columns, one paragraph
for a whole team); each is brought to the same form: a player, his mark, the stretch of text that is about him.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from .blocks import MARK_FIRST, MARK_LAST, Line
from .clock import NO_CLOCK, Clock
from .entered import LAST_IN_BRACKET, find_entered
from .lineup import Sheet, read_formation, read_mark
from .mark_layouts import MARK, NAME, NOT_NAMES, find_marked, is_name, player_name
from .marked_side import marked_side
from .notation import Atom, tidy_person
from .officials import Officials, read_official
from .remarks import Remark, known_names, read_remark
from .sides import SIDES, Sides
from .telling import Context, Role, Side, Telling
from .tokens import Doc, fold

PLAYER = re.compile(
    rf"(?:(?<=\n)|(?<=[.;!?)\]…»\"”][ ])|(?<=[,][ ])|(?<=^)|(?<=\t)|(?<=[•*–-][ ])|(?<=:["
    rf" ]))(?:(?P<number>\d{{1,2}})[.)]?[ ])?(?P<name>{NAME})"
    rf"[ ]?(?:[,:(–—/.-]|\t)?[ ]{{0,2}}[(\[]?(?:[vV]oto[ ]?:?[ ])?(?P<mark>{MARK})(?![\d'’′°%]|[ ]?['’′]"
    rf"|[–-]\d|[.,]\d)(?=[)\].:,;/\n\t(–—-]|[ ][–—(/-]|[ ]{{2}}|[ ][A-ZÀ-Þ]|[ ]?$|\s*\n)[)\]]?"
)
OUT_AFTER = re.compile(rf"\s?\((?:per|al posto di|in luogo di)\s(?P<off>{NAME})\)")
COACH = re.compile(
    rf"(?:^|(?<=[\n.;)] )|(?<=\n))(?:[aA]ll(?:enatore|enatrice)?\.?|ALL(?:ENATORE)?\.?|[mM]ister|MISTER"
    rf"|[cC]oach|[cC]\.?[tT]\.?|[tT]ecnico)[: ]{{1,2}}(?P<name>{NAME})\s?[,:(/–-]?\s?(?:[vV]oto\s)?(?P<mark>{MARK})?"
)
COACH_AFTER = re.compile(
    rf"(?:(?<=\n)|(?<=^))(?P<name>{NAME})\s?\((?i:all(?:enatore|enatrice)?\.?|tecnico|c\.?t\.?)\)\s?[,:–-]?\s?(?P<mark>{MARK})"
)
BENCH = re.compile(
    r"^\W*(?:i )?(?:dalla panchina|subentrat[ie]|sostituti|entrat[ie]|a gara in corso|entrat[ie] dalla panchina"
    r"|chi è entrat[oa])\W*$",
    re.IGNORECASE | re.MULTILINE,
)
REFEREE = re.compile(r"(?:^|\n|[.;] )(?P<label>[Aa]rbitr[oa]|ARBITR[OA]|[Dd]irettore di gara)\s?:?\s")
HEADING = 70
ONE_TEAM = 19  # lines: eleven, those who came in, the coach and the referee


@dataclass(frozen=True, slots=True)
class Marked:
    """A player with his mark, and the text that is about him at start:end; `came_in` is the change that brought him."""

    name: str
    side: Side | None
    mark: float | str | None
    at: int
    start: int
    end: int
    out: str | None = None
    clock: Clock = NO_CLOCK
    coach: bool = False
    number: int | None = None


def read_marks(text: str, lines: Sequence[Line], sides: Sides, title: str) -> tuple[list[Marked], Officials]:
    """The players of the marks' lines, in order, and what these lines say of the referee."""
    found: list[Marked] = []
    officials = Officials()
    side = _single_side(text, lines, sides, title)
    single = side is not None
    for group_side, start, end in _teams(text, lines, sides):
        side = group_side or side
        m = REFEREE.search(text, start, end)
        stop = m.start() if m else end
        if m:
            line_end = text.find("\n", m.end(), end)
            read_official("referee", text, m.end(), line_end if line_end > 0 else end, officials)
        players = list(_players(text, start, stop, side))
        found += players[1:] if players and sides.of_team(players[0].name) else players  # a team has its mark too
    return _settle_sides(found, sides, single), officials


def _single_side(text: str, lines: Sequence[Line], sides: Sides, title: str) -> Side | None:
    """The side of marks that are of one team alone and stand under no heading of theirs."""
    marked = [line for line in lines if line.marked]
    if not marked or len(marked) > ONE_TEAM or any(_team_heading(text, line, sides) for line in lines):
        return None
    above = [text[line.start : line.end] for line in lines if line.end <= marked[0].start]
    return marked_side(title, above, text[marked[0].start : marked[-1].end], sides)


def _teams(text: str, lines: Sequence[Line], sides: Sides) -> Iterator[tuple[Side | None, int, int]]:
    """Stretches of lines under one team's heading: (side, start, end); the side is None before any heading."""
    side: Side | None = None
    start = end = -1
    for line in lines:  # headings of other kinds among them
        heading = _team_heading(text, line, sides)
        if heading is not None:
            if start >= 0 and end > start:
                yield side, start, end
            side, inline = heading
            start, end = (inline, line.end) if inline < line.end else (line.end + 1, line.end)
        else:
            start = line.start if start < 0 else start
            end = line.end
    if start >= 0 and end > start:
        yield side, start, end


def _team_heading(text: str, line: Line, sides: Sides) -> tuple[Side, int] | None:
    """The side whose heading a line is, and where the text after it begins."""
    row = text[line.start : line.end]
    if line.heads and line.heads[0].kind == "team" and line.heads[0].start - line.start < 30:
        side = sides.of_team(line.heads[0].name)
        if side:
            return side, line.heads[0].end
    if len(row) > HEADING or PLAYER.match(text, line.start, line.end):
        return None
    if line.marked and not read_formation(row):
        return None
    name = re.split(
        r"[(\[,:–—\t]| - ",
        re.sub(r"^\W*(?:(?:le )?pagelle|voti|i voti)?\s?(?:del(?:la|l['’])?|dei)?\s?", "", row, flags=re.IGNORECASE),
    )[0]
    side = sides.of_team(name.strip()) if name.strip()[:1].isupper() else None
    return (side, line.end) if side else None


def _players(text: str, start: int, end: int, side: Side | None) -> Iterator[Marked]:
    """The marked players of a stretch, each with his text; substitutes told inside a player's text come after him."""
    items = sorted(_items(text, start, end), key=lambda item: item[0])
    bench = BENCH.search(text, start, end)
    a_line_each = sum(_opens_line(text, item[0]) for item in items) * 4 >= len(items) * 3
    above: Marked | None = None
    for i, (at, body, name, mark, coach, number) in enumerate(items):
        stop = items[i + 1][0] if i + 1 < len(items) else end
        whole = Marked(name, side, mark, at, min(body, stop), stop, coach=coach, number=number)
        if a_line_each and above and not coach and not _opens_line(text, at) and OUT_AFTER.match(text, body) is None:
            whole = replace(whole, out=above.name)  # "Ekdal 5,5. Lento. Jankto s.v."
        else:
            above = whole
        if bench and at > bench.start() and not coach:
            whole = replace(whole, out=whole.out or "")  # came in, for whom is not told
        yield from _with_substitutes(text, whole)


def _opens_line(text: str, at: int) -> bool:
    return at == 0 or "\n" in text[max(0, at - 3) : at]


def _items(text: str, start: int, end: int) -> Iterator[tuple[int, int, str, float | str | None, bool, int | None]]:
    """Every player and coach of the stretch as (where, where his text begins, name, mark, is a coach, number)."""
    coaches = [*COACH.finditer(text, start, end), *COACH_AFTER.finditer(text, start, end)]
    taken = [(m.start(), m.end()) for m in coaches]
    for m in coaches:
        yield m.start(), m.end(), tidy_person(m["name"]), as_mark(m["mark"]), True, None
    found = [m for m in PLAYER.finditer(text, start, end) if is_name(m["name"]) and not _within(m.start(), taken)]
    found = [m for m in found if not _inside_bracket(text, m.start(), start) and not _is_verdict(text, m)]
    by_form = find_marked(text, start, end)
    if len(by_form) > len(found) + 1 and len(by_form) * 2 > len(found) * 3:
        entered = [(e.start, e.end) for e in find_entered(text, start, end)]
        for item in by_form:
            if _within(item.start, entered):
                continue
            if not _within(item.start, taken) and not _inside_bracket(text, item.start, start):
                yield item.start, item.body, item.name, as_mark(item.mark), False, None
        return
    by_line = [] if len(found) >= 4 else [i for i in _line_items(text, start, end) if not _within(i[0], taken)]
    if len(by_line) > len(found):
        yield from by_line
        return
    for m in found:
        yield (
            m.start("number") if m["number"] else m.start("name"),
            m.end(),
            player_name(m["name"]),
            as_mark(m["mark"]),
            False,
            int(m["number"]) if m["number"] else None,
        )


def _is_verdict(text: str, m: re.Match[str]) -> bool:
    """Whether the name is the word that closes a remark before its mark: "… si perde Rossi. Confuso. Voto: 5"."""
    return "oto" in m[0][len(m["name"]) :].lower() and not _opens_line(text, m.start()) and m["name"].count(" ") == 0


def _within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(a <= at < b for a, b in spans)


def _line_items(
    text: str, start: int, end: int
) -> Iterator[tuple[int, int, str, float | str | None, bool, int | None]]:
    """Layouts in which the mark stands first, or last, in the player's line."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        first = MARK_FIRST.match(text, at, stop)
        last = None if first else MARK_LAST.match(text, at, stop)
        m = first or last
        if m and fold(m["name"].split()[0]).rstrip(".") not in NOT_NAMES:
            yield at, m.end("name"), player_name(m["name"]), as_mark(m["mark"]), False, None
        at = stop + 1


def _inside_bracket(text: str, at: int, start: int) -> bool:
    """Whether a place stands inside brackets opened shortly before it: a substitute's mark, told with his change."""
    opened = text.rfind("(", max(start, at - 160), at)
    return opened >= 0 and text.find(")", opened, at) < 0 and "\n" not in text[opened:at]


def _with_substitutes(text: str, player: Marked) -> Iterator[Marked]:
    """The player, then those told to come in for him inside his text, each with the words that follow his name."""
    named_out = OUT_AFTER.match(text, player.start, player.end)
    if named_out and not player.coach:
        yield replace(player, start=named_out.end(), out=tidy_person(named_out["off"]))
        return
    subs = [] if player.coach else find_entered(text, player.start, player.end)
    if not subs:
        yield player
        return
    yield replace(player, end=subs[0].start)
    out = player.name
    for i, sub in enumerate(subs):
        stop = subs[i + 1].start if i + 1 < len(subs) else player.end
        mark = sub.mark or ((late := LAST_IN_BRACKET.search(text, sub.end, stop)) and (late["mark"] or late["last"]))
        yield Marked(sub.name, player.side, as_mark(mark), sub.start, sub.end, stop, out, sub.clock)
        out = sub.name


def as_mark(written: str | None) -> float | str | None:
    """A written mark as a number, or "s.v."."""
    if written is None:
        return None
    kind = "mark" if not written.isdigit() else "number"
    return read_mark(Atom(kind, 0, 0, written, written.lower(), int(written) if written.isdigit() else 0))  # type: ignore[arg-type]


def _settle_sides(found: Sequence[Marked], sides: Sides, single: bool) -> list[Marked]:
    """Sides of players under no heading: by the line-ups; else the home team's come first and the coach closes each."""
    out: list[Marked] = []
    guess: Side = "home"
    starters = 0
    unheaded = all(p.side is None for p in found)
    for player in found:
        side = player.side or sides.of_player(player.name)
        if side is None and unheaded and not single and len(found) >= 20:
            side = guess
        out.append(replace(player, side=side))
        if player.out is None and not player.coach:
            starters += 1
        if player.coach or starters >= 12:
            guess, starters = "away", 0
    return out


def fill_sheets(found: Sequence[Marked], sheets: dict[Side, Sheet]) -> None:
    """Adds the marked players to their team's sheet: starters, those who came in, coach, marks, changes."""
    for side in SIDES:
        own = [p for p in found if p.side == side]
        sheet = sheets[side]
        whole = sum(p.out is None and not p.coach for p in own) <= 12
        for player in own:
            if player.mark is not None:
                sheet.marks.setdefault(player.name, player.mark)
            if player.coach or (player is own[-1] and _is_twelfth(own, sheet)):
                sheet.coach = sheet.coach or player.name
            elif player.out is not None:
                sheet.entered.append(player.name)
            elif whole and not any(fold(player.name) == fold(n) for n in sheet.names()):
                sheet.starters.append(player.name)


def _is_twelfth(own: Sequence[Marked], sheet: Sheet) -> bool:
    """Whether the last of a whole team's marks is its coach's: eleven stand before it, and nobody is called coach."""
    started = [p for p in own if p.out is None and not p.coach]
    return len(started) == 12 and own[-1].out is None and own[-1].number is None and sheet.coach is None


def read_marked(doc: Doc, found: Sequence[Marked], context: Context, sides: Sides) -> list[Telling]:
    """What the players' texts tell, each read with its player as the subject, and the changes beside the marks."""
    told: list[Telling] = []
    names = known_names([p.name for p in found], doc, sides)
    teams = [[p for p in found if p.side == side] for side in (*SIDES, None)]
    keepers = {team[0].name for team in teams if len(team) >= 9}
    for player in found:
        if player.out is not None:
            told.append(_change(player, context))
        if player.end - player.start < 8 or player.coach:
            continue
        remark = Remark(player.name, player.side, player.start, player.end, player.name in keepers)
        told += read_remark(doc, remark, context, names, sides)
    return told


def _change(player: Marked, context: Context) -> Telling:
    people: dict[Role, str] = {"player_in": player.name}
    if player.out:
        people["player_out"] = player.out
    return Telling(
        "substitution",
        player.at,
        player.start,
        "marks-change",
        "marks",
        context.part,
        context.match,
        player.clock,
        player.side,
        people,
        {},
        0.9,
    )
