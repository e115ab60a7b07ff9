"""The name a document came with is shown plainly, whatever it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.reports.filenames import LONGEST, NO_NAME, plain_filename


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Inspection report.pdf", "Inspection report.pdf"),
        ("Prüfbericht (final) 2.docx", "Prüfbericht (final) 2.docx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ann\\letter.pdf", "letter.pdf"),
        ("letter\u202efdp.exe", "letterfdp.exe"),
        ("a\x00b\x07.pdf", "ab.pdf"),
        ("two\nlines.pdf", "two lines.pdf"),
        ("..", NO_NAME),
        ("   ", NO_NAME),
        ("reports/", NO_NAME),
    ],
)
def test_a_name_is_its_last_part_without_what_cannot_be_seen(given: str, shown: str) -> None:
    assert plain_filename(given) == shown


def test_a_very_long_name_keeps_its_beginning_and_its_end() -> None:
    shown = plain_filename("Inspection " + "x" * 4000 + " 2012.pdf")
    assert shown.startswith("Inspection xxx")
    assert shown.endswith("xxx 2012.pdf")
    assert "…" in shown


@given(st.text())
def test_any_name_can_be_shown_on_one_line(name: str) -> None:
    shown = plain_filename(name)
    assert 0 < len(shown) <= LONGEST
    assert shown.isprintable() or " " in shown
    assert not set(shown) & set("\n\r\x00\u202e/\\")
