"""One-off fetches: `scrapy crawl page -a url=…` for articles, local files, or a page that leads to articles."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy import Request, Spider

from crawler.desk import Desk, ReaderDiedError, UnreadableError
from crawler.discovery import Entry, likely_articles, read_feed, read_listing
from crawler.guard import names_private
from crawler.site import SITES, Site, bare_host, read_sites, site_of
from crawler.spiders.site import introduce
from crawler.urls import normal_url
from crawler.visiting import Fetched, failure_of, outcome, page_of, status_failure
from pipelines.article import canonical_url
from pipelines.items import Lease, Page, Selectors

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings
    from twisted.python.failure import Failure as TwistedFailure

MAX_FILE = 8 * 1024 * 1024  # bytes of a local page, as of a fetched one


class RefusedError(ValueError):
    """What was asked for cannot be fetched; one sentence says why."""


def targets(text: str, allow_private: bool) -> Iterator[str | Path]:
    """The URLs and local files named in `-a url=…`, separated by white space; RefusedError for what cannot be read."""
    names = text.split() if not Path(text).is_file() else [text]
    if not names:
        raise RefusedError("no URL given: say -a url=https://…")
    for name in names:
        if re.match(r"[a-z][a-z0-9+.-]*:", name, re.I):
            url = normal_url(name)
            if not url:
                raise RefusedError(f"not an http(s) address: {name}")
            if names_private(url) and not allow_private:
                raise RefusedError(f"{name} is a private address; -s ALLOW_PRIVATE=1 lets it through")
            yield url
        else:
            path = Path(name)
            try:
                if path.stat().st_size > MAX_FILE:
                    raise RefusedError(f"{name}: larger than 8 MB")
                path.open("rb").close()
            except OSError as error:
                raise RefusedError(f"{name}: {error.strerror or error}") from error
            yield path


class PageSpider(Spider):
    """Fetches what it is given, now, whatever the schedule says: `-a url="URL URL FILE"`, `-a limit=50`."""

    name = "page"
    site: Site | None = None

    def __init__(self, url: str = "", limit: str | int | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.asked = url
        self.limit = int(limit) if limit else None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(crawler, *args, **kwargs)
        settings = crawler.settings
        spider.sites = read_sites(Path(settings.get("SITES", SITES)), settings.getint("SAMPLE_PORT"))
        spider.targets = list(targets(spider.asked, settings.getbool("ALLOW_PRIVATE")))
        spider.desk = Desk.from_crawler(crawler)
        spider.limit = spider.limit or settings.getint("LIMIT")
        return spider

    sites: dict[str, Site]
    targets: list[str | Path]
    desk: Desk

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """The contact stands in the User-Agent."""
        super().update_settings(settings)
        introduce(settings)

    def _selectors(self, site: str) -> Selectors | None:
        """The declared selectors of a site, None where nobody declared it."""
        return self.sites[site].selectors if site in self.sites else None

    def done(self, url: str) -> None:
        """Nothing waits for a visit here."""

    async def start(self) -> AsyncIterator[Any]:
        """A request for each URL; a local file is read as it stands."""
        for target in self.targets:
            if isinstance(target, Path):
                yield await self._file_visit(target)
            else:
                yield self._request(self._lease(target), self.arrived)

    def _lease(self, url: str, role: Any = "article") -> Lease:
        site = site_of(url, self.sites)
        return Lease(url, site.name if site else bare_host(url), role, datetime.now(UTC) + timedelta(minutes=5))

    def _request(self, lease: Lease, callback: Any, url: str = "", **arguments: Any) -> Request:
        return Request(
            url or lease.url, callback=callback, errback=self.failed, cb_kwargs={"lease": lease, **arguments}
        )

    async def _file_visit(self, path: Path) -> Request | Fetched:
        """A saved page: it belongs to the site that its canonical address names, else to `file`."""
        page = Page(path.resolve().as_uri(), path.resolve().as_uri(), 200, {}, path.read_bytes(), datetime.now(UTC))
        canonical = canonical_url(page)
        if canonical.startswith(("http:", "https:")):
            lease = self._lease(canonical)
            page = Page(canonical, canonical, 200, {}, page.body, page.fetched)
        else:
            lease = Lease(page.url, "file", "article", page.fetched)
        return await self._read(lease, (page,), follow=False, heed_robots=False)

    async def failed(self, failure: TwistedFailure) -> AsyncIterator[Fetched]:
        """Any download that raised ends here."""
        lease = failure.request.cb_kwargs["lease"]  # type: ignore[attr-defined]
        yield outcome(lease, failure=failure_of(failure.value))

    async def arrived(self, response: Response, lease: Lease) -> AsyncIterator[Request | Fetched]:
        """A page that was asked for: an article, or the way to articles."""
        failure = status_failure(response)
        page = page_of(response)
        if failure:
            yield outcome(lease, failure=failure)
        elif self._is_way_in(page):
            for entry in self._behind(page):
                yield self._request(self._lease(entry.url), self.article)
            yield outcome(self._lease(page.url, "listing"), (page,))
        else:
            async for result in self.article(response, lease):
                yield result

    async def article(
        self, response: Response, lease: Lease, pages: tuple[Page, ...] = ()
    ) -> AsyncIterator[Request | Fetched]:
        """A page of an article: the visit is over, or goes on with the article's next page."""
        failure = status_failure(response)
        if failure and not pages:
            yield outcome(lease, failure=failure)
            return
        pages = pages if failure else (*pages, page_of(response))
        yield await self._read(lease, pages, follow=not failure and len(pages) < self.settings.getint("ARTICLE_PAGES"))

    async def _read(
        self, lease: Lease, pages: tuple[Page, ...], follow: bool, heed_robots: bool = True
    ) -> Request | Fetched:
        """What the pages hold, or the request for the page that they go on with."""
        try:
            digest = await self.desk.read(pages, self._selectors(lease.site), None, follow, heed_robots)
        except (ReaderDiedError, UnreadableError) as error:
            return outcome(lease, failure=failure_of(error))
        if digest.onward:
            return self._request(lease, self.article, url=digest.onward, pages=pages)
        return outcome(lease, pages, digest=digest)

    def _is_way_in(self, page: Page) -> bool:
        """Whether a page is a home, a section or a feed rather than an article."""
        site = site_of(page.final_url, self.sites)
        if site and site.allow:
            return not site.is_article(page.final_url)
        if _is_feed(page):
            return True
        if urlsplit(page.final_url).path.strip("/") == "":
            return "p=" not in urlsplit(page.final_url).query
        return not ARTICLE_MARKS.search(page.body[:200_000]) and len(self._behind(page)) >= 10

    def _behind(self, page: Page) -> tuple[Entry, ...]:
        """The articles that a way in leads to, at most LIMIT, newest first where the page is ordered so."""
        site = site_of(page.final_url, self.sites)
        if _is_feed(page):
            entries = read_feed(page.body, page.final_url)
        else:
            listing = read_listing(page.body, page.final_url)
            entries = listing.links if site else likely_articles(listing, bare_host(page.final_url))
        if site:
            entries = tuple(entry for entry in entries if site.is_article(entry.url))
        return entries[: self.limit]


def _is_feed(page: Page) -> bool:
    kind = page.headers.get("content-type", "")
    return "xml" in kind and "xhtml" not in kind


ARTICLE_MARKS = re.compile(
    rb"""property=["']?og:type["']?\s+content=["']?article|content=["']?article["']?\s+property=["']?og:type"""
    rb"""|"@type"\s*:\s*\[?\s*"(?:News|Report|Analysis|Opinion|Blog)?(?:NewsArticle|Article|LiveBlogPosting|BlogPosting)\"""",
    re.I,
)
