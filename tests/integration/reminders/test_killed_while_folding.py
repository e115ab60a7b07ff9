"""A process that dies while yesterday's unsent mail is taken over by today's loses nothing and doubles nothing."""

import time
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select

from tests.factories import make_question
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tests.integration.reminders.test_killed_anywhere import MOST, Killed, dying_at
from tracker import audit
from tracker.adapters.mailer import MemoryMailer
from tracker.db import make_engine, make_sessions
from tracker.models import Message, Person, QuestionReminder, Reminder
from tracker.reminders.services import deliver, sweep
from tracker.scrutiny.telling import TELLERS
from tracker.terms import MessageStatus

FRIDAY = MONDAY - timedelta(days=3)


def work(engine: Engine, office: Office, mailer: MemoryMailer) -> None:
    settings = replace(office.settings, lease_seconds=0.1, smtp_timeout=0.01)
    sweep(make_sessions(engine), now=MORNING, settings=settings, tellers=TELLERS)
    deliver(make_sessions(engine), mailer, settings=settings)


def told_in(office: Office, person: Person) -> list[int]:
    """The mails that a person's reminders belong to: one for each reminder of an action and of a question."""
    with office.work() as session:
        of_actions = select(Message.id).join(Reminder, Reminder.message_id == Message.id)
        of_questions = select(Message.id).join(QuestionReminder, QuestionReminder.message_id == Message.id)
        return [
            *session.scalars(of_actions.where(Reminder.person_id == person.id)),
            *session.scalars(of_questions.where(QuestionReminder.person_id == person.id)),
        ]


def test_a_kill_while_an_earlier_mail_is_taken_over_loses_and_doubles_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.change(office.council, reminder_rules={"on_the_day": True})
    copies_at = []
    survivor = make_engine(office.settings.database_url)
    for at in range(1, MOST):
        owner = office.person()
        actions = [office.action(due=due, owner=owner) for due in (FRIDAY, MONDAY)]
        with office.work() as session:
            for action in actions:
                make_question(session, session.merge(action), due_on=action.current_due_date)
        office.sweep(MORNING - timedelta(days=3))  # nothing leaves that day
        mailer = MemoryMailer()
        dying = make_engine(office.settings.database_url)
        died = dying_at(dying, at, monkeypatch)
        try:
            work(dying, office, mailer)
        except Killed:
            time.sleep(0.11)  # the dead one's lease ends
        dying.dispose()
        work(survivor, office, mailer)
        earlier, later = [mail for mail in office.mails() if mail.person_id == owner.id]
        assert (earlier.status, later.status) == (MessageStatus.TOLD_LATER, MessageStatus.SENT), f"at step {at}"
        assert {mail.message_id for mail in mailer.sent} == {later.message_id}, f"lost or doubled at step {at}"
        assert told_in(office, owner) == [later.id] * 4
        assert all(f"{action.reference}: " in later.text for action in actions)
        if len(mailer.sent) > 1:
            copies_at.append(at)
        if not died():
            break
    else:
        pytest.fail("the work never came to its end")
    survivor.dispose()
    assert at > 30
    assert len(copies_at) <= 3  # before the finishing transaction, its statement, its commit
    with office.work() as session:
        assert audit.faults(session, office.council.id) == []
