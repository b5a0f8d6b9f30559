"""Pairing the claims of one match across articles, type by type, into happenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from .assignment import best_pairs
from .claim import Claim, Happening
from .likeness import likeness
from .voting import fuse

ROUNDS = 2  # passes in which every article's claims are paired anew with what the others make


def happenings(articles: Sequence[Sequence[Claim]]) -> list[Happening]:
    """What the claims of a match's articles tell together. `articles` come in the order in which they are believed:
    earlier ones make the frame into which later ones are fitted."""
    by_type: defaultdict[str, list[list[Claim]]] = defaultdict(list)
    for claims in articles:
        own: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            own[claim.event.type].append(claim)
        for kind, told in own.items():
            by_type[kind].append(told)
    return [each for kind in sorted(by_type) for each in of_type(by_type[kind])]


def of_type(articles: list[list[Claim]]) -> list[Happening]:
    made: list[Happening] = []
    for claims in articles:
        made = fitted(made, claims)
    if len(articles) > 2:
        for _round in range(ROUNDS):
            before = [{claim.id for claim in each.claims} for each in made]
            for claims in articles:
                made = fitted(without(made, claims), claims)
            if [{claim.id for claim in each.claims} for each in made] == before:
                break
    return made


def without(made: list[Happening], claims: list[Claim]) -> list[Happening]:
    """The happenings as they are without an article's claims."""
    own = {claim.id for claim in claims}
    kept: list[Happening] = []
    for each in made:
        rest = [claim for claim in each.claims if claim.id not in own]
        if len(rest) == len(each.claims):
            kept.append(each)
        elif rest:
            kept.append(fuse(rest))
    return kept


def fitted(made: list[Happening], claims: list[Claim]) -> list[Happening]:
    """The happenings with one more article's claims: each joins the one it resembles, or makes its own."""
    pairs = dict(best_pairs([[likeness(claim.event, each.event) for each in made] for claim in claims]))
    result = list(made)
    for number, claim in enumerate(claims):
        if number in pairs:
            at = pairs[number]
            result[at] = fuse([*made[at].claims, claim])
        else:
            result.append(fuse([claim]))
    return result
