"""The bodies' lines of an action."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import queries
from tracker.actions.lifecycle import Part
from tracker.actions.parts import parts_of
from tracker.errors import MoveNotAllowed, NotAllowed
from tracker.models import Action, Contribution, Person
from tracker.terms import OPEN_DELIVERY, ContributionStatus


def set_contribution(
    session: Session,
    action: Action,
    line: Contribution,
    *,
    status: ContributionStatus,
    note: str,
    by: Person,
    now: datetime,
) -> None:
    """Note where one body's line stands. Raises MoveNotAllowed where the action has ended."""
    queries.hold(session, action)
    if not parts_of(by, action) & {Part.OWNER, Part.LEAD}:
        raise NotAllowed("Only the owner and the leads may change a body's line.")
    if action.delivery not in OPEN_DELIVERY:
        raise MoveNotAllowed(f"This action is not open: it stands at “{action.delivery.label}”.")
    before, line.status, line.note, line.replied_at = line.status, status, note.strip() or line.note, now
    audit.record(
        session,
        action,
        "contribution",
        f"noted {line.body.name}: {status.label.lower()}",
        by=by,
        at=now,
        before={"body_id": line.body_id, "status": before},
        after={"body_id": line.body_id, "status": status},
        note=note.strip() or None,
    )
