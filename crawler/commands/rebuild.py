"""`scrapy rebuild`: make all matches of the archive anew from what its articles say."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from rich.progress import Progress
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.showing import complain, console
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import rebuild


class Command(ScrapyCommand):
    """Make all matches anew."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def short_desc(self) -> str:
        return "Join all articles of the archive into matches anew"

    def long_desc(self) -> str:
        return (
            "Tie every article to its matches anew, learn how often each paper is right, fuse all events with that, "
            "and tell players apart over all matches. Corrections by hand stay. "
            "Example: scrapy rebuild -s ARCHIVE=data/moviola.db"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Rebuild, with progress on a terminal; print what there is now."""
        del opts
        assert self.settings
        if args:
            raise UsageError("scrapy rebuild takes options only", print_help=False)
        try:
            with Archive.open(self.settings["ARCHIVE"], create=False) as archive:
                count = rebuilt(archive)
                with archive.reading() as conn:
                    ask = (
                        "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM players),"
                        " (SELECT count(*) FROM matches WHERE contradiction IS NOT NULL),"
                        " (SELECT count(*) FROM article_matches WHERE match_id IS NULL)"
                    )
                    events, players, contradictory, unsure = conn.execute(ask).fetchone()
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        print(f"{count} matches with {events} events and {players} players in {self.settings['ARCHIVE']};")
        print(f"{contradictory} matches contradictory, {unsure} tellings tied to none (scrapy matches --unsure)")


def rebuilt(archive: Archive) -> int:
    """Rebuild with progress on a terminal; how many matches there are."""
    out = console(stderr=True)
    with Progress(console=out, disable=not out.is_terminal, transient=True) as progress:
        task = progress.add_task("joining articles")
        return rebuild(archive, lambda done, of: progress.update(task, completed=done, total=of))
