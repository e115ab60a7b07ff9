"""A council with an owner and a lead, and a mail server that listens."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.integration.reminders.offices import Office, make_settings
from tests.sinks import Sink, smtp_sink
from tracker.models.council import default_reminder_rules


@pytest.fixture
def sink() -> Iterator[Sink]:
    with smtp_sink() as running:
        yield running


@pytest.fixture
def office(sessions: sessionmaker[Session], database_url: str) -> Office:
    return Office(sessions, make_settings(database_url))


@pytest.fixture
def another_office(sessions: sessionmaker[Session], database_url: str) -> Callable[..., Office]:
    return lambda **council: Office(sessions, make_settings(database_url), **council)


@pytest.fixture
def full_office(sessions: sessionmaker[Session], database_url: str) -> Office:
    """A council with every stage, as a new one has."""
    return Office(sessions, make_settings(database_url), reminder_rules=default_reminder_rules())
