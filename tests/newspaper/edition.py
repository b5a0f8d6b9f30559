"""One paper on the web: which response answers which path."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from urllib.parse import parse_qs, urlsplit

from tests.newspaper.feeds import atom, latest, news_sitemap, robots, rss, sitemap, sitemap_index
from tests.newspaper.filler import WORDS
from tests.newspaper.pages import Pages
from tests.newspaper.papers import Paper, slug
from tests.newspaper.response import Response, redirect
from tests.newspaper.stories import Story

PER_LIST, PER_FEED, PER_SITEMAP = 12, 20, 50
Handler = Callable[..., Response | None]


class Edition:
    """A paper with its articles, newest first; `answer(target)` gives the response to a path with its query."""

    def __init__(self, paper: Paper, root: str, stories: Sequence[Story], size: Callable[[Story], int], delay: float):
        self.paper = paper
        self.root = root
        self.stories = list(stories)
        self.delay = delay
        self.pages = Pages(paper, root, self.stories, size)
        self.by_number = {story.number: story for story in self.stories}
        self.by_path = {story.path: story for story in self.stories}
        self.routes = [(re.compile(pattern), handler) for pattern, handler in self._routes()]

    def replace(self, story: Story) -> None:
        """Print another state of an article under the same number."""
        place = next(i for i, other in enumerate(self.stories) if other.number == story.number)
        self.stories[place] = self.by_number[story.number] = self.by_path[story.path] = story

    def answer(self, target: str) -> Response:
        """The response to a target; 404 for what the paper has not, 410 for what it has withdrawn."""
        url = urlsplit(target)
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        if url.path in self.withdrawn():
            return self._dead(url.path, 410)
        if story := self.by_path.get(url.path):
            found = self.pages.article(story, number(query.get("page"), 1))
            return found or self._dead(target, 404)
        for pattern, handler in self.routes:
            if match := pattern.fullmatch(url.path):
                return handler(query, *match.groups()) or self._dead(target, 404)
        if f"{url.path}/" in self.by_path:
            return redirect(f"{url.path}/")
        return self._dead(target, 404)

    def article_urls(self) -> list[str]:
        """The canonical URLs of all articles, newest first."""
        return [self.pages.url(story) for story in self.stories]

    def withdrawn(self) -> tuple[str, ...]:
        """A path that was an article once, and is gone."""
        return (self._article_shape("notizia-ritirata", 100_001),)

    def missing(self) -> tuple[str, ...]:
        """A path that the sitemap names and nobody answers."""
        return (self._article_shape("notizia-mai-scritta", 100_002),)

    def _article_shape(self, name: str, of: int) -> str:
        shapes = {
            "lanotizia": f"/2023/05/0{of % 10}/{name}/",
            "ponente": f"/serie-c/{name}-{of}/",
            "novantesimo": f"/serie-c/news/{name}-{of}.html",
        }
        return shapes.get(self.paper.name, f"/articolo/{of}/{name}/")

    def _routes(self) -> Iterator[tuple[str, Handler]]:
        yield r"/robots\.txt", lambda q: robots(self.paper, self.root, self.stories, self.delay)
        yield from self._wordpress() if self.paper.build == "wordpress" else self._network()

    def _wordpress(self) -> Iterator[tuple[str, Handler]]:
        yield r"/", self._short_link
        yield r"/page/(\d+)/", lambda q, page: self._list("Home", "/", "page/{}/", self.stories, int(page))
        yield r"/category/([a-z0-9-]+)/(?:page/(\d+)/)?", self._category
        yield r"/tag/([a-z0-9-]+)/", self._tag
        yield r"/author/redazione/(?:page/(\d+)/)?", self._author
        yield r"/feed/", lambda q: rss(self.paper, self.root, self.stories[:PER_FEED])
        yield r"/comments/feed/", lambda q: rss(self.paper, self.root, [], "/comments/feed/")
        yield r"/category/([a-z0-9-]+)/feed/", self._category_feed
        yield r"/wp-sitemap\.xml", lambda q: sitemap_index(self._parts())
        yield r"/wp-sitemap-posts-post-(\d+)\.xml", self._posts_sitemap
        yield r"/wp-sitemap-taxonomies-category-1\.xml", lambda q: sitemap(self._sections("/category/{}/"))
        yield r"/wp-sitemap-users-1\.xml", lambda q: sitemap([(f"{self.root}/author/redazione/", None)])
        yield r"(/(?:galleria|video)/[a-z0-9-]+/)", self._plain
        yield r"(/(?:chi-siamo|privacy-policy|cookie-policy|newsletter|cerca|wp-admin)/)", self._plain
        yield r"/calendario/(\d{4})/(\d\d)/", self._calendar
        yield r"(/(?:category|tag|galleria|video|author)/[a-z0-9/-]*[a-z0-9])", lambda q, path: redirect(f"{path}/")

    def _network(self) -> Iterator[tuple[str, Handler]]:
        yield r"/", lambda q: self._list("Ultime notizie", "/", "?pagina={}", self.stories, number(q.get("pagina"), 1))
        yield r"/news-sitemap\.xml", lambda q: news_sitemap(self.paper, self.root, self.stories[:PER_FEED])
        yield r"/sitemap\.xml", lambda q: sitemap_index(self._months())
        yield r"/sitemap-(\d{4}-\d\d)\.xml(?:\.gz)?", self._month_sitemap
        yield r"/atom\.xml", lambda q: atom(self.paper, self.root, self.stories[:PER_FEED])
        yield r"/amp(/.+)", self._amp
        yield r"/[a-z0-9-]+/(?:news|live)/[a-z0-9-]+-(\d{6})\.html", self._renamed
        yield r"/articolo/(\d{6})(?:/[a-z0-9-]*)?/?", self._renamed
        yield r"/articolo/(\d{6})/[a-z0-9-]+/(\d+)/", self._sheet
        yield r"/tag/([a-z0-9-]+)", self._tag
        yield r"/autore/redazione", self._author
        yield r"(/(?:foto|video)/[a-z0-9-]+/)", self._plain
        yield r"(/(?:chi-siamo|privacy|abbonati|api/contatti|newsletter/))", self._plain
        yield r"/calendario", self._month_query
        yield r"/([a-z0-9-]+)/", self._section

    def _list(self, title: str, path: str, further: str, stories: Sequence[Story], page: int) -> Response | None:
        """A page of a list: the first at `path`, the others at `path` with `further`."""
        start = (page - 1) * PER_LIST
        if page < 1 or (page > 1 and start >= len(stories)):
            return None
        older = path + further.format(page + 1) if start + PER_LIST < len(stories) else ""
        newer = path if page == 2 else path + further.format(page - 1) if page > 2 else ""
        here = path if page == 1 else path + further.format(page)
        return self.pages.listing(title, here, stories[start : start + PER_LIST], older, newer)

    def _short_link(self, query: dict[str, str]) -> Response | None:
        if "p" in query:
            story = self.by_number.get(number(query["p"], 0))
            return redirect(self.pages.url(story)) if story else None
        return self._list("Home", "/", "page/{}/", self.stories, 1)

    def _of(self, section: str) -> list[Story]:
        return [story for story in self.stories if story.section_slug == section]

    def _category(self, query: dict[str, str], section: str, page: str | None) -> Response | None:
        stories = self._of(section)
        if not stories:
            return None
        return self._list(stories[0].section, f"/category/{section}/", "page/{}/", stories, int(page or 1))

    def _section(self, query: dict[str, str], section: str) -> Response | None:
        stories = self._of(section)
        if not stories:
            return None
        return self._list(stories[0].section, f"/{section}/", "?pagina={}", stories, number(query.get("pagina"), 1))

    def _category_feed(self, query: dict[str, str], section: str) -> Response | None:
        stories = self._of(section)[:PER_FEED]
        return rss(self.paper, self.root, stories, f"/category/{section}/feed/") if stories else None

    def _tag(self, query: dict[str, str], tag: str) -> Response | None:
        stories = [story for story in self.stories if tag in map(slug, story.tags)][:PER_LIST]
        return self.pages.listing(f"Tag: {tag}", f"/tag/{tag}/", stories, "", "")

    def _author(self, query: dict[str, str], page: str | None = None) -> Response | None:
        path = "/author/redazione/" if self.paper.build == "wordpress" else "/autore/redazione"
        return self._list("Redazione", path, "page/{}/", self.stories[:PER_LIST], int(page or 1))

    def _amp(self, query: dict[str, str], path: str) -> Response | None:
        story = self.by_path.get(path)
        return self.pages.amp(story) if story and self.pages.amp_path(story) else None

    def _renamed(self, query: dict[str, str], of: str) -> Response | None:
        """An article asked for under another title leads to its own URL, as its number is what counts."""
        story = self.by_number.get(int(of))
        return redirect(self.pages.url(story)) if story else None

    def _sheet(self, query: dict[str, str], of: str, page: str) -> Response | None:
        story = self.by_number.get(int(of))
        return self.pages.article(story, int(page)) if story and page != "1" else None

    def _plain(self, query: dict[str, str], path: str) -> Response:
        return self.pages.plain(path.strip("/").split("/")[-1].replace("-", " ").capitalize(), path)

    def _month_query(self, query: dict[str, str]) -> Response | None:
        match = re.fullmatch(r"(\d{4})-(\d\d)", query.get("mese", "2026-11"))
        return self._calendar(query, *match.groups()) if match else None

    def _calendar(self, query: dict[str, str], year: str, month: str) -> Response | None:
        """A month of the calendar, which goes on for ever both ways."""
        count = int(year) * 12 + int(month) - 1
        if not 1 <= int(month) <= 12 or not 12 < count < 119_000:
            return None
        shape = "/calendario/{:04}/{:02}/" if self.paper.build == "wordpress" else "/calendario?mese={:04}-{:02}"
        before, after = (shape.format(m // 12, m % 12 + 1) for m in (count - 1, count + 1))
        title = f"Calendario di {WORDS['months'][int(month) - 1]} {year}"
        body = f'<p><a href="{before}">Mese precedente</a> <a href="{after}">Mese successivo</a></p>'
        return self.pages.plain(title, shape.format(int(year), int(month)), body)

    def _parts(self) -> list[tuple[str, datetime | None]]:
        count = -(-len(self.stories) // PER_SITEMAP)
        parts: list[tuple[str, datetime | None]] = [
            (f"{self.root}/wp-sitemap-posts-post-{i + 1}.xml", latest(self._part(i))) for i in range(count)
        ]
        others = ("wp-sitemap-taxonomies-category-1.xml", "wp-sitemap-users-1.xml")
        return parts + [(f"{self.root}/{name}", None) for name in others]

    def _part(self, index: int) -> list[Story]:
        """WordPress lists its oldest articles first."""
        oldest = self.stories[::-1]
        return oldest[index * PER_SITEMAP : (index + 1) * PER_SITEMAP]

    def _posts_sitemap(self, query: dict[str, str], part: str) -> Response | None:
        stories = self._part(int(part) - 1) if int(part) else []
        return sitemap(self._located(stories) + (self._dead_ends() if part == "1" else [])) if stories else None

    def _months(self) -> list[tuple[str, datetime | None]]:
        ending = ".xml.gz" if self.paper.name == "novantesimo" else ".xml"
        groups = groupby(self.stories, key=lambda story: f"{story.published:%Y-%m}")
        return [(f"{self.root}/sitemap-{month}{ending}", latest(list(group))) for month, group in groups]

    def _month_sitemap(self, query: dict[str, str], month: str) -> Response | None:
        stories = [story for story in self.stories if f"{story.published:%Y-%m}" == month]
        if not stories:
            return None
        extra = self._dead_ends() if stories[0] is self.stories[0] else []
        return sitemap(self._located(stories) + extra, gzipped=self.paper.name == "novantesimo")

    def _located(self, stories: Sequence[Story]) -> list[tuple[str, datetime | None]]:
        return [(self.pages.url(story), story.modified) for story in stories]

    def _dead_ends(self) -> list[tuple[str, datetime | None]]:
        """What sitemaps of real sites name too: pages gone or never there; none where pages are made in bulk."""
        if any(story.traits.get("bulk") for story in self.stories[:1]):
            return []
        return [(self.root + path, None) for path in (*self.withdrawn(), *self.missing())]

    def _sections(self, shape: str) -> list[tuple[str, datetime | None]]:
        sections = sorted({story.section_slug for story in self.stories})
        return [(self.root + shape.format(section), None) for section in sections]

    def _dead(self, target: str, status: int) -> Response:
        title = "Pagina rimossa" if status == 410 else "Pagina non trovata"
        page = self.pages.plain(title, target, "<p>La pagina che cerchi non c'è.</p>")
        page.status = status
        return page


def number(text: str | None, otherwise: int) -> int:
    """A number in a query, `otherwise` where there is none.

    >>> number("2", 1), number("due", 1)
    (2, 1)
    """
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 9 else otherwise
