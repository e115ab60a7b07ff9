"""Asks which mails have been written already, and whether a week has had its first morning. Reads only."""

from collections.abc import Collection
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from tracker.models import MailWeek, Message
from tracker.reminders.planning.asking import batches, midnight
from tracker.reminders.stages.rhythm import monday_of
from tracker.reminders.stages.schedule import digest_key
from tracker.terms import MessageStatus


def first_morning(session: Session, council_id: int, day: date) -> date | None:
    """Return the first day of this day's week whose mails were all written; None where there is none yet."""
    week = select(MailWeek.day).where(MailWeek.council_id == council_id, MailWeek.week == monday_of(day))
    return session.scalar(week)


def had_mail(session: Session, council_id: int, day: date) -> set[int]:
    """Return who already has a mail of a London day in the outbox, whatever became of it."""
    mails = session.execute(_mails(council_id, day, day))
    return {row.person_id for row in mails if row.person_id and row.dedupe_key == digest_key(row.person_id, day)}


def mails_of(
    session: Session, council_id: int, people: Collection[int], first: date, last: date
) -> list[tuple[int, MessageStatus, bool]]:
    """Return to whom of these people the mails of the days from first to last are, and what became of each.

    That is where it stands, and whether it may have left.
    """
    days = [first + timedelta(days=ahead) for ahead in range((last - first).days + 1)]
    mails = _mails(council_id, first, last)
    return [
        (row.person_id, row.status, row.may_have_left)
        for chunk in batches(sorted(people))
        for row in session.execute(mails.where(Message.person_id.in_(chunk)))
        if row.dedupe_key in {digest_key(row.person_id, day) for day in days}
    ]


def _mails(council_id: int, first: date, last: date) -> Select[int | None, str, MessageStatus, bool]:
    return select(Message.person_id, Message.dedupe_key, Message.status, Message.may_have_left).where(
        Message.council_id == council_id,
        Message.created_at >= midnight(first),
        Message.created_at < midnight(last + timedelta(days=1)),
    )
