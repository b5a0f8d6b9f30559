"""How long a host is left alone that fails or refuses: pure rules, so that a simulation keeps them too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pipelines.archive import Host

FAILURES = 3  # in a row, over all URLs of a host, and the host is taken to be down
PAUSES = tuple(timedelta(minutes=n) for n in (2, 10, 30, 60))  # each longer while nothing has answered


def after_failure(host: Host, now: datetime) -> Host:
    """A host that did not answer. After three failures in a row it is left alone, longer each time, at most an hour: so
    a host that is down for a day costs a request an hour, and none of its URLs is given up."""
    failures = host.failures + 1
    if failures < FAILURES:
        return replace(host, failures=failures)
    return waiting(replace(host, failures=failures), now, PAUSES[min(failures - FAILURES, len(PAUSES) - 1)])


def after_refusal(host: Host, now: datetime, until: datetime | None) -> Host:
    """A host that answered 429 or 503: left alone until the moment that it asks for; without one, longer each time."""
    failures = host.failures + 1
    pause = until - now if until else PAUSES[min(host.failures, len(PAUSES) - 1)]
    return waiting(replace(host, failures=failures), now, pause)


def after_answer(host: Host) -> Host:
    """A host that answered: what went before is forgotten."""
    return replace(host, failures=0, backoff=0.0)


def waiting(host: Host, now: datetime, pause: timedelta) -> Host:
    """The host, left alone for a time."""
    return replace(host, retry_after_until=now + pause, backoff=pause.total_seconds())
