"""What goes with an action's ending, and what is taken back when it is opened again."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import decisions
from tracker.actions.deciding import settle
from tracker.models import Action, Claim, Person
from tracker.terms import Decision, Response


def withdraw(session: Session, action: Action, note: str, *, by: Person, now: datetime) -> None:
    """End every claim and request of an action that waits, refused by nobody."""
    waiting = decisions.everything_waiting(session, action)
    for asked in waiting:
        if isinstance(asked, Claim):
            asked.outcome, asked.checked_at, asked.finding = Decision.REFUSED, now, note
        else:
            settle(asked, agreed=False, note=note, by=None, now=now)
    if waiting:
        audit.record(session, action, "withdrawn", "ended what was waiting for a decision", by=by, at=now, note=note)


def take_back(action: Action) -> None:
    """Take back what its ending had set: it is open again. Its first date and its history stay.

    What was not accepted awaits a response again.
    """
    if action.response is Response.NOT_ACCEPTED:
        action.response = Response.AWAITING
    action.closed_at = action.claimed_on = None
    action.close_reason = action.closed_by_id = action.successor_id = None
