"""Which sites to visit now, of those that one process looks after."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.schedule.rules import Schedule
    from pipelines.archive import Archive

NEVER = datetime.max.replace(tzinfo=UTC)
AT_ONCE = datetime.min.replace(tzinfo=UTC)  # a site that was never visited
BELIEVED = timedelta(minutes=5)  # for so long is believed what was read: what others make due is noticed no later
SLACK = timedelta(minutes=15)  # at most that a second look at an article waits for company
LOOKS = 32  # second looks of a site that are compared: those after them are due later still

# Ways in and new articles make a site due to the second. A second look may wait a quarter of the time since the last
# one, so that many are made in one visit: 15 minutes after an hour, 75 seconds for a live blog, 2 for a retry.
SECOND_LOOKS = """
SELECT next_check, coalesce(seen, discovered) FROM urls INDEXED BY urls_due_again
WHERE site = ? AND role = 'article' AND state <> 'discovered' AND next_check IS NOT NULL ORDER BY next_check LIMIT ?
"""
FIRST_LOOKS = """
SELECT min(due) FROM (
  SELECT min(next_check) AS due FROM urls INDEXED BY urls_due_entrances
    WHERE site = :site AND role <> 'article' AND next_check IS NOT NULL
  UNION ALL
  SELECT * FROM (SELECT next_check FROM urls INDEXED BY urls_due_new
    WHERE site = :site AND role = 'article' AND state = 'discovered' AND next_check IS NOT NULL LIMIT 1))
"""


class Agenda:
    """Picks the sites that are due. What is due stands in the archive alone: a killed process forgets nothing."""

    def __init__(self, sites: Iterable[str], schedule: Schedule) -> None:
        self.sites, self.schedule = tuple(sites), schedule
        self.resting: dict[str, datetime] = {}
        self.known: dict[str, tuple[datetime, datetime]] = {}  # when it was looked up, when the site is due

    def recover(self, archive: Archive, free: Collection[str]) -> int:
        """Make due again what killed visits of the free sites held; how many URLs that were."""
        self.known.clear()
        return sum(archive.frontier.release(site) for site in self.sites if site in free)

    def due(self, archive: Archive, now: datetime, busy: Collection[str]) -> list[str]:
        """The sites to visit now, the longest due first, as many as there is room for beside the busy ones."""
        room = max(self.schedule.at_once - len(busy), 0)
        waiting = [(self.due_at(archive, site, now), site) for site in self.sites if room and site not in busy]
        return [site for due, site in sorted(waiting) if due <= now][:room]

    def wake(self, archive: Archive, now: datetime, busy: Collection[str]) -> datetime:
        """The first moment at which a site that is not busy is due."""
        return min((self.due_at(archive, site, now) for site in self.sites if site not in busy), default=NEVER)

    def due_at(self, archive: Archive, site: str, now: datetime) -> datetime:
        """When a site is due: it rests a little between two visits, whatever it still has to do."""
        looked, due = self.known.get(site, (AT_ONCE, AT_ONCE))
        if now - looked > BELIEVED:
            due = read_due(archive, site)
            self.known[site] = (now, due)
        return max(due, self.resting.get(site, AT_ONCE))

    def visited(self, site: str, now: datetime) -> None:
        """A visit has ended."""
        self.resting[site] = now + self.schedule.rest
        self.known.pop(site, None)


def read_due(archive: Archive, site: str) -> datetime:
    """When a site is due as the archive has it."""
    with archive.reading() as conn:
        if not conn.execute("SELECT 1 FROM crawl_runs WHERE site = ? LIMIT 1", (site,)).fetchone():
            return AT_ONCE
        (first,) = conn.execute(FIRST_LOOKS, {"site": site}).fetchone()
        looks = conn.execute(SECOND_LOOKS, (site, LOOKS)).fetchall()
    moments = [datetime.fromisoformat(first)] if first else []
    for due, seen in looks:
        when = datetime.fromisoformat(due)
        moments.append(when + min(max((when - datetime.fromisoformat(seen)) / 4, timedelta(0)), SLACK))
    return min(moments, default=NEVER)
