"""The pure parts of the pages: marked texts, the timeline, the table, strings."""

from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.pages.serving import DATA


@pytest.fixture(autouse=True)
def plugin(pages: Any) -> Any:
    """Datasette has loaded the plugin, so that its package can be imported."""
    return pages


def keys(table: dict[str, Any], before: str = "") -> set[str]:
    return {
        name
        for key, value in table.items()
        for name in (keys(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}"})
    }


def test_both_languages_have_the_same_strings() -> None:
    strings = tomllib.loads((DATA / "strings.toml").read_text("utf-8"))
    assert keys(strings["it"]) == keys(strings["en"])


def test_templates_ask_for_no_string_that_is_missing() -> None:
    known = keys(tomllib.loads((DATA / "strings.toml").read_text("utf-8"))["it"])
    asked = {
        name
        for template in (DATA / "templates" / "mv").glob("*.html")
        for name in re.findall(r"\bt\.(\w+)(?!\w*\()|\bt\(\"(\w+)\"[,)]", template.read_text("utf-8"))
        for name in name
        if name
    }
    assert len(asked) > 80
    assert asked - known - {"number", "day", "moment", "count", "of"} == set()


@given(
    st.text(alphabet="ab\n\t", max_size=60),
    st.lists(st.tuples(st.integers(-3, 70), st.integers(-3, 70), st.integers(1, 4)), max_size=6),
)
def test_marking_changes_no_letter(text: str, places: list[tuple[int, int, int]]) -> None:
    from moviola_pages.marking import Span, blocks, marked

    spans = [Span(*place) for place in places]
    assert "".join(run.text for run in marked(text, spans)) == text
    shown = [
        run.text for block in blocks(text, [], spans) for runs in (block.runs, *sum(block.rows, ())) for run in runs
    ]
    assert "".join(shown) == re.sub(r"[\n\t]", "", text)


def test_marks_carry_what_they_tell() -> None:
    from moviola_pages.marking import Span, marked

    runs = marked("Gol di Rossi al 12'", [Span(0, 12, 1), Span(7, 19, 2)])
    assert [(run.text, run.keys) for run in runs] == [("Gol di ", (1,)), ("Rossi", (1, 2)), (" al 12'", (2,))]


def event(number: int, **fields: Any) -> Any:
    from moviola_pages.happenings import DETAILS, told
    from moviola_pages.wording import wording

    empty = dict.fromkeys(
        ("period", "minute", "minute_end", "stoppage", "stoppage_unknown", "precision", "player", "assist", "opponent",
         "player_in", "player_out", "score_home", "score_away", "second_yellow", "role", *DETAILS)
    )  # fmt: skip
    ids = dict.fromkeys(("player_id", "assist_id", "opponent_id", "player_in_id", "player_out_id"))
    return told({**empty, **ids, "number": number, "type": "goal", "side": "home", **fields}, wording("it"))


@pytest.mark.parametrize(
    ("fields", "minute"),
    [
        ({"minute": 23}, "23′"), ({"minute": 45, "stoppage": 2}, "45′+2"),
        ({"minute": 90, "stoppage_unknown": 1}, "90′+"),
        ({"minute": 30, "precision": "approximate"}, "~30′"), ({"minute": 62, "minute_end": 65}, "62–65′"),
        ({"period": 2}, "2T"), ({}, ""), ({"period": 5}, "rig."),
    ],
)  # fmt: skip
def test_minutes_are_told_as_they_are_known(fields: dict[str, Any], minute: str) -> None:
    assert event(1, **fields).minute == minute


def test_the_axis_runs_from_the_first_minute_to_the_last() -> None:
    from moviola_pages.timeline import draw

    events = [
        event(1, period=1, minute=1), event(2, period=1, minute=45, stoppage=3), event(3, period=2, minute=46),
        event(4, period=2, minute=90, stoppage=8),
    ]  # fmt: skip
    picture = draw(events, 1000)
    along = [mark.along for mark in picture.marks]
    assert along == sorted(along)
    assert along[0] > 0
    assert along[-1] == 1000
    assert [name for _, name in picture.ticks] == ["0", "15", "30", "45", "60", "75", "90"]
    assert "120" in [name for _, name in draw([event(1, period=4, minute=119)], 1000).ticks]


def test_marks_at_one_minute_stand_in_lanes_of_their_own() -> None:
    from moviola_pages.timeline import draw

    picture = draw([event(number, minute=60) for number in range(5)], 1000)
    assert sorted(mark.lane for mark in picture.marks) == [0, 1, 2, 3, 4]
    assert picture.lanes_home == 5


def test_who_leads_is_drawn_from_goal_to_goal() -> None:
    from moviola_pages.timeline import draw

    goals = [
        event(1, minute=10, score_home=1, score_away=0),
        event(2, minute=20, side="away", score_home=1, score_away=1),
        event(3, minute=30, side="away", score_home=1, score_away=2),
    ]
    stretches = draw(goals, 900).stretches
    assert [(part.score, part.lead) for part in stretches] == [
        ("0–0", "level"), ("1–0", "home"), ("1–1", "level"), ("1–2", "away"),
    ]  # fmt: skip
    assert stretches[0].start == 0
    assert stretches[-1].end == 900


def played(home: str, away: str, *score: int | None) -> dict[str, Any]:
    return {
        "home_id": home,
        "away_id": away,
        "home": home,
        "away": away,
        "score_home": score[0],
        "score_away": score[1],
    }


def test_the_table_adds_up_and_leaves_matches_without_a_score_out() -> None:
    from moviola_pages.competition import table

    lines = table([played("A", "B", 2, 1), played("B", "C", 0, 0), played("C", "A", None, None)], "2023-24")
    assert [(line.team, line.points, line.played, line.difference) for line in lines] == [
        ("A", 3, 1, 1), ("C", 1, 1, 0), ("B", 1, 2, -1),
    ]  # fmt: skip
    assert table([played("A", "B", 2, 1)], "1990-91")[0].points == 2


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.it/x", True), ("http://a.it", True), ("javascript:alert(1)", False), ("JaVaScRiPt:x", False),
        (" https://a.it", False), ("https:\n//a.it", False), ("data:text/html,x", False), ("//a.it", False),
        ("", False), ("https://", False), (None, False), ("http://[", False),
    ],
)  # fmt: skip
def test_only_web_addresses_lead_out(url: str | None, kept: bool) -> None:
    from moviola_pages.addresses import outside

    assert bool(outside(url)) is kept


def test_the_sentence_shown_at_once_is_prose_that_names_the_man() -> None:
    from moviola_pages.quotes import foremost

    def telling(kind: str, sentence: str) -> dict[str, Any]:
        return {"kind": kind, "paper": kind, "quotes": [{"sentence": sentence, "rule": ""}]}

    box = telling("box", "Marcatori: 23' e 36' Rossi, 49' Bianchi, 72' Verdi, 76' Neri, 90'+4 Gialli")
    live = telling("live", "GOL! Rossi la mette all'angolo dopo il cross")
    report = telling("report", "Rossi si accentra e la mette all'angolo basso")
    other = telling("report", "Il portiere resta fermo e guarda il pallone entrare")
    found = foremost([box, other, live, report], ["Piero Rossi"])
    assert found is not None
    assert found["paper"] == "report"
    assert "Rossi" in found["sentence"]
    assert foremost([box], ["Piero Rossi"]) is None
    assert foremost([], []) is None
