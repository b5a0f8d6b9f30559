"""Reads the events that running text tells: a report's paragraph, a live entry, a player's line of marks."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from .allegiance import Allegiance
from .attempts import Attempt, AttemptReader, tellings
from .cards import read_cards
from .changes import ChangeReader, bare_swap, swap_hit
from .clock import NO_CLOCK, Clock, Placed
from .injuries import read_injuries
from .lexicon import Hit, lexicon
from .litany import read_decisive, read_doubles, read_litany
from .minutes import find_mentions
from .pairing import pair_minutes
from .penalties import decision, foul_by_place, foul_of, is_decided, read_award, read_review
from .people import DETERMINERS, Person, Who, other
from .periods import read_periods
from .scene import Scene, is_referee
from .shootout import read_kicks
from .steps import step_of
from .telling import Context, Telling
from .tokens import Doc, sentences
from .vetoes import veto

CARRIED_SENTENCES = 3
LEAD = 300  # code points: the headline and the sentence or two that sum up the match
Watcher = Callable[[Scene, list[Telling]], None]


def read_prose(doc: Doc, start: int, end: int, context: Context, watch: Watcher | None = None) -> list[Telling]:
    """The tellings in the code points start:end, in reading order; the context's clock state moves on.

    `watch` is shown every sentence with a cue, read, and what it told: the explanation is made of it.
    """
    reader = ProseReader(doc, context, watch)
    first, last = doc.tokens_between(start, end)
    placed = context.state.place_all(find_mentions(doc, first, last))
    at = 0
    for begin, past in sentences(doc, start, end):
        while at < len(placed) and placed[at].mention.first < begin:
            at += 1
        stop = at
        while stop < len(placed) and placed[stop].mention.first < past:
            stop += 1
        reader.read(begin, past, placed[at:stop])
        at = stop
    return reader.finish()


@dataclass(slots=True)
class ProseReader:
    """Goes through the sentences of a stretch and remembers what the next one may hang on."""

    doc: Doc
    context: Context
    watch: Watcher | None = None
    told: list[Telling] = field(default_factory=list)
    attempts: AttemptReader = field(default_factory=AttemptReader)
    changes: ChangeReader = field(default_factory=ChangeReader)
    carried: Clock | None = None
    period: int | None = None
    age: int = 0
    topic: Who | None = None
    recent: list[Person] = field(default_factory=list)
    fouler: Who | None = None
    victim: Who | None = None
    subject: str | None = None  # what a VAR review would be about
    open_review: int | None = None
    scene: Scene | None = None
    lead: bool = False  # the headline or the first sentences: what they tell is a summary
    acted: set[Person] = field(default_factory=set)
    booked: set[str] = field(default_factory=set)
    shootout: bool = False
    scene_end: int = 0
    award: Telling | None = None  # a penalty given that nobody has taken yet
    allegiance: Allegiance = field(init=False)

    def __post_init__(self) -> None:
        self.allegiance = Allegiance(self.doc, self.context.people)

    def read(self, first: int, last: int, clocks: list[Placed]) -> None:
        """Take in one sentence."""
        if first and "\n" in self.doc.gap(first):
            self._new_paragraph()
        self.lead = self.doc.start[first] < LEAD and not clocks
        hits = lexicon().hits(self.doc.low, first, last, self.shootout)
        self._turn(clocks)
        self.scene_end = last
        if not hits and bare_swap(self.doc, first, last, clocks):
            hits = [swap_hit(first)]
        if not hits:
            self._pass_over(first, last)
            self._carry(clocks)
            return
        scene = Scene(
            self.doc, first, last, self.context, hits, self.context.people.mentions(self.doc, first, last), clocks
        )
        scene.topic, scene.carried = self.topic, self._carried_clock()
        self.allegiance.see(scene.whos, first)
        named = {k for w in scene.whos if w.kind == "person" for k in range(w.first, w.last)}
        scene.hits = [h for h in scene.hits if h.first not in named or h.first == h.last]
        self._enter_shootout(scene.hits, clocks)
        scene.shootout = self.shootout
        scene.choose()
        unfit = {id(h) for h, _ in scene.vetoed}
        scene.hits = [h for h in scene.hits if id(h) not in unfit]
        within: list[Hit] = []
        for hit in scene.hits:
            reason = veto(scene, hit)
            if reason is not None:
                scene.vetoed.append((hit, reason))
                inner = lexicon().hits(self.doc.low, hit.first + 1, hit.last) if hit.last - hit.first > 2 else []
                within += [h for h in inner if h.rule.cue == "attempt"]  # "trema sul destro di Rossi"
        vetoed = {id(h) for h, _ in scene.vetoed}
        scene.hits = sorted([h for h in scene.hits if id(h) not in vetoed] + within, key=lambda h: h.first)
        self._read_scene(scene)
        self._remember(scene)
        self._carry(clocks)

    def _enter_shootout(self, hits: list[Hit], clocks: list[Placed]) -> None:
        """Whether the sentence is told of the shoot-out: once entered, until a minute is told again."""
        if any(h.rule.cue == "shootout" for h in hits) and not self.shootout:
            self.shootout = True
            hits[:] = lexicon().hits(self.doc.low, hits[0].first, self.scene_end, True)
        elif any(p.clock is not None and p.clock.minute is not None for p in clocks):
            self.shootout = False

    def _read_scene(self, scene: Scene) -> None:
        self.scene = scene
        before = len(self.told)
        fouler, victim = foul_of(scene)
        if fouler or victim:
            self.fouler, self.victim = fouler or self.fouler, victim if fouler else victim or self.victim
            self._oppose(self._resolve(fouler, "player", None), self._resolve(victim, "player", None))
        if scene.has("yellow", "red", "ten"):
            nobody = not any(w.kind == "person" and not is_referee(w) for w in scene.whos)
            self.told += read_cards(scene, self._resolve, fouler or (self.fouler if nobody else None), self.booked)
        if scene.has("penalty"):
            if fouler is None and victim is None:
                fouler, victim = foul_by_place(scene)
            award = read_award(
                scene, self._resolve, fouler or self.fouler, victim or (self.victim if not fouler else None)
            )
            if award is not None:
                self.told.append(award)
                self.subject = "penalty"
        awarded = next((t for t in self.told[before:] if t.type == "penalty_awarded"), None)
        if awarded is not None:
            self.award, self.attempts.award = awarded, 1
        elif self.award is not None:
            self.attempts.award += 1
            if self.attempts.award > 3:
                self.award, self.attempts.award = None, 0
        if self.shootout:
            self.told += read_kicks(scene, self._resolve)
        else:
            for attempt in self.attempts.read(scene):
                self._emit(attempt, scene)
            in_a_row = read_doubles(scene, self.told[before:], self._resolve)
            in_a_row += read_litany(scene, [*self.told[before:], *in_a_row], self._resolve)
            self.attempts.goals += len(in_a_row)
            self.told += in_a_row
        self.told += self.changes.read(scene, self._resolve)
        self.told += read_injuries(scene, self._resolve)
        self.told += read_periods(scene, self.lead)
        self.told += read_decisive(scene, self.told[before:], self._resolve)
        if any(h.rule.name == "handball" for h in scene.hits) or any(h.rule.cue == "penalty" for h, _ in scene.vetoed):
            self.subject = "penalty"
        self._review(scene)
        self.told[before:] = pair_minutes(scene, self.told[before:])
        for k in range(before, len(self.told)):
            self.told[k] = self._dress(self.told[k], scene)
        self._bond(self.told[before:])
        for telling in self.told[before:]:
            self._vote(scene, telling)
        if self.watch is not None:
            self.watch(scene, self.told[before:])

    def _emit(self, attempt: Attempt, scene: Scene) -> None:
        if attempt.outcome == "annulled" and attempt.reason is None:
            attempt.reason = (
                "offside"
                if scene.has("offside")
                else "handball"
                if any(h.rule.name == "handball" for h in scene.hits)
                else "foul"
                if scene.has("foul")
                else None
            )
        if self._takes_the_penalty(attempt):
            attempt.penalty, self.award, self.attempts.award = True, None, 0
        made = tellings(attempt, scene, self._resolve)
        if attempt.outcome in ("goal", "own") and (step := step_of(self._around(attempt, scene))):
            made = [t.with_facts(step=step) for t in made]
        if self.context.clock is not None and not scene.clocks and scene.has("halftime", "fulltime"):
            made = [replace(t, clock=NO_CLOCK, passing=True) for t in made]  # the whistle's entry sums up
        self.attempts.goals += sum(t.type == "goal" for t in made)
        for telling in made:
            self.subject = "goal" if telling.type in ("goal", "goal_disallowed") else self.subject
        self.told += made

    def _around(self, attempt: Attempt, scene: Scene) -> list[str]:
        """The words of an attempt and those beside it in its sentence."""
        first = max(attempt.first - 4, scene.first if attempt.first >= scene.first else 0)
        return self.doc.low[first : min(attempt.last + 6, max(scene.last, attempt.last))]

    def _takes_the_penalty(self, attempt: Attempt) -> bool:
        """Whether an attempt is the kick that a penalty given just before waits for."""
        if (
            self.award is None
            or attempt.shooter() is None
            or not attempt.closed
            or attempt.outcome in ("own", "annulled")
        ):
            return False
        if attempt.penalty:
            return True
        if self.doc.start[attempt.first] < self.award.end or attempt.assist is not None or attempt.body == "head":
            return False
        there, here = self.award.clock, attempt.clock
        return here is None or here.minute is None or there.minute is None or here.minute - there.minute in (0, 1, 2)

    def _review(self, scene: Scene) -> None:
        if self.open_review is not None and not scene.has("var") and is_decided(scene):
            telling = self.told[self.open_review]
            self.told[self.open_review] = telling.with_facts(decision=decision(scene))
            self.open_review = None
        if scene.has("var"):
            review = read_review(scene, self.subject, None)
            if review is not None:
                self.told.append(review)
                self.open_review = None if is_decided(scene) else len(self.told) - 1

    def _resolve(self, who: Who | None, _role: str, attempt: Attempt | None) -> Person | None:
        """The person that a mention means; None for a team, a referee, or an epithet that nobody fits."""
        if who is None:
            return None
        if who.kind == "person":
            person = who.person
            return None if person is None or "referee" in person.roles else person
        if who.kind == "team":
            return None
        return self._by_epithet(who, attempt)

    def _by_epithet(self, who: Who, attempt: Attempt | None) -> Person | None:
        people = self.context.people
        if who.word in ("portiere", "estremo", "portiera", "portierone") or (
            who.word == "numero" and self.doc.low[who.last : who.last + 1] == ["uno"]
        ):
            shooter = attempt.shooter() if attempt else None
            side = other(shooter.person.team) if shooter and shooter.person else None
            keepers = [p for p in people.persons if "keeper" in p.roles and (side is None or p.team == side)]
            recent = [p for p in reversed(self.recent) if p in keepers]
            return recent[0] if recent else keepers[0] if len(keepers) == 1 else None
        if who.word in ("autore", "marcatore", "autrice"):
            scorer = next((t.people.get("player") for t in reversed(self.told) if t.type == "goal"), None)
            return people.named(scorer) if scorer else None
        if self.lead:
            return next((p for p in people.persons if who.word in p.epithets), None)
        others = [w.person for w in (attempt.keeper, attempt.assist) if w is not None] if attempt is not None else []
        named = [p for p in self._before(who) if not p.roles and p not in others]
        fitting = [p for p in reversed(self.recent) if who.word in p.epithets] or [
            p for p in people.persons if who.word in p.epithets
        ]
        if fitting:
            return fitting[0]
        if named:
            return named[0]
        fit = [p for p in reversed(self.recent[-6:]) if not p.roles and p not in others]
        if fit:
            return next((p for p in fit if p in self.acted), fit[0])
        return None

    def _before(self, who: Who) -> Iterable[Person]:
        """The people named before an epithet in its own sentence, the nearest first."""
        near = [w.person for w in self.scene.whos if w.last <= who.first and w.person is not None] if self.scene else []
        return reversed(near)

    def _dress(self, telling: Telling, scene: Scene) -> Telling:
        """A telling with what the context settles: match, source, part, a clock where the words gave none."""
        clock = telling.clock
        if (
            telling.type == "substitution"
            and not scene.clock_at(scene.first)
            and any(
                p.mention.form == "break" or (p.mention.half == 2 and p.mention.strong and p.mention.form == "half")
                for p in scene.clocks
            )
        ):
            clock = Clock(2, 46, precision="approximate")
        if clock == NO_CLOCK:
            clock = self._clock_for(scene)
        return telling.placed(self.context.match, self.context.source, self.context.part, clock)

    def _clock_for(self, scene: Scene) -> Clock:
        if self.context.clock is not None:
            return self.context.clock
        hint = scene.period_hint()
        if hint is not None:
            return hint
        return self._carried_clock() or Clock(period=self.period)

    def _carried_clock(self) -> Clock | None:
        if self.context.clock is not None:
            return self.context.clock
        if self.carried is None or self.age > CARRIED_SENTENCES:
            return None
        return _relative(self.carried)

    def _turn(self, clocks: list[Placed]) -> None:
        """Note the half that a sentence is told in."""
        for placed in clocks:
            form, clock = placed.mention.form, placed.clock
            if clock is None or (form == "half" and not placed.mention.strong):
                continue
            if form in ("half", "start") and clock.period != self.period:
                self.carried = None
            self.period = clock.period or self.period

    def _carry(self, clocks: list[Placed]) -> None:
        """What the next sentence may take its clock from."""
        told = [p for p in clocks if p.clock is not None and p.clock.minute is not None and p.mention.form != "break"]
        if told:
            self.carried, self.age = told[-1].clock, 0
        elif any(p.mention.form == "break" and p.mention.strong for p in clocks):
            self.carried, self.period = None, 2 if self.period in (1, None) else self.period
        else:
            self.age += 1

    def _pass_over(self, first: int, last: int) -> None:
        """A sentence without cues: only who it is about matters."""
        whos = self.context.people.mentions(self.doc, first, last)
        self.allegiance.see(whos, first)
        whos = [w for w in whos if w.kind == "person"]
        for who in whos:
            self._met(who)
        self.topic = next((w for w in whos if w.prep is None), None)

    def _remember(self, scene: Scene) -> None:
        for who in scene.whos:
            if who.kind == "person":
                self._met(who)
        subjects = [w for w in scene.whos if w.kind == "person" and w.prep is None]
        if subjects:
            self.topic = subjects[0]

    def _met(self, who: Who) -> None:
        person = who.person
        if person is None:
            return
        if person in self.recent:
            self.recent.remove(person)
        self.recent.append(person)

    def _new_paragraph(self) -> None:
        self.topic = None
        self._flush()

    def _flush(self) -> None:
        scene = Scene(self.doc, 0, 0, self.context)
        before = len(self.told)
        self.attempts.done = []
        for attempt in self.attempts.flush():
            self._emit(attempt, scene)
        self.attempts.done = []
        self.told += self.changes.drop()
        for k in range(before, len(self.told)):
            self.told[k] = self._dress(self.told[k], scene)
        self._bond(self.told[before:])

    def finish(self) -> list[Telling]:
        """What is left open is closed; all tellings."""
        self._flush()
        return self.told

    def _vote(self, scene: Scene, telling: Telling) -> None:
        """Signs of a team in the sentence: the team told to gain or to act, a team named alone beside a change."""
        people = self.context.people
        named = [
            p
            for role in ("player", "player_in", "player_out", "assist")
            if (name := telling.people.get(role)) and (p := people.named(name))
        ]
        if not named:
            return
        if telling.side is not None:
            side = other(telling.side) if telling.facts.get("method") == "own_goal" else telling.side
            for person in named:
                person.votes[side] += 2  # type: ignore[index]
            return
        teams = [w for w in scene.whos if w.kind == "team" and w.side is not None and not self._adjective(w)]
        acting = [w for w in teams if w.prep in (None, "per", "con", "da")]
        if telling.type == "substitution":
            acting = [w for w in teams if w.prep in (None, "per", "di", "con", "da", "in")]
            favoured = [w for w in teams if w.prep == "per"]
            teams = acting = favoured or acting
        if acting and len({w.side for w in teams}) == 1:
            turned = telling.facts.get("method") == "own_goal" or (
                telling.type in ("yellow_card", "red_card") and acting[0].prep == "per"
            )
            for person in named:
                if not turned:
                    person.votes[acting[0].side] += 1  # type: ignore[index]

    def _adjective(self, who: Who) -> bool:
        """Whether a team's colour only describes a noun ("area rossonera", "difesa ospite")."""
        before = self.doc.low[who.first - 1] if who.first else ""
        return self.doc.words[who.first].islower() and before not in DETERMINERS

    def _oppose(self, a: Person | None, b: Person | None) -> None:
        self.acted.update(p for p in (a, b) if p is not None)
        if a is not None and b is not None and a is not b:
            self.context.people.bond(a, b, same=False)

    def _bond(self, told: list[Telling]) -> None:
        """What an event says of who plays with whom and against whom."""
        people = self.context.people
        for telling in told:
            named = {role: people.named(name) for role, name in telling.people.items()}
            self.acted.update(p for p in named.values() if p is not None)
            player = named.get("player")
            for role, same in (("assist", True), ("opponent", False)):
                mate = named.get(role)  # type: ignore[call-overload]
                if player is not None and mate is not None and mate is not player:
                    people.bond(player, mate, same=same)
            on, off = named.get("player_in"), named.get("player_out")
            if on is not None and off is not None:
                people.bond(on, off, same=True)
            if (
                player is not None
                and telling.type in ("shot", "penalty_missed")
                and telling.facts.get("outcome") == "saved"
                and named.get("opponent")
            ):
                named["opponent"].roles.add("keeper")  # type: ignore[union-attr]


@lru_cache(maxsize=1_000)
def _relative(clock: Clock) -> Clock:
    """A clock as what follows takes it over: no longer exact."""
    return replace(clock, precision="relative") if clock.precision == "exact" else clock
