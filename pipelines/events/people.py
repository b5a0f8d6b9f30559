"""The people and the two teams of one article: who is named, who is meant by a surname, a nickname or "il portiere"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from pipelines.items import Frame

from .belonging import Bond, settle
from .clubs import club_of, clubs_by_key, name_key, names_of, nicknames_of
from .contenders import AMBIGUOUS, is_well_known
from .lexicon import lexicon, words
from .names import Run, key_words, names_agree, runs
from .telling import OTHER_SIDE, Side
from .tokens import Doc, fold

Preposition = Literal["di", "a", "da", "per", "su", "con", "in", "tra", "other"]
PREPOSITIONS: dict[str, Preposition] = {
    word: base  # type: ignore[misc]
    for base, forms in {
        "di": "di del dello della dell' dei degli delle d'",
        "a": "a ad al allo alla all' ai agli alle",
        "da": "da dal dallo dalla dall' dai dagli dalle",
        "per": "per",
        "su": "contro su sul sullo sulla sull' sui sugli sulle",
        "con": "con col coi",
        "in": "in nel nello nella nell' nei negli nelle",
        "tra": "tra fra",
        "other": "verso davanti dietro sotto oltre senza presso come dopo",
    }.items()
    for word in forms.split()
}
ARTICLES = words("people_articles")
GENERIC: dict[str, Side] = {"padroni": "home", "locali": "home", "ospiti": "away", "ospite": "away"}


@dataclass(slots=True, eq=False)
class Person:
    """Someone the article names. `side` where a line-up or the grammar settles it; `votes` are weaker signs of it."""

    name: str
    key: tuple[str, ...]
    side: Side | None = None
    roles: set[str] = field(default_factory=set)  # keeper, coach, referee
    votes: Counter[Side] = field(default_factory=Counter)
    epithets: set[str] = field(default_factory=set)
    firm: bool = False  # a line-up names him
    tilt: float = 0.0  # what the sentences about him suggest, towards home where positive
    lean: float = 0.0  # the same with the signs of those he plays with and against

    @property
    def team(self) -> Side | None:
        """The side as best known."""
        if self.side is None and abs(self.lean) > 0.3:
            return "home" if self.lean > 0 else "away"
        if self.side or not self.votes:
            return self.side
        (best, n), *rest = self.votes.most_common(2)
        return best if not rest or n > rest[0][1] else None


@dataclass(frozen=True, slots=True)
class Who:
    """Someone meant at tokens first:last, behind a preposition or none: a person, a team, or an epithet for one."""

    first: int
    last: int
    kind: Literal["person", "team", "epithet"]
    prep: Preposition | None
    person: Person | None = None
    side: Side | None = None
    word: str = ""  # an epithet's noun, a team's word
    opening: int = 0  # where its preposition, articles and appositions start
    shared: bool = False  # joined by "e" or a comma to the one before


@lru_cache(maxsize=500)
def team_words(home_name: str, away_name: str) -> dict[str, list[tuple[tuple[str, ...], Side, bool]]]:
    """What the two teams of a match are called, by the first word of each name: its words, the side, whether it is a
    name (written with a capital) or a nickname. Shared by the articles about the match: only to be read."""
    home, away = club_of(home_name), club_of(away_name)
    teams: dict[str, list[tuple[tuple[str, ...], Side, bool]]] = {}
    for side, club, other in (("home", home, away), ("away", away, home)):
        rival = names_of(other) | nicknames_of(other)
        for phrase in sorted(names_of(club) | nicknames_of(club)):
            if phrase in rival or phrase in (
                "giallo",
                "gialli",
                "gialla",
                "rosso",
                "rossi",
                "rossa",
                "bianco",
                "verde",
            ):
                continue
            pieces = tuple(phrase.split())
            if pieces:
                named = phrase in names_of(club) or any(n[0].isupper() and fold(n) == phrase for n in club.nicknames)
                teams.setdefault(pieces[0], []).append((pieces, side, named))  # type: ignore[arg-type]
        for word in key_words(club.name):
            if len(word) > 3 and word not in rival and word not in key_words(other.name):
                teams.setdefault(word, []).append(((word,), side, True))  # type: ignore[arg-type]
    return teams


class People:
    """The people and teams of an article; `mentions` says who is meant in a stretch of tokens."""

    def __init__(self, frames: Sequence[Frame] = (), match: int = 0) -> None:
        self.persons: list[Person] = []
        self._by_word: dict[str, list[Person]] = {}
        self._spans: dict[int, dict[int, tuple[int, Person]]] = {}
        self._common = words("common")
        self.bonds: list[Bond] = []
        self.frame = frames[match] if frames else None
        self._teams = team_words(self.frame.home, self.frame.away) if self.frame else {}
        if self.frame is not None:
            self._know_lineups(self.frame)

    def _know_lineups(self, frame: Frame) -> None:
        for side in ("home", "away"):
            lineup = frame.lineups.get(side)
            if lineup is None:
                continue
            everyone = dict.fromkeys((*lineup.starters, *lineup.bench, *lineup.ratings))
            for n, name in enumerate(everyone):
                person = self.add(name, side=side)
                person.firm = True
                if n == 0 and len(lineup.starters) >= 7:
                    person.roles.add("keeper")
            if lineup.coach:
                self.add(lineup.coach, side=side).roles.add("coach")
        if frame.referee:
            self.add(frame.referee).roles.add("referee")

    def add(self, name: str, side: Side | None = None) -> Person:
        """The person of this name, made if new; the fullest form of the name is kept."""
        key = key_words(name)
        person = self._find(key, side)
        if person is None:
            person = Person(name, key, side)
            self.persons.append(person)
            self._index(person, key)
            return person
        if len(key) > len(person.key):
            person.name, person.key = name, key
            self._index(person, key)
        if side and person.side is None:
            person.side = side
        return person

    def _index(self, person: Person, key: tuple[str, ...]) -> None:
        for word in key:
            known = self._by_word.setdefault(word, [])
            if person not in known:
                known.append(person)

    def _find(self, key: tuple[str, ...], side: Side | None = None) -> Person | None:
        fitting = [p for p in self._by_word.get(key[-1], ()) if names_agree(key, p.key)]
        if not fitting and len(key) > 1:
            fitting = [p for p in self._by_word.get(key[0], ()) if names_agree(key, p.key)]
        if side is not None:
            fitting = [p for p in fitting if p.side in (side, None)]
        return fitting[-1] if fitting else None

    def bond(self, a: Person, b: Person, *, same: bool, weight: float = 1.5) -> None:
        """Note that two people play on the same side, or on opposite ones."""
        self.bonds.append((a, b, weight if same else -weight))

    def settle_sides(self) -> None:
        """Give a side to everyone whom bonds and signs tell of."""
        settle(self.persons, self.bonds)

    def named(self, name: str) -> Person | None:
        """The known person that a name means."""
        return self._find(key_words(name))

    def learn(self, docs: Iterable[Doc]) -> None:
        """Take in the names of the texts: first the sure ones, then those that only open sentences."""
        docs = list(docs)
        opening: list[tuple[Doc, Run]] = []
        sure: list[tuple[Doc, Run]] = []
        for doc in docs:
            for run in runs(doc, 0, len(doc)):
                if run.opens:
                    opening.append((doc, run))
                else:
                    sure += [(doc, part) for part in self._person_runs(doc, run)]
        sure.sort(key=lambda pair: pair[1].first - pair[1].last)
        for doc, run in sure:
            self._place(doc, run)
        parts = [(doc, part) for doc, run in opening for part in self._person_runs(doc, run)]
        parts.sort(key=lambda pair: pair[1].first - pair[1].last)
        lowered: set[str] | None = None
        for doc, part in parts:
            if part.opens and part.last - part.first == 1:
                if lowered is None:
                    lowered = {w for d in docs for w, o in zip(d.low, d.words, strict=True) if w == o}
                if not self._fit_to_open(doc, part.first, lowered):
                    continue
            self._place(doc, part)
        self.learn_roles(docs)

    def _fit_to_open(self, doc: Doc, i: int, lowered: set[str]) -> bool:
        """Whether one capital word that opens a sentence is a name: known from elsewhere, or no Italian word."""
        word = doc.low[i]
        if self._find((fold(word),)) is not None:
            return True
        if word in self._common or word in lowered or word in lexicon().forms or word in lexicon().index:
            return self._leads_a_verb(doc, i)
        return len(word) > 3 or (len(word) > 2 and not doc.words[i].isupper())

    def _leads_a_verb(self, doc: Doc, i: int) -> bool:
        """Whether a noun that opens a sentence stands, with no article, right before a finite verb: only names do."""
        if (
            i + 1 >= len(doc)
            or doc.low[i] in words("function_words")
            or doc.low[i] in lexicon().forms
            or not doc.words[i][0].isupper()
        ):
            return False
        k = i + 1
        while k < len(doc) - 1 and k < i + 3 and doc.low[k] in ("lo", "la", "li", "le", "gli", "si", "ci", "non"):
            k += 1
        following = doc.low[k]
        return lexicon().forms.get(following) in ("present", "past") and following not in ("è", "sono", "e", "fu")

    def _belongs(self, doc: Doc, first: int, last: int, person: Person) -> None:
        """ "Il Cagliari di Ranieri", "Rossi del Bari": a name tied to a team by "di"."""
        if len(doc) > last + 1 and doc.low[last] in ("del", "dell'", "della"):
            side = self.team_at(doc, last + 1, min(last + 4, len(doc)))[1]
            if side is not None:
                person.votes[side] += 2
        if first >= 2 and doc.low[first - 1] == "di":
            for width in (1, 2, 3):
                found, side = self.team_at(doc, first - 1 - width, first - 1) if first - 1 - width >= 0 else (0, None)
                if side is not None and found == width:
                    person.votes[side] += 5
                    person.roles.add("coach")
                    return

    def learn_roles(self, docs: Iterable[Doc]) -> None:
        """Who is referee, keeper or coach by the words beside a name ("l'arbitro Rossi", "Rossi estrae il giallo")."""
        acts = words("referee_acts")
        for doc in docs:
            for first, (last, person) in self._spans.get(id(doc), {}).items():
                before = doc.low[max(0, first - 3) : first]
                self._belongs(doc, first, last, person)
                k = last
                while k < min(last + 3, len(doc)) and doc.low[k] in (
                    "gli",
                    "le",
                    "si",
                    "non",
                    "ha",
                    "lo",
                    "deve",
                    "poi",
                    "ci",
                ):
                    k += 1
                following = doc.low[k] if k < len(doc) else ""
                if (
                    (
                        (before[-1:] and before[-1] in words("referee_titles"))
                        or before[-2:] in (["taccuino", "di"], ["occhi", "di"])
                    )
                    or before == ["direttore", "di", "gara"]
                    or (following in acts and not person.firm)
                ):
                    person.roles.add("referee")
                elif (before[-1:] and before[-1] in ("portiere", "portierone")) or before[-2:] == [
                    "estremo",
                    "difensore",
                ]:
                    person.roles.add("keeper")
                elif before[-1:] and before[-1] in ("tecnico", "mister", "allenatore", "trainer", "ct", "allenatrice"):
                    person.roles.update(("coach", "titled"))

    def _place(self, doc: Doc, run: Run) -> None:
        name = doc.span(run.first, run.last)
        if name.isupper() and len(name) > 3:
            name = name.title()
        self._spans.setdefault(id(doc), {})[run.first] = (run.last, self.add(name))

    def _person_runs(self, doc: Doc, run: Run) -> Iterable[Run]:
        """The parts of a run that can be a person: no team, title, competition, nor a sentence's opening word."""
        first, last, opens = run.first, run.last, run.opens
        titles, never = words("titles"), words("not_people")
        if last - first == 1 and "-" in doc.words[first] and self._pairs_teams(doc.words[first]):
            return
        while first < last:
            low = doc.low[first]
            if low in titles or (
                opens
                and (low in self._common or low in lexicon().index)
                and not self._is_name_start(doc, first, last)
                and not (last - first == 1 and self._leads_a_verb(doc, first))
            ):
                first, opens = first + 1, False
            else:
                break
        begin = first
        i = first
        while i < last:
            width = self.team_at(doc, i, last)[0] or self._club_width(doc, i, last)
            if width or doc.low[i] in never:
                if i > begin:
                    yield Run(begin, i, opens)
                i += width or 1
                begin, opens = i, False
            else:
                i += 1
        if last - begin == 1 and (
            doc.low[begin] in ARTICLES or doc.low[begin] in PREPOSITIONS or doc.low[begin] in ("e", "ma", "che")
        ):
            return
        if last > begin and not all(
            doc.low[k] in words("particles") or len(doc.low[k]) < 2 for k in range(begin, last)
        ):
            yield Run(begin, last, opens and begin == first)

    def _pairs_teams(self, word: str) -> bool:
        """Whether a hyphenated word is a match ("Milan-Atalanta")."""
        return all(fold(piece) in self._teams or name_key(piece) in clubs_by_key() for piece in word.split("-"))

    def _is_name_start(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a word that opens a sentence begins a known name ("Conti Rossi", "Di Lorenzo")."""
        if last - first < 2:
            return bool(self._by_word.get(fold(doc.words[first])))
        key = tuple(fold(w) for w in doc.words[first:last] if len(w) > 1)
        return any(names_agree(key, p.key) and len(p.key) >= len(key) for p in self._by_word.get(key[-1], ()))

    def _club_width(self, doc: Doc, i: int, last: int) -> int:
        """The width in tokens of another club's name at token i, unless a line-up has a person of that name."""
        for width in (3, 2, 1):
            if i + width <= last:
                name = doc.span(i, i + width)
                if not is_club(name):
                    continue
                if any(p.firm for p in self._by_word.get(fold(name).split()[-1], ())):
                    continue
                if width == 1 and _bears_a_towns_name(doc, i):
                    continue
                if width == 1 and fold(name) in AMBIGUOUS and doc.low[i - 1] not in DETERMINERS:
                    continue
                return width
        return 0

    def team_at(self, doc: Doc, i: int, last: int) -> tuple[int, Side | None]:
        """The team named at token i: its width in tokens and its side; (0, None) where there is none."""
        if i >= last:
            return 0, None
        low = doc.low[i]
        if low not in self._teams and (low.isascii() or fold(low) not in self._teams):
            return 0, None
        best: tuple[int, Side | None] = (0, None)
        for pieces, side, named in self._teams.get(fold(low), ()):
            width = len(pieces)
            if width <= best[0] or i + width > last:
                continue
            if all(fold(doc.low[i + k]) == piece for k, piece in enumerate(pieces)):
                if named and not doc.words[i][0].isupper():
                    continue
                if not named and doc.words[i][0].isupper() and self._by_word.get(pieces[-1]):
                    continue
                best = (width, side)
        return best

    def mentions(self, doc: Doc, first: int, last: int) -> list[Who]:
        """Everyone meant in tokens first:last, in order."""
        spans, teams = self._spans.get(id(doc), {}), self._teams
        epithets = words("epithets")
        found: list[Who] = []
        i = first
        while i < last:
            low = doc.low[i]
            if i in spans and spans[i][0] <= last:
                end, person = spans[i]
                if i - 2 >= first and doc.low[i - 1] in ("di", "del", "dell'") and doc.low[i - 2] in words("squads"):
                    person.roles.add("coach")
                    found.append(
                        self._who(doc, first, i, end, "team", found, person=person, side=person.team, word=low)
                    )
                    i = end
                    continue
                found.append(self._who(doc, first, i, end, "person", found, person=person, side=person.team))
                i = end
                continue
            width, side = self.team_at(doc, i, last) if low in teams or not low.isascii() else (0, None)
            if width:
                found.append(self._who(doc, first, i, i + width, "team", found, side=side, word=low))
                i += width
                continue
            if low in GENERIC and (low != "padroni" or doc.low[i + 1 : i + 3] == ["di", "casa"]):
                end = i + (3 if low == "padroni" else 1)
                found.append(self._who(doc, first, i, end, "team", found, side=GENERIC[low], word=low))
                i = end
                continue
            if low in epithets and i > first and doc.low[i - 1] in DETERMINERS:
                found.append(self._who(doc, first, i, i + 1, "epithet", found, word=low))
            i += 1
        return [w for k, w in enumerate(found) if not _leads_a_name(found, k)]

    def _who(self, doc: Doc, begin: int, i: int, end: int, kind: str, found: list[Who], **what: object) -> Who:
        prep, opening = preposition_before(doc, begin, i)
        before = found[-1] if found else None
        if before is not None and before.kind == "epithet" and opening <= before.first:  # "e il portiere Rossi"
            before = found[-2] if len(found) > 1 else None
        shared = (
            before is not None
            and before.kind != "team"
            and kind != "team"
            and _joined(doc, before.last, opening, end)
            and (prep is None or prep == before.prep)
            and not (before.prep == "per" and doc.low[end : end + 1] == ["per"])
        )
        if shared and prep is None and before is not None:
            prep = before.prep
        person = what.get("person")
        if isinstance(person, Person) and opening < i:
            person.epithets.update(w for w in doc.low[opening:i] if w in words("epithets"))
            for k in range(opening, i):
                side = self.team_at(doc, k, i)[1]
                if side is not None:
                    person.votes[side] += 3
        return Who(i, end, kind, prep, opening=opening, shared=shared, **what)  # type: ignore[arg-type]


def _bears_a_towns_name(doc: Doc, i: int) -> bool:
    """Whether a lesser club's name is here a person's: after "Di", or beside a verb where it nowhere has an article."""
    before = doc.low[i - 1] if i else ""
    if before in ("di", "de") and doc.capital(i - 1):
        return True
    if before in DETERMINERS or is_well_known(doc.words[i]):
        return False
    following = doc.low[i + 1] if i + 1 < len(doc) else ""
    if not any(lexicon().forms.get(w) in ("present", "past") for w in (before, following)):
        return False
    places = (k for k, word in enumerate(doc.low) if word == doc.low[i] and k)
    return not any(doc.low[k - 1] in DETERMINERS or doc.low[k - 1] in ("a", "ad", "-", "contro") for k in places)


DETERMINERS = (
    ARTICLES
    | frozenset(w for w, p in PREPOSITIONS.items() if p != "other" and len(w) > 2)
    | {"suo", "stesso", "stessa", "proprio", "numero", "quest'"}
)


@lru_cache(maxsize=20_000)
def is_club(name: str) -> bool:
    """Whether a listed club is called so."""
    return name_key(name) in clubs_by_key()


ADJECTIVAL = tuple(sorted(words("people_adjectival")))
ARTICULATED = words("people_articulated")


def preposition_before(doc: Doc, begin: int, i: int) -> tuple[Preposition | None, int]:
    """The preposition that governs the name at token i and where it starts, articles and appositions passed over."""
    k = i - 1
    between = words("before_names")
    steps = 0
    article = False
    while k >= begin and steps < 6:
        low = doc.low[k]
        if low in PREPOSITIONS and low != "dopo":
            base = PREPOSITIONS[low]
            if base == "a" and low == "a" and k > begin and doc.low[k - 1] in ("davanti", "addosso", "accanto"):
                return ("a" if doc.low[k - 1] == "addosso" else "other"), k - 1
            return base, k
        if low in ARTICLES:
            article = True
        elif (
            steps == 0
            and k > begin
            and (
                doc.low[k - 1] in ARTICLES
                or ((doc.low[k - 1] in PREPOSITIONS and len(doc.low[k - 1]) > 3) or doc.low[k - 1] in ARTICULATED)
            )
            and low.endswith(ADJECTIVAL)
            and low not in words("function_words")
            and low not in lexicon().forms
            and low not in lexicon().index
        ) or (
            low in between
            or (not article and low.endswith(BEFORE_ENDINGS) and low not in lexicon().forms)
            or low in ("'", '"')
        ):
            pass
        else:
            break
        k -= 1
        steps += 1
    if article:
        return None, k + 1
    k = i - 1
    while k >= begin and doc.low[k] in words("titles"):
        k -= 1
    return None, k + 1


BEFORE_ENDINGS = ("issimo", "issima", "ense")


def _joined(doc: Doc, last: int, opening: int, end: int) -> bool:
    """Whether only a comma or "e" stands between the end of one mention and the start of the next."""
    if ")" in doc.low[last:opening] and "(" not in doc.low[last:opening]:
        return False  # the one before stands in brackets
    between = _outside_brackets(doc.low[last:opening])
    if any(w[0].isdigit() for w in between):
        between = [
            w for w in between if (not w[0].isdigit() or "-" in w) and w not in ("al", "all'", "dal", "pt", "st", ".")
        ]
    if not between or between[0] not in (",", "e", "ed", "-", "/"):
        return False
    if len(between) <= 3 and all(w in JOINTS for w in between):
        return _goes_on(doc, end) if between[0] == "," and len(between) == 1 else not _opens_clause(doc, end)
    apposed = between[0] in ("e", "ed") and between[-1] == "," and len(between) <= 7 and between[1] in ARTICLES
    return (
        apposed
        and not any(w in PREPOSITIONS and w != "in" for w in between)
        and not any(lexicon().forms.get(w) in ("present", "past") for w in between)
    )


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether what follows a name after a comma can end or go on with a list of names."""
    following = doc.low[end] if end < len(doc) else "."
    if following == ",":
        return end + 1 < len(doc) and (doc.words[end + 1][0].isupper() or doc.low[end + 1] in ("e", "ed", "poi"))
    if following in ("al", "all'", "dal") and end + 1 < len(doc):
        return doc.low[end + 1][0].isdigit()  # a minute, not "Rossi al volo"
    return not following[0].isalpha() or following in ("e", "ed", "poi", "per", "nel")


def _opens_clause(doc: Doc, end: int) -> bool:
    """Whether a verb follows a name, so that it opens a clause of its own and ends no list."""
    k = end
    while (
        k < len(doc)
        and k < end + 3
        and doc.low[k] in ("si", "lo", "la", "gli", "le", "ci", "ne", "non", "invece", "poi", "però", "li")
    ):
        k += 1
    return (
        k < len(doc)
        and (k > end + 1 or lexicon().forms.get(doc.low[k]) in ("present", "past", "imperfect"))
        and doc.low[k] != "e"
        and not doc.low[k].endswith("no")  # "Rossi e Bianchi portano": the verb is of both
    )


JOINTS = words("people_joints")


def _outside_brackets(words_: list[str]) -> list[str]:
    """The words that stand in no brackets, quotes left out."""
    kept, depth = [], 0
    for word in words_:
        depth += (word == "(") - (word == ")")
        if depth <= 0 and word not in (")", "'", '"'):
            kept.append(word)
    return kept


def _leads_a_name(found: list[Who], k: int) -> bool:
    """Whether an epithet only leads the name that follows ("il centravanti Rossi"): then the name speaks."""
    who = found[k]
    if who.kind != "epithet" or k + 1 >= len(found):
        return False
    following = found[k + 1]
    return following.opening <= who.first and following.kind == "person"


def other(side: Side | None) -> Side | None:
    """The opposite side."""
    return OTHER_SIDE[side] if side else None
