"""The two names of a match as papers write them, with the score beside them.

`Milan-Inter 2-1 (1-0)`, `MILAN 2 INTER 1`, `Real Mugello - Atletico Vigna: 2-1`, `Matera-Como 2-4 d.c.r. (1-1)`. Listed
clubs settle where a name begins; others go by capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .clubs import PLAIN_WORDS, Club, club_of, find_club, name_key, tidy_name
from .tokens import fold
from .wordlists import word_set

Score = tuple[int, int]
JOIN = re.compile(r"(?<=[\w.’')])(?: ?[-–—] ?| (?:vs\.?|v\.?|contro) )(?=[A-ZÀ-Þ0-9'’\"«“])")
WORD = re.compile(r"(?:\w\.){2,3}(?=[ ])|[^\W_]+(?:[.'’&/-][^\W_]+)*\.?")
SCORE = re.compile(r"(?<![\d/.,'’])(\d{1,2}) ?[-–—:] ?(\d{1,2})(?![\d/.,:]\d|\d|['’′°%])")
AFTER_PAIR = re.compile(
    r"[\s,:;.|–-]{0,4}(?:\(?(?:risultato finale|risultato|finale|termina|finisce|finale|è finita|chiude"
    r"|ft)\b:?\)?\s?)?\(?(?P<score>\d{1,2} ?[-–—:] ?\d{1,2})(?![\d'’′:.–-]\d|\d|['’′°])\)?"
    r"(?P<rest>(?:[ ,]{0,2}(?:\(?(?:[dD]\.?[ ]?[cC]\.?[ ]?[rR]\.?|[dD]\.?[ ]?[tT]\.?[ ]?[sS]\.?|(?:dopo i|ai)"
    r" (?:calci di |tiri di )?rigor[ei]|dopo (?:i )?tempi supplementari)\)?"
    r"|[\[(][^)\]\n]{1,40}[)\]]))*)"
)
BETWEEN = re.compile(r"(?<![\d'’])(\d{1,2}) ?[-–—] ?(\d{1,2})(?![\d'’′°])")
INNER = re.compile(r"(\d{1,2}) ?[-–—:,] ?(\d{1,2})")
PARTICLES = word_set("pairs", "particles")
# capitalised words of headlines that stand beside a club's name
NOT_IN_NAMES = word_set("pairs", "not_in_names")
FEW = 6
MOST_JOINS = 2_000  # hyphens looked at in one text


@dataclass(frozen=True, slots=True)
class Pair:
    """A match named at start:end of a text, with what is beside the names: the score, the half-time score,
    the shoot-out."""

    home: Club
    away: Club
    start: int
    end: int
    score: Score | None = None
    half: Score | None = None
    shootout: Score | None = None
    extra: bool = False  # went to extra time
    listed: int = 0  # how many of the two are clubs of the lists


def find_pairs(text: str, start: int = 0, end: int | None = None) -> Iterator[Pair]:
    """The pairs of names in text[start:end], in order. A pair without a score needs two listed clubs or two
    names in a row."""
    end = len(text) if end is None else end
    past = start
    held: Pair | None = None
    for m in islice(JOIN.finditer(text, start, end), MOST_JOINS):
        if held and m.start() >= held.end:
            past = held.end
            yield held
            held = None
        pair = _joined(text, m.start(), m.end(), past, end) if m.start() >= past else None
        if pair and (held is None or (pair.listed, pair.score is not None) > (held.listed, held.score is not None)):
            held = pair
    if held:
        yield held


def find_scored(text: str, start: int, end: int) -> Pair | None:
    """A match told as `Milan 2-1 Inter`, or as `MILAN 2 INTER 1`, in one line."""
    for m in BETWEEN.finditer(text, start, end):
        home = _name_before(text, m.start(), start)
        away = _name_after(text, m.end(), end)
        if home and away and m.start() - home[2] <= 3 and away[1] - m.end() <= 3:
            return Pair(home[0], away[0], home[1], away[2], _score(m), listed=_listed(home[0], away[0]))
    return _each_its_goals(text, start, end)


EACH = re.compile(
    r"^[ *]*(?P<a>[^\d\n(,;:]{3,40}?)[ \t.:–-]+(?P<m>\d{1,2})[ \t,;–-]+(?P<b>[^\d\n(,;:]{3,40}?)["
    r" \t.:–-]+(?P<n>\d{1,2})[ .*]*$"
)


def _each_its_goals(text: str, start: int, end: int) -> Pair | None:
    m = EACH.match(text[start:end])
    if not m:
        return None
    a, b = m["a"].strip(), m["b"].strip()
    if not all(n and n[0].isupper() and (n.isupper() or find_club(n)) for n in (a, b)):
        return None
    home, away = club_of(a), club_of(b)
    return Pair(home, away, start, end, (int(m["m"]), int(m["n"])), listed=_listed(home, away))


def _joined(text: str, left: int, right: int, low: int, high: int) -> Pair | None:
    home = _name_before(text, left, low)
    away = _name_after(text, right, high)
    if not home or not away or home[0].name == away[0].name:
        return None
    if not (home[0].list and away[0].list):  # "Athletic Club" of an unlisted league is not that of Bilbao
        home, away = _own_name(text, home), _own_name(text, away)
    listed = _listed(home[0], away[0])
    tail = AFTER_PAIR.match(text, away[2], min(high, away[2] + 120))
    if tail is None:
        return Pair(home[0], away[0], home[1], away[2], listed=listed)
    main = INNER.search(tail["score"])
    score = _score(main) if main else None
    half, shootout, score, extra = _read_rest(tail["rest"], score)
    return Pair(home[0], away[0], home[1], tail.end(), score, half, shootout, extra, listed)


def _own_name(text: str, named: tuple[Club, int, int]) -> tuple[Club, int, int]:
    club, start, end = named
    return (Club(tidy_name(text[start:end])), start, end) if club.list and _plain(text[start:end]) else named


def _plain(name: str) -> bool:
    return all(w in PLAIN_WORDS for w in name_key(name).split())


def _read_rest(rest: str, score: Score | None) -> tuple[Score | None, Score | None, Score | None, bool]:
    """What follows the score: (half, shoot-out, score, extra time), sorted by the words beside them and by
    what can be."""
    low = rest.lower().replace(".", "").replace(" ", "")
    kicks = any(w in low for w in ("dcr", "rigor"))
    extra = kicks or "dts" in low or "supplementari" in low
    half: Score | None = None
    shootout: Score | None = None
    inner = [(m.group(0), _score(m)) for m in INNER.finditer(rest)]
    for part in re.finditer(r"[\[(][^)\]]*[)\]]", rest):
        found = [_score(m) for m in INNER.finditer(part[0])]
        word = part[0].lower().replace(".", "")
        if not found:
            continue
        if "cr" in word or "rig" in word:
            shootout = found[0]
        elif "ts" in word or (
            kicks and shootout is None and score and score[0] != score[1] and found[0][0] == found[0][1]
        ):
            shootout, score = (score, found[0]) if kicks else (shootout, score)
        elif score and found[0][0] <= score[0] and found[0][1] <= score[1]:
            half = half or found[0]
    if kicks and shootout is None and not inner and score and score[0] != score[1]:
        shootout, score = score, None
    return half, shootout, score, extra


def _name_before(text: str, at: int, low: int) -> tuple[Club, int, int] | None:
    """The club whose name ends at `at`: the longest listed one, else the capitalised words."""
    words = list(WORD.finditer(text, max(low, at - 45), at))
    chain: list[re.Match[str]] = []
    edge = at
    for m in reversed(words):
        if len(chain) >= FEW or text[m.end() : edge].strip(" \"'«“”") or not _can_be_name(m[0], bool(chain)):
            break
        chain.insert(0, m)
        edge = m.start()
    for i in range(len(chain)):
        club = find_club(text[chain[i].start() : at])
        if club and not (i and fold(chain[i - 1][0]) in PLAIN_WORDS and fold(chain[i - 1][0]) not in NOT_IN_NAMES):
            return club, chain[i].start(), at
    while chain and (fold(chain[0][0]) in NOT_IN_NAMES or fold(chain[0][0]) in PARTICLES or chain[0][0].isdigit()):
        chain.pop(0)
    while len(chain) > 1 and any(fold(m[0]) in NOT_IN_NAMES for m in chain[:-1]):
        chain.pop(0)
    if not chain or fold(chain[-1][0]) in NOT_IN_NAMES - {"calcio"} or len(text[chain[0].start() : at]) < 3:
        return None
    return club_of(text[chain[0].start() : at]), chain[0].start(), at


def _name_after(text: str, at: int, high: int) -> tuple[Club, int, int] | None:
    chain: list[re.Match[str]] = []
    edge = at
    for m in WORD.finditer(text, at, min(high, at + 60)):
        if (
            len(chain) >= FEW
            or text[edge : m.start()].strip(" \"'«“")
            or "\n" in text[edge : m.start()]
            or not _can_be_name(m[0], bool(chain))
        ):
            break
        chain.append(m)
        edge = m.end()
        if m[0].endswith(".") and len(m[0]) > 3 and "." not in m[0][:-1]:
            break
    for i in range(len(chain), 0, -1):
        end = chain[i - 1].end() - (chain[i - 1][0].endswith(".") and len(chain[i - 1][0]) > 3)
        club = find_club(text[chain[0].start() : end])
        rest = [fold(m[0]) for m in chain[i:]]
        if club and not (
            rest
            and rest[0] not in NOT_IN_NAMES
            and (rest[0] in PLAIN_WORDS or _plain(club.name) or _plain(text[chain[0].start() : end]))
        ):
            return club, chain[0].start(), end
    for i, m in enumerate(chain):
        if fold(m[0]) in NOT_IN_NAMES or (m[0].isdigit() and i):
            chain = chain[:i]
            break
    while chain and (fold(chain[-1][0]) in PARTICLES or chain[-1][0].isdigit()):
        chain.pop()
    if not chain:
        return None
    end = chain[-1].end() - chain[-1][0].endswith(".")
    if end - chain[0].start() < 3 or chain[0][0].isdigit():
        return None
    return club_of(text[chain[0].start() : end]), chain[0].start(), end


def _can_be_name(word: str, inside: bool) -> bool:
    return (
        word[0].isupper()
        or (inside and fold(word) in PARTICLES)
        or re.fullmatch(r"(?:18|19|20)\d\d|\d\d|2", word) is not None
    )


def _listed(*clubs: Club) -> int:
    return sum(bool(club.list) for club in clubs)


def _score(m: re.Match[str]) -> Score:
    return int(m[1]), int(m[2])
