"""`make simulate`: a month of sixty papers on a virtual clock, five real minutes over HTTP, the due query.

The minutes run beside the month, which costs no waiting: the one sleeps while the other computes.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.frontier import due_times
from bench.simulation import minutes, month
from crawler.schedule.standing import as_words


def print_month(found: month.Outcome, sites: int, days: int, seconds: float) -> bool:
    """Print what the month came to; whether it is as it should be."""
    lag, late = as_words(found.lag_median), as_words(found.lag_p95)
    told = "told" if found.silent else "NOT told"
    print(f"Simulated: {sites} sites, {days} days, in {seconds:.0f} s")
    print(
        f"  {found.published:,} articles published, {found.archived:,} archived, {found.lost} lost, {found.twice} twice"
    )
    print(
        f"  {found.visits:,} visits, {found.requests:,} requests; {found.kills} kills cut {found.killed_visits} visits"
    )
    print(
        f"  from publication to archive: median {lag}, 95 % {late}; a site is visited every {as_words(found.interval)}"
    )
    print(f"  sites whose own median lag is longer than their own median interval: {found.late_sites}")
    print(f"  silence: told wrongly {found.false_silences} times, {told} a day after the last article; alarms:")
    for alarm in found.alarms:
        print(f"    {alarm}")
    return not found.lost and not found.twice and found.lag_median < found.interval and found.silent


def print_minutes(found: minutes.Outcome) -> bool:
    """Print what the minutes came to; whether it is as it should be."""
    print(
        f"Over HTTP: {found.hosts} hosts, {found.seconds:.0f} s, {found.kills} SIGKILLs, {found.requests} requests\n"
        f"  {found.published} articles published, {found.lost} lost, {found.twice} twice;"
        f" {found.again} asked for again after a kill\n"
        f"  least time between two requests of a host {found.least_gap:.2f} s, the delay is {minutes.DELAY:.2f} s:"
        f" {found.too_fast} too fast\n"
        f"  from publication to archive: median {found.lag_median:.0f} s, 95 % {found.lag_p95:.0f} s\n"
        f"  SIGTERM: ended in {found.ended_in:.1f} s with exit code {found.exitcode}"
    )
    return not (found.lost or found.twice or found.too_fast or found.exitcode) and found.ended_in < 20


def print_due(count: int) -> bool:
    """Print how long the archive takes to tell what is due; whether that is short enough."""
    typical, slowest, ask = due_times(count)
    print(f"Due query at {count:,} URLs: lease {typical:.2f} ms (slowest {slowest:.2f}), when is it due {ask:.2f} ms")
    return typical < 5 and ask < 5


def main() -> int:
    """Run and print all of it; 1 where a figure is not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=60)
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=300, help="of the part over HTTP; 0 leaves it out")
    parser.add_argument("--urls", type=int, default=5_000_000, help="of the due query; 0 leaves it out")
    options = parser.parse_args()
    fine = True
    with ThreadPoolExecutor(1) as beside, tempfile.TemporaryDirectory() as folder:
        waiting = beside.submit(minutes.minutes, options.sites, options.seconds) if options.seconds else None
        started = time.monotonic()
        found = month.simulate(Path(folder), options.sites, options.days)
        fine &= print_month(found, options.sites, options.days, time.monotonic() - started)
        if waiting:
            fine &= print_minutes(waiting.result())
    if options.urls:
        fine &= print_due(options.urls)
    print("all figures are reached" if fine else "NOT all figures are reached")
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
