"""One more article: its frames are tied to matches, and the matches that it touches are made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from .grouping import group
from .match import make_match
from .names import pair_key
from .reading import day_index, keep_tellings, neighbours, said_by, sketched
from .telling import Telling
from .trust import Trust
from .writing import drop_match, keep_match, leave_untied

Place = tuple[str, int | None]  # a pair of teams and a day: where tellings hang together


def join_article(conn: sqlite3.Connection, article_id: int, before: Sequence[str]) -> None:
    """Tie an article's frames to their matches and fuse what is claimed of them, inside the caller's
    transaction; `before` are the matches that it told until now."""
    own = list(sketched(conn, article_id))
    keep_tellings(conn, own)
    places: set[Place] = {(pair_key(t.home, t.away), day_index(t)) for t in own}
    join_places(conn, places | set(places_of(conn, before)), Trust(), before)


def places_of(conn: sqlite3.Connection, matches: Iterable[str]) -> Iterable[Place]:
    """Where the remaining tellings of matches stand."""
    for match in matches:
        yield from conn.execute(
            "SELECT DISTINCT pair, day FROM tellings JOIN article_matches ON id = article_match_id WHERE match_id = ?",
            (match,),
        ).fetchall()


def join_places(conn: sqlite3.Connection, places: Iterable[Place], trust: Trust, stale: Iterable[str] = ()) -> None:
    """Group the tellings at these places anew, and write their matches; `stale` matches go where nothing is left."""
    seen: set[int] = set()
    suspects = set(stale)
    for key, day in sorted(places, key=lambda place: (place[0], place[1] or 0)):
        tellings = neighbours(conn, key, day)
        if not tellings or tellings[0].id in seen:
            continue
        seen.update(t.id for t in tellings)
        suspects |= join_tellings(conn, tellings, trust)
    for match in sorted(suspects):
        if not conn.execute("SELECT 1 FROM article_matches WHERE match_id = ? LIMIT 1", (match,)).fetchone():
            drop_match(conn, match)


def join_tellings(conn: sqlite3.Connection, tellings: Sequence[Telling], trust: Trust) -> set[str]:
    """Write the matches of tellings that hang together; the matches that they were tied to before."""
    ids = [t.id for t in tellings]
    before = {match for frame in ids if (match := tie_of(conn, frame))}
    grouping = group(tellings)
    leave_untied(conn, grouping.unsure)
    for each in grouping.groups:
        keep_match(conn, make_match(each.tellings, said_by(conn, [t.id for t in each.tellings]), trust))
    return before


def tie_of(conn: sqlite3.Connection, frame: int) -> str | None:
    row = conn.execute("SELECT match_id FROM article_matches WHERE id = ?", (frame,)).fetchone()
    return row[0] if row else None
