"""Calendars of others: how they are read, and what they say of the papers' scores."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipelines.archive import Archive
from pipelines.matches import BadCalendar, import_players, import_results, rebuild
from pipelines.matches.fixtures import Result, read_calendar
from pipelines.matches.squads import BadSquad
from tests.matches.conftest import Tell, goal, yellow

OPEN_DATA = Path(__file__).parents[3] / "shared" / "open-data"
TXT = """= Coppa Italia 2019/20

# Date       Sat Aug 3 2019 - Sat Aug 22 2020 (385d)

▪ Round 1
  Sat Aug 17
    18:00  Torino FC               v AC Milan                 1-2 (0-1)
           Spezia Calcio           4-3 pen. 2-2 a.e.t. (2-2, 1-0)  Venezia FC
           Sassuolo Calcio         v Delfino Pescara          0-3    [awarded]
           FC Turris               v Latina Calcio            [cancelled]
▪ Final
Sat Feb 29
  20:45  Modena FC                4-3 pen. (1-1, 0-1)  Pisa SC
Sat Aug 22 2020
  21:00  FC Internazionale Milano v SSC Napoli
"""
CSV = """Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG
2021-01-09,Milan,Torino,2,0,H,2,0
09/01/21,Verona,Roma,,,,,
"""


def test_football_txt_in_both_orders_of_teams_and_score() -> None:
    season, cup = "2019-20", "Coppa Italia"
    day = date(2019, 8, 17)
    assert read_calendar("cup.txt", TXT) == [
        Result(day, "Torino FC", "AC Milan", season, cup, "Round 1", (1, 2), (0, 1)),
        Result(day, "Spezia Calcio", "Venezia FC", season, cup, "Round 1", (2, 2), (1, 0), (2, 2), (4, 3)),
        Result(day, "Sassuolo Calcio", "Delfino Pescara", season, cup, "Round 1", (0, 3)),
        Result(date(2020, 2, 29), "Modena FC", "Pisa SC", season, cup, "Final", (1, 1), (0, 1), None, (4, 3)),
        Result(date(2020, 8, 22), "FC Internazionale Milano", "SSC Napoli", season, cup, "Final"),
    ]


def test_football_data_csv() -> None:
    assert read_calendar("season-2021.csv", CSV) == [
        Result(date(2021, 1, 9), "Milan", "Torino", "2020-21", "Serie A", None, (2, 0), (2, 0)),
        Result(date(2021, 1, 9), "Verona", "Roma", "2020-21", "Serie A"),
    ]


@pytest.mark.parametrize("text", ["", "una pagina qualunque", "\x00" * 50, "= X 2020/21\n▪ R\nSat Feb 31\n A v B 1-0"])
def test_a_file_that_is_no_calendar_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadCalendar, match=r"x\.txt"):
        read_calendar("x.txt", text)


def test_one_line_of_five_megabytes_ends_soon() -> None:
    with pytest.raises(BadCalendar):
        read_calendar("x.txt", "= Serie A 2020/21\nSat Jan 9\n" + "A  1-0 " * 700_000)


def test_importing_twice_changes_nothing_and_a_result_fills_its_fixture(archive: Archive) -> None:
    fixture = "= Italian Serie A 2020/21\n▪ Matchday 17\nSat Jan 9 2021\n  20:45  AC Milan  v Torino FC\n"
    assert import_results(archive, "a.txt", fixture).new == 1
    assert import_results(archive, "a.txt", fixture).known == 1
    assert import_results(archive, "a.txt", fixture.replace("Torino FC", "Torino FC  2-0 (2-0)")).changed == 1
    with archive.reading() as conn:
        rows = conn.execute("SELECT date, home, away, score_home, half_home, competition FROM results").fetchall()
    assert rows == [("2021-01-09", "Milan", "Torino", 2, 2, "Serie A")]


def test_a_calendar_tells_which_papers_have_the_score_right(archive: Archive, tell: Tell) -> None:
    for site, score in (("curva", "2-0"), ("ponente", "2-0"), ("lanotizia", "3-0")):
        tell(
            site,
            f"Milan-Torino {score}",
            "2021-01-09 22:50",
            [goal(25, "Leão", "Milan"), yellow(31, "Bremer", "Torino")],
        )
    import_results(archive, "a.csv", CSV)
    rebuild(archive)
    with archive.reading() as conn:
        assert conn.execute("SELECT result, competition FROM matches").fetchall() == [("right", "Serie A")]
        checks = conn.execute(
            "SELECT site, score_right FROM score_checks JOIN article_matches f ON f.id = article_match_id"
            " JOIN articles a ON a.id = f.article_id ORDER BY site"
        ).fetchall()
    assert checks == [("curva", 1), ("lanotizia", 0), ("ponente", 1)]


def test_unknown_clubs_are_kept_and_named(archive: Archive) -> None:
    done = import_results(archive, "a.csv", CSV.replace("Torino", "Real Nessuno"))
    assert (done.new, done.unlisted) == (2, ("Real Nessuno",))


def test_an_imported_squad_tells_whom_a_short_name_means(archive: Archive, tell: Tell) -> None:
    squad = "=  AC Milan - Italian Serie A 2023/24\n\n 19,  Théo Hernández (FRA),   DF,   b. 1997,   Real Madrid\n"
    assert import_players(archive, "milan.txt", squad) == 1
    assert import_players(archive, "milan.txt", squad) == 0
    tell("curva", "Milan-Torino 1-0", "2023-08-26 22:50", [goal(25, "Hernandez", "Milan")])
    with archive.reading() as conn:
        assert conn.execute("SELECT player_id FROM events WHERE type = 'goal'").fetchall() == [("theo-hernandez",)]
    with pytest.raises(BadSquad):
        import_players(archive, "x.txt", "niente")


@pytest.mark.skipif(not OPEN_DATA.exists(), reason="real calendars are not here")
def test_real_calendars_are_read_whole() -> None:
    for path in sorted(OPEN_DATA.glob("openfootball-italy/*/1-seriea.txt")):
        assert len(read_calendar(path.name, path.read_text(encoding="utf-8"))) == 380, path
    for path in sorted(OPEN_DATA.glob("football-datasets/datasets/serie-a/season-1[0-9]*.csv")):
        assert len(read_calendar(path.name, path.read_text(encoding="utf-8"))) == 380, path
