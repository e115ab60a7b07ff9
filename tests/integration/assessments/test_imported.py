"""A plan that was imported stands in the series like a report that was read."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import MONDAY_MORNING
from tests.factories import make_action, make_council, make_person, make_point, make_report
from tests.integration.actions.importing.test_sheets import workbook
from tracker.actions.importing import drafts, sheet, writing
from tracker.adapters.files import Files
from tracker.models import Action, ActionPoint, Council, Person, Report, SeriesLink, work_for
from tracker.terms import LinkKind, PointDecision, ReportStatus, Role

WORDS = "Initial health assessments of looked after children should be on time."
AGAIN = "Health assessments for children in care are still late."


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    work_for(session, made.id)
    return made


@pytest.fixture
def lead(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.LEAD)


def imported(session: Session, council: Council, lead: Person, folder: Path, *words: str) -> Report:
    owner = make_person(session, council)
    rows = [[one, owner.name, "1 September 2026"] for one in words]
    lines = sheet.read_sheet(workbook([["Recommendation", "Owner", "Due date"], *rows]))
    belongs = drafts.Belongs(title="The improvement plan", day=date(2026, 5, 1))
    draft = drafts.begin(session, lines, belongs, filename="plan.xlsx", by=lead, now=MONDAY_MORNING)
    session.flush()
    report, _ = writing.write(session, draft, Files(folder), council=council, by=lead, now=MONDAY_MORNING)
    return report


def tracked(session: Session, council: Council, day: date, words: str) -> Action:
    report = make_report(session, council, published=day)
    return make_action(session, council, report=report, action_point_id=make_point(session, report, words=words).id)


def test_what_an_imported_plan_tells_again_is_suggested(
    session: Session, council: Council, lead: Person, tmp_path: Path
) -> None:
    earlier = tracked(session, council, date(2018, 1, 18), WORDS)
    report = imported(session, council, lead, tmp_path, AGAIN, "Repair the roof of the library.")
    [link] = session.scalars(select(SeriesLink))
    assert (link.report_id, link.earlier_id, link.kind) == (report.id, earlier.action_point_id, LinkKind.TOLD_AGAIN)


def test_a_later_report_is_compared_with_a_plan_that_is_imported_after_it(
    session: Session, council: Council, lead: Person, tmp_path: Path
) -> None:
    later = make_report(session, council, published=date(2026, 10, 1), status=ReportStatus.BEING_CHECKED)
    make_point(session, later, words=AGAIN, decision=PointDecision.PROPOSED)
    report = imported(session, council, lead, tmp_path, WORDS)
    [link] = session.scalars(select(SeriesLink))
    assert (link.report_id, session.get_one(ActionPoint, link.earlier_id).report_id) == (later.id, report.id)


def test_a_very_long_plan_is_left_to_be_compared_on_the_page_of_the_series(
    session: Session, council: Council, lead: Person, tmp_path: Path
) -> None:
    tracked(session, council, date(2018, 1, 18), WORDS)
    imported(session, council, lead, tmp_path, *[AGAIN] * (writing.COMPARED + 1))
    assert session.scalars(select(SeriesLink)).all() == []
