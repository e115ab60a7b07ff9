"""Sends what is in the outbox: claim a few under a lease, look at each once more, hand it over, finish it.

A process may be killed at any instruction. The one place where a person can get a second copy lies between the mail
server's acceptance and our commit of it; that copy carries the same Message-ID.
"""

import logging
import secrets
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy.orm import Session, sessionmaker

from tracker.adapters.mailer import (
    Envelope,
    Mailer,
    NeverHandedOver,
    PermanentFailure,
    ServerUnreachable,
    TemporaryFailure,
)
from tracker.config import Settings
from tracker.models.transactions import write_for
from tracker.reminders.delivery.held import Held
from tracker.reminders.delivery.outbox import Claim, Outcome, claim_batch, release
from tracker.reminders.delivery.wanted import Mail, no_longer_wanted, wanted_elsewhere
from tracker.reminders.links import fill
from tracker.terms import MessageStatus

log = logging.getLogger(__name__)


BATCH = 20  # mails a claim: few enough to be sent well within a lease
MOST_ATTEMPTS = 48
FIRST_WAIT, LONGEST_WAIT = 60.0, 4 * 3600.0  # seconds
ASKED_ELSEWHERE = "Somebody else is asked about this now. The next morning’s mail tells them."
UNREACHABLE_IN_A_ROW = 3  # then the mail server is left alone until the next tick


@dataclass
class Delivered:
    """How many mails ended in each way, and how often in a row the server could not be reached."""

    ended: Counter[MessageStatus] = field(default_factory=Counter)
    unreachable: int = 0


def deliver(
    sessions: sessionmaker[Session],
    mailer: Mailer,
    *,
    settings: Settings,
    stopping: Callable[[], bool] = lambda: False,
    seconds: float = float("inf"),
) -> Delivered:
    """Send until nothing is due, or until stopped, out of time, or unable to reach the mail server three times.

    What is claimed and not tried then is given back. Any number of processes may do this at once.
    """
    until = time.monotonic() + seconds
    delivered = Delivered()

    def enough() -> bool:
        return stopping() or time.monotonic() >= until or delivered.unreachable >= UNREACHABLE_IN_A_ROW

    try:
        while not enough():
            with write_for(sessions) as session:
                claim = claim_batch(
                    session, size=BATCH, lease_seconds=settings.lease_seconds, a_minute=settings.mails_a_minute
                )
            if not claim.message_ids:
                break
            send_claimed(sessions, mailer, claim, settings=settings, enough=enough, delivered=delivered)
    finally:
        mailer.close()
    return delivered


def send_claimed(
    sessions: sessionmaker[Session],
    mailer: Mailer,
    claim: Claim,
    *,
    settings: Settings,
    enough: Callable[[], bool],
    delivered: Delivered,
) -> None:
    """Send the mails of a claim one by one, each looked at once more before; give back what there is no time for."""
    spare = timedelta(seconds=min(max(1.0, settings.smtp_timeout), settings.lease_seconds / 2))
    waiting = list(claim.message_ids)
    with Held(sessions) as held:
        while waiting and not enough():
            mail = held.look(waiting[0], claim.token)
            if mail is not None and _too_late(mail, claim, spare):
                break
            waiting.pop(0)
            if mail is not None:  # else the lease has gone to another sender: theirs to send
                outcome = _try(mailer, mail, settings, delivered)
                if held.record(mail.id, claim.token, outcome):
                    delivered.ended[outcome.status] += 1
    if waiting:
        with write_for(sessions) as session:
            release(session, claim, waiting)


def wait_before_next(attempts: int, chance: float) -> float:
    """Return the seconds until the next attempt: doubling from a minute to four hours, spread by a chance of 0 to 1."""
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** (attempts - 1))
    return longest * (0.5 + chance / 2)


def _too_late(mail: Mail, claim: Claim, spare: timedelta) -> bool:
    """Say whether the lease might not outlast the sending, or the minute whose places were taken has ended."""
    return mail.lease_until - mail.clock < spare or (claim.until is not None and mail.clock >= claim.until)


def _try(mailer: Mailer, mail: Mail, settings: Settings, delivered: Delivered) -> Outcome:
    if wanted_elsewhere(mail):
        return Outcome(MessageStatus.DEFERRED, ASKED_ELSEWHERE, LONGEST_WAIT)
    reason = no_longer_wanted(mail)
    if reason:
        return Outcome(MessageStatus.CANCELLED, reason)
    try:
        provider_id = mailer.send(_envelope(mail, settings.secret_key))
    except PermanentFailure as error:
        log.warning("mail %s was refused: %s", mail.id, error)
        return Outcome(MessageStatus.FAILED, str(error))
    except TemporaryFailure as error:
        log.warning("mail %s must wait: %s", mail.id, error)
        unreachable = isinstance(error, ServerUnreachable)
        delivered.unreachable = delivered.unreachable + 1 if unreachable else 0
        unknown = unreachable and not isinstance(error, NeverHandedOver)
        return _later(mail.attempts, str(error), may_have_left=unknown)
    except Exception as error:  # one mail that cannot be sent must not hold up the others
        log.exception("mail %s could not be sent", mail.id)
        return _later(mail.attempts, f"Fault in the service: {type(error).__name__}", may_have_left=True)
    delivered.unreachable = 0
    return Outcome(MessageStatus.SENT, provider_id=provider_id)


def _envelope(mail: Mail, secret_key: str) -> Envelope:
    return Envelope(
        to_address=mail.to_address,
        subject=mail.subject,
        text=fill(mail.text, mail.id, secret_key),
        html=fill(mail.html, mail.id, secret_key) if mail.html else None,
        message_id=mail.message_id,
        date=mail.created_at,
    )


def _later(attempts: int, error: str, *, may_have_left: bool) -> Outcome:
    if attempts >= MOST_ATTEMPTS:
        said = f"Given up after {attempts} attempts. {error}"
        return Outcome(MessageStatus.FAILED, said, may_have_left=may_have_left)
    wait = wait_before_next(attempts, secrets.SystemRandom().random())
    return Outcome(MessageStatus.DEFERRED, error, wait, may_have_left=may_have_left)
