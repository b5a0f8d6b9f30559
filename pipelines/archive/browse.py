"""`python -m pipelines.archive.browse ARCHIVE`: Datasette with Moviola's pages on one archive, read-only."""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

from .archive import Archive
from .errors import ArchiveError

DATA = Path(__file__).resolve().parents[2] / "data"
UNUSABLE = 5  # docs/commands.md


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m pipelines.archive.browse",
        description="Opens an archive in Datasette, with pages for matches, articles, teams and players before it.",
        epilog="Example: python -m pipelines.archive.browse data/demo.db --port 8001",
    )
    parser.add_argument("archive", type=Path, metavar="ARCHIVE")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--host", default="127.0.0.1", help="0.0.0.0 lets other machines in (docs/publish.md)")
    parser.add_argument("--immutable", action="store_true", help="a copy that nobody writes to: faster")
    parser.add_argument("--no-sql", action="store_true", help="no arbitrary SQL from readers, for public hosts")
    given = parser.parse_args(arguments)
    try:
        Archive.open(given.archive, create=False, read_only=True).close()
    except ArchiveError as error:
        print(error, file=sys.stderr)
        return UNUSABLE
    command = datasette(given.archive, given.host, given.port, immutable=given.immutable, sql=not given.no_sql)
    print(f"{given.archive} at http://{given.host}:{given.port} (Ctrl-C ends it)", flush=True)
    return os.execv(sys.executable, command)  # noqa: S606 (our interpreter; Datasette takes our place and our signals)


def datasette(archive: Path, host: str, port: int, *, immutable: bool = False, sql: bool = True) -> list[str]:
    """The command that serves that one archive with what stands in data/; `datasette data/` would serve all in it."""
    settings = json.loads((DATA / "settings.json").read_text("utf-8"))
    if not sql:
        settings["default_allow_sql"] = False
    wanted = [
        *(["--immutable", str(archive)] if immutable else [str(archive)]),
        *("--host", host, "--port", str(port)),
        *("--metadata", str(DATA / "metadata.json")),
        *("--template-dir", str(DATA / "templates")),
        *("--plugins-dir", str(DATA / "plugins")),
        *("--static", f"static:{DATA / 'static'}"),
    ]
    for name, value in settings.items():
        wanted += ["--setting", name, ("on" if value else "off") if isinstance(value, bool) else str(value)]
    return [sys.executable, "-m", "datasette", "serve", *wanted]


if __name__ == "__main__":
    sys.exit(main())
