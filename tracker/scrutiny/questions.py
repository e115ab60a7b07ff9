"""Reads members' questions: what is open, late and answered, and what somebody is to answer."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, joinedload

from tracker.errors import NotFound
from tracker.models import Action, Person, Question, Report
from tracker.terms import PLANNERS, Marking
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


def subject_of(found: Question) -> str:
    """Say what a question is about in a mail, without a word of what is exempt: > the action WES-2026-03."""
    return f"the {'action' if found.action else 'report'} {reference_of(found)}"


def reference_of(found: Question) -> str:
    """Return the reference of what a question is about, which is never exempt: > WES-2026-03."""
    about: Action | Report | None = found.action or found.report
    return about.reference if isinstance(about, Action) else about.code if about else ""


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
