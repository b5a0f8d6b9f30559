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
    _gzipped: bytes = b""
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
            self._wire[gzipped] = self._head(gzipped) + self._payload(gzipped)
        return self._wire[gzipped]

    def head(self, gzipped: bool) -> bytes:
        """The same without the body, for HEAD."""
        return self._head(gzipped)

    def not_modified(self) -> bytes:
        return f"HTTP/1.1 304 Not Modified\r\n{self._validators()}Content-Length: 0\r\n\r\n".encode("latin-1")

    def _payload(self, gzipped: bool) -> bytes:
        if not gzipped or len(self.body) < 500 or self.type == "application/gzip":
            return self.body
        if not self._gzipped:
            self._gzipped = gzip.compress(self.body, compresslevel=4, mtime=0)
        return self._gzipped

    def _head(self, gzipped: bool) -> bytes:
        payload = self._payload(gzipped)
        lines = [f"HTTP/1.1 {self.status} {phrase(self.status)}", f"Content-Type: {self.type}"]
        lines.append(f"Content-Length: {len(payload)}")
        if payload is not self.body:
            lines.append("Content-Encoding: gzip")
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return ("\r\n".join(lines) + "\r\nVary: Accept-Encoding\r\n" + self._validators() + "\r\n").encode("latin-1")

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
