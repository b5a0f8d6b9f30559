"""The simulated press: when each paper publishes what, and what its host does to who asks."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from crawler.schedule.rules import ROME
from crawler.site import Expect, Site
from pipelines.items import Article, Failure, Found, Lease, Page, Timestamp, Visit

# How much of a day's articles appears in each hour of the Italian day: little at night, most on match evenings.
HOURS = (4, 2, 1, 1, 1, 2, 4, 7, 9, 10, 10, 9, 8, 8, 8, 9, 9, 9, 9, 8, 9, 10, 11, 8)
FEED = 30  # entries of a feed
LISTING = 90  # links of a listing over the three pages that are followed
SITEMAP = timedelta(days=2)  # what a news sitemap holds
FILLER = "Il pubblico era quello delle grandi occasioni. " * 5  # an article is longer than a site's declared minimum
RETRY_AFTER = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is wrong with a host for a time: down, busy (429) or redesigned (its ways in lead to nothing known)."""

    kind: str
    start: datetime
    end: datetime


@dataclass
class Paper:
    """One paper with all that it will publish."""

    site: Site
    published: list[datetime]
    troubles: list[Trouble] = field(default_factory=list)
    asked: list[datetime] = field(default_factory=list)  # when its feed was looked at: the visits

    def trouble(self, now: datetime) -> str:
        """What is wrong with the host now; empty if nothing is."""
        return next((t.kind for t in self.troubles if t.start <= now < t.end), "")

    def url(self, number: int) -> str:
        return f"{self.site.home}calcio/una-notizia-di-calcio-{number}"

    def visible(self, role: str, now: datetime) -> range:
        """The numbers of the articles that a way in shows now."""
        last = bisect_right(self.published, now)
        if role == "sitemap":
            return range(bisect_right(self.published, now - SITEMAP), last)
        return range(max(last - (FEED if role == "feed" else LISTING), 0), last)

    def fetch(self, lease: Lease, now: datetime) -> tuple[Visit, Article | None]:
        """What a request brings at that moment."""
        trouble = self.trouble(now)
        if trouble == "down":
            return visit(lease, now, failure=Failure("refused", "connection refused")), None
        if trouble == "busy":
            return visit(lease, now, failure=Failure("http-429", "", retry_after=now + RETRY_AFTER)), None
        if lease.role == "article":
            return self._article(lease, now)
        self.asked.append(now)
        numbers = () if trouble == "redesigned" else self.visible(lease.role, now)
        found = tuple(Found(self.url(n), self.site.name, "article", lease.url, self.published[n]) for n in numbers)
        return visit(lease, now, found=found, page=True), None

    def _article(self, lease: Lease, now: datetime) -> tuple[Visit, Article | None]:
        if lease.etag:
            return Visit(lease.url, lease.site, lease.role, now, not_modified=True), None
        number = int(lease.url.rsplit("-", 1)[1])
        title = f"Notizia numero {number} di {self.site.title}"
        text = f"{title}: una partita di calcio come tante, la numero {number}. " + FILLER
        words = sha256(text.encode()).hexdigest()
        published = Timestamp(self.published[number], "json-ld")
        article = Article(lease.url, title, text, words, published=published, method="structure")
        return visit(lease, now, page=True), article


def visit(
    lease: Lease, now: datetime, *, failure: Failure | None = None, found: tuple[Found, ...] = (), page: bool = False
) -> Visit:
    """The visit as the spider would tell it; an article's page has an ETag, and a few bytes of its own."""
    tag = {"etag": '"1"'} if lease.role == "article" else {}
    pages = (Page(lease.url, lease.url, 200, tag, lease.url.encode(), now),) if page else ()
    return Visit(lease.url, lease.site, lease.role, now, pages, found, failure)


def papers(count: int, start: datetime, days: int, rng: random.Random) -> list[Paper]:
    """Papers of all sizes, from three to some hundred articles a day."""
    return [paper(number, start, days, rng) for number in range(count)]


def paper(number: int, start: datetime, days: int, rng: random.Random) -> Paper:
    home = f"https://www.giornale{number}.example/"
    site = Site(
        name=f"giornale{number}",
        title=f"Giornale {number}",
        home=home,
        feeds=(f"{home}feed/",),
        sitemaps=(f"{home}news-sitemap.xml",),
        listings=(home,),
        allow=(re.compile("/calcio/"),),
        expect=Expect(articles=3),
        every=30,
    )
    a_day = 3 * 33 ** rng.random()  # 3 to 100, as many small papers as large ones: 28 on average
    return Paper(site, list(moments(start, days, a_day, rng)))


def moments(start: datetime, days: int, a_day: float, rng: random.Random) -> Iterator[datetime]:
    """When articles appear: at random, as often as the hour of the day allows; whole seconds, since the archive keeps
    those."""
    end, now = start + timedelta(days=days), start
    fastest = a_day * max(HOURS) / sum(HOURS) * 24  # thinned to what each hour has
    while (now := now + timedelta(days=rng.expovariate(fastest))) < end:
        if rng.random() < HOURS[now.astimezone(ROME).hour] / max(HOURS):
            yield now.replace(microsecond=0)


def make_trouble(press: list[Paper], start: datetime, days: int, rng: random.Random) -> None:
    """Hosts that are down for a day (one in twelve), one redesigned until somebody mends its declaration a day later,
    one that answers 429 for six hours."""
    chosen = rng.sample(press, max(len(press) // 12, 1) + 2)

    def add(paper: Paper, kind: str, length: timedelta) -> None:
        begin = start + timedelta(days=days * rng.uniform(0.3, 0.7))
        paper.troubles.append(Trouble(kind, begin, begin + length))

    add(chosen[0], "redesigned", timedelta(days=1))
    add(chosen[1], "busy", timedelta(hours=6))
    for one in chosen[2:]:
        add(one, "down", timedelta(days=1))
