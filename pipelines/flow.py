"""The whole way of one page, in one call: page → article → reading. Pure, so that any process can do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.article import next_page, parse, read_article
from pipelines.events import read
from pipelines.items import Article, Page, Reading, Selectors, Skipped

ROME = ZoneInfo("Europe/Rome")  # "ieri sera" is an Italian evening


@dataclass(frozen=True, slots=True)
class Digest:
    """What pages hold: an article with its reading, or why there is none; or, instead, the URL of the page that must be
    fetched before they can be read (`onward`)."""

    article: Article | Skipped | None = None
    reading: Reading | None = None
    onward: str | None = None


def digest(
    pages: Sequence[Page],
    selectors: Selectors | None = None,
    published: datetime | None = None,
    follow: bool = False,
    heed_robots: bool = True,
) -> Digest:
    """What the pages of one article hold. `published` is what a feed or sitemap said, for a page that does not tell.
    With `follow`, pages that lead on to a further one are not read yet. `heed_robots` False reads what its owner asks
    robots not to keep: a file on somebody's own disk."""
    parsed = [parse(page) for page in pages]
    if follow and (onward := next_page(parsed[-1])):
        return Digest(onward=onward)
    article = read_article(parsed, selectors, heed_robots=heed_robots)
    return Digest(article, None if isinstance(article, Skipped) else read_events(article, published))


def read_events(article: Article, published: datetime | None = None) -> Reading:
    """What an article tells of matches; its day is the article's own, else that of `published`."""
    moment = article.published.value if article.published else published
    day = moment.astimezone(ROME).date() if moment else None
    return read(article.text, title=article.title, subtitle=article.subtitle, published=day, headings=article.headings)
