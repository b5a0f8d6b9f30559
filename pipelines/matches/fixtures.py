"""Calendars that others keep: openfootball's Football.TXT and football-data's CSV, as fixtures and results."""

from __future__ import annotations

import csv
import io
import re
from calendar import isleap
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .telling import Score

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COMPETITIONS = {  # the names that files give, as the archive has them
    "italian serie a": "Serie A",
    "italian serie b": "Serie B",
    "italian serie c": "Serie C",
    "italian cup": "Coppa Italia",
    "i1": "Serie A",
    "i2": "Serie B",
}
TITLE = re.compile(r"^=\s+(?P<name>.+?)\s+(?P<season>\d{4}(?:[-/]\d{2,4})?)\s*$")
SPAN = re.compile(r"^#\s*Date\s+(?P<first>.+?)\s+-\s+(?P<last>.+?)(?:\s+\(\d+d\))?\s*$")
ROUND = re.compile(r"^\s*[▪»*]\s*(?P<round>.+?)\s*$")
MONTH_DAY = r"(?P<month>[A-Z][a-z]{2})[a-z]*[ /](?P<day>\d{1,2})(?:,?\s+(?P<year>\d{4}))?"
DAY = re.compile(rf"^\s*\[?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\.?,?\s+)?{MONTH_DAY}\]?\s*$")
FULL = r"(?P<h>\d+)-(?P<a>\d+)(?:\s+a\.e\.t\.)?(?:\s+\((?:(?P<n1>\d+)-(?P<n2>\d+),\s*)?(?P<h1>\d+)-(?P<h2>\d+)\))?"
PENALTIES = r"(?P<q1>\d+)-(?P<q2>\d+)\s+pen\.\s+\((?P<f1>\d+)-(?P<f2>\d+)(?:,\s*(?P<g1>\d+)-(?P<g2>\d+))?\)"
SCORE = rf"(?:{PENALTIES}|(?:(?P<p1>\d+)-(?P<p2>\d+)\s+pen\.\s+)?{FULL})"
TIME = r"^\s*(?:\d{1,2}[:.]\d{2}\s+)?"
NOTE = r"(?:\s+\[(?P<note>[a-z. ]+)\])?\s*$"
AFTER = re.compile(rf"{TIME}(?P<home>\S.*?)\s+v\s+(?P<away>\S.*?)(?:\s\s+{SCORE})?{NOTE}")  # A v B  2-1 (1-0)
BETWEEN = re.compile(rf"{TIME}(?P<home>\S.*?)\s\s+{SCORE}\s\s+(?P<away>[^\s\[].*?){NOTE}")  # A  2-1 (1-0)  B
COUNTRY = re.compile(r"\s*\([A-Z]{3}\)$")
NOT_PLAYED = ("cancelled", "postponed", "annulled")
LINE = 400  # letters; longer lines are no match


class BadCalendar(ValueError):
    """A file that is no calendar; the message names the file, and the line where it can."""


@dataclass(frozen=True, slots=True)
class Result:
    """One match of a calendar; without a score it is a fixture. `home` and `away` are the names that the file gives."""

    date: date
    home: str
    away: str
    season: str
    competition: str | None = None
    round: str | None = None
    score: Score = None
    half: Score = None
    ninety: Score = None
    shootout: Score = None


def read_calendar(name: str, text: str) -> list[Result]:
    """The matches of a calendar in either format; BadCalendar where it holds none."""
    first = next((line for line in text.lstrip("\ufeff").splitlines() if line.strip()), "")
    results = list(read_csv(name, text) if "HomeTeam" in first else read_football_txt(name, text))
    if not results:
        raise BadCalendar(f"{name}: no match found; Football.TXT or football-data's CSV is understood")
    return results


def read_football_txt(name: str, text: str) -> Iterator[Result]:
    """The matches of a Football.TXT file (https://openfootball.github.io), the score between the teams or after."""
    competition, season, round_, day = None, "", None, None
    first, last = date(1900, 7, 1), date(1901, 6, 30)
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or len(line) > LINE:
            continue
        if m := TITLE.match(line):
            competition = COMPETITIONS.get(m["name"].lower(), m["name"])
            start = int(m["season"][:4])
            season = f"{start}-{(start + 1) % 100:02}"
            first, last = date(start, 7, 1), date(start + 1, 6, 30)
        elif m := SPAN.match(line):
            ends = [DAY.match(m[end]) for end in ("first", "last")]  # they have years
            first, last = (
                dated(end, None, None, name, number) if end else old
                for end, old in zip(ends, (first, last), strict=True)
            )
        elif line.lstrip().startswith("#"):
            continue
        elif m := ROUND.match(line):
            round_ = m["round"]
        elif m := DAY.match(line):
            day = dated(m, first, last, name, number)
        elif day and (m := AFTER.match(line) or BETWEEN.match(line)) and m["note"] not in NOT_PLAYED:
            yield result_of(m, day, season, competition, round_)


def dated(m: re.Match[str], first: date | None, last: date | None, name: str, number: int) -> date:
    """A day; one without a year is in the season's span. BadCalendar for one that is none."""
    try:
        month, day = MONTHS.index(m["month"]) + 1, int(m["day"])
        if m["year"]:
            return date(int(m["year"]), month, day)
        assert first and last
        days = [date(y, month, day) for y in (first.year, last.year) if (month, day) != (2, 29) or isleap(y)]
        return next((each for each in days if first <= each <= last), days[-1 if month < first.month else 0])
    except (IndexError, ValueError) as error:
        raise BadCalendar(f"{name}, line {number}: no date: {m[0].strip()!r}") from error


def result_of(m: re.Match[str], day: date, season: str, competition: str | None, round_: str | None) -> Result:
    groups = m.groupdict()
    home, away = (COUNTRY.sub("", groups[side].strip()) for side in ("home", "away"))

    def score(first: str, second: str) -> Score:
        return None if groups[first] is None else (int(groups[first]), int(groups[second]))

    full, half = score("h", "a") or score("f1", "f2"), score("h1", "h2") or score("g1", "g2")
    shootout = score("p1", "p2") or score("q1", "q2")
    return Result(day, home, away, season, competition, round_, full, half, score("n1", "n2"), shootout)


def read_csv(name: str, text: str) -> Iterator[Result]:
    """The matches of football-data's CSV (Date, HomeTeam, AwayTeam, FTHG, FTAG, HTHG, HTAG)."""
    for number, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff"))), start=2):
        if not row.get("HomeTeam") or not row.get("AwayTeam"):
            continue
        try:
            day = day_of(row.get("Date") or "")
            score, half = whole(row, "FTHG", "FTAG"), whole(row, "HTHG", "HTAG")
        except ValueError as error:
            raise BadCalendar(f"{name}, line {number}: {error}") from error
        start = day.year - (day.month < 7)
        season = f"{start}-{(start + 1) % 100:02}"
        competition = COMPETITIONS.get((row.get("Div") or "I1").lower())
        yield Result(day, row["HomeTeam"], row["AwayTeam"], season, competition, None, score, half)


def day_of(text: str) -> date:
    """2021-01-09, 09/01/2021 or 09/01/21."""
    if "/" not in text:
        return date.fromisoformat(text)
    day, month, year = map(int, text.split("/"))
    return date(year if year > 99 else year + (2000 if year < 70 else 1900), month, day)


def whole(row: dict[str, str], home: str, away: str) -> Score:
    ours, theirs = row.get(home), row.get(away)
    return (int(ours), int(theirs)) if ours and theirs else None
