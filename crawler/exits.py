"""The exit codes of all commands (docs/commands.md has the table)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from crawler.showing import complain
from pipelines.archive import Archive, ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crawler.report import Tally

DONE = 0  # what failed on the way is counted in the table
ERROR = 1  # something unforeseen; the traceback says what
REFUSED = 2  # a wrong argument, URL or site declaration, or another process holds the lock
DRIFT = 3  # a site yielded less than it should: it has probably changed
NOTHING = 4  # nothing at all could be fetched
ARCHIVE = 5  # the archive cannot be used: newer version, locked, full disk, corrupt


def refuse(sentence: object) -> NoReturn:
    """End the program: one sentence on standard error, exit code 2."""
    complain(sentence)
    raise SystemExit(REFUSED)


def check_archive(path: str) -> None:
    """End the program with exit code 5 where the archive cannot be used."""
    try:
        Archive.open(path).close()
    except ArchiveError as error:
        complain(error)
        raise SystemExit(ARCHIVE) from error


def code_of(tallies: Iterable[Tally]) -> int:
    """The exit code that the outcome of a run deserves, the gravest first."""
    rows = list(tallies)
    if any(tally.archive_failed for tally in rows):
        return ARCHIVE
    if rows and all(tally.stopped.startswith("locked") for tally in rows):
        return REFUSED
    if rows and all(tally.fetched_nothing for tally in rows):
        return NOTHING
    return DRIFT if any(tally.drift for tally in rows) else DONE
