"""The index finds what is stored, and follows every change."""

from __future__ import annotations

from datetime import timedelta

import pytest
from datasette.utils import detect_fts

from pipelines.archive import Archive, Result

from .examples import NOW, article, reading, scalar, visit


def hits(archive: Archive, query: str) -> list[int]:
    rows = archive.conn.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY rowid", (query,))
    return [row[0] for row in rows]


@pytest.mark.parametrize("query", ["leao", "LEÃO", "semifinale", "cronaca", '"segna su rigore"'])
def test_title_subtitle_and_text_are_found_without_accents(archive: Archive, query: str) -> None:
    archive.write(visit(), article(), reading())
    assert hits(archive, query) == [1]


def test_edits_are_followed(archive: Archive) -> None:
    archive.write(visit(1), article(1))
    archive.write(visit(1, at=NOW + timedelta(hours=1)), article(1, "Scamacca al fotofinish"))
    assert hits(archive, "koopmeiners") == [] and hits(archive, "scamacca") == [1]


def test_an_article_new_and_edited_in_one_transaction_is_indexed_as_it_ends(archive: Archive) -> None:
    archive.write_many(
        [
            Result(visit(1), article(1, "uno")),
            Result(visit(2), article(2, "due")),
            Result(visit(1, at=NOW + timedelta(hours=1)), article(1, "tre")),
        ]
    )
    assert (hits(archive, "uno"), hits(archive, "due"), hits(archive, "tre")) == ([], [2], [1])
    archive.conn.execute("INSERT INTO articles_fts (articles_fts, rank) VALUES ('integrity-check', 1)")


def test_datasette_finds_the_index(archive: Archive) -> None:
    assert detect_fts(archive.conn, "articles_text") == "articles_fts"


def test_snippets_are_cut_from_the_stored_text(archive: Archive) -> None:
    archive.write(visit(), article())
    query = "SELECT snippet(articles_fts, 2, '[', ']', '…', 4) FROM articles_fts WHERE articles_fts MATCH 'rigore'"
    assert "[rigore]" in scalar(archive, query)
