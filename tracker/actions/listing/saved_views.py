"""Saved views: a list of actions under a name, for oneself, or shared by a lead with everybody of the council."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload

from tracker.actions.listing.shown import Shown
from tracker.errors import InvalidValue, NotAllowed, NotFound
from tracker.models import Person, SavedView
from tracker.terms import PLANNERS

LONGEST_NAME = 60
MOST_VIEWS = 50  # of one person


def views_for(session: Session, person: Person) -> list[SavedView]:
    """Return the views a person may use: their own, then what others share, each by name."""
    theirs = or_(SavedView.person_id == person.id, SavedView.shared)
    order = (SavedView.person_id != person.id, SavedView.name, SavedView.id)
    question = select(SavedView).where(theirs).options(joinedload(SavedView.person)).order_by(*order)
    return list(session.scalars(question))


def own_view(session: Session, person: Person, view_id: int) -> SavedView:
    """Return one of a person's own views: only they change it. Raises NotFound, or NotAllowed for a shared one."""
    found = session.get(SavedView, view_id)
    if found is not None and found.person_id == person.id:
        return found
    if found is not None and found.shared:
        raise NotAllowed("Only the person who saved a view can change it.")
    raise NotFound("You have no saved view like this. It may have been removed.")


def save_view(session: Session, *, name: str, shown: Shown, shared: bool, by: Person, now: datetime) -> SavedView:
    """Keep a list under a name. Raises InvalidValue for a name that is empty, long or taken; only leads share."""
    if len(_names(session, by)) >= MOST_VIEWS:
        raise InvalidValue(f"You have {MOST_VIEWS} saved views. Remove one that you no longer use.", field="name")
    made = SavedView(
        council_id=by.council_id,
        person_id=by.id,
        name=_checked(session, name, by),
        query=shown.query,
        shared=_may_share(by, shared=shared),
        created_at=now,
    )
    session.add(made)
    session.flush()  # a link to it needs its id
    return made


def change_view(session: Session, view: SavedView, *, name: str, shared: bool, by: Person) -> None:
    """Give a view another name, or share it, or stop sharing it."""
    if name.strip() != view.name:
        view.name = _checked(session, name, by)
    view.shared = _may_share(by, shared=shared)


def remove_view(session: Session, view: SavedView) -> None:
    """Forget a view."""
    session.delete(view)


def _names(session: Session, person: Person) -> set[str]:
    return set(session.scalars(select(SavedView.name).where(SavedView.person_id == person.id)))


def _checked(session: Session, name: str, by: Person) -> str:
    name = " ".join(name.split())
    if not name:
        raise InvalidValue("Enter a name for this view.", field="name")
    if len(name) > LONGEST_NAME:
        raise InvalidValue(f"Enter a name of {LONGEST_NAME} characters or fewer.", field="name")
    if name in _names(session, by):
        raise InvalidValue("You have a view of this name. Enter another name.", field="name")
    return name


def _may_share(by: Person, *, shared: bool) -> bool:
    if shared and by.role not in PLANNERS:
        raise NotAllowed("Only leads share views with everybody.")
    return shared
