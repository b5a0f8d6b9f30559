"""When a fused event and a reference event are the same, by the rules of docs/event-model.md; knows nothing of the code
that is measured."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Any

Record = dict[str, Any]
LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "ae", "ı": "i", "'": "", "’": ""})
TEAM_DECIDES = {"penalty_awarded", "var_review", "goal_disallowed"}
NAMED = ("player", "player_in", "player_out")


def words(name: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", name.lower().translate(LETTERS))
    found = re.findall(r"[a-z0-9]+", "".join(c for c in folded if not unicodedata.combining(c)))
    return [w for w in found if len(w) > 1 and w not in ("jr", "junior")] or found


def same_person(a: str, b: str) -> bool:
    """The surnames agree, or one name holds the other."""
    ours, theirs = words(a), words(b)
    if not ours or not theirs:
        return False
    return ours[-1] == theirs[-1] or set(ours) <= set(theirs) or set(theirs) <= set(ours)


def span(event: Record) -> tuple[int, int] | None:
    minute = event.get("minute")
    if minute is None:
        return None
    if event.get("stoppage_unknown"):
        return minute, minute + 12
    added = event.get("stoppage") or 0
    return minute + added, (event.get("minute_end") or minute) + added


def strict(ref: Record, got: Record) -> bool:
    """People, clock within a minute (two where the reference is rough) and what belongs to the event itself agree."""
    kind = ref["type"]
    if kind != got["type"]:
        return False
    if kind in ("half_time", "full_time"):
        return list(ref.get("score") or ()) == list(got.get("score") or ())
    return people(ref, got) and clocks(ref, got) and facts(ref, got)


def people(ref: Record, got: Record) -> bool:
    team_decides = ref["type"] in TEAM_DECIDES or not any(ref.get(f) for f in NAMED)
    for field in NAMED:
        want, have = ref.get(field), got.get(field)
        if want and have and not same_person(want, have):
            return False
        if want and not have and not team_decides:
            return False
    return not (team_decides and ref.get("team") and got.get("side") and ref["side"] != got["side"])


def clocks(ref: Record, got: Record) -> bool:
    want, have = span(ref), span(got)
    if want is None:
        return True
    if have is None or (ref.get("period") and got.get("period") and ref["period"] != got["period"]):
        return False
    slack = 2 if ref.get("precision") in ("approximate", "relative") else 1
    return have[0] <= want[1] + slack and have[1] >= want[0] - slack


def facts(ref: Record, got: Record) -> bool:
    if ref["type"] == "penalty_shootout":
        return (ref.get("outcome") == "scored") == (got.get("outcome") == "scored")
    if ref["type"] != "goal":
        return True
    special = [e.get("method") if e.get("method") in ("penalty", "own_goal") else None for e in (ref, got)]
    return special[0] == special[1] and (special[0] != "own_goal" or ref.get("side") == got.get("side"))


def paired(refs: Sequence[Record], gots: Sequence[Record]) -> dict[int, int]:
    """A largest pairing reference → found of events that agree, nearer clocks tried first."""
    options = {
        i: sorted((j for j, got in enumerate(gots) if strict(ref, got)), key=lambda j: apart(refs[i], gots[j]))
        for i, ref in enumerate(refs)
    }
    owner: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in options[i]:
            if j not in tried:
                tried.add(j)
                if j not in owner or place(owner[j], tried):
                    owner[j] = i
                    return True
        return False

    for i in sorted(options, key=lambda i: len(options[i])):
        place(i, set())
    return {i: j for j, i in owner.items()}


def apart(ref: Record, got: Record) -> int:
    want, have = span(ref), span(got)
    return 99 if want is None or have is None else abs(want[0] - have[0])
