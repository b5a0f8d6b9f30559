"""The body is found on pages that declare nothing, built in the ways that papers build them."""

import pytest

from tests.article.pages import PARAGRAPHS, PROSE, framed, read, skipped

TEXT = "\n".join(PROSE)
TEASERS = "".join(
    f'<div class="card"><h3><a href="/altro/{n}">Altra notizia numero {n} della giornata</a></h3>'
    f"<p>Un breve sommario della notizia numero {n}, con quanto basta per invogliare a leggere il resto.</p></div>"
    for n in range(12)
)
COMMENT = (
    "<p>Secondo me l'arbitro ha sbagliato tutto, il rigore era netto e il rosso pure. Vergogna, ancora una volta!</p>"
)

FORMS = {
    "paragraphs in an article": f"<article><h1>Titolo della partita</h1>{PARAGRAPHS}</article>",
    "hashed classes": f'<main class="sc-a1b2"><div class="css-9x"><div class="css-1k">{PARAGRAPHS}</div></div></main>',
    "lines parted by br in a div": f'<div class="tcc"><h1>Titolo</h1><div>{"<br>".join(PROSE)}</div></div>',
    "double br": f"<table><tr><td>{MENU}</td><td><h1>Titolo</h1>{'<br><br>'.join(PROSE)}</td></tr></table>"
    if (MENU := "".join(f'<a href="/{n}">Voce {n}</a> ' for n in range(9)))
    else "",
    "divs for paragraphs": f"<div><h1>Titolo</h1><div>{''.join(f'<div>{text}</div>' for text in PROSE)}</div></div>",
    "sidebar in a wrapper called sidebar": f'<div class="layout-sidebar sidebar"><h1>Titolo</h1>{PARAGRAPHS}</div>',
    "advertisements between": "<h1>Titolo</h1><div>"
    + '<div class="adv-slot">Pubblicità</div>'.join(f"<p>{text}</p>" for text in PROSE)
    + "</div>",
    "body in pieces of one class": "<h1>Titolo</h1>"
    + "".join(
        f'<section><div class="article-section"><p>{text}</p></div></section><figure>x</figure>' for text in PROSE
    ),
    "teasers after": f'<div class="main"><div><h1>Titolo</h1><div>{PARAGRAPHS}</div></div>{TEASERS}</div>',
    "teasers in an aside": f"<div><h1>Titolo</h1>{PARAGRAPHS}</div><aside>{TEASERS * 3}</aside>",
    "comments in Italian": f'<h1>Titolo</h1><div>{PARAGRAPHS}</div><div id="commenti">{COMMENT * 40}</div>',
    "comments longer than the body": '<h1>Titolo</h1><div class="entry-content">'
    f'{PARAGRAPHS}</div><section class="comments-area"><ol>{f"<li>{COMMENT}</li>" * 80}</ol></section>',
    "a form around everything": f'<form id="aspnetForm"><div><h1>Titolo</h1><div>{PARAGRAPHS}</div></div></form>',
    "the next article below": "".join(
        f'<article><{h}>Titolo</{h}><div class="entry-content">{text}</div></article>'
        for h, text in (("h1", PARAGRAPHS), ("h2", PARAGRAPHS.replace("Rivalta", "Montelungo")))
    ),
    "microdata": f'<div><h1>Titolo</h1><div itemprop="articleBody">{PARAGRAPHS}</div>{TEASERS}</div>',
    "unclosed paragraphs": "<h1>Titolo</h1><div><p>" + "<p>".join(PROSE) + "</div>",
    "share bar, tags, author box": f'<article><h1>Titolo</h1><div class="share-bar">Condividi</div>{PARAGRAPHS}'
    '<div class="tags"><a href="/t">Coppa</a></div><div class="author-box">Scrive di calcio da vent\'anni, tra stadi '
    "di provincia e sale stampa, e ne ha viste tante da farne un libro.</div></article>",
    "embedded tweet and caption": f"<article><h1>Titolo</h1><figure><figcaption>Foto Getty</figcaption>"
    f'</figure>{PARAGRAPHS}<blockquote class="twitter-tweet"><p>Che serata!</p></blockquote></article>',
}


@pytest.mark.parametrize("form", FORMS)
def test_the_text_is_the_body_and_nothing_else(form: str) -> None:
    body = FORMS[form]
    found = read(framed(body))
    assert found.text == TEXT
    assert found.method == "structure"


def test_a_short_article_that_the_page_calls_its_body_is_one() -> None:
    short = "Rinviata per neve la partita tra Ponteverde e Rivalta: si giocherà mercoledì prossimo alle 15."
    found = read(framed(f'<h1>Titolo</h1><div class="article-body"><p>{short}</p></div>{TEASERS}'))
    assert found.text == short


def test_live_commentary_is_kept_although_its_boxes_are_called_comments() -> None:
    entries = "".join(
        f'<div class="live-match-comment slider-item"><span>{minute}\'</span> <p>Azione del Rivalta numero {minute}, '
        "con tiro finale parato in due tempi dal portiere di casa.</p></div>"
        for minute in range(10, 60, 5)
    )
    text = read(framed(f'<h1>Diretta</h1><div class="live-match">{entries}</div>')).text
    assert text.count("Azione del Rivalta") == 10


def test_names_that_are_links_stay_and_lines_that_are_one_link_go() -> None:
    names = "PONTEVERDE: " + ", ".join(
        f'<a href="/g/{name}">{name}</a>' for name in ("Crespi", "Sottani", "Manfredi", "Neri")
    )
    found = read(
        framed(f'<h1>T</h1><div>{PARAGRAPHS}<p>{names}</p><p><a href="/x">Tutti i gol della serata</a></p></div>')
    )
    assert found.text.endswith("PONTEVERDE: Crespi, Sottani, Manfredi, Neri")


def test_a_heading_over_links_goes_with_them() -> None:
    box = '<h3>Oggi</h3><ul><li><a href="/1">Una partita</a></li><li><a href="/2">Un\'altra</a></li></ul>'
    assert read(framed(f"<h1>T</h1><div>{PARAGRAPHS}{box}</div>")).text == TEXT


@pytest.mark.parametrize("body", [TEASERS, f"<h1>Serie A</h1>{TEASERS}", "<h1>Serie A</h1>"])
def test_a_list_of_articles_is_no_article(body: str) -> None:
    assert skipped(framed(body), url="https://www.ilcampanile.it/serie-a/").reason == "no-article"


def test_the_header_of_a_live_entry_holds_its_minute() -> None:
    entries = "".join(
        f"<article><header><time>{minute}'</time> <h3>Tiro di Diop</h3></header><p>Parata in due tempi sul tiro numero "
        f"{minute}, poi rinvio lungo.</p></article>"
        for minute in range(10, 60, 5)
    )
    text = read(framed(f"<header><h1>Diretta</h1><p>Segui la gara</p></header><div>{entries}</div>")).text
    assert text.split("\n")[:3] == ["10'", "Tiro di Diop", "Parata in due tempi sul tiro numero 10, poi rinvio lungo."]


def test_a_score_box_in_an_aside_is_kept() -> None:
    box = '<aside class="tabellino"><p>PONTEVERDE-RIVALTA 1-2</p><p>Reti: 57\' Bertoldi</p></aside>'
    found = read(framed(f'<h1>T</h1><div class="article-body">{PARAGRAPHS}{box}<aside><p>Altro</p></aside></div>'))
    assert found.text.split("\n")[-2:] == ["PONTEVERDE-RIVALTA 1-2", "Reti: 57' Bertoldi"]


def test_entries_called_comments_are_text_where_a_match_is_told_live() -> None:
    entries = "".join(
        f"<li class='comment'><span class='min'>{minute}'</span><span class='txt'>Tiro numero {minute} del Rivalta, "
        "palla fuori di poco alla sinistra del portiere.</span></li>"
        for minute in range(5, 50, 5)
    )
    reader = f"<div class='comments'>{COMMENT}</div>"
    text = read(framed(f"<h1>T</h1><div class='diretta-testuale'><ul>{entries}</ul></div>{reader}")).text
    assert text.split("\n")[0] == "5' Tiro numero 5 del Rivalta, palla fuori di poco alla sinistra del portiere."
    assert len(text.split("\n")) == 9
