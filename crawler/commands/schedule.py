"""`scrapy schedule`: keep the archive fresh, for months."""

from __future__ import annotations

import argparse
import logging
from typing import TYPE_CHECKING, cast

from scrapy.commands import ScrapyCommand

from crawler import exits, logs
from crawler.loader import SiteLoader
from crawler.lock import SiteLock
from crawler.schedule import Schedule, ScheduleError

if TYPE_CHECKING:
    from scrapy.crawler import AsyncCrawlerProcess

LOCK = "the-scheduler"  # no site can have this name: a site's is letters and digits


class Command(ScrapyCommand):
    """Visit sites whenever they are due."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] [SITE …]"

    def short_desc(self) -> str:
        return "Keep the archive fresh: visit the sites whenever they are due, until told to end"

    def long_desc(self) -> str:
        return (
            "Visit the declared sites (drafts and the sample newspaper only when named) whenever they are due, by the "
            "rhythm of crawler/schedule/schedule.toml. SIGTERM or Ctrl-C finishes what is in flight. "
            "Example: scrapy schedule --log-json; scrapy schedule gazzetta milannews -s SCHEDULE=my.toml"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and --log-json."""
        super().add_options(parser)
        logs.add_option(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what cannot work before anything is started."""
        super().process_options(args, opts)
        assert self.settings
        try:
            self.schedule = Schedule.of(self.settings)
        except ScheduleError as error:
            exits.refuse(error)
        sites = SiteLoader.from_settings(self.settings).sites
        if unknown := [name for name in args if name not in sites]:
            exits.refuse(f"no site named {', '.join(unknown)}: scrapy list prints the sites")
        self.sites = args or [name for name, site in sites.items() if not site.sample and not site.draft]
        exits.check_archive(self.settings["ARCHIVE"])
        self.lock = SiteLock(self.settings["ARCHIVE"], LOCK)
        if holder := self.lock.take():
            exits.refuse(f"a scheduler of {self.settings['ARCHIVE']} runs already: {holder}")
        if (self.settings.getpriority("PATIENCE") or 0) < 40:  # retries are the schedule's: no visit waits for them
            self.settings.set("PATIENCE", 0, "spider")
        if opts.log_json:
            logs.log_as_json(self.settings)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Work until told to end."""
        del args, opts
        from crawler.schedule.loop import Scheduler

        assert self.crawler_process and self.settings
        if self.settings["LOG_LEVEL"] != "DEBUG":  # a line a visit is enough; Scrapy has forty
            logging.getLogger("scrapy").setLevel(logging.WARNING)
        logging.getLogger(__name__).info(
            "%d sites, %d at a time, into %s", len(self.sites), self.schedule.at_once, self.settings["ARCHIVE"]
        )
        process = cast("AsyncCrawlerProcess", self.crawler_process)
        self.exitcode = Scheduler(process, self.sites, self.schedule).start()
        self.lock.release()
