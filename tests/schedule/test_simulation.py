"""The small form of `make simulate`: a few days of a few papers, and half a minute over HTTP."""

from __future__ import annotations

from pathlib import Path

from bench.simulation.minutes import minutes
from bench.simulation.month import simulate


def test_five_days_of_kills_and_broken_hosts_lose_nothing_and_store_nothing_twice(tmp_path: Path) -> None:
    found = simulate(tmp_path, sites=8, days=5)
    print(found)
    assert found.killed_visits >= found.kills * 0.8, "kills must come while something is going on"
    assert (found.lost, found.twice) == (0, 0)
    assert found.archived == found.published > 300
    assert found.lag_median < found.interval
    assert found.false_silences == 0
    assert found.silent
    assert [alarm for alarm in found.alarms if "expected" in alarm], "the redesign is told"
    assert [alarm for alarm in found.alarms if "refused" in alarm or "host-waits" in alarm], "the host that is down too"


def test_half_a_minute_over_http_with_a_kill(tmp_path: Path) -> None:
    found = minutes(hosts=6, seconds=40, kills=1, seed=3, every=8)
    print(found)
    assert (found.twice, found.too_fast, found.exitcode) == (0, 0, 0)
    assert found.lost == 0
    assert found.published > 6, "each has one at the start, and some appear later"
    assert found.ended_in < 20
