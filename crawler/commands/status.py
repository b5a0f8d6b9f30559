"""`scrapy status`: how the crawl stands."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from rich.table import Table
from rich.text import Text
from scrapy.commands import ScrapyCommand

from crawler import exits
from crawler.commands.schedule import LOCK
from crawler.loader import SiteLoader
from crawler.lock import SiteLock
from crawler.schedule.pace import utc_now
from crawler.schedule.standing import Standing, as_words, reds, standing
from crawler.showing import complain, console, plain
from pipelines.archive import Archive, ArchiveError

if TYPE_CHECKING:
    from crawler.schedule.standing import SiteStanding


class Command(ScrapyCommand):
    """Print how the crawl stands."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] [SITE …]"

    def short_desc(self) -> str:
        return "Print how the crawl stands: visits, yields, failures, queue, lag"

    def long_desc(self) -> str:
        return (
            "Print each site's last and next visit, what it yielded against its usual, failures of the last day, the "
            "queue, the time between publication and archive. Exit code 3 where a site is red. "
            "Example: scrapy status; scrapy status --json gazzetta"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Scrapy's own, and --json."""
        super().add_options(parser)
        parser.add_argument("--json", action="store_true", help="print JSON")
        parser.add_argument(
            "--alive", action="store_true", help="only tell whether a schedule is kept: exit code 0 or 1"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print it on standard output; exit code 3 where a site is red."""
        assert self.settings
        sites = SiteLoader.from_settings(self.settings).sites
        if unknown := [name for name in args if name not in sites]:
            exits.refuse(f"no site named {', '.join(unknown)}: scrapy list prints the sites")
        path = self.settings["ARCHIVE"]
        if opts.alive:
            holder = holder_of(path)
            print(holder or "nobody keeps the schedule")
            self.exitcode = exits.DONE if holder else exits.ERROR
            return
        try:
            with Archive.open(path, create=False, read_only=True) as archive:
                visited = {row[0] for row in archive.conn.execute("SELECT DISTINCT site FROM crawl_runs")}
                on = [name for name, site in sites.items() if name in visited or not (site.draft or site.sample)]
                now = standing(archive, args or on, utc_now(), holder_of(path))
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE
            return
        if opts.json:
            print(json.dumps(asdict(now), ensure_ascii=False, indent=2))
        else:
            show(now)
        self.exitcode = exits.DRIFT if reds(now.sites) else exits.DONE


def holder_of(archive: str) -> str | None:
    """Who keeps the schedule of this archive."""
    lock = SiteLock(archive, LOCK)
    try:
        holder = lock.take() if lock.path.exists() else None
    except OSError:  # somebody else's archive, which may be read all the same
        return None
    lock.release()
    return holder


def show(now: Standing) -> None:
    """The same for a person."""
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for head in ("site", "last", "next", "new", "usual", "waiting", ""):
        table.add_column(head, justify="right" if head in ("new", "usual", "waiting") else "left")
    for site in now.sites:
        table.add_row(
            Text(site.site, style="red" if site.red else ""),
            ago(now.at, site.last),
            ago(now.at, site.next),
            str(site.new),
            "–" if site.usual is None else f"{site.usual:g}",
            str(site.waiting),
            remark(site),
        )
    out = console()
    out.print(table)
    out.print(
        f"\n{now.articles:,} articles, the last {ago(now.at, now.last_added)}; {now.waiting:,} waiting, {now.due:,}"
        f" URLs due; archive {now.bytes / 1e6:,.0f} MB\n"
        f"from publication to archive, last week: median {as_words(now.lag_median)}, 95 % within"
        f" {as_words(now.lag_p95)}\n"
        f"schedule: {now.scheduler or 'nobody keeps it (scrapy schedule)'}"
    )


def remark(site: SiteStanding) -> Text:
    failures = ", ".join(f"{kind} {count}" for kind, count in site.failures.items())
    words = [word for word in (site.outcome if site.outcome != "finished" else "", failures) if word]
    return Text(plain("; ".join(words)), style="red" if site.red else "dim")


def ago(now: str, moment: str | None) -> str:
    """A moment against another: "12 min ago", "in 4 min", "due"; "never" for none."""
    if moment is None:
        return "never"
    seconds = (datetime.fromisoformat(now) - datetime.fromisoformat(moment)).total_seconds()
    return f"{as_words(seconds)} ago" if seconds >= 0 else f"in {as_words(-seconds)}"
