"""`scrapy matches`: the matches of the archive, what is unsure of them, and a person's word on both."""

from __future__ import annotations

import argparse
import sqlite3
from datetime import UTC, datetime
from typing import Any, ClassVar

from rich.table import Table
from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError

from crawler import exits
from crawler.showing import complain, plain, show
from crawler.urls import normal_url
from pipelines.archive import Archive, ArchiveError
from pipelines.matches import NoSuchThing, correct_event, correct_tie, correction_undone, setting

LIST = (
    "SELECT m.id, h.name || '-' || a.name, iif(score_home IS NULL, '', score_home || '-' || score_away), competition,"
    " articles, (SELECT count(*) FROM events WHERE match_id = m.id), coalesce(contradiction, '') FROM matches m"
    " JOIN teams h ON h.id = home_id JOIN teams a ON a.id = away_id ORDER BY date DESC, m.id LIMIT ?"
)
UNSURE = (
    "SELECT home || '-' || away, iif(score_home IS NULL, '', score_home || '-' || score_away), unsure, url"
    " FROM article_matches f JOIN articles ON articles.id = article_id WHERE match_id IS NULL"
    " ORDER BY published DESC, url LIMIT ?"
)
CORRECTIONS = (
    "SELECT c.id, at, c.kind, coalesce(event, ''), coalesce(fields, ''), url FROM corrections c"
    " JOIN articles ON articles.id = article_id ORDER BY c.id DESC LIMIT ?"
)


class Command(ScrapyCommand):
    """List matches, or correct them."""

    requires_project = True
    requires_crawler_process = False
    default_settings: ClassVar[dict[str, Any]] = {"LOG_ENABLED": False}

    def syntax(self) -> str:
        return "[options] [MATCH or EVENT]"

    def short_desc(self) -> str:
        return "List the archive's matches, or correct which articles tell them and what happened"

    def long_desc(self) -> str:
        return (
            "List matches, newest first, or correct one by hand; corrections survive scrapy rebuild. Examples: "
            "scrapy matches --unsure; scrapy matches 2021-01-09-milan-torino --split https://www.example.it/articolo; "
            "scrapy matches EVENT --set minute=57; scrapy matches --undo 3"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """What to list, or what to correct."""
        super().add_options(parser)
        parser.add_argument("--limit", type=int, default=30, help="rows of a list (default 30)")
        parser.add_argument("--unsure", action="store_true", help="list tellings tied to no match, with the reason")
        parser.add_argument("--corrections", action="store_true", help="list what was corrected by hand")
        parser.add_argument("--split", metavar="URL", help="this article does not tell MATCH")
        parser.add_argument("--join", metavar="URL", help="this article tells MATCH")
        parser.add_argument("--reject", action="store_true", help="EVENT did not happen")
        told = "EVENT happened otherwise (settings of Scrapy are given with -s)"
        parser.add_argument("--set", dest="fields", metavar="FIELD=VALUE", action="append", default=[], help=told)
        parser.add_argument("--undo", metavar="N", type=int, help="take correction N back")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Print a list, or note a correction and join the articles that it concerns again."""
        assert self.settings
        ways = [bool(opts.split), bool(opts.join), opts.reject, bool(opts.fields), opts.undo is not None]
        if sum(ways) > 1 or len(args) > 1:
            raise UsageError("one correction at a time, of one match or event", print_help=False)
        if any(ways[:4]) and not args:
            raise UsageError("say of which match or event (scrapy matches, scrapy show MATCH)", print_help=False)
        try:
            with Archive.open(self.settings["ARCHIVE"], create=False) as archive:
                if any(ways):
                    self._correct(archive, args[0] if args else "", opts)
                else:
                    with archive.reading() as conn:
                        list_rows(conn, opts)
        except (NoSuchThing, ValueError) as error:
            raise UsageError(str(error), print_help=False) from error
        except ArchiveError as error:
            complain(error)
            self.exitcode = exits.ARCHIVE

    def _correct(self, archive: Archive, name: str, opts: argparse.Namespace) -> None:
        now = datetime.now(UTC)
        if opts.undo is not None:
            correction_undone(archive, opts.undo)
            print(f"correction {opts.undo} is taken back")
        elif opts.split or opts.join:
            url = normal_url(opts.split or opts.join) or opts.split or opts.join
            correct_tie(archive, name, url, "split" if opts.split else "join", now)
            print(f"noted: {plain(url)} {'does not tell' if opts.split else 'tells'} {plain(name)}")
        else:
            told = dict(map(setting, opts.fields))
            correct_event(archive, name, "reject" if opts.reject else "set", told, now)
            print(f"noted: {plain(name)} {'is rejected' if opts.reject else told}")


def list_rows(conn: sqlite3.Connection, opts: argparse.Namespace) -> None:
    """Print matches, unsure tellings or corrections as a table."""
    heads: tuple[str, ...]
    query, heads = LIST, ("match", "teams", "score", "competition", "articles", "events", "contradiction")
    if opts.unsure:
        query, heads = UNSURE, ("teams", "score", "why unsure", "article")
    elif opts.corrections:
        query, heads = CORRECTIONS, ("n", "when", "what", "event", "set to", "article")
    table = Table(*heads, header_style="bold", show_edge=False, pad_edge=False)
    for row in conn.execute(query, (opts.limit,)):
        table.add_row(*(plain(value) for value in row))
    show(table)
