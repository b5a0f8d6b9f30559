"""Putting the tellings of two teams' matches into groups, one a match; what stays unsure is told with its reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .days import overlap
from .doubts import doubt, is_mention
from .resemblance import NEVER, resemblance, same_sides
from .telling import Telling

MARGIN = 0.7  # a telling that fits two matches this equally is tied to neither
SAME_DAY = 0.3  # overlap of days from which two sides cannot have met twice
UNLIKE = -0.5  # resemblance below which two tellings rather tell two matches
PLAIN = 4.0  # resemblance from which a telling plainly follows a match
JOINED = 500.0  # a person's word
TOLERATED = -2.0  # a day's second telling may err that much: that it tells another match is as rare
Apart = Collection[frozenset[int]]  # pairs of telling ids


@dataclass(frozen=True, slots=True)
class Group:
    """The tellings of one match, in the order of their keys."""

    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Grouping:
    """The matches, and for every telling that belongs to none the reason."""

    groups: tuple[Group, ...]
    unsure: dict[int, str]


def group(tellings: Sequence[Telling], joined: Apart = (), split: Apart = ()) -> Grouping:
    """The matches that these tellings of two teams tell. The result depends on the tellings alone, not on their
    order. `joined` and `split` are a person's word on pairs of them."""
    unsure = {t.id: reason for t in tellings if (reason := doubt(t)) and not any(t.id in pair for pair in joined)}
    sure = sorted((t for t in tellings if t.id not in unsure), key=lambda t: t.key)
    bonds = Bonds(sure, joined, split)
    clusters = bonds.cluster()
    clusters, undecided = settle(bonds, clusters)
    mentions = [cluster for cluster in clusters if all(is_mention(sure[i]) for i in cluster)]
    undecided |= {i: "neither a score nor an event is told" for cluster in mentions for i in cluster}
    clusters = [cluster for cluster in clusters if cluster not in mentions]
    groups = [Group(tuple(sure[i] for i in cluster)) for cluster in clusters]
    return Grouping(tuple(groups), unsure | {sure[i].id: reason for i, reason in undecided.items()})


def follow(tellings: Sequence[Telling], ties: Mapping[int, str], new: Telling) -> tuple[Telling, ...] | None:
    """The tellings of the match that a new one plainly tells, with it; None where all must be grouped anew."""
    if doubt(new) or is_mention(new):
        return None
    matches: dict[str, list[Telling]] = {}
    for telling in tellings:
        if telling.id in ties and telling.id != new.id:
            matches.setdefault(ties[telling.id], []).append(telling)
    alike = {
        match: [resemblance(*sorted((new, other), key=lambda t: t.key)) for other in members]
        for match, members in matches.items()
    }
    means = {
        match: min(values) if min(values) <= NEVER else sum(values) / len(values) for match, values in alike.items()
    }
    best = max(means, key=lambda match: means[match], default=None)
    if best is None or means[best] < PLAIN or any(mean > 0 for match, mean in means.items() if match != best):
        return None
    return tuple(sorted([*matches[best], new], key=lambda t: t.key))


class Bonds:
    """How much every two tellings resemble each other."""

    def __init__(self, tellings: Sequence[Telling], joined: Apart, split: Apart) -> None:
        self.tellings = tellings
        ids = [t.id for t in tellings]
        stands_for = [self.stand_in(i, ids, joined) for i in range(len(ids))]
        self.of = [[0.0] * len(tellings) for _ in tellings]
        for i in range(len(tellings)):
            for j in range(i):
                self.of[i][j] = self.of[j][i] = self.bond(i, j, stands_for, split)

    def stand_in(self, i: int, ids: Sequence[int], joined: Apart) -> int:
        """The first telling with which a person put this one: it goes where that goes."""
        others = [j for j, other in enumerate(ids) if j < i and frozenset((ids[i], other)) in joined]
        return others[0] if others else i

    def bond(self, i: int, j: int, stands_for: Sequence[int], split: Apart) -> float:
        if frozenset((self.tellings[i].id, self.tellings[j].id)) in split:
            return NEVER
        a, b = stands_for[i], stands_for[j]
        return JOINED if a == b else resemblance(self.tellings[min(a, b)], self.tellings[max(a, b)])

    def between(self, ours: Sequence[int], theirs: Sequence[int]) -> float:
        """The mean over all pairs; a veto of one pair is one of all. Where most pairs are unlike, they have it: one
        telling between two matches must not draw them together."""
        values = sorted(self.of[i][j] for i in ours for j in theirs if i != j)
        if not values or values[0] <= NEVER:
            return NEVER
        mean, middle = sum(values) / len(values), values[len(values) // 2]
        return min(mean, middle) if middle < UNLIKE else mean

    def cluster(self) -> list[list[int]]:
        """Merge the two clusters that resemble each other most, as long as any do; of equals the earlier ones."""
        clusters = {i: [i] for i in range(len(self.tellings))}  # by their first
        alike = {(i, j): self.of[i][j] for i in clusters for j in clusters if i < j}
        while alike:
            (first, second), best = max(alike.items(), key=lambda pair: (round(pair[1], 9), [-i for i in pair[0]]))
            if best <= 0:
                break
            clusters[first] = sorted(clusters[first] + clusters.pop(second))
            alike = {pair: value for pair, value in alike.items() if second not in pair}
            for other in clusters:
                if other != first:
                    pair = min(first, other), max(first, other)
                    alike[pair] = self.between(clusters[first], clusters[other])
        return [clusters[i] for i in sorted(clusters)]


def settle(bonds: Bonds, clusters: list[list[int]]) -> tuple[list[list[int]], dict[int, str]]:
    """Take out what fits two matches alike, and what tells a day's match so that it fits no other telling of it."""
    undecided: dict[int, str] = {}
    for cluster in clusters:
        for i in cluster:
            if len(cluster) < 2:
                continue
            own = bonds.between([i], [j for j in cluster if j != i])
            rival = max((bonds.between([i], other) for other in clusters if other is not cluster), default=NEVER)
            if rival > 0 and own - rival < MARGIN:
                undecided[i] = "fits two matches of these teams alike"
    kept = [rest for cluster in clusters if (rest := [i for i in cluster if i not in undecided])]
    return without_rivals(bonds, kept, undecided)


def without_rivals(
    bonds: Bonds, clusters: list[list[int]], undecided: dict[int, str]
) -> tuple[list[list[int]], dict[int, str]]:
    """Two sides meet once a day: where two clusters claim one day, the one that more tellings support is the match."""
    ranked = sorted(clusters, key=lambda c: (-len(c), -sum(bonds.tellings[i].sketch.events for i in c), c[0]))
    kept: list[list[int]] = []
    for cluster in ranked:
        rival = next((other for other in kept if on_one_day(bonds, cluster, other)), None)
        if rival is None:
            kept.append(cluster)
        elif bonds.between(cluster, rival) > TOLERATED:
            kept[kept.index(rival)] = sorted(rival + cluster)
        else:
            score = bonds.tellings[rival[0]].score
            told = f" ({score[0]}-{score[1]})" if score else ""
            undecided |= dict.fromkeys(cluster, f"does not fit what others tell of that day's match{told}")
    return sorted(kept, key=lambda c: c[0]), undecided


def on_one_day(bonds: Bonds, ours: Sequence[int], theirs: Sequence[int]) -> bool:
    """Whether two clusters tell a match of one day, of the same clubs and of one category."""
    pairs = [(bonds.tellings[i], bonds.tellings[j]) for i in ours for j in theirs]
    if any(a.category != b.category or not same_clubs(a, b) for a, b in pairs):
        return False
    if len(ours) > 1 and not any(a.sketch.people & b.sketch.people for a, b in pairs):
        return False  # several papers, other people: another side of the same clubs
    return sum(overlap(a.days, b.days) for a, b in pairs) / len(pairs) >= SAME_DAY


def same_clubs(a: Telling, b: Telling) -> bool:
    return same_sides(a, b) or same_sides(a, b.turned())
