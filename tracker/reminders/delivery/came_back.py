"""Writes what is heard of a mail after it has left: it arrived, it came back, or it is to be tried again.

Whoever says so says it of a mail by what the mail was given when it left, and may say it twice, late, or of one that is
not ours. Only what moves a mail forward is written; everything else is no fault.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.models import Message
from tracker.models.portable import database_time
from tracker.reminders.delivery.returned import Returned
from tracker.reminders.delivery.sending import MOST_ATTEMPTS, wait_before_next
from tracker.terms import MAIL_LEFT, MessageStatus

DELIVERED, REFUSED = "delivered", "permanent-failure"
TRY_AGAIN = frozenset({"temporary-failure", "technical-failure"})
LONGEST_ID = 200  # characters; what is longer was given by nobody


@dataclass(frozen=True)
class Notice:
    """What GOV.UK Notify tells of a mail: the id it gave, the reference it was given, and what became of it."""

    provider_id: str
    reference: str
    status: str


def mail_returned(session: Session, returned: Returned) -> bool:
    """Write that a mail came back; False where it is not ours, has not left, or the other server still tries."""
    if not returned.permanent:
        return False
    mail = session.scalar(select(Message).where(Message.message_id == returned.message_id).with_for_update())
    if mail is None or mail.status not in MAIL_LEFT:
        return False
    _bounced(mail, returned.said)
    return True


def notified(session: Session, notice: Notice, *, now: datetime) -> bool:
    """Write what GOV.UK Notify tells of a mail; False where nothing is changed by it."""
    mail = _told_of(session, notice)
    if mail is None:
        return False
    if notice.status == DELIVERED:
        return _arrived(mail, now)
    if mail.status is not MessageStatus.SENT or mail.provider_id != notice.provider_id:
        return False  # said already, or of an earlier copy: what counts is the last one
    if notice.status == REFUSED:
        _bounced(mail, "GOV.UK Notify: the address does not exist or takes no mail.")
    elif notice.status in TRY_AGAIN:
        _try_again(session, mail, f"GOV.UK Notify: {notice.status}.")
    else:
        return False
    return True


def _told_of(session: Session, notice: Notice) -> Message | None:
    if max(len(notice.provider_id), len(notice.reference)) > LONGEST_ID:
        return None
    # The id of a copy that left before a crash was never written down: its reference is the mail's own.
    for named in (Message.provider_id == notice.provider_id, Message.message_id == notice.reference):
        mail = session.scalar(select(Message).where(named).order_by(Message.id).limit(1).with_for_update())
        if mail is not None:
            return mail
    return None


def _arrived(mail: Message, now: datetime) -> bool:
    """Any copy that arrived has arrived; of a mail that is being recorded right now, ``finish`` says so."""
    if mail.delivered_at is not None or mail.status not in MAIL_LEFT | {MessageStatus.SENDING, MessageStatus.DEFERRED}:
        return False
    mail.delivered_at = now
    if mail.status is not MessageStatus.SENDING:
        mail.status, mail.last_error = MessageStatus.DELIVERED, None
    return True


def _bounced(mail: Message, said: str) -> None:
    mail.status, mail.last_error, mail.delivered_at = MessageStatus.BOUNCED, f"Came back: {said}", None


def _try_again(session: Session, mail: Message, said: str) -> None:
    mail.last_error, mail.sent_at = said, None
    if mail.attempts >= MOST_ATTEMPTS:
        mail.status = MessageStatus.FAILED
        return
    wait = wait_before_next(mail.attempts, secrets.SystemRandom().random())
    clock = session.scalars(select(database_time(session.get_bind().dialect.name))).one()
    mail.status, mail.next_attempt_at = MessageStatus.DEFERRED, clock + timedelta(seconds=wait)
