"""The machine-readable ways into a paper: RSS, Atom, sitemaps and their index, news sitemap, robots.txt."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

from tests.newspaper.papers import Paper
from tests.newspaper.response import TEXT, XML, Response
from tests.newspaper.stories import Story

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(paper: Paper, root: str, stories: Sequence[Story], path: str = "/feed/") -> Response:
    """A WordPress feed, newest first. Ponente's links carry campaign parameters."""
    mark = "?utm_source=rss&utm_medium=rss&utm_campaign=feed" if paper.name == "ponente" else ""
    items = "".join(
        f"<item><title><![CDATA[{s.title}]]></title><link>{escape(root + s.path + mark)}</link>"
        f"<dc:creator><![CDATA[{s.author}]]></dc:creator>"
        f"<pubDate>{format_datetime(s.published.astimezone(UTC))}</pubDate>"
        f"<category><![CDATA[{s.section}]]></category>"
        f'<guid isPermaLink="false">{root}/?p={s.number}</guid>'
        f"<description><![CDATA[{s.subtitle or s.title} [&#8230;]]]></description></item>\n"
        for s in stories
    )
    text = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>{escape(paper.title)}</title><link>{root}/</link>'
        f'<atom:link href="{root}{path}" rel="self" type="application/rss+xml" /><description>{escape(paper.motto)}'
        f"</description><language>it-IT</language>\n{items}</channel></rss>"
    )
    return Response(text.encode(), type="application/rss+xml; charset=UTF-8", modified=latest(stories))


def atom(paper: Paper, root: str, stories: Sequence[Story]) -> Response:
    """An Atom feed, newest first."""
    entries = "".join(
        f"<entry><title>{escape(s.title)}</title><link rel='alternate' href='{root}{s.path}'/><id>tag:{paper.host},"
        f"{s.published:%Y}:{s.number}</id><published>{s.published.isoformat()}</published>"
        f"<updated>{s.modified.isoformat()}</updated><summary>{escape(s.subtitle)}</summary></entry>\n"
        for s in stories
    )
    updated = latest(stories) or datetime(2000, 1, 1, tzinfo=UTC)
    text = (
        f"<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xml:lang='it'><title>"
        f"{escape(paper.title)}</title><id>{root}/</id><updated>{updated.isoformat()}</updated>\n{entries}</feed>"
    )
    return Response(text.encode(), type="application/atom+xml; charset=utf-8", modified=latest(stories))


def sitemap(pairs: Sequence[tuple[str, datetime | None]], *, gzipped: bool = False) -> Response:
    """A sitemap of URLs with the time each changed; a gzipped one is a file of its own kind, not an encoding."""
    rows = "".join(f"<url><loc>{escape(url)}</loc>{changed(when)}</url>\n" for url, when in pairs)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}">\n{rows}</urlset>'.encode()
    last = max((when for _, when in pairs if when), default=None)
    if gzipped:
        return Response(gzip.compress(text, mtime=0), type="application/gzip", modified=last)
    return Response(text, type=XML, modified=last)


def sitemap_index(pairs: Sequence[tuple[str, datetime | None]]) -> Response:
    """An index of sitemaps with the time each changed."""
    rows = "".join(f"<sitemap><loc>{escape(url)}</loc>{changed(when)}</sitemap>\n" for url, when in pairs)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<sitemapindex xmlns="{SITEMAP}">\n{rows}</sitemapindex>'
    return Response(text.encode(), type=XML, modified=max((when for _, when in pairs if when), default=None))


def news_sitemap(paper: Paper, root: str, stories: Sequence[Story]) -> Response:
    """The newest articles with their title and time of publication."""
    rows = "".join(
        f"<url><loc>{escape(root + s.path)}</loc><news:news><news:publication><news:name>{escape(paper.title)}"
        f"</news:name><news:language>it</news:language></news:publication><news:publication_date>"
        f"{s.published.isoformat()}</news:publication_date><news:title>{escape(s.title)}</news:title></news:news></url>\n"
        for s in stories
    )
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS}">\n{rows}</urlset>'
    return Response(text.encode(), type=XML, modified=latest(stories))


def robots(paper: Paper, root: str, stories: Sequence[Story], delay: float) -> Response:
    """robots.txt: some folders and articles forbidden, a delay, the way to the sitemap."""
    forbidden = ["/wp-admin/", "/cerca/"] if paper.build == "wordpress" else ["/api/", "/stampa/"]
    forbidden += [story.path for story in stories if story.traits.get("disallowed")]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in forbidden)]
    if delay:
        lines.append(f"Crawl-delay: {delay:g}")
    entry = "wp-sitemap.xml" if paper.build == "wordpress" else "sitemap.xml"
    return Response("\n".join([*lines, "", f"Sitemap: {root}/{entry}", ""]).encode(), type=TEXT)


def changed(when: datetime | None) -> str:
    return f"<lastmod>{when.isoformat()}</lastmod>" if when else ""


def latest(stories: Sequence[Story]) -> datetime | None:
    return max((story.modified for story in stories), default=None)
