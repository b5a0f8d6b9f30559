"""A site's declaration: one TOML file in crawler/sites, checked when it is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pipelines.items import Selectors

SITES = Path(__file__).parent / "sites"
NAME = re.compile(r"[a-z0-9]+")


class SiteError(ValueError):
    """A declaration that cannot be used; the message names file, key and reason."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What a healthy visit yields at least; less means that the site changed under us."""

    articles: int = 1  # article URLs that the ways in lead to, known ones included
    text: int = 200  # characters in the median article


@dataclass(frozen=True, slots=True)
class Site:
    """One newspaper: where its news appears, which URLs are articles, where the text stands in a page.

    >>> site = Site(name="x", title="X", home="https://www.x.it/", allow=(re.compile(r"/news/\\d+"),))
    >>> site.is_article("https://x.it/news/12"), site.is_article("https://y.it/news/12")
    (True, False)
    """

    name: str
    title: str
    home: str
    language: str = "it"
    follows: str = ""  # the club or region it writes about; empty: all of football
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()  # besides the home's own, with and without www
    allow: tuple[re.Pattern[str], ...] = ()
    deny: tuple[re.Pattern[str], ...] = ()
    selectors: Selectors = field(default_factory=Selectors)
    expect: Expect = field(default_factory=Expect)
    genres: tuple[str, ...] = ()
    every: int = 30  # minutes between visits to its ways in
    back: int = 30  # days that a sitemap or feed is followed back; 0: to its beginning
    listing_pages: int = 3  # pages of a listing followed while they bring something new
    delay: float | None = None  # seconds between requests; None: the crawl's own setting
    sample: bool = False  # the bundled newspaper on loopback
    draft: bool = False  # off until somebody has checked it
    peculiarities: str = ""
    evidence: str = ""  # what the declaration rests on, with its date
    checked: str = "never"  # date of the last check against the live site
    notes: str = ""

    @property
    def own_hosts(self) -> frozenset[str]:
        """Host names whose pages belong to this site."""
        home = bare_host(self.home)
        return frozenset({home, *(bare_host(f"//{h}") for h in self.hosts)})

    def is_article(self, url: str) -> bool:
        """Whether a URL is one of this site's articles, by its patterns alone."""
        return (
            bare_host(url) in self.own_hosts
            and any(p.search(url) for p in self.allow)
            and not any(p.search(url) for p in self.deny)
        )


def bare_host(url: str) -> str:
    """The host of a URL in lower case, without port and leading `www.`; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


STRINGS = {"name", "title", "home", "language", "follows", "peculiarities", "evidence", "checked", "notes"}
LISTS = {"feeds", "sitemaps", "listings", "hosts", "genres"}
NUMBERS = {"every": int, "back": int, "listing_pages": int, "delay": float}
FLAGS = {"sample", "draft"}
TABLES: Mapping[str, Mapping[str, type]] = {
    "articles": {"allow": list, "deny": list},
    "select": {"body": str, "title": str, "subtitle": str, "author": str, "date": str, "remove": list},
    "expect": {"articles": int, "text": int},
}
REQUIRED = ("title", "home", "articles")


def read_site(path: Path, sample_port: int | None = None) -> Site:
    """The site declared in a file; SiteError says what is wrong with it. `{port}` in URLs is the sample newspaper's."""

    def refuse(key: str, reason: str) -> SiteError:
        return SiteError(f"{path}: {key}: {reason}")

    try:
        text = path.read_text(encoding="utf-8")
        raw = tomllib.loads(text.replace("{port}", str(sample_port or 0)))
    except (OSError, UnicodeDecodeError) as error:
        raise refuse("file", str(error)) from error
    except tomllib.TOMLDecodeError as error:
        raise refuse("file", f"not TOML: {error}") from error

    if not NAME.fullmatch(path.stem):
        raise refuse("file", "the name of the file must be lower-case letters and digits")
    for key in REQUIRED:
        if key not in raw:
            raise refuse(key, "missing")
    values: dict[str, Any] = {"name": path.stem}
    for key, value in raw.items():
        if key in TABLES:
            values.update(_table(key, value, refuse))
        elif problem := _scalar_problem(key, value):
            raise refuse(key, problem)
        else:
            values[key] = tuple(raw[key]) if key in LISTS else value
    if values["name"] != path.stem:
        raise refuse("name", f"must be the file's: {path.stem}")
    for key in ("home", "feeds", "sitemaps", "listings"):
        for url in (values["home"],) if key == "home" else values.get(key, ()):
            if urlsplit(url).scheme not in ("http", "https") or not bare_host(url):
                raise refuse(key, f"not an http(s) URL: {url!r}")
    if not any(values.get(key) for key in ("feeds", "sitemaps", "listings")):
        raise refuse("feeds", "a site needs at least one feed, sitemap or listing")
    return Site(**values)


def _scalar_problem(key: str, value: object) -> str | None:
    if key in STRINGS:
        return None if isinstance(value, str) else "must be a string"
    if key in LISTS:
        fine = isinstance(value, list) and all(isinstance(v, str) for v in value)
        return None if fine else "must be a list of strings"
    if key in NUMBERS:
        fine = isinstance(value, int | float) and not isinstance(value, bool) and value >= 0
        return None if fine else "must be a number, zero or more"
    if key in FLAGS:
        return None if isinstance(value, bool) else "must be true or false"
    return "unknown key"


def _table(name: str, value: Any, refuse: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(value, dict):
        raise refuse(name, "must be a table")
    fields = TABLES[name]
    for key, item in value.items():
        if key not in fields:
            raise refuse(f"{name}.{key}", "unknown key")
        if fields[key] is list:
            if not isinstance(item, list) or not all(isinstance(i, str) for i in item):
                raise refuse(f"{name}.{key}", "must be a list of strings")
        elif not isinstance(item, fields[key]) or isinstance(item, bool):
            raise refuse(f"{name}.{key}", f"must be a {fields[key].__name__}")
    if name == "articles":
        if not value.get("allow"):
            raise refuse("articles.allow", "missing: which URLs are articles")
        for key, patterns in value.items():
            yield key, tuple(_pattern(p, f"articles.{key}", refuse) for p in patterns)
    elif name == "select":
        for key, css in value.items():
            for one in css if isinstance(css, list) else [css]:
                _check_css(one, f"select.{key}", refuse)
        chosen: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in value.items()}
        yield "selectors", Selectors(**chosen)
    else:
        yield "expect", Expect(**value)


def _pattern(text: str, key: str, refuse: Any) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise refuse(key, f"not a regular expression: {text!r} ({error})") from error


def _check_css(css: str, key: str, refuse: Any) -> None:
    from cssselect import SelectorError
    from parsel.csstranslator import HTMLTranslator

    try:
        HTMLTranslator().css_to_xpath(css)
    except SelectorError as error:
        raise refuse(key, f"not a CSS selector: {css!r} ({error})") from error


def read_sites(folder: Path = SITES, sample_port: int | None = None) -> dict[str, Site]:
    """All declared sites by name, in order of their names."""
    return {path.stem: read_site(path, sample_port) for path in sorted(folder.glob("*.toml"))}


def site_of(url: str, sites: Mapping[str, Site]) -> Site | None:
    """The declared site that a URL belongs to, by its host."""
    host = bare_host(url)
    return next((site for site in sites.values() if host in site.own_hosts), None)
