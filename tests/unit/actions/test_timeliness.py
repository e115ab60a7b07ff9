"""Timeliness on both sides of every boundary, always against the original due date (DESIGN section 3, 4 and 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.actions.timeliness import ages, days_late, timeliness, within_extension
from tracker.terms import LATE, OPEN_DELIVERY, Delivery, Timeliness

DUE = date(2026, 12, 1)
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


def stands(delivery: Delivery, days: int, claimed_on: date | None = None, **rules: int) -> Timeliness:
    """So many days after the due date; below zero before."""
    return timeliness(delivery, DUE, DUE + timedelta(days=days), claimed_on=claimed_on, **rules)


@pytest.mark.parametrize("delivery", sorted(OPEN_DELIVERY))
@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-400, Timeliness.NOT_DUE),
        (-15, Timeliness.NOT_DUE),
        (-14, Timeliness.DUE_SOON),
        (-1, Timeliness.DUE_SOON),
        (0, Timeliness.DUE_TODAY),
        (1, Timeliness.LATE_1_30),
        (30, Timeliness.LATE_1_30),
        (31, Timeliness.LATE_31_90),
        (90, Timeliness.LATE_31_90),
        (91, Timeliness.LATE_91_180),
        (180, Timeliness.LATE_91_180),
        (181, Timeliness.LATE_OVER_180),
        (4000, Timeliness.LATE_OVER_180),
    ],
)
def test_what_is_open_stands_to_its_date_even_paused_or_claimed(
    delivery: Delivery, days: int, expected: Timeliness
) -> None:
    assert stands(delivery, days) is expected


def test_a_claim_that_waits_does_not_stop_the_clock() -> None:
    assert stands(Delivery.AWAITING_CHECK, 5, claimed_on=DUE) is Timeliness.LATE_1_30


@pytest.mark.parametrize(("days", "expected"), [(-8, Timeliness.NOT_DUE), (-7, Timeliness.DUE_SOON)])
def test_how_soon_is_soon_is_the_councils_rule(days: int, expected: Timeliness) -> None:
    assert stands(Delivery.IN_PROGRESS, days, due_soon_days=7) is expected


@pytest.mark.parametrize("delivery", [Delivery.CHECKED, Delivery.HOLDING])
@pytest.mark.parametrize(
    ("claimed_on", "expected"),
    [
        (DUE - timedelta(days=1), Timeliness.DONE_ON_TIME),
        (DUE, Timeliness.DONE_ON_TIME),
        (DUE + timedelta(days=1), Timeliness.DONE_LATE),
        (None, Timeliness.DONE_LATE),
    ],
)
@pytest.mark.parametrize("days", [-10, 0, 200])
def test_what_is_done_counts_by_the_day_of_its_claim_however_late_the_check(
    delivery: Delivery, claimed_on: date | None, expected: Timeliness, days: int
) -> None:
    assert stands(delivery, days, claimed_on) is expected


@pytest.mark.parametrize("days", [-10, 0, 200])
def test_what_is_closed_without_completing_is_neither_late_nor_done(days: int) -> None:
    assert stands(Delivery.CLOSED_NOT_COMPLETED, days, claimed_on=DUE) is Timeliness.CLOSED


@pytest.mark.parametrize(("days", "late"), [(-1, -1), (0, 0), (1, 1), (365, 365)])
def test_days_late_are_counted_from_the_day_after_the_date(days: int, late: int) -> None:
    assert days_late(DUE, DUE + timedelta(days=days)) == late


@pytest.mark.parametrize(("days", "left"), [(-1, None), (0, None), (1, 29), (29, 1), (30, 0), (31, None)])
def test_an_extension_is_spoken_of_only_between_the_two_dates(days: int, left: int | None) -> None:
    assert within_extension(DUE, DUE + timedelta(days=30), DUE + timedelta(days=days)) == left


def test_without_an_extension_there_is_nothing_to_speak_of() -> None:
    assert [within_extension(DUE, DUE, DUE + timedelta(days=days)) for days in (-1, 0, 1)] == [None] * 3


@given(DAYS, DAYS)
def test_the_bands_a_query_asks_for_are_those_of_the_rule(due: date, today: date) -> None:
    bands = [age.band for age in ages(today) if (age.first is None or age.first <= due) and due <= age.last]
    found = timeliness(Delivery.IN_PROGRESS, due, today, claimed_on=None)
    assert bands == ([found] if found in LATE else [])
    assert (found in LATE) is (due < today)
