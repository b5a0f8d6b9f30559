"""Header, meta tag and bytes may each say another charset; the words come out right."""

import pytest

from pipelines.article.charset import as_utf8, mended
from tests.article.pages import PARAGRAPHS, framed, read

SENTENCE = "Perché è così: l’ha deciso Šimić al 45’+2, «un’umiltà» da 3½ in più"
CP1252 = "Perché è così: l’ha deciso Müller al 45’+2, «un’umiltà» da 3½ in più – e basta"


def html(text: str, charset: str) -> str:
    return framed(f"<h1>T</h1><div>{PARAGRAPHS}<p>{text}</p></div>").replace("utf-8", charset, 1)


@pytest.mark.parametrize("header", ["", "utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", "windows-1252", "no-such-charset"])
def test_utf_8_is_read_as_such_whatever_the_labels(header: str, meta: str) -> None:
    headers = {"content-type": f"text/html; charset={header}"} if header else {}
    assert read(html(SENTENCE, meta).encode(), headers=headers).text.endswith(SENTENCE)


@pytest.mark.parametrize("header", ["", "utf-8", "iso-8859-1", "windows-1252"])
@pytest.mark.parametrize("meta", ["utf-8", "iso-8859-1", "windows-1252"])
def test_cp1252_is_read_as_such_whatever_the_labels(header: str, meta: str) -> None:
    headers = {"content-type": f"text/html; charset={header}"} if header else {}
    assert read(html(CP1252, meta).encode("cp1252"), headers=headers).text.endswith(CP1252)


def test_one_box_in_cp1252_does_not_spoil_a_page_in_utf_8() -> None:
    body = html(SENTENCE, "utf-8").encode().replace(b"</footer>", "perché no</footer>".encode("cp1252"))
    assert read(body).text.endswith(SENTENCE)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_byte_order_marks_and_utf_16_are_understood(encoding: str) -> None:
    assert read(html(SENTENCE, "utf-8").encode(encoding)).text.endswith(SENTENCE)


def test_another_declared_charset_is_believed_where_utf_8_cannot_be() -> None:
    text = "Ródł Łódź zażółć gęślą jaźń"
    assert read(html(text, "iso-8859-2").encode("iso-8859-2", errors="replace")).text.endswith(text)


@pytest.mark.parametrize(
    ("broken", "right"),
    [
        ("perchÃ© lâ€™arbitro Ã¨ lÃ¬", "perché l’arbitro è lì"),
        ("â€œVinciamoâ€\u009d, 45â€™+2", "“Vinciamo”, 45’+2"),
        ("Å imiÄ‡ segna: Ã¨ il 2-0", "Šimić segna: è il 2-0"),
    ],
)
def test_mojibake_inside_good_utf_8_is_mended(broken: str, right: str) -> None:
    assert mended(broken) == right
    assert read(html(broken, "utf-8").encode()).text.endswith(right)


@pytest.mark.parametrize(
    "text", [SENTENCE, "45'+2′ 12´ 36’ 57° 3½ d.t.s. s.v.", "SÃO PAULO", "Ângelo Â. Łukasz – “sì”", "¿Qué?"]
)
def test_right_text_is_left_as_it_is(text: str) -> None:
    assert mended(text) == text


def test_invisible_characters_and_nul_bytes_go() -> None:
    assert mended("Ber\u00adtol\u200bdi\ufeff") == "Bertoldi"
    assert as_utf8(b"<p>a\0b</p>", {}) == b"<p>ab</p>"
