"""The month itself: the real agenda, pace, alarms and urls table; the clock and the fetches are simulated."""

from __future__ import annotations

import heapq
import random
from bisect import bisect_left
from collections import Counter
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.simulation.world import Paper, make_trouble, papers
from crawler import hosts
from crawler.report import Tally
from crawler.schedule import Agenda, Schedule, enter, read_schedule
from crawler.schedule.alerts import red_alert, silence_alert
from pipelines.archive import Archive, Result
from pipelines.items import Failure, Lease, Reading, Visit

START = datetime(2026, 9, 1, tzinfo=UTC)
DELAY = timedelta(seconds=2.5)  # between two requests of one host, with its jitter
BATCH = 8  # visits committed together, as the crawl's memory does under load
RESTART = timedelta(seconds=30)  # until a killed process is up again
HISTORY = timedelta(days=10)  # papers existed before
WARM = timedelta(days=3)  # at the beginning a site is a backlog, and its rhythm not yet learned: no lag is counted
LISTEN = timedelta(hours=3)  # between two looks for silence; the real process takes five minutes
SETTLE = timedelta(hours=26)  # after the last article, to fetch what the last trouble held up

Steps = Generator[datetime, None, None]  # a visit: it yields when it goes on


@dataclass
class Month:
    """A simulated time, and what is counted of it."""

    archive: Archive
    press: dict[str, Paper]
    schedule: Schedule
    kills: list[datetime]
    end: datetime
    visits: int = 0
    requests: int = 0
    killed_visits: int = 0
    alarms: list[str] = field(default_factory=list)
    silences: int = 0  # alarms of silence while papers published
    listened: datetime = START

    def run(self) -> None:
        """Let the time pass."""
        now = START
        while now < self.end:
            kill = next((moment for moment in self.kills if moment > now), self.end)
            now = self._life(now, kill) + RESTART

    def _life(self, now: datetime, death: datetime) -> datetime:
        """One process from its start to its death, which comes while visits are going on; when that was. What it
        remembers goes with it, what it held stays."""
        agenda = Agenda(self.press, self.schedule)
        agenda.recover(self.archive, self.press)
        going: dict[str, Steps] = {}
        queue: list[tuple[datetime, str]] = []
        wake = now
        while now < self.end:
            if now >= wake:
                for site in agenda.due(self.archive, now, going):
                    self.visits += 1
                    going[site] = self._visit(self.press[site], now)
                    heapq.heappush(queue, (now, site))
                wake = agenda.wake(self.archive, now, going) if len(going) < self.schedule.at_once else self.end
            now = max(now, min(wake, queue[0][0] if queue else self.end))
            if now >= death and going:
                break
            while queue and queue[0][0] <= now:
                _, site = heapq.heappop(queue)
                try:
                    heapq.heappush(queue, (next(going[site]), site))
                except StopIteration:
                    del going[site]
                    wake = now  # there is room again
                    agenda.visited(site, now)
                    self._listen(site, now)
        self.killed_visits += len(going)
        return now

    def _listen(self, site: str, now: datetime) -> None:
        """What the long-running process looks at after a visit, and every so often."""
        if alarm := red_alert(self.archive.conn, site, self.schedule, now):
            self.alarms.append(f"{alarm.at} {alarm.message}")
        if now - self.listened > LISTEN and now < self.end - SETTLE:
            self.listened = now
            self.silences += silence_alert(self.archive.conn, self.schedule, now) is not None

    def _visit(self, paper: Paper, now: datetime) -> Steps:
        """One visit as the spider makes it, a step a batch of requests."""
        archive, site = self.archive, paper.site
        entered = enter(archive, site, self.schedule, now)
        tally = Tally(site.name, expect=site.expect)
        while leases := archive.frontier.lease(site.name, now, BATCH, entered.run):
            results = []
            for lease in leases:
                result = self._ask(paper, lease, now)
                if result.visit.failure is None or result.visit.failure.kind != "host-waits":
                    self.requests += 1
                    now += DELAY
                results.append(result)
            yield now  # a kill from here on loses the batch: it was fetched and not committed
            for result, written in zip(results, archive.write_many(results), strict=True):
                tally.add(result.visit, result.article, result.reading, written.new)
        archive.end_run(entered.run, now, "drift" if tally.drift else "finished", tally.counts())

    def _ask(self, paper: Paper, lease: Lease, now: datetime) -> Result:
        """One request under the rules of crawler.hosts."""
        host = self.archive.host(paper.site.home.rstrip("/"))
        until = host.retry_after_until
        if until and until > now:
            waits = Failure("host-waits", "", retry_after=until)
            return Result(Visit(lease.url, lease.site, lease.role, now, failure=waits))
        visit, article = paper.fetch(lease, now)
        if visit.failure is None:
            after = hosts.after_answer(host)
        elif visit.failure.retry_after:
            after = hosts.after_refusal(host, now, visit.failure.retry_after)
        else:
            after = hosts.after_failure(host, now)
        if after != host:
            self.archive.remember_host(after)
        return Result(visit, article, Reading("news", version="1") if article else None)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a simulated time came to; lags and intervals in seconds."""

    published: int
    archived: int
    lost: int
    twice: int
    visits: int
    requests: int
    kills: int
    killed_visits: int
    lag_median: float
    lag_p95: float
    interval: float  # median time between two visits of a site
    late_sites: int  # whose own median lag is longer than their own median interval
    alarms: tuple[str, ...]
    false_silences: int
    silent: bool  # whether the silence alarm would ring at the end, a day after the last article


def simulate(folder: Path, sites: int, days: int, kills_a_day: int = 3, seed: int = 20261122) -> Outcome:
    """A time of so many days, in an archive in that folder."""
    rng = random.Random(seed)
    press = papers(sites, START - HISTORY, days + HISTORY.days, rng)
    make_trouble(press, START, days, rng)
    last = START + timedelta(days=days)
    kills = sorted(START + timedelta(days=rng.uniform(0, days)) for _ in range(kills_a_day * days))
    with Archive.open(folder / "month.db") as archive:
        archive.conn.execute("PRAGMA synchronous = OFF")  # what a kill leaves is simulated too; no power fails here
        by_name = {paper.site.name: paper for paper in press}
        month = Month(archive, by_name, read_schedule(), kills, last + SETTLE)
        month.run()
        return outcome(month, last)


def outcome(month: Month, last: datetime) -> Outcome:
    """Compare what is archived with what was published."""
    rows = month.archive.conn.execute("SELECT url, site, published, added FROM articles").fetchall()
    wanted = {paper.url(n) for paper in month.press.values() for n, when in enumerate(paper.published) if when >= START}
    seen = Counter(url for url, *_ in rows)
    lags: dict[str, list[float]] = {name: [] for name in month.press}
    for _, site, published, added in rows:
        if datetime.fromisoformat(published) > START + WARM:
            lag = datetime.fromisoformat(added) - datetime.fromisoformat(published)
            lags[site].append(lag.total_seconds())
    intervals = {name: interval_of(paper, last) for name, paper in month.press.items()}
    every = sorted(lag for some in lags.values() for lag in some)
    late = sum(bool(lags[name]) and median(lags[name]) > intervals[name] for name in lags)
    return Outcome(
        published=len(wanted),
        archived=len(wanted & seen.keys()),
        lost=len(wanted - seen.keys()),
        twice=sum(n - 1 for n in seen.values()) + twice_stored(month.archive),
        visits=month.visits,
        requests=month.requests,
        kills=len(month.kills),
        killed_visits=month.killed_visits,
        lag_median=median(every),
        lag_p95=every[int(len(every) * 0.95)],
        interval=median(intervals.values()),
        late_sites=late,
        alarms=tuple(month.alarms),
        false_silences=month.silences,
        silent=silence_alert(month.archive.conn, month.schedule, month.end) is not None,
    )


def twice_stored(archive: Archive) -> int:
    """Pages and versions beyond the one that each article needs: nothing was edited."""
    pages, articles, versions = (
        archive.conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("pages", "articles", "article_versions")
    )
    return int(pages - articles + versions)


def interval_of(paper: Paper, last: datetime) -> float:
    """The median time between two looks at a paper's feed that were visits of their own, once it has settled."""
    asked = sorted(set(paper.asked))
    asked = asked[bisect_left(asked, START + WARM) : bisect_left(asked, last)]
    gaps = [gap for a, b in pairwise(asked) if (gap := (b - a).total_seconds()) > 60]
    return median(gaps) if gaps else (last - START).total_seconds()
