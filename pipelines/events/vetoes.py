"""Why words that look like an event are none: each veto has a name, and says so for a hit in its sentence."""

from __future__ import annotations

from collections.abc import Callable

from .lexicon import Hit, words
from .people import PREPOSITIONS
from .scene import HARD, Scene

Veto = Callable[[Scene, Hit], bool]
EVENTS = words("vetoes_events")
UNVETOED = words("vetoes_unvetoed")
WEEKDAYS = words("vetoes_weekdays")
MODALS = words("vetoes_modals")
OTHER_TIMES = """
all' andata, nell' andata, nella gara d' andata, un anno fa, anno scorso, anni fa, stagione scorsa,
scorsa stagione, domenica scorsa, settimana scorsa, scorsa settimana, mese scorso, mesi fa, giorni fa,
settimane fa, turno precedente, scorso turno, scorso campionato, la scorsa, lo scorso,
nel turno precedente, l' ultima volta, nei precedenti, precedente sfida, gara precedente,
partita precedente, sabato scorso, mercoledì scorso, giorni prima, anno prima, anni prima,
settimana prima, all' esordio in, in settimana, nelle ultime, negli ultimi, nelle prime, la passata stagione,
nella passata, nel girone d' andata, in questa stagione, nel precedente, turni fa, partite fa
"""
BACKGROUND: dict[str, list[list[str]]] = {}  # phrases for another time, by their first word
for _phrase in OTHER_TIMES.split(","):
    BACKGROUND.setdefault(_phrase.split()[0], []).append(_phrase.split())
ASKED = words("vetoes_asked")
APPEALS = words("vetoes_appeals")
SOUGHT = words("vetoes_sought")


def negated(scene: Scene, hit: Hit) -> bool:
    """ "non segna", "senza trovare il gol", "mai pericoloso"."""
    low = scene.doc.low
    for k in range(hit.first - 1, max(scene.first, hit.first - 5) - 1, -1):
        if low[k] in HARD or low[k] in (",", ":", "ma", "(", ")", "e", "ed"):
            return False
        if low[k] in ("problemi", "difficoltà", "esita", "esitazioni", "scrupoli"):
            return False
        if low[k] == "senza":
            return hit.first - k <= 2
        if hit.mood == "word" and low[k] in ("nulla", "niente", "mai", "nemmeno", "neppure", "neanche"):
            continue
        if low[k] in words("negations"):
            return low[k] != "né" or hit.mood != "word"
        if hit.mood == "word" and hit.first - k > 3:
            return False
    return False


def hypothetical(scene: Scene, hit: Hit) -> bool:
    """ "avrebbe segnato", "se segnasse", "potrebbe chiudere", "per segnare"."""
    if hit.mood in ("conditional", "subjunctive"):
        return True
    low = scene.doc.low
    for k in range(hit.first - 1, max(scene.first, hit.first - 6) - 1, -1):
        if low[k] in HARD or low[k] in (",", ":"):
            return False
        if low[k] in (
            "avrebbe",
            "avrebbero",
            "sarebbe",
            "sarebbero",
            "avesse",
            "avessero",
            "fosse",
            "se",
            "qualora",
            "potrebbe",
            "dovrebbe",
        ):
            return not (low[k] == "se" and low[k + 1 : k + 2] in (["lo"], ["la"], ["ne"]))
    return False


def intended(scene: Scene, hit: Hit) -> bool:
    """An infinitive that tells an aim, not a deed: "per segnare", "vuole chiudere la gara", "senza calciare"."""
    if hit.mood != "infinitive":
        return False
    low = scene.doc.low
    if low[hit.first] == "a" and hit.rule.name == "decides":
        return low[hit.first - 1] in (
            "prova",
            "provano",
            "pronto",
            "riesce",
            "riescono",
            "fatica",
            "tentare",
            "prova",
        ) and negated(scene, hit)
    k = hit.first - 1
    while k >= scene.first and low[k] in (
        "si",
        "ci",
        "lo",
        "la",
        "poi",
        "anche",
        "così",
        "già",
        "subito",
        "solo",
        "soltanto",
        "ancora",
        "addirittura",
        "pure",
    ):
        k -= 1
    if k < scene.first:
        return False
    if hit.rule.cue in ("save", "block"):
        return low[k] == "senza"
    if low[k] == "per" and {"tempo", "modo", "vuole", "voluto", "serve", "bastano", "basta"} & set(
        low[max(scene.first, k - 7) : k]
    ):
        return False
    if low[k] in MODALS or low[k] in ("senza", "per"):
        return True
    if low[k] == "di" and hit.rule.cue in ("goal", "penalty"):
        return low[k - 1] not in ("capace", "capaci")  # of what was done: "capaci di ribaltare il risultato"
    if low[k] in ("a", "ad") and hit.rule.cue == "goal":
        return low[k - 1] in ("prova", "provano", "pronto", "pronti", "provare", "tenta", "fatica", "provato", "prova")
    return False


def to_come(scene: Scene, hit: Hit) -> bool:
    """A future: "segnerà", "sarà espulso"."""
    return hit.mood == "future" and not scene.clocks


def in_background(scene: Scene, hit: Hit) -> bool:
    """Told of another day: "all'andata decise Rossi", "che aveva già segnato in campionato"."""
    if hit.rule.cue not in EVENTS:
        return False
    low = scene.doc.low
    if hit.mood == "participle" or hit.mood == "word":
        for k in range(hit.first - 1, max(scene.first, hit.first - 4) - 1, -1):
            if low[k] in ("aveva", "avevano") and not _timed(scene, hit):
                return True
            if low[k] in HARD or low[k] == ",":
                break
    if scene.clocks and any(p.clock and p.clock.minute for p in scene.clocks):
        return False
    opening = low[scene.first : scene.first + 4]
    if _told_of_before(opening):
        return True
    if low[scene.first] in WEEKDAYS and {"era", "erano", "aveva", "avevano"} & set(low[scene.first : scene.first + 9]):
        return True
    begin, end = clause(scene, hit)
    commas = [k for k in range(begin, end) if low[k] == ","]
    begin = max([k for k in commas if k < hit.first], default=begin)
    end = min([k for k in commas if k >= hit.last], default=end)
    text = low[begin:end]
    if commas and commas[0] <= hit.first and commas[0] - scene.first <= 7:
        text = low[scene.first : commas[0]] + text
    return _told_of_before(text)


def _timed(scene: Scene, hit: Hit) -> bool:
    """Whether a clock stands in the hit's own clause."""
    low = scene.doc.low
    begin = hit.first
    while begin > scene.first and low[begin - 1] not in (";", ":", ",", "("):
        begin -= 1
    end = hit.last
    while end < scene.last and low[end] not in (";", ":", ",", "("):
        end += 1
    return any(begin <= p.mention.first <= end for p in scene.clocks)


def _told_of_before(text: list[str]) -> bool:
    """Whether a phrase for another time stands in the tokens."""
    for k, word in enumerate(text):
        if word in BACKGROUND and any(text[k : k + len(phrase)] == phrase for phrase in BACKGROUND[word]):
            return True
    return False


def clause(scene: Scene, hit: Hit) -> tuple[int, int]:
    """The clause around a hit: up to a full stop, semicolon, colon, bracket or comma with a conjunction."""
    low = scene.doc.low
    begin, end = hit.first, hit.last
    while begin > scene.first and low[begin - 1] not in HARD and low[begin - 1] not in ("(", ")", ":"):
        begin -= 1
    while end < scene.last and low[end] not in HARD and low[end] not in ("(", ")", ":"):
        end += 1
    return begin, end


def appealed(scene: Scene, hit: Hit) -> bool:
    """Asked for, not given: "chiedono un rigore", "reclama il penalty"."""
    if hit.rule.cue not in ("penalty", "red", "yellow", "foul"):
        return False
    low = scene.doc.low
    asked = APPEALS if hit.rule.cue in ("penalty", "foul") else ASKED
    return any(low[k] in asked for k in range(max(scene.first, hit.first - 7), hit.first)) and not any(
        low[k] in (":", ";") for k in range(max(scene.first, hit.first - 7), hit.first)
    )


def quoted(scene: Scene, hit: Hit) -> bool:
    """Inside a quotation: someone speaks, the paper does not tell."""
    text = scene.doc.text
    at = scene.doc.start[hit.first]
    start = max(text.rfind("\n", 0, at) + 1, at - 1500)
    before = text[start:at]
    for opening, closing in (("«", "»"), ("“", "”")):
        if before.rfind(opening) > before.rfind(closing):
            return text.find(closing, at, at + 1500) - start - before.rfind(opening) > 25
    straight = before.count('"') % 2 == 1
    return straight and text.find('"', at, at + 1500) - start - before.rfind('"') > 25


def only_a_noun(scene: Scene, hit: Hit) -> bool:
    """ "area di rigore", "occasione da gol", "palla gol": the noun only describes another."""
    low = scene.doc.low
    before = low[hit.first - 1] if hit.first > scene.first else ""
    if hit.rule.cue == "penalty" and hit.word in ("rigore", "rigori"):
        return (
            before in ("di", "da", "in") and low[hit.first - 2] in ("area", "calci", "specialista")
        ) or before == "dai"
    if hit.rule.name == "goal-noun" and hit.last - hit.first <= 1:
        return before in ("da", "in", "palla", "del", "al", "dal", "sul", "di") and hit.word in ("gol", "goal", "rete")
    return False


def only_near(scene: Scene, hit: Hit) -> bool:
    """A goal missed, sought or denied: "sfiora il pareggio", "vicini al raddoppio con Rossi", "cerca il tris"."""
    if hit.rule.cue not in ("goal", "owngoal") or hit.mood != "word":
        return False
    low = scene.doc.low
    begin = max(scene.first, hit.first - 3)
    near = [k for k in range(begin, hit.first) if low[k] in SOUGHT]
    return bool(near) and not any(low[k] in (",", ":", ";", ".", "(") for k in range(near[-1], hit.first))


VETOES: dict[str, Veto] = {
    "negated": negated,
    "hypothetical": hypothetical,
    "intended": intended,
    "to come": to_come,
    "background": in_background,
    "appeal": appealed,
    "quote": quoted,
    "only a noun": only_a_noun,
    "only near": only_near,
}


def veto(scene: Scene, hit: Hit) -> str | None:
    """The name of the first veto that holds for a hit; None where it may speak."""
    if hit.rule.cue in UNVETOED:
        return "quote" if quoted(scene, hit) else None
    return next((name for name, holds in VETOES.items() if holds(scene, hit)), None)


__all__ = ["PREPOSITIONS", "VETOES", "clause", "veto"]
