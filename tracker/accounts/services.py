"""Signing in and out, and making people. A sign-in is a row: without the row a browser's cookie opens nothing."""

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from tracker import audit
from tracker.accounts import passwords, posts
from tracker.accounts.guessing import SLOW_DOWN, forget_attempts, note_attempt, too_many
from tracker.errors import InvalidValue, NotAllowed
from tracker.hashing import digest
from tracker.models import Council, Person, Service, SignIn
from tracker.terms import OFFICERS, Role

REFUSED = "The email address or the password is not right."
TAKEN = "Enter an email address that nobody here has yet, like name@council.gov.uk."

Slowly = Callable[[], AbstractContextManager[None]]  # what a hash is made in: a page makes it outside its transaction


@dataclass(frozen=True)
class Limits:
    """How long a sign-in lasts."""

    idle: timedelta
    whole: timedelta


class SignInRefused(NotAllowed):
    """The email address or the password is not right."""


def sign_in(
    session: Session,
    *,
    email: str,
    password: str,
    now: datetime,
    demonstration: bool,
    slowly: Slowly = nullcontext,
) -> tuple[Person, str]:
    """Check who it is and open a sign-in; return the person and the token for the browser.

    Raises SignInRefused with the same words whether the account is unknown, disabled, or the password wrong; a
    demonstration account is unknown outside the demonstration. The session must see every council.
    """
    address = clean_address(email)
    _refuse_a_guesser(session, address, now)
    person = session.scalar(select(Person).where(Person.email == clean_address(email)))
    stored = person.password_hash if person else None
    with slowly():
        right = passwords.is_right(stored, password)
    _refuse_a_guesser(session, address, now)  # again: many may have guessed at once
    right = right and person is not None and person.password_hash == stored  # not changed meanwhile
    if person is None or not right or not person.active or (person.demonstration and not demonstration):
        note_attempt(session, address, now)
        raise SignInRefused(REFUSED)
    token = secrets.token_urlsafe(32)
    person.signed_in_at = now
    session.add(
        SignIn(council_id=person.council_id, token_digest=digest(token), person=person, started_at=now, seen_at=now)
    )
    forget_attempts(session, address)
    return person, token


def find_sign_in(session: Session, token: str, *, now: datetime, limits: Limits, demonstration: bool) -> SignIn | None:
    """Return the sign-in a browser's token stands for, or None where it has ended, for whatever reason."""
    with_council = joinedload(SignIn.person).joinedload(Person.council)  # every page shows its name
    found = session.scalar(select(SignIn).where(SignIn.token_digest == digest(token)).options(with_council))
    if found is None or not found.person.active or (found.person.demonstration and not demonstration):
        return None
    if now - found.seen_at > limits.idle or now - found.started_at > limits.whole:
        return None
    return found


def seen(session: Session, sign_in_id: int, now: datetime) -> None:
    """Note that the browser was heard of, which puts off the idle limit."""
    session.execute(update(SignIn).where(SignIn.id == sign_in_id).values(seen_at=now))


def sign_out(session: Session, token: str) -> None:
    """End one sign-in at once."""
    session.execute(delete(SignIn).where(SignIn.token_digest == digest(token)))


def end_sign_ins(session: Session, person: Person) -> None:
    """End every sign-in of a person: on disabling, a new role or a new password."""
    session.execute(delete(SignIn).where(SignIn.person_id == person.id))


def change_password(
    session: Session, person: Person, *, old: str, new: str, now: datetime, slowly: Slowly = nullcontext
) -> None:
    """Give a person a new password and end all their sign-ins. Raises InvalidValue where the old one is not right."""
    _refuse_a_guesser(session, person.email, now)
    stored = person.password_hash
    with slowly():
        hashed = passwords.hash_password(new) if passwords.is_right(stored, old) else None
    _refuse_a_guesser(session, person.email, now)  # again: many may have guessed at once
    if hashed is None or person.password_hash != stored:
        note_attempt(session, person.email, now)
        raise InvalidValue("Your present password is not right.", field="old")
    person.password_hash = hashed
    end_sign_ins(session, person)
    audit.record(session, person, "password_changed", "changed their password", by=person, at=now)


def add_person(
    session: Session,
    council: Council,
    *,
    name: str,
    email: str,
    post: str,
    role: Role,
    password: str,
    now: datetime,
    by: Person | None,
    service: Service | None = None,
    demonstration: bool = False,
    slowly: Slowly = nullcontext,
) -> Person:
    """Make an account. Raises InvalidValue where the address is taken or the password would not do."""
    address = clean_address(email)
    taken = session.scalar(select(func.count(Person.id)).where(Person.email == address))
    if taken or "@" not in address:
        raise InvalidValue(TAKEN, field="email")
    with slowly():
        password_hash = passwords.hash_password(password)
    person = Person(
        council_id=council.id,
        name=name.strip(),
        email=address,
        post=posts.named(session, council, post),
        role=role,
        service=service,
        password_hash=password_hash,
        demonstration=demonstration,
    )
    try:
        with session.begin_nested():
            session.add(person)
    except IntegrityError:  # somebody of another council has it, whom this session does not see
        raise InvalidValue(TAKEN, field="email") from None
    audit.record(
        session, person, "added", f"added {person.name} as {role.label.lower()}", by=by, at=now, after={"role": role}
    )
    return person


def set_active(session: Session, person: Person, *, active: bool, by: Person, now: datetime) -> None:
    """Close or open an account; closing ends every sign-in at once. Nobody closes their own."""
    if person.id == by.id:
        raise NotAllowed("You cannot close your own account. Ask another administrator.")
    person.active = active
    end_sign_ins(session, person)
    verb, words = ("opened", "opened") if active else ("closed", "closed")
    audit.record(session, person, verb, f"{words} the account of {person.name}", by=by, at=now)


def change_role(session: Session, person: Person, *, role: Role, by: Person, now: datetime) -> None:
    """Give a person another role and end their sign-ins: the old rights end at once. Nobody changes their own."""
    if person.id == by.id:
        raise NotAllowed("You cannot change your own role. Ask another administrator.")
    audit.hold_head(session, person.council_id)  # before the row, which a sweep with the head in hand refers to
    before, person.role = person.role, role
    end_sign_ins(session, person)
    if role not in OFFICERS:
        person.calendar_digest = None  # of the dates of what they own, which is nothing now
    audit.record(
        session,
        person,
        "role_changed",
        f"changed the role of {person.name} to {role.label.lower()}",
        by=by,
        at=now,
        before={"role": before},
        after={"role": role},
    )


def _refuse_a_guesser(session: Session, address: str, now: datetime) -> None:
    if too_many(session, address, now):
        raise SignInRefused(SLOW_DOWN)


def clean_address(email: str) -> str:
    """Return an email address as it is stored: > ann.hall@westmere.example."""
    return email.strip().lower()
