"""The crawl's memory: what is due, who has it, what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from pipelines.archive import Archive, Host, Rhythm
from pipelines.archive.frontier import DUE, NEXT_DUE
from pipelines.items import Found, Lease, Reading, Skipped

from .examples import HOME, KICK_OFF, NOW, address, article, failed, feed, reading, scalar, visit

SITE = "lanotizia"
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def found(number: int, **fields: object) -> Found:
    return replace(Found(address(number), SITE, "article"), **fields)  # type: ignore[arg-type]


def urls(leases: Iterable[Lease]) -> list[str]:
    return [lease.url.removeprefix(HOME) for lease in leases]


def state(archive: Archive, url: str = address(1)) -> tuple[str, int, str | None]:
    row: tuple[str, int, str | None] = archive.conn.execute(
        "SELECT state, tries, next_check FROM urls WHERE url = ?", (url,)
    ).fetchone()
    return row


def test_urls_are_added_once(archive: Archive) -> None:
    assert archive.frontier.add([found(1), found(2), found(1)], NOW) == 2
    assert archive.frontier.add([found(2), found(3)], NOW) == 1
    assert archive.frontier.add([], NOW) == 0


def test_a_url_remembers_where_it_was_found(archive: Archive) -> None:
    archive.write(feed(1))
    assert scalar(archive, "SELECT f.url FROM urls u JOIN urls f ON f.id = u.found_on") == f"{HOME}/feed"


def test_entrances_come_first_then_the_newest(archive: Archive) -> None:
    archive.frontier.add(
        [
            found(1),
            found(2, published=NOW - DAY),
            found(3, published=NOW - HOUR),
            Found(f"{HOME}/sezione", SITE, "listing"),
            Found(f"{HOME}/feed", SITE, "feed"),
            Found("https://altro.example/1", "altro", "article"),
        ],
        NOW,
    )
    leases = archive.frontier.lease(SITE, NOW, 10)
    assert sorted(urls(leases[:2])) == ["/feed", "/sezione"]
    assert urls(leases[2:]) == ["/calcio/3", "/calcio/2", "/calcio/1"]


def test_second_looks_take_their_place_among_the_new(archive: Archive) -> None:
    archive.frontier.add([found(1, published=NOW - 2 * HOUR), found(3, published=NOW - DAY)], NOW)
    archive.write(visit(2), article(2, published=None))
    archive.frontier.add([found(2, published=NOW - HOUR)], NOW)
    archive.frontier.look_again(address(2), NOW)
    assert urls(archive.frontier.lease(SITE, NOW, 2)) == ["/calcio/2", "/calcio/1"]


def test_a_leased_url_is_nobody_elses_until_the_lease_ends(archive: Archive) -> None:
    archive.frontier.add([found(1)], NOW)
    (lease,) = archive.frontier.lease(SITE, NOW, 10)
    assert archive.frontier.lease(SITE, NOW + MINUTE, 10) == []
    assert lease.until == NOW + Rhythm().lease
    assert archive.frontier.next_due(SITE) == lease.until
    assert urls(archive.frontier.lease(SITE, lease.until, 10)) == ["/calcio/1"]


def test_a_run_gives_back_what_it_holds(archive: Archive) -> None:
    archive.frontier.add([found(n) for n in range(1, 5)], NOW)
    first, second = archive.start_run(SITE, NOW), archive.start_run(SITE, NOW)
    archive.frontier.lease(SITE, NOW, 2, first)
    archive.frontier.lease(SITE, NOW, 1, second)
    assert archive.frontier.release(SITE, first) == 2
    assert len(archive.frontier.lease(SITE, NOW, 10)) == 3
    assert archive.frontier.release(SITE) == 4, "what killed runs held"


def test_a_url_given_back_is_what_it_was(archive: Archive) -> None:
    archive.frontier.add([found(n) for n in range(1, 5)], NOW)
    archive.write(visit(1), article(1))
    archive.write(failed(2, "timeout"))
    archive.write(visit(3), Skipped("consent"))
    for number in (1, 2, 3):
        archive.frontier.look_again(address(number), NOW)
    before = [row[0] for row in archive.conn.execute("SELECT state FROM urls ORDER BY id")]
    assert len(archive.frontier.lease(SITE, NOW, 10)) == 4
    archive.frontier.release(SITE)
    assert [row[0] for row in archive.conn.execute("SELECT state FROM urls ORDER BY id")] == before
    assert before == ["fetched", "failed", "skipped", "discovered"]


def test_a_lease_carries_what_a_conditional_get_needs(archive: Archive) -> None:
    archive.write(visit(), article())
    (lease,) = archive.frontier.lease(SITE, NOW + DAY, 1)
    assert (lease.etag, lease.last_modified, lease.tries) == ('"v1"', None, 0)


def test_an_article_is_read_again_while_it_is_young(archive: Archive) -> None:
    ages = []
    now = KICK_OFF + MINUTE
    while True:
        archive.write(visit(at=now), article())
        due = archive.frontier.next_due(SITE)
        if due is None:
            break
        ages.append(due - KICK_OFF)
        now = due
    assert ages == [HOUR, 6 * HOUR, DAY, 7 * DAY]


def test_an_article_not_modified_keeps_the_same_rhythm(archive: Archive) -> None:
    archive.write(visit(at=KICK_OFF), article())
    archive.write(visit(at=KICK_OFF + HOUR, pages=(), not_modified=True))
    assert archive.frontier.next_due(SITE) == KICK_OFF + 6 * HOUR
    assert state(archive)[0] == "fetched"


def test_a_live_blog_is_read_again_within_minutes(archive: Archive) -> None:
    live = Reading("live", version="1")
    archive.write(visit(at=KICK_OFF + HOUR), article(), live)
    assert archive.frontier.next_due(SITE) == KICK_OFF + HOUR + Rhythm().live
    archive.write(visit(at=KICK_OFF + 5 * HOUR), article(), live)
    assert archive.frontier.next_due(SITE) == KICK_OFF + 6 * HOUR


def test_an_article_dated_in_the_future_counts_from_now(archive: Archive) -> None:
    archive.write(visit(at=KICK_OFF - DAY), article())
    assert archive.frontier.next_due(SITE) == KICK_OFF - DAY + HOUR


def test_failures_are_tried_again_with_growing_pauses_and_then_given_up(archive: Archive) -> None:
    archive.frontier.add([found(1)], NOW)
    pauses, now = [], NOW
    while leases := archive.frontier.lease(SITE, now, 1):
        assert leases[0].tries == len(pauses)
        archive.write(failed(1, "timeout", at=now))
        due = archive.frontier.next_due(SITE)
        if due is None:
            break
        pauses.append(due - now)
        now = due
    assert pauses == [timedelta(seconds=10), MINUTE, 10 * MINUTE, 2 * HOUR, DAY]
    assert state(archive) == ("failed", 6, None)
    assert scalar(archive, "SELECT count(*) FROM failures WHERE kind = 'timeout'") == 6


def test_success_forgives_failures(archive: Archive) -> None:
    archive.write(failed(1, "timeout"))
    archive.write(visit(at=NOW + HOUR), article())
    assert state(archive)[:2] == ("fetched", 0)
    assert scalar(archive, "SELECT reason FROM urls") is None


def test_a_failure_that_cannot_pass_is_not_tried_again(archive: Archive) -> None:
    archive.write(failed(1, "too-large", retry=False))
    assert state(archive) == ("failed", 1, None)


def test_a_host_that_asks_for_time_gets_it(archive: Archive) -> None:
    archive.write(failed(1, "http-503", retry_after=NOW + HOUR))
    assert archive.frontier.next_due(SITE) == NOW + HOUR


@pytest.mark.parametrize("kind", ["http-404", "http-410"])
def test_a_page_that_is_gone_is_never_asked_for_again(archive: Archive, kind: str) -> None:
    archive.write(failed(1, kind))
    assert state(archive) == ("gone", 0, None)
    assert not archive.frontier.look_again(address(1), NOW)


def test_what_robots_forbid_is_skipped(archive: Archive) -> None:
    archive.write(failed(1, "robots", retry=False))
    assert state(archive) == ("skipped", 0, None)


@pytest.mark.parametrize("kind", ["http-404", "timeout", "robots"])
def test_an_entrance_is_never_given_up(archive: Archive, kind: str) -> None:
    now = NOW
    for _ in range(10):
        archive.write(replace(feed(0, at=now), failure=failed(1, kind, retry=False).failure))
        due = archive.frontier.next_due(SITE)
        assert due is not None and now < due <= now + DAY
        now = due


def test_an_entrance_is_visited_at_the_rhythm_of_its_site(archive: Archive) -> None:
    archive.rhythms[SITE] = Rhythm(entrances=5 * MINUTE)
    archive.write(feed(0))
    assert archive.frontier.next_due(SITE) == NOW + 5 * MINUTE


def test_a_part_of_a_sitemap_is_visited_again_when_told_to_be_newer(archive: Archive) -> None:
    def index(at: datetime, newest: datetime) -> None:
        part = Found(f"{HOME}/part", SITE, "sitemap", f"{HOME}/index", newest)
        archive.write(replace(feed(0, at=at), url=f"{HOME}/index", role="sitemap", found=(part,)))

    index(NOW, NOW - DAY)
    archive.write(replace(feed(0, at=NOW), url=f"{HOME}/part", role="sitemap"))
    index(NOW + HOUR, NOW - DAY)
    assert urls(archive.frontier.lease(SITE, NOW + 2 * HOUR, 10)) == ["/index"]
    index(NOW + 2 * HOUR, NOW + HOUR)
    assert urls(archive.frontier.lease(SITE, NOW + 2 * HOUR, 10)) == ["/part"]


def test_nothing_is_due_of_an_unknown_site(archive: Archive) -> None:
    assert archive.frontier.next_due("nessuno") is None
    assert archive.frontier.lease("nessuno", NOW, 5) == []


@pytest.mark.parametrize("question", [DUE, NEXT_DUE])
def test_what_is_due_is_found_through_indexes_alone(archive: Archive, question: str) -> None:
    values = {"site": SITE, "now": "2024", "limit": 1}
    plan = [row[3] for row in archive.conn.execute("EXPLAIN QUERY PLAN " + question, values)]
    reads = [step for step in plan if "urls" in step]
    assert len(reads) == 3 and all(step.startswith("SEARCH urls USING") for step in reads), plan


def test_a_host_is_remembered(archive: Archive) -> None:
    assert archive.host("https://a.example") == Host("https://a.example")
    host = Host("https://a.example", "User-agent: *", 200, NOW, 2.5, NOW + HOUR, 0.5, 3)
    archive.remember_host(host)
    assert archive.host("https://a.example") == host


def test_a_run_is_counted(archive: Archive) -> None:
    run = archive.start_run(SITE, NOW)
    archive.frontier.add([found(1)], NOW)
    archive.frontier.lease(SITE, NOW, 1, run)
    archive.write(failed(1, "dns"))
    archive.end_run(run, NOW + MINUTE, "finished", {"pages": 0, "failures": 1})
    assert list(archive.conn.execute("SELECT run_id, kind FROM failures")) == [(run, "dns")]
    row = next(archive.db["crawl_runs"].rows)
    assert (row["ended"], row["reason"], row["counts"]) == (
        "2024-01-10T22:31:00Z", "finished", '{"failures": 1, "pages": 0}',
    )  # fmt: skip


def test_a_reading_is_kept_through_the_frontier_of_another_site(archive: Archive) -> None:
    archive.frontier.add([Found("https://b.example/1", "b", "article")], NOW)
    (lease,) = archive.frontier.lease("b", NOW, 1)
    written = archive.write(replace(visit(), url=lease.url, site="b"), article(url=lease.url), reading())
    assert written.new and scalar(archive, "SELECT site FROM articles") == "b"
