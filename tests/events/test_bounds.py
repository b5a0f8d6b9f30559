"""Whatever comes in: the reader answers in bounded time, raises nothing, and tells no event that no word tells."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.events import read
from pipelines.events.tokens import fold
from pipelines.flow import digest
from pipelines.items import Event, Page, Reading

CORPUS = Path(__file__).parents[1] / "corpus" / "dev"
REPORTS = [path.read_text(encoding="utf-8") for path in sorted(CORPUS.glob("*--*.txt"))]
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ODD = "\x00\x07\x1b\x7f\xad\u200b\u200e\u200f\u202b\u202e\u2066\ufeff\ufffd\u0301\u2028\x85\t\r"  # controls, marks
NAMES = [
    "Rossi",
    "Bianchi",
    "Milan",
    "Lecce",
    "Sassuolo",
    "Verdi",
    "D'Ambrosio",
    "BARI",
    "Di",
    "Lorenzo",
    "Conti",
    "S.",
]
MINUTES = ["12'", "45'+2", "90'", "48' st", "3' pt", "67'", "93'", "al 5'", "60esimo", "minuto 71", "1-0", "2-2"]


def holds(reading: Reading, text: str) -> None:
    """What is true of any reading: its evidence stands in the text, and so do the names that it tells."""
    letters = "".join(filter(str.isalnum, fold(text)))
    for event in reading.events:
        assert event.evidence
        for place in event.evidence:
            assert 0 <= place.start < place.end <= len(text) or place.part != "text"
            assert place.part != "text" or place.sentence in text
        for name in filter(None, (event.player, event.assist, event.opponent, event.player_in, event.player_out)):
            assert "".join(filter(str.isalnum, fold(name))) in letters


def seconds(work: Callable[[], object]) -> float:
    """CPU that the work takes."""
    started = time.process_time()
    work()
    return time.process_time() - started


@FUZZ
@given(st.text(max_size=400))
def test_any_text_at_all(text: str) -> None:
    holds(read(text), text)


@FUZZ
@given(st.text(st.sampled_from(ODD + " ")))
def test_blanks_controls_and_directions_tell_nothing(text: str) -> None:
    assert read(text).events == ()


@FUZZ
@given(st.lists(st.sampled_from(MINUTES[:10]), max_size=60), st.sampled_from([" ", ", ", "\n", " - ", ". "]))
def test_only_minutes_tell_nothing(words: list[str], between: str) -> None:
    assert read(between.join(words)).events == ()


@FUZZ
@given(st.lists(st.sampled_from(NAMES), max_size=60), st.sampled_from([" ", ", ", "\n", ". ", "; "]))
def test_only_names_tell_nothing(words: list[str], between: str) -> None:
    assert read(between.join(words)).events == ()


@pytest.mark.parametrize(
    "word", ["calcio", "e", "Milan", "squadra", "(", "l'", "partita", "ROSSI", "1", "12'", "-", "«"]
)
def test_one_word_repeated_tells_nothing(word: str) -> None:
    for between in (" ", "\n", ""):
        assert read(between.join([word] * 300)).events == ()


def scarred(text: str, seed: int) -> str:
    """A report with odd characters strewn between its letters."""
    dice = random.Random(seed)
    return "".join(c + dice.choice(ODD) if dice.random() < 0.02 else c for c in text)


def shuffled(text: str, seed: int) -> str:
    """A report with the words of each line in another order: a table whose columns were mixed."""
    dice = random.Random(seed)
    lines = [line.split(" ") for line in text.split("\n")]
    return "\n".join("\t".join(dice.sample(words, len(words))) for words in lines)


def mojibake(text: str, _: int) -> str:
    """A report whose UTF-8 was read as Windows' Latin."""
    return text.encode().decode("cp1252", errors="replace")


DAMAGES = [scarred, shuffled, mojibake, lambda text, _: text.upper(), lambda text, seed: text[seed % len(text) :]]


@settings(FUZZ, max_examples=120)
@given(st.sampled_from(REPORTS), st.sampled_from(DAMAGES), st.integers(0, 10_000))
def test_damaged_reports(report: str, damage: Callable[[str, int], str], seed: int) -> None:
    text = damage(report, seed)
    holds(read(text), text)


@FUZZ
@given(st.sampled_from(REPORTS), st.sampled_from(REPORTS), st.integers(0, 3_000), st.integers(0, 3_000))
def test_one_report_cut_into_another(one: str, two: str, a: int, b: int) -> None:
    text = one[:a] + two[b:] + one[a:]
    holds(read(text, title=two[:b]), text)


def test_a_headline_alone_and_a_headline_without_end() -> None:
    assert [event.type for event in read("", title="Bari-Lecce 1-0").events] in ([], ["full_time"])
    holds(read("Rossi segna.", title="gol al 90' " * 100_000), "Rossi segna." + "gol al 90' " * 100)


@pytest.mark.parametrize(
    "text",
    [
        "The visitors took the lead after twelve minutes when Smith headed home. Jones was booked later.",
        "Die Gäste gingen nach zwölf Minuten in Führung, Müller traf per Kopf. Danach sah Schmidt die Rote Karte.",
        "Les visiteurs ont ouvert le score à la douzième minute grâce à une tête de Dupont, puis Martin a été expulsé.",
        "Goście objęli prowadzenie w dwunastej minucie, gdy Nowak trafił głową. Kowalski dostał żółtą kartkę.",
        "Гости открыли счёт на двенадцатой минуте после удара Иванова головой. Потом Петров получил карточку.",
        "سجل الضيوف هدفهم الأول في الدقيقة الثانية عشرة برأسية من أحمد قبل أن ينال محمود البطاقة الصفراء",
    ],
)
def test_other_languages_tell_nothing(text: str) -> None:
    assert read(text * 5).events == ()


ENDLESS = {
    "a goal and its minute on one line": "gol al 90' ",
    "a goal and its minute on many lines": "gol al 90'\n",
    "one word": "gol ",
    "one letter": "a",
    "brackets": "(",
    "initials": "A.",
    "hyphens": "Aa-",
    "elisions": "l'",
    "matches on one line": "Milan-Juventus 1-0 ",
    "boxes on one line": "Marcatori: 12' pt Rossi, 13' st Bianchi. Ammoniti: Verdi, Neri. ",
    "line-ups": "MILAN (4-3-3): Rossi; Verdi, Neri, Bianchi; Gialli. All. Russo.\n",
    "entries": "12' GOL! Rossi segna per il Milan 1-0\n45' fine primo tempo\n",
    "marks": "Rossi 6,5: segna al 12' e serve Bianchi. Verdi 5: espulso.\n",
    "clauses": "rigore per il Milan, il VAR richiama Rossi, Bianchi segna al 12', ",
    "changes": "Rossi (12' st Verdi), ",
    "reports": "\n\n".join(REPORTS[:40]),
}


@pytest.mark.parametrize("unit", ENDLESS.values(), ids=ENDLESS.keys())
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    short, middle, long = ((unit * (size // len(unit) + 1))[:size] for size in (50_000, 500_000, 5_000_000))
    read(short)
    at_middle, at_long = seconds(lambda: read(middle)), seconds(lambda: read(long))
    assert at_long <= 12 * at_middle + 0.1
    assert at_long < 5  # CPU: a page never takes longer than a few seconds


def test_a_page_of_megabytes_takes_seconds() -> None:
    def page(size: int) -> Page:
        body = ("gol al 90' " * (size // 11)).encode()
        html = (
            b"<html lang=it><title>Bari-Lecce 1-0</title><article><h1>Bari-Lecce 1-0</h1><p>" + body + b"</p></article>"
        )
        kind = {"content-type": "text/html; charset=utf-8"}
        return Page("https://a.example/1", "https://a.example/1", 200, kind, html, datetime(2026, 11, 22, tzinfo=UTC))

    small, large = page(500_000), page(5_000_000)
    digest([small])
    assert seconds(lambda: digest([large])) <= 12 * seconds(lambda: digest([small])) + 0.1


def told(events: tuple[Event, ...]) -> list[tuple[str, str | None]]:
    """Events as type and player."""
    return [(event.type, event.player) for event in events]


def test_what_stands_behind_the_bound_is_left_and_what_stands_before_is_read() -> None:
    report = "Bari-Lecce 1-0\nAl 12' segna Rossi di testa.\n"
    alone = told(read(report).events)
    assert ("goal", "Rossi") in alone
    assert told(read(report + "calcio " * 20_000 + "\nAl 80' segna Bianchi.").events) == alone
