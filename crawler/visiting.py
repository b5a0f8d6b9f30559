"""From a Scrapy response or failure to the Visit that the archive keeps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from crawler.desk import ReaderDiedError, UnreadableError
from crawler.guard import PrivateAddressError
from crawler.manners import HostWaitsError, RobotsForbidError, RobotsUnreadError, retry_after
from pipelines.flow import Digest
from pipelines.items import Failure, Lease, Page, Visit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scrapy.http import Response

    from pipelines.items import Found


NOTHING = Digest()


@dataclass(frozen=True, slots=True)
class Fetched:
    """The item that spiders yield: a visit, and what its pages hold."""

    visit: Visit
    digest: Digest = NOTHING


KINDS: tuple[tuple[type[Exception], str, bool], ...] = (
    # what was raised, the failure's kind, whether trying again can help
    (RobotsForbidError, "robots", False),
    (PrivateAddressError, "private", False),
    (RobotsUnreadError, "robots-unread", True),
    (HostWaitsError, "host-waits", True),
    (CannotResolveHostError, "dns", True),
    (DownloadTimeoutError, "timeout", True),
    (DownloadConnectionRefusedError, "refused", True),
    (DownloadCancelledError, "too-large", False),
    (ResponseDataLossError, "truncated", True),
    (UnsupportedURLSchemeError, "scheme", False),
    (DownloadFailedError, "broken", True),
    (ReaderDiedError, "reader-died", True),
    (UnreadableError, "unreadable", False),
    (IgnoreRequest, "ignored", False),
)
RETRIED_STATUS = {408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524}


def page_of(response: Response) -> Page:
    """The response as the stages know it: header names in lower case, the body as bytes."""
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    asked = response.request.meta.get("redirect_urls", [response.url])[0] if response.request else response.url
    return Page(asked, response.url, response.status, headers, response.body, datetime.now(UTC))


def failure_of(error: BaseException | None) -> Failure:
    """What a download that raised tells the archive."""
    text = " ".join(str(error).split())[:500]
    for kind, name, retry in KINDS:
        if isinstance(error, kind):
            if name == "ignored" and "exceeded" in text:  # a body that unpacks beyond DOWNLOAD_MAXSIZE
                name = "too-large"
            if name == "broken" and ("SSL" in text or "certificate" in text.lower()):
                name = "tls"
            until = error.until if isinstance(error, HostWaitsError) else None
            return Failure(name, text, retry, until)
    return Failure("error", f"{type(error).__name__}: {text}", retry=True)


def status_failure(response: Response) -> Failure | None:
    """The failure that a status means: none for 2xx and 304, `gone` statuses are not tried again."""
    status = response.status
    if status == 304 or 200 <= status < 300:
        return None
    return Failure(f"http-{status}", "", status in RETRIED_STATUS, retry_after(response))


def outcome(
    lease: Lease,
    pages: Sequence[Page] = (),
    found: Sequence[Found] = (),
    *,
    digest: Digest = NOTHING,
    failure: Failure | None = None,
    unchanged: bool = False,
) -> Fetched:
    """What came of a lease."""
    at = datetime.now(UTC)
    visit = Visit(lease.url, lease.site, lease.role, at, tuple(pages), tuple(found), failure, unchanged)
    return Fetched(visit, digest)
