"""Opening the file: its settings, its version and the migrations that bring an older archive up to date."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path

from .errors import ArchiveError

APPLICATION_ID = 0x4D4F5649  # "MOVI" in the file's header: tells an archive from any other database
MIGRATIONS = resources.files(__package__) / "migrations"


def connect(path: Path, *, create: bool, read_only: bool, timeout: float) -> sqlite3.Connection:
    """An open connection to an archive of today's version, with its settings made."""
    if not (create and not read_only) and not path.is_file():
        raise ArchiveError(f"{path} does not exist: run a crawl first")
    if path.is_dir():
        raise ArchiveError(f"{path} is a folder: name a file in it")
    mode = "ro" if read_only else "rwc" if create else "rw"
    # The threads of one process share the connection; Archive lets one in at a time.
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=timeout,
        isolation_level=None,  # transactions are begun and ended by name
        check_same_thread=False,
        cached_statements=256,
    )
    try:
        check_version(conn, path, read_only)
        settle(conn, read_only, timeout)
        for number, script in enumerate(migrations(), start=1):
            if number > version_of(conn, path):
                migrate(conn, path, number, script)
    except BaseException:
        conn.close()
        raise
    return conn


def is_older(path: Path, timeout: float) -> bool:
    """Whether the file is an archive that lacks some of today's migrations."""
    if not path.is_file():
        return False
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=timeout)) as conn:
        return 0 < version_of(conn, path) < len(migrations())


def check_version(conn: sqlite3.Connection, path: Path, read_only: bool) -> None:
    """Refuse, before anything is written, what cannot be used."""
    version, known = version_of(conn, path), len(migrations())
    if version > known:
        raise ArchiveError(
            f"{path} is of version {version} and this Moviola knows versions up to {known}: use a newer Moviola"
        )
    if read_only and version < known:
        raise ArchiveError(f"{path} is of an older version: a crawl, or any command that writes, brings it up to date")


def version_of(conn: sqlite3.Connection, path: Path) -> int:
    """The version of an archive, 0 for an empty file; a database of something else is refused. Tables are looked for
    first: if another process is making the archive right now, what is read later is never older."""
    tables = conn.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
    application: int = conn.execute("PRAGMA application_id").fetchone()[0]
    version: int = conn.execute("PRAGMA user_version").fetchone()[0]
    if application != APPLICATION_ID and (version or tables):
        raise ArchiveError(f"{path} is a database of something else, not an archive of Moviola")
    return version


def settle(conn: sqlite3.Connection, read_only: bool, timeout: float) -> None:
    """WAL lets readers read while a crawl writes; with it, NORMAL loses nothing when the process is killed and at most
    the last pages when the power fails (https://sqlite.org/pragma.html#pragma_synchronous)."""
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA cache_size = -16384")  # KiB: the inner pages of the urls index at a million rows
    if not read_only:
        use_wal(conn, timeout)
        conn.execute("PRAGMA synchronous = NORMAL")
        conn.execute("PRAGMA journal_size_limit = 67108864")  # the -wal file shrinks back after a large batch


def use_wal(conn: sqlite3.Connection, timeout: float) -> None:
    """SQLite itself does not wait for others when it changes the journal's mode."""
    end = time.monotonic() + timeout
    while True:
        try:
            conn.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.02)


def migrate(conn: sqlite3.Connection, path: Path, number: int, script: str) -> None:
    """One step, whole or not at all; nothing if another process has just done it."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        if version_of(conn, path) < number:
            for statement in statements(script):
                conn.execute(statement)
            conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            conn.execute(f"PRAGMA user_version = {number}")
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:  # on a full disk SQLite has rolled back by itself
            conn.execute("ROLLBACK")
        raise


def migrations() -> list[str]:
    """The scripts of migrations/, in the order of their numbers."""
    files = sorted((file for file in MIGRATIONS.iterdir() if file.name.endswith(".sql")), key=lambda file: file.name)
    return [file.read_text("utf-8") for file in files]


def statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: executescript would commit before the first.

    >>> list(statements("CREATE TABLE a(b); -- why\\nDROP TABLE a;"))
    ['CREATE TABLE a(b); -- why', 'DROP TABLE a;']
    """
    gathered = ""
    for line in script.splitlines():
        gathered += line + "\n"
        if sqlite3.complete_statement(gathered):
            yield gathered.strip()
            gathered = ""
