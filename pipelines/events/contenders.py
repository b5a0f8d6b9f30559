"""The two clubs of an article that nowhere sets their names side by side, and which of them plays at home.

Listed clubs count by name and nickname; others by the article before them ("il Montefosco", "della Virtus Lame").
Who hosts is told by the ground, by a town, by "espugna", "in casa", "ospita" beside a club.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .clubs import (
    PLAIN_WORDS,
    Club,
    club_of,
    clubs,
    clubs_by_key,
    find_club,
    ground_of,
    grounds,
    name_key,
    names_of,
    nicknames_of,
    opening_words,
)
from .tokens import fold
from .wordlists import word_set

CAPITALS = re.compile(r"(?<!\w)(?:[A-ZÀ-Þ][\w]*|d['’][A-ZÀ-Þ]\w*)(?:[.'’][\w]+)*")
PIECE = re.compile(r"[^\s–—-]+")
WORD = re.compile(r"(?<![\w-])[a-zà-ÿ]{4,}(?![\w-])")
ARTICLED = re.compile(
    r"(?<!\w)(?:[Ii]l|[Ll]a|[Ll]o|[Ll]['’]|[Ii]|[Dd]el|[Dd]ella|[Dd]ello|[Dd]ell['’]|[Aa]l|[Aa]lla|[Aa]llo"
    r"|[Aa]ll['’]|[Dd]al|[Dd]alla|[Dd]all['’]|[Ss]ul|[Ss]ulla|[Ss]ull['’]|[Cc]ol|[Nn]el|[Nn]ella|[Nn]ell['’]|contro)"
    r"[ ]?(?P<name>[A-ZÀ-Þ][\w]+(?:['’-][A-ZÀ-Þ]\w+)*(?:[ ](?:(?:di|del|della|dei|de|e|San|Sant['’])["
    r" ]?)?[A-ZÀ-Þ][\w]+(?:['’-][A-ZÀ-Þ]?\w+)*){0,3})"
)
RUN = r"[A-ZÀ-Þ][\w]+(?:['’-][A-ZÀ-Þ]\w+)*(?:[ ](?:(?:di|del|della|dei|de)[ ])?[A-ZÀ-Þ][\w]+){0,3}"
BETWEEN = re.compile(
    rf"\b(?:gara|partita|match|sfida|incontro|derby|confronto) (?:tra|fra) (?:il |la |l['’])?(?P<a>{RUN}) e"
    rf" (?:il |la |l['’])?(?P<b>{RUN})"
)
NOT_CLUBS = word_set("contenders", "not_clubs")
NOT_A_CLUB_AFTER = re.compile(
    r"(?:[Cc]oppa|[Cc]ampion\w+ d['’]|[Gg]iro d['’]|[Nn]azionale|[Ss]upercoppa|maglia della|[Uu]nder \d\d"
    r"|stampa|\bex|\bdopo (?:la|il|l['’]))\s?$",
    re.IGNORECASE,
)
# listed names that are also common words or surnames: they need an article before them, or a pair
OPPOSED = re.compile(rf"\b(?:tra|fra) (?:il |la |l['’])?(?P<a>{RUN}) e (?:il |la |l['’])?(?P<b>{RUN})")
AMBIGUOUS = word_set("contenders", "ambiguous")
AWAY_FIRST = re.compile(
    r"espugn\w+|sbanc\w+|viol[aò]\b|corsar[oa]\w*|\bblitz\b|colpaccio|colpo esterno|\bpassa(?:no)? (?=a |al"
    r"|in |sul|nel)|fa(?:nno)? visita a|si impone (?=a |al|in |sul)"
)
HOME_NEXT = re.compile(
    r"(?:sul|nel|dal|il) campo de|in casa de|ospit[ei] de|a domicilio|in trasferta (?:a|ad|con|sul|in casa)\b"
    r"|trasferta de|(?:a|nella) tana de"
)
HOST_BEFORE = re.compile(
    r"\bospita(?:no|va|vano)?\b|\briceve(?:va|vano)?\b|\bricevono\b|\baccoglie\b|tra le mura|fra le mura"
    r"|\bcasaling\w+|\binterno?a?\b(?= ko)|davanti al proprio|davanti ai propri"
)
IN_HOUSE = re.compile(r"\bin casa\b(?! de)")
GUEST_BEFORE = re.compile(r"\bin trasferta\b(?! (?:a|ad|con|sul|in) )|\bfuori casa\b|\bestern[oa]\b|lontano da")
OPENINGS: dict[re.Pattern[str], tuple[str, ...]] = {
    AWAY_FIRST: (
        "espugn",
        "sbanc",
        "viol",
        "corsar",
        "blitz",
        "colpaccio",
        "colpo esterno",
        "passa",
        "fa visita",
        "fanno visita",
        "si impone",
    ),
    HOME_NEXT: (
        "sul campo",
        "nel campo",
        "dal campo",
        "il campo",
        "in casa de",
        "ospite",
        "ospiti",
        "a domicilio",
        "in trasferta",
        "trasferta de",
        "a tana",
        "nella tana",
    ),
    HOST_BEFORE: (
        "ospita",
        "riceve",
        "ricevono",
        "accoglie",
        "tra le mura",
        "fra le mura",
        "casaling",
        "intern",
        "davanti al proprio",
        "davanti ai propri",
    ),
    IN_HOUSE: ("in casa",),
    GUEST_BEFORE: ("in trasferta", "fuori casa", "estern", "lontano da"),
}
THE = r"(?:il |lo |la |l['’]|i |gli |le )?"
OF = r"(?:del |dello |della |dell['’]|dei |degli |delle |di |d['’])?"
TO = r"(?:al |allo |alla |all['’]|ai |agli |alle |a )"
PASSING = re.compile(  # what stands before a club that has no part in the match
    "(?:"
    + "|".join(
        (
            rf"\bex(?:[- ]\w+)? {OF}?",
            r"(?:dopo|contro|con|su|per) [^,;:]{0,30}(?:scors[oa]|preceden\w+|ultim[oa])[^,;:]{0,30}",
            r"\b(?:domenica|sabato|mercoled[iì]|domani|prossim\w+|settimana|turno)\b[^;]{0,40}",
            r"\b(?:andata|stagione scorsa|anno fa|anni fa)\b[^;]{0,40}",
            r"\b(?:vetta|classifica|graduatoria|capolista|secondo posto|primo posto|zona)\b[^;]{0,35}",
            r"\bpunti? (?:da|dal|dallo|dalla|dall['’]|su|sul|sulla|sull['’]) ?",
            rf"\b(?:aggancia|scavalca|sorpassa|insegue|raggiunge|stacca)(?:no)? {THE}",
            r"\b(?:in prestito|arrivato|cresciuto|acquistato|scuola|vivaio|proprietà|passato|cartellino)\b[^;]{0,20}",
            rf"\b(?:arriva|attende|aspetta|riceverà|ospiterà|affronterà|sfiderà|farà visita)(?:no)? {THE}",
            rf"\btifos[oi] {OF}",
            r"(?:^|\s)(?:di|a|ad) ",
            r"\bdi (?:champions|coppa|europa league)\b[^;]{0,20}",
        )
    )
    + ")$"
)
TO_COME = re.compile(  # the next match, before "ospita" or "in trasferta"
    r"\b(?:che domenica|domenica prossima|prossim[oa]\w*|sabato prossimo|mercoled[iì] (?:prossimo|l[oa'])|domani|ora) "
    r"[^.;\n]{0,24}$"
)
RIVAL = re.compile(  # what stands before the club that a match was played against
    "(?:"
    + "|".join(
        (
            rf"\b(?:batt|super|pieg|sconfi|travol|stend|affond|regol|liquid|dom)\w+(?: \d+-\d+)? {THE}",
            rf"\b(?:ferm|rimont|riprend|riacciuff|beff|elimin|castig|punisc|espugn|sbanc)\w+(?: \d+-\d+)? {THE}",
            rf"\d+-\d+ (?:{TO}|(?:con|contro|sul|sulla|sullo|sull['’]) ?{THE})",
            rf"\bcontro {THE}",
            rf"\b(?:campo|casa|tana|stadio|domicilio) (?:{OF}|{THE})",
            rf"\b(?:ospita|riceve|affronta|incontra|sfida)(?:no)? {THE}",
            r"\b(?:pareggi\w*|pari|sconfitta|ko|vittoria|successo|punto) "
            rf"(?:con|contro|sul|sulla|sull['’]|col|al|alla|all['’]) ?{THE}",
        )
    )
    + ")$"
)
READ = 3500
NEAR = 70


@dataclass(frozen=True, slots=True)
class Mention:
    """A club named at start:end."""

    start: int
    end: int
    club: str


@lru_cache(maxsize=1)
def bearers() -> dict[str, tuple[str, ...]]:
    """Nicknames with a capital, folded, and the clubs that bear them, the best known first."""
    rank = {owner: i for i, owners in enumerate(dict.fromkeys(grounds().values())) for owner in reversed(owners)}
    found: dict[str, list[str]] = defaultdict(list)
    for club in clubs():
        for word in club.nicknames:
            if word[0].isupper():
                found[fold(word)].append(club.name)
    return {word: tuple(sorted(names, key=lambda n: rank.get(n, 999))) for word, names in found.items()}


@lru_cache(maxsize=4)
def find_mentions(text: str) -> tuple[Mention, ...]:
    """Where the text names listed clubs, by whole names and capitalised nicknames."""
    known, opening, nick = clubs_by_key(), opening_words(), bearers()
    found: list[Mention] = []
    past = 0
    for m in CAPITALS.finditer(text):
        if m.start() < past:
            continue
        start = m.start()
        word = fold(m[0]).replace(".", "")
        if word not in opening and word not in nick and "'" not in m[0] and "’" not in m[0]:
            continue
        for elided in ("l", "dell", "all", "dall", "sull", "nell", "d", "un"):
            if word.startswith(elided) and m[0][len(elided) : len(elided) + 1] in ("'", "’"):
                start += len(elided) + 1
                break
        mention = _at(text, start, known, opening, nick)
        if mention and not NOT_A_CLUB_AFTER.search(text[max(0, start - 16) : start]):
            found.append(mention)
            past = mention.end
    return tuple(found)


def _at(
    text: str, start: int, known: dict[str, Club], opening: dict[str, int], nick: dict[str, tuple[str, ...]]
) -> Mention | None:
    window = text[start : start + 36].split("\n", 1)[0]
    pieces = list(PIECE.finditer(window))
    first = name_key(pieces[0][0]).split() if pieces else []
    longest = opening.get(first[0]) if first else None
    if longest:
        for n in range(min(longest, len(pieces), 4), 0, -1):
            name = window[: pieces[n - 1].end()].strip(" .,;:!?)\"»”'’")
            club = known.get(name_key(name))
            if (
                club
                and (n > 1 or _stands_alone(text, start, first[0]))
                and not _longer_name(text, start + len(name), name)
            ):
                return Mention(start, start + len(name), club.name)
    if not pieces:
        return None
    word = pieces[0][0].strip(".,;:!?)(\"»”'’")
    owners = nick.get(fold(word))
    return Mention(start, start + len(word), owners[0]) if owners else None


@lru_cache(maxsize=2_000)
def is_well_known(name: str) -> bool:
    """Whether all know the club so called, so that its name alone is no player's: it has a ground in data/clubs."""
    club = clubs_by_key().get(name_key(name))
    return club is not None and (club.list != "italy" or any(club.name in owners for owners in grounds().values()))


def _stands_alone(text: str, start: int, word: str) -> bool:
    """Whether a single word names a club here: some need an article, a dash, a line of their own; none follows "Di"."""
    if text[max(0, start - 3) : start] in ("Di ", "De "):
        return False
    if word not in AMBIGUOUS and is_well_known(word):
        return True
    return _articled(text, start) or (
        word not in AMBIGUOUS and text[max(0, start - 2) : start].strip(" \n")[-1:] in ("", "-", "–")
    )


def _articled(text: str, start: int) -> bool:
    return (
        re.search(
            r"(?:\b(?:il|la|del|della|al|alla|dal|dalla|contro|col|nel|sul)\s|['’])$",
            text[max(0, start - 9) : start].lower(),
        )
        is not None
    )


def _longer_name(text: str, end: int, name: str) -> bool:
    """Whether a plain word and a further capital make it another club's name ("Real Mugello")."""
    follows = re.match(r" [A-ZÀ-Þ][a-zà-ÿ]+", text[end : end + 20])
    return follows is not None and all(w in PLAIN_WORDS for w in name_key(name).split())


def find_unlisted(text: str, people: frozenset[str] = frozenset()) -> Counter[str]:
    """Names of clubs that no list has, by how often an article stands before them."""
    found: Counter[str] = Counter()
    for m in ARTICLED.finditer(text):
        name = m["name"]
        if " di " in name and fold(name.split()[0]) not in PLAIN_WORDS:
            name = name.split(" di ")[0]
        words = [fold(w) for w in re.split(r"[ ]", name)]
        if words[0] in NOT_CLUBS or find_club(name) or fold(name) in bearers() or any(w in people for w in words):
            continue
        if name in grounds() or any(name in g for g in grounds()):
            continue
        plain = (
            words[0] in PLAIN_WORDS or words[0].startswith(("sant'", "sant", "san ")) or fold(name).startswith("sant")
        )
        found[name] += 3 if plain and len(words) > 1 else 2 if plain else 1
    for m in BETWEEN.finditer(text):
        found[m["a"]] += 3
        found[m["b"]] += 3
    merged: Counter[str] = Counter()
    for name, n in found.items():
        fuller = next((other for other in found if other != name and set(name.split()) < set(other.split())), None)
        merged[fuller or name] += n
    return merged


def find_contenders(title: str, subtitle: str, text: str) -> tuple[Club, Club] | None:
    """The two clubs that the article is about, home first; None where it does not show two."""
    head, body = f"{title}\n{subtitle}", text[:READ]
    counts: Counter[str] = Counter()
    for mention in find_mentions(head):
        counts[mention.club] += 1 if in_passing(head, mention.start) else 4
    for mention in find_mentions(body):
        if not in_passing(body, mention.start):
            counts[mention.club] += 2 if mention.start < 600 else 1
            if mention.start < 1200 and is_rival(body, mention.start):
                counts[mention.club] += 2
    for name in _set_against(f"{head}\n{body[:900]}", body):
        counts[name] += 5
    _count_colours(f"{head}\n{body}", counts)
    _count_places(f"{head}\n{body}", counts)
    if sum(n >= 2 for n in counts.values()) < 2:
        unlisted: Counter[str] = Counter()
        for name, n in find_unlisted(f"{head}\n{body}").items():
            if n >= 2 or not counts:
                unlisted[name] = n + 2 * (name in head)
        if not counts and len(unlisted) > 2:
            unlisted = Counter({name: n for name, n in unlisted.items() if n >= 2})
        for name, n in unlisted.items():
            counts[name] += max(n, 2)
    ranked = [name for name, n in counts.most_common(3) if n >= 2]
    if len(ranked) < 2 and len(counts) >= 2 and counts.most_common(1)[0][1] >= 2:
        ranked = [name for name, _ in counts.most_common(2)]
        if len(counts) > 2 and counts.most_common(3)[2][1] == counts[ranked[1]]:
            return None
    if len(ranked) < 2 or (
        len(ranked) == 3 and counts[ranked[1]] == counts[ranked[2]] < 4 and not _first_two(text, ranked)
    ):
        return None
    known = clubs_by_key()
    a, b = (known.get(name_key(n)) or club_of(n) for n in ranked[:2])
    return who_hosts(a, b, f"{head}\n{body}")


def in_passing(text: str, at: int) -> bool:
    """Whether the club named here has no part in the match: another day's rival, a man's old club."""
    return PASSING.search(_before(text, at, 60)) is not None


def is_rival(text: str, at: int) -> bool:
    """Whether the club named here is whom the match was played against: "batte il", "2-1 al", "sul campo del"."""
    return RIVAL.search(_before(text, at, 40)) is not None


def _before(text: str, at: int, width: int) -> str:
    """What stands before a place in its own sentence, in lower case."""
    return text[max(0, at - width) : at].lower().rsplit("\n", 1)[-1].rsplit(". ", 1)[-1]


def _set_against(opening: str, body: str) -> Iterator[str]:
    """The two names of "tra Busalla e Alassio", where the text uses one of them as a club's, behind an article."""
    for m in OPPOSED.finditer(opening):
        names = m["a"], m["b"]
        if any(
            re.search(rf"(?:\b(?:[Ii]l|[Ll]a|[Dd]el|[Dd]ella|[Aa]l|[Aa]lla) |['’]){re.escape(n)}\b", body)
            for n in names
        ):
            yield from ((club.name if (club := find_club(n)) else n) for n in names)
            return


def _first_two(text: str, ranked: list[str]) -> bool:
    """Whether the text names the first two well before the third."""
    at = [text.find(n) for n in ranked]
    return at[2] < 0 or (0 <= max(at[:2]) < at[2])


def _count_places(text: str, counts: Counter[str]) -> None:
    """Where one club alone is named, a ground or a town tells the other ("perde 4-1 a Trieste", "al Manuzzi")."""
    if len([n for n in counts.values() if n >= 2]) != 1:
        return
    ground = ground_of(text[:1500])
    if ground and not any(owner in counts for owner in ground[1]):
        counts[ground[1][0]] += 2
        return
    for m in re.finditer(
        r"\b(?:a|ad|(?:campo|stadio|comunale|terreno|gara|partita|trasferta|prato) di) "
        r"(?P<town>[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)?)",
        text[:1500],
    ):
        club = towns().get(m["town"]) or towns().get(m["town"].split()[0])
        if club and club not in counts:
            counts[club] += 2
            return


@lru_cache(maxsize=1)
def towns() -> dict[str, str]:
    """The towns of Italy's clubs, and the best known club of each."""
    rank = {owner: i for i, owners in enumerate(dict.fromkeys(grounds().values())) for owner in owners}
    found: dict[str, str] = {}
    for club in sorted(clubs(), key=lambda c: rank.get(c.name, 999)):
        if club.list == "italy" and club.city:
            found.setdefault(club.city, club.name)
    return found


def _count_colours(text: str, counts: Counter[str]) -> None:
    """Colours and demonyms speak for clubs that are named as well."""
    known = clubs_by_key()
    named = {name: nicknames_of(club) for name in counts if (club := known.get(name_key(name)))}
    if not named:
        return
    words = Counter(fold(w) for w in WORD.findall(text))
    for name, nicknames in named.items():
        counts[name] += min(3, sum(words[w] for w in nicknames))


def who_hosts(a: Club, b: Club, text: str) -> tuple[Club, Club]:
    """Two clubs as home and away."""
    votes: Counter[str] = Counter()
    for home, weight in _signs(a, b, text):
        votes[home] += weight
    if votes[a.name] != votes[b.name]:
        return (a, b) if votes[a.name] > votes[b.name] else (b, a)
    first = {
        c.name: min((i for n in (c.name, *c.aliases) if (i := text.find(n)) >= 0), default=len(text)) for c in (a, b)
    }
    return (a, b) if first[a.name] <= first[b.name] else (b, a)


def _signs(a: Club, b: Club, text: str) -> list[tuple[str, int]]:
    """What says that one of them plays at home: (its name, weight)."""
    found: list[tuple[str, int]] = []
    other = {a.name: b.name, b.name: a.name}
    ground = ground_of(text)
    if ground and not re.search(
        r"(?:domenica|domani|prossim\w+|sabato prossimo|mercoledì)[^.]{0,40}$",
        text[max(0, text.find(ground[0]) - 60) : text.find(ground[0])].lower(),
    ):
        found += [(club.name, 4) for club in (a, b) if club.name in ground[1]]
    for club in (a, b):
        found += [(club.name, weight) for weight in _town_signs(club, text)]
    low = text.lower()
    if len(low) > 900:
        low = low[: len(low) - 250]  # the last lines tell of the next matches
    if not any(word in low for words in OPENINGS.values() for word in words):
        return found
    spots = _spots(a, b, text, low)
    for pattern, before_is_home, weight in ((HOST_BEFORE, True, 3), (IN_HOUSE, True, 2), (GUEST_BEFORE, False, 2)):
        for m in _hits(pattern, low):
            near = _nearest_before(spots, m.start())
            if near:
                found.append((near if before_is_home else other[near], weight))
    for m in _hits(HOME_NEXT, low):
        near = _nearest_after(spots, m.end())
        if near:
            found.append((near, 3))
    for m in _hits(AWAY_FIRST, low):
        after, before = _nearest_after(spots, m.end()), _nearest_before(spots, m.start())
        if before:
            found.append((other[before], 3))
        elif after:
            found.append((after, 3) if not m[0].startswith(("colp", "blitz", "cors")) else (other[after], 2))
    return found


def _town_signs(club: Club, text: str) -> list[int]:
    """Weights for a club's town told as a place: a dateline, "a Foggia", "da Foggia"."""
    town = club.city or (club.name if not club.list else "")
    if len(town) < 3:
        return []
    if town not in text and town.upper() not in text:
        return []
    dateline = town.upper() in text[:900] and re.search(
        rf"(?:^|\n)\W{{0,3}}{re.escape(town.upper())}\b[^\n]{{0,30}}?[-–—.,(]", text[:900]
    )
    return ([4] if dateline else []) + [2] * min(_told_as_place(town, text), 2)


BEFORE_PLACE = re.compile(r"\b(?:a|ad|da|in quel di|fino a) $")


def _told_as_place(town: str, text: str) -> int:
    """How often a town stands as a place."""
    found, at = 0, text.find(town)
    while at >= 0:
        end = at + len(town)
        found += not text[end : end + 1].isalnum() and BEFORE_PLACE.search(text[max(0, at - 13) : at]) is not None
        at = text.find(town, end)
    return found


def _hits(pattern: re.Pattern[str], low: str) -> Iterator[re.Match[str]]:
    """The matches of a pattern of signs, looked for only where one of its openings stands."""
    for opening in OPENINGS[pattern]:
        at = low.find(opening)
        while at >= 0:
            m = pattern.match(low, at)
            if m and not TO_COME.search(low, max(0, at - 40), at):
                yield m
            at = low.find(opening, at + 1)


def _spots(a: Club, b: Club, text: str, low: str) -> list[tuple[int, int, str]]:
    """Where each of the two is meant, by name or by a nickname that the other does not share."""
    spots: list[tuple[int, int, str]] = []
    for club, rival in ((a, b), (b, a)):
        for name in {n for n in (club.name, *club.aliases) if len(n) > 2}:
            spots += [(at, at + len(name), club.name) for at in _places(name, text)]
        shared = nicknames_of(rival) | names_of(rival)
        for word in nicknames_of(club) - shared:
            if len(word) > 3:
                spots += [(at, at + len(word), club.name) for at in _places(word, low)]
    return sorted(spots)


def _places(word: str, text: str) -> Iterator[int]:
    """Where a word stands whole in a text."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (at and text[at - 1].isalnum()) and not text[end : end + 1].isalnum():
            yield at
        at = text.find(word, end)


def _nearest_before(spots: list[tuple[int, int, str]], at: int) -> str | None:
    near = [s for s in spots if at - NEAR <= s[1] <= at]
    return near[-1][2] if near else None


def _nearest_after(spots: list[tuple[int, int, str]], at: int) -> str | None:
    near = [s for s in spots if at <= s[0] <= at + NEAR]
    return near[0][2] if near else None
