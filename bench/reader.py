"""The event reader's cost: an article of the corpus against the barest pass over its words, beside spaCy's blank
Italian tokeniser and sentencizer on the same texts."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from pipelines.events import read

CORPUS = Path(__file__).parents[1] / "tests" / "corpus" / "dev"
WORDS = re.compile(r"\w+")


def texts(eventful: bool) -> list[str]:
    """Articles of 300 words and more that tell match events, or articles that tell none."""
    found = []
    for path in sorted(CORPUS.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        if eventful and "--" in path.stem and len(text.split()) >= 300:
            found.append(text)
        if not eventful and "--" not in path.stem:
            found.append(text)
    return found


def cost(work: Callable[[str], object], articles: list[str]) -> float:
    """Seconds of CPU over all articles."""
    started = time.process_time()
    for text in articles:
        work(text)
    return time.process_time() - started


def ratio(work: Callable[[str], object], articles: list[str], rounds: int) -> float:
    """Median ratio of the work's cost to that of finding the words; the words are found often enough to be measured."""
    work(articles[0])
    many = 50
    return median(cost(work, articles) / (cost(WORDS.findall, articles * many) / many) for _ in range(rounds))


def started() -> tuple[float, float]:
    """Seconds of CPU and megabytes that a new process needs until it has read its first article, lists and all."""
    code = (
        "import resource, sys; from pipelines.events import read; read(sys.stdin.read());"
        "u = resource.getrusage(resource.RUSAGE_SELF); print(u.ru_utime + u.ru_stime, u.ru_maxrss)"
    )
    out = subprocess.run(
        [sys.executable, "-c", code], input=texts(True)[0], capture_output=True, text=True, check=True
    ).stdout.split()
    return float(out[0]), int(out[1]) / 1024


def run(rounds: int = 5) -> None:
    """Print the ratios."""
    import spacy

    blank = spacy.blank("it")
    blank.add_pipe("sentencizer")
    matches, others = texts(True), texts(False)
    print(f"reading, CPU as a ratio to re.findall(r'\\w+'), medians of {rounds}:")
    told = ratio(read, matches, rounds)
    print(f"  {len(matches)} match articles, 300 words or more  {told:6.1f}   (at most 40, aim 15)")
    print(f"  {len(others)} articles that tell no match         {ratio(read, others, rounds):6.1f}   (at most 15)")
    print(f"  spaCy blank tokeniser + sentencizer   {ratio(blank, matches, rounds):6.1f}   (the same match articles)")
    seconds, megabytes = started()
    print(
        f"  a new process with its first article: {seconds:.2f} s CPU (at most 0.5), {megabytes:.0f} MB (at most 150)"
    )


if __name__ == "__main__":
    run()
