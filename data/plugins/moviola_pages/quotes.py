"""Who tells an event, in which words, and where they disagree."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from .archive import Row, rows
from .wording import loaded

LONGEST = 600  # characters of a sentence that are shown: a "sentence" of a box may be a whole line-up
SHORTEST, AT_A_GLANCE = 30, 190  # characters of a sentence that is shown before an event is opened
FIGURES = 9  # a sentence of as many is a list of scorers, not a telling
PER_ARTICLE = 2  # sentences of one article shown for one event
TELLINGS = """
    SELECT event_claims.event_id, claims.id AS claim_id, claims.article_id, claims.minute, claims.stoppage,
      claims.player, claims.confidence, claims.evidence, articles.title, articles.url, articles.kind, articles.copy_of,
      articles.site, coalesce(sites.title, articles.site) AS paper
    FROM events
    JOIN event_claims ON event_claims.event_id = events.id
    JOIN claims ON claims.id = event_claims.claim_id
    JOIN articles ON articles.id = claims.article_id
    LEFT JOIN sites ON sites.name = articles.site
    WHERE events.match_id = ?
    ORDER BY articles.copy_of IS NOT NULL, claims.confidence DESC, claims.id
"""


def tellings(conn: sqlite3.Connection, match_id: str) -> dict[str, list[Row]]:
    """Per event of a match the claims that tell it, surest first, each with its sentences and its paper."""
    found: dict[str, list[Row]] = defaultdict(list)
    for claim in rows(conn, TELLINGS, (match_id,)):
        claim["quotes"] = sentences(claim.pop("evidence"))
        found[claim["event_id"]].append(claim)
    return dict(found)


def sentences(evidence: str) -> list[Row]:
    """The distinct sentences of a claim, with the rules that read them."""
    found: dict[str, Row] = {}
    for place in loaded(evidence, list):
        if isinstance(place, dict) and str(place.get("sentence", "")).strip():
            sentence = " ".join(str(place["sentence"]).split())
            shown = sentence if len(sentence) <= LONGEST else sentence[:LONGEST] + "…"
            found.setdefault(shown, {"sentence": shown, "rule": str(place.get("rule", ""))})
    return list(found.values())[:PER_ARTICLE]


def foremost(told: list[Row], names: list[str]) -> Row | None:
    """The sentence that stands beside an event at once: short, of prose where there is some, and naming its man."""
    surnames = [name.split()[-1] for name in names if name.split()]
    short = [
        {"sentence": quote["sentence"], "paper": telling["paper"], "kind": telling["kind"]}
        for telling in told
        for quote in telling["quotes"]
        if SHORTEST <= len(quote["sentence"]) <= AT_A_GLANCE and sum(map(str.isdigit, quote["sentence"])) < FIGURES
    ]

    def worth(quote: Row) -> tuple[bool, bool]:
        return all(name not in quote["sentence"] for name in surnames), quote["kind"] != "report"

    return min(short, key=worth, default=None)


def dissent(text: str, papers: dict[int, str]) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    """Where papers disagree: [(field, [(value, [paper, …]), …]), …] from a row's `dissent`."""
    found: list[tuple[str, list[tuple[str, list[str]]]]] = []
    for field, values in loaded(text, dict).items():
        if isinstance(values, dict):
            said = [(str(value), sorted(named(articles, papers))) for value, articles in values.items()]
            found.append((str(field), said))
    return found


def named(articles: Any, papers: dict[int, str]) -> set[str]:
    """The papers of a list of article ids."""
    return {papers[article] for article in articles if article in papers} if isinstance(articles, list) else set()
