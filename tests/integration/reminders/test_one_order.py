"""A sweep with the head of the history in hand refers to people: who changes what is unique of one has the head too."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

import pytest
from sqlalchemy.orm import Session

from tests.factories import make_reminded
from tests.integration.reminders.offices import MORNING, Office
from tracker import audit
from tracker.accounts.services import change_role
from tracker.models import Action, Person
from tracker.reminders import calendar
from tracker.terms import Role

A_MOMENT = 1.5  # seconds: who has not ended by then waits for us, and PostgreSQL has looked once whether in a ring


def to_member(session: Session, person: Person) -> None:
    administrator = session.get_one(Person, person.id + 1)
    change_role(session, person, role=Role.SCRUTINY_MEMBER, by=administrator, now=MORNING)


@pytest.mark.parametrize(
    "verb",
    [
        lambda session, person: calendar.renew(session, person, now=MORNING),
        lambda session, person: calendar.end(session, person, now=MORNING),
        to_member,
    ],
)
def test_a_person_who_is_written_to_changes_at_the_same_moment(
    office: Office, verb: Callable[[Session, Person], object]
) -> None:
    owner = office.person(calendar_digest="0" * 64)
    office.person(Role.ADMINISTRATOR)
    action = office.action(owner=owner)

    def change() -> None:
        with office.work() as session:
            verb(session, session.get_one(Person, owner.id))

    with ThreadPoolExecutor(1) as pool:
        with office.work() as session:  # as a sweep does
            audit.hold_head(session, office.council.id)
            changing = pool.submit(change)
            wait([changing], A_MOMENT)
            make_reminded(session, session.get_one(Action, action.id))
        changing.result()
    with office.work() as session:
        assert session.get_one(Person, owner.id).calendar_digest != "0" * 64
        assert audit.faults(session, office.council.id) == []
    assert len(office.mails()) == 1
