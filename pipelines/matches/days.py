"""When a match was played, as far as one article tells it: a likelihood for each day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from zoneinfo import ZoneInfo

ROME = ZoneInfo("Europe/Rome")
Days = Mapping[int, float]  # proleptic ordinal of the day → likelihood

# How many days before publication a match was played, by when an article came out. A report of the small hours and
# of the morning is of the day before; one of the afternoon may be of either; marks and reviews follow the next day.
NIGHT = {1: 0.93, 0: 0.04, 2: 0.03}
MORNING = {1: 0.82, 0: 0.05, 2: 0.08, 3: 0.03, 4: 0.01, 5: 0.01}
AFTERNOON = {0: 0.68, 1: 0.24, 2: 0.05, 3: 0.02, 4: 0.01}
EVENING = {0: 0.89, 1: 0.08, 2: 0.02, 3: 0.01}
LIVE = {0: 0.94, 1: 0.04, -1: 0.02}
# How far a date in the text is believed, by its days from publication: the nearest may have been worked out from that,
# those of the same week may be of the match before.
BELIEVED = ((1, 0.5), (7, 0.8))
TOLD = {0: 0.94, 1: 0.025, -1: 0.025, 7: 0.005, -7: 0.005}  # a date that the article gives, at times wrong by a day


def likely_days(told: date | None, published: datetime | None, genre: str) -> Days:
    """The days that an article leaves open, with their likelihoods; empty where it tells nothing.

    >>> from datetime import UTC
    >>> days = likely_days(None, datetime(2021, 1, 10, 0, 12, tzinfo=UTC), "report")
    >>> date.fromordinal(likeliest(days)).isoformat()
    '2021-01-09'
    """
    if published is None:
        return {} if told is None else shifted(told, TOLD)
    here = published.astimezone(ROME)
    by_paper = shifted(here.date(), usual(here.hour, genre))
    if told is None:
        return by_paper
    by_text = shifted(told, TOLD)
    share = next((share for days, share in BELIEVED if abs((here.date() - told).days) <= days), 1.0)
    return {
        day: share * by_text.get(day, 0.0) + (1 - share) * by_paper.get(day, 0.0)
        for day in by_text.keys() | by_paper.keys()
    }


def shifted(day: date, table: Mapping[int, float]) -> Days:
    """The days that lie so many days before one."""
    return {day.toordinal() - back: weight for back, weight in table.items()}


def usual(hour: int, genre: str) -> dict[int, float]:
    if hour < 6:
        return NIGHT
    if genre == "live":
        return LIVE
    return MORNING if hour < 13 else AFTERNOON if hour < 17 else EVENING


def likeliest(days: Days) -> int:
    """The likeliest day; of equals the later one."""
    return max(days, key=lambda day: (days[day], day))


def overlap(ours: Days, theirs: Days) -> float:
    """How likely two articles mean the same day, from what each leaves open."""
    return sum(weight * theirs.get(day, 0.0) for day, weight in ours.items())


def day_of(tellings: list[Days]) -> int | None:
    """The day that fits all best: the product of what each finds likely, where nothing is impossible."""
    open_days = {day for days in tellings for day in days}
    if not open_days:
        return None
    floor = 0.003

    def fits(day: int) -> float:
        product = 1.0
        for days in tellings:
            if days:
                product *= days.get(day, 0.0) + floor
        return product

    return max(sorted(open_days), key=lambda day: (round(fits(day), 12), day))
