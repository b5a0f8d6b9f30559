"""Live commentaries: entries with their minute, in whatever order and numbering, placed in the match in its order.

The words of an entry go to the prose engine with the entry's clock; what is shorthand of live pages alone is read here:
`Rossi per Bianchi`, `Torino - Verdi: GOL! 0-1` in a shoot-out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pipelines.items import EventType

from .blocks import SHOOTOUT, Line
from .box import read_kicks
from .clock import NO_CLOCK, Clock
from .live_swaps import completed, joined, read_in_out, read_linked
from .notation import HALVES, atoms, box_clock, same_surname
from .sides import Sides
from .telegram import (
    SCORE,
    Names,
    Piece,
    no_card,
    read_award,
    read_cards,
    read_changes,
    read_disallowed,
    read_goal,
    read_pieces,
    read_shot,
    says,
)
from .telling import Context, Side, Telling
from .tokens import Doc

Turn = Literal["section", "start", "end"]
HEADING = re.compile(
    r"\W*(?:(?P<edge>inizio|inizia|comincia|via al|fine|finisce|termina|chiude|si chiude)\s)?(?:il |la |del "
    r"|al |l['’])?"
    r"(?P<half>primo tempo supplementare|secondo tempo supplementare|primo supplementare|secondo"
    r" supplementare|tempi supplementari|supplementari|"
    r"primo tempo|secondo tempo|ripresa|1°? ?tempo|2°? ?tempo|1t\b|2t\b|intervallo|prima frazione|seconda"
    r" frazione|partita|gara|match)\W*(?:\d{1,2} ?[-–] ?\d{1,2}\W*)?$",
    re.IGNORECASE,
)
HALF_NUMBER = {
    "primo tempo": 1, "1 tempo": 1, "1° tempo": 1, "1tempo": 1, "1t": 1, "prima frazione": 1, "secondo tempo": 2,
    "ripresa": 2, "2 tempo": 2, "2° tempo": 2, "2tempo": 2, "2t": 2, "seconda frazione": 2,
    "primo tempo supplementare": 3, "primo supplementare": 3,
    "tempi supplementari": 3, "supplementari": 3, "secondo tempo supplementare": 4, "secondo supplementare": 4,
}  # fmt: skip
BREAK = re.compile(
    r"\bmetà gara\b|\bfine pt\b|\bprimo tempo (?:chiuso|sull)|fine (?:del )?primo tempo|fine pt\b|intervallo"
    r"|duplice fischio|si chiude (?:qui )?(?:il primo tempo|la prima)|(?:finisce|termina|finito|concluso"
    r"|chiuso|chiude) "
    r"(?:qui )?(?:il primo tempo|la prima frazione)|negli spogliatoi|all['’]intervallo|si va al riposo"
    r"|squadre (?:a|al) riposo|si chiude il primo tempo|finisce qui il primo tempo|tè caldo|"
    r"fine prima frazione|primo tempo (?:finito|concluso|terminato|in archivio)|in archivio il primo tempo"
    r"|(?:si chiude|finisce|termina|si conclude)[^.!?]{0,26} (?:il primo tempo|la prima frazione)"
    r"|dopo (?:i primi )?(?:45|quarantacinque)['’]? ?(?:minuti)? (?:è|siamo)|^\W*(?:riposo|pausa|half ?time|ht)\b"
    r"|\ba riposo\b|\bal riposo\b|rientrano negli spogliatoi|metà partita",
    re.IGNORECASE,
)
RESTART = re.compile(
    r"(?:inizi|cominci|ripart|ripres[ao]|via a|si ricomincia|al via).{0,25}(?:secondo tempo|ripresa|ripartit"
    r"|gioco|\bst\b)|^\W*(?:si riparte|ripartiti|si ricomincia|ripresa)\b",
    re.IGNORECASE,
)
EXTRA = re.compile(r"supplementar|overtime", re.IGNORECASE)
FIGURES = {"zero": "0", "uno": "1", "due": "2", "tre": "3", "quattro": "4", "cinque": "5"}
SPELT = re.compile(rf"\b([0-9]|{'|'.join(FIGURES)}) a ([0-9]|{'|'.join(FIGURES)})\b")
GOALLESS = re.compile(r"reti bianche|reti inviolate|senza reti|senza gol")
NO_GOAL = re.compile(r"annull|fuorigioco|offside|non vale|mangiato|quasi gol|sfiora il gol|gol sbagliato|var ")
SPOT_KICK = re.compile(
    r"rigore|dischetto|undici metri|penalty|spiazza|trasform|non sbaglia|glacial|fredd|dagli 11|palla da una"
    r" parte|portiere dall'altra|dal punto"
)
FINISH = re.compile(
    r"(?<!non è )finit[ao]+\b|triplice fischio|fischio finale|finisce (?:qui|la partita|così|al)|tutti a casa"
    r"|fine (?:della )?(?:partita|gara|match|secondo tempo)|game over|è terminat|termina (?:qui|la|così)|"
    r"(?:si chiude|cala) (?:qui|il sipario)|sipario|partita finita|fine dei giochi|finale:|non c'è più tempo"
)
SAME_KIND = {"yellow_card": ("yellow_card", "red_card"), "red_card": ("yellow_card", "red_card"), "goal": ("goal",)}
SELF_TOLD = frozenset(
    [
        "shot",
        "goal",
        "penalty_missed",
        "penalty_awarded",
        "goal_disallowed",
        "substitution",
        "yellow_card",
        "red_card",
        "var_review",
        "full_time",
        "half_time",
        "injury",
    ]
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
    reader = _LiveReader(doc, context, sides)
    entries = find_entries(doc.text, lines)
    reader.figured = sum(SCORE.search(doc.text, e.start, e.end) is not None for e in entries) >= 3
    for entry in entries:
        reader.read(entry)
    context.clock = None
    return joined(reader.told)


@dataclass(slots=True)
class Scored:
    """How the score stands, entry by entry: a figure one higher is a goal, whatever the words."""

    score: tuple[int, int] = (0, 0)
    goals: int = 0  # told so far; those of no known side are in no figure of `score` yet
    last: int = -1  # the last goal's place in the tellings
    minute: int | None = None

    def grown_to(self, score: tuple[int, int]) -> bool:
        """Whether this is the score after one more goal."""
        return sum(score) == self.goals + 1 and score[0] >= self.score[0] and score[1] >= self.score[1]

    def side_of(self, score: tuple[int, int]) -> Side | None:
        """The side that made this score, where the goals before leave no doubt."""
        if sum(self.score) != self.goals:
            return None
        return "home" if score[0] > self.score[0] else "away"


class _LiveReader:
    """Reads the entries of one commentary in match order."""

    def __init__(self, doc: Doc, context: Context, sides: Sides) -> None:
        self.doc, self.context, self.sides = doc, context, sides
        self.names = Names.of(doc, sides)
        self.state = Scored()
        self.told: list[Telling] = []
        self.spot: int | None = None  # the minute of a penalty given and not taken yet
        self.figured = False  # the commentary gives the score with its goals

    def read(self, entry: Entry) -> None:
        """Take in one entry."""
        from .prose import read_prose

        if entry.kick:
            self.told += _kicks(self.doc, entry, self.context, self.sides)
            return
        self.context.clock = entry.clock if entry.clock != NO_CLOCK else None
        self.context.source = "live"
        prose = [t for t in read_prose(self.doc, entry.start, entry.end, self.context) if self._of_people(t)]
        clock = self.context.clock or next((t.clock for t in prose if t.clock.minute is not None), NO_CLOCK)
        pieces = read_pieces(self.doc, entry.start, entry.end, self.names)
        words = self.doc.lowered[entry.start : entry.end]
        own = self._own(pieces, words, entry, clock) if pieces else []
        goal = next((t for t in own if t.type == "goal"), None)
        kinds = {k for t in own for k in SAME_KIND.get(t.type, (t.type,))}
        if any(t.type == "penalty_awarded" for t in prose):
            own = [t for t in own if t.type != "penalty_awarded"]
            kinds.discard("penalty_awarded")
        kept = [t for t in prose if t.type not in kinds and not self._overruled(t, goal, pieces)]
        if any(t.rule == "live-whistle" for t in own):  # the whistle's entry sums up: its goals were told before
            kept = [
                replace(t, clock=NO_CLOCK, passing=True) if t.type == "goal" and t.clock == self.context.clock else t
                for t in kept
            ]
        told = [*own, *kept]
        if pieces and not any(t.type in SELF_TOLD and t.type != "shot" for t in told):
            shot = read_shot(pieces, clock, self.sides)
            if shot is not None and sum(t.type == "shot" for t in told) <= 1:
                told = [*(t for t in told if t.type != "shot"), shot]
        if goal is not None:
            self.state.last = len(self.told)
        elif any(t.type == "goal" for t in told):
            self.state.goals += 1
        self.told += [replace(t, match=self.context.match) for t in told]
        if "rigore" in words or "penalty" in words:
            self.spot = entry.minute

    def _own(self, pieces: Sequence[Piece], words: str, entry: Entry, clock: Clock) -> list[Telling]:
        """What the shorthand tells: a goal first, for the score it bears."""
        goal = self._goal(pieces, words, entry, clock)
        own = [goal] if goal is not None else []
        disallowed = read_disallowed(pieces, words, clock, self.sides) if goal is None else None
        own += [self._taken_back(disallowed, entry)] if disallowed is not None else []
        award = read_award(pieces, words, clock, self.sides) if goal is None else None
        own += [award] if award is not None and not self._after_award(entry) else []
        changes = read_in_out(pieces, clock, self.sides) or completed(read_changes(pieces, clock, self.sides), pieces)
        own += changes or read_linked(self.doc, pieces, clock, self.sides)
        own += read_cards(pieces, clock, self.sides)
        return own + list(self._whistles(words, entry, clock))

    def _of_people(self, told: Telling) -> bool:
        """Whether the people of a telling are people: no keyword of the commentary that a capital dresses up."""
        return all(
            self.names.is_person(name.split()[0]) or (len(name.split()) > 1 and self.names.is_person(name.split()[-1]))
            for name in told.people.values()
        )

    def _overruled(self, told: Telling, goal: Telling | None, pieces: Sequence[Piece]) -> bool:
        """Whether what the prose engine read gives way: a goal that the score does not bear out, a shot in
        a goal's words."""
        if told.type in ("full_time", "half_time"):
            return True  # a score on the way is no final one; the whistles are read apart
        if told.type == "goal":
            return goal is not None or self.figured
        if told.type in ("yellow_card", "red_card"):
            return no_card(pieces)
        if told.type in ("shot", "penalty_missed") and goal is not None:
            return (
                told.people.get("player") in (None, goal.people.get("player"), goal.people.get("assist"))
                or len(pieces) < 14
            )
        return False

    def _goal(self, pieces: Sequence[Piece], words: str, entry: Entry, clock: Clock) -> Telling | None:
        """The goal of an entry: told by a score one higher, or by the word that opens it."""
        scores = [(int(m[1]), int(m[2])) for m in SCORE.finditer(words)]
        new = next((s for s in scores if self.state.grown_to(s)), None)
        opened = _opens_with_goal(pieces)
        if new is None and scores and sum(scores[-1]) < self.state.goals:
            self._take_back(scores[-1])
            return None
        if NO_GOAL.search(words) and not (new and opened):
            return None
        if new is None and not opened and not (scores and scores[-1] == self.state.score and self._announced(entry)):
            return None
        if not opened and (FINISH.search(words) or _breaks(self.doc.text, entry)):
            self._agree(scores)
            return None
        side = self.state.side_of(new) if new else None
        goal = read_goal(
            pieces, clock, self.sides, side or _side_after(pieces), new or (scores[-1] if scores else None)
        )
        if goal is None:
            return None
        if self._after_award(entry) and SPOT_KICK.search(words) and goal.facts.get("method") is None:
            goal = goal.with_facts(method="penalty")
        return self._counted(goal, entry, new)

    def _agree(self, scores: Sequence[tuple[int, int]]) -> None:
        """A whistle's score is right, whatever was told before."""
        if scores and sum(scores[-1]) >= self.state.goals:
            self.state.score, self.state.goals = scores[-1], sum(scores[-1])

    def _after_award(self, entry: Entry) -> bool:
        return self.spot is not None and entry.minute is not None and 0 <= entry.minute - self.spot <= 5

    def _announced(self, entry: Entry) -> bool:
        """Whether the entry before cried a goal and named nobody."""
        before = self._goal_near(entry)
        return before is not None and not before.people.get("player")

    def _goal_near(self, entry: Entry) -> Telling | None:
        near = (
            self.state.last >= 0
            and entry.minute is not None
            and self.state.minute is not None
            and abs(entry.minute - self.state.minute) <= 2
        )
        return self.told[self.state.last] if near else None

    def _counted(self, goal: Telling, entry: Entry, new: tuple[int, int] | None) -> Telling | None:
        """The goal, counted; None where it completes the one that the entry before announced."""
        before = self._goal_near(entry)
        a, b = (before.people.get("player"), goal.people.get("player")) if before else ("", "")
        if (
            before is not None
            and (not a or not b or a == b)
            and (new is None or not a or before.facts.get("score") is None)
        ):
            self.told[self.state.last] = _completed(before, goal)
            return None
        self.state.goals += 1
        self.state.minute = entry.minute
        self.spot = None
        if new is not None:
            self.state.score = new
        elif goal.side:
            h, v = self.state.score
            self.state.score = (h + 1, v) if goal.side == "home" else (h, v + 1)
        return goal

    def _take_back(self, score: tuple[int, int]) -> None:
        """A score one lower than before: the last goal did not stand."""
        if (
            sum(score) == self.state.goals - 1
            and 0 <= self.state.last < len(self.told)
            and self.told[self.state.last].type == "goal"
        ):
            self.told.pop(self.state.last)
            self.state.score, self.state.last, self.state.goals = score, -1, self.state.goals - 1

    def _taken_back(self, disallowed: Telling, entry: Entry) -> Telling:
        """A goal annulled: where the entry before told it as good, that one goes."""
        near = (
            self.state.last >= 0
            and entry.minute is not None
            and self.state.minute is not None
            and entry.minute - self.state.minute <= 4
        )
        if not near:
            return disallowed
        goal = self.told[self.state.last]
        mine, its = goal.people.get("player"), disallowed.people.get("player")
        if goal.type != "goal" or (mine and its and not same_surname(mine, its)):
            return disallowed
        self.told.pop(self.state.last)
        h, v = self.state.score
        if goal.facts.get("score") or goal.side:
            self.state.score = (
                (h - 1, v) if goal.side == "home" and h else (h, max(v - 1, 0)) if goal.side == "away" else (h, v)
            )
        self.state.goals, self.state.last = self.state.goals - 1, -1
        return replace(
            disallowed,
            people={**goal.people, **disallowed.people} if mine and not its else disallowed.people,
            side=disallowed.side or goal.side,
            clock=goal.clock,
        )

    def _whistles(self, words: str, entry: Entry, clock: Clock) -> Iterator[Telling]:
        """Half time and full time with the score beside the whistle."""
        score = _score_told(words)
        if score is None:
            return
        half = _breaks(self.doc.text, entry) and clock.period in (None, 1)
        done = not half and FINISH.search(words) is not None and (clock.period or 2) >= 2
        if half or done:
            what: EventType = "half_time" if half else "full_time"
            yield Telling(what, entry.start, entry.end, "live-whistle", "live", clock=clock, facts={"score": score})


def _score_told(words: str) -> tuple[int, int] | None:
    """The score beside a whistle: in figures, in words, or none on either side."""
    if m := SCORE.search(words):
        return int(m[1]), int(m[2])
    if m := SPELT.search(words):
        home, away = (FIGURES.get(w, w) for w in m.groups())
        return int(home), int(away)
    return (0, 0) if GOALLESS.search(words) else None


def _opens_with_goal(pieces: Sequence[Piece]) -> bool:
    """Whether a word for a goal opens the entry, or cries out at the head of a sentence in it."""
    for i, piece in enumerate(pieces[:14]):
        if piece.name or not says(piece.low, "goal"):
            continue
        opens = (
            i == 0
            or pieces[i - 1].low in (".", "!", ":", "-", "–", "…")
            or (i <= 2 and all(not p.name for p in pieces[:i]))
        )
        nxt = pieces[i + 1].low if i + 1 < len(pieces) else ""
        if (
            opens
            and nxt not in ("mangiato", "annullato", "sbagliato", "fallito", "divorato", "sfiorato", "per")
            and not (i and pieces[i - 1].low in ("quasi", "no", "niente", "fuori", "di", "del"))
        ):
            return True
    return False


def _side_after(pieces: Sequence[Piece]) -> Side | None:
    return next((p.team for p in pieces[:6] if p.team), None)


def _completed(first: Telling, second: Telling) -> Telling:
    """Two entries about one goal as one: what either tells."""
    facts = {**second.facts, **first.facts}
    people = {**second.people, **first.people}
    fuller = second if second.people.get("player") and not first.people.get("player") else first
    return replace(fuller, people=people, facts=facts, side=first.side or second.side, clock=first.clock)


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
    for i, entry in enumerate(entries):
        if entry.half == -1:
            half = _half_below(text[entry.start : entry.end], newest_first)
            if newest_first and _closes_half(entries, i, half):
                half -= 1
        else:
            out.append(replace(entry, half=entry.half or half) if entry.minute is not None else entry)
    return out


def _closes_half(entries: Sequence[Entry], i: int, half: int) -> bool:
    """Whether the heading at i, newest entries first, stands under the half that it names: its opening minutes are
    above it, the end of the half before below."""
    opening = {2: 46, 3: 91, 4: 106}.get(half)
    above = next((e.minute for e in reversed(entries[:i]) if e.minute is not None), None)
    below = next((e.minute for e in entries[i + 1 :] if e.minute is not None), None)
    if opening is None or above is None or below is None:
        return False
    return opening <= above <= opening + 20 and below <= opening + 5


def _half_below(heading: str, newest_first: bool) -> int:
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
        elif half == 1 and 45 < entry.minute <= 53 and _breaks(text, entry):
            half = 1
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


def _kicks(doc: Doc, entry: Entry, context: Context, sides: Sides) -> Iterator[Telling]:
    for kick in read_kicks(atoms(doc.text, doc.lowered, entry.start, entry.end), sides):
        yield replace(kick, source="live", match=context.match, end=entry.end)
