"""The sweep: everything once, one mail a person a morning, however often and from wherever it runs."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_extension, make_update
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker import audit
from tracker.models import Action, ClosureDay, HistoryEntry, MailWeek, Message, Person, Reminder
from tracker.reminders.queries import last_heartbeat
from tracker.reminders.services import Draft, post, remind_council
from tracker.terms import Delivery, Marking, MessageStatus, Role, Stage

DAY = timedelta(days=1)


def reminders(office: Office) -> list[tuple[str, Stage, date]]:
    with office.work() as session:
        names = {office.owner.id: "owner", office.lead.id: "lead"}
        rows = session.scalars(select(Reminder).order_by(Reminder.about_date, Reminder.id)).all()
        return [(names.get(row.person_id, "other"), row.stage, row.about_date) for row in rows]


def test_an_owner_is_reminded_once_when_the_sweep_runs_twice(office: Office) -> None:
    office.action(due=MONDAY)
    assert (office.sweep().digests, office.sweep().digests) == (1, 0)
    assert reminders(office) == [("owner", Stage.ON_THE_DAY, MONDAY)]


def test_a_person_gets_one_mail_with_everything(office: Office) -> None:
    office.action(due=MONDAY)
    office.action(due=MONDAY - 3 * DAY)
    office.action(due=MONDAY + 14 * DAY)
    office.sweep()
    (mail,) = office.mails()
    assert mail.subject.startswith("1 action late, 1 due today, 1 due in 14 days – Westmere Council")
    assert mail.to_address == office.owner.email
    assert mail.dedupe_key == f"digest:{office.owner.id}:2027-03-15"


def test_what_falls_due_after_the_morning_mail_waits_for_the_next(office: Office) -> None:
    office.action(due=MONDAY)
    office.sweep()
    late = office.action(due=MONDAY - DAY)
    assert office.sweep(MORNING + timedelta(hours=2)).digests == 0
    assert office.sweep(MORNING + DAY).digests == 1
    assert late.reference in office.mails()[1].text


@pytest.mark.parametrize(
    ("now", "digests"),
    [
        (MORNING - timedelta(minutes=1), 0),
        (MORNING, 1),
        (datetime(2027, 3, 13, 12, tzinfo=UTC), 0),  # a Saturday
        (datetime(2027, 3, 26, 12, tzinfo=UTC), 0),  # Good Friday
        (datetime(2027, 3, 17, 12, tzinfo=UTC), 0),  # the council's own closure day
        (datetime(2027, 3, 18, 12, tzinfo=UTC), 1),
    ],
)
def test_mails_are_written_on_working_days_from_eight(office: Office, now: datetime, digests: int) -> None:
    with office.work() as session:
        session.add(ClosureDay(council_id=office.council.id, day=date(2027, 3, 17), reason="Moving house"))
    office.action(due=date(2027, 3, 1))
    office.change(office.lead, active=False)
    assert office.sweep(now).digests == digests


def test_bank_holidays_are_those_of_the_nation(another_office: Callable[..., Office]) -> None:
    saint_patricks = datetime(2027, 3, 17, 12, tzinfo=UTC)
    for nation in ("ENG", "NIR"):
        another_office(nation=nation).action(due=MONDAY)
    assert another_office().sweep(saint_patricks).digests == 1


def test_three_days_of_silence_are_caught_up_once(office: Office) -> None:
    office.action(due=MONDAY - DAY)
    office.sweep(MORNING - 3 * DAY)  # Friday: 14 days before
    assert office.sweep(MORNING).digests == 1
    assert office.sweep(MORNING + DAY).digests == 0
    assert reminders(office) == [
        ("owner", Stage.BEFORE, MONDAY - 15 * DAY),
        ("owner", Stage.ON_THE_DAY, MONDAY - DAY),
    ]


def test_a_first_run_over_old_data_sends_one_mail_a_person(office: Office) -> None:
    owners = [office.person() for _ in range(10)]
    with office.work() as session:
        for number in range(1000):
            office.put(session, due=MONDAY - number * DAY, owner=owners[number % 10])
    assert office.sweep().digests == 11
    assert office.sweep().digests == 0
    assert len({mail.person_id for mail in office.mails()}) == 11


@pytest.mark.parametrize("delivery", [Delivery.CHECKED, Delivery.HOLDING, Delivery.CLOSED_NOT_COMPLETED])
def test_nobody_is_chased_for_what_is_closed(office: Office, delivery: Delivery) -> None:
    office.action(due=MONDAY - 30 * DAY, delivery=delivery)
    assert office.sweep().digests == 0


def test_an_action_400_days_late_is_still_in_the_mail(office: Office) -> None:
    office.action(due=MONDAY - 400 * DAY)
    office.sweep()
    assert "400 days late" in office.mails()[0].text


def test_nobody_is_chased_for_what_they_updated_that_day(office: Office) -> None:
    action = office.action(due=MONDAY)
    with office.work() as session:
        make_update(session, action, at=MORNING - timedelta(minutes=30))
    assert office.sweep().digests == 0
    assert office.sweep(MORNING + DAY).digests == 0  # it was answered
    assert office.sweep(MORNING + 7 * DAY).digests == 2  # owner and lead


def test_somebody_elses_update_is_not_the_owners_answer(office: Office) -> None:
    action = office.action(due=MONDAY)
    with office.work() as session:
        make_update(session, action, at=MORNING).person_id = office.lead.id
    assert office.sweep().digests == 1


def test_who_has_just_asked_for_more_time_is_not_chased(office: Office) -> None:
    action = office.action(due=MONDAY)
    with office.work() as session:
        make_extension(session, action, agreed=False, asked_at=MORNING - timedelta(minutes=5))
    assert office.sweep().digests == 0


def test_an_agreed_extension_moves_the_chase(office: Office) -> None:
    action = office.action(due=MONDAY)
    office.sweep()
    with office.work() as session:
        make_extension(session, session.merge(action), days=28)
    assert office.sweep(MORNING + 7 * DAY).digests == 0
    office.sweep(MORNING + 14 * DAY + DAY)  # the 29th is Easter Monday
    assert reminders(office) == [
        ("owner", Stage.ON_THE_DAY, MONDAY),
        ("owner", Stage.BEFORE, MONDAY + 14 * DAY),
    ]
    assert "15 days late (due 15 March 2027); within agreed extension to 12 April 2027" in office.mails()[1].text


def test_the_lead_learns_what_was_tried(office: Office) -> None:
    office.action(due=MONDAY)
    office.sweep()
    office.change(office.mails()[0], status=MessageStatus.SENT)
    office.sweep(MORNING + 7 * DAY)
    (to_lead,) = [mail for mail in office.mails() if mail.person_id == office.lead.id]
    assert "Ann Hall was reminded on 15 March 2027." in to_lead.text


def test_a_new_owner_is_told_where_it_stands(office: Office) -> None:
    action = office.action(due=MONDAY)
    office.sweep()
    office.change(action, owner_id=office.person().id)
    office.sweep(MORNING + DAY)
    assert reminders(office) == [("owner", Stage.ON_THE_DAY, MONDAY), ("other", Stage.ON_THE_DAY, MONDAY)]


def test_an_orphaned_action_goes_to_the_lead(office: Office) -> None:
    office.action(due=MONDAY)
    office.change(office.owner, active=False)
    office.sweep()
    (mail,) = office.mails()
    assert mail.person_id == office.lead.id
    assert "no longer has an account" in mail.text


@pytest.mark.parametrize("roles", [(Role.DIRECTOR, Role.LEAD, Role.LEAD), (Role.ADMINISTRATOR, Role.DIRECTOR)])
def test_where_owner_and_lead_have_gone_another_lead_or_a_director_is_told(
    office: Office, another_office: Callable[..., Office], roles: tuple[Role, ...]
) -> None:
    another_office(name="Northbrook")  # has a lead of its own
    action = office.action(due=MONDAY)
    with office.work() as session:
        for person in session.scalars(select(Person).where(Person.council_id == office.council.id)):
            person.active = False
    others = [office.person(role) for role in roles]
    office.sweep()
    (mail,) = office.mails()
    assert mail.person_id == others[1].id
    assert action.reference in mail.text
    assert "no longer has an account" in mail.text
    assert office.sweep().digests == 0


def test_mail_reminders_and_history_stand_or_fall_together(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    office.action(due=MONDAY)

    def broken(*_arguments: object, **_values: object) -> None:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patched:
        patched.setattr(audit, "record_many", broken)
        assert office.sweep().failed == (office.council.id,)
    assert f"council {office.council.id}" in caplog.text
    with office.work() as session:
        assert [session.scalar(select(func.count()).select_from(table)) for table in (Message, Reminder)] == [0, 0]
        assert last_heartbeat(session) is None  # a sweep that failed is no sign of life
    assert office.sweep().digests == 1


def test_what_was_written_before_a_fault_is_counted(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    office.action(due=MONDAY)

    def broken(*_arguments: object, **_values: object) -> None:
        raise RuntimeError("the bodies cannot be read")

    monkeypatch.setattr("tracker.reminders.sweep.planned_letters", broken)
    swept = office.sweep()
    assert swept.failed == (office.council.id,)
    assert (swept.digests, swept.reminders, [mail.person_name for mail in swept.mails]) == (1, 1, ["Ann Hall"])
    assert len(office.mails()) == 1


def test_one_councils_fault_does_not_stop_the_others(
    office: Office, another_office: Callable[..., Office], caplog: pytest.LogCaptureFixture
) -> None:
    other = another_office(name="Northbrook")
    office.action()
    other.action()
    office.change(office.council, reminder_rules={"before": ["soon"]})
    assert office.sweep().failed == (office.council.id,)
    assert [mail.council_id for mail in office.mails()] == [other.council.id]
    assert "must be a number of days" in caplog.text


def test_a_change_that_is_rolled_back_leaves_no_mail(office: Office, sessions: sessionmaker[Session]) -> None:
    draft = Draft(office.council.id, "claim:1", office.owner.id, office.owner.email, "A claim", "It is done.")
    with sessions() as session:
        post(session, [draft], now=MORNING, host="x.example")
        session.rollback()
    assert office.mails() == []
    with office.work() as session:
        assert list(post(session, [draft], now=MORNING, host="x.example")) == ["claim:1"]
        assert post(session, [draft], now=MORNING, host="x.example") == {}
        assert post(session, [], now=MORNING, host="x.example") == {}
    assert [mail.message_id.endswith("@x.example>") for mail in office.mails()] == [True]


def test_the_history_says_who_was_written_to(office: Office) -> None:
    action = office.action(due=MONDAY)
    office.sweep()
    with office.work() as session:
        (entry,) = session.scalars(select(HistoryEntry))
        assert (entry.person_name, entry.sentence) == ("The service", f"wrote to Ann Hall about {action.reference}")
        assert audit.faults(session, office.council.id) == []


def test_the_heartbeat_is_the_sweeps_own(office: Office) -> None:
    with office.work() as session:
        assert last_heartbeat(session) is None
    for moment in (MORNING - timedelta(hours=3), MORNING):
        office.sweep(moment)
        with office.work() as session:
            assert last_heartbeat(session) == moment


def test_ten_sweeps_at_once_write_everything_once(office: Office) -> None:
    owners = [office.person() for _ in range(20)]
    for number in range(100):
        office.action(due=MONDAY - number * DAY, owner=owners[number % 20])
    start = threading.Barrier(10)
    digests: list[int] = []

    def one() -> None:
        start.wait()
        digests.append(office.sweep().digests)

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert office.sweep().digests == 0
    assert sum(digests) == len(office.mails()) == 21
    with office.work() as session:
        assert audit.faults(session, office.council.id) == []


def test_machines_whose_clocks_differ_by_a_day_say_each_thing_once(office: Office) -> None:
    office.action(due=MONDAY)
    opened = []

    def overtaken_sessions() -> Session:
        """Between this machine's reading and its writing, one whose clock is a day behind writes the same."""
        opened.append(1)
        if len(opened) == 2:
            assert office.sweep(MORNING).digests == 1
        return office.sessions()

    tomorrow = MORNING + DAY
    written = remind_council(overtaken_sessions, office.council.id, now=tomorrow, settings=office.settings)  # type: ignore[arg-type]
    assert written == []
    assert reminders(office) == [("owner", Stage.ON_THE_DAY, MONDAY)]
    assert len(office.mails()) == 1


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_what_is_marked_between_the_reading_and_the_writing_is_not_named(office: Office, marking: Marking) -> None:
    action = office.action(due=MONDAY - 7 * DAY, title="CANARY")
    opened = []

    def overtaken_sessions() -> Session:
        opened.append(1)
        if len(opened) == 2:
            office.change(action, marking=marking)
        return office.sessions()

    written = remind_council(overtaken_sessions, office.council.id, now=MORNING, settings=office.settings)  # type: ignore[arg-type]
    assert len(written) == 2
    for mail in office.mails():
        assert "CANARY" not in f"{mail.text}{mail.html}"
        assert f"{action.reference}: not for email." in mail.text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    hours=st.lists(st.integers(0, 24 * 45), min_size=1, max_size=15),
    due=st.lists(st.integers(-20, 50), min_size=1, max_size=6),
)
def test_any_sequence_of_sweeps_says_each_thing_once_and_mails_once_a_day(
    office: Office, hours: list[int], due: list[int]
) -> None:
    for days in due:
        office.action(due=MONDAY + days * DAY)
    for hour in hours:  # in any order: a machine's clock may go back
        office.sweep(MORNING + timedelta(hours=hour))
    with office.work() as session:
        said = session.execute(
            select(Reminder.action_id, Reminder.person_id, Reminder.stage, Reminder.about_date)
        ).all()
        keys = session.scalars(select(Message.dedupe_key)).all()
        orphans = select(Message.id).where(
            Message.id.not_in(select(Reminder.message_id)),
            Message.subject.not_like("Your plan this week%"),
            Message.status != MessageStatus.TOLD_LATER,
        )
        assert max(Counter(said).values(), default=1) == 1
        assert max(Counter(keys).values(), default=1) == 1
        assert session.scalars(orphans).all() == []  # no mail with nothing in it
        assert audit.faults(session, office.council.id) == []
        for table in (Reminder, Message, MailWeek):  # every example is given the same database
            session.execute(delete(table))
        session.execute(update(Action).values(delivery=Delivery.CHECKED))
