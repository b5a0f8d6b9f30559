"""Finding the article that another one copies: the same words, or nearly, at another paper.

A simhash (Charikar 2002) is 64 bits that differ in few places between texts that differ in few words. Cut into four
bands, of two that differ in up to three bits at least one band is equal (Manku et al. 2007), and often where they
differ in more. What the bands bring up is then compared word by word. Simhashes are made of articles that tell a match,
where a copy must not count as one more source; of others, for a tenth of the time, a hash that only equal texts share.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from zlib import crc32

LONGER = re.compile(r"\w{7,}")  # shorter words are in every text
LEAST = 30  # different longer words: below that a template weighs more than what it says
MOST = 255  # what a lane of eight bits can count
FAR = 8  # bits; of 205 articles of the corpus no two that tell on their own differ in fewer than 13
NEAR = 0.8  # of all different words of both texts in common
LANES = int.from_bytes(b"\x01" * 64, "big")
Bands = tuple[int, int, int, int]
CANDIDATES = """
SELECT id, hash, band1, band2, band3, band4 FROM articles
WHERE (band1 = ? OR band2 = ? OR band3 = ? OR band4 = ?) AND (site <> ? OR hash = ?) AND id IS NOT ? AND copy_of IS NULL
ORDER BY id LIMIT 100
"""


def bands(text: str, tells_a_match: bool) -> Bands:
    """64 bits in four parts that texts have in common: nearly the same ones if they tell a match, equal ones if not.

    >>> bands("", False)
    (58534, 41047, 29817, 45748)
    """
    return parts(simhash(text) if tells_a_match else digest(text))


def parts(bits: int) -> Bands:
    return bits >> 48, bits >> 32 & 0xFFFF, bits >> 16 & 0xFFFF, bits & 0xFFFF


def digest(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def simhash(text: str) -> int:
    """Of the different longer words; where there are too few of them, the digest of the text."""
    words = list(dict.fromkeys(LONGER.findall(text)))[:MOST]
    if len(words) < LEAST:
        return digest(text)
    votes = sum(map(lanes, words)).to_bytes(64, "big")
    return int(votes.translate(majority(len(words))), 2)


@lru_cache
def majority(voters: int) -> bytes:
    """A table for bytes.translate: "1" for the counts that are more than half of the voters."""
    return bytes(b"01"[2 * count > voters] for count in range(256))


@lru_cache(1 << 15)
def lanes(word: str) -> int:
    """64 bits that stand for a word, each in a byte of its own, so that a sum of words counts every bit apart."""
    mixed = crc32(word.encode("utf-8", "surrogatepass")) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    mixed = (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return int.from_bytes(f"{mixed ^ mixed >> 32:064b}".encode(), "big") & LANES


def original(
    conn: sqlite3.Connection, words: str, text: str, text_bands: Bands, site: str, article_id: int | None
) -> int | None:
    """The first stored article, other than this one, with the same words (`words` is their hash), or with nearly the
    same at another site."""
    candidates = conn.execute(CANDIDATES, (*text_bands, site, words, article_id)).fetchall()
    for candidate, its_words, *its_bands in candidates:
        if its_words == words or (distance(text_bands, its_bands) <= FAR and near(conn, text, candidate)):
            return int(candidate)
    return None


def distance(one: Bands, other: Sequence[int]) -> int:
    """In how many bits two simhashes differ."""
    return sum((a ^ b).bit_count() for a, b in zip(one, other, strict=True))


def near(conn: sqlite3.Connection, text: str, article_id: int) -> bool:
    """Whether a text and that of a stored article have nearly all their words in common."""
    (stored,) = conn.execute("SELECT text FROM bodies WHERE article_id = ?", (article_id,)).fetchone()
    ours, theirs = set(text.split()), set(stored.split())
    return len(ours & theirs) >= NEAR * len(ours | theirs)
