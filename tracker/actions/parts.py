"""Which parts a person plays in an action: what the lifecycle's table asks about."""

from tracker.actions.lifecycle import Move, Part, possible
from tracker.models import Action, Claim, Person
from tracker.terms import Role


def parts_of(person: Person, action: Action, waiting: Claim | None = None) -> frozenset[Part]:
    """Return the parts a person plays. Any lead may stand in for the action's own, so that leave holds nobody up."""
    parts = set()
    if person.id == action.owner_id:
        parts.add(Part.OWNER)
    if person.id == action.lead_id or person.role in (Role.LEAD, Role.DIRECTOR):
        parts.add(Part.LEAD)
    if person.role is Role.DIRECTOR:
        parts.add(Part.DIRECTOR)
    if waiting is not None and waiting.claimed_by_id == person.id:
        parts.add(Part.CLAIMANT)
    return frozenset(parts)


def moves_for(person: Person, action: Action, waiting: Claim | None) -> frozenset[Move]:
    """Return the moves a page may offer this person."""
    return possible(action.delivery, parts_of(person, action, waiting))
