"""Refereeing reviews (moviola): episodes told one by one, with what the referee, and the VAR, made of each.

The prose engine reads the sentences; here the officials are kept out of the players, opinions ("poteva starci il
rosso") out of the facts, and the episode's own people fill what its verdict leaves unsaid ("giusto il giallo al
difensore").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from pipelines.items import EventType

from .clock import NO_CLOCK, Clock
from .lexicon import words
from .officials import NAME
from .sides import Sides
from .telegram import Names, Piece, read_pieces
from .telling import OTHER_SIDE, Context, Role, Side, Telling
from .tokens import Doc, fold

DATA = Path(__file__).parents[2] / "data" / "review.toml"
OFFICIAL = re.compile(
    rf"(?:[Aa]rbitr[oa]|[Dd]irettore di gara|[Dd]irettrice di gara|[Ff]ischietto|[Ss]ala (?:VAR|Var|var)"
    rf"|(?:VAR|Var|var|AVAR|Avar)|[Aa]l (?:VAR|Var)|[Aa]ssistente|[Ss]ignor[ae]?|[Gg]uardalinee|[Qq]uarto uomo"
    rf"|ordini di|(?:gara|serata|partita|prestazione|prova|voto)[^.\n]{{0,24}} per|bisogno di|richiamat[oa] da"
    rf"|chiamat[oa] da|suggerimento di)[ :,]{{1,2}}(?P<a>{NAME})"
    rf"|(?<! con )(?<! su )(?<! di )(?<! da )(?<! e )(?<! tra )(?P<b>{NAME})"
    rf" (?:della sezione|al (?:VAR|Var|var|monitor)|in sala|dal (?:VAR|Var)|è ben|fischia"
    rf"|assegna|concede|estrae|ammonisce|lascia (?:correre|proseguire)|non (?:interviene|fischia|vede|ha"
    rf" dubbi)|richiama|va (?:al|a rivedere)|convalida|indica|grazia|sorvola|punisce|vede|ha bisogno|(?:lo|la"
    rf"|gli) (?:richiama|chiama|suggerisce|segnala)|promosso|bocciato|da tre metri)"
)
NOT_TOLD: frozenset[EventType] = frozenset(["shot", "full_time", "half_time", "substitution"])
PRONOUN = re.compile(
    r"(?<! e )(?<! poi )\b(?:lo|la) (?:stend|atterr|ferm|tratt|abbatt|mett|tocc|colpi|falci|travol|sping|aggan|cintur"
    r"|sgamb|butt)"
)
SUFFERING = frozenset(["su", "con", "a", "ad", "contro", "danni", "sul", "addosso"])
LAST_CLAUSE = 60
STOPS = (". ", "\n", "! ", "? ")


class BadReview(ValueError):
    """data/review.toml is wrong: the message names the table."""


@lru_cache(maxsize=1)
def cues() -> dict[str, re.Pattern[str]]:
    """The words of data/review.toml as patterns, "table.key"."""
    found: dict[str, re.Pattern[str]] = {}
    for table, keys in tomllib.loads(DATA.read_text(encoding="utf-8")).items():
        for key, values in keys.items():
            if not isinstance(values, list) or not all(isinstance(v, str) and v for v in values):
                raise BadReview(f"{DATA.name}: [{table}] {key} is no list of words")
            spelt = "|".join(
                re.escape(v).replace(r"\*", r"[\w' ]{0,20}?" if " * " in v else r"\w*")
                for v in sorted(values, key=len, reverse=True)
            )
            found[f"{table}.{key}"] = re.compile(rf"(?<!\w)(?:{spelt})(?!\w)")
    return found


def find_officials(doc: Doc, referee: str | None) -> frozenset[str]:
    """The folded names of referee, assistants and VAR officials, as the text calls them."""
    found = {m["a"] or m["b"] for m in OFFICIAL.finditer(doc.text)} | ({referee} if referee else set())
    return frozenset(fold(word) for name in found for word in name.split() if len(word) > 2)


@dataclass(frozen=True, slots=True)
class Episode:
    """Text at start:end about one moment of the match."""

    start: int
    end: int
    clock: Clock = NO_CLOCK


def read_episodes(
    doc: Doc, episodes: Sequence[Episode], context: Context, sides: Sides, referee: str | None
) -> list[Telling]:
    """What the episodes of a review tell, in order."""
    officials = find_officials(doc, referee)
    names = Names.of(doc, sides)
    told: list[Telling] = []
    for episode in episodes:
        told += _Episode(doc, episode, context, sides, names, officials).read()
    context.clock = None
    return told


class _Episode:
    def __init__(
        self, doc: Doc, episode: Episode, context: Context, sides: Sides, names: Names, officials: frozenset[str]
    ) -> None:
        self.doc, self.episode, self.context, self.sides = doc, episode, context, sides
        self.low = doc.lowered[episode.start : episode.end]
        self.officials = officials
        pieces = read_pieces(doc, episode.start, episode.end, names)
        self.pieces = [p for p in pieces if not (p.name and self._official(p.name))]
        self.people = [p for p in self.pieces if p.name]

    def read(self) -> list[Telling]:
        """The engine's tellings that are facts about players, and the verdicts that it leaves without a player."""
        from .prose import read_prose

        self.context.source = "prose"
        self.context.clock = self.episode.clock if self.episode.clock != NO_CLOCK else None
        told = [t for t in read_prose(self.doc, self.episode.start, self.episode.end, self.context) if self._fact(t)]
        clock = self.context.clock or next((t.clock for t in told if t.clock.minute is not None), NO_CLOCK)
        if self.episode.clock == NO_CLOCK:
            return told
        told = [self._to_fouler(t) for t in self._agreed(told)]
        for own in map(self._to_fouler, self._verdicts(clock)):
            same = [t for t in told if t.type == own.type or {t.type, own.type} == {"red_card", "yellow_card"}]
            if not same:
                told.append(own)
            elif own.type == "penalty_awarded" and own.people and len(same) == 1:
                told = [replace(t, people={**own.people, **t.people}) if t is same[0] else t for t in told]
            elif not any(t.people for t in same):
                told = [t for t in told if t not in same] + [
                    replace(same[0], people=own.people, side=own.side or same[0].side)
                ]
        return [replace(t, match=self.context.match) for t in told]

    def _agreed(self, told: list[Telling]) -> list[Telling]:
        """The tellings without a goal that the same episode annuls, or gives to the man who commits the foul."""
        fouler, _ = self._foul()
        annulled = any(t.type == "goal_disallowed" for t in told) or self._says("disallowed")
        stands = cues()["good.says"].search(self.low) is not None
        taken_back = annulled and not stands
        at_fault = fouler.name if fouler and self._says("penalty", "given") else None
        return [t for t in told if t.type != "goal" or not (taken_back or t.people.get("player") == at_fault)]

    def _to_fouler(self, told: Telling) -> Telling:
        """A card that the engine gave to the fouled man is the fouler's."""
        fouler, victim = self._foul()
        if (
            told.type not in ("yellow_card", "red_card")
            or fouler is None
            or victim is None
            or told.people.get("player") != victim.name
            or self._beside_card(victim.name)
        ):
            return self._to_subject(told)
        return replace(told, people={**told.people, "player": fouler.name}, side=None)

    def _beside_card(self, name: str) -> bool:
        """Whether the card is told beside this name: "ammonito Rossi", "giallo a Rossi", "Rossi viene ammonito"."""
        who = re.escape(name.split()[-1].lower())
        given = rf"(?:ammon\w+|giallo|cartellino|espuls\w+|espell\w+|rosso)\W+(?:\w+\W+){{0,4}}?{who}\b"
        return (
            re.search(
                rf"{given}|\b{who}\W+(?:\w+\W+){{0,3}}?(?:ammonit|rimedia|espuls[oa]\b|prende il|riceve il|becca il)",
                self.low,
            )
            is not None
        )

    def _just_carded(self, name: str) -> bool:
        """Whether the card is told right before this name: "ammonito Rossi", "giallo a Rossi"."""
        who = re.escape(name.split()[-1].lower())
        return (
            re.search(rf"(?:ammonit[oa]|espuls[oa]|(?:giallo|rosso) (?:a|per)) (?:\w+ )?{who}\b", self.low) is not None
        )

    def _to_subject(self, told: Telling) -> Telling:
        """A card on the man on whom, or at whom, another did something is the other's: "calcio di Rossi a Bianchi"."""
        name = told.people.get("player")
        if told.type not in ("yellow_card", "red_card") or name is None or self._just_carded(name):
            return told
        carded = next((p for p in self.people if p.name and self._just_carded(p.name)), None)
        if carded and carded.name:
            return replace(told, people={**told.people, "player": carded.name}, side=None)
        if self._beside_card(name):
            return told
        if PRONOUN.search(self.low):  # "Rossi va via a Bianchi, il difensore lo stende"
            first = self._first()
            rival = next((p for p in self.people if p.name and p.name != name), None)
            if first is None or first.name != name or not rival or not rival.name:
                return told
            return replace(told, people={**told.people, "player": rival.name}, side=None)
        place = next((i for i, p in enumerate(self.pieces) if p.name == name), 0)
        if not place or self.pieces[place - 1].low not in SUFFERING:
            return told
        doer = next((p for p in self.pieces[: place - 1] if p.name and p.name != name), None)
        if not doer or not doer.name:
            return told
        who = doer.name.split(" di ")[-1] if doer is self.pieces[0] else doer.name  # "Calcio di Rossi a Bianchi"
        return replace(told, people={**told.people, "player": who}, side=None)

    def _official(self, name: str) -> bool:
        return all(fold(word) in self.officials for word in name.split() if len(word) > 2)

    def _fact(self, told: Telling) -> bool:
        """Whether a telling is a fact about players, and no opinion."""
        vague = told.type == "var_review" and told.clock.minute is None and told.facts.get("subject") in (None, "other")
        if told.type == "var_review" and cues()["rules.says"].search(self.low):
            return False
        if told.type == "injury" and not cues()["hurt.says"].search(self.low):
            return False
        if any(self._is_word(name) for name in told.people.values()):
            return False
        if told.type in NOT_TOLD or vague or any(self._official(name) for name in told.people.values()):
            return False
        near = self._sentence(told)
        table = {"yellow_card": "card", "red_card": "red", "penalty_awarded": "penalty"}.get(told.type)
        if told.type == "yellow_card" and cues()["red.second"].search(near):
            return False
        return table is None or not cues()[f"{table}.not"].search(near)

    def _is_word(self, name: str) -> bool:
        """Whether what passes for a player is a common word that opens a sentence ("Brutta entrata …")."""
        if " " in name or fold(name) not in words("common") or self.sides.of_player(name):
            return False
        return re.search(rf"[\w,’'] ?{re.escape(name)}\b", self.doc.text) is None

    def _sentence(self, told: Telling) -> str:
        """The words near a telling, in its own sentence."""
        low, episode = self.doc.lowered, self.episode
        start, end = max(episode.start, told.start - 40), min(episode.end, told.end + 40)
        before = max(low.rfind(stop, start, told.start) for stop in STOPS)
        after = [at for stop in STOPS if (at := low.find(stop, told.end, end)) >= 0]
        return low[max(start, before + 1) : min([end, *after])]

    def _verdicts(self, clock: Clock) -> Iterator[Telling]:
        """Cards, penalties and annulled goals, with the people of the episode."""
        fouler, victim = self._foul()
        if self._says("red"):
            second = cues()["red.second"].search(self.low) is not None
            who = fouler or self._first()
            facts: dict[str, object] = {"second_yellow": second}
            if who and re.search(r"allontanat|panchina", self.low) and self.sides.of_player(who.name) is None:
                facts["role"] = "coach"
            if who:
                yield self._tell("red_card", clock, who, None, facts, "review-red")
        elif self._says("card") and (who := fouler or self._first()):
            yield self._tell("yellow_card", clock, who, None, {}, "review-card")
        if self._says("disallowed", "says") and (who := self._scorer()):
            reason = (
                "offside"
                if re.search(r"fuorigioco|offside|davanti a|oltre", self.low)
                else "handball"
                if re.search(r"bracci|mano", self.low)
                else "foul"
                if re.search(r"spint|fallo|caric", self.low)
                else None
            )
            yield self._tell(
                "goal_disallowed", clock, who, None, {"reason": reason} if reason else {}, "review-disallowed"
            )
        if self._says("penalty", "given"):
            yield self._award(clock, fouler, victim)

    def _says(self, table: str, key: str = "says") -> bool:
        return cues()[f"{table}.{key}"].search(self.low) is not None and cues()[f"{table}.not"].search(self.low) is None

    def _foul(self) -> tuple[Piece | None, Piece | None]:
        """Who fouls whom: two names with a verb of fouling between."""
        for a, b in zip(self.people, self.people[1:], strict=False):
            between = self.doc.lowered[a.end : b.start]
            if len(between) < LAST_CLAUSE and cues()["foul.verbs"].search(between):
                return a, b
        return None, None

    def _first(self) -> Piece | None:
        return self.people[0] if self.people else None

    def _scorer(self) -> Piece | None:
        """Whose goal is annulled: after "rete di", "gol annullato a", else the first named."""
        for i, piece in enumerate(self.pieces):
            if (
                piece.name
                and i
                and self.pieces[i - 1].low in ("di", "a", "ad", "del")
                and any(p.low in ("rete", "gol", "annullato", "annullata") for p in self.pieces[max(0, i - 3) : i])
            ):
                return piece
        return self._first()

    def _award(self, clock: Clock, fouler: Piece | None, victim: Piece | None) -> Telling:
        people: dict[Role, str] = {}
        if fouler and victim:
            people = {"opponent": fouler.name, "player": victim.name}
        side = self.sides.of_player(victim.name) if victim else None
        gains = next(
            (
                p.team
                for i, p in enumerate(self.pieces)
                if p.team and i and self.pieces[i - 1].low in ("per", "il", "la", "l'", "al", "alla")
            ),
            None,
        )
        rival = self.sides.of_player(fouler.name) if fouler else None
        side = side or (OTHER_SIDE[rival] if rival else None) or gains
        return Telling(
            "penalty_awarded",
            self.episode.start,
            self.episode.end,
            "review-penalty",
            clock=clock,
            side=side,
            people=people,
            confidence=0.8,
        )

    def _tell(
        self, what: EventType, clock: Clock, who: Piece, side: Side | None, facts: dict[str, object], rule: str
    ) -> Telling:
        people: dict[Role, str] = {"player": who.name}
        return Telling(
            what,
            self.episode.start,
            self.episode.end,
            rule,
            clock=clock,
            side=side or self.sides.of_player(who.name),
            people=people,
            facts=facts,
            confidence=0.8,
        )
