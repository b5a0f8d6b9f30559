from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "moviola.db") as opened:
        yield opened
