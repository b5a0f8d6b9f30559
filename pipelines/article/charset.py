"""The bytes of a page as UTF-8, whatever the header, the meta tag and the bytes themselves say of their charset."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping

import ftfy
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

# What UTF-8 read as cp1252 looks like: "Ã¨", "â€™", "Â«". Italian has none of these pairs of its own.
MOJIBAKE = re.compile(
    "[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â[\u0080-\u009f€][\u0080-\u00bf™˜œ\u009d“”¦‹ž³²°]"
)
FEW = 2_000  # stray bytes that are mended one by one (2 µs each); more of them mean that the page is not UTF-8 at all
INVISIBLE = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0x7F, 0xAD, 0x200B, 0x2060, 0xFEFF])


def as_utf8(body: bytes, headers: Mapping[str, str]) -> bytes:
    """The body as UTF-8 without NULs.

    Valid UTF-8 is believed over any label: cp1252 text with an accent is next to never valid UTF-8. Otherwise a label
    that is not UTF-8 is believed, and failing that the stray bytes are read as cp1252, which mends both a whole page
    in cp1252 labelled UTF-8 and a good page with one bad box.
    """
    bom, _rest = read_bom(body[:4])
    if bom and not bom.startswith("utf-8"):
        return body.decode(bom, errors="replace").encode("utf-8", errors="replace")
    if bom:
        body = body[3:]
    if b"\0" in body:
        if body[:400].count(b"\0") > 100 and not bom:  # UTF-16 that nobody declared
            order = "utf-16-le" if body[1:2] == b"\0" else "utf-16-be"
            return body.decode(order, errors="replace").encode("utf-8", errors="replace")
        body = body.replace(b"\0", b"")
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_labelled(body, headers).encode("utf-8", errors="replace")
    return body


def _decode_labelled(body: bytes, headers: Mapping[str, str]) -> str:
    """Text of a body that is not valid UTF-8."""
    for label in (http_content_type_encoding(headers.get("content-type")), html_body_declared_encoding(body)):
        encoding = resolve_encoding(label) if label else None
        if encoding and not encoding.startswith(("utf", "ascii")):
            return body.decode(encoding, errors="cp1252-byte" if encoding == "cp1252" else "replace")
    strays = body.decode("utf-8", errors="replace").count("\ufffd")
    return body.decode("utf-8" if strays <= FEW else "cp1252", errors="cp1252-byte")


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """A codec's error handler: the bytes that it could not read, as cp1252, or Latin-1 where that has a hole."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    strays = error.object[error.start : error.end]
    try:
        return strays.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return strays.decode("latin-1"), error.end


codecs.register_error("cp1252-byte", _read_as_cp1252)


def mended(text: str) -> str:
    """The text with mojibake repaired and invisible characters gone; nothing else changes.

    >>> mended("perchÃ© no, 45â€™+2")
    'perché no, 45’+2'
    """
    if text.isascii() and text.isprintable():
        return text
    if MOJIBAKE.search(text):
        text = "\n".join(ftfy.fix_encoding(line) if MOJIBAKE.search(line) else line for line in text.split("\n"))
    return text.translate(INVISIBLE)
