"""From an answer to a response: language, templates, headers, and helpful pages where something is missing."""

from __future__ import annotations

import functools
import gzip
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode

from datasette.database import QueryInterrupted
from datasette.utils.asgi import Response
from jinja2 import Environment, FileSystemLoader

from .addresses import Addresses, outside
from .archive import NoArchive, name_of_archive
from .security import OURS
from .wording import LANGUAGES, Wording, wording

COOKIE = "mv-lang"
# Not Datasette's environment: that one renders asynchronously, which takes twice as long, and asks every plugin for
# what its own pages need.
TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).resolve().parents[2] / "templates"), autoescape=True, cache_size=100
)
PACKING = 2  # zlib level: 140 KB become 18 in 1 ms; level 6 makes 15 of them in 3
View = Callable[[Any, Any], Awaitable[Any]]


def language_of(request: Any) -> str:
    """The language that the address asks for, else the one chosen before, else Italian."""
    for choice in (request.args.get("lang"), request.cookies.get(COOKIE)):
        if choice in LANGUAGES:
            return str(choice)
    return LANGUAGES[0]


def words_for(request: Any) -> Wording:
    return wording(language_of(request))


def asked(request: Any, name: str) -> str:
    """A segment of the address, decoded."""
    return unquote(request.url_vars.get(name) or "", errors="replace")


async def render(datasette: Any, request: Any, template: str, status: int = 200, **context: Any) -> Any:
    """A page as a response."""
    language = language_of(request)
    try:
        database = await name_of_archive(datasette)
    except NoArchive:
        database = ""
    body = TEMPLATES.get_template(f"mv/{template}").render(
        t=wording(language),
        to=Addresses(datasette),
        outside=outside,
        language=language,
        other_languages=[(code, with_language(request, code)) for code in LANGUAGES if code != language],
        database=database,
        **context,
    )
    response = Response.html(body, status=status, headers={"Content-Security-Policy": OURS})
    packed(request, response)
    if request.args.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language, max_age=31_536_000)
    return response


def packed(request: Any, response: Any) -> None:
    """Compress a page for those who take gzip: a match told by ten papers is 140 KB of HTML, and a tenth of it packed.
    No page of ours holds a secret that its packed length could tell."""
    response.headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        response.body = gzip.compress(response.body.encode("utf-8", "replace"), PACKING, mtime=0)
        response.headers["Content-Encoding"] = "gzip"


def settings(datasette: Any) -> dict[str, Any]:
    """What metadata.json says under plugins → moviola."""
    return dict(datasette.plugin_config("moviola") or {})


def with_language(request: Any, code: str) -> str:
    """This address in another language, as a reference relative to itself."""
    kept = [(name, value) for name, value in parse_qsl(request.query_string) if name != "lang"]
    return "?" + urlencode([*kept, ("lang", code)])


async def missing(datasette: Any, request: Any, what: str, name: str) -> Any:
    """404, with ways to go on: `what` is match, article, player, team, competition, question or page."""
    return await render(datasette, request, "missing.html", status=404, what=what, name=name[:200])


def helpful(view: View) -> View:
    """A view whose troubles with the archive become a page that says what to do, never a 500."""

    @functools.wraps(view)
    async def answered(request: Any, datasette: Any) -> Any:
        try:
            return await view(request, datasette)
        except NoArchive:
            trouble = "none"
        except QueryInterrupted:
            trouble = "slow"
        except sqlite3.Error as error:
            trouble = trouble_of(error)
        return await render(datasette, request, "trouble.html", status=503, trouble=trouble)

    return answered


def trouble_of(error: sqlite3.Error) -> str:
    """Which of the troubles in strings.toml an error of SQLite is."""
    said = str(error)
    if "interrupted" in said:
        return "slow"
    if "no such table" in said or "no such column" in said:
        return "older"
    return "unreadable"
