"""The Common Data Format's match JSON, version 0.3.2 (https://arxiv.org/abs/2505.15820).

Two things that it asks for are in no article, and stand in by rule: no paper tells the second at which something
happened, so times count the minutes from midnight UTC of the day of the match, the second half from minute 60; and a
shirt number that nobody gives is 0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

from ..names import person_words
from .view import SIDES, Row, View

PERIODS = {1: "first_half", 2: "second_half", 3: "first_half_extratime", 4: "second_half_extratime", 5: "shootout"}
STARTS = {1: (0, 0), 2: (45, 60), 3: (90, 120), 4: (105, 140), 5: (120, 160)}  # minute of play → minute of the day


def as_cdf(views: Iterable[View]) -> Iterator[str]:
    """One match a line; matches whose final or half-time score is not known cannot be written and are left out."""
    for view in views:
        if (told := match_json(view)) is not None:
            yield json.dumps(told, ensure_ascii=False)


def match_json(view: View) -> dict[str, Any] | None:
    """A match as the format has it; None where it lacks what the format demands."""
    result = result_of(view)
    if result is None or view.day is None:
        return None
    extra = "first_half_extratime" in result
    return {
        "match": {
            "id": view.match["id"],
            "status": {"is_neutral": False, "has_extratime": extra, "has_shootout": "shootout" in result},
            "result": result,
        },
        "teams": {side: team_of(view, side) for side in SIDES},
        "officials": officials_of(view),
        "events": {
            "goals": [goal_of(view, goal) for goal in view.of_type("goal") if complete(goal, "player_id")],
            "substitutions": [
                change_of(view, change)
                for change in view.of_type("substitution")
                if complete(change, "player_in_id", "player_out_id")
            ],
            "cards": [
                card_of(view, card) for card in view.of_type("yellow_card", "red_card") if complete(card, "player_id")
            ],
        },
        "meta": {"vendor": "moviola"},
    }


def complete(event: Row, *people: str) -> bool:
    """Whether an event has what the format demands of it."""
    scored = event["type"] != "goal" or event["score_home"] is not None
    return (
        scored and event["minute"] is not None and event["team_id"] is not None and all(event[name] for name in people)
    )


def result_of(view: View) -> dict[str, Any] | None:
    """The scores, each after its period, as the format counts them."""
    full, half = view.score(), view.score("half") or at_half_time(view)
    if full is None or half is None:
        return None
    ninety, kicks = view.score("ninety"), view.score("shootout")
    decided = kicks or full
    winner = None if decided[0] == decided[1] else view.match["home_id" if decided[0] > decided[1] else "away_id"]
    result = {"final": sides(full) | {"winning_team_id": winner}, "first_half": sides(half)}
    result["second_half"] = sides(ninety or full)
    if ninety:
        first = [g for g in view.of_type("goal") if g["period"] == 3]
        after = [ninety[i] + sum(g["side"] == side for g in first) for i, side in enumerate(SIDES)]
        result |= {"first_half_extratime": sides((after[0], after[1])), "second_half_extratime": sides(full)}
    if kicks:
        result["shootout"] = sides(kicks)
    return result


def at_half_time(view: View) -> tuple[int, int] | None:
    """The score at half-time from the goals, where all of them and their halves are known."""
    goals, full = view.of_type("goal"), view.score()
    if full is None or len(goals) != sum(full) or any(goal["period"] is None for goal in goals):
        return None
    home, away = (sum(g["side"] == side and g["period"] == 1 for g in goals) for side in SIDES)
    return home, away


def sides(score: tuple[int, int]) -> dict[str, Any]:
    return {"home": score[0], "away": score[1]}


def team_of(view: View, side: str) -> dict[str, Any]:
    sheet = view.sheets[side]
    team = view.match[f"{side}_id"]
    came_on = {event["player_in_id"] for event in view.of_type("substitution")}
    players = [
        {
            "id": member.id,
            "first_name": " ".join(member.name.split()[:-1]),
            "last_name": member.name.split()[-1] if member.name.split() else member.name,
            "short_name": member.name,
            "team_id": team,
            "jersey_number": member.shirt or 0,
            "is_starter": member.starts,
            "has_played": member.starts or member.id in came_on,
        }
        for member in sheet.members
        if member.id
    ]
    told = {"id": team, "short_name": view.match[side], "players": players}
    return told | ({"formation": sheet.formation} if sheet.formation else {})


def officials_of(view: View) -> list[dict[str, Any]]:
    name = view.match["referee"]
    if not name:
        return []
    first, _, last = name.rpartition(" ")
    identity = "-".join(person_words(name)) or "referee"
    return [{"id": identity, "first_name": first, "last_name": last, "short_name": name, "type": "main_referee"}]


def goal_of(view: View, goal: Row) -> dict[str, Any]:
    return moment(view, goal) | {
        "player_id": goal["player_id"],
        "assist_id": goal["assist_id"],
        "is_own_goal": goal["method"] == "own_goal",
        "is_penalty": goal["method"] == "penalty",
        "score": sides((goal["score_home"], goal["score_away"])),
    }


def change_of(view: View, change: Row) -> dict[str, Any]:
    told = moment(view, change)
    at = told.pop("time")
    people = {"in_player_id": change["player_in_id"], "out_player_id": change["player_out_id"]}
    return told | people | {"in_time": at, "out_time": at}


def card_of(view: View, card: Row) -> dict[str, Any]:
    kind = "second_yellow_card" if card["second_yellow"] else card["type"]
    return moment(view, card) | {"player_id": card["player_id"], "type": kind}


def moment(view: View, event: Row) -> dict[str, Any]:
    """The time, period and team of an event."""
    minute = event["minute"]
    period = event["period"] or (1 if minute <= 45 else 2 if minute <= 90 else 3 if minute <= 105 else 4)
    before, offset = STARTS.get(period, STARTS[2])
    assert view.day
    start = datetime.combine(view.day, time(), UTC)
    at = start + timedelta(minutes=offset + minute - before + (event["stoppage"] or 0))
    return {"time": f"{at:%Y-%m-%dT%H:%M:%SZ}", "period": PERIODS[period], "team_id": event["team_id"]}
