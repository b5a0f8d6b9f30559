"""A copy of the archive made while the crawl writes: whole, checked, and the older copies rotated away."""

from __future__ import annotations

import os
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.archive import ArchiveError

if TYPE_CHECKING:
    from pipelines.archive import Archive


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written, and which older copies went."""

    path: Path
    bytes: int
    articles: int
    removed: tuple[Path, ...]


def back_up(archive: Archive, folder: Path, copies: int, now: datetime) -> Backup:
    """Copy the archive into the folder under its name and the moment, and leave the newest `copies` of them there. A
    copy that fails its check is removed, and nothing older with it; ArchiveError says why."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        check_room(archive, folder)
        final = folder / f"{archive.path.stem}-{now:%Y-%m-%dT%H%M%SZ}.db"
        part = final.with_suffix(".part")
        part.unlink(missing_ok=True)
        try:
            with archive.reading() as conn:
                conn.execute("VACUUM INTO ?", (str(part),))
            articles = checked(part)
            sync(part)
            part.rename(final)
            sync(folder)
        finally:
            part.unlink(missing_ok=True)
        return Backup(final, final.stat().st_size, articles, rotate(archive, folder, copies))
    except OSError as error:
        raise ArchiveError(f"{folder} cannot take the copy: {error.strerror or error}") from error


def check_room(archive: Archive, folder: Path) -> None:
    """Refuse before the disk is full: the crawl may write to the same one."""
    need, free = archive.path.stat().st_size, shutil.disk_usage(folder).free
    if free < need * 1.1:
        raise ArchiveError(f"{folder} has {free / 1e6:,.0f} MB free and the copy may need {need * 1.1 / 1e6:,.0f}")


def checked(path: Path) -> int:
    """How many articles a copy holds, once SQLite finds it sound."""
    conn = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        (verdict,) = conn.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise ArchiveError(f"the copy is damaged ({verdict}): look at the disk, then at the archive itself")
        (articles,) = conn.execute("SELECT count(*) FROM articles").fetchone()
        return int(articles)
    except sqlite3.DatabaseError as error:
        raise ArchiveError(f"the copy is damaged ({error}): look at the disk, then at the archive itself") from error
    finally:
        conn.close()


def rotate(archive: Archive, folder: Path, copies: int) -> tuple[Path, ...]:
    """Remove all but the newest copies of this archive: names sort by time."""
    pattern = f"{archive.path.stem}-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z.db"
    old = sorted(folder.glob(pattern))[:-copies]
    for path in old:
        path.unlink()
    return tuple(old)


def sync(path: Path) -> None:
    """Have the disk hold what was written: a copy is needed when things go wrong."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
