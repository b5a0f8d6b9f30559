"""Why a page gives no article: an error page, no HTML, its owner's wish, a consent screen."""

from __future__ import annotations

import re

from pipelines.article.parsed import Parsed
from pipelines.items import Skipped

CONSENT_URL = re.compile(r"//consent\.|/(?:consent|cookie-?wall|gdpr)(?:[/?.]|$)|[?&]consent", re.IGNORECASE)
CONSENT_TITLE = re.compile(
    r"prima di continuare|before you continue|(?:gestione|impostazioni|preferenze|informativa)\b.{0,30}\b"
    r"(?:cookie|consenso|privacy)|cookie (?:wall|consent)|consenso|la (?:tua )?privacy|we value your privacy|"
    r"just a moment|attention required|access denied|verifica (?:che|di) (?:tu |essere )|captcha",
    re.IGNORECASE,
)
CONSENT_TEXT = re.compile(
    r"noi e i nostri (?:\d+ )?(?:partner|fornitori)|accetta(?:re)? (?:tutto|tutti|e continua|i cookie|e chiudi)|"
    r"rifiuta (?:tutto|e abbonati)|"
    r"archiviamo (?:e|o|e/o) (?:accediamo|utilizziamo)|consenso al trattamento|legittimo interesse|abbonati e rifiuta",
    re.IGNORECASE,
)
ONE_ROBOT = re.compile(
    r"\s*(?!max-|unavailable_after)[\w-]+\s*:", re.IGNORECASE
)  # "googlebot: noarchive" is not said to us
CONTROLS = bytes({*range(1, 32)} - {9, 10, 12, 13, 27})  # bytes that no text holds
MOST_CONTROLS = 0.02  # share of them
TEXTUAL = ("html", "xml", "text/plain", "octet-stream")


def refusal_of(parsed: Parsed) -> Skipped | None:
    """Why there is nothing to read in this answer, or None."""
    page = parsed.page
    if page.status >= 400:
        return Skipped("no-article", f"status {page.status}")
    kind = page.headers.get("content-type", "").lower()
    if kind and not any(word in kind for word in TEXTUAL):
        return Skipped("no-article", f"content type {kind[:80]}")
    start = page.body[:4096]
    if len(start) - len(start.translate(None, CONTROLS)) > MOST_CONTROLS * len(start):
        return Skipped("no-article", "no text: a picture, an archive or the like")
    return None


def owners_wish(parsed: Parsed) -> Skipped | None:
    """`noarchive`, `noindex` and the TDM reservation, in the head or the HTTP headers, said to all robots. A page that
    a person saved and gives as a file (no http URL) was not fetched by a robot."""
    if not parsed.page.url.startswith("http"):
        return None
    headers = parsed.page.headers
    told = [*parsed.metas.get("robots", ())]
    if not ONE_ROBOT.match(headers.get("x-robots-tag", "")):
        told.append(headers.get("x-robots-tag", ""))
    words = {word.lower() for text in told for word in re.split(r"[,;\s]+", text)}
    if "noarchive" in words:
        return Skipped("noarchive", "robots: noarchive")
    if words & {"noindex", "none"}:
        return Skipped("noindex", "robots: noindex")
    if "1" in (headers.get("tdm-reservation", "").strip(), parsed.meta("tdm-reservation").strip()):
        return Skipped("tdm-reservation", "text and data mining reserved")
    return None


def is_consent(parsed: Parsed, text: str) -> bool:
    """Whether a page that gave this little text is a consent or bot screen instead of its article."""
    if CONSENT_URL.search(parsed.page.final_url) or CONSENT_TITLE.search(parsed.title):
        return True
    return len(CONSENT_TEXT.findall(text[:5_000])) >= 2
