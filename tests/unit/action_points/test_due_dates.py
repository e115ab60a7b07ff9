"""The inspector's clock: every kind of time limit, every base date, and the sum in words (DESIGN section 3, 1 to 3)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.action_points.due_dates import (
    BaseDate,
    ClockRules,
    Limit,
    ReportDates,
    base_date,
    due_date,
    limit_words,
)
from tracker.terms import BaseDateChoice, Origin, TimeLimitKind, TimeUnit

LAST_DAY, PRINTED, TYPED, REVIEW = date(2012, 6, 1), date(2012, 7, 10), date(2012, 8, 1), date(2010, 3, 31)
INSPECTION = BaseDate(LAST_DAY, "last day of the inspection")
NOTHING_SET = ClockRules()
THIS, REVIEWED = Origin.THIS_REPORT, Origin.JOINT_AREA_REVIEW


def within(count: int, unit: TimeUnit) -> Limit:
    return Limit(TimeLimitKind.WITHIN, count, unit)


def day_after(start: date, limit: Limit, **rules: object) -> date:
    return due_date(limit, BaseDate(start, "last day of the inspection"), ClockRules(**rules)).day  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("choice", "inspection_end", "published", "typed", "expected"),
    [
        (BaseDateChoice.INSPECTION_END, LAST_DAY, PRINTED, None, (LAST_DAY, "last day of the inspection")),
        (BaseDateChoice.INSPECTION_END, None, PRINTED, None, (PRINTED, "date printed on the report")),
        (BaseDateChoice.INSPECTION_END, None, None, None, None),
        (BaseDateChoice.INSPECTION_END, None, None, TYPED, None),  # typed, but not chosen
        (BaseDateChoice.PUBLISHED, LAST_DAY, PRINTED, None, (PRINTED, "date printed on the report")),
        (BaseDateChoice.PUBLISHED, LAST_DAY, None, None, None),
        (BaseDateChoice.TYPED, LAST_DAY, PRINTED, TYPED, (TYPED, "date chosen for this report")),
        (BaseDateChoice.TYPED, None, None, TYPED, (TYPED, "date chosen for this report")),
        (BaseDateChoice.TYPED, LAST_DAY, PRINTED, None, (LAST_DAY, "last day of the inspection")),
        (BaseDateChoice.TYPED, None, PRINTED, None, (PRINTED, "date printed on the report")),
    ],
)
def test_limits_count_from_the_last_day_of_the_inspection_unless_a_person_chose_another(
    choice: BaseDateChoice,
    inspection_end: date | None,
    published: date | None,
    typed: date | None,
    expected: tuple[date, str] | None,
) -> None:
    found = base_date(ReportDates(choice, inspection_end, published, typed), THIS)
    assert (found and (found.day, found.why)) == expected
    assert found is None or not found.assumed


def test_a_follow_up_counts_from_its_review() -> None:
    dates = ReportDates(BaseDateChoice.INSPECTION_END, LAST_DAY, PRINTED, review_date=REVIEW)
    assert base_date(dates, REVIEWED) == BaseDate(REVIEW, "date of the joint area review")
    assert base_date(dates, THIS) == INSPECTION


def test_a_follow_up_whose_review_date_nobody_gave_counts_from_the_letter_and_is_assumed() -> None:
    dates = ReportDates(BaseDateChoice.PUBLISHED, None, PRINTED)
    found = base_date(dates, REVIEWED)
    assert found == BaseDate(
        PRINTED, "date printed on the report, until the date of the joint area review is given", assumed=True
    )
    due = due_date(within(6, TimeUnit.MONTHS), found, NOTHING_SET)
    assert due.assumed
    assert due.sum == (
        "10 July 2012, date printed on the report, until the date of the joint area review is given, "
        "+ 6 months = 10 January 2013"
    )


def test_a_follow_up_in_a_letter_without_any_date_has_no_base() -> None:
    assert base_date(ReportDates(BaseDateChoice.PUBLISHED), REVIEWED) is None


def test_a_follow_up_in_a_letter_without_any_date_still_counts_from_its_review() -> None:
    found = base_date(ReportDates(BaseDateChoice.PUBLISHED, review_date=REVIEW), REVIEWED)
    assert found is not None
    assert found.day == REVIEW


@pytest.mark.parametrize(
    ("start", "count", "unit", "end"),
    [
        (date(2012, 6, 1), 1, TimeUnit.DAYS, date(2012, 6, 2)),
        (date(2012, 6, 1), 30, TimeUnit.DAYS, date(2012, 7, 1)),
        (date(2012, 6, 1), 6, TimeUnit.WEEKS, date(2012, 7, 13)),
        (date(2012, 6, 1), 3, TimeUnit.MONTHS, date(2012, 9, 1)),
        (date(2012, 6, 1), 2, TimeUnit.YEARS, date(2014, 6, 1)),
        # the end of a shorter month
        (date(2012, 8, 30), 6, TimeUnit.MONTHS, date(2013, 2, 28)),
        (date(2012, 8, 31), 6, TimeUnit.MONTHS, date(2013, 2, 28)),
        (date(2012, 8, 28), 6, TimeUnit.MONTHS, date(2013, 2, 28)),
        (date(2012, 8, 27), 6, TimeUnit.MONTHS, date(2013, 2, 27)),
        (date(2012, 5, 31), 1, TimeUnit.MONTHS, date(2012, 6, 30)),
        (date(2013, 2, 28), 6, TimeUnit.MONTHS, date(2013, 8, 28)),  # and not the 31st
        # leap years
        (date(2011, 8, 31), 6, TimeUnit.MONTHS, date(2012, 2, 29)),
        (date(2011, 11, 30), 3, TimeUnit.MONTHS, date(2012, 2, 29)),
        (date(2012, 2, 29), 1, TimeUnit.YEARS, date(2013, 2, 28)),
        (date(2012, 2, 29), 12, TimeUnit.MONTHS, date(2013, 2, 28)),
        (date(2012, 2, 29), 4, TimeUnit.YEARS, date(2016, 2, 29)),
        (date(2012, 2, 28), 1, TimeUnit.DAYS, date(2012, 2, 29)),
        (date(2013, 2, 28), 1, TimeUnit.DAYS, date(2013, 3, 1)),
        # over the end of the year
        (date(2012, 11, 30), 3, TimeUnit.MONTHS, date(2013, 2, 28)),
    ],
)
def test_within_counts_by_the_calendar(start: date, count: int, unit: TimeUnit, end: date) -> None:
    assert day_after(start, within(count, unit)) == end


@pytest.mark.parametrize(
    ("start", "count", "nation", "end"),
    [
        (date(2026, 11, 20), 1, "ENG", date(2026, 11, 23)),
        (date(2026, 12, 24), 5, "ENG", date(2027, 1, 5)),
        (date(2026, 12, 24), 5, "WLS", date(2027, 1, 5)),
        (date(2026, 12, 24), 5, "NIR", date(2027, 1, 5)),
        (date(2026, 12, 24), 5, "SCT", date(2027, 1, 6)),
        (date(2026, 7, 10), 1, "NIR", date(2026, 7, 14)),
        (date(2026, 7, 10), 1, "ENG", date(2026, 7, 13)),
        (date(2026, 8, 28), 1, "WLS", date(2026, 9, 1)),
        (date(2026, 8, 28), 1, "SCT", date(2026, 8, 31)),
    ],
)
def test_working_days_are_those_of_the_councils_nation(start: date, count: int, nation: str, end: date) -> None:
    assert day_after(start, within(count, TimeUnit.WORKING_DAYS), nation=nation) == end


def test_working_days_leave_out_the_councils_closure_days() -> None:
    limit, closed = within(1, TimeUnit.WORKING_DAYS), {date(2026, 11, 23)}
    assert day_after(date(2026, 11, 20), limit, closures=closed) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("limit", "rules", "day", "sum_", "assumed"),
    [
        (
            Limit(TimeLimitKind.IMMEDIATELY), {}, LAST_DAY,
            "1 June 2012, last day of the inspection, immediately = 1 June 2012", False,
        ),
        (
            Limit(TimeLimitKind.IMMEDIATELY), {"immediate_working_days": 1}, date(2012, 6, 6),  # over the Jubilee
            "1 June 2012, last day of the inspection, immediately, + 1 working day = 6 June 2012", False,
        ),
        (
            Limit(TimeLimitKind.IMMEDIATELY), {"immediate_working_days": 5}, date(2012, 6, 12),
            "1 June 2012, last day of the inspection, immediately, + 5 working days = 12 June 2012", False,
        ),
        (
            within(3, TimeUnit.MONTHS), {}, date(2012, 9, 1),
            "1 June 2012, last day of the inspection, + 3 months = 1 September 2012", False,
        ),
        (
            within(1, TimeUnit.MONTHS), {}, date(2012, 7, 1),
            "1 June 2012, last day of the inspection, + 1 month = 1 July 2012", False,
        ),
        (
            within(20, TimeUnit.WORKING_DAYS), {}, date(2012, 7, 3),
            "1 June 2012, last day of the inspection, + 20 working days = 3 July 2012", False,
        ),
        (
            within(1, TimeUnit.WORKING_DAYS), {}, date(2012, 6, 6),
            "1 June 2012, last day of the inspection, + 1 working day = 6 June 2012", False,
        ),
        (
            Limit(TimeLimitKind.LONGER_TERM), {}, date(2013, 6, 1),
            "1 June 2012, last day of the inspection, + 12 months for the longer term = 1 June 2013", False,
        ),
        (
            Limit(TimeLimitKind.LONGER_TERM), {"longer_term_months": 18}, date(2013, 12, 1),
            "1 June 2012, last day of the inspection, + 18 months for the longer term = 1 December 2013", False,
        ),
        (
            Limit(TimeLimitKind.NOT_GIVEN), {}, date(2013, 6, 1),
            "1 June 2012, last day of the inspection, + 12 months, assumed as no time is given = 1 June 2013", True,
        ),
        (
            Limit(TimeLimitKind.NOT_GIVEN), {"no_time_months": 1}, date(2012, 7, 1),
            "1 June 2012, last day of the inspection, + 1 month, assumed as no time is given = 1 July 2012", True,
        ),
        (
            Limit(TimeLimitKind.OTHER), {}, date(2013, 6, 1),
            "1 June 2012, last day of the inspection, + 12 months, assumed as no time is given = 1 June 2013", True,
        ),
        (
            Limit(TimeLimitKind.WITHIN), {}, date(2013, 6, 1),  # a number the reader could not make out
            "1 June 2012, last day of the inspection, + 12 months, assumed as no time is given = 1 June 2013", True,
        ),
        (
            Limit(TimeLimitKind.BY_DATE), {}, date(2013, 6, 1),
            "1 June 2012, last day of the inspection, + 12 months, assumed as no time is given = 1 June 2013", True,
        ),
        (
            Limit(TimeLimitKind.BY_DATE, day=date(2012, 10, 31)), {}, date(2012, 10, 31),
            "31 October 2012, printed in the report", False,
        ),
    ],
)  # fmt: skip
def test_every_kind_of_limit_has_its_day_and_its_sum_in_words(
    limit: Limit, rules: dict[str, int], day: date, sum_: str, assumed: bool
) -> None:
    due = due_date(limit, INSPECTION, ClockRules(**rules))  # type: ignore[arg-type]
    assert (due.day, due.base, due.sum, due.assumed) == (day, LAST_DAY, sum_, assumed)


def test_a_printed_date_wins_even_over_an_assumed_base() -> None:
    due = due_date(Limit(TimeLimitKind.BY_DATE, day=TYPED), BaseDate(LAST_DAY, "guessed", assumed=True), NOTHING_SET)
    assert (due.day, due.assumed) == (TYPED, False)


@given(
    st.dates(date(1990, 1, 1), date(2050, 12, 31)),
    st.integers(1, 60),
    st.sampled_from([TimeUnit.DAYS, TimeUnit.WEEKS, TimeUnit.MONTHS, TimeUnit.YEARS]),
)
def test_more_time_is_never_due_earlier(start: date, count: int, unit: TimeUnit) -> None:
    shorter, longer = day_after(start, within(count, unit)), day_after(start, within(count + 1, unit))
    assert start < shorter < longer


@given(st.dates(date(1990, 1, 1), date(2050, 12, 31)), st.integers(1, 60))
def test_months_keep_the_day_of_the_month_or_end_with_it(start: date, count: int) -> None:
    due = day_after(start, within(count, TimeUnit.MONTHS))
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == count
    assert due.day == start.day or (due.day < start.day and (due + timedelta(days=1)).day == 1)


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        (within(3, TimeUnit.MONTHS), "Within 3 months"),
        (within(1, TimeUnit.WEEKS), "Within 1 week"),
        (within(20, TimeUnit.WORKING_DAYS), "Within 20 working days"),
        (within(1, TimeUnit.WORKING_DAYS), "Within 1 working day"),
        (Limit(TimeLimitKind.BY_DATE, day=date(2012, 9, 1)), "By 1 September 2012"),
        (Limit(TimeLimitKind.IMMEDIATELY), "Immediately"),
        (Limit(TimeLimitKind.LONGER_TERM), "Over the longer term"),
        (Limit(TimeLimitKind.NOT_GIVEN), "No time given"),
        (Limit(TimeLimitKind.WITHIN), "Within a number of days, weeks or months"),
        (Limit(TimeLimitKind.BY_DATE), "By a printed date"),
    ],
)
def test_a_limit_that_a_person_set_is_said_as_a_report_would(limit: Limit, said: str) -> None:
    assert limit_words(limit) == said
