"""An article's text as tokens that know where they stand, and as sentences: `Doc`, the ground under every reader.

Nothing here edits the text. `Doc.low` is the text in lower case, code point for code point, with every kind of
apostrophe, prime and dash folded to `'` and `-`, so that rules compare plain strings while offsets stay true.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from .lexicon import words

APOSTROPHES = "’‘ʼ`´′‵＇"
PLAIN = {ord(c): "'" for c in APOSTROPHES}
PLAIN.update({ord(c): "-" for c in "‐‑‒–—−―"})
PLAIN.update({ord(c): '"' for c in "“”«»„″"})
PLAIN.update({ord(c): "°" for c in "ºª˚"})
PLAIN.update({0xA0: " ", 0x202F: " ", 0x2009: " "})
DRESSED = re.compile(f"[{''.join(map(chr, PLAIN))}]")

# One alternative a kind of token, the commoner first; every quantifier is bounded or over one class, so time is linear.
TOKEN = re.compile(
    r"(?P<elided>(?:[cdslnmv]|un|dell|dall|all|nell|sull|coll|quell|quest|bell|sant|gl|anch|tutt|mezz|quattr|cent|"
    r"nessun|ciascun|com|dov|qual|vent|trent|senz|buon|grand|fors|ess|ov)'(?=[^\W\d_]|\d))"
    r"|(?P<word>[^\W\d_]+(?:-[^\W\d_]+)*(?:\.(?=[^\W\d_]\.)[^\W\d_](?:\.[^\W\d_]){0,6}\.?)?)"
    r"|(?P<number>(?<!da )(?<!dal )(?<!dai )\d{1,2} a \d{1,2}"  # a score: "3 a 1"
    r"(?![\d'°+.,]| (?:minut|metr|ann|giorn|per|eur|punt))|"
    r"\d+(?:'?\s?\+\s?\d{1,2}'{0,2}|[-:.,/]\d+(?:-\d+)*|(?:esimo|esima|mo|°)'?|'{1,2}(?![^\W\d_])|t(?!\w))?)"
    r"|(?P<mark>[^\w\s])",
)
NAME_ELISION = re.compile(r"(?:[DNMO]|Dell|Dall|Sant|Del|All)['’`´](?=[A-ZÀ-Þ])")  # D'Ambrosio, N'Dicka, Dell'Orco
LONGEST = 400  # tokens of a sentence, so that what is no prose stays cheap
SENTENCE_END = frozenset(".!?…")
ABBREVIATIONS = words("tokens_abbreviations")
ACCENT_BY_APOSTROPHE = dict(
    pair.split("=")
    for pair in [
        "e=è",
        "piu=più",
        "gia=già",
        "cosi=così",
        "perche=perché",
        "puo=può",
        "meta=metà",
        "sara=sarà",
        "finche=finché",
        "cioe=cioè",
        "pero=però",
        "parita=parità",
        "liberta=libertà",
        "qualita=qualità",
        "ando=andò",
        "segno=segnò",
        "porto=portò",
        "fini=finì",
        "colpi=colpì",
        "velocita=velocità",
        "po=po'",
        "c'e=c'è",
        "fara=farà",
        "potra=potrà",
        "la=là",
        "li=lì",
        "giu=giù",
        "cio=ciò",
        "ne=né",
    ]
)


def lower(text: str) -> str:
    """The text in lower case with plain apostrophes, dashes and quotes, each code point kept in its place."""
    folded = text.lower()
    if len(folded) != len(text):
        folded = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return folded if folded.isascii() else DRESSED.sub(lambda m: PLAIN[ord(m[0])], folded)


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A name as a key: lower case, no accents or apostrophes, ASCII where letters allow.

    >>> fold("Éderson"), fold("D’Ambrosio"), fold("Loftus-Cheek")
    ('ederson', 'dambrosio', 'loftus-cheek')
    """
    plain = lower(word).translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))


_LETTERS = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "'": ""}
)


class Doc:
    """A text with its tokens: `words[i]` as written, `low[i]` folded, standing at `start[i]:end[i]`.

    `low[i]` has abbreviations closed up (`v.a.r.` is `var`) and typewriters' accents mended (`e'` is `è`). Tokens are
    made when the first is asked for: an article that tells no match costs none.
    """

    __slots__ = ("breaks", "end", "low", "lowered", "start", "text", "words")
    words: list[str]
    low: list[str]
    start: list[int]
    end: list[int]
    breaks: list[int]  # the tokens that may open a sentence

    def __init__(self, text: str) -> None:
        self.text = text
        self.lowered = lower(text)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> list[Any]:
            if name not in self.__slots__:
                raise AttributeError(name)
            self._tokenise()
            return getattr(self, name)

    def __len__(self) -> int:
        return len(self.words)

    def span(self, first: int, last: int) -> str:
        """The text from token `first` up to, not with, token `last`."""
        return self.text[self.start[first] : self.end[last - 1]] if first < last else ""

    def tokens_between(self, start: int, end: int) -> tuple[int, int]:
        """The tokens (first, past the last) that stand in the code points start:end."""
        return bisect_left(self.start, start), bisect_left(self.start, end)

    def capital(self, i: int) -> bool:
        """Whether token i begins with a capital letter."""
        return self.words[i][0].isupper()

    def gap(self, i: int) -> str:
        """What stands between token i-1 and token i (blanks)."""
        return self.text[self.end[i - 1] : self.start[i]] if i else ""

    def _tokenise(self) -> None:
        text, lowered = self.text, self.lowered
        names = {m.start(): m.end() for m in NAME_ELISION.finditer(text)} if "'" in lowered else {}
        words, lows, starts, ends = self.words, self.low, self.start, self.end = [], [], [], []
        at = 0
        while at >= 0:
            going_on, at = TOKEN.finditer(lowered, at), -1
            for m in going_on:
                start, end = m.span()
                low, kind = m[0], m.lastgroup
                if start in names and (rest := TOKEN.match(lowered, names[start])) and self._joins(start):
                    at = end = rest.end()
                    low = lowered[start:end]
                if kind == "word":
                    if "." in low:
                        low = low.replace(".", "")
                    elif (
                        low in ACCENT_BY_APOSTROPHE
                        and lowered[end : end + 1] == "'"
                        and not lowered[end + 1 : end + 2].isalnum()
                    ):
                        low, at = ACCENT_BY_APOSTROPHE[low], end + 1
                        end = at
                elif kind == "number" and " a " in low:
                    low = low.replace(" a ", "-")
                elif kind == "number" and low[-1] == "-":
                    low = low[:-1]
                words.append(text[start:end])
                lows.append(low)
                starts.append(start)
                ends.append(end)
                if at >= 0:
                    break  # the token took in more than its match: go on behind it
        self.breaks = self._breaks()

    def _breaks(self) -> list[int]:
        """The tokens that may open a sentence: behind a full stop or its like, or behind a line break."""
        found = {i + 1 for i, word in enumerate(self.low) if word in SENTENCE_END}
        at = self.text.find("\n")
        while at >= 0:
            found.add(bisect_left(self.start, at))
            at = self.text.find("\n", at + 1)
        return sorted(found)

    def _joins(self, start: int) -> bool:
        """Whether an elision before a capital is part of a name: not `Dell'Atalanta` opening a sentence."""
        if self.text[start + 1] in APOSTROPHES + "'":
            return True
        before = self.lowered[max(0, start - 2) : start].strip()
        return bool(before) and before[-1] not in ".!?:\n\"'"


def sentences(doc: Doc, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """The sentences in the code points start:end, as token ranges. A line break always ends one; a full stop does where
    what follows can open a sentence and what precedes is no initial or abbreviation."""
    first, last = doc.tokens_between(start, len(doc.text) if end is None else end)
    found, begin = [], first
    for i in doc.breaks[bisect_right(doc.breaks, first) : bisect_left(doc.breaks, last)]:
        while i - begin > LONGEST:
            found.append((begin, begin + LONGEST))
            begin += LONGEST
        gap = doc.lowered[doc.end[i - 1] : doc.start[i]]
        if "\n" in gap or (doc.low[i - 1] in SENTENCE_END and _opens(doc, begin, i, gap)):
            found.append((begin, i))
            begin = i
    while last - begin > LONGEST:
        found.append((begin, begin + LONGEST))
        begin += LONGEST
    if begin < last:
        found.append((begin, last))
    return found


def _opens(doc: Doc, begin: int, i: int, gap: str) -> bool:
    char = doc.words[i][0]
    if doc.low[i] in SENTENCE_END or char in ")]»”":
        return False
    if not (char.isupper() or char.isdigit() or (char in "\"'«“‘" and gap)):
        return False
    if not gap and char.isdigit():
        return False
    before = doc.words[i - 2] if i - 2 >= begin else ""
    if doc.low[i - 1] != ".":
        return True
    if len(before) == 1 and before.isupper():
        return False  # S. Inzaghi
    return not (before.lower() in ABBREVIATIONS and (before.islower() or len(before) < 4) and bool(gap))
