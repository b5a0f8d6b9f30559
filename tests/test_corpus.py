"""The annotated corpus keeps its form, and the checker that says so finds what is wrong."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.corpus.check_corpus import HERE, check_article, check_part

PARTS = sorted(p for p in HERE.iterdir() if (p / "matches").is_dir())

ARTICLE: dict[str, Any] = {
    "id": "a", "kind": "report", "title": "Pari", "site": "curva", "section": "Serie D",
    "published": "2010-01-10T18:00:00+01:00", "tags": [], "author": "Redazione", "story": None, "shows": [],
    "matches": [{"home": "Alfa", "away": "Beta", "score": [1, 0]}],
    "events": [{"type": "goal", "match": "Alfa-Beta", "team": "Alfa", "player": "Conti", "period": 1, "minute": 12,
                "precision": "exact", "evidence": "Conti segna al 12'"}],
}  # fmt: skip


@pytest.mark.parametrize("part", PARTS, ids=lambda p: p.name)
def test_every_annotation_keeps_the_form(part: Path) -> None:
    assert list(check_part(part)) == []


def faults_of(folder: Path, **event: Any) -> list[str]:
    article = {**ARTICLE, "events": [{**ARTICLE["events"][0], **event}]}
    (folder / "a.json").write_text(json.dumps(article))
    (folder / "a.txt").write_text("Pari\nConti segna al 12' e decide.\n")
    return list(check_article(folder / "a.json"))


def test_a_sound_article_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path) == []


@pytest.mark.parametrize(
    ("event", "said"),
    [
        ({"evidence": "Conti raddoppia"}, "no short quote"),
        ({"minute": 57}, "not of period 1"),
        ({"team": "Gamma"}, "team 'Gamma'"),
        ({"team": "Beta"}, "do not add up"),
        ({"player": "Verdi"}, "not in the text"),
        ({"colour": "red"}, "field colour"),
        ({"match": "Beta-Alfa"}, "match 'Beta-Alfa'"),
        ({"precision": "range"}, "range without minute_end"),
    ],
)
def test_the_checker_finds_what_is_wrong(tmp_path: Path, event: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in faults_of(tmp_path, **event))
