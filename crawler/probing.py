"""A spider that asks a few sites a few questions, politely, for the commands that check and draft declarations."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider
from scrapy.http.request import NO_CALLBACK

from crawler.discovery import Entry, likely_articles, read_feed, read_listing, read_sitemap
from crawler.memory import Memory
from crawler.site import Site, bare_host
from crawler.spiders.site import introduce
from crawler.visiting import failure_of, page_of, status_failure
from pipelines.flow import digest
from pipelines.items import Article, Page, Selectors

if TYPE_CHECKING:
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from pipelines.archive import Archive


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one request: a page, or why there is none."""

    url: str
    page: Page | None
    trouble: str = ""


class ProbeSpider(Spider):
    """Runs `plan(spider)`, which asks with `ask` and keeps what it learns by itself."""

    name = "probe"

    def __init__(self, plan: Callable[[ProbeSpider], Awaitable[None]], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.plan = plan

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The contact stands in the User-Agent."""
        super().update_settings(settings)
        introduce(settings)

    async def start(self) -> AsyncIterator[Any]:
        """Run the plan; it yields nothing to Scrapy."""
        await self.plan(self)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def ask(self, url: str) -> Answer:
        """One request, with the manners of a crawl; a refusal or a failure is an answer too."""
        assert self.crawler.engine
        try:
            response: Response = await self.crawler.engine.download_async(Request(url, callback=NO_CALLBACK))
        except Exception as error:  # noqa: BLE001 (whatever keeps a page away is what the report is to say)
            return Answer(url, None, failure_of(error).detail or type(error).__name__)
        if failure := status_failure(response):
            return Answer(url, None, failure.detail or f"status {response.status}")
        return Answer(url, page_of(response))

    async def robots(self, url: str) -> str:
        """The robots.txt of a URL's host as the manners have fetched it; empty where there is none."""
        parts = urlsplit(url)

        def remembered(archive: Archive) -> str:
            return archive.host(f"{parts.scheme}://{parts.netloc}").robots or ""

        return await Memory.of(self.crawler).call(remembered)


@dataclass(slots=True)
class Health:
    """What a site answered to three questions; empty fields were not reached."""

    site: str
    home: str = ""
    way_in: str = ""
    article: str = ""
    sound: bool = False
    answered: bool = False


async def examine(spider: ProbeSpider, site: Site) -> Health:
    """Ask a site for its home, one way in and one article, and tell how each was read."""
    health = Health(site.name)
    home = await spider.ask(site.home)
    health.home, health.answered = _told(home), home.page is not None
    way = next(iter((*site.feeds, *site.sitemaps, *site.listings)))
    answer = home if way == site.home else await spider.ask(way)
    entries = entries_of(answer.page, site) if answer.page else ()
    articles = [entry.url for entry in entries if site.is_article(entry.url)]
    health.way_in = _told(answer) if not answer.page else f"{len(articles)} articles of {len(entries)} links"
    if not articles and answer is not home and home.page:
        articles = [entry.url for entry in entries_of(home.page, site) if site.is_article(entry.url)]
    if articles:
        answer = await spider.ask(articles[0])
        article = read_page(answer.page, site.selectors) if answer.page else None
        health.article = f"{len(article.text):,} characters, {article.completeness}" if article else _told(answer)
        health.sound = bool(article and len(article.text) >= site.expect.text and entries)
    return health


def entries_of(page: Page, site: Site) -> tuple[Entry, ...]:
    """What a way in of a site leads to, by what it is declared as, or by what it looks like for the home."""
    if page.url in site.feeds:
        return read_feed(page.body, page.final_url)
    if page.url in site.sitemaps:
        return read_sitemap(page.body, page.final_url).pages
    return read_listing(page.body, page.final_url).links


def guess_articles(page: Page) -> tuple[Entry, ...]:
    """The links of a page of an undeclared site that look like articles."""
    return likely_articles(read_listing(page.body, page.final_url), bare_host(page.final_url))


def read_page(page: Page, selectors: Selectors | None = None) -> Article | None:
    """The article in a page, None where there is none."""
    article = digest([page], selectors).article
    return article if isinstance(article, Article) else None


def _told(answer: Answer) -> str:
    return answer.trouble or ("no article in it" if answer.page is None else f"{len(answer.page.body):,} bytes")


async def each(sites: list[Site], spider: ProbeSpider, done: Callable[[Health], None]) -> None:
    """Examine many sites at once (one request at a time a host); `done` hears of each."""

    async def one(site: Site) -> None:
        done(await examine(spider, site))

    await asyncio.gather(*(one(site) for site in sites))
