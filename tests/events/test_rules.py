"""Every rule finds the phrases written beside it in data/lexicon and leaves its look-alikes alone."""

import pytest

from pipelines.events.lexicon import Rule, lexicon, phrases_of
from pipelines.events.people import People
from pipelines.events.prose import read_prose
from pipelines.events.telling import Context
from pipelines.events.tokens import Doc
from pipelines.items import Frame, Lineup

FRAME = Frame(
    "Bari",
    "Lecce",
    lineups={"home": Lineup(starters=("Rossi", "Bianchi")), "away": Lineup(starters=("Neri", "Verdi"))},
)
CASES = [(rule, phrase, found) for rule in lexicon().rules for phrase, found in phrases_of(rule)]


def read(phrase: str) -> tuple[set[str], set[str]]:
    """The rules that speak in a phrase, vetoed ones left out, and those of them that an event comes from."""
    doc, speaking = Doc(phrase), set()
    people = People([FRAME])
    people.learn([doc])
    told = read_prose(
        doc, 0, len(phrase), Context(people), lambda scene, _: speaking.update(h.rule.name for h in scene.hits)
    )
    return speaking, {name for telling in told for name in telling.rule.split("+")}


@pytest.mark.parametrize(("rule", "phrase", "found"), CASES, ids=lambda v: v.name if isinstance(v, Rule) else None)
def test_a_rule_finds_its_phrases_and_leaves_its_look_alikes(rule: Rule, phrase: str, found: bool) -> None:
    speaking, telling = read(phrase)
    assert rule.name in speaking if found else rule.name not in telling
