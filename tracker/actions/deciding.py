"""What deciding any request has in common: it is decided once, under its action's lock, and says by whom."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions import queries
from tracker.errors import MoveNotAllowed
from tracker.models import Extension, Pause, Person
from tracker.terms import Decision


def hold_undecided(session: Session, asked: Extension | Pause) -> None:
    """Take the action of a request. Raises MoveNotAllowed where somebody has decided the request meanwhile."""
    queries.hold(session, asked.action)
    session.refresh(asked, ["outcome"])
    if asked.outcome is not Decision.WAITING:
        raise MoveNotAllowed("This request has been decided already.")


def settle(asked: Extension | Pause, *, agreed: bool, note: str | None, by: Person | None, now: datetime) -> None:
    """Write what was decided of a request; by nobody, where its action ended over it."""
    asked.outcome = Decision.AGREED if agreed else Decision.REFUSED
    asked.decided_by_id, asked.decided_at, asked.decision_note = by.id if by else None, now, note
