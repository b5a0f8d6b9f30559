"""No reading, however odd, breaks the joining: an exception here would stop a crawl's writing."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, get_args

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.archive import Archive
from pipelines.items import (
    Article,
    Event,
    EventType,
    Evidence,
    Frame,
    Kind,
    Lineup,
    Page,
    Precision,
    Reading,
    Timestamp,
    Visit,
)
from pipelines.matches import export, join_article, rebuild
from pipelines.matches.exports import FORMATS

NAMES = st.sampled_from(
    [
        "",
        " ",
        "-",
        "'",
        "Rossi",
        "ROSSI",
        "M. Rossi",
        "Mario Rossi",
        "Rossi M.",
        "De Rossi",
        "Bianchi",
        "É",
        "1",
        "Jr",
        "…",
        "\u202e",
        "x" * 300,
    ]
)
TEAMS = st.sampled_from(
    ["Milan", "Torino", "AC Milan", "Real", "Real Montefosco", "Montefosco", "", "-", "U.S.", "'", "Ø"]
)
MINUTES = st.none() | st.integers(-5, 200)
SCORES = st.none() | st.tuples(st.integers(0, 12), st.integers(0, 12))
WORDS = st.none() | st.sampled_from(["", "penalty", "own_goal", "saved", "coach", "overturned", "x"])


def some(**kinds: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=kinds)


PLACES = st.builds(Evidence, st.integers(0, 9), st.integers(0, 9), NAMES, st.just("r"))
EVENTS = st.builds(
    lambda kind, team, more: Event(id="e", type=kind, match="", team=team, **more),
    st.sampled_from(get_args(EventType)),
    st.none() | TEAMS,
    some(
        side=st.sampled_from(["home", "away", None]), period=st.none() | st.integers(-1, 9), minute=MINUTES,
        minute_end=MINUTES, stoppage=st.none() | st.integers(-3, 60), stoppage_unknown=st.none() | st.booleans(),
        precision=st.sampled_from(get_args(Precision)), player=st.none() | NAMES, assist=st.none() | NAMES,
        opponent=st.none() | NAMES, player_in=st.none() | NAMES, player_out=st.none() | NAMES, method=WORDS,
        outcome=WORDS, reason=WORDS, subject=WORDS, decision=WORDS, role=WORDS, score=SCORES,
        second_yellow=st.none() | st.booleans(),
        confidence=st.floats(0, 1),
        evidence=st.lists(PLACES, max_size=2).map(tuple),
    ),
)  # fmt: skip
SHEETS = st.builds(
    Lineup, formation=st.none() | NAMES, coach=st.none() | NAMES, starters=st.lists(NAMES, max_size=12).map(tuple),
    bench=st.lists(NAMES, max_size=4).map(tuple),
)  # fmt: skip
FRAMES = st.builds(
    lambda home, away, more: Frame(home, away, **more),
    TEAMS,
    TEAMS,
    some(
        score=SCORES, score_half=SCORES, score_90=SCORES, score_shootout=SCORES, competition=st.none() | NAMES,
        date=st.dates(date(2020, 12, 25), date(2021, 1, 20)), round=st.none() | NAMES, referee=st.none() | NAMES,
        venue=st.none() | NAMES, lineups=st.fixed_dictionaries({}, optional={"home": SHEETS, "away": SHEETS}),
    ),
)  # fmt: skip
TELLINGS = st.tuples(
    st.lists(FRAMES, min_size=1, max_size=2), st.lists(EVENTS, max_size=8), st.none() | st.integers(0, 400),
    st.sampled_from(get_args(Kind)),
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(TELLINGS, min_size=1, max_size=6))
def test_odd_readings_are_joined_rebuilt_and_exported(tmp_path: Path, told: list[Any]) -> None:
    path = tmp_path / "a.db"
    for ending in ("", "-wal", "-shm"):
        path.with_name(f"a.db{ending}").unlink(missing_ok=True)
    with Archive.open(path, on_claims=join_article) as archive:
        for number, (frames, events, hours, kind) in enumerate(told):
            write(archive, number, frames, events, hours, kind)
        with archive.reading() as conn:
            assert conn.execute("SELECT count(*) FROM failures").fetchone() == (0,)
        rebuild(archive)
        with archive.reading() as conn:
            for form in FORMATS:
                list(export(conn, form))
            assert conn.execute("PRAGMA foreign_key_check").fetchall() == []


def write(
    archive: Archive, number: int, frames: list[Frame], events: list[Event], hours: int | None, kind: Any
) -> None:
    at = datetime(2021, 1, 1, tzinfo=UTC)
    url = f"https://curva.example/{number}"
    first = f"{frames[0].home}-{frames[0].away}"
    own = tuple(Event(**{f.name: getattr(e, f.name) for f in fields(Event)} | {"match": first}) for e in events)
    published = Timestamp(at + timedelta(hours=hours), "meta") if hours is not None else None
    article = Article(url, "t", f"testo {number}", f"hash{number}", published=published)
    page = Page(url, url, 200, {}, f"{number}".encode(), at)
    archive.write(Visit(url, "curva", "article", at, pages=(page,)), article, Reading(kind, tuple(frames), own, "test"))
