"""Is it alive, is it ready; and the demonstration's pages, which are nowhere else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from tests.factories import make_council, make_person
from tests.pages import PASSWORD, client_of
from tests.web.conftest import World, password_hash
from tracker.app import create_app
from tracker.clock import FixedClock
from tracker.config import Settings
from tracker.models import Heartbeat, Message
from tracker.terms import Role


def test_the_web_process_says_that_it_is_alive(world: World) -> None:
    assert world.browser().get("/health/live").json == {"status": "alive"}


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (120, 200), (121, 503)])
def test_it_is_ready_while_the_sweep_is_heard_of(world: World, clock: FixedClock, seconds: int, status: int) -> None:
    world.session.add(Heartbeat(name="sweep", at=clock.moment))
    world.session.commit()
    clock.moment += timedelta(seconds=seconds)
    answer = world.browser().get("/health/ready")
    assert answer.status_code == status
    assert answer.json == {"database": "answers", "reminders": "written" if status == 200 else "standing still"}


def test_it_is_not_ready_before_the_first_sweep(world: World) -> None:
    assert world.browser().get("/health/ready").status_code == 503


def test_it_is_not_ready_where_the_database_is_away(tmp_path: Path) -> None:
    settings = Settings(
        database_url=f"sqlite:///{tmp_path / 'nowhere' / 'x.sqlite3'}", secret_key="k" * 48,
        base_url="http://localhost", files=tmp_path,
    )  # fmt: skip
    assert create_app(settings).test_client().get("/health/ready").status_code == 503


@pytest.fixture
def demonstration(app: Flask, clock: FixedClock) -> Iterator[Flask]:
    made = create_app(replace(app.extensions["tracker"].settings, demonstration=True), clock=clock)
    yield made
    made.extensions["tracker"].sessions.kw["bind"].dispose()


def test_the_sign_in_page_of_a_large_demonstration_lists_one_account_a_role_and_says_so(
    session: Session, world: World, demonstration: Flask
) -> None:
    made = [make_person(session, world.ours, role, demonstration=True) for role in Role]
    session.commit()
    page = client_of(demonstration).page("/sign-in")
    assert all(person.email in page.text for person in made)
    assert "one of each role" not in page.text
    more = [make_person(session, world.ours, role, demonstration=True) for role in Role for _ in range(5)]
    session.commit()
    page = client_of(demonstration).page("/sign-in")
    assert "This demonstration has 30 accounts; here is one of each role." in page.text
    assert all(person.email in page.text for person in made)
    assert not any(person.email in page.text for person in more)


def test_mails_are_shown_in_the_demonstration_only(
    session: Session, world: World, demonstration: Flask, clock: FixedClock
) -> None:
    browser = client_of(demonstration)
    assert "No email has been sent yet." in browser.page("/demonstration/mails").text
    session.add(
        Message(
            council_id=world.ours.id,
            dedupe_key="digest:1",
            to_address="ann@westmere.example",
            subject="Two are late",
            text="Read this first.",
            message_id="<1@localhost>",
            created_at=clock.moment,
            next_attempt_at=clock.moment,
        )
    )
    session.commit()
    page = browser.page("/demonstration/mails")
    assert "Two are late" in page.text
    assert "Read this first." in page.text
    for role in (None, Role.ADMINISTRATOR):
        assert world.browser(role).get("/demonstration/mails").status_code == 404


def test_the_demonstrations_accounts_are_listed_and_open_there_only(
    session: Session, app: Flask, demonstration: Flask
) -> None:
    council = make_council(session)
    person = make_person(session, council, demonstration=True, name="Amira Holt", password_hash=password_hash())
    session.commit()
    assert "Amira Holt" in client_of(demonstration).page("/sign-in").text
    assert "Amira Holt" not in client_of(app).page("/sign-in").text
    client_of(demonstration).sign_in(person.email)
    assert client_of(app).send("/sign-in", email=person.email, password=PASSWORD).status == 400
