"""The reads of the next assessment, on a real database."""

from datetime import date

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import (
    make_action,
    make_council,
    make_judgement,
    make_link,
    make_person,
    make_point,
    make_report,
    make_statement,
)
from tracker.assessments.queries import compare_reports, confirmed_reports, judgements_over_time, progress_of
from tracker.models import Council, Report, work_for
from tracker.terms import Delivery, LinkDecision, LinkKind, Origin, PointDecision, ReportStatus, Role, Timeliness

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


def pair(session: Session, council: Council, count: int) -> tuple[Report, Report]:
    """An earlier report with actions, and a later one that tells each again."""
    earlier = make_report(session, council, published=date(2012, 7, 10))
    later = make_report(session, council, published=date(2018, 1, 18))
    lead = make_person(session, council, Role.LEAD)
    for _ in range(count):
        point = make_point(session, earlier)
        action = make_action(session, council, report=earlier, action_point_id=point.id)
        make_link(session, later, action, point=make_point(session, later), by=lead)
    session.commit()
    return earlier, later


def test_two_reports_are_compared_by_a_fixed_number_of_statements(session: Session, engine: Engine) -> None:
    council = make_council(session)
    few, many = pair(session, council, 2), pair(session, council, 12)
    work_for(session, council.id)
    asked: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda _c, _k, statement, *_: asked.append(statement))
    counts = []
    for earlier, later in (few, many):
        session.expire_all()
        _ = earlier.inspection_end, later.inspection_end
        asked.clear()
        compare_reports(session, earlier, later, today=TODAY)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_only_what_was_confirmed_is_said_and_what_was_refused_is_gone(session: Session) -> None:
    council = make_council(session)
    work_for(session, council.id)
    earlier, later = (make_report(session, council, published=date(year, 1, 1)) for year in (2012, 2018))
    lead = make_person(session, council, Role.LEAD)
    actions = [
        make_action(session, council, report=earlier, action_point_id=make_point(session, earlier).id) for _ in range(3)
    ]
    said, perhaps, refused = actions
    statement = make_statement(session, later, quote="It is done.")
    make_link(session, later, said, statement=statement, by=lead)
    make_link(session, later, perhaps, point=make_point(session, later))
    make_link(session, later, refused, point=make_point(session, later), by=lead, decision=LinkDecision.REFUSED)
    found = {row.asked.ours.reference: row for row in compare_reports(session, earlier, later, today=TODAY).rows
             if row.asked.ours}  # fmt: skip
    assert [one.quote for one in found[said.reference].said] == ["It is done."]
    assert (found[perhaps.reference].suggested, found[perhaps.reference].mentioned) == (1, False)
    assert (found[refused.reference].suggested, found[refused.reference].mentioned) == (0, False)


def test_a_repeated_recommendation_stands_with_the_action_of_the_first(session: Session) -> None:
    """Three reports: what the second repeats of the first is ours of the second, and what the third says of it, too."""
    council = make_council(session)
    work_for(session, council.id)
    first, second, third = (make_report(session, council, published=date(year, 1, 1)) for year in (2006, 2008, 2012))
    lead = make_person(session, council, Role.LEAD)
    action = make_action(session, council, report=first, action_point_id=make_point(session, first).id)
    again = make_point(session, second)
    make_link(session, second, action, point=again, by=lead, kind=LinkKind.REPEATED)
    make_link(session, third, action, point=make_point(session, third, words="Still late."), by=lead)
    [row] = compare_reports(session, second, third, today=TODAY).rows
    assert row.asked.ours is not None
    assert row.asked.ours.reference == action.reference
    assert [one.words for one in row.again] == ["Still late."]
