"""A body whose contact changes while its mail waits hears of that stage all the same: whoever is asked now is told."""

import re

import pytest
from sqlalchemy import select

from tests.factories import LONG_AGO, make_body
from tests.integration.reminders.offices import MONDAY, Office
from tests.integration.reminders.test_folding import DAY, TUESDAY, try_in_vain
from tests.integration.reminders.test_may_have_left import NO_ANSWER, TakingMailer, hand_over
from tracker.adapters.mailer import Envelope
from tracker.clock import SystemClock
from tracker.models import Body, Contribution, ContributionReminder, Message
from tracker.reminders import answering
from tracker.terms import Delivery, MessageStatus

OLD, NEW = "old@hospital.example", "new@hospital.example"


@pytest.fixture
def office(office: Office) -> Office:
    office.change(office.council, reminder_rules={"on_the_day": True})
    return office


def line(office: Office, email: str = OLD, **values: object) -> tuple[Contribution, Body]:
    """Ask a body of its own for its part of an action of its own; the owner of it is told of nothing."""
    action = office.action(due=MONDAY + 100 * DAY, delivery=Delivery.IN_PROGRESS)
    with office.work() as session:
        body = make_body(session, office.council, f"Hospital {action.id}", contact_email=email)
        asked = Contribution(council_id=office.council.id, action_id=action.id, body_id=body.id, due_date=MONDAY)
        for name, value in values.items():
            setattr(asked, name, value)
        session.add(asked)
        session.flush()
        return asked, body


def letters(office: Office) -> list[Message]:
    return [mail for mail in office.mails() if mail.dedupe_key.startswith("body:")]


def linked(office: Office, mail: Envelope) -> list[int]:
    """The lines that can be answered by the links of a mail that left, which it did by the database's clock."""
    found = []
    for token in re.findall(r"/answer/(\S+)", mail.text):
        with office.sessions() as session:
            asked = answering.question(
                session,
                token,
                secret_key=office.settings.secret_key,
                now=SystemClock().now(),
                demonstration=False,
                days=14,
            )
            assert asked.line is not None
            found.append(asked.line.id)
    return found


def test_a_new_contact_is_told_what_the_old_ones_mail_would_have_told(office: Office) -> None:
    asked, body = line(office)
    office.sweep()
    office.change(body, contact_email=NEW)
    office.sweep(TUESDAY)
    (sent,) = office.deliver()
    assert sent.to_address == NEW
    assert linked(office, sent) == [asked.id]
    assert [mail.status for mail in letters(office)] == [MessageStatus.TOLD_LATER, MessageStatus.SENT]
    office.sweep(TUESDAY + DAY)
    assert office.deliver() == []  # once


def test_also_where_the_old_ones_mail_came_to_its_turn_meanwhile(office: Office) -> None:
    _, body = line(office)
    office.sweep()
    try_in_vain(office)
    office.change(body, contact_email=NEW)
    assert office.deliver() == []
    (waiting,) = letters(office)
    assert (waiting.status, waiting.may_have_left) == (MessageStatus.DEFERRED, False)
    assert "Somebody else is asked about this now" in (waiting.last_error or "")
    office.sweep(TUESDAY)
    assert [sent.to_address for sent in office.deliver()] == [NEW]


def test_where_nobody_is_asked_any_more_the_mail_is_not_needed(office: Office) -> None:
    _, body = line(office)
    office.sweep()
    office.change(body, contact_email="")
    assert office.deliver() == []
    assert [mail.status for mail in letters(office)] == [MessageStatus.CANCELLED]


def test_what_may_have_arrived_at_the_old_contact_is_not_told_again(office: Office) -> None:
    _, body = line(office)
    office.sweep()
    assert len(hand_over(office, TakingMailer(NO_ANSWER))) == 1
    office.change(body, contact_email=NEW)
    office.sweep(TUESDAY)
    for mail in letters(office):
        office.change(mail, next_attempt_at=LONG_AGO)
    assert office.deliver() == []
    assert [mail.status for mail in letters(office)] == [MessageStatus.CANCELLED]


def test_of_a_mail_to_two_bodies_each_hears_its_own_part_where_one_has_moved(office: Office) -> None:
    stays, _ = line(office)
    moves, body = line(office)
    office.sweep()
    assert len(letters(office)) == 1
    office.change(body, contact_email=NEW)
    assert office.sweep(TUESDAY).digests == 2
    sent = {mail.to_address: mail for mail in office.deliver()}
    assert {address: linked(office, mail) for address, mail in sent.items()} == {OLD: [stays.id], NEW: [moves.id]}
    with office.work() as session:
        rows = session.execute(
            select(ContributionReminder.contribution_id, Message.to_address).join(ContributionReminder.message)
        )
        assert {tuple(row) for row in rows} == {(stays.id, OLD), (moves.id, NEW)}


def test_who_has_had_a_mail_that_day_is_told_on_the_next(office: Office) -> None:
    _, body = line(office)
    office.sweep()
    line(office, email=NEW, due_date=MONDAY + DAY)
    office.sweep(TUESDAY)
    office.change(body, contact_email=NEW)
    office.sweep(TUESDAY)
    office.sweep(TUESDAY + DAY)
    assert [mail.status for mail in letters(office)] == [MessageStatus.TOLD_LATER] * 2 + [MessageStatus.WAITING]
    (sent,) = office.deliver()
    assert sent.to_address == NEW
    assert len(linked(office, sent)) == 2
