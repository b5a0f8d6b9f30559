"""Score what a reader extracted from articles against reference annotations (docs/event-model.md).

    python -m tests.score_events REFERENCE_DIR PREDICTION_DIR [--json] [--errors]

Both folders hold one JSON file per article, paired by file name: {"kind", "matches": [frame], "events": [event]}
(a single frame may stand as "match"). A missing prediction counts as empty.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

Event = dict[str, Any]

NAMED = ("player", "player_in", "player_out")
SCORES = {"half_time", "full_time"}
TEAM_IS_ENOUGH = {"penalty_awarded", "var_review", "goal_disallowed"}
GROUPS = {
    "goals": {"goal"},
    "half- and full-time": SCORES,
    "cards": {"yellow_card", "red_card"},
    "substitutions": {"substitution"},
    "penalties": {"penalty_awarded", "penalty_missed", "penalty_shootout"},
    "shots": {"shot"},
    "disallowed, VAR, injuries": {"goal_disallowed", "var_review", "injury"},
}
CORE = SCORES | {
    "goal",
    "penalty_awarded",
    "penalty_missed",
    "penalty_shootout",
    "goal_disallowed",
    "yellow_card",
    "red_card",
    "substitution",
}
ATTRIBUTES = (
    "team",
    "outcome",
    "assist",
    "opponent",
    "body_part",
    "method",
    "reason",
    "subject",
    "decision",
    "second_yellow",
)
FRAME = ("home", "away", "score", "date", "competition", "referee", "venue", "attendance")
LETTERS = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "'": "",
        "’": "",
        "`": "",
        "´": "",
    }
)
JUNIOR = {"jr", "junior"}
CLUB_WORDS = {"fc", "ac", "as", "ss", "us", "cf", "afc", "ssc", "acf", "calcio", "club", "football", "bc"}
CLUB_ALIASES = {
    "internazionale": "inter",
    "juve": "juventus",
    "samp": "sampdoria",
    "psg": "paris saint germain",
    "atleti": "atletico madrid",
    "barca": "barcellona",
    "barcelona": "barcellona",
}
STOPPAGE_LIMIT = RANGE_LIMIT = 12


def words(text: str) -> list[str]:
    """The words of a text in lower-case ASCII."""
    folded = unicodedata.normalize("NFKD", text.lower().translate(LETTERS))
    return re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))


def name_words(name: str) -> list[str]:
    kept = [w for w in words(name) if len(w) > 1 and w not in JUNIOR]
    return kept or words(name)


def club_words(name: str) -> set[str]:
    kept = [w for w in words(name) if w not in CLUB_WORDS] or words(name)
    return {x for w in kept for x in CLUB_ALIASES.get(w, w).split()}


def same_person(a: str, b: str) -> bool:
    """The surnames agree, or one name holds the other."""
    wa, wb = name_words(a), name_words(b)
    return bool(wa and wb) and (wa[-1] == wb[-1] or set(wa) <= set(wb) or set(wb) <= set(wa))


def same_club(a: str, b: str) -> bool:
    wa, wb = club_words(a), club_words(b)
    return bool(wa and wb) and (wa <= wb or wb <= wa)


def people_agree(ref: Event, got: Event) -> bool:
    team_decides = ref["type"] in TEAM_IS_ENOUGH or not any(ref.get(f) for f in NAMED)
    for field in NAMED:
        want, have = ref.get(field), got.get(field)
        if want and have and not same_person(want, have):
            return False
        if want and not have and not team_decides:
            return False
    if team_decides and ref.get("team") and got.get("team"):
        return same_club(ref["team"], got["team"])
    return True


def span(event: Event) -> tuple[int, int] | None:
    """First and last minute an event can mean, added time counted on; None where it has no minute."""
    minute = event.get("minute")
    if minute is None:
        return None
    added = event.get("stoppage")
    if added is True or event.get("stoppage_unknown"):
        return (minute, minute + STOPPAGE_LIMIT) if minute in (45, 90, 105, 120) else (minute, minute)
    last = event.get("minute_end") or minute
    return minute + (added or 0), last + (added or 0)


def clocks_agree(ref: Event, got: Event) -> bool:
    """Within one minute (two where the reference is approximate or relative), in the same period where both tell it."""
    want, have = span(ref), span(got)
    if want is None:
        return True
    if have is None or have[1] - have[0] > max(RANGE_LIMIT, want[1] - want[0]):
        return False
    if ref.get("period") and got.get("period") and ref["period"] != got["period"]:
        return False
    loose_clock = ref.get("approx") or ref.get("precision") in ("approximate", "relative")
    slack = 2 if loose_clock else 1
    return have[0] <= want[1] + slack and have[1] >= want[0] - slack


def facts_agree(ref: Event, got: Event) -> bool:
    """What belongs to the event itself: the score, a penalty or own goal, a shoot-out kick scored or not."""
    kind = ref["type"]
    if kind in SCORES:
        return list(ref.get("score") or []) == list(got.get("score") or [])
    if kind == "goal":
        special = ("penalty", "own_goal")
        want, have = (e.get("method") if e.get("method") in special else None for e in (ref, got))
        if want == "own_goal" and ref.get("team") and not same_club(ref["team"], got.get("team") or ""):
            return False
        return want == have
    if kind == "penalty_shootout":
        return (ref.get("outcome") == "scored") == (got.get("outcome") == "scored")
    return True


def of_same_match(ref: Event, got: Event, several: bool) -> bool:
    """Whether both tell of the same match; an article that reports several must name it ("Home-Away")."""
    want, have = ref.get("match"), got.get("match")
    if not want or not have:
        return not (several and want)
    wa, wb = club_words(want), club_words(have)
    return wa <= wb or wb <= wa


def strict(ref: Event, got: Event) -> bool:
    if ref["type"] in SCORES:
        return facts_agree(ref, got)
    return people_agree(ref, got) and clocks_agree(ref, got) and facts_agree(ref, got)


def loose(ref: Event, got: Event) -> bool:
    if ref["type"] in SCORES:
        return facts_agree(ref, got)
    nameless = ref["type"] == "var_review" or not any(ref.get(f) for f in NAMED)
    return people_agree(ref, got) and (not nameless or clocks_agree(ref, got))


def distance(ref: Event, got: Event) -> float:
    a, b = span(ref), span(got)
    return 50.0 if a is None or b is None else abs(a[0] - b[0])


def largest_matching(
    refs: Iterable[int], gots: Iterable[int], agree: Callable[[int, int], bool], far: Callable[[int, int], float]
) -> dict[int, int]:
    """A largest pairing reference -> prediction, nearer clocks tried first (augmenting paths)."""
    refs, gots = list(refs), list(gots)
    options = {i: sorted((j for j in gots if agree(i, j)), key=lambda j: far(i, j)) for i in refs}
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in options[i]:
            if j not in tried:
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    for i in sorted(refs, key=lambda i: len(options[i])):
        place(i, set())
    return {i: j for j, i in owner.items()}


def pair(refs: list[Event], gots: list[Event], several: bool) -> dict[int, tuple[int, bool]]:
    """Reference index -> (prediction index, strict). Firm references first; optional ones excuse strict pairs only."""

    def tie(test: Callable[[Event, Event], bool]) -> Callable[[int, int], bool]:
        return lambda i, j: of_same_match(refs[i], gots[j], several) and test(refs[i], gots[j])

    def far(i: int, j: int) -> float:
        return distance(refs[i], gots[j])

    firm = [i for i, r in enumerate(refs) if not r.get("optional")]
    optional = [i for i, r in enumerate(refs) if r.get("optional")]
    pairs: dict[int, tuple[int, bool]] = {}
    for group, test, is_strict in ((firm, strict, True), (optional, strict, True), (firm, loose, False)):
        free_refs = [i for i in group if i not in pairs]
        free_gots = [j for j in range(len(gots)) if j not in {p[0] for p in pairs.values()}]
        for i, j in largest_matching(free_refs, free_gots, tie(test), far).items():
            pairs[i] = (j, is_strict)
    return pairs


def prf(hit: float, ref: float, got: float) -> dict[str, float]:
    p = hit / got if got else (1.0 if not ref else 0.0)
    r = hit / ref if ref else 1.0
    return {"p": round(p, 4), "r": round(r, 4), "f1": round(2 * p * r / (p + r), 4) if p + r else 0.0}


def same_value(field: str, want: Any, have: Any) -> bool:
    if not have and have is not False and have != 0:
        return False
    if field in ("team", "home", "away"):
        return same_club(want, have)
    if field in ("assist", "opponent", "referee", "player"):
        return same_person(want, have)
    if field in ("competition", "venue"):
        return set(words(want)) <= set(words(have)) or set(words(have)) <= set(words(want))
    return list(want) == list(have) if isinstance(want, list) else want == have


def same_mark(want: Any, have: Any) -> bool:
    """Marks agree as numbers (6,5 = 6.5); words ("s.v.") agree with each other and with none."""

    def number(mark: Any) -> float | None:
        try:
            return float(str(mark).replace(",", "."))
        except ValueError:
            return None

    return number(want) == number(have)


def evidence_right(ref: Event, got: Event) -> bool:
    """Some evidence of the prediction holds at least half of the reference quote's words."""
    quote = words(ref["evidence"])
    told = got.get("evidence") or []
    told = [told] if isinstance(told, (str, dict)) else told
    texts = [t if isinstance(t, str) else t.get("sentence") or t.get("text") or "" for t in told]
    return any(sum(w in set(words(t)) for w in quote) * 2 >= len(quote) for t in texts)


def frames(article: dict[str, Any]) -> list[dict[str, Any]]:
    return article.get("matches") or ([article["match"]] if article.get("match") else [])


def score_frames(ref: dict[str, Any], got: dict[str, Any], tally: Counter[Any]) -> None:
    """Count fields of the match frames, starters and marks."""
    for want in frames(ref):
        if not (want.get("home") and want.get("away")):
            continue
        have = next(
            (
                f
                for f in frames(got)
                if same_value("home", want["home"], f.get("home")) and same_value("away", want["away"], f.get("away"))
            ),
            {},
        )
        for field in FRAME:
            if want.get(field) is not None:
                tally[field, "ref"] += 1
                tally[field, "ok"] += same_value(field, want[field], have.get(field))
        for side in ("home", "away"):
            wl, hl = ((f.get("lineups") or {}).get(side) or {} for f in (want, have))
            names = hl.get("starters") or []
            if wl.get("starters"):
                tally["starters", "ref"] += len(wl["starters"])
                tally["starters", "got"] += len(names)
                tally["starters", "ok"] += sum(any(same_person(w, n) for n in names) for w in wl["starters"])
            for person, mark in (wl.get("ratings") or {}).items():
                tally["ratings", "ref"] += 1
                tally["ratings", "ok"] += any(
                    same_person(person, n) and same_mark(mark, m) for n, m in (hl.get("ratings") or {}).items()
                )


def score(reference: Path, prediction: Path) -> dict[str, Any]:
    """All figures of one run: totals, groups, types, genres, attributes, frames, errors."""
    tally: dict[str, Counter[str]] = defaultdict(Counter)
    genres: dict[str, Counter[str]] = defaultdict(Counter)
    attributes: Counter[tuple[str, str]] = Counter()
    frame_tally: Counter[tuple[str, str]] = Counter()
    errors: list[tuple[str, str, Event | None, Event | None]] = []
    articles = empty = false_in_empty = 0
    for ref_file in sorted(reference.glob("*.json")):
        ref_article = json.loads(ref_file.read_text())
        got_file = prediction / ref_file.name
        got_article = json.loads(got_file.read_text()) if got_file.exists() else {}
        refs, gots = ref_article["events"], got_article.get("events") or []
        several = len({e["match"] for e in refs if e.get("match")}) > 1
        articles += 1
        if not refs:
            empty += 1
            false_in_empty += len(gots)
        score_frames(ref_article, got_article, frame_tally)
        for kind in sorted({e["type"] for e in refs} | {e["type"] for e in gots}):
            r = [e for e in refs if e["type"] == kind]
            g = [e for e in gots if e["type"] == kind]
            pairs = pair(r, g, several)
            excused = {j for i, (j, _) in pairs.items() if r[i].get("optional")}
            counts = Counter(
                ref=sum(not e.get("optional") for e in r),
                got=len(g) - len(excused),
                strict=sum(s for i, (_, s) in pairs.items() if not r[i].get("optional")),
                loose=sum(not r[i].get("optional") for i in pairs),
            )
            tally[kind] += counts
            genres[ref_article.get("kind", "?")] += counts
            for i, (j, is_strict) in pairs.items():
                if r[i].get("optional"):
                    continue
                for field in ATTRIBUTES:
                    if r[i].get(field) is not None:
                        attributes[field, "ref"] += 1
                        attributes[field, "ok"] += same_value(field, r[i][field], g[j].get(field))
                    elif field in ("assist", "opponent") and g[j].get(field):
                        attributes[field, "invented"] += 1
                if r[i].get("evidence"):
                    attributes["evidence", "ref"] += 1
                    attributes["evidence", "ok"] += evidence_right(r[i], g[j])
                if not is_strict:
                    errors.append((ref_file.stem, "not strict", r[i], g[j]))
            errors += [
                (ref_file.stem, "missed", e, None) for i, e in enumerate(r) if i not in pairs and not e.get("optional")
            ]
            used = {j for j, _ in pairs.values()}
            errors += [(ref_file.stem, "false", None, e) for j, e in enumerate(g) if j not in used]

    def figures(c: Counter[str]) -> dict[str, Any]:
        return {
            "n": c["ref"],
            "found": c["got"],
            "strict": prf(c["strict"], c["ref"], c["got"]),
            "loose": prf(c["loose"], c["ref"], c["got"]),
        }

    def together(kinds: Iterable[str]) -> Counter[str]:
        return sum((tally[k] for k in kinds if k in tally), Counter())

    total, core = together(list(tally)), together(CORE)
    return {
        "articles": articles,
        "strict": figures(total)["strict"],
        "loose": figures(total)["loose"],
        "core_strict": figures(core)["strict"],
        "per_group": {g: figures(together(kinds)) for g, kinds in GROUPS.items() if together(kinds)},
        "per_type": {k: figures(c) for k, c in sorted(tally.items())},
        "per_genre": {k: figures(c) for k, c in sorted(genres.items()) if c},
        "attributes": {f: round(attributes[f, "ok"] / n, 4) for (f, what), n in attributes.items() if what == "ref"},
        "invented": {f: n for (f, what), n in attributes.items() if what == "invented"},
        "frames": {f: round(frame_tally[f, "ok"] / n, 4) for (f, what), n in frame_tally.items() if what == "ref"},
        "articles_without_events": empty,
        "false_events_in_them": false_in_empty,
        "errors": errors,
    }


def table(rows: dict[str, Any], head: str) -> None:
    print(f"{head:28}{'n':>5}{'found':>7}{'P':>8}{'R':>8}{'F1':>8}{'loose F1':>10}")
    for name, row in rows.items():
        s = row["strict"]
        print(
            f"{name:28}{row['n']:5}{row['found']:7}{s['p']:8.3f}{s['r']:8.3f}{s['f1']:8.3f}{row['loose']['f1']:10.3f}"
        )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("prediction", type=Path)
    parser.add_argument("--json", action="store_true", help="print the whole result as JSON")
    parser.add_argument("--errors", action="store_true", help="print every missed, false and not-strict event")
    args = parser.parse_args()
    result = score(args.reference, args.prediction)
    if args.json:
        json.dump(result, sys.stdout, ensure_ascii=False, indent=1)
        return 0
    if args.errors:
        for stem, what, ref, got in result["errors"]:
            print(
                f"{stem}\t{what}\n   ref {json.dumps(ref, ensure_ascii=False)}\n"
                f"   got {json.dumps(got, ensure_ascii=False)}"
            )
    for rows, head in ((result["per_type"], "type"), (result["per_group"], "group"), (result["per_genre"], "genre")):
        table(rows, head)
        print()
    whole, loose, core = result["strict"], result["loose"], result["core_strict"]
    print(f"all   strict P {whole['p']:.3f} R {whole['r']:.3f} F1 {whole['f1']:.3f}   loose F1 {loose['f1']:.3f}")
    print(
        f"core  strict P {core['p']:.3f} R {core['r']:.3f} F1 {core['f1']:.3f}   (without shots, VAR reviews, injuries)"
    )
    print(
        "attributes of the paired events:",
        ", ".join(f"{k} {v:.3f}" for k, v in result["attributes"].items()),
        "; invented:",
        result["invented"] or "none",
    )
    print("frames:", ", ".join(f"{k} {v:.3f}" for k, v in result["frames"].items()))
    print(
        f"{result['articles']} articles; {result['articles_without_events']} without events, "
        f"{result['false_events_in_them']} false events in them"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
