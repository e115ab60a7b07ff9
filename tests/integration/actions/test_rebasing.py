"""After confirming, another base date is an extension of each action it makes later (DESIGN section 3, rules 1, 4)."""

from datetime import date

import pytest

from tests.factories import make_action
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import rebasing
from tracker.errors import InvalidValue, NotAllowed
from tracker.models import Extension
from tracker.terms import Decision, Delivery, TimeLimitKind

LATER_BASE = date(2026, 10, 10)  # in place of 1 June: three months from it are 10 January 2027


def ask(desk: Desk, base: date = LATER_BASE, reason: str = "The report came late.") -> list[Extension]:
    return rebasing.ask_for_another_base(
        desk.session, desk.action.report, desk.council, base=base, reason=reason, safeguard="A weekly look.",
        by=desk.lead, now=NOW,
    )  # fmt: skip


def test_every_open_action_it_makes_later_is_asked_for_and_no_date_moves(desk: Desk) -> None:
    report, owner, lead = desk.action.report, desk.owner, desk.lead
    done = make_action(desk.session, desk.council, report=report, owner=owner, lead=lead, delivery=Delivery.CHECKED)
    printed = make_action(desk.session, desk.council, report=report, owner=owner, lead=lead)
    printed.point.limit_kind, printed.point.limit_date = TimeLimitKind.BY_DATE, date(2026, 12, 1)
    desk.session.flush()
    (asked,) = ask(desk)
    assert (asked.action, asked.to_date, asked.outcome) == (desk.action, date(2027, 1, 10), Decision.WAITING)
    assert asked.reason == "Counted from 10 October 2026: The report came late."
    assert desk.action.current_due_date == desk.action.original_due_date == date(2026, 12, 1)
    assert done.current_due_date == done.original_due_date
    assert rebasing.waiting_of(desk.session, report) == [asked]


def test_a_day_that_makes_nothing_later_is_refused(desk: Desk) -> None:
    for base in (date(2026, 6, 1), date(2026, 8, 1)):  # three months from it are not after the date that stands
        with pytest.raises(InvalidValue, match="No open action"):
            ask(desk, base)
    with pytest.raises(InvalidValue, match="Say why"):
        ask(desk, reason=" ")
    assert rebasing.later_dates(desk.session, desk.action.report, desk.council, date(2026, 8, 1), TODAY) == []


def test_what_waits_already_is_not_asked_for_twice(desk: Desk) -> None:
    ask(desk)
    with pytest.raises(InvalidValue, match="No open action"):
        ask(desk)


def test_another_lead_decides_all_of_them_and_who_asked_does_not(desk: Desk) -> None:
    asked = ask(desk)
    with pytest.raises(NotAllowed):
        rebasing.decide_all(desk.session, asked, agreed=True, note="", by=desk.lead, now=NOW)
    rebasing.decide_all(desk.session, asked, agreed=True, note="", by=desk.other_lead, now=NOW)
    assert (desk.action.original_due_date, desk.action.current_due_date) == (date(2026, 12, 1), date(2027, 1, 10))
    assert [kind for kind, _ in desk.history()][-1] == "action:extension_agreed"
