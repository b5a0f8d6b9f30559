"""The sample newspaper and the commands that crawl it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.newspaper.process import ROOT, Running, running

SITES = ("lanotizia", "ponente", "novantesimo", "curva")
QUICK = ("-s", "PATIENCE=0", "-L", "ERROR")


@pytest.fixture(scope="module")
def newspaper() -> Iterator[Running]:
    with running("--delay", "0") as server:
        yield server


def command(archive: Path, port: int, *arguments: str) -> list[str]:
    scrapy = str(Path(sys.executable).parent / "scrapy")
    return [scrapy, arguments[0], "-s", f"SAMPLE_PORT={port}", "-s", f"ARCHIVE={archive}", *QUICK, *arguments[1:]]


def crawl(archive: Path, port: int, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the project, by default a visit of all four papers."""
    line = command(archive, port, *(arguments or ("visit", *SITES)))
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)


def rows(archive: Path, question: str) -> list[tuple]:
    with sqlite3.connect(archive) as conn:
        return conn.execute(question).fetchall()
