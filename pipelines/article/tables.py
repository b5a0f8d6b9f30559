"""Rows of tables: those of a score box or a line-up become one line each; those that lay out the page do not."""

from __future__ import annotations

from pipelines.article.blocks import Element, inner_text

MOST_CELL = 1_500  # characters: a longer cell is a column of the page, not a line-up in a table
COLUMN_TAGS = ("br", "p", "div", "table", "ul", "h2", "h3", "script")


def read_row(row: Element) -> str | None:
    """The row's cells joined by tabs, or None where it holds columns of the page or a single cell."""
    cells = []
    for cell in row:
        if cell.tag not in ("td", "th"):
            if cell.tag in ("script", "style", "template"):
                continue
            return None
        if _is_column(cell):
            return None
        text = " ".join(inner_text(cell).split())
        if len(text) > MOST_CELL:
            return None
        cells.append(text)
    return "\t".join(cells).rstrip("\t") if len(cells) > 1 and any(cells) else None


def _is_column(cell: Element) -> bool:
    """Whether a cell holds several lines, a nested table or a script."""
    lines = 0
    for element in cell.iter(*COLUMN_TAGS):
        if element.tag not in ("br", "p", "div"):
            return True
        lines += bool((element.text or element.tail or "").strip())
    return lines > 1
