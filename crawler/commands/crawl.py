"""`scrapy crawl SITE` as Scrapy has it, with the run's table at the end and an exit code that means something."""

from __future__ import annotations

import argparse

from scrapy.commands.crawl import Command as ScrapyCrawl
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.report import Report, run_table
from crawler.showing import complain, console
from crawler.spiders.page import PageSpider, RefusedError, targets
from pipelines.archive import Archive, ArchiveError


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

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print the table on stderr, set the exit code."""
        if len(args) != 1:
            raise UsageError("say which site (scrapy list names them), or page")
        assert self.crawler_process and self.settings
        try:
            if args[0] == PageSpider.name:
                list(targets(opts.spargs.get("url", ""), self.settings.getbool("ALLOW_PRIVATE")))
            Archive.open(self.settings["ARCHIVE"]).close()
        except RefusedError as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        try:
            crawler = self._create_crawler(args[0])
        except KeyError as error:
            raise UsageError(f"no site named {args[0]!r}: scrapy list prints the sites", print_help=False) from error
        self.crawler_process.crawl(crawler, **opts.spargs)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            self.exitcode = exits.ERROR
            return
        report = Report.of(crawler)
        console(stderr=True).print(run_table([report.tally]))
        self.exitcode = exits.code_of([report.tally])
