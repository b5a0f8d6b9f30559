"""Scrapy's spiders, made from the site declarations: `scrapy list` prints the sites."""

from __future__ import annotations

import builtins
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scrapy import Request, Spider

from crawler.site import SITES, Site, SiteError, read_sites, site_of

if TYPE_CHECKING:
    from typing import Self

    from scrapy.settings import BaseSettings


class SiteLoader:
    """A spider loader (Scrapy's SPIDER_LOADER_CLASS) with one spider a site, and `page` for one-off fetches."""

    def __init__(self, sites: dict[str, Site]) -> None:
        self.sites = sites

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """Read all declarations; a wrong one ends the program with exit code 2."""
        try:
            return cls(read_sites(Path(settings.get("SITES", SITES)), settings.getint("SAMPLE_PORT")))
        except SiteError as error:
            print(f"moviola: {error}", file=sys.stderr)
            raise SystemExit(2) from error

    def load(self, spider_name: str) -> type[Spider]:
        """The spider class of a site, or `page`; KeyError for a name that nobody declared."""
        from crawler.spiders.page import PageSpider
        from crawler.spiders.site import site_spider

        if spider_name == PageSpider.name:
            return PageSpider
        try:
            return site_spider(self.sites[spider_name])
        except KeyError:
            raise KeyError(f"Spider not found: {spider_name}") from None

    def list(self) -> list[str]:
        """The names of all declared sites."""
        return list(self.sites)

    def find_by_request(self, request: Request) -> builtins.list[str]:
        """The site whose host the request asks."""
        site = site_of(request.url, self.sites)
        return [site.name] if site else []
