"""The lexicon: a fault in its files is told with the file and the rule; verbs have their forms, classes their words."""

import re
import shutil
import tomllib
from pathlib import Path

import pytest

from pipelines.events import lexicon as module
from pipelines.events.lexicon import LexiconError, lexicon, words
from pipelines.events.verbs import conjugate

IRREGULAR = tomllib.loads((module.FOLDER / "verbs.toml").read_text(encoding="utf-8"))
GOOD = """[[rule]]
name = "scores"
cue = "goal"
words = "goal"
finds = ["Rossi segna.", "Segna Rossi."]
leaves = ["Rossi corre."]
"""


def build(folder: Path, monkeypatch: pytest.MonkeyPatch, rule: str) -> module.Lexicon:
    """A lexicon of the real words and one file of rules."""
    copied = shutil.copytree(module.FOLDER, folder / "lexicon")
    for path in (copied / "rules").iterdir():
        path.unlink()
    (copied / "rules" / "mine.toml").write_text(rule, encoding="utf-8")
    monkeypatch.setattr(module, "FOLDER", copied)
    return lexicon.__wrapped__()


def test_a_rule_in_a_new_file_is_taken_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [rule.name for rule in build(tmp_path, monkeypatch, GOOD).rules] == ["scores"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("name =", "nome ="), "unknown key nome"),
        (('cue = "goal"\n', ""), "cue is missing"),
        ((', "Segna Rossi."', ""), "at least two phrases"),
        (('leaves = ["Rossi corre."]\n', ""), "leaves is missing"),
        (('words = "goal"', 'phrases = ["<3> goal"]'), "starts with a gap"),
        (('words = "goal"', 'words = "goal"\nsubject = "striker"'), "striker"),
        (("[[rule]]", "[[rule"), "mine.toml"),
    ],
    ids=lambda v: v if isinstance(v, str) else None,
)
def test_a_fault_names_the_file_and_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: tuple[str, str], complaint: str
) -> None:
    with pytest.raises(LexiconError, match=re.escape(complaint)) as fault:
        build(tmp_path, monkeypatch, GOOD.replace(*change))
    assert "mine.toml" in str(fault.value)


def test_no_two_rules_share_a_name() -> None:
    names = [rule.name for rule in lexicon().rules]
    assert len(names) == len(set(names))


def test_no_rule_names_a_person_or_a_club() -> None:
    """The words that rules look for begin in lower case: a name does not."""
    assert [word for word in lexicon().index if word[:1].isupper()] == []


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("segnare", {"segna", "segnò", "segnato", "segnando", "segnano", "segnerà", "segnarono"}),
        ("calciare", {"calcia", "calciò", "calciato", "calciando", "calcerà"}),
        ("battere", {"batte", "batté", "battuto", "battendo"}),
        ("colpire", {"colpisce", "colpì", "colpito", "colpiscono"}),
        ("respingere", {"respinge", "respinse", "respinto"}),
        ("giocare", {"gioca", "giocherà", "giochi"}),
    ],
)
def test_the_forms_of_a_verb(verb: str, forms: set[str]) -> None:
    assert forms <= set(conjugate(verb, IRREGULAR.get(verb)))


def test_word_classes_are_not_empty() -> None:
    assert all(words(name) for name in lexicon().classes)
