"""The day in Europe/London, on both sides of midnight and of the changes of the clock (DESIGN section 3, rule 5)."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from tracker.clock import FixedClock, SystemClock, london_date


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 1, 15, 23, 59, 59, tzinfo=UTC), date(2026, 1, 15)),
        (datetime(2026, 1, 16, 0, 0, tzinfo=UTC), date(2026, 1, 16)),
        # British Summer Time: the day begins at 23:00 UTC
        (datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 23, 0, tzinfo=UTC), date(2026, 7, 2)),
        # the clocks go forward on 29 March 2026 at 01:00 UTC: that day begins by winter time, the next by summer's
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        # and back on 25 October 2026 at 01:00 UTC: a day of 25 hours
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 26, 0, 0, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 1, 16, 1, 0, tzinfo=timezone(timedelta(hours=2))), date(2026, 1, 15)),
    ],
)
def test_the_day_is_londons_whatever_the_zone_and_season(moment: datetime, day: date) -> None:
    assert london_date(moment) == day


def test_the_machines_clock_tells_an_aware_moment_in_utc() -> None:
    first, second = SystemClock().now(), SystemClock().now()
    assert first.tzinfo is UTC
    assert first <= second


def test_a_fixed_clock_stands_where_it_is_put() -> None:
    clock = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))
    assert clock.now() == clock.now() == datetime(2026, 1, 1, tzinfo=UTC)
    clock.moment += timedelta(days=1)
    assert clock.now() == datetime(2026, 1, 2, tzinfo=UTC)
