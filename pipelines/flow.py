"""The whole way of one page, in one call: page → article → reading. Pure, so that any process can do it."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from pipelines.article import read_article
from pipelines.events import read
from pipelines.items import Article, Page, Reading, Selectors, Skipped, Timestamp

ROME = ZoneInfo("Europe/Rome")  # "ieri sera" is an Italian evening


def read_pages(
    pages: Sequence[Page], selectors: Selectors | None = None, published: Timestamp | None = None
) -> tuple[Article | Skipped, Reading | None]:
    """The article that pages hold and what it tells of matches; a page without article has no reading."""
    article = read_article(pages, selectors, published=published)
    return article, None if isinstance(article, Skipped) else read_events(article)


def read_events(article: Article) -> Reading:
    """What an article tells of matches."""
    published = article.published.value.astimezone(ROME).date() if article.published else None
    return read(
        article.text, title=article.title, subtitle=article.subtitle, published=published, headings=article.headings
    )
