"""What a paper changed in an article: one version against the next, word by word."""

from __future__ import annotations

import difflib
import re
import sqlite3
from typing import Any

from .archive import Row, ask, row
from .article import number
from .page import asked, helpful, missing, render

WORD = re.compile(r"\s+|\S+")
MOST_WORDS = 3_000  # compared one by one, 0.3 s at most; longer texts are compared line by line
MOST_LINES = 1_500
VERSION = "SELECT number, seen, title, subtitle, text FROM article_versions WHERE article_id = ? AND number = ?"
TODAY = """SELECT NULL AS number, changed AS seen, title, subtitle, text FROM articles
    JOIN bodies ON article_id = id WHERE id = ?"""


def read(conn: sqlite3.Connection, article_id: int, version: int) -> tuple[Row, Row] | None:
    """A version and the one after it."""
    before = row(conn, VERSION, (article_id, version))
    after = row(conn, VERSION, (article_id, version + 1)) or row(conn, TODAY, (article_id,))
    return (before, after) if before and after else None


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/articoli/<id>/versioni/<number>"""
    name, version = asked(request, "id"), asked(request, "number")
    article_id, which = number(name), number(version)
    if article_id is None or which is None:
        return await missing(datasette, request, "article", f"{name} {version}")
    found = await ask(datasette, lambda conn: read(conn, article_id, which))
    if found is None:
        return await missing(datasette, request, "article", f"{name} {version}")
    before, after = found
    pieces = difference(wording_of(before), wording_of(after))
    return await render(
        datasette, request, "version.html", article_id=article_id, before=before, after=after, pieces=pieces
    )


def wording_of(version: Row) -> str:
    return "\n".join(part for part in (version["title"], version["subtitle"], version["text"]) if part)


def difference(before: str, after: str) -> list[tuple[str, str]]:
    """[(same, del or ins, text), …]

    >>> difference("Gol di Rossi al 12'", "Gol di Bianchi al 12'")
    [('same', 'Gol di '), ('del', 'Rossi'), ('ins', 'Bianchi'), ('same', " al 12'")]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        old, new = (text.splitlines(keepends=True)[:MOST_LINES] for text in (before, after))
    found: list[tuple[str, str]] = []
    for kind, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(("same", shortened("".join(old[i:j]))))
            continue
        found += [("del", "".join(old[i:j]))] if i < j else []
        found += [("ins", "".join(new[k:m]))] if k < m else []
    return found


def shortened(text: str) -> str:
    """What stayed the same, its middle left out."""
    return text if len(text) < 600 else f"{text[:280]} […] {text[-280:]}"
