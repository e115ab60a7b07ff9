"""The CSV file and the paper draw what the report says, and nothing anybody wrote is read as an instruction."""

import csv
from io import StringIO

import pypdfium2
import pytest

from tests.unit.scrutiny.made import AT, report, row, state
from tracker.scrutiny.contents import LastUpdate, OverdueReport, assemble
from tracker.scrutiny.drawing import delivery_by_report, late_by_age
from tracker.scrutiny.export import COLUMNS, guarded, overdue_csv
from tracker.scrutiny.pdf import LONGEST, clipped, overdue_pdf
from tracker.terms import Delivery, Marking


def lines_of(found: OverdueReport) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO("".join(overdue_csv(found)).removeprefix("\ufeff"))))


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_text_that_a_spreadsheet_would_work_out_is_guarded(start: str) -> None:
    words = f"{start}SUM(A1:A9)"
    assert guarded(words) == f"'{words}"
    assert lines_of(report(row(1, 2, title=words)))[0]["Action"] == f"'{words}"


@pytest.mark.parametrize(("cell", "text"), [(94, "94"), (None, ""), ("Make it better", "Make it better"), (0, "0")])
def test_other_cells_stay_as_they_are(cell: object, text: str) -> None:
    assert guarded(cell) == text


def test_the_table_opens_in_excel_and_has_a_line_for_each_late_action() -> None:
    found = report(row(1, 2, words="“Dŵr”, said\nthe report"), row(2, 94))
    assert next(iter(overdue_csv(found))).startswith("\ufeffAs at,Reference,")
    assert [(line["Reference"], line["Days late"]) for line in lines_of(found)] == [
        ("WES-2026-02", "94"),
        ("WES-2026-01", "2"),
    ]
    assert lines_of(found)[1]["What the report says"] == "“Dŵr”, said\nthe report"


def test_an_exempt_action_has_its_reference_only_in_the_table_and_on_paper() -> None:
    found = report(row(1, 2, marking=Marking.EXEMPT, title="Secret", owner="Sam Reed"))
    [line] = lines_of(found)
    assert {name: value for name, value in line.items() if value} == {
        "As at": "2026-11-21",
        "Reference": "WES-2026-01",
        "Action": "Exempt information",
    }
    assert set(line) == set(COLUMNS)
    text = " ".join(pages_of(overdue_pdf(found)))
    assert "Exempt information WES-2026-01" in text
    assert "Secret" not in text
    assert "Sam Reed" not in text


def test_the_paper_says_whose_it_is_and_as_at_which_day_on_every_page() -> None:
    pdf = overdue_pdf(report(*(row(number, 2 * number) for number in range(1, 31))))
    pages = pages_of(pdf)
    assert len(pages) > 1
    assert pages[0].startswith("Westmere Council Overdue actions As at 21 November 2026")
    for number, page in enumerate(pages, start=1):
        assert f"As at 21 November 2026. Page {number} of {len(pages)}" in page
        assert "How late Owner Last update" in page
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_value("Title") == "Overdue actions, as at 21 November 2026"
    assert document.is_tagged()
    assert b"pdfuaid" in pdf


def test_the_paper_is_the_same_bytes_for_the_same_report() -> None:
    assert overdue_pdf(report(row(1, 2))) == overdue_pdf(report(row(1, 2)))


def test_words_that_look_like_markup_are_only_words() -> None:
    words = '#panic("no") *bold* $x$ <label> @ref \\ "quoted" #let x = 1 ŵ'
    pages = pages_of(overdue_pdf(report(row(1, 2, title=words, last_update=LastUpdate(words, AT, words)))))
    assert words in pages[0]


@pytest.mark.parametrize("rows", [0, 1])
def test_a_report_of_nothing_is_a_paper_too(rows: int) -> None:
    found = assemble("Westmere Council", AT, [state(1, -3)][:rows], [])
    assert "0 late actions" in pages_of(overdue_pdf(found))[0]


def test_the_report_s_own_words_are_never_cut_even_over_pages() -> None:
    words = "The council should do better in this and that. " * 300 + "The very end."
    assert "The very end." in " ".join(pages_of(overdue_pdf(report(row(1, 2, words=words)))))


def test_a_long_update_is_cut_at_a_word_and_says_so() -> None:
    assert clipped("x" * LONGEST) == "x" * LONGEST
    cut = clipped("word " * LONGEST)
    assert cut.endswith("word … (the whole update is in the service)")


def test_the_charts_say_their_numbers_in_words() -> None:
    found = report(row(1, 2), row(2, 94), others=(state(3, -3),))
    assert "1 to 30 days late: 1; 91 to 180 days late: 1." in late_by_age(found)
    assert "WES-2026: Inspection of services: 3 actions, 0 done, 2 late, 0 closed" in delivery_by_report(found)
    assert "No action is late." in late_by_age(assemble("Westmere Council", AT, [], []))


def test_what_was_closed_is_in_the_chart_and_the_table_so_that_both_add_up() -> None:
    others = (state(2, -3), state(3, 9, Delivery.CHECKED), state(4, 9, Delivery.CLOSED_NOT_COMPLETED))
    found = report(row(1, 2), others=others)
    [group] = found.by_report
    assert group.actions == group.done + group.open + group.closed == 4
    chart = delivery_by_report(found)
    assert "4 actions, 1 done, 1 late, 1 closed" in chart
    assert all(f">{series}</text>" in chart for series in ("Done", "Open, not late", "Late", "Closed"))
    assert ">4</text>" in chart  # the number behind the bar is that of all its actions
    assert (
        "Report Actions Done Open Late Closed WES-2026: Inspection of services 4 1 2 1 1"
        in pages_of(overdue_pdf(found))[0]
    )
