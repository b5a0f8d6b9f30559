"""Who won, as a sentence with a final score tells it: papers name the winner first ("espugna 3-2 il campo del Bari"),
the model wants home-away.
"""

from __future__ import annotations

from .lexicon import Hit, words
from .people import Who, other
from .scene import Scene
from .telling import Context, Side

REACH = 9  # tokens around a verb in which "in casa", "sul campo di" tell whose ground it is


def orient(
    context: Context, score: tuple[int, int], scene: Scene, hit: Hit | None, first: int, last: int
) -> tuple[int, int] | None:
    """A final score home-away: by the frame's where known, else by who is told to have won, else as it is written."""
    frame = context.people.frame
    if frame is None:
        return None
    if frame.score is not None:
        return frame.score if score in (frame.score, frame.score[::-1]) else None
    if score[0] == score[1]:
        return score
    losing = hit is not None and is_losing(hit)
    beaten = None if losing else beaten_after(scene, last)
    winner = other(beaten.side) if beaten is not None else winner_of(scene, hit, first)
    if winner is None:
        return score if hit is None or is_neutral(hit) else None
    high, low = max(score), min(score)
    return (high, low) if winner == "home" else (low, high)


def leader(scene: Scene) -> Side | None:
    """The side that a sentence tells to be ahead: "con gli ospiti in vantaggio", "il Lecce sotto per 2-0"."""
    low = scene.doc.low
    for k in range(scene.first, scene.last):
        ahead = low[k] in words("ahead")
        if not ahead and low[k] not in words("behind"):
            continue
        near = [
            w for w in scene.whos
            if w.kind == "team" and w.side and (0 <= k - w.last <= 4 or (w.prep == "di" and 0 <= w.opening - k <= 2))
        ]  # fmt: skip
        if near and near[-1].side:
            return near[-1].side if ahead else other(near[-1].side)
    return None


def is_losing(hit: Hit) -> bool:
    """Whether a verb or noun of the end says that its subject lost."""
    return hit.word.startswith(tuple(words("losing_stems")))


def is_neutral(hit: Hit) -> bool:
    """Whether a word of the end says nothing of who won: "finisce", "risultato finale"."""
    return hit.word.startswith(tuple(words("neutral_stems")))


def beaten_after(scene: Scene, last: int) -> Who | None:
    """The team right after a score, behind "a": "2-1 al Lecce"; a town is no team's name there."""
    return next(
        (
            w
            for w in scene.whos
            if w.kind == "team" and w.side and 0 <= w.opening - last <= 1 and w.prep in ("a", "su")
            and scene.doc.low[w.first - 1] not in ("a", "ad")
        ),
        None,
    )  # fmt: skip


def winner_of(scene: Scene, hit: Hit | None, first: int) -> Side | None:
    """The side that a sentence tells to have won: by whose ground it was, by the verb's subject and object."""
    if _stormed(scene):
        return "away"
    if hit is None or is_neutral(hit):
        return None
    losing = is_losing(hit)
    passive = hit.mood == "participle" and scene.passive(hit)
    if passive and not hit.word.startswith(("vint", "imp", "pass")):
        losing = not losing
    side = _ground(scene, hit, first)
    if side is None:
        side, beaten = _subject_side(scene, hit)
        if beaten and passive:
            return side  # "travolto 4-1 il Lecce"
    return other(side) if side is not None and losing else side


def _stormed(scene: Scene) -> bool:
    """Whether the visitors are told to have won the ground: "espugna", "blitz", "colpo esterno", "corsaro"."""
    low = scene.doc.low[scene.first : scene.last]
    return bool(words("storming") & set(low))


def _ground(scene: Scene, hit: Hit, first: int) -> Side | None:
    """Whether the one that the verb is about plays at home or away: "vince in casa", "passa sul campo del Lecce"."""
    low = scene.doc.low
    begin, end = max(scene.first, min(hit.first, first) - 2), min(scene.last, max(hit.last, first) + REACH)
    for k in range(begin, end):
        two, three = tuple(low[k : k + 2]), tuple(low[k : k + 3])
        if two == ("in", "trasferta") or two == ("fuori", "casa") or two == ("a", "domicilio"):
            return "away"
        if two in (("sul", "campo"), ("nel", "fortino")) and low[k + 2 : k + 3] and low[k + 2].startswith(("de", "di")):
            return "away"
        if two == ("in", "casa"):
            return "away" if three[2:] and three[2].startswith(("de", "di")) else "home"
        if three[:2] in (("tra", "le"), ("fra", "le")) and three[2:] == ("mura",):
            return "home"
    return None


def _subject_side(scene: Scene, hit: Hit) -> tuple[Side | None, bool]:
    """The side of who does what the verb says, and whether it is known only by the rival in the place of its object."""
    before = [w for w in scene.whos if w.kind == "team" and w.last <= hit.first and w.prep is None and w.side]
    after = [w for w in scene.whos if w.kind == "team" and w.first >= hit.last and w.side]
    alone = hit.word.startswith(
        tuple(words("alone_stems"))
    )  # verbs that take no object: who follows at once is subject
    if alone and after and after[0].prep is None and after[0].opening - hit.last <= 1:
        return after[0].side, False
    if before:
        return before[-1].side, False
    if not after:
        return None, False
    direct = after[0].prep is None and not alone
    if direct or after[0].prep in ("a", "su", "con", "in"):
        return other(after[0].side), direct
    return after[0].side, False
