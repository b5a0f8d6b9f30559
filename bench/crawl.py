"""A whole crawl (robots, download, clean, read, snapshot, search index, committed) against a bare Scrapy spider that
downloads the same pages and does nothing with them."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from tests.newspaper.process import ROOT, Running, running

SITES = ("lanotizia", "ponente", "novantesimo", "curva")


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of CPU of all processes, their peak memory in MB, pages."""

    wall: float
    cpu: float
    memory: float
    pages: int


def measure(command: list[str], pages: int) -> Cost:
    """Run a command to its end and see what it cost with all its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        peak = Peak(process.pid)
        peak.start()
        _, errors = process.communicate()
    wall = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    peak.over.set()
    peak.join()
    if process.returncode:
        raise RuntimeError(f"{command}: exit {process.returncode}\n{errors[-3000:]}")
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, peak.megabytes, pages)


class Peak(threading.Thread):
    """The largest proportional memory (PSS) of a process and its descendants, looked at every 100 ms."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.megabytes, self.over = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.over.wait(0.1):
            self.megabytes = max(self.megabytes, sum(map(pss, [self.pid, *descendants(self.pid)])) / 1024)


def descendants(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [d for child in map(int, children) for d in (child, *descendants(child))]


def pss(pid: int) -> int:
    """Kilobytes; shared pages are counted once among those who share them."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith("Pss:")), 0)


def article_urls(newspaper: Running) -> list[str]:
    return [article["url"] for article in newspaper.control("articles")["articles"]]


def run(pages: int = 2000, rounds: int = 5) -> None:
    """Print the ratios."""
    with running("--pages", str(pages)) as newspaper, tempfile.TemporaryDirectory() as folder:
        urls = Path(folder) / "urls.json"
        urls.write_text(json.dumps(article_urls(newspaper)))
        bare, ours = [], []
        for number in range(rounds):
            bare.append(measure([sys.executable, "-m", "bench.bare_spider", str(urls)], pages))
            archive = f"{folder}/{number}.db"
            command = [f"{Path(sys.executable).parent}/scrapy", "visit", *SITES, "-L", "ERROR"]
            options = ["-s", f"SAMPLE_PORT={newspaper.port}", "-s", f"ARCHIVE={archive}"]
            ours.append(measure([*command, *options], pages))
            kept = stored(archive)
            if kept < pages * 0.98:
                raise RuntimeError(f"only {kept} of {pages} pages were stored: the ratio would mean nothing")
        speed = median(b.wall / o.wall for b, o in zip(bare, ours, strict=True))
        cpu = median(o.cpu / b.cpu for b, o in zip(bare, ours, strict=True))
        memory = median(o.memory for o in ours)
        print(f"whole crawl of {pages} pages, {os.cpu_count()} cores, medians of {rounds}:")
        print(f"  pages/s as a ratio to bare Scrapy   {speed:5.2f}   (at least 0.30, aim 0.50)")
        print(f"  CPU as a ratio to bare Scrapy       {cpu:5.2f}   (at most 4, aim 3)")
        print(f"  peak memory of all processes, MB    {memory:5.0f}   (at most 350)")
        print(
            f"  bare Scrapy {median(pages / b.wall for b in bare):.0f} pages/s, {median(b.memory for b in bare):.0f} MB"
        )


def stored(archive: str) -> int:
    import sqlite3

    with sqlite3.connect(archive) as conn:
        return int(conn.execute("SELECT count(*) FROM articles").fetchone()[0])


if __name__ == "__main__":
    run(*map(int, sys.argv[1:]))
