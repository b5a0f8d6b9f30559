"""The spider of a declared site: it asks the archive what is due, fetches it, and tells the archive what came of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from scrapy import Request, Spider
from scrapy.exceptions import CloseSpider

from crawler.desk import Desk, ReaderDiedError, UnreadableError
from crawler.discovery import Entry, read_feed, read_listing, read_sitemap
from crawler.lock import SiteLock
from crawler.memory import Memory
from crawler.schedule import Schedule, enter
from crawler.stopping import StoppedError
from crawler.visiting import Fetched, failure_of, outcome, page_of, status_failure
from pipelines.archive import ArchiveError
from pipelines.items import Failure, Found, Lease, Page

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure as TwistedFailure

    from crawler.site import Site
WINDOW = 32  # leases held at a time: enough to keep the downloader busy, few enough to lose little time after a kill
NEW_PARTS = 5  # newest parts of a sitemap index that are followed, where the index does not tell their dates

EXPECTED = (ReaderDiedError, UnreadableError)  # need no traceback of ours


class SiteSpider(Spider):
    """Crawls one site from the archive's urls table. Made for each declaration by `site_spider`."""

    site: ClassVar[Site]

    def __init__(self, since: str | None = None, until: str | None = None, ways: str = "now", **arguments: Any) -> None:
        super().__init__(**arguments)
        self.ways_now = ways == "now"  # look at the feeds, sitemaps and listings now; "due": only when they are due
        self.since = _day(since, "since") if since else None
        self.until = _day(until, "until") + timedelta(days=1) if until else None
        self.held: set[str] = set()
        self.returned = asyncio.Event()
        self.taken = 0
        self.run: int | None = None

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The sample newspaper needs no patience; a declared delay is kept; the contact stands in the User-Agent."""
        super().update_settings(settings)
        if cls.site.sample:
            settings.setdict(
                {"DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8, "AUTOTHROTTLE_ENABLED": False}, "spider"
            )
        elif cls.site.delay is not None:
            settings.set("DOWNLOAD_DELAY", cls.site.delay, "spider")
        introduce(settings)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.lock = SiteLock(crawler.settings["ARCHIVE"], cls.site.name)
        spider.desk = Desk.from_crawler(crawler)
        return spider

    lock: SiteLock
    desk: Desk

    # --- what is due --------------------------------------------------------------------------------------------------
    async def start(self) -> AsyncIterator[Any]:
        """Requests for what is due, as long as anything is."""
        if holder := self.lock.take():
            raise CloseSpider(f"locked: {self.site.name} is being crawled by {holder}")
        await self._enter()
        limit = self.settings.getint("MAX_ARTICLES")
        while self.taken < limit:
            self.returned.clear()
            leases = await self._lease(min(WINDOW - len(self.held), limit - self.taken))
            for lease in leases:
                yield self._request(lease)
            if self.held:
                await self.returned.wait()
            elif not leases and not await self._wait_for_retry():
                return

    async def _enter(self) -> None:
        """Begin a run; where the one before ended a moment ago, the host gets its pause between the two."""
        schedule = Schedule.of(self.settings)
        entered = await Memory.of(self.crawler).call(
            lambda archive: enter(archive, self.site, schedule, datetime.now(UTC), self.ways_now)
        )
        self.run = entered.run
        pause = self.settings.getfloat("DOWNLOAD_DELAY")
        if entered.since_last is not None and entered.since_last < pause:
            await asyncio.sleep(pause - entered.since_last)

    async def _lease(self, room: int) -> list[Lease]:
        if room <= 0:
            return []
        leases = await Memory.of(self.crawler).call(
            lambda archive: archive.frontier.lease(self.site.name, datetime.now(UTC), room, self.run)
        )
        self.held.update(lease.url for lease in leases)
        self.taken += sum(lease.role == "article" for lease in leases)
        return leases

    async def _wait_for_retry(self) -> bool:
        """Whether something is due again soon enough to wait for it, and then it has been waited for."""
        due = await Memory.of(self.crawler).call(lambda archive: archive.frontier.next_due(self.site.name))
        if due is None:
            return False
        wait = (due - datetime.now(UTC)).total_seconds()
        if wait > self.settings.getfloat("PATIENCE"):
            return False
        await asyncio.sleep(max(wait, 0.05))
        return True

    def done(self, url: str) -> None:
        """The archive has what came of a leased URL."""
        self.held.discard(url)
        self.returned.set()

    # --- from a request to a visit ------------------------------------------------------------------------------------
    def _request(self, lease: Lease, url: str = "", **so_far: Any) -> Request:
        """A request for a lease, or for a further page of it (`url`) with what its visit holds so far."""
        known = {} if url else {"If-None-Match": lease.etag, "If-Modified-Since": lease.last_modified}
        return Request(
            url or lease.url,
            callback=self.arrived,
            errback=self.failed,
            headers={name: value for name, value in known.items() if value},
            cb_kwargs={"lease": lease, **so_far},
            priority=20 if url else 0 if lease.role == "article" else 10,
        )

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Fetched]:
        """Any download that raised ends here; one that was called off goes back with the run's leases."""
        if isinstance(failure.value, StoppedError):
            return
        yield self._broken_off(failure_of(failure.value), **failure.request.cb_kwargs)  # type: ignore[attr-defined]

    @staticmethod
    def _broken_off(
        failure: Failure, lease: Lease, pages: tuple[Page, ...] = (), found: tuple[Found, ...] = ()
    ) -> Fetched:
        """A visit that ended in a failure: what a way in led to until then is kept, pages of an article are not."""
        del pages
        return outcome(lease, found=found, failure=failure)

    async def arrived(
        self, response: Response, lease: Lease, pages: tuple[Page, ...] = (), found: tuple[Found, ...] = ()
    ) -> AsyncIterator[Request | Fetched]:
        """One response of a lease: the visit is over, or goes on with the next page of the same thing."""
        try:
            failure = status_failure(response)
            if response.status == 304:
                yield outcome(lease, unchanged=True)
            elif failure and not (pages and not failure.retry):  # a further page that is gone is done without
                yield self._broken_off(failure, lease, pages, found)
            elif lease.role == "article":
                pages = pages if failure else (*pages, page_of(response))
                follow = not failure and len(pages) < self.settings.getint("ARTICLE_PAGES")
                digest = await self.desk.read(pages, self.site.selectors, lease.published, follow)
                if digest.onward:
                    yield self._request(lease, url=digest.onward, pages=pages)
                else:
                    yield outcome(lease, pages, digest=digest)
            else:
                page = page_of(response)
                more, onward = self._look(lease, page, known=found)
                pages, found = (*pages, page), (*found, *more)
                if onward and len(pages) < self.site.listing_pages:
                    yield self._request(lease, url=onward, pages=pages, found=found)
                else:
                    yield outcome(lease, pages, found)
        except Exception as error:  # a surprise in one page must not stop the crawl; the archive notes it
            self.logger.error("%s: %s", lease.url, error, exc_info=not isinstance(error, EXPECTED))
            yield outcome(lease, failure=failure_of(error))

    def _look(self, lease: Lease, page: Page, known: tuple[Found, ...]) -> tuple[list[Found], str | None]:
        """What a way in leads to, and its next page where one should be followed."""
        if lease.role == "feed":
            return list(self._articles(read_feed(page.body, page.final_url), page)), None
        if lease.role == "sitemap":
            sitemap = read_sitemap(page.body, page.final_url)
            parts = [self._found(part, "sitemap", page) for part in self._recent_parts(sitemap.parts)]
            return [*parts, *self._articles(sitemap.pages, page)], None
        listing = read_listing(page.body, page.final_url)
        articles = list(self._articles(listing.links, page))
        new = {f.url for f in articles} - {f.url for f in known}
        return articles, listing.next if new else None

    def _articles(self, entries: tuple[Entry, ...], page: Page) -> Iterator[Found]:
        oldest = self.since or (datetime.now(UTC) - timedelta(days=self.site.back) if self.site.back else None)
        for entry in entries:
            if not self.site.is_article(entry.url):
                continue
            if entry.published and oldest and entry.published < oldest:
                continue
            if entry.published and self.until and entry.published >= self.until:
                continue
            yield self._found(entry, "article", page)

    def _found(self, entry: Entry, role: Any, page: Page) -> Found:
        return Found(entry.url, self.site.name, role, page.url, entry.published, entry.title)

    def _recent_parts(self, parts: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """The parts of a sitemap index worth asking for: not those that ended before the days looked back to."""
        if self.site.back == 0 and not self.since:
            return parts
        oldest = self.since or datetime.now(UTC) - timedelta(days=self.site.back)
        dated = [part for part in parts if part.published and part.published >= oldest]
        undated = [part for part in parts if not part.published]
        return (*dated, *undated[-NEW_PARTS:])

    async def closed(self, reason: str) -> None:
        """Give back what the run still holds, then the lock; what a killed run held the next one takes back."""
        del reason
        if self.run is not None:
            with suppress(ArchiveError):  # told already, by what came of the last page
                await Memory.of(self.crawler).call(lambda archive: archive.frontier.release(self.site.name, self.run))
        self.lock.release()


def introduce(settings: BaseSettings) -> None:
    """Put the contact into the User-Agent, so that a site can say what it thinks of us."""
    contact = str(settings.get("CONTACT") or "").strip()
    if contact and contact not in settings["USER_AGENT"]:
        settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", "spider")


def _day(text: str, name: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError as error:
        raise SystemExit(f"moviola: {name}: not a date like 2024-01-31: {text!r}") from error


def site_spider(site: Site) -> type[SiteSpider]:
    """The spider class of one declaration."""
    return type(site.name, (SiteSpider,), {"name": site.name, "site": site, "__doc__": site.title})
