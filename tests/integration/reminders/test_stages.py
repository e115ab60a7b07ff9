"""Every stage in a council's mails: whom it reaches, with which link, and how choices and outages bear on it."""

from collections import Counter
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Engine, event, select

from tests.factories import make_claim, make_extension, make_pause, make_person, make_step, make_update
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker import audit
from tracker.adapters.mailer import MemoryMailer
from tracker.models import MailWeek, Message, Person, Reminder
from tracker.models.council import default_reminder_rules
from tracker.reminders.planning.digests import planned_digests
from tracker.reminders.services import Draft, deliver, post
from tracker.terms import Decision, Delivery, MailRhythm, Marking, MessageStatus, Role, Stage

DAY = timedelta(days=1)
FAR = date(2027, 9, 1)
BASE = "https://tracker.westmere.example"


def told(office: Office) -> list[tuple[str, Stage, date]]:
    with office.work() as session:
        rows = session.execute(
            select(Person.name, Reminder.stage, Reminder.about_date)
            .join(Person, Person.id == Reminder.person_id)
            .order_by(Reminder.id)
        )
        return [(name, stage, about) for name, stage, about in rows]


def mail_to(office: Office, person: Person) -> Message:
    return [mail for mail in office.mails() if mail.person_id == person.id][-1]


def test_the_directors_are_told_at_28_days_late_and_read_what_was_tried(full_office: Office) -> None:
    office = full_office
    director = office.person(Role.DIRECTOR, name="Cy Dee")
    action = office.action(due=MONDAY - 21 * DAY)
    office.sweep()
    for mail in office.mails():
        office.change(mail, status=MessageStatus.DELIVERED)
    assert office.sweep(MORNING + 6 * DAY).digests == 0  # a Sunday
    office.sweep(MORNING + 7 * DAY)
    assert ("Cy Dee", Stage.DIRECTOR_TOLD, MONDAY + 7 * DAY) in told(office)
    text = mail_to(office, director).text
    assert "FOR YOU TO KNOW AS DIRECTOR" in text
    assert "Ann Hall was reminded on 15 March 2027. Bob Lowe, its lead, was told on 15 March 2027." in text
    assert f"{BASE}/actions/{action.reference}\n" in text


def test_of_what_nothing_is_heard_the_owner_is_asked_every_28_days(full_office: Office) -> None:
    office = full_office
    made = MORNING - 28 * DAY
    action = office.action(due=FAR, created_at=made)
    assert office.sweep(MORNING - 3 * DAY).digests == 0
    assert office.sweep().digests == 2  # the lead reads that it is at risk
    assert office.sweep(MORNING + DAY).digests == 0
    assert f"{BASE}/answer/[a{action.id}]" in mail_to(office, office.owner).text
    assert "1 action without news" in mail_to(office, office.owner).subject
    office.sweep(MORNING + 28 * DAY)
    assert told(office) == [
        ("Ann Hall", Stage.SILENT, MONDAY),
        ("Ann Hall", Stage.SILENT, MONDAY + 28 * DAY),
    ]


@pytest.mark.parametrize("word", ["update", "claim", "extension", "pause"])
def test_any_word_ends_the_silence(full_office: Office, word: str) -> None:
    office = full_office
    action = office.action(due=FAR, created_at=MORNING - 100 * DAY)
    at = MORNING - 10 * DAY
    with office.work() as session:
        merged = session.merge(action)
        if word == "update":
            make_update(session, merged, at=at)
        elif word == "claim":
            make_claim(session, merged, at=at, outcome=Decision.REFUSED)
        elif word == "extension":
            make_extension(session, merged, agreed=False, asked_at=at)
        else:
            make_pause(session, merged, agreed=False, asked_at=at)
    office.sweep()
    assert Stage.SILENT not in {stage for _, stage, _ in told(office)}


def test_what_waits_five_working_days_is_said_to_its_lead_then_to_all_who_may(full_office: Office) -> None:
    office = full_office
    director = office.person(Role.DIRECTOR)
    checker = office.person(name="Cay Checker")
    action = office.action(due=FAR, delivery=Delivery.AWAITING_CHECK, checker_id=checker.id)
    with office.work() as session:
        make_claim(session, session.merge(action), at=MORNING - 7 * DAY)
    office.sweep()
    assert {name for name, stage, _ in told(office) if stage is Stage.DECISION_WAITS} == {"Bob Lowe", "Cay Checker"}
    mail = mail_to(office, checker)
    assert mail.subject.startswith("1 decision waits for you – ")
    assert f"{BASE}/actions/{action.reference}/check\n" in mail.text
    assert "Ann Hall says it is done. Check the claim" in mail.text
    assert office.sweep(MORNING + DAY).digests == 0
    office.sweep(MORNING + 7 * DAY)
    assert mail_to(office, director).created_at == MORNING + 7 * DAY
    assert "Ann Hall" not in {name for name, stage, _ in told(office) if stage is Stage.DECISION_WAITS}


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.SERVICE_MANAGER}])
def test_who_stands_in_is_told_for_a_lead_who_cannot_act(full_office: Office, change: dict[str, object]) -> None:
    office = full_office
    other = office.person(Role.LEAD, name="Dot Moss")
    office.action(due=MONDAY - 7 * DAY)
    late = office.action(due=MONDAY - 7 * DAY, owner=office.person(active=False))
    waiting = office.action(due=FAR)
    with office.work() as session:
        make_extension(session, session.merge(waiting), agreed=False, asked_at=MORNING - 7 * DAY)
    office.change(office.lead, **change)
    office.sweep()
    assert {(name, stage) for name, stage, _ in told(office)} == {
        ("Ann Hall", Stage.WHILE_LATE),
        ("Dot Moss", Stage.WHILE_LATE),
        ("Dot Moss", Stage.LEAD_TOLD),
        ("Dot Moss", Stage.DECISION_WAITS),
    }
    assert f"{BASE}/actions/{late.reference}/hand-over" in mail_to(office, other).text
    assert f"{BASE}/actions/{waiting.reference}/decide" in mail_to(office, other).text
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    assert mail_to(office, other).status is MessageStatus.SENT


@pytest.mark.parametrize("role", [Role.SCRUTINY_MEMBER, Role.ADMINISTRATOR])
def test_an_owner_who_can_own_nothing_any_more_is_stood_in_for(full_office: Office, role: Role) -> None:
    office = full_office
    action = office.action(due=MONDAY)
    office.change(office.owner, role=role)
    office.sweep()
    assert told(office) == [("Bob Lowe", Stage.ON_THE_DAY, MONDAY)]
    text = mail_to(office, office.lead).text
    assert "Its owner, Ann Hall, can own no actions any more. Give it a new owner." in text
    assert f"{BASE}/actions/{action.reference}/hand-over" in text
    office.deliver()
    assert mail_to(office, office.lead).status is MessageStatus.SENT


def test_who_can_own_nothing_any_more_before_the_mail_leaves_is_not_asked(full_office: Office) -> None:
    office = full_office
    office.action(due=MONDAY)
    office.sweep()
    office.change(office.owner, role=Role.SCRUTINY_MEMBER)
    assert office.deliver() == []
    assert office.sweep(MORNING + DAY).digests == 1
    assert told(office)[-1] == ("Bob Lowe", Stage.ON_THE_DAY, MONDAY)


@pytest.mark.parametrize("owner", ["there", "gone"])
def test_a_mail_to_who_stands_in_leaves_although_the_lead_is_only_no_lead_any_more(
    full_office: Office, owner: str
) -> None:
    office = full_office
    other = office.person(Role.LEAD)
    office.action(due=MONDAY - 7 * DAY, owner=office.person(active=owner == "there"))
    office.change(office.lead, role=Role.SERVICE_MANAGER)
    office.sweep()
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    assert mail_to(office, other).status is MessageStatus.SENT


def test_a_second_request_is_said_in_its_own_time(full_office: Office) -> None:
    office = full_office
    action = office.action(due=FAR)
    with office.work() as session:
        first = make_extension(session, session.merge(action), agreed=False, asked_at=MORNING - 7 * DAY)
        make_pause(session, session.merge(action), agreed=False, asked_at=MORNING - 5 * DAY)
    office.sweep()
    office.change(first, outcome=Decision.REFUSED, decided_by_id=office.lead.id, decided_at=MORNING + DAY)
    for day in range(1, 10):
        office.sweep(MORNING + day * DAY)
    waited = [about for _, stage, about in told(office) if stage is Stage.DECISION_WAITS]
    assert waited == [MONDAY, MONDAY + 2 * DAY, MONDAY + 9 * DAY]


def test_the_sentence_of_silence_counts_what_the_stage_counts(full_office: Office) -> None:
    office = full_office
    action = office.action(due=FAR, created_at=MORNING - 100 * DAY)
    with office.work() as session:
        make_extension(
            session, session.merge(action), agreed=False, asked_at=MORNING - 28 * DAY, outcome=Decision.REFUSED
        )
    office.sweep()
    assert "Nothing has been said of it since 15 February 2027, 28 days ago." in mail_to(office, office.owner).text


def test_that_it_is_not_theirs_is_a_word_of_its_owner(full_office: Office) -> None:
    office = full_office
    made = {"due": FAR, "created_at": MORNING - 100 * DAY}
    office.action(**made, disowned_at=MORNING - timedelta(minutes=5))
    office.action(due=MONDAY, disowned_at=MORNING - timedelta(minutes=5))
    silent = office.action(**made, disowned_at=MORNING - 28 * DAY)
    office.sweep()
    assert [(name, stage) for name, stage, _ in told(office)] == [("Ann Hall", Stage.SILENT)]
    text = mail_to(office, office.owner).text
    assert f"{silent.reference}:" in text
    assert "Nothing has been said of it since 15 February 2027, 28 days ago." in text


def test_a_decision_that_was_made_before_the_mail_leaves_is_not_asked_for(full_office: Office) -> None:
    office = full_office
    action = office.action(due=FAR)
    with office.work() as session:
        waiting = make_extension(session, session.merge(action), agreed=False, asked_at=MORNING - 8 * DAY)
    office.sweep()
    office.change(waiting, outcome=Decision.REFUSED, decided_by_id=office.lead.id, decided_at=MORNING)
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    assert [mail.status for mail in office.mails()] == [MessageStatus.CANCELLED]


@pytest.mark.parametrize("after", ["spoken", "no longer a director"])
def test_the_other_stages_are_looked_at_once_more_as_well(full_office: Office, after: str) -> None:
    office = full_office
    director = office.person(Role.DIRECTOR)
    if after == "spoken":
        action = office.action(due=FAR, created_at=MORNING - 30 * DAY)
    else:
        action = office.action(due=MONDAY - 28 * DAY, owner=office.lead)
    office.sweep()
    who = office.owner if after == "spoken" else director
    if after == "spoken":
        office.change(action, last_update_at=MORNING + timedelta(minutes=1))
    else:
        office.change(director, role=Role.SERVICE_MANAGER)
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    assert mail_to(office, who).status is MessageStatus.CANCELLED


def weekly(office: Office, person: Person) -> None:
    office.change(person, mail_rhythm=MailRhythm.WEEKLY)


def test_who_wants_one_mail_a_week_gets_it_on_its_first_working_day(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    for ahead in (1, 2, 3, 4, 7, 8):
        office.action(due=MONDAY + ahead * DAY)
    written = [office.sweep(MORNING + day * DAY).digests for day in range(8)]
    assert written == [1, 0, 0, 0, 0, 0, 0, 1]
    mails = office.mails()
    assert [mail.created_at for mail in mails] == [MORNING, MORNING + 7 * DAY]
    assert mails[1].subject.startswith("4 actions late, 1 due today, 1 due in 1 day – ")


def test_a_week_whose_first_morning_was_missed_is_made_up_for(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    office.action(due=MONDAY)
    office.action(due=MONDAY + 2 * DAY)  # one day before it falls on Tuesday
    assert office.sweep(MORNING + DAY).digests == 1
    assert told(office) == [
        ("Ann Hall", Stage.ON_THE_DAY, MONDAY),
        ("Ann Hall", Stage.BEFORE, MONDAY - 5 * DAY),
    ]
    assert office.sweep(MORNING + 2 * DAY).digests == 0


def test_what_comes_in_during_the_week_waits_for_the_next_one(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    office.action(due=MONDAY)
    handed_over = office.action(due=MONDAY, owner=office.person(name="Dot Moss"))
    office.sweep()
    office.change(handed_over, owner_id=office.owner.id)
    made = office.action(due=MONDAY - DAY, created_at=MORNING + timedelta(hours=3))
    assert [office.sweep(MORNING + day * DAY).digests for day in range(1, 5)] == [0, 0, 0, 0]
    office.sweep(MORNING + 7 * DAY)
    text = mail_to(office, office.owner).text
    assert f"{handed_over.reference}:" in text
    assert f"{made.reference}:" in text


def test_what_was_made_after_a_quiet_first_morning_waits_as_well(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    assert office.sweep().digests == 0
    office.action(due=MONDAY - DAY, created_at=MORNING + timedelta(hours=3))
    assert office.sweep(MORNING + DAY).digests == 0
    assert office.sweep(MORNING + 7 * DAY).digests == 2  # owner and lead


def test_a_first_morning_that_was_left_halfway_is_made_up_for(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    office.action(due=MONDAY)
    other = office.person()
    draft = Draft(office.council.id, f"digest:{other.id}:2027-03-15", other.id, other.email, "1 action late", "One.")
    with office.work() as session:  # one person's mail was written, then the service died
        post(session, [draft], now=MORNING, host="x.example")
    office.sweep(MORNING + DAY)
    assert told(office) == [("Ann Hall", Stage.ON_THE_DAY, MONDAY)]


def test_after_a_quiet_first_morning_what_is_opened_again_waits_as_well(full_office: Office) -> None:
    office = full_office
    weekly(office, office.owner)
    opened_again = office.action(due=MONDAY - DAY, delivery=Delivery.CHECKED)
    assert office.sweep().digests == 0
    office.change(opened_again, delivery=Delivery.IN_PROGRESS)
    assert [office.sweep(MORNING + day * DAY).digests for day in range(1, 5)] == [0, 0, 0, 0]
    office.sweep(MORNING + 7 * DAY)
    assert ("Ann Hall", Stage.WHILE_LATE, MONDAY + 6 * DAY) in told(office)


def test_the_first_morning_of_a_week_is_written_down_once(full_office: Office) -> None:
    office = full_office
    for day in (-1, 1, 2, 7):  # a Sunday, then a week whose Monday was missed, then a Monday
        office.sweep(MORNING + day * DAY)
        office.sweep(MORNING + day * DAY)
    with office.work() as session:
        weeks = session.execute(select(MailWeek.week, MailWeek.day).order_by(MailWeek.week)).all()
    assert [tuple(row) for row in weeks] == [(MONDAY, MONDAY + DAY), (MONDAY + 7 * DAY, MONDAY + 7 * DAY)]


def test_escalations_and_decisions_come_each_morning_whatever_was_chosen(full_office: Office) -> None:
    office = full_office
    weekly(office, office.lead)
    office.action(due=MONDAY - 5 * DAY)
    own = office.action(due=MONDAY + 2 * DAY, owner=office.lead)
    waiting = office.action(due=FAR)
    with office.work() as session:
        make_extension(session, session.merge(waiting), agreed=False, asked_at=MORNING - 5 * DAY)  # a Wednesday
    office.sweep()
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    office.sweep(MORNING + 2 * DAY)
    text = mail_to(office, office.lead).text
    assert mail_to(office, office.lead).created_at == MORNING + 2 * DAY
    assert "FOR YOU TO KNOW AS LEAD" in text
    assert "WAITING FOR YOUR DECISION" in text
    assert f"{own.reference}:" not in text.split("YOUR PLAN FOR THE NEXT HALF-YEAR")[0]  # their own waits for Monday


def test_a_changed_rule_neither_rewrites_nor_repeats_what_was_sent(full_office: Office) -> None:
    office = full_office
    office.person(Role.DIRECTOR)
    office.action(due=MONDAY - 30 * DAY)
    assert office.sweep().digests == 3
    before, sent = told(office), [(mail.text, mail.html) for mail in office.mails()]
    for changed in ({"late_every": 5}, {"lead_after": 3}, {"director_after": 14}, {"lead_after": 10, "late_every": 9}):
        office.change(office.council, reminder_rules=default_reminder_rules() | changed)
        office.sweep(MORNING + DAY)
    assert told(office) == before
    assert [(mail.text, mail.html) for mail in office.mails()] == sent


def test_three_days_down_are_caught_up_once_and_nothing_is_said_of_what_was_closed(full_office: Office) -> None:
    office = full_office
    for ahead in range(5):
        office.action(due=MONDAY + (ahead - 2) * DAY)
    closed = office.action(due=MONDAY - 2 * DAY)
    office.sweep(MORNING - 4 * DAY)
    office.change(closed, delivery=Delivery.CHECKED)
    assert office.sweep(MORNING).digests == 1
    assert closed.reference not in office.mails()[-1].text
    assert office.sweep(MORNING).digests == 0
    with office.work() as session:
        keys = session.execute(select(Reminder.action_id, Reminder.person_id, Reminder.stage, Reminder.about_date))
        assert max(Counter(tuple(row) for row in keys).values()) == 1


def test_clocks_a_day_apart_say_each_thing_once(full_office: Office) -> None:
    office = full_office
    office.person(Role.DIRECTOR)
    for late in range(-3, 40, 6):
        office.action(due=MONDAY - late * DAY)
    for day in range(14):
        for offset in (1, -1, 0):
            office.sweep(MORNING + (day + offset) * DAY)
    said = [row[:3] for row in told(office)]
    with office.work() as session:
        keys = session.execute(select(Reminder.action_id, Reminder.person_id, Reminder.stage, Reminder.about_date))
        assert max(Counter(tuple(row) for row in keys).values()) == 1
        assert audit.faults(session, office.council.id) == []
    assert len(said) == len(told(office))


def test_the_lead_reads_their_plan_once_a_week_worst_first(full_office: Office) -> None:
    office = full_office
    office.action(due=FAR, title="On its way")
    begun = office.action(due=MONDAY + 13 * DAY, title="Nobody began", delivery=Delivery.NOT_STARTED)
    office.action(due=FAR, title="Paused for now", delivery=Delivery.PAUSED)
    assert office.sweep(MORNING - 3 * DAY).digests == 1  # a Friday: the owner is reminded, but it is no day for plans
    office.sweep()
    mail = mail_to(office, office.lead)
    assert mail.subject.startswith("Your plan this week: 1 off track, 1 at risk, 1 on track – ")
    places = [mail.text.index(title) for title in ("Nobody began", "Paused for now", "On its way")]
    assert places == sorted(places)
    assert "Work has not begun and 13 days are left." in mail.text
    assert f'href="{BASE}/actions/{begun.reference}"' in (mail.html or "")
    assert office.sweep(MORNING + DAY).digests == 0
    with office.work() as session:
        entry = session.scalars(select(Message).where(Message.id == mail.id)).one()
        assert entry.dedupe_key == f"digest:{office.lead.id}:2027-03-15"


def test_a_plan_that_is_all_on_track_is_no_reason_for_a_mail_but_comes_along(full_office: Office) -> None:
    office = full_office
    office.action(due=FAR)
    assert office.sweep().digests == 0
    office.action(due=MONDAY - 6 * DAY)
    office.sweep(MORNING + DAY)
    assert "YOUR PLAN FOR THE NEXT HALF-YEAR" in mail_to(office, office.lead).text
    deliver(office.sessions, MemoryMailer(), settings=office.settings)
    office.action(due=MONDAY - 5 * DAY)
    office.sweep(MORNING + 2 * DAY)
    assert "YOUR PLAN FOR THE NEXT HALF-YEAR" not in mail_to(office, office.lead).text


def test_a_plan_whose_mail_was_cancelled_comes_the_next_morning(full_office: Office) -> None:
    office = full_office
    office.action(due=MONDAY + 13 * DAY, title="Nobody began", delivery=Delivery.NOT_STARTED)
    action = office.action(due=FAR)
    with office.work() as session:
        waiting = make_extension(session, session.merge(action), agreed=False, asked_at=MORNING - 7 * DAY)
    office.sweep()
    office.change(waiting, outcome=Decision.REFUSED, decided_by_id=office.lead.id, decided_at=MORNING)
    office.deliver()
    assert mail_to(office, office.lead).status is MessageStatus.CANCELLED
    assert [office.sweep(MORNING + day * DAY).digests for day in (1, 2)] == [1, 0]
    assert mail_to(office, office.lead).subject.startswith("Your plan this week: 1 off track")


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_nothing_that_is_not_open_leaves_in_any_part_of_a_mail(full_office: Office, marking: Marking) -> None:
    office = full_office
    office.person(Role.DIRECTOR)
    hidden = {"title": "CANARY", "marking": marking}
    office.action(due=MONDAY - 40 * DAY, **hidden)
    silent = office.action(due=FAR, created_at=MORNING - 60 * DAY, **hidden)
    waiting = office.action(due=MONDAY + 14 * DAY, **hidden)
    with office.work() as session:
        make_step(session, session.merge(silent), date(2027, 1, 1), title="CANARY step")
        make_extension(session, session.merge(waiting), agreed=False, asked_at=MORNING - 9 * DAY, reason="CANARY")
    office.sweep()
    mails = office.mails()
    assert len(mails) == 3
    for mail in mails:
        assert "CANARY" not in f"{mail.subject}{mail.text}{mail.html}"
        assert "/answer/" not in f"{mail.text}{mail.html}"
    assert silent.reference in mail_to(office, office.owner).text


def test_a_mail_has_its_html_in_the_outbox_with_marks_for_links(full_office: Office) -> None:
    action = full_office.action(due=MONDAY)
    full_office.sweep()
    (mail,) = full_office.mails()
    assert mail.html is not None
    assert mail.html.startswith("<!doctype html>")
    assert f"{BASE}/answer/[a{action.id}]" in mail.html


def test_thousands_of_reminders_for_many_people_are_planned_with_few_questions(
    full_office: Office, engine: Engine
) -> None:
    office, counts = full_office, []
    with office.work() as session:
        owners = [make_person(session, office.council) for _ in range(100)]
    for most in (200, 1000):
        with office.work() as session:
            for number in range(most):
                office.put(session, due=MONDAY - (number % 60) * DAY, owner=owners[number % 100])
        asked: list[str] = []
        listener = lambda _connection, _cursor, statement, *_rest: asked.append(statement)  # noqa: B023, E731
        with office.work() as session:
            council = session.merge(office.council)
            event.listen(engine, "before_cursor_execute", listener)
            planned = planned_digests(session, council, MONDAY)
            event.remove(engine, "before_cursor_execute", listener)
        counts.append(len(asked))
        assert len(planned) == 101
    assert sum(len(one.reminders) for one in planned) > 1_800
    assert counts[1] <= counts[0] + 4 * 6  # a few for each further 500 actions


def test_a_first_run_over_a_thousand_old_actions_sends_one_mail_a_person(full_office: Office) -> None:
    office = full_office
    director = office.person(Role.DIRECTOR)
    long_ago = datetime(2020, 1, 1, tzinfo=MORNING.tzinfo)
    with office.work() as session:
        owners = [make_person(session, office.council) for _ in range(10)]
        for number in range(1000):
            office.put(session, due=MONDAY - (number - 200) * DAY, owner=owners[number % 10], created_at=long_ago)
    assert office.sweep().digests == 12  # ten owners, the lead, the director
    assert office.sweep().digests == 0
    assert len({mail.person_id for mail in office.mails()}) == len(office.mails()) == 12
    assert mail_to(office, director).subject.startswith("As director: ")
