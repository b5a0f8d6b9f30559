"""What a page says of its article beside title, signature and times: section, tags, image, language."""

from __future__ import annotations

import re
from typing import Any

from pipelines.article.jsonld import as_list, names_of, plain, types_of
from pipelines.article.parsed import Parsed, text_of

LONGEST_NAME = 60  # characters of a section's or a tag's name
MOST_TAGS = 40
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def section_of(parsed: Parsed, article: dict[str, Any]) -> str | None:
    """The section that the article stands in: "Serie A", "Calciomercato"."""
    told = names_of(article.get("articleSection")) or [parsed.meta("article:section", "og:article:section", "section")]
    return told[0] or _crumb(parsed) or _labelled(parsed)


def _crumb(parsed: Parsed) -> str:
    """The last but one of the page's breadcrumbs."""
    for item in parsed.structured:
        if "breadcrumblist" in types_of(item):
            crumbs = [crumb for crumb in as_list(item.get("itemListElement")) if isinstance(crumb, dict)]
            names = [plain(crumb.get("name")) or plain(crumb.get("item")) for crumb in crumbs]
            if len(names) >= 3:
                return names[-2]
    for element in parsed.labelled["crumbs"]:
        links = list(element.iter("a"))
        if len(links) >= 2:
            return text_of(links[-1])
    return ""


def _labelled(parsed: Parsed) -> str | None:
    """The one link of the first box called a section."""
    for element in parsed.labelled["section"]:
        links = [element] if element.tag == "a" else list(element.iter("a"))
        if len(links) == 1 and 1 < len(text := text_of(links[0])) <= LONGEST_NAME:
            return text
    return None


def tags_of(parsed: Parsed, article: dict[str, Any]) -> tuple[str, ...]:
    """What the site files the article under, each once, in page order."""
    told = names_of(article.get("keywords")) + parsed.metas.get("article:tag", [])
    told = told or [parsed.meta("news_keywords", "keywords")]
    if not any(told):
        rels = ((element, (element.get("rel") or "").split()) for element in parsed.root.iter("a"))
        told = [text_of(element) for element, rel in rels if "tag" in rel and "category" not in rel]
    parts = (part.strip(" #\"'[]") for text in told for part in re.split(r"[,;]", text))
    return tuple(dict.fromkeys(tag for tag in parts if 1 < len(tag) <= LONGEST_NAME))[:MOST_TAGS]


def image_of(parsed: Parsed, article: dict[str, Any]) -> str | None:
    """The address of the article's picture."""
    for value in (parsed.meta("og:image", "og:image:url", "twitter:image"), *as_list(article.get("image"))):
        url = value.get("url") if isinstance(value, dict) else value
        if isinstance(url, str) and url and (absolute := parsed.absolute(url)):
            return absolute
    return None


def language_of(parsed: Parsed, article: dict[str, Any]) -> str:
    """The two letters of the page's language, Italian where nothing is said."""
    shown = parsed.root.get("lang") or parsed.root.get(XML_LANG) or ""
    said = plain(article.get("inLanguage")) or shown.strip() or parsed.meta("og:locale", "content-language", "language")
    return said[:2].lower() if len(said) > 1 and said[:2].isalpha() else "it"
