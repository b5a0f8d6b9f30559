"""The newspaper as a subprocess, and the orders that tests give it."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent.parent


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (names in lower case) and body, as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True, slots=True)
class Running:
    """A newspaper that serves at `port` of 127.0.0.1."""

    port: int

    def url(self, paper: str, path: str = "/") -> str:
        """The URL of a path of a paper. The system need not resolve its host: all are 127.0.0.1."""
        return f"http://{paper}.localhost:{self.port}{path}"

    def get(self, paper: str, path: str = "/", method: str = "GET", **headers: str) -> Answer:
        """One request, redirects not followed; underscores in header names stand for dashes."""
        own = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._ask(method, path, None, {"Host": f"{paper}.localhost:{self.port}", **own})

    def articles(self, paper: str = "") -> list[dict[str, Any]]:
        """All articles, or one paper's, newest first: id, url, title, traits, and the clean text (gold) of each."""
        found: list[dict[str, Any]] = self.control("articles", paper=paper)["articles"]
        return found

    def control(self, action: str, **order: Any) -> Any:
        """Give an order (edit, grow, fault, heal, counts, articles, reset); ValueError says why it cannot be done."""
        answer = self._ask("POST", f"/__control__/{action}", json.dumps(order).encode(), {})
        result = json.loads(answer.body)
        if answer.status != 200:
            raise ValueError(result["error"])
        return result

    def _ask(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, dict(headers))
            response = connection.getresponse()
            got = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, got, response.read())
        finally:
            connection.close()


@contextmanager
def running(*options: str) -> Iterator[Running]:
    """A newspaper in a subprocess, ready; it ends with the block, or when this process dies."""
    command = [sys.executable, "-m", "tests.newspaper", "--port", "0", *options]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout
        ready = process.stdout.readline()
        if not ready:
            raise RuntimeError(f"the sample newspaper did not start: exit {process.wait()}")
        try:
            yield Running(json.loads(ready)["port"])
        finally:
            process.stdin.close()
            process.terminate()
