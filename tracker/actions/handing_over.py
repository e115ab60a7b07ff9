"""Handing an action over: a new owner, a new lead, or both, with a note. Dates and history stay."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import parts_of
from tracker.errors import InvalidValue
from tracker.models import Action, Person
from tracker.terms import OFFICERS, PLANNERS


def hand_over(
    session: Session, action: Action, *, owner: Person, lead: Person, note: str, by: Person, now: datetime
) -> None:
    """Give an action another owner or lead. Only leads may.

    Raises InvalidValue where nothing changes, no note says why, or somebody cannot have that part.
    """
    queries.hold(session, action)
    allowed(Move.HAND_OVER, now=action.delivery, parts=parts_of(by, action))
    if (owner.id, lead.id) == (action.owner_id, action.lead_id):
        raise InvalidValue("Choose another owner or another lead.")
    takes_on = owner.id == action.owner_id or (owner.active and owner.role in OFFICERS)
    leads = lead.id == action.lead_id or (lead.active and lead.role in PLANNERS)
    if not (takes_on and leads):  # whoever stays may have left: they are handed over another time
        raise InvalidValue("Choose people from the lists.")
    moving.make(
        session,
        action,
        Move.HAND_OVER,
        f"handed it over: {owner.name} owns it, {lead.name} leads",
        by=by,
        now=now,
        given={"note": note},
        verb="handed_over",
        before={"owner": action.owner.name, "lead": action.lead.name},
        after={"owner": owner.name, "lead": lead.name},
        note=note.strip(),
    )
    action.owner, action.lead, action.post_id = owner, lead, owner.post_id
    if action.checker_id == owner.id:
        action.checker_id = None  # nobody checks their own work


def hand_over_many(
    session: Session, giver: Person, chosen: Collection[int], *, to: Person, note: str, by: Person, now: datetime
) -> int:
    """Give somebody else the chosen open actions of one person, each recorded; return how many.

    All of them or none. Raises InvalidValue where none is chosen or one is no longer theirs.
    """
    owned = [action for action in queries.owed_by(session, giver) if action.id in chosen]
    if not chosen:
        raise InvalidValue("Choose at least one action.")
    if len(owned) != len(chosen):
        raise InvalidValue("Some of these actions have changed hands or ended meanwhile. Look at the list again.")
    queries.hold_all(session, chosen)
    for action in owned:
        hand_over(session, action, owner=to, lead=action.lead, note=note, by=by, now=now)
    return len(owned)
