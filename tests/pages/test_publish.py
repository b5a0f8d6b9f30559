"""The copy for a public host: events with their sentences stay, the papers' articles go."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from pipelines.archive import browse, publish
from tests.pages.serving import opened


async def test_a_published_copy_shows_events_and_sentences_but_no_article(corpus_file: Path, tmp_path: Path) -> None:
    copy = tmp_path / "public.db"
    assert publish.main([str(corpus_file), str(copy)]) == 0
    with closing(sqlite3.connect(corpus_file)) as conn:
        match_id = conn.execute("SELECT id FROM matches ORDER BY articles DESC, id LIMIT 1").fetchone()[0]
        article_id, text = conn.execute(
            "SELECT article_id, text FROM article_matches JOIN bodies USING (article_id) WHERE match_id = ?",
            (match_id,),
        ).fetchone()
        claimed = conn.execute("SELECT evidence FROM claims WHERE article_id = ?", (article_id,)).fetchone()[0]
    untold = max((line for line in text.split("\n") if line not in claimed), key=len)
    datasette = opened(copy)
    article = (await datasette.client.get(f"/articoli/{article_id}")).text
    assert "mv-note" in article
    assert "<blockquote>" in article
    match = (await datasette.client.get(f"/partite/{match_id}")).text
    assert "mv-evidence" in match
    assert (await datasette.client.get(f"/articoli/{article_id}/pagina")).status_code == 404
    assert (await datasette.client.get("/cerca?q=rigore")).status_code == 200
    stored = copy.read_bytes().decode("utf-8", "replace")
    words = untold.split()
    assert " ".join(words[: min(8, len(words))]) not in stored, "the file still holds the article"


@pytest.mark.parametrize("archive", ["no-such.db", "."])
def test_it_refuses_in_one_sentence(archive: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert publish.main([archive, str(tmp_path / "copy.db")]) == publish.UNUSABLE
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_it_never_writes_over_the_archive(corpus_file: Path) -> None:
    before = corpus_file.stat().st_size
    assert publish.main([str(corpus_file), str(corpus_file)]) == publish.REFUSED
    assert corpus_file.stat().st_size == before


async def test_readers_of_a_public_host_send_no_sql_but_ask_the_ready_questions(corpus_file: Path) -> None:
    command = browse.datasette(corpus_file, "127.0.0.1", 8001, immutable=True, sql=False)
    assert command[command.index("default_allow_sql") + 1] == "off"
    assert command[command.index("--immutable") + 1] == str(corpus_file)
    datasette = opened(corpus_file, default_allow_sql=False)
    assert (await datasette.client.get("/corpus?sql=select+1")).status_code == 403
    assert (await datasette.client.get("/corpus/gol-tardivi?minute=80")).status_code == 200
    assert (await datasette.client.get("/domande/gol-tardivi?minute=80")).status_code == 200
