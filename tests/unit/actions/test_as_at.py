"""How things stood at the end of a past day: from the history, else from what an action's own dates say."""

from datetime import UTC, date, datetime

import pytest

from tracker.actions.as_at import NOTHING, Now, Said, Stood, delivery_then, end_of, stood, untouched
from tracker.terms import Delivery, Marking, Outlook, Priority, Response

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


MADE = datetime(2026, 1, 5, 9, tzinfo=UTC)
LATER = datetime(2026, 7, 2, 9, tzinfo=UTC)


def now(**values: object) -> Stood:
    """How an action stands today."""
    defaults: dict[str, object] = {
        "id": 1, "report_id": 2, "original_due_date": date(2026, 6, 1), "created_at": MADE,
        "delivery": Delivery.IN_PROGRESS, "response": Response.ACCEPTED, "marking": Marking.OPEN,
        "priority": Priority.NORMAL, "owner_id": 3, "lead_id": 4, "post_id": 5, "service_id": None, "theme_id": None,
        "outcome_area_id": None, "current_due_date": date(2026, 9, 1), "claimed_on": None, "closed_at": None,
        "outlook_override": None, "due_assumed": False, "assumed_seen_at": None, "last_update_at": None,
    }  # fmt: skip
    return Stood(**(defaults | values))  # type: ignore[arg-type]


def test_what_has_not_changed_since_stood_as_it_stands() -> None:
    seen = now(last_update_at=MADE, assumed_seen_at=MADE, claimed_on=DAY, delivery=Delivery.AWAITING_CHECK)
    assert untouched(seen, {}, end_of(DAY), DAY)
    assert stood(seen, {}, Said(claimed=datetime(2026, 6, 30, 9, tzinfo=UTC)), DAY) == seen


@pytest.mark.parametrize(
    "changed",
    [
        now(closed_at=LATER), now(claimed_on=date(2026, 7, 1)), now(assumed_seen_at=LATER), now(last_update_at=LATER),
    ],
)  # fmt: skip
def test_what_its_own_dates_say_has_changed_since_is_looked_at(changed: Stood) -> None:
    assert not untouched(changed, {}, end_of(DAY), DAY)
    assert stood(changed, {}, NOTHING, DAY) == now()


def test_everything_the_history_says_was_before_stood_then() -> None:
    undone = {
        "delivery": "paused", "response": "partly_accepted", "priority": "high", "owner_id": 30, "lead_id": 40,
        "post_id": None, "service_id": 60, "theme_id": 70, "outcome_area_id": 80, "current_due_date": "2026-07-01",
        "outlook": "off_track", "title": "An older title", "owner": "Somebody",
    }  # fmt: skip
    assert stood(now(), undone, NOTHING, DAY) == now(
        delivery=Delivery.PAUSED, response=Response.PARTLY_ACCEPTED, priority=Priority.HIGH, owner_id=30, lead_id=40,
        post_id=None, service_id=60, theme_id=70, outcome_area_id=80, current_due_date=date(2026, 7, 1),
        outlook_override=Outlook.OFF_TRACK,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("then", "today", "shown"),
    [
        ("open", Marking.EXEMPT, Marking.EXEMPT),  # exempt now: not shown for an earlier day either
        ("exempt", Marking.OPEN, Marking.EXEMPT),
        ("exempt", Marking.CONFIDENTIAL, Marking.CONFIDENTIAL),
        ("confidential", Marking.EXEMPT, Marking.CONFIDENTIAL),
    ],
)
def test_of_two_markings_the_stricter_counts(then: str, today: Marking, shown: Marking) -> None:
    assert stood(now(marking=today), {"marking": then}, NOTHING, DAY).marking is shown


def test_the_day_of_the_claim_is_that_of_the_claim_which_stood() -> None:
    said = Said(claimed=datetime(2026, 6, 29, 23, 30, tzinfo=UTC))  # summer time: half past midnight on the 30th
    reopened = now(claimed_on=None)
    waits, done = {"delivery": "awaiting_check"}, {"delivery": "checked"}
    assert stood(reopened, waits, said, DAY).claimed_on == date(2026, 6, 30)
    assert stood(reopened, done, said, DAY).claimed_on == date(2026, 6, 30)
    assert stood(reopened, {"delivery": "in_progress"}, said, DAY).claimed_on is None
    imported = done | {"claimed_on": "2026-04-01"}  # it came in as done, without a claim, and was opened again
    assert stood(reopened, imported, NOTHING, DAY).claimed_on == date(2026, 4, 1)
