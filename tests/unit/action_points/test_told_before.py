"""What became of the earlier selves of a point, in a few words."""

from datetime import date

import pytest

from tracker.action_points.told_before import Became, in_words
from tracker.actions.timeliness import timeliness
from tracker.terms import DONE_DELIVERY, LATE, Delivery, Timeliness

TOLD, DUE, TODAY = date(2012, 7, 10), date(2012, 12, 1), date(2013, 3, 1)
LATE_SAID = {*LATE, Timeliness.DONE_LATE}


@pytest.mark.parametrize(
    ("delivery", "claimed_on", "closed_on", "today", "words"),
    [
        (Delivery.CHECKED, date(2013, 1, 11), date(2013, 1, 20), TODAY, "2012, done in 2013, 41 days late"),
        (Delivery.HOLDING, DUE, date(2013, 1, 20), TODAY, "2012, done in 2012, on time"),
        (Delivery.CHECKED, None, date(2013, 1, 20), TODAY, "2012, done in 2013, 50 days late"),
        (Delivery.CHECKED, None, None, TODAY, "2012, done"),
        (Delivery.CLOSED_NOT_COMPLETED, None, date(2014, 1, 1), TODAY, "2012, closed in 2014, not completed"),
        (Delivery.CLOSED_NOT_COMPLETED, None, None, TODAY, "2012, closed, not completed"),
        (Delivery.IN_PROGRESS, None, None, date(2012, 12, 2), "2012, 1 day late"),
        (Delivery.AWAITING_CHECK, DUE, None, TODAY, "2012, 90 days late"),
        (Delivery.IN_PROGRESS, None, None, DUE, "2012, due 1 December 2012"),
    ],
)
def test_an_earlier_self_in_words(
    delivery: Delivery, claimed_on: date | None, closed_on: date | None, today: date, words: str
) -> None:
    assert in_words(Became(TOLD, delivery, DUE, claimed_on, closed_on), today) == words


@pytest.mark.parametrize("delivery", list(Delivery))
@pytest.mark.parametrize("today", [date(2012, 11, 30), DUE, date(2012, 12, 2), date(2014, 1, 1)])
@pytest.mark.parametrize("claimed_on", [date(2012, 11, 30), DUE, date(2012, 12, 2)])
def test_it_says_late_exactly_where_the_one_rule_of_lateness_does(
    delivery: Delivery, today: date, claimed_on: date
) -> None:
    claimed = claimed_on if delivery in DONE_DELIVERY else None
    said = "late" in in_words(Became(TOLD, delivery, DUE, claimed, claimed), today)
    assert said == (timeliness(delivery, DUE, today, claimed_on=claimed) in LATE_SAID)
