"""For machines: robots.txt, the sitemap, and the feed of the latest matches."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as XML

from datasette.utils.asgi import Response

from .addresses import Addresses
from .archive import ask, rows
from .feeds import Entry, clean, feed
from .home import LATEST
from .page import helpful, words_for

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
MOST = 50_000  # addresses a sitemap may have
ROBOTS = """User-agent: *
Disallow: {base}cerca
Disallow: {base}-/
Disallow: {base}*/pagina
Disallow: {base}*?

Sitemap: {sitemap}
"""


async def robots(request: Any, datasette: Any) -> Any:
    """/robots.txt: pages may be read, searches and table views are endless and may not."""
    to = Addresses(datasette)
    sitemap = datasette.absolute_url(request, to.page("sitemap.xml"))
    return Response.text(ROBOTS.format(base=to.page(), sitemap=sitemap))


@helpful
async def sitemap(request: Any, datasette: Any) -> Any:
    """/sitemap.xml: matches, teams and players, the newest matches first."""
    to = Addresses(datasette)
    matches = await ask(
        datasette, lambda conn: rows(conn, "SELECT id, date FROM matches ORDER BY date DESC LIMIT ?", (MOST - 10_000,))
    )
    teams = await ask(datasette, lambda conn: rows(conn, "SELECT id FROM teams LIMIT 10000"))
    XML.register_namespace("", SITEMAP)
    root = XML.Element(f"{{{SITEMAP}}}urlset")
    addresses = [to.page(), *(to.match(match["id"]) for match in matches), *(to.team(team["id"]) for team in teams)]
    for address in addresses:
        node = XML.SubElement(root, f"{{{SITEMAP}}}url")
        XML.SubElement(node, f"{{{SITEMAP}}}loc").text = clean(datasette.absolute_url(request, address))
    body = XML.tostring(root, encoding="unicode")
    return Response(f'<?xml version="1.0" encoding="utf-8"?>\n{body}', content_type="application/xml; charset=utf-8")


@helpful
async def matches(request: Any, datasette: Any) -> Any:
    """/partite.atom"""
    found = await ask(datasette, lambda conn: rows(conn, LATEST, (50, 0)))
    return feed(datasette, request, words_for(request).latest, [Entry.of_match(match) for match in found])
