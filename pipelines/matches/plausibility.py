"""What one paper alone tells, against what the sheets of the others say: a reader's slip is seen by that."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .claim import Happening
from .names import same_person
from .roster import Roster, side_of

LISTED = ("yellow_card", "red_card", "substitution")  # what a box lists in full
ACTORS = ("player", "player_in", "player_out")
ELEVEN, WITH_BENCH = 11, 16  # names on a side's line-up from which whoever starts, or comes on, is known
ENTRIES = 2  # of a type in a box, from which it is taken for a list of all


def plausible(
    made: Sequence[Happening], roster: Roster, referee: str | None, lists: Collection[int]
) -> list[Happening]:
    """The happenings without those that a single voice tells and that a sheet speaks against. `lists` are the articles
    that are score boxes."""
    full = {kind: complete(made, kind, lists) for kind in LISTED}
    return [
        each
        for each in made
        if each.voices > 1
        or not (
            unlisted(each, full.get(each.event.type, frozenset()))
            or is_referee(each, referee)
            or is_stranger(each, roster, made)
        )
    ]


def complete(made: Sequence[Happening], kind: str, lists: Collection[int]) -> frozenset[int]:
    """The boxes that list all happenings of a kind, as far as one can tell."""
    told = [
        claim.article for each in made if each.event.type == kind for claim in each.claims if claim.article in lists
    ]
    return frozenset(article for article in told if told.count(article) >= ENTRIES)


def unlisted(each: Happening, boxes: Collection[int]) -> bool:
    """Whether a box lists all of its kind and leaves it out; a coach's card often stands elsewhere."""
    return bool(boxes) and each.event.role is None and not any(claim.article in boxes for claim in each.claims)


def is_referee(each: Happening, referee: str | None) -> bool:
    return bool(referee and each.event.player and same_person(referee, each.event.player))


def is_stranger(each: Happening, roster: Roster, made: Sequence[Happening]) -> bool:
    """Whether it is done by someone who neither stands on a line-up nor comes on, where these are known."""
    if each.event.role is not None:
        return False
    return any(is_unknown(each, name, roster, made) for name in ACTORS)


def is_unknown(each: Happening, name: str, roster: Roster, made: Sequence[Happening]) -> bool:
    said = getattr(each.event, name)
    sides = [side for side in ([side_of(each.event, name)] if each.event.side else ["home", "away"]) if side]
    whole = WITH_BENCH if name == "player_in" else ELEVEN
    if not said or any(roster.listed(side) < whole for side in sides):
        return False
    return not any(on_sheet(roster, side, said) for side in sides) and not comes_on(each, said, made)


def on_sheet(roster: Roster, side: str, name: str) -> bool:
    return any(person.side == side and person.listed and same_person(person.name, name) for person in roster.people)


def comes_on(each: Happening, name: str, made: Sequence[Happening]) -> bool:
    """Whether another happening brings someone of that name on."""
    return any(
        other is not each and other.event.player_in and same_person(other.event.player_in, name) for other in made
    )
