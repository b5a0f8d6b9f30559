"""What the frames of one match make together: who is at home, the scores, the officials, who copies whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .claim import Said
from .names import person_words, same_club, words
from .telling import Score, Telling
from .trust import Trust
from .vocabulary import vocabulary

COPIED_SENTENCES, COPIED_SHARE = 4, 0.6  # an agency's lines in two reports are fewer
FIRM = 2  # independent voices that make a conflict one of the match, not of one paper


def orient(tellings: Sequence[Telling], trust: Trust) -> tuple[str, str, list[Telling]]:
    """The names of home and away, and all tellings that way round: a box with its sides swapped is turned."""
    first = tellings[0]
    straight = [is_straight(t, first) for t in tellings]
    weights = [trust.of(t) for t in tellings]
    for_first = sum(w for w, s in zip(weights, straight, strict=True) if s)
    keep = for_first >= sum(weights) - for_first
    turned = [t if s == keep else t.turned() for t, s in zip(tellings, straight, strict=True)]
    return common_name([t.home for t in turned]), common_name([t.away for t in turned]), turned


def is_straight(telling: Telling, other: Telling) -> bool:
    """Whether two tellings have the same side at home; a name that fits neither of the other's decides nothing."""
    if same_club(telling.home, other.home) or same_club(telling.away, other.away):
        return True
    return not (same_club(telling.home, other.away) or same_club(telling.away, other.home))


def common_name(names: Sequence[str]) -> str:
    """The name that most give; of equals the longest."""
    return max(sorted(set(names)), key=lambda name: (names.count(name), len(name)))


def elect(tellings: Sequence[Telling], value: Callable[[Telling], Any], trust: Trust, pool: str = "frame") -> Any:
    """What most weight of the tellings says, one vote an article's words; None where none says anything."""
    totals: defaultdict[Any, float] = defaultdict(float)
    voted: set[tuple[str, Any]] = set()
    for telling in tellings:
        said = value(telling)
        if said is None or said == "" or (telling.words and (telling.words, said) in voted):
            continue
        voted.add((telling.words, said))
        totals[said] += trust.of(telling, pool)
    return max(totals, key=lambda said: (round(totals[said], 9), len(str(said)), str(said)), default=None)


def elect_name(names: Sequence[str | None]) -> str | None:
    """The person most often named, in the fullest form."""
    said = [name for name in names if name]
    if not said:
        return None
    surnames = [person_words(name)[-1:] for name in said]
    best = max(sorted(surnames), key=surnames.count)
    return max((name for name, last in zip(said, surnames, strict=True) if last == best), key=lambda n: (len(n), n))


def voices_of(tellings: Sequence[Telling]) -> dict[int, int]:
    """For every article the one whose words it repeats: itself, or the first with the same words."""
    originals: list[Telling] = []
    voices: dict[int, int] = {}
    for telling in sorted(tellings, key=lambda t: t.key):
        original = next((each for each in originals if copies(telling, each)), telling)
        voices[telling.article] = original.article
        if original is telling:
            originals.append(telling)
    return voices


def copies(telling: Telling, original: Telling) -> bool:
    """Whether a telling has its words from another."""
    if telling.words and telling.words == original.words:
        return True
    ours, theirs = telling.sketch.said, original.sketch.said
    fewer = min(len(ours), len(theirs))
    return fewer >= COPIED_SENTENCES and len(ours & theirs) >= COPIED_SHARE * fewer


def final_score(telling: Telling, said: Said) -> Score:
    """The score of a telling: of its frame, or of the final whistle that it tells."""
    if telling.score is not None:
        return telling.score
    return next((event.score for _id, event, _sure, _held in said.claims if event.type == "full_time"), None)


def score_conflict(
    tellings: Sequence[Telling], said: Mapping[int, Said], voices: Mapping[int, int], score: Score
) -> list[str]:
    """The final scores that several papers tell otherwise than most."""
    told: defaultdict[Score, set[int]] = defaultdict(set)
    for telling in tellings:
        told[final_score(telling, said[telling.id])].add(voices[telling.article])
    others = [each for each in told if each and each != score and len(told[each]) >= FIRM]
    return ["the score is told as {}-{} and as {}-{}".format(*score, *each) for each in sorted(others) if score]


def status_of(tellings: Sequence[Telling], score: Score) -> str:
    """played; or abandoned or postponed, where titles say so and no paper tells a final score."""
    if score is not None:
        return "played"
    told = {word for telling in tellings for word in words(telling.title)}
    if told & vocabulary().abandoned:
        return "abandoned"
    started = any(telling.sketch.events for telling in tellings)
    return "postponed" if told & vocabulary().postponed and not started else "played"
