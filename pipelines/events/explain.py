"""Why the reader read what it read: sentence by sentence, the words, the rule each fired, the vetoes, the events."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from rich.console import Console
from rich.text import Text

from pipelines.items import Reading

from .scene import Scene
from .telling import Telling

COLOURS = {"rule": "cyan", "veto": "red", "event": "green", "person": "yellow", "team": "magenta", "clock": "blue"}


@dataclass(slots=True)
class Step:
    """One sentence as it was read."""

    sentence: str
    found: list[tuple[str, str, str]] = field(default_factory=list)  # (words, what they are, which)
    events: list[str] = field(default_factory=list)


class Recorder:
    """Keeps every sentence shown to it: give it to `read` as `watch`."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def __call__(self, scene: Scene, told: list[Telling]) -> None:
        doc = scene.doc
        found: list[tuple[int, str, str, str]] = [
            (hit.first, doc.span(hit.first, max(hit.last, hit.first + 1)), "rule", f"{hit.rule.name} ({hit.rule.cue})")
            for hit in scene.hits
        ]
        for hit, why in scene.vetoed:
            found.append((hit.first, doc.span(hit.first, hit.last), "veto", f"{hit.rule.name}: {why}"))
        for who in scene.whos:
            name = who.person.name if who.person else who.side or who.word
            kind = "team" if who.kind == "team" else "person"
            found.append(
                (who.first, doc.span(who.first, who.last), kind, f"{name}{f', after {who.prep}' if who.prep else ''}")
            )
        for placed in scene.clocks:
            clock = placed.clock
            where = f"period {clock.period}, minute {clock.minute}" if clock else "opens a stretch"
            found.append((placed.mention.first, doc.span(placed.mention.first, placed.mention.last), "clock", where))
        self.steps.append(
            Step(doc.span(scene.first, scene.last), [f[1:] for f in sorted(found)], [describe(t) for t in told])
        )


def describe(telling: Telling) -> str:
    """A telling in one line."""
    clock = telling.clock
    minute = "?" if clock.minute is None else f"{clock.minute}{f'+{clock.stoppage}' if clock.stoppage else ''}'"
    people = ", ".join(f"{role} {name}" for role, name in telling.people.items())
    facts = ", ".join(f"{key} {value}" for key, value in telling.facts.items())
    return " · ".join(part for part in (telling.type, minute, people, facts, f"rule {telling.rule}") if part)


def print_steps(console: Console, steps: list[Step], reading: Reading) -> None:
    """The explanation in colour for a terminal."""
    for step in steps:
        console.print(Text(step.sentence, style="bold"))
        for words, kind, which in step.found:
            console.print(Text.assemble("    ", (words, COLOURS[kind]), f"  {kind}: {which}"))
        for event in step.events:
            console.print(Text(f"  → {event}", style=COLOURS["event"]))
    console.print(f"{reading.kind}: {len(reading.events)} events of {len(reading.matches)} matches")


def as_page(title: str, steps: list[Step], reading: Reading) -> str:
    """The same explanation as a small HTML page that needs nothing else."""
    return "\n".join(_page(title, steps, reading))


def _page(title: str, steps: list[Step], reading: Reading) -> Iterator[str]:
    yield f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(title)}</title>"
    yield "<style>body{font:16px/1.5 system-ui;max-width:60rem;margin:2rem auto;padding:0 1rem}p{margin:1.2rem 0 .3rem}"
    yield "li{list-style:none}mark{background:#e8eef7;padding:0 .2em}.veto mark{background:#f7dcdc}"
    yield ".event{color:#0a6b2d}</style>"
    yield f"<h1>{escape(title)}</h1><p>{reading.kind}, {len(reading.events)} events"
    for step in steps:
        yield f"<p><b>{escape(step.sentence)}</b></p><ul>"
        for words, kind, which in step.found:
            yield f"<li class={kind}><mark lang=it>{escape(words)}</mark> {kind}: {escape(which)}</li>"
        for event in step.events:
            yield f"<li class=event>→ {escape(event)}</li>"
        yield "</ul>"
