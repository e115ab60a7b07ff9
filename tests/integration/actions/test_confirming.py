"""Confirming a report: each kept point becomes an action with its date and sum, all of them or none."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_body, make_council, make_person, make_point, make_report
from tracker import audit
from tracker.actions import confirming
from tracker.errors import AlreadyConfirmed, NotReadyToConfirm
from tracker.models import Action, ActionPoint, Contribution, Council, HistoryEntry, Person, Report
from tracker.terms import (
    BaseDateChoice,
    Delivery,
    Origin,
    PointDecision,
    ReportStatus,
    Response,
    Role,
    TimeLimitKind,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Plan:
    """A report that is being checked, and its people."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.council: Council = make_council(session)
        self.lead: Person = make_person(session, self.council, Role.LEAD)
        self.owner: Person = make_person(session, self.council)
        self.report: Report = make_report(
            session, self.council, added_by=self.lead, status=ReportStatus.BEING_CHECKED, code="WES-2026"
        )

    def point(self, **values: Any) -> ActionPoint:
        return make_point(self.session, self.report, **({"owner_id": self.owner.id, "lead_id": self.lead.id} | values))

    def confirm(self) -> list[Action]:
        made = confirming.confirm(self.session, self.report, self.council, by=self.lead, now=NOW)
        self.session.commit()
        return made

    def faults(self) -> list[str]:
        return confirming.faults(self.session, self.report, self.council)


@pytest.fixture
def plan(session: Session) -> Plan:
    return Plan(session)


def test_each_kept_point_becomes_an_action_in_the_order_of_the_report(plan: Plan) -> None:
    second = plan.point(position=2.0, title="Train staff")
    plan.point(position=3.0, decision=PointDecision.LEFT_OUT, left_out_reason="Not ours.")
    plan.point(position=2.5, decision=PointDecision.REPLACED)
    first = plan.point(position=1.0, title="Review referrals")
    made = plan.confirm()
    assert [(action.reference, action.title) for action in made] == [
        ("WES-2026-01", "Review referrals"), ("WES-2026-02", "Train staff"),
    ]  # fmt: skip
    assert [action.action_point_id for action in made] == [first.id, second.id]
    for action in made:
        assert (action.owner_id, action.lead_id) == (plan.owner.id, plan.lead.id)
        assert (action.delivery, action.response) == (Delivery.NOT_STARTED, Response.ACCEPTED)
        assert (action.created_at, action.claimed_on, action.closed_at) == (NOW, None, None)
    assert (plan.report.status, plan.report.confirmed_by_id, plan.report.confirmed_at) == (
        ReportStatus.CONFIRMED, plan.lead.id, NOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "due", "sum_", "assumed"),
    [
        ({}, date(2026, 9, 1), "1 June 2026, last day of the inspection, + 3 months = 1 September 2026", False),
        (
            {"limit_kind": TimeLimitKind.BY_DATE, "limit_date": date(2026, 10, 31)}, date(2026, 10, 31),
            "31 October 2026, printed in the report", False,
        ),
        (
            {"limit_kind": TimeLimitKind.NOT_GIVEN}, date(2027, 6, 1),
            "1 June 2026, last day of the inspection, + 12 months, assumed as no time is given = 1 June 2027", True,
        ),
        (
            {"origin": Origin.JOINT_AREA_REVIEW}, date(2026, 9, 1),
            (
                "1 June 2026, last day of the inspection, until the date of the joint area review is given, "
                "+ 3 months = 1 September 2026"
            ), True,
        ),
    ],
)  # fmt: skip
def test_an_action_carries_its_date_and_the_sum_as_they_were_counted(
    plan: Plan, values: dict[str, Any], due: date, sum_: str, assumed: bool
) -> None:
    plan.point(**values)
    (action,) = plan.confirm()
    assert (action.original_due_date, action.current_due_date) == (due, due)
    assert (action.due_sum, action.due_assumed, action.base_date) == (sum_, assumed, date(2026, 6, 1))


def test_each_body_that_is_named_by_any_of_its_names_has_one_line(plan: Plan) -> None:
    trust = make_body(plan.session, plan.council, "Westmere Hospitals", aliases=["the hospital trust"])
    police = make_body(plan.session, plan.council, "Westmere Police")
    plan.point(
        position=1.0, body_names=["The Hospital Trust", "Westmere Hospitals", "Westmere Police", "Nobody we know"]
    )
    plan.point(position=2.0)
    first, second = plan.confirm()
    assert {line.body_id for line in first.contributions} == {trust.id, police.id}
    assert second.contributions == []


def test_confirming_is_on_record_with_each_action(plan: Plan) -> None:
    plan.point()
    (action,) = plan.confirm()
    report_row, action_row = plan.session.scalars(select(HistoryEntry).order_by(HistoryEntry.sequence))
    assert (report_row.kind, report_row.sentence) == ("report:confirmed", "confirmed the report with 1 action")
    assert (action_row.kind, action_row.subject_id, action_row.note) == ("action:created", action.id, action.due_sum)
    assert action_row.after == {
        "original_due_date": "2026-09-01", "owner_id": plan.owner.id, "lead_id": plan.lead.id,
    }  # fmt: skip
    assert audit.faults(plan.session, plan.council.id) == []


def test_everything_that_stands_in_the_way_is_said_at_once(plan: Plan) -> None:
    plan.report.inspection_end = plan.report.published = None
    plan.point(owner_id=None, lead_id=None)
    plan.point(decision=PointDecision.PROPOSED)
    assert plan.faults() == [
        "1 point has not been checked yet: keep or leave out each.",
        "1 kept point has no owner yet.",
        "1 kept point has no lead yet.",
        "The report has no date to count from. Give it a base date.",
    ]
    with pytest.raises(NotReadyToConfirm) as refused:
        plan.confirm()
    assert refused.value.sentence == " ".join(plan.faults())


def test_faults_of_several_points_agree_in_number(plan: Plan) -> None:
    for _ in range(2):
        plan.point(owner_id=None, lead_id=None)
        plan.point(decision=PointDecision.PROPOSED)
    assert [fault.split(":")[0] for fault in plan.faults()] == [
        "2 points have not been checked yet", "2 kept points have no owner yet.", "2 kept points have no lead yet.",
    ]  # fmt: skip


def test_one_point_that_is_not_ready_keeps_all_of_them_back(plan: Plan) -> None:
    plan.point()
    plan.point(owner_id=None)
    plan.session.commit()
    with pytest.raises(NotReadyToConfirm):
        plan.confirm()
    plan.session.rollback()
    assert plan.session.scalar(select(func.count(Action.id))) == 0
    assert plan.session.scalar(select(func.count(Contribution.id))) == 0
    assert plan.report.status is ReportStatus.BEING_CHECKED


def test_points_that_are_left_out_need_neither_people_nor_a_date(plan: Plan) -> None:
    plan.report.inspection_end = plan.report.published = None
    plan.point(decision=PointDecision.LEFT_OUT, left_out_reason="Not ours.", owner_id=None, lead_id=None)
    assert plan.faults() == []
    assert plan.confirm() == []
    assert plan.report.status is ReportStatus.CONFIRMED
    assert plan.session.scalars(select(HistoryEntry.sentence)).all() == ["confirmed the report with 0 actions"]


def test_a_report_is_confirmed_once(plan: Plan) -> None:
    plan.point()
    plan.confirm()
    with pytest.raises(AlreadyConfirmed):
        plan.confirm()
    assert plan.session.scalar(select(func.count(Action.id))) == 1


def test_a_typed_base_date_is_what_every_action_counts_from(plan: Plan) -> None:
    plan.report.base_date_choice, plan.report.typed_base_date = BaseDateChoice.TYPED, date(2026, 8, 31)
    plan.point(limit_count=6)
    (action,) = plan.confirm()
    assert action.due_sum == "31 August 2026, date chosen for this report, + 6 months = 28 February 2027"
