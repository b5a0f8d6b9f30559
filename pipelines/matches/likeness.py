"""How likely two claims tell one happening: evidence for and against, above 0 rather yes.

The claims are of one match, of one type and of different articles.
"""

from __future__ import annotations

from pipelines.items import Event

from .names import same_person

PEOPLE: dict[str, tuple[tuple[str, float, float], ...]] = {  # field, weight where they agree, where they do not
    "goal": (("player", 3.0, -2.2), ("assist", 0.5, -0.3)),
    "goal_disallowed": (("player", 2.5, -1.5),),
    "penalty_awarded": (("player", 1.5, -0.5), ("opponent", 1.5, -0.5)),
    "penalty_missed": (("player", 3.0, -2.0), ("opponent", 0.5, -0.3)),
    "penalty_shootout": (("player", 4.0, -5.0),),
    "shot": (("player", 3.0, -3.5), ("opponent", 0.7, -0.5)),
    "yellow_card": (("player", 4.0, -4.0),),
    "red_card": (("player", 4.0, -2.5),),
    "substitution": (("player_in", 3.0, -2.5), ("player_out", 3.0, -2.5)),
    "injury": (("player", 3.0, -4.0),),
    "var_review": (("player", 1.0, -0.5),),
}
FACTS: dict[str, tuple[tuple[str, float, float], ...]] = {
    "goal": (("score", 2.5, -2.5),),
    "goal_disallowed": (("reason", 0.3, -0.3),),
    "penalty_missed": (("outcome", 0.5, -0.3),),
    "shot": (("outcome", 0.7, -0.7),),
    "var_review": (("subject", 1.5, -1.5), ("decision", 0.5, -0.5)),
    "penalty_shootout": (("outcome", 0.5, -0.5),),
}
ONCE = {"half_time", "full_time"}  # happen once a match
OFTEN = {"shot", "var_review", "injury", "penalty_awarded"}  # may happen to one player twice: the clock counts more
SLACK = {"exact": 1, "relative": 2, "approximate": 4, "range": 2, "unknown": 2, "none": 1}


def likeness(a: Event, b: Event) -> float:
    """The sum of what their people, clock, side and facts say."""
    kind = a.type
    if kind in ONCE:
        return 5.0
    total = of_clocks(a, b) + of_sides(a, b)
    for field, agree, disagree in PEOPLE.get(kind, ()):
        ours, theirs = getattr(a, field), getattr(b, field)
        if ours and theirs:
            total += agree if same_person(ours, theirs) else disagree
    for field, agree, disagree in FACTS.get(kind, ()):
        ours, theirs = getattr(a, field), getattr(b, field)
        if ours is not None and theirs is not None:
            total += agree if ours == theirs else disagree
    if kind == "goal" and (a.method == "own_goal") != (b.method == "own_goal") and a.method and b.method:
        total -= 0.5
    return total


def of_sides(a: Event, b: Event) -> float:
    if not a.side or not b.side:
        return 0.0
    return 0.4 if a.side == b.side else -4.0


def of_clocks(a: Event, b: Event) -> float:
    """What the clocks say: near 2 where they agree, falling with the minutes between them."""
    ours, theirs = span(a), span(b)
    if ours is None or theirs is None:
        if a.period and b.period:
            return 0.3 if a.period == b.period else -2.0
        return 0.0
    apart = max(0, ours[0] - theirs[1], theirs[0] - ours[1])
    slack = max(SLACK.get(a.precision, 1), SLACK.get(b.precision, 1))
    if apart == 0:
        return 2.0
    if apart <= slack:
        return 1.2
    steep = 1.6 if a.type in OFTEN else 0.8
    return max(-6.0, 0.8 - steep * (apart - slack))


def span(event: Event) -> tuple[int, int] | None:
    """First and last minute that a clock can mean, added time counted on; None where it has no minute.

    >>> span(Event(id="", type="goal", match="", minute=45, stoppage=2))
    (47, 47)
    """
    if event.minute is None:
        return None
    if event.stoppage_unknown:
        return event.minute, event.minute + 6
    added = event.stoppage or 0
    return event.minute + added, (event.minute_end or event.minute) + added
