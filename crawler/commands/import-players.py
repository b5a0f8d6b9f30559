"""`scrapy import-players`: squads and players into the archive, so that short names find their bearer."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.showing import complain, plain
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import BadSquad, import_players


class Command(ScrapyCommand):
    """Import players."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] FILE …"

    def short_desc(self) -> str:
        return "Import openfootball's squad and player files"

    def long_desc(self) -> str:
        return (
            "Read squads and players from files; a short name in an article is then whoever of the squad it can mean. "
            "Importing a file twice changes nothing. Example: scrapy import-players 2023-24/squads/*.txt"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Import each file and say how many players were new."""
        del opts
        assert self.settings
        if not args:
            raise UsageError("say which files", print_help=False)
        try:
            texts = [(Path(name).name, Path(name).read_text(encoding="utf-8-sig")) for name in args]
            with Archive.open(self.settings["ARCHIVE"]) as archive:
                for name, text in texts:
                    print(f"{plain(name)}: {import_players(archive, name, text)} new players")
        except (OSError, UnicodeError, BadSquad) as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
