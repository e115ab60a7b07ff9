"""Changing a person: their name, email address, post, service and role, each with its row of history."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tracker import audit
from tracker.accounts import posts
from tracker.accounts.services import TAKEN, change_role, clean_address, end_sign_ins
from tracker.errors import InvalidValue
from tracker.models import Message, Person, Service
from tracker.opened import refuse_if_changed
from tracker.terms import MessageStatus, Role

WORDS = {"name": "name", "email": "email address", "post": "post", "service_id": "service"}


@dataclass(frozen=True)
class Particulars:
    """What an administrator may change of a person."""

    name: str
    email: str
    post: str
    service_id: int | None
    role: Role

    @classmethod
    def of(cls, person: Person) -> Self:
        """Return them as they stand."""
        return cls(person.name, person.email, person.post.name, person.service_id, person.role)


def change_person(
    session: Session, person: Person, *, wanted: Particulars, by: Person, now: datetime, opened: str | None = None
) -> list[str]:
    """Change a person and return what changed, in words. Their actions stay theirs, and stay with the post they had.

    A new role or a new address ends their sign-ins at once, a new address also what the old one was sent. ``opened`` is
    what the administrator saw: where it was changed meanwhile, ChangedMeanwhile. Raises InvalidValue for an empty name
    or post, an address that is taken, an unknown service; NotAllowed for one's own role.
    """
    _hold(session, person)
    present = Particulars.of(person)
    refuse_if_changed(opened, present)
    changed = [name for name in WORDS if getattr(wanted, name) != getattr(present, name)]
    _check(session, wanted)
    words = [WORDS[name] for name in changed]
    if wanted.role is not present.role:
        change_role(session, person, role=wanted.role, by=by, now=now)
        words.append("role")
    if changed:
        # The history's head is taken before the row is written: a new address locks the row against everybody who
        # writes history in this person's name, and they hold the head.
        before, after = ({name: asdict(one)[name] for name in changed} for one in (present, wanted))
        sentence = f"changed the {', '.join(WORDS[name] for name in changed)} of {present.name}"
        audit.record(session, person, "changed", sentence, by=by, at=now, before=before, after=after)
        _write(session, person, wanted)
    if "email" in changed:
        _old_address_ends(session, person)
    return words


def _old_address_ends(session: Session, person: Person) -> None:
    """End what whoever reads the old address could still do: sign-ins and the calendar; mails that wait go to the new.

    The links of mails that went to the old address end with it (``reminders.answering``).
    """
    end_sign_ins(session, person)
    person.calendar_digest = None
    still_here = (MessageStatus.WAITING, MessageStatus.DEFERRED)  # one that is being sent has perhaps gone to the old
    waiting = update(Message).where(Message.person_id == person.id, Message.status.in_(still_here))
    session.execute(waiting.values(to_address=person.email), execution_options={"synchronize_session": False})


def _hold(session: Session, person: Person) -> None:
    session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    session.refresh(person)


def _check(session: Session, wanted: Particulars) -> None:
    if not wanted.name:
        raise InvalidValue("Enter their full name.", field="name")
    if "@" not in wanted.email:
        raise InvalidValue(TAKEN, field="email")
    if wanted.service_id is not None and session.get(Service, wanted.service_id) is None:
        raise InvalidValue("Choose a service from the list.", field="service")


def _write(session: Session, person: Person, wanted: Particulars) -> None:
    post = posts.named(session, person.council, wanted.post)
    try:
        with session.begin_nested():
            person.name, person.email = wanted.name, clean_address(wanted.email)
            person.service_id, person.post = wanted.service_id, post
    except IntegrityError:  # somebody has it, perhaps of another council, whom this session does not see
        raise InvalidValue(TAKEN, field="email") from None
