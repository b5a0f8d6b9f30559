"""No request leaves for this machine or its neighbours: what a page or a redirect names may be a trap."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred, succeed

from crawler.site import bare_host

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.crawler import Crawler


class PrivateAddressError(IgnoreRequest):
    """The host is, or resolves to, an address that is not on the public internet."""


def is_private(address: str) -> bool:
    """Whether an IP address is private, loopback, link-local or otherwise not of the public internet.

    >>> is_private("127.0.0.1"), is_private("10.1.2.3"), is_private("::ffff:192.168.0.1"), is_private("93.184.215.14")
    (True, True, True, False)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(ip, "ipv4_mapped", None)
    return not (mapped or ip).is_global


def names_private(url: str) -> bool:
    """Whether a URL's host is itself a private address or a name of this machine."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
        return True
    try:
        return is_private(host)
    except ValueError:
        return False


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, which refuses names that lead to private addresses unless ALLOW_PRIVATE is set."""

    allow_private = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: Any) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allow_private = crawler.settings.getbool("ALLOW_PRIVATE")
        return resolver

    def getHostByName(self, name: str, timeout: Any = ()) -> Deferred[str]:
        if name.endswith(".localhost"):  # always this machine (RFC 6761); PublicOnly decides who may ask for it
            return succeed("127.0.0.1")
        found = super().getHostByName(name, timeout)
        return found if self.allow_private else found.addCallback(self._public, name)

    @staticmethod
    def _public(address: str, name: str) -> str:
        if is_private(address):
            raise CannotResolveHostError(f"{name} leads to the private address {address}")
        return address


class PublicOnly:
    """Downloader middleware: only http(s), and no private address; it sees redirects too. The sample newspaper's own
    hosts (`*.localhost`) are open to its own spiders."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.allow_private = crawler.settings.getbool("ALLOW_PRIVATE")

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Let the request pass, or raise PrivateAddressError."""
        if not request.url.startswith(("http:", "https:")):
            raise PrivateAddressError(f"not an http(s) address: {request.url}")
        if not self.allow_private and names_private(request.url) and not self._sample(request.url):
            raise PrivateAddressError(f"a private address: {request.url}")

    def _sample(self, url: str) -> bool:
        site = getattr(self.crawler.spider, "site", None)
        return bool(site and site.sample and bare_host(url) in site.own_hosts)
