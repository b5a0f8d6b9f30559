"""What can be inferred of an undeclared site: the form of its articles' addresses, and where their text stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html
from lxml.etree import ParserError

from crawler.site import NAME
from pipelines.items import Article, Page

NEVER = (
    r"/(?:tag|tags|category|categoria|author|autore|page|video|foto|gallery|galleria|photogallery"
    r"|wp-content|feed|search|ricerca)/"
)
COVER = 0.9  # part of an article's lines that an element must hold to be its body; ads stand between the others
MOST = 0.6  # part of the pages that a selector must fit; AMP and live pages are often built in another way
SAME = (0.8, 1.25)  # how much of the general reading's text a selector may yield, at least and at most


def name_of(url: str) -> str:
    """The name that a site's declaration gets: its host without www, ending and everything but letters and digits.

    >>> name_of("https://www.calcio-oggi.it/serie-a/")
    'calciooggi'
    """
    labels = (urlsplit(url).hostname or "").removeprefix("www.").split(".")
    kept = re.sub(r"[^a-z0-9]", "", labels[-2] if len(labels) == 2 else labels[0])
    return kept if NAME.fullmatch(kept) else "site"


# --- addresses -------------------------------------------------------------------------------------------------------
TOKENS = (  # the forms that a part of an address takes, the narrowest first
    (re.compile(r"(?:19|20)\d\d"), r"(?:19|20)\d\d"),
    (re.compile(r"\d\d"), r"\d\d"),
    (re.compile(r"\d+"), r"\d+"),
    (re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*[-_]\d{4,}\.[a-z]{3,5}", re.I), r"[a-z0-9_-]+[-_]\d{4,}\.[a-z]{3,5}"),
    (re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*[-_]\d{4,}", re.I), r"[a-z0-9_-]+[-_]\d{4,}"),
    (re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}\.[a-z]{3,5}", re.I), r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}\.[a-z]{3,5}"),
    (re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}", re.I), r"[a-z0-9]+(?:[-_][a-z0-9]+){2,}"),
    (re.compile(r"[a-z0-9_-]+", re.I), r"[a-z0-9_-]+"),
)
ANYTHING = r"[^/]+"


def form_of(url: str) -> tuple[str, ...]:
    """The parts of an address, each as the pattern of its kind; behind a day any words will do.

    >>> "/".join(form_of("https://x.it/2026/11/22/milan-batte-inter/"))
    '(?:19|20)\\\\d\\\\d/\\\\d\\\\d/\\\\d\\\\d/[a-z0-9_-]+'
    """
    form: list[str] = []
    for part in filter(None, urlsplit(url).path.split("/")):
        kinds = TOKENS[-1:] if TOKENS[0][1] in form and not part.isdigit() else TOKENS
        form.append(next((form for kind, form in kinds if kind.fullmatch(part)), ANYTHING))
    return tuple(form)


def infer_patterns(urls: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """Patterns of the forms that most of these articles' addresses have, the commonest first; none without addresses.

    >>> infer_patterns(["https://x.it/news/gol-di-testa-123456", "https://x.it/news/rigore-parato-123457"])
    ('/news/[a-z0-9_-]+[-_]\\\\d{4,}/?(?:[?#]|$)',)
    """
    groups: dict[tuple[str, ...], list[list[str]]] = {}
    for url in urls:
        if form := form_of(url):
            groups.setdefault(form, []).append([part for part in urlsplit(url).path.split("/") if part])
    total = sum(map(len, groups.values()))
    largest = sorted(groups.items(), key=lambda group: -len(group[1]))[:most]
    return tuple(
        "/" + "/".join(_narrowed(form, members)) + "/?(?:[?#]|$)"
        for form, members in largest
        if len(members) >= max(2, total // 10) or total == 1
    )


def _narrowed(form: Sequence[str], members: Sequence[Sequence[str]]) -> list[str]:
    """The form with the word itself where all its addresses have the same, the article's own words apart."""
    narrow = []
    for place, kind in enumerate(form):
        words = {member[place] for member in members}
        same = len(words) == 1 and len(members) > 1 and place < len(form) - 1 and kind == TOKENS[-1][1]
        narrow.append(re.escape(words.pop()) if same else kind)
    return narrow


# --- pages -----------------------------------------------------------------------------------------------------------
def body_selector(read: Sequence[tuple[Page, Article]]) -> str:
    """The CSS selector of the element that holds the text in most of these pages, never twice; else empty."""
    counted: Counter[str] = Counter()
    trees = []
    for page, article in read:
        try:
            tree = html.document_fromstring(page.body)
        except (ParserError, ValueError):
            return ""
        trees.append(tree)
        for depth, css in enumerate(_holders(tree, article)):
            counted[css] += 1000 + depth  # of those in all pages the deepest, which holds least beside the text
    common = [css for css, count in counted.most_common() if count >= 1000 * MOST * len(read)]
    return next((css for css in common if all(len(tree.cssselect(css)) <= 1 for tree in trees)), "")


def _holders(tree: html.HtmlElement, article: Article) -> list[str]:
    """Selectors of the elements that hold nearly all lines of an article, from the outermost to the innermost."""
    lines = [" ".join(line.split())[:60] for line in article.text.splitlines() if len(line) > 30]
    found: list[str] = []
    element = tree.body if lines else None
    while element is not None:
        found.extend(_selectors(element))
        element = next((child for child in element if _holds(child, lines)), None)
    return found


def _holds(element: html.HtmlElement, lines: Sequence[str]) -> bool:
    if not isinstance(element.tag, str):
        return False
    text = " ".join(str(element.xpath("string()")).split())
    return sum(line in text for line in lines) >= COVER * len(lines)


def _selectors(element: html.HtmlElement) -> list[str]:
    """Ways to name an element that are likely to be the same on every page: an id or a class without a number in it."""
    names = [("#", element.get("id") or "")] + [(".", name) for name in (element.get("class") or "").split()]
    return [mark + name for mark, name in names if re.fullmatch(r"[A-Za-z][A-Za-z_-]+", name)]


@dataclass(frozen=True, slots=True)
class Draft:
    """All that was inferred of a site, as its declaration will say it."""

    name: str
    title: str
    home: str
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    allow: tuple[str, ...]
    body: str
    evidence: str


def declaration(draft: Draft) -> str:
    """The draft as a TOML file: off until somebody has read it."""
    lines = [f"title = {_quoted(draft.title)}", f"home = {_quoted(draft.home)}"]
    lines += [
        f"{key} = {_listed(urls)}" for key, urls in (("feeds", draft.feeds), ("sitemaps", draft.sitemaps)) if urls
    ]
    lines += [f"listings = {_listed((draft.home,))}", 'genres = ["news"]', "draft = true"]
    lines += [f"evidence = {_quoted(draft.evidence)}", 'checked = "never"', "", "[articles]"]
    lines += [f"allow = {_listed(draft.allow)}", f"deny = {_listed((NEVER,))}", ""]
    lines += ["[select]", f"body = {_quoted(draft.body)}", ""] if draft.body else []
    return "\n".join([*lines, "[expect]", "articles = 3", ""])


def facts(take: Sequence[str], aside: Sequence[str], leave: Sequence[str], day: str) -> str:
    """The addresses seen, as the file that the test of all sites reads."""
    kinds: Mapping[str, Sequence[str]] = {"take": take, "aside": aside, "leave": leave}
    lines = [f"sources = {_quoted(f'{day}: the site itself, by scrapy newsite; to be read by a person')}"]
    lines += [f"{kind} = [" + "".join(f"\n  {_quoted(url)}," for url in urls) + "\n]" for kind, urls in kinds.items()]
    return "\n".join(lines) + "\n"


def _listed(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(_quoted, texts)) + "]"


def _quoted(text: str) -> str:
    """A TOML string: literal where a pattern has backslashes."""
    if "\\" in text and "'" not in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
