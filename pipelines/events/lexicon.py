"""The football words: rules (which words say what, who is who around them) and word classes, from data/lexicon.

A rule's phrase is a row of elements: a word, `a|b` either, `{verb}` any form of it, `word?` optional, `<3>` up to three
words between. Files are checked when they are read; a fault stops with the file and what is wrong in it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .verbs import Forms, Mood, conjugate

FOLDER = Path(__file__).parents[2] / "data" / "lexicon"
ROLES = ("subject", "object", "di", "a", "da", "per", "su", "con", "in")
PEOPLE = frozenset(
    {"player", "assist", "opponent", "player_in", "player_out", "coach", "victim", "fouler", "team", "rival", "keeper"}
)
KEYS = frozenset(
    {"name", "cue", "verbs", "words", "phrases", "facts", "finds", "leaves", "weak", "agent", "beside", *ROLES}
)
REFLEXIVE = re.compile(r"\{([a-z]+)rsi\}")
PAIRS = 20_000  # pairs of words whose phrases are kept: those of a few hundred articles
CLOSED = frozenset(".;:!?,()\"'")
Element = frozenset[str] | int


@dataclass(frozen=True, slots=True)
class Rule:
    """What a word or phrase says: its cue, the role of who stands in each place around it, and facts it settles."""

    name: str
    cue: str
    roles: Mapping[str, str]
    facts: Mapping[str, Any]
    weak: bool = False  # says it only beside a stronger cue
    agent: bool = False  # a verb of which the passive turns subject and object
    beside: str = ""  # holds only with a person, a team or a score beside it
    finds: tuple[str, ...] = ()
    leaves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A compiled phrase: elements after the first (sets of words, or the width of a gap), optional ones marked."""

    rule: Rule
    rest: tuple[tuple[Element, bool], ...]
    verb: bool
    next: frozenset[str] = frozenset()  # the words that must follow at once; empty where a gap or an option may


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule's words found at tokens first:last; `mood` is that of the verb that leads them."""

    first: int
    last: int
    rule: Rule
    mood: Mood
    word: str
    rivals: tuple[Rule, ...] = ()  # other rules with the same words
    fallback: Hit | None = None  # what the words say if the company that the rule asks for is not there

    @property
    def cue(self) -> str:
        return self.rule.cue


@dataclass(slots=True)
class Lexicon:
    """All rules, indexed by the first word of their phrases, and the named word classes."""

    rules: list[Rule] = field(default_factory=list)
    index: dict[str, list[Phrase]] = field(default_factory=dict)
    forms: dict[str, Mood] = field(default_factory=dict)  # every verb form of the rules
    classes: dict[str, frozenset[str]] = field(default_factory=dict)
    _beside: dict[tuple[str, str], list[Phrase]] = field(default_factory=dict)  # by first word and the next

    def hits(self, low: list[str], first: int, last: int, shootout: bool = False) -> list[Hit]:
        """The rules' phrases in tokens first:last, the longest at each place, none overlapping."""
        found: list[Hit] = []
        past = first
        index, beside = self.index, self._beside
        for i in [i for i in range(first, last) if low[i] in index or "-" in low[i]]:
            if i < past:
                continue
            word = low[i]
            if word[0].isdigit():
                phrases = index.get("#-#") if is_score(word) else None
            elif word in index:
                pair = word, low[i + 1] if i + 1 < last else ""
                phrases = beside[pair] if pair in beside else self._fitting(*pair)
            else:
                phrases = None
            if phrases and (hit := self._best(phrases, low, i, last, shootout)) is not None:
                found.append(hit)
                past = hit.last
        return found

    def _fitting(self, word: str, following: str) -> list[Phrase]:
        """The phrases that can begin with these two words: few of those of the first, and asked for again and again."""
        if len(self._beside) > PAIRS:
            self._beside.clear()
        fitting = [p for p in self.index[word] if not p.next or following in p.next]
        self._beside[word, following] = fitting
        return fitting

    def _best(self, phrases: list[Phrase], low: list[str], i: int, last: int, shootout: bool) -> Hit | None:
        """The longest phrase at token i, with its rivals of that length; one that needs company keeps the longest that
        needs none behind it."""
        ends: list[tuple[int, Phrase]] = []
        for phrase in phrases:
            rest = phrase.rest
            if rest:
                end = match(rest, low, i + 1, last)
                if end < 0:
                    continue
            else:
                end = i + 1
            if shootout or phrase.rule.beside != "shootout":
                ends.append((end, phrase))
        if not ends:
            return None
        if len(ends) == 1:
            return self._hit(low, i, ends[0][0], [ends[0][1]], None)
        longest = max(end for end, _ in ends)
        best = [phrase for end, phrase in ends if end == longest]
        fallback = None
        if all(phrase.rule.beside for phrase in best):
            free = [(end, phrase) for end, phrase in ends if not phrase.rule.beside]
            if free:
                past = max(end for end, _ in free)
                fallback = self._hit(low, i, past, [phrase for end, phrase in free if end == past], None)
        return self._hit(low, i, longest, best, fallback)

    def _hit(self, low: list[str], i: int, end: int, phrases: list[Phrase], fallback: Hit | None) -> Hit:
        mood: Mood = "word"
        word = low[i]
        if phrases[0].verb:
            at = next((k for k in range(i, end) if low[k] in self.forms), i)
            mood, word = self.forms.get(low[at], "word"), low[at]
        if len(phrases) == 1:
            return Hit(i, end, phrases[0].rule, mood, word, (), fallback)
        rivals = tuple(dict.fromkeys(phrase.rule.name for phrase in phrases[1:] if phrase.rule is not phrases[0].rule))
        others = tuple(next(p.rule for p in phrases if p.rule.name == name) for name in rivals)
        return Hit(i, end, phrases[0].rule, mood, word, others, fallback)


def is_score(word: str) -> bool:
    """Whether a token is a score: `#-#` in a phrase."""
    return "-" in word and len(word) <= 5 and word.replace("-", "", 1).isdigit()


def match(rest: tuple[tuple[Element, bool], ...], low: list[str], i: int, last: int) -> int:
    """Where the elements end when they match from token i, else -1. Gaps are short, so the search is bounded."""
    for k, (element, optional) in enumerate(rest):
        if isinstance(element, int):
            after = rest[k + 1 :]
            start = after[0][0] if after and not after[0][1] else None  # what must follow the gap, asked first
            certain = isinstance(start, frozenset) and "#-#" not in start
            for skip in range(i, i + element + 1):
                if not certain or (skip < last and low[skip] in start):  # type: ignore[operator]
                    end = match(after, low, skip, last)
                    if end > 0:
                        return end
                if skip >= last or low[skip] in CLOSED:
                    return -1
            return -1
        if i < last and (low[i] in element or ("#-#" in element and is_score(low[i]))):
            i += 1
        elif not optional:
            return -1
    return i


def plain(reflexive: str) -> str:
    """The verb without its "si": distendersi, distendere; opporsi, opporre."""
    return reflexive[:-2] + ("re" if reflexive.endswith("porsi") else "e")


class LexiconError(ValueError):
    """A fault in data/lexicon: the message names the file and what is wrong."""


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon, built once."""
    book = Lexicon()
    irregular = _read(FOLDER / "verbs.toml")
    conjugated: dict[str, Forms] = {}

    def forms(verb: str) -> Forms:
        if verb not in conjugated:
            if verb.endswith("rsi"):  # only what carries its "si"; "si" and a form apart are a phrase of two
                whole = forms(plain(verb))
                conjugated[verb] = {form: mood for form, mood in whole.items() if form.endswith("si")}
            else:
                conjugated[verb] = conjugate(verb, irregular.get(verb))
        return conjugated[verb]

    for path in sorted(FOLDER.glob("words*.toml")):
        book.classes.update({name: frozenset(words.split()) for name, words in _read(path).items()})
    book.classes["common"] = frozenset((FOLDER / "common.txt").read_text(encoding="utf-8").split())
    for path in sorted((FOLDER / "rules").glob("*.toml")):
        for entry in _read(path).get("rule", ()):
            _add(book, path, entry, forms)
    for verb in _read(FOLDER / "verbs.toml"):
        for form, mood in forms(verb).items():
            book.forms.setdefault(form, mood)
    for verb in sorted(book.classes["verbs"]):
        for form, mood in forms(verb).items():
            book.forms.setdefault(form, mood)
    return book


@lru_cache(maxsize=100)
def words(name: str) -> frozenset[str]:
    """A named class of words (data/lexicon/words*.toml)."""
    return lexicon().classes[name]


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as fault:
        raise LexiconError(f"{path}: {fault}") from fault


def _add(book: Lexicon, path: Path, entry: dict[str, Any], forms: Any) -> None:
    name = entry.get("name", "?")
    if extra := set(entry) - KEYS:
        raise LexiconError(f"{path}: rule {name}: unknown key {', '.join(sorted(extra))}")
    for key in ("name", "cue", "finds", "leaves"):
        if not entry.get(key):
            raise LexiconError(f"{path}: rule {name}: {key} is missing")
    if len(entry["finds"]) < 2:
        raise LexiconError(f"{path}: rule {name}: give at least two phrases that it finds")
    roles = {place: entry[place] for place in ROLES if place in entry}
    if wrong := set(roles.values()) - PEOPLE:
        raise LexiconError(f"{path}: rule {name}: unknown role {', '.join(sorted(wrong))}")
    rule = Rule(
        name,
        entry["cue"],
        roles,
        entry.get("facts", {}),
        entry.get("weak", False),
        entry.get("agent", False),
        entry.get("beside", ""),
        tuple(entry["finds"]),
        tuple(entry["leaves"]),
    )
    book.rules.append(rule)
    phrases = [f"{{{verb}}}" for verb in entry.get("verbs", "").split()]
    for phrase in phrases + entry.get("words", "").split() + entry.get("phrases", []):
        _index(book, path, rule, phrase, forms)
        if m := REFLEXIVE.search(phrase):
            _index(book, path, rule, REFLEXIVE.sub(f"si {{{plain(m[1] + 'rsi')}}}", phrase, count=1), forms)


def _index(book: Lexicon, path: Path, rule: Rule, phrase: str, forms: Any) -> None:
    elements = [_element(book, path, rule, piece, forms) for piece in phrase.split()]
    starts = []
    for k, (element, optional) in enumerate(elements):
        if isinstance(element, int):
            raise LexiconError(f"{path}: rule {rule.name}: {phrase!r} starts with a gap")
        starts.append((k, element))
        if not optional:
            break
    for k, element in starts:
        rest = tuple(elements[k + 1 :])
        strict = rest[0][0] if rest and isinstance(rest[0][0], frozenset) and not rest[0][1] else frozenset()
        compiled = Phrase(rule, rest, "{" in phrase, frozenset() if "#-#" in strict else strict)
        for word in element:
            book.index.setdefault(word, []).append(compiled)


def _element(book: Lexicon, path: Path, rule: Rule, piece: str, forms: Any) -> tuple[Element, bool]:
    if m := re.fullmatch(r"<(\d)>", piece):
        return int(m[1]), False
    optional = piece.endswith("?")
    piece = re.sub(r"\{([^}]+)\}", lambda m: "|".join(f"{{{verb}}}" for verb in m[1].split("|")), piece)
    allowed: set[str] = set()
    for word in piece.removesuffix("?").split("|"):
        if m := re.fullmatch(r"\{([a-zàèéìòù]+)\}", word):
            if not m[1].endswith(("are", "ere", "ire", "rre", "rsi")):
                raise LexiconError(f"{path}: rule {rule.name}: {m[1]!r} is no infinitive")
            found = forms(m[1])
            for form, mood in found.items():
                book.forms.setdefault(form, mood)
            allowed |= set(found)
        elif m := re.fullmatch(r"@(\w+)", word):
            allowed |= book.classes[m[1]]
        else:
            allowed.add(word)
    return frozenset(allowed), optional


def phrases_of(rule: Rule) -> Iterator[tuple[str, bool]]:
    """The rule's own examples: (phrase, whether it must be found)."""
    yield from ((p, True) for p in rule.finds)
    yield from ((p, False) for p in rule.leaves)
