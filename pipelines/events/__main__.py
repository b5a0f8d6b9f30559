"""`python -m pipelines.events`: reads files of articles, plain text or HTML, and writes or prints what they tell."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from pipelines.items import Article, Event, Frame, Page, Reading, as_json

from .explain import Recorder, as_page, print_steps
from .prose import Watcher
from .reader import read

EXAMPLE = "example: python -m pipelines.events --out readings --published 2024-01-10 articles/*.txt"


@dataclass(frozen=True, slots=True)
class Source:
    """A file's article as `read` takes it."""

    text: str
    title: str = ""
    subtitle: str = ""
    published: date | None = None
    headings: tuple[tuple[int, int], ...] = ()


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0, or 1 where a file could not be read."""
    options = parser().parse_args(arguments)
    console = Console()
    failed = 0
    for path in options.files:
        try:
            source = load(path, options.published)
        except (OSError, ValueError) as fault:
            print(f"{path}: {fault}", file=sys.stderr)
            failed += 1
            continue
        recorder = Recorder() if options.explain or options.html else None
        reading = read_source(source, recorder)
        if options.out:
            write(options.out / f"{path.stem}.json", source, reading)
        elif recorder is not None and options.html:
            print(as_page(path.name, recorder.steps, reading))
        elif recorder is not None:
            print_steps(console, recorder.steps, reading)
        else:
            show(console, path.name, reading)
    if options.out:
        print(f"{len(options.files) - failed} readings written to {options.out}", file=sys.stderr)
    return 1 if failed else 0


def parser() -> argparse.ArgumentParser:
    """The command's options."""
    made = argparse.ArgumentParser(prog="python -m pipelines.events", description=__doc__, epilog=EXAMPLE)
    made.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a plain text (UTF-8) or .html file")
    made.add_argument(
        "--out", type=Path, metavar="DIR", help="write DIR/<stem>.json in the form of docs/event-model.md"
    )
    made.add_argument("--published", type=date.fromisoformat, metavar="DATE", help="the day of publication, YYYY-MM-DD")
    made.add_argument(
        "--explain", action="store_true", help="show sentence by sentence which rule read what, and every veto"
    )
    made.add_argument("--html", action="store_true", help="the explanation as an HTML page on standard output")
    return made


def load(path: Path, published: date | None) -> Source:
    """The article of a file; an HTML page goes through the cleaning that the crawler's pages go through."""
    body = path.read_bytes()
    if path.suffix.lower() not in (".html", ".htm"):
        return Source(body.decode("utf-8", errors="replace").removeprefix("\ufeff"), published=published)
    from pipelines.article import read_article

    url = path.resolve().as_uri()
    page = Page(url, url, 200, {"content-type": "text/html"}, body, datetime.now(UTC))
    article = read_article([page], heed_robots=False)
    if not isinstance(article, Article):
        raise ValueError(f"no article in this page ({article.reason})")
    day = article.published.value.date() if article.published else None
    return Source(article.text, article.title, article.subtitle, published or day, article.headings)


def read_source(source: Source, watch: Watcher | None = None) -> Reading:
    """What a file's article tells."""
    return read(
        source.text, title=source.title, subtitle=source.subtitle, published=source.published,
        headings=source.headings, watch=watch,
    )  # fmt: skip


def write(path: Path, source: Source, reading: Reading) -> None:
    """The reading as JSON with the text that its offsets count in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {"kind": reading.kind, "matches": as_json(reading.matches), "events": as_json(reading.events)}
    path.write_text(
        json.dumps({**told, "version": reading.version, "text": source.text}, ensure_ascii=False, indent=1) + "\n",
        encoding="utf-8",
    )


def show(console: Console, name: str, reading: Reading) -> None:
    """The reading as tables for a person."""
    console.print(f"{name}: {reading.kind}")
    for frame in reading.matches:
        console.print(headline(frame))
    if not reading.events:
        return
    table = Table("minute", "event", "team", "who", "what")
    for event in reading.events:
        table.add_row(minute(event), event.type, event.team or "", who(event), what(event))
    console.print(table)


def headline(frame: Frame) -> str:
    """A match in one line."""
    score = f" {frame.score[0]}-{frame.score[1]}" if frame.score else ""
    rest = ", ".join(str(v) for v in (frame.competition, frame.date, frame.venue, frame.referee) if v)
    return f"{frame.home}-{frame.away}{score}{f' ({rest})' if rest else ''}"


def minute(event: Event) -> str:
    """An event's minute as a paper writes it."""
    if event.minute is None:
        return {1: "1st half", 2: "2nd half", 5: "shoot-out"}.get(event.period or 0, "")
    added = f"+{event.stoppage}" if event.stoppage else "+" if event.stoppage_unknown else ""
    until = f"-{event.minute_end}" if event.minute_end else ""
    return f"{event.minute}{until}'{added}"


def who(event: Event) -> str:
    """The people of an event."""
    if event.type == "substitution":
        return f"{event.player_in or '?'} for {event.player_out or '?'}"
    pairs = ((event.player, ""), (event.assist, "from "), (event.opponent, "against "))
    return ", ".join(f"{label}{name}" for name, label in pairs if name)


def what(event: Event) -> str:
    """What else an event tells."""
    facts = (event.method, event.body_part, event.outcome, event.reason, event.subject, event.decision)
    told = [str(fact) for fact in facts if fact and fact != "open_play"]
    if event.score:
        told.append(f"{event.score[0]}-{event.score[1]}")
    return ", ".join([*told, "second yellow"] if event.second_yellow else told)


if __name__ == "__main__":
    raise SystemExit(main())
