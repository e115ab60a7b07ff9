"""What a queue offers is what the table of moves allows: nobody is offered a decision on their own work."""

import pytest

from tests.factories import make_claim, make_extension, make_holding_check, make_pause
from tests.integration.actions.made import NOW, Desk
from tracker.actions import decisions, queue
from tracker.models import Person
from tracker.terms import Decision, Delivery

OWN = "nobody decides on their own work"


def why_not(desk: Desk, kind: str, person: Person) -> str:
    """What stands in the place of the button on this person's card."""
    if kind == "claim":
        desk.action.delivery = Delivery.AWAITING_CHECK
        (card,) = queue.claims(person, [make_claim(desk.session, desk.action)])
    elif kind == "extension":
        (card,) = queue.extensions(person, [make_extension(desk.session, desk.action, agreed=False)])
    elif kind == "pause":
        (card,) = queue.pauses(person, [make_pause(desk.session, desk.action, agreed=False)])
    elif kind == "check":
        desk.action.delivery = Delivery.CHECKED
        checks = [make_holding_check(desk.session, desk.action)]
        (card,) = queue.checks(person, checks, decisions.upheld_by(desk.session, checks))
    else:
        (card,) = queue.dates(person, [desk.action])
    assert card.action is desk.action
    return card.why_not


@pytest.mark.parametrize("kind", ["claim", "extension", "pause", "check", "date"])
def test_a_lead_is_offered_what_is_not_theirs_and_told_why_they_are_not_offered_what_is(desk: Desk, kind: str) -> None:
    assert why_not(desk, kind, desk.lead) == ""
    desk.session.rollback()
    desk.action.owner = desk.other_lead
    desk.session.flush()
    assert OWN in why_not(desk, kind, desk.other_lead)


def test_whoever_claimed_it_is_not_offered_to_look_again_after_it_was_handed_over(desk: Desk) -> None:
    desk.action.delivery = Delivery.CHECKED
    upheld = make_claim(
        desk.session, desk.action, claimed_by_id=desk.lead.id, checked_by_id=desk.other_lead.id, checked_at=NOW,
        outcome=Decision.AGREED,
    )  # fmt: skip
    checks = [make_holding_check(desk.session, desk.action, claim_id=upheld.id)]
    claims = decisions.upheld_by(desk.session, checks)
    assert OWN in queue.checks(desk.lead, checks, claims)[0].why_not
    assert queue.checks(desk.other_lead, checks, claims)[0].why_not == ""


def test_a_pause_of_what_has_been_claimed_meanwhile_can_still_be_refused(desk: Desk) -> None:
    desk.action.delivery = Delivery.AWAITING_CHECK
    assert why_not(desk, "pause", desk.lead) == ""
