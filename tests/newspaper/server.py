"""HTTP/1.1 on loopback for the newspaper: keep-alive, pipelining, gzip, conditional requests, and broken on demand."""

from __future__ import annotations

import asyncio
import json
import time
from typing import IO, Any

from tests.newspaper.faults import Fault
from tests.newspaper.newspaper import CONTROL, Newspaper
from tests.newspaper.response import JSON, Response

LIMIT = 1 << 20  # bytes of a request


class Connection(asyncio.Protocol):
    """One client. Requests are answered in order; a hanging one keeps those behind it waiting."""

    def __init__(self, newspaper: Newspaper, log: IO[str] | None) -> None:
        self.newspaper = newspaper
        self.log = log
        self.buffer = b""
        self.transport: asyncio.Transport | None = None
        self.stuck = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while not self.stuck and self.transport:
            head, separator, rest = self.buffer.partition(b"\r\n\r\n")
            if not separator:
                if len(self.buffer) > LIMIT:
                    self.transport.abort()
                return
            try:
                method, target, headers = parsed(head)
                length = int(headers.get("content-length", 0))
            except ValueError:
                self.transport.abort()
                return
            if len(rest) < length:
                return
            body, self.buffer = rest[:length], rest[length:]
            self.respond(method, target, headers, body)

    def respond(self, method: str, target: str, headers: dict[str, str], body: bytes) -> None:
        host = headers.get("host", "")
        if target.startswith(CONTROL):
            self.send(ordered(self.newspaper, target, body).wire(gzipped=False), headers)
            return
        response, fault = self.newspaper.answer(host, target)
        gzipped = "gzip" in headers.get("accept-encoding", "")
        if fault is None and response.unchanged_since(headers):
            data, status = response.not_modified(), 304
        else:
            data = response.head(gzipped) if method == "HEAD" else response.wire(gzipped)
            status = response.status
        if self.log:
            line = {"at": time.time(), "host": host, "path": target, "status": status, "fault": fault and fault.kind}
            self.log.write(json.dumps(line) + "\n")
            self.log.flush()
        if fault:
            self.send_broken(data, fault, headers)
        else:
            self.send(data, headers)

    def send(self, data: bytes, headers: dict[str, str]) -> None:
        assert self.transport is not None
        self.transport.write(data)
        if headers.get("connection", "").lower() == "close":
            self.transport.close()

    def send_broken(self, data: bytes, fault: Fault, headers: dict[str, str]) -> None:
        """What only a connection can do wrong: say nothing, break off, drip."""
        assert self.transport is not None
        if fault.kind == "hang":
            self.stuck = True
        elif fault.kind == "reset":
            self.transport.abort()
        elif fault.kind == "truncate":
            self.transport.write(data[: len(data) // 2])
            self.transport.close()
        elif fault.kind == "slow":
            self.stuck = True
            self.drip(data)
        else:
            self.send(data, headers)

    def drip(self, data: bytes) -> None:
        """Ten bytes a second, as long as the client has patience."""
        if self.transport and data:
            self.transport.write(data[:1])
            asyncio.get_running_loop().call_later(0.1, self.drip, data[1:])


def parsed(head: bytes) -> tuple[str, str, dict[str, str]]:
    """Method, target and headers of a request; ValueError for what is none."""
    first, *rest = head.decode("latin-1").split("\r\n")
    method, target, _ = first.split(" ")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in rest)}
    return method, target, headers


def ordered(newspaper: Newspaper, target: str, body: bytes) -> Response:
    """The answer to a control request: its order is the JSON object in the body."""
    try:
        order: Any = json.loads(body) if body else {}
    except ValueError as error:
        return Response(json.dumps({"error": str(error)}).encode(), type=JSON, status=400)
    return newspaper.control(target.removeprefix(CONTROL).strip("/"), order if isinstance(order, dict) else {})
