"""Reads of actions agree with the rules, and are always in one order."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_claim, make_council, make_person, make_report, make_update
from tracker.actions import decisions, plans, queries
from tracker.actions.timeliness import ages, timeliness
from tracker.errors import NotFound
from tracker.models import Action, Council
from tracker.terms import LATE, Decision, Delivery, ReportStatus, Role

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
BOUNDARIES = (-15, -14, -1, 0, 1, 30, 31, 90, 91, 180, 181)


@pytest.fixture
def council(session: Session) -> Council:
    return make_council(session)


def everything(session: Session, council: Council) -> list[Action]:
    """One action of each delivery on both sides of every boundary of lateness."""
    owner, lead = make_person(session, council), make_person(session, council, Role.LEAD)
    report = make_report(session, council, added_by=lead)
    return [
        make_action(
            session, council, due=TODAY - timedelta(days=days), delivery=delivery, owner=owner, lead=lead, report=report
        )
        for delivery in Delivery
        for days in BOUNDARIES
    ]  # fmt: skip


def test_what_sql_calls_overdue_is_what_the_rule_calls_late(session: Session, council: Council) -> None:
    made = everything(session, council)
    by_rule = {a.id for a in made if timeliness(a.delivery, a.original_due_date, TODAY, claimed_on=None) in LATE}
    assert set(session.scalars(select(Action.id).where(queries.is_overdue(TODAY)))) == by_rule
    assert len(by_rule) == 4 * 7


def test_the_bands_as_sql_asks_for_them_count_what_the_rule_says(session: Session, council: Council) -> None:
    made = everything(session, council)
    for age in ages(TODAY):
        question = select(func.count(Action.id)).where(queries.is_open(), Action.original_due_date <= age.last)
        if age.first is not None:
            question = question.where(Action.original_due_date >= age.first)
        by_rule = [timeliness(a.delivery, a.original_due_date, TODAY, claimed_on=None) for a in made]
        assert session.scalar(question) == by_rule.count(age.band) > 0


def test_an_action_is_found_by_its_reference(session: Session, council: Council) -> None:
    made = make_action(session, council)
    assert queries.action(session, made.reference) is made
    with pytest.raises(NotFound, match="no action with this reference"):
        queries.action(session, "WES-1-01")


def test_what_a_person_owes_is_what_is_open_worst_first(session: Session, council: Council) -> None:
    owner = make_person(session, council)
    for days, delivery in ((5, Delivery.PAUSED), (-90, Delivery.AWAITING_CHECK), (-3, Delivery.CHECKED)):
        make_action(session, council, owner=owner, due=TODAY + timedelta(days=days), delivery=delivery)
    make_action(session, council)
    found = queries.owed_by(session, owner)
    assert [row.delivery for row in found] == [Delivery.AWAITING_CHECK, Delivery.PAUSED]


@pytest.mark.parametrize(("claimed", "shown"), [(TODAY - timedelta(days=1), False), (TODAY, True)])
def test_done_lately_is_what_was_checked_and_claimed_since_a_day(
    session: Session, council: Council, claimed: date, shown: bool
) -> None:
    made = make_action(session, council, delivery=Delivery.CHECKED, claimed_on=claimed)
    assert queries.done_lately(session, made.owner, TODAY) == ([made] if shown else [])


def test_reports_are_newest_first_with_how_their_plans_stand(session: Session, council: Council) -> None:
    plan = make_report(session, council, published=date(2026, 1, 1))
    undated = make_report(session, council, published=None, status=ReportStatus.BEING_CHECKED)
    newest = make_report(session, council, published=date(2026, 2, 1))
    for delivery, days in (
        (Delivery.CHECKED, -9), (Delivery.HOLDING, -9), (Delivery.CLOSED_NOT_COMPLETED, -9),
        (Delivery.IN_PROGRESS, -1), (Delivery.AWAITING_CHECK, 0),
    ):  # fmt: skip
        make_action(session, council, report=plan, delivery=delivery, due=TODAY + timedelta(days=days))
    found = plans.reports_with_progress(session, today=TODAY)
    assert [row.report for row in found] == [newest, plan, undated]
    assert [(row.actions, row.done, row.late) for row in found] == [(0, 0, 0), (5, 2, 1), (0, 0, 0)]
    assert len(queries.actions_of_report(session, plan)) == 5


def test_of_an_actions_updates_the_latest_is_told_first(session: Session, council: Council) -> None:
    made = make_action(session, council)
    first, second = (make_update(session, made, at=AT + timedelta(days=days)) for days in (0, 1))
    other = make_update(session, make_action(session, council), at=AT)
    assert queries.updates_of(session, made) == [second, first]
    assert queries.last_updates(session, [made.id, other.action_id]) == {made.id: second, other.action_id: other}


def test_claims_that_wait_are_told_oldest_first(session: Session, council: Council) -> None:
    later, sooner, decided = (make_action(session, council) for _ in range(3))
    waiting = [make_claim(session, one, at=AT + timedelta(days=days)) for one, days in ((sooner, 0), (later, 1))]
    make_claim(session, decided, at=AT, outcome=Decision.AGREED, checked_by_id=decided.lead_id)
    assert decisions.claims_waiting(session) == waiting
    assert queries.claims_of(session, sooner) == waiting[:1]
