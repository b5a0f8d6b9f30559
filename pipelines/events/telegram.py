"""The telegraphic style of live entries: "Fuori Verdi, dentro Bianchi", "Cartellino giallo: Rossi", "Gol! Neri, 1-2".

Verbs are left out there, so that who stands where is told by the keyword before a name. The words are data/live.toml; a
name is a run of capitals that is no word of the language, or one that a line-up holds.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from .clock import Clock
from .clubs import PLAIN_WORDS
from .lexicon import lexicon
from .lexicon import words as word_class
from .sides import Sides
from .telling import OTHER_SIDE, Role, Side, Telling
from .tokens import Doc, fold
from .wordlists import word_set

DATA = Path(__file__).parents[2] / "data" / "live.toml"
TOKEN = re.compile(
    r"(?:[ldL]|dell|all|dall|nell|sull|un)['’](?=[A-ZÀ-Þ])|[^\W\d_]+(?:['’-][^\W\d_]+)*|\d{1,2} ?[-–]"
    r" ?\d{1,2}(?![\d'’])|[.!?;:,()…–—-]"
)
SCORE = re.compile(r"(?<![\d/.:])(\d{1,2}) ?[-–] ?(\d{1,2})(?![\d'’:])")
REPEATED = re.compile(r"(.)\1{2,}", re.IGNORECASE)
PARTICLES = word_set("telegram", "particles")
ENDS = frozenset(".!?;…")
BEFORE_NOUNS = word_set("telegram", "before_nouns")
TITLES = word_set("telegram", "titles")


class BadLiveWords(ValueError):
    """data/live.toml is wrong: the message names the table."""


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, frozenset[str]]:
    """The words of data/live.toml as "table.key"; raises BadLiveWords where a value is no list of words."""
    found: dict[str, frozenset[str]] = {}
    for table, keys in tomllib.loads(DATA.read_text(encoding="utf-8")).items():
        for key, values in keys.items():
            if not isinstance(values, list) or not all(isinstance(v, str) and v == v.lower() for v in values):
                raise BadLiveWords(f"{DATA.name}: [{table}] {key} is no list of lower-case words")
            found[f"{table}.{key}" if key != "words" else table] = frozenset(values)
    return found


def says(word: str, kind: str) -> bool:
    """Whether a lower-case word is of this kind.

    >>> says("gol", "goal"), says("segnava", "goal"), says("angolo", "goal")
    (True, True, False)
    """
    known = vocabulary()[kind]
    return word in known or any(word.startswith(w[:-1]) for w in _stems(kind))


@lru_cache(maxsize=50)
def _stems(kind: str) -> tuple[str, ...]:
    return tuple(w for w in vocabulary()[kind] if w.endswith("*"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A word, sign or name of an entry. `name` is set for a person."""

    start: int
    end: int
    low: str
    name: str = ""
    team: Side | None = None


@dataclass(slots=True)
class Names:
    """Who can be named in this commentary: line-ups, and words that the text writes with a capital inside sentences."""

    sides: Sides
    seen: frozenset[str] = frozenset()
    lowered: frozenset[str] = frozenset()
    _known: frozenset[str] = field(default_factory=frozenset)

    @classmethod
    def of(cls, doc: Doc, sides: Sides) -> Names:
        """The names of a document."""
        inner: set[str] = set()
        small: set[str] = set()
        for i, word in enumerate(doc.words):
            if not word[0].isalpha():
                continue
            if word[0].islower():
                small.add(fold(word))
            elif not word.isupper() and _sentence_goes_on(doc, i):
                inner.add(fold(word))
        known = {fold(part) for side in sides.players.values() for n in side for part in n.split() if len(part) > 2}
        return cls(sides, frozenset(inner), frozenset(small), frozenset(known))

    def is_known(self, word: str) -> bool:
        """Whether line-ups hold the name, or the text has it inside a sentence."""
        return fold(word) in self._known or fold(word) in self.seen

    def is_person(self, word: str, inside: bool = False) -> bool:
        """Whether a capitalised word can be a person's name; `inside` a sentence its capital is no habit of
        spelling."""
        key = fold(word)
        if key in self._known:
            return True
        if inside and not word.isupper() and key not in vocabulary()["openers"]:
            return True
        if key in vocabulary()["openers"] or word.lower() in vocabulary()["openers"] or len(key) < 2:
            return False
        if key in self.seen and key not in self.lowered:
            return True
        common = word.lower() in word_class("common") or word.lower() in lexicon().forms
        return not common and key not in self.lowered and self.sides.of_nickname(word) is None


def _sentence_goes_on(doc: Doc, i: int) -> bool:
    """Whether token i stands inside a sentence, so that its capital is a name's."""
    before = doc.low[i - 1] if i else "."
    return before not in ENDS and before not in ":-'\"(|[]" and not before[0].isdigit() and "\n" not in doc.gap(i)


def read_pieces(doc: Doc, start: int, end: int, names: Names) -> list[Piece]:
    """The pieces of an entry, its persons as single pieces with tidy names."""
    raw = [
        Piece(m.start(), m.end(), _plain(doc.lowered[m.start() : m.end()]))
        for m in TOKEN.finditer(doc.text, start, end)
    ]
    out: list[Piece] = []
    i = 0
    while i < len(raw):
        bracketed = (
            doc.text[raw[i].start - 1 : raw[i].start] in ("[", "(")
            and raw[i].end - raw[i].start <= 4
            and doc.text[raw[i].start : raw[i].end].isupper()
        )
        last = i if bracketed else _person_end(doc, raw, i, names)
        if last > i:
            out.append(_person(doc, raw[i:last]))
            i = last
            continue
        piece = raw[i]
        word = doc.text[piece.start : piece.end]
        if word[0].isupper() and (len(word) > 2 or bracketed):
            team, width = _team(doc, raw, i, names.sides)
            out.append(Piece(piece.start, raw[i + width - 1].end, piece.low, team=team))
            i += width
            continue
        out.append(piece)
        i += 1
    return out


def _team(doc: Doc, raw: Sequence[Piece], i: int, sides: Sides) -> tuple[Side | None, int]:
    for width in (3, 2, 1):
        if i + width <= len(raw):
            text = doc.text[raw[i].start : raw[i + width - 1].end]
            side = sides.of_team(text) or (sides.of_nickname(text) if width == 1 else None)
            if side and (width == 1 or all(sides.of_team(word) or fold(word) in PLAIN_WORDS for word in text.split())):
                return side, width
    code = doc.text[raw[i].start : raw[i].end]
    bracketed = doc.text[raw[i].start - 1 : raw[i].start] in ("[", "(") and doc.text[raw[i].end : raw[i].end + 1] in (
        "]",
        ")",
    )
    return (sides.of_code(code) if bracketed and len(code) <= 4 else None), 1


def _plain(low: str) -> str:
    """A word without the letters that enthusiasm repeats."""
    return REPEATED.sub(r"\1", low)


def _person_end(doc: Doc, raw: Sequence[Piece], i: int, names: Names) -> int:
    """Past the last piece of the person's name that begins at i; i where none does."""
    j, last = i, i
    while j < len(raw) and j - i < 5:
        word = doc.text[raw[j].start : raw[j].end]
        if (
            j > i
            and doc.text[raw[j - 1].end : raw[j].start] != " "
            and not (word[0].isalpha() and doc.text[raw[j - 1].end : raw[j].start] == ". ")
            and not (raw[j].low == "." and raw[j - 1].end - raw[j - 1].start == 1)
        ):
            break
        if raw[j].low == "." and j > i and raw[j - 1].end - raw[j - 1].start == 1:
            j += 1
            continue
        if (
            word[0].isupper()
            and names.is_person(_squeeze(word))
            and not (names.sides.of_team(word) and names.sides.of_player(word) is None)
        ):
            last = j + 1
        elif not (
            raw[j].low.split("'")[0] in PARTICLES
            and j + 1 < len(raw)
            and (j > i or word[0].isupper() or raw[j].low in ("de", "van", "von"))
        ):
            break
        j += 1
    return last if last > i and doc.text[raw[last - 1].start].isupper() else i


def _names_one(doc: Doc, raw: Sequence[Piece], j: int, names: Names) -> bool:
    """Whether the capitalised piece at j is a person's name here. At a sentence's head an unknown word before an
    article or "di" is a verb or noun: "Accorcia il Cagliari", "Riflesso di Rossi"."""
    word = _squeeze(doc.text[raw[j].start : raw[j].end])
    inside = _inside(doc, raw, j)
    if not names.is_person(word, inside):
        return False
    after = raw[j + 1].low if j + 1 < len(raw) else ""
    return inside or names.is_known(word) or after not in BEFORE_NOUNS


def _inside(doc: Doc, raw: Sequence[Piece], j: int) -> bool:
    """Whether a piece stands inside a sentence."""
    return (
        j > 0
        and raw[j - 1].low not in ENDS
        and raw[j - 1].low not in (":", "-", "–", "—", "(")
        and "\n" not in doc.text[raw[j - 1].end : raw[j].start]
    )


def _is_team(word: str, sides: Sides) -> bool:
    if "-" in word and all(sides.of_team(part) for part in word.split("-")):
        return True
    return (sides.of_team(word) is not None or sides.of_nickname(word) is not None) and sides.of_player(word) is None


def _squeeze(word: str) -> str:
    return REPEATED.sub(r"\1", word)


def _person(doc: Doc, pieces: Sequence[Piece]) -> Piece:
    text = _squeeze(doc.text[pieces[0].start : pieces[-1].end])
    if text.isupper() and len(text) > 2:
        text = re.sub(r"[^\W\d_]+", lambda m: m[0][0] + m[0][1:].lower(), text)
    return Piece(pieces[0].start, pieces[-1].end, pieces[0].low, name=text)


def _telling(
    what: str,
    pieces: Sequence[Piece],
    clock: Clock,
    side: Side | None,
    people: dict[Role, str],
    facts: dict[str, object],
    rule: str,
) -> Telling:
    start, end = min(p.start for p in pieces), max(p.end for p in pieces)
    return Telling(what, start, end, rule, "live", clock=clock, side=side, people=people, facts=facts, confidence=0.92)  # type: ignore[arg-type]


def read_cards(pieces: Sequence[Piece], clock: Clock, sides: Sides) -> Iterator[Telling]:
    """Cards told by their noun or a bare participle, the name after it or before it."""
    done: set[str] = set()
    for i, piece in enumerate(pieces):
        red = says(piece.low, "red")
        if piece.name or not (red or says(piece.low, "yellow")) or _ruled_out(pieces, i):
            continue
        if piece.low in ("cartellino", "cartellini") and any(
            p.low in ("rosso", "giallo") for p in pieces[i + 1 : i + 3]
        ):
            continue
        words = " ".join(p.low for p in pieces)
        second = any(phrase in words for phrase in vocabulary()["second_yellow"])
        if not red and second and any(says(p.low, "red") for p in pieces):
            continue
        for who in _bearers(pieces, i):
            if fold(who.name) in done:
                continue
            done.add(fold(who.name))
            side = sides.of_player(who.name) or _team_near(pieces, i)
            facts: dict[str, object] = (
                {"second_yellow": second} if red or (second and piece.low in ("giallo", "ammonizione")) else {}
            )
            yield _telling(
                "red_card" if facts else "yellow_card",
                [piece, who],
                clock,
                side,
                {"player": who.name},
                facts,
                "live-card",
            )


def _ruled_out(pieces: Sequence[Piece], i: int) -> bool:
    before = pieces[max(0, i - 4) : i]
    return any(says(p.low, "not_cards") for p in before) or (bool(before) and before[-1].low == "da")


def no_card(pieces: Sequence[Piece]) -> bool:
    """Whether every word of a card is denied: "niente giallo", "rischia il rosso", "era da rosso"."""
    cards = [i for i, p in enumerate(pieces) if says(p.low, "red") or says(p.low, "yellow")]
    return bool(cards) and all(_denied(pieces, i) for i in cards)


def _denied(pieces: Sequence[Piece], i: int) -> bool:
    before = pieces[max(0, i - 3) : i]
    return any(says(p.low, "not_cards.denied") for p in before) or (bool(before) and before[-1].low == "da")


def _bearers(pieces: Sequence[Piece], i: int) -> list[Piece]:
    """Who gets the card at i: the names after it in its sentence, up to a reason; else the one before it."""
    found: list[Piece] = []
    for j in range(i + 1, min(i + 12, len(pieces))):
        piece = pieces[j]
        if piece.name:
            before = pieces[j - 1].low
            if before in ("su", "sul", "contro", "ai", "di", "da", "dell'") and not (
                before == "di" and j - i <= 2 and pieces[i].low.startswith("ammonizion")
            ):
                break
            found.append(piece)
        elif (
            piece.low in ENDS
            or (found and piece.low not in ("e", ",", "ed", "anche", "poi"))
            or piece.low in ("fallo", "intervento", "proteste", "trattenuta", "entrata")
        ):
            break
    if found:
        return found
    opening = max((j + 1 for j in range(i) if pieces[j].low in ENDS), default=0)
    subjects = [
        j
        for j in range(opening, i)
        if pieces[j].name and not (j and pieces[j - 1].low in ("su", "sul", "contro", "sulla"))
    ]
    if not subjects and opening and i - opening <= 2:
        earlier = max((j + 1 for j in range(opening - 1) if pieces[j].low in ENDS), default=0)
        subjects = [
            j for j in range(earlier, opening) if pieces[j].name and not (j and pieces[j - 1].low in ("su", "contro"))
        ]
    if not subjects and i <= 1:
        return [p for p in pieces[i + 1 : i + 4] if p.name][:1]  # "Giallo. Rossi trattiene Bianchi"
    doers = [j for j in subjects if _does_it(pieces, j)]
    return [pieces[(doers or subjects)[0]]] if subjects else []


def _does_it(pieces: Sequence[Piece], j: int) -> bool:
    """Whether the name at j did it to the one named before: "Rossi steso da Bianchi", "Bianchi, che lo stende"."""
    after = [p.low for p in pieces[j + 1 : j + 4] if p.low != ","]
    return (
        pieces[j - 1].low in ("da", "dal", "dalla")
        if j and after[:1] != ["che"]
        else after[:2] in (["che", "lo"], ["che", "la"])
    )


def _team_near(pieces: Sequence[Piece], i: int) -> Side | None:
    near = [p.team for p in pieces[i : i + 8] if p.team]
    return near[0] if near else None


def read_changes(pieces: Sequence[Piece], clock: Clock, sides: Sides) -> list[Telling]:
    """The changes of an entry: each name comes in or goes by the keyword that governs it; ins and outs pair
    in order."""
    if not _tells_changes(pieces):
        return []
    ins, outs = _ins_and_outs(pieces)
    told: list[Telling] = []
    for k in range(max(len(ins), len(outs))):
        on, off = (ins[k] if k < len(ins) else None), (outs[k] if k < len(outs) else None)
        people: dict[Role, str] = {}
        if on:
            people["player_in"] = on.name
        if off:
            people["player_out"] = off.name
        side = next((s for p in (off, on) if p and (s := sides.of_player(p.name))), None) or next(
            (p.team for p in pieces if p.team), None
        )
        told.append(_telling("substitution", [p for p in (on, off) if p], clock, side, people, {}, "live-change"))
    return told


def _tells_changes(pieces: Sequence[Piece]) -> bool:
    """Whether an entry is about changes: it says so, brings a name in or out, or pairs two names."""
    known = vocabulary()
    if not any(p.name for p in pieces):
        return False
    for i, piece in enumerate(pieces):
        if piece.name:
            if _paired_by_per(pieces, i):
                return True
            continue
        after = pieces[i + 1] if i + 1 < len(pieces) else None
        before = pieces[i - 1].low if i else ""
        if piece.low in known["changes.nouns"] and before not in ("di", "il", "al", "un"):
            return True
        if piece.low in known["changes.verbs"]:
            return True
        if after is not None and piece.low in ("entra", "entrano") and after.low in known["changes.not_after_enters"]:
            continue
        if piece.low in known["changes.beside_name"] and (
            (after is not None and after.name) or (i and pieces[i - 1].name)
        ):
            return True
        if piece.low == "posto" and (
            (after is not None and after.low in ("di", "del", "dello")) or before in ("suo", "sua", "loro")
        ):
            return True
        if piece.low in ("lascia", "lasciano") and after is not None and after.low in ("il", "spazio"):
            return True
    return False


def _paired_by_per(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the name at i opens a clause and goes with the next by "per" alone: "Morimoto per Martinez"."""
    if i + 2 >= len(pieces) or pieces[i + 1].low != "per" or not pieces[i + 2].name:
        return False
    return (
        i == 0
        or pieces[i - 1].low in (".", ":", ",", "!", "e", "-", "–", "dentro", "entra", ")")
        or pieces[i - 1].team is not None
    )


def _ins_and_outs(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Who comes in and who goes: every keyword turns what follows it, or what stood before it, into one or
    the other."""
    sides: dict[str, list[Piece]] = {"in": [], "out": []}
    role = ""
    pending: list[Piece] = []  # named before any keyword: the one that follows tells
    aside: list[Piece] = []  # named before a colon: only "al suo posto" goes back to them
    for i, piece in enumerate(pieces):
        if piece.name:
            if not _is_coach(pieces, i):
                (sides[role] if role else pending).append(piece)
            continue
        turn = _turn(pieces, i)
        if turn.startswith("before-"):
            was = turn[7:]
            other = "out" if was == "in" else "in"
            if role == other and sides[other] and pieces[i - 1] is sides[other][-1]:
                pending.append(sides[other].pop())  # "Rigoni per Galloppa e Pesaresi per Pivotto"
            sides[was] += pending or aside
            pending, aside, role = [], [], other
        elif turn.startswith("are-"):
            sides[turn[4:]] += pending
            pending = []
        elif turn == "stop":
            role = ""
        elif turn == "colon":
            aside, pending = pending, []
        elif turn:
            sides["out" if turn == "in" else "in"] += (
                pending
                if len(pending) == 1 and not sides["in"] and not sides["out"] and _clause_ends(pieces, i)
                else []
            )
            role = turn
    for role, other in (("in", "out"), ("out", "in")):
        if sides[role] and not sides[other] and 0 < len(pending) <= len(sides[role]):
            sides[other] = pending
    ins, outs = _once(sides["in"]), _once(sides["out"])
    return ins, [p for p in outs if p not in ins]


def _clause_ends(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a comma, a stop or "e" stands right before the keyword at i: the name before it is of another clause."""
    return i > 0 and (pieces[i - 1].low in ENDS or pieces[i - 1].low in (",", "e", ":"))


def _turn(pieces: Sequence[Piece], i: int) -> str:
    """What a word does to names: "in" or "out" for those after it, "are-…" for those before, "before-…" for those
    before with the others after it, "stop" where a sentence ends."""
    low = pieces[i].low
    before = pieces[i - 1].low if i else ""
    after = pieces[i + 1].low if i + 1 < len(pieces) else ""
    known = vocabulary()
    if low in ENDS or low == ":":
        return "stop" if low in ENDS else "colon"
    if low == "fuori" and before in ("da", "di", "al", "per"):
        return ""  # "tiro da fuori"
    if low in known["replaces.verbs"]:
        return "before-out" if before in ("lo", "la", "li", "le") else "before-in"
    if low in ("posto", "luogo"):
        return (
            "before-in"
            if after in ("di", "del", "dello", "della", "dell'")
            else "before-out"
            if before in ("suo", "sua", "loro")
            else ""
        )
    if low == "per":
        return "before-in" if _between_names(pieces, i) else ""
    if low in known["replaces.turned"]:
        return "before-out"
    if low in ("lascia", "lasciano"):
        return _leaves_to(pieces, i) if after in ("il", "spazio", "campo", "posto") else ""
    if low.startswith("subentr") and after in ("a", "ad", "al", "allo"):
        return "before-in"
    if (says(low, "enters") and low != "in") or (low == "in" and after == "campo"):
        return "in" if _name_soon(pieces, i) else "are-in"
    if says(low, "leaves"):
        return "out" if _name_soon(pieces, i) else "are-out"
    return ""


def _leaves_to(pieces: Sequence[Piece], i: int) -> str:
    """ "Lascia il campo a Rossi" against "lascia il campo Rossi"."""
    follows = next((j for j in range(i + 1, min(i + 6, len(pieces))) if pieces[j].name), None)
    if follows is None:
        return "are-out"
    return "out" if pieces[follows - 1].low in ("campo", "terreno") else "before-out"


def _between_names(pieces: Sequence[Piece], i: int) -> bool:
    return (
        0 < i < len(pieces) - 1
        and bool(pieces[i - 1].name or pieces[i - 1].low == ")")
        and any(p.name for p in pieces[i + 1 : i + 3])
    )


def _name_soon(pieces: Sequence[Piece], i: int) -> bool:
    """Whether a name follows before the clause ends."""
    for piece in pieces[i + 1 : i + 6]:
        if piece.name:
            return True
        if piece.low in ENDS or piece.low == ",":
            return False
    return False


def _is_coach(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the name at i is the coach's: after "per" or "di" that follow "cambio", or before a verb that he does."""
    after = pieces[i + 1].low if i + 1 < len(pieces) else ""
    before = pieces[i - 1].low if i else ""
    if before in TITLES or after in (
        "toglie",
        "inserisce",
        "manda",
        "butta",
        "getta",
        "richiama",
        "ricorre",
        "cambia",
        "opta",
        "prova",
        "sceglie",
        "inserisce",
        "schiera",
        "lancia",
    ):
        return True
    if (
        after in ("si", "le", "la", "lo")
        and i + 2 < len(pieces)
        and pieces[i + 2].low in ("gioca", "copre", "affida", "prova", "tenta", "ridisegna")
    ):
        return True
    noun = [p.low for p in pieces[max(0, i - 2) : i]]
    return before in ("per", "di") and any(
        w in ("cambio", "cambi", "sostituzione", "sostituzioni", "mossa", "carta") for w in noun[:1]
    )


def _once(pieces: Sequence[Piece]) -> list[Piece]:
    seen: dict[str, Piece] = {}
    for piece in pieces:
        seen.setdefault(fold(piece.name), piece)
    return list(seen.values())


def read_goal(
    pieces: Sequence[Piece], clock: Clock, sides: Sides, side: Side | None, score: tuple[int, int] | None
) -> Telling | None:
    """The goal of an entry that is known to tell one; no player where the entry names none."""
    low = " ".join(p.low for p in pieces)
    own = "autogol" in low or "autorete" in low
    method = (
        "own_goal"
        if own
        else "penalty"
        if _from_the_spot(pieces)
        else "free_kick"
        if re.search(r"(?:punizione (?!e\b)|su punizione)", low) and "rigore" not in low
        else None
    )
    scorer = _own_scorer(pieces) if own else _scorer(pieces)
    assist = next((p for i, p in enumerate(pieces) if p.name and _assists(pieces, i) and p is not scorer), None)
    if assist is None and scorer is not None and scorer is _passed_to(pieces):
        assist = next((p for p in pieces if p.name and p is not scorer), None)
    people: dict[Role, str] = {}
    if scorer:
        people["player"] = scorer.name
    if assist and not own and method != "penalty":
        people["assist"] = assist.name
    lineup = sides.of_player(scorer.name) if scorer else None
    side = side or (OTHER_SIDE[lineup] if lineup and own else lineup)
    facts: dict[str, object] = {}
    if method:
        facts["method"] = method
    if score:
        facts["score"] = score
    if body := _body_part(low):
        facts["body_part"] = body
    base = [p for p in pieces if p.name] or list(pieces[:1])
    return _telling("goal", [pieces[0], *base[-1:]] if pieces else base, clock, side, people, facts, "live-goal")


def _from_the_spot(pieces: Sequence[Piece]) -> bool:
    low = [p.low for p in pieces]
    text = " ".join(low)
    return (
        "dischetto" in low
        or "undici metri" in text
        or "trasforma" in low
        or re.search(r"su rigore|il rigore|rigore (?:di|trasformato|realizzato)|dal penalty|spiazza", text) is not None
    )


STOPPING = frozenset(["respinge", "para", "respinta", "parata", "devia", "deviazione", "ribatte", "smanaccia", "tocca"])


def _own_scorer(pieces: Sequence[Piece]) -> Piece | None:
    """Who puts it in his own net: the name after "autogol di", else the last one before the word."""
    at = next(
        (
            i
            for i, p in enumerate(pieces)
            if p.low in ("autogol", "autorete")
            or (p.low == "porta" and i + 1 < len(pieces) and pieces[i + 1].low == "sbagliata")
        ),
        0,
    )
    after = next((p for i, p in enumerate(pieces) if p.name and at < i <= at + 3), None)
    before = [p for p in pieces[:at] if p.name]
    return after or (before[-1] if before else next((p for p in pieces if p.name), None))


def _scorer(pieces: Sequence[Piece]) -> Piece | None:
    """Who scores: the name cried out first, the one after "gol di" and the like, the one that a pass reaches, else the
    first that is no server, keeper or fouled man."""
    if len(pieces) > 1 and pieces[0].name and pieces[1].low == "!":
        return pieces[0]
    for i, piece in enumerate(pieces):
        if piece.name and _finished_by(pieces, i):
            return piece
    reached = _passed_to(pieces)
    if reached is not None:
        return reached
    free = (p for i, p in enumerate(pieces) if p.name and not _assists(pieces, i) and not _is_beaten(pieces, i))
    return next(free, None)


def _finished_by(pieces: Sequence[Piece], i: int) -> bool:
    """Whether "gol di", "incornata di" and the like stand before the name at i, and nobody stops that shot."""
    if i < 2 or pieces[i - 1].low not in ("di", "del", "dello", "della", "dell'"):
        return False
    stopped = any(p.low in STOPPING for p in pieces[max(0, i - 5) : i])
    return says(pieces[i - 2].low, "goal.nouns") and not stopped and not _assists(pieces, i)


def _assists(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the name at i is who serves: "assist di", "su cross di", "servito da"; or who "serve",
    "crossa" himself."""
    before = [p.low for p in pieces[max(0, i - 3) : i]]
    if (
        before
        and before[-1] in ("di", "del", "dello", "della", "dell'", "per")
        and any(w in vocabulary()["goal.assist_before"] for w in before[:-1])
        and before[-1] != "per"
    ):
        return True
    if (
        before
        and before[-1] in ("da", "dal", "dalla")
        and any(w in vocabulary()["goal.served_by"] for w in before[:-1])
    ):
        return True
    after = [p.low for p in pieces[i + 1 : i + 3]]
    return any(
        w in ("crossa", "serve", "pennella", "imbecca", "lancia", "pesca", "mette", "batte") and w != "batte"
        for w in after[:1]
    ) and after[1:2] not in (["in"], ["dentro"], ["a"])  # "mette in rete" is no pass


def _is_beaten(pieces: Sequence[Piece], i: int) -> bool:
    """Whether the name at i is the keeper or a defender: what stands before or after him says so."""
    before = pieces[i - 1].low if i else ""
    after = [p.low for p in pieces[i + 1 : i + 4]]
    if before in vocabulary()["goal.beaten_before"]:
        return True
    return bool(after) and (
        after[0] in vocabulary()["goal.beaten_after"]
        or " ".join(after[:2]) in ("non può", "non ci", "non arriva", "può nulla")
    )


def _passed_to(pieces: Sequence[Piece]) -> Piece | None:
    """The name that a pass of the one before reaches: "Zielinski in verticale per Anguissa"."""
    for i, piece in enumerate(pieces):
        if (
            piece.name
            and i
            and pieces[i - 1].low in ("per", "a", "ad", "il", "verso")
            and any(p.name for p in pieces[: i - 1])
        ):
            between = {p.low for p in pieces[max(0, i - 6) : i]}
            if between & vocabulary()["goal.passes"]:
                return piece
    return None


def _body_part(low: str) -> str | None:
    if re.search(r"\bdi testa\b|incorn|capocciata|zuccata|inzuccata|colpo di testa|\btesta\b", low):
        return "head"
    if re.search(r"\bdi sinistro\b|\bmancino\b|\bsinistro\b|col mancino", low):
        return "left_foot"
    return "right_foot" if re.search(r"\bdestro\b", low) else None


def read_shot(pieces: Sequence[Piece], clock: Clock, sides: Sides) -> Telling | None:
    """An attempt told without its verb: "Rossi dal limite, fuori!", "Palo di Bianchi", "Parata di Neri su
    Verdi"."""
    text = " ".join(p.low for p in pieces)
    outcome = _outcome(text)
    faced = outcome == "saved" and any(a.low in ("su", "sul") and b.name for a, b in pairwise(pieces))
    if outcome is None or not (
        faced
        or outcome == "woodwork"
        or any(_phrase(w, text) for w in vocabulary()["shot.tries"])
        or _shooter_opens(pieces)
    ):
        return None
    keeper = _keeper(pieces, outcome)
    shooter = _shooter(pieces, keeper)
    if shooter is None:
        return None
    people: dict[Role, str] = {"player": shooter.name}
    if keeper is not None and keeper is not shooter and outcome in ("saved", "blocked"):
        people["opponent"] = keeper.name
    assist = next(
        (p for i, p in enumerate(pieces) if p.name and p not in (shooter, keeper) and _assists(pieces, i)), None
    )
    if assist is not None:
        people["assist"] = assist.name
    facts: dict[str, object] = {"outcome": outcome}
    if body := _body_part(text):
        facts["body_part"] = body
    side = sides.of_player(shooter.name) or next((p.team for p in pieces if p.team), None)
    return _telling("shot", [pieces[0], pieces[-1]], clock, side, people, facts, "live-shot")


@lru_cache(maxsize=500)
def _pattern(word: str) -> re.Pattern[str]:
    stem = re.escape(word.rstrip("*"))
    return re.compile(rf"(?<!\w){stem}" if word.endswith("*") else rf"(?<!\w){stem}(?!\w)")


def _phrase(word: str, text: str) -> bool:
    return _pattern(word).search(text) is not None


BESIDE_WOODWORK = re.compile(  # where a ball goes by the posts, or which of them it is aimed at
    r"\b(?:(?:sopra|oltre|sotto) (?:la|il|l') ?|(?:alt[oa]|vicin[oa]|accanto|fianco) (?:sulla|sul|alla|al|all') ?"
    r"|(?:sul|al|il|del) (?:primo|secondo|proprio|suo) )(?:traversa|palo|montante|incrocio|legno)"
    r"|\bpal[oi] (?:lontano|opposto|lungo|più lontano)"
)


def _outcome(text: str) -> str | None:
    """How the attempt ended, the woodwork before all, a block before a save, a save before a miss."""
    text = BESIDE_WOODWORK.sub(" ", text)
    for outcome in ("woodwork", "blocked", "saved", "off_target"):
        if any(_phrase(w, text) for w in vocabulary()[f"shot.{outcome}"]):
            return outcome
    return None


def _keeper(pieces: Sequence[Piece], outcome: str) -> Piece | None:
    """Who stops it: "parata di X", "X respinge", "murato da X"."""
    if outcome not in ("saved", "blocked"):
        return None
    stops = vocabulary()["shot.saved"] | vocabulary()["shot.blocked"]
    for i, piece in enumerate(pieces):
        if not piece.name:
            continue
        before = [p.low for p in pieces[max(0, i - 2) : i]]
        after = " ".join(p.low for p in pieces[i + 1 : i + 4])
        if (
            before
            and before[-1] in ("di", "da", "del", "dell'", "dal")
            and any(
                w.startswith(
                    (
                        "parat",
                        "intervent",
                        "respint",
                        "murat",
                        "deviazion",
                        "contrat",
                        "ribattut",
                        "rimpallat",
                        "uscita",
                        "miracol",
                        "bloccat",
                    )
                )
                for w in before
            )
        ):
            return piece
        if before and before[-1] in (
            "ottima",
            "ottimo",
            "super",
            "bravo",
            "brava",
            "attento",
            "attenta",
            "grande",
            "provvidenziale",
            "reattivo",
        ):
            return piece
        if any(
            after.startswith(w.rstrip("*")) for w in stops if w not in ("intervento", "deviazione", "parata")
        ) or after.startswith(
            (
                "ci mette",
                "c'è",
                "ci arriva",
                "si ",
                "non si",
                "alza",
                "mette in",
                "blocca",
                "in corner",
                "in angolo",
                "fa sua",
                "in presa",
            )
        ):
            return piece
    return None


def _shooter(pieces: Sequence[Piece], keeper: Piece | None) -> Piece | None:
    named = [(i, p) for i, p in enumerate(pieces) if p.name and p is not keeper]
    for i, piece in named:
        before = [p.low for p in pieces[max(0, i - 2) : i]]
        if before and before[-1] in ("su", "sul") and keeper is not None:
            return piece
        if (
            len(before) > 1
            and before[-1] in ("di", "del", "dell'")
            and before[-2] in vocabulary()["shot.nouns"]
            and not _assists(pieces, i)
        ):
            return piece
    for i, piece in named:
        if not _assists(pieces, i) and (
            i == 0 or pieces[i - 1].low not in ("da", "dal", "per", "contro", "a", "con", "di", "su")
        ):
            return piece
    return None


def _shooter_opens(pieces: Sequence[Piece]) -> bool:
    """Whether the entry opens with a bare name and a mark: "Belfodil! …", "Corvia, …"."""
    return len(pieces) > 1 and bool(pieces[0].name) and pieces[1].low in ("!", ",", ":", ".", "…")


def read_disallowed(pieces: Sequence[Piece], words: str, clock: Clock, sides: Sides) -> Telling | None:
    """A goal that an entry takes back: "Gol annullato a Polli, tocco di braccio"."""
    if not re.search(
        r"annullat|(?:segna|gol|rete|in rete)[^.!]{0,40}(?:fuorigioco|offside)|annulla (?:il gol|la rete)", words
    ):
        return None
    after = next((i for i, p in enumerate(pieces) if p.low.startswith("annulla")), 0)
    scorer = next(
        (p for i, p in enumerate(pieces) if p.name and i > after and pieces[i - 1].low in ("a", "ad", "al", "di")), None
    )
    scorer = scorer or next(
        (p for i, p in enumerate(pieces) if p.name and not _assists(pieces, i) and not _is_beaten(pieces, i)), None
    )
    side = (sides.of_player(scorer.name) if scorer else None) or next((p.team for p in pieces if p.team), None)
    reason = (
        "offside"
        if re.search(r"fuorigioco|offside|oltre la linea|posizione irregolare", words)
        else "handball"
        if re.search(r"\bman[oi]\b|bracci", words)
        else "foul"
        if re.search(r"fallo|spinta|carica", words)
        else None
    )
    people: dict[Role, str] = {"player": scorer.name} if scorer else {}
    return _telling(
        "goal_disallowed",
        [pieces[0], pieces[-1]],
        clock,
        side,
        people,
        {"reason": reason} if reason else {},
        "live-disallowed",
    )


def read_award(pieces: Sequence[Piece], words: str, clock: Clock, sides: Sides) -> Telling | None:
    """A penalty cried out at the head of an entry: "RIGOREEE! Felipe su Menez"."""
    head = [p.low for p in pieces[:5]]
    if not any(w in ("rigore", "penalty") for w in head) or re.search(
        r"parat|sbagli|fallit|ripet|revoc|annull|niente|non c'|nessun|dubbi|protest|chied|invoc|batte"
        r"|trasform|gol\b|tolto|negat",
        words,
    ):
        return None
    people: dict[Role, str] = {}
    for (_, a), (_, link), (_, b) in zip(
        enumerate(pieces), enumerate(pieces[1:], 1), enumerate(pieces[2:], 2), strict=False
    ):
        if a.name and b.name and link.low in ("su", "sul", "ai"):
            people = {"opponent": a.name, "player": b.name}
            break
    side = sides.of_player(people["player"]) if people else None
    side = side or next(
        (p.team for i, p in enumerate(pieces) if p.team and i and pieces[i - 1].low in ("per", "il", "la", "al", "l'")),
        None,
    )
    if not people and side is None and "!" not in head:
        return None
    return _telling("penalty_awarded", [pieces[0], pieces[-1]], clock, side, people, {}, "live-award")
