"""Reads about reminders: tomorrow's mails, the mail log, the sign of life.

The session sees one council (``work_for``), but for ``last_heartbeat``, which is the whole installation's.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.orm import Session

from tracker.models import Council, Heartbeat, Message, Person
from tracker.reminders.links import cover
from tracker.reminders.planning.bodies import planned_letters
from tracker.reminders.planning.digests import planned_digests
from tracker.reminders.planning.mornings import works_on
from tracker.reminders.planning.notes import Tellers
from tracker.reminders.stages.schedule import HEARTBEAT
from tracker.reminders.words import body_mails
from tracker.reminders.words.emails import render
from tracker.reminders.words.summaries import tells
from tracker.terms import MAIL_LOST, MessageStatus

PAGE = 50
MISSED_SWEEPS = 2  # after this many the clock is said to stand still
LONGEST_CLOSURE = 31  # days to look ahead for a working day
FAILED_FOR = timedelta(days=14)  # what failed longer ago than that is history: the log has it
MOST_FAILED = 20


@dataclass(frozen=True)
class PreviewedMail:
    """A mail as it would be sent."""

    name: str  # of the person, or of the body
    to_address: str
    tells: int  # how many actions, questions and reports; what is in a plan is only shown
    subject: str
    text: str  # without the marks of links that only its reader gets


@dataclass(frozen=True)
class LoggedMail:
    """One line of the mail log; without the text, which is asked for one by one."""

    id: int
    created_at: datetime
    person_id: int | None
    person_name: str | None
    to_address: str
    subject: str
    status: MessageStatus
    attempts: int
    next_attempt_at: datetime
    sent_at: datetime | None
    error: str | None


@dataclass(frozen=True)
class MailLogPage:
    """Mails newest first. ``older`` is the id to give as ``before`` for the next page; None on the last."""

    mails: tuple[LoggedMail, ...]
    older: int | None


def preview(
    session: Session, council: Council, *, day: date, base_url: str, tellers: Tellers = ()
) -> list[PreviewedMail]:
    """Return the mails that would go out on a day if nothing changed until then. Writes nothing.

    Nothing on a day that is not a working day; nobody who already has that day's mail.
    """
    if not works_on(session, council, day):
        return []
    previewed = []
    for digest in (planned.digest for planned in planned_digests(session, council, day, tellers)):
        mail, count = render(digest, base_url), tells(digest)
        previewed.append(PreviewedMail(digest.person_name, digest.to_address, count, mail.subject, cover(mail.text)))
    for letter in (planned.letter for planned in planned_letters(session, council, day)):
        mail, count = body_mails.render(letter, base_url), len(letter.items)
        previewed.append(PreviewedMail(letter.body_name, letter.to_address, count, mail.subject, cover(mail.text)))
    return previewed


def next_mail_day(session: Session, council: Council, *, after: date) -> date:
    """Return the next day on which mails go out."""
    days = (after + timedelta(days=ahead) for ahead in range(1, LONGEST_CLOSURE))
    return next((day for day in days if works_on(session, council, day)), after + timedelta(days=LONGEST_CLOSURE))


def mail_log(
    session: Session, *, before: int | None = None, status: MessageStatus | None = None, size: int = PAGE
) -> MailLogPage:
    """Return one page of the council's mails, newest first, which new mails do not shift under the reader."""
    question = _logged_mails().limit(size + 1)
    if before is not None:
        mark = select(Message.created_at).where(Message.id == before).scalar_subquery()
        question = question.where(tuple_(Message.created_at, Message.id) < tuple_(mark, before))
    if status is not None:
        question = question.where(Message.status == status)
    rows = session.execute(question).all()
    mails = tuple(_logged(message, name) for message, name in rows[:size])
    return MailLogPage(mails, mails[-1].id if len(rows) > size else None)


def failed_lately(session: Session, *, now: datetime) -> list[LoggedMail]:
    """Return the newest of the mails written lately that did not arrive and are not tried again."""
    lost = (Message.status.in_(sorted(MAIL_LOST)), Message.created_at >= now - FAILED_FOR)
    return [_logged(mail, name) for mail, name in session.execute(_logged_mails().where(*lost).limit(MOST_FAILED))]


def mail_counts(session: Session) -> Mapping[MessageStatus, int]:
    """Return how many of the council's mails stand where; a status without mails counts 0."""
    rows = session.execute(select(Message.status, func.count()).group_by(Message.status).order_by(Message.status))
    return dict.fromkeys(MessageStatus, 0) | {status: count for status, count in rows}  # noqa: C416 - rows, not pairs


def mail(session: Session, message_id: int) -> Message | None:
    """Return one mail of the council with its text; None for another council's."""
    return session.scalars(select(Message).where(Message.id == message_id)).one_or_none()


def mails_with_text(session: Session, *, size: int = PAGE) -> list[Message]:
    """Return the newest mails whole: for the demonstration, where there is no mailbox to look in."""
    return list(session.scalars(select(Message).order_by(Message.created_at.desc(), Message.id.desc()).limit(size)))


def is_sweeping(session: Session, *, now: datetime, sweep_seconds: float) -> bool:
    """Say whether a scheduler is at work: a sweep went through not longer ago than MISSED_SWEEPS intervals."""
    beat = last_heartbeat(session)
    return beat is not None and now - beat <= timedelta(seconds=sweep_seconds * MISSED_SWEEPS)


def last_heartbeat(session: Session) -> datetime | None:
    """Return when a sweep last went through for every council; None where none ever has."""
    return session.scalar(select(Heartbeat.at).where(Heartbeat.name == HEARTBEAT))


def _logged_mails() -> Select[Message, str | None]:
    return (
        select(Message, Person.name)
        .outerjoin(Person, Person.id == Message.person_id)
        .order_by(Message.created_at.desc(), Message.id.desc())
    )


def _logged(message: Message, person_name: str | None) -> LoggedMail:
    return LoggedMail(
        id=message.id,
        created_at=message.created_at,
        person_id=message.person_id,
        person_name=person_name,
        to_address=message.to_address,
        subject=message.subject,
        status=message.status,
        attempts=message.attempts,
        next_attempt_at=message.next_attempt_at,
        sent_at=message.sent_at,
        error=message.last_error,
    )
