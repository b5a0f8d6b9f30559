"""A match as a file: JSON with all its evidence, CSV one event a line, Football.TXT."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Response

from .archive import Row
from .wording import loaded

if TYPE_CHECKING:
    from .match import Told

COLUMNS = (
    "match_id", "number", "type", "side", "team_id", "period", "minute", "minute_end", "stoppage", "precision",
    "player", "assist", "opponent", "player_in", "player_out", "method", "body_part", "outcome", "reason", "subject",
    "decision", "second_yellow", "score_home", "score_away", "confidence", "sources",
)  # fmt: skip
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would run


def match_json(found: Told) -> Any:
    """The match with its events, and of each the papers and sentences that tell it."""
    body = {"match": found.match, "events": with_tellings(found), "articles": found.sources}
    return attached(json.dumps(body, ensure_ascii=False, indent=1), "application/json; charset=utf-8")


def with_tellings(found: Told) -> list[Row]:
    """The events of a match, each with `told_by`."""
    return [
        {
            **{name: value for name, value in event.items() if value is not None},
            "dissent": loaded(event["dissent"], dict),
            "related": loaded(event["related"], list),
            "told_by": [
                {
                    "article": telling["article_id"],
                    "paper": telling["paper"],
                    "url": telling["url"],
                    "sentences": [quote["sentence"] for quote in telling["quotes"]],
                }
                for telling in found.tellings.get(event["id"], [])
            ],
        }
        for event in found.events
    ]


def match_csv(found: Told) -> Any:
    """One line an event, the columns of the events table."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows([plain(event[name]) for name in COLUMNS] for event in found.events)
    return attached(text.getvalue(), "text/csv; charset=utf-8", f"{found.match['id']}.csv")


def plain(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def match_text(found: Told) -> Any:
    """The match as openfootball's Football.TXT writes it: a line with the score, a line with the scorers."""
    match = found.match
    heads = [f"= {' '.join(str(part) for part in (match['competition'], match['season']) if part)}".rstrip()]
    heads += [f"▪ {match['round']}"] if match["round"] else []
    heads += [match["date"]] if match["date"] else []
    goals = {side: text_goals(found.events, side) for side in ("home", "away")}
    lines = [*heads, f"  {match['home']}  v  {match['away']}  {text_score(match)}".rstrip()]
    if any(goals.values()):
        lines.append(f"    ({goals['home'] or '-'}; {goals['away'] or '-'})")
    return attached("\n".join(line_of(line) for line in lines) + "\n", "text/plain; charset=utf-8")


def text_score(match: Row) -> str:
    if match["score_home"] is None:
        return ""
    half = "" if match["half_home"] is None else f" ({match['half_home']}-{match['half_away']})"
    after = " a.e.t." if match["ninety_home"] is not None else ""
    kicks = "" if match["shootout_home"] is None else f", {match['shootout_home']}-{match['shootout_away']} pen."
    return f"{match['score_home']}-{match['score_away']}{after}{half}{kicks}"


def text_goals(events: list[Row], side: str) -> str:
    """'Rossi 12', 45+2' (pen.) Bianchi 60' (og)' of one side."""
    told: dict[str, list[str]] = {}
    for event in events:
        if event["type"] == "goal" and event["side"] == side and event["player"]:
            clock = "" if event["minute"] is None else f"{event['minute']}"
            clock += f"+{event['stoppage']}'" if clock and event["stoppage"] else "'" if clock else ""
            note = {"penalty": " (pen.)", "own_goal": " (og)"}.get(event["method"] or "", "")
            told.setdefault(event["player"], []).append(clock + note)
    return " ".join(f"{player} {', '.join(clocks)}".rstrip() for player, clocks in told.items())


def line_of(text: str) -> str:
    """A line stays one line whatever a name holds."""
    return "".join(letter if letter.isprintable() else " " for letter in text)


def attached(text: str, content_type: str, name: str = "") -> Any:
    """A response that a browser never runs; with a name, one that it saves."""
    clean = text.encode("utf-8", "replace").decode()
    headers = {"X-Content-Type-Options": "nosniff"}
    if name:
        safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-._"))
        headers["Content-Disposition"] = f'attachment; filename="{safe}"'
    return Response(clean, headers=headers, content_type=content_type)
