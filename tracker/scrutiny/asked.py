"""Members' questions and their answers as they stand in a committee report. Reads only."""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from tracker.actions.as_at import end_of
from tracker.clock import london_date
from tracker.models import Action, Question, Report
from tracker.scrutiny.paper import Asked
from tracker.scrutiny.questions import WITH, is_open, is_public, reference_of
from tracker.terms import Marking


def questions_for(session: Session, since: date | None, at: date) -> tuple[Asked, ...]:
    """Return what stands in a report as at a day: asked or answered since the meeting before, or still open."""
    cut = end_of(at)
    told = select(Question).where(Question.asked_at < cut).options(*WITH)
    if since is not None:
        begin = end_of(since)
        told = told.where(or_(Question.asked_at >= begin, Question.answered_at >= begin, is_open()))
    return tuple(_asked(one, cut) for one in session.scalars(told.order_by(Question.asked_at, Question.id)))


def _asked(found: Question, cut: datetime) -> Asked:
    answered = found.answered_at is not None and found.answered_at < cut
    about: Action | Report | None = found.action or found.report
    return Asked(
        about=f"{reference_of(found)}: {about.title if about else ''}",
        marking=Marking.OPEN if is_public(found) else Marking.EXEMPT,
        words=found.words,
        by=found.asked_by.name,
        on=london_date(found.asked_at),
        owner=found.owner.name,
        due=found.due_on,
        answer=found.answer or "" if answered else "",
        answered_by=found.answered_by.name if answered and found.answered_by else "",
        answered_on=london_date(found.answered_at) if answered and found.answered_at else None,
    )
