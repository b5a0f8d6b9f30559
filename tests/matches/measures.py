"""The figures of issue 5 on one part of the corpus."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

from pipelines.items import Reading, as_json
from pipelines.matches import rebuild
from tests.matches.agreement import paired, same_person, words
from tests.matches.corpus import (
    Part,
    Record,
    Told,
    articles,
    corpus_archive,
    own_reading,
    reference_reading,
    references,
)

CARDS_AND_CHANGES = ("yellow_card", "red_card", "substitution")
ENOUGH = 3  # sources from which a fused goal must be exact


@dataclass
class Measures:
    """Figures by name, and what went wrong, for a person to read."""

    figures: dict[str, float] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def measure(path: Path, part: Part, by_reference: bool = True) -> Measures:
    """Fill an archive with one part of the corpus, rebuild it, and compare it with the reference matches."""
    told = articles(part)
    read = reference_reading if by_reference else own_reading
    readings = {each.id: read(each) for each in told}
    result = Measures()
    with corpus_archive(path, part, readings) as archive:
        rebuild(archive)
        with archive.reading() as conn:
            conn.row_factory = sqlite3.Row
            measure_ties(conn, told, references(part), result)
            measure_people(conn, references(part), result)
            measure_timelines(conn, told, readings, references(part), result)
    return result


# --- which match


def gold_match(told: Told, frame: Record, known: Mapping[str, Record]) -> str:
    """The match that a frame truly tells: a reference match of its article, else one named by its teams and the day of
    publication."""
    for name in filter(None, (told.record.get("story"), *told.record.get("stories", ()))):
        sides = {team_key(known[name][side]) for side in ("home", "away")} if name in known else set()
        if all(any(key & side for side in sides) for key in map(team_key, (frame["home"], frame["away"]))):
            return str(name)
    for name, match in known.items():
        if abs((told.published.date() - day_of(match)).days) <= 1 and frozenset(
            (team_key(match["home"]), team_key(match["away"]))
        ) == frozenset((team_key(frame["home"]), team_key(frame["away"]))):
            return name
    longest = sorted(max(words(frame[side]), key=len, default="") for side in ("home", "away"))
    return "-".join((told.published.date().isoformat(), *longest))


def day_of(match: Record) -> date:
    return date.fromisoformat(match["date"])


def team_key(name: str) -> frozenset[str]:
    return frozenset(w for w in words(name) if len(w) > 3)


def measure_ties(conn: sqlite3.Connection, told: Sequence[Told], known: Mapping[str, Record], result: Measures) -> None:
    by_url = {each.url: each for each in told}
    gold: dict[int, str] = {}
    found: dict[int, str | None] = {}
    for row in conn.execute("SELECT f.*, url FROM article_matches f JOIN articles a ON a.id = article_id"):
        gold[row["id"]] = gold_match(by_url[row["url"]], {"home": row["home"], "away": row["away"]}, known)
        found[row["id"]] = row["match_id"]
        if row["match_id"] is None:
            result.faults.append(f"untied: {row['url']} {row['home']}-{row['away']}: {row['unsure']}")
    result.figures["ties: pairwise F1"] = pairwise(gold, found)
    mixed = defaultdict(set)
    for frame, match in found.items():
        if match is not None:
            mixed[match].add(gold[frame])
    wrong = {match: names for match, names in mixed.items() if len(names) > 1}
    result.faults += [f"wrong join: {match} holds {sorted(names)}" for match, names in sorted(wrong.items())]
    result.figures["wrong joins"] = len(wrong)
    result.figures["untied"] = sum(match is None for match in found.values())


def pairwise(gold: Mapping[int, Hashable], found: Mapping[int, Hashable | None]) -> float:
    """F1 over the pairs that stand together; what is tied to nothing stands alone."""
    want, have = pairs_of(gold), pairs_of({k: v for k, v in found.items() if v is not None})
    both = len(want & have)
    return f1(both, len(want), len(have))


def pairs_of(labels: Mapping[int, Hashable]) -> set[tuple[int, int]]:
    members: defaultdict[Hashable, list[int]] = defaultdict(list)
    for item, label in sorted(labels.items()):
        members[label].append(item)
    return {pair for group in members.values() for pair in combinations(group, 2)}


def f1(hit: int, want: int, have: int) -> float:
    return 2 * hit / (want + have) if want + have else 1.0


# --- who


def measure_people(conn: sqlite3.Connection, known: Mapping[str, Record], result: Measures) -> None:
    """Mentions in claims and line-ups of the reference matches: whose they truly are, and whose the archive says."""
    gold: dict[int, Hashable] = {}
    found: dict[int, Hashable | None] = {}
    for match, side, name, player in mentions(conn):
        reference = known.get(match)
        person = whose(reference, side, name) if reference else None
        if person:
            gold[len(gold)] = (team_of(reference, side), person)
            found[len(found)] = player
    result.figures["people: pairwise F1"] = pairwise(gold, found)
    result.figures["people: mentions"] = len(gold)
    by_found: defaultdict[Hashable, Counter[Any]] = defaultdict(Counter)
    by_gold: defaultdict[Hashable, Counter[Any]] = defaultdict(Counter)
    for i, person in gold.items():
        by_found[found[i]][person] += 1
        by_gold[person][found[i]] += 1
    result.faults += [f"one id, several people: {k} {dict(v)}" for k, v in by_found.items() if k and len(v) > 1]
    result.faults += [f"one person, several ids: {k} {dict(v)}" for k, v in by_gold.items() if len(v) > 1]


def team_of(reference: Record | None, side: str) -> str:
    assert reference is not None
    return str(reference[side])


def mentions(conn: sqlite3.Connection) -> Iterable[tuple[str, str, str, str | None]]:
    """(match, side, name, player id) of every line-up entry and of every claim's people as fused."""
    yield from conn.execute(
        "SELECT f.match_id, CASE WHEN (f.home = h.name) THEN side WHEN side = 'home' THEN 'away' ELSE 'home' END,"
        " p.name, p.player_id FROM lineup_players p JOIN lineups l ON l.id = p.lineup_id"
        " JOIN article_matches f ON f.id = l.article_match_id JOIN matches m ON m.id = f.match_id"
        " JOIN teams h ON h.id = m.home_id ORDER BY 1, 2, 3"
    )
    for name in ("player", "assist", "player_in", "player_out"):
        yield from conn.execute(
            f"SELECT match_id, CASE WHEN method = 'own_goal' AND '{name}' = 'player'"
            f" THEN iif(side = 'home', 'away', 'home') ELSE side END, {name}, {name}_id FROM events"
            f" WHERE {name} IS NOT NULL AND side IS NOT NULL AND coalesce(role, '') <> 'coach' ORDER BY 1, 2, 3"
        )


def whose(reference: Record, side: str, name: str) -> str | None:
    """The person of the reference match that a name means; None where that is not plain."""
    sheet = reference.get("lineups", {}).get(side, {})
    people = {*sheet.get("starters", ()), *sheet.get("bench", ())}
    for event in reference["events"]:
        if event.get("team") == reference[side] and event.get("method") != "own_goal":
            people |= {event[f] for f in ("player", "assist", "player_in", "player_out") if event.get(f)}
    exact = [p for p in people if words(p) == words(name)]
    close = exact or [p for p in people if same_person(p, name)]
    fullest = {max((q for q in people if same_person(p, q)), key=len) for p in close}
    return fullest.pop() if len(fullest) == 1 else None


# --- what happened


def measure_timelines(
    conn: sqlite3.Connection, told: Sequence[Told], readings: Mapping[str, Reading], known: Mapping[str, Record],
    result: Measures,
) -> None:  # fmt: skip
    tallies: defaultdict[str, Counter[str]] = defaultdict(Counter)
    gains: list[float] = []
    bests: list[float] = []
    for name, reference in known.items():
        match_id = best_match(conn, reference)
        if match_id is None:
            result.faults.append(f"no match found for {name}")
            continue
        refs = [with_side(event, reference) for event in reference["events"] if not event.get("optional")]
        fused = fused_events(conn, match_id)
        sources = conn.execute("SELECT articles FROM matches WHERE id = ?", (match_id,)).fetchone()[0]
        pairs = paired(refs, fused)
        for kind in {e["type"] for e in (*refs, *fused)}:
            tallies[kind]["ref"] += sum(e["type"] == kind for e in refs)
            tallies[kind]["got"] += sum(e["type"] == kind for e in fused)
            tallies[kind]["hit"] += sum(refs[i]["type"] == kind for i in pairs)
        if sources >= ENOUGH:
            tallies["goal of many"] += Counter(
                ref=sum(e["type"] == "goal" for e in refs), got=sum(e["type"] == "goal" for e in fused),
                hit=sum(refs[i]["type"] == "goal" for i in pairs),
            )  # fmt: skip
        best = max(
            (single(each, readings[each.id], reference, refs) for each in told if each.record.get("story") == name),
            default=0.0,
        )
        gains.append(f1(len(pairs), len(refs), len(fused)) - best)
        bests.append(best)
        result.faults += faults_of(match_id, refs, fused, pairs)
    figures = result.figures
    figures["goals of >= 3 sources"] = tally_f1(tallies["goal of many"])
    figures["cards and substitutions"] = tally_f1(sum((tallies[k] for k in CARDS_AND_CHANGES), Counter()))
    figures["all events"] = tally_f1(sum((t for k, t in tallies.items() if k != "goal of many"), Counter()))
    figures["best article of each match"] = sum(bests) / len(bests)
    figures["gain over the best article"] = sum(gains) / len(gains)
    for kind, tally in sorted(tallies.items()):
        figures[f"  {kind}"] = tally_f1(tally)


def tally_f1(tally: Counter[str]) -> float:
    return f1(tally["hit"], tally["ref"], tally["got"])


def best_match(conn: sqlite3.Connection, reference: Record) -> str | None:
    """The archive's match of that day whose teams share most words with the reference's."""
    rows = conn.execute(
        "SELECT m.id, h.name || ' ' || a.name AS teams FROM matches m JOIN teams h ON h.id = home_id"
        " JOIN teams a ON a.id = away_id WHERE date = ?",
        (reference["date"],),
    ).fetchall()
    want = team_key(f"{reference['home']} {reference['away']}")
    shared = {row["id"]: len(want & team_key(row["teams"])) for row in rows}
    best = max(shared, key=lambda name: shared[name], default=None)
    return best if best and shared[best] >= 2 else None


def with_side(event: Record, match: Record) -> Record:
    team = event.get("team")
    side = "home" if team == match["home"] else "away" if team == match["away"] else None
    return event | ({"side": side} if side else {})


def fused_events(conn: sqlite3.Connection, match_id: str) -> list[Record]:
    rows = conn.execute(
        "SELECT * FROM events WHERE match_id = ? AND correction IS NOT 'rejected'"
        " AND confidence >= 0.5 ORDER BY number",
        (match_id,),
    )
    found = []
    for row in rows:
        event = {key: row[key] for key in row.keys() if row[key] is not None}  # noqa: SIM118 (a Row is no mapping)
        if "score_home" in event:
            event["score"] = [event["score_home"], event["score_away"]]
        found.append(event)
    return found


def single(told: Told, reading: Reading, reference: Record, refs: Sequence[Record]) -> float:
    """F1 of one article alone."""
    key = {team_key(reference["home"]), team_key(reference["away"])}
    names = [
        f"{f.home}-{f.away}"
        for f in reading.matches
        if all(any(team_key(n) & k for k in key) for n in (f.home, f.away))
    ]
    events = [as_json(e) for e in reading.events if e.match in names]
    for event in events:
        if event.get("team"):
            event["side"] = "home" if team_key(event["team"]) & team_key(reference["home"]) else "away"
    return f1(len(paired(refs, events)), len(refs), len(events))


def faults_of(match: str, refs: Sequence[Record], fused: Sequence[Record], pairs: Mapping[int, int]) -> Iterable[str]:
    yield from (f"{match}: missed {brief(ref)}" for i, ref in enumerate(refs) if i not in pairs)
    yield from (f"{match}: false {brief(got)}" for j, got in enumerate(fused) if j not in pairs.values())


def brief(event: Record) -> str:
    fields = (
        "type",
        "minute",
        "stoppage",
        "side",
        "player",
        "player_in",
        "player_out",
        "method",
        "outcome",
        "score",
        "sources",
    )
    return " ".join(str(event[f]) for f in fields if event.get(f) is not None)
