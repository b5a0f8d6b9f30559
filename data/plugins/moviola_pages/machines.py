"""For language models, where metadata.json says so (plugins → moviola → machines): /llms.txt, and /-/mcp, which answers
the Model Context Protocol over HTTP (JSON-RPC 2.0, one answer a request, no session). It reads, as the pages do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response

from . import match, questions, search
from .addresses import Addresses
from .archive import NoArchive, Row, ask, remember
from .exports import with_tellings
from .known import known
from .page import missing, settings

PROTOCOL = "2025-06-18"
LARGEST = 100_000  # bytes of a request
PATH = "/-/mcp"
NOT_JSON, NO_METHOD, BAD_ARGUMENTS = -32700, -32601, -32602  # JSON-RPC's codes
LLMS = """# Moviola

> Italian football matches, read out of newspaper articles: every event has the sentence and the paper that tell it.

- [Matches]({home}partite): all matches; {home}partite/ID.json has one with its events and their sentences
- [Search]({home}cerca?q=): teams, players, matches, articles
- [Questions]({home}domande): ready questions, each also as JSON
- [Data]({home}{database}): tables and SQL; add .json to any address there
"""
TEXT = {"type": "string"}
TOOLS = {
    "search": ("Teams, players, matches and articles for Italian words; newest or best first", {"query": TEXT}),
    "match": ("One match by its id, with events and the sentences that tell them", {"id": TEXT}),
    "question": (f"A ready question by name: {', '.join(questions.questions())}", {"name": TEXT}),
}


def allowed(datasette: Any) -> bool:
    return bool(settings(datasette).get("machines", False))


async def llms(request: Any, datasette: Any) -> Any:
    """/llms.txt"""
    if not allowed(datasette):
        return await missing(datasette, request, "page", "llms.txt")
    to = Addresses(datasette)
    database = next(name for name in datasette.databases if not name.startswith("_"))
    return Response.text(LLMS.format(home=datasette.absolute_url(request, to.page()), database=database))


async def mcp(request: Any, datasette: Any) -> Any:
    """/-/mcp"""
    if not allowed(datasette):
        return await missing(datasette, request, "page", "mcp")
    origin = request.headers.get("origin")
    if request.method != "POST" or (origin and urlsplit(origin).netloc != request.headers.get("host")):
        return Response.text("POST JSON-RPC from your own host", status=405 if not origin else 403)
    try:
        asked = json.loads((await request.post_body())[:LARGEST])
        method, given = str(asked["method"]), asked.get("params") or {}
    except (ValueError, KeyError, TypeError, AttributeError):
        return Response.json(fault(None, NOT_JSON, "one JSON-RPC request, please"), status=400)
    if "id" not in asked:  # a notification
        return Response.text("", status=202)
    return Response.json(await answer(datasette, asked["id"], method, given if isinstance(given, dict) else {}))


async def answer(datasette: Any, key: Any, method: str, given: Row) -> Row:
    """The answer to one request."""
    if method == "tools/call":
        return await called(datasette, key, given)
    plain: dict[str, Row] = {
        "ping": {},
        "initialize": {
            "protocolVersion": PROTOCOL,
            "capabilities": {"tools": {}},
            "serverInfo": {"name": "moviola", "version": "1"},
        },
        "tools/list": {
            "tools": [
                {
                    "name": name,
                    "description": about,
                    "inputSchema": {"type": "object", "properties": fields, "required": list(fields)},
                    "annotations": {"readOnlyHint": True},
                }
                for name, (about, fields) in TOOLS.items()
            ]
        },
    }
    if method not in plain:
        return fault(key, NO_METHOD, f"no method {method[:60]}")
    return {"jsonrpc": "2.0", "id": key, "result": plain[method]}


async def called(datasette: Any, key: Any, given: Row) -> Row:
    """A tool's answer, as text that holds JSON; its troubles as text too, which a model can act on."""
    tool, arguments = given.get("name"), given.get("arguments")
    if not isinstance(tool, str) or tool not in TOOLS:
        return fault(key, BAD_ARGUMENTS, f"there are {', '.join(TOOLS)}")
    words = arguments if isinstance(arguments, dict) else {}
    ways: dict[str, Callable[[Any, str], Awaitable[Any]]] = {
        "search": searched, "match": matched, "question": questioned,
    }  # fmt: skip
    [field] = TOOLS[tool][1]
    try:
        found, failed = await ways[tool](datasette, str(words.get(field, ""))[:400]), False
    except (NoArchive, sqlite3.Error, QueryInterrupted) as error:
        found, failed = type(error).__name__, True
    text = json.dumps(found if found is not None else "nothing of that name", ensure_ascii=False)
    result = {"content": [{"type": "text", "text": text}], "isError": failed or found is None}
    return {"jsonrpc": "2.0", "id": key, "result": result}


async def searched(datasette: Any, text: str) -> Row:
    names = await remember(datasette, "names", search.KNOWN_FOR, known)
    wanted = search.Asked(text, "", "", "", "", "", "", 1)
    found = await ask(datasette, lambda conn: search.find(conn, wanted, names))
    articles = [
        {**{name: line[name] for name in ("id", "title", "url", "published", "paper")},
         "snippet": "".join(piece for piece, _ in line["snippet"])}
        for line in found.articles
    ]  # fmt: skip
    return {"teams": found.teams, "players": found.players, "matches": found.matches, "articles": articles}


async def matched(datasette: Any, match_id: str) -> Any:
    found = await ask(datasette, lambda conn: match.read(conn, match_id))
    return None if found is None else {"match": found.match, "events": with_tellings(found)}


async def questioned(datasette: Any, name: str) -> Any:
    question = questions.questions().get(name)
    if question is None:
        return None
    return (await ask(datasette, lambda conn: questions.answer(conn, question, {})))[1]


def fault(key: Any, code: int, message: str) -> Row:
    return {"jsonrpc": "2.0", "id": key, "error": {"code": code, "message": message}}
