"""Score boxes: the match they are about, its line-ups, and every goal, card and change they list.

A box is read twice: its teams and line-ups first, so that goals, cards and changes know whose they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, pairwise

from pipelines.items import EventType

from .blocks import Line, opens_with_pair
from .clock import Clock
from .clubs import Club, club_of
from .fields import Head
from .lineup import Change, Sheet, read_formation, read_lineup, read_mark
from .notation import ABBREVIATED, Atom, atoms, same_surname, tidy_person
from .officials import Officials, read_official
from .pairs import Pair, Score, find_scored
from .scorers import (
    FREE_KICK,
    NO_GOAL,
    NOT_NAMES,
    OWN_GOAL,
    PENALTY,
    Entry,
    clocks_of,
    read_entries,
    side_of,
    team_letters,
)
from .sides import SIDES, Sides
from .swaps import read_swaps
from .telling import OTHER_SIDE, Role, Side, Telling
from .tokens import fold
from .wordlists import word_set

MOST_MATCHES = 60  # of one page: a round of all the groups of a league
MOST_FIELDS = 120  # of one match
MOST_PLAYERS = 40  # of one team's line-up: what is longer is none
SECOND_YELLOW = ("doppia", "doppio", "somma", "secondo", "seconda", "2a", "da", "recidivita")
COACH = word_set("box", "coach")
STAFF = word_set("box", "staff")
KICK_SCORED = ("gol", "goal", "rete", "segn", "realizz", "trasform", "centro", "dentro", "ok", "si")
KICK_WORDS = word_set("box", "kick_words")
KICK_SAVED = ("parat", "respint")
KICK_WOOD = ("palo", "travers", "legno")
HALF_SCORE = re.compile(
    r"(?:parzial\w*|primo tempo|p\.?t\.?|intervallo)\W{1,4}(\d{1,2}) ?[-–] ?(\d{1,2})", re.IGNORECASE
)
SEASON_TALLY = re.compile(r"\b(?:[4-9]|[1-3]\d) (?:gol|reti)\b|\bclassifica\b")  # the season's scorers, no match's


@dataclass(frozen=True, slots=True)
class Field:
    """A head of a box and its body, as one or several spans of the text (the cells of one column of a table)."""

    head: Head
    spans: tuple[tuple[int, int], ...]
    side: Side | None = None  # of a column, or of the team that it stands under


@dataclass(slots=True)
class BoxMatch:
    """What one box says of its match."""

    start: int
    end: int
    sides: Sides = field(default_factory=Sides)
    score: Score | None = None
    half: Score | None = None
    shootout: Score | None = None
    extra: bool = False
    score_span: tuple[int, int] | None = None
    half_span: tuple[int, int] | None = None
    sheets: dict[Side, Sheet] = field(default_factory=lambda: {"home": Sheet(), "away": Sheet()})
    officials: Officials = field(default_factory=Officials)
    tellings: list[Telling] = field(default_factory=list)
    notes: list[tuple[int, int]] = field(default_factory=list)  # spans for the prose engine


def read_boxes(text: str, lowered: str, lines: Sequence[Line], known: Sequence[Pair] = ()) -> list[BoxMatch]:
    """The matches that these lines of boxes are about. `known` are the pairs that headline and text name,
    the main one first."""
    parts = islice(_split_matches(text, lines), MOST_MATCHES)
    return [m for part in parts if (m := _read_match(text, lowered, part, known))]


def _split_matches(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each match: a header with names and score opens one, so does a third team."""
    part: list[Line] = []
    teams, scorers = 0, 0
    for i, line in enumerate(lines):
        opens = opens_with_pair(line) or (i + 1 < len(lines) and _two_lines(text, line, lines[i + 1]) is not None)
        count = sum(h.kind == "team" for h in line.heads)
        full = teams + count > 2 and count > 0 and teams > 0
        if part and ((opens and (teams or scorers or _has_goals(part))) or full):
            yield part
            part, teams, scorers = [], 0, 0
        part.append(line)
        teams += count
        scorers += sum(h.kind == "goals" for h in line.heads)
    if part:
        yield part


def _has_goals(part: Sequence[Line]) -> bool:
    return any(line.pair and line.pair.score for line in part)


def _two_lines(text: str, a: Line, b: Line) -> Pair | None:
    """A match whose sides stand one a line, each with its goals."""
    if a.end - a.start > 40 or b.end - b.start > 40 or b.start - a.end > 3:
        return None
    joined = text[a.start : a.end].strip() + " - " + text[b.start : b.end].strip()
    pair = find_scored(joined, 0, len(joined))
    return Pair(pair.home, pair.away, a.start, b.end, pair.score, listed=pair.listed) if pair else None


def _read_match(text: str, lowered: str, lines: Sequence[Line], known: Sequence[Pair]) -> BoxMatch | None:
    match = BoxMatch(lines[0].start, lines[-1].end)
    fields = list(_fields(text, lines))
    _name_sides(text, lines, fields, known, match)
    reader = _BoxReader(text, lowered, match)
    for piece in fields:
        reader.first_pass(piece)
    for side in SIDES:
        match.sides.add(side, match.sheets[side].names())
    for piece in fields:
        reader.second_pass(piece)
    reader.loose_goals(lines, fields)
    reader.finish()
    return match if (match.sides.home and match.sides.away) or match.tellings or fields else None


def _fields(text: str, lines: Sequence[Line]) -> Iterator[Field]:
    """Each head with what follows it up to the next head; tables of two columns give a field a column."""
    columns = _table_columns(text, lines)
    heads = [(h, line) for line in lines for h in line.heads if line.start not in columns][:MOST_FIELDS]
    headers = [x.start for x in lines if opens_with_pair(x)]
    for i, (head, _) in enumerate(heads):
        stop = heads[i + 1][0].start if i + 1 < len(heads) else lines[-1].end
        table = min((s for s in columns if s > head.start), default=stop)
        header = min((at for at in headers[:MOST_FIELDS] if at > head.end), default=stop)
        yield Field(head, ((head.end, min(stop, table, header)),))
    yield from _column_fields(text, lines, columns)


def _table_columns(text: str, lines: Sequence[Line]) -> dict[int, list[tuple[int, int]]]:
    """The rows of two-team tables, by line start: their cells. A row of two or three short cells counts
    where several stand together."""
    rows: dict[int, list[tuple[int, int]]] = {}
    for line in lines:
        row = text[line.start : line.end]
        if "\t" not in row:
            continue
        cells, at = [], line.start
        for cell in row.split("\t"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        if 2 <= len(cells) <= 3:
            rows[line.start] = cells
    return rows if sum(len(c) == 2 for c in rows.values()) >= 4 else {}


def _column_fields(text: str, lines: Sequence[Line], rows: dict[int, list[tuple[int, int]]]) -> Iterator[Field]:
    players: dict[Side, list[tuple[int, int]]] = {"home": [], "away": []}
    heads: dict[Side, Head] = {}
    for line in lines:
        cells = rows.get(line.start)
        if not cells:
            continue
        first = line.heads[0] if line.heads and line.heads[0].start <= cells[0][0] + 2 else None
        alone = first is not None and len(cells) == 2 and not any(h.start >= cells[1][0] for h in line.heads)
        if line.pair or (first and alone and first.kind in ("team", "coach", "bench")):
            if first and alone:
                yield Field(first, (cells[1],))  # a row is a label and what belongs to it
            continue
        if len(cells) == 3 or (first and first.kind not in ("team", "coach", "bench")):
            label = first or Head("best", cells[0][0], cells[0][1])
            for side, cell in zip(SIDES, cells[1:], strict=False):
                yield Field(label, (cell,), side if len(cells) == 3 else None)
        elif not heads:
            for side, cell in zip(SIDES, cells, strict=True):
                heads[side] = Head("team", cell[0], cell[1], re.split(r"[(\[]", text[cell[0] : cell[1]])[0].strip())
        else:
            for side, cell in zip(SIDES, cells, strict=True):
                own = next((h for h in line.heads if cell[0] <= h.start < cell[1]), None)
                if own:
                    yield Field(own, ((own.end, cell[1]),), side)
                else:
                    players[side].append(cell)
    for side, head in heads.items():
        yield Field(head, tuple(players[side]), side)


def _name_sides(
    text: str, lines: Sequence[Line], fields: Sequence[Field], known: Sequence[Pair], match: BoxMatch
) -> None:
    """The match's clubs and score: from its header, else from its two line-ups, else from what the article is about."""
    pair = next((x.pair for x in lines if opens_with_pair(x)), None)
    pair = pair or next((p for a, b in pairwise(lines) if (p := _two_lines(text, a, b))), None)
    pair = pair or next(
        (x.pair for x in lines if x.pair and not any(h.kind in ("referee", "team") for h in x.heads[:1])), None
    )
    teams = [f.head.name or text[f.head.start : f.head.end] for f in fields if f.head.kind == "team"][:2]
    if pair:
        match.sides.rename(pair.home, pair.away)
        match.score, match.half, match.shootout, match.extra = pair.score, pair.half, pair.shootout, pair.extra
        match.score_span = (pair.start, pair.end) if pair.score else None
    elif len(teams) == 2:
        match.sides.rename(club_of(_bare(teams[0])), club_of(_bare(teams[1])))
    for other in known:
        same = [_same_match(match.sides, other), _is_blank(match.sides)]
        if any(same):
            match.sides.rename(_fuller(match.sides.home, other.home), _fuller(match.sides.away, other.away))
            if match.score is None and other.score is not None:
                match.score, match.half, match.shootout = other.score, match.half or other.half, other.shootout
            match.extra = match.extra or other.extra
            break


def _is_blank(sides: Sides) -> bool:
    return sides.home is None or sides.away is None


def _same_match(sides: Sides, pair: Pair) -> bool:
    return sides.of_team(pair.home.name) == "home" and sides.of_team(pair.away.name) == "away"


def _fuller(own: Club | None, other: Club) -> Club:
    return other if own is None or (other.list and not own.list) else own


def _bare(name: str) -> str:
    return re.split(r"[(\[:]", name)[0].strip()


class _BoxReader:
    """Reads the fields of one match into its BoxMatch."""

    def __init__(self, text: str, lowered: str, match: BoxMatch) -> None:
        self.text, self.lowered, self.match = text, lowered, match
        self.side: Side | None = None
        self.teams = 0
        self.goals: list[tuple[Entry, Head]] = []
        match.extra = match.extra or bool(
            re.search(
                r"\bd\.?t\.?s\b|\bp\.?t\.?s\b|\bs\.?t\.?s\b|supplementar|d\.?c\.?r\b", lowered[match.start : match.end]
            )
        )

    def atoms(self, piece: Field) -> list[Atom]:
        """The atoms of a field; the end of a cell is read with it, so that it parts its name from the next one."""
        found: list[Atom] = []
        for start, end in piece.spans:
            past = end + (len(piece.spans) > 1 and self.text[end : end + 1] in ("\t", "\n"))
            found += atoms(self.text, self.lowered, start, past)
        return found

    def first_pass(self, piece: Field) -> None:
        """Line-ups, benches, coaches, officials: what tells whose the names are."""
        head = piece.head
        if head.kind == "team" or (head.kind == "lineups" and head.name):
            self._team(piece)
            return
        side = piece.side or (self.match.sides.of_team(head.name) if head.name else None) or self.side
        if head.kind == "bench" and side:
            read_lineup(self.atoms(piece), self.match.sheets[side], bench=True, extra=self.match.extra)
        elif head.kind == "coach" and side:
            self._coach(piece, side)
        elif head.kind in ("referee", "assistants", "fourth", "var", "venue", "attendance", "note", "date"):
            start, end = piece.spans[0]
            read_official(head.kind, self.text, start, end, self.match.officials)
        if head.kind in ("referee", "goals", "note", "booked", "sent_off") and head.opens_line:
            self.side = None

    def _team(self, piece: Field) -> None:
        name = _bare(piece.head.name)
        side = piece.side or self.match.sides.of_team(name) or self.match.sides.of_code(name)
        self.teams += 1
        if side is None:
            side = SIDES[min(self.teams, 2) - 1]
        self.side = side
        sheet = self.match.sheets[side]
        if sheet.starters:
            return
        sheet.formation = read_formation(self.text[piece.head.start : piece.head.end]) or sheet.formation
        read_lineup(self._to_first_gap(piece), sheet, extra=self.match.extra)
        if len(sheet.starters) > MOST_PLAYERS:
            self.match.sheets[side] = Sheet()

    def _to_first_gap(self, piece: Field) -> list[Atom]:
        """The atoms of a line-up, up to the sentence that follows it."""
        found = self.atoms(piece)
        names = 0
        for i, atom in enumerate(found):
            names += atom.kind == "name"
            nxt = found[i + 1] if i + 1 < len(found) else None
            ends = atom.low == "." and names >= 11 and nxt is not None and "\n" not in self.text[atom.start : nxt.start]
            if ends and not (i and len(found[i - 1].text) <= 2):
                return found[:i]
        return found

    def _coach(self, piece: Field, side: Side) -> None:
        found = self.atoms(piece)
        name = next((a for a in found if a.kind == "name"), None)
        sheet = self.match.sheets[side]
        if name is None or sheet.coach:
            return
        sheet.coach = tidy_person(name.text)
        at = found.index(name)
        mark = next((m for a in found[at + 1 : at + 3] if (m := read_mark(a)) is not None), None)
        if mark is not None:
            sheet.marks[sheet.coach] = mark

    def second_pass(self, piece: Field) -> None:
        """Goals, cards, changes, the shoot-out, the half-time score."""
        kind = piece.head.kind
        if kind == "team" or (kind == "lineups" and piece.head.name):
            name = _bare(piece.head.name)
            self.side = piece.side or self.match.sides.of_team(name) or self.side
        elif kind == "goals":
            self._goals(piece)
        elif kind in ("booked", "sent_off"):
            self._cards(piece, kind == "sent_off")
        elif kind in ("changes", "entered"):
            self._changes(piece)
        elif kind == "assists":
            self._assists(piece)
        elif kind == "shootout":
            self._shootout(piece)
        elif kind in ("halves", "result"):
            self._scores(piece)
        elif kind in ("note", "missed", "added", "weather", "attendance", "corners"):
            self.match.notes += list(piece.spans)

    def _entries(self, piece: Field, cut: Callable[[list[Atom]], list[Atom]] = list) -> list[Entry]:
        found = read_entries(cut(self.atoms(piece)), self.match.sides, self.match.extra)
        side = piece.side or (self._named(piece.head.name) if piece.head.name else None)
        for entry in found:
            entry.side = entry.side or side
        return found

    def _named(self, name: str) -> Side | None:
        bare = re.sub(r"^(?:per |del |della |dell['’])?(?:il |la |l['’])?", "", name)
        return self.match.sides.of_team(bare) or self.match.sides.of_code(bare)

    def _goals(self, piece: Field) -> None:
        if any(SEASON_TALLY.search(self.lowered, start, min(end, start + 200)) for start, end in piece.spans):
            return
        self.goals += [(e, piece.head) for e in self._entries(piece)]

    def loose_goals(self, lines: Sequence[Line], fields: Sequence[Field]) -> None:
        """Scorers that follow the score with no label before them."""
        if any(f.head.kind == "goals" for f in fields):
            return
        for line in lines:
            if line.pair and line.pair.score and line.pair.end <= line.end:
                first = min((f.head.start for f in fields if f.head.start >= line.pair.end), default=self.match.end)
                head = Head("goals", line.pair.end, line.pair.end)
                stop = min(first, self._list_end(line.pair.end, first))
                self._goals(Field(head, ((line.pair.end, stop),)))
                return

    def _list_end(self, start: int, stop: int) -> int:
        """Where a bare list of scorers ends: before the first line that tells in sentences."""
        at = start
        while at < stop:
            end = self.lowered.find("\n", at, stop)
            end = stop if end < 0 else end
            words = re.findall(r"[^\W\d_]{3,}", self.text[at:end])
            plain = [w for w in words if w.islower() and w not in ("rig", "aut", "rigore", "autogol", "autorete")]
            if len(plain) > 2:
                return at
            at = end + 1
        return stop

    def _settle_goals(self) -> None:
        """Whose each goal is: letters, line-ups, the running score; then what the final score leaves no
        choice about."""
        entries = [e for e, _ in self.goals]
        letters = team_letters(entries, self.match.sides)
        drafts: list[tuple[Entry, int, Clock, Side | None, str | None]] = []
        for entry in entries:
            if entry.has(NO_GOAL) or fold(entry.name) in NOT_NAMES:
                continue
            own = side_of(entry, self.match.sides, letters)
            for n, clock in enumerate(clocks_of(entry)):
                method = _method(entry, n, letters, self.match.sides)
                gains = self._gaining(entry, own) if method == "own_goal" else own
                drafts.append((entry, n, clock, gains, method))
        drafts.sort(key=lambda d: d[2].order if d[2].minute is not None else 1e6) if all(
            d[2].minute is not None for d in drafts
        ) else None
        sides = _by_running_score(
            [d[0].score if len(list(clocks_of(d[0]))) == 1 else None for d in drafts], [d[3] for d in drafts]
        )
        sides = _by_final_score(sides, self.match.score)
        for (entry, _, clock, _, method), side in zip(drafts, sides, strict=True):
            facts = {"method": method} if method else {}
            if entry.score:
                facts["score"] = entry.score  # type: ignore[assignment]
            people: dict[Role, str] = {"player": entry.name}
            if entry.assist:
                people["assist"] = entry.assist
            self._tell("goal", entry.start, entry.end, "box-goal", clock, side, people, facts)

    def _gaining(self, entry: Entry, own: Side | None) -> Side | None:
        """The side that an own goal is for: the other one than his line-up's; a letter alone may mean either."""
        lineup = self.match.sides.of_player(entry.name)
        if lineup:
            return OTHER_SIDE[lineup]
        return None if own is None or not entry.side else entry.side

    def _cards(self, piece: Field, sent_off: bool) -> None:
        entries = [e for e in self._entries(piece, _first_sentence) if fold(e.name) not in NOT_NAMES]
        letters = True
        for entry in entries:
            side = side_of(entry, self.match.sides, letters) or self._coach_side(entry.name)
            words = " ".join([*entry.words, *entry.codes])
            coach = any(w in COACH for w in entry.words) or self._coach_side(entry.name) is not None
            if any(w in STAFF for w in entry.words[:3]) and not coach and not sent_off:
                continue
            clock = next(clocks_of(entry))
            facts: dict[str, object] = {}
            if sent_off:
                facts["second_yellow"] = _is_second_yellow(words)
            if coach:
                facts["role"] = "coach"
            what: EventType = "red_card" if sent_off else "yellow_card"
            self._tell(what, entry.start, entry.end, "box-card", clock, side, {"player": entry.name}, facts)

    def _coach_side(self, name: str) -> Side | None:
        return next((s for s in SIDES if (c := self.match.sheets[s].coach) and same_surname(c, name)), None)

    def _changes(self, piece: Field) -> None:
        side = piece.side or (self._named(piece.head.name) if piece.head.name else None)
        if side is None and self.side and not self._other_names_first(piece):
            side = self.side
        entered = piece.head.kind == "entered"
        for change, team in read_swaps(self.atoms(piece), self.match.sides, side, entered, self.match.extra):
            self._substitution(change, team, "box-change")

    def _other_names_first(self, piece: Field) -> bool:
        """Whether a list of changes under one line-up is of both teams."""
        seen = {self.match.sides.of_player(a.text) for a in self.atoms(piece) if a.kind == "name"} - {None}
        return len(seen) > 1 or (len(seen) == 1 and self.side not in seen)

    def _substitution(self, change: Change, side: Side | None, rule: str) -> None:
        people: dict[Role, str] = {}
        if change.player_in:
            people["player_in"] = change.player_in
        if change.player_out:
            people["player_out"] = change.player_out
        self._tell("substitution", change.start, change.end, rule, change.clock, side, people, {})

    def _assists(self, piece: Field) -> None:
        """Assists listed apart join the goals of the same minute."""
        for entry in self._entries(piece):
            for clock in entry.clocks:
                for goal, _ in self.goals:
                    if clock in goal.clocks and not goal.assist and len(goal.clocks) == 1:
                        goal.assist = entry.name

    def _shootout(self, piece: Field) -> None:
        for kick in read_kicks(self.atoms(piece), self.match.sides):
            self.match.tellings.append(kick)

    def _scores(self, piece: Field) -> None:
        start, end = piece.spans[0]
        found = re.search(r"(\d{1,2}) ?[-–:a] ?(\d{1,2})", self.text[start : min(end, start + 40)])
        if not found:
            return
        score = (int(found[1]), int(found[2]))
        if piece.head.kind == "halves":
            self.match.half, self.match.half_span = self.match.half or score, (piece.head.start, start + found.end())
        elif self.match.score is None:
            self.match.score, self.match.score_span = score, (piece.head.start, start + found.end())

    def finish(self) -> None:
        """Tells goals, the changes and cards inside line-ups, and the scores."""
        match = self.match
        self._settle_goals()
        for side in SIDES:
            sheet = match.sheets[side]
            for change in sheet.changes:
                self._substitution(change, side, "lineup-change")
            for name, sent_off, clock, start, end in sheet.booked:
                self._tell(
                    "red_card" if sent_off else "yellow_card",
                    start,
                    end,
                    "lineup-card",
                    clock,
                    side,
                    {"player": name},
                    {},
                )
        if match.half is None and (m := HALF_SCORE.search(self.text, match.start, match.end)):
            match.half, match.half_span = (int(m[1]), int(m[2])), m.span()
        if match.score and match.score_span:
            self._tell(
                "full_time",
                *match.score_span,
                "box-score",
                Clock(2, 90, precision="exact"),
                None,
                {},
                {"score": match.score},
            )
        if match.half and (match.half_span or match.score_span):
            span = match.half_span or match.score_span or (0, 0)
            self._tell("half_time", *span, "box-half", Clock(1, 45, precision="exact"), None, {}, {"score": match.half})

    def _tell(
        self,
        what: EventType,
        start: int,
        end: int,
        rule: str,
        clock: Clock,
        side: Side | None,
        people: Mapping[Role, str],
        facts: Mapping[str, object],
    ) -> None:
        self.match.tellings.append(
            Telling(
                what,
                start,
                end,
                rule,
                source="box",
                clock=clock,
                side=side,
                people=people,
                facts=facts,
                confidence=0.97,
            )
        )


def _first_sentence(found: list[Atom]) -> list[Atom]:
    """The atoms up to the stop that ends the list: "Ammoniti Rossi e Bianchi. Stadio Olimpico"."""
    for i, atom in enumerate(found[1:-1], 1):
        before, after = found[i - 1], found[i + 1]
        initial = before.text[-2:].strip(".").isupper() and len(before.text.split()[-1]) <= 2
        if (
            atom.low == "."
            and not initial
            and before.low not in ABBREVIATED
            and after.kind in ("name", "word")
            and any(a.kind == "name" for a in found[:i])
        ):
            return found[:i]
    return found


def _method(entry: Entry, nth: int, letters: bool, sides: Sides) -> str | None:
    codes = set(entry.codes)
    if entry.has(OWN_GOAL, nth) or (not letters and "a" in codes and sides.of_code("a") is None):
        return "own_goal"
    if entry.has(PENALTY, nth) or ("r" in codes and not (letters and sides.of_code("r"))):
        return "penalty"
    return "free_kick" if entry.has(FREE_KICK, nth) else None


def _is_second_yellow(words: str) -> bool:
    return (any(w in words.split() for w in SECOND_YELLOW[:-2]) and "rosso diretto" not in words) or "doppi" in words


def _by_running_score(scores: Sequence[Score | None], sides: Sequence[Side | None]) -> list[Side | None]:
    """Sides filled in from running scores: a goal is of the side whose figure grew."""
    out, last = list(sides), (0, 0)
    for i, score in enumerate(scores):
        if score is None:
            continue
        grew = (score[0] - last[0], score[1] - last[1])
        if sum(grew) == 1:
            out[i] = "home" if grew[0] else "away"
        last = score
    return out


def _by_final_score(sides: Sequence[Side | None], score: Score | None) -> list[Side | None]:
    """Goals of no known side given to the one that the final score leaves them to."""
    out = list(sides)
    if score is None or len(out) != sum(score):
        return out
    left = {"home": score[0] - out.count("home"), "away": score[1] - out.count("away")}
    open_goals = [i for i, s in enumerate(out) if s is None]
    for side in SIDES:
        if open_goals and left[side] == len(open_goals) and left[OTHER_SIDE[side]] == 0:
            for i in open_goals:
                out[i] = side
    return out


def read_kicks(found: Sequence[Atom], sides: Sides) -> Iterator[Telling]:
    """The kicks of a shoot-out: names with what came of each ("Rossi gol, Bianchi parato, Verdi (gol)")."""
    name: Atom | None = None
    side: Side | None = None
    words: list[str] = []
    end = 0

    def kick() -> Telling | None:
        if name is None:
            return None
        outcome = kick_outcome(" ".join(words))
        if outcome is None:
            return None
        player = tidy_person(name.text)
        who = side or sides.of_player(player)
        return Telling(
            "penalty_shootout",
            name.start,
            end,
            "box-kick",
            source="box",
            clock=Clock(5),
            side=who,
            people={"player": player},
            facts={"outcome": outcome},
        )

    for atom in found:
        if atom.kind == "name" and sides.of_team(atom.text) and sides.of_player(atom.text) is None:
            if (told := kick()) is not None:
                yield told
            name, words, side = None, [], sides.of_team(atom.text)
        elif atom.kind == "name" and atom.low.strip(" .") not in KICK_WORDS:
            if (told := kick()) is not None:
                yield told
            name, words, end = atom, [], atom.end
        elif name is not None and atom.kind in ("word", "name"):
            words.append(atom.low)
            end = atom.end
        elif name is not None and atom.kind == "open":
            code = next((a for a in atom.inside if a.kind == "name"), None)
            if code is not None and sides.of_code(code.text):
                side = sides.of_code(code.text)
            words += [a.low for a in atom.inside if a.kind in ("word", "name")]
            end = atom.end
    if (told := kick()) is not None:
        yield told


def kick_outcome(words: str) -> str | None:
    """What came of a kick by the words after it: scored, saved, off_target, woodwork; None where they do not say.

    >>> kick_outcome("gol"), kick_outcome("parato da bianchi"), kick_outcome("alto"), kick_outcome("")
    ('scored', 'saved', 'off_target', None)
    """
    low = f" {words.lower()} "
    if any(f" {w}" in low for w in KICK_WOOD):
        return "woodwork"
    if any(f" {w}" in low for w in KICK_SAVED) or " para" in low:
        return "saved"
    if any(
        f" {w}" in low for w in ("sbagli", "alto", "fuori", "fallit", "errore", "no ", "a lato", "fallisce", "calcia")
    ):
        return "off_target"
    return "scored" if any(f" {w}" in low for w in KICK_SCORED) else None
