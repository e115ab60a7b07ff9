"""The reads of the next assessment, on a real database."""

from datetime import date

from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_judgement, make_point, make_report, make_statement
from tracker.assessments.queries import confirmed_reports, judgements_over_time, progress_of
from tracker.models import work_for
from tracker.terms import Delivery, Origin, PointDecision, ReportStatus, Timeliness

TODAY = date(2026, 11, 23)
REVIEW = Origin.JOINT_AREA_REVIEW


def test_only_kept_follow_ups_are_listed_in_the_order_of_the_report(session: Session) -> None:
    council = make_council(session)
    report = make_report(session, council)
    second = make_point(session, report, origin=REVIEW, position=2.0, read_position=1)
    first = make_point(session, report, origin=REVIEW, position=1.0, read_position=0)
    make_point(session, report, origin=Origin.THIS_REPORT)
    for decision in (PointDecision.LEFT_OUT, PointDecision.REPLACED):
        make_point(session, report, origin=REVIEW, decision=decision, left_out_reason="Asked before.")
    found = progress_of(session, report, today=TODAY)
    assert [one.asked.words for one in found.followed] == [first.words, second.words]


def test_our_action_and_their_statements_stand_beside_a_follow_up(session: Session) -> None:
    council = make_council(session)
    report = make_report(session, council)
    point = make_point(session, report, origin=REVIEW, read_position=3)
    action = make_action(
        session, council, report=report, action_point_id=point.id, due=date(2026, 9, 1), delivery=Delivery.PAUSED
    )
    make_statement(session, report, 2, 3, quote="Of this.")
    make_statement(session, report, 4, quote="Of another.")
    make_statement(session, make_report(session, council), 3, quote="Of another report.")
    [one] = progress_of(session, report, today=TODAY).followed
    assert one.asked.ours is not None
    assert (one.asked.ours.reference, one.asked.ours.delivery) == (action.reference, Delivery.PAUSED)
    assert one.asked.ours.timeliness is Timeliness.LATE_31_90
    assert [statement.quote for statement in one.said] == ["Of this."]


def test_reports_to_choose_from_are_the_council_s_confirmed_ones_newest_first(session: Session) -> None:
    council = make_council(session)
    old = make_report(session, council, published=date(2008, 1, 1))
    new = make_report(session, council, published=date(2012, 1, 1))
    make_report(session, council, status=ReportStatus.BEING_CHECKED)
    make_report(session, make_council(session, "Northbrook"))
    make_point(session, old, origin=REVIEW)
    make_statement(session, new, 0)
    make_judgement(session, new, "Staying safe")
    work_for(session, council.id)
    rows = confirmed_reports(session)
    assert [(row.report.id, row.followups, row.statements, row.judgements) for row in rows] == [
        (new.id, 0, 1, 1),
        (old.id, 1, 0, 0),
    ]


def test_judgements_of_unconfirmed_reports_and_other_councils_are_left_out(session: Session) -> None:
    council = make_council(session)
    ours = make_report(session, council, published=None, inspection_end=date(2012, 6, 1))
    for report in (
        ours,
        make_report(session, council, status=ReportStatus.BEING_CHECKED),
        make_report(session, make_council(session, "Northbrook")),
    ):
        make_judgement(session, report, "Staying safe")
    work_for(session, council.id)
    found = judgements_over_time(session)
    assert [report.report_id for report in found.reports] == [ours.id]
    assert found.reports[0].heading == "Jun 2012"
    assert len(found.rows) == 1
