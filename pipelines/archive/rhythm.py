"""When a URL is looked at again: intervals as data, so that a site, or a test, can have its own."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.items import Role

SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """The intervals of one site. `ages` are the ages of an article at which it is read again: papers correct a report
    within hours, and hardly ever after a week."""

    entrances: timedelta = 15 * MINUTE  # feeds, sitemaps and listings that nothing led to
    ages: tuple[timedelta, ...] = (HOUR, 6 * HOUR, DAY, 7 * DAY)
    live: timedelta = 5 * MINUTE  # a live blog, while it runs
    live_for: timedelta = 4 * HOUR  # a match with its build-up and extra time
    pauses: tuple[timedelta, ...] = (10 * SECOND, MINUTE, 10 * MINUTE, 2 * HOUR, DAY)  # after each failure in a row
    lease: timedelta = 15 * MINUTE  # the slowest fetch, with its retries and its wait in the queue, is far shorter

    def next_look(self, born: datetime, now: datetime, live: bool = False) -> datetime | None:
        """When an article born then, and just read, is read again; None once it is old."""
        born = min(born, now)  # a date in the future is a paper's mistake
        if live and now - born < self.live_for:
            return now + self.live
        return next((born + age for age in self.ages if born + age > now), None)

    def next_try(self, tries: int, now: datetime, role: Role) -> datetime | None:
        """When a URL that failed `tries` times in a row is tried again; None: given up. An entrance is never given up,
        since without it the site falls silent."""
        if tries <= len(self.pauses):
            return now + self.pauses[tries - 1]
        return None if role == "article" or not self.pauses else now + self.pauses[-1]
