"""What kind of article a text is: by the layout of its lines first, then by its words (data/kinds.toml).

Only a match that was played, told for itself, tells events: previews, transfers, interviews, betting, history do not.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pipelines.items import Kind

from .blocks import Block, Line, opens_with_pair
from .fields import match_kinds

DATA = Path(__file__).parents[2] / "data" / "kinds.toml"
TELLING: frozenset[Kind] = frozenset(["report", "live", "box", "marks", "refereeing"])  # the kinds that can tell events
CLASSES = ("report", "preview", "news", "other", "refereeing")
MINUTES = (
    *(f"{digit}'" for digit in "0123456789"),
    *(f"{digit}°" for digit in "0123456789"),
    " pt",
    " st",
    "esimo",
    "minuto ",
)
QUOTED = re.compile(r"«[^»]{20,1500}»|“[^”]{20,1500}”|\"[^\"\n]{40,1200}\"")
YEARS_AGO = re.compile(
    r"\b(?:anni fa|anniversario|amarcord|accadde oggi|correva l'anno|compie \w+ anni|mezzo secolo)\b"
)
TITLE_MARKS = re.compile(r"\b(?:pagell[ae]|i voti|le pagelle)\b")
TITLE_REVIEW = re.compile(
    r"\b(?:moviola|episodi arbitrali|casi da var|var e arbitr|come ha arbitrato|voto all['’]arbitr"
    r"|pagella dell['’]arbitr|errori arbitrali|direzione arbitrale|arbitro \w+(?: \w+)? \d(?![-\d'’°]))"
)
TITLE_PREVIEW = re.compile(
    r"\b(?:probabili formazioni|dove veder\w+|le ultime|i convocati|probabile formazione|presentazione)\b"
)
OPENING = 400
READ = 6000
WEIGHT_OF_MINUTE = 0.6
THRESHOLD = 2.5


class BadKinds(ValueError):
    """data/kinds.toml is wrong: the message names the class and the cue."""


@lru_cache(maxsize=1)
def cues() -> tuple[re.Pattern[str], Mapping[str, tuple[str, float]]]:
    """All cues as one pattern, and what each says; raises BadKinds where the file is wrong."""
    data = tomllib.loads(DATA.read_text(encoding="utf-8"))
    known: dict[str, tuple[str, float]] = {}
    for kind, words in data.items():
        if kind not in CLASSES:
            raise BadKinds(f"{DATA.name}: [{kind}] is no class; known are {', '.join(CLASSES)}")
        for word, weight in words.items():
            if not isinstance(weight, int | float) or word.strip() != word or word.rstrip("*") in known:
                raise BadKinds(f"{DATA.name}: [{kind}] {word!r} = {weight!r} is no cue with a weight, or comes twice")
            known[word.rstrip("*")] = (kind, float(weight))
    ends = {w.rstrip("*"): r"\w*" if w.endswith("*") else "" for words in data.values() for w in words}
    closed = {word: ends[word] + (r"(?!\w)" if word[-1].isalnum() else "") for word in known}
    return re.compile(rf"(?<!\w){_letters(closed, 0)}"), known


def _letters(words: Mapping[str, str], depth: int) -> str:
    """A pattern for words that agree in their first letters, the longest first; each is followed by its own ending."""
    branches: dict[str, dict[str, str]] = {}
    for word, end in words.items():
        if len(word) > depth:
            branches.setdefault(word[depth], {})[word] = end
    found = [re.escape(letter) + _letters(below, depth + 1) for letter, below in branches.items()]
    found += [end for word, end in words.items() if len(word) == depth]
    return found[0] if len(found) == 1 else f"(?:{'|'.join(found)})"


def weigh(title: str, body: str) -> Counter[str]:
    """How much the words speak for each class. `title` and `body` are lowered (`tokens.lower`)."""
    pattern, known = cues()
    found: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for text, factor in ((title, 3.0), (body[:OPENING], 2.0), (body[OPENING:READ], 1.0)):
        for m in pattern.finditer(text):
            cue = known.get(m[0]) or next(known[m[0][:n]] for n in range(len(m[0]), 0, -1) if m[0][:n] in known)
            seen[m[0]] += 1
            if seen[m[0]] <= 3:
                found[cue[0]] += int(cue[1] * factor * 100)
    return Counter(dict(found))


def kind_of(text: str, lowered: str, title: str, lines: Sequence[Line], blocks: Sequence[Block]) -> Kind:
    """The kind of an article. `title` is its headline, lowered, or "" where it has none."""
    shares = _shares(blocks)
    weights = weigh(title, lowered)
    if TITLE_REVIEW.search(title) or (weights["refereeing"] > 900 and weights["refereeing"] > weights["report"]):
        return "refereeing"
    if _unplayed(title, lines, weights):
        return _strongest(weights, ("preview", "news", "other"))
    if shares["marks"] > 0.3:
        return "marks"
    if shares["live"] > 0.4:
        return "live"
    if TITLE_MARKS.search(title) and (shares["box"] > 0.3 or shares["marks"] > 0.15):
        return "marks"
    if shares["box"] > 0.55:
        return "box"
    if _is_report(text, lowered, title, weights) or (len(lines) == 1 and opens_with_pair(lines[0])):
        return "report"
    return _strongest(weights, ("preview", "news", "other"))


def _shares(blocks: Sequence[Block]) -> Counter[str]:
    total = sum(b.end - b.start for b in blocks) or 1
    shares: Counter[str] = Counter()
    for block in blocks:
        shares[block.kind] += (block.end - block.start) / total  # type: ignore[assignment]
    return shares


def _unplayed(title: str, lines: Sequence[Line], weights: Counter[str]) -> bool:
    """Whether boxes and lists here are of a match not played: line-ups announced, a simulation, odds."""
    played = sum(h.kind in match_kinds() for line in lines for h in line.heads)
    live = sum(line.live is not None for line in lines)
    against = max(weights["preview"], weights["other"], weights["news"])
    if weights["other"] > 900 and weights["other"] > weights["report"]:
        return True
    if TITLE_PREVIEW.search(title) and played == 0 and live < 6:
        return True
    return played == 0 and live < 6 and against > 400 and against > weights["report"] * 1.1


def _is_report(text: str, lowered: str, title: str, weights: Counter[str]) -> bool:
    """Whether running text tells a match that was played: its words outweigh what speaks against."""
    body = lowered[:READ]
    minutes = min(sum(body.count(sign) for sign in MINUTES), 10)
    scores = min(count_scores(body) + 2 * count_scores(title), 6)
    quoted = _quoted(text[:READ]) / (len(body) or 1)
    for_it = weights["report"] / 100 + WEIGHT_OF_MINUTE * minutes + 0.5 * scores
    against = (
        max(weights["preview"], weights["news"], weights["other"]) / 100
        + 0.4 * sum(sorted((weights["preview"], weights["news"], weights["other"]))[:2]) / 100
    )
    against += 8.0 * quoted if quoted > 0.25 else 0.0
    if YEARS_AGO.search(f"{title}\n{lowered[:OPENING]}"):
        against += 8.0
    return for_it >= THRESHOLD and for_it > against * 1.1


def count_scores(low: str) -> int:
    """How often figures stand on both sides of a hyphen, as a score does."""
    found, at = 0, low.find("-")
    while at > 0:
        found += low[at - 1].isdigit() and low[at + 1 : at + 2].isdigit() and not low[at + 2 : at + 4].isdigit()
        at = low.find("-", at + 1)
    return found


def _quoted(text: str) -> int:
    """How many characters stand in quotation marks."""
    if text.count("«") + text.count("“") + text.count('"') < 2:
        return 0
    return sum(len(m[0]) for m in QUOTED.finditer(text))


def _strongest(weights: Counter[str], kinds: Sequence[Kind]) -> Kind:
    best = max(kinds, key=lambda kind: weights[kind])
    return best if weights[best] else "other"
