"""Every mail ends in the right state, whatever the mail server does. A real SMTP server on a real port."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.factories import make_update
from tests.integration.reminders.offices import MONDAY, MORNING, Office, make_settings
from tests.sinks import Sink, client_tls, free_port, server_tls, silent_server, smtp_sink
from tracker.adapters.mailer import Envelope, MemoryMailer, SmtpMailer, TemporaryFailure
from tracker.models import Action, Message, Person
from tracker.reminders.delivery.outbox import Outcome, claim_batch, finish, release
from tracker.reminders.delivery.sending import MOST_ATTEMPTS, Delivered, deliver, send_claimed, wait_before_next
from tracker.reminders.delivery.wanted import look, no_longer_wanted
from tracker.reminders.links import fill
from tracker.terms import Delivery, MessageStatus, Role

CERTIFICATE = Path(__file__).parent / "localhost.pem"  # made for these tests; valid for 100 years, trusted by nobody


def send(office: Office, sink: Sink | None = None, **values: Any) -> Delivered:
    port = sink.port if sink else values.pop("port")
    settings = make_settings(office.settings.database_url, smtp_port=port, **values)
    return deliver(office.sessions, SmtpMailer.from_settings(settings), settings=settings)


def only(office: Office) -> Message:
    (mail,) = office.mails()
    return mail


@pytest.fixture
def written(office: Office) -> Office:
    """An office with one mail in the outbox, to its owner about one action."""
    office.due = office.action(due=MONDAY)  # type: ignore[attr-defined]
    office.sweep()
    return office


def test_a_mail_arrives_with_its_words_and_its_identity(written: Office, sink: Sink) -> None:
    assert send(written, sink).ended == {MessageStatus.SENT: 1}
    stored, (arrived,) = only(written), sink.mails
    assert (arrived["To"], arrived["Subject"]) == (written.owner.email, stored.subject)
    assert arrived["Message-ID"] == stored.message_id
    assert arrived["Date"] == "Mon, 15 Mar 2027 08:00:00 +0000"
    plain, html = arrived.get_body(("plain",)), arrived.get_body(("html",))
    assert arrived.get_content_type() == "multipart/alternative"  # the plain one first, for readers that show no other
    for part, words in ((plain, stored.text), (html, stored.html)):
        assert part is not None
        assert part.get_content().replace("\r\n", "\n") == fill(words or "", stored.id, written.settings.secret_key)
    assert stored.status is MessageStatus.SENT
    assert stored.sent_at is not None
    assert (stored.lease_token, stored.last_error, stored.attempts) == (None, None, 1)
    assert send(written, sink).ended == {}


def test_no_title_or_name_adds_a_header(office: Office, sink: Sink) -> None:
    attack = "=?utf-8?q?x=0D=0ABcc:_evil@example.com?=\r\nBcc: evil@example.com"
    office.change(office.council, name=attack)
    office.action(due=MONDAY, title=attack)
    office.sweep()
    send(office, sink)
    (arrived,) = sink.mails
    assert "Bcc" not in arrived
    assert sink.recipients == [office.owner.email]


def test_a_batch_goes_over_one_connection(office: Office, sink: Sink) -> None:
    for _ in range(15):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    send(office, sink)
    assert (len(sink.mails), sink.connections) == (15, 1)


@pytest.mark.parametrize(
    ("where", "answer", "status"),
    [
        ("recipient", "450 mailbox busy", MessageStatus.DEFERRED),
        ("recipient", "550 no such person", MessageStatus.FAILED),
        ("mail", "451 try again later", MessageStatus.DEFERRED),
        ("mail", "452 disk full", MessageStatus.DEFERRED),
        ("mail", "552 too large", MessageStatus.FAILED),
        ("mail", "554 looks like spam", MessageStatus.FAILED),
        ("mail", "421 shutting down", MessageStatus.DEFERRED),
        ("mail", "drop", MessageStatus.DEFERRED),
        ("recipient", "530 sign in first", MessageStatus.DEFERRED),  # our fault, not the mail's
    ],
)
def test_what_the_server_answers_decides(
    written: Office, sink: Sink, where: str, answer: str, status: MessageStatus
) -> None:
    setattr(sink, f"answer_{where}", lambda _: answer)
    assert send(written, sink).ended == {status: 1}
    stored = only(written)
    assert (stored.status, stored.attempts, stored.lease_token) == (status, 1, None)
    assert (answer[:3] if answer != "drop" else "broke off") in (stored.last_error or "")


def test_a_deferred_mail_is_tried_again_when_its_time_has_come(written: Office, sink: Sink) -> None:
    sink.answer_mail = lambda _: "451 later"
    before = time.time()
    send(written, sink)
    stored = only(written)
    assert 30 <= stored.next_attempt_at.timestamp() - before <= 65
    sink.answer_mail = lambda _: "250 OK"
    assert send(written, sink).ended == {}  # not yet
    written.change(stored, next_attempt_at=stored.next_attempt_at - timedelta(minutes=2))
    assert send(written, sink).ended == {MessageStatus.SENT: 1}
    assert only(written).attempts == 2


def test_a_mail_is_given_up_after_so_many_attempts(written: Office, sink: Sink) -> None:
    sink.answer_mail = lambda _: "451 later"
    written.change(only(written), attempts=MOST_ATTEMPTS - 1)
    assert send(written, sink).ended == {MessageStatus.FAILED: 1}
    assert "Given up after 48 attempts" in (only(written).last_error or "")


def test_the_wait_doubles_up_to_four_hours_and_is_spread() -> None:
    assert [wait_before_next(attempt, 1.0) for attempt in (1, 2, 3)] == [60, 120, 240]
    assert [wait_before_next(attempt, 0.0) for attempt in (1, 2, 3)] == [30, 60, 120]
    assert wait_before_next(MOST_ATTEMPTS, 1.0) == 4 * 3600
    assert wait_before_next(MOST_ATTEMPTS, 0.0) == 2 * 3600


def test_a_server_that_is_down_is_left_alone_after_three_attempts(office: Office) -> None:
    for _ in range(8):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    assert send(office, port=free_port()).ended == {MessageStatus.DEFERRED: 3}
    mails = office.mails()
    assert sorted(mail.status for mail in mails) == [MessageStatus.DEFERRED] * 3 + [MessageStatus.WAITING] * 5
    assert {mail.lease_token for mail in mails} == {None}  # given back at once
    assert sorted(mail.attempts for mail in mails) == [0] * 5 + [1] * 3
    with smtp_sink() as sink:
        assert send(office, sink).ended == {MessageStatus.SENT: 5}


def test_a_server_that_never_says_a_word_holds_nobody_up(written: Office) -> None:
    with silent_server() as port:
        began = time.monotonic()
        assert send(written, port=port, smtp_timeout=0.3, lease_seconds=3.0).ended == {MessageStatus.DEFERRED: 1}
        assert time.monotonic() - began < 2.5
    assert "timed out" in (only(written).last_error or "")


def test_a_server_that_stalls_over_a_mail_is_tried_again(written: Office, sink: Sink) -> None:
    sink.stall = 1.0
    assert send(written, sink, smtp_timeout=0.3, lease_seconds=3.0).ended == {MessageStatus.DEFERRED: 1}


def test_one_refused_person_does_not_hold_up_the_others(office: Office, sink: Sink) -> None:
    people = [office.person() for _ in range(5)]
    for person in people:
        office.action(due=MONDAY, owner=person)
    office.sweep()
    sink.answer_recipient = lambda address: "550 no" if address == people[2].email else "250 OK"
    assert send(office, sink).ended == {MessageStatus.SENT: 4, MessageStatus.FAILED: 1}


def test_a_fault_of_our_own_holds_up_nobody_else(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    class Faulty(MemoryMailer):
        def send(self, envelope: Envelope) -> None:
            if not self.sent:
                self.sent.append(envelope)
                raise ZeroDivisionError
            super().send(envelope)

    for _ in range(3):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    ended = deliver(office.sessions, Faulty(), settings=office.settings).ended
    assert ended == {MessageStatus.DEFERRED: 1, MessageStatus.SENT: 2}
    assert "could not be sent" in caplog.text


@pytest.mark.parametrize("address", ["nobody", "a@b.example,c@d.example"])
def test_an_address_that_cannot_be_written_to_fails_at_once(written: Office, sink: Sink, address: str) -> None:
    written.change(only(written), to_address=address)
    assert send(written, sink).ended == {MessageStatus.FAILED: 1}


def test_an_address_the_server_cannot_spell_fails_at_once(written: Office) -> None:
    written.change(only(written), to_address="jürgen@westmere.example")
    with smtp_sink(enable_SMTPUTF8=False) as sink:
        assert send(written, sink).ended == {MessageStatus.FAILED: 1}


# What is no longer wanted


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({}, MessageStatus.SENT),
        ({"delivery": Delivery.CHECKED}, MessageStatus.CANCELLED),
        ({"delivery": Delivery.CLOSED_NOT_COMPLETED}, MessageStatus.CANCELLED),
        ({"delivery": Delivery.AWAITING_CHECK}, MessageStatus.CANCELLED),
        ({"delivery": Delivery.PAUSED}, MessageStatus.SENT),
    ],
)
def test_what_was_closed_meanwhile_is_not_sent(
    written: Office, sink: Sink, values: dict[str, object], status: MessageStatus
) -> None:
    written.change(written.due, **values)  # type: ignore[attr-defined]
    assert send(written, sink).ended == {status: 1}
    assert (only(written).last_error is None) == (status is MessageStatus.SENT)
    assert len(sink.mails) == (status is MessageStatus.SENT)


def test_what_was_given_to_somebody_else_is_not_sent(written: Office, sink: Sink) -> None:
    written.change(written.due, owner_id=written.person().id)  # type: ignore[attr-defined]
    assert send(written, sink).ended == {MessageStatus.CANCELLED: 1}


def test_a_mail_is_sent_while_one_thing_in_it_still_holds(office: Office, sink: Sink) -> None:
    closed = office.action(due=MONDAY)
    office.action(due=MONDAY)
    office.sweep()
    office.change(closed, delivery=Delivery.CHECKED)
    assert send(office, sink).ended == {MessageStatus.SENT: 1}


def test_a_person_who_left_gets_nothing(written: Office, sink: Sink) -> None:
    written.change(written.owner, active=False)
    assert send(written, sink).ended == {MessageStatus.CANCELLED: 1}
    assert "account was closed" in (only(written).last_error or "")


@pytest.mark.parametrize("claimed", [True, False])
def test_who_stands_in_for_a_lead_who_has_gone_is_sent_it_until_there_is_a_new_one(
    office: Office, sink: Sink, *, claimed: bool
) -> None:
    delivery = Delivery.AWAITING_CHECK if claimed else Delivery.IN_PROGRESS
    actions = [office.action(due=MONDAY - timedelta(days=7), delivery=delivery) for _ in range(2)]
    standins = [office.person(Role.DIRECTOR), office.person(Role.DIRECTOR)]
    with office.work() as session:
        for person in session.scalars(select(Person).where(Person.role != Role.DIRECTOR)):
            person.active = claimed and person.id == office.owner.id
    office.sweep()
    assert only(office).person_id == standins[0].id
    office.change(actions[0], lead_id=standins[1].id)
    assert send(office, sink).ended == {MessageStatus.SENT: 1}  # the other is theirs still
    office.change(actions[1], lead_id=standins[1].id)
    office.change(only(office), status=MessageStatus.WAITING, next_attempt_at=MORNING - timedelta(days=3650))
    assert send(office, sink).ended == {MessageStatus.CANCELLED: 1}


def test_a_lead_is_still_told_of_a_claim_to_check(office: Office, sink: Sink) -> None:
    action = office.action(due=MONDAY - timedelta(days=8))
    office.sweep()
    office.change(action, delivery=Delivery.AWAITING_CHECK)
    assert send(office, sink).ended == {MessageStatus.SENT: 1, MessageStatus.CANCELLED: 1}
    assert sink.recipients == [office.lead.email]


# Leases


def test_two_senders_never_hold_the_same_mail(office: Office) -> None:
    for _ in range(6):
        office.action(due=MONDAY, owner=office.person())
    office.sweep()
    claims = []
    for _ in range(3):
        with office.work() as session:
            claims.append(claim_batch(session, size=4, lease_seconds=30))
    assert [len(claim.message_ids) for claim in claims] == [4, 2, 0]
    assert not set(claims[0].message_ids) & set(claims[1].message_ids)


def test_a_sender_that_died_loses_its_mails_to_the_next(written: Office, sink: Sink) -> None:
    with written.work() as session:
        claim_batch(session, size=4, lease_seconds=0.2)
    assert send(written, sink).ended == {}
    time.sleep(0.25)
    assert send(written, sink).ended == {MessageStatus.SENT: 1}
    assert only(written).attempts == 2


def test_a_zombie_whose_lease_has_ended_changes_nothing(written: Office) -> None:
    with written.work() as session:
        zombie = claim_batch(session, size=1, lease_seconds=0.05)
    time.sleep(0.1)
    with written.work() as session:
        heir = claim_batch(session, size=1, lease_seconds=30)
    assert heir.message_ids == zombie.message_ids
    before = only(written)
    with written.work() as session:
        assert not finish(
            session.connection(), zombie.message_ids[0], zombie.token, Outcome(MessageStatus.FAILED, "zombie")
        )
        release(session, zombie, zombie.message_ids)
    after = only(written)
    assert (after.status, after.lease_token, after.last_error) == (before.status, heir.token, None)
    mailer = MemoryMailer()
    _send(written, mailer, zombie)
    assert mailer.sent == []  # nor does it send what it no longer holds


def test_nothing_is_begun_that_the_lease_may_not_outlast(written: Office) -> None:
    with written.work() as session:
        claim = claim_batch(session, size=1, lease_seconds=0.9)
    mailer = MemoryMailer()
    _send(written, mailer, claim)
    assert mailer.sent == []
    stored = only(written)
    assert (stored.status, stored.attempts, stored.lease_token) == (MessageStatus.WAITING, 0, None)


def test_what_is_stopped_is_given_back(written: Office) -> None:
    written.change(only(written), attempts=1)
    with written.work() as session:
        claim = claim_batch(session, size=1, lease_seconds=30)
    _send(written, MemoryMailer(), claim, enough=True)
    stored = only(written)
    assert (stored.status, stored.attempts) == (MessageStatus.DEFERRED, 1)


def test_out_of_time_nothing_is_claimed(written: Office) -> None:
    assert deliver(written.sessions, MemoryMailer(), settings=written.settings, seconds=0).ended == {}
    assert only(written).attempts == 0


def _send(office: Office, mailer: MemoryMailer, claim: Any, *, enough: bool = False) -> None:
    send_claimed(office.sessions, mailer, claim, settings=office.settings, enough=lambda: enough, delivered=Delivered())


# Encryption and sign-in at the mail server


@pytest.fixture
def sink_with_starttls() -> Iterator[Sink]:
    with smtp_sink(
        tls_context=server_tls(CERTIFICATE),
        require_starttls=True,
        auth_required=True,
        authenticator=lambda _server, _session, _envelope, _how, data: _signed_in(data),
    ) as sink:
        yield sink


def _signed_in(data: Any) -> Any:
    from aiosmtpd.smtp import AuthResult  # noqa: PLC0415

    return AuthResult(success=(data.login, data.password) == (b"tracker", b"secret"))


def mailer_for(sink: Sink, *, trusted: bool = True, **values: Any) -> SmtpMailer:
    trust = client_tls(CERTIFICATE) if trusted else None
    return SmtpMailer("127.0.0.1", sink.port, "Tracker <no-reply@x.example>", 2.0, trust=trust, **values)


ENVELOPE = Envelope("ann@westmere.example", "Late", "Words.\n", "<a@x.example>", MORNING)


def test_starttls_and_sign_in(sink_with_starttls: Sink) -> None:
    mailer = mailer_for(sink_with_starttls, security="starttls", user="tracker", password="secret")
    mailer.send(ENVELOPE)
    mailer.close()
    assert sink_with_starttls.recipients == ["ann@westmere.example"]


@pytest.mark.parametrize(
    "values",
    [
        {"security": "starttls", "user": "tracker", "password": "wrong"},
        {"security": "starttls", "user": "tracker", "password": "secret", "trusted": False},
        {"security": "none"},
        {"security": "tls"},
    ],
)
def test_a_wrong_setting_is_temporary_and_loses_no_mail(sink_with_starttls: Sink, values: dict[str, Any]) -> None:
    mailer = mailer_for(sink_with_starttls, **values)
    with pytest.raises(TemporaryFailure):
        mailer.send(ENVELOPE)
    mailer.close()
    assert sink_with_starttls.mails == []


def test_a_server_without_starttls_is_not_written_to_in_clear(sink: Sink) -> None:
    with pytest.raises(TemporaryFailure):
        mailer_for(sink, security="starttls").send(ENVELOPE)
    assert sink.mails == []


def test_implicit_tls() -> None:
    with smtp_sink(ssl_context=server_tls(CERTIFICATE)) as sink:
        mailer = mailer_for(sink, security="tls")
        mailer.send(ENVELOPE)
        mailer.close()
        assert len(sink.mails) == 1


def test_who_has_answered_since_the_mail_was_written_is_not_chased(written: Office) -> None:
    mail = only(written)
    with written.work() as session:
        action = session.scalars(select(Action)).one()
        make_update(session, action, at=MORNING + timedelta(minutes=30))
        claimed = claim_batch(session, size=5, lease_seconds=60)
        look_at = look(session.connection(), mail.id, claimed.token)
    assert look_at is not None
    assert no_longer_wanted(look_at) is not None
