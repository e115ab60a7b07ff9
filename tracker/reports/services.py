"""Adding a report: keep the document, read it, and write down what was read as proposals. Nothing is tracked yet."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.files import Files, StoredFile
from tracker.models import ActionPoint, Comparator, Council, Judgement, Person, ProgressStatement, Report, ReportSource
from tracker.reports import queries
from tracker.reports.reading import Demand, Reading, ReadPoint, to_dict
from tracker.reports.titles import first_title
from tracker.terms import BaseDateChoice, Origin, PointKind

Reader = Callable[[bytes, str], Reading]
NO_TITLE = "Report without a title"
ANSWER = "The answer the report asks for"  # the section under which a demand for a plan or statement stands


@dataclass(frozen=True)
class Added:
    """A new report, or the one that was made from the same file before."""

    report: Report
    points: int
    known: bool


def add_report(
    session: Session,
    files: Files,
    read: Reader,
    *,
    council: Council,
    data: bytes,
    filename: str,
    by: Person,
    now: datetime,
) -> Added:
    """Read a document and write its report, source, judgements and proposed points.

    The same file is not added twice. Raises UnreadableDocument, before anything is kept, for what cannot be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = queries.same_document(session, digest)
    if known is None:
        reading = read(data, filename)
        known = queries.same_document(session, digest)  # sent twice, it may have been added while we read
    if known is not None:
        return Added(known, 0, known=True)
    report = _report(session, council, reading, by=by, now=now)
    session.flush()  # everything below needs its id
    stored = files.keep(council.id, data)
    session.add(_source(report, stored, filename, reading))
    _write_findings(session, report, reading)
    audit.record(
        session,
        report,
        "added",
        f"added the report {report.title}",
        by=by,
        at=now,
        after={"points": len(reading.points), "sha256": stored.sha256},
    )
    return Added(report, len(reading.points), known=False)


def _report(session: Session, council: Council, reading: Reading, *, by: Person, now: datetime) -> Report:
    facts = reading.facts
    day = facts.published or facts.inspection_end
    report = Report(
        council_id=council.id,
        code=_free_code(f"{council.prefix}-{day.year if day else now.year}", queries.codes(session)),
        title=facts.title or NO_TITLE,
        authority=facts.authority,
        report_type=facts.report_type,
        inspectorates=list(facts.inspectorates),
        addressee=facts.addressee,
        inspection_start=facts.inspection_start,
        inspection_end=facts.inspection_end,
        published=facts.published,
        scale_best=facts.scale.best if facts.scale else None,
        scale_basis=facts.scale.basis if facts.scale else None,
        base_date_choice=BaseDateChoice.INSPECTION_END if facts.inspection_end else BaseDateChoice.PUBLISHED,
        review_date_hint=facts.review_date_hint,
        added_by_id=by.id,
        added_at=now,
    )
    session.add(report)
    return report


def _free_code(wanted: str, taken: set[str]) -> str:
    """Return the code, or with the first free letter after it where the year has had a report already.

    > WES-2026B
    """
    if wanted not in taken:
        return wanted
    letters = (chr(ord("B") + number) if number < 25 else f"-{number + 2}" for number in count())  # noqa: PLR2004
    return next(wanted + letter for letter in letters if wanted + letter not in taken)


def _source(report: Report, stored: StoredFile, filename: str, reading: Reading) -> ReportSource:
    return ReportSource(
        council_id=report.council_id,
        report_id=report.id,
        filename=filename,
        media_type=stored.media_type,
        size=stored.size,
        sha256=stored.sha256,
        file_key=stored.key,
        text=reading.text,
        page_starts=list(reading.page_starts),
        reading=to_dict(reading),
    )


def _write_findings(session: Session, report: Report, reading: Reading) -> None:
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
