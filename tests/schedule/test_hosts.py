"""A host that fails or refuses is left alone, and nothing of it is given up."""

from __future__ import annotations

from datetime import timedelta

from crawler import hosts
from pipelines.archive import Archive, Host, Rhythm
from pipelines.items import Failure, Found, Visit

from .conftest import NOON

MINUTE = timedelta(minutes=1)


def test_a_host_is_left_alone_longer_each_time_after_three_failures() -> None:
    host, pauses = Host("https://x.example"), []
    for _ in range(8):
        host = hosts.after_failure(host, NOON)
        pauses.append(host.retry_after_until and (host.retry_after_until - NOON) // MINUTE)
    assert pauses == [None, None, 2, 10, 30, 60, 60, 60]


def test_an_answer_forgives_all() -> None:
    host = Host("https://x.example")
    for _ in range(2):
        host = hosts.after_failure(host, NOON)
    host = hosts.after_failure(hosts.after_answer(host), NOON)
    assert (host.failures, host.retry_after_until) == (1, None)


def test_a_refusal_is_obeyed_and_without_a_time_grows() -> None:
    asked = hosts.after_refusal(Host("h"), NOON, NOON + 7 * MINUTE)
    assert asked.retry_after_until == NOON + 7 * MINUTE
    unasked = hosts.after_refusal(hosts.after_refusal(Host("h"), NOON, None), NOON, None)
    assert unasked.retry_after_until == NOON + 10 * MINUTE


def test_a_url_whose_host_waits_loses_no_try(archive: Archive) -> None:
    url = "https://x.example/calcio/1"
    archive.frontier.add([Found(url, "x", "article")], NOON)
    for number in range(3 * len(Rhythm().pauses)):
        now = NOON + number * 10 * MINUTE
        (lease,) = archive.frontier.lease("x", now, 9)
        assert lease.tries == 0
        waits = Failure("host-waits", "", retry_after=now + 10 * MINUTE)
        archive.write(Visit(url, "x", "article", now, failure=waits))
        assert archive.frontier.next_due("x") == now + 10 * MINUTE
    assert archive.conn.execute("SELECT state, tries FROM urls").fetchall() == [("discovered", 0)]
