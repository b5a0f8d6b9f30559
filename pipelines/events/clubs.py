"""The clubs and national sides that papers write about, from data/clubs: what each is called, by whom it is meant.

A club that no list has is made from its name alone, and answers the same questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from .tokens import fold
from .wordlists import word_set

DATA = Path(__file__).parents[2] / "data" / "clubs"
LISTS = ("italy", "europe", "nations", "women")
# words of a club's legal name, which papers put in and leave out
COMPANY = word_set("clubs", "company")
# words that many clubs share: no name on their own
PLAIN_WORDS = word_set("clubs", "plain_words")
ENDINGS = (
    ("chi", ("co", "ca", "che")),
    ("ghi", ("go", "ga", "ghe")),
    ("ci", ("co", "ca", "che")),
    ("gi", ("go", "ga", "ghe")),
)


@dataclass(frozen=True, slots=True)
class Club:
    """A club or national side: `name` is the canonical Italian one; `nicknames` and `people` are plural forms."""

    name: str
    aliases: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    city: str = ""
    list: str = ""  # italy, europe, nations or women; empty for a club that no list has


class BadClubList(ValueError):
    """A line of data/clubs that cannot be read: the message names the file and the line."""


def read_club_list(path: Path) -> Iterator[Club]:
    """The clubs of one list; raises BadClubList at a wrong line."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != 5 or not cells[0]:
            raise BadClubList(f"{path.name}, line {number}: five columns with a name first are needed, not {line!r}")
        many = [tuple(part for part in map(str.strip, cell.split(";")) if part) for cell in cells[1:4]]
        if any("" in map(str.strip, cell.split(";")) for cell in cells[1:4] if cell):
            raise BadClubList(f"{path.name}, line {number}: an empty name stands between two ';' in {line!r}")
        yield Club(cells[0], many[0], many[1], many[2], cells[4], path.stem)


@lru_cache(maxsize=20_000)
def name_key(name: str) -> str:
    """A club's name as a key: folded, without the words of its legal form and the year of its founding.

    >>> name_key("A.C. Milan"), name_key("Como 1907"), name_key("L.R. Vicenza")
    ('milan', 'como', 'lr vicenza')
    """
    words = [fold(w) for w in re.findall(r"(?:\w\.){2,}|[^\W_]+(?:['’][^\W_]+)*", name.replace("-", " "))]
    words = [w.replace(".", "") for w in words]
    kept = [w for w in words if w not in COMPANY and not re.fullmatch(r"(?:18|19|20)\d\d", w)]
    return " ".join(kept or words)


@lru_cache(maxsize=1)
def clubs() -> tuple[Club, ...]:
    """All clubs of the lists, those more often written about first."""
    return tuple(club for name in LISTS for club in read_club_list(DATA / f"{name}.txt"))


@lru_cache(maxsize=1)
def clubs_by_key() -> dict[str, Club]:
    """Every name and alias as a key. Where two clubs share one, a name goes before an alias, the earlier list first."""
    known = {name_key(club.name): club for club in reversed(clubs())}
    for club in clubs():
        for alias in club.aliases:
            known.setdefault(name_key(alias), club)
    return known


@lru_cache(maxsize=1)
def opening_words() -> dict[str, int]:
    """The first words of all keys, with the length in words of the longest key that begins so."""
    longest: dict[str, int] = {}
    for key in clubs_by_key():
        words = key.split()
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return longest


def find_club(name: str) -> Club | None:
    """The listed club of this name or alias.

    >>> find_club("INTERNAZIONALE").name, find_club("Hellas").name, find_club("Real Mugello")
    ('Inter', 'Hellas Verona', None)
    """
    return clubs_by_key().get(name_key(name))


@lru_cache(maxsize=500)
def club_of(name: str) -> Club:
    """The listed club of this name, or one made from the name alone.

    >>> club_of("REAL MUGELLO")
    Club(name='Real Mugello', aliases=('Mugello',), nicknames=(), people=(), city='', list='')
    """
    found = find_club(name)
    if found:
        return found
    tidy = tidy_name(name)
    own = [w for w in tidy.split() if fold(w) not in PLAIN_WORDS and fold(w) not in COMPANY and len(w) > 3]
    aliases = tuple(dict.fromkeys(w for w in (own[-1:] + own[:1]) if w != tidy))
    return Club(tidy, aliases)


def tidy_name(name: str) -> str:
    """An unlisted name as one would write it: capitals throughout are lowered, blanks are single."""
    words = " ".join(name.split()).strip(" .,:;-–—\"'“”«»")
    if words.isupper() and len(words) > 4:
        return re.sub(r"[^\W\d_]+", lambda m: m[0] if len(m[0]) < 3 else m[0].capitalize(), words.lower().title())
    return words


@lru_cache(maxsize=2_000)
def forms(plural: str) -> frozenset[str]:
    """The forms that a masculine or feminine plural can have, folded: rossoneri, rossonero, rossonera, rossonere.

    >>> sorted(forms("bergamaschi"))
    ['bergamasca', 'bergamasche', 'bergamaschi', 'bergamasco']
    """
    word = fold(plural)
    if " " in word or not plural[0].islower() or word[-1] not in "ie":
        return frozenset([word])
    for ending, others in ENDINGS:
        if word.endswith(ending):
            return frozenset([word, *(word[: -len(ending)] + other for other in others)])
    stem = word[:-1]
    return frozenset([word, *(stem + end for end in "oaei")])


@lru_cache(maxsize=500)
def names_of(club: Club) -> frozenset[str]:
    """The folded names that mean this club in prose: its name, aliases, and its name without what many clubs share."""
    names = {fold(n).replace(".", "") for n in (club.name, *club.aliases)}
    own = [w for w in fold(club.name).split() if w not in PLAIN_WORDS and w not in COMPANY and len(w) > 3]
    return frozenset(names | ({own[-1]} if own and len(club.name.split()) > 1 and not club.list else set()))


@lru_cache(maxsize=500)
def nicknames_of(club: Club) -> frozenset[str]:
    """The folded nicknames, colours and demonyms that can stand for this club in prose, in all their forms."""
    return frozenset(form for word in (*club.nicknames, *club.people) for form in forms(word))


@lru_cache(maxsize=1)
def grounds() -> dict[str, tuple[str, ...]]:
    """The grounds that papers name, and the clubs that play there; raises BadClubList at a wrong line."""
    found: dict[str, tuple[str, ...]] = {}
    path = DATA / "grounds.txt"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        names, sep, owners = line.partition("|")
        if not sep or not owners.strip():
            raise BadClubList(f"{path.name}, line {number}: names, '|' and clubs are needed, not {line!r}")
        for name in names.split(";"):
            found[name.strip()] = tuple(owner.strip() for owner in owners.split(";"))
    return found


@lru_cache(maxsize=1)
def ground_pattern() -> re.Pattern[str]:
    """A known ground after the preposition that makes it one: "al Bentegodi", "a San Siro", "stadio Friuli"."""
    names = sorted(grounds(), key=len, reverse=True)
    either = "|".join(map(re.escape, names))
    towns = r"San Siro|Marassi|Fuorigrotta|Wembley|Anfield|Ibrox|Cibali|Highbury|Alvalade"
    return re.compile(
        r"(?<!\w)(?:(?:[Aa]|[Dd]e|[Dd]a|[Nn]e|[Ss]u)l(?:lo |la |l['’]| )|[Ii]l |[Ll][oa] |[Ll]['’]|[Ss]tadio "
        r"|(?:sbanca|espugna|espugnato)(?: il | l['’]| ))[«\"“'‘]?"
        rf"(?P<name>{either})(?!\w)|(?<!\w)(?:[Aa]|[Dd]i|[Dd]a|[Ii]n|sbanca|espugna)[ ](?P<town>{towns})(?!\w)"
    )


@lru_cache(maxsize=8)
def ground_of(text: str) -> tuple[str, tuple[str, ...]] | None:
    """The first known ground that the text names, with the clubs whose it is."""
    m = ground_pattern().search(text)
    name = (m["name"] or m["town"]) if m else None
    return (name, grounds()[name]) if name else None
