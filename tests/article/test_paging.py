"""The address of an article, its next page, and the stitching of its pages."""

import pytest

from pipelines.article import canonical_url, next_page
from pipelines.article.paging import page_of, without_tracking
from tests.article.pages import PARAGRAPHS, PROSE, framed, page, read

SITE = "https://www.ilcampanile.it"
ARTICLE = f"{SITE}/serie-a/ponteverde-rivalta-1-2"
BODY = f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>"
OG = '<meta property="og:type" content="article">'


def following(link: str, url: str = f"{ARTICLE}/", head: str = OG) -> str | None:
    return next_page(page(framed(BODY + link, head), url))


@pytest.mark.parametrize(
    ("url", "link", "after"),
    [
        (f"{ARTICLE}/", '<link rel="next" href="?page=2">', f"{ARTICLE}/?page=2"),
        (f"{ARTICLE}/", '<a href="2/">2</a>', f"{ARTICLE}/2/"),
        (f"{ARTICLE}/2/", f'<a href="{ARTICLE}/3/">Pagina successiva</a>', f"{ARTICLE}/3/"),
        (f"{ARTICLE}.html", f'<a href="{ARTICLE}-2.html">Avanti »</a>', f"{ARTICLE}-2.html"),
        (f"{ARTICLE}.html", f'<a href="{ARTICLE}.html?pag=2" rel="next">›</a>', f"{ARTICLE}.html?pag=2"),
        (f"{ARTICLE}.html?page=2", '<a href="?page=3" title="Pagina successiva"><i></i></a>', f"{ARTICLE}.html?page=3"),
        (f"{ARTICLE}?id=7", '<a href="?id=7&page=2">Pagina 2</a>', f"{ARTICLE}?id=7&page=2"),
        (f"{ARTICLE}/?utm_source=feed", '<a href="?page=2">2</a>', f"{ARTICLE}/?page=2"),
    ],
)
def test_the_next_page_of_an_article_is_found(url: str, link: str, after: str) -> None:
    head = OG + link if link.startswith("<link") else OG
    assert following("" if link.startswith("<link") else link, url, head) == after


@pytest.mark.parametrize(
    "link",
    [
        f'<a rel="next" href="{SITE}/serie-a/altra-partita/">Articolo successivo</a>',
        '<a href="https://altrosito.it/serie-a/ponteverde-rivalta-1-2/2/">2</a>',
        '<a href="3/">3</a>',
        '<a href="comment-page-2/">Commenti successivi</a>',
        '<a href="/page/2/">Pagina successiva</a>',
        '<a href="?page=2">Guarda le foto</a>',
        '<a href="#2">2</a>',
        '<a href="/serie-a/ponteverde-rivalta-1-2-le-pagelle/">Avanti</a>',
        "",
    ],
)
def test_what_is_no_next_page_of_this_article_is_left_alone(link: str) -> None:
    assert following(link) is None


@pytest.mark.parametrize("url", [f"{SITE}/", f"{SITE}/category/serie-a/", f"{SITE}/page/3/", f"{SITE}/tag/rivalta/"])
def test_a_listing_has_no_next_page(url: str) -> None:
    assert following('<a href="?page=2">Pagina successiva</a><a rel="next" href="page/2/">2</a>', url) is None


def test_a_result_at_the_end_of_an_address_is_no_page_number() -> None:
    assert following(f'<a href="{ARTICLE}-3/">Avanti</a>', f"{ARTICLE}/") is None
    assert canonical_url(page(framed(BODY), f"{ARTICLE}/")) == f"{ARTICLE}/"


def test_pages_are_stitched_in_order_into_one_article() -> None:
    first = framed(f"<h1>Titolo</h1><h2>La cronaca</h2><div>{PARAGRAPHS}</div>", OG)
    more = [
        f"Paragrafo {n} della seconda pagina, con il resto del racconto della partita e le interviste."
        for n in range(5)
    ]
    second = framed(f"<h1>Titolo</h1><div><p>{PROSE[0]}</p>{''.join(f'<p>{text}</p>' for text in more)}</div>")
    found = read(first, second)
    assert found.text == "\n".join([*PROSE, *more])
    assert (found.pages, found.title) == (2, "Titolo")


@pytest.mark.parametrize(
    ("head", "url", "address"),
    [
        ("", f"{ARTICLE}/?utm_source=x&fbclid=y#commenti", f"{ARTICLE}/"),
        (f'<link rel="canonical" href="{ARTICLE}/">', f"{ARTICLE}/amp/", f"{ARTICLE}/"),
        (f'<link rel="canonical" href="{ARTICLE}/">', "https://m.ilcampanile.it/x", f"{ARTICLE}/"),
        ('<link rel="canonical" href="/serie-a/derby">', f"{SITE}/x?id=1", f"{SITE}/serie-a/derby"),
        (f'<meta property="og:url" content="{ARTICLE}/">', f"{SITE}/x", f"{ARTICLE}/"),
        (f'<link rel="canonical" href="{SITE}/">', f"{ARTICLE}/", f"{ARTICLE}/"),
        ('<link rel="canonical" href="https://altrosito.it/derby">', f"{ARTICLE}/", f"{ARTICLE}/"),
        ('<link rel="canonical" href="http://[broken">', f"{ARTICLE}/", f"{ARTICLE}/"),
        (f'<link rel="canonical" href="{ARTICLE}/">', "file:///home/lettore/salvata.html", f"{ARTICLE}/"),
        ("", "file:///home/lettore/salvata.html", "file:///home/lettore/salvata.html"),
        ('<link rel="canonical" href="">', f"{ARTICLE}/", f"{ARTICLE}/"),
    ],
)
def test_the_address_is_the_canonical_one_of_the_same_site(head: str, url: str, address: str) -> None:
    assert canonical_url(page(framed(BODY, head), url)) == address


def test_a_later_page_has_the_address_of_the_first() -> None:
    links = f'<a href="{ARTICLE}">1</a> <a href="{ARTICLE}/2">2</a>'
    assert canonical_url(page(framed(BODY + links), f"{ARTICLE}/2")) == ARTICLE


def test_marks_of_pages_and_tracking_are_told_from_the_rest() -> None:
    assert page_of(f"{SITE}/a/b-2024.html") == (f"{SITE}/a/b-2024.html", 1)
    assert page_of(f"{SITE}/a/b/pagina/4/") == (f"{SITE}/a/b", 4)
    assert without_tracking(f"{SITE}/a?id=3&page=2") == f"{SITE}/a?id=3&page=2"
    assert without_tracking("HTTPS://WWW.Ilcampanile.it/A?refresh_ce=1") == f"{SITE}/A"
