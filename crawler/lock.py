"""One crawl of a site at a time: a lock that the kernel takes back when its holder dies."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import IO


class SiteLock:
    """A lock file in a folder beside the archive, one a site. The file stays: removing it would let two take it.

    >>> import tempfile; folder = tempfile.mkdtemp()
    >>> first, second = (SiteLock(f"{folder}/a.db", "x") for _ in "ab")
    >>> first.take() is None, "process" in (second.take() or "")
    (True, True)
    >>> first.release(); second.take() is None
    True
    """

    def __init__(self, archive: str | Path, site: str) -> None:
        self.path = Path(f"{archive}-locks") / site
        self._file: IO[str] | None = None

    def take(self) -> str | None:
        """Take the lock: None when it is ours now, else who holds it."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        file = self.path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip()
            file.close()
            return holder or "another process"
        file.truncate(0)
        file.write(f"process {os.getpid()} since {datetime.now():%Y-%m-%d %H:%M}")
        file.flush()
        self._file = file
        return None

    def release(self) -> None:
        """Give the lock back; nothing happens where it was never taken."""
        if self._file:
            self._file.close()
            self._file = None
