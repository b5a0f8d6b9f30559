"""The yardstick: Scrapy as it comes, downloading the given URLs and doing nothing with them."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class BareSpider(Spider):
    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        for url in json.loads(Path(sys.argv[1]).read_text()):
            yield Request(url)

    def parse(self, response: Response) -> None:
        pass


if __name__ == "__main__":
    process = CrawlerProcess(
        {"ROBOTSTXT_OBEY": True, "LOG_LEVEL": "ERROR", "TWISTED_DNS_RESOLVER": "crawler.guard.PublicResolver"}
    )
    process.crawl(BareSpider)
    process.start()
