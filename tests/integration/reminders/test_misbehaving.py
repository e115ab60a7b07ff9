"""Mail servers that stall, drop, refuse one of many or are away: every mail ends in the right state, pages go on."""

import threading
import time
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.integration.reminders.offices import MONDAY, Office, make_settings
from tests.pages import client_of
from tests.sinks import Sink, free_port, misbehaving_server, smtp_sink
from tests.web.conftest import password_hash
from tracker.adapters.mailer import SmtpMailer
from tracker.app import create_app
from tracker.models import Message
from tracker.reminders.delivery.sending import deliver
from tracker.terms import MessageStatus, Role

STAGES = ["banner", "MAIL", "RCPT", "DATA", "middle", "dot"]


def send(office: Office, port: int, **values: float) -> Counter[MessageStatus]:
    settings = make_settings(office.settings.database_url, smtp_port=port, **values)
    return deliver(office.sessions, SmtpMailer.from_settings(settings), settings=settings).ended


def write(office: Office, mails: int = 1) -> list[Message]:
    for _ in range(mails):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    return office.mails()


def let_time_pass(office: Office, minutes: float) -> None:
    """Move the mails' clock, not the world's."""
    for mail in office.mails():
        if mail.status is MessageStatus.DEFERRED:
            office.change(mail, next_attempt_at=mail.next_attempt_at - timedelta(minutes=minutes))


@pytest.mark.parametrize("what", ["stall", "drop"])
@pytest.mark.parametrize("stage", STAGES)
def test_a_server_that_stalls_or_drops_at_any_stage_loses_nothing(
    office: Office, sink: Sink, stage: str, what: str
) -> None:
    write(office)
    with misbehaving_server(stage, what) as port:
        began = time.monotonic()
        assert send(office, port, smtp_timeout=0.3, lease_seconds=5.0) == {MessageStatus.DEFERRED: 1}
        assert time.monotonic() - began < 3
    (mail,) = office.mails()
    assert (mail.attempts, mail.lease_token, bool(mail.last_error)) == (1, None, True)
    assert mail.may_have_left is (stage != "banner")  # once it was spoken with, nobody knows
    let_time_pass(office, 2)
    assert send(office, sink.port) == {MessageStatus.SENT: 1}
    assert [got["Message-ID"] for got in sink.mails] == [mail.message_id]


@pytest.mark.parametrize(
    ("answer", "ended"),
    [
        ("421 shutting down", MessageStatus.DEFERRED),
        ("450 mailbox busy", MessageStatus.DEFERRED),
        ("451 try again", MessageStatus.DEFERRED),
        ("452 disk full", MessageStatus.DEFERRED),
        ("550 no such person", MessageStatus.FAILED),
        ("552 mailbox full", MessageStatus.FAILED),
        ("554 not wanted here", MessageStatus.FAILED),
    ],
)
def test_one_of_many_that_is_answered_otherwise_holds_up_nobody(
    office: Office, sink: Sink, answer: str, ended: MessageStatus
) -> None:
    mails = write(office, 6)
    sink.answer_recipient = lambda address: answer if address == mails[2].to_address else "250 OK"
    assert send(office, sink.port) == {MessageStatus.SENT: 5, ended: 1}
    refused = office.mails()[2]
    assert refused.to_address == mails[2].to_address
    assert (refused.status, refused.may_have_left) == (ended, False)  # it said so
    assert len(sink.mails) == 5


def test_a_server_that_is_away_for_ten_minutes_gets_every_mail_once_it_is_back(office: Office) -> None:
    write(office, 5)
    port = free_port()
    for _ in range(10):  # a tick a minute
        assert set(send(office, port)) <= {MessageStatus.DEFERRED}
        let_time_pass(office, 1)
    tried = [mail.attempts for mail in office.mails()]
    assert max(tried) < 10  # it was asked less and less often
    let_time_pass(office, 60)
    with smtp_sink(port=port) as sink:
        assert send(office, port) == {MessageStatus.SENT: 5}
        assert len(sink.mails) == 5


def test_pages_are_served_and_changes_are_saved_while_a_mail_server_stalls(office: Office, tmp_path: Path) -> None:
    write(office, 3)
    with office.work() as session:
        session.merge(office.lead).password_hash = password_hash()
    settings = replace(office.settings, base_url="http://localhost", files=tmp_path)
    app = create_app(settings)
    browser = client_of(app, office.lead.email)
    browser.page("/reminders")  # the templates are compiled
    with misbehaving_server("dot", "stall") as port:
        sender = threading.Thread(target=send, args=(office, port), kwargs={"smtp_timeout": 2.5, "lease_seconds": 10.0})
        sender.start()
        while not any(mail.status is MessageStatus.SENDING for mail in office.mails()):
            time.sleep(0.02)
        took = []
        for address in ("/reminders", "/actions", "/reports"):
            began = time.monotonic()
            browser.page(address)
            took.append(time.monotonic() - began)
        began = time.monotonic()
        with office.work():  # a change of somebody's: on SQLite all writers wait for one another
            office.lead.role = Role.LEAD
        took.append(time.monotonic() - began)
        assert sender.is_alive()  # it waits for the mail server all the while
        sender.join()
    app.extensions["tracker"].sessions.kw["bind"].dispose()
    assert max(took) < 2, took
    assert sorted(mail.status for mail in office.mails()) == [MessageStatus.DEFERRED] * 3
