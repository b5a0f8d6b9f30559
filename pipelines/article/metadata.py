"""What a page says of its article outside the text: title, subtitle, authors, section, tags, image, language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from pipelines.article.blocks import Element
from pipelines.article.jsonld import as_list, names_of, plain, types_of
from pipelines.article.parsed import Parsed, text_of

WORD_GLUE = re.compile(r"[-_]+")
SEPARATOR = re.compile(r"\s+(?:[|–—•·»]|::|-)\s+")
WORD = re.compile(r"\w+")
SUBTITLE = re.compile(
    r"\b(?:subtitle|sub title|sottotitolo|sommario|occhiello|catenaccio|abstract|standfirst|excerpt|summary|strapline|"
    r"dek|article description|news description|lead|incipit|intro)\b"
)
BYLINE = re.compile(r"\b(?:author|authors|autore|byline|firma|redattore|posted by|entry author|author name)\b")
SECTION = re.compile(r"\b(?:section|category|categoria|cat links?|sezione|rubrica|canale|topic)\b(?! (?:list|menu))")
BY = re.compile(
    r"^(?:(?:articolo|scritto|testo|servizio)\s+)?(?:a cura (?:di|della)|di|by|da|autore|author)\s*:?\s+", re.IGNORECASE
)
AFTER_NAME = re.compile(r"\s*(?:[|–—•·/(]|\s-\s|,?\s\d{1,2}[\s./:]|\bpubblicat|\baggiornat|@).*$", re.IGNORECASE)
NO_AUTHOR = frozenset(("admin", "administrator", "author", "autore", "staff", "user", "ospite", "guest", "root"))
ABOVE = 4  # lines of the body among which a standfirst may stand
FIRST = 12  # lines of the body that are no standfirst
MOST_NAME = 60  # characters of an author's name
MOST_AUTHORS = 8
MOST_TAGS = 40


def title_of(parsed: Parsed, article: dict[str, Any], css: str = "") -> str:
    """The headline as readers see it: the h1 that the page's metadata confirm, else their own wording, without the
    name of the site."""
    if chosen := parsed.texts(css):
        return chosen[0]
    headline = plain(article.get("headline")) or plain(article.get("name"))
    shared = parsed.meta("og:title", "twitter:title", "title")
    in_head = next((text_of(e) for e in parsed.root.iter("title")), "")
    told = [text for text in (headline, without_site(shared, parsed), without_site(in_head, parsed)) if text]
    shown = [text for element in parsed.root.iter("h1") if (text := text_of(element))][:6]
    if not told:
        return shown[0] if shown else ""
    for text in shown:
        if any(_alike(text, other) for other in told):
            return text
    return told[0]


def without_site(title: str, parsed: Parsed) -> str:
    """A title without the site's name at its end (or start): "Milan-Atalanta 1-2 | La Notizia" is its first part."""
    site = parsed.meta("og:site_name", "application-name", "twitter:site")
    host = (urlsplit(parsed.page.final_url).hostname or "").removeprefix("www.")
    while cuts := list(SEPARATOR.finditer(title)):
        first, last = cuts[0], cuts[-1]
        if _names_site(title[last.end() :], site, host):
            title = title[: last.start()]
        elif _names_site(title[: first.start()], site, host):
            title = title[first.end() :]
        else:
            break
    return title.strip()


def _names_site(text: str, site: str, host: str) -> bool:
    letters, named = _letters(text), _letters(site)
    label = _letters(host.rsplit(".", 1)[0].rsplit(".", 1)[-1])
    if not letters or len(text) > 80:
        return False
    if named and (letters == named or (len(named) > 4 and named in letters)):
        return True
    return len(label) > 3 and (label in letters or (len(letters) > 3 and letters in _letters(host)))


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _alike(one: str, other: str) -> bool:
    """Whether two wordings of a headline share most words of the shorter."""
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return (
        len(a & b) >= 0.6 * min(len(a), len(b)) and min(len(a), len(b)) * 4 >= max(len(a), len(b)) if a and b else False
    )


def subtitle_of(parsed: Parsed, title: str, article: dict[str, Any], css: str, body: Iterable[str]) -> str:
    """The standfirst shown above the text: what its class says is one, or what the page's description repeats.

    The body's first paragraph is one only where its class says so: descriptions are often copies of it.
    """
    if chosen := parsed.texts(css):
        return chosen[0]
    first = [_letters(line) for line in body][:FIRST]
    described = [plain(article.get("description")), parsed.meta("og:description"), parsed.meta("description")]
    promised = {_letters(text) for text in described if len(text) > 20}
    for element in _above_the_text(parsed):
        named = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}"
        says = SUBTITLE.search(WORD_GLUE.sub(" ", named).lower())
        if not says and (not promised or _letters(element.text or "") not in promised):
            continue
        text = text_of(element)
        letters = _letters(text)
        if 15 < len(text) < 700 and letters != _letters(title) and letters not in first[ABOVE if says else 0 :]:
            return text
    return ""


def _above_the_text(parsed: Parsed) -> Iterable[Element]:
    """Candidates for a standfirst: the short elements from the h1 on (or from the start), up to a fair number."""
    seen, begun = 0, next(parsed.root.iter("h1"), None) is None
    for element in parsed.root.iter("h1", "h2", "h3", "p", "div", "span", "strong", "header"):
        if element.tag == "h1":
            begun = True
        elif begun and element.tag != "header" and len(element) <= 6:
            seen += 1
            if seen > 60:
                return
            yield element


def authors_of(parsed: Parsed, article: dict[str, Any], css: str = "") -> tuple[str, ...]:
    """Who signed the article, as names; empty where only the site itself did not say."""
    if chosen := parsed.texts(css):
        return _named(chosen)
    by_id = {str(item["@id"]): item for item in parsed.structured if "@id" in item}
    people = [
        by_id.get(str(a.get("@id")), a) if isinstance(a, dict) and not a.get("name") else a
        for a in as_list(article.get("author"))
    ]
    if found := _named(names_of([p for p in people if not (isinstance(p, dict) and types_of(p) == {"organization"})])):
        return found
    told = [
        text
        for name in ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
        for text in parsed.metas.get(name, ())
    ]
    if found := _named(text for text in told if not text.startswith(("http", "@", "/"))):
        return found
    return _named(_signatures(parsed)) or _named(names_of(people))


def _signatures(parsed: Parsed) -> Iterable[str]:
    for element in parsed.root.iter("a", "span", "p", "div", "address", "strong", "li"):
        if len(element) > 6:
            continue
        if (
            "author" in (element.get("rel") or "")
            or "author" in (element.get("itemprop") or "")
            or ((named := element.get("class")) and BYLINE.search(WORD_GLUE.sub(" ", named).lower()))
        ):
            yield text_of(element)


def _named(texts: Iterable[str]) -> tuple[str, ...]:
    names: list[str] = []
    for text in texts:
        text = AFTER_NAME.sub("", BY.sub("", text.strip()))
        for name in re.split(r"\s*(?:,|;|\be\b(?= [A-ZÀ-Ü])|&)\s*", text[:300]):
            name = name.strip(" .:-")
            if (
                2 < len(name) <= MOST_NAME
                and name.lower() not in NO_AUTHOR
                and name not in names
                and len(name.split()) <= 6
            ):
                names.append(name)
        if len(names) >= MOST_AUTHORS:
            break
    return tuple(names[:MOST_AUTHORS])


def section_of(parsed: Parsed, article: dict[str, Any]) -> str | None:
    """The section that the article stands in: "Serie A", "Calciomercato"."""
    told = names_of(article.get("articleSection")) or [parsed.meta("article:section", "og:article:section", "section")]
    if told[0]:
        return told[0]
    for item in parsed.structured:
        if "breadcrumblist" in types_of(item):
            crumbs = [c for c in as_list(item.get("itemListElement")) if isinstance(c, dict)]
            names = [plain(c.get("name")) or plain(c.get("item")) for c in crumbs]
            if len(names) >= 3 and names[-2]:
                return names[-2]
    return _labelled(parsed)


def _labelled(parsed: Parsed) -> str | None:
    """The link in a box called section or category that stands near the headline, not in a menu."""
    for element in parsed.root.iter("div", "span", "p", "a", "h2"):
        named = element.get("class")
        if named and SECTION.search(WORD_GLUE.sub(" ", named).lower()):
            links = [element] if element.tag == "a" else list(element.iter("a"))
            if len(links) == 1 and 1 < len(text := text_of(links[0])) <= MOST_NAME:
                return text
    return None


def tags_of(parsed: Parsed, article: dict[str, Any]) -> tuple[str, ...]:
    """What the site files the article under, each once, in page order."""
    told = names_of(article.get("keywords")) + parsed.metas.get("article:tag", [])
    told = told or [parsed.meta("news_keywords", "keywords")]
    if not any(told):
        told = [
            text_of(e)
            for e in parsed.root.iter("a")
            if "tag" in (e.get("rel") or "").split() and "category" not in (e.get("rel") or "")
        ]
    tags = dict.fromkeys(
        tag for text in told for part in re.split(r"[,;]", text) if 1 < len(tag := part.strip(" #\"'[]")) <= 60
    )
    return tuple(tags)[:MOST_TAGS]


def image_of(parsed: Parsed, article: dict[str, Any]) -> str | None:
    """The address of the article's picture."""
    for value in (parsed.meta("og:image", "og:image:url", "twitter:image"), *as_list(article.get("image"))):
        url = value if isinstance(value, str) else value.get("url") if isinstance(value, dict) else ""
        if isinstance(url, str) and url and (absolute := parsed.absolute(url)):
            return absolute
    return None


def language_of(parsed: Parsed, article: dict[str, Any]) -> str:
    """The two letters of the page's language, Italian where nothing is said."""
    said = (parsed.root.get("lang") or parsed.root.get("{http://www.w3.org/XML/1998/namespace}lang") or "").strip()
    said = plain(article.get("inLanguage")) or said or parsed.meta("og:locale", "content-language", "language")
    return said[:2].lower() if said[:2].isalpha() and len(said[:2]) == 2 else "it"
