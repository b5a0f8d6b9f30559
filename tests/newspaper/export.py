"""`python -m tests.newspaper.export DIR`: every article's pages as served, with the clean text that they must yield.

DIR gets NAME.html (NAME.2.html … for further pages), NAME.txt with the clean text, and index.json: a list with the
facts of each article (url, files, type, title, subtitle, author, published, modified, section, tags, skip)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.newspaper.bulk import bulk_stories
from tests.newspaper.layout import gold, sheets
from tests.newspaper.newspaper import Newspaper
from tests.newspaper.response import Response
from tests.newspaper.stories import Story, load_stories

PORT = 8123  # stands in the URLs of the exported pages


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.newspaper.export", description=(__doc__ or "").split("\n")[0]
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--pages", type=int, default=0, help="so many article pages made in bulk instead of the corpus")
    options = parser.parse_args()
    stories = load_stories()
    if options.pages:
        stories = bulk_stories(options.pages, stories)
    index = list(export(stories, options.folder))
    print(f"{len(index)} articles in {options.folder}")
    return 0


def export(stories: Sequence[Story], folder: Path) -> Iterator[dict[str, Any]]:
    """Write every article and yield its facts; index.json is written last."""
    folder.mkdir(parents=True, exist_ok=True)
    newspaper = Newspaper(stories, PORT)
    index = []
    for story in stories:
        facts = write(story, pages_of(story, newspaper), newspaper, folder)
        index.append(facts)
        yield facts
    (folder / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def pages_of(story: Story, newspaper: Newspaper) -> list[Response]:
    """The responses to an article's pages, in order."""
    pages = newspaper.editions[story.paper].pages
    answers = (pages.article(story, number + 1) for number in range(len(sheets(story))))
    return [answer for answer in answers if answer]


def write(story: Story, answers: Sequence[Response], newspaper: Newspaper, folder: Path) -> dict[str, Any]:
    """Write one article's pages and clean text; its facts."""
    names = [f"{story.id}.html" if i == 0 else f"{story.id}.{i + 1}.html" for i in range(len(answers))]
    for name, answer in zip(names, answers, strict=True):
        (folder / name).write_bytes(answer.body)
    skip = next((trait for trait in ("consent", "noarchive") if story.traits.get(trait)), None)
    if "tdm-reservation" in story.traits.get("headers", {}):
        skip = "noarchive"
    (folder / f"{story.id}.txt").write_text(gold(story) + "\n", encoding="utf-8")
    return newspaper.described(story) | {
        "files": names,
        "type": answers[0].type,
        "headers": dict(answers[0].headers),
        "author": story.author,
        "section": story.section,
        "tags": list(story.tags),
        "skip": skip,
    }


if __name__ == "__main__":
    sys.exit(main())
