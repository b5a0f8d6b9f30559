"""The schema is a document: all of it is explained, and what docs/archive.md asks of it can be asked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipelines.archive import Archive, Result
from pipelines.archive.database import MIGRATIONS, migrations, statements

from .examples import article, feed, reading, visit

DOCS = (Path(__file__).parents[2] / "docs" / "archive.md").read_text()
QUESTIONS = re.findall(r"```sql\n(.+?)\n```", DOCS, re.DOTALL)
SHADOW = re.compile(r"articles_fts_|sqlite_")


@pytest.mark.parametrize("question", QUESTIONS)
def test_what_the_docs_ask_can_be_asked(archive: Archive, question: str) -> None:
    archive.write_many([Result(feed(2)), Result(visit(), article(), reading())])
    archive.conn.execute(question).fetchall()


def test_the_docs_name_every_table(archive: Archive) -> None:
    tables = {name for name in archive.db.table_names() + archive.db.view_names() if not SHADOW.match(name)}
    named = set(re.findall(r"\*\*(\w+)\*\*", DOCS))
    assert tables == named


@pytest.mark.parametrize("statement", [s for script in migrations() for s in statements(script) if "CREATE" in s])
def test_every_table_and_index_says_whom_it_serves(statement: str) -> None:
    """In a comment on its line or above it."""
    assert "-- " in statement


def test_migrations_are_numbered_without_gaps() -> None:
    names = sorted(file.name for file in MIGRATIONS.iterdir() if file.name.endswith(".sql"))
    assert [int(name.split("_")[0]) for name in names] == list(range(1, len(names) + 1))


def test_every_foreign_key_has_an_index_for_taking_parents_out(archive: Archive) -> None:
    """Removing an article or a match must not scan its children."""
    for table in archive.db.tables:
        for key in table.foreign_keys:
            if key.other_table not in ("articles", "matches", "events", "claims", "article_matches", "lineups"):
                continue
            plan = archive.conn.execute(
                f"EXPLAIN QUERY PLAN SELECT 1 FROM {table.name} WHERE {key.column} = 1"
            ).fetchone()[3]
            assert plan.startswith("SEARCH"), f"{table.name}.{key.column}: {plan}"
