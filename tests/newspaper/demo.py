"""`python -m tests.newspaper.demo [ARCHIVE]`: crawl the sample newspaper into a new archive, show what came of it."""

from __future__ import annotations

import argparse
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from tests.newspaper.papers import PAPERS
from tests.newspaper.process import ROOT, running

SCRAPY = Path(sys.executable).parent / "scrapy"
REFUSED = 2  # docs/commands.md


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.newspaper.demo",
        description="Crawls the sample newspaper with the real spiders and prints what was found and one match.",
        epilog="Example: python -m tests.newspaper.demo data/demo.db",
    )
    parser.add_argument("archive", type=Path, nargs="?", default=Path("data/demo.db"), metavar="ARCHIVE")
    archive = parser.parse_args().archive.resolve()
    if reason := not_a_demo(archive):
        print(f"{archive} {reason}: name another file for the demo", file=sys.stderr)
        return REFUSED
    for old in (archive, *(archive.with_name(f"{archive.name}{ending}") for ending in ("-wal", "-shm"))):
        old.unlink(missing_ok=True)
    archive.parent.mkdir(parents=True, exist_ok=True)
    code = demo(archive)
    if code == 0:
        print(f"\nBrowse it:  make browse ARCHIVE={shown(archive)}")
    return code


def demo(archive: Path) -> int:
    """Crawl the four papers, show the match that most of them tell; the exit code."""
    with running() as newspaper:
        print(
            f"The sample newspaper listens on 127.0.0.1:{newspaper.port}; crawling it into {shown(archive)}", flush=True
        )
        options = ["-s", f"SAMPLE_PORT={newspaper.port}", "-s", f"ARCHIVE={archive}", "-s", "PATIENCE=0", "-L", "ERROR"]
        crawled = subprocess.run([SCRAPY, "visit", *PAPERS, *options], cwd=ROOT, check=False).returncode
    if crawled:
        return crawled
    # what all papers tell has taught how far each is to be believed: the matches are joined once more, knowing it
    subprocess.run([SCRAPY, "rebuild", "-s", f"ARCHIVE={archive}"], cwd=ROOT, check=True)
    print(flush=True)
    return subprocess.run([SCRAPY, "show", "-s", f"ARCHIVE={archive}", "-L", "ERROR"], cwd=ROOT, check=False).returncode


def not_a_demo(archive: Path) -> str:
    """Why a file must not be replaced by the demo's archive; empty where it is an older one of it, or none."""
    if not archive.exists():
        return ""
    try:
        with closing(sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)) as conn:
            sites = {str(site) for (site,) in conn.execute("SELECT DISTINCT site FROM urls")}
    except sqlite3.Error:
        return "is no archive of the demo"
    return "holds other sites than the sample newspaper" if sites - set(PAPERS) else ""


def shown(path: Path) -> str:
    """A path as a person in the project's folder would write it."""
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


if __name__ == "__main__":
    sys.exit(main())
