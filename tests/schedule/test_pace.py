"""How often a site is looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from crawler.schedule import Schedule, enter
from crawler.schedule.pace import learned_interval, next_visit
from crawler.site import Site
from pipelines.archive import Archive
from pipelines.items import Timestamp, Visit
from tests.archive.examples import article, page

from .conftest import NOON

HOUR, DAY, MINUTE = timedelta(hours=1), timedelta(days=1), timedelta(minutes=1)


def publish(archive: Archive, site: Site, count: int, days: int, now: datetime = NOON) -> None:
    """The site has been watched for so many days and has published so many articles, evenly."""
    archive.declare_site(site.name, site.title, site.home)
    archive.start_run(site.name, now - days * DAY)
    for number in range(count):
        url = f"{site.home}calcio/{number}"
        when = now - days * DAY * (number + 0.5) / count
        found = article(number, text=f"Testo {number} " * 9, url=url, published=Timestamp(when, "meta"))
        archive.write(Visit(url, site.name, "article", when, (page(number, url=url, final_url=url),)), found)


def test_until_a_site_is_known_its_declaration_says_how_often(archive: Archive, schedule: Schedule, site: Site) -> None:
    assert learned_interval(archive.conn, site, schedule, NOON) == 30 * MINUTE
    publish(archive, site, 40, days=1)
    assert learned_interval(archive.conn, site, schedule, NOON) == 30 * MINUTE


@pytest.mark.parametrize(
    ("count", "days", "interval"),
    [(20, 5, 6 * HOUR), (24, 4, 4 * HOUR), (48, 4, 2 * HOUR), (0, 5, 6 * HOUR), (40, 0.05, 30 * MINUTE)],
)
def test_a_site_is_looked_at_as_often_as_it_publishes(
    archive: Archive, schedule: Schedule, site: Site, count: int, days: float, interval: timedelta
) -> None:
    publish(archive, site, count, days)  # type: ignore[arg-type]
    assert learned_interval(archive.conn, site, schedule, NOON) == interval


def test_only_the_last_days_count(archive: Archive, schedule: Schedule, site: Site) -> None:
    publish(archive, site, 100, days=10)
    publish(archive, replace(site, name="altro", home="https://altro.example/"), 900, days=10)
    assert learned_interval(archive.conn, site, schedule, NOON) == 2.4 * HOUR
    assert learned_interval(archive.conn, site, schedule, NOON + 30 * DAY) == schedule.longest


def test_at_night_visits_are_rarer_and_resume_in_the_morning(archive: Archive, schedule: Schedule, site: Site) -> None:
    two = NOON.replace(hour=1)  # two o'clock in Italy
    assert next_visit(archive.conn, site, schedule, two) == two + 4 * 30 * MINUTE
    six = NOON.replace(hour=5)
    assert next_visit(archive.conn, site, schedule, six) == six + 30 * MINUTE
    seven = NOON.replace(hour=6)
    assert next_visit(archive.conn, site, schedule, seven) == seven + 30 * MINUTE


def test_on_its_clubs_match_day_a_site_is_looked_at_more_often(
    archive: Archive, schedule: Schedule, site: Site
) -> None:
    assert next_visit(archive.conn, site, schedule, NOON) == NOON + 30 * MINUTE
    archive.conn.execute(
        "INSERT INTO results (id, source, date, home, away, pair)"
        " VALUES ('x', 'calendar', '2026-11-18', 'Lecce', 'Parma', 'Lecce-Parma')"
    )
    assert next_visit(archive.conn, site, schedule, NOON) == NOON + schedule.match_every
    assert next_visit(archive.conn, replace(site, follows="Torino"), schedule, NOON) == NOON + 30 * MINUTE
    assert next_visit(archive.conn, site, schedule, NOON + DAY) == NOON + DAY + 30 * MINUTE
    early = NOON.replace(hour=9, minute=45)  # a quarter to eleven: the day's matches begin at eleven
    assert next_visit(archive.conn, site, schedule, early) == NOON.replace(hour=10)


def test_the_first_visit_of_a_day_asks_for_the_ways_in_in_full(
    archive: Archive, schedule: Schedule, site: Site
) -> None:
    def validators() -> list[str | None]:
        return [row[0] for row in archive.conn.execute("SELECT etag FROM urls WHERE role = 'feed'")]

    feed = site.feeds[0]
    enter(archive, site, schedule, NOON)
    archive.write(Visit(feed, site.name, "feed", NOON, (page(1, url=feed, headers={"etag": '"1"'}),)))
    enter(archive, site, schedule, NOON + HOUR)
    assert validators() == ['"1"']
    enter(archive, site, schedule, NOON + DAY)
    assert validators() == [None]


def test_a_visit_after_a_poor_one_asks_in_full(archive: Archive, schedule: Schedule, site: Site) -> None:
    feed = site.feeds[0]
    poor = enter(archive, site, schedule, NOON)
    archive.write(Visit(feed, site.name, "feed", NOON, (page(1, url=feed, headers={"etag": '"1"'}),)))
    archive.end_run(poor.run, NOON, "drift", {})
    enter(archive, site, schedule, NOON + HOUR)
    assert archive.conn.execute("SELECT etag FROM urls WHERE role = 'feed'").fetchone() == (None,)


def test_a_visit_knows_how_long_ago_the_last_one_ended(archive: Archive, schedule: Schedule, site: Site) -> None:
    first = enter(archive, site, schedule, NOON)
    assert first.since_last is None
    killed = enter(archive, site, schedule, NOON + MINUTE)
    assert killed.since_last == 0, "nobody knows when a killed visit asked last"
    archive.end_run(killed.run, NOON + 2 * MINUTE, "finished", {})
    assert enter(archive, site, schedule, NOON + 3 * MINUTE).since_last == 60


def test_ways_in_that_are_due_soon_are_looked_at_together(archive: Archive, schedule: Schedule, site: Site) -> None:
    def look(at: datetime) -> set[str]:
        enter(archive, site, schedule, at)
        leases = archive.frontier.lease(site.name, at, 9)
        for number, lease in enumerate(leases):  # some seconds lie between them
            when = at + timedelta(seconds=5 * number)
            archive.write(Visit(lease.url, site.name, lease.role, when, (page(1, url=lease.url),)))
        return {lease.role for lease in leases}

    assert look(NOON) == {"feed", "listing"}
    assert look(NOON + 30 * MINUTE) == {"feed", "listing"}
    assert look(NOON + 50 * MINUTE) == set(), "none is due"
