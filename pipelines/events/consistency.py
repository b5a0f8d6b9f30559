"""Checks happenings against the score and the people: fills a goal's team, drops what cannot be, invents nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipelines.items import Frame

from .merge import Happening, near
from .people import People, other
from .steps import take_sides
from .telling import Side

SIDES: tuple[Side, Side] = ("home", "away")


def settle(happenings: Sequence[Happening], frame: Frame | None, people: People) -> list[Happening]:
    """The happenings with their teams filled in, and goals told in passing beyond the score left out."""
    goals = [h for h in happenings if h.type == "goal"]
    taken = _taken_penalties(happenings)
    for award, kick in taken:
        _tie(award, kick, people)
    people.settle_sides()
    take_sides(goals, frame.score if frame is not None else None, people)
    for _ in range(2):  # what the score says of a scorer may settle his mates
        people.settle_sides()
        for happening in happenings:
            if happening.type != "penalty_awarded":
                _fill_side(happening, people)
        _fill_from_score(goals, frame, people)
    _change_sides(goals, frame, people)
    for happening in happenings:
        _fill_side(happening, people)
    _turn_round(happenings)
    _judge_saves(happenings, people)
    return _within_score(list(happenings), frame)


def _taken_penalties(happenings: Sequence[Happening]) -> list[tuple[Happening, Happening]]:
    """Each penalty given with the kick that it led to: the first told behind it, within minutes."""
    kicks = [h for h in happenings if h.type == "penalty_missed" or h.fact("method") == "penalty"]
    pairs = []
    for award in (h for h in happenings if h.type == "penalty_awarded"):
        behind = [k for k in kicks if k.lead.start >= award.lead.start - 80 and near(award.clock, k.clock, slack=3)]
        if behind:
            pairs.append((award, min(behind, key=lambda k: k.lead.start)))
    return pairs


def _tie(award: Happening, kick: Happening, people: People) -> None:
    """Whoever takes a penalty plays with the man fouled and against who fouled him."""
    names = kick.name("player"), award.name("player"), award.name("opponent")
    taker, fouled, fouler = (people.named(name) if name else None for name in names)
    if taker is not None and fouled is not None and fouled is not taker:
        people.bond(taker, fouled, same=True)
    if taker is not None and fouler is not None and fouler is not taker:
        people.bond(taker, fouler, same=False)


def _judge_saves(happenings: Sequence[Happening], people: People) -> None:
    """What a known keeper turns behind is saved; what a man in the way stops, no keeper, is blocked."""
    keepers = {p.side for p in people.persons if "keeper" in p.roles and p.side}
    for happening in happenings:
        name = happening.name("opponent")
        person = people.named(name) if name and happening.type == "shot" else None
        if person is None:
            continue
        outcome = happening.fact("outcome")
        keeper = "keeper" in person.roles
        if outcome == "blocked" and keeper:
            happening.tellings = [t.with_facts(outcome="saved") for t in happening.tellings]
        elif outcome == "saved" and not keeper and person.firm and person.side in keepers:
            happening.tellings = [t.with_facts(outcome="blocked") for t in happening.tellings]


def final_score(happenings: Sequence[Happening]) -> tuple[int, int] | None:
    """The final score as the happenings tell it."""
    for happening in happenings:
        if happening.type == "full_time" and (score := happening.fact("score")):
            return (score[0], score[1])
    return None


def _turn_round(happenings: Sequence[Happening]) -> None:
    """A score that prose gives winner first is turned home-away, where the goals told add up only that way."""
    goals = [h for h in happenings if h.type == "goal" and h.side is not None]
    for happening in happenings:
        if happening.type not in ("half_time", "full_time"):
            continue
        if any(t.source == "box" or t.rule == "pair-score" for t in happening.tellings):
            continue
        score = happening.fact("score")
        counted = [g for g in goals if happening.type == "full_time" or g.clock.period == 1]
        home, away = (sum(g.side == side for g in counted) for side in SIDES)
        if score and score[0] != score[1] and (home, away) == (score[1], score[0]):
            happening.tellings = [t.with_facts(score=(home, away)) for t in happening.tellings]


def _change_sides(goals: Sequence[Happening], frame: Frame | None, people: People) -> None:
    """A goal more than its side scored is the other side's, where that lacks one and no line-up names the scorer."""
    if frame is None or frame.score is None:
        return
    count = {side: sum(g.side == side for g in goals) for side in SIDES}
    most = dict(zip(SIDES, frame.score, strict=True))
    if sum(count.values()) > sum(most.values()):
        return
    for side, rival in (SIDES, SIDES[::-1]):
        for goal in sorted((g for g in goals if g.side == side), key=lambda g: abs(_lean(g, people))):
            if count[side] <= most[side] or count[rival] >= most[rival] or _is_firm(goal, people):
                continue
            goal.tellings = [replace(t, side=rival) for t in goal.tellings]
            count[side], count[rival] = count[side] - 1, count[rival] + 1


def _lean(goal: Happening, people: People) -> float:
    name = goal.name("player")
    person = people.named(name) if name else None
    return person.lean if person is not None else 0.0


def _is_firm(goal: Happening, people: People) -> bool:
    """Whether a line-up or a box says for whom a goal's scorer plays."""
    name = goal.name("player")
    person = people.named(name) if name else None
    return any(t.source == "box" for t in goal.tellings) or (person is not None and person.firm)


def _fill_side(happening: Happening, people: People) -> None:
    if happening.side is not None or happening.type in ("half_time", "full_time"):
        return
    side = _side_of(happening, people)
    if side is not None:
        happening.tellings = [replace(t, side=side) for t in happening.tellings]


def _fill_from_score(goals: list[Happening], frame: Frame | None, people: People) -> None:
    """Where one side's goals are all told, a goal of no known side is the other's; its scorer then has a side too."""
    if frame is None or frame.score is None:
        return
    lacking = {side: most - sum(g.side == side for g in goals) for side, most in zip(SIDES, frame.score, strict=True)}
    for goal in goals:
        if goal.side is not None:
            continue
        free = [side for side in SIDES if lacking[side] > 0]
        if len(free) != 1:
            return
        lacking[free[0]] -= 1
        goal.tellings = [replace(t, side=free[0]) for t in goal.tellings]
        name = goal.name("player")
        person = people.named(name) if name else None
        if person is not None:
            person.votes[(other(free[0]) or "home") if goal.fact("method") == "own_goal" else free[0]] += 2


def _side_of(happening: Happening, people: People) -> Side | None:
    turned = happening.fact("method") == "own_goal"
    for role, mate in (
        ("player", True),
        ("player_in", True),
        ("player_out", True),
        ("assist", True),
        ("opponent", False),
    ):
        name = happening.name(role)  # type: ignore[arg-type]
        person = people.named(name) if name else None
        if person is not None and person.team is not None:
            same = mate != (turned and role == "player")
            return person.team if same else other(person.team)
    return None


def _within_score(happenings: list[Happening], frame: Frame | None) -> list[Happening]:
    """Goals beyond the final score are errors of reading: those without a minute go first, then the least sure."""
    if frame is None or frame.score is None:
        return happenings
    for side, most in (("home", frame.score[0]), ("away", frame.score[1])):
        goals = [h for h in happenings if h.type == "goal" and h.side == side]
        for extra in _surplus(goals, most):
            happenings.remove(extra)
    goals = [h for h in happenings if h.type == "goal"]
    for extra in _surplus(goals, sum(frame.score)):
        happenings.remove(extra)
    return happenings


def _surplus(goals: list[Happening], most: int) -> list[Happening]:
    doubtful = sorted(
        goals,
        key=lambda h: (
            h.clock.minute is not None,
            h.clock.precision == "exact",
            h.lead.source == "box",
            len(h.tellings),
            -h.lead.start,
        ),
    )
    return [h for h in doubtful[: max(0, len(goals) - most)] if h.lead.source != "box"]
