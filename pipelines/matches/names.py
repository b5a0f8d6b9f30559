"""Names of clubs and people, as papers vary them: when two mean the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .vocabulary import vocabulary

LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | dict.fromkeys("'’`´‘", "")
)
INITIALS = frozenset("abcdefghijklmnopqrstuvwxyz")
TYPO_LENGTH = 6  # shorter surnames that differ by a letter are other people: Rossi and Russi


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower-case ASCII, without accents and apostrophes.

    >>> fold("Bodø/Glimt"), fold("Sant'Erasmo"), fold("Leão")
    ('bodo/glimt', 'santerasmo', 'leao')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@lru_cache(maxsize=20_000)
def words(text: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(re.findall(r"[a-z0-9]+", fold(text)))


def slug(text: str) -> str:
    """A name as part of an address.

    >>> slug("Hellas Verona")
    'hellas-verona'
    """
    return "-".join(words(text)) or "-"


# --- clubs


@lru_cache(maxsize=5_000)
def club_words(name: str) -> frozenset[str]:
    """What tells a club from others: its name without legal forms, years and words that many clubs share.

    >>> sorted(club_words("U.S. Virtus Montegallo 1921"))
    ['montegallo']
    """
    kept = [w for w in words(name) if len(w) > 1 and not re.fullmatch(r"(?:18|19|20)\d\d", w)]
    return frozenset([w for w in kept if w not in vocabulary().shared] or kept or words(name))


@lru_cache(maxsize=5_000)
def club_key(name: str) -> str:
    """The longest telling word of a club's name: what its short and long forms have in common."""
    return max(sorted(club_words(name)), key=len, default="")


@lru_cache(maxsize=20_000)
def same_club(a: str, b: str) -> bool:
    """Whether two names can be one club's: the telling words of one are all in the other, and
    the words around them do not contradict each other.

    >>> same_club("Virtus Montegallo", "V. Montegallo"), same_club("Virtus Lame", "Pro Lame")
    (True, False)
    """
    ours, theirs = club_words(a), club_words(b)
    if not (ours <= theirs or theirs <= ours):
        return False
    first, second = (
        [w for w in words(name) if w not in own | vocabulary().legal] for name, own in ((a, ours), (b, theirs))
    )
    return not (first and second) or any(x.startswith(y) or y.startswith(x) for x in first for y in second)


def pair_key(home: str, away: str) -> str:
    """Two teams as one key, the same whoever plays at home."""
    return "|".join(sorted((club_key(home), club_key(away))))


# --- people


@lru_cache(maxsize=20_000)
def person_words(name: str) -> tuple[str, ...]:
    return tuple(w for w in words(name) if w not in vocabulary().junior) or words(name)


@lru_cache(maxsize=20_000)
def surname(name: str) -> str:
    """The last word of a name, which all its forms share.

    >>> surname("Giovanni Di Lorenzo"), surname("Vinicius Jr")
    ('lorenzo', 'vinicius')
    """
    parts = person_words(name)
    return parts[-1] if parts else ""


@lru_cache(maxsize=50_000)
def same_person(a: str, b: str) -> bool:
    """Whether two names can be one person's: nothing in the one contradicts the other.

    >>> same_person("L. Martinez", "Lautaro Martínez"), same_person("Theo Hernandez", "Lucas Hernandez")
    (True, False)
    >>> same_person("M. Rossi", "Mutti"), same_person("M. Rossi", "Mario Rossi")
    (False, True)
    >>> same_person("Johnsen", "Jonsen"), same_person("Rossi", "Russi"), same_person("Lautaro", "Lautaro Martinez")
    (True, False, True)
    """
    ours, theirs = person_words(a), person_words(b)
    if not ours or not theirs:
        return False
    short, long = sorted((ours, theirs), key=len)
    if set(short) & set(long) - INITIALS and all(any(said(word, other) for other in long) for word in short):
        return True
    if not close(ours[-1], theirs[-1]):
        return False
    first, second = ([w for w in part[:-1] if w not in vocabulary().particles] for part in (ours, theirs))
    return not (first and second) or any(said(x, y) for x in first for y in second)


def said(word: str, other: str) -> bool:
    """Whether two words of names agree, an initial with what it begins."""
    return word == other or (len(word) == 1 and other.startswith(word)) or (len(other) == 1 and word.startswith(other))


def close(a: str, b: str) -> bool:
    """Whether two surnames are equal or one slip of the pen apart."""
    if a == b:
        return True
    if min(len(a), len(b)) < TYPO_LENGTH or abs(len(a) - len(b)) > 1:
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    tails = (a[start:], b[start:])
    return tails[0][1:] == tails[1][1:] or tails[0][1:] == tails[1] or tails[0] == tails[1][1:] or swapped(*tails)


def swapped(a: str, b: str) -> bool:
    return len(a) == len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]
