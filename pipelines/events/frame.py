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
from .clubs import Club, clubs_by_key, ground_of, name_key, opening_words
from .facts import Facts, read_facts
from .pairs import Pair, Score, find_pairs
from .sides import SIDES, Sides
from .tokens import fold

CAPITALS = re.compile(r"(?<![\w'’])[A-ZÀ-Þ][\w]*(?:[.'’-][\w]+)*")
WORDS_THAT_ARE_CLUBS = frozenset(  # listed names that are also common words or surnames: they need a pair or an article
    "aosta asti athletic barca brest brema casale celeste chiasso city cos crema delta este fano finale fiume forest freedom gala "
    "gand gela genk gent lane lens lilla modica mori next nice nola novara om palmese pafos prato progresso psv rangers real romana "
    "samp savoia sora sparta sporting standard sturm tau torre united vado verona viktoria villa vis vitesse wolves ne wac nazionale "
    "castel rende rotonda tivoli trastevere locri enna budoni dro tritium asti imperia albenga latina casarano bra".split()
)
HOME_SIGNS = re.compile(
    r"(?:espugn|sbanc|violat|corsar|blitz|colpaccio|passa (?:a|al|all|sul|in)\b|vince (?:a|al|in casa)\b|perd\w+ (?:a|al|in casa)\b|cad\w+ (?:a|al|in casa)\b|trasferta|"
    r"ospit|ricev|in casa|tra le mura|sul campo|campo d|impone il pari|ko (?:a|al)\b|pareggi\w* (?:a|al)\b|domenica a|a casa d)"
)
AWAY_WIN = re.compile(
    r"espugn|sbanc|viol[aò]\b|corsar|blitz|colpaccio|sul campo d|passa (?:a|al|all|sul|in)\b|a domicilio|in casa d|trasferta"
)
HOSTS = re.compile(r"\b(?:ospita(?:va|no)?|riceve(?:va|vano)?|ricevono|accoglie|padron[ei] di casa)\b")
EARLY = 1500


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
        return from_mentions(title, subtitle, text)
    spans = tuple((part, p) for part, p in found if _same(p, best))
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
        if pair.listed == 0 and pair.score is None and not _borne_out(pair, text):
            continue
        key = (pair.home.name, pair.away.name)
        first.setdefault(key, pair)
        weight = {"title": 12, "subtitle": 6}.get(part, 4 if pair.start < 400 else 2 if pair.start < EARLY else 1)
        votes[key] += weight + (3 if pair.score else 0) + pair.listed
    if not votes:
        return None
    (key, n) = votes.most_common(1)[0]
    best = first[key]
    return best if best.listed == 2 or n >= 5 or best.score else None


def _borne_out(pair: Pair, text: str) -> bool:
    """Whether both names of a pair of unlisted clubs stand elsewhere in the text."""
    return all(text.count(c.name) + sum(text.count(a) for a in c.aliases) >= 2 for c in (pair.home, pair.away))


def _same(a: Pair, b: Pair) -> bool:
    return a.home.name == b.home.name and a.away.name == b.away.name


def count_clubs(text: str) -> Counter[str]:
    """How often the text names each listed club, whole names in capitals only; words that are more than a club are left out."""
    found: Counter[str] = Counter()
    known, opening = clubs_by_key(), opening_words()
    skip = 0
    for m in CAPITALS.finditer(text):
        if m.start() < skip:
            continue
        word = fold(m[0]).replace(".", "")
        longest = opening.get(word)
        if longest is None and "'" not in m[0] and "’" not in m[0]:
            continue
        window = text[m.start() : m.start() + 34].split("\n", 1)[0].split()
        for n in range(min(longest or 1, len(window), 4), 0, -1):
            piece = " ".join(window[:n]).strip('.,;:!?)"»”')
            club = known.get(name_key(piece)) if n > 1 or word not in WORDS_THAT_ARE_CLUBS else None
            if club and piece:
                found[club.name] += 1
                skip = m.start() + len(piece)
                break
    return found


def from_mentions(title: str, subtitle: str, text: str) -> NamedMatch | None:
    """The match of the two clubs named most, where no pair of names stands anywhere."""
    head = count_clubs(f"{title}\n{subtitle}")
    counts = count_clubs(text)
    for name, n in head.items():
        counts[name] += 3 * n
    ranked = [name for name, n in counts.most_common(4) if n >= 2]
    if len(ranked) < 2 or (len(ranked) > 2 and counts[ranked[2]] >= counts[ranked[1]]):
        return None
    known = clubs_by_key()
    a, b = (known[name_key(n)] for n in ranked[:2])
    home, away = _who_hosts(a, b, f"{title}\n{subtitle}\n{text}")
    return NamedMatch(home, away)


def _who_hosts(a: Club, b: Club, text: str) -> tuple[Club, Club]:
    """The two clubs as home and away: by the ground, by "espugna" and the like near a club's name or town, else by order."""
    votes: Counter[str] = Counter()
    ground = ground_of(text[:4000])
    for club in (a, b):
        if ground and club.name in ground[1]:
            votes[club.name] += 3
    low = text[:4000].lower()
    for m in HOME_SIGNS.finditer(low):
        near = low[m.start() : m.end() + 30]
        before = low[max(0, m.start() - 40) : m.start()]
        for club, other in ((a, b), (b, a)):
            names = {n.lower() for n in (club.name, club.city, *club.aliases) if n}
            if AWAY_WIN.match(m[0]) and any(n in near for n in names):
                votes[club.name] += 2
            elif HOSTS.match(m[0]) and any(n in before for n in names):
                votes[club.name] += 2
            elif re.search(r"\b(?:a|al|all|ad)\b", m[0]) and club.city and club.city.lower() in near:
                votes[club.name] += 2
            elif (
                "in casa" in m[0]
                and any(n in before for n in names)
                and not any(o in near for o in (other.name.lower(),))
            ):
                votes[club.name] += 1
    if votes[a.name] != votes[b.name]:
        return (a, b) if votes[a.name] > votes[b.name] else (b, a)
    first = {
        c.name: min((i for n in (c.name, *c.aliases) if (i := text.find(n)) >= 0), default=len(text)) for c in (a, b)
    }
    return (a, b) if first[a.name] <= first[b.name] else (b, a)


def make_frames(
    named: NamedMatch | None, boxes: Sequence[BoxMatch], title: str, subtitle: str, text: str, published: date | None
) -> list[Frame]:
    """The frames of an article: one for each match a box reports, the article's own first, or the one that it names."""
    facts = read_facts(title, subtitle, text, published)
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
        venue=facts.venue,
        attendance=facts.attendance,
    )


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
