"""The saved page of an article, as plain text: its source is shown, never run."""

from __future__ import annotations

import sqlite3
from typing import Any

from zstandard import DICT_TYPE_RAWCONTENT, ZstdCompressionDict, ZstdDecompressor, ZstdError

from .archive import ask, rows
from .article import number
from .exports import attached
from .page import asked, helpful, missing

MOST = 2_000_000  # characters shown
PAGES = """
    SELECT pages.final_url, pages.fetched, pages.number, pages.headers, snapshots.size, snapshots.content,
      dictionaries.content AS dictionary
    FROM articles JOIN pages ON pages.url_id = articles.source_id JOIN snapshots ON snapshots.id = pages.snapshot_id
    LEFT JOIN dictionaries ON dictionaries.id = snapshots.dictionary_id
    WHERE articles.id = ? AND pages.fetched = (SELECT max(fetched) FROM pages WHERE url_id = articles.source_id)
    ORDER BY pages.number
"""


def read(conn: sqlite3.Connection, article_id: int) -> str:
    """The pages of the last visit end to end, '' where none is kept."""
    parts = []
    for page in rows(conn, PAGES, (article_id,)):
        try:
            body = restored(page["content"], page["dictionary"], min(page["size"], MOST * 4))
        except ZstdError:
            body = b""
        parts.append(f"{page['final_url']}  {page['fetched']}\n\n{body.decode('utf-8', 'replace')}")
    return "\n\n".join(parts)[:MOST]


def restored(content: bytes, dictionary: bytes | None, size: int) -> bytes:
    """The bytes of a page, as pipelines/archive/codec.py wrote them."""
    if not dictionary:
        return ZstdDecompressor().decompress(content, max_output_size=size)
    raw = ZstdCompressionDict(ZstdDecompressor().decompress(dictionary), dict_type=DICT_TYPE_RAWCONTENT)
    return ZstdDecompressor(dict_data=raw).decompress(content, max_output_size=size)


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/articoli/<id>/pagina"""
    name = asked(request, "id")
    article_id = number(name)
    text = await ask(datasette, lambda conn: read(conn, article_id)) if article_id is not None else ""
    if not text:
        return await missing(datasette, request, "article", name)
    return attached(text, "text/plain; charset=utf-8")
