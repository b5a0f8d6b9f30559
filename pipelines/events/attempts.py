"""Attempts at goal: from a sentence's cues (who served, shot, what came of it) to goals, shots, missed penalties
and goals that did not stand."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from .clock import NO_CLOCK, Clock
from .lexicon import Hit, words
from .numbers import CARDINALS
from .people import Person, Who, other
from .scene import Scene, is_referee
from .telling import Role, Side, Telling

OUTCOMES = words("attempts_outcomes")
CUES = OUTCOMES | {"attempt", "assist", "spot", "body", "method", "rebound"}


PRAISE = words("attempts_praise")
CONVERTED = ("trasform", "realizz", "segn", "sigl", "mess")  # verbs of a penalty that went in
BEFORE_SCORE = words("attempts_before_score")


def score_of(told: list[str]) -> tuple[int, int] | None:
    """The score that tokens tell: "2-1", "due a uno", "due pari"."""
    if len(told) == 1 and "-" in told[0]:
        a, b = told[0].split("-")
        return int(a), int(b)
    numbers = [CARDINALS[w] for w in told if w in CARDINALS] + [0] * told.count("zero")
    if "pari" in told[-1:] and numbers:
        return numbers[0], numbers[0]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else None


@dataclass(slots=True)
class Attempt:
    """One attempt as it is being read."""

    player: Who | None = None
    players: list[Who] = field(default_factory=list)
    receiver: Who | None = None  # of the pass: the shooter where nobody else is named
    assist: Who | None = None
    keeper: Who | None = None
    outcome: str | None = None
    body: str | None = None
    method: str | None = None
    clock: Clock | None = None
    own_clock: bool = False
    penalty: bool = False
    strong: bool = False  # a verb or a clear phrase told it
    started: bool = False  # an attempt proper was told
    by_verb: bool = False  # in a verb, not only named by a noun
    setpiece: bool = False  # the noun is a free kick: whoever takes it serves the next
    reason: str | None = None
    side: Side | None = None
    first: int = 0
    last: int = 0
    rules: list[str] = field(default_factory=list)
    nearby: list[Who] = field(default_factory=list)  # everyone in its sentence
    thanked: list[Who] = field(default_factory=list)  # behind "grazie a"
    topic: Who | None = None
    score: tuple[int, int] | None = None  # told after it
    announced: bool = False  # told before it is described: "arriva il pareggio: cross di Rossi, testa di Bianchi"
    waited: bool = False
    praised: bool = False  # a goal by nothing but a word of praise: "magia di Rossi"

    @property
    def closed(self) -> bool:
        return self.outcome is not None

    def shooter(self) -> Who | None:
        return self.player or self.receiver or self._left_over()

    def _left_over(self) -> Who | None:
        """Who shot where no words say so: whom the sentence names before, no keeper; else whom it is about."""
        if self.outcome is None or self.outcome in ("own", "annulled"):
            return None
        fit = [w for w in self.nearby if w.kind == "person" and not same(w, self.keeper) and not same(w, self.assist)]
        fit = [w for w in fit if w.person is not None and not w.person.roles & {"coach", "referee", "keeper"}]
        before = [w for w in fit if w.prep is None and w.last <= self.last]
        if self.announced:
            after = [w for w in fit if w.first >= self.first and (w.prep is None or w.prep in ("di", "con", "per"))]
            after += [w for w in fit if w.first >= self.first and w.prep == "a" and w in self.thanked]
            subjects = [w for w in after if w.prep is None]
            return (subjects or after)[-1] if after else None
        if self.outcome == "goal":
            whose = [w for w in fit if w.prep == "di" and w.last <= self.last]
            return before[-1] if before else whose[-1] if whose else None
        owned = [w for w in fit if w.prep in ("di", "con", "per", "a") and w.first >= self.first]
        if before or owned:
            return before[-1] if before else owned[0]
        about = self.topic
        if about is not None and about.kind == "person" and not fit and not same(about, self.keeper):
            return about if about.person is not None and not about.person.roles else None
        return None


def same(a: Who | None, b: Who | None) -> bool:
    """Whether two mentions mean one person."""
    if a is None or b is None:
        return False
    return (a.person is not None and a.person is b.person) or a is b


class AttemptReader:
    """Reads the attempts of successive sentences; an attempt without its end may find it in the next sentence."""

    def __init__(self) -> None:
        self.current: Attempt | None = None
        self.done: list[Attempt] = []
        self.seen = (0, 0)
        self.goals = 0  # told so far
        self.told_score = 0  # the goals that the scores told so far add up to
        self.award = 0  # sentences since a penalty was given, while nobody has taken it; 0 where none waits

    def read(self, scene: Scene) -> list[Attempt]:
        """The attempts that are complete with this sentence."""
        self.done = []
        hits = [h for h in scene.hits if h.rule.cue in CUES]
        if not hits or (self.current is not None and self._other_time(scene, hits[0])):
            self.flush()
        for hit in hits:
            self._feed(scene, hit)
        now = self.current
        if now is not None and now.announced and now.player is None and not now.waited and not _people_after(scene):
            now.waited = True  # the next sentence may say who
            now.nearby = []
        elif now is not None and (now.closed or not (now.by_verb and now.strong)):
            self.flush()
        return self.done

    def _other_time(self, scene: Scene, hit: Hit) -> bool:
        """Whether a sentence tells a time of its own, so that it does not go on with what is open."""
        clock = scene.clock_at(hit.first)
        return clock is not None and self.current is not None and clock != self.current.clock

    def flush(self) -> list[Attempt]:
        """Close what is open."""
        if self.current is not None:
            self.done.append(self.current)
            self.current = None
        return self.done

    def _new(self, scene: Scene, hit: Hit) -> Attempt:
        before = self.current
        self.flush()
        self.current = Attempt(first=hit.first, last=hit.last)
        self.current.clock = scene.clock_at(hit.first)
        self.current.own_clock = self.current.clock is not None
        if self.current.clock is None and before is not None:
            self.current.clock = before.clock
        if (
            before is not None
            and before.setpiece
            and before.outcome is None
            and before.player is not None
            and before.clock == self.current.clock
        ):
            self.current.assist = before.player
        return self.current

    def _touch(self, scene: Scene, hit: Hit) -> Attempt:
        """The attempt that a hit goes on with, made if there is none."""
        now = self.current if self.current is not None else self._new(scene, hit)
        if not now.nearby:
            now.nearby, now.topic = scene.whos, scene.topic
            if now.assist is None and now.receiver is None and now.player is None:
                now.assist, now.receiver = _bare_pass(scene)
            now.thanked = [
                w for w in scene.whos if w.opening > scene.first and scene.doc.low[w.opening - 1] == "grazie"
            ]
        if now.first >= scene.first:
            now.first, now.last = min(now.first, hit.first), max(now.last, hit.last)
        if not now.own_clock and (clock := scene.clock_at(hit.first)) is not None:
            now.clock, now.own_clock = clock, True
        now.rules.append(hit.rule.name)
        return now

    def _feed(self, scene: Scene, hit: Hit) -> None:
        cue = hit.rule.cue
        if cue == "assist":
            self._assist(scene, hit)
        elif cue == "attempt":
            self._attempt(scene, hit)
        elif cue == "body":
            self._colour(scene, hit)
        elif cue == "rebound":
            if self.current is not None and self.current.outcome in ("saved", "woodwork", "blocked"):
                self.flush()
        elif cue == "spot":
            self._spot(scene, hit)
        elif cue == "spot-on":
            self._spot_on(scene, hit)
        elif cue == "score":
            self._score(scene, hit)
        elif cue == "goal":
            if scene.doc.low[hit.first][0].isdigit():
                self._score(scene, hit)
            self._goal(scene, hit)
        else:
            self._outcome(scene, hit)

    def _assist(self, scene: Scene, hit: Hit) -> None:
        roles = scene.fills(hit)
        giver, receiver = _one(roles.get("assist")), _one(roles.get("player"))
        if giver is None and receiver is None:
            return
        now = self.current
        if now is not None and now.closed:
            told_first = now.announced and now.player is None
            linked = now.outcome == "goal" and (told_first or not _new_clause(scene, now.last, hit.first))
            if hit.mood == "participle" and now.last >= scene.first and same(receiver, now.shooter()):
                linked = not _new_clause(scene, now.last, hit.first)  # "spara alto il pallone messogli da Neri"
            if not linked and not (
                hit.mood == "word"
                and scene.doc.low[hit.first - 1] in ("su", "sull'", "un", "dal", "d'", "l'", "dopo", "per")
            ):
                now = self._new(scene, hit)
            elif now.assist is not None or same(giver, now.player):
                return
        if now is None:
            now = self._new(scene, hit)
        if giver is not None and not same(giver, now.player):
            now.assist = giver
        if receiver is not None and not same(receiver, giver):
            if hit.mood == "participle" and now.player is None:
                now.player = receiver
            else:
                now.receiver = receiver
        if "sul" in scene.doc.low[hit.first : hit.last]:
            _part_of_noun(scene, hit, now)  # "messogli sul sinistro"
        now.rules.append(hit.rule.name)

    def _attempt(self, scene: Scene, hit: Hit) -> None:
        roles = scene.fills(hit)
        noun = hit.rule.weak
        players = roles.get("player", [])
        who = _one(players)
        if hit.first > scene.first and scene.doc.low[hit.first - 1] == "cui":  # "Rossi, il cui rasoterra"
            who = next((w for w in reversed(scene.whos) if w.last <= hit.first and w.kind == "person"), who)
            players = [who] if who is not None else []
        now = self.current
        if now is not None and _serves_it(scene, now, hit, who):
            now.assist = now.assist or who
            now.rules.append(hit.rule.name)
            return
        if now is not None and self._starts_anew(scene, now, hit, who, noun):
            now = self._new(scene, hit)
        now = self._touch(scene, hit)
        if who is not None and (now.player is None or not noun):
            now.player, now.players = who, players
        if "opponent" in roles and now.keeper is None:
            now.keeper = _one(roles["opponent"])
        now.started = True
        now.strong = now.strong or not noun or who is not None
        now.by_verb = now.by_verb or not noun
        now.setpiece = now.setpiece or "method" in hit.rule.facts
        _part_of_noun(scene, hit, now)

    def _starts_anew(self, scene: Scene, now: Attempt, hit: Hit, who: Who | None, noun: bool) -> bool:
        if (noun and who is None) or (now.announced and now.player is None):
            return False
        if now.closed:
            if now.player is None and noun and hit.first - now.last <= 8:
                return False
            if same(who, now.player):
                return now.first < scene.first or scene.hard_between(now.last, hit.first)
            return True
        return now.started and who is not None and now.player is not None and not same(who, now.player)

    def _colour(self, scene: Scene, hit: Hit) -> None:
        now = self.current
        if now is None or (now.closed and now.first < scene.first):
            self.current = now = self._new(scene, hit)
        if now.body is None:
            now.body = hit.rule.facts["body_part"]

    def _spot(self, scene: Scene, hit: Hit) -> None:
        who = _one(scene.fills(hit).get("player"))
        now = self.current
        if now is not None and now.announced and now.player is None and who is not None and now.last >= scene.first:
            now.assist = now.receiver = None  # "arriva il pari: fallo di Rossi, rigore trasformato da Verdi"
            now.penalty, now.player = True, who
        if (
            now is not None
            and (
                (now.closed and not (now.penalty or hit.first - now.last <= 6))
                or (now.started and not now.penalty and now.first < scene.first)
            )
        ) or (now is not None and now.closed and now.penalty and who is not None and not same(who, now.player)):
            now = self._new(scene, hit)
        now = self._touch(scene, hit)
        now.penalty = True
        if not now.closed:
            now.assist = None
        if who is not None and now.player is None:
            now.player = who
        now.started = now.strong = True
        if who is not None and who.last == hit.first and hit.word == "su" and not now.closed:
            now.outcome = "goal"  # "Rossi su rigore", in a list of scorers
        if (
            any(w.startswith(CONVERTED) for w in scene.doc.low[hit.first : hit.last])
            and hit.mood in ("present", "past", "participle", "word")
        ) or hit.word.startswith("spiazz"):
            now.outcome = "goal"
            if hit.word.startswith("spiazz"):
                after = scene.named_after(hit)
                now.keeper = after or now.keeper

    def _spot_on(self, scene: Scene, hit: Hit) -> None:
        """Words that mean a goal once a penalty is being taken: "non trema", "portiere a destra e palla a sinistra"."""
        now = self.current
        if now is not None and now.penalty and now.outcome == "goal" and now.last >= scene.first:
            return
        if (now is not None and now.penalty and not now.closed) or self.award:
            self._goal(scene, hit)
            if self.current is not None and self.current.outcome == "goal":
                self.current.penalty = True
        elif hit.word in ("sbaglia", "fallisce", "sbagliò", "fallì", "sbagliato"):
            self._goal(scene, hit)
            if self.current is not None and {"dischetto", "undici", "11"} & set(scene.doc.low[hit.first : hit.last]):
                self.current.penalty = True

    def _score(self, scene: Scene, hit: Hit) -> None:
        """A score beyond the last told: what was just told went in ("Rossi, di piatto, 2-1", "il tris: 3-0")."""
        told = score_of(scene.doc.low[hit.first : hit.last])
        if told is None:
            return
        (a, b), total = told, sum(told)
        before = scene.doc.low[hit.first - 1] if hit.first > scene.first else "."
        before_that = self.seen
        opened = self.current is not None and not self.current.closed and self.current.last >= scene.first
        fresh = (
            total > self.told_score
            and before in BEFORE_SCORE
            and (opened or total in (self.told_score + 1, self.goals + 1))
        )
        background = scene.has("halftime", "fulltime")
        if fresh and not background:
            now = self.current
            subject = scene.last_actor(hit.first)
            if now is not None and now.outcome == "goal":
                pass
            elif now is not None and not now.closed and now.shooter() is not None and before not in ("sull'", "sul"):
                self._touch(scene, hit).outcome = "goal"
                now.started = now.strong = True
            elif (
                subject is not None
                and before in (":", ",", "-")
                and (now is None or now.closed or now.shooter() is None)
            ):
                now = self._new(scene, hit)
                now.player, now.outcome, now.started, now.strong = subject, "goal", True, True
                now.rules.append(hit.rule.name)
        now = self.current
        if fresh and now is not None and now.outcome in ("goal", "own") and now.score is None:
            now.score = (a, b)
            if a == before_that[0] + 1 and b == before_that[1]:
                now.side = "home"
            elif b == before_that[1] + 1 and a == before_that[0]:
                now.side = "away"
        if not scene.has("fulltime") and self.told_score <= total <= self.told_score + 2:
            self.told_score, self.seen = total, (a, b)

    def _goal(self, scene: Scene, hit: Hit) -> None:
        roles = scene.fills(hit)
        players = roles.get("player", [])
        if hit.rule.beside == "team" and not players:
            return  # "il Bari stende il Lecce" names nobody who scored
        who, keeper = _one(players), _one(roles.get("keeper"))
        noun = hit.rule.weak
        now = self.current
        if noun and who is None and (now is None or now.closed) and _announces(scene, hit):
            now = self._new(scene, hit)
            now.announced = True
        elif noun and not self._noun_is_goal(scene, hit, who):
            if now is not None and now.outcome == "goal" and now.last >= scene.first:
                now.side = now.side or _beneficiary(scene, hit)
            return
        if now is not None and now.outcome == "annulled" and now.last >= scene.first and noun:
            now.player = now.player or who
            return
        if hit.rule.name == "past-the-keeper" and not _ball_is_played(scene, now):
            return
        if hit.rule.name == "helpless" and now is not None and now.outcome in ("saved", "blocked", "woodwork"):
            now = self._new(scene, hit)  # he stopped the first, not the second
            now.announced = True
        if now is not None and same(who, now.keeper) and now.last >= scene.first:
            who, players = None, []
        if same(who, keeper):
            keeper = None
        if now is not None and now.announced and now.player is None and scene.has("penalty"):
            now.penalty = True  # "arriva il pareggio: Rossi cade in area ed è rigore"
        if hit.mood == "participle" and scene.passive(hit) and hit.rule.name == "scores" and not players:
            keeper = None
        explicit = who is not None and (noun or who.first >= scene.first)
        if now is not None and _finishes(scene, now, hit, who):
            now.assist, now.player = now.player, who
            now.rules.append(hit.rule.name)
            return
        if now is not None:
            fresh = now.closed and (
                (explicit and now.player is not None and not same(who, now.player))
                or (
                    scene.clock_at(hit.first) is not None
                    and now.clock is not None
                    and scene.clock_at(hit.first) != now.clock
                )
                or (now.outcome != "goal" and now.last < scene.first)
                or now.first < scene.first
            )
            if (
                not now.closed
                and now.started
                and explicit
                and now.player is not None
                and not same(who, now.player)
                and noun
            ):
                fresh = True
            if fresh:
                now = self._new(scene, hit)
        now = self._touch(scene, hit)
        if now.setpiece and now.player is not None and who is not None and not noun and not same(who, now.player):
            now.assist, now.player = now.player, None
        if who is not None and (
            now.player is None
            or (not noun and who.first > now.player.last and not same(who, now.keeper) and not now.penalty)
        ):
            now.player, now.players = who, players
        elif who is not None and same(who, now.player) and len(players) > 1:
            now.players = players
        if keeper is not None and not same(keeper, now.player):
            now.keeper = keeper
        now.praised = hit.word in PRAISE and now.outcome in (None, "goal") and (now.praised or now.outcome is None)
        now.outcome = "goal"
        now.announced = now.announced or (now.player is None and not noun)
        told = scene.doc.low[hit.first : hit.last]
        now.penalty = now.penalty or (bool({"rigore", "penalty"} & set(told)) and (noun or "su" in told))
        now.penalty = now.penalty or (hit.word.startswith("trasform") and scene.has("penalty") and "in" not in told)
        now.started = now.strong = True
        now.side = now.side or _beneficiary(scene, hit)

    def _noun_is_goal(self, scene: Scene, hit: Hit, who: Who | None) -> bool:
        if who is not None:
            return True
        if hit.rule.name == "and-in":  # "colpo di testa di Rossi e vantaggio", "destro di Rossi: rete"
            now, actor = self.current, scene.last_actor(hit.first)
            if now is not None and not now.closed and (now.receiver or (now.started and now.shooter())):
                return True
            fresh = now is None or (not now.closed and not now.started and not same(actor, now.assist))
            return fresh and hit.word == ":" and actor is not None and scene.clock_at(hit.first) is not None
        low = scene.doc.low
        before = low[max(scene.first, hit.first - 3) : hit.first]
        if (
            hit.word == "vantaggio"
            and before[-1:] == ["in"]
            and self.current is not None
            and self.current.shooter() is not None
        ):
            return not self.current.closed
        if _cried_out(scene, hit):
            return True
        if {"occasione", "palla", "chance", "opportunità", "pallone"} & set(
            low[max(scene.first, hit.first - 6) : hit.first]
        ):
            return False
        if self.current is not None and self.current.started and not self.current.closed:
            return bool({"per", "è", "vale", "valere", "ecco", "ed", "del"} & set(before[-2:])) and hit.word not in (
                "pari",
                "sigillo",
            )
        return False

    def _outcome(self, scene: Scene, hit: Hit) -> None:
        cue, roles = hit.rule.cue, scene.fills(hit)
        player, keeper = _one(roles.get("player")), _one(roles.get("keeper") or roles.get("opponent"))
        now = self.current
        weak = hit.rule.weak
        if (
            now is None
            and weak
            and not (cue == "off" and (player or hit.mood != "word"))
            and cue != "wood"
            and keeper is None
        ):
            return
        if cue in ("save", "block") and keeper is None and player is None and now is None:
            return
        if cue == "disallow":
            player = player if player is not None and player.kind == "person" else None
            player = player or (
                scene.named_before(hit) if now is None or (now.closed and now.outcome != "goal") else None
            )
            if now is not None and (
                (player is not None and not same(player, now.player)) or (now.closed and now.outcome != "goal")
            ):
                now = self._new(scene, hit)
                now.player = player
        elif now is not None and self._other_attempt(scene, now, hit, player):
            if weak and player is None and keeper is None:
                return
            now = self._new(scene, hit)
        if (
            now is None
            and cue in ("save", "block", "off")
            and weak
            and player is None
            and hit.rule.name != "save-noun"
            and hit.mood == "word"
        ):
            return
        now = self._touch(scene, hit)
        doubtful = now.announced or (now.praised and now.last >= scene.first)
        if doubtful and now.outcome == "goal" and now.player is not None and cue in ("save", "block", "wood"):
            now.outcome, now.announced = None, False
        if player is not None and now.player is None and not same(player, keeper):
            now.player = player
        if keeper is not None and now.keeper is None and not same(keeper, now.player or now.receiver):
            now.keeper = keeper
        if cue == "owngoal" and player is None and now.player is None:
            near = [w for w in scene.whos if w.prep == "di" and w.kind == "person" and 0 <= hit.first - w.last <= 2]
            now.player = near[-1] if near else scene.topic
        outcome = {"pen-miss": "missed", "owngoal": "own", "disallow": "annulled"}.get(cue) or hit.rule.facts.get(
            "outcome", "off_target"
        )
        if cue == "pen-miss":
            now.penalty = True
            if now.outcome in (None, "goal"):
                now.outcome = "missed" if "parar" not in hit.word and keeper is None else "saved"
        elif cue in ("owngoal", "disallow"):
            now.outcome = outcome
            if cue == "owngoal" and player is not None:
                now.player = player
        elif now.outcome in (None, "off_target") or (now.outcome == "saved" and cue in ("wood",)):
            now.outcome = outcome
        if not weak or cue == "wood" or player is not None:
            now.strong = True
        if {"penalty", "rigore"} & set(scene.doc.low[hit.last : hit.last + 3]):
            now.penalty = True
        now.started = (
            now.started
            or cue in ("miss", "tested", "wood", "owngoal", "pen-miss")
            or (cue == "save" and (player is not None or keeper is not None))
            or (cue == "off" and (hit.mood != "word" or (player is not None and _is_clear(scene, hit))))
        )

    def _other_attempt(self, scene: Scene, now: Attempt, hit: Hit, player: Who | None) -> bool:
        """Whether an outcome speaks of another attempt than the one being read."""
        if hit.rule.cue == "owngoal":  # "gol di Rossi e autorete di Neri"
            return now.outcome == "goal" and None not in (player, now.player) and not same(player, now.player)
        if hit.rule.cue == "disallow":
            return False
        clock = scene.clock_at(hit.first)
        if now.closed and clock is not None and now.clock is not None and clock != now.clock and now.own_clock:
            return True
        if player is not None and now.player is not None and not same(player, now.player):
            return hit.rule.cue in ("miss", "wood", "tested") or now.closed
        if now.closed:
            return now.last < scene.first or scene.hard_between(now.last, hit.first)
        return False


def _finishes(scene: Scene, now: Attempt, hit: Hit, who: Who | None) -> bool:
    """Whether a noun names who finished what the one before began: "è vantaggio: spizzata di Rossi e zampata vincente
    di Verdi"."""
    begun = now.announced and now.player is not None and now.last >= scene.first
    return begun and who is not None and not same(who, now.player) and "vincente" in scene.doc.low[hit.first : hit.last]


def _serves_it(scene: Scene, now: Attempt, hit: Hit, who: Who | None) -> bool:
    """Whether a free kick serves the attempt told before it: "colpo di testa di Rossi su punizione di Verdi"."""
    return (
        "method" in hit.rule.facts
        and who is not None
        and now.player is not None
        and not same(who, now.player)
        and now.last >= scene.first
        and now.outcome in (None, "off_target", "saved", "goal")
        and scene.doc.low[hit.first] in ("su", "sulla")
        and not any(w in (",", ";", ":", ".") for w in scene.doc.low[now.player.last : hit.first])
    )


def _ball_is_played(scene: Scene, now: Attempt | None) -> bool:
    """Whether "alle spalle di" can be of a ball: not of a man behind the strikers, in a line-up told in prose."""
    if now is not None and not now.closed and now.started:
        return True
    return bool(
        {"palla", "pallone", "sfera", "cuoio", "manda", "mette", "spedisce", "deposita", "incorna"}
        & set(scene.doc.low[scene.first : scene.last])
    )


def _people_after(scene: Scene) -> bool:
    """Whether anybody is named after an announced goal in its sentence."""
    return any(w.kind == "person" and not is_referee(w) for w in scene.whos)


def _announces(scene: Scene, hit: Hit) -> bool:
    """Whether a noun says that a goal comes, before it is described: "arriva il pareggio", "al 33' il gol:"."""
    low = scene.doc.low
    if low[hit.last - 1] not in words("goal_nouns"):
        return False
    before = low[max(scene.first, hit.first - 4) : hit.first]
    after = low[hit.last : hit.last + 4]
    if before[-1:] in (["del"], ["dal"], ["al"], ["sul"]):
        return False
    return bool(words("arrivals") & {*before, *after[:2]}) or ":" in after[:1]


def _cried_out(scene: Scene, hit: Hit) -> bool:
    """Whether the noun stands alone at the end of what it crowns: "Rossi stacca più in alto di tutti: gol"."""
    low = scene.doc.low
    after = low[hit.last] if hit.last < scene.last else "."
    alone = hit.last - hit.first == 1 and hit.word in ("gol", "goal", "rete", "gooool", "gool")
    return alone and hit.first > scene.first and low[hit.first - 1] in (":", ",", "-", "!") and after in (".", "!", ";")


def _bare_pass(scene: Scene) -> tuple[Who | None, Who | None]:
    """Who passes to whom with no verb: "Verdi per Rossi, diagonale vincente"."""
    if scene.has("in", "out", "replace"):
        return None, None
    for a, b in pairwise(w for w in scene.whos if w.kind == "person"):
        if b.prep == "per" and b.opening == a.last and a.prep is None:
            return a, b
    return None, None


def _one(whos: list[Who] | None) -> Who | None:
    return whos[0] if whos else None


def _is_clear(scene: Scene, hit: Hit) -> bool:
    """Whether words for a miss can only be of a shot: "la schiaccia a lato", not "avanza sul fondo"."""
    return scene.doc.low[hit.first : hit.last] not in (["sul", "fondo"], ["in", "tribuna"], ["in", "curva"])


def _new_clause(scene: Scene, a: int, b: int) -> bool:
    return any(w in (";", ".", ":") for w in scene.doc.low[a:b])


def _part_of_noun(scene: Scene, hit: Hit, now: Attempt) -> None:
    told = scene.doc.low[hit.first : hit.last]
    if now.body is None:
        for word, part in (
            ("destro", "right_foot"),
            ("sinistro", "left_foot"),
            ("mancino", "left_foot"),
            ("testa", "head"),
            ("incornata", "head"),
            ("zuccata", "head"),
            ("capocciata", "head"),
            ("tacco", "other"),
        ):
            if word in told or (part == "head" and told[0].startswith(("incorn", "inzucc"))):
                now.body = part
                break
        if (
            told[0].startswith(("svett", "stacc", "impatt", "incorn", "inzucc", "spizz"))
            and "testa" in scene.doc.low[hit.first : hit.last + 5]
        ):
            now.body = "head"


def _beneficiary(scene: Scene, hit: Hit) -> Side | None:
    """The team that a goal is told to be for: "gol del vantaggio dell'Atalanta", "il Milan passa"."""
    for who in scene.whos:
        if who.kind == "team" and who.first >= hit.last and who.first - hit.last <= 4 and who.prep in ("di", "per"):
            return who.side
    return None


def clock_of(scene: Scene, who: Who) -> Clock | None:
    """The minute told right after a name in a list: "Rossi (12') e Bianchi al 40'"."""
    for placed in scene.clocks:
        if 0 <= placed.mention.first - who.last <= 2 and placed.clock is not None and placed.clock.minute is not None:
            return placed.clock
    return None


def tellings(attempt: Attempt, scene: Scene, resolve: Any) -> list[Telling]:
    """An attempt as tellings of events; `resolve` gives the person that a mention means."""
    shooter = attempt.shooter()
    player: Person | None = resolve(shooter, "player", attempt)
    if player is not None and "coach" in player.roles:
        return []
    if attempt.outcome is None and not (attempt.strong and attempt.started and shooter is not None):
        return []
    if player is not None and "titled" in player.roles and not player.firm:
        return []
    if not attempt.started and attempt.outcome not in ("goal", "annulled"):
        return []
    base = {
        "start": scene.doc.start[attempt.first],
        "end": scene.doc.end[attempt.last - 1],
        "rule": _main_rule(attempt),
    }
    if attempt.outcome == "goal":
        return _goals(attempt, scene, player, base, resolve)
    keeper: Person | None = resolve(attempt.keeper, "keeper", attempt)
    if attempt.outcome == "own":
        if player is None:
            return []
        return [
            _telling(
                "goal", attempt, base, {"player": player}, {"method": "own_goal"}, attempt.side or other(player.side)
            )
        ]
    if attempt.outcome == "annulled":
        return [
            _telling(
                "goal_disallowed",
                attempt,
                base,
                {"player": player},
                {"reason": attempt.reason} if attempt.reason else {},
                player.side if player else None,
            )
        ]
    if player is None:
        return []
    facts: dict[str, Any] = {}
    outcome = "off_target" if attempt.outcome == "missed" else attempt.outcome
    if outcome:
        facts["outcome"] = outcome
    people: dict[Role, Person | None] = {
        "player": player,
        "opponent": keeper if outcome in ("saved", "blocked") and keeper is not player else None,
    }
    if attempt.outcome is None and not attempt.by_verb:
        return []
    if attempt.penalty:
        return [] if not outcome else [_telling("penalty_missed", attempt, base, people, facts, player.side)]
    people["assist"] = resolve(attempt.assist, "assist", attempt)
    if people["assist"] is keeper:
        people["assist"] = None  # "raccoglie la respinta del portiere"
    if attempt.body:
        facts["body_part"] = attempt.body
    return [_telling("shot", attempt, base, people, facts, player.side, 0.8 if outcome else 0.5)]


def _goals(attempt: Attempt, scene: Scene, player: Person | None, base: dict[str, Any], resolve: Any) -> list[Telling]:
    facts: dict[str, Any] = {"method": "penalty" if attempt.penalty else _method(attempt)}
    if attempt.body:
        facts["body_part"] = attempt.body
    if player is None:
        return []
    if attempt.score is not None:
        facts["score"] = attempt.score
    people: dict[Role, Person | None] = {"player": player}
    if not attempt.penalty:
        assist: Person | None = resolve(attempt.assist, "assist", attempt)
        rival = assist is not None and "keeper" in assist.roles and assist.team != player.team
        people["assist"] = None if rival else assist  # "raccoglie la respinta del portiere"
    told = [_telling("goal", attempt, base, people, facts, attempt.side or player.side)]
    if len(attempt.players) > 1 and (own := clock_of(scene, attempt.players[0])) is not None:
        told[0] = replace(told[0], clock=own)
    if len(attempt.players) < 2 and {"doppietta", "tripletta"} & set(scene.doc.low[attempt.first : attempt.last]):
        times = _times(scene, attempt)
        told = [replace(told[0], clock=time) for time in times] if len(times) > 1 else told
    for who in attempt.players[1:]:
        joined = resolve(who, "player", attempt)
        if joined is not None and joined is not player:
            clock = clock_of(scene, who)
            told.append(_telling("goal", attempt, base, {"player": joined}, {"method": facts["method"]}, joined.side))
            if clock is not None:
                told[-1] = replace(told[-1], clock=clock)
    return told


def _times(scene: Scene, attempt: Attempt) -> list[Clock]:
    """The minutes of a brace or more: "doppietta di Rossi (13' e 29')", "una doppietta tra il 15' e il 29'"."""
    shooter = attempt.shooter()
    begin = max(attempt.first, shooter.last if shooter is not None and shooter.first > attempt.first else 0)
    found: list[Clock] = []
    past = begin
    for placed in scene.clocks:
        mention, clock = placed.mention, placed.clock
        if mention.first < begin or clock is None or clock.minute is None or mention.first - past > 5:
            continue
        if mention.form == "range" and clock.minute_end is not None:
            return [
                replace(clock, minute_end=None, precision="exact"),
                replace(clock, minute=clock.minute_end, minute_end=None, precision="exact"),
            ]
        if mention.form == "minute" and len(found) < 3:
            found.append(clock)
            past = mention.last
    return found


def _method(attempt: Attempt) -> str:
    """How a goal that was no penalty came: from a free kick where its taker is not another, who served."""
    return attempt.method or ("free_kick" if attempt.setpiece and attempt.assist is None else "open_play")


def _main_rule(attempt: Attempt) -> str:
    return "+".join(dict.fromkeys(attempt.rules)) or "attempt"


def _telling(
    kind: Any, attempt: Attempt, base: dict[str, Any], people: dict[Role, Person | None], facts: dict[str, Any],
    side: Side | None, confidence: float = 0.9,
) -> Telling:  # fmt: skip
    names = {role: person.name for role, person in people.items() if person is not None}
    if names.get("assist") == names.get("player"):
        names.pop("assist", None)
    return Telling(
        kind, **base, clock=attempt.clock or NO_CLOCK, side=side, people=names, facts=facts, confidence=confidence
    )
