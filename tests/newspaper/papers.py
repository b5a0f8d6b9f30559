"""The four sample papers: their names, builds, hosts and the shape of their URLs."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Build = Literal["wordpress", "network"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One newspaper. Its host is a name under .localhost, told apart by the Host header on one port."""

    name: str
    title: str
    motto: str
    build: Build

    @property
    def host(self) -> str:
        return f"{self.name}.localhost"


PAPERS = {
    paper.name: paper
    for paper in (
        Paper("lanotizia", "La Notizia Sportiva", "Il calcio, ogni giorno", "wordpress"),
        Paper("ponente", "Ponente Calcio", "Il pallone della riviera e dell'entroterra", "wordpress"),
        Paper("novantesimo", "Novantesimo.net", "Fino all'ultimo minuto", "network"),
        Paper("curva", "La Curva", "La voce di chi c'era", "network"),
    )
}
BY_HOST = {paper.host: paper for paper in PAPERS.values()}


def slug(text: str, limit: int = 70) -> str:
    """A title as it stands in a URL: ASCII words joined by dashes, cut at a word.

    >>> slug("L'Inter è già in fuga: 3-0!")
    'l-inter-e-gia-in-fuga-3-0'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    kept = ""
    for word in words:
        if kept and len(kept) + len(word) >= limit:
            break
        kept = f"{kept}-{word}" if kept else word
    return kept or "senza-titolo"
