"""What surrounds an article, made from words.toml: headlines, comments, menus, styles and scripts, always the same
for the same seed."""

from __future__ import annotations

import json
import random
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

WORDS: Mapping[str, list[str]] = tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


def seeded(*parts: object) -> random.Random:
    """A source of choices that depends on these parts alone."""
    return random.Random(":".join(map(str, parts)))


def fill(pattern: str, rng: random.Random) -> str:
    """A pattern with its slots filled."""
    if "{" not in pattern:
        return pattern
    club, club2 = rng.sample(WORDS["clubs"], 2)
    player, player2 = rng.sample(WORDS["players"], 2)
    return pattern.format(
        club=club, club2=club2, player=player, player2=player2, role=rng.choice(WORDS["roles"]),
        day=rng.choice(WORDS["days"]), hour=rng.randint(9, 21), number=rng.randint(2, 30), year=rng.randint(27, 31),
        a=rng.randint(0, 4), b=rng.randint(0, 3), tag=f"{club[:3]}{club2[:3]}".replace(" ", ""),
        link="{link}", paper="{paper}",
    )  # fmt: skip


def line(kind: str, rng: random.Random) -> str:
    """One line of a kind of words.toml, filled."""
    return fill(rng.choice(WORDS[kind]), rng)


def paragraph(rng: random.Random, sentences: int) -> str:
    """A paragraph of club news that tells no event of a match."""
    return " ".join(fill(pattern, rng) for pattern in rng.sample(WORDS["sentences"], sentences))


@cache
def style(name: str, size: int) -> str:
    """A theme's inlined stylesheet of about that many characters."""
    rng = seeded("style", name)
    rules: list[str] = []
    length = 0
    while length < size:
        block = f".{rng.choice(['td', 'blk', 'mod', 'c', 'nav', 'adv'])}-{rng.randrange(16**5):05x}"
        rule = (
            f"{block} .{rng.choice(['item', 'thumb', 'title', 'meta', 'wrap'])}{{margin:{rng.randint(0, 40)}px "
            f"{rng.randint(0, 40)}px;font-size:{rng.randint(10, 40)}px;color:#{rng.randrange(16**6):06x};"
            f"width:calc(100% - {rng.randint(1, 300)}px)}}"
        )
        rules.append(rule)
        length += len(rule)
    return "".join(rules)


@cache
def script(name: str, size: int) -> str:
    """An inlined script of about that many characters, such as a consent manager's or an advertising stack's."""
    rng = seeded("script", name)
    parts: list[str] = []
    length = 0
    while length < size:
        a, b = f"{rng.randrange(16**6):06x}", f"{rng.randrange(16**6):06x}"
        part = (
            f"window._q=window._q||[];_q.push(function(e,t){{var n=e['_{a}']||{rng.randrange(9999)};"
            f"if(n>{rng.randrange(9999)}){{t.slot('{b}',[{rng.randint(1, 970)},{rng.randint(1, 600)}]).to('div-{a}')}}"
            f"return n<{rng.randrange(999)}?t.lazy('/{b}.js'):null}});"
        )
        parts.append(part)
        length += len(part)
    return "".join(parts)


@cache
def pool() -> str:
    """A long run of settings, cut into pieces to give pages their weight."""
    rng = seeded("pool")
    pairs = {f"k{rng.randrange(16**7):07x}": [line("headlines", rng), rng.randrange(10**9)] for _ in range(2400)}
    return json.dumps(pairs, ensure_ascii=False).replace("</", "<\\/")


def weight(size: int, rng: random.Random) -> str:
    """An inlined script of exactly that many bytes in UTF-8 (70 or more), unlike that of the other pages."""
    head, tail = "<script>window.__STATO__=", ";</script>"
    room = max(0, size - len(head) - len(tail) - 2)
    start = rng.randrange(max(1, len(pool()) - room))
    piece = pool()[start : start + room].replace("\\", "-").replace('"', "'")
    piece = piece.encode()[:room].decode(errors="ignore")
    return f'{head}"{piece}{" " * (room - len(piece.encode()))}"{tail}'
