"""What goes wrong on the web, ordered by a test for one URL and a number of requests."""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.newspaper.response import HTML, Response, redirect

KINDS = ("status", "hang", "truncate", "bomb", "loop", "redirect", "huge", "reset", "slow", "body")


@dataclass(slots=True)
class Fault:
    """One order: `kind` of KINDS, for `times` more requests (-1: for good), with what it needs."""

    kind: str
    times: int = -1
    status: int = 503
    retry_after: str = ""
    location: str = ""
    body: str = ""
    type: str = HTML
    size: int = 9_000_000

    def strike(self) -> bool:
        """Whether the fault still happens; each strike uses up one of its times."""
        if self.times == 0:
            return False
        self.times -= self.times > 0
        return True


def ordered(order: dict[str, Any]) -> Fault:
    """A fault from a test's order; ValueError for a kind or key that there is none of."""
    fault = Fault(**{key: value for key, value in order.items() if key not in ("host", "path")})
    if fault.kind not in KINDS:
        raise ValueError(f"kind: one of {', '.join(KINDS)}")
    return fault


def faulty(fault: Fault, target: str, answer: Response) -> Response:
    """The response that a fault makes of the true one; hang, reset, truncate and slow are the connection's work."""
    if fault.kind == "status":
        headers = {"Retry-After": fault.retry_after} if fault.retry_after else {}
        text = f"<html><title>{fault.status}</title><p>Errore {fault.status}</p></html>"
        return Response(text.encode(), status=fault.status, headers=headers, cacheable=False)
    if fault.kind == "loop":
        path, _, count = target.partition("?giro=")
        return redirect(f"{path}?giro={int(count or 0) + 1}", 302)
    if fault.kind == "redirect":
        return redirect(fault.location, 302)
    if fault.kind == "bomb":
        return Response(bomb(), headers={"Content-Encoding": "gzip"}, cacheable=False)
    if fault.kind == "huge":
        return Response(b"<html><p>" + b"pallone " * (fault.size // 8), cacheable=False)
    if fault.kind == "body":
        return Response(fault.body.encode(errors="surrogateescape"), type=fault.type, cacheable=False)
    return answer


@cache
def bomb() -> bytes:
    """A quarter of a megabyte that unpacks to 256."""
    return gzip.compress(bytes(256 * 2**20), compresslevel=9, mtime=0)
