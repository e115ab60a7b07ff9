"""A password takes half a second to hash: nobody else's change may wait for it."""

import threading
import time
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import make_person
from tests.pages import PASSWORD
from tests.web.conftest import World, slow_password_hash
from tracker.accounts import passwords
from tracker.accounts.services import REFUSED
from tracker.models import Person, SignInAttempt
from tracker.terms import Role

NEW = "four quite other words"
CHANGE = {"old": PASSWORD, "new": NEW}
PERSON = {
    "name": "Bob Lowe", "email": "bob.lowe@westmere.example", "post": "Head of Service", "role": "service_manager",
    "service": "0", "password": PASSWORD,
}  # fmt: skip


class Slow:
    """A password function that waits until it may go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
        self.begun, self.go_on, real = threading.Event(), threading.Event(), getattr(passwords, name)

        def slow(*given: Any) -> Any:
            self.begun.set()
            self.go_on.wait(20)
            return real(*given)

        monkeypatch.setattr(passwords, name, slow)


@pytest.mark.parametrize(
    ("role", "address", "fields", "slow"),
    [
        (None, "/sign-in", {"email": "ann@westmere.example", "password": PASSWORD}, "is_right"),
        (Role.LEAD, "/account", CHANGE, "is_right"),
        (Role.LEAD, "/account", CHANGE, "hash_password"),
        (Role.ADMINISTRATOR, "/council/people", PERSON, "hash_password"),
    ],
)
def test_others_can_write_while_a_password_is_hashed(
    world: World, monkeypatch: pytest.MonkeyPatch, role: Role | None, address: str, fields: dict[str, Any], slow: str
) -> None:
    make_person(world.session, world.ours, email="ann@westmere.example", password_hash=slow_password_hash())
    world.session.commit()
    browser, other = world.browser(role), world.browser(Role.ADMINISTRATOR)
    held = Slow(monkeypatch, slow)
    answers: list[int] = []
    hashing = threading.Thread(target=lambda: answers.append(browser.send(address, **fields).status))
    hashing.start()
    assert held.begun.wait(20)
    began = time.monotonic()
    status = other.send("/council/services", name="Children in care").status
    waited = time.monotonic() - began
    held.go_on.set()
    hashing.join(20)
    assert status == 302
    assert waited < 5
    assert answers == [302]


def test_a_password_changed_while_the_old_one_is_compared_opens_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = world.people[Role.LEAD]
    browser = world.browser()
    held = Slow(monkeypatch, "is_right")
    answers: list[list[str]] = []
    asking = threading.Thread(
        target=lambda: answers.append(browser.send("/sign-in", email=lead.email, password=PASSWORD).errors)
    )
    asking.start()
    assert held.begun.wait(20)
    world.session.scalars(select(Person).where(Person.id == lead.id)).one().password_hash = "another"
    world.session.commit()
    held.go_on.set()
    asking.join(20)
    assert answers == [[REFUSED]]
    world.session.rollback()
    assert len(world.session.scalars(select(SignInAttempt)).all()) == 1
