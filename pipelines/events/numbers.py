"""Italian number words from one to a hundred and twenty, cardinal and ordinal."""

from __future__ import annotations

SMALL = [
    "zero",
    "uno",
    "due",
    "tre",
    "quattro",
    "cinque",
    "sei",
    "sette",
    "otto",
    "nove",
    "dieci",
    "undici",
    "dodici",
    "tredici",
    "quattordici",
    "quindici",
    "sedici",
]
SMALL += ["diciassette", "diciotto", "diciannove"]
TENS = {
    20: "venti",
    30: "trenta",
    40: "quaranta",
    50: "cinquanta",
    60: "sessanta",
    70: "settanta",
    80: "ottanta",
    90: "novanta",
}
FIRST_TEN = ["primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono", "decimo"]


def _cardinal(n: int) -> str:
    if n < 20:
        return SMALL[n]
    if n >= 100:
        return "cento" + (_cardinal(n - 100) if n > 100 else "")
    ten, unit = TENS[n - n % 10], SMALL[n % 10] if n % 10 else ""
    return (ten[:-1] if n % 10 in (1, 8) else ten) + unit


def _ordinals(n: int) -> tuple[str, ...]:
    if n <= 10:
        return (FIRST_TEN[n - 1],)
    word = _cardinal(n)
    stem = word if word.endswith(("tre", "sei")) and n > 20 else word[:-1]
    return (stem + "esimo",)


CARDINALS = {_cardinal(n): n for n in range(1, 121)} | {"un": 1, "una": 1, "un'": 1, "ventuno": 21}
CARDINALS |= {_cardinal(n).replace("tre", "tré"): n for n in range(23, 100, 10)}
ORDINALS = {word: n for n in range(1, 121) for word in _ordinals(n)}
COUPLES = {"paio": 2, "decina": 10, "ventina": 20, "trentina": 30, "quindicina": 15, "dozzina": 12, "manciata": 3}


def number_word(word: str) -> int | None:
    """The value of a number word, cardinal or ordinal; None for any other word.

    >>> number_word("ventitreesimo"), number_word("sessantotto"), number_word("primo"), number_word("palla")
    (23, 68, 1, None)
    """
    return CARDINALS.get(word) or ORDINALS.get(word)
