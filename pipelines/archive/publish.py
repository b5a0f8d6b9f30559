"""`python -m pipelines.archive.publish ARCHIVE COPY`: a copy for a public host, without the papers' articles.

What stays are the matches and events with the sentence, the paper and the link that tell each; what goes are the bodies
and their earlier versions, the saved pages, and what the crawler remembers of hosts and failures (docs/publish.md).
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

from .archive import Archive
from .errors import ArchiveError, told_plainly

REFUSED, UNUSABLE = 2, 5  # docs/commands.md
EMPTIED = ("pages", "snapshots", "dictionaries", "article_versions", "hosts", "failures")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines.archive.publish",
        description="Writes a copy of an archive for a public host: events with their sentences, no article bodies.",
        epilog="Example: python -m pipelines.archive.publish data/moviola.db public/moviola.db",
    )
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    parser.add_argument("copy", type=Path, metavar="COPY")
    given = parser.parse_args(arguments)
    if given.copy.exists() and given.copy.samefile(given.archive):
        print(f"{given.copy} is the archive itself: name another file", file=sys.stderr)
        return REFUSED
    try:
        publish(given.archive, given.copy)
    except (ArchiveError, OSError) as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    print(f"{given.copy}: {given.copy.stat().st_size / 2**20:.1f} MiB, no article bodies, no saved pages")
    return 0


def publish(archive: Path, copy: Path) -> None:
    """Write the copy, and put it in the place of an older one only when it is whole: a Datasette that serves the old
    file keeps it until it is started again."""
    unfinished = copy.with_name(f"{copy.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        with Archive.open(archive, create=False, read_only=True) as opened, opened.reading() as conn:
            conn.execute("VACUUM INTO ?", (str(unfinished),))
        with told_plainly(unfinished), closing(sqlite3.connect(unfinished, isolation_level=None)) as conn:
            strip(conn)
        unfinished.replace(copy)
    finally:
        unfinished.unlink(missing_ok=True)


def strip(conn: sqlite3.Connection) -> None:
    """Take out what is the papers' own; the search then knows titles and subtitles."""
    conn.execute("PRAGMA journal_mode = DELETE")  # one file, which a read-only folder can serve
    conn.execute("PRAGMA foreign_keys = OFF")
    conn.execute("BEGIN")
    for table in EMPTIED:
        conn.execute(f"DELETE FROM {table}")  # noqa: S608 (a name of this file)
    conn.execute("UPDATE bodies SET text = '', headings = '[]', links = '[]'")
    conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    conn.execute("COMMIT")
    conn.execute("VACUUM")


if __name__ == "__main__":
    sys.exit(main())
