"""Somebody's name, address, post, service and role are changed by an administrator, and the history says so."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_council, make_person, make_reminded, make_service
from tracker.accounts.people import Particulars, change_person
from tracker.accounts.services import TAKEN
from tracker.errors import ChangedMeanwhile, InvalidValue, NotAllowed
from tracker.models import Council, HistoryEntry, Person, SignIn, work_for
from tracker.opened import as_opened
from tracker.terms import MessageStatus, Role

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def council(session: Session) -> Council:
    made = make_council(session)
    work_for(session, made.id)
    return made


@pytest.fixture
def ann(session: Session, council: Council) -> Person:
    person = make_person(session, council, name="Ann Hall", email="ann.hall@westmere.example")
    session.add(SignIn(council_id=council.id, token_digest="a token", person_id=person.id, started_at=NOW, seen_at=NOW))
    session.commit()
    return person


@pytest.fixture
def administrator(session: Session, council: Council) -> Person:
    return make_person(session, council, Role.ADMINISTRATOR)


def change(session: Session, person: Person, by: Person, opened: str | None = None, **wanted: object) -> list[str]:
    new = replace(Particulars.of(person), **wanted)  # type: ignore[arg-type]
    changed = change_person(session, person, wanted=new, by=by, now=NOW, opened=opened)
    session.commit()
    return changed


def signed_in(session: Session) -> int:
    return session.scalar(select(func.count(SignIn.id))) or 0


def history(session: Session) -> list[HistoryEntry]:
    return list(session.scalars(select(HistoryEntry).order_by(HistoryEntry.id)))


def test_a_person_is_changed_with_one_row_of_history_that_says_from_what_to_what(
    session: Session, ann: Person, administrator: Person
) -> None:
    service = make_service(session, ann.council)
    wanted = {"name": "Ann Hall-Reed", "post": "Head of Early Help", "service_id": service.id}
    assert change(session, ann, administrator, **wanted) == ["name", "post", "service"]
    assert (ann.name, ann.post.name, ann.service_id) == ("Ann Hall-Reed", "Head of Early Help", service.id)
    (row,) = history(session)
    assert (row.kind, row.sentence) == ("person:changed", "changed the name, post, service of Ann Hall")
    assert row.before == {"name": "Ann Hall", "post": "Head of Service", "service_id": None}
    assert row.after == wanted
    assert signed_in(session) == 1


def test_a_new_address_ends_the_sign_ins_and_a_new_post_does_not(
    session: Session, ann: Person, administrator: Person
) -> None:
    change(session, ann, administrator, post="Head of Early Help")
    assert signed_in(session) == 1
    assert change(session, ann, administrator, email="ann.reed@westmere.example") == ["email address"]
    assert (ann.email, signed_in(session)) == ("ann.reed@westmere.example", 0)


def test_a_new_role_ends_the_sign_ins_and_has_a_row_of_its_own(
    session: Session, ann: Person, administrator: Person
) -> None:
    assert change(session, ann, administrator, role=Role.LEAD, name="Ann Reed") == ["name", "role"]
    assert (ann.role, signed_in(session)) == (Role.LEAD, 0)
    assert [row.kind for row in history(session)] == ["person:role_changed", "person:changed"]


def test_a_new_post_leaves_the_actions_with_the_post_they_belong_to(
    session: Session, ann: Person, administrator: Person
) -> None:
    action = make_action(session, ann.council, owner=ann, post_id=ann.post_id)
    change(session, ann, administrator, post="Head of Early Help")
    assert action.post_id != ann.post_id


def test_nothing_changed_is_not_on_record(session: Session, ann: Person, administrator: Person) -> None:
    assert change(session, ann, administrator) == []
    assert history(session) == []
    assert signed_in(session) == 1


@pytest.mark.parametrize("whose", ["ours", "theirs", "nobody's"])
def test_an_address_that_is_taken_or_none_is_refused_wherever_the_other_is(
    session: Session, ann: Person, administrator: Person, whose: str
) -> None:
    taken = "no address"
    if whose != "nobody's":
        work_for(session, (other := ann.council if whose == "ours" else make_council_beside(session)).id)
        taken = make_person(session, other, email="taken@westmere.example").email
        session.commit()
        work_for(session, ann.council_id)
    with pytest.raises(InvalidValue, match=TAKEN):
        change(session, ann, administrator, email=taken)
    session.rollback()
    assert ann.email == "ann.hall@westmere.example"
    assert history(session) == []


def make_council_beside(session: Session) -> Council:
    return make_council(session, "Northbrook")


@pytest.mark.parametrize(
    ("wanted", "field"), [({"name": ""}, "name"), ({"post": " "}, "post"), ({"service_id": 999}, "service")]
)
def test_what_cannot_be_is_refused_at_its_field(
    session: Session, ann: Person, administrator: Person, wanted: dict[str, object], field: str
) -> None:
    with pytest.raises(InvalidValue) as refused:
        change(session, ann, administrator, **wanted)
    assert refused.value.field == field


def test_nobody_gives_themselves_another_role_but_may_correct_their_own_name(
    session: Session, administrator: Person
) -> None:
    assert change(session, administrator, administrator, name="Ade Okoro") == ["name"]
    with pytest.raises(NotAllowed, match="Ask another administrator"):
        change(session, administrator, administrator, role=Role.LEAD)


def test_what_somebody_else_changed_meanwhile_is_not_overwritten(
    session: Session, ann: Person, administrator: Person
) -> None:
    opened = as_opened(Particulars.of(ann))
    change(session, ann, administrator, opened, name="Ann Reed")
    with pytest.raises(ChangedMeanwhile):
        change(session, ann, administrator, opened, name="Ann Hill")
    assert change(session, ann, administrator, as_opened(Particulars.of(ann)), name="Ann Hill") == ["name"]


def test_a_corrected_address_takes_the_mails_that_wait_with_it_and_ends_the_calendar(
    session: Session, ann: Person, administrator: Person
) -> None:
    ann.calendar_digest = "of an address"
    action = make_action(session, ann.council, owner=ann)
    waiting = make_reminded(session, action, status=MessageStatus.WAITING)
    sent = make_reminded(session, make_action(session, ann.council, owner=ann))
    change(session, ann, administrator, email="right@westmere.example")
    session.expire_all()
    assert ann.calendar_digest is None
    assert (waiting.to_address, sent.to_address) == ("right@westmere.example", "ann.hall@westmere.example")
