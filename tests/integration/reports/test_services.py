"""Adding a report: everything that was read is written down as proposals, once, and nothing where it cannot be read."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_council, make_person, make_report
from tracker.adapters.files import Files
from tracker.errors import NotFound, UnreadableDocument
from tracker.models import ActionPoint, Council, HistoryEntry, Person, Report
from tracker.reports import queries, services
from tracker.reports.reading import (
    Comparator as ReadComparator,
)
from tracker.reports.reading import (
    Facts,
    Reading,
    from_dict,
    read_bytes,
    to_dict,
)
from tracker.terms import (
    BaseDateChoice,
    Grade,
    Origin,
    PointDecision,
    PointKind,
    ReportStatus,
    Role,
    TimeLimitKind,
    TimeUnit,
)

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
INSPECTION = (Path(services.__file__).parents[1] / "demonstration" / "reports" / "inspection.txt").read_text("utf-8")
LETTER = (Path(services.__file__).parents[1] / "demonstration" / "reports" / "letter.txt").read_text("utf-8")


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path / "files")


@pytest.fixture
def council(session: Session) -> Council:
    return make_council(session, prefix="WES")


@pytest.fixture
def lead(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.LEAD)


def inspection() -> bytes:
    return INSPECTION.format(start="9 March 2026", end="20 March 2026", published="8 May 2026").encode()


def add(
    session: Session, files: Files, lead: Person, data: bytes, read: services.Reader = read_bytes, name: str = "r.txt"
) -> services.Added:
    council = session.get_one(Council, lead.council_id)
    added = services.add_report(session, files, read, council=council, data=data, filename=name, by=lead, now=NOW)
    session.commit()
    return added


def test_everything_that_was_read_of_a_report_is_written(session: Session, files: Files, lead: Person) -> None:
    added = add(session, files, lead, inspection(), name="inspection report.txt")
    report = added.report
    assert (added.points, added.known) == (9, False)
    assert (report.status, report.code) == (ReportStatus.BEING_CHECKED, "WES-2026")
    assert str(report.authority).startswith("Westmere")
    assert report.title.startswith("Inspection of safeguarding and looked after children services")
    assert (report.inspection_start, report.inspection_end) == (date(2026, 3, 9), date(2026, 3, 20))
    assert (report.published, report.base_date_choice) == (date(2026, 5, 8), BaseDateChoice.INSPECTION_END)
    assert (report.added_by_id, report.added_at, report.confirmed_at) == (lead.id, NOW, None)
    assert report.scale_best == "1"
    source = queries.source(session, report)
    assert files.read(source.file_key) == inspection()
    assert (source.filename, source.media_type, source.size) == (
        "inspection report.txt",
        "text/plain",
        len(inspection()),
    )
    assert to_dict(from_dict(source.reading)) == source.reading
    points = session.scalars(select(ActionPoint).order_by(ActionPoint.position)).all()
    assert [(point.position, point.read_position) for point in points] == [(float(n + 1), n) for n in range(9)]
    assert {point.decision for point in points} == {PointDecision.PROPOSED}
    assert {(point.kind, point.origin) for point in points} == {(PointKind.RECOMMENDATION, Origin.THIS_REPORT)}
    for point in points:
        passage = source.text[point.start or 0 : point.end or 0]
        assert passage.split()[:3] == point.words.split()[:3]
    first, second = points[:2]
    assert (first.limit_kind, first.limit_words) == (TimeLimitKind.IMMEDIATELY, "Immediately")
    assert first.title == "Ensure that every referral is read by a qualified social worker on the day it arrives"
    assert (second.limit_kind, second.limit_count, second.limit_unit) == (TimeLimitKind.WITHIN, 3, TimeUnit.MONTHS)
    assert any("Westmere Integrated Care Board" in point.body_names for point in points)
    grades = queries.judgements(session, report)
    assert [grade.position for grade in grades] == list(range(len(grades)))
    assert {grade.normalised for grade in grades} == {Grade.ADEQUATE, Grade.GOOD}
    entry = session.scalars(select(HistoryEntry)).one()
    assert (entry.kind, entry.subject_id) == ("report:added", report.id)
    assert entry.after == {"points": 9, "sha256": source.sha256}


def test_what_a_letter_says_of_earlier_recommendations_is_written(session: Session, files: Files, lead: Person) -> None:
    letter = LETTER.format(published="8 November 2024", review_year="2023").encode()
    report = add(session, files, lead, letter).report
    assert (report.base_date_choice, report.inspection_end) == (BaseDateChoice.PUBLISHED, None)
    assert report.review_date_hint == "2023"
    assert report.scale_best == "4"
    statements = queries.progress_statements(session, report)
    assert [row.position for row in statements] == list(range(len(statements)))
    followups = {
        point.read_position
        for point in session.scalars(select(ActionPoint).where(ActionPoint.origin == Origin.JOINT_AREA_REVIEW))
    }
    assert len(followups) == 4
    assert statements
    assert {position for row in statements for position in row.about} <= followups


def test_a_table_of_authorities_is_written_row_by_row(session: Session, files: Files, lead: Person) -> None:
    rows = (
        ReadComparator("Westmere", {"good": "3"}, 3),
        ReadComparator("Northbrook", {"good": "2"}, None, "The printed total is not the sum."),
    )
    reading = Reading("A table", (0,), Facts(), comparators=rows)
    report = add(session, files, lead, b"A table", lambda _data, _name: reading).report
    found = queries.comparators(session, report)
    assert [(row.authority, row.grades, row.total, row.note) for row in found] == [
        (row.authority, row.grades, row.total, row.note) for row in rows
    ]


def test_the_same_file_is_one_report_whatever_it_is_called(session: Session, files: Files, lead: Person) -> None:
    first = add(session, files, lead, inspection(), name="one.txt")
    again = add(session, files, lead, inspection(), name="two.txt")
    assert (again.report, again.points, again.known) == (first.report, 0, True)
    for kind in (Report, HistoryEntry):
        assert session.scalar(select(func.count()).select_from(kind)) == 1
    assert len([path for path in files.folder.rglob("*") if path.is_file()]) == 1


def test_two_councils_may_have_the_same_file(session: Session, files: Files, lead: Person) -> None:
    from tracker.models import work_for  # noqa: PLC0415

    add(session, files, lead, inspection())
    other = make_person(session, make_council(session, "Northbrook"), Role.LEAD)
    session.commit()
    work_for(session, other.council_id)
    assert not add(session, files, other, inspection()).known


def test_what_cannot_be_read_leaves_nothing(session: Session, files: Files, lead: Person) -> None:
    with pytest.raises(UnreadableDocument):
        add(session, files, lead, b"%PDF-1.7 and nothing more")
    assert session.scalar(select(func.count(Report.id))) == 0
    assert not files.folder.exists()


def test_a_report_without_a_title_or_a_date_is_kept_under_this_years_code(
    session: Session, files: Files, lead: Person
) -> None:
    reading = Reading("Thank you.", (0,), Facts())
    report = add(session, files, lead, b"Thank you.", lambda _data, _name: reading).report
    assert (report.title, report.code) == ("Report without a title", "WES-2026")
    assert report.base_date_choice is BaseDateChoice.PUBLISHED


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        (Facts(published=date(2012, 7, 1), inspection_end=date(2011, 12, 1)), "WES-2012"),
        (Facts(inspection_end=date(2011, 12, 1)), "WES-2011"),
    ],
)
def test_a_code_carries_the_year_it_was_printed_or_inspected(
    session: Session, files: Files, lead: Person, facts: Facts, code: str
) -> None:
    reading = Reading("Text", (0,), facts)
    assert add(session, files, lead, b"Text", lambda _data, _name: reading).report.code == code


@pytest.mark.parametrize(
    ("taken", "code"),
    [
        ([], "WES-2026"),
        (["WES-2026"], "WES-2026B"),
        (["WES-2026", "WES-2026B"], "WES-2026C"),
        (["WES-2026", "WES-2026C"], "WES-2026B"),
        (["WES-2026", *(f"WES-2026{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXY")], "WES-2026Z"),
        (["WES-2026", *(f"WES-2026{letter}" for letter in "BCDEFGHIJKLMNOPQRSTUVWXYZ")], "WES-2026-27"),
    ],
)
def test_the_second_report_of_a_year_has_a_letter(taken: list[str], code: str) -> None:
    assert services.free_code("WES-2026", set(taken)) == code


def test_the_codes_that_are_taken_are_asked_of_the_council(
    session: Session, files: Files, council: Council, lead: Person
) -> None:
    make_report(session, council, code="WES-2026")
    reading = Reading("Text", (0,), Facts())
    assert add(session, files, lead, b"Text", lambda _data, _name: reading).report.code == "WES-2026B"


def test_an_unknown_report_is_not_found(session: Session) -> None:
    with pytest.raises(NotFound, match="no report here"):
        queries.report(session, 999_999)


def test_a_report_without_findings_has_none(session: Session, council: Council) -> None:
    report = make_report(session, council)
    session.commit()
    assert queries.report(session, report.id) is report
    for found in (queries.judgements, queries.progress_statements, queries.comparators):
        assert list(found(session, report)) == []
    assert queries.same_document(session, "1" * 64) is None
