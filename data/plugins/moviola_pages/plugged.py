"""What Datasette is given: the hooks, each a line or two."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from datasette import hookimpl

from . import (
    article,
    competition,
    described,
    home,
    machines,
    match,
    player,
    questions,
    robots,
    search,
    security,
    snapshot,
    spreadsheet,
    status,
    team,
    versions,
)
from .addresses import Addresses
from .archive import NoArchive, ask, is_archive, name_of_archive
from .wordsearch import teach_search

Route = tuple[str, Callable[..., Any]]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[Route]:
    """The short addresses (docs/browse.md); a segment may hold anything but a slash."""
    return [
        (r"/$", home.show),
        (r"/partite$", home.matches),
        (r"/partite\.atom$", robots.matches),
        (r"/partite/(?P<id>[^/]+?)(?:\.(?P<ending>json|csv|txt))?$", match.show),
        (r"/articoli/(?P<id>[^/]+)$", article.show),
        (r"/articoli/(?P<id>[^/]+)/pagina$", snapshot.show),
        (r"/articoli/(?P<id>[^/]+)/versioni/(?P<number>[^/]+)$", versions.show),
        (r"/giocatori/(?P<id>[^/]+?)(?:\.(?P<ending>atom))?$", player.show),
        (r"/squadre$", team.index),
        (r"/squadre/(?P<id>[^/]+?)(?:\.(?P<ending>atom))?$", team.show),
        (r"/competizioni$", competition.index),
        (r"/competizioni/(?P<name>[^/]+)(?:/(?P<season>[^/]+))?$", competition.show),
        (r"/domande$", questions.index),
        (r"/domande/(?P<name>[^/]+)$", questions.show),
        (r"/cerca(?:\.(?P<ending>atom))?$", search.show),
        (r"/stato$", status.show),
        (r"/-/healthz$", status.healthz),
        (r"/llms\.txt$", machines.llms),
        (rf"{machines.PATH}$", machines.mcp),
        (r"/robots\.txt$", robots.robots),
        (r"/sitemap\.xml$", robots.sitemap),
    ]


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Any) -> Callable[[], Any]:
    """Describe the archive to Datasette under whatever name it is opened."""

    async def describe() -> None:
        try:
            name = await name_of_archive(datasette)
            await described.describe(datasette, name, await ask(datasette, described.descriptions))
            await questions.offer(datasette, name)
        except (NoArchive, sqlite3.Error):  # the pages say what is wrong
            return

    return describe


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection, database: str) -> None:
    """Teach an archive's connection Italian; last, so that it stands above Datasette's own escape_fts."""
    if not database.startswith("_"):
        teach_search(conn)


@hookimpl  # type: ignore[untyped-decorator]
def canned_queries(datasette: Any, database: str) -> Callable[[], Any]:
    async def of_archive() -> dict[str, Any]:
        return questions.canned() if await is_archive(database, datasette.databases[database]) else {}

    return of_archive


@hookimpl  # type: ignore[untyped-decorator]
def skip_csrf(scope: dict[str, Any]) -> bool:
    """What reads only, and checks its Origin itself."""
    return bool(scope["path"].endswith(machines.PATH))


@hookimpl  # type: ignore[untyped-decorator]
def register_output_renderer() -> dict[str, Any]:
    return {"extension": "xlsx", "render": spreadsheet.render}


@hookimpl  # type: ignore[untyped-decorator]
def menu_links(datasette: Any) -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": Addresses(datasette).page(), "label": "Moviola"}]


@hookimpl  # type: ignore[untyped-decorator]
def asgi_wrapper() -> Callable[[security.App], security.App]:
    return security.guarded
