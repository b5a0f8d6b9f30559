"""One event from several tellings: a goal told in the lead, the chronicle and the box is one, evidenced thrice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .clock import NO_CLOCK, Clock
from .names import key_words, names_agree
from .telling import Role, Side, Telling

SOURCE_RANK = {"box": 0, "live": 1, "prose": 2, "marks": 3, "headline": 4}
PRECISION_RANK = {"exact": 0, "relative": 2, "range": 1, "approximate": 3, "unknown": 4, "none": 5}
ONCE_A_PLAYER = frozenset({"yellow_card", "red_card", "injury"})
SLACK = 2


@dataclass(slots=True)
class Happening:
    """An event as its tellings have made it so far."""

    tellings: list[Telling] = field(default_factory=list)

    @property
    def ranked(self) -> list[Telling]:
        """The tellings, the most trusted first."""
        return self.tellings if len(self.tellings) == 1 else sorted(self.tellings, key=_rank)

    @property
    def lead(self) -> Telling:
        """The telling that settles the clock: box before live before prose, exact before vague."""
        return self.tellings[0] if len(self.tellings) == 1 else min(self.tellings, key=_rank)

    @property
    def type(self) -> str:
        return self.tellings[0].type  # the same in all

    @property
    def match(self) -> int:
        return self.tellings[0].match  # the same in all

    @property
    def clock(self) -> Clock:
        timed = [t for t in self.tellings if t.clock.minute is not None]
        if self.type == "full_time" and timed:  # a match that went on ends with the extra time
            return max((t.clock for t in timed), key=lambda clock: clock.order)
        return min(timed, key=_rank).clock if timed else self.lead.clock

    @property
    def side(self) -> Side | None:
        return next((t.side for t in self.ranked if t.side), None)

    def name(self, role: Role) -> str | None:
        """The fullest name that a telling gives for a role."""
        if len(self.tellings) == 1:
            return self.tellings[0].people.get(role)
        names = [t.people[role] for t in self.ranked if role in t.people]
        if not names:
            return None
        first = names[0]
        return max((n for n in names if agree(n, first)), key=len)

    def fact(self, key: str) -> Any:
        """What the first telling that knows says of a fact; a plain method gives way to a special one."""
        if len(self.tellings) == 1:
            return self.tellings[0].facts.get(key)
        values = [t.facts[key] for t in self.ranked if t.facts.get(key) is not None]
        if key == "method":
            values.sort(key=lambda v: v == "open_play")
        if key == "second_yellow":
            values.sort(key=lambda v: not v)
        if key == "decision":
            values.sort(key=lambda v: v == "none")
        return values[0] if values else None


def _rank(telling: Telling) -> tuple[int, bool, int, int]:
    return SOURCE_RANK[telling.source], telling.passing, PRECISION_RANK[telling.clock.precision], telling.start


def agree(a: str | None, b: str | None) -> bool:
    """Whether two names can be one person's; an unknown one can be anybody's."""
    return a is None or b is None or names_agree(key_words(a), key_words(b)) or key_words(a)[-1] == key_words(b)[-1]


def merge(tellings: Iterable[Telling]) -> list[Happening]:
    """The happenings that the tellings tell, in the order of the match; better sources are laid down first."""
    found: dict[tuple[int, str], list[Happening]] = {}
    for telling in sorted(
        tellings, key=lambda t: (SOURCE_RANK[t.source], t.passing, t.clock.minute is None, t.part, t.start)
    ):
        alike = found.setdefault((telling.match, telling.type), [])
        home = next((h for h in alike if _one(h, telling)), None)
        if home is None:
            alike.append(Happening([telling]))
        else:
            home.tellings.append(telling)
    happenings = [h for alike in found.values() for h in alike]
    return sorted(_rulings(happenings), key=lambda h: (h.match, h.clock.order, h.lead.start))


def _one(happening: Happening, telling: Telling) -> bool:
    """Whether a telling tells a happening already known."""
    kind = telling.type
    if kind in ("half_time", "full_time"):
        return True
    if kind == "substitution":
        return _same_change(happening, telling)
    if kind == "penalty_shootout":
        same = (
            agree(happening.name("player"), telling.people.get("player")) and telling.people.get("player") is not None
        )
        return (same and happening.lead.source != telling.source) or (same and telling.source == "prose")
    if kind in ("penalty_awarded", "var_review"):
        sides = happening.side is None or telling.side is None or happening.side == telling.side
        subject = kind != "var_review" or happening.fact("subject") == telling.facts.get("subject")
        named = kind == "var_review" or agree(happening.name("opponent"), telling.people.get("opponent"))
        return sides and subject and named and near(happening.clock, telling.clock, unknown=kind == "penalty_awarded")
    a, b = happening.name("player"), telling.people.get("player")
    if not agree(a, b) or (a is None and b is None and kind == "shot"):
        return False
    if kind in ONCE_A_PLAYER:
        return (a is not None and b is not None) or near(happening.clock, telling.clock)
    if kind == "shot":
        same_place = any(t.start == telling.start and t.part == telling.part for t in happening.tellings)
        outcomes = happening.fact("outcome") == telling.facts.get("outcome")
        return same_place or (outcomes and near(happening.clock, telling.clock, unknown=False, slack=1))
    if kind == "goal" and "own_goal" in (happening.fact("method"), telling.facts.get("method")):
        return happening.fact("method") == telling.facts.get("method") and near(happening.clock, telling.clock)
    return near(happening.clock, telling.clock)


def _same_change(happening: Happening, telling: Telling) -> bool:
    on, off = happening.name("player_in"), happening.name("player_out")
    got_on, got_off = telling.people.get("player_in"), telling.people.get("player_out")
    if on and got_on and (off is None) != (got_off is None):
        return agree(on, got_on) and near(happening.clock, telling.clock, slack=25)  # nobody comes on twice
    if on and got_on:
        return agree(on, got_on) and near(happening.clock, telling.clock, slack=6)
    if off and got_off:
        return agree(off, got_off) and near(happening.clock, telling.clock, slack=6)
    return False


def near(a: Clock, b: Clock, unknown: bool = True, slack: int = SLACK) -> bool:
    """Whether two clocks can be one moment; a clock without a minute fits any of its period."""
    if a.period and b.period and a.period != b.period:
        return False
    if a.minute is None or b.minute is None:
        return unknown or (a.minute is None and b.minute is None)
    if a.stoppage_unknown or b.stoppage_unknown:
        return a.minute == b.minute
    first, last = a.minute + (a.stoppage or 0), (a.minute_end or a.minute) + (a.stoppage or 0)
    loose = slack + (3 if "approximate" in (a.precision, b.precision) else 0)
    return first - loose <= b.minute + (b.stoppage or 0) <= last + loose


def _rulings(found: list[Happening]) -> list[Happening]:
    """The model's rulings between events: a second yellow is no yellow card, a penalty missed no shot."""
    return [h for h in found if not (h.type in RULED_OUT_BY and _ruled_out(h, found))]


RULED_OUT_BY = {"yellow_card": ("red_card",), "shot": ("penalty_missed", "goal_disallowed")}


def _ruled_out(happening: Happening, found: list[Happening]) -> bool:
    name = happening.name("player")
    for rival in found:
        if rival.type not in RULED_OUT_BY[happening.type] or rival.match != happening.match:
            continue
        if not (rival.name("player") and agree(rival.name("player"), name)):
            continue
        if not near(rival.clock, happening.clock, unknown=False, slack=1):
            continue
        if rival.fact("second_yellow") if happening.type == "yellow_card" else _overlap(rival, happening):
            return True
    return False


def _overlap(a: Happening, b: Happening) -> bool:
    return any(
        x.part == y.part and x.start < y.end + 60 and y.start < x.end + 60 for x in a.tellings for y in b.tellings
    )


__all__ = ["NO_CLOCK", "Happening", "agree", "merge", "near"]
