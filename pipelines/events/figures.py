"""Scores as figures and words: "2-1", "2 a 1", "uno a uno", "quattro reti a una"."""

from __future__ import annotations

import re
from collections.abc import Sequence

SCORE = re.compile(r"(\d{1,2})-(\d{1,2})")
SPELLED = {
    "zero": 0, "uno": 1, "una": 1, "un": 1, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7,
}  # fmt: skip
COUNTED = frozenset(["reti", "rete", "gol", "goal"])
MOST = 15

Score = tuple[int, int]


def scores_in(low: Sequence[str], first: int, last: int) -> list[tuple[int, int, Score]]:
    """The scores in tokens first:last as (first token, past the last, score).

    >>> scores_in("vince per 3 reti a 1".split(), 0, 6)
    [(2, 6, (3, 1))]
    """
    found = []
    for i in range(first, last):
        word = low[i]
        if word[0].isdigit() and "-" in word and (m := SCORE.fullmatch(word)) and max(int(m[1]), int(m[2])) <= MOST:
            found.append((i, i + 1, (int(m[1]), int(m[2]))))
        elif word in ("a", "-") and first < i < last - 1:
            begin = i - 2 if low[i - 1] in COUNTED and i - 2 >= first else i - 1
            a, b = _number(low[begin]), _number(low[i + 1])
            if a is not None and b is not None:
                found.append((begin, i + 2, (a, b)))
    return found


def has_score(low: Sequence[str], first: int, last: int) -> bool:
    """Whether a score stands in tokens first:last."""
    first, last = max(first, 0), min(last, len(low))
    return any("-" in w and w[0].isdigit() for w in low[first:last]) or bool(
        "a" in low[first:last] and scores_in(low, first, last)
    )


def _number(word: str) -> int | None:
    return int(word) if word.isdigit() and len(word) < 3 and int(word) <= MOST else SPELLED.get(word)
