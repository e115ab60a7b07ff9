"""Working days: Monday to Friday, less the nation's bank holidays and the council's own closure days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.working_days import add_working_days, is_working_day

NATIONS = ("ENG", "WLS", "SCT", "NIR")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),  # Friday
        (date(2026, 11, 21), False),
        (date(2026, 11, 22), False),
        (date(2026, 11, 23), True),  # Monday
    ],
)
def test_a_week_has_five_working_days(day: date, works: bool) -> None:
    assert is_working_day(day, "ENG") is works


@pytest.mark.parametrize(
    ("day", "closed_in"),
    [
        (date(2026, 1, 1), {"ENG", "WLS", "SCT", "NIR"}),
        (date(2026, 1, 2), {"SCT"}),
        (date(2026, 3, 17), {"NIR"}),
        (date(2026, 4, 3), {"ENG", "WLS", "SCT", "NIR"}),  # Good Friday
        (date(2026, 4, 6), {"ENG", "WLS", "NIR"}),  # Easter Monday
        (date(2026, 5, 4), {"ENG", "WLS", "SCT", "NIR"}),
        (date(2026, 7, 13), {"NIR"}),  # the twelfth is a Sunday
        (date(2026, 8, 3), {"SCT"}),
        (date(2026, 8, 31), {"ENG", "WLS", "NIR"}),
        (date(2026, 11, 30), {"SCT"}),
        (date(2026, 12, 25), {"ENG", "WLS", "SCT", "NIR"}),
        (date(2026, 12, 28), {"ENG", "WLS", "SCT", "NIR"}),  # in place of Saturday's Boxing Day
        (date(2026, 12, 29), set()),
    ],
)
def test_each_nation_has_its_own_bank_holidays(day: date, closed_in: set[str]) -> None:
    assert {nation for nation in NATIONS if not is_working_day(day, nation)} == closed_in


def test_a_councils_own_closure_day_is_no_working_day() -> None:
    monday = date(2026, 11, 23)
    assert not is_working_day(monday, "ENG", {monday})
    assert add_working_days(date(2026, 11, 20), 1, "ENG", {monday}) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "count", "nation", "end"),
    [
        (date(2026, 11, 23), 0, "ENG", date(2026, 11, 23)),  # the day itself is not counted
        (date(2026, 11, 20), 1, "ENG", date(2026, 11, 23)),  # from Friday to Monday
        (date(2026, 11, 21), 1, "ENG", date(2026, 11, 23)),  # from a Saturday
        (date(2026, 11, 27), 1, "ENG", date(2026, 11, 30)),
        (date(2026, 11, 27), 1, "SCT", date(2026, 12, 1)),  # over St Andrew's Day
        (date(2026, 12, 24), 1, "ENG", date(2026, 12, 29)),  # over Christmas
        (date(2026, 12, 24), 4, "ENG", date(2027, 1, 4)),  # over the new year
        (date(2026, 12, 24), 4, "SCT", date(2027, 1, 5)),
        (date(2026, 4, 2), 1, "ENG", date(2026, 4, 7)),  # over Easter
        (date(2026, 4, 2), 1, "SCT", date(2026, 4, 6)),
        (date(2026, 11, 23), 20, "ENG", date(2026, 12, 21)),
    ],
)
def test_working_days_are_counted_over_weekends_and_bank_holidays(
    start: date, count: int, nation: str, end: date
) -> None:
    assert add_working_days(start, count, nation) == end


@given(
    st.dates(date(2010, 1, 1), date(2035, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(NATIONS),
    st.sets(st.dates(date(2010, 1, 1), date(2035, 1, 1)), max_size=5),
)
def test_the_count_is_the_number_of_working_days_passed_and_ends_on_one(
    start: date, count: int, nation: str, closures: set[date]
) -> None:
    end = add_working_days(start, count, nation, closures)
    passed = [start + timedelta(days=number) for number in range(1, (end - start).days + 1)]
    assert sum(is_working_day(day, nation, closures) for day in passed) == count
    assert is_working_day(end, nation, closures)
