"""The lines of a text: score boxes, tables, lists, headings and links keep the form that the page gives them."""

from tests.article.pages import PARAGRAPHS, PROSE, framed, read


def lines_of(body: str) -> list[str]:
    found = read(framed(f'<h1>Titolo</h1><div class="article-body">{PARAGRAPHS}{body}</div>'))
    assert found.text.startswith("\n".join(PROSE))
    return found.text.split("\n")[len(PROSE) :]


def test_lines_parted_by_br_stay_lines() -> None:
    box = "<p>PONTEVERDE-RIVALTA 1-2<br>Reti: 12' st rig. Bertoldi<br/>\n26' st Diop<BR>48' st Manfredi</p>"
    assert lines_of(box) == ["PONTEVERDE-RIVALTA 1-2", "Reti: 12' st rig. Bertoldi", "26' st Diop", "48' st Manfredi"]


def test_a_table_row_is_one_line_with_tabs() -> None:
    table = (
        "<table><thead><tr><th>Min.</th><th>Evento</th><th></th></tr></thead><tbody><tr><td>57'</td><td>Gol di "
        "<b>Bertoldi</b></td><td>0-1</td></tr><tr><td></td><td>Fine\n primo tempo</td><td></td></tr></tbody></table>"
    )
    assert lines_of(table) == ["Min.\tEvento", "57'\tGol di Bertoldi\t0-1", "\tFine primo tempo"]


def test_a_line_up_in_a_cell_is_a_row_and_a_cell_of_lines_is_lines() -> None:
    names = "Crespi; Sottani, Neri, Moro; Riva, Poli, Manfredi (dal 61' Pellizzari), Serra; Bini, Longo, Vinci. " * 2
    assert lines_of(f"<table><tr><th>PONTEVERDE</th><td>{names}</td></tr></table>") == [f"PONTEVERDE\t{names.strip()}"]
    columns = "<table><tr><td>Crespi<br>Sottani<br>Neri</td><td>Vannucci<br>Diop<br>Bertoldi</td></tr></table>"
    assert lines_of(columns) == ["Crespi", "Sottani", "Neri", "Vannucci", "Diop", "Bertoldi"]


def test_a_list_item_is_a_line() -> None:
    items = "<ul><li>12' - ammonito <em>Neri</em></li><li>30' - traversa di Longo<ul><li>e palo</li></ul></li></ul>"
    assert lines_of(items) == ["12' - ammonito Neri", "30' - traversa di Longo", "e palo"]


def test_headings_are_lines_and_known_by_their_place() -> None:
    body = f"<h2>Il tabellino</h2><p>{PROSE[0]}</p><h3>I <i>voti</i></h3><p>Diop 7, Bertoldi 6,5.</p>"
    found = read(framed(f'<div class="article-body">{PARAGRAPHS}{body}</div>'.replace(f"<p>{PROSE[0]}</p>", "", 1)))
    assert [found.text[start:end] for start, end in found.headings] == ["Il tabellino", "I voti"]


def test_words_in_neighbouring_boxes_do_not_run_together_and_inline_ones_do() -> None:
    assert lines_of("<div>Uno</div><div>Due</div>") == ["Uno", "Due"]
    assert lines_of("<p>Bert<b>oldi</b> <i>segna</i>\n\t al\u00a057'</p>") == ["Bertoldi segna al 57'"]


def test_a_script_or_style_inside_a_sentence_leaves_it_whole() -> None:
    assert lines_of("<p>Prima <script>var a = '<p>no</p>';</script>dopo<style>p{}</style>.</p>") == ["Prima dopo."]


def test_links_in_the_kept_text_are_told_absolute() -> None:
    body = f'<p>Segna <a href="/giocatori/diop">Diop</a>. LEGGI ANCHE: <a href="/altro">Le pagelle</a></p>{PARAGRAPHS}'
    found = read(framed(f'<div class="article-body">{body}</div><a href="/fuori">Fuori</a>'))
    assert [(link.url, link.text) for link in found.links] == [("https://www.ilcampanile.it/giocatori/diop", "Diop")]
