"""Flat forms: one event a line, as CSV or as JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from .view import View

MATCH = ("id", "date", "season", "competition", "round", "home", "away")
EVENT = (
    "id", "number", "type", "side", "team", "period", "minute", "minute_end", "stoppage", "precision", "player",
    "player_id", "assist", "assist_id", "opponent", "opponent_id", "player_in", "player_in_id", "player_out",
    "player_out_id", "method", "body_part", "outcome", "reason", "subject", "decision", "second_yellow", "role",
    "score_home", "score_away", "sources", "correction",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets (OWASP: CSV injection)


def as_csv(views: Iterable[View]) -> Iterator[str]:
    """A line of heads, then one an event: `match_…` columns, then the event's."""
    yield line([f"match_{name}" for name in MATCH] + list(EVENT))
    for view in views:
        match = [view.match[name] for name in MATCH]
        for event in view.events:
            yield line([*match, *(event[name] for name in EVENT)])


def line(values: Iterable[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(["" if value is None else harmless(value) for value in values])
    return out.getvalue()


def harmless(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def as_jsonl(views: Iterable[View]) -> Iterator[str]:
    """One match a line, with its events, line-ups and articles; empty fields left out."""
    for view in views:
        told = {name: value for name, value in view.match.items() if value is not None}
        told["events"] = [
            {name: value for name, value in event.items() if value not in (None, "{}", "[]")} for event in view.events
        ]
        told["lineups"] = {
            side: {
                "formation": sheet.formation,
                "coach": sheet.coach,
                "players": [{"name": m.name, "id": m.id, "shirt": m.shirt, "starter": m.starts} for m in sheet.members],
            }
            for side, sheet in view.sheets.items()
            if sheet.members
        }
        told["articles"] = list(view.articles)
        yield json.dumps(told, ensure_ascii=False)
