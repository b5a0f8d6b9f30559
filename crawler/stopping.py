"""Ending crawls soon and well: what is on its way arrives and is kept, what only waits for its turn is called off."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from scrapy.exceptions import IgnoreRequest
from twisted.python.failure import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable

    from scrapy.crawler import Crawler


class StoppedError(IgnoreRequest):
    """The request was called off before it was sent: the process is about to end."""


def call_off(crawler: Crawler) -> int:
    """Call off the requests that wait for their host's delay; how many there were. Scrapy alone would send them all,
    two seconds apart, before it ends."""
    if not crawler.engine:
        return 0
    count = 0
    for slot in crawler.engine.downloader.slots.values():
        while slot.queue:
            _, answer = slot.queue.popleft()
            answer.errback(Failure(StoppedError("the crawl is being stopped")))  # type: ignore[no-untyped-call]
            count += 1
    return count


async def stop_soon(crawlers: Iterable[Crawler], within: float) -> bool:
    """Stop crawls; whether all of them ended within so many seconds."""
    ending = []
    for crawler in crawlers:
        call_off(crawler)
        ending.append(asyncio.ensure_future(crawler.stop_async()))
    if not ending:
        return True
    _, late = await asyncio.wait(ending, timeout=within)
    return not late
