"""An archive, a site and a schedule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.schedule import Schedule, read_schedule
from crawler.site import Site
from pipelines.archive import Archive

NOON = datetime(2026, 11, 18, 11, tzinfo=UTC)  # 12 o'clock in Italy, a Wednesday


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "a.db") as opened:
        yield opened


@pytest.fixture
def schedule() -> Schedule:
    return read_schedule()


@pytest.fixture
def site() -> Site:
    return Site(
        name="ilrombo",
        title="Il Rombo",
        home="https://ilrombo.example/",
        follows="Parma",
        feeds=("https://ilrombo.example/feed/",),
        listings=("https://ilrombo.example/calcio/",),
        allow=(re.compile("/calcio/"),),
        every=30,
    )
