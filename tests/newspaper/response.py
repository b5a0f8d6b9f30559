"""What the newspaper answers, ready for the wire."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
JSON = "application/json"


@dataclass(slots=True)
class Response:
    """A status, a body and headers; its forms on the wire are made once and kept."""

    body: bytes
    type: str = HTML
    status: int = 200
    modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)
    cacheable: bool = True  # whether it bears an ETag and may be answered with 304
    _etag: str = ""
    _wire: dict[bool, bytes] = field(default_factory=dict)

    @property
    def etag(self) -> str:
        if not self._etag:
            self._etag = f'"{hashlib.md5(self.body, usedforsecurity=False).hexdigest()[:16]}"'
        return self._etag

    def unchanged_since(self, headers: dict[str, str]) -> bool:
        """Whether the client's copy is still good; If-None-Match outweighs If-Modified-Since (RFC 9110, 13.2.2)."""
        if self.status != 200 or not self.cacheable:
            return False
        if known := headers.get("if-none-match"):
            return self.etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
        since = headers.get("if-modified-since")
        if not since or self.modified is None:
            return False
        try:
            return self.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
        except (TypeError, ValueError):
            return False

    def wire(self, gzipped: bool) -> bytes:
        """Status line, headers and body."""
        if gzipped not in self._wire:
            self._wire[gzipped] = self._written(gzipped)
        return self._wire[gzipped]

    def head(self, gzipped: bool) -> bytes:
        """The same without the body, for HEAD."""
        return self.wire(gzipped).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"

    def pack(self) -> None:
        """Keep the gzipped form alone, a fourth of the memory."""
        if len(self.wire(gzipped=True)) < len(self.body):
            self.body = b""

    def not_modified(self) -> bytes:
        return f"HTTP/1.1 304 Not Modified\r\n{self._validators()}Content-Length: 0\r\n\r\n".encode("latin-1")

    def _written(self, gzipped: bool) -> bytes:
        body = self.body or self._unpacked()
        small = len(body) < 500 or body[:2] == b"\x1f\x8b"
        payload = body if small or not gzipped else gzip.compress(body, compresslevel=4, mtime=0)
        lines = [f"HTTP/1.1 {self.status} {phrase(self.status)}", f"Content-Type: {self.type}"]
        lines.append(f"Content-Length: {len(payload)}")
        if payload is not body:
            lines.append("Content-Encoding: gzip")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        head = "\r\n".join(lines) + "\r\nVary: Accept-Encoding\r\n" + self._validators() + "\r\n"
        return head.encode("latin-1") + payload

    def _unpacked(self) -> bytes:
        packed = self._wire.get(True, b"").partition(b"\r\n\r\n")[2]
        return gzip.decompress(packed) if packed[:2] == b"\x1f\x8b" else packed

    def _validators(self) -> str:
        if self.status != 200 or not self.cacheable:
            return ""
        lines = f"ETag: {self.etag}\r\n"
        if self.modified:
            lines += f"Last-Modified: {format_datetime(self.modified.astimezone(UTC), usegmt=True)}\r\n"
        return lines


def phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"


def redirect(location: str, status: int = 301) -> Response:
    """A redirect to a path or URL."""
    return Response(b"", status=status, headers={"Location": location}, cacheable=False)
