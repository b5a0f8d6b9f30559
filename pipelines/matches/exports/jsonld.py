"""schema.org: a match as a SportsEvent, as search engines and calendars read it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .view import Row, View

STATUS = {"postponed": "https://schema.org/EventPostponed", "abandoned": "https://schema.org/EventCancelled"}
HAPPENED = "https://schema.org/EventScheduled"
NAMES = {"goal": "Gol", "yellow_card": "Ammonizione", "red_card": "Espulsione", "substitution": "Sostituzione"}


def as_jsonld(views: Iterable[View]) -> Iterator[str]:
    """One SportsEvent a line."""
    for view in views:
        yield json.dumps(sports_event(view), ensure_ascii=False)


def sports_event(view: View) -> dict[str, Any]:
    """A match with its teams, place, officials, main events and the articles about it (https://schema.org/SportsEvent)."""
    match, score = view.match, view.score()
    home, away = ({"@type": "SportsTeam", "name": match[side], "sport": "Soccer"} for side in ("home", "away"))
    told = {
        "@context": "https://schema.org",
        "@type": "SportsEvent",
        "identifier": match["id"],
        "name": f"{match['home']}-{match['away']}" + (f" {score[0]}-{score[1]}" if score else ""),
        "sport": "Soccer",
        "startDate": match["date"],
        "eventStatus": STATUS.get(match["status"], HAPPENED),
        "location": {"@type": "Place", "name": match["venue"]} if match["venue"] else None,
        "homeTeam": home,
        "awayTeam": away,
        "competitor": [home, away],
        "superEvent": {"@type": "SportsEvent", "name": match["competition"]} if match["competition"] else None,
        "contributor": {"@type": "Person", "name": match["referee"]} if match["referee"] else None,
        "subEvent": [sub_event(event) for event in view.of_type(*NAMES)],
        "subjectOf": [
            {
                "@type": "NewsArticle",
                "url": article["url"],
                "headline": article["title"],
                "publisher": {"@type": "Organization", "name": article["paper"]},
            }
            for article in view.articles
        ],
    }
    return {name: value for name, value in told.items() if value not in (None, [])}


def sub_event(event: Row) -> dict[str, Any]:
    minute = "" if event["minute"] is None else f" al {event['minute']}'"
    people = [event[name] for name in ("player", "player_in", "player_out") if event[name]]
    return {
        "@type": "Event",
        "identifier": event["id"],
        "name": f"{NAMES[event['type']]}{minute}" + (f": {', '.join(people)}" if people else ""),
        "performer": [{"@type": "Person", "name": name} for name in people],
    }
