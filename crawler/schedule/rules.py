"""The schedule: intervals, quiet hours and alarms as one TOML file says them, checked when it is read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from pipelines.archive import Rhythm

if TYPE_CHECKING:
    from scrapy.settings import BaseSettings

ROME = ZoneInfo("Europe/Rome")
DEFAULT = Path(__file__).parent / "schedule.toml"
UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


class ScheduleError(ValueError):
    """A schedule that cannot be used; the message names file, key and reason."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours of the Italian day, across midnight where the end is before the start; minutes are whole.

    >>> from datetime import UTC
    >>> night = Hours(time(23), time(6))
    >>> night.hold(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)), night.hold(datetime(2026, 7, 1, 10, tzinfo=UTC))
    (True, False)
    """

    start: time
    end: time

    def hold(self, moment: datetime) -> bool:
        """Whether the moment is within them."""
        clock = moment.astimezone(ROME).time()
        if self.start <= self.end:
            return self.start <= clock < self.end
        return clock >= self.start or clock < self.end

    def next(self, edge: time, moment: datetime) -> datetime:
        """When it is next `edge` o'clock in Italy."""
        local = moment.astimezone(ROME)
        then = datetime.combine(local.date(), edge, ROME)
        return (then if then > local else datetime.combine(local.date() + timedelta(1), edge, ROME)).astimezone(
            moment.tzinfo
        )


@dataclass(frozen=True, slots=True)
class Schedule:
    """All that schedule.toml says; its comments tell what each means."""

    at_once: int
    shortest: timedelta
    longest: timedelta
    learn: timedelta
    trust: timedelta
    rest: timedelta
    quiet: Hours
    slower: float
    match_hours: Hours
    match_every: timedelta
    rhythm: Rhythm
    alert_command: str
    alert_url: str
    alert_red: int
    alert_silence: float
    keep_versions: timedelta | None
    keep_skipped: timedelta | None
    keep_failures: timedelta | None
    keep_runs: timedelta | None
    copies: int

    @classmethod
    def of(cls, settings: BaseSettings) -> Schedule:
        """The schedule that the setting SCHEDULE names; ScheduleError says what is wrong with it."""
        return read_schedule(Path(settings.get("SCHEDULE") or DEFAULT))

    def rhythm_of(self, entrances: timedelta) -> Rhythm:
        """The rhythm of a site whose ways in are next looked at after that time."""
        return replace(self.rhythm, entrances=entrances)


@lru_cache(maxsize=8)
def read_schedule(path: Path = DEFAULT) -> Schedule:
    """The schedule of a file, what it leaves out taken from the one that comes with Moviola."""
    tables = _tables(DEFAULT)
    for name, table in (_tables(path) if path != DEFAULT else {}).items():
        if not isinstance(table, dict) or name not in tables:
            raise ScheduleError(f"{path}: {name}: unknown table")
        if unknown := table.keys() - tables[name].keys():
            raise ScheduleError(f"{path}: {name}.{min(unknown)}: unknown key")
        tables[name].update(table)
    return _Reader(path, tables).schedule()


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ScheduleError(f"{path}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise ScheduleError(f"{path}: not TOML: {error}") from error


class _Reader:
    """Takes values out of the tables, and says where one is wrong."""

    def __init__(self, path: Path, tables: dict[str, Any]) -> None:
        self.path, self.tables = path, tables

    def refuse(self, table: str, key: str, reason: str) -> ScheduleError:
        return ScheduleError(f"{self.path}: {table}.{key}: {reason}")

    def number(self, table: str, key: str, least: float) -> float:
        value = self.tables[table][key]
        if not isinstance(value, int | float) or isinstance(value, bool) or value < least:
            raise self.refuse(table, key, f"must be a number, {least:g} or more")
        return value

    def text(self, table: str, key: str) -> str:
        value = self.tables[table][key]
        if not isinstance(value, str):
            raise self.refuse(table, key, "must be a string")
        return value

    def span(self, table: str, key: str, value: object = None) -> timedelta:
        span = duration(value if value is not None else self.tables[table][key])
        if span is None:
            raise self.refuse(table, key, 'must be a duration like "30s", "5m", "6h" or "14d"')
        return span

    def spans(self, table: str, key: str) -> tuple[timedelta, ...]:
        values = self.tables[table][key]
        if not isinstance(values, list):
            raise self.refuse(table, key, "must be a list of durations")
        return tuple(self.span(table, key, value) for value in values)

    def keep(self, key: str) -> timedelta | None:
        return None if self.tables["keep"][key] == "never" else self.span("keep", key)

    def hours(self, table: str, key: str) -> Hours:
        found = re.fullmatch(r"(\d\d:\d\d)-(\d\d:\d\d)", str(self.tables[table][key]))
        try:
            start, end = (time.fromisoformat(part) for part in found.groups()) if found else (None, None)
        except ValueError:
            start = end = None
        if start is None or end is None:
            raise self.refuse(table, key, 'must be hours like "01:00-06:30"')
        return Hours(start, end)

    def url(self) -> str:
        url = self.text("alerts", "url")
        if url and not url.startswith(("http://", "https://")):
            raise self.refuse("alerts", "url", "must be an http(s) URL, or empty")
        return url

    def schedule(self) -> Schedule:
        shortest, longest = self.span("pace", "shortest"), self.span("pace", "longest")
        if not timedelta(0) < shortest <= longest:
            raise self.refuse("pace", "shortest", "must be more than nothing and at most pace.longest")
        return Schedule(
            at_once=int(self.number("pace", "at_once", 1)),
            shortest=shortest,
            longest=longest,
            learn=self.span("pace", "learn"),
            trust=self.span("pace", "trust"),
            rest=self.span("pace", "rest"),
            quiet=self.hours("quiet", "hours"),
            slower=self.number("quiet", "slower", 1),
            match_hours=self.hours("matches", "hours"),
            match_every=self.span("matches", "every"),
            rhythm=Rhythm(
                ages=self.spans("articles", "again"),
                live=self.span("articles", "live"),
                live_for=self.span("articles", "live_for"),
                pauses=self.spans("failures", "pauses"),
            ),
            alert_command=self.text("alerts", "command"),
            alert_url=self.url(),
            alert_red=int(self.number("alerts", "red", 1)),
            alert_silence=self.number("alerts", "silence", 1),
            keep_versions=self.keep("versions"),
            keep_skipped=self.keep("skipped"),
            keep_failures=self.keep("failures"),
            keep_runs=self.keep("runs"),
            copies=int(self.number("backup", "copies", 1)),
        )


def duration(text: object) -> timedelta | None:
    """The time that a text like "90s" or "1.5h" tells; None if it tells none.

    >>> duration("1.5h"), duration("soon") is None
    (datetime.timedelta(seconds=5400), True)
    """
    found = re.fullmatch(r"(\d{1,6}(?:\.\d{1,3})?)\s*([smhd])", str(text))
    return timedelta(**{UNITS[found[2]]: float(found[1])}) if found else None
