"""The match that an article reports: its clubs, score, date, competition, round, referee, ground and crowd.

Boxes speak first, then the headline, then the text; a club that no list has is known by the way the article pairs it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipelines.items import Frame, Lineup

from .box import BoxMatch
from .clubs import Club, grounds
from .contenders import find_contenders
from .facts import Facts, read_facts
from .pairs import Pair, Score, find_pairs
from .sides import SIDES, Sides
from .tokens import fold

EARLY = 1500
MOST_SPANS = 20


@dataclass(frozen=True, slots=True)
class NamedMatch:
    """A match that the article is about, with where its score stands: part, start, end."""

    home: Club
    away: Club
    score: Score | None = None
    half: Score | None = None
    shootout: Score | None = None
    extra: bool = False
    spans: tuple[tuple[str, Pair], ...] = ()


def name_match(title: str, subtitle: str, text: str) -> NamedMatch | None:
    """The match that headline and text are about, where they name it as a pair or by its two clubs."""
    parts = (("title", title), ("subtitle", subtitle), ("text", text))
    found = [(part, pair) for part, body in parts for pair in find_pairs(body)]
    best = _best_pair(found, title, text)
    if best is None:
        clubs = find_contenders(title, subtitle, text)
        return NamedMatch(*clubs) if clubs else None
    spans = tuple((part, p) for part, p in found if _same(p, best))[:MOST_SPANS]
    scored = next((p for _, p in spans if p.score), best)
    half = next((p.half for _, p in spans if p.half), None)
    shootout = next((p.shootout for _, p in spans if p.shootout), None)
    home, away = best.home, best.away
    return NamedMatch(home, away, scored.score, half, shootout, any(p.extra for _, p in spans), spans)


def _best_pair(found: Sequence[tuple[str, Pair]], title: str, text: str) -> Pair | None:
    """The pair that the article turns on: told in the headline, with a score, early, and more than once."""
    votes: Counter[tuple[str, str]] = Counter()
    first: dict[tuple[str, str], Pair] = {}
    for part, pair in found:
        if (
            pair.score is None
            and pair.listed < 2
            and not (_borne_out(pair, text) and _tight(pair, title if part == "title" else text))
        ):
            continue
        key = (pair.home.name, pair.away.name)
        first.setdefault(key, pair)
        weight = {"title": 12, "subtitle": 6}.get(part, 4 if pair.start < 400 else 2 if pair.start < EARLY else 1)
        votes[key] += weight + (3 if pair.score else 0) + pair.listed
    if not votes:
        return None
    for key, n in votes.most_common():
        best = first[key]
        if (best.listed == 2 or n >= 5 or best.score) and not _in_passing(found, best, text):
            return best
    return None


def _in_passing(found: Sequence[tuple[str, Pair]], best: Pair, text: str) -> bool:
    """Whether a pair is only mentioned: once, late, without a score, its clubs nowhere else ("domani
    Roma-Atalanta")."""
    own = [(part, p) for part, p in found if _same(p, best)]
    if len(own) > 1 or own[0][0] != "text" or best.start < (600 if best.score else 200):
        return False
    return any(sum(text.count(n) for n in (club.name, *club.aliases)) <= 1 for club in (best.home, best.away))


def _borne_out(pair: Pair, text: str) -> bool:
    """Whether both names of a pair of unlisted clubs stand elsewhere in the text."""
    return all(text.count(c.name) + sum(text.count(a) for a in c.aliases) >= 2 for c in (pair.home, pair.away))


def _tight(pair: Pair, body: str) -> bool:
    """Whether the names are joined without blanks: "BARI - L'Italia" is a dateline."""
    words = body[pair.start : pair.end]
    return not re.search(r"\s[-–—]\s", words) or words == words.title()


def _same(a: Pair, b: Pair) -> bool:
    return a.home.name == b.home.name and a.away.name == b.away.name


def make_frames(
    named: NamedMatch | None, boxes: Sequence[BoxMatch], title: str, subtitle: str, text: str, published: date | None
) -> list[Frame]:
    """The frames of an article: one for each match a box reports, the article's own first, or the one that it names."""
    told = len(boxes) == 1 and boxes[0].officials.referee is not None
    players = frozenset(fold(n.split()[-1]) for b in boxes for s in SIDES for n in b.sheets[s].names() if n)
    facts = read_facts(title, subtitle, text, published, None if told or len(boxes) > 1 else players)
    frames = [
        _of_box(box, facts if len(boxes) == 1 else _box_facts(box, text, published, facts))
        for box in boxes
        if box.sides.home and box.sides.away
    ]
    if not frames and named is not None:
        frames = [_of_name(named, facts)]
        frames = [_with_box(frames[0], box) for box in boxes[:1]] or frames
    if named is not None and len(frames) == 1:
        frame = frames[0]
        frames = [
            replace(
                frame,
                score=frame.score or named.score,
                score_half=frame.score_half or named.half,
                score_shootout=frame.score_shootout or named.shootout,
            )
        ]
    return _apart(frames)


def _box_facts(box: BoxMatch, text: str, published: date | None, general: Facts) -> Facts:
    own = read_facts("", "", text[box.start : box.end], published)
    return replace(
        own,
        competition=own.competition or general.competition,
        round=own.round or general.round,
        date=own.date or general.date,
    )


def _of_box(box: BoxMatch, facts: Facts) -> Frame:
    assert box.sides.home and box.sides.away
    return _with_box(
        _of_name(NamedMatch(box.sides.home, box.sides.away, box.score, box.half, box.shootout), facts), box
    )


def _of_name(named: NamedMatch, facts: Facts) -> Frame:
    return Frame(
        home=named.home.name,
        away=named.away.name,
        score=named.score,
        score_half=named.half,
        score_shootout=named.shootout,
        date=facts.date,
        competition=facts.competition,
        round=facts.round,
        referee=facts.referee,
        venue=None if _is_guests(facts.venue, named) else facts.venue,
        attendance=facts.attendance,
    )


def _is_guests(venue: str | None, named: NamedMatch) -> bool:
    """Whether a known ground is that of the guests alone: it is named for another match."""
    owners = grounds().get(venue or "", ())
    return named.away.name in owners and named.home.name not in owners


def _with_box(frame: Frame, box: BoxMatch) -> Frame:
    who = box.officials
    return replace(
        frame,
        referee=who.referee or frame.referee,
        assistants=who.assistants or frame.assistants,
        var=who.var or frame.var,
        venue=who.venue or frame.venue,
        attendance=who.attendance if who.attendance is not None else frame.attendance,
        lineups={side: line_up for side in SIDES if (line_up := lineup_of(box, side)) is not None},
    )


def lineup_of(box: BoxMatch, side: str) -> Lineup | None:
    """The line-up that a box gives one side; None where it gives nothing."""
    sheet = box.sheets["home" if side == "home" else "away"]
    if not (sheet.names() or sheet.coach or sheet.formation):
        return None
    bench = list(dict.fromkeys([*sheet.entered, *sheet.bench]))
    return Lineup(
        sheet.formation, sheet.coach, tuple(sheet.starters), tuple(bench), dict(sheet.marks), dict(sheet.numbers)
    )


def _apart(frames: Iterable[Frame]) -> list[Frame]:
    """The frames with each match once: what a second one of the same clubs knows is added to the first."""
    kept: dict[tuple[str, str], Frame] = {}
    for frame in frames:
        key = (frame.home, frame.away)
        first = kept.get(key)
        if first is None:
            kept[key] = frame
            continue
        lineups = {**frame.lineups, **first.lineups}
        kept[key] = replace(
            first,
            score=first.score or frame.score,
            score_half=first.score_half or frame.score_half,
            referee=first.referee or frame.referee,
            assistants=first.assistants or frame.assistants,
            venue=first.venue or frame.venue,
            attendance=first.attendance if first.attendance is not None else frame.attendance,
            lineups=lineups,
        )
    return list(kept.values())


def sides_for(frame: Frame) -> Sides:
    """The sides of a frame with the players of its line-ups."""
    from .sides import sides_of

    sides = sides_of(frame.home, frame.away)
    for side in SIDES:
        lineup = frame.lineups.get(side)
        if lineup:
            sides.add(side, (*lineup.starters, *lineup.bench))
    return sides
