"""Italian words in the search: the stem that the forms of a word share, and the forms that the index holds.

The stems serve the search alone: a form is taken for another where both have the same stem, and every stem begins all
of its forms, so that the index's vocabulary (fts5vocab, sorted) is read only between the stem and its end.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Container

SHORTEST = 3  # letters of a stem: shorter ones join what has nothing in common
MOST_FORMS = 12  # of one word in a query: the commonest
# The endings of nouns, adjectives and participles, longest first. Verbs are left alone: "partire" is no "partita".
ENDINGS = ("ghi", "ghe", "chi", "che", "go", "ga", "co", "ca", "ii", "ie", "ia", "io", "a", "e", "i", "o")
HARD = {"ghi": "g", "ghe": "g", "go": "g", "ga": "g", "chi": "c", "che": "c", "co": "c", "ca": "c"}
TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
VOCABULARY = """SELECT term, doc FROM temp.mv_vocabulary WHERE term >= ? AND term < ? LIMIT 4000"""


def folded(text: str) -> str:
    """A text as the index knows its words: lower case, no diacritics."""
    decomposed = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def tokens(text: str) -> list[str]:
    """The words of a text as the index cuts them."""
    return TOKEN.findall(folded(text))


def stem(word: str) -> str:
    """What the forms of a folded word share; the word itself where too little would stay.

    >>> stem("rigore"), stem("rigori"), stem("tiro"), stem("tiri"), stem("amico"), stem("amiche"), stem("gol")
    ('rigor', 'rigor', 'tir', 'tir', 'amic', 'amic', 'gol')
    """
    for ending in ENDINGS:
        if word.endswith(ending):
            root = word[: len(word) - len(ending)]
            kept = root + HARD.get(ending, "")
            if len(kept) >= SHORTEST and root:
                return kept
    return word


def open_vocabulary(conn: sqlite3.Connection) -> None:
    """Make the index's vocabulary readable on a connection, under a temporary name: nothing is written."""
    conn.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.mv_vocabulary USING fts5vocab(main, articles_fts, row)")


def forms(conn: sqlite3.Connection, word: str, names: Container[str]) -> dict[str, int]:
    """The forms of a folded word that the index holds, commonest first, with the number of articles that have each.
    Names are themselves alone: who looks for "Rossi" wants no "rosso"."""
    root = stem(word)
    if root == word or word in names:
        found = conn.execute("SELECT doc FROM temp.mv_vocabulary WHERE term = ?", (word,)).fetchone()
        return {word: found[0]} if found else {}
    told = conn.execute(VOCABULARY, (root, root + "\U0010ffff")).fetchall()
    same = {term: doc for term, doc in told if term == word or (stem(term) == root and term not in names)}
    best = sorted(same, key=lambda term: (term != word, -same[term], term))[:MOST_FORMS]
    return {term: same[term] for term in best}
