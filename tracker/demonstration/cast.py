"""The people, services and bodies of the demonstration. All invented."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from tracker.accounts.passwords import DEMONSTRATION_PASSWORD
from tracker.accounts.services import add_person
from tracker.models import Body, Council, Person, Service
from tracker.terms import Role

SERVICES = ("Referral and assessment", "Children in care", "Special educational needs", "Quality and improvement")
BODIES = (
    ("Westmere Council", ["the council", "council", "local authority", "the local authority"]),
    ("Westmere Safeguarding Children Partnership", ["the partnership", "WSCP"]),
    ("Westmere Integrated Care Board", ["the integrated care board", "ICB"]),
    ("Northbrook Hospitals NHS Trust", ["Northbrook Hospitals", "the hospital trust"]),
)
PEOPLE = (  # key, name, post, role, service
    ("assessment", "Amira Holt", "Service manager, referral and assessment", Role.SERVICE_MANAGER, 0),
    ("care", "Tom Ashby", "Head of service, children in care", Role.SERVICE_MANAGER, 1),
    ("send", "Grace Lindqvist", "Service manager, special educational needs", Role.SERVICE_MANAGER, 2),
    ("lead", "Daniel Osei", "Assistant director, quality and improvement", Role.LEAD, 3),
    ("second-lead", "Helen Marchbank", "Head of improvement", Role.LEAD, 3),
    ("director", "Ruth Calder", "Director of children's services", Role.DIRECTOR, None),
    ("member", "Councillor Samir Pell", "Chair of the children's scrutiny panel", Role.SCRUTINY_MEMBER, None),
    ("administrator", "Jo Fenwick", "Performance officer", Role.ADMINISTRATOR, None),
)


@dataclass(frozen=True)
class Cast:
    """Who and what the story is told of."""

    council: Council
    people: dict[str, Person]


def gather(session: Session, now: datetime) -> Cast:
    """Make the council and everybody in it."""
    council = Council(name="Westmere Council", authority="Westmere", slug="westmere", prefix="WES", public_link_days=30)
    session.add(council)
    session.flush()
    services = [Service(council_id=council.id, name=name) for name in SERVICES]
    session.add_all(services)
    session.add_all(Body(council_id=council.id, name=name, aliases=aliases) for name, aliases in BODIES)
    people: dict[str, Person] = {}
    for key, name, post, role, service in PEOPLE:
        people[key] = add_person(
            session,
            council,
            name=name,
            email=f"{key}@westmere.example",
            post=post,
            role=role,
            password=DEMONSTRATION_PASSWORD,
            now=now,
            by=None,
            service=None if service is None else services[service],
            demonstration=True,
        )
    return Cast(council, people)
