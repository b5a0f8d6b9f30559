"""`scrapy backup DEST`: a checked copy of the archive, while the crawl runs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.schedule import Schedule, ScheduleError
from crawler.schedule.backup import back_up
from crawler.schedule.pace import utc_now
from crawler.showing import complain, console
from pipelines.archive import Archive, ArchiveError


class Command(ScrapyCommand):
    """Copy the archive."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] DEST"

    def short_desc(self) -> str:
        return "Copy the archive into a folder, while the crawl runs, and rotate older copies away"

    def long_desc(self) -> str:
        return (
            "Write a compact copy of the archive into the folder DEST, check it, and leave the newest copies there "
            "(backup.copies of the schedule, or --keep). Example: scrapy backup data/backup --keep 14"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and --keep."""
        super().add_options(parser)
        parser.add_argument("--keep", type=int, metavar="N", help="copies to leave in DEST, this one included")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Copy, and say where it is and what went."""
        assert self.settings
        if len(args) != 1:
            exits.refuse("say which folder the copy goes to, one")
        if opts.keep is not None and opts.keep < 1:
            exits.refuse("--keep: must be 1 or more")
        try:
            copies = opts.keep or Schedule.of(self.settings).copies
            # opened for writing, since a copy must hold what is still in the -wal file
            with (
                Archive.open(self.settings["ARCHIVE"], create=False) as archive,
                console(stderr=True).status("copying"),
            ):
                done = back_up(archive, Path(args[0]), copies, utc_now())
        except ScheduleError as error:
            exits.refuse(error)
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        print(f"{done.path}: {done.articles:,} articles, {done.bytes / 1e6:,.1f} MB, checked")
        for path in done.removed:
            print(f"removed {path}")
