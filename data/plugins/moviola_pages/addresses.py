"""The short addresses of the pages, and links that lead out."""

from __future__ import annotations

import re
import unicodedata
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

CONTROL = re.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]")


class Addresses:
    """`to.match(id)` and the like, below Datasette's base_url."""

    def __init__(self, datasette: Any) -> None:
        self._path = datasette.urls.path

    def page(self, path: str = "") -> str:
        return str(self._path(path))

    def match(self, match_id: object, ending: str = "", event: object = None) -> str:
        anchor = f"#e{event}" if event is not None else ""
        return self.page(f"partite/{segment(match_id)}{ending}{anchor}")

    def article(self, article_id: object) -> str:
        return self.page(f"articoli/{segment(article_id)}")

    def player(self, player_id: object, ending: str = "") -> str:
        return self.page(f"giocatori/{segment(player_id)}{ending}")

    def team(self, team_id: object, ending: str = "") -> str:
        return self.page(f"squadre/{segment(team_id)}{ending}")

    def competition(self, name: object, season: object = None) -> str:
        return self.page(f"competizioni/{slug(str(name))}" + (f"/{segment(season)}" if season else ""))

    def question(self, name: str) -> str:
        return self.page(f"domande/{segment(name)}")

    def search(self, ending: str = "", **filters: object) -> str:
        asked = {name: value for name, value in filters.items() if value not in (None, "")}
        return self.page(f"cerca{ending}" + (f"?{urlencode(asked)}" if asked else ""))

    def static(self, name: str) -> str:
        return self.page(f"static/{name}")


def segment(value: object) -> str:
    """A value as one segment of a path."""
    return quote(str(value), safe="", errors="replace")


def slug(name: str) -> str:
    """A name as an address shows it: 'Serie A Femminile' → 'serie-a-femminile'."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "senza-nome"


def outside(url: object) -> str:
    """The URL if a reader may be led there, else '': only http(s) with a host, nothing that a browser would trim."""
    text = str(url or "")
    if CONTROL.search(text):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.netloc else ""
