"""Where pages are read: cleaning beside the reactor, match events in a process of their own."""

from __future__ import annotations

import asyncio
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, ClassVar, cast

from scrapy import signals

from crawler.visiting import Fetched
from pipelines.article import read_article
from pipelines.flow import read_events
from pipelines.items import Article, Reading, Selectors, Skipped

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class Desk:
    """Reads visits: the page is cleaned on a thread, and only its text travels to the process that reads events.
    One desk serves all crawls of a process."""

    shared: ClassVar[Desk | None] = None

    def __init__(self, readers: int) -> None:
        self.cleaner = ThreadPoolExecutor(1, thread_name_prefix="cleaner")
        self.users = 0
        self.readers = ProcessPoolExecutor(readers, get_context("forkserver")) if readers else None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        Desk.shared = Desk.shared or cls(crawler.settings.getint("READERS"))
        Desk.shared.users += 1
        crawler.signals.connect(Desk.shared.leave, signals.engine_stopped)
        return cast("Self", Desk.shared)

    async def read(self, item: Fetched, selectors: Selectors | None) -> tuple[Article | Skipped, Reading | None]:
        """The article of what was fetched, and its reading."""
        loop = asyncio.get_running_loop()
        article = await loop.run_in_executor(self.cleaner, read_article, item.parsed, selectors)
        if isinstance(article, Skipped):
            return article, None
        return article, await loop.run_in_executor(self.readers or self.cleaner, read_events, article, item.published)

    def leave(self) -> None:
        """A crawl has ended; with the last one the workers go."""
        self.users -= 1
        if self.users:
            return
        Desk.shared = None
        self.cleaner.shutdown()
        if self.readers:
            self.readers.shutdown()
