"""Texts that nobody wrote for a reader: bounded time, no exception, no invented event."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.events import read
from pipelines.items import Reading

RTL, ZERO_WIDTH, NUL = "\u202e", "\u200b", "\x00"
SENTENCES = [
    "Al 12' Rossi serve Bianchi che calcia di destro e batte Neri: 1-0.",
    "Ammonito Verdi per un fallo su Gialli.",
    "Al 60' esce Rossi ed entra Blu.",
    "L'arbitro assegna un rigore: dal dischetto Bianchi si fa parare il tiro da Neri.",
    "Finisce 2-1 dopo quattro minuti di recupero.",
    "La squadra ha provato a fare gioco, ma la partita non si è mai accesa davvero.",
]
WORDS = [
    *[
        "al",
        "12'",
        "gol",
        "di",
        "Rossi",
        ",",
        ".",
        "(",
        ")",
        "per",
        "non",
        "segna",
        "rigore",
        "1-0",
        "45'+2",
        "espulso",
        "entra",
        "Bari",
        "-",
        "Lecce",
        ":",
        "«",
        "»",
        "cross",
        "da",
        "ammoniti",
        "Marcatori",
        "st",
        "pt",
        ";",
        "VAR",
    ],
    "\n",
]


def whole(reading: Reading, text: str) -> None:
    """The evidence of every event lies in the text, and no event lacks one."""
    for event in reading.events:
        assert event.evidence
        for e in event.evidence:
            if e.part == "text":
                assert 0 <= e.start < e.end <= len(text)
                assert e.sentence in text


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n\n", NUL, RTL, ZERO_WIDTH * 50, "\ufeff", "'", "-", "12'", "1-0", "(" * 500, "«" * 500, "\t|\t|\t"],
    ids=lambda t: repr(t[:6]),
)  # fmt: skip
def test_nothing_to_read(text: str) -> None:
    assert read(text).events == ()


@pytest.mark.parametrize(
    "word", ["gol", "Rossi", "12'", "rigore", "45'+2", "espulso", "Milan", "1-0 ", "«Gol", "sostituzione: "]
)
def test_one_word_over_and_over(word: str) -> None:
    text = f"{word} " * 3000
    began = time.perf_counter()
    reading = read(text)
    assert time.perf_counter() - began < 10
    assert [e.type for e in reading.events if e.type not in ("full_time", "half_time")] == []


def test_only_minutes() -> None:
    assert read("\n".join(f"{n}'" for n in range(1, 95))).events == ()


@pytest.mark.parametrize(
    "text",
    [
        "The match between Arsenal and Chelsea ended two to one after Saka scored in the 12th minute. " * 5,
        "Le but de Mbappé à la 12e minute a donné la victoire au PSG. " * 5,
        "Der Ball ist rund und ein Spiel dauert neunzig Minuten, sagte Herberger. " * 5,
        "Скора́я помощь приехала на стадион. " * 5,
        "في الدقيقة ١٢ سجل اللاعب هدفا " * 5,
    ],
)
def test_other_languages_tell_no_goal(text: str) -> None:
    assert [e.type for e in read(text).events if e.type != "full_time"] == []


def test_marks_that_turn_the_text_around_hide_nothing() -> None:
    plain = read("Bari-Lecce 1-0\nAl 12' segna Rossi su cross di Bianchi.")
    marked = read(f"Bari-Lecce 1-0\n{RTL}Al 12' {ZERO_WIDTH}segna Rossi su cross di Bianchi.{NUL}")
    assert [(e.type, e.minute, e.player) for e in marked.events] == [(e.type, e.minute, e.player) for e in plain.events]


@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_any_salad_of_football_words_is_read_without_fault(text: str) -> None:
    whole(read(text), text)


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_is_read_without_fault(text: str) -> None:
    whole(read(text), text)


@given(st.data())
@settings(max_examples=50, deadline=None)
def test_a_text_cut_anywhere_is_read_without_fault(data: st.DataObject) -> None:
    text = "Bari-Lecce 2-1\n" + " ".join(SENTENCES)
    a, b = sorted((data.draw(st.integers(0, len(text))), data.draw(st.integers(0, len(text)))))
    whole(read(text[a:b]), text[a:b])


def many(size: int, between: str) -> str:
    """A report of about `size` characters, the same at every run."""
    rng = random.Random(7)
    told: list[str] = ["Bari-Lecce 2-1"]
    length = 0
    while length < size:
        told.append(rng.choice(SENTENCES))
        length += len(told[-1]) + 1
    return between.join(told)


@pytest.mark.parametrize("between", [" ", "\n"])
def test_time_grows_with_length_and_no_faster(between: str) -> None:
    """Ten times the text takes at most thirteen times as long, on one line as on many."""
    short, long = many(40_000, between), many(400_000, between)
    read(short)

    def cost(text: str) -> float:
        began = time.process_time()
        read(text)
        return time.process_time() - began

    once = min(cost(short) for _ in range(2))
    assert cost(long) < 13 * once
