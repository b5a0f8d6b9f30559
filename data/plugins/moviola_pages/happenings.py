"""An event of the archive as a reader is told it: icon, words, people, minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .wording import Wording

SHOOTOUT = 5  # the period of a shoot-out kick
# The types whose symbol has their name.
ITSELF = (
    "goal_disallowed", "penalty_awarded", "penalty_missed", "yellow_card", "substitution", "injury", "var_review",
)  # fmt: skip
DETAILS = ("method", "body_part", "outcome", "reason", "subject", "decision")
STOPPED = (("player", ""), ("assist", "assist"), ("opponent", "stopped"))
# Who acts in an event: (field, the part he plays), for the types that differ.
ACTORS: dict[str, tuple[tuple[str, str], ...]] = {
    "substitution": (("player_in", "in"), ("player_out", "out")),
    "penalty_missed": STOPPED,
    "shot": STOPPED,
}
COUNTED = "coalesce(correction, '') <> 'rejected'"  # totals leave out what a person has rejected


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in an event: `part` is a key of strings.toml (scorer, assist, in, out, …), '' for the main one."""

    name: str
    id: str | None
    part: str = ""


@dataclass(frozen=True, slots=True)
class Happening:
    """One event, ready to be shown; `row` is what the archive has of it."""

    row: dict[str, Any]
    number: int
    side: str  # home, away or ''
    icon: str
    label: str
    minute: str
    people: tuple[Person, ...]
    details: tuple[str, ...]
    score: str
    rejected: bool

    @property
    def title(self) -> str:
        """The event in one line, for titles and screen readers."""
        who = ", ".join(person.name for person in self.people)
        return " ".join(part for part in (self.minute, self.label, who and f"– {who}", self.score) if part)


def told(row: dict[str, Any], t: Wording) -> Happening:
    """The happening that a row of events stands for."""
    return Happening(
        row=row,
        number=row["number"],
        side=row["side"] or "",
        icon=icon_of(row),
        label=label_of(row, t),
        minute=minute_of(row, t),
        people=tuple(people_of(row)),
        details=tuple(details_of(row, t)),
        score=score_of(row["score_home"], row["score_away"]),
        rejected=row.get("correction") == "rejected",
    )


def icon_of(row: dict[str, Any]) -> str:
    """The symbol of an event in templates/mv/icons.html."""
    kind = row["type"]
    if kind == "goal":
        return {"own_goal": "own_goal", "penalty": "penalty_goal"}.get(row["method"] or "", "goal")
    if kind == "shot":
        return "woodwork" if row["outcome"] == "woodwork" else "shot"
    if kind == "red_card":
        return "second_yellow" if row["second_yellow"] else "red_card"
    if kind == "penalty_shootout":
        return "penalty_goal" if row["outcome"] == "scored" else "penalty_missed"
    if kind in ("half_time", "full_time"):
        return "whistle"
    return kind if kind in ITSELF else "shot"


def label_of(row: dict[str, Any], t: Wording) -> str:
    kind = row["type"]
    if kind == "goal" and row["method"] in ("own_goal", "penalty", "free_kick"):
        return t.of("goals", row["method"])
    if kind == "red_card" and row["second_yellow"]:
        return t.of("events", "second_yellow")
    return t.of("events", kind)


def details_of(row: dict[str, Any], t: Wording) -> list[str]:
    """What else is known of it: how, with what, how it ended."""
    shown = [
        t.of(field, row[field])
        for field in DETAILS
        if row[field] and not (field == "method" and row[field] in ("open_play", "own_goal", "penalty", "free_kick"))
    ]
    if row["role"] == "coach":
        shown.append(t.coach)
    return [detail for detail in shown if detail]


def people_of(row: dict[str, Any]) -> list[Person]:
    fields = ACTORS.get(row["type"], (("player", ""), ("assist", "assist"), ("opponent", "by")))
    return [Person(row[field], row[f"{field}_id"], part) for field, part in fields if row[field]]


def minute_of(row: dict[str, Any], t: Wording) -> str:
    """'23', '45+2', '~30', '62–65', '90+' in the recovery time; '1T' where only the half is told."""
    minute, period = row["minute"], row["period"]
    if period == SHOOTOUT:
        return t.shootout_short
    if minute is None:
        return t.of("halves", period) if period else ""
    if row["minute_end"] and row["minute_end"] != minute:
        return f"{minute}–{row['minute_end']}′"
    if row["stoppage"]:
        return f"{minute}′+{row['stoppage']}"
    if row["stoppage_unknown"]:
        return f"{minute}′+"
    return f"~{minute}′" if row["precision"] == "approximate" else f"{minute}′"


def score_of(home: int | None, away: int | None) -> str:
    return "" if home is None or away is None else f"{home}–{away}"
