"""From page to article: its cost against one lxml parse of the page, its text against what the pages must yield.

The pages are the sample newspaper's, read with no selector; trafilatura's default and fast modes run beside.
`python -m bench.cleaning --set DIR` measures a public set in the form of article-extraction-benchmark instead
(DIR/ground-truth.json, DIR/html/ID.html.gz): texts only, since those pages come from all over the web.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import mean, median

import trafilatura
from lxml import etree

from bench.archive import Figure
from pipelines.article import read_article
from pipelines.items import Article, Page
from tests.newspaper.export import export
from tests.newspaper.stories import load_stories

NOW = datetime(2026, 11, 22, tzinfo=UTC)
PAGES = 60  # timed; a round of all methods takes some 4 s
ROUNDS = 5
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Sample:
    """An article's pages and the clean text that they must yield."""

    pages: tuple[Page, ...]
    text: str


def figures() -> list[Figure]:
    """Everything this benchmark measures on the sample newspaper."""
    samples = list(sample_newspaper())
    ours = scores(samples, ours_of)
    pages = [sample.pages[0] for sample in samples][:PAGES]
    cost = costs(pages)
    return [
        Figure("cleaning a page / one lxml parse", cost["ours"] / cost["parse"], at_most=6),
        Figure("  trafilatura fast / one lxml parse", cost["fast"] / cost["parse"]),
        Figure("  trafilatura / one lxml parse", cost["default"] / cost["parse"]),
        Figure("token F1 of the text, mean", mean(ours), at_least=0.98),
        Figure("token F1 of the text, 5th centile", centile(ours, 5), at_least=0.93),
        Figure("  trafilatura's, mean", mean(scores(samples, trafilatura_of))),
    ]


def sample_newspaper() -> Iterator[Sample]:
    """The sample newspaper's articles that are to be kept."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for facts in export(load_stories(), folder):
            if facts["skip"]:
                continue
            bodies = ((folder / file).read_bytes() for file in facts["files"])
            headers = {"content-type": facts["type"]}
            pages = tuple(Page(facts["url"], facts["url"], 200, headers, body, NOW) for body in bodies)
            yield Sample(pages, facts["gold"])


def public_set(folder: Path) -> Iterator[Sample]:
    """The pages of a set in the form of article-extraction-benchmark."""
    for name, facts in json.loads((folder / "ground-truth.json").read_text(encoding="utf-8")).items():
        url = facts.get("url") or f"https://www.example.org/{name}"
        body = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Sample((Page(url, url, 200, {}, body, NOW),), facts["articleBody"])


def costs(pages: Sequence[Page]) -> dict[str, float]:
    """CPU seconds that each method takes for the pages, medians of rounds that take turns."""
    methods: dict[str, Callable[[Page], object]] = {
        "parse": lambda page: etree.fromstring(page.body, etree.HTMLParser(encoding="utf-8")),
        "ours": lambda page: read_article([page]),
        "fast": lambda page: trafilatura.extract(page.body, fast=True),
        "default": lambda page: trafilatura.extract(page.body),
    }
    times: dict[str, list[float]] = {name: [] for name in methods}
    for number in range(ROUNDS + 1):
        for name, method in methods.items():
            started = time.process_time()
            for page in pages:
                method(page)
            if number:  # the first round loads what is loaded once
                times[name].append(time.process_time() - started)
    return {name: median(spent) for name, spent in times.items()}


def scores(samples: Sequence[Sample], method: Callable[[Sample], str]) -> list[float]:
    """The token F1 of every article."""
    return [token_f1(method(sample), sample.text) for sample in samples]


def ours_of(sample: Sample) -> str:
    found = read_article(sample.pages, heed_robots=False)
    return found.text if isinstance(found, Article) else ""


def trafilatura_of(sample: Sample) -> str:
    return "\n".join(trafilatura.extract(page.body) or "" for page in sample.pages)


def token_f1(found: str, wanted: str) -> float:
    """The harmonic mean of precision and recall over the words of two texts, counted, case aside.

    >>> token_f1("Gol di Diop al 57'", "gol di Diop")
    0.75
    """
    ours, theirs = Counter(WORD.findall(found.lower())), Counter(WORD.findall(wanted.lower()))
    shared = sum((ours & theirs).values())
    return 2 * shared / (sum(ours.values()) + sum(theirs.values())) if shared else float(not ours and not theirs)


def centile(values: Sequence[float], percent: int) -> float:
    """The value that this share of the values does not reach."""
    return sorted(values)[len(values) * percent // 100]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.cleaning", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--set", type=Path, metavar="DIR", help="a public set instead of the sample newspaper")
    folder = parser.parse_args().set
    if folder:
        samples = list(public_set(folder))
        for name, method in (("ours", ours_of), ("trafilatura", trafilatura_of)):
            found = scores(samples, method)
            print(
                f"{name:12} token F1, mean {mean(found):.4f}, 5th centile {centile(found, 5):.4f}, {len(found)} pages"
            )
        return 0
    for figure in figures():
        asked = (
            f"(at least {figure.at_least})"
            if figure.at_least
            else f"(at most {figure.at_most})"
            if figure.at_most
            else ""
        )
        print(f"{figure.name:40} {figure.value:8.3f} {asked}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
