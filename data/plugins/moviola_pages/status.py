"""The status page and /-/healthz: runs, sites, lag, failures."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from datasette.utils.asgi import Response

from .archive import NoArchive, Row, ask, remember, rows, value
from .page import helpful, render, settings
from .wording import loaded

FRESH = 30.0
TOO_OLD = 36  # hours without a good run, unless metadata.json says otherwise under plugins → moviola → max_age_hours
GOOD = ("finished",)  # reasons of a run that went as it should
SITES = """
    SELECT sites.name, coalesce(sites.title, sites.name) AS title, sites.home,
      (SELECT max(id) FROM crawl_runs WHERE crawl_runs.site = sites.name) AS run_id,
      (SELECT count(*) FROM articles WHERE articles.site = sites.name) AS articles,
      (SELECT max(published) FROM articles WHERE articles.site = sites.name) AS newest,
      (SELECT count(*) FROM failures WHERE failures.site = sites.name AND failures.at >= :since) AS failures
    FROM sites ORDER BY title
"""
RUNS = "SELECT * FROM crawl_runs ORDER BY id DESC LIMIT 30"
FAILURES = "SELECT id, url, site, kind, detail, at FROM failures ORDER BY id DESC LIMIT 25"
STATES = "SELECT site, state, count(*) AS urls FROM urls GROUP BY site, state"
LAGS = """
    SELECT articles.site, (julianday(articles.added) - julianday(urls.discovered)) * 86400 AS lag
    FROM (SELECT id, site, added, source_id FROM articles ORDER BY id DESC LIMIT 2000) AS articles
    JOIN urls ON urls.id = articles.source_id
"""
RECORDS = """
    SELECT coalesce(sites.title, site) AS paper, field, sum(right) AS right, sum(wrong) AS wrong
    FROM source_records JOIN sites ON sites.name = source_records.site GROUP BY site, field ORDER BY paper, field
"""
CHECKED = """
    SELECT coalesce(sites.title, articles.site) AS paper, 'score' AS field, sum(score_right) AS right,
      sum(score_right = 0) AS wrong
    FROM score_checks JOIN article_matches ON article_matches.id = score_checks.article_match_id
    JOIN articles ON articles.id = article_matches.article_id LEFT JOIN sites ON sites.name = articles.site
    WHERE score_right IS NOT NULL GROUP BY articles.site ORDER BY paper
"""
# The last good run of anything: a run that ended with nothing wrong.
LAST_GOOD = "SELECT max(ended) FROM crawl_runs WHERE ended IS NOT NULL AND reason = 'finished'"


def read(conn: sqlite3.Connection) -> Row:
    """How the crawl is doing."""
    since = stamp(datetime.now(UTC) - timedelta(days=1))
    runs = {run["id"]: run for run in rows(conn, "SELECT * FROM crawl_runs ORDER BY id DESC LIMIT 2000")}
    states: dict[str, dict[str, int]] = {}
    for counted in rows(conn, STATES):
        states.setdefault(counted["site"], {})[counted["state"]] = counted["urls"]
    lags: dict[str, list[float]] = {}
    for one in rows(conn, LAGS):
        lags.setdefault(one["site"], []).append(max(0.0, one["lag"] or 0.0))
    sites = rows(conn, SITES, {"since": since})
    for site in sites:
        site["run"] = runs.get(site["run_id"])
        site["light"] = light_of(site["run"])
        site["states"] = states.get(site["name"], {})
        site["lag"] = median(lags.get(site["name"], []))
    return {
        "sites": sites,
        "failures": rows(conn, FAILURES),
        "records": rows(conn, CHECKED) + rows(conn, RECORDS),
        "runs": told(runs),
    }


def told(runs: dict[int, Row]) -> list[Row]:
    """The newest runs with their counts as a mapping."""
    return [{**run, "counts": list(flat(loaded(run["counts"], dict)))} for run in list(runs.values())[:20]]


def flat(counts: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The counts of a run that are not zero, those of failures by their kind."""
    for name, count in counts.items():
        if isinstance(count, dict):
            yield from flat(count)
        elif count:
            yield name, count


def light_of(run: Row | None, now: datetime | None = None) -> str:
    """good, old or failing; '' for a site that was never crawled."""
    if run is None:
        return ""
    if run["ended"] and run["reason"] not in GOOD:
        return "failing"
    return "old" if age(run["ended"] or run["started"], now) > TOO_OLD else "good"


def age(when: str, now: datetime | None = None) -> float:
    """Hours since a stored time."""
    try:
        return ((now or datetime.now(UTC)) - datetime.fromisoformat(when)).total_seconds() / 3600
    except (TypeError, ValueError):
        return float("inf")


def median(numbers: list[float]) -> float | None:
    ranked = sorted(numbers)
    return ranked[len(ranked) // 2] if ranked else None


def stamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@helpful
async def show(request: Any, datasette: Any) -> Any:
    """/stato"""
    return await render(datasette, request, "status.html", **await remember(datasette, "status", FRESH, read))


async def healthz(datasette: Any) -> Any:
    """/-/healthz: 200 with the last good run, 503 where it is too old or there is none."""
    limit = float(settings(datasette).get("max_age_hours", TOO_OLD))
    try:
        last = await ask(datasette, lambda conn: value(conn, LAST_GOOD))
    except (NoArchive, sqlite3.Error) as error:
        return Response.json({"ok": False, "why": type(error).__name__}, status=503)
    hours = age(last) if last else None
    good = hours is not None and hours <= limit
    body = {
        "ok": good,
        "last_good_run": last,
        "hours": None if hours is None else round(hours, 1),
        "limit_hours": limit,
    }
    return Response.json(body, status=200 if good else 503)
