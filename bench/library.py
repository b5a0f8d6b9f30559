"""An archive of any size for the pages' benchmark: invented matches, their articles made of the corpus's sentences.

Rows are put straight into the tables, since writing 200,000 articles through the archive is measured elsewhere
(bench/archive.py). All is drawn from one seed: the same size gives the same archive.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipelines.archive import Archive
from tests.matches.corpus import articles as told_articles

PER_MATCH = 5  # articles that tell a match
EVENTS = 15  # events of a match: 200,000 articles have 600,000
TOLD_BY = 2  # claims of an event
SENTENCES = 12  # of an article: about 200 words
TEAMS, SQUAD = 400, 30
SITES = 20
SHEET = 14  # players on a sheet with a mark
KINDS = ("report", "live", "box", "marks", "news")
TYPES = ("goal", "shot", "shot", "yellow_card", "substitution", "substitution", "shot", "goal", "yellow_card")
BATCH = 2_000  # matches a transaction
Row = tuple[Any, ...]


def build(path: Path, articles: int) -> None:
    """A new archive of about that many articles at the path."""
    Archive.open(path).close()
    conn = sqlite3.connect(path, isolation_level=None)
    conn.execute("PRAGMA synchronous = OFF")
    conn.execute("PRAGMA cache_size = -200000")
    draw, sentences = random.Random(20260122), pool()
    conn.execute("BEGIN")
    people(conn, draw)
    for first in range(0, articles // PER_MATCH, BATCH):
        rows: dict[str, list[Row]] = {}
        for number in range(first, min(first + BATCH, articles // PER_MATCH)):
            for table, row in match(number, draw, sentences):
                rows.setdefault(table, []).append(row)
        for table, lines in rows.items():
            conn.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(lines[0]))})", lines)
    conn.execute("INSERT INTO articles_fts (articles_fts) VALUES ('rebuild')")
    conn.execute("COMMIT")
    conn.close()


def pool() -> list[str]:
    """The sentences of the corpus."""
    lines = (line for told in told_articles("dev") for line in told.text.split("\n"))
    return [sentence.strip() + "." for line in lines for sentence in line.split(". ") if len(sentence) > 40]


def people(conn: sqlite3.Connection, draw: random.Random) -> None:
    """Sites, teams and players."""
    conn.executemany(
        "INSERT INTO sites (name, title) VALUES (?, ?)", [(f"s{n}", f"Giornale {n}") for n in range(SITES)]
    )
    conn.executemany("INSERT INTO teams VALUES (?, ?)", [(f"squadra-{n}", f"Squadra {n}") for n in range(TEAMS)])
    men = [
        (f"giocatore-{n}", f"{syllables(draw)} {syllables(draw)}", "", f"squadra-{n // SQUAD}")
        for n in range(TEAMS * SQUAD)
    ]
    conn.executemany("INSERT INTO players VALUES (?, ?, ?, ?)", men)
    conn.executemany("INSERT INTO player_names VALUES (?, ?)", [(man[0], man[1]) for man in men])


def syllables(draw: random.Random) -> str:
    return "".join(draw.choice("bcdfglmnprstvz") + draw.choice("aeiou") for _ in range(3)).capitalize()


def match(number: int, draw: random.Random, sentences: list[str]) -> Iterator[tuple[str, Row]]:
    """All rows of one match, each with the table (and columns) that it goes into."""
    day = date(2006, 8, 1) + timedelta(days=number * 7300 // 40_000)
    home, away = draw.sample(range(TEAMS), 2)
    match_id = f"{day}-{home}-{away}-{number}"
    season = day.year if day.month > 6 else day.year - 1
    yield (
        "matches (id, date, season, competition, round, home_id, away_id, score_home, score_away, articles)",
        (match_id, str(day), f"{season}-{(season + 1) % 100:02}", f"Serie {'ABCD'[number % 4]}",
         f"{number % 38 + 1}ª giornata", f"squadra-{home}", f"squadra-{away}", 1, 1, PER_MATCH),
    )  # fmt: skip
    for n in range(PER_MATCH):
        yield from article(number * PER_MATCH + n + 1, match_id, day, home, away, draw, sentences)
    for n in range(EVENTS):
        yield from event(number, n, match_id, home if n % 2 else away, draw)
    yield from sheets(number * PER_MATCH + 1, (home, away), draw)


def article(
    key: int, match_id: str, day: date, home: int, away: int, draw: random.Random, sentences: list[str]
) -> Iterator[tuple[str, Row]]:
    url, site, at = f"https://s{key % SITES}.example/{key}", f"s{key % SITES}", f"{day}T{key % 24:02}:00:00Z"
    text = "\n".join(draw.choices(sentences, k=SENTENCES)) + f"\nraro{key // 7}"
    yield (
        "urls (id, url, site, role, state, discovered, fetched, article_id)",
        (key, url, site, "article", "fetched", at, at, key),
    )
    yield (
        "articles (id, url, site, title, kind, published, language, completeness, pages, words, method, hash,"
        " source_id, reader, added, changed)",
        (key, url, site, f"Squadra {home}-Squadra {away}, {draw.choice(sentences)[:60]}", KINDS[key % 5], at, "it",
         "full", 1, 200, "structure", str(key), key, "1", at, at),
    )  # fmt: skip
    yield "bodies", (key, text, "[]", "[]")
    yield (
        "article_matches (id, article_id, number, match_id, home, away, score_home, score_away, assistants, var)",
        (key * 10_000 + 1, key, 1, match_id, f"Squadra {home}", f"Squadra {away}", 1, 1, "[]", "[]"),
    )


def event(number: int, n: int, match_id: str, team: int, draw: random.Random) -> Iterator[tuple[str, Row]]:
    event_id, kind, minute = f"{match_id}-{n}", TYPES[n % len(TYPES)], 1 + n * 6
    first, second = (team * SQUAD + man for man in draw.sample(range(SQUAD), 2))
    changed = kind == "substitution"
    man = (None, None) if changed else (f"Giocatore {first}", f"giocatore-{first}")
    on, off = (f"giocatore-{first}", f"giocatore-{second}") if changed else (None, None)
    yield (
        "events (id, match_id, number, type, side, team_id, period, minute, precision, player, player_id, player_in,"
        " player_in_id, player_out, player_out_id, outcome, score_home, score_away, sources)",
        (event_id, match_id, n + 1, kind, "home" if n % 2 else "away", f"squadra-{team}", 1 + (minute > 45),
         minute, "exact", *man, on, on, off, off, "saved" if kind == "shot" else None,
         *((1, 1) if kind == "goal" else (None, None)), TOLD_BY),
    )  # fmt: skip
    for teller in range(TOLD_BY):
        article_id = number * PER_MATCH + (n + teller) % PER_MATCH + 1
        claim = article_id * 10_000 + n + 1
        place = {
            "part": "text",
            "start": n * 20,
            "end": n * 20 + 60,
            "sentence": f"Al {minute}' {man[0] or on}",
            "rule": "r",
        }
        yield (
            "claims (id, article_id, number, article_match_id, event, type, side, minute, precision, player,"
            " confidence, related, evidence, reader)",
            (claim, article_id, n + 1, article_id * 10_000 + 1, f"e{n}", kind, "home", minute, "exact", man[0], 1.0,
             "[]", json.dumps([place]), "1"),
        )  # fmt: skip
        yield "event_claims", (claim, event_id)


def sheets(key: int, teams: tuple[int, int], draw: random.Random) -> Iterator[tuple[str, Row]]:
    for place, team in enumerate(teams):
        lineup = (key * 10_000 + 1) * 2 + place
        yield "lineups", (lineup, key * 10_000 + 1, ("home", "away")[place], "4-4-2", "Mister")
        for n in range(SHEET):
            man = team * SQUAD + n
            yield (
                "lineup_players (lineup_id, number, name, player_id, place, rating)",
                (lineup, n + 1, f"Giocatore {man}", f"giocatore-{man}", "starter" if n < 11 else "bench",
                 draw.randrange(9, 16) / 2),
            )  # fmt: skip
