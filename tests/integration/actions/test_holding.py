"""Done, checked, holding: somebody looks again three and six months later (DESIGN section 4)."""

from datetime import date, timedelta

import pytest

from tests.factories import make_holding_check
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import decisions, holding, services
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import HoldingCheck, Person
from tracker.terms import Delivery, HoldingOutcome

STILL, NO_LONGER = HoldingOutcome.HOLDING, HoldingOutcome.NOT_HOLDING


def checked(desk: Desk) -> list[HoldingCheck]:
    services.accept(desk.session, desk.claim(), finding="Ten cases read.", by=desk.lead, now=NOW)
    desk.session.flush()
    return decisions.holding_checks_of(desk.session, desk.action)


def look(desk: Desk, check: HoldingCheck, outcome: HoldingOutcome = STILL, by: Person | None = None) -> None:
    finding, now = "Five files read; all five show it.", NOW + (check.due_date - TODAY)
    holding.look_again(desk.session, check, outcome=outcome, finding=finding, by=by or desk.lead, now=now)


def test_what_is_checked_is_looked_at_again_after_three_and_six_months(desk: Desk) -> None:
    found = [(check.months, check.due_date, check.outcome) for check in checked(desk)]
    waiting = HoldingOutcome.WAITING
    assert found == [(3, date(2027, 2, 23), waiting), (6, date(2027, 5, 23), waiting)]
    assert decisions.holding_checks_due(desk.session, date(2027, 2, 22)) == []
    assert [check.months for check in decisions.holding_checks_due(desk.session, date(2027, 2, 23))] == [3]


def test_still_so_is_holding_both_times(desk: Desk) -> None:
    first, second = checked(desk)
    look(desk, first)
    assert (desk.action.delivery, first.outcome) == (Delivery.HOLDING, STILL)
    assert desk.last().sentence == "looked again after 3 months: still so"
    look(desk, second, by=desk.other_lead)
    assert desk.action.delivery is Delivery.HOLDING
    assert (second.checked_by_id, second.finding) == (desk.other_lead.id, "Five files read; all five show it.")


def test_no_longer_so_opens_it_again_with_its_first_date(desk: Desk) -> None:
    due = desk.action.original_due_date
    first, second = checked(desk)
    look(desk, first, NO_LONGER)
    assert desk.action.delivery is Delivery.IN_PROGRESS
    assert (desk.action.original_due_date, desk.action.closed_at, desk.action.claimed_on) == (due, None, None)
    assert (first.outcome, second.outcome) == (NO_LONGER, HoldingOutcome.NOT_NEEDED)
    outcomes = sorted(check.outcome.label for check in checked(desk))  # done again, it is looked at again
    assert outcomes == ["No longer so", "Not needed any more", "To be looked at again", "To be looked at again"]


def test_opening_again_ends_what_was_to_be_looked_at(desk: Desk) -> None:
    checked(desk)
    services.reopen(desk.session, desk.action, reason="It has come back.", by=desk.lead, now=NOW)
    outcomes = {check.outcome for check in decisions.holding_checks_of(desk.session, desk.action)}
    assert outcomes == {HoldingOutcome.NOT_NEEDED}


def test_the_owner_does_not_look_again_nor_does_who_claimed_it(desk: Desk) -> None:
    first, _ = checked(desk)
    with pytest.raises(NotAllowed):
        look(desk, first, by=desk.owner)
    desk.action.owner_id = desk.other_lead.id
    desk.session.flush()
    with pytest.raises(NotAllowed):
        look(desk, first, by=desk.other_lead)
    with pytest.raises(NotAllowed):
        look(desk, first, by=desk.member)


def test_an_appointed_checker_who_is_no_lead_may_look_and_check(desk: Desk) -> None:
    desk.action.checker_id = desk.member.id
    desk.session.flush()
    services.accept(desk.session, desk.claim(), finding="Seen.", by=desk.member, now=NOW)
    desk.session.flush()
    look(desk, decisions.holding_checks_of(desk.session, desk.action)[0], by=desk.member)
    assert desk.action.delivery is Delivery.HOLDING


def test_it_is_looked_at_once_not_too_early_and_with_what_was_found(desk: Desk) -> None:
    first, _ = checked(desk)
    early = NOW + (first.due_date - TODAY) - timedelta(days=holding.EARLY_DAYS + 1)
    with pytest.raises(MoveNotAllowed, match="too early"):
        holding.look_again(desk.session, first, outcome=STILL, finding="Seen.", by=desk.lead, now=early)
    with pytest.raises(InvalidValue, match="sample or measure"):
        holding.look_again(desk.session, first, outcome=STILL, finding=" ", by=desk.lead, now=early + timedelta(days=1))
    with pytest.raises(InvalidValue, match="Choose whether"):
        look(desk, first, HoldingOutcome.WAITING)
    look(desk, first)
    with pytest.raises(MoveNotAllowed, match="already"):
        look(desk, first)


def test_what_is_due_is_listed_the_longest_due_first(desk: Desk) -> None:
    desk.action.delivery = Delivery.CHECKED
    later = make_holding_check(desk.session, desk.action, months=6, due_date=TODAY)
    sooner = make_holding_check(desk.session, desk.action, claim_id=later.claim_id, due_date=TODAY - timedelta(days=90))
    assert decisions.holding_checks_due(desk.session, TODAY) == [sooner, later]
