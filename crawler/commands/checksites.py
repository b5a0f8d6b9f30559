"""`scrapy checksites`: whether the declarations are sound; with --live, whether the sites still answer to them."""

from __future__ import annotations

import argparse
from pathlib import Path

from rich.table import Table
from scrapy.commands import BaseRunSpiderCommand

from crawler import exits
from crawler.linting import lint
from crawler.probing import Health, ProbeSpider, each
from crawler.showing import complain, console, show
from crawler.site import SITES, Site, read_site


class Command(BaseRunSpiderCommand):
    """Check the site declarations."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] [SITE …]"

    def short_desc(self) -> str:
        return "Check the site declarations; with --live, ask each site three questions"

    def long_desc(self) -> str:
        return (
            "Read every declaration, or the named ones, and say what is wrong with it. With --live ask each site "
            "politely for its home, one way in and one article, and say how they read. "
            "Example: scrapy checksites; scrapy checksites --live pianetamilan gazzetta"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Whether to go out."""
        super().add_options(parser)
        parser.add_argument("--live", action="store_true", help="one request each to home, a way in and an article")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Keep the log to what went wrong, unless -L asks for more."""
        super().process_options(args, opts)
        assert self.settings
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print what was found; exit code 2 for a wrong declaration, 3 for a changed site, 4 where none answers."""
        assert self.settings
        folder, port = Path(self.settings.get("SITES", SITES)), self.settings.getint("SAMPLE_PORT")
        paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        if unknown := [name for name in args if name not in paths]:
            exits.refuse(f"no site named {', '.join(unknown)} in {folder}")
        found = lint(list(paths.values()), port)
        wanted = args or list(paths)
        for name in wanted:
            for sentence in found[name]:
                complain(f"{name}: {sentence}" if not sentence.startswith(str(paths[name])) else sentence)
        wrong = [name for name in wanted if found[name]]
        print(f"{len(wanted)} declarations read, {len(wrong)} wrong")
        if wrong:
            self.exitcode = exits.REFUSED
            return
        if opts.live:
            sites = [read_site(paths[name], port) for name in wanted]
            self.exitcode = self._live([site for site in sites if args or not site.sample])

    def _live(self, sites: list[Site]) -> int:
        """Ask the sites; the exit code."""
        assert self.crawler_process and self.settings
        exits.check_archive(self.settings["ARCHIVE"])
        healths: list[Health] = []
        out = console(stderr=True)

        def done(health: Health) -> None:
            healths.append(health)
            if out.is_terminal:
                out.print(f"{len(healths)} of {len(sites)}: {health.site}", highlight=False)

        async def plan(spider: ProbeSpider) -> None:
            await each(sites, spider, done)

        self.crawler_process.crawl(ProbeSpider, plan=plan)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed:
            return exits.ERROR
        show(health_table(sorted(healths, key=lambda health: health.site)))
        if healths and not any(health.answered for health in healths):
            return exits.NOTHING
        return exits.DONE if all(health.sound for health in healths) else exits.DRIFT


def health_table(healths: list[Health]) -> Table:
    """One row a site: what its home, a way in and an article were."""
    table = Table("site", "", "home", "way in", "article", box=None)
    for health in healths:
        mark = "[green]sound[/]" if health.sound else "[red]changed?[/]" if health.answered else "[red]silent[/]"
        table.add_row(health.site, mark, health.home, health.way_in, health.article)
    return table
