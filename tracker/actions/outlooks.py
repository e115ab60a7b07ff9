"""Somebody's own judgement of an outlook: printed beside the computed one, and lapsing at the next update."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move
from tracker.models import Action, Person
from tracker.terms import Outlook


def judge(session: Session, action: Action, *, outlook: Outlook, reason: str, by: Person, now: datetime) -> None:
    """Overrule the computed outlook, with a reason, until the next update."""
    queries.hold(session, action)
    moving.make(
        session,
        action,
        Move.JUDGE_OUTLOOK,
        f"judged its outlook: {outlook.label.lower()}",
        by=by,
        now=now,
        given={"reason": reason},
        verb="outlook_judged",
        before={"outlook": action.outlook_override},
        after={"outlook": outlook},
        note=reason.strip(),
    )
    action.outlook_override, action.outlook_reason = outlook, reason.strip()
    action.outlook_by_id, action.outlook_at = by.id, now


def lapse(session: Session, action: Action, *, now: datetime) -> None:
    """End the judgement that stands, if one does: something has been heard since. The service records it."""
    if action.outlook_override is None:
        return
    before = action.outlook_override
    action.outlook_override = action.outlook_reason = action.outlook_by_id = action.outlook_at = None
    sentence = f"ended the judged outlook “{before.label.lower()}”: something has been said since"
    audit.record(session, action, "outlook_lapsed", sentence, by=None, at=now, before={"outlook": before})
