"""Pairing the claims of one match across articles, type by type, into happenings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from pipelines.items import Event

from .assignment import best_pairs
from .claim import Claim, Happening
from .likeness import ONCE, likeness
from .voting import fuse

ROUNDS = 1  # passes in which every article's claims are paired anew with what the others make; two change nothing more


class Cluster:
    """Claims that are taken for one happening. Papers repeat one another, so equal events are compared once."""

    __slots__ = ("claims", "faces", "weight")

    def __init__(self) -> None:
        self.claims: list[Claim] = []
        self.faces: dict[int, tuple[Event, float]] = {}  # by the event's id
        self.weight = 0.0

    def add(self, claim: Claim) -> None:
        self.claims.append(claim)
        held = self.faces.get(id(claim.event), (claim.event, 0.0))
        self.faces[id(claim.event)] = claim.event, held[1] + claim.weight
        self.weight += claim.weight

    def remove(self, claim: Claim) -> None:
        self.claims.remove(claim)
        self.weight -= claim.weight
        left = self.faces[id(claim.event)][1] - claim.weight
        self.faces[id(claim.event)] = claim.event, left
        if left < 1e-6:
            del self.faces[id(claim.event)]

    def is_mostly(self, number: int, without: float = 0.0) -> bool:
        """Whether most of its weight, but for that of one claim, is of the event with this id."""
        held = self.faces.get(number)
        return held is not None and 2 * (held[1] - without) > self.weight - without


class Likeness:
    """How much claims and clusters of one match resemble each other; every two events are compared once."""

    def __init__(self) -> None:
        self.known: dict[tuple[int, int], float] = {}

    def of(self, event: Event, cluster: Cluster) -> float:
        """The mean over the cluster's claims, by their weight."""
        known, total = self.known, 0.0
        for number, (face, weight) in cluster.faces.items():
            key = id(event), number
            value = known.get(key)
            if value is None:
                value = known[key] = likeness(event, face)
            total += value * weight
        return total / cluster.weight


def happenings(articles: Sequence[Sequence[Claim]], held: Mapping[int, str] = MappingProxyType({})) -> list[Happening]:
    """What the claims of a match's articles tell together. `articles` come in the order in which they are believed:
    earlier ones make the frame into which later ones are fitted. Claims that are `held` together by an event stay so;
    without any, all are paired anew."""
    by_type: defaultdict[str, list[list[Claim]]] = defaultdict(list)
    for claims in articles:
        own: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            own[claim.event.type].append(claim)
        for kind, told in own.items():
            by_type[kind].append(told)
    alike = Likeness()
    return [fuse(cluster.claims) for kind in sorted(by_type) for cluster in of_type(kind, by_type[kind], alike, held)]


def of_type(kind: str, articles: list[list[Claim]], alike: Likeness, held: Mapping[int, str]) -> list[Cluster]:
    made: list[Cluster] = []
    if kind in ONCE:
        made.append(Cluster())
        for claim in (claim for claims in articles for claim in claims):
            made[0].add(claim)
        return made
    home: dict[int, Cluster] = {}
    if held:
        made += clusters_held(articles, held)
        articles = [rest for claims in articles if (rest := [claim for claim in claims if claim.id not in held])]
    for claims in articles:
        fit(made, claims, home, alike)
    for _round in range(ROUNDS if len(articles) > 2 and not held else 0):
        moved = [refit(made, claims, home, alike) for claims in articles]
        if not any(moved):
            break
    return made


def clusters_held(articles: Iterable[Iterable[Claim]], held: Mapping[int, str]) -> list[Cluster]:
    """The clusters in which claims are stored."""
    clusters: dict[str, Cluster] = {}
    for claim in (claim for claims in articles for claim in claims):
        if claim.id in held:
            clusters.setdefault(held[claim.id], Cluster()).add(claim)
    return [clusters[name] for name in sorted(clusters)]


def fit(made: list[Cluster], claims: list[Claim], home: dict[int, Cluster], alike: Likeness) -> None:
    """Put an article's claims each with the cluster that it resembles, or into one of its own."""
    rest, taken = plainly_told(made, claims, home)
    free = [cluster for cluster in made if id(cluster) not in taken]
    pairs = dict(best_pairs([[alike.of(claim.event, cluster) for cluster in free] for claim in rest])) if rest else {}
    for number, claim in enumerate(rest):
        if number not in pairs:
            made.append(Cluster())
        home[claim.id] = free[pairs[number]] if number in pairs else made[-1]
        home[claim.id].add(claim)


def plainly_told(made: list[Cluster], claims: list[Claim], home: dict[int, Cluster]) -> tuple[list[Claim], set[int]]:
    """Put claims that most of a cluster tells in the very same way with it; the other claims, and the clusters' ids."""
    by_face = {number: cluster for cluster in made for number in cluster.faces if cluster.is_mostly(number)}
    rest: list[Claim] = []
    taken: set[int] = set()
    for claim in claims:
        cluster = by_face.get(id(claim.event))
        if cluster is None or id(cluster) in taken:
            rest.append(claim)
        else:
            taken.add(id(cluster))
            home[claim.id] = cluster
            cluster.add(claim)
    return rest, taken


def refit(made: list[Cluster], claims: list[Claim], home: dict[int, Cluster], alike: Likeness) -> bool:
    """Take an article's claims out and fit them anew; whether any went elsewhere."""
    if all(home[claim.id].is_mostly(id(claim.event), without=claim.weight) for claim in claims):
        return False
    before = [home[claim.id] for claim in claims]
    for claim in claims:
        home[claim.id].remove(claim)
    made[:] = [cluster for cluster in made if cluster.claims]
    fit(made, claims, home, alike)
    return any(home[claim.id] is not old and bool(old.claims) for claim, old in zip(claims, before, strict=True))
