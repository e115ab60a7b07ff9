"""The cells of a table in the order the page gives them, parted into rows.

Most programs write a page cell by cell, so that the way back to an earlier column begins a row; some write line by line
across all columns, and then a number in the first column or a space above begins one.
"""

import re
from itertools import pairwise

from tracker.reports.reading.cells import Piece
from tracker.reports.reading.table_heads import Columns

Row = list[list[Piece]]  # for each column the pieces of its cell

_NUMBER = re.compile(r"\W*(?:[A-Za-z]{0,4}\W?\d[\d.]*[a-z]?|[a-z])\W*$")
_LEVEL = 2.5  # points within which feet of letters stand on one line
_TERMINAL = (".", "!", "?", ";", ":", ".”", ".)")


def rows_of(taken: list[tuple[int, Piece]], names: Columns) -> list[Row]:
    """Return the rows. One that a page's end cut in two is put together again."""
    if not taken:
        return []
    width = max(number for number, _ in taken) + 1
    begins = _begins_by_cells if _is_by_cells(taken) else _begins_by_lines
    numbered = sum(bool(_NUMBER.fullmatch(piece.text)) for number, piece in taken if number == 0) > 1
    rows: list[Row] = []
    before: tuple[int, Piece] | None = None
    for number, piece in taken:
        if before is None or piece.line.page != before[1].line.page or begins(before, (number, piece), numbered):
            rows.append([[] for _ in range(width)])
        elif len(rows) > 1 and number > before[0] and (below := _below(rows[-1][before[0]], piece)):
            rows.append(_parted(rows[-1], before[0], below))
        rows[-1][number].append(piece)
        before = (number, piece)
    return _rejoined(rows, names.what or 0, numbered=numbered)


def _below(cell: list[Piece], beside: Piece) -> int:
    """How many lines of a page's first cell belong to the next row: the cell beside it begins lower down."""
    tops = [number for number, piece in enumerate(cell) if abs(piece.line.foot - beside.line.foot) < _LEVEL]
    is_cut = bool(tops) and tops[0] > 0 and cell[tops[0] - 1].text.endswith(_TERMINAL)
    return len(cell) - tops[0] if is_cut else 0


def _parted(row: Row, number: int, below: int) -> Row:
    """Take the last lines of a cell out of its row, as a row of their own."""
    cell = row[number]
    row[number] = cell[:-below]
    return [cell[-below:] if at == number else [] for at in range(len(row))]


def _is_by_cells(taken: list[tuple[int, Piece]]) -> bool:
    """Whether a cell is written to its end before the next one: the next begins higher up."""
    return any(
        after.line.page == before.line.page and after.line.foot > before.line.foot + before.line.size / 2
        for (_, before), (_, after) in pairwise(taken)
    )


def _begins_by_cells(before: tuple[int, Piece], after: tuple[int, Piece], numbered: bool) -> bool:  # noqa: FBT001 - one of two of a kind
    return after[0] < before[0] or (numbered and after[0] == before[0] == 0)


def _begins_by_lines(before: tuple[int, Piece], after: tuple[int, Piece], numbered: bool) -> bool:  # noqa: FBT001 - as above
    if after[1].line is before[1].line:
        return False
    if numbered:
        return after[0] == 0 and bool(_NUMBER.fullmatch(after[1].text))
    return after[1].line.gap or (after[0] == 0 and before[1].text.endswith(_TERMINAL))


def _rejoined(rows: list[Row], what: int, *, numbered: bool) -> list[Row]:
    """Put together a row that goes on over the end of a page: without its number, or in the middle of a sentence."""
    whole: list[Row] = []
    for row in rows:
        if whole and _page(whole[-1]) != _page(row) and _goes_on(whole[-1], row, what, numbered=numbered):
            for cell, more in zip(whole[-1], row, strict=True):
                cell.extend(more)
        else:
            whole.append(row)
    return whole


def _page(row: Row) -> int:
    return max(piece.line.page for cell in row for piece in cell)


def _goes_on(before: Row, row: Row, what: int, *, numbered: bool) -> bool:
    if numbered and what > 0:
        return not row[0]
    if not row[what]:
        return True
    first, last = row[what][0].text, before[what][-1].text if before[what] else ""
    return not last.endswith(_TERMINAL) and (first[:1].islower() or last.endswith(",") or (what > 0 and not row[0]))
