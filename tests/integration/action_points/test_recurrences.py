"""What a person decides about a suggestion, and what confirming the report then makes of it."""

import time
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_person, make_point, make_report, make_statement
from tracker import audit
from tracker.action_points import recurrences, services
from tracker.actions import confirming
from tracker.errors import InvalidValue, MoveNotAllowed, NotFound
from tracker.models import Action, ActionPoint, Council, Person, Report, SeriesLink, work_for
from tracker.reports.series import suggest_for
from tracker.terms import Delivery, LinkDecision, LinkKind, Origin, PointDecision, ReportStatus, Role

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
WORDS = "Initial health assessments of looked after children should be on time."
SAME, AGAIN = LinkKind.REPEATED, LinkKind.TOLD_AGAIN


class Case:
    """A review whose action is there, and a letter that repeats it."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.council: Council = make_council(session)
        work_for(session, self.council.id)
        review = make_report(session, self.council, code="WES-2006", published=date(2006, 6, 30))
        point = make_point(session, review, words=WORDS)
        self.action: Action = make_action(
            session, self.council, report=review, action_point_id=point.id, reference="WES-2006-01",
            due=date(2006, 12, 30), delivery=Delivery.CHECKED, base_date=date(2006, 6, 30),
        )  # fmt: skip
        self.letter: Report = make_report(
            session, self.council, code="WES-2008", published=date(2008, 1, 10), status=ReportStatus.BEING_CHECKED
        )
        self.lead: Person = make_person(session, self.council, Role.LEAD)
        proposed = PointDecision.PROPOSED
        self.point: ActionPoint = make_point(
            session, self.letter, words=WORDS, title="Assess on time", origin=Origin.JOINT_AREA_REVIEW, position=1.0,
            decision=proposed, owner_id=None, lead_id=None,
        )  # fmt: skip
        self.own: ActionPoint = make_point(
            session, self.letter, words="Repair the roof.", position=2.0, owner_id=self.action.owner_id,
            lead_id=self.lead.id,
        )  # fmt: skip
        suggest_for(session, self.letter)

    @property
    def link(self) -> SeriesLink:
        return recurrences.links_of(self.session, self.letter, self.point)[0]

    def decide(self, kind: LinkKind) -> None:
        recurrences.confirm(self.session, self.link, kind, by=self.lead, now=NOW)

    def confirm_report(self) -> list[Action]:
        return confirming.confirm(self.session, self.letter, self.council, by=self.lead, now=NOW)


@pytest.fixture
def case(session: Session) -> Case:
    return Case(session)


def test_a_point_that_is_the_same_is_kept_with_the_owner_and_lead_of_the_action_that_is_there(case: Case) -> None:
    case.decide(SAME)
    assert case.point.decision is PointDecision.KEPT
    assert (case.point.owner_id, case.point.lead_id) == (case.action.owner_id, case.action.lead_id)
    assert recurrences.tracked_elsewhere(case.session, case.letter) == {case.point.id: case.action}


def test_confirming_makes_no_second_action_of_what_is_tracked_already(case: Case) -> None:
    case.decide(SAME)
    due = (case.action.base_date, case.action.original_due_date, case.action.current_due_date)
    made = case.confirm_report()
    assert [action.action_point_id for action in made] == [case.own.id]
    assert [action.reference for action in made] == ["WES-2008-01"]
    assert (case.action.base_date, case.action.original_due_date, case.action.current_due_date) == due
    sentences = [entry.sentence for entry in audit.history_of(case.session, ("action", case.action.id))]
    assert sentences == [f"confirmed that {case.letter.title} repeats it"]


def test_what_is_only_told_again_is_tracked_by_an_action_of_its_own(case: Case) -> None:
    case.decide(AGAIN)
    services.keep(case.session, case.point, by=case.lead, now=NOW)
    services.assign(case.session, [case.point], owner=case.action.owner, lead=case.lead, by=case.lead, now=NOW)
    assert len(case.confirm_report()) == 2


def test_a_suggestion_that_nobody_decided_on_links_nothing(case: Case) -> None:
    services.keep(case.session, case.point, by=case.lead, now=NOW)
    assert confirming.faults(case.session, case.letter, case.council) == [
        "1 kept point has no owner yet.",
        "1 kept point has no lead yet.",
    ]


def test_a_linked_point_needs_no_owner_of_its_own(case: Case) -> None:
    case.decide(SAME)
    case.point.owner_id = case.point.lead_id = None
    assert confirming.faults(case.session, case.letter, case.council) == []


def test_a_linked_point_that_is_put_back_waits_for_a_decision_again(case: Case) -> None:
    case.decide(SAME)
    services.put_back(case.session, case.point, by=case.lead, now=NOW)
    assert "1 point has not been checked yet: keep or leave out each." in confirming.faults(
        case.session, case.letter, case.council
    )


def test_a_refused_suggestion_is_not_made_again(case: Case) -> None:
    recurrences.refuse(case.session, case.link, by=case.lead, now=NOW)
    recurrences.refuse(case.session, case.link, by=case.lead, now=NOW)
    suggest_for(case.session, case.letter)
    assert [link.decision for link in case.session.scalars(select(SeriesLink))] == [LinkDecision.REFUSED]
    sentences = [entry.sentence for entry in audit.history_of(case.session, ("report", case.letter.id))]
    assert sentences == ["said that “Assess on time” is not about WES-2006-01"]


def test_a_decision_can_be_changed_while_the_report_is_checked(case: Case) -> None:
    case.decide(SAME)
    case.decide(AGAIN)
    case.decide(AGAIN)
    assert recurrences.tracked_elsewhere(case.session, case.letter) == {}
    recurrences.refuse(case.session, case.link, by=case.lead, now=NOW)
    assert case.link.decision is LinkDecision.REFUSED


def test_once_the_report_is_confirmed_what_tracks_it_stays(case: Case) -> None:
    case.decide(SAME)
    case.confirm_report()
    with pytest.raises(MoveNotAllowed, match="has been confirmed"):
        case.decide(AGAIN)
    with pytest.raises(MoveNotAllowed, match="has been confirmed"):
        recurrences.refuse(case.session, case.link, by=case.lead, now=NOW)


def test_once_the_report_is_confirmed_it_may_be_said_to_tell_again_but_not_to_be_the_same(case: Case) -> None:
    services.keep(case.session, case.point, by=case.lead, now=NOW)
    services.assign(case.session, [case.point], owner=case.action.owner, lead=case.lead, by=case.lead, now=NOW)
    assert len(case.confirm_report()) == 2
    with pytest.raises(MoveNotAllowed, match="Another action has taken its place"):
        case.decide(SAME)
    case.decide(AGAIN)
    assert case.link.kind is AGAIN


def test_a_point_is_linked_to_one_action_only(case: Case, session: Session) -> None:
    other = make_point(session, case.action.report, words=WORDS)
    make_action(session, case.council, report=case.action.report, action_point_id=other.id)
    suggest_for(session, case.letter)
    first, second = recurrences.links_of(session, case.letter, case.point)
    recurrences.confirm(session, first, SAME, by=case.lead, now=NOW)
    with pytest.raises(MoveNotAllowed, match="already"):
        recurrences.confirm(session, second, SAME, by=case.lead, now=NOW)


def test_a_statement_judges_and_nothing_else(case: Case, session: Session) -> None:
    make_statement(session, case.letter, quote="Health assessments of looked after children are now on time.")
    suggest_for(session, case.letter)
    [judged] = [link for link in recurrences.links_of(session, case.letter) if link.statement]
    with pytest.raises(InvalidValue):
        recurrences.confirm(session, judged, SAME, by=case.lead, now=NOW)
    recurrences.confirm(session, judged, LinkKind.JUDGED, by=case.lead, now=NOW)
    assert judged.decision is LinkDecision.CONFIRMED


def test_a_link_of_another_report_is_not_there(case: Case) -> None:
    with pytest.raises(NotFound):
        recurrences.link(case.session, case.action.report, case.link.id)
    assert recurrences.link(case.session, case.letter, case.link.id) is case.link


def test_what_was_told_before_is_read_in_no_time_however_much_was(case: Case, session: Session) -> None:
    report, council = case.action.report, case.council.id
    table, actions, links = ActionPoint.__table__, Action.__table__, SeriesLink.__table__
    numbers = range(10_000, 13_000)

    def like(row: ActionPoint | Action, **values: object) -> dict[str, object]:
        return {column.key: getattr(row, column.key) for column in row.__table__.columns} | values

    session.execute(insert(table), [like(case.action.point, id=at) for at in numbers])
    session.execute(
        insert(actions), [like(case.action, id=at, action_point_id=at, reference=f"X-{at}") for at in numbers]
    )
    session.execute(
        insert(links),
        [
            {"council_id": council, "report_id": report.id, "point_id": case.action.action_point_id, "earlier_id": at,
             "kind": LinkKind.TOLD_AGAIN, "decision": LinkDecision.PROPOSED, "score": 0.5}
            for at in numbers
        ],
    )  # fmt: skip
    session.expire_all()
    begun = time.process_time()
    found = recurrences.links_of(session, case.letter, case.point)
    told = recurrences.actions_of(session, found)
    assert time.process_time() - begun < 0.25  # 10 to 20 ms on a quiet machine
    assert list(told.values()) == [case.action]
