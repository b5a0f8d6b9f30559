"""The cleaning data: every example is cut as it says, every look-alike stays, a wrong file is refused by name."""

from pathlib import Path

import pytest

from pipelines.article import vocabulary
from pipelines.article.cleaning import Rule, rules
from pipelines.article.hints import hint
from pipelines.article.labels import labels
from pipelines.article.vocabulary import BadVocabulary, entries

HINTS = entries("hints", "hint", ("makes", "words", "finds", "leaves"))
LABELS = entries("labels", "label", ("words", "finds", "leaves"))


def cut(rule: Rule, line: str) -> str | None:
    return rule.cut(line) if any(need in line.lower() for need in rule.needs) else None


@pytest.mark.parametrize(("rule", "example"), [(r, e) for r in rules() for e in r.finds], ids=lambda v: str(v)[:40])
def test_a_rule_cuts_what_stands_behind_the_scissors(rule: Rule, example: str) -> None:
    before, gone, after = ([*example.split("✂"), "", ""] if "✂" in example else ["", example, ""])[:3]
    assert cut(rule, before + gone + after) == (before + after).rstrip()


@pytest.mark.parametrize("example", [e for r in rules() for e in r.leaves])
def test_no_rule_touches_a_look_alike(example: str) -> None:
    assert {rule.name: cut(rule, example) for rule in rules() if cut(rule, example) is not None} == {}


@pytest.mark.parametrize(("makes", "named"), [(e["makes"], n) for e in HINTS for n in e["finds"]])
def test_a_hint_is_taken_from_a_class(makes: str, named: str) -> None:
    assert hint(named) == makes


@pytest.mark.parametrize(("makes", "named"), [(e["makes"], n) for e in HINTS for n in e["leaves"]])
def test_a_hint_is_not_taken_from_a_look_alike(makes: str, named: str) -> None:
    assert hint(named) != makes


@pytest.mark.parametrize(("name", "named"), [(e["name"], n) for e in LABELS for n in e["finds"]])
def test_a_label_is_taken_from_a_class(name: str, named: str) -> None:
    assert name in labels(named)


@pytest.mark.parametrize(("name", "named"), [(e["name"], n) for e in LABELS for n in e["leaves"]])
def test_a_label_is_not_taken_from_a_look_alike(name: str, named: str) -> None:
    assert name not in labels(named)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[rule]]\nname = 'x'\n", "rule 1 (x) has no pattern"),
        ("[[rule]\n", "broken.toml"),
        ("", "no [[rule]] entry"),
        ("[[rule]]\nname = 'x'\npattern = 'y'\nfinds = 'z'\n", "finds must be a list of strings"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_reason(
    text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.toml").write_text(text)
    monkeypatch.setattr(vocabulary, "DATA", tmp_path)
    with pytest.raises(BadVocabulary) as refusal:
        entries("broken", "rule", ("pattern",))
    assert said in str(refusal.value)
    assert "broken.toml" in str(refusal.value)
