"""Visits, articles and readings as the crawler and the reader would hand them to the archive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any

from pipelines.archive import Archive, Result
from pipelines.items import (
    Article,
    Event,
    Evidence,
    Failure,
    Found,
    Frame,
    Lineup,
    Link,
    Page,
    Reading,
    Skipped,
    Timestamp,
    Visit,
)

NOW = datetime(2024, 1, 10, 22, 30, tzinfo=UTC)
KICK_OFF = datetime(2024, 1, 10, 20, 0, tzinfo=UTC)
HOME = "https://www.lanotizia.example"
TEXT = "Leão porta avanti il Milan al 45'.\nPoi Koopmeiners pareggia e al 59' segna su rigore."


def address(number: int) -> str:
    return f"{HOME}/calcio/{number}"


def article(number: int = 1, text: str = TEXT, **fields: Any) -> Article:
    title = fields.pop("title", f"Milan-Atalanta 1-2, la cronaca numero {number}")
    example = Article(
        url=address(number),
        title=title,
        text=text,
        hash=sha256(f"{title}\n{text}".encode("utf-8", "surrogatepass")).hexdigest(),
        subtitle="I nerazzurri in semifinale di Coppa Italia",
        authors=("Redazione", "Anna Neri"),
        published=Timestamp(KICK_OFF, "json-ld"),
        tags=("milan", "atalanta"),
        headings=((0, 4),),
        links=(Link(f"{HOME}/altro", "altro"),),
        method="selectors",
    )
    return replace(example, **fields)


def reading(version: str = "1", minute: int = 59) -> Reading:
    frame = Frame(
        "Milan",
        "Atalanta",
        score=(1, 2),
        score_half=(1, 1),
        date=date(2024, 1, 10),
        competition="Coppa Italia",
        referee="Di Bello",
        lineups={
            "home": Lineup(
                "4-3-3", "Pioli", ("Maignan", "Leão"), ("Jović",), {"Leão": 6.5, "Adli": "s.v."}, {"Leão": 10}
            ),
        },
    )
    goal = Event(
        "e1", "goal", "Milan-Atalanta", team="Atalanta", side="away", period=2, minute=minute, precision="exact",
        player="Koopmeiners", method="penalty", score=(1, 2), confidence=0.9,
        evidence=(Evidence(35, 86, "Poi Koopmeiners pareggia e al 59' segna su rigore.", "goal_verb"),),
    )  # fmt: skip
    card = Event("e2", "yellow_card", "Milan-Atalanta", team="Milan", side="home", player="Leão", related=("e1",))
    return Reading("report", (frame,), (goal, card), version)


def page(number: int = 1, body: bytes | None = None, **fields: Any) -> Page:
    example = Page(
        url=address(number),
        final_url=address(number),
        status=200,
        headers={"content-type": "text/html; charset=utf-8", "etag": f'"v{number}"', "set-cookie": "id=1"},
        body=body if body is not None else f"<html><p>{TEXT}</p><i>{number}</i></html>".encode(),
        fetched=NOW,
    )
    return replace(example, **fields)


def visit(number: int = 1, *, at: datetime = NOW, **fields: Any) -> Visit:
    example = Visit(address(number), "lanotizia", "article", at, pages=(page(number, fetched=at),))
    return replace(example, **fields)


def failed(number: int, kind: str, *, at: datetime = NOW, **fields: Any) -> Visit:
    return visit(number, at=at, pages=(), failure=Failure(kind, **fields))


def feed(count: int = 3, *, at: datetime = NOW) -> Visit:
    """A visit of the feed that lists so many articles, the newest first."""
    found = tuple(
        Found(address(n), "lanotizia", "article", f"{HOME}/feed", at - timedelta(minutes=n))
        for n in range(1, count + 1)
    )
    return Visit(f"{HOME}/feed", "lanotizia", "feed", at, found=found)


def result(number: int) -> Result:
    """One page of a crawl: most hold an article, some none, some fail."""
    if number % 10 == 7:
        return Result(failed(number, "timeout"))
    if number % 10 == 8:
        return Result(visit(number), Skipped("no-article"))
    text = f"{TEXT}\nArticolo {number}. " + " ".join(f"parola{number * k % 97}" for k in range(50))
    return Result(visit(number), article(number, text), reading())


def dump(archive: Archive, *, without: tuple[str, ...] = ()) -> list[tuple[Any, ...]]:
    """Every row of every table, the search index included, but for the named columns."""
    return list(rows_of(archive, without))


def rows_of(archive: Archive, without: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    for table in archive.db.tables:
        columns = [column.name for column in table.columns if f"{table.name}.{column.name}" not in without]
        names = ", ".join(f'"{name}"' for name in columns)
        for row in archive.conn.execute(f'SELECT {names} FROM "{table.name}" ORDER BY {names}'):
            yield table.name, *row


def scalar(archive: Archive, question: str, *values: Any) -> Any:
    return archive.conn.execute(question, values).fetchone()[0]
