"""Pages for these tests: a site's frame around a body, as papers build them, and prose to fill it."""

from __future__ import annotations

from datetime import UTC, datetime

from pipelines.article import read_article
from pipelines.items import Article, Page, Selectors, Skipped, Timestamp

FETCHED = datetime(2024, 1, 11, 9, 0, tzinfo=UTC)
URL = "https://www.ilcampanile.it/serie-a/2024/01/10/ponteverde-rivalta-1-2/"

PROSE = (
    "Il Rivalta passa sul campo del Ponteverde con due reti nella ripresa e vola ai quarti di finale della coppa.",
    "Primo tempo avaro di occasioni: al 23' Manfredi calcia alto da buona posizione, al 38' Sottani mura Diop.",
    "Si decide tutto dopo l'intervallo. Al 57' è Bertoldi a trasformare il rigore concesso per fallo di Crespi.",
    "Il raddoppio arriva al 71': angolo di Vannucci, sul primo palo svetta Diop e il portiere può solo guardare.",
    "Inutile il gol di Manfredi al 90'+3, su assist del neoentrato Pellizzari. Domenica si torna al campionato.",
)
PARAGRAPHS = "\n".join(f"<p>{text}</p>" for text in PROSE)

MENU = "".join(f'<li><a href="/sezione/{n}">Sezione {n}</a></li>' for n in range(25))
FRAME = """<!DOCTYPE html><html lang="it"><head><meta charset="utf-8">
<title>Ponteverde-Rivalta 1-2, decide Diop | Il Campanile</title>{head}</head>
<body><div id="page"><header class="site-header"><a href="/">Il Campanile</a><nav><ul>{menu}</ul></nav></header>
{body}
<footer><p>Il Campanile è una testata registrata presso il tribunale, i contenuti sono di proprietà dell'editore.</p>
</footer></div></body></html>"""


def framed(body: str, head: str = "") -> str:
    """A whole page of the site with this body."""
    return FRAME.format(body=body, head=head, menu=MENU)


def page(html: str | bytes, url: str = URL, headers: dict[str, str] | None = None, status: int = 200) -> Page:
    """The page as fetched on 11 January 2024, 10 o'clock in Italy."""
    body = html.encode() if isinstance(html, str) else html
    return Page(url, url, status, headers or {}, body, FETCHED)


def read(
    *html: str | bytes,
    url: str = URL,
    headers: dict[str, str] | None = None,
    selectors: Selectors | None = None,
    published: Timestamp | None = None,
) -> Article:
    """The article in these pages, which must be one."""
    found = read_article([page(h, url, headers) for h in html], selectors, published=published)
    assert isinstance(found, Article), found
    return found


def skipped(html: str | bytes, url: str = URL, headers: dict[str, str] | None = None, status: int = 200) -> Skipped:
    """Why this page gives no article, which it must not."""
    found = read_article([page(html, url, headers, status)])
    assert isinstance(found, Skipped), found
    return found
