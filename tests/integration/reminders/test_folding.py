"""After an outage a person gets one mail: what has not left is told by the next morning's, and nothing is lost."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import LONG_AGO, make_extension
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker import audit
from tracker.adapters.mailer import Envelope, MemoryMailer, NeverHandedOver
from tracker.clock import london_date
from tracker.errors import MoveNotAllowed
from tracker.models import HistoryEntry, Message, Person, Reminder
from tracker.reminders.delivery import by_hand
from tracker.reminders.services import claim_batch, deliver, remind_council
from tracker.terms import Delivery, MailRhythm, MessageStatus, Role, Stage
from tracker.wording import format_date

DAY = timedelta(days=1)
TUESDAY = MORNING + DAY
FAR = date(2027, 9, 1)


@pytest.fixture
def office(office: Office) -> Office:
    """Whose owners are told on the day only."""
    office.change(office.council, reminder_rules={"on_the_day": True})
    return office


class AwayMailer(MemoryMailer):
    """A mail server that cannot be reached."""

    def send(self, _envelope: Envelope) -> str | None:
        raise NeverHandedOver("No connection to mail.westmere.example:25: refused")


def try_in_vain(office: Office) -> None:
    deliver(office.sessions, AwayMailer(), settings=office.settings)
    for mail in office.mails():  # the waiting of a deferred mail is over
        if mail.status is MessageStatus.DEFERRED:
            office.change(mail, next_attempt_at=LONG_AGO)


def stages_by_mail(office: Office) -> dict[int, list[tuple[Stage, date]]]:
    with office.work() as session:
        found: dict[int, list[tuple[Stage, date]]] = {}
        for row in session.scalars(select(Reminder).order_by(Reminder.about_date, Reminder.id)):
            found.setdefault(row.message_id, []).append((row.stage, row.about_date))
        return found


@pytest.mark.parametrize("tried", [False, True])
def test_after_an_outage_yesterdays_mail_leaves_in_todays(office: Office, tried: bool) -> None:
    yesterdays = office.action(due=MONDAY)
    todays = office.action(due=MONDAY + DAY)
    office.sweep()
    if tried:
        try_in_vain(office)
    assert office.sweep(TUESDAY).digests == 1
    (sent,) = office.deliver()
    assert f"{yesterdays.reference}:" in sent.text
    assert f"{todays.reference}:" in sent.text
    assert "1 day late" in sent.text  # it is said as it stands today
    earlier, later = office.mails()
    assert (earlier.status, earlier.last_error) == (MessageStatus.TOLD_LATER, "Told in the mail of 16 March 2027.")
    assert sent.message_id == later.message_id
    assert stages_by_mail(office) == {later.id: [(Stage.ON_THE_DAY, MONDAY), (Stage.ON_THE_DAY, MONDAY + DAY)]}


def test_an_outage_of_many_days_ends_with_one_mail(office: Office) -> None:
    actions = [office.action(due=MONDAY + ahead * DAY) for ahead in range(4)]
    for day in range(4):
        office.sweep(MORNING + day * DAY)
        try_in_vain(office)
    (sent,) = office.deliver()
    assert all(f"{action.reference}:" in sent.text for action in actions)
    assert [mail.status for mail in office.mails()] == [MessageStatus.TOLD_LATER] * 3 + [MessageStatus.SENT]
    assert sum(map(len, stages_by_mail(office).values())) == 4


def test_where_nothing_is_new_today_yesterdays_mail_leaves_by_itself(office: Office) -> None:
    office.action(due=MONDAY)
    office.sweep()
    try_in_vain(office)
    assert office.sweep(TUESDAY).digests == 0
    (sent,) = office.deliver()
    assert "due today" in sent.subject.lower()


def test_what_came_to_an_end_meanwhile_is_not_taken_over(office: Office) -> None:
    closed, late = office.action(due=MONDAY), office.action(due=MONDAY + DAY)
    office.sweep()
    office.change(closed, delivery=Delivery.CHECKED)
    office.sweep(TUESDAY)
    (sent,) = office.deliver()
    assert closed.reference not in sent.text
    assert f"{late.reference}:" in sent.text


def test_one_action_is_one_line_although_it_came_to_two_stages(office: Office) -> None:
    office.change(office.council, reminder_rules={"before": [1], "on_the_day": True})
    action = office.action(due=MONDAY + DAY)
    office.sweep()
    office.sweep(TUESDAY)
    (sent,) = office.deliver()
    assert sent.text.count(f"{action.reference}:") == 1
    assert "due today" in sent.subject.lower()
    assert list(stages_by_mail(office).values()) == [[(Stage.BEFORE, MONDAY), (Stage.ON_THE_DAY, MONDAY + DAY)]]


def test_what_a_sender_holds_leaves_by_itself(office: Office) -> None:
    office.action(due=MONDAY)
    office.action(due=MONDAY + DAY)
    office.sweep()
    with office.work() as session:
        claim_batch(session, size=20, lease_seconds=-1)  # of a sender who dies with it
    office.sweep(TUESDAY)
    assert [mail.status for mail in office.mails()] == [MessageStatus.SENDING, MessageStatus.WAITING]
    assert len(office.deliver()) == 2


def test_a_lead_is_told_the_day_on_which_a_mail_left_not_the_one_it_was_written_for(office: Office) -> None:
    office.change(office.council, reminder_rules={"before": [1], "on_the_day": True, "lead_after": 3})
    office.action(due=MONDAY + DAY)
    office.sweep()  # it does not leave that day
    office.sweep(TUESDAY)
    assert len(office.deliver()) == 1
    left = office.mails()[-1].sent_at
    assert left is not None
    office.sweep(MORNING + 4 * DAY)
    (told,) = [mail for mail in office.mails() if mail.person_id == office.lead.id]
    assert f"was reminded on {format_date(london_date(left))}." in told.text  # once, although two stages are in it


def test_what_a_sender_takes_between_reading_and_writing_is_not_told_twice(office: Office) -> None:
    first = office.action(due=MONDAY)
    second = office.action(due=MONDAY + DAY)
    office.sweep()
    opened = []

    def overtaken_sessions() -> Session:
        opened.append(1)
        if len(opened) == 2:
            assert len(office.deliver()) == 1
        return office.sessions()

    written = remind_council(overtaken_sessions, office.council.id, now=TUESDAY, settings=office.settings)  # type: ignore[arg-type]
    assert written == []  # it is planned anew by the next sweep
    assert office.sweep(TUESDAY).digests == 1
    (sent,) = office.deliver()
    assert f"{second.reference}:" in sent.text
    assert first.reference not in sent.text
    assert [mail.status for mail in office.mails()] == [MessageStatus.SENT] * 2


def test_what_a_weekly_reader_was_to_be_told_on_monday_is_not_put_off_for_a_week(full_office: Office) -> None:
    office = full_office
    office.change(office.lead, mail_rhythm=MailRhythm.WEEKLY)
    own = office.action(due=MONDAY, owner=office.lead, lead=office.person(Role.LEAD))
    waiting = office.action(due=FAR)
    with office.work() as session:
        make_extension(session, session.merge(waiting), agreed=False, asked_at=MORNING - 6 * DAY)  # said on Tuesday
    office.sweep()
    office.sweep(TUESDAY)
    (sent,) = [mail for mail in office.deliver() if mail.to_address == office.lead.email]
    assert f"{own.reference}:" in sent.text.split("WAITING FOR YOUR DECISION")[0]
    assert f"{waiting.reference}:" in sent.text


def test_a_plan_that_has_not_left_comes_with_the_next_mail(full_office: Office) -> None:
    office = full_office
    office.action(due=MONDAY + 13 * DAY, title="Nobody began", delivery=Delivery.NOT_STARTED)
    office.sweep()
    office.action(due=MONDAY - 6 * DAY)  # the lead is told on Tuesday
    office.sweep(TUESDAY)
    (sent,) = [mail for mail in office.deliver() if mail.to_address == office.lead.email]
    assert "YOUR PLAN FOR THE NEXT HALF-YEAR" in sent.text


def test_a_mail_that_was_told_later_is_never_sent_again(office: Office) -> None:
    office.action(due=MONDAY)
    office.action(due=MONDAY + DAY)
    office.sweep()
    office.sweep(TUESDAY)
    earlier = office.mails()[0]
    administrator = office.person(Role.ADMINISTRATOR)
    with office.work() as session, pytest.raises(MoveNotAllowed, match="told in a later one"):
        by_hand.send_again(session, earlier.id, by=session.get_one(Person, administrator.id), now=TUESDAY)
    with office.work() as session:
        last = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
        assert last is not None
        assert (last.after or {})["instead_of"] == str(earlier.id)
        assert audit.faults(session, office.council.id) == []


def test_sweeping_and_sending_at_the_same_moment_lose_and_double_nothing(office: Office) -> None:
    owners = [office.person() for _ in range(30)]
    for owner in owners:
        office.action(due=MONDAY, owner=owner)
        office.action(due=MONDAY + DAY, owner=owner)
    office.sweep()
    start, mailers = threading.Barrier(4), [MemoryMailer() for _ in range(2)]

    def send(mailer: MemoryMailer) -> None:
        start.wait()
        deliver(office.sessions, mailer, settings=office.settings)

    def write() -> None:
        start.wait()
        office.sweep(TUESDAY)

    threads = [threading.Thread(target=send, args=(mailer,)) for mailer in mailers]
    threads += [threading.Thread(target=write) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    office.sweep(TUESDAY)
    sent = [mail.message_id for mailer in mailers for mail in mailer.sent] + [
        one.message_id for one in office.deliver()
    ]
    assert len(sent) == len(set(sent))
    with office.work() as session:
        left = session.execute(
            select(Message.status, Message.message_id).join(Reminder, Reminder.message_id == Message.id)
        ).all()
        assert len(left) == 2 * len(owners)
        assert {status for status, _ in left} == {MessageStatus.SENT}
        assert {message_id for _, message_id in left} == set(sent)
