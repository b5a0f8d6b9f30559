"""Which articles tell one match, and which must be kept apart."""

from __future__ import annotations

from pipelines.archive import Archive
from pipelines.matches import rebuild
from tests.matches.conftest import Tell, change, event, goal, matches, squad, unsure, yellow

MEN = ["Rossi", "Bianchi", "Verdi", "Neri", "Gallo", "Conti", "Marino", "Greco", "Bruno", "Rizzo", "Lombardi"]
WOMEN = ["Costa", "Fontana", "Moretti", "Barbieri", "Longo", "Serra", "Ferri", "Vitale", "Pellegrini", "Sala", "Monti"]
LEG = [
    goal(12, "Rossi", "Reggiana"),
    goal(70, "Verdi", "Modena"),
    yellow(33, "Neri", "Reggiana"),
    change(60, "Sala", "Gallo", "Modena"),
]
OTHER_LEG = [
    goal(5, "Conti", "Modena"),
    goal(44, "Greco", "Reggiana"),
    yellow(80, "Bruno", "Modena"),
    change(71, "Rizzo", "Marino", "Modena"),
]


def test_the_evening_and_the_morning_after_tell_one_match(archive: Archive, tell: Tell) -> None:
    tell("curva", "Milan-Torino 2-0", "2021-01-09 22:50", [goal(25, "Leão", "Milan"), goal(36, "Kessié", "Milan")])
    tell("ponente", "Milan-Torino 2-0", "2021-01-10 00:40", [goal(26, "Rafael Leao", "Milan")])
    tell("lanotizia", "Milan-Torino", "2021-01-10 09:00", [yellow(31, "Bremer", "Torino")], kind="refereeing")
    assert {match: len(urls) for match, urls in matches(archive).items()} == {"2021-01-09-milan-torino": 3}


def test_league_and_cup_in_one_week_are_two_matches(archive: Archive, tell: Tell) -> None:
    for site, at in (("curva", "2021-01-09 22:50"), ("ponente", "2021-01-10 08:00")):
        tell(site, "Reggiana-Modena 1-1", at, LEG, competition="Serie B")
    for site, at in (("curva", "2021-01-12 22:50"), ("ponente", "2021-01-13 08:00")):
        tell(site, "Reggiana-Modena 1-1", at, OTHER_LEG, competition="Coppa Italia")
    assert [len(urls) for urls in matches(archive).values()] == [2, 2]


def test_two_legs_on_both_grounds_stay_apart(archive: Archive, tell: Tell) -> None:
    tell("curva", "Reggiana-Modena 1-1", "2021-05-20 22:50", LEG)
    tell("curva", "Modena-Reggiana 1-1", "2021-05-23 22:50", OTHER_LEG)
    assert list(matches(archive)) == ["2021-05-20-reggiana-modena", "2021-05-23-modena-reggiana"]


def test_an_abandoned_match_and_its_replay_stay_apart(archive: Archive, tell: Tell) -> None:
    tell("curva", "Torrebruna-Montefosco", "2009-12-13 17:00", [goal(8, "Rosa", "Montefosco")])
    stopped = "La nebbia ferma tutto: partita sospesa"
    tell("ponente", "Torrebruna-Montefosco", "2009-12-13 19:00", [goal(8, "Rosa", "Montefosco")], title=stopped)
    tell("curva", "Torrebruna-Montefosco 1-2", "2009-12-16 19:00", [goal(50, "Neri", "Torrebruna")])
    assert sorted(len(urls) for urls in matches(archive).values()) == [1, 2]
    with archive.reading() as conn:
        assert conn.execute("SELECT status FROM matches ORDER BY date").fetchall() == [("abandoned",), ("played",)]


def test_a_telling_between_two_matches_does_not_draw_them_together(archive: Archive, tell: Tell) -> None:
    """A report of the replay that gives the day of the abandoned match."""
    for site in ("curva", "ponente"):
        tell(
            site,
            "Torrebruna-Montefosco",
            "2009-12-13 17:00",
            [goal(24, "Fagioli", "Torrebruna"), change(55, "Gentile", "Costa", "Montefosco")],
        )
        tell(
            site,
            "Torrebruna-Montefosco 1-2",
            "2009-12-16 19:00",
            [goal(8, "Rosa", "Montefosco"), goal(83, "Gentile", "Montefosco"), yellow(66, "Neri", "Torrebruna")],
        )
    told = [
        goal(8, "Rosa", "Montefosco"),
        goal(24, "Fagioli", "Torrebruna"),
        change(83, "Gentile", "Rosa", "Montefosco"),
    ]
    tell("lanotizia", "Torrebruna-Montefosco 1-2", "2009-12-16 19:00", told, date="2009-12-13")
    assert {match: len(urls) for match, urls in matches(archive).items()} == {
        "2009-12-13-torrebruna-montefosco": 2, "2009-12-16-torrebruna-montefosco": 3,
    }  # fmt: skip


def test_women_and_men_of_two_clubs_on_one_day_stay_apart(archive: Archive, tell: Tell) -> None:
    for site in ("curva", "ponente"):
        tell(site, "Inter-Sassuolo 2-1", "2022-01-22 20:00", [goal(9, MEN[0], "Inter")], lineups={"home": squad(*MEN)})
    tell(
        "curva", "Inter-Sassuolo 3-1", "2022-01-22 18:00", [goal(9, "Polli", "Inter")], competition="Serie A Femminile"
    )
    tell(
        "ponente",
        "Inter-Sassuolo 3-1",
        "2022-01-22 18:10",
        [goal(9, "Polli", "Inter")],
        lineups={"home": squad(*WOMEN)},
    )
    assert sorted(len(urls) for urls in matches(archive).values()) == [2, 2]
    assert any(match.endswith("-femminile") for match in matches(archive))


def test_long_and_short_names_of_an_unlisted_club_are_one(archive: Archive, tell: Tell) -> None:
    tell("curva", "V. Montegallo-Sant'Erasmo 2-3", "2018-11-18 18:02", LEG)
    tell("ponente", "Virtus Montegallo-Santerasmo 2-3", "2018-11-18 20:02", LEG)
    tell("lanotizia", "Pro Montegallo-Sant'Erasmo 0-0", "2018-11-18 20:02", OTHER_LEG)
    assert sorted(len(urls) for urls in matches(archive).values()) == [1, 2]


def test_a_box_with_its_sides_swapped_is_turned(archive: Archive, tell: Tell) -> None:
    told = [goal(12, "Busio", "Venezia"), goal(55, "Verde", "Spezia"), goal(91, "Aramu", "Venezia")]
    tell("curva", "Spezia-Venezia 1-2", "2021-12-05 17:10", told)
    tell("ponente", "Spezia-Venezia 1-2", "2021-12-05 17:40", told)
    tell("lanotizia", "Venezia-Spezia 2-1", "2021-12-05 17:20", told, kind="box")
    assert {match: len(urls) for match, urls in matches(archive).items()} == {"2021-12-05-spezia-venezia": 3}
    with archive.reading() as conn:
        goals = conn.execute("SELECT player, side, sources FROM events WHERE type = 'goal' ORDER BY number").fetchall()
        assert conn.execute("SELECT score_home, score_away FROM matches").fetchone() == (1, 2)
    assert goals == [("Busio", "away", 3), ("Verde", "home", 3), ("Aramu", "away", 3)]


def test_each_match_of_a_roundup_goes_to_its_own(archive: Archive, tell: Tell) -> None:
    tell("curva", "Lecce-Palermo 3-0", "2004-12-05 19:00", [goal(9, "Vučinić", "Lecce")])
    told = [goal(9, "Vucinic", "Lecce", match="Lecce-Palermo"), goal(80, "Parisi", "Messina", match="Udinese-Messina")]
    tell("ponente", ["Lecce-Palermo 3-0", "Chievo-Livorno 2-2", "Udinese-Messina 0-1"], "2004-12-05 20:15", told)
    assert {match: len(urls) for match, urls in matches(archive).items()} == {
        "2004-12-05-chievo-livorno": 1, "2004-12-05-lecce-palermo": 2, "2004-12-05-udinese-messina": 1,
    }  # fmt: skip


def test_satire_a_simulation_and_a_preview_make_no_match(archive: Archive, tell: Tell) -> None:
    real = tell("curva", "Juventus-Roma 1-0", "2020-04-05 22:00", LEG)
    tell("ponente", "Juventus-Roma 9-8", "2020-04-05 18:00", OTHER_LEG, title="La partita al videogioco")
    tell("lanotizia", "Juventus-Roma 4-4", "2020-04-05 18:00", OTHER_LEG, section="Satira")
    tell("lanotizia", "Juventus-Roma", "2020-04-05 12:00", kind="preview")
    assert matches(archive) == {"2020-04-05-juventus-roma": [real]}
    assert sorted(unsure(archive).values()) == [
        "may not have been played: satira",
        "may not have been played: videogioco",
        "the article is no match report (preview)",
    ]


def test_last_years_article_with_a_new_date_stays_apart(archive: Archive, tell: Tell) -> None:
    for site in ("curva", "ponente"):
        tell(site, "Reggiana-Modena 1-1", "2021-05-20 22:50", LEG, referee="Fabbri", lineups={"home": squad(*MEN)})
    told = [goal(minute, "Esposito", "Reggiana") for minute in (3, 20, 41, 77)]
    sheet = {"home": squad(*WOMEN)}
    old = tell("lanotizia", "Reggiana-Modena 4-0", "2021-05-20 23:00", told, referee="Orsato", lineups=sheet)
    assert old in unsure(archive)
    with archive.reading() as conn:
        assert conn.execute("SELECT count(*) FROM events WHERE player = 'Esposito'").fetchone() == (0,)
        assert conn.execute("SELECT score_home FROM matches").fetchall() == [(1,)]


def test_a_mention_follows_a_match_but_makes_none(archive: Archive, tell: Tell) -> None:
    alone = tell("curva", "Lecce-Bari", "2004-12-05 19:00")
    assert matches(archive) == {}
    assert unsure(archive) == {alone: "neither a score nor an event is told"}
    tell("ponente", "Lecce-Bari 1-0", "2004-12-05 20:00", [goal(9, "Chevanton", "Lecce")])
    assert [len(urls) for urls in matches(archive).values()] == [2]


def test_what_no_date_tells_makes_a_match_of_its_own(archive: Archive, tell: Tell) -> None:
    tell("curva", "Lecce-Bari 1-0", None, [goal(9, "Chevanton", "Lecce")])
    assert list(matches(archive)) == ["undated-lecce-bari"]


def test_an_edited_article_leaves_nothing_behind(archive: Archive, tell: Tell) -> None:
    url = tell("curva", "Lecce-Bari 1-0", "2004-12-05 19:00", [goal(9, "Chevanton", "Lecce")])
    tell("curva", "Lecce-Foggia 1-0", "2004-12-05 19:00", [goal(9, "Chevanton", "Lecce")], url=url, text="altro")
    assert list(matches(archive)) == ["2004-12-05-lecce-foggia"]
    with archive.reading() as conn:
        assert conn.execute("SELECT id FROM teams ORDER BY 1").fetchall() == [("foggia",), ("lecce",)]


def test_hostile_names_do_no_harm(archive: Archive, tell: Tell) -> None:
    for home, away in (("", ""), ("-", "'"), ("…", "\u202e"), ("a" * 5000, "b"), ("Milan", "Milan")):
        tell("curva", "Milan-Torino 2-0", "2021-01-09 22:50", [event("goal", 1, home, away)], venue=away)
    tell("curva", "--- 1-1", "2021-01-09 22:50", [goal(3, "", "")])
    rebuild(archive)
    assert len(matches(archive)) >= 1
