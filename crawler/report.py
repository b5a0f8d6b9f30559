"""What a run did: counted while it runs, shown as progress, kept in the archive, printed as a table."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from statistics import median
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.status import Status
from rich.table import Table
from scrapy import signals

from crawler.memory import Memory
from pipelines.items import Article, Reading, Skipped, Visit

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from scrapy import Spider
    from scrapy.crawler import Crawler

    from crawler.site import Expect, Site
    from pipelines.archive import Written


@dataclass
class Tally:
    """What a run of one site did."""

    site: str
    pages: int = 0  # downloaded, ways in and further pages of articles included
    unchanged: int = 0  # answered 304
    articles: int = 0  # read whole
    new: int = 0  # of them not known before
    skipped: Counter[str] = field(default_factory=Counter)
    matches: int = 0  # match reports among the articles
    events: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    ways: dict[str, bool] = field(default_factory=dict)  # feeds, sitemaps, listings that answered: ever but with 304?
    found: int = 0  # article URLs that the ways in led to, known ones included
    lengths: list[int] = field(default_factory=list)  # characters of each article's text
    stopped: str = ""  # why the run ended early
    archive_failed: bool = False
    expect: Expect | None = None  # what the site's declaration expects of a visit

    def add(self, visit: Visit, article: Article | Skipped | None, reading: Reading | None, new: bool) -> None:
        """Count one visit; `new` says whether its article was not known before."""
        self.pages += len(visit.pages)
        self.unchanged += visit.not_modified
        if visit.role != "article" and not visit.failure:
            self.ways[visit.url] = self.ways.get(visit.url, False) or bool(visit.pages)
        self.found += sum(found.role == "article" for found in visit.found)
        if visit.failure:
            self.failures[visit.failure.kind] += 1
        if isinstance(article, Skipped):
            self.skipped[article.reason] += 1
        if isinstance(article, Article) and reading:
            self.articles += 1
            self.new += new
            self.matches += len(reading.matches)
            self.events += len(reading.events)
            self.lengths.append(len(article.text))

    @property
    def drift(self) -> str:
        """What the visit yielded less of than the declaration expects; empty where it is healthy or cannot be told."""
        if not self.expect or self.stopped or self.fetched_nothing:
            return ""
        if self.ways and all(self.ways.values()) and self.found < self.expect.articles:
            return f"{self.found} article links, {self.expect.articles} expected"
        if len(self.lengths) >= 3 and median(self.lengths) < self.expect.text:
            return f"{median(self.lengths):.0f} characters an article, {self.expect.text} expected"
        return ""

    @property
    def healthy(self) -> bool:
        """Whether the ways in led to as many articles as expected. One that answered 304 leaves it open."""
        enough = all(self.ways.values()) or (self.expect is not None and self.found >= self.expect.articles)
        return any(self.ways.values()) and enough and not self.drift

    def counts(self) -> dict[str, Any]:
        """The numbers that crawl_runs keeps."""
        names = ("pages", "unchanged", "articles", "new", "matches", "events", "found", "healthy")
        numbers = {name: getattr(self, name) for name in names}
        return {**numbers, "skipped": dict(self.skipped), "failures": dict(self.failures), "drift": self.drift}

    @property
    def fetched_nothing(self) -> bool:
        """Whether everything asked for failed."""
        return bool(self.failures) and not self.pages and not self.unchanged


class Report:
    """A Scrapy extension that counts; its `tally` outlives the crawl for the command that started it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        site: Site | None = getattr(crawler.spidercls, "site", None)
        self.tally = Tally(crawler.spidercls.name, expect=site.expect if site else None)
        self.shown: list[str] = []  # URLs of the articles kept, in order, for who wants to show them
        self.status: Status | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        report = cls(crawler)
        crawler.signals.connect(report._opened, signals.spider_opened)
        crawler.signals.connect(report._closed, signals.spider_closed)
        return report

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The report of a running crawl."""
        found = crawler.get_extension(cls)
        if found is None:
            raise RuntimeError("the extension crawler.report.Report is switched off")
        return found

    def count(self, visit: Visit, article: Article | Skipped | None, reading: Reading | None, written: Written) -> None:
        """Add one visit."""
        tally = self.tally
        tally.add(visit, article, reading, written.new)
        if isinstance(article, Article) and reading:
            self.shown.append(article.url)
        if self.status:
            self.status.update(
                f"{tally.site}: {tally.pages} pages, {tally.articles} articles, "
                f"{tally.events} events, {tally.failures.total()} failures"
            )

    async def stop(self, reason: str) -> None:
        """End the crawl early, for a reason that the table shows."""
        if not self.tally.stopped:
            self.tally.stopped, self.tally.archive_failed = reason, True
            assert self.crawler.engine
            await self.crawler.engine.close_spider_async(reason="archive")

    def _opened(self, spider: Spider) -> None:
        quiet = not sys.stderr.isatty() or spider.settings["LOG_LEVEL"] in ("DEBUG", "INFO")
        if not quiet:
            self.status = Status(f"{self.tally.site}: starting", console=Console(stderr=True))
            self.status.start()

    async def _closed(self, spider: Spider, reason: str) -> None:
        if self.status:
            self.status.stop()
        if reason not in ("finished", "archive") and not self.tally.stopped:
            self.tally.stopped = reason
        run: int | None = getattr(spider, "run", None)
        if run is not None and not self.tally.archive_failed:
            ended = self.tally.stopped or ("drift" if self.tally.drift else "finished")
            await Memory.of(self.crawler).call(
                lambda archive: archive.end_run(run, datetime.now(UTC), ended, self.tally.counts())
            )


def run_table(tallies: Iterable[Tally]) -> Table:
    """The table that ends every run."""
    table = Table(title=None, header_style="bold")
    table.add_column("site")
    for head in ("pages", "articles", "new", "skipped", "matches", "events", "failures"):
        table.add_column(head, justify="right")
    table.add_column("")
    total = Tally("total")
    rows = list(tallies)
    for tally in rows:
        _add_row(table, tally)
        for name in ("pages", "articles", "new", "matches", "events"):
            setattr(total, name, getattr(total, name) + getattr(tally, name))
        total.failures += tally.failures
        total.skipped += tally.skipped
    if len(rows) > 1:
        table.add_section()
        _add_row(table, total)
    return table


def _add_row(table: Table, tally: Tally) -> None:
    numbers = (tally.pages, tally.articles, tally.new, tally.skipped.total(), tally.matches, tally.events)
    kinds = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.failures.items()))
    remark = tally.stopped or (f"[red]{escape(tally.drift)}[/red]" if tally.drift else kinds)
    table.add_row(tally.site, *map(str, numbers), str(tally.failures.total()), remark)
