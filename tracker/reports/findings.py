"""What was read of a report, written down as rows: proposed points, judgements, statements, a table of authorities."""

from sqlalchemy.orm import Session

from tracker.models import ActionPoint, Comparator, Judgement, ProgressStatement, Report
from tracker.reports.reading import Demand, Reading, ReadPoint
from tracker.reports.titles import first_title
from tracker.terms import Origin, PointKind

ANSWER = "The answer the report asks for"  # the section under which a demand for a plan or statement stands


def write_findings(session: Session, report: Report, reading: Reading) -> None:
    """Write what was read as proposals: nothing of it is tracked yet."""
    owned = {"council_id": report.council_id, "report_id": report.id}
    for position, point in enumerate(reading.points):
        session.add(_proposal(report, point, position=position + 1.0, read_position=position))
    if reading.demand is not None:
        session.add(_proposal(report, as_point(reading.demand), position=len(reading.points) + 1.0, read_position=None))
    for position, grade in enumerate(reading.judgements):
        session.add(
            Judgement(
                **owned,
                position=position,
                section=grade.section,
                area=grade.area,
                grade=grade.grade,
                normalised=grade.normalised,
            )
        )
    for position, statement in enumerate(reading.progress):
        session.add(
            ProgressStatement(
                **owned,
                position=position,
                quote=statement.quote,
                judgement=statement.judgement,
                section=statement.section,
                page=statement.place.page,
                about=list(statement.about),
            )
        )
    for position, row in enumerate(reading.comparators):
        session.add(
            Comparator(
                **owned, position=position, authority=row.authority, grades=row.grades, total=row.total, note=row.note
            )
        )


def as_point(demand: Demand) -> ReadPoint:
    """Offer the report's demand for an answer as an action of its own, put before a person as one to look at."""
    return ReadPoint(
        text=demand.quote,
        kind=PointKind.RECOMMENDATION,
        section=ANSWER,
        time_limit=demand.time_limit,
        origin=Origin.THIS_REPORT,
        place=demand.place,
        confidence=0.7,
        reason="The report asks for an answer. Keep this to track sending it, or leave it out.",
    )


def _proposal(report: Report, point: ReadPoint, *, position: float, read_position: int | None) -> ActionPoint:
    limit = point.time_limit
    return ActionPoint(
        council_id=report.council_id,
        report_id=report.id,
        position=position,
        read_position=read_position,
        words=point.text,
        title=first_title(point.text),
        section=point.section,
        kind=point.kind,
        origin=point.origin,
        limit_kind=limit.kind,
        limit_words=limit.words,
        limit_count=limit.count,
        limit_unit=limit.unit,
        limit_date=limit.day,
        body_names=list(point.bodies),
        priority=point.priority,
        page=point.place.page,
        start=point.place.start,
        end=point.place.end,
        confidence=point.confidence,
        confidence_reason=point.reason,
    )
