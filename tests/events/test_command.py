"""`python -m pipelines.events` as a person runs it."""

import json
from pathlib import Path

import pytest

from pipelines.events.__main__ import main

TEXT = "Bari-Lecce 1-0\nAl 12' Rossi serve Bianchi che batte Neri: 1-0. Rossi non segna più. Finisce 1-0."


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "gara.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_readings_are_written_in_the_form_of_the_model(article: Path, tmp_path: Path) -> None:
    assert main(["--out", str(tmp_path / "readings"), "--published", "2024-01-10", str(article)]) == 0
    told = json.loads((tmp_path / "readings" / "gara.json").read_text(encoding="utf-8"))
    assert {"kind", "matches", "events", "text", "version"} <= set(told)
    goal = next(e for e in told["events"] if e["type"] == "goal")
    assert (goal["player"], goal["minute"], goal["match"]) == ("Bianchi", 12, "Bari-Lecce")
    for evidence in goal["evidence"]:
        assert {"start", "end", "sentence", "rule"} <= set(evidence)
        assert told["text"][evidence["start"] : evidence["end"]] in evidence["sentence"]


def test_a_table_for_a_person(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(article)]) == 0
    shown = capsys.readouterr().out
    assert "Bari-Lecce 1-0" in shown
    assert "Bianchi" in shown


def test_the_explanation_names_rules_and_vetoes(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--explain", str(article)]) == 0
    shown = capsys.readouterr().out
    assert "beats-the-keeper" in shown
    assert "negated" in shown


def test_the_explanation_as_a_page_escapes_the_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "<b>gara.txt"
    path.write_text(TEXT.replace("Finisce", "<script>Finisce"), encoding="utf-8")
    assert main(["--html", str(path)]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!doctype html>")
    assert "<script>" not in page
    assert "<b>gara" not in page


def test_a_file_that_is_not_there_is_told_and_the_rest_is_read(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--out", str(tmp_path), str(tmp_path / "none.txt"), str(article)]) == 1
    assert "none.txt" in capsys.readouterr().err
    assert (tmp_path / "gara.json").exists()
