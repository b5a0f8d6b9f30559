"""Which site is visited next."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from crawler.schedule import Agenda, Schedule, enter
from crawler.schedule.agenda import AT_ONCE, BELIEVED
from crawler.site import Site
from pipelines.archive import Archive
from pipelines.items import Found, Visit
from tests.archive.examples import article, page

from .conftest import NOON

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def look(archive: Archive, site: Site, schedule: Schedule, at: timedelta = timedelta(0)) -> None:
    """A visit that finds nothing new."""
    enter(archive, site, schedule, NOON + at)
    for lease in archive.frontier.lease(site.name, NOON + at, 9):
        archive.write(Visit(lease.url, site.name, lease.role, NOON + at, (page(1, url=lease.url),)))


def named(site: Site, name: str) -> Site:
    home = f"https://{name}.example/"
    return replace(site, name=name, home=home, feeds=(f"{home}feed/",), listings=())


def test_a_site_that_was_never_visited_comes_first(archive: Archive, schedule: Schedule, site: Site) -> None:
    look(archive, site, schedule)
    agenda = Agenda([site.name, "nuovo"], schedule)
    assert agenda.due(archive, NOON + HOUR, ()) == ["nuovo", site.name]
    assert agenda.due(archive, NOON + MINUTE, ()) == ["nuovo"]


def test_the_longest_due_go_first_and_no_more_than_there_is_room_for(
    archive: Archive, schedule: Schedule, site: Site
) -> None:
    sites = [named(site, name) for name in ("uno", "due", "tre", "quattro", "cinque")]
    for number, one in enumerate(sites):
        look(archive, one, schedule, -number * MINUTE)
    agenda = Agenda([one.name for one in sites], replace(schedule, at_once=3))
    later = NOON + HOUR
    assert agenda.due(archive, later, ()) == ["cinque", "quattro", "tre"]
    assert agenda.due(archive, later, ("cinque", "altro")) == ["quattro"]
    assert agenda.due(archive, later, ("a", "b", "c")) == []


def test_a_site_rests_between_two_visits(archive: Archive, schedule: Schedule, site: Site) -> None:
    agenda = Agenda([site.name], schedule)
    agenda.visited(site.name, NOON)
    assert agenda.due(archive, NOON + schedule.rest / 2, ()) == []
    assert agenda.due(archive, NOON + schedule.rest, ()) == [site.name]


def test_it_wakes_when_the_next_site_is_due(archive: Archive, schedule: Schedule, site: Site) -> None:
    look(archive, site, schedule)
    agenda = Agenda([site.name], schedule)
    assert agenda.wake(archive, NOON, ()) == NOON + 30 * MINUTE
    assert agenda.wake(archive, NOON, (site.name,)) > NOON + 99 * HOUR


def test_second_looks_wait_for_company_and_retries_do_not(archive: Archive, schedule: Schedule, site: Site) -> None:
    look(archive, site, schedule)
    url = f"{site.home}calcio/1"
    archive.write(
        Visit(url, site.name, "article", NOON - HOUR, (page(1, url=url, final_url=url),)), article(1, url=url)
    )
    archive.conn.execute(
        "UPDATE urls SET next_check = '2026-11-18T11:10:00Z', seen = '2026-11-18T10:30:00Z' WHERE url = ?", (url,)
    )
    due = NOON + 10 * MINUTE
    assert Agenda([site.name], schedule).wake(archive, NOON, ()) == due + 10 * MINUTE, "a quarter of forty minutes"
    archive.frontier.add([Found(f"{site.home}calcio/2", site.name, "article", published=NOON)], NOON + 5 * MINUTE)
    assert Agenda([site.name], schedule).wake(archive, NOON, ()) == NOON + 5 * MINUTE, "a new one waits for nobody"


def test_what_a_killed_process_held_is_due_again(archive: Archive, schedule: Schedule, site: Site) -> None:
    enter(archive, site, schedule, NOON)
    assert archive.frontier.lease(site.name, NOON, 9)
    agenda = Agenda([site.name], schedule)
    assert agenda.due(archive, NOON, ()) == []
    assert agenda.recover(archive, []) == 0, "somebody else holds the site"
    assert agenda.recover(archive, [site.name]) == 2
    assert agenda.due(archive, NOON, ()) == [site.name]


def test_what_others_make_due_is_noticed(archive: Archive, schedule: Schedule, site: Site) -> None:
    look(archive, site, schedule)
    agenda = Agenda([site.name], schedule)
    assert agenda.due(archive, NOON, ()) == []
    archive.frontier.look_again(site.feeds[0], NOON)
    assert agenda.due(archive, NOON + BELIEVED + MINUTE, ()) == [site.name]


def test_a_site_without_anything_to_come_is_never_due(archive: Archive, schedule: Schedule) -> None:
    archive.declare_site("vuoto", "Vuoto", "https://vuoto.example/")
    archive.start_run("vuoto", NOON)
    assert Agenda(["vuoto"], schedule).due(archive, NOON + 999 * HOUR, ()) == []
    assert AT_ONCE < NOON
