"""Ready questions (data/questions.toml): a page each, and canned queries of Datasette."""

from __future__ import annotations

import sqlite3
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from . import plots
from .archive import Row, remember, rows
from .page import asked, helpful, language_of, missing, render

FILE = Path(__file__).resolve().parents[2] / "questions.toml"
FRESH = 60.0  # seconds that an answer serves: most pass over all events of a type
PLOTTED = 120  # bars of a plot


@dataclass(frozen=True, slots=True)
class Question:
    """One question in both languages: `parameters` maps a name in the SQL to its default."""

    name: str
    titles: dict[str, str]
    notes: dict[str, str]
    sql: str
    parameters: dict[str, str] = field(default_factory=dict)
    plot: tuple[str, ...] = ()


@cache
def questions() -> dict[str, Question]:
    """The questions of the file, in its order; a faulty one stops with its name."""
    with FILE.open("rb") as file:
        told = tomllib.load(file)
    found = {}
    for name, entry in told.items():
        try:
            found[name] = Question(
                name,
                {language: entry[language] for language in ("it", "en")},
                {language: entry[f"note_{language}"] for language in ("it", "en")},
                entry["sql"].strip(),
                dict(entry.get("parameters", {})),
                tuple(entry.get("plot", ())),
            )
        except KeyError as error:
            raise ValueError(f"{FILE.name}: [{name}] lacks {error}") from None
    return found


def canned() -> dict[str, Row]:
    """The questions as Datasette's canned queries."""
    return {
        question.name: {"sql": question.sql, "title": question.titles["it"], "description": question.notes["it"]}
        | ({"params": list(question.parameters)} if question.parameters else {})
        for question in questions().values()
    }


async def offer(datasette: Any, database: str) -> None:
    """Give the questions to Datasette 1.0, which has no hook for canned queries any more."""
    if hasattr(datasette, "add_query"):
        for name, query in canned().items():
            told = {"title": query["title"], "description": query["description"], "parameters": query.get("params")}
            await datasette.add_query(database, name, query["sql"], is_trusted=True, source="moviola", **told)


def answer(conn: sqlite3.Connection, question: Question, given: dict[str, str]) -> tuple[list[str], list[Row]]:
    """The columns and rows that answer."""
    found = rows(conn, question.sql, {**question.parameters, **given})
    return (list(found[0]) if found else []), found


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/domande/<name>?parameter=…"""
    question = questions().get(asked(request, "name"))
    if question is None:
        return await missing(datasette, request, "question", asked(request, "name"))
    given = {name: (request.args.get(name) or default)[:60] for name, default in question.parameters.items()}
    key = f"question {question.name} {sorted(given.items())}"
    columns, found = await remember(datasette, key, FRESH, lambda conn: answer(conn, question, given))
    return await render(
        datasette, request, "question.html", question=question, given=given, columns=shown(columns), found=found,
        plot=plot_of(question, found, language_of(request)),
    )  # fmt: skip


def shown(columns: list[str]) -> list[str]:
    """The columns of the table: ids only lead somewhere, they are not read."""
    return [column for column in columns if column not in ("match_id", "player_id", "team_id")]


def plot_of(question: Question, found: list[Row], language: str) -> plots.Bars | None:
    if len(question.plot) != 2 or not found:
        return None
    label, number = question.plot
    bars = found[:PLOTTED]
    labels = [str(row[label] if row[label] is not None else "?")[:18] for row in bars]
    return plots.bars(question.titles[language], labels, [(number, [float(row[number] or 0) for row in bars])])


@helpful
async def index(request: Any, datasette: Any) -> Any:
    """/domande"""
    minutes = questions()["minuti"]
    _, found = await remember(datasette, "minutes", FRESH, lambda conn: answer(conn, minutes, {}))
    return await render(
        datasette, request, "questions.html", questions=list(questions().values()), minutes=minutes,
        plot=plot_of(minutes, filled(found), language_of(request)),
    )  # fmt: skip


def filled(found: list[Row]) -> list[Row]:
    """Goals by minute with the minutes in which nobody scored, up to the 90th."""
    goals = {row["minute"]: row["goals"] for row in found}
    return [{"minute": minute, "goals": goals.get(minute, 0)} for minute in range(1, max([90, *goals]) + 1)]
