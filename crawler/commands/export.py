"""`scrapy export`: the archive's matches in formats that others read."""

from __future__ import annotations

import argparse
from contextlib import nullcontext
from pathlib import Path
from sys import stdout
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.showing import complain, console
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import FORMATS, export


class Command(ScrapyCommand):
    """Export matches."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return f"Export the archive's matches as {', '.join(FORMATS)}"

    def long_desc(self) -> str:
        return (
            "Write matches with their events and line-ups: openfootball's Football.TXT, JSON Lines, CSV, schema.org's "
            "SportsEvent (jsonld), the Common Data Format's match JSON (cdf). "
            "Example: scrapy export --format football.txt --season 2023-24 --to serie-a.txt"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which matches, in which format, where to."""
        super().add_options(parser)
        parser.add_argument("--format", choices=FORMATS, default="jsonl", help="the format (default jsonl)")
        parser.add_argument("--match", help="one match, by its id")
        parser.add_argument("--season", help="one season, such as 2023-24")
        parser.add_argument("--to", metavar="FILE", type=Path, help="write to this file (default: standard output)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Write the lines, then say on standard error how many went where."""
        assert self.settings
        if args:
            raise UsageError("scrapy export takes options only", print_help=False)
        count = 0
        try:
            with (
                Archive.open(self.settings["ARCHIVE"], create=False, read_only=True) as archive,
                archive.reading() as conn,
                opts.to.open("w", encoding="utf-8", newline="\n") if opts.to else nullcontext(stdout) as out,
            ):
                for line in export(conn, opts.format, opts.match, opts.season):
                    out.write(f"{line}\n")
                    count += 1
        except OSError as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        if opts.match and not count:
            raise UsageError(f"the archive has no match {opts.match} that {opts.format} can hold", print_help=False)
        console(stderr=True).print(f"{count} lines of {opts.format} in {opts.to or 'standard output'}")
