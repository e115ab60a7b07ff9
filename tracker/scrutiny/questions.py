"""Reads members' questions: what is open, late and answered, what somebody is to answer, and whom to remind."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.clock import london_date
from tracker.errors import NotFound
from tracker.models import Action, Person, Question, Report
from tracker.scrutiny.as_at import end_of
from tracker.scrutiny.paper import Asked
from tracker.terms import PLANNERS, Marking, Stage
from tracker.wording import plural

WITH = (
    joinedload(Question.action),
    joinedload(Question.report),
    joinedload(Question.owner),
    joinedload(Question.asked_by),
    joinedload(Question.answered_by),
    joinedload(Question.meeting),
)
MOST_ANSWERED = 50  # on the page of all questions


@dataclass(frozen=True)
class Due:
    """Somebody who is to be reminded of a question, and of which day: the key of ``QuestionReminder``."""

    question: Question
    person: Person
    stage: Stage
    about_date: date


@dataclass(frozen=True)
class Lists:
    """The council's questions: those without an answer, the first due first, and the last answered ones."""

    open: list[Question]
    answered: list[Question]


def question(session: Session, question_id: int) -> Question:
    """Return a question. Raises NotFound."""
    found = session.scalar(select(Question).where(Question.id == question_id).options(*WITH))
    if found is None:
        raise NotFound("There is no question here. Look in the list of questions.")
    return found


def all_questions(session: Session) -> Lists:
    """Return the council's questions for the page that lists them."""
    asked = select(Question).options(*WITH)
    waiting = asked.where(is_open()).order_by(Question.due_on, Question.id)
    answered = asked.where(~is_open()).order_by(Question.answered_at.desc(), Question.id.desc()).limit(MOST_ANSWERED)
    return Lists(list(session.scalars(waiting)), list(session.scalars(answered)))


def questions_about(session: Session, action_id: int) -> list[Question]:
    """Return what was asked about an action, the last first."""
    asked = select(Question).where(Question.action_id == action_id).options(*WITH)
    return list(session.scalars(asked.order_by(Question.asked_at.desc(), Question.id.desc())))


def questions_to(session: Session, person: Person) -> list[Question]:
    """Return what a person is to answer, the first due first."""
    asked = select(Question).where(Question.owner_id == person.id, is_open()).options(*WITH)
    return list(session.scalars(asked.order_by(Question.due_on, Question.id)))


def is_open() -> ColumnElement[bool]:
    """Match what nobody has answered."""
    return Question.answered_at.is_(None)


def questions_for(session: Session, since: date | None, at: date) -> tuple[Asked, ...]:
    """Return what stands in a report as at a day: asked or answered since the meeting before, or still open."""
    cut = end_of(at)
    told = select(Question).where(Question.asked_at < cut).options(*WITH)
    if since is not None:
        begin = end_of(since)
        told = told.where(or_(Question.asked_at >= begin, Question.answered_at >= begin, is_open()))
    return tuple(_asked(one, cut) for one in session.scalars(told.order_by(Question.asked_at, Question.id)))


def due_to_be_reminded(session: Session, *, today: date, before: tuple[int, ...], late_every: int) -> list[Due]:
    """Return whom to remind of which question today, by the council's own stages; what was reminded is not left out.

    Each entry is the key of a ``QuestionReminder``, unique in the database: whoever writes the mail inserts that row in
    the same transaction, and leaves out what is there. Days that were missed are caught up once, since the key is the
    due date, or the last day of the step of lateness. A session of all councils returns all councils' questions.
    """
    furthest = today + timedelta(days=max(before, default=0))
    asked = select(Question).where(is_open(), Question.due_on <= furthest).options(*WITH)
    found = []
    for one in session.scalars(asked.order_by(Question.council_id, Question.due_on, Question.id)):
        stage, about = _stage(one, today, before, late_every)
        if stage is not None and one.owner.active:
            found.append(Due(one, one.owner, stage, about))
    return found


def subject_of(found: Question) -> str:
    """Say what a question is about in a mail, without a word of what is exempt: > the action WES-2026-03."""
    if found.action is not None:
        return f"the action {found.action.reference}"
    return f"the report {found.report.code}" if found.report else ""


def may_read(found: Question, reader: Person) -> bool:
    """Whether somebody may read its words: all, where it is open; else leads, directors and who asks or answers."""
    return is_public(found) or reader.role in PLANNERS or reader.id in (found.asked_by_id, found.owner_id)


def is_public(found: Question) -> bool:
    """Whether it may stand in a public paper: neither it nor what it is about is exempt or confidential."""
    about = found.action.marking if found.action else Marking.OPEN
    return found.marking is Marking.OPEN and about is Marking.OPEN


def standing(found: Question, today: date) -> str:
    """Say where a question stands: > Answered, > 3 days late, > Due today, > 4 days left."""
    if found.answered_at is not None:
        return "Answered"
    days = (found.due_on - today).days
    if days < 0:
        return f"{plural(-days, 'day')} late"
    return f"{plural(days, 'day')} left" if days else "Due today"


def count_late(session: Session, today: date) -> int:
    """Count the questions whose day has passed without an answer."""
    late = select(func.count(Question.id)).where(is_open(), Question.due_on < today)
    return session.scalar(late) or 0


def _stage(found: Question, today: date, before: tuple[int, ...], late_every: int) -> tuple[Stage | None, date]:
    days = (today - found.due_on).days
    if days < 0:
        steps = [step for step in before if step >= -days]
        return (Stage.BEFORE, found.due_on - timedelta(days=min(steps))) if steps else (None, today)
    if days < late_every:
        return Stage.ON_THE_DAY, found.due_on
    return Stage.WHILE_LATE, found.due_on + timedelta(days=days - days % late_every)


def _asked(found: Question, cut: datetime) -> Asked:
    answered = found.answered_at is not None and found.answered_at < cut
    about: Action | Report | None = found.action or found.report
    reference = about.reference if isinstance(about, Action) else about.code if about else ""
    return Asked(
        about=f"{reference}: {about.title if about else ''}",
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
