"""Substitutions: who comes on for whom, in pairs ("A per B"), in lists ("fuori A e B, dentro C e D")."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .clock import NO_CLOCK, Clock, Placed
from .injuries import hurt_one
from .lexicon import Hit, lexicon, words
from .people import Person, Who
from .scene import HARD, Scene, is_referee
from .telling import Role, Side, Telling
from .tokens import Doc

CUES = words("changes_cues")
NOT_ON = words("changes_not_on")
TRANSITIVE = (
    "toglie",
    "toglier",
    "richiam",
    "inseri",
    "mand",
    "gett",
    "butt",
    "lanci",
    "rinunc",
    "lev",
    "mett",
    "risparmi",
    "sacrific",
    "aggiun",
    "gioc",
    "fa",
    "sostitu",
    "ridisegn",
    "affid",
    "pesc",
    "opt",
    "conced",
    "tolto",
    "tolse",
)
STAND_ALONE = words("changes_stand_alone")
JUST_ON = words("changes_just_on")
FIRM_OUT = ("lasci", "abbandon", "richiam", "sostitu", "arrend", "alz", "costrett", "togl", "tols", "chied")


@dataclass(slots=True)
class Group:
    """Names joined in a list, with the place they have in the changes: in, out or none yet."""

    whos: list[Who]
    place: str = ""
    hit: Hit | None = None

    @property
    def first(self) -> int:
        return self.whos[0].opening

    @property
    def last(self) -> int:
        return self.whos[-1].last


@dataclass(slots=True)
class Pending:
    """Those who went off in the sentence before, for whom nobody has come on yet."""

    outs: list[Person]
    clock: Clock | None
    start: int
    end: int
    hit: Hit
    firm: bool


class ChangeReader:
    """Reads substitutions sentence by sentence; those gone off wait one sentence for those who come on."""

    def __init__(self) -> None:
        self.pending: Pending | None = None

    def read(self, scene: Scene, resolve: object) -> list[Telling]:
        """The substitutions of a sentence."""
        hits = [h for h in scene.hits if h.rule.cue in CUES and _means_a_change(scene, h)]
        if not hits:
            return self.drop()
        groups = _groups(scene, hits)
        told = self._pairs(scene, hits, groups, resolve)
        _place(scene, hits, groups)
        _bind_coach(scene, hits, groups, resolve)
        ins = [g for g in groups if g.place == "in"]
        outs = [g for g in groups if g.place == "out"]
        return told + self._lists(scene, ins, outs, resolve)

    def drop(self) -> list[Telling]:
        """Give up waiting: who was firmly told to go off has gone off."""
        wait, self.pending = self.pending, None
        if wait is None or not wait.firm:
            return []
        return [_telling(None, out, wait.clock, wait.start, wait.end, wait.hit) for out in wait.outs]

    def _pairs(self, scene: Scene, hits: list[Hit], groups: list[Group], resolve: object) -> list[Telling]:
        """Pairs told by a word between two lists: "A per B", "A rileva B", "A lascia il posto a B"."""
        told: list[Telling] = []
        for hit in hits:
            told += _exchange(scene, hit, groups, resolve) or _for_one_before(scene, hit, groups, resolve)
        k = 0
        while k + 1 < len(groups):
            left, right = groups[k], groups[k + 1]
            way = _between(scene, hits, left, right)
            if way is None:
                k += 1
                continue
            hit, reverse = way
            ins, outs = (right, left) if reverse else (left, right)
            told += _pair_up(scene, ins.whos, outs.whos, hit, resolve)
            del groups[k : k + 2]
        return told

    def _lists(self, scene: Scene, ins: list[Group], outs: list[Group], resolve: object) -> list[Telling]:
        on = [(w, g.hit) for g in ins for w in g.whos]
        off = [(w, g.hit) for g in outs for w in g.whos]
        if on and not off and (hurt := _hurt_before(scene, on[0][0])) is not None:
            off = [(hurt, None)]
        told = []
        waiting = self.pending
        if on and not off and waiting is not None:
            self.pending = None
            for n, (who, hit) in enumerate(on):
                person = _person(resolve, who)
                out = waiting.outs[n] if n < len(waiting.outs) else None
                if person and hit:
                    clock = scene.change_clock(hit.first) or waiting.clock
                    told.append(_telling(person, out, clock, *_span(scene, hit, who), hit))
            rest = waiting.outs[len(on) :]
            return told + [
                _telling(None, out, waiting.clock, waiting.start, waiting.end, waiting.hit)
                for out in rest
                if waiting.firm
            ]
        told += self.drop()
        if off and not on:
            people = [p for w, _ in off if (p := _person(resolve, w))]
            hit = off[0][1]
            if hit and people:
                firm = hit.word.startswith(FIRM_OUT) or hit.rule.name == "gives-way" or scene.has("change", "injury")
                self.pending = Pending(
                    people, scene.change_clock(hit.first) or scene.carried, *_span(scene, hit, off[0][0]), hit, firm
                )
            return told
        return told + self._both(scene, on, off, resolve)

    def _both(
        self, scene: Scene, on: list[tuple[Who, Hit | None]], off: list[tuple[Who, Hit | None]], resolve: object
    ) -> list[Telling]:
        told = []
        for n in range(max(len(on), len(off))):
            who, hit = on[n] if n < len(on) else (None, None)
            gone, out_hit = off[n] if n < len(off) else (None, None)
            person, out = _person(resolve, who), _person(resolve, gone)
            use = hit or out_hit
            if use is None or (person is None and out is None) or (who is not None and person is None and gone is None):
                continue
            if gone is None and off == [] and not _alone(use):
                continue
            clock = (
                (scene.change_clock(hit.first) if hit else None)
                or (scene.change_clock(out_hit.first) if out_hit else None)
                or scene.carried
            )
            told.append(_telling(person, out, clock, *_span(scene, use, who or gone), use))
        return told


def _hurt_before(scene: Scene, who: Who) -> Who | None:
    """Who is hurt in the sentence before somebody comes on."""
    for hit in scene.of("injury"):
        if hit.first < who.first:
            hurt = hurt_one(scene, hit, scene.fills(hit))
            if hurt is not None and hurt.first < who.first and hurt.person is not who.person:
                return hurt
    return None


def _alone(hit: Hit) -> bool:
    """Whether one who comes on may be told without the one who goes off."""
    return hit.word in STAND_ALONE or hit.word.startswith(
        (
            "entra",
            "subentra",
            "inser",
            "ingress",
            "gett",
            "butt",
            "mand",
            "fa",
            "mett",
            "gioca",
            "lanc",
            "spazio",
            "tocca",
            "debutto",
            "esordio",
            "l'",
            "appena",
            "nuovo",
            "da",
        )
    )


def _means_a_change(scene: Scene, hit: Hit) -> bool:
    """Whether a cue speaks of a substitution here: "entra in area" and "fuori di poco" do not."""
    low, cue = scene.doc.low, hit.rule.cue
    following = low[hit.last : min(hit.last + 3, scene.last)]
    before = low[hit.first - 1] if hit.first > scene.first else ""
    if cue == "in":
        if hit.word in ("tocca", "c'", "sceglie", "scelse"):
            return scene.has("out", "injury")
        if hit.word.startswith(("entra", "entrò")) and hit.mood in ("present", "past") and hit.last - hit.first == 1:
            followed = any(0 <= w.opening - hit.last <= 4 and w.kind != "team" for w in scene.whos)
            if not followed and (
                before in ("ed", "e") or scene.has("attempt", "goal", "off", "wood", "save", "assist")
            ):
                return False
        if (
            hit.word.startswith(("entra", "entrò", "entrando"))
            and following[:1] in (["in"], ["nell'"], ["nella"], ["nel"], ["da"], ["duro"], ["dalla"], ["a"])
            and following[1:2] != ["campo"]
        ):
            return False
        if hit.word == "dentro" and (
            (following[:1] in (["l'"], ["la"], ["un"], ["al"], ["all'"], ["il"]) and following[1:2] != ["ex"])
            or before in ("mette", "messa", "mettere", "la", "palla", "mise", "metta")
        ):
            return before in ("mette",) and any(w.opening == hit.last for w in scene.whos)
        if hit.word == "dentro" and following[:1] == ["per"]:
            return False
        if hit.word == "in" and hit.last - hit.first == 2:
            return any(w.last == hit.first or w.opening == hit.last for w in scene.whos if w.kind != "team")
    if cue == "out" and hit.word.startswith("richiam") and scene.has("var"):
        return False
    if cue == "out":
        if hit.word == "uscita" and hit.last - hit.first == 1:
            return before in ("è", "sono", "appena")
        if hit.word == "fuori" and before in (
            "lascia",
            "lasciano",
            "resta",
            "restano",
            "rimane",
            "tiene",
            "lasciato",
            "lasciati",
            "lasciando",
        ):
            return False
        if hit.word in ("fuori", "out"):
            near = any(
                hit.last <= w.opening <= hit.last + 3 and w.prep is None and w.kind != "team" for w in scene.whos
            )
            led = (
                before in (",", ":", ";", "-", ".", "(", "'")
                or hit.first == scene.first
                or any(p.mention.last == hit.first for p in scene.clocks)
                or before in ("e", "poi")
            )
            after_name = any(w.last == hit.first and w.kind == "person" for w in scene.whos)
            return (
                near and (led or before not in ("di", "da", "poco", "calcia", "palla", "tira", "finisce", "manda"))
            ) or (after_name and scene.has("in") and following[:1] in ([","], [";"], ["e"], ["."]))
        if hit.word.startswith("esc") or hit.word.startswith("usc"):
            if following[:1] in (
                ["a"],
                ["di"],
                ["dal"],
                ["sul"],
                ["in"],
                ["dall'"],
                ["dalla"],
                ["bene"],
                ["male"],
                ["con"],
                ["sui"],
                ["sulla"],
                ["fuori"],
                ["alla"],
                ["allo"],
            ):
                return following[:2] in (
                    ["dal", "campo"],
                    ["di", "scena"],
                    ["in", "barella"],
                    ["dalla", "contesa"],
                    ["dal", "terreno"],
                ) or (following[:1] in (["con"], ["per"]) and scene.has("in", "replace"))
            return scene.has("in", "replace", "change", "injury") or any(
                w.opening == hit.last and w.prep is None for w in scene.whos
            )
        if hit.word == "in":
            return scene.has("in", "replace")
    if cue == "replace" and hit.word in ("al", "in"):
        return before not in ("al",)
    return True


def _groups(scene: Scene, hits: list[Hit]) -> list[Group]:
    groups: list[Group] = []
    for who in scene.whos:
        if who.kind == "team" or (who.person is not None and who.person.roles & {"coach", "referee"}):
            continue
        if who.kind == "epithet" and not any(h.last == who.opening for h in hits):
            continue
        if groups and who.shared and scene.whos[scene.whos.index(who) - 1] is groups[-1].whos[-1]:
            groups[-1].whos.append(who)
        else:
            groups.append(Group([who]))
    return groups


def _between(scene: Scene, hits: list[Hit], left: Group, right: Group) -> tuple[Hit, bool] | None:
    """The word that pairs two neighbouring lists, and whether the first of them goes off."""
    low = scene.doc.low
    between = [h for h in hits if left.last <= h.first < right.whos[0].first and h.rule.cue in ("replace", "giveway")]
    if any(w in HARD for w in low[left.last : right.first]):
        return None
    if between:
        hit = between[-1]
        if hit.last < right.first - 3 or "," in low[hit.last : right.first]:
            return None
        if hit.rule.cue == "giveway":
            return hit, True
        reverse = scene.passive(hit) if hit.mood == "participle" else False
        if hit.mood == "participle" and right.whos[0].prep != "da":
            return None if right.whos[0].prep is None else (hit, False)
        return hit, reverse
    gap = low[left.last : right.first + 1]
    if (
        right.whos[0].prep == "per"
        and all(w in ("per", "(", "'", ",") or w[0].isdigit() for w in gap)
        and len(gap) <= 3
    ):
        lead = [h for h in hits if h.rule.cue in ("in", "out", "change") and h.first < right.first]
        hit = lead[-1] if lead else hits[0]
        reverse = bool(lead) and lead[-1].rule.cue == "out"
        return hit, reverse
    return None


def _exchange(scene: Scene, hit: Hit, groups: list[Group], resolve: object) -> list[Telling]:
    """ "Il tecnico rimpiazza A con B": the coach acts, A goes off, B comes on."""
    if hit.rule.name != "takes-the-place" or not hit.word.startswith(
        ("sostitu", "rimpiazz", "avvicend", "rilev", "scamb", "cambi")
    ):
        return []
    after = [g for g in groups if g.whos[0].first >= hit.last]
    if len(after) < 2 or after[1].whos[0].prep != "con" or after[0].whos[0].prep is not None:
        return []
    off, on = after[0], after[1]
    if off.first - hit.last > 3 or on.first - off.last > 6:
        return []
    makers = [g for g in groups if g.last <= hit.first and hit.first - g.last < 8]
    gone = [off, on, *makers[-1:]]
    groups[:] = [g for g in groups if g not in gone]
    return _pair_up(scene, on.whos, off.whos, hit, resolve)


def _for_one_before(scene: Scene, hit: Hit, groups: list[Group], resolve: object) -> list[Telling]:
    """ "lo rileva B", "lascia il posto a B": who goes off was spoken of before."""
    low = scene.doc.low
    after = next((g for g in groups if g.whos[0].first >= hit.last and g.first - hit.last <= 2), None)
    clitic = (
        hit.rule.cue == "replace"
        and hit.mood in ("present", "past")
        and low[hit.first - 1] in ("lo", "la", "gli", "ne")
    )
    before = [g for g in groups if g.last <= hit.first and not scene.hard_between(g.last, hit.first)]
    if clitic:
        on = after or (before[-1] if before and hit.first - before[-1].last <= 2 else None)
        gone = scene.named_before(hit) if on is after and not before else None
    elif (hit.rule.cue == "giveway" and after is not None and not before) or (
        hit.mood == "participle" and after is not None and after.whos[0].prep == "con" and scene.passive(hit)
    ):
        on, gone = after, scene.named_before(hit)
    else:
        return []
    named = [w for w in scene.whos if w.kind == "person" and w.last <= hit.first and w not in (on.whos if on else [])]
    gone = gone or (named[-1] if clitic and named and not is_referee(named[-1]) else None)
    gone = gone or (scene.topic if scene.topic is not None and scene.topic.kind != "team" else None)
    if on is None or gone is None:
        return []
    groups[:] = [g for g in groups if g is not on and gone not in g.whos]
    return _pair_up(scene, on.whos[:1], [gone], hit, resolve)


def _place(scene: Scene, hits: list[Hit], groups: list[Group]) -> None:
    """Give each list its place: by the cue right before it, else by the cue right after it."""
    _place_subjects(scene, hits, groups)
    for group in groups:
        if group.place:
            continue
        before = [h for h in hits if h.last <= group.whos[0].first and h.rule.cue in ("in", "out", "replace")]
        after = [h for h in hits if h.first >= group.last and h.rule.cue in ("in", "out", "replace", "giveway")]
        others = [g for g in groups if g is not group]
        lead = before[-1] if before else None
        if (
            lead is not None
            and not any(lead.last <= g.whos[0].first < group.first for g in others)
            and _reaches(scene, lead, group)
        ):
            group.hit = lead
            group.place = {"in": "in", "out": "out", "replace": "out"}[lead.rule.cue]
            if lead.rule.cue == "replace" and lead.word == "al" and "loro" in scene.doc.low[lead.first : lead.last]:
                group.place = "in"
            continue
        follow = after[0] if after else None
        if (
            follow is not None
            and not any(group.last <= g.whos[0].first < follow.first for g in others)
            and follow.first - group.last <= 4
            and group.whos[0].prep is None
        ):
            if (
                follow.word.startswith(TRANSITIVE)
                and follow.mood in ("present", "past", "gerund", "infinitive")
                and not follow.word.startswith("lasci")
            ):
                continue
            if follow.mood == "word" and follow.rule.cue in ("in", "out") and follow.first > group.last + 1:
                continue
            apart = "," in scene.doc.low[group.last : follow.first] and follow.mood in ("present", "past")
            if apart and scene.named_after(follow) is not None:
                continue  # "Rossi si fa male, entra Bianchi"
            group.hit = follow
            if follow.mood == "word" and follow.rule.cue in ("in", "out") and follow.first == group.last + 1:
                group.place = "out" if follow.rule.cue == "in" else "in"  # "Rossi e Bianchi, dentro Neri e Verdi"
                continue
            group.place = {"in": "in", "out": "out", "replace": "in", "giveway": "out"}[follow.rule.cue]


def _place_subjects(scene: Scene, hits: list[Hit], groups: list[Group]) -> None:
    """Place who does what a verb of coming or going says: "Rossi, che al 19' chiede il cambio"."""
    for hit in hits:
        sent_off = (
            hit.mood == "participle"
            and hit.rule.cue == "out"
            and scene.passive(hit)
            and hit.word.startswith(TRANSITIVE)
        )
        acting = hit.mood in ("present", "past") and not hit.word.startswith(TRANSITIVE)
        if hit.rule.cue not in ("in", "out") or not (sent_off or acting):
            continue
        subject = scene.relative_subject(hit) or scene.named_before(hit)
        if subject is not None and subject.kind == "epithet" and not any(subject in g.whos for g in groups):
            groups.insert(0, Group([subject]))
        for group in groups:
            if subject in group.whos and not group.place and scene.named_after(hit) is None:
                group.place, group.hit = hit.rule.cue, hit


def _bind_coach(scene: Scene, hits: list[Hit], groups: list[Group], resolve: object) -> None:
    """Who makes the changes is of the same side as those changed: "Pioli toglie Calabria"."""
    people = scene.context.people
    told = [
        w.person
        for w in scene.whos
        if w.kind == "person"
        and w.prep == "per"
        and scene.has("change")
        and not any(w in g.whos and g.place for g in groups)
    ]
    if scene.topic is not None and scene.topic.person is not None and "coach" in scene.topic.person.roles:
        told.append(scene.topic.person)
    told += [w.person for w in scene.whos if w.person is not None and "coach" in w.person.roles]
    for boss in told[:1]:
        for group in groups:
            for who in group.whos if group.place else ():
                person = _person(resolve, who)
                if person is not None and boss is not None and person is not boss:
                    people.bond(boss, person, same=True)
    for hit in hits:
        if hit.mood not in ("present", "past") or not hit.word.startswith(TRANSITIVE):
            continue
        maker = scene.named_before(hit)
        boss = maker.person if maker is not None and not any(maker in g.whos and g.place for g in groups) else None
        if boss is None:
            continue
        boss.roles.add("coach")
        for group in groups:
            for who in group.whos if group.place else ():
                person = _person(resolve, who)
                if person is not None and person is not boss:
                    people.bond(boss, person, same=True)


def _reaches(scene: Scene, hit: Hit, group: Group) -> bool:
    gap = scene.doc.low[hit.last : group.first]
    if any(w in HARD for w in gap) or len(gap) > 9:
        return False
    if hit.word.startswith(("rispond", "punt", "scegl", "scels", "opt", "affid", "prov", "ridisegn")) and len(gap) > 2:
        return False
    if hit.word in JUST_ON and (len(gap) > 1 or "," in gap):
        return False
    if hit.mood in ("present", "past") and "," in gap and not {"posto", "sostituzione", "vece"} & set(gap):
        return False
    if group.whos[0].prep in ("da", "tra", "other", "su") or (
        group.whos[0].prep in ("di", "a", "con", "per")
        and group.whos[0].opening > hit.last
        and group.whos[0].prep not in hit.rule.roles
    ):
        return False
    return not (hit.mood == "word" and len(gap) > 6 and "," not in gap)


def _pair_up(scene: Scene, ins: list[Who], outs: list[Who], hit: Hit, resolve: object) -> list[Telling]:
    told = []
    for n in range(max(len(ins), len(outs))):
        on, off = (_person(resolve, side[n]) if n < len(side) else None for side in (ins, outs))
        if on is None and off is None:
            continue
        clock = scene.change_clock((ins + outs)[0].first) or scene.change_clock(hit.first) or scene.carried
        told.append(_telling(on, off, clock, *_span(scene, hit, ins[min(n, len(ins) - 1)]), hit))
    return told


def _person(resolve: object, who: Who | None) -> Person | None:
    return resolve(who, "player", None) if who is not None else None  # type: ignore[operator]


def _span(scene: Scene, hit: Hit, who: Who | None) -> tuple[int, int]:
    first = min(hit.first, who.first) if who else hit.first
    last = max(hit.last, who.last) if who else hit.last
    return scene.doc.start[first], scene.doc.end[last - 1]


def _telling(on: Person | None, off: Person | None, clock: Clock | None, start: int, end: int, hit: Hit) -> Telling:
    people: dict[Role, str] = {}
    if on is not None:
        people["player_in"] = on.name
    if off is not None:
        people["player_out"] = off.name
    side: Side | None = (on.side if on else None) or (off.side if off else None)
    return Telling("substitution", start, end, hit.rule.name, clock=clock or NO_CLOCK, side=side, people=people)


def bare_swap(doc: Doc, first: int, last: int, clocks: Sequence[Placed]) -> bool:
    """Whether a sentence without any cue can be "Al 68' Zauli per Ambrosini": capitals on both sides of "per"."""
    return any(
        doc.low[i] == "per" and doc.words[i - 1][0].isupper() and doc.words[i + 1][0].isupper()
        for i in range(first + 1, last - 1)
    ) and (bool(clocks) or last - first < 14)


def swap_hit(first: int) -> Hit:
    """The cue that a bare swap stands for."""
    rule = next(r for r in lexicon().rules if r.cue == "change")
    return Hit(first, first, rule, "word", "")
