"""The outbox: mails are put in with the change they tell of, claimed under a lease, and finished with its token.

Every time in here is the database's own, so that machines whose clocks differ agree on who holds what. A claim makes
``next_attempt_at`` the end of the lease, so a mail whose sender died is found by the same question as one that waits:
there is no separate rescuer to get stuck.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from sqlalchemy import Boolean, Connection, Dialect, Table, Text, Update, bindparam, case, func, or_, select, update
from sqlalchemy.orm import Session

from tracker.models import Message, UtcDateTime
from tracker.models.portable import database_time, insert_new
from tracker.models.reminder import UNFINISHED
from tracker.reminders.delivery.pace import give_back_places, take_places
from tracker.terms import MessageStatus

MESSAGES = cast("Table", Message.__table__)


class Overtaken(Exception):
    """Another process has written what a mail tells of since it was planned."""


@dataclass(frozen=True)
class Draft:
    """A mail to one person. The key says what it tells: a second one by the same key is never put in."""

    council_id: int
    dedupe_key: str
    person_id: int | None
    to_address: str
    subject: str
    text: str
    html: str | None = None  # the same words, for readers that show it


@dataclass(frozen=True)
class Claim:
    """Mails held by one sender until the lease ends.

    ``until`` is the moment by the database's clock after which none of them may leave any more under this claim.
    """

    token: str
    message_ids: tuple[int, ...]
    until: datetime | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt. ``wait`` is in seconds, until a deferred mail is tried again.

    ``provider_id`` is what the mail is called by a provider who tells later what became of it. ``may_have_left`` says
    that nobody has said for certain that the mail was not taken.
    """

    status: MessageStatus
    error: str | None = None
    wait: float = 0
    provider_id: str | None = None
    may_have_left: bool = False


def post(session: Session, drafts: Sequence[Draft], *, now: datetime, host: str) -> dict[str, int]:
    """Put mails into the outbox, in the transaction of the change they tell of; they leave after its commit.

    Returns the ids of the new ones by key: one that is already there, from whichever process, is left as it is.
    """
    due = _now(session)
    rows = [
        {
            "council_id": draft.council_id,
            "dedupe_key": draft.dedupe_key,
            "person_id": draft.person_id,
            "to_address": draft.to_address,
            "subject": draft.subject,
            "text": draft.text,
            "html": draft.html,
            "message_id": message_id(draft, host),
            "created_at": now,
            "next_attempt_at": due,
        }
        for draft in drafts
    ]
    new = insert_new(session, Message).returning(MESSAGES.c.dedupe_key, MESSAGES.c.id)
    return {row.dedupe_key: row.id for row in session.execute(new, rows)} if rows else {}


def message_id(draft: Draft, host: str) -> str:
    """Derive the mail's Message-ID from its key, so that a second copy can be told by everybody who gets it."""
    digest = hashlib.sha256(f"{draft.council_id}/{draft.dedupe_key}".encode()).hexdigest()
    return f"<{digest[:32]}@{host}>"


def claim_batch(session: Session, *, size: int, lease_seconds: float, a_minute: int | None = None) -> Claim:
    """Take the mails that have waited longest, whoever else is taking some at the same moment.

    No more than ``a_minute`` are taken by all senders together, and they may leave in that minute only.
    """
    now = _now(session)
    turn = None if a_minute is None else take_places(session, now, most=a_minute, wanted=size)
    if turn is not None:
        size = turn.places
    chosen = (
        select(Message.id)
        .where(UNFINISHED, Message.next_attempt_at <= now)
        .order_by(Message.next_attempt_at, Message.id)
        .limit(size)
        .with_for_update(skip_locked=True)
    )
    ids = tuple(session.scalars(chosen)) if size else ()
    if turn is not None:
        give_back_places(session, turn, size - len(ids))
    token = secrets.token_urlsafe(16)
    lease_until = now + timedelta(seconds=lease_seconds)
    if ids:
        session.execute(
            update(MESSAGES)
            .where(Message.id.in_(ids))
            .values(
                status=MessageStatus.SENDING,
                lease_token=token,
                lease_until=lease_until,
                next_attempt_at=lease_until,
                attempts=Message.attempts + 1,
                # Whoever held it before has died or is too slow, perhaps after the mail server took it.
                may_have_left=or_(Message.may_have_left, Message.status == MessageStatus.SENDING),
            )
        )
    return Claim(token, ids, turn.until if turn else None)


def finish(connection: Connection, message_id: int, token: str, outcome: Outcome) -> bool:
    """Record what became of a mail. Returns False, and changes nothing, where the lease has gone to another sender."""
    dialect = connection.dialect
    later = None
    if outcome.wait:
        later = connection.scalars(select(database_time(dialect.name))).one() + timedelta(seconds=outcome.wait)
    values = _values(message_id, token, outcome) | {"later": later}
    return bool(connection.execute(_finishing(dialect.name), values).rowcount)


def written_out(dialect: Dialect, message_id: int, token: str, outcome: Outcome) -> tuple[str, dict[str, Any]]:
    """Return the statement of ``finish``, for an outcome that need not wait, as the database's driver takes it."""
    words, always = _written(dialect)
    return words, always | _values(message_id, token, outcome)


def _values(message_id: int, token: str, outcome: Outcome) -> dict[str, Any]:
    return {
        "of": message_id,
        "token": token,
        "outcome": outcome.status.value,
        "sent": outcome.status is MessageStatus.SENT,
        "left": outcome.may_have_left or outcome.status is MessageStatus.SENT,
        "error": outcome.error,
        "provider": outcome.provider_id,
    }


def release(session: Session, claim: Claim, message_ids: Sequence[int]) -> None:
    """Give back mails that were claimed and not tried: they may be taken again at once."""
    tried = Message.attempts - 1
    values = {
        "status": case((tried > 0, MessageStatus.DEFERRED), else_=MessageStatus.WAITING),
        "attempts": tried,
        "next_attempt_at": _now(session),
    }
    if message_ids:
        session.execute(
            update(MESSAGES)
            .where(MESSAGES.c.id.in_(message_ids), MESSAGES.c.lease_token == claim.token)
            .values(**values, lease_token=None, lease_until=None)
        )


def _now(session: Session) -> datetime:
    return session.scalars(select(database_time(session.get_bind().dialect.name))).one()


@cache
def _written(dialect: Dialect) -> tuple[str, dict[str, Any]]:
    written = _finishing(dialect.name).compile(dialect=dialect)
    return written.string, {name: getattr(value, "value", value) for name, value in written.params.items()}


@cache
def _finishing(dialect: str) -> Update:
    """Return the statement that ends a lease with an outcome, made once: it stands between a 250 and its commit."""
    return (
        update(MESSAGES)
        .where(MESSAGES.c.id == bindparam("of"), MESSAGES.c.lease_token == bindparam("token"))
        .values(
            # A provider may say that it has arrived before we have written that it left.
            status=case(
                (bindparam("sent", type_=Boolean()) & MESSAGES.c.delivered_at.is_not(None), MessageStatus.DELIVERED),
                else_=bindparam("outcome", type_=MESSAGES.c.status.type),
            ),
            provider_id=func.coalesce(bindparam("provider", type_=Text()), MESSAGES.c.provider_id),
            last_error=bindparam("error"),
            may_have_left=or_(MESSAGES.c.may_have_left, bindparam("left", type_=Boolean())),
            next_attempt_at=func.coalesce(bindparam("later", type_=UtcDateTime()), MESSAGES.c.next_attempt_at),
            sent_at=case((bindparam("sent", type_=Boolean()), database_time(dialect)), else_=None),
            lease_token=None,
            lease_until=None,
        )
    )
