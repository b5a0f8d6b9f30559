"""Many small papers on one machine: each on an address of its own, 127.0.0.2, 127.0.0.3, …, all at one port.

`python -m bench.simulation.servers --hosts 60 --seconds 240 --log requests.jsonl` prints its port, then serves until
its standard input closes. New articles appear for so many seconds; every request is a line of the log.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path
from typing import IO

FEED = 30  # entries of a feed
EVERY = 40.0  # seconds between two articles of a paper, on average
WORDS = (  # noqa: SIM905
    "squadra campo tempo pubblico allenatore difesa attacco centrocampo panchina stagione classifica tifosi società"
    " stadio vigilia conferenza rosa fascia pressing reparto capitano portiere giornata partita"
).split()


@dataclass(frozen=True, slots=True)
class Paper:
    """One host with the moments at which its articles appear."""

    address: str
    moments: tuple[float, ...]

    def answer(self, path: str, origin: str, now: float) -> tuple[int, str, str]:
        """Status, content type and body."""
        shown = [number for number, moment in enumerate(self.moments) if moment <= now]
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nAllow: /\n"
        if path == "/feed/":
            return 200, "application/rss+xml", self._feed(shown[-FEED:], origin)
        number = path.removeprefix("/calcio/").rstrip("/")
        if number.isdigit() and int(number) in shown:
            return 200, "text/html; charset=utf-8", self._page(int(number))
        return 404, "text/html", "<p>Non trovato</p>"

    def _feed(self, numbers: list[int], origin: str) -> str:
        items = "".join(
            f"<item><title>Notizia {n}</title><link>{origin}/calcio/{n}</link>"
            f"<pubDate>{formatdate(self.moments[n])}</pubDate></item>"
            for n in reversed(numbers)
        )
        return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Giornale</title>{items}</channel></rss>'

    def _page(self, number: int) -> str:
        words = random.Random(f"{self.address}/{number}").choices(WORDS, k=120)
        text = "".join(f"<p>{' '.join(words[start : start + 20]).capitalize()}.</p>" for start in range(0, 120, 20))
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(self.moments[number]))
        return (
            f"<!doctype html><html lang=it><head><title>Notizia {number}</title>"
            f'<meta property="article:published_time" content="{when}"></head>'
            f"<body><article><h1>Notizia {number} di {self.address}</h1>{text}</article></body></html>"
        )


def papers(count: int, start: float, seconds: float, seed: int) -> dict[str, Paper]:
    """Papers by address; each has one article at the start, so that no site is empty."""
    found = {}
    for number in range(2, count + 2):
        rng, moment, moments = random.Random(f"{seed}/{number}"), start, [float(int(start))]
        while (moment := moment + rng.expovariate(1 / EVERY)) < start + seconds:
            moments.append(float(int(moment)))
        found[f"127.0.0.{number}"] = Paper(f"127.0.0.{number}", tuple(moments))
    return found


class Server:
    """Answers for all papers."""

    def __init__(self, press: Mapping[str, Paper], log: IO[str]) -> None:
        self.press, self.log = press, log

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address, port = writer.get_extra_info("sockname")[:2]
        try:
            while request := (await reader.readuntil(b"\r\n\r\n")).decode("latin-1"):
                path = request.split(" ", 2)[1]
                now = time.time()
                status, kind, body = self.press[address].answer(path, f"http://{address}:{port}", now)
                data = body.encode()
                line = {"at": now, "host": address, "path": path, "status": status}
                self.log.write(json.dumps(line) + "\n")
                writer.write(
                    f"HTTP/1.1 {status} -\r\nContent-Type: {kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode()
                    + data
                )
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def run(hosts: int, seconds: float, seed: int, log: Path) -> None:
    """Serve until standard input closes."""
    start = time.time()
    press = papers(hosts, start, seconds, seed)
    with log.open("w", buffering=1) as file:
        server = Server(press, file)
        port = 0
        for address in press:
            listening = await asyncio.start_server(server.serve, address, port)
            port = listening.sockets[0].getsockname()[1]
        print(json.dumps({"port": port, "start": start}), flush=True)
        await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hosts", type=int, default=60)
    parser.add_argument("--seconds", type=float, default=240)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=Path, required=True)
    options = parser.parse_args()
    asyncio.run(run(options.hosts, options.seconds, options.seed, options.log))
