"""What is wrong with a site's declaration beyond what keeps it from being read."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import get_args

from crawler.site import Site, SiteError, bare_host, read_site
from pipelines.items import Kind

DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
SLOW = 0.02  # seconds that one pattern may take for one address; a sound one takes microseconds
LENGTHS = (*range(10, 120, 2), 400, 2000)  # growing: one that doubles every few letters is caught while short
TAILS = ("/a", "a-", "1", "/a-1", "a")


def lint(paths: list[Path], sample_port: int = 0) -> dict[str, list[str]]:
    """What is wrong with each declaration, by name; an empty list for a sound one."""
    found: dict[str, list[str]] = {}
    sites: dict[str, Site] = {}
    for path in paths:
        try:
            sites[path.stem] = read_site(path, sample_port)
            found[path.stem] = list(faults(sites[path.stem]))
        except SiteError as error:
            found[path.stem] = [str(error)]
    for name, sentence in shared_hosts(sites):
        found[name].append(sentence)
    return found


def faults(site: Site) -> Iterator[str]:
    """Sentences that say what is wrong with one site, each beginning with the key."""
    for check in CHECKS:
        yield from check(site)


def _documented(site: Site) -> Iterator[str]:
    if not site.evidence:
        yield "evidence: missing: what the declaration rests on, with its date"
    elif not site.sample and not DAY.search(site.evidence):
        yield "evidence: names no date like 2026-11-22"
    if site.checked != "never" and not DAY.fullmatch(site.checked):
        yield f"checked: must be never or a date like 2026-11-22, not {site.checked!r}"
    if not site.genres:
        yield "genres: missing: what it publishes"
    for genre in site.genres:
        if genre not in get_args(Kind):
            yield f"genres: {genre!r} is none of {', '.join(get_args(Kind))}"


def _ways_in(site: Site) -> Iterator[str]:
    for key in ("feeds", "sitemaps", "listings"):
        for url in getattr(site, key):
            if site.is_article(url):
                yield f"articles.allow: takes a way in for an article: {url}"
            if key == "listings" and bare_host(url) not in site.own_hosts:
                yield f"listings: not of this site: {url}"
    if site.is_article(site.home):
        yield f"articles.allow: takes the home page for an article: {site.home}"
    for host in site.hosts:
        if "/" in host or bare_host(f"//{host}") == bare_host(site.home):
            yield f"hosts: must be a further host name: {host!r}"


def _quick(site: Site) -> Iterator[str]:
    """Patterns meet addresses that strangers write: none may run away."""
    home = site.home.rstrip("/")
    for pattern in (*site.allow, *site.deny):
        addresses = (f"{home}/{(tail * length)[:length]}~" for tail in TAILS for length in LENGTHS)
        if any(_seconds(pattern, address) > SLOW for address in addresses):
            yield f"articles: a pattern that takes too long: {pattern.pattern!r}"


def _seconds(pattern: re.Pattern[str], address: str) -> float:
    """Seconds of processor time that a search takes."""
    started = time.thread_time()
    pattern.search(address)
    return time.thread_time() - started


def shared_hosts(sites: dict[str, Site]) -> Iterator[tuple[str, str]]:
    """(name, sentence) for each site whose host another one claims before it: its pages would go to the other."""
    owners: dict[str, list[str]] = defaultdict(list)
    for name, site in sites.items():
        for host in site.own_hosts:
            owners[host].append(name)
    for host, names in owners.items():
        for first, second in pairwise(names):
            yield second, f"hosts: {host} belongs to {first} too"


CHECKS: tuple[Callable[[Site], Iterator[str]], ...] = (_documented, _ways_in, _quick)
