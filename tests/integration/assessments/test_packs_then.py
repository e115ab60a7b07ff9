"""A pack tells what happened, and as it stood on its day: steps, bodies, endings, and what later reports say."""

from datetime import date

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from tests.factories import make_action, make_body, make_link, make_point, make_report, make_statement
from tests.integration.assessments.packs import gathered, moment
from tracker.actions import contributions, extensions, planning, services
from tracker.adapters.files import Files
from tracker.assessments.pack.contents import Pack, Tracked
from tracker.assessments.pack.pieces import Line
from tracker.assessments.pack.tables import differences_table
from tracker.models import Action, Contribution, Council, Person, Report
from tracker.terms import CloseReason, ContributionStatus, Delivery, LinkKind, Origin, ProgressJudgement


@pytest.fixture
def action(session: Session, council: Council, report: Report, lead: Person) -> Action:
    made = make_action(session, council, report=report, lead=lead, due=date(2026, 12, 1))
    made.created_at = moment(date(2026, 6, 1))
    session.flush()
    return made


def of(found: Pack, action: Action) -> Tracked:
    [tracked] = [
        one.tracked for _, one in found.recommendations if one.tracked and one.tracked.reference == action.reference
    ]
    return tracked


def test_a_claim_that_ended_with_its_action_was_checked_by_nobody(
    session: Session, council: Council, action: Action, director: Person, files: Files
) -> None:
    services.claim(session, action, note="Done it.", by=action.owner, now=moment(date(2026, 9, 20)))
    services.close(
        session, action, code=CloseReason.NO_LONGER_APPLIES, reason="Moved.", by=director, now=moment(date(2026, 10, 1))
    )
    told = [(one.what, one.words, one.by) for one in of(gathered(session, council, files), action).entries]
    assert told == [
        ("Claimed as done", "Done it.", action.owner.name),
        ("Ended without a decision", "The claim was not checked.", ""),
        ("Closed, not completed", "It no longer applies. Moved.", director.name),
    ]


def test_a_request_that_ended_with_its_action_was_refused_by_nobody(
    session: Session, council: Council, action: Action, director: Person, files: Files
) -> None:
    extensions.ask_for_more_time(
        session, action, until=date(2027, 1, 1), reason="R", safeguard="S", by=action.owner,
        now=moment(date(2026, 9, 20)),
    )  # fmt: skip
    services.close(
        session, action, code=CloseReason.NO_LONGER_APPLIES, reason="Moved.", by=director, now=moment(date(2026, 10, 1))
    )
    told = [(one.on, one.what, one.by) for one in of(gathered(session, council, files), action).entries]
    assert told == [
        (date(2026, 9, 20), "More time asked for", action.owner.name),
        (date(2026, 10, 1), "Ended without a decision", ""),
        (date(2026, 10, 1), "Closed, not completed", director.name),
    ]


def test_steps_are_those_of_the_day(
    session: Session, council: Council, action: Action, lead: Person, files: Files
) -> None:
    removed = planning.add_step(
        session, action, title="Removed", due=date(2026, 8, 20), by=lead, now=moment(date(2026, 8, 1))
    )
    undone = planning.add_step(
        session, action, title="Undone", due=date(2026, 9, 5), by=lead, now=moment(date(2026, 8, 1))
    )
    planning.mark_step(session, action, undone, done=True, by=lead, now=moment(date(2026, 8, 15)))
    planning.remove_step(session, action, removed, by=lead, now=moment(date(2026, 10, 1)))
    planning.mark_step(session, action, undone, done=False, by=lead, now=moment(date(2026, 10, 1)))
    planning.add_step(session, action, title="Added", due=date(2026, 9, 1), by=lead, now=moment(date(2026, 11, 2)))

    def told(day: date) -> list[tuple[date, str, str]]:
        entries = of(gathered(session, council, files, day), action).entries
        return [(one.on, one.what, one.words) for one in entries]

    assert told(date(2026, 9, 10)) == [
        (date(2026, 8, 15), "Step done", "Undone"),
        (date(2026, 8, 20), "Step not done by its date", "Removed"),
    ]
    assert told(date(2026, 8, 10)) == []
    assert told(date(2026, 11, 20)) == [
        (date(2026, 9, 1), "Step not done by its date", "Added"),
        (date(2026, 9, 5), "Step not done by its date", "Undone"),
    ]


def test_what_a_body_had_said_is_what_it_had_said_by_the_day(
    session: Session, council: Council, action: Action, lead: Person, files: Files
) -> None:
    line = Contribution(council_id=council.id, action_id=action.id, body_id=make_body(session, council, "Hospital").id)
    session.add(line)
    session.flush()
    begun, done = ContributionStatus.IN_PROGRESS, ContributionStatus.DONE
    for day, status, words in (
        (date(2026, 10, 1), begun, "First words."),
        (date(2026, 11, 10), begun, "Words of November."),
        (date(2026, 11, 12), done, "Done words."),
    ):
        contributions.set_contribution(session, action, line, status=status, note=words, by=lead, now=moment(day))
    told = {
        day: of(gathered(session, council, files, day), action).bodies
        for day in (date(2026, 9, 1), date(2026, 10, 10), date(2026, 11, 11), date(2026, 11, 23))
    }
    assert [one for (one,) in told.values()] == [
        Line("Hospital", "No reply yet", ""),
        Line("Hospital", "In progress", "First words."),
        Line("Hospital", "In progress", "Words of November."),
        Line("Hospital", "Done", "Done words."),
    ]


def test_each_later_report_that_says_otherwise_is_told_of(
    session: Session, council: Council, lived: Action, lead: Person, files: Files
) -> None:
    for code, day in (("WES-B", date(2026, 10, 10)), ("WES-C", date(2026, 11, 10))):
        later = make_report(session, council, code=code, published=day, inspection_end=day)
        said = make_statement(session, later, quote="No nurse.", judgement=ProgressJudgement.LIMITED_PROGRESS)
        make_link(session, later, lived, statement=said, by=lead)
    found = gathered(session, council, files)
    assert [each.report for _, one in found.recommendations for each in one.different] == ["WES-B", "WES-C"]


def test_what_is_repeated_between_counts_a_difference_and_a_suggestion_once(
    session: Session, council: Council, lived: Action, lead: Person, files: Files
) -> None:
    between = make_report(session, council, code="WES-B", published=date(2026, 10, 1), inspection_end=date(2026, 9, 30))
    point = make_point(session, between, origin=Origin.JOINT_AREA_REVIEW, read_position=0)
    make_link(session, between, lived, point=point, by=lead, kind=LinkKind.REPEATED)
    last = make_report(session, council, code="WES-C", published=date(2026, 11, 1), inspection_end=date(2026, 10, 20))
    said = make_statement(session, last, quote="There is no nurse.", judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, last, lived, statement=said, by=lead)
    make_link(session, last, lived, point=make_point(session, last, page=4))  # only suggested
    found = gathered(session, council, files)
    table = differences_table(found)
    assert table is not None
    assert len(table.rows) == 1
    assert found.suggested == 1


def test_where_nobody_knows_any_more_why_it_was_closed_nothing_is_said(
    session: Session, council: Council, report: Report, lead: Person, director: Person, files: Files
) -> None:
    closed = make_action(
        session, council, report=report, lead=lead, delivery=Delivery.CLOSED_NOT_COMPLETED,
        close_reason=CloseReason.NO_LONGER_APPLIES, closed_by_id=director.id, closed_at=moment(date(2026, 9, 1)),
    )  # fmt: skip
    closed.created_at = moment(date(2026, 8, 1))
    services.reopen(session, closed, reason="She has left.", by=lead, now=moment(date(2026, 11, 10)))
    tracked = of(gathered(session, council, files, date(2026, 10, 1)), closed)
    assert (tracked.delivery, tracked.closed_because) == (Delivery.CLOSED_NOT_COMPLETED, "")


def test_the_history_is_walked_back_once(
    session: Session, council: Council, lived: Action, files: Files, engine: Engine
) -> None:
    walked: list[str] = []

    def look(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        if "FROM history" in statement and "history.at >=" in statement:
            walked.append(statement)

    event.listen(engine, "before_cursor_execute", look)
    gathered(session, council, files, date(2026, 9, 24))
    event.remove(engine, "before_cursor_execute", look)
    assert len(walked) == 1
