"""Times as the archive writes them: UTC to the second, so that text order is time order."""

from datetime import UTC, datetime, timedelta


def stamp(moment: datetime) -> str:
    """The moment as '2024-01-10T21:57:00Z'; it must be aware."""
    return moment.astimezone(UTC).isoformat()[:19] + "Z"


def stamp_or_none(moment: datetime | None) -> str | None:
    """As `stamp`, and None for None or for a moment that no calendar holds in UTC."""
    try:
        return stamp(moment) if moment else None
    except (OverflowError, ValueError):
        return None


def moment(text: str) -> datetime:
    """The moment that `stamp` wrote."""
    return datetime.fromisoformat(text)


def after(start: str, pause: timedelta) -> str:
    """The stamp that long after another."""
    return stamp(moment(start) + pause)
