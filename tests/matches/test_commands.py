"""The commands on matches, as a person runs them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings

from pipelines.archive import Archive
from tests.matches.conftest import Tell, goal, yellow

ROOT = Path(__file__).parents[2]
MATCH = "2021-01-09-milan-torino"
CSV = "Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG\n2021-01-09,Milan,Torino,1,0,H,1,0\n"


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit code."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]


@pytest.fixture
def run(archive: Archive, tell: Tell, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Scrapy, in this process, on an archive of one match that three papers tell."""
    for site in ("curva", "ponente", "lanotizia"):
        tell(site, "Milan-Torino 1-0", "2021-01-09 22:50", [goal(25, "Leão", "Milan"), yellow(31, "Bremer", "Torino")])
    monkeypatch.chdir(ROOT)

    def call(*args: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *args, "-s", f"ARCHIVE={archive.path}"], settings=get_project_settings())
        out = capsys.readouterr()
        return Done(int(ended.value.code or 0), out.out, out.err)

    return call


def test_rebuilding_says_what_there_is(run: Run) -> None:
    done = run("rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 matches with 2 events and 2 players" in done.stdout


def test_matches_are_listed_split_and_put_back(run: Run) -> None:
    assert MATCH in run("matches").stdout
    assert run("matches", MATCH, "--split", "https://curva.example/1").returncode == 0
    assert "https://curva.example/1" in run("matches", "--unsure").stdout
    assert run("matches", "--undo", "1").returncode == 0
    assert "https://curva.example/1" not in run("matches", "--unsure").stdout


@pytest.mark.parametrize(
    "args",
    [
        ("matches", "nessuna", "--split", "https://curva.example/1"),
        ("matches", MATCH, "--split", "a", "--reject"),
        ("matches", "--reject"),
        ("matches", "x", "--set", "id=3"),
        ("import-results",),
        ("import-results", "/nonexistent.csv"),
        ("import-players", str(Path(__file__))),
        ("export", "--match", "nessuna"),
        ("export", "--format", "xml"),
        ("rebuild", "tutto"),
    ],
)
def test_what_cannot_be_is_refused_with_code_2(run: Run, args: tuple[str, ...]) -> None:
    done = run(*args)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_calendar_is_imported_and_matches_exported(run: Run, tmp_path: Path) -> None:
    calendar, out = tmp_path / "season-2021.csv", tmp_path / "out.txt"
    calendar.write_text(CSV, encoding="utf-8")
    done = run("import-results", str(calendar))
    assert (done.returncode, "1 of them with the same score" in done.stdout) == (0, True), done.stderr
    done = run("export", "--format", "football.txt", "--to", str(out))
    assert done.returncode == 0
    assert "Milan  1-0  Torino" in out.read_text(encoding="utf-8")
