"""Which parts a person plays in an action: what the lifecycle's table asks about."""

from tracker.actions.lifecycle import Move, Part, possible
from tracker.models import Action, Claim, Extension, Pause, Person
from tracker.terms import PLANNERS, Role

Asked = Claim | Extension | Pause  # what waits for a second person


def parts_of(person: Person | None, action: Action, asked: Asked | None = None) -> frozenset[Part]:
    """Return the parts a person plays. Any lead may stand in for the action's own, so that leave holds nobody up.

    ``asked`` is the claim or request that is to be decided. Nobody at all is the service itself.
    """
    if person is None:
        return frozenset({Part.SERVICE})
    parts = set()
    if person.id == action.owner_id:
        parts.add(Part.OWNER)
    if person.role in PLANNERS:
        parts.add(Part.LEAD)
    if person.role is Role.DIRECTOR:
        parts.add(Part.DIRECTOR)
    if person.id == action.checker_id:
        parts.add(Part.CHECKER)
    if asked is not None and person.id == asker_id(asked):
        parts.add(Part.ASKER)
    return frozenset(parts)


def asker_id(asked: Asked) -> int:
    """Return who claimed or asked."""
    return asked.claimed_by_id if isinstance(asked, Claim) else asked.asked_by_id


def moves_for(person: Person, action: Action, asked: Asked | None = None) -> frozenset[Move]:
    """Return what a page may offer this person."""
    return possible(action.delivery, parts_of(person, action, asked))
