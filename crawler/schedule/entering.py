"""What happens in the archive when a visit of a site begins, whoever makes it."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from crawler.schedule.pace import STAMP, next_visit
from crawler.schedule.rules import ROME
from pipelines.items import Found, Role

if TYPE_CHECKING:
    from crawler.schedule.rules import Schedule
    from crawler.site import Site
    from pipelines.archive import Archive

LONGEST_LEAD = timedelta(minutes=10)  # by which a way in is looked at sooner than it must be, for company


@dataclass(frozen=True, slots=True)
class Entered:
    """A visit that has begun: its row in crawl_runs, and the seconds that passed since the visit before it ended; 0
    where that one was killed and nobody knows when it asked last, None where there was none."""

    run: int
    since_last: float | None


def enter(archive: Archive, site: Site, schedule: Schedule, now: datetime, ways_now: bool = False) -> Entered:
    """Note the site and its ways in and when they are looked at again, take back what a killed visit held, begin a run.
    The caller holds the site's lock. `ways_now`: look at the ways in whether they are due or not."""
    archive.declare_site(site.name, site.title, site.home, site.language)
    with archive.reading() as conn:
        last = conn.execute(
            "SELECT started, ended, reason FROM crawl_runs WHERE site = ? ORDER BY started DESC, id DESC LIMIT 1",
            (site.name,),
        ).fetchone()
        pause = next_visit(conn, site, schedule, now) - now
    archive.rhythms[site.name] = schedule.rhythm_of(pause)
    archive.frontier.release(site.name)
    archive.frontier.add([Found(url, site.name, role) for url, role in ways_in(site)], now)
    if ways_now:
        for url, _ in ways_in(site):
            archive.frontier.look_again(url, now)
    with archive.transaction() as pen:
        look_together(pen.conn, site.name, now, pause)
        if last and (last[2] == "drift" or day_of(last[0]) != now.astimezone(ROME).date()):
            forget_validators(pen.conn, site.name)
    return Entered(archive.start_run(site.name, now), since(last, now))


def ways_in(site: Site) -> list[tuple[str, Role]]:
    """The declared feeds, sitemaps and listings of a site."""
    kinds: list[tuple[tuple[str, ...], Role]] = [
        (site.feeds, "feed"), (site.sitemaps, "sitemap"), (site.listings, "listing")
    ]  # fmt: skip
    return [(url, role) for urls, role in kinds for url in urls]


def look_together(conn: sqlite3.Connection, site: str, now: datetime, pause: timedelta) -> None:
    """Make the ways in that are due soon due now, if one is: else the seconds between them would grow into visits of
    their own. Those that failed keep their pause."""
    soon = now + min(pause / 4, LONGEST_LEAD)
    conn.execute(
        "UPDATE urls INDEXED BY urls_due_entrances SET next_check = :now WHERE site = :site AND role <> 'article'"
        " AND next_check BETWEEN :now AND :soon AND state = 'fetched' AND EXISTS (SELECT 1 FROM urls AS due"
        " WHERE due.site = :site AND due.role <> 'article' AND due.next_check <= :now)",
        {"site": site, "now": now.strftime(STAMP), "soon": soon.strftime(STAMP)},
    )


def forget_validators(conn: sqlite3.Connection, site: str) -> None:
    """Ask for the ways in in full: some servers answer 304 for ever, so the first visit of each day asks without; and
    a visit after one that yielded too little, since a 304 would not tell whether that goes on."""
    conn.execute(
        "UPDATE urls INDEXED BY urls_due_entrances SET etag = NULL, last_modified = NULL"
        " WHERE site = ? AND role <> 'article' AND next_check IS NOT NULL",
        (site,),
    )


def since(last: Any, now: datetime) -> float | None:
    if last is None:
        return None
    return max((now - datetime.fromisoformat(last[1])).total_seconds(), 0.0) if last[1] else 0.0


def day_of(stamp: str) -> Any:
    return datetime.fromisoformat(stamp).astimezone(ROME).date()
