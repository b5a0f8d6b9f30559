"""`scrapy reread`: today's cleaning and today's reader over the stored pages, without fetching anything."""

from __future__ import annotations

import argparse
from collections import Counter
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar

from rich.progress import Progress
from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.loader import SiteLoader
from crawler.showing import complain, console, plain
from crawler.site import SITES, Site, read_sites
from pipelines.archive import Archive, ArchiveError, Stored, reread
from pipelines.flow import digest
from pipelines.items import Article, Reading, Skipped
from pipelines.matches import join_article


class Command(ScrapyCommand):
    """Read the stored pages again."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options]"

    def short_desc(self) -> str:
        return "Clean and read the stored pages again, and say what changed"

    def long_desc(self) -> str:
        return (
            "Run today's cleaning and reading over the stored pages, on all cores, without fetching anything. "
            "Example: scrapy reread --site gazzetta --since 2026-11-01"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Which pages, and by how many processes."""
        super().add_options(parser)
        parser.add_argument("--site", help="only this site's pages")
        parser.add_argument("--since", metavar="DAY", help="only pages fetched since, e.g. 2026-11-01")
        parser.add_argument("--workers", type=int, help="processes (default: one a core)")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Read again, with progress on a terminal; print what changed."""
        assert self.settings
        if args:
            exits.refuse("scrapy reread takes options only")
        try:
            since = datetime.fromisoformat(opts.since).replace(tzinfo=UTC) if opts.since else None
        except ValueError:
            exits.refuse(f"--since: not a date like 2026-11-01: {opts.since!r}")
        SiteLoader.from_settings(self.settings)  # a wrong declaration stops here, in one sentence
        try:
            with Archive.open(self.settings["ARCHIVE"], create=False, on_claims=join_article) as archive:
                self._reread(archive, opts.site, since, opts.workers)
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE

    def _reread(self, archive: Archive, site: str | None, since: datetime | None, workers: int | None) -> None:
        changes: Counter[str] = Counter()
        out = console(stderr=True)
        with Progress(console=out, disable=not out.is_terminal, transient=True) as progress:
            task = progress.add_task("rereading")

            def advance(done: int, total: int) -> None:
                progress.update(task, completed=done, total=total)

            for change in reread(archive, read_stored, site=site, since=since, workers=workers, progress=advance):
                changes[change.what] += 1
                if change.what != "same":
                    print(f"{change.what:7}{plain(change.url)} {plain(change.detail)}".rstrip())
        print(
            f"{changes.total()} read again: " + (", ".join(f"{n} {what}" for what, n in changes.most_common()) or "-")
        )


@cache
def declared_sites() -> dict[str, Site]:
    """The declarations, read once a process."""
    return read_sites(SITES)


def read_stored(stored: Stored) -> tuple[Article | Skipped, Reading | None]:
    """What stored pages read as today; run in worker processes."""
    site = declared_sites().get(stored.site)
    hint = stored.published.value if stored.published else None
    read = digest(stored.pages, site.selectors if site else None, hint)
    return read.article or Skipped("no-article"), read.reading
