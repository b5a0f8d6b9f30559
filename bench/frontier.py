"""What is due, asked of a crawl's memory of millions of URLs."""

from __future__ import annotations

import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from pipelines.archive import Archive

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SITES = 60
# Three in five long read, one never fetched, one due for a second look or a retry: a year's backlog, all due at once.
FILL = """
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :count)
INSERT INTO urls (url, site, role, state, next_check, discovered, published)
SELECT 'https://www.giornale' || (n % :sites) || '.example/calcio/serie-a/una-notizia-di-calcio-' || n,
  'giornale' || (n % :sites), CASE WHEN n % 5000 < :sites THEN 'feed' ELSE 'article' END,
  CASE n / :sites % 5 WHEN 0 THEN 'discovered' WHEN 1 THEN 'failed' ELSE 'fetched' END,
  CASE WHEN n / :sites % 5 < 2 THEN strftime('%Y-%m-%dT%H:%M:%SZ', '2026-01-01', (n % 400000) || ' minutes') END,
  '2026-01-01T00:00:00Z', strftime('%Y-%m-%dT%H:%M:%SZ', '2016-01-01', n || ' minutes')
FROM numbers
"""


def due_times(count: int, rounds: int = 50) -> tuple[float, float, float]:
    """Milliseconds, median and slowest, of leasing 16 URLs, and the median of asking when a site is next due."""
    with tempfile.TemporaryDirectory() as folder, Archive.open(Path(folder, "moviola.db")) as archive:
        archive.conn.execute("BEGIN")
        archive.conn.executemany("INSERT INTO sites (name) VALUES (?)", [(f"giornale{n}",) for n in range(SITES)])
        archive.conn.execute(FILL, {"count": count, "sites": SITES})
        archive.conn.execute("COMMIT")
        archive.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        leases, asks = [], []
        for number in range(rounds):
            site, now = f"giornale{number % SITES}", NOW + timedelta(seconds=number)
            started = time.perf_counter()
            assert len(archive.frontier.lease(site, now, 16)) == 16
            leases.append(time.perf_counter() - started)
            started = time.perf_counter()
            assert archive.frontier.next_due(site) is not None
            asks.append(time.perf_counter() - started)
    return median(leases) * 1000, max(leases) * 1000, median(asks) * 1000


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    typical, slowest, ask = due_times(size)
    print(f"{size:,} URLs: leasing 16 takes {typical:.2f} ms (slowest {slowest:.2f}), next_due {ask:.2f} ms")
