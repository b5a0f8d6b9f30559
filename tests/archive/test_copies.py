"""The same words at another paper are a copy, under whatever title, and a few words more or less."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

from pipelines.archive import Archive
from pipelines.archive.copies import bands, distance, original
from pipelines.items import Reading

from .examples import article, reading, scalar, visit

CORPUS = Path(__file__).parents[1] / "corpus" / "dev"


def story(seed: int, length: int = 300) -> str:
    """A text of made-up words, most of them its own."""
    rng = random.Random(seed)
    syllables = ["ca", "re", "mi", "to", "lan", "go", "ver", "si", "pun", "ta", "dio", "ros"]
    return " ".join("".join(rng.choices(syllables, k=rng.randint(1, 6))) for _ in range(length))


def put(archive: Archive, number: int, text: str, site: str, said: Reading | None = None) -> int | None:
    archive.write(replace(visit(number), site=site), article(number, text), said or reading())
    copy: int | None = scalar(archive, "SELECT copy_of FROM articles ORDER BY id DESC LIMIT 1")
    return copy


def test_a_copy_under_another_title_with_a_line_of_its_own_is_found(archive: Archive) -> None:
    text = story(1)
    assert put(archive, 1, text, "agenzia") is None
    assert put(archive, 2, text, "giornale") == 1
    assert put(archive, 3, f"(ANSA) - Milano, 10 gennaio. {text} Riproduzione riservata.", "sito") == 1
    assert put(archive, 4, story(2), "giornale") is None


def test_nearly_the_same_words_at_the_same_paper_are_another_article(archive: Archive) -> None:
    put(archive, 1, story(1), "giornale")
    assert put(archive, 2, f"{story(1)} Aggiornato alle 22.", "giornale") is None


def test_short_texts_and_those_that_tell_no_match_are_copies_when_they_are_equal(archive: Archive) -> None:
    for number, (text, said) in enumerate(((story(1, 30), reading()), (story(2), Reading("news")))):
        put(archive, 10 * number, text, "uno", said)
        assert put(archive, 10 * number + 1, text + " altro", "due", said) is None
        assert put(archive, 10 * number + 2, text, "tre", said) is not None


def test_an_article_is_no_copy_of_itself_when_it_is_read_again(archive: Archive) -> None:
    put(archive, 1, story(1), "uno")
    assert put(archive, 1, story(1) + " Fine.", "uno") is None


def test_only_copies_are_found_in_the_corpus(archive: Archive) -> None:
    """Papers that tell the same match in their own words are no copies; one that repeats another's words is."""
    texts = {
        path.stem: path.read_text() for path in sorted(CORPUS.glob("2007-*.txt")) + sorted(CORPUS.glob("2023-*.txt"))
    }
    copies = {name for number, (name, text) in enumerate(texts.items()) if put(archive, number, text, name)}
    assert copies == {"2007-10-28-siena-catania--lanotizia-report", "2023-10-29-cagliari-frosinone--lanotizia-report"}


def test_close_texts_have_close_hashes() -> None:
    one, two, other = (bands(text, True) for text in (story(1), story(1) + " poche parole aggiunte", story(2)))
    assert distance(one, two) <= 3 < 12 < distance(one, other)


def test_the_copy_of_a_copy_is_a_copy_of_the_first(archive: Archive) -> None:
    text = story(1)
    put(archive, 1, text, "uno")
    put(archive, 2, text, "due")
    found = original(archive.conn, "", text, bands(text, True), "tre", None)
    assert found == 1
