"""Takes the lines out of a body that are not the article: read-also lines, prompts, credits, copyright, repeats.

What such lines look like is data (data/cleaning/lines.toml), with look-alikes that stay beside each rule.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal, get_args

from pipelines.article.blocks import BlockKind
from pipelines.article.vocabulary import BadVocabulary, entries

Cut = Literal["line", "tail", "span", "rest", "head", "ends"]

HEAD = 5  # lines: bylines and dates are looked for there
LONG = 60  # characters: shorter lines may be said twice ("Ammonito Barella")
CUT_OFF = re.compile(r"(?:…|\.\.\.|\[\.\.\.\]|\[…\])$")
LITTLE_LEFT = 0.2  # share of the text below a "Related articles" line up to which all of it goes


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an article's text; `number` is its block's, -1 where it comes from no block."""

    text: str
    kind: BlockKind = "text"
    number: int = -1


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of line that is not the article, and how much of it goes."""

    name: str
    cuts: Cut
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    marks: str
    finds: tuple[str, ...]
    leaves: tuple[str, ...]

    def cut(self, line: str) -> str | None:
        """What is left of the line, or None where the rule leaves it alone."""
        if self.cuts == "span":
            left = self.pattern.sub("", line)
            return left if left != line else None
        if self.cuts != "tail":
            return "" if self.pattern.match(line) else None
        found = self.pattern.search(line)
        return line[: found.start()].rstrip() if found else None


@cache
def rules() -> tuple[Rule, ...]:
    """The rules of data/cleaning/lines.toml, in file order."""
    return tuple(_rule(entry) for entry in entries("lines", "rule", ("cuts", "pattern", "needs", "finds", "leaves")))


def _rule(entry: dict[str, Any]) -> Rule:
    where = f"lines.toml: rule {entry['name']}"
    if entry["cuts"] not in get_args(Cut):
        raise BadVocabulary(f"{where}: cuts {entry['cuts']!r}, not one of {', '.join(get_args(Cut))}")
    try:
        pattern = re.compile(str(entry["pattern"]), re.IGNORECASE)
    except re.error as error:
        raise BadVocabulary(f"{where}: pattern: {error}") from error
    texts = {key: tuple(entry[key]) for key in ("needs", "finds", "leaves")}
    return Rule(str(entry["name"]), entry["cuts"], pattern=pattern, marks=str(entry.get("marks", "")), **texts)


def clean(lines: Sequence[Line]) -> tuple[list[Line], set[str]]:
    """The lines that are the article, and what the removed ones told of it ("paywalled", "truncated")."""
    everything = "\n".join(line.text for line in lines).lower()
    active = [(rule, needs) for rule in rules() if (needs := [need for need in rule.needs if need in everything])]
    below = [(rule, needs) for rule, needs in active if rule.cuts not in ("head", "ends")]
    kept: list[Line] = []
    marks: set[str] = set()
    said: set[str] = set()
    left = total = sum(len(line.text) for line in lines)
    for line in lines:
        left -= len(line.text)
        at_head = len(kept) < HEAD and line.kind != "row"
        text, rule = _cleaned(line.text, active if at_head else below)
        if rule and rule.marks:
            marks.add(rule.marks)
        if rule and rule.cuts == "rest" and left <= LITTLE_LEFT * total and kept:
            break
        if not text or (len(text) >= LONG and line.kind != "row" and text in said):
            continue
        if len(text) >= LONG and text == line.text:
            marks.clear()  # it goes on: what asked to read on or to subscribe was but a box
        said.add(text)
        kept.append(line if text is line.text else replace(line, text=text))
    closing = [(rule, needs) for rule, needs in active if rule.cuts == "ends"]
    while kept and kept[-1].kind == "text" and not _cleaned(kept[-1].text, closing)[0]:
        kept.pop()
    return _without_loose_ends(kept), marks


def _without_loose_ends(lines: list[Line]) -> list[Line]:
    """The lines without a run of presentations at the end, each cut off with an ellipsis, nor a heading over nothing.

    A single line cut off stays: it is the article's own, and tells that more of it is elsewhere.
    """
    end = last = len(lines)
    while last and lines[last - 1].kind == "heading":
        last -= 1
    cut = 0
    while end and (lines[end - 1].kind == "heading" or CUT_OFF.search(lines[end - 1].text)):
        end -= 1
        cut += lines[end].kind != "heading"
    return lines[:end] if cut > 1 and end else lines[:last]


def _cleaned(text: str, active: Sequence[tuple[Rule, list[str]]]) -> tuple[str, Rule | None]:
    """What these rules leave of a line, and the last that cut it."""
    cutter = None
    lowered = text.lower()
    for rule, needs in active:
        for need in needs:
            if need in lowered:
                break
        else:
            continue
        left = rule.cut(text)
        if left is not None:
            text, cutter = left, rule
            if not text:
                break
            lowered = text.lower()
    return text, cutter
