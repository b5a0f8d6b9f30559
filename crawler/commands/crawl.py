"""`scrapy crawl SITE` as Scrapy has it, with the run's table at the end and an exit code that means something."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl

from crawler import exits
from crawler.loader import SiteLoader
from crawler.report import Report, run_table
from crawler.showing import article_view, console, show
from crawler.spiders.page import PageSpider, RefusedError, targets
from pipelines.archive import Archive

SHOWN = 3  # articles that a one-off fetch prints as read; more are counted only


class Command(ScrapyCrawl):
    """Run a site's spider, or `page` for single pages."""

    def short_desc(self) -> str:
        return "Crawl one site, or single pages: scrapy crawl page -a url=https://…"

    def long_desc(self) -> str:
        return (
            "Crawl one declared site (scrapy list names them) into the archive, or fetch single pages now. "
            "Example: scrapy crawl pianetamilan -s ARCHIVE=data/moviola.db; "
            'scrapy crawl page -a url="https://… saved.html"'
        )

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what cannot be crawled before anything is started."""
        super().process_options(args, opts)
        assert self.settings
        if len(args) != 1:
            exits.refuse("say which site, one (scrapy list names them), or page")
        if args[0] == PageSpider.name:
            try:
                list(targets(opts.spargs.get("url", ""), self.settings.getbool("ALLOW_PRIVATE")))
            except RefusedError as error:
                exits.refuse(error)
        elif args[0] not in SiteLoader.from_settings(self.settings).sites:
            exits.refuse(f"no site named {args[0]!r}: scrapy list prints the sites")
        exits.check_archive(self.settings["ARCHIVE"])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print what a one-off fetch read, then the table on stderr; set the exit code."""
        assert self.crawler_process and self.settings
        crawler = self._create_crawler(args[0])
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            self.exitcode = exits.ERROR
            return
        report = Report.of(crawler)
        if args[0] == PageSpider.name and len(report.shown) <= SHOWN:
            self._show(report.shown)
        console(stderr=True).print(run_table([report.tally]))
        self.exitcode = exits.code_of([report.tally])

    def _show(self, urls: list[str]) -> None:
        assert self.settings
        with Archive.open(self.settings["ARCHIVE"], read_only=True) as archive, archive.reading() as conn:
            for url in urls:
                if view := article_view(conn, url):
                    show(view)
