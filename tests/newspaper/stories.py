"""The articles that the sample newspaper prints: the corpus, and a few of its own with something odd about each."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Any

from tests.newspaper.papers import PAPERS, slug

HERE = Path(__file__).parent
FOLDERS = (HERE.parent / "corpus" / "dev", HERE.parent / "corpus" / "check", HERE / "articles")
HEADLINE = 200  # characters; a text without a headline may give its first paragraph for one
TRAITS = {"charset", "declared", "noarchive", "paywalled", "consent", "disallowed", "live", "also_on", "headers"}


@dataclass(frozen=True, slots=True)
class Story:
    """One article of one paper: what it says (lines) and how it is served (traits)."""

    id: str
    number: int
    paper: str
    kind: str
    slug: str  # its title in the URL, which stays when the title is edited
    title: str
    subtitle: str
    section: str
    author: str
    tags: tuple[str, ...]
    published: datetime
    modified: datetime
    lines: tuple[str, ...]
    eventful: bool = False
    traits: Mapping[str, Any] = field(default_factory=dict)

    @property
    def section_slug(self) -> str:
        return slug(self.section)

    @property
    def path(self) -> str:
        """Where its paper prints it; each paper has its own shape."""
        name = self.slug
        if self.paper == "lanotizia":
            return f"/{self.published:%Y/%m/%d}/{name}/"
        if self.paper == "ponente":
            return f"/{self.section_slug}/{name}-{self.number}/"
        if self.paper == "novantesimo":
            return f"/{self.section_slug}/{'live' if self.kind == 'live' else 'news'}/{name}-{self.number}.html"
        return f"/articolo/{self.number}/{name}/"


def load_stories(folders: Sequence[Path] = FOLDERS) -> list[Story]:
    """Every article of the folders, newest first; a file that cannot be printed stops with its name."""
    stories: list[Story] = []
    for folder in folders:
        for path in sorted(folder.glob("*.json")):
            stories += read_story(path)
    return sorted(number_apart(stories), key=lambda s: (s.published, s.id), reverse=True)


def read_story(path: Path) -> Iterator[Story]:
    """The article of one NAME.json and NAME.txt, once for each paper that prints it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        lines = [line.rstrip() for line in path.with_suffix(".txt").read_text(encoding="utf-8").splitlines()]
        story = story_of(path.stem, told, [line for line in lines if line.strip()])
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"{path}: {error!r}") from error
    yield story
    for other in story.traits.get("also_on", ()):
        later = timedelta(minutes=35)
        own = f"{path.stem}--{other}"
        yield replace(
            story, id=own, number=number_of(own), paper=other,
            published=story.published + later, modified=story.modified + later, traits={},
        )  # fmt: skip


def story_of(name: str, told: Mapping[str, Any], lines: list[str]) -> Story:
    """An article from its annotations and lines; ValueError where they cannot be printed."""
    traits = told.get("traits", {})
    if told["site"] not in PAPERS or not set(traits) <= TRAITS:
        raise ValueError(f"unknown site or trait: {told['site']} {sorted(traits)}")
    title, subtitle = shorten(told["title"], HEADLINE, placeholder=" …"), told.get("subtitle") or ""
    published = datetime.fromisoformat(told["published"])
    if published.tzinfo is None:
        raise ValueError("published without offset")
    modified = datetime.fromisoformat(told["modified"]) if "modified" in told else published
    return Story(
        id=name, number=number_of(name), paper=told["site"], kind=told["kind"], slug=slug(title),
        title=title, subtitle=subtitle,
        section=told.get("section") or "Calcio", author=told.get("author") or "Redazione",
        tags=tuple(told.get("tags") or ()), published=published, modified=modified,
        lines=tuple(without_headline(lines, title, subtitle)), eventful=bool(told.get("events")), traits=traits,
    )  # fmt: skip


def without_headline(lines: list[str], title: str, subtitle: str) -> list[str]:
    """The lines of the body: those above it that repeat title and subtitle are printed as such."""
    for headline in (title, subtitle):
        if lines and headline and " ".join(lines[0].split()) == " ".join(headline.split()):
            lines = lines[1:]
    return lines


def number_of(name: str) -> int:
    """A six-figure article number that depends on its name alone."""
    return 100_000 + int(hashlib.sha1(name.encode(), usedforsecurity=False).hexdigest(), 16) % 900_000


def number_apart(stories: list[Story]) -> Iterator[Story]:
    """The same stories, no two of a paper with one number or one path."""
    numbers: set[tuple[str, int]] = set()
    paths: set[tuple[str, str]] = set()
    for story in stories:
        while (story.paper, story.number) in numbers:
            story = replace(story, number=story.number + 1)
        copies = 2
        while (story.paper, story.path) in paths:
            story = replace(story, slug=f"{slug(story.title)}-{copies}")
            copies += 1
        numbers.add((story.paper, story.number))
        paths.add((story.paper, story.path))
        yield story
