"""What headline and text say around a match: its date, competition, round, referee, ground and crowd."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

from .clubs import ground_of
from .fields import trie
from .numbers import ORDINALS
from .officials import read_attendance
from .referee import find_referee

DATA = Path(__file__).parents[2] / "data" / "competitions.toml"
MONTHS = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]
WEEKDAYS = ["lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"]
DAY = re.compile(rf"(?<!\d)(\d{{1,2}})[°º]?\s(?:di\s)?({'|'.join(MONTHS)})(?:\s(\d{{4}}))?", re.IGNORECASE)
NUMERIC_DAY = re.compile(r"(?<![\d/.-])(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?![\d/.-])")
WEEKDAY = re.compile(rf"(?<!\w)({'|'.join(WEEKDAYS)})(?!\w)", re.IGNORECASE)
ROUND = re.compile(  # over a lowered text
    r"(?P<n>\d{1,2})\s?(?:[ªa°^]|esima)?\s(?:giornata|turno)|(?<![a-zéè])(?P<word>[a-zéè]{4,25})\sgiornata"
    r"|giornata\s(?:numero\s|n\.?\s?)?(?P<m>\d{1,2})(?!\d)"
    r"|(?P<cup>(?:andata|ritorno)?\s?(?:dei |delle )?(?:trentaduesimi|sedicesimi|ottavi|quarti|semifinal[ei]"
    # feminine where it is a match: "il finale" is the end of one, and "risultato finale" any match's
    r"|finalissima|(?:(?<=la )|(?<=una )|(?<=in ))finale(?!\sdi\s(?:gara|partita|tempo|primo|match|stagione)))"
    r"(?:\sdi\s(?:andata|ritorno|finale))?)",
)
ROUND_WORDS = ("giornata", "turno", "finale", "finali", "ottavi", "quarti", "sedicesimi", "finalissima")
VENUE = re.compile(
    r"(?:\b[Ss]tadio|\bcampo (?:sportivo|comunale)"
    r"|\b[Ii]mpianto)\s(?P<q>[«\"“'‘])?(?P<name>[A-ZÀ-Þ][^,.;:()\n«»\"“”]{2,34})"
)
LEAGUE_LETTER = re.compile(
    r"\b(?:giornata|turno|[a-z]+(?:esima|prima|seconda|terza)) (?:di|del campionato di) (?P<league>[ABCD])\b"
)
COMMON_GROUND = re.compile(r"\b(?:[Aa]l|[Dd]el|[Dd]al|[Ii]l|[Nn]el) (?P<name>Comunale(?: di [A-ZÀ-Þ]\w+)?)")
STOP_VENUE = re.compile(
    r"(?:(?<!Città)(?<!Comunale)\sdi|\s(?:a|per|in|con|davanti|è|e|la|il|si|dove|finisce|va|tra|che|ha|arriva|termina|contro|al|nel|gli|i"
    r"|un|una|al|alla|alle|ore|va|sotto|batte|c['’]è))\s.*$"
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a match around its play; None where nothing tells them."""

    date: date | None = None
    competition: str | None = None
    round: str | None = None
    referee: str | None = None
    venue: str | None = None
    attendance: int | None = None


def read_facts(
    title: str, subtitle: str, text: str, published: date | None, players: frozenset[str] | None = None
) -> Facts:
    """The facts that an article tells about its match; its date falls back on the day of publication. The referee
    is looked for where `players` are given: the folded surnames that line-ups hold."""
    whole = f"{title}\n{subtitle}\n{text}"
    return Facts(
        date=read_date(whole[:3000], published),
        competition=read_competition(f"{title}\n{subtitle}\n{text[:2500]}"),
        round=read_round(whole[:2500]),
        referee=find_referee(text, players) if players is not None else None,
        venue=read_ground(whole[:4000]),
        attendance=read_attendance(text[:6000], False),
    )


def read_date(text: str, published: date | None) -> date | None:
    """The day of the match: written out, or told from the day of publication ("ieri", "domenica").

    >>> read_date("Domenica 6 novembre 1994, stadio Zaccheria", None)
    datetime.date(1994, 11, 6)
    >>> read_date("Ieri il Milan", date(2024, 1, 11))
    datetime.date(2024, 1, 10)
    """
    low = text.lower()
    for m in DAY.finditer(text) if any(month in low for month in MONTHS) else ():
        year = int(m[3]) if m[3] else published.year if published else None
        found = _day(year, MONTHS.index(m[2].lower()) + 1, int(m[1]))
        if found and (
            published is None or (m[3] and abs((published - found).days) < 12) or 0 <= (published - found).days < 12
        ):
            return found
        if found and published is None:
            return found
    for m in NUMERIC_DAY.finditer(text):
        year = int(m[3]) if len(m[3]) == 4 else 2000 + int(m[3])
        found = _day(year, int(m[2]), int(m[1]))
        if found and (published is None or 0 <= (published - found).days < 12):
            return found
    if published is None:
        return None
    if re.search(r"(?<!\w)[Ii]eri(?!\w)", text[:1200]):
        return published - timedelta(days=1)
    days = WEEKDAY.search(text[:600])
    if days:
        back = (published.weekday() - WEEKDAYS.index(days[1].lower())) % 7
        if back <= 3:
            return published - timedelta(days=back)
    return published


def _day(year: int | None, month: int, day: int) -> date | None:
    if year is None:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


@lru_cache(maxsize=1)
def competition_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """The spellings of all competitions as one pattern, and the name that each means."""
    names = {
        spelt: name
        for name, many in tomllib.loads(DATA.read_text(encoding="utf-8"))["competitions"].items()
        for spelt in many
    }
    return re.compile(rf"(?<!\w){trie(sorted(names, key=len, reverse=True))}(?!\w)"), names


def read_competition(text: str) -> str | None:
    """The competition that the article names first.

    >>> read_competition("Coppa Italia Femminile, Sassuolo-Inter 6-5"), read_competition("niente")
    ('Coppa Italia Femminile', None)
    """
    pattern, names = competition_pattern()
    m = pattern.search(text.lower().replace("’", "'"))
    if m:
        return names[m[0]]
    letter = LEAGUE_LETTER.search(text)
    return f"Serie {letter['league']}" if letter else None


def read_round(text: str) -> str | None:
    """The round as digits with "giornata", or the cup's stage in the article's words.

    >>> read_round("nona giornata di Serie A"), read_round("la 23ª giornata"), read_round("semifinale di ritorno")
    ('9ª giornata', '23ª giornata', 'semifinale di ritorno')
    >>> read_round("il risultato finale"), read_round("nel finale"), read_round("vince la finale di Coppa")
    (None, None, 'finale')
    """
    low = text.lower()
    for m in ROUND.finditer(low) if any(word in low for word in ROUND_WORDS) else ():
        number = m["n"] or m["m"]
        if m["word"]:
            value = ORDINALS.get(re.sub(r"a$", "o", m["word"].lower()))
            number = str(value) if value else None
        if number:
            return f"{int(number)}ª giornata"
        if m["cup"]:
            return " ".join(m["cup"].lower().split())
    return None


def read_ground(text: str) -> str | None:
    """The ground: after "stadio", else a known one that the text names ("a San Siro")."""
    m = VENUE.search(text) if "stadio" in text.lower() or "campo " in text or "mpianto" in text else None
    if m:
        name = STOP_VENUE.sub("", m["name"] + " ").strip(" '’\"»”")
        if 2 < len(name) <= 40:
            return name
    known = ground_of(text)
    common = None if known else COMMON_GROUND.search(text)
    return known[0] if known else common["name"] if common else None
