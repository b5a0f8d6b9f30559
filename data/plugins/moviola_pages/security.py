"""The headers that keep a hostile article text harmless: no page of ours runs anything but our two files."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Awaitable, Callable, Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import datasette

COMMON = (
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none';"
    " frame-ancestors 'none'"
)
OURS = f"default-src 'none'; script-src 'self'; style-src 'self'; {COMMON}"
EVERYWHERE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "x-frame-options": "DENY",
}
INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
FACETS = "DATASETTE_ALLOW_FACET = {};"  # the one inline script of Datasette with a blank in it, in table.html
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Any, Any, Send], Awaitable[None]]


@cache
def of_datasette() -> str:
    """The policy of Datasette's own pages: its inline scripts by their hashes. Its inline styles hold column names, so
    they have no fixed hash."""
    templates = sorted(Path(datasette.__file__).parent.glob("templates/*.html"))
    inline = [script for file in templates for script in INLINE.findall(file.read_text("utf-8")) if "{{" not in script]
    hashes = " ".join(dict.fromkeys(hashed([*inline, FACETS.format("true"), FACETS.format("false")])))
    return f"default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; {COMMON}"


def hashed(scripts: Iterable[str]) -> Iterable[str]:
    for script in scripts:
        yield f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"


def guarded(app: App) -> App:
    """Datasette with our headers on every response; a policy that a page has set itself stays."""

    async def answer(scope: Any, receive: Any, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(bytes(name).lower(), bytes(value)) for name, value in message.get("headers", [])]
                named = dict(headers)
                wanted = dict(EVERYWHERE)
                if named.get(b"content-type", b"").startswith(b"text/html"):
                    wanted["content-security-policy"] = of_datasette()
                headers += [(n.encode(), v.encode()) for n, v in wanted.items() if n.encode() not in named]
                message = {**message, "headers": headers}
            await send(message)

        await app(scope, receive, with_headers)

    return answer
