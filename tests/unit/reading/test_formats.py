# ruff: noqa: E501 - lines of sample reports
"""Each format gives the same points for the same words; what cannot be read gets one sentence that says what to do."""

import io
import zipfile

import pytest

from tests.unit.reading import samples
from tracker.errors import DocumentTooLarge, UnreadableDocument
from tracker.reports.reading import MAX_BYTES, read_bytes, read_text
from tracker.terms import TimeLimitKind

FORMATS = {
    "text": lambda: samples.as_text().encode(),
    "text with a byte order mark": lambda: samples.as_text().encode("utf-8-sig"),
    "Windows-1252": lambda: samples.as_text().replace("\n- ", "\n• ").encode("cp1252"),
    "UTF-16": lambda: samples.as_text().encode("utf-16"),
    "UTF-16 without a mark": lambda: samples.as_text().encode("utf-16-le"),
    "Windows line ends": lambda: samples.as_text().replace("\n", "\r\n").encode(),
    "Markdown": lambda: samples.as_markdown().encode(),
    "HTML": lambda: samples.as_html().encode(),
    "Word": samples.as_word,
    "PDF": samples.as_pdf,
}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_points_with_their_time_limits(name: str) -> None:
    reading = read_bytes(FORMATS[name](), "report.anything")

    assert [(point.time_limit.words, point.text) for point in reading.points] == list(samples.POINTS)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_same_facts(name: str) -> None:
    facts = read_bytes(FORMATS[name]()).facts

    assert facts.title == samples.TITLE
    assert facts.authority == "Northbrook County Council"
    assert str(facts.inspection_start) == "2013-07-15"
    assert str(facts.inspection_end) == "2013-07-19"
    assert str(facts.published) == "2013-08-23"


@pytest.mark.parametrize("name", FORMATS)
def test_every_point_is_found_again_at_its_place(name: str) -> None:
    reading = read_bytes(FORMATS[name]())

    for point in reading.points:
        passage = reading.text[point.place.start : point.place.end]
        words = [word for word in passage.split() if not word.isdigit()]
        assert words[0] == point.text.split()[0]
        assert words[-1] == point.text.split()[-1]


def test_the_pages_of_a_pdf_are_known() -> None:
    reading = read_bytes(samples.as_pdf())

    assert len(reading.page_starts) > 2
    for point in reading.points:
        assert reading.page_starts[point.place.page - 1] <= point.place.start
        assert point.place.page == len(reading.page_starts) or point.place.start < reading.page_starts[point.place.page]


def test_plain_text_is_kept_as_it_is() -> None:
    text = "Recommendations\r\n\r\n-  Ensure   that it rains.\r\n"

    assert read_text(text).text == "Recommendations\n\n-  Ensure   that it rains.\n"


def _zip(names: list[str]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return written.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"- - - 1 2 3", "no words"),
        (b"\x89PNG\r\n\x1a\n0000", "picture (PNG)"),
        (b"\xff\xd8\xff\xe00000", "picture (JPEG)"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Word"),
        (bytes(range(256)) * 20, "not a kind of file"),
        (b"%PDF-1.7\nnothing follows", "damaged"),
        (_zip(["word/document.xml"]), "Word document is damaged"),
        (_zip(["xl/workbook.xml"]), "spreadsheet"),
        (_zip(["content.xml"]), "OpenDocument"),
        (b"PK\x03\x04 cut short", "damaged"),
    ],
)
def test_what_cannot_be_read_gets_one_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableDocument, match=sentence.replace("(", r"\(").replace(")", r"\)")) as refusal:
        read_bytes(data, "report.pdf")

    assert refusal.value.sentence.endswith(".")


def test_a_scan_is_refused_with_the_reason() -> None:
    with pytest.raises(UnreadableDocument, match=r"This PDF is a scan: it has no text\."):
        read_bytes(samples.empty_pdf())


def test_a_file_over_the_limit_is_too_large() -> None:
    with pytest.raises(DocumentTooLarge):
        read_bytes(b"x" * (MAX_BYTES + 1))


def test_a_readable_text_without_points_is_a_reading_without_points() -> None:
    reading = read_text("Minutes\n\nThe committee met and the weather was fine.")

    assert reading.points == ()


def test_nothing_is_asked_where_nothing_is_required() -> None:
    reading = read_text("Recommendations\n\nNo requirements or recommendations were made at this inspection.\n")

    assert reading.points == ()


def test_a_nested_list_of_a_web_page_belongs_to_its_point() -> None:
    page = "<html><body><h2>Recommendations</h2><ul><li>Ensure that staff are trained<ul><li>in law</li></ul></li><li>Hire more staff</li></ul>"

    assert [point.text for point in read_text(page).points] == [
        "Ensure that staff are trained in law",
        "Hire more staff",
    ]


def test_a_table_of_a_web_page_gives_dates_and_bodies() -> None:
    page = (
        "<html><body><h1>Review</h1><table><tr><th>Recommendation</th><th>Timescale</th><th>Owner</th></tr>"
        "<tr><td>Review the panel.</td><td>30 September 2024</td><td>Westmere Borough Council</td></tr></table>"
    )
    (point,) = read_text(page).points

    assert point.bodies == ("Westmere Borough Council",)
    assert point.time_limit.kind is TimeLimitKind.BY_DATE
    assert str(point.time_limit.day) == "2024-09-30"
