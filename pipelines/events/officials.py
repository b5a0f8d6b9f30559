"""What a box says around the match: referee and assistants, VAR, ground, attendance."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .notation import tidy_person

NAME = (
    r"[A-ZÀ-Þ][\w.'’ʼ-]*(?:[ ](?:(?:de|di|del|della|dei|da|van|von|der|den|dos|el|la|lo|le) )?[A-ZÀ-Þ][\w.'’ʼ-]*){0,3}"
)
TITLE = re.compile(
    r"^\W*(?:(?:il |la )?(?:signora?|sig\.?(?:ra|na)?\.?|mr\.?|dott\.?|direttore di gara)\s*:?\s*)+", re.IGNORECASE
)
PERSON = re.compile(rf"(?:{NAME})")
SECTION = re.compile(r"\s+(?:della?|di|d['’]|dell['’])\s+.*$|\s*[(\[,;.:].*$|\s+\d.*$|\s+[-–—].*$", re.DOTALL)
OF_TOWN = re.compile(r"\s(?:della?\s|di\s|d['’]|dell['’])")
PAIRED = re.compile(r"\s+e\s+|\s*[,;/&]\s*|\s+[-–—]\s+|\s*\be\b\s*")
COUNT = re.compile(r"(\d{1,3}(?:[.’' ]\d{3})+|\d{2,6})(?:\s?(mila))?|(\d{1,3})\s?mila")
INNER_LABEL = re.compile(
    r"(?P<kind>assistenti|guardalinee|collaboratori|segnalinee|assistente|(?:iv|quarto|4°|quarta)\s?(?:uomo"
    r"|ufficiale)?|a?\.?var|v\.a\.r\.?|avar|addizionali)\W{1,3}",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Officials:
    """The officials, the ground and the crowd of a match."""

    referee: str | None = None
    assistants: tuple[str, ...] = ()
    var: tuple[str, ...] = ()
    venue: str | None = None
    attendance: int | None = None
    referee_mark: float | None = None


def read_official(kind: str, text: str, start: int, end: int, officials: Officials) -> None:
    """Adds what one field of a box says; `kind` is the label's."""
    body = text[start : min(end, start + 400)]
    if kind == "referee" and officials.referee is None:
        officials.referee = read_person(body)
        _pair_in_brackets(body, officials)
        _inner(body, officials)
    elif kind == "assistants" and not officials.assistants:
        officials.assistants = read_people(_one_sentence(body))[:2]
        _inner(body, officials)
    elif kind == "var":
        officials.var = (*officials.var, *read_people(_one_sentence(body))[:2])[:2]
    elif kind == "venue" and officials.venue is None:
        officials.venue = read_venue(body)
    elif kind in ("attendance", "note") and officials.attendance is None:
        officials.attendance = read_attendance(body, kind == "attendance")
        if (
            kind == "note"
            and officials.venue is None
            and (m := re.search(r"[Ss]tadio\s+[«\"“']?([^,.;»\"”\n]{3,40})", body))
        ):
            officials.venue = read_venue(m[0])


def read_person(body: str) -> str | None:
    """The name at the opening of a field, without its title and the section that it belongs to.

    >>> read_person(" sig. Ferro di Ferrara."), read_person("Di Bello della sezione di Brindisi")
    ('Ferro', 'Di Bello')
    >>> read_person("MARIANI 6,5")
    'Mariani'
    """
    opened = TITLE.sub("", body.split("\n", 1)[0]).strip(" :-–—*\xa0")
    m = PERSON.match(opened)
    if not m:
        return None
    name = SECTION.sub("", m[0]) if not re.match(r"D[ie]l?\b", m[0]) else m[0]
    town = OF_TOWN.search(opened, 3)
    if town and town.start() < len(name):
        name = opened[: town.start()]
    return tidy_person(re.sub(r"\s+\(.*$", "", name).rstrip(".")) or None


def read_people(body: str) -> tuple[str, ...]:
    """The names of a list of officials: "Bagnari di Roma e Andreoli di Torino" are Bagnari and Andreoli."""
    found = []
    for part in PAIRED.split(body):
        name = read_person(part) if part.strip() else None
        if name and len(name) > 2:
            found.append(name)
    return tuple(found)


def _one_sentence(body: str) -> str:
    line = body.strip().split("\n", 1)[0]
    return re.split(r"[)\];]|\.\s+(?=[A-ZÀ-Þ])|\b(?:IV|iv|Iv|VAR|Var|var|AVAR|Avar|[Qq]uarto|QUARTO)\b", line)[0]


def _pair_in_brackets(body: str, officials: Officials) -> None:
    """Assistants given without a label: "Orsato di Schio (Costanzo-Passeri)"."""
    m = re.search(r"\(([^()\n]{5,80})\)", body.split("\n", 1)[0])
    if m and not officials.assistants and not INNER_LABEL.match(m[1]) and re.search(r"[-–—/]| e |,", m[1]):
        names = tuple(n for part in re.split(r"\s?[-–—/,]\s?|\se\s", m[1]) if (n := read_person(part)))
        if len(names) >= 2:
            officials.assistants = names[:2]


def _inner(body: str, officials: Officials) -> None:
    """Labels inside the referee's field: "(assistenti Rossi e Bianchi; VAR Neri)"."""
    for m in INNER_LABEL.finditer(body.split("\n", 1)[0]):
        rest = _one_sentence(body[m.end() :])
        word = m["kind"].lower()
        if word.startswith(("assist", "guard", "coll", "segna")) and not officials.assistants:
            officials.assistants = read_people(rest)[:2]
        elif "var" in word.replace(".", ""):
            officials.var = (*officials.var, *read_people(rest)[:2])[:2]


def read_attendance(body: str, labelled: bool) -> int | None:
    """The number of spectators: after the label, or beside the word in a note.

    >>> read_attendance("spettatori 12.345 circa", False), read_attendance(" 500 circa (400 paganti)", True)
    (12345, 500)
    """
    low = body.lower()
    if labelled:
        m = COUNT.search(low[:60])
    else:
        m = None
        for word in (
            ()
            if not ("spettatori" in low or "paganti" in low or "presenti" in low)
            else re.finditer(r"spettatori|paganti|presenti", low)
        ):
            near = COUNT.search(low, word.end(), word.end() + 22)
            before = list(COUNT.finditer(low, max(0, word.start() - 18), word.start()))
            m = near or (before[-1] if before else None)
            if m:
                break
    if not m:
        return None
    if m[3]:
        return int(m[3]) * 1000
    number = int(re.sub(r"\D", "", m[1]))
    return number * 1000 if m[2] else number


def read_venue(body: str) -> str | None:
    """The ground's name: the first words of the field, quotes and town aside."""
    line = body.split("\n", 1)[0].strip(" :-–—*")
    line = (
        re.sub(
            r"^(?:lo |allo )?(?:stadio|campo sportivo|campo|impianto)\s*:?\s*(?:comunale\s)?",
            "",
            line,
            flags=re.IGNORECASE,
        )
        or line
    )
    quoted = re.match(r"[«\"“'‘]([^»\"”'’\n]{3,40})[»\"”'’]", line)
    if quoted:
        return quoted[1].strip()
    name = re.split(r"[,.;(\n]|\s[-–—]\s|\s(?:di|a)\s(?=[A-ZÀ-Þ][^,]{2,20}(?:[,.;]|$))", line)[0].strip(" \"'«»“”")
    return name if 2 < len(name) <= 45 else None
