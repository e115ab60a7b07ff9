"""A document as a tagged PDF, built to PDF/UA-1, and its charts as pictures for Word; typst sets both.

The data go in as JSON, never as markup, so that nothing anybody wrote can be read as instructions.
"""

from collections.abc import Sequence
from math import ceil
from typing import Any

import typst

from tracker.scrutiny.document import Block, Chart, Document, Paragraph, Style, Table, lines_of
from tracker.scrutiny.typesetting import FONTS, HERE, set_paper, whole

LONG = 1_200  # characters of a row that may need more than a page
SMALL = 8  # rows of a table that stays in one piece, where it is no longer than so many lines
SMALL_LINES = 36
LINE_LETTERS = 105  # that fit the whole width of the paper
Lines = Sequence[tuple[str, Style]]
DOTS = 220  # an inch, of a chart in Word


def document_pdf(document: Document) -> bytes:
    """Return the PDF file."""
    return set_paper("paper.typ", "paper", _told(document))


def chart_png(chart: Chart) -> bytes:
    """Return a chart as a picture for a document that cannot hold the drawing."""
    made = typst.compile(
        str(HERE / "chart.typ"),
        root=str(HERE),
        font_paths=FONTS,
        ignore_system_fonts=True,
        format="png",
        sys_inputs={"chart": chart.svg},
        ppi=DOTS,
    )
    return whole(made)


def _told(document: Document) -> dict[str, Any]:
    return {
        "council": document.council,
        "title": document.title,
        "subtitle": document.subtitle,
        "day": [document.day.year, document.day.month, document.day.day],
        "fields": document.fields,
        "not_public": document.not_public,
        "sections": [
            {"heading": section.heading, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "lines": block.words.split("\n")}
    if isinstance(block, Chart):
        return {"kind": "chart", "title": block.title, "svg": block.svg, "words": block.words}
    return _table(block)


def _table(table: Table) -> dict[str, Any]:
    numbers = [False] * len(table.heads)
    for column in table.columns:
        if column.printed is not None and column.style is Style.NUMBER:
            numbers[column.printed] = True
    lines = [lines_of(table, row) for row in table.rows]
    return {
        "kind": "table",
        "name": table.name,
        "heads": table.heads,
        "shares": table.shares,
        "numbers": numbers,
        "rows": [{"cells": cells, "long": max(map(_letters, cells), default=0) > LONG} for cells in lines],
        "one_piece": len(lines) <= SMALL and sum(_height(cells, table.shares) for cells in lines) <= SMALL_LINES,
    }


def _letters(lines: Lines) -> int:
    return sum(len(words) for words, _ in lines)


def _height(cells: Sequence[Lines], shares: Sequence[float]) -> int:
    """Say how many lines a row will need, about."""
    widths = [LINE_LETTERS * share / sum(shares) for share in shares]
    return max(
        sum(ceil(max(len(words), 1) / width) for words, _ in lines) for lines, width in zip(cells, widths, strict=True)
    )
