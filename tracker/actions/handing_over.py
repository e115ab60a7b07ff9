"""Handing an action over: a new owner, a new lead, or both, with a note. Dates and history stay."""

from datetime import datetime

from sqlalchemy.orm import Session

from tracker import audit
from tracker.actions import queries
from tracker.actions.lifecycle import Part
from tracker.actions.parts import parts_of
from tracker.errors import InvalidValue, NotAllowed
from tracker.models import Action, Person
from tracker.terms import Role

MAY_OWN = (Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR)
MAY_LEAD = (Role.LEAD, Role.DIRECTOR)


def hand_over(
    session: Session, action: Action, *, owner: Person, lead: Person, note: str, by: Person, now: datetime
) -> None:
    """Give an action another owner or lead. Only leads may.

    Raises InvalidValue where nothing changes, no note says why, or somebody cannot have that part.
    """
    queries.hold(session, action)
    if Part.LEAD not in parts_of(by, action):
        raise NotAllowed("Only a lead may hand an action over.")
    if (owner.id, lead.id) == (action.owner_id, action.lead_id):
        raise InvalidValue("Choose another owner or another lead.")
    if not (owner.active and owner.role in MAY_OWN and lead.active and lead.role in MAY_LEAD):
        raise InvalidValue("Choose people from the lists.")
    if not note.strip():
        raise InvalidValue("Say why it is handed over, for whoever takes it on.")
    before = {"owner": action.owner.name, "lead": action.lead.name}
    action.owner, action.lead = owner, lead
    after = {"owner": owner.name, "lead": lead.name}
    audit.record(
        session,
        action,
        "handed_over",
        f"handed it over: {owner.name} owns it, {lead.name} leads",
        by=by,
        at=now,
        before=before,
        after=after,
        note=note.strip(),
    )
