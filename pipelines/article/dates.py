"""Moments as Italian pages write them: ISO and RFC forms, "mercoledì 10 gennaio 2024, 22:57", "ieri alle 18.30".

A time without a zone is Italian local time (Europe/Rome, summer time included); all results are UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from dateparser.date import DateDataParser

ROME = ZoneInfo("Europe/Rome")
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)  # the papers' own archives on the web begin in 1984
AHEAD = timedelta(days=2)  # a page may be dated a little after it was fetched: clocks, zones, planned pieces
LONGEST = 120  # characters: dates stand in short texts

_MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
_NAMES = _MONTHS.split()
MONTHS = {name[:3]: number for number, name in enumerate(_NAMES, 1)} | {"sett": 9}
_WEEK = "luned marted mercoled gioved venerd sabato domenica"
WEEKDAYS = {name: n for n, name in enumerate(_WEEK.split())}
HOURS = {"mattina": 9, "mattino": 9, "pomeriggio": 16, "sera": 21, "notte": 23}  # when only a part of the day is told

_MONTH = "(?P<month>" + "|".join(f"{name[:3]}(?:{name[3:]}|t)?" for name in _NAMES) + r"|\d{1,2})"
_CLOCK = (
    r"(?:[\s,|–—•·@(-]*(?:alle|delle|h\.?|-|ore)?[\s,:]*(?:ore)?\s*(?P<hour>[01]?\d|2[0-3])[:.h](?P<minute>[0-5]\d))?"
)
DATE = re.compile(
    rf"(?<!\d)(?P<day>[0-3]?\d)(?:°|º)?(?:\s*[\s./-]\s*){_MONTH}\b\.?(?:\s*[\s./,-]\s*(?P<year>(?:19|20)\d\d|\d\d(?![\d:.])))?{_CLOCK}",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(rf"(?<!\d)(?P<year>20\d\d)[-/.](?P<month>[01]?\d)[-/.](?P<day>[0-3]?\d){_CLOCK}", re.IGNORECASE)
RELATIVE_DAY = re.compile(
    rf"\b(?P<day>oggi|ieri l['’]altro|l['’]altro ieri|avantieri|ieri|stamattina|stamane|stasera|stanotte|"
    rf"questa (?:mattina|sera|notte))"
    rf"(?:\s+(?P<part>mattina|pomeriggio|sera|notte))?{_CLOCK}",
    re.IGNORECASE,
)
LAST_WEEKDAY = re.compile(
    rf"\b(?P<name>luned|marted|mercoled|gioved|venerd|sabato|domenica)(?:[ìi]['’`]?)?\s+(?:scors[oa]|passat[oa])"
    rf"(?:\s+(?P<part>mattina|pomeriggio|sera|notte))?{_CLOCK}",
    re.IGNORECASE,
)
AGO = re.compile(
    r"\b(?P<count>\d{1,3}|un['’]?a?|qualche)\s*(?P<unit>minut|min\b|or|h\b|giorn|gg\b|settiman|mes)[a-z]*\s+fa\b", re.I
)
UNITS = {"minut": 1 / 60, "min": 1 / 60, "or": 1, "h": 1, "giorn": 24, "gg": 24, "settiman": 168, "mes": 730}
ISO = re.compile(r"\d{4}-?\d\d-?\d\d")
ZONE_NAME = re.compile(r"\s*\b(?:CEST|CET|Europe/Rome)\b$", re.IGNORECASE)
URL_DATE = re.compile(
    r"(?<!\d)(?P<year>20[0-4]\d)(?:[/-](?P<month>0?[1-9]|1[0-2])[/-](?P<day>0?[1-9]|[12]\d|3[01])|(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01]))(?!\d)"
    r"|(?<!\d)(?P<day_first>0?[1-9]|[12]\d|3[01])-(?P<month_second>0?[1-9]|1[0-2])-(?P<year_last>20[0-4]\d)(?!\d)"
)


def in_utc(moment: datetime) -> datetime:
    """The moment in UTC; Italian local time where it has no zone."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=ROME)).astimezone(UTC)


def believable(moment: datetime | None, fetched: datetime) -> datetime | None:
    """The moment, unless it cannot be when a page fetched then was published."""
    return moment if moment and EARLIEST <= moment <= fetched + AHEAD else None


def read_machine_date(text: str, fetched: datetime) -> datetime | None:
    """A date from JSON-LD, a meta tag or a datetime attribute: ISO 8601 or RFC 2822, and what else sites write there.

    >>> str(read_machine_date("2024-07-10T22:57:00", datetime(2026, 1, 1, tzinfo=UTC)))
    '2024-07-10 20:57:00+00:00'
    """
    text = ZONE_NAME.sub("", text[:LONGEST].strip())
    try:
        if ISO.match(text):
            return believable(in_utc(datetime.fromisoformat(text)), fetched)
        if text[:3].isalpha() and ":" in text:
            return believable(in_utc(parsedate_to_datetime(text)), fetched)
        if text.isascii() and text.isdigit() and len(text) in (10, 13):
            return believable(datetime.fromtimestamp(int(text[:10]), UTC), fetched)
    except (ValueError, OverflowError):
        pass
    return read_date(text, fetched)


def read_date(text: str, fetched: datetime) -> datetime | None:
    """The moment that an Italian text tells, reckoned from when the page was fetched where it is relative.

    >>> str(read_date("ieri alle 18.30", datetime(2024, 7, 10, 9, tzinfo=UTC)))
    '2024-07-09 16:30:00+00:00'
    """
    text = text[:LONGEST]
    now = fetched.astimezone(ROME)
    try:
        moment = _absolute(text, now) or _relative(text, now) or _ago(text, now)
    except (ValueError, OverflowError):
        moment = None
    if moment is None and any(c.isdigit() for c in text):
        moment = _by_dateparser(text, now)
    try:
        return believable(in_utc(moment), fetched) if moment else None
    except (ValueError, OverflowError):
        return None


def _absolute(text: str, now: datetime) -> datetime | None:
    found = YEAR_FIRST.search(text) or DATE.search(text)
    if not found:
        return None
    month = MONTHS.get(found["month"].lower()[:3]) or (int(found["month"]) if found["month"].isdigit() else 0)
    year = int(found["year"]) if found["year"] else 0
    if not year and found["month"].isdigit():  # "2-1" and "12.30" are a score and a clock
        return None
    year = year + 2000 if 0 < year < 100 else year
    if not 1 <= month <= 12:
        return None
    moment = datetime(year or now.year, month, int(found["day"]), tzinfo=ROME) + _clock(found)
    return moment.replace(year=now.year - 1) if not year and moment > now + AHEAD else moment


def _relative(text: str, now: datetime) -> datetime | None:
    today = datetime.combine(now.date(), time(), ROME)
    if found := RELATIVE_DAY.search(text):
        word = found["day"].lower()
        days = 0 if word.startswith(("oggi", "sta", "questa")) else 1 if word == "ieri" else 2
        part = found["part"] or (
            "mattina" if "matt" in word or word == "stamane" else word[3:] if word[:3] == "sta" else word[7:]
        )
        if not found["hour"] and part not in HOURS:
            return None  # "oggi" alone tells no more than that the page is new
        return today - timedelta(days=days) + _clock(found, HOURS.get(part, 0))
    if found := LAST_WEEKDAY.search(text):
        back = (now.weekday() - WEEKDAYS[found["name"].lower()] - 1) % 7 + 1
        return today - timedelta(days=back) + _clock(found, HOURS.get(found["part"] or "", 0))
    return None


def _clock(found: re.Match[str], otherwise: int = 0) -> timedelta:
    if not found["hour"]:
        return timedelta(hours=otherwise)
    return timedelta(hours=int(found["hour"]), minutes=int(found["minute"]))


def _ago(text: str, now: datetime) -> datetime | None:
    found = AGO.search(text)
    if not found:
        return None
    count = int(found["count"]) if found["count"].isdigit() else 1
    return now - timedelta(hours=count * UNITS[found["unit"].lower()])


@cache
def _date_parser(day: datetime) -> DateDataParser:
    """dateparser for Italian: it takes 0.1 s to load and 1 ms a text, so it is asked last. One for each day."""
    from dateparser.date import DateDataParser

    settings = {
        "DATE_ORDER": "DMY",
        "PREFER_DATES_FROM": "past",
        "RELATIVE_BASE": day,
        "TIMEZONE": "Europe/Rome",
        "REQUIRE_PARTS": ["day", "month", "year"],
    }
    return DateDataParser(languages=["it", "en"], settings=settings)


def _by_dateparser(text: str, now: datetime) -> datetime | None:
    try:
        found = _date_parser(now.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)).get_date_data(text)
    except (ValueError, OverflowError, TypeError, AttributeError, IndexError):
        return None
    return found.date_obj


def read_url_date(url: str, fetched: datetime) -> datetime | None:
    """The day in a URL ("/2024/01/10/", "-10-01-2024", "20240110"), at midnight in Italy.

    >>> str(read_url_date("https://www.example.it/serie-a/2024/01/10/milan-atalanta", datetime(2026, 1, 1, tzinfo=UTC)))
    '2024-01-09 23:00:00+00:00'
    """
    for found in URL_DATE.finditer(url[:2_000]):
        year, month, day = (
            (found["year"], found["month"] or found["m"], found["day"] or found["d"])
            if found["year"]
            else (found["year_last"], found["month_second"], found["day_first"])
        )
        try:
            moment = datetime(int(year), int(month), int(day), tzinfo=ROME)
        except ValueError:
            continue
        if believable(in_utc(moment), fetched):
            return in_utc(moment)
    return None
