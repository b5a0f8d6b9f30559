"""The reader as a whole: the article of the acceptance test, one event from many tellings, what it must never say."""

import json
from datetime import date
from pathlib import Path

import pytest

from pipelines.events import read
from pipelines.items import Event, Reading, as_json
from tests.score_events import score

ACCEPTANCE = Path(__file__).parents[3] / "shared" / "acceptance"
REPORT = """Bari, decide Bianchi: 1-0 al Lecce
Il Bari batte il Lecce grazie al gol di Bianchi. La gara si decide al 12': Rossi serve Bianchi, che di destro batte \
Neri. Al 40' ammonito Verdi per un fallo su Rossi. Nella ripresa, al 15', esce Rossi ed entra Conti. Al 70' annullato \
un gol a Blasi per fuorigioco. Finisce 1-0.
BARI-LECCE 1-0
MARCATORI: 12' pt Bianchi
BARI: Neri; Rossi (15' st Conti), Bianchi. All. Viola
LECCE: Verdi, Blasi. All. Marroni
AMMONITI: Verdi (L)"""


def of(reading: Reading, kind: str) -> list[Event]:
    return [e for e in reading.events if e.type == kind]


@pytest.mark.skipif(not ACCEPTANCE.is_dir(), reason="the acceptance article is not here")
def test_the_acceptance_article_is_read_without_fault(tmp_path: Path) -> None:
    text = (ACCEPTANCE / "milan-atalanta.txt").read_text(encoding="utf-8")
    (tmp_path / "milan-atalanta.json").write_text(json.dumps(as_json(read(text))), encoding="utf-8")
    figures = score(ACCEPTANCE, tmp_path)
    assert (figures["strict"]["p"], figures["strict"]["r"], figures["invented"]) == (1.0, 1.0, {})
    assert {
        name: figures["attributes"][name] for name in ("method", "outcome", "opponent", "decision")
    } == dict.fromkeys(("method", "outcome", "opponent", "decision"), 1.0)


def test_a_goal_told_three_times_is_one_with_three_evidences() -> None:
    (goal,) = of(read(REPORT), "goal")
    assert (goal.player, goal.minute, goal.period, goal.team, goal.assist) == ("Bianchi", 12, 1, "Bari", "Rossi")
    assert len(goal.evidence) >= 3
    assert {REPORT[e.start : e.end] in e.sentence for e in goal.evidence if e.part == "text"} == {True}


def test_box_and_prose_tell_the_same_substitution_and_card() -> None:
    reading = read(REPORT)
    (change,) = of(reading, "substitution")
    assert (change.player_in, change.player_out, change.minute, change.side) == ("Conti", "Rossi", 60, "home")
    assert len(change.evidence) == 2
    (card,) = of(reading, "yellow_card")
    assert (card.player, card.minute, card.team) == ("Verdi", 40, "Lecce")


def test_an_annulled_goal_is_no_goal() -> None:
    (annulled,) = of(read(REPORT), "goal_disallowed")
    assert (annulled.player, annulled.reason, annulled.minute) == ("Blasi", "offside", 70)


def test_the_same_text_gives_the_same_reading() -> None:
    assert read(REPORT) == read(REPORT)


def test_the_day_of_publication_is_no_event() -> None:
    with_day, without = read(REPORT, published=date(2012, 3, 4)), read(REPORT)
    assert with_day.events == without.events


@pytest.mark.parametrize(
    "sentence",
    [
        "All'andata finì 3-0 con doppietta di Rossi al 12' e al 40'.",
        "Rossi avrebbe potuto segnare al 12'.",
        "Se Rossi segnasse al 12', la gara cambierebbe.",
        "Un anno fa Rossi segnò al 12'.",
        "Rossi non segna dal 12 marzo.",
        "Domani Rossi potrebbe entrare per Bianchi.",
        "Il Lecce chiede il rigore per un contatto su Blasi, ma l'arbitro lascia correre.",
        "Rossi rischia il rosso per un intervento su Blasi.",
        "Nessun ammonito fra i padroni di casa.",
        "La difesa di Neri non corre pericoli e il gol non arriva.",
    ],
)
def test_what_did_not_happen_is_no_event(sentence: str) -> None:
    told = read(
        f"Bari-Lecce 0-0\nBari e Lecce pareggiano 0-0 una gara senza reti. {sentence} Rossi e Bianchi restano in campo."
    )
    assert [e for e in told.events if e.type not in ("full_time", "half_time", "var_review")] == []


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("Al 12' Zxyvic serve Qwertini che calcia di destro e batte Blorp: 1-0.", ("Qwertini", "Zxyvic")),
        ("Al 12' Qwertini, servito da Zxyvic, batte Blorp: 1-0.", ("Qwertini", "Zxyvic")),
        ("Al 12' Qwertini insacca di testa su cross di Zxyvic: 1-0.", ("Qwertini", "Zxyvic")),
        ("Al 12' viene battuto Blorp: Qwertini insacca su assist di Zxyvic e fa 1-0.", ("Qwertini", "Zxyvic")),
    ],
)
def test_people_and_clubs_that_no_list_knows_are_read_as_well(sentence: str, who: tuple[str, str]) -> None:
    (goal,) = of(read(f"Borgofittizio-Villanonesiste 1-0\n{sentence}"), "goal")
    assert (goal.player, goal.assist, goal.minute) == (*who, 12)


def test_the_events_of_two_matches_are_kept_apart() -> None:
    reading = read(
        "Bari-Lecce 1-0\nMARCATORI: 12' pt Bianchi\nBARI: Neri; Rossi, Bianchi. All. Viola\n"
        "LECCE: Verdi, Blasi. All. Rovi"
        "\n\n"
        "Foggia-Trani 0-1\nMARCATORI: 30' st Marini\nFOGGIA: Serra; Greco. All. Testa\n"
        "TRANI: Leone, Marini. All. Vitale"
    )
    assert [(e.match, e.player, e.minute) for e in of(reading, "goal")] == [
        ("Bari-Lecce", "Bianchi", 12), ("Foggia-Trani", "Marini", 75),
    ]  # fmt: skip


def test_nothing_is_told_of_a_preview() -> None:
    text = (
        "Bari-Lecce, le probabili formazioni\nDomenica alle 15 il Bari ospita il Lecce. Viola pensa a Rossi dal primo "
        "minuto al posto di Conti, ancora infortunato. Nel Lecce ballottaggio tra Blasi e Verdi. All'andata decise un "
        "gol di Bianchi al 90'.\nBARI (4-3-3): Neri; Rossi, Bianchi. All. Viola\nLECCE (4-4-2): Verdi, Blasi. All. Rovi"
    )
    assert read(text).events == ()


def test_events_that_hang_on_one_another_name_one_another() -> None:
    reading = read(
        "Bari-Lecce 1-0\nAl 30' Verdi stende Bianchi in area: l'arbitro assegna il rigore. Al 32' dal dischetto Rossi "
        "spiazza Neri: 1-0. Al 50' Conti si infortuna alla coscia. Al 52' esce Conti ed entra Marini."
    )
    ids = {e.id: e for e in reading.events}
    hang = {(e.type, ids[other].type) for e in reading.events for other in e.related}
    assert hang >= {("penalty_awarded", "goal"), ("goal", "penalty_awarded"), ("injury", "substitution")}


def test_what_two_kinds_of_source_tell_is_surer() -> None:
    goals = [of(read(text), "goal")[0] for text in (REPORT, REPORT[: REPORT.index("BARI-LECCE")])]
    assert goals[0].confidence > goals[1].confidence
