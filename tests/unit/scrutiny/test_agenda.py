"""When an agenda is published and an answer is due, over weekends and bank holidays."""

from datetime import date

import pytest

from tracker.scrutiny.agenda import agenda_day, answer_due


@pytest.mark.parametrize(
    ("meeting", "days", "published"),
    [
        (date(2026, 12, 8), 5, date(2026, 11, 30)),  # Tuesday: 1, 2, 3, 4, 7 December lie between
        (date(2026, 12, 7), 5, date(2026, 11, 27)),  # Monday: the week before lies between
        (date(2026, 12, 8), 0, date(2026, 12, 7)),
        (date(2026, 12, 30), 5, date(2026, 12, 18)),  # 21 to 24 and 29 December: Christmas is not counted
    ],
)
def test_so_many_clear_working_days_lie_between_agenda_and_meeting(meeting: date, days: int, published: date) -> None:
    assert agenda_day(meeting, days, "ENG") == published


def test_an_answer_is_due_on_the_working_day_before_the_agenda() -> None:
    assert answer_due(date(2026, 11, 20), date(2026, 11, 30), "ENG") == date(2026, 11, 27)
    assert answer_due(date(2026, 11, 20), date(2026, 11, 27), "ENG", {date(2026, 11, 26)}) == date(2026, 11, 25)


def test_without_a_meeting_there_are_ten_working_days() -> None:
    assert answer_due(date(2026, 11, 20), None, "ENG") == date(2026, 12, 4)
