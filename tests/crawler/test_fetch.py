"""`make fetch`: one article from a saved page, stored and shown as read."""

from __future__ import annotations

import os
import subprocess
from html import escape
from pathlib import Path

import pytest

from tests.crawler.conftest import rows
from tests.newspaper.process import ROOT

ACCEPTANCE = ROOT.parent / "shared" / "acceptance" / "milan-atalanta.txt"
PROMO = ("LEGGI ANCHE", "Se vuoi approfondire", "RIPRODUZIONE RISERVATA", ">>>")


def page_of(paragraphs: list[str]) -> str:
    """The article as a page with header, menu and footer."""
    menu = "".join(
        f'<li><a href="/{name}">{name}</a></li>' for name in ("Serie A", "Mercato", "Rassegna stampa", "Video")
    )
    body = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in paragraphs)
    return (
        "<!doctype html><html lang=it><head><meta charset=utf-8><title>Milan-Atalanta 1-2, il secondo tempo</title>"
        '<link rel=canonical href="https://www.pianetamilan.it/stagione/milan-atalanta-1-2.html"></head><body>'
        f"<header><div class=logo>Il giornale</div><nav><ul>{menu}</ul></nav></header><main><article>"
        f"<h1>Milan-Atalanta 1-2, il secondo tempo</h1>{body}</article></main>"
        "<footer><p>Testata registrata, tutti i diritti riservati. Contatti, privacy, cookie</p></footer></body></html>"
    )


@pytest.mark.skipif(not ACCEPTANCE.is_file(), reason="the acceptance article is not here")
def test_the_acceptance_article_is_fetched_cleaned_and_read_whole(tmp_path: Path) -> None:
    paragraphs = [line for line in ACCEPTANCE.read_text(encoding="utf-8").splitlines() if line.strip()]
    page, archive = tmp_path / "page.html", tmp_path / "a.db"
    page.write_text(page_of(paragraphs), encoding="utf-8")
    done = subprocess.run(
        ["make", "-s", "fetch", f"URL={page}", f"ARCHIVE={archive}"],
        cwd=ROOT, capture_output=True, text=True, timeout=240, check=False, env={**os.environ, "COLUMNS": "200"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    ((text,),) = rows(archive, "SELECT text FROM bodies")
    for promo in PROMO:
        assert promo not in text
        assert promo not in done.stdout
    assert text.startswith(paragraphs[0])
    assert text.rstrip().endswith("hanno meritato il passaggio del turno.")
    assert rows(archive, "SELECT home, away, score_home, score_away FROM article_matches") == [
        ("Milan", "Atalanta", 1, 2)
    ]
    assert "Milan-Atalanta 1-2" in done.stdout
    assert rows(archive, "SELECT count(*) FROM claims") == [(20,)]
    assert rows(archive, "SELECT minute, player, method FROM claims WHERE type = 'goal'") == [
        (57, "Koopmeiners", "penalty")
    ]
