"""Title, subtitle, authors, section, tags, image, language, address and completeness."""

import json

import pytest

from pipelines.items import Article, Selectors
from tests.article.pages import PARAGRAPHS, PROSE, framed, read

BODY = f'<h1>Ponteverde-Rivalta 1-2: decide Diop</h1><div class="article-body">{PARAGRAPHS}</div>'


def json_ld(**facts: object) -> str:
    article = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ponteverde-Rivalta 1-2", **facts}
    return f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "WebPage"}, article]})}</script>'


def with_head(head: str, body: str = BODY) -> Article:
    return read(framed(body, head))


def test_the_title_is_the_headline_that_readers_see() -> None:
    assert (
        with_head(json_ld(headline="Ponteverde-Rivalta 1-2, Diop decide")).title
        == "Ponteverde-Rivalta 1-2: decide Diop"
    )


@pytest.mark.parametrize(
    "told",
    [
        "Derby al Rivalta | Il Campanile",
        "Derby al Rivalta - ilcampanile.it",
        "Il Campanile » Derby al Rivalta",
        "Derby al Rivalta | Serie A | Il Campanile | Il Campanile.it",
    ],
)
def test_the_name_of_the_site_is_no_part_of_the_title(told: str) -> None:
    title = with_head(f'<meta property="og:title" content="{told}">', f"<div>{PARAGRAPHS}</div>").title
    assert title.removesuffix(" | Serie A") == "Derby al Rivalta"


@pytest.mark.parametrize(
    "title", ["Ponteverde - Rivalta 1-2", "Diop: «Che notte» - Le parole del dopo gara", "PAGELLE | Diop da 8"]
)
def test_a_dash_inside_a_title_stays(title: str) -> None:
    assert with_head(f'<meta property="og:title" content="{title}">', f"<div>{PARAGRAPHS}</div>").title == title


def test_the_subtitle_is_what_is_called_so_or_what_the_description_repeats() -> None:
    called = BODY.replace("</h1>", '</h1><p class="sommario">Una ripresa da ricordare per gli ospiti</p>')
    assert with_head("", called).subtitle == "Una ripresa da ricordare per gli ospiti"
    plain = BODY.replace("</h1>", "</h1><h2>Una ripresa da ricordare per gli ospiti</h2>")
    described = '<meta property="og:description" content="Una ripresa da ricordare per gli ospiti">'
    assert with_head(described, plain).subtitle == "Una ripresa da ricordare per gli ospiti"
    assert with_head("", plain).subtitle == ""


def test_a_description_copied_from_the_text_is_no_subtitle_and_the_text_stays_whole() -> None:
    found = with_head(f'<meta property="og:description" content="{PROSE[0]}">')
    assert found.subtitle == ""
    assert found.text == "\n".join(PROSE)


def test_a_subtitle_inside_the_body_is_not_told_twice() -> None:
    found = with_head(
        "", BODY.replace("body>", 'body"><p class="subtitle">La ripresa degli ospiti, minuto per minuto</p>')
    )
    inside = BODY.replace(
        'article-body">', 'article-body"><p class="intro">La ripresa degli ospiti, minuto per minuto</p>'
    )
    found = with_head("", inside)
    assert found.subtitle == "La ripresa degli ospiti, minuto per minuto"
    assert found.text == "\n".join(PROSE)


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ({"@type": "Person", "name": "Mario Rossi"}, ("Mario Rossi",)),
        (
            [{"@type": "Person", "name": "Mario Rossi"}, {"@type": "Person", "name": "Anna Verdi"}],
            ("Mario Rossi", "Anna Verdi"),
        ),
        ("di Mario Rossi e Anna Verdi", ("Mario Rossi", "Anna Verdi")),
        ({"@type": "Organization", "name": "Redazione"}, ("Redazione",)),
        ({"@type": "Person", "name": "admin"}, ()),
        (None, ()),
    ],
)
def test_authors_are_read_from_json_ld(author: object, names: tuple[str, ...]) -> None:
    assert with_head(json_ld(author=author)).authors == names


@pytest.mark.parametrize(
    "byline",
    [
        '<span class="byline">di <a rel="author" href="/a">Mario Rossi</a></span>',
        '<p class="autore">Mario Rossi - 10 gennaio 2024</p>',
        '<div class="article__author">A cura di Mario Rossi</div>',
        '<span itemprop="author">Mario Rossi</span>',
    ],
)
def test_authors_are_read_from_the_byline(byline: str) -> None:
    assert with_head("", BODY.replace("</h1>", f"</h1>{byline}")).authors == ("Mario Rossi",)


def test_a_biography_is_no_author() -> None:
    bio = '<div class="author">Nato a Parma, segue il calcio dal 1990. ' + "Ha scritto molti libri. " * 10 + "</div>"
    assert with_head("", BODY + bio).authors == ()


def test_the_section_comes_from_json_ld_meta_breadcrumbs_or_a_label() -> None:
    assert with_head(json_ld(articleSection=["Serie A", "Rivalta"])).section == "Serie A"
    assert with_head('<meta property="article:section" content="Coppa">').section == "Coppa"
    assert (
        with_head(
            "", '<nav class="breadcrumbs"><a href="/">Home</a> <a href="/c">Coppa</a> <b>T</b></nav>' + BODY
        ).section
        == "Coppa"
    )
    assert with_head("", '<div class="article__section"><a href="/c">Coppa</a></div>' + BODY).section == "Coppa"
    assert with_head("").section is None


def test_tags_image_and_language_are_read() -> None:
    found = with_head(json_ld(keywords="Rivalta, Coppa, Rivalta", inLanguage="it-IT", image={"url": "/foto.jpg"}))
    assert found.tags == ("Rivalta", "Coppa")
    assert found.image == "https://www.ilcampanile.it/foto.jpg"
    assert found.language == "it"
    assert read(framed(BODY).replace('lang="it"', 'lang="en-GB"')).language == "en"


@pytest.mark.parametrize(
    ("head", "after", "completeness"),
    [
        ("", "", "full"),
        (json_ld(isAccessibleForFree=False), "", "paywalled"),
        (json_ld(isAccessibleForFree="False"), "", "paywalled"),
        (json_ld(isAccessibleForFree=True), "", "full"),
        ('<meta property="article:content_tier" content="locked">', "", "paywalled"),
        ("", "<p>Abbonati per continuare a leggere</p>", "paywalled"),
        ("", "<p>Il tecnico, a fine gara, ha detto che la squadra…</p>", "truncated"),
        ("", "<p>Il tecnico ha parlato a fine gara [...] Continua a leggere</p>", "truncated"),
    ],
)
def test_an_article_tells_whether_it_is_whole(head: str, after: str, completeness: str) -> None:
    assert with_head(head, BODY.replace("</div>", f"{after}</div>")).completeness == completeness


def test_selectors_of_the_site_come_first_and_a_wrong_one_does_not_stop_the_reading() -> None:
    css = Selectors(
        body=".pezzo",
        title=".tit::text",
        subtitle=".sub",
        author=".chi",
        date=".quando",
        remove=(".box", "p:last-child"),
    )
    html = framed(
        f'<div class="tit">Altro titolo</div><div class="sub">Altro sommario</div><div class="chi">di Anna Verdi</div>'
        f'<div class="quando">10 gennaio 2024, 22:57</div><h1>Titolo</h1><div class="pezzo">{PARAGRAPHS}'
        '<div class="box">Un box qualsiasi della redazione</div><p>Ultima riga</p></div>'
    )
    found = read(html, selectors=css)
    assert (found.title, found.subtitle, found.authors) == ("Altro titolo", "Altro sommario", ("Anna Verdi",))
    assert found.published is not None
    assert str(found.published.value) == "2024-01-10 21:57:00+00:00"
    assert (found.method, found.text) == ("selectors", "\n".join(PROSE))
    for broken in ("..", ".nowhere", "p::attr("):
        assert read(html, selectors=Selectors(body=broken)).method == "structure"


def test_the_hash_tells_the_same_words_and_only_them() -> None:
    one, same, other = (
        with_head(""),
        with_head("<!-- x -->", f"<main>{BODY}</main>"),
        with_head("", BODY.replace("71", "72")),
    )
    assert one.hash == same.hash != other.hash


def test_the_headline_is_told_from_the_masthead_where_both_are_h1() -> None:
    page = (
        "<html><head><title>Sestri-Imperia 1-2: il risultato finale | Pianeta Sestri</title></head><body>"
        "<header><h1>Pianeta Sestri</h1></header>"
        f"<article><h1>Sestri-Imperia 1-2</h1>{PARAGRAPHS}</article></body></html>"
    )
    article = read(page)
    assert isinstance(article, Article)
    assert article.title == "Sestri-Imperia 1-2"
