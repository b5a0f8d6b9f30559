"""The clock of a match as Italian tells it (docs/event-model.md, "The clock"): what a mention means, placed
in the match by a state that remembers the half and the event before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipelines.items import Precision

Form = Literal["minute", "range", "later", "to_end", "stoppage", "about", "start", "half", "break", "end", "length"]


@dataclass(frozen=True, slots=True)
class Clock:
    """A place in the match: the fields of the event model."""

    period: int | None = None
    minute: int | None = None
    minute_end: int | None = None
    stoppage: int | None = None
    stoppage_unknown: bool = False
    precision: Precision = "none"

    @property
    def order(self) -> float:
        """A number that grows with match time; unknown minutes stand at the start of their period."""
        base = {None: 0, 1: 0, 2: 45, 3: 90, 4: 105, 5: 200}[self.period]
        return (base if self.minute is None else self.minute) + (self.stoppage or 0) / 30 + (self.period or 0) / 1000


NO_CLOCK = Clock()
AHEAD = 60  # mentions looked at beyond the one being placed
LATEST = 106  # a minute beyond it is of the extra time, not of a second half that lasted so long
ENDS = {1: 45, 2: 90, 3: 105, 4: 120}
STARTS = {1: 0, 2: 45, 3: 90, 4: 105}


@dataclass(frozen=True, slots=True)
class Mention:
    """A clock as the words have it, at tokens first:last, not yet placed in the match."""

    first: int
    last: int
    form: Form
    minute: int = 0
    until: int = 0
    added: int | None = None
    half: int | None = None
    strong: bool = True  # opens a stretch: the reading goes on from here
    precision: Precision = "exact"


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with its place in the match; `clock` is None where the words open a stretch and tell no minute."""

    mention: Mention
    clock: Clock | None


@dataclass(slots=True)
class ClockState:
    """How the reading stands: the half, whether minutes count inside it or over the match, the last minute told."""

    period: int | None = None
    numbering: Literal["half", "match"] | None = None
    last: Clock | None = None
    extra: bool = False  # extra time has begun
    by_break: bool = False  # the second half was entered by the break alone, and no minute of it is told yet
    by_marker: bool = False  # the half was entered by words that open it, not by a minute's label

    def place_all(self, mentions: list[Mention]) -> list[Placed]:
        """The mentions of a stretch placed in order, each with a look at those that follow."""
        placed = []
        mentions = [m if k == 0 else _in_named_half(m, mentions[k - 1]) for k, m in enumerate(mentions)]
        for k, mention in enumerate(mentions):
            placed.append(Placed(mention, self.place(mention, mentions[k + 1 : k + 1 + AHEAD])))
        return placed

    def place(self, mention: Mention, ahead: Sequence[Mention] = ()) -> Clock | None:
        """The clock that a mention means here; the state moves on."""
        if mention.form == "length":
            return None
        if mention.form in ("half", "break"):
            return self._turn(mention, ahead)
        clock = self._clock(mention, ahead)
        told = (
            mention.form in ("minute", "range", "later", "about", "start")
            or clock is None
            or clock.period == self.period
        )
        if clock is not None and clock.minute is not None and told:
            self.last = clock
        return clock

    def _turn(self, mention: Mention, ahead: Sequence[Mention]) -> Clock | None:
        """A half is named: a strong mention moves the reading there, a weak one serves its own sentence."""
        half = mention.half
        if mention.form == "break":
            if mention.strong and not self._first_half_ahead(ahead):
                self._enter(2)
                self.by_marker = self.by_break = True
            return Clock(1, 45, precision="approximate")
        if half is not None and half >= 3:
            self.extra = True
        if mention.strong and not (half == 2 and (self._first_half_ahead(ahead) or self._told_again(ahead))):
            if half == 1 and self.period == 2 and self.by_marker:
                return Clock(period=1)
            self._enter(half)
            self.by_marker, self.by_break = True, False
        return Clock(period=half)

    def _first_half_ahead(self, ahead: Sequence[Mention]) -> bool:
        """Whether the first half is still to be told: then what stands here is the summary that opens an article."""
        return any(m.strong and (m.form == "break" or (m.half == 1 and m.form == "half")) for m in ahead)

    def _told_again(self, ahead: Sequence[Mention]) -> bool:
        """Whether the second half opens once more further on, with minutes of the first half told before it."""
        later = next((k for k, m in enumerate(ahead) if m.strong and m.half == 2 and m.form in ("half", "start")), None)
        if later is None:
            return False
        between = [m.minute for m in ahead[:later] if m.form == "minute" and m.half in (None, 1) and m.added is None]
        after = next(
            (m.minute for m in ahead[later:] if m.form == "minute" and m.half is None and m.added is None), None
        )
        return (
            bool(between)
            and min(between) <= 45
            and after is not None
            and (after > 45 >= max(between) or after < max(between))
        )

    def _restart_ahead(self, ahead: Sequence[Mention]) -> bool:
        """Whether words that open the second half, or close the first, are still to come."""
        return any(m.strong and (m.form in ("break", "half", "start")) and m.half is not None for m in ahead)

    def _enter(self, period: int | None) -> None:
        if period != self.period:
            self.period, self.numbering = period, None

    def _clock(self, m: Mention, ahead: Sequence[Mention]) -> Clock | None:
        if m.form == "minute":
            return self._minute(m, ahead)
        if m.form == "range":
            a, b = (self._minute(replace(m, form="minute", minute=n), ahead) for n in (m.minute, m.until))
            return replace(a, minute_end=b.minute, precision="range")
        if m.form == "later":
            return self._later(m)
        if m.form == "to_end":
            period = m.half or (2 if not self.extra else 4)
            return Clock(period, ENDS[period] - m.minute, precision="approximate")
        if m.form in ("about", "start"):
            return self._about(m)
        period = m.half or self.period or 2
        if m.form == "end":
            return Clock(period, ENDS.get(period, 90), precision="approximate")
        return Clock(period, ENDS.get(period, 90), stoppage_unknown=True, precision="unknown")

    def _about(self, m: Mention) -> Clock:
        period = m.half or self.period or 1
        if m.form == "start":
            if m.half and m.strong:
                self._enter(m.half)
            return Clock(period, STARTS.get(period, 0) + 1, precision="approximate")
        return Clock(period, STARTS.get(period, 0) + m.minute, precision="approximate")

    def _later(self, m: Mention) -> Clock | None:
        if self.last is None or self.last.minute is None or (self.period and self.last.period != self.period):
            period = self.period or 1
            return Clock(period, STARTS.get(period, 0) + m.minute, precision="approximate")
        base, period = self.last, self.last.period or 2
        if base.stoppage is not None:
            return replace(base, minute_end=None, stoppage=base.stoppage + m.minute, precision="relative")
        minute = (base.minute_end or base.minute or 0) + m.minute
        return self._within(minute, period, "relative")

    def _minute(self, m: Mention, ahead: Sequence[Mention]) -> Clock:
        n, half = m.minute, m.half
        if m.added is not None:
            period = {45: 1, 90: 2, 105: 3, 120: 4}.get(n) or half or self.period or 2
            if n == 45 and half == 2:
                period = 2
            self._enter(period)
            return Clock(period, ENDS[period], stoppage=m.added, precision="exact")
        if half is not None:
            return self._of_half(n, half, ahead)
        if self.by_break and n <= 45 and self.numbering is None and self._looks_back(n, ahead):
            return self._within(n, 1, "exact")
        self.by_break = False
        period = self._period_of(n, ahead)
        if self.period == 2 and period == 2 and n <= 45:
            self.numbering = "half"
            return self._within(45 + n, 2, "exact")
        if period == 2 and self.numbering == "half" and 45 < n <= 53 and self.last and self.last.order >= 65:
            return self._within(45 + n, 2, "exact")
        if period == 2 and n > 45:
            self.numbering = "match"
        if period > (self.period or 0):
            self._enter(period)
            self.numbering = "match" if period == 2 else None
        return self._within(n, period, "exact")

    def _of_half(self, n: int, half: int, ahead: Sequence[Mention]) -> Clock:
        if (
            half == 2
            and n >= 46
            and self.numbering == "match"
            and self.last
            and n >= (self.last.minute or 0)
            and n <= 90
        ):
            return self._within(n, 2, "exact")
        if half == 2 and n > 54:
            return self._within(n, 2, "exact")
        if half in (3, 4) and n > 60:
            return self._within(n, half, "exact")
        if half == 2 and not self.by_marker and self._restart_ahead(ahead):
            return self._within(STARTS[half] + n, half, "exact")  # the summary that opens an article
        self._enter(half)
        if half <= 2:
            self.numbering = "half"
        return self._within(STARTS[half] + n, half, "exact")

    def _period_of(self, n: int, ahead: Sequence[Mention]) -> int:
        if n > 90:
            longest = max((m.minute for m in ahead if m.form == "minute" and m.half is None), default=n)
            if not self.extra and max(n, longest) <= LATEST:
                return 2
            return 3 if n <= 105 else 4
        if n <= 45 and self.period == 2 and not self.by_marker and self._restart_ahead(ahead):
            self._enter(1)
            return 1
        if self.period in (3, 4) and n <= 20:
            return self.period
        if n > 45:
            first = self.period in (1, None) and n <= 50 and self._still_first_half(n, ahead)
            return 1 if first else 2
        if self.period == 2 and self.numbering == "match" and self.last and 45 + n < self.last.order - 1:
            return 1
        if self.period == 1 and self._starts_again(n, ahead):
            self._enter(2)
            self.by_marker = True
        return 2 if self.period == 2 else 1

    def _starts_again(self, n: int, ahead: Sequence[Mention]) -> bool:
        """Whether minutes that fall from a half's end to its start tell, with no word of it, that the second half
        has begun: "al 41'… al 44'… al 5'", and none after it goes on from where the first had come."""
        last = self.last
        if last is None or last.period != 1 or last.minute is None or last.minute < 25 or last.minute - n < 12:
            return False
        if self._restart_ahead(ahead):
            return False
        following = next((m for m in ahead if m.form == "minute" and m.half is None and m.added is None), None)
        return following is None or following.minute < last.minute or following.minute > 45

    def _looks_back(self, n: int, ahead: Sequence[Mention]) -> bool:
        """Whether a minute behind the score at the break is of the half before: the second half is named only further
        on ("all'intervallo avanti 1-0 con Rossi al 20', nella ripresa il pari di Neri")."""
        for m in ahead[:4]:
            if m.form in ("half", "start") and m.half == 2:
                return True
            if m.form == "minute" and m.half is None and m.added is None:
                if m.minute < n or m.minute > 54:
                    return False
            elif m.form not in ("later", "half"):
                return False
        return False

    def _still_first_half(self, n: int, ahead: Sequence[Mention]) -> bool:
        for m in ahead:
            if m.strong and m.form in ("half", "break", "start") and (m.form == "break" or m.half == 2):
                return True
            if m.form == "minute" and m.half == 1:
                return True
            if m.form == "minute" and m.half is None:
                return m.minute < n
        return False

    def _within(self, minute: int, period: int, precision: Precision) -> Clock:
        """A minute that passes the end of its period is added time."""
        end = ENDS[period]
        if minute > end:
            return Clock(period, end, stoppage=minute - end, precision=precision)
        return Clock(period, minute, precision=precision)


def _in_named_half(mention: Mention, before: Mention) -> Mention:
    """A minute right behind words that name its half is of that half: "nella ripresa al quarto d'ora"."""
    names = before.form == "half" and before.half is not None and not before.strong
    right_behind = 0 <= mention.first - before.last <= 2
    if names and right_behind and mention.half is None and mention.form in ("minute", "about") and mention.minute <= 45:
        return replace(mention, half=before.half)
    return mention
