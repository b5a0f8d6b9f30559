"""The tokeniser: offsets in code points, sentence ends, the spellings that papers use for accents and elisions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.events.tokens import Doc, fold, sentences


def split(text: str) -> list[str]:
    doc = Doc(text)
    return [doc.span(first, last) for first, last in sentences(doc)]


def test_tokens_keep_their_places_in_the_text() -> None:
    text = "Al 45'+2, D'Ambrosio («tiro-cross») batte N'Dicka: 2-1!"
    doc = Doc(text)
    assert [text[a:b] for a, b in zip(doc.start, doc.end, strict=True)] == doc.words
    assert {"45'+2", "D'Ambrosio", "tiro-cross", "N'Dicka", "2-1"} <= set(doc.words)


def test_code_points_are_counted_not_bytes_nor_units() -> None:
    text = "⚽️🔥 Però 𝔤𝔬𝔩: segna Çalhanoğlu"
    doc = Doc(text)
    assert text[doc.start[-1] : doc.end[-1]] == "Çalhanoğlu"


def test_an_apostrophe_may_stand_for_an_accent() -> None:
    assert "però" in Doc("pero' segna Rossi").low
    assert "segnò" in Doc("Rossi segno' al 12'").low


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Segna Rossi. Pareggia Bianchi.", 2),
        ("Segna Rossi al 12' p.t. dopo un cross.", 1),
        ("Il sig. Rossi di Roma arbitra. Si parte.", 2),
        ("Gol!!! Segna Rossi... e poi Bianchi", 2),
        ("«Gol!» grida Rossi.", 1),
        ("Finisce 2-1.\nDopo la gara parla Rossi.", 2),
        ("Tiro di M. Rossi. Fuori.", 2),
        ("", 0),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_folding_takes_accents_off() -> None:
    assert fold("Çalhanoğlu") == "calhanoglu"
    assert fold("Sørensen") == fold("Sorensen")


@given(st.text(max_size=200))
def test_any_text_has_tokens_in_order_within_it(text: str) -> None:
    doc = Doc(text)
    places = list(zip(doc.start, doc.end, strict=True))
    assert all(a < b for a, b in places)
    assert all(b <= c for (_, b), (c, _) in pairwise(places))
    assert [text[a:b] for a, b in places] == doc.words
    ends = sentences(doc)
    assert all(a < b for a, b in ends)
    assert [k for a, b in ends for k in range(a, b)] == list(range(len(doc)))
