"""What people write into cells: dates with the day first, and their words for where a thing stands."""

from datetime import date

import pytest

from tracker.actions.importing.cells import delivery_of, read_day
from tracker.actions.importing.columns import Field, Line, field_of, header_of, matched, missing
from tracker.terms import Delivery


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-09-01", date(2026, 9, 1)),
        ("2026-09-01 00:00:00", date(2026, 9, 1)),
        ("01/09/2026", date(2026, 9, 1)),
        ("1/9/26", date(2026, 9, 1)),
        ("1.9.2026", date(2026, 9, 1)),
        ("1 September 2026", date(2026, 9, 1)),
        ("1st of September 2026", date(2026, 9, 1)),
        ("Tuesday, 1 Sep 2026", date(2026, 9, 1)),
        ("1-Sep-26", date(2026, 9, 1)),
        ("  31  December   2026 ", date(2026, 12, 31)),
        ("", None),
        ("as soon as possible", None),
        ("September 2026", None),
    ],
)
def test_dates_are_read_with_the_day_first(typed: str, day: date | None) -> None:
    assert read_day(typed) == day


@pytest.mark.parametrize("typed", ["31 February 2026", "31/02/2026", "13/13/2026", "2026-02-31", "1/1/1066"])
def test_a_date_that_there_is_not_is_refused(typed: str) -> None:
    with pytest.raises(ValueError):
        read_day(typed)


@pytest.mark.parametrize(
    ("words", "delivery"),
    [
        ("Not started", Delivery.NOT_STARTED),
        ("On track", Delivery.IN_PROGRESS),
        (" AMBER ", Delivery.IN_PROGRESS),
        ("Complete", Delivery.AWAITING_CHECK),
        ("Blue", Delivery.AWAITING_CHECK),
        ("Signed-off", Delivery.CHECKED),
        ("Purple", None),
        ("", None),
    ],
)
def test_a_status_is_read_by_the_councils_words(words: str, delivery: Delivery | None) -> None:
    assert delivery_of(words) is delivery


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Recommendation", Field.WORDS),
        ("ACTION", Field.TITLE),
        ("Lead Officer ", Field.OWNER),
        ("Target date:", Field.DUE),
        ("Revised Due Date", Field.REVISED),
        ("R.A.G.", Field.STATUS),
        ("Progress", Field.UPDATE),
        ("Ref.", Field.REFERENCE),
        ("Completed", Field.COMPLETED),
        ("Colour of the folder", None),
    ],
)
def test_a_heading_is_known_by_its_letters(heading: str, field: Field | None) -> None:
    assert field_of(heading) is field


def test_the_headings_need_not_be_in_the_first_row() -> None:
    lines = [Line(1, ["Action plan of the council"]), Line(3, ["Ref", "Action", "Owner", "Due date"]), Line(4, ["1"])]
    assert header_of(lines) == 1


def test_no_row_of_known_headings_is_said() -> None:
    assert header_of([Line(1, ["One", "Two"]), Line(2, ["Three", "Four"])]) == -1


def test_of_two_columns_with_one_meaning_the_first_is_taken() -> None:
    assert matched(["Comments", "Progress"]) == {0: Field.UPDATE}


def test_what_no_column_was_chosen_for_is_asked_for() -> None:
    assert missing({0: Field.TITLE, 1: Field.OWNER, 2: Field.DUE}) == []
    assert len(missing({})) == 3
    assert "more than one column" in missing({0: Field.TITLE, 1: Field.OWNER, 2: Field.DUE, 3: Field.DUE})[0]
