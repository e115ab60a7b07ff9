from datetime import UTC, date, datetime

import pytest

from tracker import wording
from tracker.terms import Delivery


def test_dates_are_written_as_a_person_would_write_them() -> None:
    assert wording.format_date(date(2012, 9, 1)) == "1 September 2012"
    assert wording.format_short_date(date(2012, 9, 1)) == "1 Sep 2012"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2012, 9, 1, 8, 5, tzinfo=UTC), "1 September 2012 at 9:05am"),  # summer time
        (datetime(2012, 12, 1, 9, 5, tzinfo=UTC), "1 December 2012 at 9:05am"),
        (datetime(2012, 8, 31, 23, 30, tzinfo=UTC), "1 September 2012 at 12:30am"),  # already tomorrow in London
        (datetime(2012, 12, 1, 12, 0, tzinfo=UTC), "1 December 2012 at midday"),
        (datetime(2012, 12, 1, 12, 1, tzinfo=UTC), "1 December 2012 at 12:01pm"),
        (datetime(2012, 12, 1, 0, 0, tzinfo=UTC), "1 December 2012 at midnight"),
        (datetime(2012, 12, 1, 16, 0, tzinfo=UTC), "1 December 2012 at 4:00pm"),
    ],
)
def test_a_moment_is_written_in_london_time(moment: datetime, words: str) -> None:
    assert wording.format_datetime(moment) == words


@pytest.mark.parametrize(
    ("days", "late", "left"),
    [
        (94, "94 days late", "94 days left"),
        (1, "1 day late", "1 day left"),
        (0, "due today", "due today"),
        (-1, "1 day left", "1 day late"),
        (-1200, "1,200 days left", "1,200 days late"),
    ],
)
def test_lateness_is_written_in_words(days: int, late: str, left: str) -> None:
    assert wording.days_late(days) == late
    assert wording.days_left(days) == left


def test_a_count_agrees_with_its_noun() -> None:
    assert wording.plural(1, "action") == "1 action"
    assert wording.plural(0, "action") == "0 actions"
    assert wording.plural(2300, "body", "bodies") == "2,300 bodies"


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (1, "1 byte"),
        (1023, "1,023 bytes"),
        (1024, "1 KB"),
        (12_400, "12 KB"),
        (3_600_000, "3.4 MB"),
        (25 * 1024 * 1024, "25.0 MB"),
    ],
)
def test_a_file_size_is_written_in_the_unit_people_know(size: int, words: str) -> None:
    assert wording.file_size(size) == words


def test_a_term_is_written_with_its_label_and_nothing_as_nothing() -> None:
    assert wording.label(Delivery.AWAITING_CHECK) == "Completed, awaiting check"
    assert wording.label(None) == ""


def test_a_sentence_begins_with_a_capital() -> None:
    assert wording.sentence("date moved twice") == "Date moved twice"
    assert wording.sentence("") == ""


def test_a_share_of_nothing_is_not_a_number() -> None:
    assert wording.percent(3, 4) == "75%"
    assert wording.percent(0, 0) == "none"
