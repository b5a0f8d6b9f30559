"""Articles and matches of the archive as a person reads them in a terminal."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

CONTROL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160)], None)  # no escapes reach the terminal


def plain(text: object) -> str:
    """A text from the web without the control characters that a terminal would obey."""
    return str(text if text is not None else "").translate(CONTROL)


def article_view(conn: sqlite3.Connection, url: str) -> RenderableType | None:
    """One article as it was read: its text, the matches it reports, every event with its sentence. None if unknown."""
    conn.row_factory = sqlite3.Row
    row = conn.execute(
        "SELECT articles.*, bodies.text FROM articles JOIN bodies ON article_id = articles.id WHERE url = ?", (url,)
    ).fetchone()
    if row is None:
        return None
    facts = [row["kind"], row["published"] and f"published {row['published']} ({row['published_source']})"]
    parts: list[RenderableType] = [
        Text(plain(row["title"]), style="bold"),
        Text(plain(row["url"]), style="dim"),
        Text(" · ".join(plain(fact) for fact in facts if fact), style="dim"),
        Padding(Text(plain(row["text"])), (1, 2)),
    ]
    frames = conn.execute("SELECT * FROM article_matches WHERE article_id = ? ORDER BY number", (row["id"],)).fetchall()
    for frame in frames:
        parts += [frame_line(frame), events_table(conn, frame["id"])]
    if not frames:
        parts.append(Text("No match is reported here.", style="italic"))
    return Group(*parts)


def frame_line(frame: sqlite3.Row) -> Text:
    """The match in one line: teams, score, then what else is known."""
    score = "" if frame["score_home"] is None else f" {frame['score_home']}-{frame['score_away']}"
    names = Text(plain(f"{frame['home']}-{frame['away']}{score}"), style="bold green")
    rest = [frame[name] for name in ("competition", "round", "date", "venue", "referee") if frame[name]]
    return names.append("  " + plain(" · ".join(rest)), style="not bold default") if rest else names


def events_table(conn: sqlite3.Connection, article_match_id: int) -> Table:
    """The claims of one article about one match, in the order of the clock."""
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for head, options in (("min", {"justify": "right"}), ("event", {}), ("team", {}), ("who", {}), ("told", {})):
        table.add_column(head, **options)  # type: ignore[arg-type]
    for claim in conn.execute(
        "SELECT * FROM claims WHERE article_match_id = ? ORDER BY coalesce(period, 9), coalesce(minute, 999), number",
        (article_match_id,),
    ):
        evidence = json.loads(claim["evidence"])
        sentence = " ".join(plain(evidence[0]["sentence"]).split()) if evidence else ""
        short = sentence if len(sentence) <= 90 else sentence[:89] + "…"
        table.add_row(clock(claim), what(claim), plain(claim["team"]), who(claim), Text(short, style="dim"))
    return table


def match_view(conn: sqlite3.Connection, match_id: str) -> RenderableType | None:
    """One match as all its papers tell it. None if unknown."""
    conn.row_factory = sqlite3.Row
    row = conn.execute(
        "SELECT matches.*, h.name AS home, a.name AS away FROM matches JOIN teams h ON h.id = home_id"
        " JOIN teams a ON a.id = away_id WHERE matches.id = ?",
        (match_id,),
    ).fetchone()
    if row is None:
        return None
    table = Table(header_style="bold", show_edge=False, pad_edge=False)
    for head in ("min", "event", "team", "who", "papers"):
        table.add_column(head, justify="right" if head in ("min", "papers") else "left")
    for event in conn.execute(
        "SELECT events.*, teams.name AS team FROM events LEFT JOIN teams ON teams.id = team_id"
        " WHERE match_id = ? ORDER BY number",
        (match_id,),
    ):
        table.add_row(clock(event), what(event), plain(event["team"]), who(event), str(event["sources"]))
    told = Text(f"told by {row['articles']} articles", style="dim")
    if row["contradiction"]:
        told.append(f"; contradictory: {plain(row['contradiction'])}", style="red")
    return Group(frame_line(row), told, table)


def best_told(conn: sqlite3.Connection) -> str | None:
    """The match that most articles tell."""
    row = conn.execute("SELECT id FROM matches ORDER BY articles DESC, date DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def clock(event: Any) -> str:
    """57', 45'+2, 90'+ or 62'-65'; empty where no minute is told."""
    if event["minute"] is None:
        return ""
    added = f"+{event['stoppage']}" if event["stoppage"] else "+" if event["stoppage_unknown"] else ""
    until = f"-{event['minute_end']}'" if event["minute_end"] else ""
    return f"{event['minute']}'{added}{until}"


def what(event: Any) -> str:
    """The type with what qualifies it: "goal (penalty) 1-2"."""
    names = ("method", "outcome", "reason", "subject", "decision")
    facts = [event[name] for name in names if event[name] and event[name] != "open_play"]
    score = "" if event["score_home"] is None else f" {event['score_home']}-{event['score_away']}"
    return plain(event["type"]).replace("_", " ") + (f" ({plain(', '.join(facts))})" if facts else "") + score


def who(event: Any) -> str:
    """The people of an event."""
    if event["type"] == "substitution":
        return f"{plain(event['player_in']) or '?'} for {plain(event['player_out']) or '?'}"
    pairs = (("", event["player"]), ("assist ", event["assist"]), ("vs ", event["opponent"]))
    return ", ".join(f"{label}{plain(name)}" for label, name in pairs if name)


def console(stderr: bool = False) -> Console:
    """The terminal; where the output goes to a file or a pipe, lines are 120 wide."""
    out = Console(stderr=stderr, highlight=False)
    return out if out.is_terminal else Console(stderr=stderr, highlight=False, width=120)


def show(renderable: RenderableType) -> None:
    """Print on standard output, in colour where it is a terminal."""
    console().print(renderable)


def complain(error: object) -> None:
    """One sentence on standard error, as every command ends that cannot do its work."""
    console(stderr=True).print(Text("moviola: ", style="red").append(plain(error), style="default"), soft_wrap=True)
