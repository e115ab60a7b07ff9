"""Looks at a claimed mail once more before it leaves: whether it is still ours to send, and still wanted by anybody."""

from collections.abc import Iterable
from functools import cache, reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select

from tracker.models import (
    Action,
    Body,
    Contribution,
    ContributionReminder,
    Message,
    PaperNotice,
    Person,
    Question,
    QuestionReminder,
    Reminder,
)
from tracker.models.action import OPEN, WAITED_FOR
from tracker.models.portable import database_time
from tracker.reminders.planning.standing import ADDRESS, STILL_ASKED, STILL_WANTED

Mail = Row[*tuple[Any, ...]]  # the columns that _question names
Told = type[Reminder | QuestionReminder | PaperNotice | ContributionReminder]


def look(connection: Connection, message_id: int, token: str) -> Mail | None:
    """Return the mail with what decides whether it may leave now; None where another sender holds it."""
    question = _question(connection.dialect.name)
    return connection.execute(question, {"id": message_id, "token": token}).one_or_none()


def wanted_elsewhere(mail: Mail) -> bool:
    """Say whether all that a mail still has to tell is asked of other contacts now: their next mail takes it up."""
    return not mail.wanted and bool(mail.elsewhere)


def no_longer_wanted(mail: Mail) -> str | None:
    """Say why a mail need not leave any more; None where it is still wanted."""
    if mail.active is False:
        return "The person's account was closed before it could leave."
    if mail.told and not mail.wanted:
        return "Everything in it was closed, claimed, answered or given to somebody else before it could leave."
    return None


@cache
def _question(dialect: str) -> Select[*tuple[Any, ...]]:
    reminders, questions, papers = _rows(Reminder), _rows(QuestionReminder), _rows(PaperNotice)
    lines = _rows(ContributionReminder)
    asked = (
        lines.join(Contribution, Contribution.id == ContributionReminder.contribution_id)
        .join(Action, Action.id == Contribution.action_id)
        .join(Body, Body.id == Contribution.body_id)
        .where(WAITED_FOR, OPEN)
    )
    elsewhere = asked.where(Message.to_address != ADDRESS, ADDRESS != "", ~Message.may_have_left)
    still = (
        reminders.join(Action, Action.id == Reminder.action_id).where(OPEN, STILL_WANTED),
        questions.join(Question, Question.id == QuestionReminder.question_id).where(STILL_ASKED),
        papers,
        asked.where(Message.to_address == ADDRESS),
    )
    return (
        select(
            Message.id,
            Message.to_address,
            Message.subject,
            Message.text,
            Message.html,
            Message.message_id,
            Message.created_at,
            Message.attempts,
            Message.lease_until,
            database_time(dialect).label("clock"),
            Person.active,
            _sum_of((reminders, questions, papers, lines)).label("told"),
            _sum_of(still).label("wanted"),
            elsewhere.scalar_subquery().label("elsewhere"),
        )
        .outerjoin(Person, Person.id == Message.person_id)
        .where(Message.id == bindparam("id"), Message.lease_token == bindparam("token"))
    )


def _rows(told: Told) -> Select[int]:
    """Count the rows of a kind that say what the mail tells."""
    of_mail = (told.council_id == Message.council_id, told.message_id == Message.id)
    return select(func.count()).select_from(told).where(*of_mail).correlate(Message)


def _sum_of(counts: Iterable[Select[int]]) -> ColumnElement[int]:
    return reduce(add, (count.scalar_subquery() for count in counts))
