"""Slowing down whoever tries again and again: attempts are counted by what was tried, across all web processes."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from tracker.hashing import digest
from tracker.models import SignInAttempt

ATTEMPTS = 10  # at one email address, or one link ...
ATTEMPTS_WITHIN = timedelta(minutes=5)  # ... in this time
SLOW_DOWN = "Too many attempts. Wait five minutes, then try again."


def too_many(session: Session, tried: str, now: datetime) -> bool:
    """Say whether this has been tried wrongly too often lately."""
    question = select(func.count(SignInAttempt.id)).where(
        SignInAttempt.email_digest == digest(tried), SignInAttempt.at > now - ATTEMPTS_WITHIN
    )
    return (session.scalar(question) or 0) >= ATTEMPTS


def note_attempt(session: Session, tried: str, now: datetime) -> None:
    """Count a wrong attempt."""
    session.add(SignInAttempt(email_digest=digest(tried), at=now))


def forget_attempts(session: Session, tried: str) -> None:
    """Count anew: it was right."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.email_digest == digest(tried)))


def forget_old_attempts(session: Session, now: datetime) -> None:
    """Forget the attempts of before yesterday: they slow nobody down any more."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.at < now - timedelta(days=1)))
