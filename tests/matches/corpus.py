"""The worked corpus as an archive: every article of tests/corpus with what a reader, or the reference, reads in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from pipelines.archive import Archive
from pipelines.events import read
from pipelines.flow import ROME
from pipelines.items import Article, Event, Evidence, Frame, Lineup, Page, Reading, Timestamp, Visit
from pipelines.matches import join_article

CORPUS = Path(__file__).parents[1] / "corpus"
Part = Literal["dev", "check"]
Record = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """One annotated article: its record and its words."""

    record: Record
    text: str

    @property
    def id(self) -> str:
        return str(self.record["id"])

    @property
    def url(self) -> str:
        return f"https://{self.record['site']}.example/{self.id}"

    @property
    def published(self) -> datetime:
        return datetime.fromisoformat(self.record["published"])


def articles(part: Part) -> list[Told]:
    """The articles of one part, by name."""
    return [
        Told(json.loads(path.read_text(encoding="utf-8")), path.with_suffix(".txt").read_text(encoding="utf-8").strip())
        for path in sorted((CORPUS / part).glob("*.json"))
    ]


def references(part: Part) -> dict[str, Record]:
    """The reference matches of one part by id."""
    files = sorted((CORPUS / part / "matches").glob("*.json"))
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in files}


def reference_reading(told: Told) -> Reading:
    """What a reader without fault would read."""
    record = told.record
    frames = tuple(frame_of(each) for each in record["matches"])
    events = tuple(event_of(each, f"e{n}", told.text) for n, each in enumerate(record["events"], start=1))
    return Reading(record["kind"], frames, events, "reference")


def own_reading(told: Told) -> Reading:
    """What today's reader reads."""
    record = told.record
    day = told.published.astimezone(ROME).date()
    return read(told.text, title=record["title"], subtitle=record.get("subtitle", ""), published=day)


def frame_of(told: Record) -> Frame:
    values: Record = {f.name: frozen(told[f.name]) for f in fields(Frame) if told.get(f.name) is not None}
    if "date" in values:
        values["date"] = date.fromisoformat(values["date"])
    values["lineups"] = {side: lineup_of(sheet) for side, sheet in told.get("lineups", {}).items()}
    return Frame(**values)


def lineup_of(told: Record) -> Lineup:
    return Lineup(**{f.name: frozen(told[f.name]) for f in fields(Lineup) if f.name in told})


def event_of(told: Record, name: str, text: str) -> Event:
    values: Record = {f.name: frozen(told[f.name]) for f in fields(Event) if f.name in told and f.name != "evidence"}
    quote = told.get("evidence", "")
    start = max(0, text.find(quote))
    values["evidence"] = (Evidence(start, start + len(quote), quote, "reference"),)
    values.pop("related", None)
    return Event(**(values | {"id": name}))


def frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def fill(archive: Archive, told: Iterable[Told], readings: Mapping[str, Reading]) -> None:
    """Write articles with their readings, in the order in which they are given."""
    for each in told:
        store(archive, each, readings[each.id])


def store(archive: Archive, told: Told, reading: Reading) -> None:
    record = told.record
    published = Timestamp(told.published.astimezone(UTC), "json-ld")
    fetched = datetime(2026, 11, 22, 9, tzinfo=UTC)
    page = Page(told.url, told.url, 200, {}, told.text.encode(), fetched)
    article = Article(
        told.url, record["title"], told.text, hashlib.sha256((record["title"] + told.text).encode()).hexdigest()[:32],
        published=published, section=record.get("section"), tags=tuple(record.get("tags", ())),
    )  # fmt: skip
    archive.write(Visit(told.url, record["site"], "article", fetched, pages=(page,)), article, reading)


def corpus_archive(path: Path, part: Part, readings: Mapping[str, Reading] | None = None) -> Archive:
    """A new archive of one part, by default with the reference readings; the caller closes it."""
    archive = Archive.open(path, on_claims=join_article)
    told = articles(part)
    fill(archive, told, readings or {each.id: reference_reading(each) for each in told})
    return archive
