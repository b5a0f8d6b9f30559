"""Pages are read in processes of their own: the crawl goes on meanwhile, and a page that breaks the parser breaks only
its reader, which is started anew.

A reader is `python -m crawler.desk` at the other end of a socket pair. A message is its length in four bytes, then a
pickle: each end trusts the other, since both are ours.
"""

from __future__ import annotations

import asyncio
import os
import pickle
import resource
import signal
import socket
import struct
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, ClassVar, cast

from scrapy import signals

from crawler import garbage
from pipelines.flow import Digest, digest
from pipelines.items import Page, Selectors

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler

SLOWEST = 120.0  # seconds that pages may wait for their reading; the slowest hostile page of the tests takes 3
MEMORY = 2 << 30  # bytes of address space of a reader; an ordinary one uses 200 MB
LENGTH = struct.Struct("!I")
ROOT = Path(__file__).parents[1]


class ReaderDiedError(Exception):
    """The process that read a page died, or took too long and was stopped."""


class UnreadableError(Exception):
    """A page raised an error that the stages did not foresee; the message is the error's."""


class Reader:
    """One reading process, started when it is first needed. Questions and answers carry a number, so that no answer can
    reach the wrong question."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._stream: asyncio.StreamWriter | None = None
        self._starting = asyncio.Lock()
        self._waiting: dict[int, asyncio.Future[Digest]] = {}
        self._numbers = count()

    def __len__(self) -> int:
        return len(self._waiting)

    async def read(self, *question: Any) -> Digest:
        """What `pipelines.flow.digest` makes of the question, in the other process."""
        async with self._starting:
            if self._stream is None:
                await self._start()
        assert self._stream
        number, answer = next(self._numbers), asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        message = pickle.dumps((number, question), pickle.HIGHEST_PROTOCOL)
        self._stream.write(LENGTH.pack(len(message)) + message)
        try:
            return await asyncio.wait_for(answer, SLOWEST)
        except TimeoutError:
            self.stop()
            raise ReaderDiedError(f"a page was not read within {SLOWEST:.0f} s") from None
        finally:
            self._waiting.pop(number, None)

    async def _start(self) -> None:
        ours, theirs = socket.socketpair()
        command = [sys.executable, "-m", "crawler.desk"]
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=theirs.fileno(), stdout=theirs.fileno())
        theirs.close()
        ours.setblocking(False)
        incoming, self._stream = await asyncio.open_connection(sock=ours, limit=1 << 20)
        self._listening = asyncio.ensure_future(self._listen(incoming, self._stream))

    async def _listen(self, incoming: asyncio.StreamReader, stream: asyncio.StreamWriter) -> None:
        """Hand each answer to the question it belongs to."""
        try:
            while True:
                (length,) = LENGTH.unpack(await incoming.readexactly(LENGTH.size))
                number, result = pickle.loads(await incoming.readexactly(length))  # noqa: S301 (our own process wrote it)
                answer = self._waiting.get(number)
                if answer is None or answer.done():
                    continue
                if isinstance(result, Digest):
                    answer.set_result(result)
                else:
                    answer.set_exception(UnreadableError(result))
        except (asyncio.IncompleteReadError, OSError):
            if stream is self._stream:
                self.stop()

    def stop(self) -> None:
        """End the process; what still waits for it fails."""
        if self._process:
            self._process.kill()
            self._process.wait()
        if self._stream:
            self._stream.close()
        self._process = self._stream = None
        for answer in self._waiting.values():
            if not answer.done():
                answer.set_exception(ReaderDiedError("the reading process died"))


class Desk:
    """The readers of a process, shared by all its crawls; a page goes to the one with the least to do."""

    shared: ClassVar[Desk | None] = None

    def __init__(self, readers: int) -> None:
        self.readers = [Reader() for _ in range(max(readers, 1))]
        self.users = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        desk = cls.enter(crawler.settings.getint("READERS"))
        crawler.signals.connect(desk.leave, signals.engine_stopped)
        return desk

    @classmethod
    def enter(cls, readers: int) -> Self:
        """The shared desk, made now if there is none; `leave` it in the end."""
        Desk.shared = Desk.shared or cls(readers)
        Desk.shared.users += 1
        return cast("Self", Desk.shared)

    async def read(
        self,
        pages: Sequence[Page],
        selectors: Selectors | None,
        published: datetime | None = None,
        follow: bool = False,
        heed_robots: bool = True,
    ) -> Digest:
        """What `digest` makes of the pages; ReaderDiedError or UnreadableError."""
        return await min(self.readers, key=len).read(pages, selectors, published, follow, heed_robots)

    def leave(self) -> None:
        """A crawl has ended; with the last one the readers go."""
        self.users -= 1
        if not self.users:
            Desk.shared = None
            for reader in self.readers:
                reader.stop()


def answer_questions(questions: BinaryIO, answers: BinaryIO) -> None:
    """The reader's life: read a question, write its answer, until the other end closes."""
    while header := questions.read(LENGTH.size):
        number, question = pickle.loads(questions.read(*LENGTH.unpack(header)))  # noqa: S301 (the crawl wrote it)
        try:
            result: Digest | str = digest(*question)
        except Exception as error:  # noqa: BLE001 (whatever a page does to the stages, the crawl is told and goes on)
            result = f"{type(error).__name__}: {error}"
        message = pickle.dumps((number, result), pickle.HIGHEST_PROTOCOL)
        answers.write(LENGTH.pack(len(message)) + message)
        answers.flush()


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the crawl's to handle
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    garbage.settle()
    with suppress(BrokenPipeError), os.fdopen(os.dup(0), "rb") as stdin, os.fdopen(os.dup(1), "wb") as stdout:
        os.dup2(2, 1)  # what anything prints must not stand among the answers
        answer_questions(stdin, stdout)  # a broken pipe: the crawl was killed, and needs no answer
