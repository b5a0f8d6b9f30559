"""`scrapy prune`: drop what the schedule does not keep."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.schedule import Schedule, ScheduleError
from crawler.schedule.pace import utc_now
from crawler.schedule.pruning import prune
from crawler.showing import complain, console
from pipelines.archive import Archive, ArchiveError


class Command(ScrapyCommand):
    """Drop old stored pages, failures and runs."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Drop old stored pages, failures and runs, as the schedule says; articles and matches stay"

    def long_desc(self) -> str:
        return (
            "Drop what the table [keep] of the schedule does not keep. The last look at every article stays, so that "
            "scrapy reread goes on working. The file shrinks with --shrink only, which needs as much room again and "
            "lets no crawl write meanwhile. Example: scrapy prune --dry-run"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, --dry-run and --shrink."""
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help="count only")
        parser.add_argument("--shrink", action="store_true", help="give the room back to the disk (VACUUM)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Drop, and say how much of what."""
        assert self.settings
        if args:
            exits.refuse("scrapy prune takes options only")
        try:
            schedule = Schedule.of(self.settings)
            with (
                Archive.open(self.settings["ARCHIVE"], create=False) as archive,
                console(stderr=True).status("pruning"),
            ):
                done = prune(archive, schedule, utc_now(), opts.dry_run)
                if opts.shrink and not opts.dry_run:
                    with archive.reading() as conn:
                        conn.execute("VACUUM")
        except ScheduleError as error:
            exits.refuse(error)
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        verb = "would go" if opts.dry_run else "dropped"
        print(f"{verb}: " + (", ".join(f"{count:,} {what}" for what, count in done.items() if count) or "nothing"))
