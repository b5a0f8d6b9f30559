"""JSON-LD stands in for a body that the page does not show, gives a live blog its entries, and is read when broken."""

import json

import pytest

from tests.article.pages import PARAGRAPHS, PROSE, framed, read

EMPTY = '<div id="app"></div>'


def script(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'


def news(**facts: object) -> str:
    return script(json.dumps({"@type": "NewsArticle", "headline": "Titolo", **facts}))


def test_a_body_that_only_json_ld_tells_is_taken_from_there() -> None:
    body = "<p>" + "</p>\\n<p>".join(PROSE).replace("'", "&#39;").replace("\\n", "") + "</p>"
    found = read(framed(EMPTY, news(articleBody=body)))
    assert (found.method, found.text) == ("json-ld", "\n".join(PROSE))


def test_where_both_tell_the_same_the_lines_of_the_page_are_kept() -> None:
    found = read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>", news(articleBody=" ".join(PROSE))))
    assert (found.method, found.text) == ("structure", "\n".join(PROSE))


def test_a_body_cut_off_in_json_ld_is_not_believed() -> None:
    cut = " ".join(PROSE[:4])[:300] + "…"
    assert read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>", news(articleBody=cut))).text == "\n".join(PROSE)


def test_json_ld_corrects_a_structure_read_wrong() -> None:
    other = "<p>Un testo del tutto diverso, lungo abbastanza da sembrare l'articolo di questa pagina del sito.</p>" * 2
    elsewhere = "".join(
        f"<p>Paragrafo {n} di un altro pezzo, che qui sta per errore, con parole sue.</p>" for n in range(9)
    )
    found = read(framed(f"<h1>Titolo</h1><div>{other}{elsewhere}</div>", news(articleBody="\n".join(PROSE))))
    assert (found.method, found.text) == ("json-ld", "\n".join(PROSE))


def test_updates_of_a_live_blog_become_lines_in_their_order() -> None:
    updates = [
        {
            "@type": "BlogPosting",
            "headline": f"{minute}' Occasione Rivalta",
            "articleBody": f"Tiro di Diop al minuto {minute}, fuori di poco.",
        }
        for minute in (90, 71, 57, 23, 10, 5)
    ]
    found = read(
        framed(EMPTY, script(json.dumps({"@type": "LiveBlogPosting", "headline": "T", "liveBlogUpdate": updates})))
    )
    lines = found.text.split("\n")
    assert lines[:2] == ["90' Occasione Rivalta", "Tiro di Diop al minuto 90, fuori di poco."]
    assert [line for line in lines if line.endswith("Rivalta")] == [update["headline"] for update in updates]


def test_a_live_blog_shown_on_the_page_is_read_from_the_page() -> None:
    entries = [
        f"{minute}' - Tiro di Diop numero {minute}, fuori di poco alla sinistra del portiere."
        for minute in range(5, 50, 5)
    ]
    updates = [{"headline": e, "articleBody": e} for e in entries]
    shown = "".join(
        f'<div class="lb-entry"><span class="lb-min">{e[: e.index(" -")]}</span>{e[e.index(" -") :]}</div>'
        for e in entries
    )
    ld = script(json.dumps({"@type": "LiveBlogPosting", "headline": "T", "liveBlogUpdate": updates}))
    found = read(framed(f"<h1>T</h1><div>{shown}</div>", ld))
    assert (found.method, found.text.split("\n")) == ("structure", entries)


@pytest.mark.parametrize(
    "text",
    [
        '{"@type": "NewsArticle", "headline": "Titolo", "author": "Mario\nRossi"}',
        '<!-- {"@type": "NewsArticle", "author": "Mario Rossi"} -->',
        '//<![CDATA[\n{"@type": "NewsArticle", "author": "Mario Rossi"};\n//]]>',
        '[[{"@graph": [{"@type": ["Thing", "schema:NewsArticle"], "author": {"@id": "#a"}},'
        ' {"@id": "#a", "name": "Mario Rossi"}]}]]',
    ],
)
def test_json_ld_is_read_in_the_forms_that_sites_write(text: str) -> None:
    assert read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>", script(text))).authors == ("Mario Rossi",)


@pytest.mark.parametrize(
    "text", ["", "{", "null", "[1, 2]", '{"@type": 5}', "[" * 5_000, '{"@graph": {"@graph": 1}}', '"x"']
)
def test_broken_json_ld_is_passed_over(text: str) -> None:
    assert read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>", script(text))).text == "\n".join(PROSE)


@pytest.mark.parametrize("value", [None, 7, [], {}, [None], {"name": None}, [{"@id": {}}], [[["x"]]], True])
def test_values_of_the_wrong_kind_do_no_harm(value: object) -> None:
    keys = "headline author datePublished dateModified articleBody articleSection keywords image url description"
    odd = script(json.dumps({"@type": "NewsArticle", "liveBlogUpdate": value} | dict.fromkeys(keys.split(), value)))
    assert read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}</div>", odd)).text == "\n".join(PROSE)


def test_an_abstract_in_json_ld_does_not_stand_in_for_the_text() -> None:
    abstract = "Il Rivalta elimina il Ponteverde con due gol nella ripresa: decidono un rigore e una testata. " * 3
    html = framed(f'<h1>Titolo</h1><div class="article-body">{PARAGRAPHS}</div>', news(articleBody=abstract))
    assert read(html).text == "\n".join(PROSE)


def test_what_comes_after_the_end_that_json_ld_tells_goes_but_a_score_box_stays() -> None:
    box = "<p>IL TABELLINO<br>Reti: 57' Bertoldi, 71' Diop</p><table><tr><td>Tiri</td><td>7</td></tr></table>"
    other = "<p>Questo giornale nasce nel 1998 in una cantina e da allora racconta la provincia.</p>"
    told = news(articleBody="\n".join(PROSE))
    found = read(framed(f"<h1>Titolo</h1><div>{PARAGRAPHS}{box}{other}</div>", told)).text.split("\n")
    assert found == [*PROSE, "IL TABELLINO", "Reti: 57' Bertoldi, 71' Diop", "Tiri\t7"]
