"""A player's remark in the marks: what it tells of him, whom it never names ("Ammonito presto. Un palo e un assist").

The prose engine reads the sentences; here their missing subject is the player, and the nominal style is read: the words
are data/remarks.toml. In marks a word that opens a sentence is a name only where the line-ups hold it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines.items import EventType

from .clock import NO_CLOCK, Clock, ClockState
from .minutes import find_mentions
from .notation import box_clock, same_surname
from .sides import Sides
from .telegram import PARTICLES, Names
from .telling import OTHER_SIDE, Context, Role, Side, Telling
from .tokens import Doc, fold, sentences

DATA = Path(__file__).parents[2] / "data" / "remarks.toml"
NAME = r"[A-ZÀ-Þ][\w’'-]+(?: (?:(?:de|di|del|van|von|der|den|da|dos|el|al|la|lo) )?[A-ZÀ-Þ][\w’'-]+){0,2}"
OF_ANOTHER = re.compile(
    rf"(?P<what>gol|rete|pareggio|pari|vantaggio|raddoppio|autogol|autorete|incornata|zampata|sigillo|acuto"
    rf"|1-0|0-1|1-1|2-1|1-2|2-0|0-2|2-2) (?:di|del|dell['’]|firmat[oa] da) ?(?P<name>{NAME})"
)
BEATEN_BY = re.compile(
    rf"(?:nulla|niente|incolpevole|colp[ae]|battut[oa]|beffat[oa]|sorpres[oa]|trafitt[oa]|bruciat[oa]"
    rf"|[Bb]ruciat[oa])[^.;]{{0,34}}?(?:su|sul|sull['’]|sulla|sui|da|dal|dall['’]) ?(?:[a-zà-ÿ’']+"
    rf" ){{0,3}}?(?:(?:di|del|da|dal) )?(?P<name>{NAME})"
)
THEY_BEAT_HIM = re.compile(rf"(?P<a>{NAME}) e (?P<b>{NAME}) (?:lo|la) (?:trafiggono|battono|beffano|bucano|infilano)")
INTO_OWN = re.compile(rf"(?P<name>{NAME})[^.;]{{0,12}}? (?:all|nell|di|con l)['’] ?(?:autogol|autorete)")
SCORE_GOAL = re.compile(
    r"(?P<lead>\b(?:il|lo|l'|del|dello|dell'|per il|per lo|per l'|suo il|vale il|vale l'|firma il|firma l')"
    r" ?)(?P<score>\d-\d)(?!\d)"
)
NOT_HIS = re.compile(
    r"(?:sul|sullo|sull'|subi\w+|colp[ae]|dormita|errore|regal\w+|incolpevole|nulla|protest\w+|fall[oi]|in"
    r" ritardo|perso|si perde|manda in|lo salva|possibile|evita\w*|sembrava|poteva|sponda|avvio|azione|nasce"
    r"|propizia|procura\w*|cross|lancio|costringe|assist|corner|angolo"
    r"|occasione|dopo|fino|prima|momentaneo|serve|servito|pallone)[^.;!?]{0,32}$"
)
LOST_HIM = re.compile(  # he let a rival score: "si perde Rossi in occasione del pari"
    rf"(?:si (?:perde|dimentica|fa (?:anticipare|scappare|sfuggire|bruciare|sovrastare) da)|perdendosi|si è perso"
    rf"|lascia (?:solo|libero)|anticipato da|sovrastato da|si lascia (?:scappare|sfuggire))(?:,? però,?)?"
    rf" (?P<name>{NAME})[^.;:!?]{{0,24}}? (?:in occasione|sul|sullo|sull['’]|sulla|nel) ?"
    rf"[^.;:!?]{{0,16}}?(?:gol|rete|vantaggio|pareggio|pari|raddoppio|tris|poker|\d-\d)"
)
PENALTY_BY = re.compile(
    rf"(?:rigore|penalty)[^.;:!?]{{0,24}}(?:trasformat[oa]|realizzat[oa]|segnat[oa]|convertit[oa]|insaccat[oa])"
    rf" (?:poi )?da(?:l(?:l['’])?|lla)? ?(?P<name>{NAME})"
)
OTHERS_GOAL = re.compile(  # words before a goal that make it another's: "l'assist per il", "avvia l'azione del"
    r"(?:assist|cross|passaggio|lancio|pallone|azione|occasion[ei]|corner|angolo|serve|servit[oa]|propizia\w*|nasce|avvia"
    r"|innesca\w*|manda in|partecipa|protagonista|zampino|perd\w+|dimentica|anticipare|scappare|subi\w+|incassa)"
    r"(?! (?:e|ed|più) )[^.;!?]{0,32}$"
)
FACED = re.compile(
    rf"(?:para|parata|miracolo|riflesso|vola|salva|dice no|si oppone|attento|bravo|reattivo|respinge|super"
    rf"|strepitoso|decisivo|prodigioso|ipnotizza|mura|chiusura|intervento)[^.;!?]{{0,40}}? (?:su|a|sul|di)"
    rf" ?(?:colpo di testa di |tiro di |conclusione di )?(?P<name>{NAME})",
    re.IGNORECASE,
)
COMES_FOR = re.compile(
    rf"\b(?:[Ee]ntra(?:t[oa])?|[Ii]nserit[oa])\b[^.;:!?\n]{{0,30}}? (?:per|al posto di|in luogo di) (?P<off>{NAME})"
    rf"|\b(?:[Rr]ileva|[Ss]ubentra a) (?P<relieved>{NAME})"
)
GOES_FOR = re.compile(rf"\b(?:al suo posto|sostituit[oa] da|rilevat[oa] da|gli subentra) (?P<on>{NAME})")
COMES = re.compile(r"\bentra(?:t[oa])? (?:in campo )?(?:al|dal) (?P<minute>\d{1,3})['’](?! del| st| pt)")
AT_INTERVAL = re.compile(
    r"intervallo|a inizio ripresa|in avvio di ripresa|a inizio secondo tempo|dopo la pausa"
    r"|non torna in campo|resta negli spogliatoi|non rientra"
)
OF_GOAL = re.compile(r"\b(?:gol|goal|ret[ei]|fuorigioco|var|marcatura|pareggio|vantaggio|raddoppio)\b")
SAVES = re.compile(r"\b(?:parat[ae]|interventi|riflessi|salvataggi)\b")
FROM_SPOT = re.compile(r"rigore|dischetto|penalty|undici metri")
HEAD = re.compile(r"di testa|incorn|zuccata|capocciata|stacc")
CARDS: dict[EventType, str] = {"yellow_card": "yellow", "red_card": "red"}
KEEPER_NOT = frozenset(["goal", "shot", "penalty_missed"])
SERVES = re.compile(r"assist|cross|lancio|sponda|suggeriment|pennell")
PENALTY_ENDS = (
    ("woodwork", r"palo|traversa"),
    ("saved", r"parat|ipnotizz|parare"),
    ("off_target", r"alto|fuori|curva|stelle|lato"),
)


NOUN = re.compile(r"\b(?:gol|rete)\b")
Span = tuple[int, int]
NOBODY: Mapping[Role, str | None] = {}


class BadRemarks(ValueError):
    """data/remarks.toml is wrong: the message names the table."""


@lru_cache(maxsize=1)
def cues() -> dict[str, re.Pattern[str]]:
    """The words of data/remarks.toml as patterns, "table.key"."""
    found: dict[str, re.Pattern[str]] = {}
    for table, keys in tomllib.loads(DATA.read_text(encoding="utf-8")).items():
        for key, values in keys.items():
            if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
                raise BadRemarks(f"{DATA.name}: [{table}] {key} is no list of words")
            spelt = "|".join(
                re.escape(v.rstrip("*")) + (r"\w*" if v.endswith("*") else r"(?!\w)" if v[-1].isalnum() else "")
                for v in sorted(values, key=len, reverse=True)
            )
            found[f"{table}.{key}"] = re.compile(rf"(?<!\w)(?:{spelt})" if spelt else r"(?!)")
    return found


@dataclass(frozen=True, slots=True)
class Remark:
    """Text at start:end about a player. `keeper` says that he is the one in goal."""

    player: str
    side: Side | None
    start: int
    end: int
    keeper: bool = False


def read_remark(doc: Doc, remark: Remark, context: Context, names: Names, sides: Sides) -> list[Telling]:
    """What a remark tells: the engine's tellings with their subject filled in, and those of the nominal style."""
    from .prose import read_prose

    context.source, context.subject, context.subject_side, context.clock = "marks", remark.player, remark.side, None
    context.state.period, context.state.last, context.state.numbering = None, None, None
    told = [
        t
        for p in read_prose(doc, remark.start, remark.end, context)
        if (t := _of_subject(p, doc, remark, names)) is not None
    ]
    context.subject = context.subject_side = None
    nominal = [replace(t, match=context.match) for t in _Nominal(doc, remark, sides).read()]
    return told + [t for t in nominal if not any(_same(t, other) for other in told)]


def _same(a: Telling, b: Telling) -> bool:
    """Whether two tellings of one remark can be of one event."""
    if a.type != b.type and {a.type, b.type} not in (
        {"shot", "penalty_missed"},
        {"yellow_card", "red_card"},
        {"goal", "goal_disallowed"},
    ):
        return False
    x, y = a.people.get("player"), b.people.get("player")
    return not x or not y or same_surname(x, y)


def _of_subject(told: Telling, doc: Doc, remark: Remark, names: Names) -> Telling | None:
    """A telling with people only, its missing player the one that the remark is about; None where it cannot be."""
    if told.type in ("full_time", "half_time"):
        return None
    people: dict[Role, str] = {role: name for role, name in told.people.items() if _is_known(name, names)}
    if told.type == "substitution":
        return replace(told, people=people) if len(people) == 2 else None
    words = doc.lowered[max(remark.start, told.start - 10) : min(remark.end, told.end + 20)]
    if told.type == "goal_disallowed" and not OF_GOAL.search(words):
        return None  # "annulla il suo avversario"
    if told.type == "goal" and remark.keeper and SAVES.search(words) and not OF_GOAL.search(words):
        return None  # "le parate su Rossi e Bianchi decidono la gara"
    player = people.get("player")
    if (
        told.type in CARDS
        and player is not None
        and not same_surname(player, remark.player)
        and not _card_is_his(doc, remark, player)
    ):
        player = None
        people.pop("player")
    if player is None and told.type in CARDS and cues()[f"{CARDS[told.type]}.not"].search(words):
        return None
    if player is None:
        if told.type == "var_review":
            return replace(told, people=people)
        if remark.keeper and told.type in KEEPER_NOT:
            return None
        if told.type == "penalty_awarded":
            gave = cues()["gave_penalty.says"].search(doc.lowered[remark.start : remark.end]) is not None
            people["opponent" if gave else "player"] = remark.player
            side = OTHER_SIDE[remark.side] if gave and remark.side else remark.side
            return replace(told, people=people, side=side)
        if told.type == "goal" and (cues()["goal.not"].search(words) or _is_others(doc, remark, told)):
            return None
        people["player"] = remark.player
        own = told.facts.get("method") == "own_goal"
        side = OTHER_SIDE[remark.side] if own and remark.side else remark.side
        return replace(told, people=people, side=side)
    if same_surname(player, remark.player) and people.get("opponent") == player:
        people.pop("opponent")
    if told.facts.get("method") == "own_goal":
        return replace(told, people=people, side=None)  # the reader knows whose player he is
    return replace(told, people=people)


def _is_others(doc: Doc, remark: Remark, told: Telling) -> bool:
    """Whether the words around a goal make it another's: "si guadagna il rigore poi trasformato da Rossi"."""
    words = doc.text[max(remark.start, told.start - 60) : min(remark.end, told.end + 60)]
    low = doc.lowered[max(remark.start, told.start - 60) : told.start + 1]
    return (
        OTHERS_GOAL.search(low[:-1]) is not None
        or LOST_HIM.search(words) is not None
        or PENALTY_BY.search(words) is not None
    )


def _is_known(name: str, names: Names) -> bool:
    words = [w for w in re.split(r"[ .]+", name) if len(w) > 1]
    return (
        bool(words)
        and names.is_known(words[-1])
        and (len(words) == 1 or names.is_known(words[0]) or words[0].lower() in PARTICLES)
    )


def _card_is_his(doc: Doc, remark: Remark, player: str) -> bool:
    """Whether a remark gives the card to someone that it names: "giallo a Rossi", "fa espellere Rossi",
    "Rossi, che rimedia un giallo"."""
    name = re.escape(player.split()[-1].lower())
    low = doc.lowered[remark.start : remark.end]
    given = rf"(?:giallo|rosso|cartellino|ammon\w+|espel\w+|espuls\w+)(?: (?:a|per|di|del|ad|anche))? (?:\w+ )?{name}"
    taken = rf"{name},? che [^.;]{{0,24}}(?:giallo|rosso|cartellino|ammon|espuls)"
    return re.search(rf"{given}|{taken}", low) is not None


def _clock(doc: Doc, remark: Remark, at: tuple[int, int]) -> Clock:
    """The minute told in the sentence of a remark's words."""
    first, last = doc.tokens_between(remark.start, remark.end)
    for begin, past in sentences(doc, remark.start, remark.end):
        if doc.start[begin] <= remark.start + at[0] < doc.end[past - 1]:
            first, last = begin, past
    placed = ClockState().place_all(find_mentions(doc, first, last))
    told = [
        p.clock
        for p in placed
        if p.clock is not None and p.clock.minute is not None and p.mention.form not in ("half", "break", "later")
    ]
    return told[0] if len(told) == 1 else NO_CLOCK


class _Nominal:
    """Reads what bare nouns and participles of a remark say of its player."""

    def __init__(self, doc: Doc, remark: Remark, sides: Sides) -> None:
        self.doc, self.remark, self.sides = doc, remark, sides
        self.text = doc.text[remark.start : remark.end]
        self.low = doc.lowered[remark.start : remark.end]
        self.other = OTHER_SIDE[remark.side] if remark.side else None
        self.told: list[Telling] = []
        self.named: list[str] = []  # scorers that the remark names

    def read(self) -> list[Telling]:
        """The tellings of the remark."""
        self._cards()
        self._named_goals()
        if not self.remark.keeper:
            self._own_goals()
            self._misses()
        self._accidents()
        self._faced()
        self._change()
        return self.told

    def _tell(
        self,
        what: EventType,
        at: Span,
        player: str,
        side: Side | None,
        rule: str,
        people: Mapping[Role, str | None] = NOBODY,
        /,
        **facts: object,
    ) -> None:
        who: dict[Role, str] = {role: name for role, name in {"player": player, **people}.items() if name}
        start = self.remark.start
        self.told.append(
            Telling(
                what, start + at[0], start + at[1], rule, "marks", clock=_clock(self.doc, self.remark, at), side=side,
                people=who, facts={k: v for k, v in facts.items() if v is not None}, confidence=0.8,
            )
        )  # fmt: skip

    def _change(self) -> None:
        """Whom the player came in for, who came in for him, or when he came in."""
        player, side = self.remark.player, self.remark.side
        comes, goes, alone = COMES_FOR.search(self.text), GOES_FOR.search(self.text), COMES.search(self.low)
        people: dict[Role, str | None] = {}
        if comes and self._is_mate(comes["off"] or comes["relieved"]):
            people = {"player_in": player, "player_out": comes["off"] or comes["relieved"]}
        elif goes and self._is_mate(goes["on"]):
            people = {"player_in": goes["on"], "player_out": player}
        elif alone:
            people = {"player_in": player}
        m = comes or goes or alone
        if m and people:
            self._tell("substitution", m.span(), "", side, "remark-change", people)
            if AT_INTERVAL.search(self.low, max(0, m.start() - 30), m.end() + 30):
                self.told[-1] = replace(self.told[-1], clock=box_clock(46))
            elif m is alone:
                self.told[-1] = replace(self.told[-1], clock=box_clock(int(m["minute"])))

    def _both_known(self) -> bool:
        """Whether both teams' players are known, so that a name of neither is no player of this match."""
        return bool(self.sides.players["home"] and self.sides.players["away"])

    def _is_mate(self, name: str) -> bool:
        return self.sides.of_team(name) is None and (self.sides.of_player(name) or self.remark.side) == self.remark.side

    def _cards(self) -> None:
        player, side = self.remark.player, self.remark.side
        if red := _told(self.low, "red"):
            second = cues()["red.second"].search(self.low) is not None
            self._tell("red_card", red, player, side, "remark-red", second_yellow=second)
        elif yellow := _told(self.low, "yellow"):
            self._tell("yellow_card", yellow, player, side, "remark-yellow")

    def _named_goals(self) -> None:
        """Goals of others whom the remark names: "il gol di Rossi", "nulla sull'incornata di Rossi"."""
        for m in OF_ANOTHER.finditer(self.text):
            side = self.sides.of_player(m["name"])
            if side is None and self._both_known():
                continue
            own = m["what"] in ("autogol", "autorete")
            served = side == self.remark.side and SERVES.search(self.low[max(0, m.start() - 50) : m.start()])
            self._goal_of(
                m,
                m["name"],
                OTHER_SIDE[side] if own and side else side,
                "remark-goal-of",
                own,
                self.remark.player if served else None,
            )
        for m in INTO_OWN.finditer(self.text):
            if (side := self.sides.of_player(m["name"])) or not self._both_known():
                self._goal_of(m, m["name"], OTHER_SIDE[side] if side else None, "remark-into-own-net", True)
        for m in PENALTY_BY.finditer(self.text):
            if self._is_mate(m["name"]):
                self._goal_of(m, m["name"], self.remark.side, "remark-penalty-by", False)
                self.told[-1] = self.told[-1].with_facts(method="penalty")
        for m in (
            *BEATEN_BY.finditer(self.text),
            *THEY_BEAT_HIM.finditer(self.text),
            *LOST_HIM.finditer(self.text),
        ):
            if "azione" in m[0]:
                continue  # who beats a man in the move need not be who scores
            for name in m.groupdict().values():
                side = self.sides.of_player(name) if name else None
                rival = side != self.remark.side if side else not self._both_known()
                if name and rival and not FROM_SPOT.search(m[0].lower()):
                    self._goal_of(m, name, side or self.other, "remark-beaten-by", False)

    def _goal_of(
        self, m: re.Match[str], name: str, side: Side | None, rule: str, own: bool, assist: str | None = None
    ) -> None:
        self.named.append(name)
        self._tell("goal", m.span(), name, side, rule, {"assist": assist}, method="own_goal" if own else None)

    def _own_goals(self) -> None:
        """The player's goals: by the scores they made, else by the words for them; and the one in his own net."""
        player, side = self.remark.player, self.remark.side
        scored = [] if INTO_OWN.search(self.text) else [m for m in SCORE_GOAL.finditer(self.low) if self._his(m)]
        for m in {m["score"]: m for m in reversed(scored)}.values():
            home, away = (int(n) for n in m["score"].split("-"))
            self._tell(
                "goal",
                m.span(),
                player,
                side,
                "remark-score",
                NOBODY,
                score=(home, away),
                **_manner(self.low, m.span()),
            )
        if scored:
            return
        if (own := _told(self.low, "own_goal")) and not self.named:
            self._tell("goal", own, player, self.other, "remark-own-goal", method="own_goal")
        elif (goal := _told(self.low, "goal", OTHERS_GOAL)) and not self.named:
            times = 3 if cues()["goal.thrice"].search(self.low) else 2 if cues()["goal.twice"].search(self.low) else 1
            for _ in range(times):
                self._tell("goal", goal, player, side, "remark-goal", NOBODY, **_manner(self.low, goal))

    def _his(self, m: re.Match[str]) -> bool:
        before = self.low[: m.start()]
        return not NOT_HIS.search(before) and not any(name.lower() in before[-30:] for name in self.named)

    def _misses(self) -> None:
        player, side = self.remark.player, self.remark.side
        if missed := _told(self.low, "missed_penalty"):
            outcome = next((o for o, words in PENALTY_ENDS if re.search(words, self.low)), None)
            self._tell("penalty_missed", missed, player, side, "remark-missed-penalty", outcome=outcome)
        wood = _told(self.low, "woodwork")
        if wood and not (missed and FROM_SPOT.search(self.low[max(0, wood[0] - 20) : wood[1] + 20])):
            self._tell("shot", wood, player, side, "remark-woodwork", outcome="woodwork")
        elif not missed and (wide := _told(self.low, "wide")):
            self._tell("shot", wide, player, side, "remark-wide", outcome="off_target")
        elif blocked := _told(self.low, "blocked"):
            self._tell("shot", blocked, player, side, "remark-blocked", outcome="blocked")
        elif saved := _told(self.low, "saved"):
            self._tell("shot", saved, player, side, "remark-saved", outcome="saved")

    def _accidents(self) -> None:
        """A goal annulled, an injury, a penalty won or given away."""
        player, side = self.remark.player, self.remark.side
        if annulled := _told(self.low, "disallowed"):
            reason = "offside" if "fuorigioco" in self.low else None
            self._tell("goal_disallowed", annulled, player, side, "remark-disallowed", reason=reason)
        if hurt := _told(self.low, "hurt"):
            self._tell("injury", hurt, player, side, "remark-hurt")
        if won := _told(self.low, "won_penalty"):
            self._tell("penalty_awarded", won, player, side, "remark-won-penalty")
        elif gave := _told(self.low, "gave_penalty"):
            self._tell("penalty_awarded", gave, "", self.other, "remark-gave-penalty", {"opponent": player})

    def _faced(self) -> None:
        """A rival's attempt that the player stopped: "vola su Rossi"."""
        for m in FACED.finditer(self.text):
            side = self.sides.of_player(m["name"])
            if side and side != self.remark.side and not FROM_SPOT.search(m[0].lower()):
                outcome = "saved" if self.remark.keeper else "blocked"
                self._tell(
                    "shot", m.span(), m["name"], side, "remark-faced", {"opponent": self.remark.player}, outcome=outcome
                )


def _manner(low: str, at: Span) -> dict[str, object]:
    """How a goal was scored, by the words around it."""
    near = low[max(0, at[0] - 30) : at[1] + 30]
    method = "penalty" if FROM_SPOT.search(near) else "free_kick" if "punizione" in near else None
    return {"method": method, "body_part": "head" if HEAD.search(near) else None}


def _told(low: str, table: str, others: re.Pattern[str] | None = None) -> tuple[int, int] | None:
    """Where a remark says it, if nothing beside it takes it back, or gives it to others."""
    for m in cues()[f"{table}.says"].finditer(low):
        if others and NOUN.search(m[0]) and others.search(low, max(0, m.start() - 60), m.start()):
            continue
        clause = low[max(0, m.start() - 24) : m.end() + 12]
        if not cues()[f"{table}.not"].search(clause) and not re.search(
            r"\b(?:non|senza|né|mai|niente)\b[^,.;]{0,14}$", low[max(0, m.start() - 22) : m.start()]
        ):
            return m.span()
    return None


def known_names(found: Sequence[str], doc: Doc, sides: Sides) -> Names:
    """The names that the marks themselves hold, and those that stand inside sentences."""
    names = Names.of(doc, sides)
    own = {fold(part) for name in found for part in re.split(r"[ .]+", name) if len(part) > 2}
    return Names(sides, names.seen, names.lowered, frozenset(names._known | own))
