"""The whole way of one page, in one call: page → article → reading. Pure, so that any process can do it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from pipelines.article import read_article
from pipelines.events import read
from pipelines.items import Article, Page, Reading, Selectors, Skipped

ROME = ZoneInfo("Europe/Rome")  # "ieri sera" is an Italian evening


def read_pages(
    pages: Sequence[Page], selectors: Selectors | None = None, published: datetime | None = None
) -> tuple[Article | Skipped, Reading | None]:
    """The article that pages hold and what it tells of matches; a page without article has no reading. `published` is
    what a feed or sitemap said, for a page that does not tell."""
    article = read_article(pages, selectors)
    return article, None if isinstance(article, Skipped) else read_events(article, published)


def read_events(article: Article, published: datetime | None = None) -> Reading:
    """What an article tells of matches; its day is the article's own, else that of `published`."""
    moment = article.published.value if article.published else published
    day = moment.astimezone(ROME).date() if moment else None
    return read(article.text, title=article.title, subtitle=article.subtitle, published=day, headings=article.headings)
