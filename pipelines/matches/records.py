"""Each paper's record of being right, learned from the matches that several papers tell."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable

from .claim import Claim, Happening
from .confidence import alone
from .likeness import span
from .match import Match
from .names import same_person
from .trust import Key, Trust

JUDGES = 3  # independent voices from which a happening can judge one of them
NAMES = ("player", "player_in", "player_out")


class Ledger:
    """Counts of right and wrong by (site, genre, what was claimed)."""

    def __init__(self) -> None:
        self.counts: defaultdict[Key, list[int]] = defaultdict(lambda: [0, 0])
        self.shares: defaultdict[str, Counter[tuple[int, int]]] = defaultdict(Counter)

    def note(self, match: Match) -> None:
        """Judge what a match's papers claim by what they make of it together; a copy is not judged again."""
        papers = {telling.article: (telling.site, telling.genre) for telling in match.tellings}
        for happening in match.timeline:
            self.shares[happening.event.type][match.voices, happening.voices] += 1
            if happening.voices >= JUDGES:
                for claim in happening.claims:
                    if claim.voice == claim.article:
                        self.counts[(*papers[claim.article], claim.event.type)][agrees(claim, happening) ^ 1] += 1
        if match.score and len(papers) >= JUDGES:
            for telling in match.tellings:
                if telling.score is not None:
                    key = telling.site, telling.genre, "score"
                    self.counts[key][telling.score != match.score] += 1

    def trust(self) -> Trust:
        records = {key: (right, wrong) for key, (right, wrong) in sorted(self.counts.items())}
        return Trust(records, {kind: alone(shares) for kind, shares in sorted(self.shares.items())})


def agrees(claim: Claim, happening: Happening) -> bool:
    """Whether a claim names the same people at the same time, where it names any."""
    for name in NAMES:
        ours, theirs = getattr(claim.event, name), getattr(happening.event, name)
        if ours and theirs and not same_person(ours, theirs):
            return False
    said, known = span(claim.event), span(happening.event)
    if said is None or known is None or claim.event.precision not in ("exact", "none"):
        return True
    return said[0] == known[0]


def keep_records(conn: sqlite3.Connection, trust: Trust) -> None:
    """Put these records in the place of those before."""
    conn.execute("DELETE FROM source_records")
    conn.executemany(
        "INSERT INTO source_records VALUES (?, ?, ?, ?, ?)", [(*key, *counts) for key, counts in trust.records.items()]
    )
    conn.execute("DELETE FROM type_records")
    conn.executemany("INSERT INTO type_records VALUES (?, ?)", list(trust.singles.items()))


def records_of(conn: sqlite3.Connection, sites: Iterable[str]) -> Trust:
    """The records of some papers, as the last rebuild left them."""
    records: dict[Key, tuple[int, int]] = {}
    for site in sorted(set(sites)):
        for genre, name, right, wrong in conn.execute(
            "SELECT genre, field, right, wrong FROM source_records WHERE site = ?", (site,)
        ):
            records[site, genre, name] = right, wrong
    return Trust(records, dict(conn.execute("SELECT type, single FROM type_records").fetchall()))
