"""Alarms: a site that is red twice running, an archive in which nothing arrives; and how the user gets to know."""

from __future__ import annotations

import json
import logging
import shlex
import sqlite3
import subprocess
import urllib.request
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from itertools import islice, pairwise, takewhile
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from crawler.schedule.rules import ROME

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crawler.schedule.rules import Schedule
    from pipelines.archive import Archive

logger = logging.getLogger(__name__)
LOOK_BACK = timedelta(days=14)  # over which "usual" is learned
DAYS_NEEDED = 3  # with articles in them, before silence can be told from a young archive
AT_LEAST = timedelta(hours=1)  # of silence; less is no news


@dataclass(frozen=True, slots=True)
class Alert:
    """What the user is told: `kind` is red or silence, `site` is empty where all are meant."""

    kind: str
    site: str
    at: str  # UTC
    message: str

    def as_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)


def verdict(reason: str | None, counts: Mapping[str, Any]) -> bool | None:
    """Whether a run was red: too little for a healthy site, or nothing but failures. None where it cannot tell: it
    looked at no way in, or some answered that nothing changed.

    >>> verdict("drift", {}), verdict("finished", {"healthy": True}), verdict("finished", {"articles": 1, "pages": 1})
    (True, False, None)
    """
    nothing = bool(counts.get("failures")) and not counts.get("pages") and not counts.get("unchanged")
    if reason == "drift" or nothing:
        return True
    return False if counts.get("healthy") else None


def red_alert(conn: sqlite3.Connection, site: str, schedule: Schedule, now: datetime) -> Alert | None:
    """The alarm for a site whose last run has just made it red so many times running as the schedule says: once, until
    a healthy run has come between."""
    rows = conn.execute(
        "SELECT reason, counts FROM crawl_runs WHERE site = ? AND ended IS NOT NULL ORDER BY started DESC, id DESC",
        (site,),
    )
    runs = ((reason, json.loads(counts)) for reason, counts in rows)
    last = next(runs, None)
    if last is None or not verdict(*last):
        return None
    before = (is_red for run in runs if (is_red := verdict(*run)) is not None)
    in_a_row = 1 + sum(takewhile(bool, islice(before, schedule.alert_red)))
    if in_a_row != schedule.alert_red:
        return None
    counts = last[1]
    why = counts.get("drift") or ", ".join(f"{kind} {n}" for kind, n in sorted(counts["failures"].items()))
    return Alert("red", site, f"{now:%Y-%m-%dT%H:%M:%SZ}", f"{site} is red for {in_a_row} visits running: {why}")


def silence_alert(conn: sqlite3.Connection, schedule: Schedule, now: datetime) -> Alert | None:
    """The alarm where nothing was archived for longer than usual."""
    added = recently_added(conn, now)
    usual = usual_silence(added)
    if usual is None or now - added[-1] <= max(usual * schedule.alert_silence, AT_LEAST):
        return None
    since = f"{added[-1]:%Y-%m-%d %H:%M} UTC"
    hours = usual.total_seconds() / 3600
    return Alert(
        "silence",
        "",
        f"{now:%Y-%m-%dT%H:%M:%SZ}",
        f"nothing was archived since {since}; usually the longest pause of a day is {hours:.1f} hours",
    )


def recently_added(conn: sqlite3.Connection, now: datetime) -> list[datetime]:
    """When articles were added in the last days, oldest first; ids grow with time, so that only those are read."""
    moments: list[datetime] = []
    for (stamp,) in conn.execute("SELECT added FROM articles ORDER BY id DESC"):
        moment = datetime.fromisoformat(stamp)
        if moment < now - LOOK_BACK:
            break
        moments.append(moment)
    return sorted(moments)


def usual_silence(added: list[datetime]) -> timedelta | None:
    """The longest pause of an ordinary day: the median of the days' longest, so that one outage does not count. None
    while too few days are known."""
    longest: dict[object, timedelta] = {}
    for before, after in pairwise(added):
        day = after.astimezone(ROME).date()
        longest[day] = max(longest.get(day, timedelta(0)), after - before)
    if len(longest) < DAYS_NEEDED:
        return None
    return timedelta(seconds=median(pause.total_seconds() for pause in longest.values()))


class SilenceTold:
    """Remembers beside the archive which silence was told, so that each is told once, whoever looks."""

    def __init__(self, archive: str | Path) -> None:
        self.path = Path(f"{archive}-locks") / "silence-told"

    def is_new(self, conn: sqlite3.Connection) -> bool:
        """Whether the silence since the last article has not been told yet; it counts as told from now on."""
        (last,) = conn.execute("SELECT max(id) FROM articles").fetchone()
        if self.path.is_file() and self.path.read_text() == str(last):
            return False
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(str(last))
        return True


def alerts_after(archive: Archive, sites: Iterable[str], schedule: Schedule, now: datetime) -> list[Alert]:
    """The alarms to tell after visits of these sites."""
    with archive.reading() as conn:
        found = [alert for site in sites if (alert := red_alert(conn, site, schedule, now))]
        silence = silence_alert(conn, schedule, now)
        if silence and SilenceTold(archive.path).is_new(conn):
            found.append(silence)
    return found


def deliver(alert: Alert, schedule: Schedule) -> None:
    """Log the alarm and hand its JSON to the user's command and URL; what goes wrong there is logged too."""
    logger.error("alarm: %s", alert.message)
    data = alert.as_json()
    if schedule.alert_command:
        try:
            subprocess.run(shlex.split(schedule.alert_command), input=data, text=True, timeout=30, check=True)
        except (OSError, ValueError, subprocess.SubprocessError) as error:
            logger.error("the alarm's command failed: %s", error)
    if schedule.alert_url:
        request = urllib.request.Request(  # noqa: S310 (the schedule accepts http(s) only)
            schedule.alert_url, data.encode(), {"Content-Type": "application/json", "User-Agent": "Moviola"}
        )
        try:
            urllib.request.urlopen(request, timeout=10).close()  # noqa: S310
        except (OSError, ValueError) as error:
            logger.error("the alarm's URL failed: %s", error)
