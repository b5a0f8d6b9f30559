"""The acceptance article in a paper's page: its words come out, letter for letter, without promo and copyright."""

from html import escape
from pathlib import Path

import pytest

from tests.article.pages import framed, read

TEXT = Path(__file__).parents[3] / "shared" / "acceptance" / "milan-atalanta.txt"
PROMOTION = " LEGGI ANCHE:"  # from here to the end of its paragraph


@pytest.mark.skipif(not TEXT.exists(), reason="the acceptance article is not here")
@pytest.mark.parametrize(
    "form",
    [
        "<article><h1>Milan-Atalanta 1-2</h1>{paragraphs}</article>",
        '<div class="css-1"><h1>Milan-Atalanta 1-2</h1><div>{paragraphs}</div></div>',
        "<h1>Milan-Atalanta 1-2</h1><div>{lines}</div>",
    ],
)
def test_the_acceptance_article_comes_out_letter_for_letter(form: str) -> None:
    written = TEXT.read_text(encoding="utf-8").strip().split("\n")
    body = form.format(
        paragraphs="".join(f"<p>{escape(line)}</p>\n" for line in written), lines="<br>\n".join(map(escape, written))
    )
    assert PROMOTION in written[-3]
    assert read(framed(body)).text == "\n".join([*written[:-3], written[-3].partition(PROMOTION)[0]])
