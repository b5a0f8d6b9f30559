"""Feeds, sitemaps and listings, as broken as they come."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime

import pytest

from crawler.discovery import likely_articles, read_feed, read_listing, read_sitemap

HOME = "https://www.ilgol.example/"
RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>
<item><title>Uno</title><link>https://www.ilgol.example/a?utm_source=rss</link>
<pubDate>Wed, 10 Jan 2024 22:57:00 +0100</pubDate></item>
<item><title>Due &amp; tre</title><link>/b</link></item></channel></rss>"""


def urls(entries) -> list[str]:
    return [entry.url for entry in entries]


def test_a_feed_gives_urls_dates_and_titles() -> None:
    first, second = read_feed(RSS.encode(), HOME)
    assert first.url == "https://www.ilgol.example/a"
    assert first.published == datetime(2024, 1, 10, 21, 57, tzinfo=UTC)
    assert (second.url, second.published, second.title) == ("https://www.ilgol.example/b", None, "Due & tre")


@pytest.mark.parametrize(
    "broken",
    [
        RSS.replace("</item></channel></rss>", ""),  # cut off
        RSS.replace("Due &amp; tre", "Due & tre"),  # a bare ampersand
        "\ufeff\n" + RSS,  # blank line before the declaration
        RSS.replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="pippo"?>'),  # an unknown encoding
    ],
)
def test_a_broken_feed_still_leads_to_its_first_article(broken: str) -> None:
    assert urls(read_feed(broken.encode(), HOME))[0] == "https://www.ilgol.example/a"


@pytest.mark.parametrize("junk", [b"", b"<html><p>404</p>", b"\x00\xff" * 100, b'{"a": 1}'])
def test_what_is_no_feed_gives_nothing(junk: bytes) -> None:
    assert read_feed(junk, HOME) == ()


NEWS = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc><![CDATA[ https://www.ilgol.example/a ]]></loc><lastmod>2024-01-12</lastmod>
<image:image><image:loc>https://www.ilgol.example/a.jpg</image:loc></image:image>
<news:news><news:publication_date>2024-01-10T22:57:00+01:00</news:publication_date><news:title>Uno</news:title></news:news></url>
<url><loc>/b</loc></url></urlset>"""


@pytest.mark.parametrize(
    "body",
    [
        NEWS.encode(),
        b"\xef\xbb\xbf" + NEWS.encode(),
        b"\n\n" + NEWS.encode(),
        gzip.compress(NEWS.encode()),
        NEWS.replace("http://www.sitemaps.org/schemas/sitemap/0.9", "http://wrong.example/ns").encode(),
        NEWS.replace("</urlset>", "").encode(),
    ],
    ids=["plain", "bom", "blank lines", "gzip", "wrong namespace", "cut off"],
)
def test_a_news_sitemap_gives_urls_dates_and_titles(body: bytes) -> None:
    sitemap = read_sitemap(body, HOME)
    assert urls(sitemap.pages) == ["https://www.ilgol.example/a", "https://www.ilgol.example/b"]
    assert sitemap.pages[0].published == datetime(2024, 1, 10, 21, 57, tzinfo=UTC)
    assert sitemap.pages[0].title == "Uno"


def test_an_index_gives_its_parts() -> None:
    index = b"<sitemapindex><sitemap><loc>/s-1.xml</loc><lastmod>2024-01-10</lastmod></sitemap></sitemapindex>"
    sitemap = read_sitemap(index, HOME)
    assert urls(sitemap.parts) == ["https://www.ilgol.example/s-1.xml"]
    assert not sitemap.pages


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>https://www.ilgol.example/&b;&f;</loc></url></urlset>"
    )
    for entry in read_sitemap(bomb, HOME).pages:
        assert "aaaa" not in entry.url
        assert "root" not in entry.url


def test_a_bomb_of_a_sitemap_stays_small() -> None:
    assert read_sitemap(gzip.compress(b"<urlset>" + b" " * 200_000_000), HOME).pages == ()


LISTING = """<html><head><base href="/calcio/"><link rel="alternate" type="application/rss+xml" href="/feed/"></head>
<body><a href="uno-due-tre-quattro-123456.html"><img></a>
<a href="uno-due-tre-quattro-123456.html#commenti">Il Genoa ribalta la Samp nel finale</a>
<a href="javascript:void(0)">x</a><a href="mailto:a@b.example">y</a>
<a href="/tag/genoa-samp-derby-lanterna/">Un tag lungo lungo lungo</a>
<a href="https://altrove.example/uno-due-tre-quattro-123456.html">Un articolo di altri giornali</a>
<a href="/calcio/page/2/">Pagina successiva</a></body></html>"""


def test_a_listing_gives_links_next_page_and_feeds() -> None:
    listing = read_listing(LISTING.encode(), HOME)
    article = "https://www.ilgol.example/calcio/uno-due-tre-quattro-123456.html"
    assert {e.url: e.title for e in listing.links}[article] == "Il Genoa ribalta la Samp nel finale"
    assert listing.next == "https://www.ilgol.example/calcio/page/2/"
    assert listing.feeds == ("https://www.ilgol.example/feed/",)
    assert urls(likely_articles(listing, "ilgol.example")) == [article]


@pytest.mark.parametrize(
    "junk", [b"", b"\x00" * 50, b"<a href='http://[::1'>x</a>", b"<" * 10_000, "è".encode("utf-16")]
)
def test_a_broken_page_raises_nothing(junk: bytes) -> None:
    assert read_listing(junk, HOME).next is None
