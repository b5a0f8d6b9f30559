"""What is wrong with the file is told in one sentence, and nothing is half-written."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pipelines.archive import Archive, ArchiveError, Result
from pipelines.archive.database import APPLICATION_ID, migrations
from pipelines.items import Skipped

from .examples import NOW, article, dump, page, reading, result, scalar, visit

ROOT = Path(__file__).parents[2]


def refused(path: Path, **options: object) -> str:
    """The sentence that opening the archive ends with."""
    with pytest.raises(ArchiveError) as caught:
        Archive.open(path, **options)  # type: ignore[arg-type]
    sentence = str(caught.value)
    assert "\n" not in sentence and str(path) in sentence
    return sentence


def test_a_newer_version(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    Archive.open(path).close()
    with sqlite3.connect(path) as conn:
        conn.execute(f"PRAGMA user_version = {len(migrations()) + 1}")
    conn.close()
    before = path.read_bytes()
    assert "use a newer Moviola" in refused(path)
    assert path.read_bytes() == before


def test_a_database_of_something_else(tmp_path: Path) -> None:
    path = tmp_path / "photos.db"
    with sqlite3.connect(path) as conn:
        conn.execute("CREATE TABLE photos (id)")
    conn.close()
    before = path.read_bytes()
    assert "something else" in refused(path)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    path.write_text("Milan-Atalanta 1-2\n" * 200)
    assert "is not a SQLite database" in refused(path)
    assert path.read_text().startswith("Milan")


def test_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    with Archive.open(path) as archive:
        archive.write_many(result(number) for number in range(40))
    content = bytearray(path.read_bytes())
    for start in range(4096, len(content), 4096):
        content[start : start + 200] = b"\xff" * 200
    path.write_bytes(content)
    with pytest.raises(ArchiveError, match="is damaged: restore it from a backup"), Archive.open(path) as archive:
        archive.write(visit(), article(), reading())


def test_a_missing_file_is_not_made_by_who_only_reads(tmp_path: Path) -> None:
    assert "does not exist" in refused(tmp_path / "moviola.db", create=False)
    assert "does not exist" in refused(tmp_path / "moviola.db", read_only=True)
    assert not list(tmp_path.iterdir())


def test_a_folder(tmp_path: Path) -> None:
    assert "is a folder" in refused(tmp_path)


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "look whether its folder exists" in refused(tmp_path / "none" / "moviola.db")


def test_a_locked_archive(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    with Archive.open(path, timeout=0.05) as archive:
        archive.write(visit(1), article(1))
        before = dump(archive)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(ArchiveError, match="another program is writing"):
            archive.write(visit(2), article(2))
        other.execute("ROLLBACK")
        other.close()
        assert dump(archive) == before
        assert archive.write(visit(2), article(2)).new, "and it goes on once the other has ended"


def test_an_archive_opened_to_read(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    with Archive.open(path) as archive:
        archive.write(visit(), article())
        with Archive.open(path, read_only=True) as reader:
            assert scalar(reader, "SELECT count(*) FROM articles") == 1
            with pytest.raises(ArchiveError, match="read-only"):
                reader.write(visit(2), article(2))


def test_a_full_disk(archive: Archive) -> None:
    """max_page_count makes SQLite itself answer SQLITE_FULL, as it does when the disk is."""
    archive.write(visit(1), article(1), reading())
    before = dump(archive)
    archive.conn.execute(f"PRAGMA max_page_count = {scalar(archive, 'PRAGMA page_count') + 2}")
    with pytest.raises(ArchiveError, match="is full: make room"):
        archive.write_many([result(2), result(3), *big_results()])
    assert dump(archive) == before
    archive.conn.execute("PRAGMA max_page_count = 1000000")
    archive.write_many([result(2), *big_results()])
    assert scalar(archive, "PRAGMA integrity_check") == "ok"


def big_results() -> list[Result]:
    bodies = [os.urandom(50_000) for _ in range(3)]
    return [Result(visit(n, pages=(page(n, body=body),)), Skipped("no-article")) for n, body in enumerate(bodies, 50)]


WRITE_UNTIL_FULL = """
import resource, sys
from pathlib import Path
from pipelines.archive import Archive, ArchiveError
from tests.archive.examples import result
archive = Archive.open(Path(sys.argv[1]))
number = 0
try:
    while number < 5000:
        archive.write_many([result(number + n) for n in range(10)])
        number += 10
except ArchiveError as error:
    sys.exit(f"{number} {error}")
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    """A file size limit of the system: the write itself fails, with SIGXFSZ ignored as Python does."""
    path = tmp_path / "moviola.db"
    run = subprocess.run(
        [sys.executable, "-c", WRITE_UNTIL_FULL, str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000)),
    )
    written, sentence = run.stderr.strip().split(" ", 1)
    assert run.returncode == 1 and str(path) in sentence and "Traceback" not in run.stderr
    with Archive.open(path) as archive:
        assert scalar(archive, "PRAGMA integrity_check") == "ok"
        assert scalar(archive, "SELECT count(*) FROM urls") == int(written)


WRITE_AS_NOBODY = """
import os, sys
from pipelines.archive import Archive, ArchiveError
from tests.archive.examples import article, visit
if os.getuid() == 0:
    os.setgid(65534)
    os.setuid(65534)
try:
    with Archive.open(sys.argv[1]) as archive:
        archive.write(visit(2), article(2))
except ArchiveError as error:
    sys.exit(str(error))
"""


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_read_only_file_and_folder(tmp_path: Path) -> None:
    """Root may write anywhere, so that the writing process gives up being root."""
    folder = tmp_path / "frozen"
    folder.mkdir()
    path = folder / "moviola.db"
    with Archive.open(path) as archive:
        archive.write(visit(), article())
    for file in (*folder.iterdir(), folder):
        file.chmod(0o555 if file.is_dir() else 0o444)
    for parent in path.parents:
        if parent.stat().st_uid == os.getuid() and not parent.stat().st_mode & 0o005 and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o005)
    run = subprocess.run([sys.executable, "-c", WRITE_AS_NOBODY, str(path)], cwd=ROOT, capture_output=True, text=True)
    folder.chmod(0o755)
    assert run.returncode == 1 and "Traceback" not in run.stderr, run.stderr
    assert "cannot be written" in run.stderr or "cannot be opened" in run.stderr


class TestAnOlderArchive:
    def test_is_brought_up_to_date_and_keeps_what_it_holds(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = tmp_path / "moviola.db"
        with Archive.open(path) as archive:
            archive.write_many(result(number) for number in range(12))
            before = dump(archive)
        step = "ALTER TABLE sites ADD COLUMN club TEXT;\nUPDATE sites SET club = 'Milan'; -- a change to come\n"
        monkeypatch.setattr("pipelines.archive.database.migrations", lambda: [*migrations(), step])
        with Archive.open(path, read_only=True) as archive:  # who only wants to read need not crawl first
            assert scalar(archive, "SELECT club FROM sites") == "Milan"
            assert dump(archive, without=("sites.club",)) == before
            assert scalar(archive, "PRAGMA user_version") == len(migrations()) + 1

    def test_is_left_as_it_was_by_a_step_that_breaks(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "moviola.db"
        with Archive.open(path) as archive:
            before = dump(archive)
        step = "CREATE TABLE clubs (id);\nINSERT INTO nowhere VALUES (1);\n"
        monkeypatch.setattr("pipelines.archive.database.migrations", lambda: [*migrations(), step])
        with pytest.raises(sqlite3.OperationalError, match="nowhere"):
            Archive.open(path)
        monkeypatch.undo()
        with Archive.open(path) as archive:
            assert dump(archive) == before


def test_an_empty_file_becomes_an_archive(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"
    path.touch()
    with Archive.open(path) as archive:
        assert scalar(archive, "PRAGMA application_id") == APPLICATION_ID
        assert scalar(archive, "PRAGMA journal_mode") == "wal"
        assert archive.frontier.next_due("nessuno") is None
        assert archive.pages_of(1) == () and archive.forget("https://x.example", NOW).article_id is None


def test_many_may_make_the_same_archive_at_once(tmp_path: Path) -> None:
    path = tmp_path / "moviola.db"

    def open_and_write(number: int) -> str:
        with Archive.open(path) as archive:
            archive.write_many([result(number)])
            mode: str = scalar(archive, "PRAGMA journal_mode")
            return mode

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(open_and_write, range(12))) == {"wal"}
    with Archive.open(path, create=False) as archive:
        assert scalar(archive, "SELECT count(*) FROM urls") == 12
