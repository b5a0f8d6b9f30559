"""What goes out of a body and what stays, on whole texts."""

from pipelines.article.cleaning import Line, clean
from tests.article.pages import PROSE


def cleaned(*lines: str) -> list[str]:
    return [line.text for line in clean([Line(text) for text in lines])[0]]


def test_prompts_go_and_the_article_stays_letter_for_letter() -> None:
    assert cleaned(
        "LEGGI ANCHE: Le pagelle >>>",
        *PROSE[:2],
        "Iscriviti alla newsletter per ricevere le notizie ogni mattina",
        f"{PROSE[2]} LEGGI ANCHE: Le pagelle del Rivalta >>>",
        "Seguici su Telegram",
        "© RIPRODUZIONE RISERVATA",
    ) == list(PROSE[:3])


def test_clocks_marks_and_accents_stay_as_written() -> None:
    lines = [
        "45'+2′ gol",
        "12´ st, 36’ pt",
        "57° minuto: perché?",
        "3-2 d.t.s.",
        "Müller 6½; Šimić s.v.",
        "RETI: 3' pt Però",
    ]
    assert cleaned(*lines) == lines


def test_a_paragraph_said_twice_is_kept_once_but_short_lines_and_table_rows_are_not() -> None:
    assert cleaned(PROSE[0], "Ammonito Diop", PROSE[0], "Ammonito Diop") == [PROSE[0], "Ammonito Diop", "Ammonito Diop"]
    row = Line("Rossi\tBianchi" + " e un nome lungo abbastanza da valere un paragrafo intero", "row")
    assert clean([row, row])[0] == [row, row]


def test_a_list_of_related_articles_at_the_end_goes_with_its_heading() -> None:
    assert cleaned(*PROSE, "Potrebbe interessarti anche", "Un altro articolo, di un altro giorno") == list(PROSE)


def test_a_related_heading_in_the_middle_takes_no_text_with_it() -> None:
    assert cleaned(*PROSE[:2], "Articoli correlati", *PROSE[2:]) == list(PROSE)


def test_bylines_and_dates_go_only_from_the_head() -> None:
    assert cleaned("di Mario Rossi", "10 gennaio 2024, 22:57", *PROSE) == list(PROSE)
    assert cleaned(*PROSE, "di Mario Rossi")[-1] == "di Mario Rossi"
    assert cleaned(*PROSE, "10 gennaio 2024 - 22:57") == list(PROSE)


def test_a_heading_over_nothing_goes() -> None:
    lines = [Line(PROSE[0]), Line("Il tabellino", "heading"), Line("Seguici su Telegram")]
    assert clean(lines)[0] == [Line(PROSE[0])]


def test_a_removed_prompt_tells_that_the_text_is_not_whole() -> None:
    assert clean([Line(PROSE[0]), Line("Questo contenuto è riservato agli abbonati")])[1] == {"paywalled"}
    assert clean([Line(f"{PROSE[0][:60]}… Continua a leggere")])[1] == {"truncated"}
    assert clean([Line(PROSE[0])])[1] == set()


def test_a_prompt_with_text_after_it_tells_nothing_of_the_article() -> None:
    lines = [Line(PROSE[0]), Line("Per continuare a leggere abbonati"), Line(PROSE[1])]
    assert clean(lines) == ([Line(PROSE[0]), Line(PROSE[1])], set())


def test_presentations_of_other_articles_at_the_end_go_but_one_line_cut_off_stays() -> None:
    others = [
        "Una telefonata di troppo, quando le conferenze raccontano più delle…",
        "Il mercato di gennaio comincia con…",
    ]
    assert cleaned(*PROSE, *others) == list(PROSE)
    assert cleaned(*PROSE[:2], others[0]) == [*PROSE[:2], others[0]]
    assert cleaned(others[0], others[1]) == others
