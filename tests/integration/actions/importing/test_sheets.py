"""Spreadsheets as councils keep them, written by another library than the one that reads; and files that are none."""

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter

from tracker.actions.importing import sheet
from tracker.errors import UnreadableDocument

HEADINGS = ["Ref", "Recommendation", "Owner", "Due date"]


def workbook(rows: list[list[object]], *, merged: tuple[int, int, int] | None = None, sheets: int = 1) -> bytes:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False})
    for _ in range(sheets - 1):
        book.add_worksheet().write(0, 0, "Guidance on how to fill this in")
    page = book.add_worksheet("Tracker")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            if isinstance(value, date | datetime):
                page.write_datetime(number, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001
            elif value is not None:
                page.write(number, place, value)
    if merged:
        column, first, last = merged
        page.merge_range(first, column, last, column, rows[first][column])
    book.close()
    return made.getvalue()


def cells(data: bytes) -> list[list[str]]:
    return [line.cells for line in sheet.read_sheet(data)]


def test_dates_numbers_and_spaces_are_read_as_a_person_sees_them() -> None:
    found = cells(workbook([HEADINGS, [1.0, "  Do it. ", "Jo", date(2026, 9, 1)], [2.5, "Again", "Jo", "1 Oct 2026"]]))
    assert found[1] == ["1", "Do it.", "Jo", "2026-09-01"]
    assert found[2][0] == "2.5"


def test_empty_rows_are_passed_over_and_the_numbers_of_the_others_are_the_sheets_own() -> None:
    lines = sheet.read_sheet(workbook([["A plan"], [], HEADINGS, [], ["1", "Do it", "Jo", "1/9/2026"]]))
    assert [line.number for line in lines] == [1, 3, 5]


def test_words_merged_over_several_rows_stand_in_each() -> None:
    rows: list[list[object]] = [HEADINGS, ["1", "All of it", "Jo", "1/9/2026"], ["2", None, "Al", "2/9/2026"]]
    assert [row[1] for row in cells(workbook(rows, merged=(1, 1, 2)))] == ["Recommendation", "All of it", "All of it"]


def test_the_sheet_that_holds_the_tracker_is_found_among_others() -> None:
    assert cells(workbook([HEADINGS, ["1", "Do it", "Jo", "1/9/2026"]], sheets=3))[0] == HEADINGS


def test_of_a_formula_the_value_last_seen_is_read() -> None:
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    page = book.add_worksheet()
    page.write_row(0, 0, HEADINGS)
    page.write_row(1, 0, ["1", "Do it", "Jo"])
    page.write_formula(1, 3, "=DATE(2026,9,1)", book.add_format({"num_format": "dd/mm/yyyy"}), 46266)
    book.close()
    assert cells(made.getvalue())[1][3] == "2026-09-01"


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert cells(workbook([HEADINGS, ["=1+1", "=cmd|' /C calc'!A0", "Jo", "1/9/2026"]]))[1][1] == "=cmd|' /C calc'!A0"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv_of_any_usual_encoding_and_delimiter_is_read(encoding: str, mark: str) -> None:
    text = f'Ref{mark}Action{mark}Owner{mark}Due date\r\n1{mark}"Ask; or, say “café”"{mark}Siân{mark}1/9/2026\r\n'
    assert cells(text.encode(encoding))[1] == ["1", "Ask; or, say “café”", "Siân", "1/9/2026"]


def bomb() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (201 * 2**20))
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "nothing in this file"),
        (b"%PDF-1.7 not a sheet", "no spreadsheet"),
        (b"PK\x03\x04 broken", "no spreadsheet"),
        (b"\xd0\xcf\x11\xe0 old", "older Excel workbook"),
        (b"Action\x00,Owner", "no spreadsheet"),
        (b"a,b\n" * 10_001, "more than 10,000 rows"),
        (b"x" * (10 * 2**20 + 1), "larger than 10 MB"),
    ],
)
def test_what_is_no_tracker_is_refused_in_words(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words):
        sheet.read_sheet(data)


def test_a_file_that_unpacks_to_too_much_is_refused_in_words() -> None:
    with pytest.raises(UnreadableDocument, match="unpacks to far more"):
        sheet.read_sheet(bomb())
