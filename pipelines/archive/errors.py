"""What can be wrong with the archive itself, each in one sentence that says what to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class ArchiveError(Exception):
    """The archive cannot be used; the message is one sentence for a person."""


# Primary result codes of SQLite (https://sqlite.org/rescode.html); the extended ones keep them in the low byte.
SENTENCES = {
    sqlite3.SQLITE_BUSY: "another program is writing to {path}: wait for it to end, then try again",
    sqlite3.SQLITE_LOCKED: "another program is writing to {path}: wait for it to end, then try again",
    sqlite3.SQLITE_FULL: "the disk of {path} is full: make room, then try again",
    sqlite3.SQLITE_READONLY: "{path} cannot be written: its file or folder is read-only",
    sqlite3.SQLITE_PERM: "{path} cannot be written: its file or folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "{path} cannot be opened: look whether its folder exists and may be read and written",
    sqlite3.SQLITE_NOTADB: "{path} is not a SQLite database",
    sqlite3.SQLITE_CORRUPT: "{path} is damaged: restore it from a backup",
    sqlite3.SQLITE_IOERR: "the disk of {path} failed to read or write ({name}): look at the disk, then try again",
}


@contextmanager
def told_plainly(path: Path) -> Iterator[None]:
    """Errors of SQLite about the file leave as ArchiveError; errors about one row stay as they are."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        sentence = SENTENCES.get((code or 0) & 0xFF)
        if sentence is None:
            raise
        raise ArchiveError(sentence.format(path=path, name=error.sqlite_errorname)) from error
