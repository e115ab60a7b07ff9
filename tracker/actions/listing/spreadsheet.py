"""Writes rows as CSV or as an Excel workbook, a few at a time, so that memory stays flat however many there are.

Text stays text: what a spreadsheet would take for a formula gets an apostrophe in CSV, and is written as a string in
Excel. Dates are dates: 2026-11-21 in CSV, a real date in Excel.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from io import StringIO
from tempfile import TemporaryFile

from xlsxwriter import Workbook

Value = str | int | date | None
Values = Sequence[Value]
MARK = "\ufeff"  # tells Excel that a CSV file is UTF-8
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")  # a cell that begins so would be worked out, not shown
AT_ONCE = 64 * 1024  # characters or bytes sent in one piece
LONGEST_CELL = 32_767  # characters; Excel holds no more
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def guarded(cell: object) -> str:
    """Put an apostrophe before text that a spreadsheet would take for a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(FORMULA) else text


def csv_pieces(headings: Sequence[str], rows: Iterable[Values]) -> Iterator[str]:
    """Yield a CSV file in pieces."""
    piece = StringIO()
    writer = csv.writer(piece, lineterminator="\r\n")
    piece.write(MARK)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([guarded(value) if isinstance(value, str) else value for value in row])
        if piece.tell() >= AT_ONCE:
            yield piece.getvalue()
            piece.seek(0)
            piece.truncate()
    yield piece.getvalue()


def excel_pieces(name: str, headings: Sequence[str], rows: Iterable[Values], widths: Sequence[int]) -> Iterator[bytes]:
    """Yield an Excel workbook of one sheet in pieces. It is written to a file that goes with the last of them."""
    with TemporaryFile() as file:
        book = Workbook(file, {"constant_memory": True, **PLAIN})
        sheet = book.add_worksheet(name)
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        day = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
        text = book.add_format({"valign": "top"})
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, headings, bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(last, place, value, day)
                elif isinstance(value, int):
                    sheet.write_number(last, place, value, text)
                elif value:
                    sheet.write_string(last, place, value[:LONGEST_CELL], text)
        sheet.autofilter(0, 0, last, len(headings) - 1)
        book.close()
        file.seek(0)
        while piece := file.read(AT_ONCE):
            yield piece
