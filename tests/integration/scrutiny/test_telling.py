"""What scrutiny says in the morning's mails: questions are chased like actions, answers and reports are told once."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_committee_report, make_meeting, make_question
from tests.integration.reminders.offices import MONDAY, MORNING, Office, make_settings
from tracker import audit
from tracker.actions.withholding import withhold_mails
from tracker.models import Action, Message, PaperNotice, Person, Question, QuestionReminder
from tracker.models.council import default_reminder_rules
from tracker.reminders import ledgers
from tracker.reminders.services import remind_council
from tracker.scrutiny.telling import TELLERS
from tracker.terms import Marking, MessageStatus, PaperStatus, Role, Stage

DAY = timedelta(days=1)
FAR = date(2027, 9, 1)
BASE = "https://tracker.westmere.example"


@pytest.fixture
def office(sessions: sessionmaker[Session], database_url: str) -> Office:
    """With every stage, as a new council has them, and nothing in its actions to be said now."""
    return Office(sessions, make_settings(database_url), reminder_rules=default_reminder_rules())


@pytest.fixture
def member(office: Office) -> Person:
    return office.person(Role.SCRUTINY_MEMBER, name="Councillor Lee")


@pytest.fixture
def action(office: Office) -> Action:
    return office.action(due=FAR)


def ask(office: Office, action: Action, due: date, by: Person, **values: Any) -> Question:
    with office.work() as session:
        return make_question(session, session.merge(action), due_on=due, asked_by_id=by.id, **values)


def answer(office: Office, question: Question, at: datetime = MORNING - DAY, by: Person | None = None) -> None:
    office.change(question, answer="By March.", answered_at=at, answered_by_id=(by or office.owner).id)


def told(office: Office) -> list[tuple[int, Stage, date]]:
    with office.work() as session:
        rows = session.scalars(select(QuestionReminder).order_by(QuestionReminder.id))
        return [(row.person_id, row.stage, row.about_date) for row in rows]


def mails_to(office: Office, person: Person) -> list[Message]:
    return [mail for mail in office.mails() if mail.person_id == person.id]


@pytest.mark.parametrize(
    ("days", "stage", "about"),
    [
        (29, None, None),
        (28, Stage.BEFORE, MONDAY),
        (20, Stage.BEFORE, MONDAY - 8 * DAY),  # the 28 days before: nobody had asked by then
        (1, Stage.BEFORE, MONDAY),
        (0, Stage.ON_THE_DAY, MONDAY),
        (-6, Stage.ON_THE_DAY, MONDAY - 6 * DAY),
        (-7, Stage.WHILE_LATE, MONDAY),
        (-20, Stage.WHILE_LATE, MONDAY - 6 * DAY),
    ],
)
def test_a_question_is_chased_by_the_days_of_an_action(
    office: Office, action: Action, member: Person, days: int, stage: Stage | None, about: date | None
) -> None:
    ask(office, action, MONDAY + days * DAY, member)
    office.sweep()
    assert told(office) == ([(office.owner.id, stage, about)] if stage else [])


def test_it_stands_in_the_one_mail_of_the_morning_with_its_link(office: Office, action: Action, member: Person) -> None:
    late = office.action(due=MONDAY)
    question = ask(office, action, MONDAY - 7 * DAY, member)
    assert office.sweep().digests == 1
    (mail,) = mails_to(office, office.owner)
    assert mail.subject == (
        f"1 action due today; a question about the action {action.reference} waits for your answer – Westmere Council"
    )
    text = mail.text.split("MEMBERS’ QUESTIONS FOR YOU TO ANSWER")[1]
    assert f"{action.reference}: a question from Councillor Lee\n" in text
    assert "7 days late (to be answered by 8 March 2027)" in text
    assert "“When will it be done?”" in text
    assert f"Answer the question about {action.reference}:\n  {BASE}/questions/{question.id}\n" in text
    assert f"{BASE}/questions/{question.id}" in (mail.html or "")
    assert "7 days late (to be answered by 8 March 2027)" in (mail.html or "")
    assert f"{late.reference}:" in mail.text
    with office.work() as session:
        (row,) = session.scalars(select(QuestionReminder))
        assert row.message_id == mail.id
        (sent,) = ledgers.mails_to(session, office.owner.id)
        assert sent.notes == (f"A member’s question about {action.reference}: While late, about 15 March 2027",)
        assert audit.faults(session, office.council.id) == []


def test_each_stage_is_said_once_and_many_questions_are_one_mail(
    office: Office, action: Action, member: Person
) -> None:
    for late in range(5):
        ask(office, action, MONDAY - late * 30 * DAY, member)
    assert office.sweep().digests == 1
    (mail,) = mails_to(office, office.owner)
    assert mail.subject.startswith("5 members’ questions wait for your answer – ")
    assert office.sweep().digests == 0
    assert office.sweep(MORNING + DAY).digests == 1  # 30, 60, 90 and 120 days late: on other days
    assert len(told(office)) == len(set(told(office)))


def test_who_has_gone_is_stood_in_for(office: Office, action: Action, member: Person) -> None:
    ask(office, action, MONDAY, member)
    office.change(office.owner, active=False)
    office.sweep()
    (mail,) = mails_to(office, office.lead)
    assert "It was put to Ann Hall, who no longer has an account. You can answer it." in mail.text
    assert office.deliver()
    assert told(office) == [(office.lead.id, Stage.ON_THE_DAY, MONDAY)]


def test_what_is_answered_before_the_mail_leaves_is_not_chased(office: Office, action: Action, member: Person) -> None:
    question = ask(office, action, MONDAY, member)
    office.sweep()
    answer(office, question, at=MORNING)
    assert office.deliver() == []
    (mail,) = mails_to(office, office.owner)
    assert mail.status is MessageStatus.CANCELLED
    assert office.sweep(MORNING + DAY).digests == 1  # to who asked


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_of_what_is_not_open_only_the_reference_leaves(office: Office, member: Person, marking: Marking) -> None:
    hidden = office.action(due=FAR, title="CANARY", marking=marking)
    ask(office, hidden, MONDAY, member, words="CANARY?")
    answer(office, ask(office, hidden, MONDAY, member, words="CANARY?"))
    office.sweep()
    assert len(office.mails()) == 2
    for mail in office.mails():
        assert "CANARY" not in f"{mail.subject}{mail.text}{mail.html}"
        assert "Councillor Lee" not in f"{mail.subject}{mail.text}{mail.html}"
        assert f"{hidden.reference}: not for email. Sign in to read it." in mail.text


def test_a_mail_that_waits_is_withheld_when_the_action_is_marked_and_the_question_said_again(
    office: Office, action: Action, member: Person
) -> None:
    ask(office, action, MONDAY, member)
    office.sweep()
    office.change(action, marking=Marking.EXEMPT)
    with office.work() as session:
        withhold_mails(session, session.get_one(Action, action.id))
    assert told(office) == []
    office.sweep(MORNING + DAY)
    (sent,) = office.deliver()
    assert f"{action.reference}: not for email." in sent.text


def test_who_asked_hears_of_the_answer_once(office: Office, action: Action, member: Person) -> None:
    question = ask(office, action, MONDAY, member)
    answer(office, question)
    assert [office.sweep(MORNING + day * DAY).digests for day in range(3)] == [1, 0, 0]
    (mail,) = mails_to(office, member)
    assert mail.subject.startswith(f"Your question about the action {action.reference} has been answered – ")
    assert f"{action.reference}: your question has been answered" in mail.text
    assert "Ann Hall answered on 14 March 2027." in mail.text
    assert f"{BASE}/questions/{question.id}" in mail.text
    assert "By March." not in mail.text
    assert office.deliver()


@pytest.mark.parametrize("case", ["long ago", "by themselves", "gone"])
def test_of_an_answer_that_is_no_news_nobody_is_told(office: Office, action: Action, member: Person, case: str) -> None:
    question = ask(office, action, MONDAY, office.lead if case == "by themselves" else member)
    answer(
        office,
        question,
        at=MORNING - (29 if case == "long ago" else 1) * DAY,
        by=office.lead if case == "by themselves" else None,
    )
    office.change(member, active=case != "gone")
    assert office.sweep().digests == 0


def ready(office: Office, name: str = "Children’s Scrutiny Committee", **values: Any) -> int:
    with office.work() as session:
        meeting = make_meeting(session, office.council, date(2027, 3, 22))
        meeting.committee.name = name
        made = {"status": PaperStatus.READY, "finished_at": MORNING - DAY, "as_at": date(2027, 3, 12)} | values
        return make_committee_report(session, meeting, office.lead, **made).id


def test_each_active_member_is_told_once_of_a_report_that_is_ready(office: Office, member: Person) -> None:
    other, gone = office.person(Role.SCRUTINY_MEMBER), office.person(Role.SCRUTINY_MEMBER, active=False)
    paper_id = ready(office)
    ready(office, "Adults", status=PaperStatus.DRAFT, finished_at=None)
    ready(office, "Health", finished_at=MORNING - 29 * DAY)
    assert office.sweep().digests == 2
    assert not mails_to(office, gone)
    for reader in (member, other):
        (mail,) = mails_to(office, reader)
        assert mail.subject.startswith("The report to Children’s Scrutiny Committee of 22 March 2027 is ready – ")
        assert "Children’s Scrutiny Committee: the report to the meeting of 22 March 2027 is ready" in mail.text
        assert "It shows where things stood on 12 March 2027." in mail.text
        assert f"{BASE}/committee-reports/{paper_id}\n" in mail.text
    assert office.sweep(MORNING + DAY).digests == 0
    office.person(Role.SCRUTINY_MEMBER)  # who is elected meanwhile
    assert office.sweep(MORNING + DAY).digests == 1
    with office.work() as session:
        (sent,) = ledgers.mails_to(session, member.id)
        assert sent.notes == ("The report to Children’s Scrutiny Committee of 22 March 2027: ready",)


def test_what_has_not_left_is_told_by_the_next_mornings_mail(office: Office, action: Action, member: Person) -> None:
    first = ask(office, action, MONDAY, member)
    answered = ask(office, action, FAR, member)
    answer(office, answered)
    ready(office)
    chased_no_more = ask(office, action, MONDAY, member, words="Is it answered?")
    office.sweep()
    answer(office, chased_no_more, at=MORNING)
    office.action(due=MONDAY + DAY)
    office.sweep(MORNING + DAY)
    to_owner, to_member = sorted(office.deliver(), key=lambda mail: mail.to_address == member.email)
    assert f"/questions/{first.id}\n" in to_owner.text
    assert f"/questions/{chased_no_more.id}\n" not in to_owner.text
    assert f"/questions/{answered.id}\n" in to_member.text
    assert f"/questions/{chased_no_more.id}\n" in to_member.text
    assert "is ready" in to_member.text
    with office.work() as session:
        rows = [*session.scalars(select(QuestionReminder)), *session.scalars(select(PaperNotice))]
        assert {row.message.status for row in rows} == {MessageStatus.SENT}


def test_two_machines_say_a_thing_once(office: Office, action: Action, member: Person) -> None:
    ask(office, action, MONDAY, member)
    ready(office)
    opened = []

    def overtaken_sessions() -> Session:
        opened.append(1)
        if len(opened) == 2:
            assert office.sweep(MORNING).digests == 2
        return office.sessions()

    tomorrow = MORNING + DAY
    remind_council(
        overtaken_sessions,  # type: ignore[arg-type]
        office.council.id,
        now=tomorrow,
        settings=office.settings,
        tellers=TELLERS,
    )
    assert len(told(office)) == 1
    assert len(office.deliver()) == 2


def test_another_councils_questions_and_reports_are_its_own(
    office: Office, action: Action, member: Person, sessions: sessionmaker[Session]
) -> None:
    other = Office(sessions, office.settings, name="Northbrook")
    reader = other.person(Role.SCRUTINY_MEMBER)
    ask(office, action, MONDAY, member)
    ready(office)
    office.sweep()
    assert not mails_to(other, reader)
    assert {mail.council_id for mail in office.mails()} == {office.council.id}
