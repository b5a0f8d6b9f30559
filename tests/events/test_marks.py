"""Players' marks: the layouts give the same players and marks, and a player's remark tells of him."""

from __future__ import annotations

import pytest

from pipelines.events.reader import read
from pipelines.items import Reading

TITLE = "Le pagelle di Real Montalto-Virtus Lame 2-1\n\n"
NAME_FIRST = """REAL MONTALTO
Dragoni 6,5: attento nel primo tempo.
Sassi 5,5: ammonito presto.
Ferri 6: ordinato. Dal 60' Vinci 6
Corsi 7: segna di testa.
All. Fabbri 6,5

VIRTUS LAME
Quinti 5: incerto.
Belfi 5: espulso per doppio giallo.
Crudi s.v.: poco in campo.
Lenci 6: segna su rigore.
"""
MARK_FIRST = """REAL MONTALTO
6,5 Dragoni – Attento nel primo tempo.
5,5 Sassi – Ammonito presto.
6 Ferri – Ordinato.
(dal 60' Vinci 6)
7 Corsi – Segna di testa.
VIRTUS LAME
5 Quinti – Incerto.
5 Belfi – Espulso per doppio giallo.
6 Lenci – Segna su rigore.
"""
MARK_LAST = """REAL MONTALTO
Dragoni: attento nel primo tempo. Voto 6,5
Sassi: ammonito presto. Voto 5,5
Ferri: ordinato. Voto 6
Corsi: segna di testa. Voto 7
VIRTUS LAME
Quinti: incerto. Voto 5
Belfi: espulso per doppio giallo. Voto 5
Lenci: segna su rigore. Voto 6
"""
PARAGRAPHS = """REAL MONTALTO (4-3-3): Dragoni 6,5; Sassi 5,5, Ferri 6 (60' Vinci 6); Corsi 7. All. Fabbri 6,5.
VIRTUS LAME (3-5-2): Quinti 5; Belfi 5; Lenci 6. All. Nardi 5.
"""


def of(reading: Reading, kind: str) -> list[tuple[str | None, str | None]]:
    return [(e.player or e.player_in, e.team) for e in reading.events if e.type == kind]


@pytest.mark.parametrize("text", [NAME_FIRST, MARK_FIRST, MARK_LAST, PARAGRAPHS])
def test_every_layout_gives_the_marks(text: str) -> None:
    (match,) = read(TITLE + text).matches
    home, away = match.lineups["home"], match.lineups["away"]
    assert {n: home.ratings[n] for n in ("Dragoni", "Sassi", "Ferri", "Corsi")} == {
        "Dragoni": 6.5,
        "Sassi": 5.5,
        "Ferri": 6,
        "Corsi": 7,
    }
    assert {n: away.ratings[n] for n in ("Quinti", "Belfi", "Lenci")} == {"Quinti": 5, "Belfi": 5, "Lenci": 6}
    assert home.starters == ("Dragoni", "Sassi", "Ferri", "Corsi")


@pytest.mark.parametrize("text", [NAME_FIRST, MARK_FIRST, MARK_LAST])
def test_a_remark_tells_of_its_player(text: str) -> None:
    reading = read(TITLE + text)
    assert of(reading, "yellow_card") == [("Sassi", "Real Montalto")]
    assert of(reading, "red_card") == [("Belfi", "Virtus Lame")]
    assert sorted(of(reading, "goal")) == [("Corsi", "Real Montalto"), ("Lenci", "Virtus Lame")]


@pytest.mark.parametrize("text", [NAME_FIRST, MARK_FIRST, PARAGRAPHS])
def test_a_change_beside_the_marks_is_told(text: str) -> None:
    (change,) = [e for e in read(TITLE + text).events if e.type == "substitution"]
    assert (change.minute, change.player_in, change.player_out) == (60, "Vinci", "Ferri")


@pytest.mark.parametrize(
    ("remark", "kind", "found"),
    [
        ("Ammonito nel finale.", "yellow_card", True),
        ("Prende un giallo evitabile.", "yellow_card", True),
        ("Rischia il giallo.", "yellow_card", False),
        ("Fa ammonire l'avversario.", "yellow_card", False),
        ("Colpisce un palo.", "shot", True),
        ("Un palo e tanta corsa.", "shot", True),
        ("Segna un gran gol.", "goal", True),
        ("Gli manca solo il gol.", "goal", False),
        ("Sfiora il gol.", "goal", False),
        ("Esce per infortunio.", "injury", True),
        ("Glaciale dal dischetto.", "goal", True),
        ("Annulla il centravanti.", "goal_disallowed", False),
        ("Un tiro murato.", "shot", True),
    ],
)
def test_a_remark_tells_what_he_did_and_no_more(remark: str, kind: str, found: bool) -> None:
    text = NAME_FIRST.replace("ordinato. Dal 60' Vinci 6", remark.lower())
    assert (("Ferri", "Real Montalto") in of(read(TITLE + text), kind)) == found


def test_a_mark_without_a_vote_is_written_one_way() -> None:
    (match,) = read(TITLE + NAME_FIRST).matches
    assert match.lineups["away"].ratings["Crudi"] == "s.v."
    assert match.lineups["home"].coach == "Fabbri"


@pytest.mark.parametrize(
    ("remark", "change"),
    [
        ("entra al posto di Sassi.", (None, "Ferri", "Sassi")),
        ("entra dopo l'intervallo per Sassi.", (46, "Ferri", "Sassi")),
        ("entra al 74' e corre.", (74, "Ferri", None)),
        ("non torna in campo: al suo posto Vinci.", (46, "Vinci", "Ferri")),
        ("entra in area e calcia.", None),
        ("entra per ultimo in partita.", None),
    ],
)
def test_a_remark_tells_who_came_and_went(remark: str, change: tuple[int | None, str, str | None] | None) -> None:
    text = NAME_FIRST.replace("ordinato. Dal 60' Vinci 6", remark)
    told = [(e.minute, e.player_in, e.player_out) for e in read(TITLE + text).events if e.type == "substitution"]
    assert told == ([change] if change else [])


ENTERED = (
    ("Ferri 6: ordinato (75' 6,5 Vinci: vivace)", "Vinci", "Ferri", 75),
    ("Ferri 6: ordinato. Vinci (17' st) 6,5: vivace", "Vinci", "Ferri", 62),
    ("Ferri 6: ordinato\nVinci (17' st) 6,5\nVivace.", "Vinci", "Ferri", 62),
    ("Ferri 6: ordinato (Vinci 6,5: vivace)", "Vinci", "Ferri", None),
    ("Ferri 6: ordinato (30° St Vinci 6,5)", "Vinci", "Ferri", 75),
)


@pytest.mark.parametrize(("line", "on", "off", "minute"), ENTERED)
def test_who_came_in_is_told_in_many_ways(line: str, on: str, off: str, minute: int | None) -> None:
    reading = read(TITLE + NAME_FIRST.replace("Ferri 6: ordinato. Dal 60' Vinci 6", line))
    (change,) = [e for e in reading.events if e.type == "substitution"]
    assert (change.player_in, change.player_out, change.minute) == (on, off, minute)
    assert reading.matches[0].lineups["home"].ratings["Vinci"] == 6.5 or minute == 75
    assert "Vinci" not in reading.matches[0].lineups["home"].starters


@pytest.mark.parametrize("aside", ["(bravo lui)", "(4 partite, 2 gol)", "(Serie C 2)"])
def test_a_bracket_without_a_mark_is_no_change(aside: str) -> None:
    reading = read(TITLE + NAME_FIRST.replace("Dal 60' Vinci 6", aside))
    assert not [e for e in reading.events if e.type == "substitution"]


def test_a_coach_may_be_named_before_his_office() -> None:
    text = NAME_FIRST.replace("All. Fabbri 6,5", "Fabbri (all.) 6,5\nBella squadra.")
    home = read(TITLE + text).matches[0].lineups["home"]
    assert (home.coach, home.ratings["Fabbri"]) == ("Fabbri", 6.5)
    assert "Fabbri" not in home.starters


def test_those_under_a_heading_for_the_bench_did_not_start() -> None:
    text = NAME_FIRST.replace("All. Fabbri", "DALLA PANCHINA\nVinci 6,5: vivace.\nAll. Fabbri").replace(
        " Dal 60' Vinci 6", ""
    )
    home = read(TITLE + text).matches[0].lineups["home"]
    assert "Vinci" not in home.starters
    assert home.ratings["Vinci"] == 6.5


def test_a_players_line_with_a_change_is_no_line_up() -> None:
    text = NAME_FIRST.replace("Corsi 7: segna di testa.", "Corsi: 7 – Segna di testa (dal 46', Vinci: 6 – Vivace).")
    assert read(TITLE + text).matches[0].lineups["home"].ratings["Corsi"] == 7


def remark(words: str) -> Reading:
    """The events of a team's marks in which Corsi's remark says this."""
    return read(TITLE + NAME_FIRST.replace("segna di testa.", words).replace("segna su rigore.", "in ombra."))


@pytest.mark.parametrize(
    "words",
    [
        "sblocca il match con un sinistro a giro.",
        "entra e decide il derby.",
        "apre le marcature di testa.",
        "un gol e un assist, che serata.",
        "trova la via del gol nel finale.",
    ],
)
def test_a_remark_tells_its_players_goal(words: str) -> None:
    assert of(remark(words), "goal") == [("Corsi", "Real Montalto")]


@pytest.mark.parametrize(
    "words",
    [
        "suo l'assist per il gol del vantaggio.",
        "avvia l'azione del gol.",
        "va vicino al gol, poi cala.",
        "bel cross in avvio di azione, e arriva il gol.",
        "dopo l'1-0 va in letargo.",
    ],
)
def test_anothers_goal_is_not_his(words: str) -> None:
    assert of(remark(words), "goal") == []


@pytest.mark.parametrize(
    ("words", "scorer"),
    [
        ("si perde Lenci in occasione del pareggio.", "Lenci"),
        ("si fa anticipare da Lenci sul gol dell'1-1.", "Lenci"),
        ("si guadagna il rigore poi trasformato da Sassi.", "Sassi"),
        ("conquista il rigore realizzato da Sassi.", "Sassi"),
    ],
)
def test_a_remark_names_who_scored(words: str, scorer: str) -> None:
    assert [who for who, _ in of(remark(words), "goal")] == [scorer]


def test_whom_he_loses_in_the_move_need_not_be_who_scores() -> None:
    assert of(remark("si perde Lenci nell'azione del pareggio."), "goal") == []


def test_a_verdict_of_one_word_is_no_player() -> None:
    text = MARK_LAST.replace("ammonito presto. Voto", "ammonito presto. Distratto. VOTO")
    home = read(TITLE + text).matches[0].lineups["home"]
    assert home.ratings["Sassi"] == 5.5
    assert "Distratto" not in home.ratings


def test_a_mark_in_capitals_is_no_part_of_a_name() -> None:
    text = NAME_FIRST.replace("Dal 60' Vinci 6", "(Dall'85' Vinci SV)")
    assert read(TITLE + text).matches[0].lineups["home"].ratings["Vinci"] == "s.v."


FORMS = (
    "{name} ({mark}) {said}.",
    "{name} (difensore) {mark}: {said}.",
    "{name} = {mark}. {said}.",
    "{name} – {mark} – {said}.",
    "{mark} a {name}: {said}.",
    "{mark} – {name}. {said}.",
    "Voto {mark} a {name}: {said}.",
    "{name}: {said} ({mark}).",
    "{name}. {said}. Voto {mark}.",
    "{name}\n{mark}\n{said}.",
    "{mark}\n{name}: {said}.",
    "9 {name} {mark} {said}.",
    "{name} {said} {mark}",
    "| {name} | {mark} | {said} |",
)
TEAM = (
    ("Dragoni", "6,5", "attento su tutto"),
    ("Sassi", "5,5", "in ritardo"),
    ("Ferri", "6", "ordinato"),
    ("De Mori", "6", "spinge molto"),
    ("Corsi", "7", "corre per tre"),
    ("Belfi", "5", "nervoso"),
    ("Lenci", "s.v.", "poco in campo"),
    ("Nardi", "6,5", "un muro"),
)
EXPECTED = {"Dragoni": 6.5, "Sassi": 5.5, "Ferri": 6.0, "De Mori": 6.0, "Corsi": 7.0, "Belfi": 5.0, "Nardi": 6.5}


def marked(form: str, between: str) -> str:
    return between.join(form.format(name=name, mark=mark, said=said) for name, mark, said in TEAM)


@pytest.mark.parametrize("form", FORMS)
def test_rarer_forms_give_the_marks(form: str) -> None:
    reading = read(f"Le pagelle di Real Montalto-Virtus Lame 2-1\n\nREAL MONTALTO\n{marked(form, chr(10))}\n")
    assert dict(reading.matches[0].lineups["home"].ratings) == {**EXPECTED, "Lenci": "s.v."}


@pytest.mark.parametrize("form", ["{name} {mark}: {said}.", "{name} ({mark}): {said}.", "{mark} {name}: {said}."])
def test_a_team_marked_in_one_paragraph(form: str) -> None:
    reading = read(f"Le pagelle di Real Montalto-Virtus Lame 2-1\n\nREAL MONTALTO\n{marked(form, ' ')}\n")
    ratings = reading.matches[0].lineups["home"].ratings
    assert {name: ratings.get(name) for name in EXPECTED} == EXPECTED


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(f"{n} {name}" for n, (name, _, _) in enumerate(TEAM, 1)),
        "\n".join(f"{n}' {name} tira alto" for n, (name, _, _) in enumerate(TEAM, 1)),
        "\n".join(f"{name} {n * 7} anni" for n, (name, _, _) in enumerate(TEAM, 1)),
    ],
)
def test_numbers_minutes_and_ages_are_no_marks(text: str) -> None:
    reading = read("Real Montalto-Virtus Lame 2-1\n\nREAL MONTALTO\n" + text)
    assert not any(lineup.ratings for match in reading.matches for lineup in match.lineups.values())


def test_a_name_in_capitals_ends_before_the_sentence() -> None:
    text = "\n".join(f"{mark} {name.upper()} {said.capitalize()}." for name, mark, said in TEAM)
    ratings = read("Le pagelle di Real Montalto-Virtus Lame 2-1\n\nREAL MONTALTO\n" + text).matches[0].lineups["home"]
    assert ratings.ratings["Corsi"] == 7


@pytest.mark.parametrize(
    ("title", "above"),
    [
        ("Real Montalto-Virtus Lame 2-1, le pagelle: Corsi decisivo", "I voti del Montalto"),
        ("Le pagelle del Real Montalto - Corsi decisivo, Belfi ingenuo", "Real Montalto-Virtus Lame 2-1"),
        ("Real Montalto-Virtus Lame 2-1", "I voti dopo la gara contro la Virtus Lame"),
        ("Real Montalto-Virtus Lame 2-1: Corsi decisivo", "Così le pagelle del Real Montalto:"),
    ],
)
def test_one_team_alone_is_marked(title: str, above: str) -> None:
    reading = read(f"{title}\n{above}\n" + "\n".join(f"{name} {mark} {said}." for name, mark, said in TEAM))
    assert dict(reading.matches[0].lineups["home"].ratings)["Corsi"] == 7
    assert "away" not in reading.matches[0].lineups


def test_the_rivals_called_guests_tell_whose_marks_they_are() -> None:
    rows = "\n".join(f"{name} {mark} {said} contro gli ospiti." for name, mark, said in TEAM)
    reading = read(f"Le pagelle di Real Montalto-Virtus Lame 2-1\n\n{rows}")
    assert list(reading.matches[0].lineups) == ["home"]


def test_two_teams_named_alike_in_a_headline_tell_nothing() -> None:
    rows = "\n".join(f"{name} {mark} {said}." for name, mark, said in TEAM)
    assert not read(f"Le pagelle di Real Montalto-Virtus Lame 2-1\n\n{rows}").matches[0].lineups


def test_a_teams_own_mark_is_no_players() -> None:
    text = NAME_FIRST.replace("REAL MONTALTO\n", "REAL MONTALTO 6,5\n").replace("VIRTUS LAME\n", "VIRTUS LAME 5,5\n")
    for lineup in read(TITLE + text).matches[0].lineups.values():
        assert not {"Real Montalto", "Virtus Lame"} & {*lineup.ratings, *lineup.starters}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("impegna Quinti con un diagonale.", "shot"),
        ("il portiere gli nega il gol.", "shot"),
        ("il suo destro finisce alto.", "shot"),
        ("fallisce dagli undici metri.", "penalty_missed"),
        ("zuccata vincente sul corner.", "goal"),
    ],
)
def test_a_remark_in_few_words(words: str, kind: str) -> None:
    assert [who for who, _ in of(remark(words), kind)] == ["Corsi"]


@pytest.mark.parametrize("words", ["si impegna tanto, punge poco.", "poco impegnato per tutta la gara."])
def test_who_works_hard_has_not_shot(words: str) -> None:
    assert of(remark(words), "shot") == []
