"""Never more than so many mails leave in a minute, however many senders there are; and what is left goes on."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.integration.reminders.offices import MONDAY, MORNING, Office, make_settings
from tracker.adapters.mailer import Envelope, MemoryMailer
from tracker.models import MailMinute, Message
from tracker.reminders.delivery import pace
from tracker.reminders.delivery.outbox import claim_batch
from tracker.reminders.delivery.sending import Delivered, deliver, send_claimed
from tracker.terms import MessageStatus


def outbox(office: Office, mails: int) -> None:
    with office.work() as session:
        session.add_all(
            Message(
                council_id=office.council.id, dedupe_key=f"pace:{number}", to_address=f"p{number}@westmere.example",
                subject="Late", text="Late.", message_id=f"<{number}@localhost>", created_at=MORNING,
                next_attempt_at=datetime(2020, 1, 1, tzinfo=UTC),
            )
            for number in range(mails)
        )  # fmt: skip


def away_from_the_minutes_end() -> None:
    """Wait where this minute has too little left for the test: the database's clock cannot be moved."""
    left = 60 - time.time() % 60
    if left < 12:
        time.sleep(left + 0.1)


def taken(office: Office) -> int:
    with office.work() as session:
        return sum(session.scalars(select(MailMinute.taken)))


def test_several_senders_at_once_keep_to_the_limit_together(office: Office) -> None:
    outbox(office, 60)
    away_from_the_minutes_end()
    settings = make_settings(office.settings.database_url, mails_a_minute=25)
    left, lock = [], threading.Lock()

    class Noting(MemoryMailer):
        def send(self, envelope: Envelope) -> str | None:
            with lock:
                left.append(envelope.to_address)
            time.sleep(0.005)
            return None

    senders = [
        threading.Thread(target=deliver, args=(office.sessions, Noting()), kwargs={"settings": settings})
        for _ in range(4)
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert len(left) == len(set(left)) == 25
    assert taken(office) == 25
    mails = office.mails()
    assert sum(mail.status is MessageStatus.WAITING for mail in mails) == 35
    assert {mail.lease_token for mail in mails} == {None}


def test_the_next_minute_has_places_of_its_own(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    outbox(office, 8)
    first = datetime(2027, 3, 15, 8, 0, 10, tzinfo=UTC)
    with office.work() as session:
        assert [pace.take_places(session, first, most=5, wanted=3).places for _ in range(3)] == [3, 2, 0]
        later = pace.take_places(session, first + timedelta(seconds=60), most=5, wanted=9)
        assert later.places == 5
        pace.give_back_places(session, later, 2)
        assert pace.take_places(session, first + timedelta(seconds=61), most=5, wanted=9).places == 2
        assert pace.take_places(session, first.replace(second=59), most=50, wanted=9).places == 0  # too late to begin
        pace.take_places(session, first + timedelta(days=2), most=5, wanted=1)
        assert session.scalars(select(MailMinute.minute)).all() == [first.replace(second=0) + timedelta(days=2)]


def test_what_has_not_left_within_its_minute_is_given_back(office: Office) -> None:
    outbox(office, 3)
    away_from_the_minutes_end()
    with office.work() as session:
        claim = claim_batch(session, size=3, lease_seconds=30, a_minute=10)
    assert claim.until is not None
    ended: Any = type(claim)(claim.token, claim.message_ids, claim.until - timedelta(minutes=1))
    mailer = MemoryMailer()
    send_claimed(office.sessions, mailer, ended, settings=office.settings, enough=lambda: False, delivered=Delivered())
    assert mailer.sent == []
    assert [mail.status for mail in office.mails()] == [MessageStatus.WAITING] * 3


def test_without_a_limit_no_minute_is_counted(office: Office) -> None:
    office.action(due=MONDAY)
    office.sweep()
    assert deliver(office.sessions, MemoryMailer(), settings=office.settings).ended == {MessageStatus.SENT: 1}
    assert taken(office) == 0
