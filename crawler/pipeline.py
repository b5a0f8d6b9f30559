"""The adapter between Scrapy's items and the stages in pipelines/: what was fetched is kept, and shown as an item."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scrapy.exceptions import DropItem

from crawler.memory import Memory
from crawler.report import Report
from crawler.visiting import Fetched
from pipelines.archive import ArchiveError, Result
from pipelines.items import Article, Reading, Visit, as_json

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler


class ArchivePipeline:
    """Writes what spiders fetched to the archive, and gives on the article as the item that `-O out.jsonl` exports."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.memory = Memory.of(crawler)
        self.exports = bool(crawler.settings.getdict("FEEDS"))

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, item: Fetched) -> dict[str, Any]:
        """The exported item; DropItem (quietly) for what holds no article. ArchiveError ends the crawl."""
        visit, article, reading = item.visit, item.digest.article, item.digest.reading
        report = Report.of(self.crawler)
        try:
            written = await self.memory.write(Result(visit, article, reading))
        except ArchiveError as error:
            await report.stop(str(error))
            raise DropItem(str(error), "ERROR") from error
        finally:
            self.crawler.spider.done(visit.url)  # type: ignore[union-attr]
        report.count(visit, article, reading, written)
        if not isinstance(article, Article) or reading is None:
            raise DropItem(f"{visit.url}: {getattr(article, 'reason', visit.role)}", "DEBUG")
        return exported(visit, article, reading) if self.exports else {"url": article.url}


def exported(visit: Visit, article: Article, reading: Reading) -> dict[str, Any]:
    """The item of an article: its fields, and its reading in the form of docs/event-model.md."""
    return {"site": visit.site, **as_json(article), **as_json(reading)}
