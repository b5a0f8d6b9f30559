"""Real minutes over HTTP: the real scheduler against many hosts of this machine, killed and started again."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from bench.simulation.servers import papers

ROOT = Path(__file__).parents[2]
WARM = 40.0  # seconds in which every site is visited for the first time; their lag tells nothing
DELAY = 1.0  # seconds between two requests of a host, as the declarations say
SCHEDULE = """
[pace]
at_once = 20
shortest = "{every}s"
longest = "{every}s"
rest = "5s"
[quiet]
slower = 1
"""
SITE = """
title = "Giornale {number}"
home = "http://127.0.0.{number}:{port}/"
feeds = ["http://127.0.0.{number}:{port}/feed/"]
delay = {delay}
[articles]
allow = ['/calcio/\\d+']
[select]
body = "article"
"""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the minutes came to; gaps and lags in seconds."""

    hosts: int
    seconds: float
    kills: int
    requests: int
    published: int
    lost: int
    twice: int
    again: int  # articles asked for a second time, since a kill came before the first was committed
    least_gap: float  # between two requests of any host, by the servers' log
    too_fast: int  # gaps shorter than the delay
    lag_median: float
    lag_p95: float
    ended_in: float  # seconds from SIGTERM to the end
    exitcode: int


def minutes(hosts: int = 60, seconds: float = 300, kills: int = 3, seed: int = 1, every: int = 40) -> Outcome:
    """Let papers publish for four fifths of the time, kill the scheduler so many times, compare in the end. Feeds are
    looked at every so many seconds."""
    rng = random.Random(seed)
    publishing = seconds * 0.8
    moments = sorted(rng.uniform(seconds * 0.1, seconds * 0.8) for _ in range(kills))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with served(hosts, publishing, seed, folder / "log") as ready:
            command = prepared(folder, hosts, ready["port"], every)
            started, scheduler = time.monotonic(), start(command, folder)
            for moment in moments:
                time.sleep(max(started + moment - time.monotonic(), 0))
                scheduler.kill()
                scheduler.wait()
                scheduler = start(command, folder)
            time.sleep(max(started + seconds - time.monotonic(), 0))
            asked = time.monotonic()
            scheduler.send_signal(signal.SIGTERM)
            code = scheduler.wait(timeout=60)
            ended = time.monotonic() - asked
        return compare(folder, hosts, ready["start"], publishing, seed, kills, seconds, ended, code)


@contextmanager
def served(hosts: int, seconds: float, seed: int, log: Path) -> Iterator[dict[str, Any]]:
    """The papers' servers, until the block ends."""
    command = [sys.executable, "-m", "bench.simulation.servers", "--hosts", str(hosts), "--seconds", str(seconds)]
    command += ["--seed", str(seed), "--log", str(log)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        try:
            yield json.loads(process.stdout.readline())
        finally:
            process.stdin.close()
            process.terminate()


def prepared(folder: Path, hosts: int, port: int, every: int) -> list[str]:
    """Write the declarations and the schedule; the scheduler's command."""
    sites = folder / "sites"
    sites.mkdir()
    for number in range(2, hosts + 2):
        (sites / f"giornale{number}.toml").write_text(SITE.format(number=number, port=port, delay=DELAY))
    (folder / "schedule.toml").write_text(SCHEDULE.format(every=every))
    settings = {
        "ARCHIVE": folder / "a.db", "SITES": sites, "SCHEDULE": folder / "schedule.toml", "ALLOW_PRIVATE": 1,
        "AUTOTHROTTLE_START_DELAY": DELAY,
    }  # fmt: skip
    options = [part for key, value in settings.items() for part in ("-s", f"{key}={value}")]
    return [str(Path(sys.executable).parent / "scrapy"), "schedule", *options]


def start(command: list[str], folder: Path) -> subprocess.Popen[bytes]:
    with (folder / "scheduler.log").open("ab") as log:
        return subprocess.Popen(command, cwd=ROOT, stdout=log, stderr=log, env={**os.environ, "MOVIOLA_CONTACT": ""})


def compare(
    folder: Path,
    hosts: int,
    start: float,
    publishing: float,
    seed: int,
    kills: int,
    seconds: float,
    ended: float,
    code: int,
) -> Outcome:
    """What was published against what is archived, and what the servers saw."""
    lines = [json.loads(line) for line in (folder / "log").read_text().splitlines()]
    press = papers(hosts, start, publishing, seed)
    wanted = {f"//{paper.address}/calcio/{n}" for paper in press.values() for n in range(len(paper.moments))}
    with sqlite3.connect(folder / "a.db") as conn:
        rows = conn.execute("SELECT url, published, added FROM articles").fetchall()
        (pages,) = conn.execute("SELECT count(*) FROM pages").fetchone()
        (versions,) = conn.execute("SELECT count(*) FROM article_versions").fetchone()
    seen = ["//" + url.split("/")[2].split(":")[0] + "/" + url.split("/", 3)[3] for url, *_ in rows]
    asked = [f"//{line['host']}{line['path']}" for line in lines if line["path"].startswith("/calcio/")]
    times = defaultdict(list)
    for line in lines:
        times[line["host"]].append(line["at"])
    gaps = [after - before for moments in times.values() for before, after in pairwise(sorted(moments))]
    lags = sorted(
        (datetime.fromisoformat(added) - datetime.fromisoformat(published)).total_seconds()
        for _, published, added in rows
        if datetime.fromisoformat(published).timestamp() > start + WARM
    )
    return Outcome(
        hosts, seconds, kills, len(lines), len(wanted), len(wanted - set(seen)),
        len(seen) - len(set(seen)) + pages - len(rows) + versions, len(asked) - len(set(asked)),
        min(gaps), sum(gap < DELAY - TOLERANCE for gap in gaps),
        median(lags) if lags else 0.0, lags[int(len(lags) * 0.95)] if lags else 0.0, ended, code,
    )  # fmt: skip


TOLERANCE = 0.02  # seconds by which a loaded machine may hand two requests over closer than they were sent
