"""Who the referee is where no label says it: he who books, points to the spot and walks to the monitor in running text.

The cues are data/referee.toml; the name with most of them is the referee's, unless a line-up holds it.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

from .clubs import find_club
from .notation import tidy_person
from .tokens import fold, lower
from .wordlists import word_set

DATA = Path(__file__).parents[2] / "data" / "referee.toml"
WORD = r"[A-ZÀ-Þ](?:[a-zß-ÿ]+|[A-ZÀ-Þ'’]+(?![a-z]))(?:['’-][A-ZÀ-Þ][\wÀ-ÿ]+)?"
NAME = re.compile(
    rf"(?<![\w'’.-])(?:(?:D[aei]l?|De[il]|Della|Lo|La|Van|Von)[ ]|D['’])?{WORD}"
    rf"(?:[ ](?:(?:di|de|del|della|da|van|von)[ ])?{WORD}){{0,3}}"
)
BETWEEN = r"(?: però| invece| non ci pensa e|,| prima| poi| stavolta| giustamente| in un primo momento| da due passi)"
TITLES = ("esperto", "giovane", "internazionale", "inglese")
NO_NAMES = word_set("referee", "no_names")
STRONG, WEAK, ENOUGH = 2, 1, 2
MOST_NAMES = 3_000
BEFORE = 45


class BadReferee(ValueError):
    """data/referee.toml is wrong: the message names the table and the key."""


@dataclass(frozen=True, slots=True)
class Cues:
    """The cues of one strength, made ready: those after a name, those before it, those before it with any ending."""

    after: re.Pattern[str]
    before: tuple[str, ...]
    before_spelt: re.Pattern[str] | None

    def count(self, lead: str, lowered: str, end: int) -> int:
        """How many of them stand beside a name that ends at `end`, behind the words of `lead`."""
        spelt = self.before_spelt is not None and lead.endswith(" da") and self.before_spelt.search(lead) is not None
        follows = lowered[end : end + 1] in (" ", ",") and self.after.match(lowered, end) is not None
        return follows + (lead.endswith(self.before) or spelt)


@lru_cache(maxsize=1)
def cues() -> dict[str, Cues]:
    """The cues of data/referee.toml by their strength; raises BadReferee where the file is wrong."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    return {kind: _cues(data, kind) for kind in ("strong", "weak", "other")}


def _cues(data: dict[str, dict[str, object]], kind: str) -> Cues:
    after, before = _listed(data, "after", kind), _listed(data, "before", kind)
    spelt = [c for c in before if "*" in c]
    either = "|".join(_spelt(c) for c in sorted(after, key=len, reverse=True))
    return Cues(
        re.compile(rf"{BETWEEN}? (?:{either})"),
        tuple(f" {c}" for c in before if "*" not in c),
        re.compile(rf" (?:{'|'.join(map(_spelt, spelt))})$") if spelt else None,
    )


def _listed(data: dict[str, dict[str, object]], place: str, kind: str) -> list[str]:
    found = data.get(place, {}).get(kind)
    if (
        not isinstance(found, list)
        or not found
        or not all(isinstance(c, str) and c == c.lower().strip() for c in found)
    ):
        raise BadReferee(f"{DATA.name}: [{place}] {kind} is no list of lower-case cues")
    return found


def _spelt(cue: str) -> str:
    """A cue as a pattern; "*" stands for some words inside, for any ending elsewhere."""
    ending = r"(?!\w)" if cue[-1].isalpha() else ""
    return re.escape(cue).replace(r"\*", r"[\w' ]{1,20}?" if " * " in cue else r"\w*") + ending


def _lead(lowered: str, start: int) -> str:
    """The words before a name, the titles right before it left out."""
    lead = " " + lowered[max(0, start - BEFORE) : start].replace("\n", " ").replace("\t", " ").rstrip(" :")
    while lead.endswith(TITLES):
        lead = lead[: lead.rfind(" ")]
    return lead


def find_referee(text: str, players: frozenset[str]) -> str | None:
    """The referee by what he does. `players` are the folded words of names that line-ups hold.

    >>> find_referee("Al 12' Ottavi non ha dubbi: rigore. Sul taccuino di Ottavi finisce anche Rossi.", frozenset())
    'Ottavi'
    >>> find_referee("Al 12' Rossi annulla il suo avversario.", frozenset())
    """
    votes: Counter[str] = Counter()
    names: dict[str, str] = {}
    lowered = lower(text)
    for m in islice(NAME.finditer(text), MOST_NAMES):
        start = m.start() + _opening(lowered, m.start(), m.end())
        lead = _lead(lowered, start)
        found = {kind: c.count(lead, lowered, m.end()) for kind, c in cues().items()}
        name = _person(text[start : m.end()], players) if any(found.values()) else None
        if name:
            surname = fold(name.split()[-1])
            votes[surname] += STRONG * found["strong"] + WEAK * found["weak"] - 2 * STRONG * found["other"]
            if len(name) > len(names.get(surname, "")):
                names[surname] = name
    best = max(votes, key=lambda n: votes[n], default=None)
    return names[best] if best and votes[best] >= ENOUGH else None


def _opening(lowered: str, start: int, end: int) -> int:
    """How long the cue or other word is that the run of capitals begins with: "Arbitra Rossi", "Ma Rossi"."""
    length = 0
    for word in lowered[start:end].split(" ")[:-1]:
        if f" {word}" not in cues()["strong"].before and fold(word) not in NO_NAMES:
            break
        length += len(word) + 1
    return length


def _person(written: str, players: frozenset[str]) -> str | None:
    """The name without the town behind it; None for clubs, players and other words."""
    name = re.split(r" (?:di|della|del) (?=[A-ZÀ-Þ])", written)[0]
    if len(name) < 3 or fold(name) in NO_NAMES or fold(name.split()[-1]) in players or find_club(name) is not None:
        return None
    return tidy_person(name)
