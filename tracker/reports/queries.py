"""Reads of reports and of what was read from them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.errors import NotFound
from tracker.models import Comparator, Intake, Judgement, Person, ProgressStatement, Report, ReportSource
from tracker.models.intake import UNDER_WAY
from tracker.terms import IntakeStatus


def report(session: Session, report_id: int) -> Report:
    """Return one report. Raises NotFound where there is none by that id in this council."""
    found = session.scalar(
        select(Report)
        .where(Report.id == report_id)
        .options(joinedload(Report.added_by), joinedload(Report.confirmed_by))
    )
    if found is None:
        raise NotFound("There is no report here. Look in the list of reports.")
    return found


def hold(session: Session, held: Report) -> None:
    """Make everybody else who wants to change this report or its points wait for us, and see it as it is now."""
    session.execute(select(Report.id).where(Report.id == held.id).with_for_update(key_share=True))
    session.refresh(held, ["status", "version"])


def source(session: Session, of: Report) -> ReportSource:
    """Return a report's document."""
    return session.scalars(select(ReportSource).where(ReportSource.report_id == of.id)).one()


def same_document(session: Session, sha256: str) -> Report | None:
    """Return the report that was made from the same file before, if there is one."""
    return session.scalar(
        select(Report)
        .join(ReportSource, ReportSource.report_id == Report.id)
        .where(ReportSource.sha256 == sha256)
        .order_by(Report.id)
        .limit(1)
    )


def intake(session: Session, intake_id: int) -> Intake:
    """Return a document on its way in. Raises NotFound where there is none by that id in this council."""
    found = session.get(Intake, intake_id)
    if found is None:
        raise NotFound("There is no file being read here. Look in the list of reports.")
    return found


def under_way(session: Session, sha256: str) -> Intake | None:
    """Return the reading of the same file that has not ended yet, if there is one."""
    return session.scalar(select(Intake).where(UNDER_WAY, Intake.sha256 == sha256))


def on_the_way(session: Session, person: Person) -> Sequence[Intake]:
    """Return what a person added that is being read, or was refused and is still to be seen, newest first."""
    refused = and_(Intake.status == IntakeStatus.REFUSED, Intake.dismissed_at.is_(None))
    question = select(Intake).where(Intake.added_by_id == person.id, or_(UNDER_WAY, refused))
    return session.scalars(question.order_by(Intake.id.desc())).all()


def stuck(session: Session, before: datetime) -> Sequence[Intake]:
    """Return what came in before a moment and still waits or is being read, in any council, the oldest first."""
    question = select(Intake).where(UNDER_WAY, Intake.added_at < before)
    return session.scalars(question.order_by(Intake.added_at, Intake.id)).all()


def codes(session: Session) -> set[str]:
    """Return the codes that are taken."""
    return set(session.scalars(select(Report.code)))


def judgements(session: Session, of: Report) -> Sequence[Judgement]:
    """Return a report's judgements in its own order."""
    return session.scalars(select(Judgement).where(Judgement.report_id == of.id).order_by(Judgement.position)).all()


def progress_statements(session: Session, of: Report) -> Sequence[ProgressStatement]:
    """Return a report's progress statements in its own order."""
    question = select(ProgressStatement).where(ProgressStatement.report_id == of.id)
    return session.scalars(question.order_by(ProgressStatement.position)).all()


def comparators(session: Session, of: Report) -> Sequence[Comparator]:
    """Return a report's table of authorities in its own order."""
    return session.scalars(select(Comparator).where(Comparator.report_id == of.id).order_by(Comparator.position)).all()
