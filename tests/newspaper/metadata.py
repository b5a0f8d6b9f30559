"""What a page says of its article to machines: each paper in its own way, some of it less than it should."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from tests.newspaper.filler import WORDS
from tests.newspaper.layout import gold, shown
from tests.newspaper.papers import Paper
from tests.newspaper.stories import Story

WEEK = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")


def italian_date(when: datetime, paper: str) -> str:
    """A moment as the paper prints it.

    >>> italian_date(datetime(2024, 1, 10, 22, 57), "curva")
    'mercoledì 10 gennaio 2024, 22:57'
    """
    month = WORDS["months"][when.month - 1]
    if paper == "curva":
        return f"{WEEK[when.weekday()]} {when.day} {month} {when.year}, {when:%H:%M}"
    if paper == "ponente":
        return f"{when.day} {month.capitalize()} {when.year} alle {when:%H.%M}"
    return f"{when:%d/%m/%Y} - {when:%H:%M}"


def json_ld(story: Story, paper: Paper, url: str, root: str) -> str:
    """The page's JSON-LD; empty where the paper has none."""
    if paper.name == "lanotizia":
        data: Any = graph(story, paper, url, root)
    elif paper.name == "novantesimo":
        data = live_posting(story, paper, url) if story.kind == "live" else news_article(story, paper, url)
    elif story.kind == "live" and paper.build == "network":
        data = live_posting(story, paper, url)
    else:
        return ""
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def graph(story: Story, paper: Paper, url: str, root: str) -> dict[str, Any]:
    """One @graph whose parts point to one another by @id; no body."""
    return {
        "@context": "https://schema.org",
        "@graph": [
            {
                "@type": "NewsArticle",
                "@id": f"{url}#article",
                "isPartOf": {"@id": url},
                "author": {"@id": f"{root}/#/persona/redazione"},
                "headline": story.title,
                "datePublished": story.published.isoformat(),
                "dateModified": story.modified.isoformat(),
                "mainEntityOfPage": {"@id": url},
                "wordCount": len(gold(story).split()),
                "commentCount": story.number % 7,
                "publisher": {"@id": f"{root}/#organization"},
                "keywords": list(story.tags),
                "articleSection": [story.section],
                "inLanguage": "it-IT",
                "isAccessibleForFree": not story.traits.get("paywalled"),
            },
            {
                "@type": "WebPage",
                "@id": url,
                "url": url,
                "name": f"{story.title} - {paper.title}",
                "isPartOf": {"@id": f"{root}/#website"},
                "datePublished": story.published.isoformat(),
                "description": story.subtitle,
            },
            {"@type": "BreadcrumbList", "@id": f"{url}#breadcrumb", "itemListElement": [
                {"@type": "ListItem", "position": 1, "name": "Home", "item": f"{root}/"},
                {"@type": "ListItem", "position": 2, "name": story.section},
            ]},
            {"@type": "WebSite", "@id": f"{root}/#website", "url": f"{root}/", "name": paper.title},
            {"@type": ["Organization", "Brand"], "@id": f"{root}/#organization", "name": paper.title},
            {"@type": "Person", "@id": f"{root}/#/persona/redazione", "name": story.author},
        ],
    }  # fmt: skip


def news_article(story: Story, paper: Paper, url: str) -> dict[str, Any]:
    """A flat NewsArticle whose articleBody is whole for odd numbers, and cut for even ones."""
    body = " ".join(block.text.replace("\t", " ") for block in shown(story))
    return {
        "@context": "http://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "alternativeHeadline": story.subtitle,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": [{"@type": "Organization", "name": story.author}],
        "publisher": {"@type": "Organization", "name": paper.title},
        "articleBody": body if story.number % 2 else f"{body[:180].rsplit(' ', 1)[0]}...",
    }


def live_posting(story: Story, paper: Paper, url: str) -> dict[str, Any]:
    """A LiveBlogPosting with an update for each entry, with or without a minute, in the order of the page."""
    told = [block for block in shown(story) if block.shape in ("entry", "paragraph")]
    start = story.published
    return {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "headline": story.title,
        "url": url,
        "datePublished": start.isoformat(),
        "dateModified": story.modified.isoformat(),
        "coverageStartTime": start.isoformat(),
        "author": {"@type": "Organization", "name": story.author},
        "publisher": {"@type": "Organization", "name": paper.title},
        "liveBlogUpdate": [
            {
                "@type": "BlogPosting",
                "headline": block.text.split(".")[0][:80],
                "datePublished": (start + timedelta(minutes=2 * (len(told) - i))).isoformat(),
                "articleBody": block.text,
            }
            for i, block in enumerate(told)
        ],
    }
