"""Italian verb forms: all forms of a verb that football writing uses, from its infinitive and its irregular parts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Mood = Literal[
    "present", "past", "imperfect", "future", "conditional", "subjunctive", "participle", "gerund", "infinitive", "word"
]
Forms = dict[str, Mood]
CLITICS = ("si", "lo", "la", "li", "le", "gli", "ne", "ci", "mi", "glielo", "sela", "selo")


def conjugate(infinitive: str, irregular: Mapping[str, str] | None = None) -> Forms:
    """The forms of a verb with their moods; `irregular` gives parts as in data/lexicon/verbs.toml. A form of two moods
    share keeps the indicative one.

    >>> forms = conjugate("calciare")
    >>> forms["calcia"], forms["calciò"], forms["calcerebbe"], forms["calciarlo"]
    ('present', 'past', 'conditional', 'infinitive')
    """
    given = dict(irregular or {})
    kind = given.pop("like", infinitive[-3:])
    parts = _regular(infinitive, kind)
    for part, words in given.items():
        parts[part] = words.split()
    forms: Forms = {}
    order: tuple[Mood, ...] = (
        "present", "past", "participle", "imperfect", "future", "gerund", "infinitive", "conditional", "subjunctive",
    )  # fmt: skip
    for mood in order:
        for word in parts.get(mood, ()):
            forms.setdefault(word, mood)
    for base, mood in ((infinitive[:-1], "infinitive"), (parts["gerund"][0], "gerund")):
        for clitic in CLITICS:
            forms.setdefault(base + clitic, mood)
    for participle in parts["participle"][:1]:
        forms.setdefault(participle + "gli", "participle")
    return forms


def _regular(infinitive: str, kind: str) -> dict[str, list[str]]:
    stem = infinitive[:-3]
    if kind == "are":
        return _first(stem, infinitive)
    isc = "isc" if kind == "isc" else ""
    if kind in ("ire", "isc"):
        return {
            "present": [stem + isc + "e", stem + isc + "ono"],
            "past": [stem + "ì", stem + "irono"],
            "imperfect": [stem + "iva", stem + "ivano"],
            "future": [stem + "irà", stem + "iranno"],
            "conditional": [stem + "irebbe", stem + "irebbero"],
            "subjunctive": [stem + isc + "a", stem + isc + "ano", stem + "isse", stem + "issero"],
            "participle": [stem + "it" + v for v in "oaie"],
            "gerund": [stem + "endo"],
            "infinitive": [infinitive, infinitive[:-1]],
        }
    return {
        "present": [stem + "e", stem + "ono"],
        "past": [stem + "é", stem + "ette", stem + "erono", stem + "ettero"],
        "imperfect": [stem + "eva", stem + "evano"],
        "future": [stem + "erà", stem + "eranno"],
        "conditional": [stem + "erebbe", stem + "erebbero"],
        "subjunctive": [stem + "a", stem + "ano", stem + "esse", stem + "essero"],
        "participle": [stem + "ut" + v for v in "oaie"],
        "gerund": [stem + "endo"],
        "infinitive": [infinitive, infinitive[:-1]],
    }


def _first(stem: str, infinitive: str) -> dict[str, list[str]]:
    """-are: c and g stay hard, a weak i falls before e and i."""
    soft = stem[:-1] if stem.endswith("i") else stem + ("h" if stem[-1:] in "cg" else "")
    before_e = soft if stem[-2:] in ("ci", "gi") or not stem.endswith("i") else stem
    return {
        "present": [stem + "a", stem + "ano"],
        "past": [stem + "ò", stem + "arono"],
        "imperfect": [stem + "ava", stem + "avano"],
        "future": [before_e + "erà", before_e + "eranno"],
        "conditional": [before_e + "erebbe", before_e + "erebbero"],
        "subjunctive": [soft + "i", soft + "ino", stem + "asse", stem + "assero"],
        "participle": [stem + "at" + v for v in "oaie"],
        "gerund": [stem + "ando"],
        "infinitive": [infinitive, infinitive[:-1]],
    }
