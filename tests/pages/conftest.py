from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette

from pipelines.archive import Archive
from tests.matches.corpus import corpus_archive
from tests.pages.serving import opened


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of the dev part of the corpus, joined into matches from its reference readings."""
    path = tmp_path_factory.mktemp("pages") / "corpus.db"
    archive = corpus_archive(path, "dev")
    for name, title in (("curva", "La Curva"), ("lanotizia", "La Notizia Sportiva"), ("ponente", "Ponente")):
        archive.declare_site(name, title, f"https://{name}.example/")
    archive.close()
    return path


@pytest.fixture(scope="session")
def pages(corpus_file: Path) -> Datasette:
    """Datasette on that archive, as `make browse` starts it."""
    return opened(corpus_file)


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Any]:
    """An archive without a row, and Datasette on it: (archive, datasette)."""
    with Archive.open(tmp_path / "empty.db") as archive:
        yield archive, opened(archive.path)
