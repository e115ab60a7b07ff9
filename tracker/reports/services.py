"""Adding a report: keep the document, read it, and write down what was read as proposals. Nothing is tracked yet."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

from tracker import audit
from tracker.adapters.files import Files, StoredFile
from tracker.models import Council, Person, Report, ReportSource
from tracker.reports import queries, series
from tracker.reports.findings import write_findings
from tracker.reports.reading import Reading, to_dict
from tracker.reports.storable import storable
from tracker.terms import BaseDateChoice

Reader = Callable[[bytes, str], Reading]
NO_TITLE = "Report without a title"


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
    """Read a document at once and write what was read: for the demonstration and where nobody waits for a page.

    The same file is not added twice. Raises UnreadableDocument, before anything is kept, for what cannot be read.
    """
    digest = hashlib.sha256(data).hexdigest()
    known = queries.same_document(session, digest)
    if known is None:
        reading = read(data, filename)
        known = queries.same_document(session, digest)  # sent twice, it may have been added while we read
    if known is not None:
        return Added(known, 0, known=True)
    return enter_report(
        session, reading, files.keep(council.id, data), council=council, filename=filename, by=by, now=now
    )


def enter_report(
    session: Session,
    reading: Reading,
    stored: StoredFile,
    *,
    council: Council,
    filename: str,
    by: Person,
    now: datetime,
) -> Added:
    """Write what was read of a kept document as a report, its source, judgements and proposed points.

    The one place where a reading becomes a report, read in the background or at once.
    """
    reading = storable(reading)
    report = _report(session, council, reading, by=by, now=now)
    session.flush()  # everything below needs its id
    session.add(_source(report, stored, filename, reading))
    write_findings(session, report, reading)
    series.suggest_for(session, report)
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
        code=free_code(f"{council.prefix}-{day.year if day else now.year}", queries.codes(session)),
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


def free_code(wanted: str, taken: set[str]) -> str:
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
