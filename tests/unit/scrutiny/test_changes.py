"""What has changed between two meetings, with days on both sides of every boundary."""

from datetime import date, timedelta

import pytest

from tests.unit.scrutiny.made import CARE, LETTER
from tracker.scrutiny.changes import Event, Found, What, found_between
from tracker.scrutiny.figures import State
from tracker.terms import Delivery

SINCE, AT = date(2026, 10, 1), date(2026, 11, 1)
FAR = date(2027, 6, 1)


def state(delivery: Delivery = Delivery.IN_PROGRESS, due: date = FAR, claimed_on: date | None = None) -> State:
    return State(1, LETTER, CARE, delivery, accepted=True, original_due=due, claimed_on=claimed_on)


def event(verb: str, before: dict[str, str], after: dict[str, str], on: date = date(2026, 10, 15)) -> Event:
    return Event(1, on, verb, "Sam Reed", before, after)


def moved(start: Delivery, end: Delivery, verb: str = "moved", on: date = date(2026, 10, 15)) -> Event:
    return event(verb, {"delivery": start.value}, {"delivery": end.value}, on)


def found(end: State, *events: Event, start: State | None = None, said: date | None = None) -> list[Found]:
    starts = [start] if start else []
    return found_between(SINCE, AT, starts=starts, ends=[end], events=events, last_said={1: said} if said else {})


@pytest.mark.parametrize(
    ("due", "late"),
    [(SINCE - timedelta(days=1), False), (SINCE, True), (AT - timedelta(days=1), True), (AT, False)],
)
def test_newly_late_is_what_was_not_late_at_the_meeting_before(due: date, late: bool) -> None:
    kinds = [one.what for one in found(state(due=due), start=state(due=due))]
    assert kinds == ([What.NEWLY_LATE] if late else [])


def test_what_was_done_then_and_is_opened_again_is_newly_late_too() -> None:
    due = date(2026, 5, 1)
    end, start = state(due=due), state(Delivery.CHECKED, due)
    kinds = [one.what for one in found(end, moved(Delivery.CHECKED, Delivery.IN_PROGRESS), start=start)]
    assert kinds == [What.NEWLY_LATE, What.REOPENED]


@pytest.mark.parametrize(
    ("said", "silent"),
    [(date(2026, 9, 3), False), (date(2026, 9, 4), True), (date(2026, 10, 4), True), (date(2026, 10, 5), False)],
)
def test_gone_silent_is_28_days_that_ended_since_the_meeting_before(said: date, silent: bool) -> None:
    kinds = [one.what for one in found(state(), start=state(), said=said)]
    assert kinds == ([What.SILENT] if silent else [])


def test_completed_is_listed_where_it_still_stands() -> None:
    done = moved(Delivery.AWAITING_CHECK, Delivery.CHECKED)
    assert [one.what for one in found(state(Delivery.CHECKED), done)] == [What.COMPLETED]
    again = moved(Delivery.CHECKED, Delivery.IN_PROGRESS, on=date(2026, 10, 20))
    assert [one.what for one in found(state(), done, again)] == [What.REOPENED]


def test_a_returned_claim_and_a_closing_are_said_with_who_did_it() -> None:
    back = moved(Delivery.AWAITING_CHECK, Delivery.IN_PROGRESS, "return")
    [one] = found(state(), back)
    assert (one.what, one.words, one.on) == (What.RETURNED, "Returned by Sam Reed", date(2026, 10, 15))
    [one] = found(state(Delivery.CLOSED_NOT_COMPLETED), moved(Delivery.IN_PROGRESS, Delivery.CLOSED_NOT_COMPLETED))
    assert (one.what, one.words) == (What.CLOSED, "Closed by Sam Reed")


def test_two_moves_of_a_date_are_one_line_from_the_first_day_to_the_last() -> None:
    first = event("extension_agreed", {"current_due_date": "2026-10-01"}, {"current_due_date": "2026-11-01"})
    second = event("extension_agreed", {"current_due_date": "2026-11-01"}, {"current_due_date": "2027-01-01"})
    [one] = found(state(), first, second)
    assert (one.what, one.words) == (What.MOVED, "From 1 October 2026 to 1 January 2027")


def test_a_refused_request_and_an_action_of_another_filter_change_nothing() -> None:
    refused = event("extension_refused", {"current_due_date": "2026-10-01"}, {"current_due_date": "2026-10-01"})
    other = Event(2, SINCE, "return", "Sam Reed", {}, {})
    assert found(state(), refused, other) == []
