"""What is suggested of a series of reports, on a real database."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import LONG_AGO, make_action, make_council, make_person, make_point, make_report, make_statement
from tracker.models import Action, ActionPoint, Council, Report, SeriesLink, work_for
from tracker.reports.series import day_of, in_series, suggest_after, suggest_for
from tracker.terms import LinkDecision, LinkKind, Origin, PointDecision, ReportStatus

WORDS = "Initial health assessments of looked after children should be on time."
AGAIN = "Health assessments for children in care are still late."


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    work_for(session, made.id)
    return made


def earlier(session: Session, council: Council, day: date = date(2012, 7, 10), words: str = WORDS) -> Action:
    report = make_report(session, council, published=day)
    point = make_point(session, report, words=words)
    return make_action(session, council, report=report, action_point_id=point.id)


def later(session: Session, council: Council, day: date = date(2018, 1, 18)) -> Report:
    return make_report(session, council, published=day, status=ReportStatus.BEING_CHECKED)


def links(session: Session) -> list[SeriesLink]:
    return list(session.scalars(select(SeriesLink).order_by(SeriesLink.id)))


def test_a_point_is_suggested_to_tell_an_earlier_one_again(session: Session, council: Council) -> None:
    action, report = earlier(session, council), later(session, council)
    point = make_point(session, report, words=AGAIN, decision=PointDecision.PROPOSED)
    make_point(session, report, words="Repair the roof of the library.", decision=PointDecision.PROPOSED)
    assert suggest_for(session, report) == 1
    [link] = links(session)
    assert (link.point_id, link.earlier_id) == (point.id, action.action_point_id)
    assert (link.kind, link.decision) == (LinkKind.TOLD_AGAIN, LinkDecision.PROPOSED)


def test_a_follow_up_in_the_same_words_is_suggested_to_be_the_same(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    make_point(session, report, words=WORDS, origin=Origin.JOINT_AREA_REVIEW)
    suggest_for(session, report)
    assert [link.kind for link in links(session)] == [LinkKind.REPEATED]


def test_a_statement_about_nothing_that_the_report_lists_reaches_back_by_its_words(
    session: Session, council: Council
) -> None:
    action, report = earlier(session, council), later(session, council)
    said = make_statement(session, report, quote="Good progress was made on health assessments of children in care.")
    make_statement(session, report, 0, quote="Health assessments of children in care are done.")
    suggest_for(session, report)
    [link] = links(session)
    assert (link.statement_id, link.earlier_id, link.kind) == (said.id, action.action_point_id, LinkKind.JUDGED)


@pytest.mark.parametrize("how", ["later", "not confirmed", "left out", "another council"])
def test_only_what_was_tracked_of_an_earlier_report_of_this_council_is_told_before(
    session: Session, council: Council, how: str
) -> None:
    if how == "later":
        earlier(session, council, date(2019, 1, 1))
    elif how == "not confirmed":
        earlier(session, council).report.status = ReportStatus.BEING_CHECKED
    elif how == "left out":
        make_point(session, make_report(session, council, published=date(2012, 1, 1)), words=WORDS)
    else:
        other = make_council(session, "Northbrook")
        work_for(session, other.id)
        earlier(session, other)
        session.flush()
        work_for(session, council.id)
    report = later(session, council)
    make_point(session, report, words=AGAIN)
    assert suggest_for(session, report) == 0


def test_what_was_decided_stays_and_is_not_suggested_again(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    make_point(session, report, words=AGAIN)
    suggest_for(session, report)
    [link] = links(session)
    link.decision, link.decided_by_id = LinkDecision.REFUSED, make_person(session, council).id
    session.flush()
    assert suggest_for(session, report) == 0
    assert [one.id for one in links(session)] == [link.id]


def test_suggestions_of_one_point_are_made_anew_alone(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    one, other = (make_point(session, report, words=AGAIN) for _ in range(2))
    suggest_for(session, report)
    before = {link.point_id: link.id for link in links(session)}
    one.words = "Repair the roof of the library."
    suggest_for(session, report, [one])
    assert {link.point_id: link.id for link in links(session)} == {other.id: before[other.id]}


def test_replaced_points_are_not_compared(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    make_point(session, report, words=AGAIN, decision=PointDecision.REPLACED)
    assert suggest_for(session, report) == 0


def test_reports_that_stand_after_a_new_one_are_compared_with_it(session: Session, council: Council) -> None:
    report = later(session, council)
    make_point(session, report, words=AGAIN)
    make_point(session, later(session, council, date(2008, 1, 1)), words=AGAIN)
    assert suggest_for(session, report) == 0
    added = earlier(session, council)
    suggest_after(session, added.report)
    assert [link.report_id for link in links(session)] == [report.id]


def test_a_report_stands_by_the_day_printed_on_it_else_its_inspection_else_when_it_was_added(
    session: Session, council: Council
) -> None:
    printed = make_report(session, council, published=date(2012, 1, 1), inspection_end=date(2010, 1, 1))
    inspected = make_report(session, council, published=None, inspection_end=date(2011, 1, 1))
    added = make_report(session, council, published=None, inspection_end=None)
    assert day_of(added) == LONG_AGO.date()
    assert in_series(session) == [inspected, printed, added]


def test_no_more_statements_for_more_points(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    points = [make_point(session, report, words=f"{AGAIN} {number}") for number in range(40)]
    assert suggest_for(session, report) == 40
    assert {link.point_id for link in links(session)} == {point.id for point in points}
    assert session.scalars(select(ActionPoint)).all()


def test_a_suggestion_made_anew_never_takes_the_number_of_another(session: Session, council: Council) -> None:
    earlier(session, council)
    report = later(session, council)
    make_point(session, report, words=AGAIN)
    suggest_for(session, report)
    [before] = [link.id for link in links(session)]
    suggest_for(session, report)
    assert [link.id for link in links(session)] != [before]
