"""The council's response: anything but accepted has a reason, and not accepted closes it (DESIGN section 4)."""

import pytest

from tests.integration.actions.made import NOW, Desk
from tracker.actions.responding import respond
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Person
from tracker.terms import CloseReason, Delivery, Response


def say(desk: Desk, response: Response, reason: str = "", by: Person | None = None) -> None:
    respond(desk.session, desk.action, response=response, reason=reason, by=by or desk.lead, now=NOW)


def test_partly_accepted_says_why_and_leaves_the_work_going(desk: Desk) -> None:
    with pytest.raises(InvalidValue, match="Say why it is partly accepted"):
        say(desk, Response.PARTLY_ACCEPTED, " ")
    say(desk, Response.PARTLY_ACCEPTED, " The second half is law already. ")
    assert (desk.action.response, desk.action.response_reason) == (
        Response.PARTLY_ACCEPTED,
        "The second half is law already.",
    )
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert desk.last().after == {"response": "partly_accepted", "response_reason": desk.action.response_reason}


def test_not_accepted_closes_it_and_a_director_decides_that(desk: Desk) -> None:
    with pytest.raises(NotAllowed, match="A director can"):
        say(desk, Response.NOT_ACCEPTED, "It is another body's duty.")
    desk.session.rollback()
    say(desk, Response.NOT_ACCEPTED, "It is another body's duty.", by=desk.director)
    assert desk.action.delivery is Delivery.CLOSED_NOT_COMPLETED
    assert desk.action.close_reason is CloseReason.NOT_ACCEPTED
    assert [kind for kind, _ in desk.history()] == ["action:responded", "action:close"]


def test_the_same_response_again_is_no_response(desk: Desk) -> None:
    with pytest.raises(InvalidValue, match="Choose another"):
        say(desk, Response.ACCEPTED)


def test_only_leads_respond_and_only_to_what_is_open(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        say(desk, Response.AWAITING, by=desk.owner)
    desk.action.delivery = Delivery.CHECKED
    with pytest.raises(MoveNotAllowed):
        say(desk, Response.AWAITING)
