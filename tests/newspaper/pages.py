"""The HTML pages of one paper: articles, listings, and pages that are no articles."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import timedelta
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from tests.newspaper.body import body_html
from tests.newspaper.filler import WORDS, line, paragraph, script, seeded, style, weight
from tests.newspaper.layout import sheets
from tests.newspaper.metadata import italian_date, json_ld
from tests.newspaper.papers import Paper, slug
from tests.newspaper.response import Response
from tests.newspaper.stories import Story

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True, trim_blocks=True, auto_reload=False
)
TEMPLATES.filters["slug"] = slug
HOLE = "<!--peso-->"  # where the script that gives a page its weight goes
RECENT = 12
OPEN = "index, follow, max-image-preview:large"


class Pages:
    """Renders the pages of one paper at `root` (http://host:port); `size` tells how many bytes an article page has."""

    def __init__(self, paper: Paper, root: str, stories: Sequence[Story], size: Callable[[Story], int]) -> None:
        self.paper = paper
        self.root = root
        self.stories = stories
        self.size = size
        self.chrome = self._chrome()

    def url(self, story: Story) -> str:
        return self.root + story.path

    def amp_path(self, story: Story) -> str:
        """The AMP page of an article of novantesimo; the other papers have none."""
        return f"/amp{story.path}" if self.paper.name == "novantesimo" and not story.traits else ""

    def sheet_path(self, story: Story, number: int) -> str:
        """The path of the n-th page of an article."""
        if number == 1:
            return story.path
        return f"{story.path}?page={number}" if self.paper.name == "novantesimo" else f"{story.path}{number}/"

    def article(self, story: Story, number: int = 1) -> Response | None:
        """One page of an article; None where it has not so many."""
        parts = sheets(story)
        if not 1 <= number <= len(parts):
            return None
        if story.traits.get("consent"):
            return self.consent()
        rng = seeded("page", story.id, number)
        first, last = number == 1, number == len(parts)
        amp = self.amp_path(story)
        html = self._render(
            "article.html",
            rng,
            story.title,
            **self._facts(story),
            body=body_html(story, self.paper, parts[number - 1], first=first, last=last),
            amp=self.root + amp if amp else "",
            robots="noarchive, follow" if story.traits.get("noarchive") else OPEN,
            json_ld=json_ld(story, self.paper, self.url(story), self.root) if first else "",
            comments=self._comments(story, rng),
            related=[self._related(rng) for _ in range(6)],
            older=self._older(story),
            page=number,
            pages=len(parts),
            next="" if last else self.root + self.sheet_path(story, number + 1),
            previous="" if first else self.root + self.sheet_path(story, number - 1),
            charset=story.traits.get("declared") or story.traits.get("charset") or "utf-8",
        )
        return self._weighed(html, story, rng)

    def amp(self, story: Story) -> Response:
        """The light page of an article: all of its text, little around it, the canonical of the full one."""
        whole = [block for part in sheets(story) for block in part]
        html = TEMPLATES.get_template("network/amp.html").render(
            **self._facts(story),
            **self.chrome | {"style": style("amp", 9_000)},
            body=body_html(story, self.paper, whole),
            json_ld=json_ld(story, self.paper, self.url(story), self.root),
        )
        return Response(html.encode(), modified=story.modified)

    def listing(self, title: str, path: str, items: Sequence[Story], older: str, newer: str) -> Response:
        """One page of a list of articles, newest first, with links to the pages before and after it."""
        html = self._render(
            "listing.html",
            seeded("list", path),
            title,
            url=self.root + path,
            items=[self._teaser(story) for story in items],
            next=older,
            previous=newer,
        )
        latest = max((story.modified for story in items), default=None)
        return Response(html.replace(HOLE, "").encode(), modified=latest)

    def plain(self, title: str, path: str, body: str = "") -> Response:
        """A page that is no article: about, gallery, video, calendar."""
        rng = seeded("plain", path)
        text = body or f"<p>{escape(paragraph(rng, 2))}</p>"
        return Response(self._render("plain.html", rng, title, body=text).replace(HOLE, "").encode())

    def consent(self) -> Response:
        """The wall that asks for cookies before anything else."""
        heading, text = WORDS["consent"]
        html = TEMPLATES.get_template("consent.html").render(
            paper=self.paper, heading=heading, text=text.format(number=8), script=script("cmp", 60_000)
        )
        return Response(html.encode())

    def _chrome(self) -> dict[str, Any]:
        """What all pages of the paper share."""
        rng = seeded("chrome", self.paper.name)
        recent = [{"url": s.path, "title": s.title, "date": f"{s.published:%d/%m}"} for s in self.stories[:RECENT]]
        sections = sorted({story.section for story in self.stories})
        folder = "/category/{}/" if self.paper.build == "wordpress" else "/{}/"
        menu = [
            {"text": text, "url": folder.format(slug(text)), "clubs": rng.sample(WORDS["clubs"], 6)}
            for text in [*sections, *rng.sample(WORDS["menu"], 20)]
        ]
        return {
            "paper": self.paper,
            "root": self.root,
            "menu": menu,
            "sections": sections,
            "recent": recent,
            "style": style(self.paper.name, 24_000),
            "script": script(self.paper.name, 16_000),
            "script_end": script(f"{self.paper.name}-end", 6_000),
            "cookies": WORDS["cookies"][0],
            "about": " ".join(WORDS["about"]),
        }

    def _facts(self, story: Story) -> dict[str, Any]:
        return {"story": story, "url": self.url(story), "date": italian_date(story.published, self.paper.name)}

    def _render(self, template: str, rng: random.Random, title: str, **values: Any) -> str:
        own = {
            "charset": "utf-8",
            "title": title,
            "body_class": template.removesuffix(".html"),
            "weight": HOLE,
            "popular": [line("headlines", rng) for _ in range(10)],
            "ticker": [line("headlines", rng) for _ in range(5)],
        }
        return TEMPLATES.get_template(f"{self.paper.build}/{template}").render(**self.chrome | own | values)

    def _weighed(self, html: str, story: Story, rng: random.Random) -> Response:
        """The page in its charset, brought to the weight it is to have."""
        charset = story.traits.get("charset", "utf-8")
        body = html.encode(charset, errors="xmlcharrefreplace")
        ballast = weight(self.size(story) - len(body) + len(HOLE), rng)
        headers = dict(story.traits.get("headers", {}))
        return Response(
            body.replace(HOLE.encode(), ballast.encode(charset, errors="replace"), 1),
            type=f"text/html; charset={story.traits.get('declared', charset)}",
            modified=story.modified,
            headers=headers,
        )

    def _comments(self, story: Story, rng: random.Random) -> list[dict[str, str]]:
        return [
            {
                "name": rng.choice(WORDS["nicknames"]),
                "date": f"{story.published + timedelta(minutes=rng.randint(5, 900)):%d/%m/%Y %H:%M}",
                "text": line("comments", rng),
            }
            for _ in range(story.number % 7)
        ]

    def _related(self, rng: random.Random) -> dict[str, str]:
        title = line("headlines", rng)
        folder = "galleria" if self.paper.build == "wordpress" else "foto"
        return {"title": title, "url": f"/{folder}/{slug(title)}/", "teaser": paragraph(rng, 1)}

    def _teaser(self, story: Story) -> dict[str, str]:
        return {
            "title": story.title,
            "url": story.path,
            "date": italian_date(story.published, self.paper.name),
            "iso": story.published.isoformat(),
            "teaser": story.subtitle,
        }

    def _older(self, story: Story) -> str:
        """The article published before this one; the paper's own first page below the oldest."""
        place = next((i for i, other in enumerate(self.stories) if other.id == story.id), len(self.stories))
        return self.stories[place + 1].path if place + 1 < len(self.stories) else "/"
