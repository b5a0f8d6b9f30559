"""Checks that the annotated articles of tests/corpus keep the form that docs/event-model.md fixes.

    python tests/corpus/check_corpus.py [PART…]

prints one line a fault and the counts of each part; exits 1 where there is any fault.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
Record = dict[str, Any]

KINDS = {"report", "live", "box", "marks", "refereeing", "preview", "news", "other"}
SITES = {"lanotizia", "ponente", "novantesimo", "curva"}
PRECISIONS = {"exact", "approximate", "relative", "range", "unknown", "none"}
CLOCK = {"period", "minute", "minute_end", "stoppage", "stoppage_unknown", "precision"}
COMMON = CLOCK | {"type", "match", "team", "evidence", "optional"}
FIELDS = {
    "goal": {"player", "assist", "method", "body_part", "score", "opponent"},
    "goal_disallowed": {"player", "reason", "assist", "body_part"},
    "penalty_awarded": {"player", "opponent"},
    "penalty_missed": {"player", "outcome", "opponent", "body_part"},
    "shot": {"player", "outcome", "assist", "opponent", "body_part"},
    "yellow_card": {"player", "role"},
    "red_card": {"player", "second_yellow", "role"},
    "substitution": {"player_in", "player_out"},
    "injury": {"player"},
    "var_review": {"subject", "decision", "player"},
    "half_time": {"score"},
    "full_time": {"score"},
    "penalty_shootout": {"player", "outcome", "opponent"},
}
VALUES = {
    "method": {"open_play", "penalty", "free_kick", "own_goal"},
    "body_part": {"head", "left_foot", "right_foot", "other"},
    "reason": {"offside", "foul", "handball", "other"},
    "subject": {"penalty", "goal", "red_card", "other"},
    "decision": {"confirmed", "overturned", "none"},
    "role": {"coach"},
}
OUTCOMES = {
    "penalty_missed": {"saved", "off_target", "woodwork"},
    "shot": {"saved", "off_target", "blocked", "woodwork"},
    "penalty_shootout": {"scored", "saved", "off_target", "woodwork"},
}
NEEDED = {
    "goal": ("team",),
    "shot": ("team",),
    "penalty_missed": ("team", "outcome"),
    "red_card": ("team", "second_yellow"),
    "yellow_card": ("team",),
    "substitution": ("team",),
    "var_review": ("subject", "decision"),
    "half_time": ("score",),
    "full_time": ("score",),
    "penalty_shootout": ("team", "outcome"),
}
PEOPLE = ("player", "assist", "opponent", "player_in", "player_out")
MINUTES = {1: range(1, 46), 2: range(46, 91), 3: range(91, 106), 4: range(106, 121)}
ARTICLE_KEYS = {"id", "kind", "title", "site", "section", "published", "tags", "author", "story", "shows"}
ARTICLE_KEYS |= {"matches", "events"}
MATCH_KEYS = {"id", "home", "away", "date", "competition", "score", "events"}
EVIDENCE_LIMIT = 160


def fold(text: str) -> str:
    """Lower case without accents, one form of apostrophe."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def check_clock(event: Record) -> Iterator[str]:
    """The clock's fields fit one another."""
    minute, period, precision = event.get("minute"), event.get("period"), event.get("precision")
    if precision not in PRECISIONS:
        yield f"precision {precision!r}"
    if minute is None:
        if event.get("stoppage") or event.get("minute_end") or precision not in ("none", "unknown"):
            yield f"no minute, yet {precision} or stoppage"
    elif period in MINUTES and minute not in MINUTES[period]:
        yield f"minute {minute} is not of period {period}"
    elif precision == "none":
        yield "a minute of precision none"
    if period not in (None, 1, 2, 3, 4, 5):
        yield f"period {period}"
    if (event.get("stoppage") or event.get("stoppage_unknown")) and minute not in (45, 90, 105, 120):
        yield f"stoppage at minute {minute}"
    if (precision == "range") != ("minute_end" in event):
        yield "range without minute_end, or the other way round"


def check_event(event: Record, teams: set[str]) -> Iterator[str]:
    """The event's fields and values are of the model's vocabulary."""
    kind = event.get("type")
    if kind not in FIELDS:
        yield f"type {kind!r}"
        return
    for field in event.keys() - COMMON - FIELDS[kind]:
        yield f"field {field} is not of {kind}"
    for field in NEEDED.get(kind, ()):
        if field not in event and not (field == "second_yellow" and event.get("role") == "coach"):
            yield f"{field} is missing"
    if kind == "substitution" and not (event.get("player_in") or event.get("player_out")):
        yield "a substitution of nobody"
    if kind in OUTCOMES and event.get("outcome") not in OUTCOMES[kind] | ({None} if kind == "shot" else set()):
        yield f"outcome {event.get('outcome')!r}"
    for field, values in VALUES.items():
        if field in event and event[field] not in values:
            yield f"{field} {event[field]!r}"
    if "team" in event and event["team"] not in teams:
        yield f"team {event['team']!r}"
    if kind == "penalty_shootout" and (event.get("period") != 5 or "minute" in event):
        yield "a kick of the shoot-out has period 5 and no minute"
    yield from check_clock(event)


def goals(events: list[Record], home: str, away: str) -> list[int]:
    """Goals told, home and away."""
    told = Counter(e.get("team") for e in events if e.get("type") == "goal")
    return [told[home], told[away]]


def check_frame(frame: Record, events: list[Record], excused: bool) -> Iterator[str]:
    """The score fits the goals and the score events; whoever has a mark or starts is named once."""
    score = frame.get("score")
    for event in events:
        if score and event["type"] == "full_time" and event.get("score") != score and not excused:
            yield f"full time {event.get('score')} against the frame's {score}"
    told = goals(events, frame["home"], frame["away"])
    if score and not excused and told != score:
        yield f"goals {told} do not add up to {score}"
    for side, lineup in frame.get("lineups", {}).items():
        starters = lineup.get("starters", [])
        if side not in ("home", "away") or len(set(starters)) != len(starters) or len(starters) > 11:
            yield f"line-up of {side}: {len(starters)} starters"
    if frame.get("date"):
        datetime.fromisoformat(frame["date"])


def check_names(event: Record, text: str) -> Iterator[str]:
    """Every person named stands in the text, at least with the surname."""
    for field in PEOPLE:
        name = event.get(field)
        if name and fold(name) not in text and fold(name).split()[-1] not in text:
            yield f"{field} {name!r} is not in the text"


def twins(events: list[Record]) -> Iterator[str]:
    """One thing that happened twice in the annotation."""
    seen = Counter(
        (e.get("match"), e["type"], *(e.get(f) for f in (*PEOPLE, "team", "minute", "stoppage", "outcome", "evidence")))
        for e in events
    )
    yield from (f"twice: {key}" for key, times in seen.items() if times > 1)


def check_article(path: Path) -> Iterator[str]:
    """Every fault of one annotated article; `path` is its .json."""
    article: Record = json.loads(path.read_text(encoding="utf-8"))
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    if missing := ARTICLE_KEYS - article.keys():
        yield f"missing keys {sorted(missing)}"
        return
    if article["id"] != path.stem or article["kind"] not in KINDS or article["site"] not in SITES:
        yield f"id {article['id']}, kind {article['kind']}, site {article['site']}"
    if datetime.fromisoformat(article["published"]).tzinfo is None:
        yield "published without offset"
    if article["author"] != "Redazione":
        yield f"author {article['author']!r}"
    if text != text.strip() + "\n" or "\n\n" in text:
        yield "text: one paragraph a line, no empty lines, one newline at the end"
    story = article["story"]
    if story is not None and not (path.parent / "matches" / f"{story}.json").exists():
        yield f"story {story} has no reference match"
    frames = {f"{f['home']}-{f['away']}": f for f in article["matches"]}
    folded = fold(text + article["title"])
    excused = bool(article.get("disagrees") or article.get("partial"))
    for event in article["events"]:
        frame = frames.get(event.get("match", ""))
        faults = check_event(event, {frame["home"], frame["away"]}) if frame else [f"match {event.get('match')!r}"]
        quote = event.get("evidence", "")
        if not quote or quote not in text or "\n" in quote or len(quote) > EVIDENCE_LIMIT:
            faults = [*faults, "evidence is no short quote of the text"]
        for fault in (*faults, *check_names(event, folded)):
            yield f"{event.get('type')} {event.get('minute', '')} {quote[:40]!r}: {fault}"
    for name, frame in frames.items():
        yield from check_frame(frame, [e for e in article["events"] if e.get("match") == name], excused)
    yield from twins(article["events"])


def moment(event: Record) -> tuple[int, int, int]:
    """Where an event stands in the match."""
    return event.get("period") or 0, event.get("minute") or 0, event.get("stoppage") or 0


def check_leavers(match: Record) -> Iterator[str]:
    """Nobody of the reference acts after a red card or after leaving."""
    gone: dict[str, tuple[int, int, int]] = {}
    for event in match["events"]:
        if event["type"] == "red_card" and event.get("role") != "coach":
            gone[event["player"]] = moment(event)
        if event["type"] == "substitution" and event.get("player_out"):
            gone[event["player_out"]] = moment(event)
    for event in match["events"]:
        actors = (
            [event.get("player"), event.get("player_in")] if event["type"] not in ("yellow_card", "red_card") else []
        )
        for name in actors:
            if name in gone and "minute" in event and moment(event) > gone[name] and event["type"] != "injury":
                yield f"{name} acts at {moment(event)} after leaving at {gone[name]}"


def check_match(path: Path) -> Iterator[str]:
    """Every fault of one reference match."""
    match: Record = json.loads(path.read_text(encoding="utf-8"))
    if missing := MATCH_KEYS - match.keys() - ({"score"} if match.get("abandoned") else set()):
        yield f"missing keys {sorted(missing)}"
        return
    if match["id"] != path.stem:
        yield f"id {match['id']}"
    for event in match["events"]:
        for fault in check_event(event, {match["home"], match["away"]}):
            yield f"{event.get('type')} {event.get('minute', '')}: {fault}"
    yield from check_frame(match, match["events"], bool(match.get("abandoned")))
    yield from check_leavers(match)
    yield from twins(match["events"])


def check_part(part: Path) -> Iterator[str]:
    """Every fault of one part of the corpus, as `file: fault`."""
    for text in sorted(part.glob("*.txt")):
        if not text.with_suffix(".json").exists():
            yield f"{text.name}: no annotation"
    for check, pattern in ((check_article, "*.json"), (check_match, "matches/*.json")):
        for path in sorted(part.glob(pattern)):
            try:
                yield from (f"{path.name}: {fault}" for fault in check(path))
            except (KeyError, TypeError, ValueError, OSError, AttributeError) as problem:
                yield f"{path.name}: {type(problem).__name__} {problem}"


def main(names: list[str]) -> int:
    parts = [HERE / name for name in names] or sorted(p for p in HERE.iterdir() if (p / "matches").is_dir())
    faults = [f"{part.name}/{fault}" for part in parts for fault in check_part(part)]
    print(*faults, sep="\n")
    for part in parts:
        kinds = Counter(json.loads(p.read_text(encoding="utf-8"))["kind"] for p in part.glob("*.json"))
        matches = len(list((part / "matches").glob("*.json")))
        print(f"{part.name}: {kinds.total()} articles of {matches} matches:", dict(kinds.most_common()))
    return bool(faults)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
