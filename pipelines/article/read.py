"""From the pages of one article to the article: body, cleaning, metadata, or the reason why there is none."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from itertools import chain
from typing import Any

from pipelines.article.body import Body, is_declared, is_shown_once, links_of, read_body
from pipelines.article.cleaning import Line, clean
from pipelines.article.headlines import ABOVE, FIRST, letters, subtitle_of, title_of
from pipelines.article.jsonld import article_of, types_of
from pipelines.article.metadata import image_of, language_of, section_of, tags_of
from pipelines.article.paging import canonical_url
from pipelines.article.parsed import Parsed, parse
from pipelines.article.people import authors_of
from pipelines.article.refusal import is_consent, owners_wish, refusal_of
from pipelines.article.times import modified
from pipelines.article.times import published as published_at
from pipelines.items import Article, Completeness, Page, Selectors, Skipped, Timestamp

LEAST = 250  # characters of text that make an article of a page which does not say that it is one
LEAST_DECLARED = 60  # the same for a page that says so
SHORT = 40  # characters: a line like "Milan-Atalanta 1-2" belongs to the text even where the subtitle is the same
CUT = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])$")
LISTINGS = frozenset(("collectionpage", "searchresultspage", "profilepage", "itemlist"))


def read_article(
    pages: Sequence[Page | Parsed],
    selectors: Selectors | None = None,
    *,
    published: Timestamp | None = None,
    heed_robots: bool = True,
) -> Article | Skipped:
    """The article that these pages hold, in their order, or why they hold none.

    `selectors` are the site's own; `published` is what a feed or sitemap said, used where the page does not tell.
    `heed_robots` False reads what its owner asks robots not to keep: for measurements and a person's own files.
    Bad pages raise nothing: what cannot be read is skipped.
    """
    if not pages:
        return Skipped("no-article", "no page")
    parsed = [page if isinstance(page, Parsed) else parse(page) for page in pages]
    first, css = parsed[0], selectors or Selectors()
    if refused := refusal_of(first) or (owners_wish(first) if heed_robots else None):
        return refused
    told = article_of(first.structured)
    bodies = [read_body(page, told if page is first else article_of(page.structured), css) for page in parsed]
    kept, marks = clean(list(chain.from_iterable(_numbered(body, i) for i, body in enumerate(bodies))))
    title = title_of(first, told, css.title)
    if skipped := _no_article(first, told, bodies[0], kept):
        return skipped
    shown = bodies[0].layout.blocks if bodies[0].layout else []
    subtitle = subtitle_of(first, title, told, css.subtitle, [line.text for line in kept[:FIRST]], shown)
    kept = _without_title(kept, title, subtitle, bodies[0])
    text = "\n".join(line.text for line in kept)
    return Article(
        url=canonical_url(first),
        title=title,
        text=text,
        hash=hashlib.sha256(f"{title}\n{text}".encode("utf-8", errors="replace")).hexdigest(),
        subtitle=subtitle,
        authors=authors_of(first, told, css.author),
        published=published_at(first, told, css.date, published),
        modified=modified(first, told),
        section=section_of(first, told),
        tags=tags_of(first, told),
        image=image_of(first, told),
        language=language_of(first, told),
        headings=_headings(kept),
        links=tuple(chain.from_iterable(links_of(body, _of_page(kept, i), parsed[i]) for i, body in enumerate(bodies))),
        pages=len(pages),
        completeness=_completeness(first, told, marks, kept),
        method=bodies[0].method,
    )


PAGE = 10_000_000  # a line's number is its page's times this, plus its block's


def _numbered(body: Body, page: int) -> list[Line]:
    return [Line(line.text, line.kind, page * PAGE + line.number) if line.number >= 0 else line for line in body.lines]


def _of_page(lines: Sequence[Line], page: int) -> list[Line]:
    return [Line(line.text, line.kind, line.number - page * PAGE) for line in lines if line.number // PAGE == page]


def _no_article(first: Parsed, told: dict[str, Any], body: Body, kept: Sequence[Line]) -> Skipped | None:
    """Why what was found is no article, or None."""
    size = sum(len(line.text) for line in kept if line.kind != "heading")
    declared = body.is_named or is_declared(first, told)
    if size < 4 * LEAST and is_consent(first, "\n".join(line.text for line in body.lines)):
        return Skipped("consent", "a consent screen stands in for the page")
    if size < (LEAST_DECLARED if declared else LEAST):
        return Skipped("no-article", f"{size} characters of text")
    if not declared and (body.is_listing or any(types_of(item) & LISTINGS for item in first.structured)):
        return Skipped("no-article", "a list of articles")
    return None


def _without_title(lines: list[Line], title: str, subtitle: str, body: Body) -> list[Line]:
    """The lines without the headings above the text that are its title and subtitle, and without the subtitle where
    the body begins with it. Other lines that say the same stay: many a score box begins "Milan-Atalanta 1-2"."""
    shown = {letters(title), letters(subtitle)} - {""}

    def is_above(line: Line) -> bool:
        if line.kind == "heading":
            return letters(line.text) in shown
        return len(line.text) > SHORT and line.text == subtitle and is_shown_once(line.text, body)

    return [line for i, line in enumerate(lines) if i >= ABOVE or not is_above(line)] or lines


def _headings(lines: Sequence[Line]) -> tuple[tuple[int, int], ...]:
    found, at = [], 0
    for line in lines:
        if line.kind == "heading":
            found.append((at, at + len(line.text)))
        at += len(line.text) + 1
    return tuple(found)


def _completeness(first: Parsed, told: dict[str, Any], marks: set[str], kept: Sequence[Line]) -> Completeness:
    free = str(told.get("isAccessibleForFree", "")).lower()
    if "paywalled" in marks or free in ("false", "no", "0") or first.meta("article:content_tier").lower() == "locked":
        return "paywalled"
    return "truncated" if "truncated" in marks or (kept and CUT.search(kept[-1].text)) else "full"
