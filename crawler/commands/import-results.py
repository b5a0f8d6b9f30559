"""`scrapy import-results`: calendars into the archive, as a check of what papers tell."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.commands.rebuild import rebuilt
from crawler.showing import complain, plain
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import BadCalendar, import_results


class Command(ScrapyCommand):
    """Import fixtures and results."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE …"

    def short_desc(self) -> str:
        return "Import calendars: openfootball's Football.TXT, football-data.co.uk's CSV"

    def long_desc(self) -> str:
        return (
            "Read fixtures and results from files, and check with them the scores that papers tell; importing a file "
            "twice changes nothing. Example: scrapy import-results 2023-24/1-seriea.txt season-2324.csv"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Import each file, say what it held, and compare the archive's matches with it."""
        del opts
        assert self.settings
        if not args:
            raise UsageError("say which files", print_help=False)
        try:
            texts = [(Path(name).name, Path(name).read_text(encoding="utf-8-sig")) for name in args]
            with Archive.open(self.settings["ARCHIVE"]) as archive:
                for name, text in texts:
                    done = import_results(archive, name, text)
                    print(f"{plain(name)}: {done.new} new, {done.changed} changed, {done.known} known")
                    if done.unlisted:
                        print(f"  clubs that no list has: {plain(', '.join(done.unlisted))}")
                rebuilt(archive)
                with archive.reading() as conn:
                    ask = "SELECT count(*), sum(result = 'right') FROM matches WHERE result IS NOT NULL"
                    checked, right = conn.execute(ask).fetchone()
        except (OSError, UnicodeError, BadCalendar) as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        print(f"{checked} matches of the archive are in calendars, {right or 0} of them with the same score")
