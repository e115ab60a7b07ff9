"""A document as an Excel workbook, a sheet for each table, and as one CSV file, its tables under each other.

Text stays text: nothing anybody wrote is worked out by a spreadsheet. Dates are dates.
"""

import csv
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook

from tracker.actions.listing.spreadsheet import LONGEST_CELL, MARK, PLAIN, guarded
from tracker.scrutiny.document import Document, Paragraph, Table
from tracker.scrutiny.word_xml import FORBIDDEN

FIRST_SHEET = "Report"


def document_excel(document: Document) -> bytes:
    """Return the workbook: the words on the first sheet, then a sheet a table."""
    kept = BytesIO()
    book = Workbook(kept, {"in_memory": True, **PLAIN})
    day = datetime.combine(document.day, time.min)
    told = {"title": f"{document.title}, {document.subtitle}"[:255], "author": document.council[:255], "created": day}
    book.set_properties(told)
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    dated = book.add_format({"num_format": "d mmm yyyy", "valign": "top", "align": "left"})
    first = book.add_worksheet(FIRST_SHEET)
    first.set_column(0, 0, 36)
    first.set_column(1, 1, 90)
    for number, (label, value) in enumerate(_words(document)):
        first.write_string(number, 0, _held(label), bold)
        first.write_string(number, 1, _held(value), wrapped)
    for table in document.tables:
        _sheet(book, table, bold, plain, dated)
    book.close()
    return kept.getvalue()


def document_csv(document: Document) -> bytes:
    """Return the CSV file: what it is, then each table under its name, an empty line between."""
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    lines.write(MARK)
    head = [("Council", document.council), ("Title", document.title), ("As at", document.subtitle), *document.fields]
    if document.not_public:
        head.append(("Not for publication", document.not_public))
    writer.writerows([guarded(cell) for cell in row] for row in head)
    for table in document.tables:
        writer.writerow([])
        writer.writerow([guarded(table.name)])
        writer.writerow([guarded(column.name) for column in table.columns])
        writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
    return lines.getvalue().encode()


def _words(document: Document) -> list[tuple[str, str]]:
    rows = [(document.council, ""), (document.title, document.subtitle), *document.fields]
    if document.not_public:
        rows.append(("Not for publication", document.not_public))
    for section in document.sections:
        said = [block.words for block in section.blocks if isinstance(block, Paragraph)]
        rows.append((section.heading, "\n\n".join(said)))
    return rows


def _sheet(book: Any, table: Table, bold: Any, plain: Any, dated: Any) -> None:  # noqa: ANN401 - XlsxWriter has no types
    sheet = book.add_worksheet(table.name)
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, column.wide)
        sheet.write_string(0, place, column.name, bold)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    for number, row in enumerate(table.rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(number, place, cell, dated)
            elif isinstance(cell, int):
                sheet.write_number(number, place, cell, plain)
            elif cell:
                sheet.write_string(number, place, _held(cell), plain)
    if table.rows:
        sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)


def _held(words: str) -> str:
    return FORBIDDEN.sub("", words)[:LONGEST_CELL]
