"""How often a site is looked at: as often as it publishes, rarer at night, more often when its club plays."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from crawler.schedule.rules import ROME, Schedule

if TYPE_CHECKING:
    from crawler.site import Site

STAMP = "%Y-%m-%dT%H:%M:%SZ"  # as the archive writes moments


def next_visit(conn: sqlite3.Connection, site: Site, schedule: Schedule, now: datetime) -> datetime:
    """When the ways in of a site that is visited now should be looked at again."""
    interval = learned_interval(conn, site, schedule, now)
    then = now + interval
    if schedule.quiet.hold(now):
        morning = schedule.quiet.next(schedule.quiet.end, now)
        then = max(then, min(now + interval * schedule.slower, morning))
    return sooner_for_matches(conn, site, schedule, now, then)


def learned_interval(conn: sqlite3.Connection, site: Site, schedule: Schedule, now: datetime) -> timedelta:
    """The mean time between two articles of the site, within the bounds of the schedule; the `every` of its declaration
    until it has been watched long enough."""
    (since,) = conn.execute("SELECT min(started) FROM crawl_runs WHERE site = ?", (site.name,)).fetchone()
    watched = now - datetime.fromisoformat(since) if since else timedelta(0)
    if watched < schedule.trust:
        return bounded(timedelta(minutes=site.every), schedule)
    span = min(watched, schedule.learn)
    (published,) = conn.execute(
        "SELECT count(*) FROM articles WHERE site = ? AND published BETWEEN ? AND ?",
        (site.name, (now - span).strftime(STAMP), now.strftime(STAMP)),
    ).fetchone()
    return bounded(span / published if published else schedule.longest, schedule)


def bounded(interval: timedelta, schedule: Schedule) -> timedelta:
    """The interval, no shorter and no longer than the schedule allows."""
    return min(max(interval, schedule.shortest), schedule.longest)


def sooner_for_matches(
    conn: sqlite3.Connection, site: Site, schedule: Schedule, now: datetime, then: datetime
) -> datetime:
    """`then`, or sooner on a day on which the club that the site follows plays."""
    if not site.follows or then - now <= schedule.match_every:
        return then
    if schedule.match_hours.hold(now) and plays(conn, site.follows, now.astimezone(ROME).date()):
        return min(then, now + schedule.match_every)
    opening = schedule.match_hours.next(schedule.match_hours.start, now)
    if opening < then and plays(conn, site.follows, opening.astimezone(ROME).date()):
        return opening
    return then


def plays(conn: sqlite3.Connection, club: str, day: date) -> bool:
    """Whether the archive knows a match of the club on that day, from a calendar or from what papers told."""
    row = conn.execute(
        "SELECT 1 FROM results WHERE date = :day AND :club IN (home, away)"
        " UNION ALL SELECT 1 FROM teams JOIN matches ON home_id = teams.id AND date = :day WHERE name = :club"
        " UNION ALL SELECT 1 FROM teams JOIN matches ON away_id = teams.id AND date = :day WHERE name = :club LIMIT 1",
        {"day": day.isoformat(), "club": club},
    ).fetchone()
    return row is not None


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
