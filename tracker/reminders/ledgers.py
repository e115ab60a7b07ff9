"""What was sent to one person, by which rule, what became of it; what was sent because of one action. Reads only.

The session sees one council (``work_for``).
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.models import (
    Action,
    Body,
    Committee,
    CommitteeReport,
    Contribution,
    ContributionReminder,
    Meeting,
    Message,
    PaperNotice,
    Person,
    Question,
    QuestionReminder,
    Reminder,
    Report,
)
from tracker.terms import MessageStatus, Stage
from tracker.wording import format_date

NEWEST = 200  # mails on one person's ledger: most of a year


@dataclass(frozen=True)
class LedgerLine:
    """One line of an action's chase ledger: who was written to, by which stage, and what became of the mail."""

    at: datetime
    person_name: str
    stage: Stage
    about_date: date
    status: MessageStatus
    sent_at: datetime | None
    error: str | None
    message_id: int


@dataclass(frozen=True)
class Why:
    """Why a mail was written: an action came to a stage on a day."""

    reference: str
    stage: Stage
    about_date: date


@dataclass(frozen=True)
class Sent:
    """One mail to a person, why it was written, and what became of it."""

    message_id: int
    at: datetime
    subject: str
    status: MessageStatus
    sent_at: datetime | None
    delivered_at: datetime | None
    error: str | None
    why: tuple[Why, ...]
    notes: tuple[str, ...] = ()  # what else stood in it: members' questions, committee reports


def mails_to(session: Session, person_id: int) -> list[Sent]:
    """Return everything that was written to a person, newest first, each with the rules it was written by."""
    mails = session.scalars(
        select(Message)
        .where(Message.person_id == person_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
        .limit(NEWEST)
    ).all()
    ids = [mail.id for mail in mails]
    why, notes = _why(session, ids), _notes(session, ids)
    return [
        Sent(
            message_id=mail.id,
            at=mail.created_at,
            subject=mail.subject,
            status=mail.status,
            sent_at=mail.sent_at,
            delivered_at=mail.delivered_at,
            error=mail.last_error,
            why=tuple(why[mail.id]),
            notes=tuple(notes[mail.id]),
        )
        for mail in mails
    ]


def reminders_of_action(session: Session, action_id: int) -> list[LedgerLine]:
    """Return everything that was sent, or is to be, because of an action, newest first."""
    rows = session.execute(
        select(Reminder, Message, Person.name)
        .join(Message, Message.id == Reminder.message_id)
        .join(Person, Person.id == Reminder.person_id)
        .where(Reminder.action_id == action_id)
        .order_by(Reminder.created_at.desc(), Reminder.id.desc())
    )
    return [_line(reminder, message, name) for reminder, message, name in rows]


def bodies_told_of_action(session: Session, action_id: int) -> list[LedgerLine]:
    """Return what was sent to the contacts of an action's bodies, newest first."""
    rows = session.execute(
        select(ContributionReminder, Message, Body.name)
        .join(Message, Message.id == ContributionReminder.message_id)
        .join(Contribution, Contribution.id == ContributionReminder.contribution_id)
        .join(Body, Body.id == Contribution.body_id)
        .where(Contribution.action_id == action_id)
        .order_by(ContributionReminder.created_at.desc(), ContributionReminder.id.desc())
    )
    return [_line(reminder, message, f"{body}, {message.to_address}") for reminder, message, body in rows]


def _line(reminder: Reminder | ContributionReminder, message: Message, to_whom: str) -> LedgerLine:
    return LedgerLine(
        at=reminder.created_at,
        person_name=to_whom,
        stage=reminder.stage,
        about_date=reminder.about_date,
        status=message.status,
        sent_at=message.sent_at,
        error=message.last_error,
        message_id=message.id,
    )


def _why(session: Session, message_ids: Sequence[int]) -> dict[int, list[Why]]:
    found: dict[int, list[Why]] = defaultdict(list)
    rows = session.execute(
        select(Reminder.message_id, Action.reference, Reminder.stage, Reminder.about_date)
        .join(Action, Action.id == Reminder.action_id)
        .where(Reminder.message_id.in_(message_ids))
        .order_by(Reminder.id)
    )
    for message_id, reference, stage, about_date in rows:
        found[message_id].append(Why(reference, stage, about_date))
    return found


def _notes(session: Session, message_ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    questions = session.execute(
        select(
            QuestionReminder.message_id,
            func.coalesce(Action.reference, Report.code).label("about"),
            QuestionReminder.stage,
            QuestionReminder.about_date,
        )
        .join(Question, Question.id == QuestionReminder.question_id)
        .outerjoin(Action, Action.id == Question.action_id)
        .outerjoin(Report, Report.id == Question.report_id)
        .where(QuestionReminder.message_id.in_(message_ids))
        .order_by(QuestionReminder.id)
    )
    for message_id, about, stage, day in questions:
        found[message_id].append(f"A member’s question about {about}: {stage.label}, about {format_date(day)}")
    papers = session.execute(
        select(PaperNotice.message_id, Committee.name, Meeting.day)
        .join(CommitteeReport, CommitteeReport.id == PaperNotice.report_id)
        .join(Meeting, Meeting.id == CommitteeReport.meeting_id)
        .join(Committee, Committee.id == Meeting.committee_id)
        .where(PaperNotice.message_id.in_(message_ids))
        .order_by(PaperNotice.id)
    )
    for message_id, committee, day in papers:
        found[message_id].append(f"The report to {committee} of {format_date(day)}: ready")
    return found
