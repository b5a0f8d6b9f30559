"""The article page: the clean text with what was read in it, its versions, its page as saved, the story elsewhere."""

# ruff: noqa: S608 (the SQL is put together from names of this package)

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from .archive import Row, ask, row, rows
from .happenings import Happening, told
from .marking import Span, blocks, marked
from .page import asked, helpful, missing, render, words_for
from .wording import Wording, loaded

ARTICLE = """
    SELECT articles.*, coalesce(sites.title, articles.site) AS paper, bodies.text, bodies.headings FROM articles
    LEFT JOIN sites ON sites.name = articles.site JOIN bodies ON bodies.article_id = articles.id WHERE articles.id = ?
"""
CLAIMS = """
    SELECT claims.*, event_claims.event_id, events.number AS event_number, events.match_id FROM claims
    LEFT JOIN event_claims ON event_claims.claim_id = claims.id LEFT JOIN events ON events.id = event_claims.event_id
    WHERE claims.article_id = ? ORDER BY claims.number
"""
MATCHES = """
    SELECT article_matches.*, matches.id AS tied, home.name AS home_name, away.name AS away_name,
      matches.score_home AS fused_home, matches.score_away AS fused_away
    FROM article_matches
    LEFT JOIN matches ON matches.id = article_matches.match_id
    LEFT JOIN teams AS home ON home.id = matches.home_id LEFT JOIN teams AS away ON away.id = matches.away_id
    WHERE article_matches.article_id = ? ORDER BY article_matches.number
"""
SHORT = """SELECT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
    coalesce(sites.title, articles.site) AS paper FROM articles LEFT JOIN sites ON sites.name = articles.site"""
SAME_WORDS = f"{SHORT} WHERE (articles.copy_of = :first OR articles.id = :first) AND articles.id <> :id LIMIT 20"
SAME_MATCH = f"""{SHORT} WHERE articles.id IN (SELECT article_id FROM article_matches WHERE match_id IN (
    SELECT match_id FROM article_matches WHERE article_id = :id AND match_id IS NOT NULL))
    AND coalesce(articles.copy_of, articles.id) <> :first ORDER BY articles.published DESC LIMIT 20"""
VERSIONS = "SELECT number, seen, title FROM article_versions WHERE article_id = ? ORDER BY number DESC LIMIT 100"


@dataclass(frozen=True, slots=True)
class Read:
    """All that the archive has of one article."""

    article: Row
    claims: list[Row]
    matches: list[Row]
    authors: list[str]
    tags: list[str]
    versions: list[Row]
    same_words: list[Row]
    same_match: list[Row]
    saved: bool


def read(conn: sqlite3.Connection, article_id: int) -> Read | None:
    article = row(conn, ARTICLE, (article_id,))
    if article is None:
        return None
    near = {"id": article_id, "first": article["copy_of"] or article_id}
    return Read(
        article=article,
        claims=rows(conn, CLAIMS, (article_id,)),
        matches=rows(conn, MATCHES, (article_id,)),
        authors=names(conn, "author", article_id),
        tags=names(conn, "tag", article_id),
        versions=rows(conn, VERSIONS, (article_id,)),
        same_words=rows(conn, SAME_WORDS, near),
        same_match=rows(conn, SAME_MATCH, near),
        saved=row(conn, "SELECT 1 FROM pages WHERE url_id = ?", (article["source_id"],)) is not None,
    )


def names(conn: sqlite3.Connection, what: str, article_id: int) -> list[str]:
    """The authors or tags of an article, in the order of its page."""
    sql = f"""SELECT name FROM article_{what}s JOIN {what}s ON {what}s.id = article_{what}s.{what}_id
        WHERE article_id = ? ORDER BY number"""
    return [str(name) for (name,) in conn.execute(sql, (article_id,))]


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/articoli/<id>"""
    name = asked(request, "id")
    article_id = number(name)
    found = await ask(datasette, lambda conn: read(conn, article_id)) if article_id is not None else None
    if found is None:
        return await missing(datasette, request, "article", name)
    t = words_for(request)
    return await render(datasette, request, "article.html", **shown(found, t))


def number(name: str) -> int | None:
    """An id as SQLite knows them, None for anything else."""
    return int(name) if name.isascii() and name.isdigit() and len(name) < 19 else None


def shown(found: Read, t: Wording) -> dict[str, Any]:
    """What the template shows; of an archive without bodies (docs/publish.md), the sentences of events alone."""
    article, events = found.article, [told(claim_as_event(claim), t) for claim in found.claims]
    spans = spans_of(found.claims)
    return {
        "article": article,
        "title": marked(article["title"], spans["title"]),
        "subtitle": marked(article["subtitle"], spans["subtitle"]),
        "body": blocks(article["text"], loaded(article["headings"], list), spans["text"]),
        "sentences": [] if article["text"] else sentences(found.claims),
        "links": {claim["number"]: (claim["match_id"], claim["event_number"]) for claim in found.claims},
        "events": {event.number: event for event in events},
        "matches": [(match, of_match(events, found.claims, match["id"])) for match in found.matches],
        "authors": found.authors,
        "tags": found.tags,
        "versions": found.versions,
        "same_words": found.same_words,
        "same_match": found.same_match,
        "saved": found.saved,
    }


def claim_as_event(claim: Row) -> Row:
    """A claim in the form of an event; who its people are is not known here."""
    nobody = dict.fromkeys(("player_id", "assist_id", "opponent_id", "player_in_id", "player_out_id"))
    return {**claim, **nobody}


def of_match(events: list[Happening], claims: list[Row], article_match_id: int) -> list[Happening]:
    return [event for event, claim in zip(events, claims, strict=True) if claim["article_match_id"] == article_match_id]


def spans_of(claims: list[Row]) -> dict[str, list[Span]]:
    """Where claims stand, by part of the article."""
    found: dict[str, list[Span]] = {"title": [], "subtitle": [], "text": []}
    for claim in claims:
        for place in loaded(claim["evidence"], list):
            if not isinstance(place, dict):
                continue
            start, end, part = place.get("start"), place.get("end"), place.get("part", "text")
            if isinstance(start, int) and isinstance(end, int) and part in found:
                found[part].append(Span(start, end, claim["number"]))
    return found


def sentences(claims: list[Row]) -> list[str]:
    """The distinct sentences in which something was read, as a public edition may quote them."""
    places = (place for claim in claims for place in loaded(claim["evidence"], list) if isinstance(place, dict))
    return list(dict.fromkeys(" ".join(str(place.get("sentence", "")).split())[:600] for place in places))
