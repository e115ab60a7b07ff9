"""What may have arrived is never told by another mail: it leaves by itself, so that a second copy is the same mail."""

import re
from datetime import timedelta

import pytest

from tests.factories import LONG_AGO
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tests.integration.reminders.test_folding import DAY, TUESDAY, AwayMailer
from tracker.adapters.mailer import BROKE_OFF, Envelope, MemoryMailer, ServerUnreachable, TemporaryFailure
from tracker.models import Message
from tracker.reminders import answering
from tracker.reminders.delivery.outbox import release
from tracker.reminders.links import read_token
from tracker.reminders.services import claim_batch, deliver
from tracker.terms import Delivery, MessageStatus


@pytest.fixture
def office(office: Office) -> Office:
    """Whose owner has something due on Monday, written and not sent, and something on Tuesday."""
    office.change(office.council, reminder_rules={"on_the_day": True})
    office.action(due=MONDAY)
    office.action(due=MONDAY + DAY)
    office.sweep()
    return office


class TakingMailer(MemoryMailer):
    """A mail server that takes the mail, and then this goes wrong before its answer is read."""

    def __init__(self, fault: Exception) -> None:
        super().__init__()
        self.fault = fault

    def send(self, envelope: Envelope) -> str | None:
        super().send(envelope)
        raise self.fault


def hand_over(office: Office, mailer: MemoryMailer) -> list[Envelope]:
    """Send what waits, however long it is to wait still, and return what the mail server took."""
    for mail in office.mails():
        office.change(mail, next_attempt_at=LONG_AGO)
    deliver(office.sessions, mailer, settings=office.settings)
    return mailer.sent


def mondays(office: Office) -> Message:
    return office.mails()[0]


NO_ANSWER = ServerUnreachable(f"{BROKE_OFF}: timed out")


@pytest.mark.parametrize("fault", [NO_ANSWER, ServerUnreachable("answered 201 no JSON"), RuntimeError("ours")])
def test_what_was_taken_before_the_answer_was_lost_is_told_in_one_mail_only(office: Office, fault: Exception) -> None:
    (copy,) = hand_over(office, TakingMailer(fault))
    hand_over(office, AwayMailer())  # that it cannot be reached now says nothing of the first time
    office.sweep(TUESDAY)
    assert mondays(office).status is MessageStatus.DEFERRED
    assert mondays(office).may_have_left
    again, todays = hand_over(office, MemoryMailer())
    assert again.message_id == copy.message_id
    assert "due today" in todays.text
    assert "late" not in todays.text


def test_what_a_killed_sender_may_have_handed_over_is_told_in_one_mail_only(office: Office) -> None:
    with office.work() as session:
        claim_batch(session, size=20, lease_seconds=-1)  # of a sender killed after the mail server's 250
    hand_over(office, AwayMailer())
    office.sweep(TUESDAY)
    assert (mondays(office).status, mondays(office).attempts) == (MessageStatus.DEFERRED, 2)
    assert mondays(office).message_id in {sent.message_id for sent in hand_over(office, MemoryMailer())}


def test_so_is_one_that_the_next_sender_gives_back_untried(office: Office) -> None:
    with office.work() as session:
        claim_batch(session, size=20, lease_seconds=-1)
        second = claim_batch(session, size=20, lease_seconds=60)
        release(session, second, second.message_ids)
    assert (mondays(office).status, mondays(office).last_error) == (MessageStatus.DEFERRED, None)
    office.sweep(TUESDAY)
    assert mondays(office).status is MessageStatus.DEFERRED


def test_what_the_first_sender_gives_back_untried_is_taken_over(office: Office) -> None:
    with office.work() as session:
        first = claim_batch(session, size=20, lease_seconds=60)
        release(session, first, first.message_ids)
    office.sweep(TUESDAY)
    assert mondays(office).status is MessageStatus.TOLD_LATER


def test_what_the_mail_server_says_that_it_has_not_taken_is_taken_over(office: Office) -> None:
    class Busy(MemoryMailer):
        def send(self, _envelope: Envelope) -> str | None:
            raise TemporaryFailure("The mail server answered 450 mailbox busy")

    hand_over(office, Busy())
    assert mondays(office).status is MessageStatus.DEFERRED
    office.sweep(TUESDAY)
    assert mondays(office).status is MessageStatus.TOLD_LATER


def test_the_links_of_a_mail_that_arrived_unknown_to_us_can_be_used(office: Office) -> None:
    (copy,) = hand_over(office, TakingMailer(NO_ANSWER))
    hand_over(office, AwayMailer())
    office.sweep(TUESDAY)
    link = re.search(r"/answer/(\S+)", copy.text)
    assert link
    key, days = office.settings.secret_key, 14
    with office.sessions() as session:
        asked = answering.question(session, link[1], secret_key=key, now=TUESDAY, demonstration=False, days=days)
    assert asked.linked == read_token(link[1], key)


def test_a_plan_that_may_have_arrived_does_not_come_a_second_time_that_week(full_office: Office) -> None:
    office = full_office
    office.action(due=MONDAY + 13 * DAY, title="Nobody began", delivery=Delivery.NOT_STARTED)
    office.sweep()
    copies = hand_over(office, TakingMailer(NO_ANSWER))
    office.action(due=MONDAY - 6 * DAY)  # the lead is told on Tuesday
    office.sweep(MORNING + timedelta(days=1))
    sent = [*copies, *hand_over(office, MemoryMailer())]
    with_plan = {mail.message_id for mail in sent if mail.to_address == office.lead.email and "YOUR PLAN" in mail.text}
    assert len(with_plan) == 1
