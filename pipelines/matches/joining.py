"""One more article: its frames are tied to matches, and the matches that it touches are made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from .calendars import completed, keep_checks, result_of, verdict
from .correcting import corrections_of, pairs
from .grouping import follow, group
from .match import Match, make_match
from .names import pair_key
from .reading import day_index, keep_tellings, neighbours, said_by, sketched
from .records import records_of
from .telling import Telling
from .trust import Trust
from .writing import drop_match, keep_match, leave_untied

Place = tuple[str, int | None]  # a pair of teams and a day: where tellings hang together


def join_article(conn: sqlite3.Connection, article_id: int, before: Sequence[str]) -> None:
    """Tie an article's frames to their matches and fuse what is claimed of them, inside the caller's
    transaction; `before` are the matches that it told until now."""
    join_articles(conn, [(article_id, before)])


def join_articles(conn: sqlite3.Connection, changed: Sequence[tuple[int, Sequence[str]]]) -> None:
    """The same for several articles, each with the matches it told until now: every match is made once."""
    own = [telling for article_id, _ in changed for telling in sketched(conn, article_id)]
    keep_tellings(conn, own)
    before = sorted({match for _, matches in changed for match in matches})
    places: set[Place] = {(pair_key(t.home, t.away), day_index(t)) for t in own}
    stale = set(before)
    new = {t.id: t for t in own}
    for tellings in hanging_together(conn, places | set(places_of(conn, before))):
        ties = ties_of(conn, tellings)
        stale |= set(ties.values())
        trust = records_of(conn, (t.site for t in tellings))
        for match in match_followed(conn, tellings, ties, new, trust) or matches_of(conn, tellings, trust):
            keep_match(conn, match, new)
    drop_untold(conn, stale)


def match_followed(
    conn: sqlite3.Connection, tellings: Sequence[Telling], ties: Mapping[int, str], new: Mapping[int, Telling],
    trust: Trust,
) -> list[Match]:  # fmt: skip
    """The one match that a new telling plainly follows, so that nothing else changes; none where that is not plain."""
    own = [t for t in tellings if t.id in new]
    ids = [t.id for t in tellings]
    if len(own) != 1 or own[0].id in ties or corrections_of(conn, ids):
        return []
    followed = follow(tellings, ties, own[0])
    if followed is None:
        return []
    match = make_match(followed, said_by(conn, [t.id for t in followed]), trust, followed=True)
    known = next(iter({ties[t.id] for t in followed if t.id in ties}))
    same_day = match.id == known.removesuffix("-2")
    return [checked_by_calendar(conn, replace(match, id=known))] if same_day else []


def places_of(conn: sqlite3.Connection, matches: Iterable[str]) -> Iterator[Place]:
    """Where the remaining tellings of matches stand."""
    for match in matches:
        yield from conn.execute(
            "SELECT DISTINCT pair, day FROM tellings JOIN article_matches ON id = article_match_id WHERE match_id = ?",
            (match,),
        ).fetchall()


def hanging_together(conn: sqlite3.Connection, places: Iterable[Place]) -> Iterator[list[Telling]]:
    """The tellings around each place, those that hang together once."""
    seen: set[int] = set()
    for key, day in sorted(places, key=lambda place: (place[1] or 0, place[0])):
        tellings = with_joined(conn, neighbours(conn, key, day))
        if tellings and not seen & {t.id for t in tellings}:
            seen.update(t.id for t in tellings)
            yield tellings


def with_joined(conn: sqlite3.Connection, tellings: list[Telling]) -> list[Telling]:
    """Tellings with those that a person joined to any of them, and what hangs together with these."""
    known = {t.id: t for t in tellings}
    while True:
        linked = {i for pair in pairs(corrections_of(conn, known), "join") for i in pair} - known.keys()
        if not linked:
            return sorted(known.values(), key=lambda t: t.key)
        for frame in sorted(linked):
            place = conn.execute("SELECT pair, day FROM tellings WHERE article_match_id = ?", (frame,)).fetchone()
            known |= {t.id: t for t in (neighbours(conn, *place) if place else ())}
        if linked - known.keys():  # a telling that is no more
            return sorted(known.values(), key=lambda t: t.key)


def matches_of(conn: sqlite3.Connection, tellings: Sequence[Telling], trust: Trust) -> Iterator[Match]:
    """The matches that tellings of two teams make; those that stay unsure are noted with the reason."""
    told = corrections_of(conn, [t.id for t in tellings])
    grouping = group(tellings, pairs(told, "join"), pairs(told, "split"))
    leave_untied(conn, grouping.unsure)
    taken: set[str] = set()
    for each in sorted(grouping.groups, key=lambda g: (-len(g.tellings), g.tellings[0].key)):
        frames = [t.id for t in each.tellings]
        of_events = [c for c in told if c.frame in frames]
        match = make_match(each.tellings, said_by(conn, frames), trust, of_events)
        while match.id in taken:  # two sides of the same clubs on one day
            match = replace(match, id=f"{match.id}-2")
        taken.add(match.id)
        yield checked_by_calendar(conn, match)


def checked_by_calendar(conn: sqlite3.Connection, match: Match) -> Match:
    """A match with what an imported calendar adds, its papers' scores compared with the calendar's."""
    found = result_of(conn, match)
    if found is None:
        return match
    key, result = found
    keep_checks(conn, key, result, match.tellings)
    return replace(completed(match, result), result=verdict(match, result))


def ties_of(conn: sqlite3.Connection, tellings: Sequence[Telling]) -> dict[int, str]:
    """The matches that tellings are tied to as yet."""
    rows = (conn.execute("SELECT id, match_id FROM article_matches WHERE id = ?", (t.id,)).fetchone() for t in tellings)
    return {frame: match for frame, match in rows if match}


def drop_untold(conn: sqlite3.Connection, matches: Iterable[str]) -> None:
    """Remove those matches that no article tells any more."""
    for match in sorted(matches):
        if not conn.execute("SELECT 1 FROM article_matches WHERE match_id = ? LIMIT 1", (match,)).fetchone():
            drop_match(conn, match)
