"""Asking the archive: which of Datasette's databases is one, and questions that run on its read-only connection."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from datasette.utils import sqlite_timelimit

APPLICATION_ID = 0x4D4F5649  # "MOVI" in the file's header, as pipelines/archive/database.py writes it
TIME_LIMIT = 4_000  # milliseconds for all questions of one page
PREFERRED = "moviola"  # the archive shown where `datasette data/` finds several that hold articles
T = TypeVar("T")
Row = dict[str, Any]
Question = Callable[[sqlite3.Connection], T]

_names: WeakKeyDictionary[Any, str] = WeakKeyDictionary()
_remembered: WeakKeyDictionary[Any, dict[str, tuple[float, Any]]] = WeakKeyDictionary()


class NoArchive(Exception):
    """None of the databases that Datasette serves is an archive."""


async def name_of_archive(datasette: Any) -> str:
    """The name under which Datasette serves the archive; NoArchive where it serves none."""
    known = _names.get(datasette)
    if known is not None and known in datasette.databases:
        return known
    names = [name for name, database in datasette.databases.items() if await is_archive(name, database)]
    if not names:
        raise NoArchive
    filled = [name for name in names if await holds_articles(datasette.databases[name])] or names
    _names[datasette] = PREFERRED if PREFERRED in filled else filled[0]
    return _names[datasette]


async def is_archive(name: str, database: Any) -> bool:
    """Whether a database of Datasette is an archive of Moviola."""
    if name.startswith("_"):
        return False
    try:
        return bool((await database.execute("PRAGMA application_id")).first()[0] == APPLICATION_ID)
    except sqlite3.Error:
        return False


async def holds_articles(database: Any) -> bool:
    try:
        return (await database.execute("SELECT 1 FROM articles LIMIT 1")).first() is not None
    except sqlite3.Error:
        return False


async def ask(datasette: Any, question: Question[T]) -> T:
    """What a question answers, from one consistent view of the archive, within TIME_LIMIT."""
    database = datasette.databases[await name_of_archive(datasette)]

    def within_limits(conn: sqlite3.Connection) -> T:
        with sqlite_timelimit(conn, TIME_LIMIT):
            conn.execute("BEGIN")
            try:
                return question(conn)
            finally:
                if conn.in_transaction:
                    conn.execute("ROLLBACK")

    answer: T = await database.execute_fn(within_limits)
    return answer


async def remember(datasette: Any, key: str, seconds: float, question: Question[T]) -> T:
    """As `ask`, but an answer less than that old serves again: for aggregates over the whole archive."""
    kept = _remembered.setdefault(datasette, {})
    now = time.monotonic()
    if key in kept and now - kept[key][0] < seconds:
        answer: T = kept[key][1]
        return answer
    answer = await ask(datasette, question)
    if len(kept) > 500:  # keys hold names from URLs: they must not fill the memory
        kept.clear()
    kept[key] = (now, answer)
    return answer


def forget_answers(datasette: Any) -> None:
    """Drop what was remembered of an archive."""
    _remembered.pop(datasette, None)
    _names.pop(datasette, None)


def rows(conn: sqlite3.Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> list[Row]:
    """All rows as dictionaries."""
    cursor = conn.execute(sql, values)
    columns = [column[0] for column in cursor.description]
    return [dict(zip(columns, row, strict=True)) for row in cursor]


def row(conn: sqlite3.Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Row | None:
    """The first row, None where there is none."""
    found = rows(conn, f"SELECT * FROM ({sql}) LIMIT 1", values)  # noqa: S608 (sql is written in this package)
    return found[0] if found else None


def value(conn: sqlite3.Connection, sql: str, values: Sequence[Any] | Mapping[str, Any] = ()) -> Any:
    """The first column of the first row, None where there is none."""
    found = conn.execute(sql, values).fetchone()
    return found[0] if found else None
