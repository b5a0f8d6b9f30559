"""What several papers' claims make together."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.matches import rebuild
from pipelines.matches.assignment import best_pairs
from tests.matches.conftest import Tell, change, event, goal, squad, timeline, yellow

MATCH = "2021-01-09-milan-torino"
AT = "2021-01-09 22:50"


def test_three_papers_make_one_goal_and_the_third_dissents(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan", assist="Diaz")], kind="box")
    tell("ponente", "Milan-Torino 1-0", AT, [goal(25, "Rafael Leao", "Milan", assist="Brahim Diaz")])
    other = tell("lanotizia", "Milan-Torino 1-0", AT, [goal(28, "Leão", "Milan", assist="Kessié")])
    assert timeline(archive, MATCH, "minute", "player", "assist", "sources") == [(25, "Rafael Leao", "Brahim Diaz", 3)]
    with archive.reading() as conn:
        dissent = json.loads(conn.execute("SELECT dissent FROM events").fetchone()[0])
        number = conn.execute("SELECT id FROM articles WHERE url = ?", (other,)).fetchone()[0]
        evidence = conn.execute("SELECT count(*) FROM event_claims").fetchone()[0]
    assert dissent["minute"]["28'"] == [number]
    assert dissent["assist"]["Kessié"] == [number]
    assert evidence == 3


def test_a_copy_counts_once(archive: Archive, tell: Tell) -> None:
    wrong = [
        goal(26, "Leão", "Milan"),
        yellow(40, "Bremer", "Torino"),
        yellow(50, "Izzo", "Torino"),
        yellow(60, "Lyanco", "Torino"),
    ]
    tell("curva", "Milan-Torino 1-0", AT, wrong, text="le stesse parole", title="Milan avanti")
    tell("ponente", "Milan-Torino 1-0", AT, wrong, text="le stesse parole", title="Milan avanti")
    tell("novantesimo", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan")])
    tell("lanotizia", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan")])
    assert timeline(archive, MATCH, "type", "minute", "sources")[0] == ("goal", 25, 3)


def test_two_goals_of_one_player_stay_two(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 2-0", AT, [goal(25, "Leão", "Milan"), goal(29, "Leão", "Milan")])
    tell("ponente", "Milan-Torino 2-0", AT, [goal(26, "Leão", "Milan"), goal(30, "Leão", "Milan")])
    tell("lanotizia", "Milan-Torino 2-0", AT, [goal(None, "Leão", "Milan"), goal(None, "Leão", "Milan")])
    assert timeline(archive, MATCH, "player", "score_home", "score_away", "sources") == [
        ("Leão", 1, 0, 3), ("Leão", 2, 0, 3),
    ]  # fmt: skip


def test_one_goal_that_papers_give_to_two_scorers_is_one(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 1-0", AT, [goal(25, "Kessié", "Milan")])
    tell("ponente", "Milan-Torino 1-0", AT, [goal(25, "Kessié", "Milan")])
    tell("lanotizia", "Milan-Torino 1-0", AT, [goal(25, "Tonali", "Milan")])
    assert timeline(archive, MATCH, "player", "sources") == [("Kessié", 3)]


def test_a_box_outweighs_prose_and_an_exact_minute_a_rough_one(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 1-0", AT, [goal(23, "Leão", "Milan")], kind="box")
    tell("ponente", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan", precision="approximate")])
    tell("lanotizia", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan", precision="approximate")])
    assert timeline(archive, MATCH, "minute", "precision") == [(23, "exact")]


def test_a_paper_often_wrong_is_believed_less(archive: Archive, tell: Tell) -> None:
    """Thirty matches teach that one paper errs on minutes; in the next one two of three words stand alone."""
    for n in range(30):
        at, teams = f"2020-{1 + n // 28:02}-{1 + n % 28:02} 22:00", f"Real{chr(97 + n)}ona-Sportinga{chr(97 + n)}"
        for site, minute in (("curva", 30), ("ponente", 30), ("lanotizia", 30), ("novantesimo", 33)):
            tell(site, f"{teams} 1-0", at, [goal(minute, "Rossi", teams.split("-")[0])])
    tell("novantesimo", "Milan-Torino 1-0", AT, [goal(22, "Leão", "Milan")])
    tell("curva", "Milan-Torino 1-0", AT, [goal(26, "Leão", "Milan")])
    rebuild(archive)
    assert timeline(archive, MATCH, "minute") == [(26,)]
    with archive.reading() as conn:
        records = dict(conn.execute("SELECT site, wrong FROM source_records WHERE field = 'goal'").fetchall())
    assert records["novantesimo"] == 30
    assert records["curva"] == 0


def test_changes_pair_by_who_comes_and_who_goes(archive: Archive, tell: Tell) -> None:
    tell(
        "curva",
        "Milan-Torino 0-0",
        AT,
        [change(58, "Linetty", "Gojak", "Torino"), change(58, "Zaza", "Verdi", "Torino")],
    )
    tell(
        "ponente",
        "Milan-Torino 0-0",
        AT,
        [change(60, "Zaza", "Verdi", "Torino"), change(60, "Linetty", "Gojak", "Torino")],
    )
    tell("lanotizia", "Milan-Torino 0-0", AT, [change(None, "Zaza", None, "Torino")])
    assert timeline(archive, MATCH, "player_in", "player_out", "sources") == [
        ("Linetty", "Gojak", 2),
        ("Zaza", "Verdi", 3),
    ]


def test_a_second_yellow_told_as_a_card_of_its_own_is_the_red_one(archive: Archive, tell: Tell) -> None:
    red = event("red_card", 70, "Bremer", "Torino", second_yellow=True)
    tell("curva", "Milan-Torino 0-0", AT, [yellow(31, "Bremer", "Torino"), red])
    tell("ponente", "Milan-Torino 0-0", AT, [yellow(31, "Bremer", "Torino"), yellow(70, "Bremer", "Torino")])
    tell("lanotizia", "Milan-Torino 0-0", AT, [yellow(31, "Bremer", "Torino"), red])
    assert timeline(archive, MATCH, "type", "minute") == [("yellow_card", 31), ("red_card", 70)]


def test_short_and_full_names_are_one_player_and_two_of_a_surname_are_two(archive: Archive, tell: Tell) -> None:
    sheet = {"home": squad("Theo Hernandez", "Lucas Hernandez", "Lautaro Martinez")}
    tell("curva", "Milan-Torino 0-0", AT, [yellow(31, "Theo Hernandez", "Milan")], lineups=sheet)
    tell(
        "ponente", "Milan-Torino 0-0", AT, [yellow(50, "L. Martinez", "Milan"), yellow(60, "Lucas Hernandez", "Milan")]
    )
    tell("lanotizia", "Milan-Torino 0-0", AT, [yellow(50, "Lautaro", "Milan"), yellow(50, "Martinez", "Milan")])
    rows = timeline(archive, MATCH, "minute", "player", "player_id")
    assert rows == [
        (31, "Theo Hernandez", "theo-hernandez"),
        (50, "Lautaro Martinez", "lautaro-martinez"),
        (60, "Lucas Hernandez", "lucas-hernandez"),
    ]


def test_a_players_side_is_that_of_the_line_ups(archive: Archive, tell: Tell) -> None:
    tell(
        "curva",
        "Milan-Torino 1-0",
        AT,
        [goal(25, "Leão", "Milan")],
        lineups={"home": squad("Leão"), "away": squad("Izzo")},
    )
    tell("ponente", "Milan-Torino 1-0", AT, [yellow(40, "Izzo", "Milan")])
    tell("lanotizia", "Milan-Torino 1-0", AT, [yellow(40, "Izzo", None)])  # type: ignore[arg-type]
    assert timeline(archive, MATCH, "type", "side", "sources")[1] == ("yellow_card", "away", 2)


@given(st.lists(st.lists(st.integers(-3, 9), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_pairing_is_the_best_there_is(likeness: list[list[int]]) -> None:
    """Against trying all pairings."""

    def best(row: int, taken: frozenset[int]) -> int:
        if row == len(likeness):
            return 0
        others = [
            likeness[row][c] + best(row + 1, taken | {c}) for c in range(4) if c not in taken and likeness[row][c] > 0
        ]
        return max([best(row + 1, taken), *others])

    pairs = best_pairs(likeness)
    assert len({r for r, _ in pairs}) == len({c for _, c in pairs}) == len(pairs)
    assert sum(likeness[r][c] for r, c in pairs) == best(0, frozenset())


@pytest.mark.parametrize("score", ["2-1", "1-1"])
def test_goals_too_many_for_the_score_are_a_contradiction_if_papers_agree_on_them(
    archive: Archive, tell: Tell, score: str
) -> None:
    told = [goal(10, "Leão", "Milan"), goal(50, "Kessié", "Milan"), goal(80, "Zaza", "Torino")]
    for site in ("curva", "ponente", "lanotizia"):
        tell(site, f"Milan-Torino {score}", AT, told)
    with archive.reading() as conn:
        contradiction = conn.execute("SELECT contradiction FROM matches").fetchone()[0]
    assert (contradiction is None) == (score == "2-1")
    assert score == "2-1" or "2 goals of Milan are told, the score has 1" in contradiction


def test_a_score_that_two_papers_tell_otherwise_is_a_contradiction(archive: Archive, tell: Tell) -> None:
    for site, score in (("curva", "1-0"), ("ponente", "1-0"), ("novantesimo", "1-0"), ("lanotizia", "2-0")):
        tell(site, f"Milan-Torino {score}", AT, [goal(10, "Leão", "Milan")])
    with archive.reading() as conn:
        assert conn.execute("SELECT score_home, contradiction FROM matches").fetchall() == [(1, None)]
    tell("gazzetta", "Milan-Torino 2-0", AT, [goal(10, "Leão", "Milan")])
    with archive.reading() as conn:
        assert conn.execute("SELECT contradiction FROM matches").fetchone() == ("the score is told as 1-0 and as 2-0",)


def test_whoever_has_left_does_not_score_any_more(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 1-0", AT, [change(60, "Zaza", "Leão", "Milan"), goal(55, "Leão", "Milan")])
    tell("ponente", "Milan-Torino 1-0", AT, [change(60, "Zaza", "Leão", "Milan"), goal(65, "Leão", "Milan")])
    tell("lanotizia", "Milan-Torino 1-0", AT, [change(60, "Zaza", "Leão", "Milan"), goal(65, "Leão", "Milan")])
    assert timeline(archive, MATCH, "type", "minute") == [("goal", 55), ("substitution", 60)]


def test_one_more_article_changes_only_its_match(archive: Archive, tell: Tell) -> None:
    for site in ("curva", "ponente"):
        tell(site, "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan"), yellow(31, "Bremer", "Torino")])
        tell(site, "Lecce-Bari 1-0", AT, [goal(25, "Chevanton", "Lecce"), yellow(31, "Esposito", "Bari")])
    before = timeline(archive, "2021-01-09-lecce-bari", "*")
    tell("lanotizia", "Milan-Torino 1-0", AT, [goal(25, "Leão", "Milan"), yellow(31, "Bremer", "Torino")])
    assert timeline(archive, "2021-01-09-lecce-bari", "*") == before
    assert [row[0] for row in timeline(archive, MATCH, "sources")] == [3, 3]
