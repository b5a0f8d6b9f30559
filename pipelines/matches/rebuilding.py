"""Making all matches anew from the claims: the same archive, whatever the order in which the articles came.

Twice over: what all matches make together teaches each paper's record of being right, and with the records the matches
are made again. Players are found in the order of play, then short names that a squad explains are unified.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from zlib import crc32

from pipelines.archive import Archive

from .joining import Place, hanging_together, matches_of
from .players import unify
from .reading import keep_tellings, sketched
from .records import Ledger, keep_records
from .trust import Trust
from .writing import keep_match

ENOUGH = 300  # places to learn from: so many matches judge every paper that tells a good part of them
Progress = Callable[[int, int], None]  # how much is done, of how much


def rebuild(archive: Archive, progress: Progress | None = None) -> int:
    """Make every match of the archive anew, in one transaction; how many there are."""
    with archive.transaction() as pen:
        return rebuild_all(pen.conn, progress or (lambda _done, _all: None))


def rebuild_all(conn: sqlite3.Connection, progress: Progress) -> int:
    clear(conn)
    conn.execute("DELETE FROM unjoined")
    articles = [row[0] for row in conn.execute("SELECT DISTINCT article_id FROM article_matches ORDER BY 1").fetchall()]
    for number, article in enumerate(articles):
        keep_tellings(conn, sketched(conn, article))
        progress(number, 2 * len(articles))
    places: list[Place] = conn.execute("SELECT DISTINCT pair, day FROM tellings ORDER BY day, pair").fetchall()
    trust = learned(conn, places)
    keep_records(conn, trust)
    count = 0
    for number, tellings in enumerate(hanging_together(conn, places)):
        for match in matches_of(conn, tellings, trust):
            keep_match(conn, match)
            count += 1
        progress(number + len(places), 2 * len(places))
    unify(conn)
    progress(1, 1)
    return count


def learned(conn: sqlite3.Connection, places: Sequence[Place]) -> Trust:
    """Each paper's record, from all matches, or from some hundred places that chance, not order, picks."""
    picked = sorted(places, key=lambda place: crc32(f"{place}".encode()))[:ENOUGH]
    ledger = Ledger()
    for tellings in hanging_together(conn, picked):
        for match in matches_of(conn, tellings, Trust()):
            ledger.note(match)
    return ledger.trust()


def clear(conn: sqlite3.Connection) -> None:
    """Forget what joining made; what people said by hand and what was imported stays."""
    conn.execute("UPDATE article_matches SET match_id = NULL, unsure = NULL")
    conn.execute("DELETE FROM matches")
    conn.execute("DELETE FROM squads WHERE source = 'archive'")
    conn.execute("DELETE FROM players WHERE id NOT IN (SELECT player_id FROM squads)")
    conn.execute("DELETE FROM teams WHERE id NOT IN (SELECT team_id FROM squads)")
    conn.execute("DELETE FROM tellings")
    conn.execute("DELETE FROM score_checks")
