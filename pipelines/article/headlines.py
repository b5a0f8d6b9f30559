"""The title of an article and the subtitle that stands over its text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from pipelines.article.blocks import Block
from pipelines.article.jsonld import plain
from pipelines.article.parsed import Parsed, text_of

SEPARATOR = re.compile(r"\s+(?:[|–—•·»]|::|-)\s+")
WORD = re.compile(r"\w+")
NO_LETTER = re.compile(r"[\W_]+")
LONGEST_SITE = 80  # characters of a site's name
SHORTEST, LONGEST = 15, 700  # characters of a subtitle
ABOVE = 4  # lines of the body among which a subtitle may stand
FIRST = 12  # lines of the body that are no subtitle


def letters(text: str) -> str:
    """The letters and digits of a text in lower case, to compare wordings."""
    return NO_LETTER.sub("", text.lower())


def title_of(parsed: Parsed, article: dict[str, Any], css: str = "") -> str:
    """The headline as readers see it: the h1 that the page's metadata confirm, else their own wording, without the
    name of the site."""
    if chosen := parsed.texts(css):
        return chosen[0]
    headline = plain(article.get("headline")) or plain(article.get("name"))
    shared = parsed.meta("og:title", "twitter:title", "title")
    told = [text for text in (headline, without_site(shared, parsed), without_site(parsed.title, parsed)) if text]
    shown = [text for element in parsed.tagged["h1"][:6] if (text := text_of(element))]

    def most_told(text: str) -> int:  # a masthead's h1 shares fewer words with the metadata than the headline's
        return max(len(_words(text) & _words(other)) for other in told)

    confirmed = max((text for text in shown if any(_alike(text, other) for other in told)), key=most_told, default="")
    if not confirmed and shown and not (headline or shared) and not _names_site(shown[0], parsed):
        return shown[0]  # nothing but the window's title says otherwise, and it is not the site's name
    return confirmed or (told or shown or [""])[0]


def without_site(title: str, parsed: Parsed) -> str:
    """A title without the site's name at its end or start: "Milan-Atalanta 1-2 | La Notizia" is its first part."""
    while cuts := list(SEPARATOR.finditer(title)):
        first, last = cuts[0], cuts[-1]
        if _names_site(title[last.end() :], parsed):
            title = title[: last.start()]
        elif _names_site(title[: first.start()], parsed):
            title = title[first.end() :]
        else:
            break
    return title.strip()


def _names_site(text: str, parsed: Parsed) -> bool:
    """Whether a text is the name of the page's site, as its meta tags or its host spell it."""
    said, named = letters(text), letters(parsed.meta("og:site_name", "application-name", "twitter:site"))
    if not said or len(text) > LONGEST_SITE:
        return False
    if named and (said == named or (len(named) > 4 and named in said)):
        return True
    host = (parsed.address.hostname or "").removeprefix("www.")
    label = letters(host.rsplit(".", 1)[0].rsplit(".", 1)[-1])
    return len(label) > 3 and (label in said or (len(said) > 3 and said in letters(host)))


def _alike(one: str, other: str) -> bool:
    """Whether two wordings of a headline share most words of the shorter."""
    a, b = _words(one), _words(other)
    shorter, longer = sorted((len(a), len(b)))
    return 0 < longer <= 4 * shorter and len(a & b) >= 0.6 * shorter


def _words(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))


def subtitle_of(
    parsed: Parsed, title: str, article: dict[str, Any], css: str, body: Sequence[str], page: Sequence[Block]
) -> str:
    """The standfirst shown above the text: what its class calls one, or what repeats the page's description.

    The body's first paragraph is one only where its class says so: descriptions are often copies of it.
    """
    if chosen := parsed.texts(css):
        return chosen[0]
    told, first = letters(title), [letters(line) for line in body[:FIRST]]
    for element in parsed.labelled["subtitle"]:
        text = text_of(element)
        said = letters(text)
        if SHORTEST < len(text) < LONGEST and said != told and said not in first[ABOVE:]:
            return text
    described = [plain(article.get("description")), parsed.meta("og:description"), parsed.meta("description")]
    promised = {letters(text) for text in described if SHORTEST < len(text) < LONGEST} - {told, *first}
    starts = {text[:SHORTEST] for text in promised}
    for block in page:
        if letters(block.text[: 2 * SHORTEST])[:SHORTEST] in starts and letters(block.text) in promised:
            return block.text
    return ""
