"""The forms in which papers set their marks: name first, mark first, mark last, one over the other, in one paragraph.

A form is a pattern; the one that finds most players in a stretch of text is the paper's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .notation import tidy_person
from .tokens import fold
from .wordlists import word_set

LETTERS = r"[^\W\d_]"
NO_MARK = r"(?!(?:SV|NG|NC|VOTO|Voto)\b|S\.V|N\.G)"  # a mark in capitals is no part of a name
WORD = rf"{NO_MARK}(?:[A-ZÀ-Þ]{{1,2}}\.|[A-ZÀ-Þ](?:{LETTERS}|[’'ʼ-](?={LETTERS}))*)"
PARTICLE = r"(?:(?:de|di|del|della|dei|da|dos|van|von|der|den|el|la|lo|le|ter)[ ])"
NAME = rf"(?:(?:de|di|van|von|da|dos|den|ter)[ ])?{WORD}(?:[ ]{PARTICLE}{{0,2}}{WORD}){{0,3}}"
NOT_NAMES = word_set("marks", "not_names")
OPENING_PARTICLES = frozenset(["di", "da", "la", "lo", "le", "del", "dal", "el", "al", "de"])
MARK = r"(?:10|[1-9](?:[.,](?:5|25|75|0)\b|½|\s?1/2|[+-](?=[\s:.,;)\]]|$))?|[sS]\.?\s?[vV]\b\.?|[nN]\.?\s?[gGcC]\b\.?)"
MARKED = rf"[(\[]?(?:[vV]oto|VOTO)?:?\s?(?P<mark>{MARK})(?:/10)?[)\]]?"
ENDS = r"(?![\w'’′°%]|[.,]\d|\s?[-–]\s?\d|\s?['’′°])"
THEN = r"(?:[ ]?[:,.(–—|-]|(?=[ ][a-zà-ÿ]))"
BULLET = r"[ \t]*(?:[*•·|–—-]{1,2}[ ]?)?(?:\*\*)?(?:\d{1,2}[.)][ ])?"
LABEL = r"(?:[^\W\d_]{2,14}:[ ]|\([A-Z]{1,3}\)[ ]|\d{1,2}[ ]?[–-]?[ ])?"  # "Portiere: Rossi", "(D) Rossi", "9 - Rossi"
ASIDE = r"(?:[ ]\([^()\n\d]{1,24}\))?(?:\*\*)?"
SEPARATOR = r"[ \t]?(?:[,:–—/|=→>-]|\.{1,5})?[ \t]{0,2}"
OPENING = r"(?:^|(?<=[.;!?…»”\"] )|(?<=[.;!?]\) ))"
CLOSING = r"(?=[ \t]?[:,.(–—|/;-]|[ \t]+[a-zà-ÿ]|\t|[ \t]*$)"
FORMS = tuple(
    re.compile(form, re.MULTILINE)
    for form in (
        rf"^{BULLET}{LABEL}(?P<name>{NAME}){ASIDE}{SEPARATOR}{MARKED}{ENDS}",  # Rossi (difensore) 6,5: …
        rf"^{BULLET}{MARKED}{SEPARATOR}(?:ad? |al )?(?:\*\*)?(?P<name>{NAME}){CLOSING}",  # 6,5 a Rossi: …
        rf"^{BULLET}(?P<name>{NAME}){ASIDE}{THEN}[^\n]{{3,900}}?[ \t]{MARKED}[ ]?[.;]?[ \t]*$",  # Rossi: … 6,5.
        rf"^{BULLET}(?P<name>{NAME}){ASIDE}[ \t]*\n+[ \t]*{MARKED}(?=[ \t]*(?:\n|[–—:-]))",  # Rossi over 6,5
        rf"^{BULLET}(?P<name>{NAME}){ASIDE}[ \t]*\n+[^\n]{{10,900}}\n+[ \t]*{MARKED}[ \t]*$",  # Rossi over … over 6,5
        rf"^[ \t]*{MARKED}[ \t]*\n+[ \t]*(?P<name>{NAME}){CLOSING}",  # 6,5 over Rossi: …
        rf"{OPENING}(?P<name>{NAME}){ASIDE}{SEPARATOR}{MARKED}{ENDS}",  # … male. Rossi 6,5 corre …
        rf"{OPENING}{MARKED}[ ](?:ad? |al )?(?P<name>{NAME}){CLOSING}",  # … male. 6,5 Rossi: …
        rf"{OPENING}(?P<name>{NAME})[:,.–—-]{{1,2}}[ ][^\n;]{{3,600}}?[ ]{MARKED}(?=[.;]|$)",  # … Rossi: … (6,5).
    )
)
OVER = FORMS[3:6]  # their mark is no part of the words about the player
NICETIES = re.compile(r"\d[.,]5\b|½|\b[sS]\.?[vV]\b")  # half marks and none: without them figures may be anything
FEWEST = 6


@dataclass(frozen=True, slots=True)
class Item:
    """A player with his mark as written; he is named at `start`, and the words about him begin at `body`."""

    start: int
    body: int
    name: str
    mark: str


def find_marked(text: str, start: int, end: int) -> list[Item]:
    """The marked players of the text at start:end in the form that finds most; none where figures may be no marks."""
    if len(NICETIES.findall(text, start, end)) < 2:
        return []
    best: list[Item] = []
    for form in FORMS:
        items = [_item(form, m) for m in form.finditer(text, start, end) if is_name(m["name"]) and not _is_verdict(m)]
        if len(items) > len(best) and len(items) >= FEWEST and _are_marks(items):
            best = items
    return best


def _item(form: re.Pattern[str], m: re.Match[str]) -> Item:
    body = m.end() if form in OVER or m.start("mark") - m.end("name") < 30 else m.end("name")
    return Item(m.start("name"), max(body, m.end("name")), player_name(m["name"]), m["mark"])


def _is_verdict(m: re.Match[str]) -> bool:
    """Whether the name is the word that closes a remark before its mark: "… si perde Rossi. Confuso. Voto: 5"."""
    between = m.string[m.end("name") : m.start("mark")].lower()
    return between.startswith(". voto") and " " not in m["name"] and m.string[m.start() - 1 : m.start()] != "\n"


def _are_marks(items: list[Item]) -> bool:
    """Whether the figures are marks, and no shirt numbers or minutes: most lie between 3 and 9, and they come again."""
    usual = sum(item.mark[0] in "3456789sSnN" for item in items)
    return (
        usual * 10 >= len(items) * 8
        and len({item.mark for item in items}) < len(items)
        and len({item.name for item in items}) * 10 >= len(items) * 8
        and any(NICETIES.search(item.mark) for item in items)
    )


def player_name(written: str) -> str:
    """A player's name without the word that follows it: "ROSSI Attento" is Rossi."""
    words = written.split()
    if len(words[0]) > 2 and words[0].isupper() and any(w[0].isupper() and not w.isupper() for w in words):
        last = next(i for i, w in enumerate(words) if w[0].isupper() and not w.isupper() and w[:2] != "Mc")
        words = words[: last or len(words)]
    return tidy_person(" ".join(words))


def is_name(written: str) -> bool:
    """Whether capitals are a player's name, and no word that opens a sentence."""
    words = fold(written).replace(".", "").split()
    return (words[0] not in NOT_NAMES or (words[0] in OPENING_PARTICLES and len(words) > 1)) and len(written) > 2
