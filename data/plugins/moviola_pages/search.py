"""The search page: teams, players and matches first, then articles with their snippets."""

# ruff: noqa: S608 (the SQL is put together from names of this package)

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import date
from itertools import permutations
from typing import Any

from .archive import Row, ask, remember, rows
from .asking import LONGEST, Query
from .feeds import Entry, feed
from .home import MATCHES, page_of
from .italian import tokens
from .known import Known, known
from .page import helpful, render, words_for
from .wordsearch import asked as asked_in_words

PAGE = 20
COMMON = 3_000  # articles with a word: more are shown newest first, since ranking reads every one of them
COUNTED = 1_000  # how far results are counted
WALKED = (300, 3_000, 30_000)  # newest articles looked through for a common word
OPEN, CLOSE = "\x02", "\x03"  # around the words found; no text holds them, so that they survive escaping
KNOWN_FOR = 60.0  # seconds that the names of players serve
LINES = """
    SELECT articles.id, articles.title, articles.url, articles.kind, articles.published, articles.copy_of,
      articles.site, coalesce(sites.title, articles.site) AS paper
    FROM articles LEFT JOIN sites ON sites.name = articles.site WHERE articles.id IN (SELECT value FROM json_each(?))
"""
SNIPPETS = f"""
    SELECT rowid, snippet(articles_fts, -1, '{OPEN}', '{CLOSE}', '…', 28) FROM articles_fts
    WHERE articles_fts MATCH ? AND rowid IN (SELECT value FROM json_each(?))
"""


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as the address has it; what makes no sense there is left out."""

    text: str
    site: str
    kind: str
    season: str
    since: str
    until: str
    sort: str
    page: int

    def filters(self) -> tuple[list[str], dict[str, str]]:
        """Conditions on articles and their values."""
        since, until = self.days()
        wanted = {"site": self.site, "kind": self.kind, "since": since, "until": until}
        conditions = {
            "site": "articles.site = :site", "kind": "articles.kind = :kind",
            "since": "articles.published >= :since", "until": "articles.published < :until || 'T99'",
        }  # fmt: skip
        return [conditions[name] for name in wanted if wanted[name]], {k: v for k, v in wanted.items() if v}

    def days(self) -> tuple[str, str]:
        """The first and last day asked for; a season runs from July to June."""
        if self.season[:4].isdigit():
            year = int(self.season[:4])
            return self.since or f"{year:04}-07-01", self.until or f"{year + 1:04}-06-30"
        return self.since, self.until


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found."""

    query: Query
    articles: list[Row]
    count: int  # at most COUNTED + 1
    teams: list[tuple[str, str]]
    players: list[tuple[str, str]]
    matches: list[Row]
    by_date: bool


def asked(request: Any) -> Asked:
    def one(name: str, longest: int = 40) -> str:
        return str(request.args.get(name) or "").replace("\x00", " ")[:longest]

    sort = one("ordine")
    return Asked(
        text=one("q", LONGEST),
        site=one("sito"),
        kind=one("genere"),
        season=one("stagione"),
        since=day(one("dal")),
        until=day(one("al")),
        sort=sort if sort in ("data", "pertinenza") else "",
        page=page_of(request),
    )


def day(text: str) -> str:
    """A date as the archive writes it, '' where it is none."""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def find(conn: sqlite3.Connection, search: Asked, names: Known) -> Found:
    """Everything that a search page shows."""
    expression = asked_in_words(conn, search.text)
    words = tokens(search.text)
    common = expression.at_most > COMMON
    by_date = search.sort == "data" or common
    ids = found_ids(conn, expression.expression, search, by_date, common) if expression.expression else []
    matches = matches_of(conn, names, words)
    return Found(
        query=expression,
        articles=lines(conn, expression.expression, ids[:PAGE]),
        count=counted(conn, expression.expression, search) if ids else 0,
        teams=names.teams.find(words) or both_of(matches),
        players=names.players.find(words),
        matches=matches,
        by_date=common and search.sort != "data",
    )


def found_ids(conn: sqlite3.Connection, expression: str, search: Asked, by_date: bool, common: bool) -> list[int]:
    """The ids of one page of articles, and of one more where there are more."""
    if common:
        return newest_with(conn, expression, search)
    conditions, values = search.filters()
    where = "".join(f" AND {condition}" for condition in conditions)
    order = "articles.published DESC" if by_date else "articles_fts.rank"
    sql = f"""SELECT articles.id FROM articles_fts JOIN articles ON articles.id = articles_fts.rowid
        WHERE articles_fts MATCH :asked{where} ORDER BY {order} LIMIT :most OFFSET :before"""
    numbers = {"most": PAGE + 1, "before": (search.page - 1) * PAGE}
    return [row[0] for row in conn.execute(sql, {**values, **numbers, "asked": expression})]


def newest_with(conn: sqlite3.Connection, expression: str, search: Asked) -> list[int]:
    """As `found_ids`, of a common word: the newest articles that have it, looked for among ever more of the newest. A
    common word is soon found often enough; to sort all that have it would read half the archive."""
    conditions, values = search.filters()
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    newest = f"SELECT id FROM articles {where} ORDER BY published DESC LIMIT :walk"
    having = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? AND rowid BETWEEN ? AND ?"
    before, found = (search.page - 1) * PAGE, list[int]()
    for walk in WALKED:
        ids = [row[0] for row in conn.execute(newest, {**values, "walk": walk})]
        if not ids:
            return []
        matching = {row[0] for row in conn.execute(having, (expression, min(ids), max(ids)))}
        found = [one for one in ids if one in matching]
        if len(found) > before + PAGE or len(ids) < walk:
            break
    return found[before : before + PAGE + 1]


def counted(conn: sqlite3.Connection, expression: str, search: Asked) -> int:
    """How many articles there are, counted as far as COUNTED."""
    conditions, values = search.filters()
    where = "".join(f" AND {condition}" for condition in conditions)
    join = "JOIN articles ON articles.id = articles_fts.rowid" if conditions else ""
    sql = f"SELECT count(*) FROM (SELECT 1 FROM articles_fts {join} WHERE articles_fts MATCH :asked{where} LIMIT :most)"
    return int(conn.execute(sql, {**values, "asked": expression, "most": COUNTED + 1}).fetchone()[0])


def lines(conn: sqlite3.Connection, expression: str, ids: list[int]) -> list[Row]:
    """The articles of these ids, in their order, with the snippet that shows why."""
    wanted = json.dumps(ids)
    snippets = dict(conn.execute(SNIPPETS, (expression, wanted)).fetchall())
    found = {article["id"]: article for article in rows(conn, LINES, (wanted,))}
    return [{**found[one], "snippet": runs(snippets.get(one, ""))} for one in ids if one in found]


def runs(snippet: str) -> list[tuple[str, bool]]:
    """A snippet as (text, whether it was searched for)."""
    parts = []
    for number, piece in enumerate(snippet.split(OPEN)):
        inside, _, after = piece.partition(CLOSE) if number else ("", "", piece)
        parts += [(inside, True)] if inside else []
        parts += [(after, False)] if after else []
    return parts


def matches_of(conn: sqlite3.Connection, names: Known, words: list[str]) -> list[Row]:
    """The latest matches between the two teams that the words name, or of the one team."""
    words = [word for word in words if word not in ("v", "vs", "contro")][:6]
    for cut in range(1, len(words)):
        left, right = names.teams.find(words[:cut])[:3], names.teams.find(words[cut:])[:3]
        pairs = [pair for one, _ in left for other, _ in right for pair in permutations((one, other), 2)]
        if pairs:
            either = " OR ".join("(home_id = ? AND away_id = ?)" for _ in pairs)
            values = [team for pair in pairs for team in pair]
            return rows(conn, f"{MATCHES} WHERE {either} ORDER BY matches.date DESC LIMIT 6", values)
    if teams := names.teams.find(words)[:1]:
        where = "WHERE home_id = :team OR away_id = :team ORDER BY matches.date DESC LIMIT 4"
        return rows(conn, f"{MATCHES} {where}", {"team": teams[0][0]})
    return []


def both_of(matches: list[Row]) -> list[tuple[str, str]]:
    """The two teams of the first match: who names both may want either."""
    return [(match[f"{side}_id"], match[side]) for match in matches[:1] for side in ("home", "away")]


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/cerca?q=…, and the same as a feed with .atom"""
    search = asked(request)
    names = await remember(datasette, "names", KNOWN_FOR, known)
    found = await ask(datasette, lambda conn: find(conn, search, names))
    t = words_for(request)
    if request.url_vars.get("ending") == "atom":
        entries = [Entry.of_article(article) for article in found.articles]
        return feed(datasette, request, f"{t.search}: {search.text}", entries)
    choices = await remember(datasette, "choices", KNOWN_FOR, filled_choices)
    kept = {"q": search.text, "sito": search.site, "genere": search.kind, "stagione": search.season}
    kept |= {"dal": search.since, "al": search.until, "ordine": search.sort}
    return await render(
        datasette, request, "search.html", q=search.text, search=search, found=found, choices=choices, kept=kept,
        more=found.count > search.page * PAGE and len(found.articles) == PAGE, counted=COUNTED,
    )  # fmt: skip


def filled_choices(conn: sqlite3.Connection) -> Row:
    """What the filters offer."""
    seasons = conn.execute("SELECT DISTINCT season FROM matches WHERE season IS NOT NULL ORDER BY season DESC")
    return {
        "sites": rows(conn, "SELECT name, coalesce(title, name) AS title FROM sites ORDER BY title"),
        "seasons": [season for (season,) in seasons],
    }
