"""`scrapy visit`: crawl every site that is due, or the named ones, in one process."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime

from scrapy.commands import BaseRunSpiderCommand

from crawler import exits, logs
from crawler.loader import SiteLoader
from crawler.report import Report, run_table
from crawler.schedule import Schedule, ScheduleError
from crawler.schedule.alerts import alerts_after, deliver
from crawler.showing import console
from pipelines.archive import Archive


class Command(BaseRunSpiderCommand):
    """Crawl the sites that are due."""

    requires_project = True
    due: list[str]

    def syntax(self) -> str:
        return "[options] [SITE …]"

    def short_desc(self) -> str:
        return "Crawl the real sites that are due, or the named ones"

    def long_desc(self) -> str:
        return (
            "Crawl the declared sites whose next visit is due (drafts and the sample newspaper only when named), "
            "and print what came of it. Example: scrapy visit; scrapy visit gazzetta milannews"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and --log-json."""
        super().add_options(parser)
        logs.add_option(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse unknown sites and an unusable archive before anything is started."""
        super().process_options(args, opts)
        assert self.settings
        sites = SiteLoader.from_settings(self.settings).sites
        if unknown := [name for name in args if name not in sites]:
            exits.refuse(f"no site named {', '.join(unknown)}: scrapy list prints the sites")
        try:
            self.schedule = Schedule.of(self.settings)
        except ScheduleError as error:
            exits.refuse(error)
        if opts.log_json:
            logs.log_as_json(self.settings)
        exits.check_archive(self.settings["ARCHIVE"])
        wanted = [name for name, site in sites.items() if not site.sample and not site.draft]
        with Archive.open(self.settings["ARCHIVE"]) as archive:
            self.due = args or [name for name in wanted if is_due(archive, name)]
        if not self.due:
            console(stderr=True).print("No site is due.")
            raise SystemExit(exits.DONE)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Crawl, print the table on stderr, set the exit code."""
        assert self.crawler_process and self.settings
        crawlers = [self.crawler_process.create_crawler(name) for name in self.due]
        for crawler in crawlers:
            self.crawler_process.crawl(crawler, ways="now" if args else "due", **opts.spargs)
        self.crawler_process.start()
        tallies = [Report.of(crawler).tally for crawler in crawlers]
        console(stderr=True).print(run_table(tallies))
        self.exitcode = exits.ERROR if self.crawler_process.bootstrap_failed else exits.code_of(tallies)
        if self.exitcode != exits.ARCHIVE:
            self._alarm()

    def _alarm(self) -> None:
        """Tell the user what the schedule's alarms are for."""
        assert self.settings
        with Archive.open(self.settings["ARCHIVE"]) as archive:
            alerts = alerts_after(archive, self.due, self.schedule, datetime.now(UTC))
        for alert in alerts:
            deliver(alert, self.schedule)


def is_due(archive: Archive, site: str) -> bool:
    """Whether something of the site is due; a site that was never visited is."""
    due = archive.frontier.next_due(site)
    return due is None or due <= datetime.now(UTC)
