"""Handing an action over: a new owner, a new lead, or both, with a note. Dates and history stay."""

from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Self

from sqlalchemy.orm import Session

from tracker.actions import moving, queries
from tracker.actions.lifecycle import Move, allowed
from tracker.actions.parts import parts_of
from tracker.errors import InvalidValue
from tracker.models import Action, Person
from tracker.opened import refuse_if_changed
from tracker.terms import OFFICERS, PLANNERS


@dataclass(frozen=True)
class Hands:
    """Whose hands an action is in, by their ids."""

    owner: int
    lead: int

    @classmethod
    def of(cls, action: Action) -> Self:
        """Return who has it."""
        return cls(action.owner_id, action.lead_id)


@dataclass(frozen=True)
class Kept:
    """What goes with the owner of an action: the post it belongs to, and the checker appointed beside the leads."""

    post_id: int | None
    checker_id: int | None

    @classmethod
    def of(cls, action: Action) -> Self:
        """Return them as they stand."""
        return cls(action.post_id, action.checker_id)

    def with_owner(self, owner: Person) -> "Kept":
        """Return them as they may stand beside an owner: nobody checks their own work."""
        return replace(self, checker_id=None) if self.checker_id == owner.id else self


def hand_over(
    session: Session,
    action: Action,
    *,
    owner: Person,
    lead: Person,
    note: str,
    by: Person,
    now: datetime,
    back: Kept | None = None,
    opened: str | None = None,
) -> None:
    """Give an action another owner or lead. Only leads may.

    With a new owner it goes to their post; ``back`` is the post and the checker it gets instead, where an earlier
    handing over is taken back. ``opened`` is who had it as the person saw it: where it went to others meanwhile,
    ChangedMeanwhile. Raises InvalidValue where nothing changes, no note says why, or somebody cannot have that part.
    """
    queries.hold(session, action)
    refuse_if_changed(opened, Hands.of(action))
    allowed(Move.HAND_OVER, now=action.delivery, parts=parts_of(by, action))
    if (owner.id, lead.id) == (action.owner_id, action.lead_id):
        raise InvalidValue("Choose another owner or another lead.")
    takes_on = owner.id == action.owner_id or (owner.active and owner.role in OFFICERS)
    leads = lead.id == action.lead_id or (lead.active and lead.role in PLANNERS)
    if not (takes_on and leads):  # whoever stays may have left: they are handed over another time
        raise InvalidValue("Choose people from the lists.")
    kept = goes = Kept.of(action)
    if owner.id != action.owner_id:
        goes = (back or replace(kept, post_id=owner.post_id)).with_owner(owner)
    changed = [name for name, value in asdict(kept).items() if asdict(goes)[name] != value]
    moving.make(
        session,
        action,
        Move.HAND_OVER,
        f"handed it over: {owner.name} owns it, {lead.name} leads",
        by=by,
        now=now,
        given={"note": note},
        verb="handed_over",
        before=_told(action.owner, action.lead) | {name: asdict(kept)[name] for name in changed},
        after=_told(owner, lead) | {name: asdict(goes)[name] for name in changed},
        note=note.strip(),
    )
    action.owner, action.lead = owner, lead
    action.post_id, action.checker_id = goes.post_id, goes.checker_id
    action.disowned_at = action.disowned_words = None


def hand_over_many(
    session: Session, giver: Person, chosen: Collection[int], *, to: Person, note: str, by: Person, now: datetime
) -> int:
    """Give somebody else the chosen open actions of one person, each recorded; return how many.

    All of them or none. Raises InvalidValue where none is chosen or one is no longer theirs.
    """
    if not chosen:
        raise InvalidValue("Choose at least one action.")
    queries.hold_all(session, chosen)  # before it is read whose they are
    session.expire_all()
    owned = [action for action in queries.owed_by(session, giver) if action.id in chosen]
    if len(owned) != len(chosen):
        raise InvalidValue("Some of these actions have changed hands or ended meanwhile. Look at the list again.")
    for action in owned:
        hand_over(session, action, owner=to, lead=action.lead, note=note, by=by, now=now)
    return len(owned)


def _told(owner: Person, lead: Person) -> dict[str, object]:
    """Say whose hands these are as the history keeps it: by name for who reads it, by id for how things stood."""
    return {"owner": owner.name, "lead": lead.name, "owner_id": owner.id, "lead_id": lead.id}
