"""`scrapy newsite URL`: a draft declaration for a site that nobody has declared."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from lxml import html
from lxml.etree import ParserError
from protego import Protego
from scrapy.commands import BaseRunSpiderCommand

from crawler import exits
from crawler.discovery import Entry, read_feed, read_listing, read_sitemap
from crawler.drafting import MOST, SAME, Draft, body_selector, declaration, facts, infer_patterns, name_of
from crawler.guard import names_private
from crawler.probing import ProbeSpider, guess_articles, read_page
from crawler.showing import plain
from crawler.site import NAME, SITES, SiteError, bare_host, read_site, read_sites, site_of
from crawler.urls import normal_url
from pipelines.items import Article, Page, Selectors

SAMPLED = 5  # articles fetched to see how they read
USUAL_FEEDS = ("feed/", "rss")  # asked for only where the home names none
ASIDE = 3  # addresses kept out of the inference, to try it on


@dataclass(slots=True)
class Survey:
    """What the visit of an undeclared site found."""

    home: Page | None = None
    trouble: str = ""
    feeds: list[str] = field(default_factory=list)
    sitemaps: list[str] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)  # likely articles, those of feeds first
    links: list[str] = field(default_factory=list)  # all links of the home
    read: list[tuple[Page, Article]] = field(default_factory=list)


class Command(BaseRunSpiderCommand):
    """Draft a declaration."""

    requires_project = True

    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Draft the declaration of a site that nobody has declared"

    def long_desc(self) -> str:
        return (
            "Visit a site's home, robots.txt, feeds, a sitemap and a few articles, infer which addresses are articles "
            "and where the text stands, show the articles as they read, and write a draft with a recorded page, for a "
            "person to review. Example: scrapy newsite https://www.example.it/"
        )

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Its name and where the files go."""
        super().add_options(parser)
        parser.add_argument("--name", help="name of the declaration (default: from the host)")
        parser.add_argument("--sites", metavar="DIR", help="where the declaration goes (default: the project's)")
        parser.add_argument("--tests", metavar="DIR", default="tests/sites", help="where addresses and the page go")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Refuse what cannot be drafted before anything is started."""
        super().process_options(args, opts)
        assert self.settings
        if not opts.loglevel:
            self.settings.set("LOG_LEVEL", "WARNING", priority="cmdline")
        url = normal_url(args[0]) if len(args) == 1 else None
        if not url:
            exits.refuse("say which site, one URL, http(s)")
        if names_private(url) and not self.settings.getbool("ALLOW_PRIVATE"):
            exits.refuse(f"{url} is a private address; -s ALLOW_PRIVATE=1 lets it through")
        self.folder = Path(opts.sites or self.settings.get("SITES", SITES))
        try:
            known = site_of(url, read_sites(self.folder, self.settings.getint("SAMPLE_PORT")))
        except SiteError as error:
            exits.refuse(error)
        self.site_name = opts.name or name_of(url)
        if known or not NAME.fullmatch(self.site_name) or (self.folder / f"{self.site_name}.toml").exists():
            exits.refuse(f"{known.name if known else self.site_name} is declared already, or no name: see --name")
        exits.check_archive(self.settings["ARCHIVE"])

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Visit, infer, show, write; exit code 4 where the site does not answer or shows no article."""
        assert self.crawler_process
        survey = Survey()
        home = normal_url(args[0]) or ""

        async def plan(spider: ProbeSpider) -> None:
            await visit(spider, home, survey)

        self.crawler_process.crawl(ProbeSpider, plan=plan)
        self.crawler_process.start()
        if self.crawler_process.bootstrap_failed or not survey.home or not survey.entries:
            print(f"nothing to draft from: {survey.trouble or 'no link looks like an article'}")
            self.exitcode = exits.NOTHING
            return
        draft, aside = infer(survey, self.site_name, home)
        for page, article in survey.read:
            print(f"\n{plain(article.title)}\n  {page.final_url}\n  {_how(article)}\n  {plain(article.text[:200])} …")
        self._write(draft, survey, aside, Path(opts.tests))

    def _write(self, draft: Draft, survey: Survey, aside: list[str], tests: Path) -> None:
        """The declaration, the addresses, a recorded page and what it reads as."""
        tests.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{draft.name}.toml"
        path.write_text(declaration(draft), encoding="utf-8")
        site = read_site(path)
        take = [url for url in survey.entries if site.is_article(url) and url not in aside][:12]
        ways = [draft.home, *draft.feeds]
        leave = [url for url in survey.links if bare_host(url) in site.own_hosts and not site.is_article(url)]
        day = f"{datetime.now(UTC):%Y-%m-%d}"
        written = [path, tests / f"{draft.name}.toml"]
        written[1].write_text(facts(take, aside, list(dict.fromkeys([*ways, *leave]))[:10], day), encoding="utf-8")
        if survey.read:
            page, article = survey.read[0]
            written += [tests / "pages" / f"{draft.name}.html", tests / "pages" / f"{draft.name}.txt"]
            written[2].parent.mkdir(exist_ok=True)
            written[2].write_bytes(page.body)
            written[3].write_text(f"{article.title}\n\n{article.text}\n", encoding="utf-8")
        missed = [url for url in aside if not site.is_article(url)]
        print(f"\nof {len(aside)} addresses set apart the patterns take {len(aside) - len(missed)}")
        print("written, to be read by a person (draft = true keeps it off until then):")
        print("\n".join(f"  {file}" for file in written))


async def visit(spider: ProbeSpider, home: str, survey: Survey) -> None:
    """Ask for the home, what it and robots.txt name, and a few articles; some fifteen requests at most."""
    answer = await spider.ask(home)
    survey.home, survey.trouble = answer.page, answer.trouble
    if not answer.page:
        return
    listing = read_listing(answer.page.body, answer.page.final_url)
    survey.links = [entry.url for entry in listing.links]
    for url in listing.feeds[:3] or [home + usual for usual in USUAL_FEEDS]:
        page = (await spider.ask(url)).page
        if page and (entries := read_feed(page.body, page.final_url)):
            survey.feeds.append(url)
            survey.entries |= {entry.url: entry for entry in entries if bare_host(entry.url) == bare_host(home)}
    robots = Protego.parse(await spider.robots(home))
    for url in [*robots.sitemaps][:1]:
        await _look_at_sitemap(spider, url, survey)
    survey.entries |= {e.url: e for e in guess_articles(answer.page) if e.url not in survey.entries}
    for url in [*survey.entries][:SAMPLED]:
        page = (await spider.ask(url)).page
        if page and (article := read_page(page)):
            survey.read.append((page, article))


async def _look_at_sitemap(spider: ProbeSpider, url: str, survey: Survey) -> None:
    """Note a sitemap, and what it or its newest part lead to."""
    page = (await spider.ask(url)).page
    sitemap = read_sitemap(page.body, page.final_url) if page else None
    if sitemap and (sitemap.pages or sitemap.parts):
        survey.sitemaps.append(url)


def infer(survey: Survey, name: str, home: str) -> tuple[Draft, list[str]]:
    """The draft, and the addresses that were kept out of the inference."""
    assert survey.home
    urls = [*survey.entries]
    aside = urls[1::3][:ASIDE] if len(urls) > 2 * ASIDE else []
    body = body_selector(survey.read)
    if body and not _mostly(_same_text(page, article, body) for page, article in survey.read):
        body = ""
    seen = f"{len(urls)} addresses, {len(survey.read)} pages read"
    draft = Draft(
        name=name,
        title=title_of(survey.home) or name,
        home=home,
        feeds=tuple(survey.feeds),
        sitemaps=tuple(survey.sitemaps),
        allow=infer_patterns(url for url in urls if url not in aside),
        body=body,
        evidence=f"{datetime.now(UTC):%Y-%m-%d}: inferred by scrapy newsite from the site itself ({seen})",
    )
    return draft, aside


def _mostly(answers: Iterable[bool]) -> bool:
    """Whether as many are true as pages must fit a selector."""
    known = list(answers)
    return sum(known) >= MOST * len(known)


def _same_text(page: Page, article: Article, body: str) -> bool:
    """Whether the inferred selector yields about the text that the page reads as without it."""
    again = read_page(page, Selectors(body=body))
    return again is not None and SAME[0] <= len(again.text) / max(1, len(article.text)) <= SAME[1]


def title_of(page: Page) -> str:
    """The name that a home page gives its site: og:site_name, else the first part of its title."""
    try:
        tree = html.document_fromstring(page.body)
    except (ParserError, ValueError):
        return ""
    name = tree.xpath("string(//meta[@property='og:site_name']/@content)") or tree.xpath("string(//title)")
    return max((part.strip() for part in re.split(r"\s[|–—»-]\s", " ".join(str(name).split()))), key=len)[:80]


def _how(article: Article) -> str:
    moment = article.published
    when = f"{moment.value:%Y-%m-%d %H:%M} UTC by {moment.source}" if moment else "no date"
    return f"{len(article.text):,} characters by {article.method}, {when}"
