"""Where a score box's parts begin: its labels (`Marcatori:`, `A disp.`, `ARBITRO`) and its teams (`MILAN (4-3-3):`).

The labels are data/box.toml. A label counts where something marks it as one: a colon, capitals, a line of its own;
in a region known to be a box also the bare forms of a note ("ammoniti Rossi e Bianchi. Angoli 5-3").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .clubs import find_club
from .lineup import FORMATION
from .wordlists import word_set

DATA = Path(__file__).parents[2] / "data" / "box.toml"
KINDS = word_set("fields", "kinds")
DELIMITERS = ".;:\n)(,–—-•|\t/*"
MAX_HEAD = 60


@dataclass(frozen=True, slots=True)
class Head:
    """A label or a team's name at start:end; its field's body begins at `end`. `kind` is one of KINDS, or team; `name`
    the team that it names (`Ammoniti Milan:`); `strong` says that it counts outside a known box as well."""

    kind: str
    start: int
    end: int
    name: str = ""
    strong: bool = True
    opens_line: bool = False
    formation: bool = False


class BadBoxLabels(ValueError):
    """data/box.toml is wrong: the message names the key."""


@lru_cache(maxsize=1)
def labels() -> dict[str, str]:
    """Every label and its kind; raises BadBoxLabels where the file is wrong."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    known: dict[str, str] = {}
    for kind, words in data["labels"].items():
        if kind not in KINDS:
            raise BadBoxLabels(f"{DATA.name}: {kind!r} is no kind of label; known are {', '.join(sorted(KINDS))}")
        for word in words:
            if known.setdefault(word, kind) != kind:
                raise BadBoxLabels(f"{DATA.name}: {word!r} stands under both {known[word]} and {kind}")
    return known


@lru_cache(maxsize=1)
def bare_kinds() -> frozenset[str]:
    """The kinds whose labels count without colon inside a box."""
    return frozenset(tomllib.loads(DATA.read_text(encoding="utf-8"))["kinds"]["bare"])


@lru_cache(maxsize=1)
def match_kinds() -> frozenset[str]:
    """The kinds that only a match that was played has."""
    return frozenset(tomllib.loads(DATA.read_text(encoding="utf-8"))["kinds"]["match"])


def trie(words: Iterable[str]) -> str:
    """One pattern for many words, sharing their beginnings, so that a word that is none is refused at its
    first letters."""
    tree: dict[str, dict] = {}  # type: ignore[type-arg]
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}

    def pattern(node: dict) -> str:  # type: ignore[type-arg]
        branches = [_letter(c) + pattern(below) for c, below in node.items() if c]
        if not branches:
            return ""
        body = branches[0] if len(branches) == 1 else "(?:" + "|".join(branches) + ")"
        return f"(?:{body})?" if "" in node else body

    return pattern(tree)


def _letter(char: str) -> str:
    return {".": r"\.? ?", " ": r"[ ]{1,2}"}.get(char, re.escape(char))


@lru_cache(maxsize=1)
def label_pattern() -> re.Pattern[str]:
    """The labels as one pattern over the lowered text: a label with dots may be written without."""
    dotted = {w for w in labels() if re.fullmatch(r"(?:[a-z] )?[a-z]{1,4}", w)}
    words = [w for w in labels() if w not in dotted]
    short = "|".join(re.escape(w).replace(r"\ ", r"\.? ?") for w in sorted(dotted, key=len, reverse=True))
    spelt = r"a\.? ?d(?:isp)?|[ivn4]\.?[ve]\.?|v\.a\.r|a\.v\.a\.r|c\.t|n\.e|n\.b|f\.?v\.?s"
    return re.compile(rf"(?<![\w'.])(?:{trie(words)}|(?:{short}|{spelt}))(?![\w'])")


TEAM_BETWEEN = re.compile(
    r"\.?[ ]?(?:\(([^()\n]{1,30})\)|(?<!\. )((?:per |del |della |dell')?(?:il |la "
    r"|l')?[^\W\d_][^:;,.()\n\d]{1,28}))?[ ]?:"
)
FORMATION_HEAD = re.compile(
    r"[(\[]\s?(?:modulo\s?)?([2-6](?:\s?[-–.,]\s?[1-6]){2,4}|[2-6][1-6]{2,3})(?!\d)[^)\]\n]{0,30}[)\]]\s?[:;,.–-]?"
)


def find_heads(text: str, lowered: str, start: int, end: int) -> list[Head]:
    """The heads in text[start:end], in order, none inside another."""
    found: list[Head] = []
    teams: list[Head] = []
    for first, last in _worth_reading(text, start, end):
        found += [
            h for m in label_pattern().finditer(lowered, first, last) if (h := _label(text, lowered, m, start, end))
        ]
        teams += [*_formations(text, first, last), *_colons(text, first, last), *_capitals(text, first, last)]
    taken = {h.start for h in found}
    found += [h for h in teams if h.start not in taken]
    found.sort(key=lambda h: (h.start, -h.end))
    kept: list[Head] = []
    for head in found:
        if not kept or head.start >= kept[-1].end:
            kept.append(head)
    return kept


def _worth_reading(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """The lines that can hold a label or a team: short ones, those with a colon, those in the capitals of a box."""
    at = start
    while at < end:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = text[at:stop]
        if (
            len(line) < 180
            or ":" in line
            or "All." in line
            or "(4" in line
            or "(3" in line
            or (line.split(None, 1) or [""])[0].isupper()
        ):
            yield at, stop
        at = stop + 1


def _label(text: str, lowered: str, m: re.Match[str], low: int, high: int) -> Head | None:
    word = lowered[m.start() : m.end()]
    kind = _kind(word)
    if kind is None:
        return None
    before = text[max(low, m.start() - 3) : m.start()].strip(" \xa0*_[")
    opens = m.start() == low or text[: m.start()][-2:].rstrip(" *-–•")[-1:] in ("", "\n") or before == ""
    opens = opens and (m.start() == low or "\n" in text[max(low, m.start() - 4) : m.start()])
    cut = opens or before[-1:] in DELIMITERS or not before
    colon = TEAM_BETWEEN.match(lowered, m.end(), min(high, m.end() + 45))
    if colon and (cut or word not in AMONG_WORDS):
        between = (
            text[colon.start(1) : colon.end(1)] if colon[1] else text[colon.start(2) : colon.end(2)] if colon[2] else ""
        ).strip()
        if not between or (kind not in ("weather", "date", "best") and _may_be_team(between)):
            return Head(kind, m.start(), colon.end(), between, cut or not between, opens)
    if not cut and word in AMONG_WORDS:
        return None  # "Poi, al 33', il gol: Rossi ruba palla"
    after = lowered[m.end() : min(high, m.end() + 3)]
    written = text[m.start() : m.end()]
    line_end = lowered.find("\n", m.end(), high)
    alone = opens and not lowered[m.end() : line_end if line_end >= 0 else high].strip(" .:*-")
    capitals = written.isupper() and len(written.replace(".", "")) > 2
    if (
        capitals
        and len(written) > 3
        and after[:1] in (" ", "-")
        and not text[max(low, m.start() - 4) : m.start()].strip().isupper()
    ):
        return Head(kind, m.start(), m.end(), "", opens, opens)
    if alone or (opens and (capitals or re.match(r"\s?-\s", after))):
        return Head(kind, m.start(), m.end(), "", len(word) > 3 or kind in ("coach", "bench"), opens)
    dotted = (
        after.startswith(". ")
        and len(word) <= 7
        and kind in ("coach", "bench", "referee", "booked", "sent_off", "changes", "added")
    )
    if dotted and cut:
        return Head(kind, m.start(), m.end() + 1, "", kind in ("coach", "bench") and opens, opens)
    rest = lowered[m.end() : m.end() + 6].lstrip()
    starts_body = bool(rest) and (
        text[m.end() : high].lstrip()[:1].isupper()
        or rest[0].isdigit()
        or rest.startswith(("al ", "al'", "per ", "nel "))
    )
    if (
        cut
        and starts_body
        and (
            kind in bare_kinds()
            or kind in ("bench", "coach")
            or (opens and kind in ("referee", "goals", "note", "changes"))
        )
    ):
        return Head(kind, m.start(), m.end(), "", False, opens)
    if kind in ("attendance", "corners") and cut and text[m.start() - 2 : m.start()].strip() != "":
        return Head(kind, m.start(), m.end(), "", False, opens)
    return None


# labels that are common words: no labels inside a sentence, colon or no colon
AMONG_WORDS = word_set("fields", "among_words")


def _kind(word: str) -> str | None:
    known = labels()
    tight = word.strip(" .")
    for form in (
        tight,
        tight.replace(".", ""),
        tight.replace(". ", " ").replace(".", " "),
        tight.replace(".", "").replace(" ", ""),
    ):
        if form in known:
            return known[form]
    squeezed = tight.replace(".", "").replace(" ", "")
    return {"adisp": "bench", "ad": "bench", "fvs": "var"}.get(squeezed)


def _may_be_team(name: str) -> bool:
    words = re.sub(r"^(?:per |del |della |dell['’])(?:il |la |l['’])?", "", name, flags=re.IGNORECASE).split()
    return 0 < len(words) <= 5 and words[0][0].isupper()


def _formations(text: str, low: int, high: int) -> Iterable[Head]:
    """Teams told by the formation after their name: `Milan (4-3-1-2)`."""
    for m in FORMATION_HEAD.finditer(text, low, high):
        begin = _name_start(text, m.start(), low)
        name = text[begin : m.start()].strip(" :-–")
        if name and name[0].isupper() and not re.search(r"\d{2}", name):
            yield Head("team", begin, m.end(), name, True, _opens_line(text, begin, low), True)


def _colons(text: str, low: int, high: int) -> Iterable[Head]:
    """Teams told by a colon after a name in capitals, a listed club, or a name at the start of a line."""
    at = text.find(":", low, high)
    while at >= 0:
        begin = _name_start(text, at, low)
        name = text[begin:at].strip(" *-–")
        opens = _opens_line(text, begin, low)
        if name and name[0].isupper() and len(name) > 2 and not any(c.isdigit() for c in name.replace("1", "", 1)[:3]):
            body = text[at + 1 : min(high, at + 400)].split("\n", 1)[0]
            listed = find_club(name) is not None
            many = (opens or listed or name.isupper()) and _is_list(body)
            if many or (listed and opens):
                yield Head("team", begin, at + 1, name, many, opens)
        at = text.find(":", at + 1, high)


BARE_TEAM = re.compile(
    r"[ *]{0,3}(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ'’. ]{2,38}[A-ZÀ-Þ])(?= (?:\d{1,2}\.? )?[A-ZÀ-Þ][a-zà-ÿ'’.]| [–-] [A-ZÀ-Þ][a-z])"
)


def _capitals(text: str, low: int, high: int) -> Iterable[Head]:
    """Teams in capitals with their line-up right after, no sign between: `SANT'ERASMO Onorati, D'Annibale, …`."""
    m = BARE_TEAM.match(text, low, high)
    if m and _is_list(text[m.end() : min(high, m.end() + 400)]):
        yield Head("team", m.start("name"), m.end(), m["name"], True, True)


def _is_list(body: str) -> bool:
    """Whether a text reads as a line-up: many short parts, most of them opening with a capital or a number."""
    parts = [p.strip() for p in re.split(r"[,;]| [-–—] ", body[:260])]
    named = sum(bool(p) and (p[0].isupper() or p[0] in "0123456789([") and len(p) <= 60 for p in parts)
    return len(parts) >= 6 and named * 4 >= len(parts) * 3


def _name_start(text: str, at: int, low: int) -> int:
    """Where the name that ends at `at` begins: after the delimiter before it, dots inside initials aside."""
    begin = at
    floor = max(low, at - MAX_HEAD)
    while begin > floor:
        char = text[begin - 1]
        if (
            char in "\n;:,()•|\t"
            or (char in ".!?" and not _inner_dot(text, begin - 1))
            or (char in "–—-" and text[begin : begin + 1] == " ")
        ):
            break
        begin -= 1
    while begin < at and text[begin] in " \xa0*":
        begin += 1
    return begin


def _inner_dot(text: str, at: int) -> bool:
    """Whether the dot at `at` is inside initials, as in A.C. or S. Donato."""
    return at >= 1 and text[at - 1].isupper() and (at < 2 or not text[at - 2].isalpha())


def _opens_line(text: str, begin: int, low: int) -> bool:
    return begin == low or "\n" in text[max(low, begin - 3) : begin]


def formation_in(text: str) -> bool:
    """Whether a formation stands in the text."""
    return FORMATION.search(text) is not None
