"""Pages that give no article, and why."""

import pytest

from pipelines.article import read_article
from pipelines.items import Article, Page, Skipped
from tests.article.pages import FETCHED, PARAGRAPHS, framed, page, read, skipped

BODY = f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>"


@pytest.mark.parametrize(
    ("head", "headers", "reason"),
    [
        ('<meta name="robots" content="noarchive">', {}, "noarchive"),
        ('<meta name="ROBOTS" content="index, NOARCHIVE, max-snippet:-1">', {}, "noarchive"),
        ("", {"x-robots-tag": "noarchive"}, "noarchive"),
        ("", {"x-robots-tag": "max-snippet:10, noarchive"}, "noarchive"),
        ('<meta name="robots" content="noindex, follow">', {}, "noindex"),
        ('<meta name="tdm-reservation" content="1">', {}, "tdm-reservation"),
        ("", {"tdm-reservation": "1"}, "tdm-reservation"),
    ],
)
def test_the_owners_wish_is_heeded(head: str, headers: dict[str, str], reason: str) -> None:
    assert skipped(framed(BODY, head), headers=headers).reason == reason


@pytest.mark.parametrize(
    ("head", "headers"),
    [
        ('<meta name="robots" content="index, follow, max-image-preview:large">', {}),
        ('<meta name="googlebot" content="noarchive">', {}),
        ("", {"x-robots-tag": "googlebot: noarchive"}),
        ("", {"tdm-reservation": "0"}),
    ],
)
def test_what_is_not_asked_of_us_does_not_stop_the_reading(head: str, headers: dict[str, str]) -> None:
    assert read(framed(BODY, head), headers=headers).title == "Titolo"


def test_a_file_that_a_person_saved_is_read_whatever_it_asks_of_robots() -> None:
    saved = Page(
        "salvata.html",
        "salvata.html",
        200,
        {},
        framed(BODY, '<meta name="robots" content="noarchive">').encode(),
        FETCHED,
    )
    assert isinstance(read_article([saved]), Article)
    asked = page(framed(BODY, '<meta name="robots" content="noarchive">'))
    assert isinstance(read_article([asked], heed_robots=False), Article)


CONSENT = (
    "<h1>Prima di continuare</h1><p>Noi e i nostri 842 partner archiviamo e accediamo a informazioni sul dispositivo, "
    "come i cookie, e trattiamo dati personali per annunci e contenuti personalizzati. Puoi accettare tutti i cookie o "
    "rifiutare e abbonarti.</p><button>Accetta tutto</button><p>Il legittimo interesse può essere opposto.</p>"
)


def test_a_consent_screen_is_told_from_an_article() -> None:
    assert skipped(framed(CONSENT)).reason == "consent"
    assert skipped("<title>Prima di continuare</title><p>Accetta</p>").reason == "consent"
    assert skipped(framed("<p>Attendi</p>"), url="https://consent.ilcampanile.it/?continue=x").reason == "consent"


def test_an_article_with_a_consent_box_is_an_article() -> None:
    assert read(framed(f'{BODY}<div class="cookie-banner">{CONSENT}</div>')).title == "Titolo"


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_error_page_is_no_article(status: int) -> None:
    assert skipped(framed(BODY), status=status) == Skipped("no-article", f"status {status}")


def test_what_is_no_html_is_no_article() -> None:
    assert skipped(b"%PDF-1.7 ...", headers={"content-type": "application/pdf"}).reason == "no-article"
    assert skipped(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 50).reason == "no-article"


@pytest.mark.parametrize(
    "html", ["", " ", "<html></html>", framed(""), framed("<h1>Titolo</h1>"), framed("<p>Due righe.</p>")]
)
def test_a_page_without_text_is_no_article(html: str) -> None:
    assert skipped(html).reason == "no-article"


def test_no_page_is_no_article() -> None:
    assert read_article([]) == Skipped("no-article", "no page")
