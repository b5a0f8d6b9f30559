"""Which sites to visit now, of those that one process looks after."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crawler.schedule.rules import Schedule
    from pipelines.archive import Archive

NEVER = datetime.max.replace(tzinfo=UTC)
AT_ONCE = datetime.min.replace(tzinfo=UTC)  # a site that was never visited


class Agenda:
    """Picks the sites that are due. What is due stands in the archive alone: a killed process forgets nothing."""

    def __init__(self, sites: Iterable[str], schedule: Schedule) -> None:
        self.sites, self.schedule = tuple(sites), schedule
        self.resting: dict[str, datetime] = {}

    def recover(self, archive: Archive, free: Collection[str]) -> int:
        """Make due again what killed visits of the free sites held; how many URLs that were."""
        return sum(archive.frontier.release(site) for site in self.sites if site in free)

    def due(self, archive: Archive, now: datetime, busy: Collection[str]) -> list[str]:
        """The sites to visit now, the longest due first, as many as there is room for beside the busy ones."""
        room = self.schedule.at_once - len(busy)
        waiting = [(self.due_at(archive, site), site) for site in self.sites if site not in busy] if room > 0 else []
        return [site for due, site in sorted(waiting) if due <= now][:room]

    def due_at(self, archive: Archive, site: str) -> datetime:
        """When a site is due: it rests a little between two visits, whatever it still has to do."""
        (known,) = archive.conn.execute("SELECT EXISTS (SELECT 1 FROM crawl_runs WHERE site = ?)", (site,)).fetchone()
        due = (archive.frontier.next_due(site) or NEVER) if known else AT_ONCE
        return max(due, self.resting.get(site, AT_ONCE))

    def wake(self, archive: Archive, busy: Collection[str]) -> datetime:
        """The first moment at which a site that is not busy is due."""
        return min((self.due_at(archive, site) for site in self.sites if site not in busy), default=NEVER)

    def visited(self, site: str, now: datetime) -> None:
        """A visit has ended."""
        self.resting[site] = now + self.schedule.rest
