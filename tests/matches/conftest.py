"""An archive to which a test adds papers' tellings in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from pipelines.archive import Archive
from pipelines.items import Article, Event, Evidence, Frame, Kind, Lineup, Page, Reading, Timestamp, Visit
from pipelines.matches import join_article

Tell = Callable[..., str]


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db", on_claims=join_article) as opened:
        yield opened


@pytest.fixture
def tell(archive: Archive) -> Tell:
    """`tell("curva", "Milan-Torino 2-0", "2021-01-09 22:50", [goal(25, "Leão", "Milan")])`: its URL."""
    count = 0

    def add(
        site: str, match: str | Sequence[str], at: str | None, events: Sequence[Event] = (), *, kind: Kind = "report",
        title: str = "", section: str | None = None, text: str = "", url: str = "", **frame: Any,
    ) -> str:  # fmt: skip
        nonlocal count
        count += 1
        url = url or f"https://{site}.example/{count}"
        moment = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Europe/Rome")).astimezone(UTC) if at else None
        frames = tuple(frame_of(each, **frame) for each in ([match] if isinstance(match, str) else match))
        told = tuple(
            Event(**{**values(event), "id": f"e{n}", "match": event.match or f"{frames[0].home}-{frames[0].away}"})
            for n, event in enumerate(events, start=1)
        )
        fetched = datetime(2026, 11, 22, 9, tzinfo=UTC)
        words = text or f"{url} {match} {at}"
        article = Article(
            url, title or f"{match}", words, sha256((title + words).encode()).hexdigest()[:32], section=section,
            published=Timestamp(moment, "json-ld") if moment else None,
        )  # fmt: skip
        page = Page(url, url, 200, {}, words.encode(), fetched)
        archive.write(Visit(url, site, "article", fetched, pages=(page,)), article, Reading(kind, frames, told, "test"))
        return url

    return add


def values(event: Event) -> dict[str, Any]:
    return {name: getattr(event, name) for name in Event.__dataclass_fields__}


def frame_of(match: str, **more: Any) -> Frame:
    """`Milan-Torino 2-0` or `Milan-Torino`."""
    teams, _, score = match.rpartition(" ") if match[-1].isdigit() else (match, "", "")
    home, _, away = teams.partition("-")
    told = tuple(map(int, score.split("-"))) if score else None
    if isinstance(more.get("date"), str):
        more["date"] = date.fromisoformat(more["date"])
    return Frame(home, away, score=told, **more)  # type: ignore[arg-type]


def event(
    type_: Any, minute: int | None = None, player: str | None = None, team: str | None = None, **more: Any
) -> Event:
    precision = more.pop("precision", "none" if minute is None else "exact")
    words = f"{type_} {minute} {player} {more}"
    return Event(
        id="", type=type_, match=more.pop("match", ""), team=team, minute=minute, player=player, precision=precision,
        period=more.pop("period", None if minute is None else 1 if minute <= 45 else 2),
        evidence=(Evidence(0, len(words), words, "test"),), **more,
    )  # fmt: skip


def goal(minute: int | None, player: str | None, team: str | None, **more: Any) -> Event:
    return event("goal", minute, player, team, **more)


def yellow(minute: int | None, player: str, team: str) -> Event:
    return event("yellow_card", minute, player, team)


def change(minute: int | None, comes: str | None, goes: str | None, team: str) -> Event:
    return event("substitution", minute, None, team, player_in=comes, player_out=goes)


def squad(*names: str) -> Lineup:
    return Lineup(starters=names)


def matches(archive: Archive) -> dict[str, list[str]]:
    """The matches of an archive with the addresses of those who tell them."""
    with archive.reading() as conn:
        found: dict[str, list[str]] = {row[0]: [] for row in conn.execute("SELECT id FROM matches ORDER BY 1")}
        for match, url in conn.execute(
            "SELECT match_id, url FROM article_matches JOIN articles a ON a.id = article_id"
            " WHERE match_id IS NOT NULL ORDER BY 1, 2"
        ):
            found[match].append(url)
        return found


def unsure(archive: Archive) -> dict[str, str]:
    with archive.reading() as conn:
        return dict(
            conn.execute(
                "SELECT url, unsure FROM article_matches JOIN articles a ON a.id = article_id WHERE match_id IS NULL"
            ).fetchall()
        )


def timeline(archive: Archive, match: str, *columns: str) -> list[tuple[Any, ...]]:
    names = columns or ("type", "minute", "player")
    with archive.reading() as conn:
        return conn.execute(
            f"SELECT {', '.join(names)} FROM events WHERE match_id = ? ORDER BY number", (match,)
        ).fetchall()
