"""Hostile and broken pages: an article or a skip in bounded time, never an exception."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.article import canonical_url, next_page, parse, read_article
from pipelines.items import Article, Skipped
from tests.article.pages import PARAGRAPHS, PROSE, framed, page

SOME = PARAGRAPHS.encode()
NEWS = '<script type="application/ld+json">{"@type":"NewsArticle","headline":"x","articleBody":"%s"}</script>'

HOSTILE = {
    "nesting 50,000 deep": b"<div>" * 50_000 + SOME + b"</div>" * 50_000,
    "inline nesting 50,000 deep": b"<b><i>" * 50_000 + SOME,
    "7 MB on one line": b"<p>" + b"parola al 57' gol " * 400_000,
    "one line of prompts": b"<p>" + b"LEGGI ANCHE " * 200_000,
    "one line of digits": b"<p>" + b"1234567890" * 300_000,
    "one line of brackets": b"<p>Foto " + b"(foto " * 300_000,
    "lines without end": b"<p>a b c d e f g h i l m n o p q<br>" * 60_000,
    "bodies without end": b'<h1>t</h1><div class="article-body">testo lungo abbastanza per pesare</div>' * 20_000,
    "classes without end": b"".join(
        b'<div class="k%d article-body"><p>testo che pesa qualcosa</p></div>' % n for n in range(20_000)
    ),
    "asides without end": b'<div class="related">testo lungo abbastanza per pesare qualcosa</div>' * 30_000,
    "asides in asides": b'<div class="related"><aside>' * 900 + b"<p>uno</p>" * 60_000,
    "headers in headers": b"<header>" * 1_800 + b"<p>uno</p>" * 60_000,
    "rows without end": b"<table>" + b"<tr><td>a</td><td>b</td></tr>" * 50_000,
    "a row without end": b"<table><tr>" + b"<td>a</td>" * 100_000,
    "tables in tables": b"<table><tr><td>a" * 20_000,
    "rows in rows": b"<table><tr><td>a<table><tr><td>b</td><td>" * 900,
    "next pages without end": b'<a href="/serie-a/2024/01/10/ponteverde-rivalta-1-2/2">2</a>' * 40_000,
    "links left open": b'<a href="x">' * 40_000 + SOME,
    "a class without end": b'<div class="' + b"related " * 800_000 + b'">x</div>',
    "lists in JSON": b'<script type="application/ld+json">' + b"[" * 100_000 + b"</script>" + SOME,
    "tags in JSON": (NEWS % ("<p>a<" * 200_000)).encode() + SOME,
    "objects in JSON": b'<script type="application/ld+json">['
    + b'{"@type":"Article"},' * 90_000
    + b"{}]</script>"
    + SOME,
    "a title of separators": b"<title>" + b" - x | " * 300_000 + b"</title>" + SOME,
    "NUL bytes": b"\0" * 3_000_000 + SOME,
    "bytes that are no UTF-8": b"<meta charset=utf-8><p>" + b"\xe8\xe9 " * 900_000,
    "every byte": bytes(range(256)) * 20_000,
    "mojibake without end": b"<p>" + "Ã¨ perchÃ© â€™ ".encode() * 150_000,
    "open comments": b"<!--" * 900_000,
    "open tags": b"<" * 3_000_000,
    "open attributes": b'<a href="' * 300_000,
    "metas without end": b'<meta name="keywords" content="a">' * 90_000 + SOME,
    "dates without end": b'<span class="date">12 gennaio 2024 aaa bbb</span>' * 80_000 + SOME,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_page_costs_a_bounded_time(kind: str) -> None:
    started = time.process_time()
    parsed = parse(page(HOSTILE[kind]))
    assert isinstance(read_article([parsed]), Article | Skipped)
    next_page(parsed)
    canonical_url(parsed)
    assert time.process_time() - started < 15  # 3 s here at most; machines differ


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=400))
def test_any_bytes_give_an_article_or_a_skip(body: bytes) -> None:
    assert isinstance(read_article([page(body)]), Article | Skipped)
    assert isinstance(read_article([page(framed(PARAGRAPHS).encode() + body)]), Article | Skipped)


FRAGMENTS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<div class='",
        "article-body",
        "related",
        "'>",
        "<br>",
        "<table><tr><td>",
        "</td>",
        "</tr></table>",
        "<h1>",
        "</h2>",
        "<a href='",
        "/2/",
        "?page=2",
        "http://[",
        "<script type='application/ld+json'>",
        '{"@type":"Article","',
        "</script>",
        "&#0;",
        "&#xD800;",
        "<time datetime='",
        "2024-01-10",
        "ieri",
        "<meta property='og:title' content='",
        "<base href='//[x'>",
        "<li>",
        "\x00",
        "É",
        *PROSE[:2],
    ]
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(FRAGMENTS, max_size=40))
def test_any_mixture_of_markup_gives_an_article_or_a_skip(parts: list[str]) -> None:
    parsed = parse(page("".join(parts)))
    found = read_article([parsed])
    assert isinstance(found, Article | Skipped)
    assert next_page(parsed) is None or next_page(parsed).startswith("http")  # type: ignore[union-attr]
    assert isinstance(parsed.links, tuple)


@pytest.mark.parametrize("cut", range(50, 3_000, 190))
def test_a_page_cut_off_anywhere_does_no_harm(cut: int) -> None:
    assert isinstance(read_article([page(framed(PARAGRAPHS).encode()[:cut])]), Article | Skipped)


@pytest.mark.parametrize(
    "url", ["http://[x", "", "file:///a b", "https://x.it:99999999/a", "salvata.html", "https://x.it/\x00"]
)
@pytest.mark.parametrize("head", ["", '<base href="http://[y">', '<link rel="canonical" href="http://[">'])
def test_a_broken_address_does_no_harm(url: str, head: str) -> None:
    parsed = parse(page(framed(PARAGRAPHS + '<a href="?page=2">2</a>', head), url))
    assert isinstance(read_article([parsed]), Article)
    next_page(parsed)
    canonical_url(parsed)
    assert isinstance(parsed.links, tuple)
