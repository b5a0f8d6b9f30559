"""Dates as Italian pages write them, and which of a page's dates is believed."""

from datetime import UTC, datetime

import pytest

from pipelines.article.dates import read_date, read_machine_date, read_url_date
from pipelines.items import Timestamp
from tests.article.pages import FETCHED, PARAGRAPHS, framed, read

NEWS = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "T", "datePublished": "%s"}</script>'


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("mercoledì 10 gennaio 2024, 22:57", "2024-01-10 21:57"),
        ("Mercoledì, 10 Gennaio 2024 22.57", "2024-01-10 21:57"),
        ("10 gennaio 2024 alle ore 22:57", "2024-01-10 21:57"),
        ("Pubblicato il 10/01/2024 22:57", "2024-01-10 21:57"),
        ("10.01.2024 - ore 22.57", "2024-01-10 21:57"),
        ("10-01-24 22:57", "2024-01-10 21:57"),
        ("10 gen 2024 | 22:57", "2024-01-10 21:57"),
        ("1° luglio 2023 ore 9.05", "2023-07-01 07:05"),
        ("3 sett 2023", "2023-09-02 22:00"),
        ("10 gennaio", "2024-01-09 23:00"),
        ("28 dicembre, 18:00", "2023-12-28 17:00"),
        ("ieri alle 18.30", "2024-01-10 17:30"),
        ("ieri sera", "2024-01-10 20:00"),
        ("oggi alle 8:15", "2024-01-11 07:15"),
        ("stamattina", "2024-01-11 08:00"),
        ("l'altro ieri, 9:05", "2024-01-09 08:05"),
        ("sabato scorso", "2024-01-05 23:00"),
        ("giovedì scorso alle 20:45", "2024-01-04 19:45"),
        ("3 ore fa", "2024-01-11 06:00"),
        ("un'ora fa", "2024-01-11 08:00"),
        ("2 giorni fa", "2024-01-09 09:00"),
        ("Jan 10, 2024", "2024-01-09 23:00"),
    ],
)
def test_an_italian_date_is_read_as_a_moment_in_utc(text: str, moment: str) -> None:
    assert read_date(text, FETCHED) == at(moment)


@pytest.mark.parametrize(
    "text", ["Ponteverde-Rivalta 2-1", "12.30", "al 10' Diop", "oggi", "4-3-3", "10 gennaio 2031", "31/02/2024", ""]
)
def test_what_tells_no_moment_gives_none(text: str) -> None:
    assert read_date(text, FETCHED) is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-01-10T22:57:00+01:00", "2024-01-10 21:57"),
        ("2024-01-10T21:57:00Z", "2024-01-10 21:57"),
        ("2024-01-10T22:57:00.000+0100", "2024-01-10 21:57"),
        ("2023-07-10 22:57:00", "2023-07-10 20:57"),
        ("2024-01-10", "2024-01-09 23:00"),
        ("20240110", "2024-01-09 23:00"),
        ("Wed, 10 Jan 2024 22:57:00 +0100", "2024-01-10 21:57"),
        ("1704923820", "2024-01-10 21:57"),
        ("10/01/2024 22:57", "2024-01-10 21:57"),
    ],
)
def test_a_date_for_machines_is_read_in_every_form_that_sites_write(text: str, moment: str) -> None:
    assert read_machine_date(text, FETCHED) == at(moment)


@pytest.mark.parametrize("text", ["0000-00-00", "1970-01-01T00:00:00Z", "2099-01-01", "garbage", "", "9" * 500])
def test_a_date_that_cannot_be_is_none(text: str) -> None:
    assert read_machine_date(text, FETCHED) is None


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ("25 marzo 2023 12:00", "2023-03-25 11:00"),
        ("26 marzo 2023 12:00", "2023-03-26 10:00"),
        ("28 ottobre 2023 12:00", "2023-10-28 10:00"),
        ("29 ottobre 2023 12:00", "2023-10-29 11:00"),
    ],
)
def test_summer_time_is_reckoned_with(local: str, utc: str) -> None:
    assert read_date(local, FETCHED) == at(utc)


@pytest.mark.parametrize(
    ("url", "moment"),
    [
        ("https://a.it/serie-a/2024/01/10/derby/", "2024-01-09 23:00"),
        ("https://a.it/news/derby-10-01-2024", "2024-01-09 23:00"),
        ("https://a.it/20240110/derby.html", "2024-01-09 23:00"),
        ("https://a.it/news/derby-2-1-finale-12345678", None),
        ("https://a.it/stagione-2023-24/derby", None),
        ("https://a.it/2024/13/45/x", None),
    ],
)
def test_the_day_of_a_url_is_read(url: str, moment: str | None) -> None:
    assert read_url_date(url, FETCHED) == (at(moment) if moment else None)


def published(
    head: str = "", above: str = "", url: str = "https://www.ilcampanile.it/a/b", hint: Timestamp | None = None
) -> Timestamp | None:
    return read(framed(f"<h1>T</h1>{above}<div>{PARAGRAPHS}</div>", head), url=url, published=hint).published


HINT = Timestamp(at("2024-01-10 12:00"), "sitemap")
META = '<meta property="article:published_time" content="2024-01-10T20:00:00+01:00">'
SHOWN = '<span class="data">mercoledì 10 gennaio 2024, 22:57</span>'


def test_the_sources_of_a_date_are_asked_in_order() -> None:
    ld = NEWS % "2024-01-10T18:00:00+01:00"
    assert published(ld + META, SHOWN, hint=HINT) == Timestamp(at("2024-01-10 17:00"), "json-ld")
    assert published(META, SHOWN, hint=HINT) == Timestamp(at("2024-01-10 19:00"), "meta")
    time = '<time datetime="2024-01-10T21:00:00+01:00">x</time>'
    assert published("", time + SHOWN, hint=HINT) == Timestamp(at("2024-01-10 20:00"), "time")
    assert published("", SHOWN, hint=HINT) == Timestamp(at("2024-01-10 21:57"), "text")
    assert published("", "", "https://www.ilcampanile.it/2024/01/09/b", HINT) == HINT
    assert published("", "", "https://www.ilcampanile.it/2024/01/09/b") == Timestamp(at("2024-01-08 23:00"), "url")
    assert published() is None


def test_a_day_alone_is_made_exact_by_what_else_tells_that_day() -> None:
    assert published(NEWS % "2024-01-10", SHOWN) == Timestamp(at("2024-01-10 21:57"), "text")
    assert published(NEWS % "2024-01-10", hint=HINT) == HINT
    assert published(NEWS % "2024-01-08", hint=HINT) == Timestamp(at("2024-01-07 23:00"), "json-ld")


def test_the_change_of_an_article_is_told_with_its_source() -> None:
    head = '<meta property="article:modified_time" content="2024-01-11T08:00:00+01:00">'
    assert read(framed(f"<h1>T</h1><div>{PARAGRAPHS}</div>", head)).modified == Timestamp(
        at("2024-01-11 07:00"), "meta"
    )
