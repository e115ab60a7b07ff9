"""The child process that opens a spreadsheet from outside: it limits itself, reads it, prints its lines as JSON.

python -m tracker.actions.importing.child < sheet.xlsx     {"lines": [[7, ["cell", …]], …]} or {"refused": "…"}
"""

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from typing import Any

from tracker.actions.importing.columns import HEADER_WITHIN, Line, matched
from tracker.errors import UnreadableDocument
from tracker.reports.reading.child import limit_this_process

MOST_UNPACKED = 200 * 2**20  # bytes
MOST_PARTS = 2_000
MOST_ROWS = 10_000
MOST_COLUMNS = 60
MOST_CELL = 20_000  # characters
MOST_EMPTY = 1_000  # empty rows after which a sheet has ended, however many are formatted

NO_SHEET = "This file is no spreadsheet. Save your tracker as an Excel workbook (.xlsx) or as CSV."
OLD = "This file is an older Excel workbook, or has a password. Save it as .xlsx without a password."
BOMB = "This file unpacks to far more than a tracker holds. Copy its rows into a new workbook and save that."
TOO_LONG = f"This sheet has more than {MOST_ROWS:,} rows. Import it in parts."
EMPTY = "There is nothing in this file. Choose the workbook that has your tracker in it."
TOO_MUCH = "This file needs more memory than it may have. Copy its rows into a new workbook and save that."


def read(data: bytes) -> list[Line]:
    """Return the lines of the sheet that holds the tracker. Raises UnreadableDocument."""
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument(OLD)
    lines = _workbook(data) if data.startswith(b"PK\x03\x04") else _values(data)
    if not lines:
        raise UnreadableDocument(EMPTY)
    return lines


def _workbook(data: bytes) -> list[Line]:
    from openpyxl import load_workbook  # noqa: PLC0415 - it loads under the limits

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_bomb(archive)
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [_sheet(archive, sheet) for sheet in book.worksheets if sheet.sheet_state == "visible"]
    except (UnreadableDocument, MemoryError):
        raise
    except Exception as broken:  # a broken workbook raises whatever its broken part meets first
        raise UnreadableDocument(NO_SHEET) from broken
    return max(sheets, key=_headings_known, default=[])


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise UnreadableDocument(BOMB)


def _headings_known(lines: list[Line]) -> int:
    return max((len(matched(line.cells)) for line in lines[:HEADER_WITHIN]), default=-1)


def _sheet(archive: zipfile.ZipFile, sheet: Any) -> list[Line]:  # noqa: ANN401 - the library has no types
    sheet.reset_dimensions()  # what a workbook says of its own size is often wrong
    rows = (([_cell(value) for value in row]) for row in sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS))
    lines = list(_filled(rows))
    _fill_down(lines, archive.read(sheet._worksheet_path.lstrip("/")))  # noqa: SLF001 - it says it nowhere else
    return lines


def _fill_down(lines: list[Line], source: bytes) -> None:
    """Say the words of a cell that is merged over several rows in each of them."""
    by_number = {line.number: line.cells for line in lines}
    for column, first, last in re.findall(rb'<mergeCell ref="([A-Z]+)(\d+):\1(\d+)"', source):
        place = 0
        for letter in column.decode():
            place = place * 26 + ord(letter) - 64
        top = by_number.get(int(first), [])
        if place > len(top) or place > MOST_COLUMNS:
            continue
        for number in range(int(first) + 1, min(int(last), MOST_ROWS * 2) + 1):
            cells = by_number.get(number)
            if cells is not None:
                cells.extend([""] * (place - len(cells)))
                cells[place - 1] = top[place - 1]


def _values(data: bytes) -> list[Line]:
    text = _decoded(data)
    if "\x00" in text or data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"{\\rtf")):
        raise UnreadableDocument(NO_SHEET)
    csv.field_size_limit(2**20)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        return list(_filled([_cell(value) for value in row[:MOST_COLUMNS]] for row in rows))
    except csv.Error as broken:
        raise UnreadableDocument(NO_SHEET) from broken


def _decoded(data: bytes) -> str:
    """Read the bytes as Excel and others write them: UTF-16 with its mark, UTF-8, else the Windows one."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _delimiter(text: str) -> str:
    """Return what parts the columns: that which makes a row of most known headings, then of most columns."""
    top = "\n".join(text.splitlines()[: HEADER_WITHIN * 2])

    def fit(mark: str) -> tuple[int, int]:
        rows = [Line(0, row) for row in csv.reader(io.StringIO(top), delimiter=mark)]
        return _headings_known(rows), sum(len(line.cells) for line in rows)

    return max(",;\t|", key=fit)


def _filled(rows: Iterable[list[str]]) -> Iterator[Line]:
    empty = found = 0
    for number, cells in enumerate(rows, start=1):
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            empty += 1
            if empty > MOST_EMPTY:
                return
            continue
        empty, found = 0, found + 1
        if found > MOST_ROWS:
            raise UnreadableDocument(TOO_LONG)
        yield Line(number, cells)


def _cell(value: object) -> str:
    """Return a cell as text: dates as ISO says them, whole numbers without a point, no spaces around it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    words = re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", str(value).replace("\r\n", "\n").replace("_x000D_", ""))
    return words.replace("\xa0", " ").strip()[:MOST_CELL]


def main() -> int:
    """Read the sheet given on the input."""
    limit_this_process()
    try:
        answer: dict[str, Any] = {"lines": read(sys.stdin.buffer.read())}
    except UnreadableDocument as refused:
        answer = {"refused": refused.sentence}
    except MemoryError:
        answer = {"refused": TOO_MUCH}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
