"""A person's word on matches and events: it is kept apart from what is read, and survives rebuilding and rereading."""

# ruff: noqa: S608 (the SQL is put together from names of this file)

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

from pipelines.items import Event

from .claim import Happening
from .likeness import likeness

Kind = Literal["split", "join", "reject", "set"]
TELLS = ("type", "side", "period", "minute", "stoppage", "player", "player_in", "player_out", "outcome", "subject")
SETTABLE = {
    "minute": int, "stoppage": int, "period": int, "player": str, "assist": str, "opponent": str, "player_in": str,
    "player_out": str, "method": str, "body_part": str, "outcome": str, "reason": str, "subject": str, "decision": str,
    "side": str,
}  # fmt: skip


class NoSuchThing(Exception):
    """A match, event or article that the archive does not know; the message says which."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One word of a person. `frame` and `other` are tellings; `event` describes the event that is meant."""

    id: int
    kind: Kind
    frame: int
    other: int | None = None
    event: Event | None = None
    fields: Mapping[str, Any] | None = None


# --- what was said


def corrections_of(conn: sqlite3.Connection, frames: Iterable[int]) -> list[Correction]:
    """What was said of these tellings, oldest first."""
    rows = conn.execute(
        "SELECT id, kind, frame_id, other_id, event, fields FROM corrections WHERE frame_id IN"
        " (SELECT value FROM json_each(?1)) OR other_id IN (SELECT value FROM json_each(?1)) ORDER BY id",
        (json.dumps(list(frames)),),
    )
    return [
        Correction(number, kind, frame, other, described(event), json.loads(told) if told else None)
        for number, kind, frame, other, event, told in rows
    ]


def described(text: str | None) -> Event | None:
    return Event(id="", match="", **json.loads(text)) if text else None


def pairs(corrections: Iterable[Correction], kind: Kind) -> set[frozenset[int]]:
    """The pairs of tellings that a person put together, or kept apart."""
    return {frozenset((c.frame, c.other)) for c in corrections if c.kind == kind and c.other is not None}


# --- what follows from it


def without_rejected(
    made: Sequence[Happening], corrections: Sequence[Correction]
) -> tuple[list[Happening], list[Happening]]:
    """The happenings that stand, and those that a person rejected, which are shown as such and count nowhere."""
    rejected = {at for c in corrections if c.kind == "reject" and (at := meant(made, c)) is not None}
    return (
        [each for i, each in enumerate(made) if i not in rejected],
        [replace(each, correction="rejected") for i, each in enumerate(made) if i in rejected],
    )


def with_settings(made: Sequence[Happening], corrections: Sequence[Correction]) -> list[Happening]:
    """The happenings with what a person set, which says so in words."""
    result = list(made)
    for correction in corrections:
        at = meant(result, correction) if correction.kind == "set" else None
        if at is not None and correction.fields:
            event = result[at].event
            words = ", ".join(f"{name}: {getattr(event, name)} → {value}" for name, value in correction.fields.items())
            before = result[at].correction
            result[at] = replace(
                result[at],
                event=replace(event, **dict(correction.fields)),
                correction=f"{before}; {words}" if before else words,
            )
    return result


def meant(made: Sequence[Happening], correction: Correction) -> int | None:
    """Which happening a correction is about: the likest one of its type."""
    if correction.event is None:
        return None
    alike = [
        (likeness(correction.event, each.event), -i)
        for i, each in enumerate(made)
        if each.event.type == correction.event.type
    ]
    best = max(alike, default=(0.0, 0))
    return -best[1] if best[0] > 0 else None


# --- saying it


def note_event(
    conn: sqlite3.Connection, event_id: str, kind: Literal["reject", "set"], told: Mapping[str, Any], at: datetime
) -> int:
    """Reject an event, or set fields of it; the article through which it is remembered."""
    row = conn.execute(f"SELECT {', '.join(TELLS)} FROM events WHERE id = ?", (event_id,)).fetchone()
    claim = conn.execute(
        "SELECT article_id, article_match_id FROM event_claims JOIN claims c ON c.id = claim_id WHERE event_id = ?"
        " ORDER BY c.id LIMIT 1",
        (event_id,),
    ).fetchone()
    if row is None or claim is None:
        raise NoSuchThing(f"the archive knows no event {event_id}")
    description = {name: value for name, value in zip(TELLS, row, strict=True) if value is not None}
    article, frame = claim
    keep(conn, at, kind, article, frame, None, description, told or None)
    return int(article)


def note_tie(
    conn: sqlite3.Connection, match_id: str, url: str, kind: Literal["split", "join"], at: datetime
) -> list[int]:
    """Put an article with a match, or keep it apart from the match's other articles; the articles that it concerns."""
    members = conn.execute(
        "SELECT f.id, f.article_id, url FROM article_matches f JOIN articles a ON a.id = article_id"
        " WHERE match_id = ? ORDER BY published, url, number",
        (match_id,),
    ).fetchall()
    if not members:
        raise NoSuchThing(f"the archive knows no match {match_id}")
    own = [frame for frame, _article, address in members if address == url]
    others = [frame for frame, _article, address in members if address != url]
    if kind == "split":
        if not own or not others:
            raise NoSuchThing(f"{url} does not tell {match_id} beside other articles")
        article = article_of(conn, url)
        for other in others:
            keep(conn, at, "split", article, own[0], other, None, None)
    else:
        article = article_of(conn, url)
        frame = frame_like(conn, article, match_id)
        conn.execute("DELETE FROM corrections WHERE kind = 'split' AND (frame_id = ?1 OR other_id = ?1)", (frame,))
        keep(conn, at, "join", article, frame, others[0] if others else members[0][0], None, None)
    return sorted({article, *(member[1] for member in members)})


def article_of(conn: sqlite3.Connection, url: str) -> int:
    row = conn.execute("SELECT id FROM articles WHERE url = ?", (url,)).fetchone()
    if row is None:
        raise NoSuchThing(f"the archive knows no article {url}")
    return int(row[0])


def frame_like(conn: sqlite3.Connection, article: int, match_id: str) -> int:
    """The article's telling that names most like the match does; the first of equals."""
    rows = conn.execute(
        "SELECT f.id, (f.home IN (h.name, a.name)) + (f.away IN (h.name, a.name)) AS alike FROM article_matches f"
        " JOIN matches m ON m.id = ? JOIN teams h ON h.id = m.home_id JOIN teams a ON a.id = m.away_id"
        " WHERE f.article_id = ? ORDER BY alike DESC, f.number",
        (match_id, article),
    ).fetchall()
    if not rows:
        raise NoSuchThing("the article reports no match of its own")
    return int(rows[0][0])


def keep(
    conn: sqlite3.Connection, at: datetime, kind: Kind, article: int, frame: int, other: int | None,
    event: Mapping[str, Any] | None, told: Mapping[str, Any] | None,
) -> None:  # fmt: skip
    moment = at.strftime("%Y-%m-%dT%H:%M:%SZ")
    texts = (json.dumps(value, ensure_ascii=False) if value else None for value in (event, told))
    conn.execute(
        "INSERT INTO corrections (at, kind, article_id, frame_id, other_id, event, fields)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (moment, kind, article, frame, other, *texts),
    )


def undo(conn: sqlite3.Connection, number: int) -> list[int]:
    """Take a correction back, with what was said in one breath with it; the articles that it concerned."""
    row = conn.execute("SELECT at, kind, frame_id FROM corrections WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NoSuchThing(f"there is no correction {number}")
    said = "FROM corrections WHERE id = ? OR (kind = 'split' AND (at, kind, frame_id) = (?, ?, ?))"
    articles = conn.execute(
        f"SELECT article_id FROM article_matches f JOIN (SELECT frame_id, other_id {said}) AS c"
        " ON f.id IN (c.frame_id, c.other_id)",
        (number, *row),
    ).fetchall()
    conn.execute(f"DELETE {said}", (number, *row))
    return sorted({article for (article,) in articles})


def setting(text: str) -> tuple[str, Any]:
    """FIELD=VALUE as a field and its value; ValueError in one sentence for a field that cannot be set.

    >>> setting("minute=57"), setting("assist=")
    (('minute', 57), ('assist', None))
    """
    name, equals, value = text.partition("=")
    if not equals or name not in SETTABLE:
        raise ValueError(f"{text!r}: say FIELD=VALUE, with a field of {', '.join(SETTABLE)}")
    if not value:
        return name, None
    try:
        return name, SETTABLE[name](value)
    except ValueError:
        raise ValueError(f"{text!r}: {name} is a number") from None
