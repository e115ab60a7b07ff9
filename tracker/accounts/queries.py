"""Who is here: people, services and bodies of the session's council, in the order people look for them."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from tracker.errors import NotFound
from tracker.models import Action, Body, Category, ClosureDay, Person, Service
from tracker.terms import OFFICERS, OPEN_DELIVERY, PLANNERS, CategoryKind, Role

MOST_LISTED = 20  # accounts on the demonstration's sign-in page


def people(session: Session) -> list[Person]:
    """Return everybody with an account, by name."""
    return list(
        session.scalars(
            select(Person).options(joinedload(Person.service), joinedload(Person.post)).order_by(Person.name, Person.id)
        )
    )


def owners(session: Session) -> list[Person]:
    """Return everybody who may own an action, by name."""
    return _in_roles(session, OFFICERS)


def leads(session: Session) -> list[Person]:
    """Return everybody who may answer for an action, by name."""
    return _in_roles(session, PLANNERS)


def person(session: Session, person_id: int) -> Person:
    """Return one person. Raises NotFound where there is none by that id in this council."""
    found = session.get(Person, person_id)
    if found is None:
        raise NotFound
    return found


def open_actions_of(session: Session, owner: Person) -> int:
    """Return how many open actions a person owns."""
    question = select(func.count(Action.id)).where(Action.owner_id == owner.id, Action.delivery.in_(OPEN_DELIVERY))
    return session.scalar(question) or 0


def services(session: Session) -> list[Service]:
    """Return the council's services, by name."""
    return list(session.scalars(select(Service).order_by(Service.name, Service.id)))


def categories(session: Session, kind: CategoryKind) -> list[Category]:
    """Return the council's themes or outcome areas, by name."""
    return list(session.scalars(select(Category).where(Category.kind == kind).order_by(Category.name, Category.id)))


def closure_days(session: Session) -> list[ClosureDay]:
    """Return the days on which the council is closed beside the bank holidays, in their order."""
    return list(session.scalars(select(ClosureDay).order_by(ClosureDay.day)))


def bodies(session: Session) -> list[Body]:
    """Return the organisations that act with the council, by name."""
    return list(session.scalars(select(Body).order_by(Body.name, Body.id)))


def demonstration_people(session: Session) -> tuple[list[Person], int]:
    """Return the accounts of the demonstration in the order its sign-in page lists them, and how many there are.

    Of more than a page can show it is the first of each role.
    """
    accounts = (Person.demonstration, Person.active)
    shown = select(Person).where(*accounts).options(joinedload(Person.post)).order_by(Person.id)
    found = list(session.scalars(shown.limit(MOST_LISTED + 1)))
    if len(found) <= MOST_LISTED:
        return found, len(found)
    counted = session.scalar(select(func.count(Person.id)).where(*accounts)) or 0
    first = select(func.min(Person.id)).where(*accounts).group_by(Person.role)
    return list(session.scalars(shown.where(Person.id.in_(first)))), counted


def _in_roles(session: Session, roles: Collection[Role]) -> list[Person]:
    question = select(Person).where(Person.active, Person.role.in_(roles)).options(joinedload(Person.post))
    return list(session.scalars(question.order_by(Person.name, Person.id)))
