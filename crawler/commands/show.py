"""`scrapy show`: an article or a match of the archive, in the terminal."""

from __future__ import annotations

import argparse
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.showing import article_view, best_told, complain, match_view, show
from crawler.urls import normal_url
from pipelines.archive import Archive, ArchiveError


class Command(ScrapyCommand):
    """Print an article or a match."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] [URL or MATCH]"

    def short_desc(self) -> str:
        return "Print an article or a match of the archive as it was read"

    def long_desc(self) -> str:
        return (
            "Print an article (by its URL) or a match (by its id, such as 2024-01-10-milan-atalanta) of the archive; "
            "without a name the match that most papers tell. Example: scrapy show -s ARCHIVE=data/demo.db"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print it on standard output; exit code 2 where the archive does not know it."""
        del opts
        assert self.settings
        try:
            with (
                Archive.open(self.settings["ARCHIVE"], create=False, read_only=True) as archive,
                archive.reading() as conn,
            ):
                name = args[0] if args else best_told(conn)
                view = None
                if name:
                    view = match_view(conn, name) or article_view(conn, normal_url(name) or name)
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        if view is None:
            exits.refuse(f"the archive knows no {name or 'match'}")
        show(view)
