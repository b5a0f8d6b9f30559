"""What a host asks of its visitors: robots.txt, Crawl-delay, Retry-After. The archive remembers it between runs."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from protego import Protego
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http.request import NO_CALLBACK

from crawler import hosts
from crawler.memory import Memory

if TYPE_CHECKING:
    from typing import Self

    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

    from pipelines.archive import Archive, Host

logger = logging.getLogger(__name__)
ROBOTS_AGE = timedelta(hours=24)  # RFC 9309: a cached robots.txt should not be used for more than a day
UNREAD_PAUSE = timedelta(minutes=10)  # until a host is asked again whose robots.txt could not be read
ROBOTS_SIZE = 512 * 1024  # bytes read of one; RFC 9309 asks for 500 KiB at least
JITTER = 0.3  # a delay is lengthened by up to so much of it
UNANSWERED = (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
MAX_CRAWL_DELAY = 120.0  # seconds; some files ask for an hour by mistake


class RobotsForbidError(IgnoreRequest):
    """robots.txt asks not to fetch this URL."""


class HostWaitsError(IgnoreRequest):
    """The host asked to be left alone until a moment that has not come."""

    def __init__(self, until: datetime, why: str = "the host asked to wait") -> None:
        super().__init__(f"{why}, until {until:%H:%M:%S} UTC")
        self.until = until


class RobotsUnreadError(HostWaitsError):
    """robots.txt answered 5xx or not at all, which forbids the host for now (RFC 9309)."""


@dataclass(frozen=True, slots=True)
class Rules:
    """A host's robots.txt as read: None forbids everything (it answered 5xx, or not at all)."""

    robots: Protego | None

    def allow(self, url: str, agent: str) -> bool:
        """Whether the agent may fetch the URL."""
        return self.robots is not None and bool(self.robots.can_fetch(url, agent))

    def delay(self, agent: str) -> float:
        """Seconds between requests that the file asks for, 0 where it asks nothing, at most two minutes."""
        asked = self.robots.crawl_delay(agent) if self.robots else None
        return min(float(asked or 0), MAX_CRAWL_DELAY)


class Manners:
    """Downloader middleware: each request waits for its host's robots.txt and keeps the delays it asks for."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent: str = crawler.settings["USER_AGENT"]
        self.rules: dict[str, asyncio.Future[Rules]] = {}
        self.waiting: dict[str, datetime] = {}  # by netloc
        self.failing: dict[str, bool] = {}  # by origin: whether the archive knows of failures

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass, or raise RobotsForbidError or HostWaitsError."""
        if request.meta.get("is_robots") or request.url.startswith("file:"):
            return
        parts = urlsplit(request.url)
        rules = await self._rules_of(f"{parts.scheme}://{parts.netloc}")
        until = self.waiting.get(parts.netloc)
        if until and until > now():
            raise HostWaitsError(until)
        if rules.robots is None:
            raise RobotsUnreadError(now() + UNREAD_PAUSE, "robots.txt could not be read")
        if not rules.allow(request.url, self.agent):
            raise RobotsForbidError("robots.txt forbids it")

    async def process_response(self, request: Request, response: Response) -> Response:
        """Note how long a host that answers 429 or 503 asks to be left alone, and that one is up again."""
        origin = origin_of(request.url)
        if response.status == 429 or (response.status == 503 and response.headers.get("Retry-After")):
            await self._note(origin, lambda host: hosts.after_refusal(host, now(), retry_after(response)))
        elif response.status >= 500:
            await self._note(origin, lambda host: hosts.after_failure(host, now()))
        elif self.failing.pop(origin, False):
            await self._note(origin, hosts.after_answer)
        return response

    async def process_exception(self, request: Request, exception: Exception) -> None:
        """Count failures of the host, which is left alone for a while after several in a row."""
        if isinstance(exception, UNANSWERED):
            await self._note(origin_of(request.url), lambda host: hosts.after_failure(host, now()))

    async def _rules_of(self, origin: str) -> Rules:
        """The host's rules, asked for once a run; others wait for the same answer."""
        if origin not in self.rules:
            self.rules[origin] = asyncio.get_running_loop().create_future()
            self.rules[origin].set_result(await self._read_rules(origin))
        return await self.rules[origin]

    async def _read_rules(self, origin: str) -> Rules:
        known = await Memory.of(self.crawler).call(lambda archive: archive.host(origin))
        netloc = urlsplit(origin).netloc
        self.failing[origin] = bool(known.failures)
        if known.retry_after_until:
            self.waiting[netloc] = known.retry_after_until
            if known.retry_after_until > now():
                return Rules(Protego.parse(known.robots) if known.robots is not None else None)
        if known.robots is not None and known.robots_fetched and now() - known.robots_fetched < ROBOTS_AGE:
            rules = Rules(Protego.parse(known.robots))
        else:
            rules = await self._fetch_rules(origin)
        self._slow_down(netloc, rules.delay(self.agent))
        return rules

    async def _fetch_rules(self, origin: str) -> Rules:
        request = Request(f"{origin}/robots.txt", meta={"is_robots": True}, priority=1000, callback=NO_CALLBACK)
        assert self.crawler.engine
        try:
            response = await self.crawler.engine.download_async(request)
        except Exception as error:  # noqa: BLE001 (whatever keeps robots.txt away forbids the host for this run)
            logger.warning("%s/robots.txt: %s; the host is left alone in this run", origin, error)
            return Rules(None)
        if response.status >= 500 or response.status == 429:
            logger.warning("%s/robots.txt: status %d; the host is left alone in this run", origin, response.status)
            return Rules(None)
        text = response.body[:ROBOTS_SIZE].decode("utf-8", "replace") if response.status < 300 else ""
        rules = Rules(Protego.parse(text))
        await self._remember(
            origin,
            robots=text,
            robots_status=response.status,
            robots_fetched=now(),
            crawl_delay=rules.delay(self.agent) or None,
        )
        return rules

    async def _remember(self, origin: str, **facts: Any) -> None:
        await self._note(origin, lambda host: replace(host, **facts))

    async def _note(self, origin: str, change: Callable[[Host], Host]) -> None:
        """Change what the archive knows of a host."""

        def remember(archive: Archive) -> Host:
            host = change(archive.host(origin))
            archive.remember_host(host)
            return host

        host = await Memory.of(self.crawler).call(remember)
        self.failing[origin] = bool(host.failures)
        if host.retry_after_until:
            self.waiting[urlsplit(origin).netloc] = host.retry_after_until

    def _slow_down(self, netloc: str, delay: float) -> None:
        """Make the downloader keep a Crawl-delay, which Scrapy does not do by itself."""
        assert self.crawler.engine
        downloader = self.crawler.engine.downloader
        key = urlsplit(f"//{netloc}").hostname or ""
        if delay > self.crawler.settings.getfloat("DOWNLOAD_DELAY"):
            downloader.per_slot_settings[key] = {"delay": delay, "concurrency": 1, "jitter": 0.0}
            if slot := downloader.slots.get(key):
                slot.delay, slot.concurrency, slot.jitter = delay, 1, 0.0


class Throttle(AutoThrottle):
    """Scrapy's AutoThrottle, which never goes below the delay that a host asked for, and whose jitter only lengthens:
    Scrapy's own would ask every second time sooner than the delay says. A delay begins with the answer, not with the
    request, whose way to the host may take longer than that of the next one."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.steady: dict[str, float] = {}  # each host's delay without its jitter

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        host = urlsplit(response.url).hostname or ""
        slot.delay = self.steady.get(host, slot.delay)
        super()._adjust_delay(slot, latency, response)
        assert self.crawler.engine
        asked = self.crawler.engine.downloader.per_slot_settings.get(host, {}).get("delay", 0.0)
        self.steady[host] = max(slot.delay, asked)
        slot.delay = self.steady[host] * random.uniform(1, 1 + JITTER)  # noqa: S311
        slot.lastseen = monotonic()


def origin_of(url: str) -> str:
    """scheme://host[:port] of a URL, as robots.txt has it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def retry_after(response: Response) -> datetime | None:
    """Until when a 429 or 503 asks to be left alone (Retry-After in seconds or as a date), at most a day away."""
    if response.status not in (429, 503):
        return None
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    moment = now()
    if value.isdecimal():
        until = moment + timedelta(seconds=min(int(value[:9]), 86_400))
    else:
        try:
            until = parsedate_to_datetime(value)
        except ValueError:
            return None
        until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until, moment), moment + timedelta(days=1))
