"""`python -m tests.newspaper [--port N] [--pages N] [--delay S] [--log FILE]`: serve until stdin closes or SIGTERM."""

from __future__ import annotations

import argparse
import asyncio
import json
import signal
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import IO

from tests.newspaper.bulk import bulk_stories
from tests.newspaper.newspaper import Newspaper
from tests.newspaper.server import Connection
from tests.newspaper.stories import load_stories


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.newspaper",
        description="Serves four sample papers on 127.0.0.1, and prints one JSON line when ready.",
        epilog="Example: python -m tests.newspaper --port 8080 < /dev/tty",
    )
    parser.add_argument("--port", type=int, default=0, help="0 (the default) takes a free one")
    parser.add_argument("--pages", type=int, default=0, help="so many article pages of 116 KB instead of the corpus")
    parser.add_argument("--delay", type=float, help="Crawl-delay of robots.txt in seconds (0.05; none with --pages)")
    parser.add_argument("--log", type=Path, help="a file that gets one JSON line for each request")
    options = parser.parse_args()
    with ExitStack() as stack:
        log = stack.enter_context(options.log.open("a", encoding="utf-8")) if options.log else None
        asyncio.run(serve(options.port, options.pages, options.delay, log))
    return 0


async def serve(port: int, pages: int, delay: float | None, log: IO[str] | None) -> None:
    """Serve until stdin closes or a signal asks to end."""
    loop = asyncio.get_running_loop()
    done = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, done.set)
    stories = load_stories()
    if pages:
        stories = bulk_stories(pages, stories)
    newspapers: list[Newspaper] = []
    server = await loop.create_server(lambda: Connection(newspapers[0], log), "127.0.0.1", port, start_serving=False)
    bound = server.sockets[0].getsockname()[1]
    newspapers.append(Newspaper(stories, bound, delay if delay is not None else 0.0 if pages else 0.05))
    if pages:
        newspapers[0].warm()
    await server.start_serving()
    ready = {
        "port": bound,
        "articles": len(stories),
        "papers": {e.paper.name: e.root for e in newspapers[0].editions.values()},
    }
    print(json.dumps(ready), flush=True)
    threading.Thread(target=watch_stdin, args=(loop, done), daemon=True).start()
    await done.wait()
    server.close()


def watch_stdin(loop: asyncio.AbstractEventLoop, done: asyncio.Event) -> None:
    """End the newspaper when whoever started it goes away."""
    while sys.stdin.read(1):
        pass
    loop.call_soon_threadsafe(done.set)


if __name__ == "__main__":
    sys.exit(main())
