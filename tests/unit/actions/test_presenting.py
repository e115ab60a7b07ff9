"""What a page says of an action: how late in words, what is wanted now, how often the date was moved."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.actions.presenting import Standing, standing, standings
from tracker.actions.queries import Moved
from tracker.models import Action, Claim
from tracker.terms import Delivery

DUE = date(2026, 12, 1)


def action(delivery: Delivery = Delivery.IN_PROGRESS, *, id_: int = 1, extended: int = 0, **values: object) -> Action:
    given = {"claimed_on": None, "last_update_at": None} | values
    return Action(
        id=id_, delivery=delivery, original_due_date=DUE, current_due_date=DUE + timedelta(days=extended), **given
    )


def stands(days: int, delivery: Delivery = Delivery.IN_PROGRESS, **values: object) -> Standing:
    """So many days after the due date; below zero before."""
    return standing(action(delivery, **values), DUE + timedelta(days=days), due_soon_days=14)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("days", "words", "tone", "late"),
    [
        (-15, "15 days left", "", False),
        (-14, "14 days left", "soon", False),
        (-1, "1 day left", "soon", False),
        (0, "due today", "soon", False),
        (1, "1 day late", "late", True),
        (94, "94 days late", "late", True),
        (1200, "1,200 days late", "late", True),
    ],
)
def test_an_open_action_says_in_words_how_it_stands(days: int, words: str, tone: str, late: bool) -> None:
    found = stands(days)
    assert (found.words, found.tone, found.is_late, found.days) == (words, tone, late, days)


@pytest.mark.parametrize(
    ("delivery", "claimed_on", "words", "tone"),
    [
        (Delivery.CHECKED, DUE, "done on time", "done"),
        (Delivery.HOLDING, DUE + timedelta(days=1), "done late", "done"),
        (Delivery.CLOSED_NOT_COMPLETED, None, "closed", ""),
    ],
)
def test_an_ended_action_says_how_it_ended_and_wants_nothing(
    delivery: Delivery, claimed_on: date | None, words: str, tone: str
) -> None:
    found = stands(50, delivery, claimed_on=claimed_on, extended=100)
    assert (found.words, found.tone, found.is_late) == (words, tone, False)
    assert (found.extension, found.wanted) == ("", "")


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (0, ""),
        (1, "within agreed extension, 12 days left"),
        (12, "within agreed extension, 1 day left"),
        (13, "within agreed extension, which ends today"),
        (14, ""),
    ],
)
def test_an_agreed_extension_is_a_second_line_and_never_takes_the_lateness_away(days: int, line: str) -> None:
    found = stands(days, extended=13)
    assert found.extension == line
    assert found.is_late is (days > 0)


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        (Moved(), ""),
        (Moved(1, 1), "date moved once, 1 day gained"),
        (Moved(2, 92), "date moved twice, 92 days gained"),
        (Moved(3, 1000), "date moved 3 times, 1,000 days gained"),
    ],
)
def test_how_often_the_date_was_moved_is_said_with_what_it_gained(moved: Moved, words: str) -> None:
    assert standing(action(), DUE, due_soon_days=14, moved=moved).moved_words == words


@pytest.mark.parametrize(
    ("days", "updated", "wanted"),
    [
        (-1, False, "Say what has happened."),
        (-1, True, "Keep it going: say what has happened since."),
        (0, True, "Say what has happened, claim that it is done, or ask for more time."),
        (1, False, "Say what has happened, claim that it is done, or ask for more time."),
    ],
)
def test_the_owner_is_told_in_one_sentence_what_is_wanted(days: int, updated: bool, wanted: str) -> None:
    last = datetime(2026, 11, 1, tzinfo=UTC) if updated else None
    assert stands(days, last_update_at=last).wanted == wanted


def test_a_claim_that_waits_wants_nothing_of_the_owner() -> None:
    assert stands(5, Delivery.AWAITING_CHECK).wanted == "Nothing now: your claim is waiting for somebody to check it."


def test_a_returned_claim_is_told_to_the_owner_with_what_was_found() -> None:
    returned = Claim(finding="Four of ten had no minutes.")
    found = standing(action(), DUE + timedelta(days=1), due_soon_days=14, returned=returned)
    assert found.wanted == "Your claim was returned: Four of ten had no minutes."


def test_each_of_many_actions_has_its_own_moves_and_its_own_returned_claim() -> None:
    first, second = action(id_=1), action(id_=2)
    found = standings(
        [first, second], DUE, due_soon_days=14, moved={2: Moved(1, 5)}, returned={1: Claim(finding="Not yet.")}
    )
    assert [row.action.id for row in found] == [1, 2]
    assert [row.moved.times for row in found] == [0, 1]
    assert [row.wanted.startswith("Your claim was returned") for row in found] == [True, False]


def test_many_actions_may_be_asked_about_without_their_claims() -> None:
    (found,) = standings([action()], DUE, due_soon_days=14, moved={})
    assert found.wanted.startswith("Say what has happened")
