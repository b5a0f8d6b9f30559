"""From page to article: `read_article` takes the pages of one article and gives a clean `Article` or a `Skipped`.

The page is parsed once, by `parse`; whoever needs its links, its next page or its address asks the same `Parsed`.
"""

from pipelines.article.paging import canonical_url as _canonical_url
from pipelines.article.paging import next_page as _next_page
from pipelines.article.parsed import Parsed, parse
from pipelines.article.read import read_article
from pipelines.items import Page

__all__ = ["Parsed", "canonical_url", "next_page", "parse", "read_article"]


def canonical_url(page: Page | Parsed) -> str:
    """The article's own address: the canonical one where it is of the same site, without tracking."""
    return _canonical_url(page if isinstance(page, Parsed) else parse(page))


def next_page(page: Page | Parsed) -> str | None:
    """The URL of the next page of a split article, or None."""
    return _next_page(page if isinstance(page, Parsed) else parse(page))
