"""The long-running process behind `scrapy schedule`: it visits what is due until it is told to end."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
from typing import TYPE_CHECKING, Any, TypeVar

from scrapy.resolver import dnscache

from crawler import exits
from crawler.desk import Desk
from crawler.lock import SiteLock
from crawler.memory import Memory
from crawler.report import Report
from crawler.schedule.agenda import Agenda
from crawler.schedule.alerts import SilenceTold, deliver, red_alert, silence_alert
from crawler.schedule.pace import utc_now
from crawler.stopping import stop_soon
from pipelines.archive import Archive, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

    from scrapy import Spider
    from scrapy.crawler import AsyncCrawlerProcess, Crawler

    from crawler.schedule.alerts import Alert
    from crawler.schedule.rules import Schedule

T = TypeVar("T")
logger = logging.getLogger(__name__)
GRACE = 14.0  # seconds that requests in flight may take after SIGTERM; with what follows the process ends within 20
TICK = 60.0  # seconds, at most, between two looks at what is due: another process may have made something due
HOURLY = 3600.0  # seconds for which a host's address is believed; Scrapy alone would believe it for ever
LATE_WRITE = 4.0  # seconds for what was fetched to be committed in the end


class Scheduler:
    """Visits sites when they are due, some at a time, in one process. The caller holds the scheduler's lock."""

    def __init__(self, process: AsyncCrawlerProcess, sites: Iterable[str], schedule: Schedule) -> None:
        self.process, self.schedule = process, schedule
        self.path: str = process.settings["ARCHIVE"]
        self.agenda = Agenda(sites, schedule)
        self.spiders: dict[str, type[Spider]] = {}
        self.crawlers: dict[str, Crawler] = {}
        self.visits: set[asyncio.Task[None]] = set()
        self.silence = SilenceTold(self.path)
        self.exitcode = exits.DONE

    def start(self) -> int:
        """Work until SIGTERM or SIGINT; the exit code."""
        self._reactor().callWhenRunning(lambda: setattr(self, "task", asyncio.ensure_future(self._live())))
        self.process.start(stop_after_crawl=False, install_signal_handlers=False)
        return self.exitcode

    task: asyncio.Task[None]
    memory: Memory

    @staticmethod
    def _reactor() -> Any:
        from twisted.internet import reactor  # Scrapy has chosen which one by now

        return reactor

    async def _live(self) -> None:
        self.stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._stop, number)
        try:
            self.memory = Memory.enter(self.path)
            desk = Desk.enter(self.process.settings.getint("READERS"))
            chores = [asyncio.ensure_future(self._watch_silence()), asyncio.ensure_future(self._forget_addresses())]
            await self.memory.call(self._recover)
            await self._work()
            for chore in chores:
                chore.cancel()
            await self._finish()
            desk.leave()
        except ArchiveError as error:
            logger.critical("%s", error)
            self.exitcode = exits.ARCHIVE
        except Exception:  # (the process must end then, not idle)
            logger.exception("the scheduler stopped by a mistake of its own")
            self.exitcode = exits.ERROR
        self._reactor().stop()

    def _stop(self, number: int) -> None:
        if self.stopping.is_set():
            logger.warning("asked twice to end: ending at once")
            os._exit(exits.DONE)
        logger.info("%s: finishing the requests in flight", signal.Signals(number).name)
        self.stopping.set()

    def _recover(self, archive: Archive) -> None:
        """Make due again what a killed process held, but of the sites that somebody is crawling now."""
        locks = {site: SiteLock(self.path, site) for site in self.agenda.sites}
        free = [site for site, lock in locks.items() if lock.take() is None]
        count = self.agenda.recover(archive, free)
        for lock in locks.values():
            lock.release()
        if count:
            logger.info("%d URLs that a killed crawl held are due again", count)

    async def _work(self) -> None:
        """Start visits as they become due and there is room, until asked to end."""
        stopping = asyncio.ensure_future(self.stopping.wait())
        while not self.stopping.is_set():
            for site in await self.memory.call(lambda a: self.agenda.due(a, utc_now(), self.crawlers)):
                self._start_visit(site)
            full = len(self.crawlers) >= self.schedule.at_once
            pause = TICK if full else await self._pause()
            await asyncio.wait({stopping, *self.visits}, timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()

    async def _pause(self) -> float:
        """Seconds until something is due, at most a tick."""
        wake = await self.memory.call(lambda archive: self.agenda.wake(archive, utc_now(), self.crawlers))
        return min(max((wake - utc_now()).total_seconds(), 0.1), TICK)

    def _start_visit(self, site: str) -> None:
        if site not in self.spiders:
            self.spiders[site] = self.process.spider_loader.load(site)
        self.crawlers[site] = self.process.create_crawler(self.spiders[site])
        visit = asyncio.ensure_future(self._visit(site, self.crawlers[site]))
        self.visits.add(visit)
        visit.add_done_callback(self.visits.discard)

    async def _visit(self, site: str, crawler: Crawler) -> None:
        try:
            await self.process.crawl(crawler, ways="due")
        except Exception:  # (one site must not end the others)
            logger.exception("%s: the visit broke off", site)
        finally:
            self.agenda.visited(site, utc_now())
            del self.crawlers[site]
        tally = Report.of(crawler).tally
        failures = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.failures.items()))
        logger.info(
            "%s: %d pages, %d new articles%s",
            site,
            tally.pages,
            tally.new,
            "".join(f"; {remark}" for remark in (failures, tally.drift, tally.stopped) if remark),
            extra={"site": site},
        )
        await self._tell(lambda archive: red_alert(archive.conn, site, self.schedule, utc_now()))

    async def _tell(self, look: Callable[[Archive], Alert | None]) -> None:
        """Deliver the alarm that a look at the archive gives, if it does."""
        if alert := await self.memory.call(look):
            await asyncio.to_thread(deliver, alert, self.schedule)

    async def _watch_silence(self) -> None:
        def look(archive: Archive) -> Alert | None:
            alert = silence_alert(archive.conn, self.schedule, utc_now())
            return alert if alert and self.silence.is_new(archive.conn) else None

        while True:
            await asyncio.sleep(5 * TICK)
            await self._tell(look)

    async def _forget_addresses(self) -> None:
        while True:
            await asyncio.sleep(HOURLY)
            dnscache.clear()

    async def _finish(self) -> None:
        """Let what is in flight arrive and be written, then close the archive; never longer than GRACE and a little."""
        in_time = await stop_soon(list(self.crawlers.values()), GRACE)
        if self.visits and in_time:
            await asyncio.wait(self.visits, timeout=LATE_WRITE)
        if not in_time or self.visits:
            logger.warning("requests that took too long were left: they are due again at the next start")
            await self._bounded(
                lambda: self.memory.call(lambda archive: self.agenda.recover(archive, self.agenda.sites))
            )
            os._exit(exits.DONE)
        self.memory.leave()
        logger.info("ended; the archive is closed")

    @staticmethod
    async def _bounded(work: Callable[[], Awaitable[T]]) -> None:
        try:
            await asyncio.wait_for(work(), LATE_WRITE)
        except (TimeoutError, ArchiveError) as error:
            logger.warning("not all could be given back: %s", error)
