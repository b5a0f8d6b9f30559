"""Any table or query of Datasette as an XLSX file: `.xlsx` in place of `.csv`.

An XLSX file is a zip of a few XML files (ECMA-376); one sheet of plain cells needs no more than what stands here. Cells
are typed, so that a text that begins with "=" stays a text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from datasette.utils.asgi import Response

from .feeds import FORBIDDEN

CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST = 32_767  # characters that a cell may hold
NAME = re.compile(r"[\[\]:*?/\\']")  # what a sheet's name may not hold
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SCHEMAS = "http://schemas.openxmlformats.org"
MAIN = f"{SCHEMAS}/spreadsheetml/2006/main"
OFFICE = f"{SCHEMAS}/officeDocument/2006/relationships"
PACKAGE = f"{SCHEMAS}/package/2006"
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{CONTENT}.main+xml"/>'
    f'<Override PartName="/xl/sheet.xml" ContentType="{CONTENT.replace("ml.sheet", "ml.worksheet")}+xml"/></Types>'
)


def workbook(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """The bytes of a workbook with one sheet."""
    sheet = escape(NAME.sub(" ", clean(name))[:31] or "dati", {'"': "&quot;"})
    lines = "".join(f"<row>{''.join(map(cell, line))}</row>" for line in [columns, *rows])
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as folder:
        folder.writestr("[Content_Types].xml", HEAD + TYPES)
        folder.writestr("_rels/.rels", HEAD + relation(f"{OFFICE}/officeDocument", "xl/workbook.xml"))
        folder.writestr("xl/_rels/workbook.xml.rels", HEAD + relation(f"{OFFICE}/worksheet", "sheet.xml"))
        folder.writestr(
            "xl/workbook.xml",
            f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{sheet}" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        folder.writestr("xl/sheet.xml", f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{lines}</sheetData></worksheet>')
    return file.getvalue()


def relation(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def cell(value: Any) -> str:
    """A cell of a number or a text; an expanded foreign key is its label."""
    if isinstance(value, dict):
        value = value.get("label") or value.get("value")
    if value is None:
        return "<c/>"
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 10**15:
        return f"<c><v>{value}</v></c>"
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(clean(text)[:LONGEST])}</t></is></c>'


def clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def render(rows: list[Any], columns: list[str], table: str | None, query_name: str | None) -> Any:
    """What Datasette calls for `.xlsx`."""
    name = table or query_name or "dati"
    body = workbook(name, columns, [list(row) for row in rows])
    safe = re.sub(r"[^\w-]", "_", name, flags=re.ASCII)
    return Response(body, headers={"Content-Disposition": f'attachment; filename="{safe}.xlsx"'}, content_type=CONTENT)
