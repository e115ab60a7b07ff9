"""Pausing: asked by the owner, agreed by a lead, ended by its review date; the clock runs on (DESIGN section 4)."""

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_pause
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import decisions, pausing, services
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Pause, Person
from tracker.terms import CloseReason, Decision, Delivery

REVIEW = TODAY + timedelta(days=60)


def ask(desk: Desk, review: date = REVIEW, by: Person | None = None, **words: str) -> Pause:
    said = {"reason": " The post is vacant. ", "safeguard": " A weekly look. "} | words
    return pausing.ask_for_pause(desk.session, desk.action, review=review, by=by or desk.owner, now=NOW, **said)


def decide(desk: Desk, pause: Pause, by: Person | None = None, *, agreed: bool = True, note: str = "") -> None:
    pausing.decide_pause(desk.session, pause, agreed=agreed, note=note, by=by or desk.lead, now=NOW)


def test_a_request_for_a_pause_changes_nothing_before_a_lead_agrees(desk: Desk) -> None:
    pause = ask(desk)
    assert (pause.reason, pause.safeguard, pause.review_date) == ("The post is vacant.", "A weekly look.", REVIEW)
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert decisions.pauses_waiting(desk.session) == [pause]
    assert desk.history() == [("action:pause_asked", "The post is vacant.\nMeanwhile: A weekly look.")]


def test_an_agreed_pause_stops_the_work_and_moves_no_date(desk: Desk) -> None:
    due = desk.action.original_due_date, desk.action.current_due_date
    pause = ask(desk)
    decide(desk, pause)
    assert desk.action.delivery is Delivery.PAUSED
    assert (desk.action.original_due_date, desk.action.current_due_date) == due
    assert decisions.standing_pause(desk.session, desk.action) is pause
    assert desk.last().kind == "action:paused"


def test_a_refused_pause_needs_a_reason_and_changes_nothing(desk: Desk) -> None:
    pause = ask(desk)
    with pytest.raises(InvalidValue, match="Say why it is refused"):
        decide(desk, pause, agreed=False, note=" ")
    decide(desk, pause, agreed=False, note="The post can be covered.")
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert (pause.outcome, pause.decision_note) == (Decision.REFUSED, "The post can be covered.")
    ask(desk)  # and another may be asked for


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True), (90, True), (91, False)])
def test_a_pause_is_looked_at_again_within_ninety_days(desk: Desk, days: int, fits: bool) -> None:
    if fits:
        assert ask(desk, TODAY + timedelta(days=days))
        return
    with pytest.raises(InvalidValue, match="no later than 21 February 2027"):
        ask(desk, TODAY + timedelta(days=days))


@pytest.mark.parametrize("missing", ["reason", "safeguard"])
def test_a_pause_says_why_and_what_protects_people(desk: Desk, missing: str) -> None:
    with pytest.raises(InvalidValue, match=r"^Say "):
        ask(desk, **{missing: " "})


def test_only_the_owner_asks_and_only_another_decides(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        ask(desk, by=desk.lead)
    pause = ask(desk)
    for who in (desk.owner, desk.member):
        with pytest.raises(NotAllowed):
            decide(desk, pause, who)
    decide(desk, pause, desk.other_lead)


def test_one_request_waits_at_a_time_and_is_decided_once(desk: Desk) -> None:
    pause = ask(desk)
    with pytest.raises(MoveNotAllowed, match="already waiting"):
        ask(desk)
    decide(desk, pause)
    with pytest.raises(MoveNotAllowed, match="decided already"):
        decide(desk, pause, desk.other_lead)


def test_a_pause_whose_day_has_passed_is_not_agreed_any_more(desk: Desk) -> None:
    pause = make_pause(desk.session, desk.action, agreed=False, review_date=TODAY)
    with pytest.raises(MoveNotAllowed, match="has passed"):
        decide(desk, pause)


def test_the_owner_goes_on_at_any_time(desk: Desk) -> None:
    pause = ask(desk)
    decide(desk, pause)
    pausing.resume(desk.session, desk.action, by=desk.owner, now=NOW)
    assert (desk.action.delivery, pause.ended_at) == (Delivery.IN_PROGRESS, NOW)
    assert decisions.standing_pause(desk.session, desk.action) is None


def test_on_its_review_date_the_work_goes_on_by_itself(desk: Desk) -> None:
    pause = make_pause(desk.session, desk.action, review_date=TODAY + timedelta(days=1))
    assert decisions.pauses_to_review(desk.session, TODAY) == []
    assert not pausing.review(desk.session, pause, now=NOW)
    assert desk.action.delivery is Delivery.PAUSED
    assert decisions.pauses_to_review(desk.session, TODAY + timedelta(days=1)) == [pause]
    assert pausing.review(desk.session, pause, now=NOW + timedelta(days=1))
    assert desk.action.delivery is Delivery.IN_PROGRESS
    last = desk.last()
    assert (last.person_name, last.sentence) == ("The service", "ended the pause: its review date has come")
    assert not pausing.review(desk.session, pause, now=NOW + timedelta(days=2))  # another was quicker


def test_a_paused_action_cannot_be_claimed_before_it_goes_on(desk: Desk) -> None:
    make_pause(desk.session, desk.action)
    with pytest.raises(MoveNotAllowed, match="Paused"):
        desk.claim()


def test_closing_a_paused_action_ends_its_pause(desk: Desk, session: Session) -> None:
    pause = make_pause(desk.session, desk.action)
    services.close(
        session, desk.action, code=CloseReason.NO_LONGER_APPLIES, reason="The law changed.", by=desk.director, now=NOW
    )
    assert pause.ended_at == NOW
