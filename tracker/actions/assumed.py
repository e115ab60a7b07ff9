"""Agreeing to a date that the report did not give: it was assumed by the council's rule (DESIGN section 3, rule 2)."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move
from tracker.errors import MoveNotAllowed
from tracker.models import Action, Person
from tracker.wording import format_date


def agree_date(session: Session, action: Action, *, by: Person, now: datetime) -> None:
    """Agree to the assumed date; it stays marked as assumed. Raises MoveNotAllowed where there is nothing to agree."""
    queries.hold(session, action)
    if not action.due_assumed or action.assumed_seen_at is not None:
        raise MoveNotAllowed("The date of this action does not wait for anybody to agree.")
    sentence = f"agreed to the assumed date, {format_date(action.original_due_date)}"
    moving.make(session, action, Move.AGREE_DATE, sentence, by=by, now=now, verb="date_agreed")
    action.assumed_seen_at = now
