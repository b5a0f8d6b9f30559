"""openfootball's Football.TXT: results, scorers, cards and line-ups as plain text that people edit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from .view import SIDES, Row, Sheet, View

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MARKS = {"penalty": " (p)", "own_goal": " (og)"}


def as_football_txt(views: Iterable[View]) -> Iterator[str]:
    """The matches that have a day, by competition and season, in the order of play."""

    def heading(view: View) -> tuple[str, str]:
        return view.match["competition"] or "Partite", view.match["season"] or ""

    dated = sorted((view for view in views if view.day), key=lambda view: (heading(view), view.match["date"]))
    for (competition, season), group in groupby(dated, key=heading):
        yield f"= {plain(competition)} {season.replace('-', '/')}"
        round_ = None
        for view in group:
            if view.match["round"] != round_:
                round_ = view.match["round"]
                yield f"\n▪ {plain(round_ or 'Giornata sconosciuta')}"
            yield from match_lines(view)
        yield ""


def match_lines(view: View) -> Iterator[str]:
    day = view.day
    assert day
    yield f"{DAYS[day.weekday()]} {MONTHS[day.month - 1]} {day.day} {day.year}"
    score = scores(view)
    home, away = plain(view.match["home"]), plain(view.match["away"])
    yield f"  {home}  {score}  {away}" if score else f"  {home}  v  {away}"
    scorers = [", ".join(goals(view, side)) for side in SIDES]
    if any(scorers):
        yield f"    ({scorers[0] or '-'}{'; ' if scorers[1] else ''}{scorers[1]})"
    for side in SIDES:
        if view.sheets[side].members:
            yield f"    {plain(view.match[side])}: {sheet_line(view, side)}"


def scores(view: View) -> str:
    """4-3 pen. 2-2 a.e.t. (2-2, 1-0), as far as known."""
    full, half, ninety, kicks = (view.score(name) for name in ("score", "half", "ninety", "shootout"))
    if full is None:
        return ""
    # One score in brackets is the one at half-time, so that of 90 minutes cannot stand alone.
    inner = ", ".join(f"{a}-{b}" for a, b in filter(None, (ninety, half))) if half else ""
    extra = " a.e.t." if ninety else ""
    if kicks and not ninety:
        inner = ", ".join(f"{a}-{b}" for a, b in filter(None, (full, half)))
        return f"{kicks[0]}-{kicks[1]} pen. ({inner})"
    text = f"{full[0]}-{full[1]}{extra}" + (f" ({inner})" if inner else "")
    return f"{kicks[0]}-{kicks[1]} pen. {text}" if kicks else text


def goals(view: View, side: str) -> Iterator[str]:
    for goal in view.of_type("goal"):
        if goal["side"] == side:
            yield f"{plain(goal['player'] or 'N.N.')} {clock(goal)}{MARKS.get(goal['method'], '')}".replace("  ", " ")


def clock(event: Row) -> str:
    """25', 45+2'; empty where no minute is told."""
    if event["minute"] is None:
        return ""
    return f"{event['minute']}" + (f"+{event['stoppage']}" if event["stoppage"] else "") + "'"


def sheet_line(view: View, side: str) -> str:
    """The starters with cards and changes, then the coach."""
    sheet: Sheet = view.sheets[side]
    cards = {e["player_id"]: e for e in view.of_type("yellow_card", "red_card") if e["side"] == side and e["player_id"]}
    changes = {e["player_out_id"]: e for e in view.of_type("substitution") if e["side"] == side and e["player_out_id"]}

    def entry(name: str, player: str | None) -> str:
        card, change = cards.get(player), changes.get(player)
        sent = card and card["type"] == "red_card"
        shown = f" [{'R' if sent else 'Y'}{' ' + clock(card) if clock(card) else ''}]" if card else ""
        on = (
            f" ({plain(change['player_in'])} {clock(change)})".replace(" )", ")")
            if change and change["player_in"]
            else ""
        )
        return f"{plain(name)}{shown}{on}"

    line = ", ".join(entry(member.name, member.id) for member in sheet.members if member.starts)
    return f"{line}; coach: {plain(sheet.coach)}" if sheet.coach else line


def plain(text: str) -> str:
    """A name as the format can carry it: on one line, without the marks that it gives a meaning to."""
    return " ".join("".join(" " if c in "()[];,=▪" or not c.isprintable() else c for c in text).split()) or "N.N."
