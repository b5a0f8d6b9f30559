"""The address of an article and of its next page.

An article split over pages has one stem: its URL without the mark of the page ("?page=2", "/2/", "-2.html"). A link is
a next page only where its stem is the article's and its number the next, so that no listing and no other article is.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pipelines.article.jsonld import article_of, plain
from pipelines.article.parsed import Parsed, text_of

TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|msclkid|yclid|twclid|igshid|mc_[ce]id|_ga|_gl|ref|ref_src|refresh_ce|cmpid|ns_\w+|xtor|"
    r"intcmp|amp|outputtype|s_cid|wt_\w+|__twitter_impression|at_\w+|spm|feature)$",
    re.IGNORECASE,
)
PAGE_KEYS = frozenset(("page", "pag", "pagina", "p", "pg", "page_no", "paged"))
PAGE_PATH = re.compile(r"^(?P<stem>/.+?)(?:/(?:pagina|pag)[-/]?(?P<named>\d{1,2})|/(?P<bare>\d{1,2}))/?$")
PAGE_FILE = re.compile(
    r"^(?P<stem>/.+?)[-_](?:p|pag|pagina|page)?[-_]?(?P<number>\d{1,2})(?P<end>\.s?html?|\.php|\.aspx|/?)$"
)
LISTING = re.compile(
    r"/(?:category|categoria|tag|tags|author|autore|autori|page|search|archivio|archive|notizie-di|argomento|argomenti)/",
    re.IGNORECASE,
)
NEXT_WORDS = re.compile(
    r"pagina successiva|prossima pagina|vai a pagina|pagina \d|successiv[ao]|prossima|avanti|next|continua|"
    r"[»›>→]|^\d{1,2}$",
    re.IGNORECASE,
)
MOST_PAGES = 30


def canonical_url(parsed: Parsed) -> str:
    """The address of the article: what the page calls canonical where that is of the same site, else its own without
    tracking. The pages of a split article share the first one's. A saved file has the address that it names."""
    own = parsed.page.final_url
    told = [*parsed.rels.get("canonical", ()), *parsed.metas.get("og:url", ())]
    told.append(plain(article_of(parsed.structured).get("url")))
    for url in told:
        url = parsed.absolute(url) if url else ""
        if not url or not (same_site(url, own) or (not own.startswith("http") and _site(url))):
            continue
        if urlsplit(url).path.strip("/") or not urlsplit(own).path.strip("/"):
            return _first_page(without_tracking(url), parsed)
    return _first_page(without_tracking(own), parsed)


def _first_page(url: str, parsed: Parsed) -> str:
    """The URL of page one where this is a later page of an article; the page's own links show that it is."""
    stem, number = page_of(url)
    if number < 2:
        return url
    first = (link.url for link in parsed.links if without_tracking(link.url).rstrip("/") == stem)
    return without_tracking(next(first, url))


def without_tracking(url: str) -> str:
    """The URL without fragment and tracking parameters.

    >>> without_tracking("https://www.example.it/a/?utm_source=x&id=3#commenti")
    'https://www.example.it/a/?id=3'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = parts.query
    if query:
        kept = [
            (k, v) for k, v in parse_qsl(query, keep_blank_values=True, max_num_fields=None) if not TRACKING.match(k)
        ]
        query = urlencode(kept) if len(kept) < query.count("&") + 1 else query
    return urlunsplit((parts.scheme.lower(), parts.netloc.lower(), parts.path or "/", query, ""))


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one site, whatever the first label of the host (www, m, amp)."""
    return _site(one) == _site(other) != ""


def _site(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").removeprefix("www."), parts.port
    except ValueError:
        return ""
    labels = host.split(".")
    if labels[0] in ("m", "amp", "mobile") and len(labels) > 2:
        labels = labels[1:]
    return ".".join(labels) + (f":{port}" if port else "")


def page_of(url: str) -> tuple[str, int]:
    """A URL's stem and the number of the page that it is (1 where it bears no mark).

    >>> page_of("https://www.example.it/serie-a/derby/2/"), page_of("https://www.example.it/derby.html?page=3")
    (('https://www.example.it/serie-a/derby', 2), ('https://www.example.it/derby.html', 3))
    """
    try:
        parts = urlsplit(without_tracking(url))
    except ValueError:
        return url, 1
    number, path = 1, parts.path
    fields = []
    for key, value in parse_qsl(parts.query, keep_blank_values=True):
        if key.lower() in PAGE_KEYS and value.isdecimal() and len(value) < 3:
            number = int(value)
        else:
            fields.append((key, value))
    if number == 1:
        if found := PAGE_PATH.match(path):
            number, path = int(found["named"] or found["bare"]), found["stem"]
        elif (found := PAGE_FILE.match(path)) and int(found["number"]) < MOST_PAGES:
            number, path = int(found["number"]), found["stem"] + found["end"]
    return urlunsplit((parts.scheme, parts.netloc, path.rstrip("/"), urlencode(fields), "")), max(number, 1)


def next_page(parsed: Parsed) -> str | None:
    """The URL of the article's next page, or None. Never a listing's next page, nor the next article."""
    own = parsed.page.final_url
    path = parsed.address.path
    if LISTING.search(f"{path}/") or not path.strip("/") or not _is_article(parsed):
        return None
    stem, number = _stem(own)
    if number >= MOST_PAGES:
        return None
    for url in parsed.rels.get("next", ()):
        if _follows(url, own, stem, number):
            return url
    parts = urlsplit(stem)
    slug = parts.path.rsplit("/", 1)[-1].partition(".")[0]
    for element in parsed.root.iter("a"):
        href = element.get("href") or ""
        near = href[:1].isdigit() or href.startswith("?")  # "2/", "?page=2"
        if not near and (slug not in href or ("//" in href and parts.netloc not in href[: len(parts.netloc) + 9])):
            continue
        url = parsed.absolute(href)
        if not url or not _follows(url, own, stem, number):
            continue
        said = text_of(element)[:80] or element.get("title") or element.get("aria-label") or ""
        if "next" in (element.get("rel") or "") or NEXT_WORDS.search(said):
            return url
    return None


def _stem(own: str) -> tuple[str, int]:
    """The page's stem and number. A number at the end of a file name may be part of the first page's own name."""
    stem, number = page_of(own)
    return (stem, number) if number > 1 else (without_tracking(own).rstrip("/"), 1)


def _follows(url: str, own: str, stem: str, number: int) -> bool:
    if not same_site(url, own) or urlsplit(url).hostname != urlsplit(own).hostname or "comment-page" in url:
        return False
    other, page = page_of(url)
    bare = without_tracking(own).rstrip("/")
    return (other == stem and page == number + 1) or (other == bare and page == 2)


def _is_article(parsed: Parsed) -> bool:
    kind = parsed.meta("og:type").lower()
    if kind in ("website", "blog", "profile") and not article_of(parsed.structured):
        return False
    return (
        bool(article_of(parsed.structured))
        or kind == "article"
        or bool(parsed.meta("article:published_time"))
        or _one_headline(parsed)
    )


def _one_headline(parsed: Parsed) -> bool:
    return len(parsed.tagged["h1"]) == 1
