"""`scrapy forget URL`: take an article down for good."""

from __future__ import annotations

import argparse
from datetime import UTC, datetime
from typing import Any, ClassVar

from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.showing import complain
from crawler.urls import normal_url
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import join_article


class Command(ScrapyCommand):
    """Take an article down."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Take an article down for good: no crawl and no rereading brings it back"

    def long_desc(self) -> str:
        return (
            "Remove an article under all its addresses: text, versions, stored pages and what it claims. The addresses "
            "stay barred. Example: scrapy forget https://www.example.it/una-notizia -s ARCHIVE=data/moviola.db"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Forget it and say what went."""
        del opts
        assert self.settings
        url = normal_url(args[0]) if len(args) == 1 else None
        if not url:
            exits.refuse("say which URL, one, http(s)")
        try:
            with Archive.open(self.settings["ARCHIVE"], create=False, on_claims=join_article) as archive:
                gone = archive.forget(url, datetime.now(UTC))
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        print("forgotten:" if gone.article_id is not None else "nothing was stored; barred from now on:")
        print("\n".join(gone.urls))
