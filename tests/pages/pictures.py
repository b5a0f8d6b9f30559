"""`python -m tests.pages.pictures [ARCHIVE]`: the pictures of docs/browse.md and README, taken from a demo archive."""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.pages.serving import ROOT, served
from tests.pages.test_browser import ARGUMENTS, CHROMIUM

FOLDER = ROOT / "docs" / "img"
SIZE = {"width": 1180, "height": 1000}


def main(archive: Path) -> None:
    """Take them."""
    with closing(sqlite3.connect(f"file:{archive}?mode=ro", uri=True)) as conn:
        match, teams = conn.execute(
            "SELECT id, replace(home_id || '+' || away_id, '-', '+') FROM matches ORDER BY articles DESC, id LIMIT 1"
        ).fetchone()
        article = conn.execute(
            "SELECT article_id FROM article_matches JOIN articles ON articles.id = article_id"
            " WHERE match_id = ? AND articles.kind = 'report' ORDER BY words DESC, article_id LIMIT 1",
            (match,),
        ).fetchone()[0]
    paths = {
        "home": "/",
        "match": f"/partite/{match}",
        "article": f"/articoli/{article}",
        "search": f"/cerca?q={teams}",
    }
    with served(archive) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        for name, path in paths.items():
            page = browser.new_page(viewport=SIZE)  # type: ignore[arg-type]
            page.goto(address + path)
            page.screenshot(path=FOLDER / f"{name}.png")
            print(f"docs/img/{name}.png  {path}")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "data" / "demo.db"))
