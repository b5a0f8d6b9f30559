"""Article pages in any number for benchmarks: a quarter carry the corpus's match articles, the others club news."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tests.newspaper.filler import line, paragraph, seeded
from tests.newspaper.papers import PAPERS, slug
from tests.newspaper.stories import Story

BULK_SIZE = 116_000  # bytes of each page
EVENTFUL = 4  # one page in so many tells match events
SECTIONS = ("Serie A", "Serie B", "Serie C", "Calciomercato")
START = datetime(2026, 11, 1, tzinfo=UTC)


def bulk_stories(count: int, corpus: Sequence[Story]) -> list[Story]:
    """So many articles over the papers, newest first, no two of the same words; `corpus` lends the match articles."""
    eventful = sorted((s for s in corpus if s.eventful and not s.traits), key=lambda story: story.id)
    papers = list(PAPERS)
    stories = [bulk_story(i, papers[i // EVENTFUL % len(papers)], eventful) for i in range(count)]
    return stories[::-1]


def bulk_story(index: int, paper: str, eventful: Sequence[Story]) -> Story:
    """The article of a page made in bulk; its number tells it apart from all others."""
    rng = seeded("bulk", index)
    when = START + timedelta(minutes=7 * index)
    lesson = paragraph(rng, 4)
    if index % EVENTFUL == 0 and eventful:
        story = eventful[index // EVENTFUL % len(eventful)]
        title, lines, kind, subtitle = story.title, (*story.lines, lesson), story.kind, story.subtitle
    else:
        title, kind, subtitle = line("headlines", rng), "news", paragraph(rng, 1)
        lines = (lesson, *(paragraph(rng, rng.randint(3, 5)) for _ in range(rng.randint(5, 9))))
    return Story(
        id=f"pagina-{index:05}", number=100_000 + index, paper=paper, kind=kind, slug=f"{slug(title, 50)}-{index}",
        title=title, subtitle=subtitle, section=rng.choice(SECTIONS), author="Redazione", tags=(), published=when,
        modified=when, lines=lines, eventful=kind != "news", traits={"bulk": True},
    )  # fmt: skip
