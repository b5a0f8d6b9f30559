"""Finds where the tokens speak of the clock: minutes in figures and words, halves, breaks, added time."""

from __future__ import annotations

import re

from .clock import Mention
from .lexicon import lexicon, words
from .numbers import COUPLES, ORDINALS, number_word
from .tokens import Doc

NUMBER = re.compile(r"(\d{1,3})('{1,2}|°'?|esimo'?|mo'?|esima)?(?:\s?\+\s?(\d{1,2})'{0,2})?")
LABELS = {"pt": 1, "1t": 1, "1°t": 1, "st": 2, "2t": 2, "2°t": 2, "pts": 3, "1ts": 3, "1sts": 3, "sts": 4, "2ts": 4}
LINKS = words("minutes_links")
MINUTE_BEFORE = words("minutes_minute_before")
SPAN_BEFORE = words("minutes_span_before")
FILLER = words("minutes_filler")
NOT_MINUTES = words("minutes_not_minutes")
PASSED = words("minutes_passed")
ENDS = words("minutes_ends")
HALF_ENDS = frozenset(["intervallo", "riposo", "45'", "duplice"])
TIME_UNITS = words("minutes_time_units")
WORDS = words("minutes_words")


LATE_ORDINALS = frozenset(word for word, n in ORDINALS.items() if n >= 4)
TRIGGERS = WORDS | LATE_ORDINALS


def find_mentions(doc: Doc, first: int, last: int) -> list[Mention]:
    """The clock's mentions in tokens first:last, in order, none overlapping another."""
    found: list[Mention] = []
    free = first
    low = doc.low
    for i in [i for i in range(first, last) if low[i] in TRIGGERS or low[i][0].isdigit()]:
        if i < free:
            continue
        word = low[i]
        mention = _figure(doc, i, free, last) if word[0].isdigit() else _word(doc, i, free, last)
        if mention is not None:
            found.append(mention)
            free = mention.last
    return found


def half_after(doc: Doc, j: int, last: int) -> tuple[int | None, int]:
    """The half that a label right after a minute names ("pt", "della ripresa"), and the token past it."""
    k = j
    while k < min(j + 2, last) and doc.low[k] in LINKS:
        k += 1
    if k >= last:
        return None, j
    word = doc.low[k]
    if word in LABELS:
        past = k + 1
        return LABELS[word], past + (past < last and doc.low[past] == ")" and doc.low[k - 1] == "(")
    if word == "ripresa" and k > j:
        return 2, k + 1
    return named_half(doc, k, last, j)


def named_half(doc: Doc, k: int, last: int, otherwise: int) -> tuple[int | None, int]:
    """ "primo tempo", "2° tempo", "seconda frazione di gioco", "secondo tempo supplementare" at token k."""
    which = {"primo": 1, "prima": 1, "1°": 1, "secondo": 2, "seconda": 2, "2°": 2}.get(doc.low[k])
    if which is None or k + 1 >= last:
        return None, otherwise
    noun = doc.low[k + 1]
    if noun in ("supplementare", "supplementari", "overtime", "extratime"):
        return which + 2, k + 2
    if noun not in ("tempo", "frazione", "parziale", "parte", "metà", "t", "45'"):
        return None, otherwise
    past = k + 2
    if past < last and doc.low[past] in ("supplementare", "supplementari"):
        return which + 2, past + 1
    if past + 1 < last and doc.low[past] == "di" and doc.low[past + 1] in ("gioco", "gara"):
        past += 2
    if past + 1 < last and doc.low[past] == "dei" and doc.low[past + 1].startswith("supplementar"):
        return which + 2, past + 2
    return which, past


def opens_sentence(doc: Doc, i: int, reach: int = 6) -> bool:
    """Whether token i stands among the first of its sentence."""
    return any(k == 0 or doc.low[k - 1] in ".!?" or "\n" in doc.gap(k) for k in range(i, max(-1, i - reach), -1))


def _before(doc: Doc, i: int, free: int) -> tuple[int, str]:
    """The nearest telling token before i, fillers skipped, and its place."""
    k = i - 1
    while k >= free and doc.low[k] in FILLER:
        k -= 1
    return (k, doc.low[k]) if k >= free else (i, "")


def _figure(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    m = NUMBER.fullmatch(doc.low[i])
    if m is None:
        return None
    n, mark, added = int(m[1]), m[2] or "", int(m[3]) if m[3] else None
    j = i + 1
    marked = "'" in mark
    if j < last and doc.low[j] in ("'", "minuto", "min", "°"):
        marked, j = True, j + 1
        if j < last and doc.low[j] == "." and doc.low[j - 1] == "min":
            j += 1
    elif j < last and doc.low[j] in TIME_UNITS:
        return _quantity(doc, i, j + 1, n, free, last)
    elif j < last and doc.low[j] == "secondi":
        return _quantity(doc, i, j + 1, max(1, round(n / 60)), free, last)
    half, past = half_after(doc, j, last)
    if half is None and past == j and i > free and doc.low[i - 1] in LABELS and doc.low[i - 2 : i - 1] != [","]:
        half = LABELS[doc.low[i - 1]]
    if added is not None:
        return Mention(i, past, "minute", n, added=added, half=half) if n in (45, 90, 105, 120) or n < 100 else None
    k, before = _before(doc, i, free)
    span = _range(doc, i, past, n, half, k, before, last) or _quantity(doc, i, j, n, free, last, quantity=marked)
    if span is not None:
        return span
    stop = _added_minute(doc, k, before, i, j, n, last)
    if stop is not None:
        return stop
    if n > 130 or (n == 0 and not marked):
        return None
    if half is not None and (marked or mark or before in MINUTE_BEFORE or doc.low[i - 1] in LABELS):
        return Mention(i, past, "minute", n, half=half)
    if marked and before not in SPAN_BEFORE and not (before == "a" and doc.low[k + 1] == doc.low[i]):
        return Mention(i, j, "minute", n, half=half)
    if doc.low[i - 1] in ("al", "all'", "minuto", "dal", "dall'") and i > free:
        following = doc.low[j] if j < last else ""
        if following not in NOT_MINUTES and (mark or not following[:1].isdigit()):
            return Mention(i, j, "minute", n)
    return None


def _range(doc: Doc, i: int, past: int, n: int, half: int | None, k: int, before: str, last: int) -> Mention | None:
    """ "tra il 62' e il 65'": the first figure found, the second looked for."""
    if before in ("il", "l'") and k > 0:
        before = doc.low[k - 1]
    if before not in ("tra", "fra") or past >= last or doc.low[past] != "e":
        return None
    k = past + 1 + (doc.low[past + 1 : past + 2] in (["il"], ["l'"]))
    m = NUMBER.fullmatch(doc.low[k]) if k < last else None
    if m is None:
        return None
    half_b, end = half_after(doc, k + 1, last)
    return Mention(i, end, "range", n, until=int(m[1]), half=half or half_b, precision="range")


def _added_minute(doc: Doc, k: int, before: str, i: int, j: int, n: int, last: int) -> Mention | None:
    """ "al 3' di recupero" is a minute of added time; "nei 4' di recupero" somewhere in it; the rest are lengths."""
    if doc.low[j : j + 2] != ["di", "recupero"] and doc.low[j : j + 2] != ["del", "recupero"]:
        return None
    half, past = half_after(doc, j + 2, last)
    if before in ("nei", "i", "durante") and (before != "i" or doc.low[k - 1] == "durante"):
        return Mention(i, past, "stoppage", half=half, precision="unknown")
    if before in ("al", "nel", "all'", "nell'", "minuto", "dal", "il", ""):
        return Mention(i, past, "minute", 0, added=n, half=half)
    return Mention(i, past, "length")


def _quantity(doc: Doc, i: int, j: int, n: int, free: int, last: int, quantity: bool = True) -> Mention | None:
    """A number of minutes, tokens i:j, used to count from something: the event before, the end, the start."""
    if not quantity:
        return None
    after = doc.low[j : j + 4]
    k, before = _before(doc, i, free)
    if before in PASSED and after[:1] != ["dal"]:
        from_start = (after[:1] == ["di"] and after[1:2] == ["gioco"]) or after[:2] in (
            ["dall'", "inizio"],
            ["dal", "via"],
        )
        half = 2 if "ripresa" in after[:4] else None
        if from_start or half:
            return Mention(k, j + 2, "about", n, half=half, precision="approximate")
        if after[:2] == ["di", "recupero"]:
            return Mention(i, j + 2, "length")
        return Mention(k, j, "later", n, precision="relative")
    opening = before in ("altri", "ancora") and k >= free and opens_sentence(doc, k, 2)
    if after[:3] == ["più", "in", "là"] or after[:2] in (["di", "distanza"], ["più", "tardi"], ["dopo", "ancora"]):
        return Mention(i, j + 2, "later", n, precision="relative")
    if (
        after[:1] in (["dopo"], ["piu"], ["appresso"])
        or (after[:1] == ["ancora"] and before not in ("al", "all'", "allo") and opens_sentence(doc, i, 2))
        or opening
    ):
        return Mention(i, j + (0 if opening else 1), "later", n, precision="relative")
    if after[:2] in (["dall'", "inizio"], ["dall'", "avvio"], ["dal", "via"], ["dal", "fischio"], ["dal", "calcio"]):
        half = 2 if "ripresa" in doc.low[j : j + 5] else None
        return Mention(i, j + 2, "about", n, half=half, precision="approximate")
    if after[:1] in (["dalla"], ["dal"], ["dall'"], ["dallo"], ["alla"], ["al"], ["allo"]) and len(after) > 1:
        return _to_end(doc, i, j, n, last)
    return None


def _to_end(doc: Doc, i: int, j: int, n: int, last: int) -> Mention | None:
    noun = doc.low[j + 1] if j + 1 < last else ""
    if noun in HALF_ENDS and not (noun == "45'" and doc.low[j] in ("dal", "al") and n > 20):
        return Mention(i, j + 2, "to_end", n, half=1, precision="approximate")
    if noun in ENDS:
        half, past = half_after(doc, j + 2, last)
        return Mention(i, past, "to_end", n, half=half, precision="approximate")
    return None


def _word(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    word = doc.low[i]
    if word in TIME_UNITS or word == "secondi":
        return _unit_word(doc, i, free, last)
    if word in ("dalla", "dal", "al", "alla"):
        n = (
            number_word(doc.low[i - 1])
            if i - 1 > free and doc.low[i - 2] in ("a", "ad", "mancano", "restano")
            else None
        )
        return _to_end(doc, i - 1, i, n, last) if n else None
    if word == "recupero":
        return _added_time(doc, i, free, last)
    if word in ("mezz'", "mezzora", "quarto", "metà"):
        return _about(doc, i, free, last)
    if word == "ora":
        hour = doc.low[i - 1] == "un'" and i - 2 >= free and doc.low[i - 2] in ("dopo", "quasi")
        return Mention(i - 2, i + 1, "to_end", 30, half=2, precision="approximate") if hour else None
    if word in LATE_ORDINALS:
        return _ordinal(doc, i, free, last)
    if word in ("tè", "the", "nuovo", "riparte", "ricomincia", "spogliatoio"):
        return _back_on_the_pitch(doc, i, free)
    if word in ("pronti-via", "pronti"):
        if word == "pronti" and "via" not in doc.low[i + 1 : i + 3]:
            return None
        return Mention(i, i + 1, "start", 1, precision="approximate")
    if word in ("fotofinish", "extremis"):
        return Mention(i, i + 1, "stoppage", precision="unknown")
    if word in CLOSING:
        return _last_breath(doc, i, last)
    if word == "scadere" and doc.low[i - 1] in ("allo", "lo", "sullo"):
        half, past = half_after(doc, i + 1, last)
        return Mention(i, past, "end", half=half, precision="approximate")
    return _half(doc, i, free, last)


CLOSING = words("minutes_closing")


def _last_breath(doc: Doc, i: int, last: int) -> Mention | None:
    """The end of a half told otherwise: "all'ultimo respiro", "a tempo scaduto", "sul gong", "a fine primo tempo"."""
    word, before = doc.low[i], doc.low[i - 1] if i else ""
    half, past = half_after(doc, i + 1, last)
    if word == "fine":
        return Mention(i, past, "end", half=half, precision="approximate") if before == "a" and half else None
    leads = {"scaduto": ("tempo",), "gong": ("sul", "al", "il")}.get(word, ("ultimo", "all'ultimo"))
    if before not in leads or (word == "gong" and doc.low[i - 2 : i - 1] in (["dal"], ["minuti"])):
        return None
    return Mention(i, past, "end", half=half, precision="approximate")


def _back_on_the_pitch(doc: Doc, i: int, free: int) -> Mention | None:
    """The break told sideways: "a bere il tè", "dopo il tè", "squadre di nuovo in campo", "si riparte"."""
    before = doc.low[max(free, i - 4) : i]
    word = doc.low[i]
    if word in ("tè", "the"):
        if "dopo" in before:
            return Mention(i, i + 1, "half", half=2)
        return (
            Mention(i, i + 1, "break", half=1, strong="prima" not in before)
            if before[-1:] in (["il"], ["un"], ["del"], ["al"])
            else None
        )
    if word == "nuovo":
        return (
            Mention(i, i + 3, "half", half=2)
            if doc.low[i + 1 : i + 3] == ["in", "campo"] and before[-1:] == ["di"]
            else None
        )
    if word == "spogliatoio":
        return (
            Mention(i, i + 1, "half", half=2)
            if before[-1:] in (["nello"], ["dallo"]) and opens_sentence(doc, i, 4)
            else None
        )
    return Mention(i, i + 1, "half", half=2) if before[-1:] == ["si"] and opens_sentence(doc, i, 3) else None


def _unit_word(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    """ "al sesto minuto", "due minuti più tardi", "tre giri di lancette dopo", "dopo una decina di minuti"."""
    j = i + 1
    if doc.low[i] in ("giri", "giro"):
        if doc.low[j : j + 2] not in (["di", "lancette"], ["d'", "orologio"], ["di", "orologio"], ["di", "lancetta"]):
            return None
        j += 2
    k = i - 1
    if (
        doc.low[i] == "minuto"
        and j < last
        and not doc.low[j][0].isdigit()
        and (n := number_word(doc.low[j]))
        and (doc.low[i - 1] in ("al", "il", "minuto", "dal", ",", ":", "-") or opens_sentence(doc, i, 1))
    ):
        half, past = half_after(doc, j + 1, last)
        return Mention(i, past, "minute", n, half=half)
    if k > free and doc.low[k] == "di" and doc.low[k - 1] in COUPLES:
        k, n = k - 1, COUPLES[doc.low[k - 1]]
    else:
        n = (number_word(doc.low[k]) or 0) if k >= free else 0
        if k - 1 >= free and doc.low[k] == "primo" and doc.low[i] == "minuti":
            return None
    if not n:
        return None
    if doc.low[i] == "secondi":
        n = max(1, round(n / 60))
    counted = _quantity(doc, k, j, n, free, last)
    if counted is not None or (doc.low[i] != "minuto" and doc.low[k] != "ultimo"):
        return counted
    _, before = _before(doc, k, free)
    stop = _added_minute(doc, k - 1, before, k, j, n, last)
    if stop is not None:
        return stop
    if doc.low[k] in ("un", "uno", "una", "un'") or not (
        before in ("al", "all'", "nel", "dal", "il", "dall'", "(", ":") or opens_sentence(doc, k, 1)
    ):
        return None
    half, past = half_after(doc, j, last)
    return Mention(k, past, "minute", n, half=half)


def _added_time(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    before = doc.low[max(free, i - 3) : i]
    half, past = half_after(doc, i + 1, last)
    if doc.low[max(free, i - 5) : i][-2:] == ["minuti", "di"] and doc.low[i - 4] in ("dei", "degli"):
        nth = number_word(doc.low[i - 5]) if i - 5 >= free else None
        if nth:
            return Mention(i - 5, past, "minute", 0, added=nth, half=half)
    n = number_word(before[-2]) if len(before) > 1 and before[-1] in ("di", "del") else None
    if n and len(before) > 2 and before[-3] in ("al", "nel", "all'", "il"):
        return Mention(i - 2, past, "minute", 0, added=n, half=half)
    if before[-1:] in (["nel"], ["pieno"], ["in"], ["nell'"]) or before[-2:] in (
        ["durante", "il"],
        ["minuti", "di"],
        ["corso", "del"],
    ):
        following = doc.low[i + 1] if i + 1 < last else ""
        if following not in ("palla", "alto", "difensivo") and (following != "di" or half is not None):
            return Mention(i, past, "stoppage", half=half, precision="unknown")
    return None


def _about(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    word, before = doc.low[i], doc.low[i - 1] if i > free else ""
    if word == "metà":
        k = i + 1 + (doc.low[i + 1 : i + 2] in (["della"], ["del"], ["di"]))
        half = 2 if doc.low[k : k + 1] == ["ripresa"] else None
        past = k + 1
        if half is None and k < last:
            half, past = named_half(doc, k, last, i)
        if before not in ("a", "alla", "verso") or half is None:
            return None
        return Mention(i, past, "about", 22, half=half, precision="approximate")
    n = 30
    j = i + 1
    if word == "mezz'":
        if doc.low[j : j + 1] != ["ora"]:
            return None
        j += 1
    elif word == "quarto":
        if doc.low[j : j + 2] != ["d'", "ora"] or before in ("tre", "ultimo", "primo"):
            return None
        n, j = 15, j + 2
    ending = doc.low[j : j + 2]
    if len(ending) == 2 and ending[0] in ("dalla", "dal", "al", "alla") and ending[1] in ENDS:
        return _to_end(doc, i, j, n, last)
    if before in ("il", "la") and doc.low[i - 2] in ("corre", "scocca", "scoccata", "passata", "passa", "è"):
        before = "al"
    if before == "un" and doc.low[i - 2 : i - 1] in (["dopo"], ["quasi"], ["circa"]):
        before = "dopo"
    if before in ("alla", "al", "della", "del", "dopo", "la", "sulla", "sul", "prima", "scoccare"):
        half, past = half_after(doc, j, last)
        return Mention(i, past, "about", n, half=half, precision="approximate")
    return None


def _ordinal(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    """ "all'ottavo", "al ventitreesimo della ripresa", "al novantesimo": an ordinal that counts nothing but minutes."""
    if i - 1 < free or doc.low[i - 1] not in ("al", "all'", "dal", "dall'"):
        return None
    if doc.low[i + 1 : i + 3] in (["di", "recupero"], ["del", "recupero"]):
        return Mention(i, i + 3, "minute", 0, added=ORDINALS[doc.low[i]], half=half_after(doc, i + 3, last)[0])
    half, past = half_after(doc, i + 1, last)
    following = doc.low[i + 1] if i + 1 < last else "."
    if half is None and following[0].isalpha() and following not in ORDINAL_FOLLOWERS:
        named = doc.capital(i + 1) and following not in TROPHIES
        if not named and lexicon().forms.get(following) not in ("present", "past"):
            return None
    return Mention(i, past, "minute", ORDINALS[doc.low[i]], half=half)


ORDINAL_FOLLOWERS = words("minutes_ordinal_followers")
TROPHIES = ("trofeo", "memorial", "torneo", "gran", "premio", "campionato")  # "al ventesimo Trofeo Rossi"


TO_BREAK = words("minutes_to_break")


def _half(doc: Doc, i: int, free: int, last: int) -> Mention | None:
    """Words that open a half or the break, or only name one ("nella ripresa", weak inside a sentence)."""
    word, before = doc.low[i], doc.low[max(free, i - 4) : i]
    strong = opens_sentence(doc, i)
    if word in ("intervallo", "riposo", "spogliatoi", "duplice"):
        if {"ridosso", "prima", "vigilia", "ultimo"} & set(before):
            return Mention(i, i + 1, "end", half=1, precision="approximate")
        after_break = before[-2:-1] == ["dopo"] or before[-1:] in (["dagli"], ["dall'"], ["dal"])
        if after_break:
            return Mention(i, i + 1, "half", half=2, strong=strong)
        alone = i == 0 or doc.low[i - 1] in ".!?" or "\n" in doc.gap(i)
        if (before[-1:] in (["al"], ["all'"], ["negli"], ["il"], ["l'"], ["nell'"]) and word != "riposo") or (
            before[-1:] == ["al"] or alone
        ):
            return Mention(
                i,
                i + 1,
                "break",
                half=1,
                strong=strong or bool(TO_BREAK & set(doc.low[max(free, i - 6) : i])),
            )
        return None
    if word == "ripresa":
        if doc.low[i + 1 : i + 2] in (["del"], ["dei"], ["degli"], ["delle"]):
            return None
        opening = bool({"avvio", "inizio"} & set(before))
        if opening:
            return Mention(i, i + 1, "start", 46, half=2, strong=True, precision="approximate")
        alone = before[-1:] == ["la"] and doc.low[i + 1 : i + 2] == ["."] and opens_sentence(doc, i, 9)
        return Mention(i, i + 1, "half", half=2, strong=strong or alone)  # "Più vivace la ripresa."
    if word in ("tempo", "frazione", "parziale", "supplementare", "supplementari"):
        k = i - 1
        if word.startswith("supplementar") and {"dopo", "dei"} & set(before) and doc.low[i + 1 : i + 2] != [","]:
            return None  # "3-1 dopo i tempi supplementari": how the match ended, not where the reading stands
        if word.startswith("supplementar") and before[-1:] in (["tempi"], ["ai"], ["i"], ["nei"], ["dei"]):
            return Mention(i, i + 1, "half", half=3, strong=strong)
        if before[-2:] in (["chiusura", "di"], ["fine", "di"], ["finire", "di"], ["finale", "di"]) and word in (
            "tempo",
            "frazione",
        ):
            return Mention(i, i + 1, "end", half=1, precision="approximate")
        half, past = named_half(doc, k, last, 0) if k >= free else (None, 0)
        if half is None or past <= i:
            return None
        closing = {"fine", "finale", "chiude", "termina", "finisce", "archivio", "conclude", "chiusura"}
        if half == 1 and (closing & set(doc.low[past : past + 3]) or closing & set(before)):
            return Mention(k, past, "break", half=1, strong=strong)
        if half == 2 and {"avvio", "inizio"} & set(before):
            return Mention(k, past, "start", 46, half=2, precision="approximate")
        return Mention(k, past, "half", half=half, strong=strong)
    return None
