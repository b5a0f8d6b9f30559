"""The lines of an article told apart, and the matches that they name."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

from pipelines.events.blocks import find_blocks, read_lines
from pipelines.events.pairs import find_pairs
from pipelines.events.tokens import lower

PROSE = "Il Real Montalto ha vinto al termine di una partita sofferta, decisa nel finale da una rete di testa.\n"
BOX = """
REAL MONTALTO-VIRTUS LAME 2-1 (1-0)
REAL MONTALTO (4-3-3): Dragoni; Sassi, Ferri, Olmi, Zerbi; Pagni, Tosi, Lulli; Corsi, Mauri, Bassi. All. Fabbri
VIRTUS LAME (3-5-2): Quinti; Alloni, Belfi, Crudi; Dosi, Elmi, Fusi, Gatti, Isoldi; Lenci, Masi. All. Nardi
Marcatori: 12' Corsi, 50' Lenci, 88' Mauri
"""
LIVE = "\n1' Si parte\n12' Gol di Corsi\n30' Tiro di Lenci\n45' Fine primo tempo\n60' Entra Rossini\n90' Finita\n"
MARKS = "\nDragoni 6: attento.\nSassi 5,5: impreciso.\nFerri 6: ordinato.\nCorsi 7: segna.\nMauri 6,5: corre.\n"


def kinds(text: str) -> list[str]:
    found: list[str] = []
    for block in find_blocks(text, read_lines(text, lower(text))):
        if block.kind not in found[-1:]:
            found.append(block.kind)
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PROSE, ["prose"]),
        (PROSE + BOX, ["prose", "box"]),
        (BOX + PROSE, ["box", "prose"]),
        (PROSE + LIVE, ["prose", "live"]),
        (PROSE + MARKS, ["prose", "marks"]),
        (PROSE + MARKS + BOX, ["prose", "marks", "box"]),
        ("Nel 1990 nacque la società.\n2010 fu l'anno della promozione.\n" + PROSE, ["prose"]),
    ],
)
def test_each_kind_of_block_is_told(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


def test_the_blocks_cover_the_text_in_order() -> None:
    text = PROSE + BOX + PROSE + LIVE + MARKS
    blocks = find_blocks(text, read_lines(text, lower(text)))
    assert all(a.end <= b.start for a, b in pairwise(blocks))
    covered = "".join(text[b.start : b.end] for b in blocks)
    assert "".join(covered.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "names", "score"),
    [
        ("Milan-Inter 2-1", ("Milan", "Inter"), (2, 1)),
        ("Milan - Inter: 2 - 1", ("Milan", "Inter"), (2, 1)),
        ("REAL MONTALTO-VIRTUS LAME 2-1", ("Real Montalto", "Virtus Lame"), (2, 1)),
        ("Domani c'è Milan-Inter", ("Milan", "Inter"), None),
        ("Como 1907-L.R. Vicenza 0-0", ("Como", "Vicenza"), (0, 0)),
    ],
)
def test_a_pair_of_names_is_found_with_its_score(
    text: str, names: tuple[str, str], score: tuple[int, int] | None
) -> None:
    (pair,) = find_pairs(text)
    assert (pair.home.name, pair.away.name) == names and pair.score == score


@pytest.mark.parametrize(
    ("text", "score", "shootout"),
    [
        ("Milan-Inter 6-5 dcr", None, (6, 5)),
        ("Milan-Inter 5-4 dopo i calci di rigore", None, (5, 4)),
        ("Milan-Inter 2-4 d.c.r. (1-1)", (1, 1), (2, 4)),
        ("Milan-Inter 0-0 (5-4 dcr)", (0, 0), (5, 4)),
    ],
)
def test_the_kicks_of_a_shoot_out_are_no_score(
    text: str, score: tuple[int, int] | None, shootout: tuple[int, int]
) -> None:
    (pair,) = find_pairs(text)
    assert (pair.score, pair.shootout) == (score, shootout)


@pytest.mark.parametrize(
    "text",
    ["il centro-sinistra vince 2-1", "dalle 15-18 alla 20-30", "il marocchino-francese", "via Roma 12-14", "2020-21"],
)
def test_other_hyphens_are_no_pair(text: str) -> None:
    assert list(find_pairs(text)) == []


@pytest.mark.parametrize("piece", ["Milan-Inter 1-0 ", "A-", "12' ", "Rossi 6 ", "\n", "(4-3-3): ", "marcatori "])
def test_time_grows_no_faster_than_the_text(piece: str) -> None:
    def seconds(size: int) -> float:  # the least of three: what else runs here only adds
        text = piece * (size // len(piece))
        times = []
        for _ in range(3):
            began = time.process_time()
            find_blocks(text, read_lines(text, lower(text)))
            times.append(time.process_time() - began)
        return min(times)

    seconds(5_000)
    assert seconds(80_000) < 0.05 + 8 * max(seconds(20_000), 0.02)
