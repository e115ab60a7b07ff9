"""How things stood at the end of a past day, from what an action's own dates say."""

from datetime import UTC, date, datetime

import pytest

from tracker.scrutiny.as_at import Now, delivery_then, end_of
from tracker.terms import Delivery

DAY = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 6, 30), datetime(2026, 6, 30, 23, tzinfo=UTC)),  # summer time
        (date(2026, 12, 31), datetime(2027, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_ends_at_midnight_in_london(day: date, moment: datetime) -> None:
    assert end_of(day) == moment


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (Now(Delivery.IN_PROGRESS, None, None), Delivery.IN_PROGRESS),
        (Now(Delivery.AWAITING_CHECK, date(2026, 6, 30), None), Delivery.AWAITING_CHECK),
        (Now(Delivery.AWAITING_CHECK, date(2026, 7, 1), None), Delivery.IN_PROGRESS),
        (Now(Delivery.CHECKED, date(2026, 6, 1), datetime(2026, 6, 30, 22, 59, tzinfo=UTC)), Delivery.CHECKED),
        (Now(Delivery.CHECKED, date(2026, 6, 1), datetime(2026, 6, 30, 23, tzinfo=UTC)), Delivery.AWAITING_CHECK),
        (Now(Delivery.CHECKED, date(2026, 7, 1), datetime(2026, 7, 2, 9, tzinfo=UTC)), Delivery.IN_PROGRESS),
        (Now(Delivery.CLOSED_NOT_COMPLETED, None, datetime(2026, 7, 2, 9, tzinfo=UTC)), Delivery.IN_PROGRESS),
    ],
)
def test_without_a_history_the_action_s_own_dates_say_where_it_stood(now: Now, then: Delivery) -> None:
    assert delivery_then(None, now, end_of(DAY), DAY) is then


def test_the_history_is_believed_first() -> None:
    now = Now(Delivery.CHECKED, date(2026, 6, 1), datetime(2026, 7, 2, 9, tzinfo=UTC))
    assert delivery_then(Delivery.NOT_STARTED, now, end_of(DAY), DAY) is Delivery.NOT_STARTED
