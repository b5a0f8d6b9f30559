"""The archive behind one thread: the crawl awaits what it needs, SQLite is never touched from the reactor."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar, cast

from scrapy import signals

from crawler import garbage
from pipelines.archive import Archive, Result
from pipelines.matches import join_postponed, postpone

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

    from pipelines.archive import Written

T = TypeVar("T")
logger = logging.getLogger(__name__)
IDLE = 1.0  # seconds without anything to write, after which matches are joined
JOINED = 200  # articles joined in one transaction
GATHER = 0.02  # seconds that a page waits for others: committed in twenties they cost half of what they cost alone
BATCH = 64  # pages committed together at most, each within a savepoint of its own


@dataclass(frozen=True, slots=True)
class _Write:
    result: Result
    answer: asyncio.Future[Written]


@dataclass(frozen=True, slots=True)
class _Call:
    function: Callable[[Archive], Any]
    answer: asyncio.Future[Any]


class Memory:
    """A Scrapy extension that owns the archive, one for all crawls of a process that use the same file.
    `Memory.of(crawler)` gives it to spiders, middlewares and pipelines."""

    open_ones: ClassVar[dict[str, Memory]] = {}

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.users = 0
        self._tasks: SimpleQueue[_Write | _Call | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="archive", daemon=True)
        self._thread.start()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Open the archive named by the setting ARCHIVE; ArchiveError says why it cannot be used."""
        memory = cls.enter(crawler.settings["ARCHIVE"])
        crawler.signals.connect(memory.leave, signals.engine_stopped)
        return memory

    @classmethod
    def enter(cls, archive: str) -> Self:
        """Open the archive at that path, or share it with who has opened it; `leave` it in the end."""
        path = str(Path(archive).resolve())
        if path not in cls.open_ones:
            garbage.settle()
            cls.open_ones[path] = cls(Archive.open(path, on_claims=postpone))
        memory = cls.open_ones[path]
        memory.users += 1
        return cast("Self", memory)

    def leave(self) -> None:
        """A crawl has ended; the last one closes the archive."""
        self.users -= 1
        if not self.users:
            Memory.open_ones = {path: memory for path, memory in Memory.open_ones.items() if memory is not self}
            self.close()

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The memory of a running crawl."""
        found = crawler.get_extension(cls)
        if found is None:
            raise RuntimeError("the extension crawler.memory.Memory is switched off, and nothing works without it")
        return found

    async def write(self, result: Result) -> Written:
        """Keep what came of a visit, in one transaction; returns when it is committed."""
        answer: asyncio.Future[Written] = asyncio.get_running_loop().create_future()
        self._tasks.put(_Write(result, answer))
        return await answer

    async def call(self, function: Callable[[Archive], T]) -> T:
        """What a function makes of the archive, on the archive's thread, after all that was asked before."""
        answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._tasks.put(_Call(function, answer))
        return await answer

    def close(self) -> None:
        """Finish what was asked, then close the archive."""
        self._tasks.put(None)
        self._thread.join()

    def _work(self) -> None:
        while True:
            for kind, tasks in groupby(self._waiting(), type):
                if kind is _Write:
                    self._write(cast("list[_Write]", list(tasks)))
                elif kind is _Call:
                    for call in cast("Iterable[_Call]", tasks):
                        self._call(call)
                else:
                    self._join()
                    self.archive.close()
                    return

    def _waiting(self) -> list[_Write | _Call | None]:
        """What is waiting to be done, at least one task; matches are joined when nothing else has to be done."""
        try:
            tasks = [self._tasks.get(timeout=IDLE)]
        except Empty:
            self._join()
            tasks = [self._tasks.get()]
        if isinstance(tasks[0], _Write):
            time.sleep(GATHER)
        while len(tasks) < BATCH and not self._tasks.empty():
            tasks.append(self._tasks.get())
        return tasks

    def _join(self) -> None:
        """Make the matches anew that the articles written since tell."""
        try:
            joined = JOINED
            while joined == JOINED:
                with self.archive.transaction() as pen:
                    joined = join_postponed(pen.conn, JOINED)
        except Exception:
            logger.exception("matches could not be joined; scrapy rebuild joins them anew")

    def _call(self, call: _Call) -> None:
        try:
            result = call.function(self.archive)
        except Exception as error:  # noqa: BLE001 (raised where it is awaited)
            _deliver(call.answer, None, error)
        else:
            _deliver(call.answer, result, None)

    def _write(self, writes: list[_Write]) -> None:
        try:
            written = self.archive.write_many(write.result for write in writes)
        except Exception as error:  # noqa: BLE001 (raised where each page is awaited)
            for write in writes:
                _deliver(write.answer, None, error)
            return
        for write, outcome in zip(writes, written, strict=True):
            _deliver(write.answer, outcome, None)


def _deliver(future: asyncio.Future[Any], result: Any, error: Exception | None) -> None:
    def settle() -> None:
        if future.cancelled():
            return
        if error is not None:
            future.set_exception(error)
        else:
            future.set_result(result)

    future.get_loop().call_soon_threadsafe(settle)
