"""Who is here: people, services and bodies of the session's council, in the order people look for them."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker.errors import NotFound
from tracker.models import Body, Category, ClosureDay, Person, Service
from tracker.terms import OFFICERS, PLANNERS, CategoryKind, Role


def people(session: Session) -> list[Person]:
    """Return everybody with an account, by name."""
    return list(
        session.scalars(select(Person).options(joinedload(Person.service)).order_by(Person.name, Person.id)).unique()
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


def demonstration_people(session: Session) -> list[Person]:
    """Return the accounts of the demonstration, in the order its sign-in page lists them."""
    return list(session.scalars(select(Person).where(Person.demonstration).order_by(Person.id)))


def _in_roles(session: Session, roles: Collection[Role]) -> list[Person]:
    question = select(Person).where(Person.active, Person.role.in_(roles))
    return list(session.scalars(question.order_by(Person.name, Person.id)))
