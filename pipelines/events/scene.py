"""A sentence with what was found in it: rule hits, people, clocks; and the small grammar that says who stands where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .clock import Clock, Placed
from .figures import has_score
from .lexicon import Hit, Rule, lexicon, words
from .people import PREPOSITIONS, Preposition, Who
from .telling import Context
from .tokens import Doc

HARD = frozenset(";!?")  # a full stop inside a sentence ends nothing
SOFT = frozenset(',:()-"')
BE = words("scene_be")
HAVE = words("scene_have")
NON_FINITE = ("are", "ere", "ire", "ando", "endo", "arlo", "arla")
CLAUSE_OPENERS = words("scene_clause_openers")
DOER = words("scene_doer")
RELATIVE = frozenset(("che", "quale"))
FURTHER = 4  # tokens more where a phrase of how or where stands between
CLAUSE_ENDS = frozenset((",", ";", ":", "e", "ed", "ma", "poi", "mentre"))
REACH = 7  # tokens between a cue and the name that fills its place


@dataclass(slots=True)
class Scene:
    """One sentence, tokens first:last. `topic` is who the sentence before was about, for verbs without a subject."""

    doc: Doc
    first: int
    last: int
    context: Context
    hits: list[Hit] = field(default_factory=list)
    whos: list[Who] = field(default_factory=list)
    clocks: list[Placed] = field(default_factory=list)
    topic: Who | None = None
    shootout: bool = False  # told of a shoot-out
    carried: Clock | None = None  # the clock of the sentence before, for what follows from it
    vetoed: list[tuple[Hit, str]] = field(default_factory=list)

    def has(self, *cues: str) -> bool:
        """Whether a cue of these kinds stands in the sentence."""
        for hit in self.hits:  # noqa: SIM110 (asked twenty times a sentence, and any() costs twice as much)
            if hit.rule.cue in cues:
                return True
        return False

    def choose(self) -> None:
        """Between rules that share their words, keep the one that what stands beside them asks for."""
        for k, hit in enumerate(self.hits):
            rules = (hit.rule, *hit.rivals)
            if len(rules) > 1 or hit.rule.beside:
                fitting = [r for r in rules if r.beside and self._stands_beside(hit, r)] or [
                    r for r in rules if not r.beside
                ]
                if fitting:
                    fitting.sort(
                        key=lambda rule: (
                            rule.beside != "shootout",
                            rule.beside != "keeper",
                            rule.beside != "score",
                            rule.cue not in ("owngoal", "red"),
                        )
                    )
                    self.hits[k] = replace(hit, rule=fitting[0])
                elif hit.fallback is not None:
                    self.hits[k] = hit.fallback
                else:
                    self.vetoed.append((hit, f"no {hit.rule.beside} beside"))

    def _stands_beside(self, hit: Hit, rule: Rule) -> bool:
        if rule.beside == "keeper" and self.doc.low[hit.first - 1] in ("lo", "la") and not hit.word.startswith("super"):
            return hit.mood in ("present", "past")
        if rule.beside == "shootout":
            return self.shootout
        if rule.beside == "score":
            return has_score(self.doc.low, max(self.first, hit.first - 12), hit.last + 16) or self.has("drawless")
        following = next((w for w in self.whos if w.first >= hit.last), None)
        if following is None:
            return False
        between = self.doc.low[hit.last : following.opening]
        further = rule.beside == "keeper" and 2 < len(between) <= 2 + FURTHER and self._by_the_way(between)
        if (len(between) > 2 and not further) or any(w in HARD or w in SOFT for w in between):
            return False
        if rule.beside == "keeper":
            taken = hit.mood == "participle" and following.prep == "da"  # "Neri è trafitto da Rossi"
            return following.kind != "team" and (following.prep is None or taken)
        return following.kind == rule.beside

    def of(self, *cues: str) -> list[Hit]:
        """The hits of these cues, in order."""
        return [h for h in self.hits if h.rule.cue in cues]

    def hard_between(self, a: int, b: int) -> bool:
        """Whether a full stop or semicolon stands in tokens a:b."""
        return any(w in HARD for w in self.doc.low[a:b])

    def clock_at(self, i: int) -> Clock | None:
        """The clock that governs token i: the one before it, or the one after where minutes are told last."""
        timed = [p for p in self.clocks if p.clock is not None and p.mention.form not in ("half", "break")]
        if not timed:
            return None
        own = self._in_clause(i, timed) or self._summed_up(i, timed)
        if own is not None:
            return own.clock
        before = [p for p in timed if p.mention.first <= i]
        after = [p for p in timed if p.mention.first > i]
        if before and (half := self._half_between(before[-1], i)) is not None:
            return after[0].clock if after and after[0].clock and after[0].clock.period == 2 else half.clock
        if not before or (after and self._arrives(i, after[0].mention.first)):
            return after[0].clock
        if not after or not self._minutes_last(timed):
            near = after[0] if after and self._bracketed(after[0], i) else None
            return (near or before[-1]).clock
        return after[0].clock

    def _half_between(self, placed: Placed, i: int) -> Placed | None:
        """The second half, where it is named between a first-half minute and what is told: "avanti al 26', poi
        nella ripresa Rossi e Bianchi ribaltano"."""
        if placed.clock is None or placed.clock.period != 1:
            return None
        named = [p for p in self.clocks if p.mention.form == "half" and p.mention.half == 2 and p.clock is not None]
        return next((p for p in named if placed.mention.last <= p.mention.first <= i), None)

    def _arrives(self, i: int, at: int) -> bool:
        """Whether a clock stands right after the noun that it times: "il gol arriva tre minuti dopo"."""
        between = self.doc.low[i + 1 : at]
        return len(between) <= 4 and "," not in between and bool(words("arrivals") & set(between))

    def _in_clause(self, i: int, timed: list[Placed]) -> Placed | None:
        """The only clock of token i's clause, where the sentence has several: "Rossi segna al 12', Neri al 30'"."""
        if len(timed) < 2:
            return None
        low, begin, end, depth = self.doc.low, i, i + 1, 0
        while begin > self.first and (depth or low[begin - 1] not in CLAUSE_ENDS):
            begin -= 1
            depth += (low[begin] == ")") - (low[begin] == "(")
        depth = 0
        while end < self.last and (depth or low[end] not in CLAUSE_ENDS):
            depth += (low[end] == "(") - (low[end] == ")")
            end += 1
        inside = [p for p in timed if begin <= p.mention.first < end]
        return inside[0] if len(inside) == 1 else None

    def _summed_up(self, i: int, timed: list[Placed]) -> Placed | None:
        """The minute in brackets that a sentence ends on, where its other clocks are vague."""
        exact = [p for p in timed if p.clock is not None and p.clock.precision == "exact"]
        last = exact[0] if len(exact) == 1 and len(timed) > 1 else None
        return last if last is not None and last.mention.first > i and self._bracketed(last, i) else None

    def change_clock(self, i: int) -> Clock | None:
        """The clock of a substitution told at token i: one made at the break is of the second half's first minute."""
        before = [p for p in self.clocks if p.mention.first < i and p.clock is not None]
        last = before[-1].mention if before else None
        if last is not None and (last.form == "break" or (last.form == "half" and last.half == 2 and last.strong)):
            follows = [p for p in self.clocks if p.mention.first > i and p.mention.form == "minute" and p.clock]
            if follows and self._bracketed(follows[0], i) and follows[0].mention.first - i < 12:
                return follows[0].clock  # "nella ripresa Rossi per Bianchi (15')"
            return Clock(2, 46, precision="approximate")
        return self.clock_at(i)

    def _minutes_last(self, timed: list[Placed]) -> bool:
        """Whether the sentence names first, then times: "segna Rossi al 12', pareggia Bianchi al 35'"."""
        opening = timed[0].mention.first
        return any(
            h.first < opening
            for h in self.hits
            if h.rule.cue in ("goal", "yellow", "red", "miss", "in", "out", "attempt")
        )

    def _bracketed(self, placed: Placed, i: int) -> bool:
        a = placed.mention.first
        own = [p for p in self.clocks if p.mention.first < i and self.doc.low[p.mention.first - 1] == "("]
        if own and not {",", ";", ":", "e", "ed", "poi"} & set(self.doc.low[own[-1].mention.first : i]):
            return False  # "Rossi (12') segna, Bianchi (40') pareggia"
        return self.doc.low[a - 1] == "(" and not any(
            h.first > i and h.last <= a and h.rule.cue in ("goal", "attempt") for h in self.hits
        )

    def period_hint(self) -> Clock | None:
        """The half that the sentence names, where it tells no minute."""
        named = [p.clock for p in self.clocks if p.clock is not None and p.mention.form == "half"]
        return named[-1] if named else None

    def passive(self, hit: Hit) -> bool:
        """Whether a hit's verb is passive: a participle after "essere" or "venire", or bare and before "da"."""
        if hit.mood != "participle":
            return False
        low = self.doc.low
        for k in range(hit.first - 1, max(self.first, hit.first - 5) - 1, -1):
            if low[k] in HAVE:
                return False
            if low[k] in BE:
                return True
            if low[k] in SOFT or low[k] in HARD:
                break
        return True

    def relative_subject(self, hit: Hit) -> Who | None:
        """Who a "che" before the verb points back to ("per Rossi che, di testa, segna")."""
        low = self.doc.low
        free = {w.first: w for w in self.whos if w.prep is None}
        for k in range(hit.first - 1, max(self.first, hit.first - 20) - 1, -1):
            if low[k] in RELATIVE or (low[k] in DOER and low[k + 1] in ("a", "ad", "nel", "nell'")):
                end = k - 1 if low[k - 1] in (",", "il", "la") else k
                end = end - 1 if end > self.first and low[end - 1] == "," else end
                return next((w for w in self.whos if w.last in (end, end + 1) and w.last <= k), None)
            if low[k] in HARD or (k in free and not self.is_object(free[k])):
                return None
        return None

    def last_actor(self, token: int) -> Who | None:
        """The last person before a token who can have acted: a subject, or one that a "che" takes up."""
        for who in reversed(self.whos):
            if who.last > token or who.kind == "team" or is_referee(who):
                continue
            taken_up = "che" in self.doc.low[who.last : who.last + 2]
            if taken_up or (who.prep is None and not self.is_object(who)):
                return who
        return None

    def subject(self, hit: Hit, *, own_object: bool = False) -> Who | None:
        """Who does what the hit's verb says: by a relative, named before it, or after it; None where nobody is."""
        relative = self.relative_subject(hit)
        if relative is not None and relative.kind != "team":
            return relative
        before = self.named_before(hit)
        after = None if own_object else self.named_after(hit, 5 if hit.rule.cue == "goal" else 3)
        if after is not None and hit.rule.cue == "goal" and self._opens_its_clause(hit, after):
            return after
        if before is None or (after is not None and self._comma_between(before, hit)):
            return after or before
        return before

    def _opens_its_clause(self, hit: Hit, after: Who) -> bool:
        """Whether a verb stands first in its clause, its subject at once behind it: "…, decide ancora Rossi"."""
        return (
            hit.first > self.first and self.doc.low[hit.first - 1] in (",", ":", "-") and after.opening - hit.last <= 1
        )

    def _comma_between(self, who: Who, hit: Hit) -> bool:
        """Whether what is named before belongs to a clause of its own."""
        between = range(who.last, hit.first)
        return any(self.doc.low[k] in (",", ":", "e", "ma", "-") for k in between) and (
            any(h.first >= who.last and h.last <= hit.first and h.mood in ("present", "past") for h in self.hits)
            or any(p.mention.first in between and p.mention.form == "minute" for p in self.clocks)
        )

    def named_before(self, hit: Hit) -> Who | None:
        """The nearest person before the hit who can be a subject: behind no preposition, the object of no verb."""
        for who in reversed(self.whos):
            if who.last > hit.first or who.kind == "team" or is_referee(who):
                continue
            if self.hard_between(who.last, hit.first):
                return None
            if who.prep is None and not self.is_object(who):
                head = who
                while head.shared and (k := self.whos.index(head)) > 0:
                    head = self.whos[k - 1]
                return who
        return None

    def just_before(self, hit: Hit) -> Who | None:
        """The person right before the hit, a comma or a bracket between at most: "Rossi, espulso"."""
        for who in reversed(self.whos):
            if who.kind != "team" and who.last <= hit.first:
                between = self.doc.low[who.last : hit.first]
                return who if len(between) <= 1 and all(w in (",", "(", "è", "già") for w in between) else None
        return None

    def is_object(self, who: Who) -> bool:
        """Whether a name stands right after a verb that takes it as its object ("serve Rossi", "salta Bianchi")."""
        k = who.opening - 1
        while k > self.first and self.doc.low[k] in ("anche", "pure", "perfino", "persino", "poi", "ancora"):
            k -= 1
        if k < self.first:
            return False
        if (
            self.doc.low[k].endswith(NON_FINITE)
            and len(self.doc.low[k]) > 5
            and self.doc.low[k] not in CLAUSE_OPENERS
            and not any(h.first <= k < h.last for h in self.hits)
        ):
            return True
        if self.doc.low[k] not in words("transitive"):
            return self._after_another(who)
        return any(
            w.last <= k and w.prep is None and w.kind != "team" and not self.hard_between(w.last, k) for w in self.whos
        ) or bool(self.topic)

    def _after_another(self, who: Who) -> bool:
        """Whether another name stands before with only a verb between: "Rossi sovrasta Bianchi"."""
        k = self.whos.index(who)
        before = self.whos[k - 1] if k else None
        if before is None or before.kind == "team" or who.shared:
            return False
        between = self.doc.low[before.last : who.opening]
        if between[:1] == [","]:
            between = between[1:]
        if between[:1] == ["che"]:
            between = between[1:]
        elif before.prep is not None or len(between) < who.opening - before.last:
            return False
        return 0 < len(between) <= 4 and not any(w in CLAUSE_OPENERS or not w[0].isalpha() for w in between)

    def named_after(self, hit: Hit, reach: int = 3) -> Who | None:
        """The person right after the hit, behind no preposition ("calcia Rossi", "si supera ancora il portiere")."""
        for who in self.whos:
            if who.first >= hit.last and who.kind != "team" and not is_referee(who):
                between = self.doc.low[hit.last : who.opening]
                clear = not any(w in HARD or w in SOFT or w in ("e", "ed", "ma") for w in between)
                far = reach + FURTHER if between and self._by_the_way(between) else reach
                return who if who.prep is None and clear and len(between) <= far else None
        return None

    def _by_the_way(self, between: list[str]) -> bool:
        """Whether only how and where stands between: "trafigge con un diagonale Rossi", "espulsi nel finale Rossi"."""
        return PREPOSITIONS.get(between[0]) in ("con", "di", "in", "tra", "su") and not any(
            w in RELATIVE or (is_verb(w) and w not in GAP_WORDS) for w in between
        )

    def behind(self, hit: Hit, prep: Preposition, reach: int = REACH) -> list[Who]:
        """Who stands behind a preposition after the hit, those joined to him included: "reti di Rossi e Bianchi"."""
        inside = PREPOSITIONS.get(self.doc.low[hit.last - 1])
        loose = words("not_owners")
        for k, who in enumerate(self.whos):
            if who.first < hit.last:
                continue
            gap = self.doc.low[hit.last : who.opening]
            if len(gap) > reach or any(w in HARD or w in (",", ":", ")") for w in gap):
                return []
            if who.kind == "team" and gap and gap[-1] in loose:
                continue  # "in area ospite" on the way to "da Rossi"
            if gap and (gap[-1] in loose or any(w in RELATIVE or (is_verb(w) and w not in GAP_WORDS) for w in gap)):
                return []
            if who.prep == prep or (who.prep is None and inside == prep and len(gap) <= 2):
                return [who, *self._joined_to(k)]
            if who.prep is None and any(
                h.mood in ("present", "past") for h in self.hits if hit.last <= h.first < who.first
            ):
                return []
        return []

    def _owners_in_front(self, hit: Hit) -> list[Who]:
        """Whose a noun is where he stands before it: "di Rossi (21') e Bianchi le reti"."""
        before = [w for w in self.whos if w.last <= hit.first]
        if not before or before[-1].prep != "di" or before[-1].kind == "team":
            return []
        depth, between = 0, []
        for word in self.doc.low[before[-1].last : hit.first]:
            depth += (word == "(") - (word == ")")
            if depth <= 0 and word not in words("before_owned"):
                between.append(word)
        group = self.group(before[-1])
        opens = group[0].opening
        starts = opens == self.first or not self.doc.low[opens - 1][0].isalpha()
        return group if not between and (starts or self.doc.low[opens - 1] in words("before_owned")) else []

    def _taken(self, hit: Hit) -> bool:
        """Whether the verb has its subject before it, so that a name after "di" is somebody else's."""
        return self.named_before(hit) is not None

    def _joined_to(self, k: int) -> Iterator[Who]:
        for who in self.whos[k + 1 :]:
            if not who.shared or who.kind == "team":
                return
            yield who

    def group(self, who: Who) -> list[Who]:
        """A name with those joined to it, before and after."""
        k = self.whos.index(who)
        while k > 0 and self.whos[k].shared:
            k -= 1
        return [self.whos[k], *self._joined_to(k)]

    def fills(self, hit: Hit) -> dict[str, list[Who]]:
        """The people in the places of a hit's rule, by role; voice is taken into account."""
        roles = hit.rule.roles
        filled: dict[str, list[Who]] = {}
        if not roles or not self.whos:
            return filled

        def put(role: str | None, whos: list[Who]) -> None:
            people = [w for w in whos if w.kind != "team"]
            if role and people and role not in filled:
                filled[role] = people

        inner = [w for w in self.whos if hit.first < w.first and w.last <= hit.last and w.prep is None]
        put(roles.get("object"), inner)
        if (
            hit.mood not in ("word", "participle", "infinitive")
            and (relative := self.relative_subject(hit)) is not None
        ):
            put(roles.get("subject"), [relative])
        for prep in ("con", "di", "a", "da", "per", "su", "in"):
            taken = hit.mood in ("present", "past") and prep != "con" and roles.get(prep) == roles.get("subject")
            if prep in roles and not (taken and self._taken(hit)):
                put(roles[prep], self.behind(hit, prep))
        if hit.mood == "word" and hit.rule.cue == "goal" and "di" in roles:
            put(roles["di"], self._owners_in_front(hit))
        if hit.rule.cue == "goal" and hit.mood == "infinitive":  # "tocca a Rossi siglare il vantaggio"
            led = next((w for w in reversed(self.whos) if w.last == hit.first and w.prep == "a"), None)
            if led is not None and self.doc.low[led.opening - 1] in words("falls_to"):
                put(roles.get("subject"), [led])
        if hit.rule.cue == "goal" and "subject" not in roles:  # "per Rossi è facile", "a Rossi non resta che"
            leads = next((w for w in reversed(self.whos) if w.last <= hit.first), None)
            if leads is not None and leads.prep in ("per", "a") and leads.prep in roles and hit.first - leads.last <= 1:
                put(roles[leads.prep], [leads])
        if hit.mood == "word" and "subject" not in roles:
            return filled
        if hit.rule.agent and self.passive(hit):
            put(roles.get("subject"), self.behind(hit, "da"))
            filled.pop("", None)
            done_to = self.named_before(hit)
            taken_up = self.relative_subject(hit)
            if taken_up is not None and (
                done_to is None or (taken_up.kind == "person" and taken_up.first > done_to.first)
            ):
                done_to = taken_up
            done_to = done_to or self.named_after(hit)
            put(roles.get("object"), [done_to] if done_to else [])
            return filled
        after = self.named_after(hit)
        if "object" in roles and roles["object"] != roles.get("subject"):
            subject = self.subject(hit, own_object=True)
            put(roles.get("subject"), [subject] if subject else [])
            put(roles["object"], self.group(after) if after and after is not subject else [])
        else:
            subject = self.subject(hit)
            many = subject is not None and (
                hit.word.endswith("no") or (hit.mood == "word" and (subject.first >= hit.last or subject.shared))
            )
            put(
                roles.get("subject"),
                (self.group(subject) if many and subject in self.whos else [subject]) if subject else [],
            )
        return filled


GAP_WORDS = frozenset(("solito", "stato", "fatto", "calcio"))


def is_referee(who: Who) -> bool:
    """Whether a mention is of the referee, who plays no part in what the teams do."""
    return who.person is not None and "referee" in who.person.roles


def is_verb(word: str) -> bool:
    """Whether a word is a known finite verb form."""
    return lexicon().forms.get(word) in ("present", "past", "imperfect")
