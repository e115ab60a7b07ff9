"""A process that dies before any statement, or before any commit, of sweep, claim, look and finish loses nothing."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import psycopg
import pytest
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker import audit
from tracker.adapters.mailer import MemoryMailer
from tracker.db import make_engine, make_sessions
from tracker.reminders.delivery import at_once
from tracker.reminders.services import deliver, sweep
from tracker.terms import MessageStatus, Role

MADE_READY = at_once.made_ready
MOST = 200  # far more statements than a sweep and a delivery of two mails take


class Killed(BaseException):
    """The process is gone: nothing catches it."""


def dying_at(engine: Engine, at: int, monkeypatch: pytest.MonkeyPatch) -> Callable[[], bool]:
    """Let the engine's process die before its n-th statement or commit; returns whether it got that far."""
    count = 0

    def step(*_arguments: Any) -> None:
        nonlocal count
        count += 1
        if count == at:
            raise Killed

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)
    before_recording(engine, step, monkeypatch)
    return lambda: count >= at


def before_recording(engine: Engine, step: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something before the one statement that goes straight to PostgreSQL's driver: that a mail was taken."""

    def made_ready(connection: Connection, message_id: int, token: str) -> Callable[[], bool]:
        record = MADE_READY(connection, message_id, token)

        def after_step() -> bool:
            if connection.engine is engine:
                step()
            return record()

        return after_step

    monkeypatch.setattr(at_once, "made_ready", made_ready)


def work(engine: Engine, office: Office, mailer: MemoryMailer) -> None:
    settings = replace(office.settings, lease_seconds=0.1, smtp_timeout=0.01)
    sweep(make_sessions(engine), now=MORNING, settings=settings)
    deliver(make_sessions(engine), mailer, settings=settings)


def test_a_kill_before_any_statement_or_commit_loses_nothing(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    copies_at = []
    survivor = make_engine(office.settings.database_url)
    for at in range(1, MOST):
        owner, lead = office.person(), office.person(Role.LEAD)
        office.action(due=MONDAY.replace(day=1), owner=owner, lead=lead)
        mailer = MemoryMailer()
        dying = make_engine(office.settings.database_url)
        died = dying_at(dying, at, monkeypatch)
        try:
            work(dying, office, mailer)
        except Killed:
            time.sleep(0.11)  # the dead one's lease ends
        dying.dispose()
        work(survivor, office, mailer)
        arrived = [mail.message_id for mail in mailer.sent]
        stored = [mail for mail in office.mails() if mail.person_id in (owner.id, lead.id)]
        assert {mail.message_id for mail in stored} == set(arrived), f"lost at step {at}"
        assert [mail.status for mail in stored] == [MessageStatus.SENT] * 2
        if len(arrived) > 2:
            copies_at.append(at)
        if not died():
            break
    else:
        pytest.fail("the work never came to its end")
    survivor.dispose()
    assert at > 30  # it did die at many places
    assert len(copies_at) <= 2 * 3  # for each mail: before the finishing transaction, its statement, its commit
    with office.work() as session:
        assert audit.faults(session, office.council.id) == []


def test_a_database_that_is_away_for_a_moment_costs_no_second_copy(
    office: Office, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.action(due=MONDAY)
    office.sweep()
    mailer = MemoryMailer()
    failures = iter([True, True, False])

    def restarting(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if mailer.sent and statement.startswith("UPDATE messages") and next(failures, False):
            raise OperationalError(statement, {}, ConnectionError("server closed the connection unexpectedly"))

    def broken() -> None:
        if next(failures, False):
            raise psycopg.OperationalError("server closed the connection unexpectedly")

    event.listen(engine, "before_cursor_execute", restarting)
    before_recording(engine, broken, monkeypatch)
    assert deliver(office.sessions, mailer, settings=office.settings).ended == {MessageStatus.SENT: 1}
    assert deliver(office.sessions, mailer, settings=office.settings).ended == {}
    event.remove(engine, "before_cursor_execute", restarting)
    assert len(mailer.sent) == 1
