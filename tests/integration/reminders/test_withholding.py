"""What is marked exempt or confidential does not leave by mail, at whichever moment, and nobody waits for ever."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.factories import make_body, make_question
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker.actions import details
from tracker.actions.details import Details, change_details
from tracker.actions.withholding import withhold_mails
from tracker.errors import MoveNotAllowed
from tracker.models import Action, Contribution, Person
from tracker.reminders.delivery import by_hand
from tracker.scrutiny import questioning
from tracker.terms import Delivery, Marking, MessageStatus, Role

DAY = timedelta(days=1)
A_MOMENT = 1.5  # seconds: who has not ended by then waits for us, and PostgreSQL has looked once whether in a ring


def mark(office: Office, action: Action, marking: Marking = Marking.EXEMPT) -> None:
    with office.work() as session:
        stored, lead = session.get_one(Action, action.id), session.get_one(Person, office.lead.id)
        change_details(session, stored, wanted=replace(Details.of(stored), marking=marking), by=lead, now=MORNING)


Meanwhile = Callable[[Callable[[], object], Action], Future[object]]


@pytest.fixture
def meanwhile(office: Office, monkeypatch: pytest.MonkeyPatch) -> Meanwhile:
    """Marks an action exempt while another process is at work; both have come to their end."""

    def marked(work: Callable[[], object], action: Action) -> Future[object]:
        begun: list[Future[object]] = []
        with ThreadPoolExecutor(1) as pool:

            def look_late(*given: object) -> None:
                begun.append(pool.submit(work))
                wait(begun, A_MOMENT)
                withhold_mails(*given)  # type: ignore[arg-type]

            monkeypatch.setattr(details, "withhold_mails", look_late)
            mark(office, action)
        return begun[0]

    return marked


def make_line(office: Office, action: Action) -> None:
    with office.work() as session:
        body = make_body(session, session.merge(office.council), contact_email="desk@hospital.example")
        session.add(Contribution(council_id=office.council.id, action_id=action.id, body_id=body.id))


def prepared(office: Office, case: str) -> Action:
    """An action that stands in somebody's mail of this morning, in one of the ways that there are."""
    due = {"plan": MONDAY + 13 * DAY, "question": MONDAY + 100 * DAY}.get(case, MONDAY)
    action = office.action(due=due, title="CANARY", delivery=Delivery.NOT_STARTED)
    if case == "question":
        with office.work() as session:
            make_question(session, session.merge(action), due_on=MONDAY, words="CANARY?")
    if case == "body":
        make_line(office, action)
    return action


def leaving(office: Office, word: str) -> list[str]:
    """To whom the mails go out that have a word in them."""
    return [mail.to_address for mail in office.deliver() if word in f"{mail.subject}{mail.text}{mail.html}"]


@pytest.mark.parametrize("case", ["own", "question", "plan", "body"])
def test_an_action_that_is_marked_while_its_mails_are_being_written_is_not_named_in_them(
    full_office: Office, meanwhile: Meanwhile, case: str
) -> None:
    office = full_office
    action = prepared(office, case)
    meanwhile(office.sweep, action).result()
    office.sweep()
    assert {mail.dedupe_key.partition(":")[0] for mail in office.mails()} >= {"body" if case == "body" else "digest"}
    assert leaving(office, "CANARY") == []


def test_marking_while_yesterdays_mail_is_taken_over_stops_neither(office: Office, meanwhile: Meanwhile) -> None:
    office.change(office.council, reminder_rules={"on_the_day": True})
    action, other = office.action(due=MONDAY, title="CANARY"), office.action(due=MONDAY + DAY)
    office.sweep()  # nothing leaves that day
    swept = meanwhile(lambda: office.sweep(MORNING + DAY), action).result()
    assert swept.failed == ()  # type: ignore[attr-defined]
    with office.work() as session:
        assert session.get_one(Action, action.id).marking is Marking.EXEMPT
    office.sweep(MORNING + DAY)
    sent = office.deliver()
    assert not any("CANARY" in mail.text for mail in sent)
    assert sum(f"{other.reference}: " in mail.text for mail in sent) == 1


@pytest.mark.parametrize("stands", [MessageStatus.WAITING, MessageStatus.FAILED])
def test_a_mail_is_cancelled_or_sent_again_by_hand_while_what_it_names_is_marked(
    office: Office, meanwhile: Meanwhile, stands: MessageStatus
) -> None:
    action = office.action(due=MONDAY, title="CANARY")
    office.sweep()
    mail = next(one for one in office.mails() if "CANARY" in one.text)
    office.change(mail, status=stands)
    administrator = office.person(Role.ADMINISTRATOR)
    verb = by_hand.cancel if stands is MessageStatus.WAITING else by_hand.send_again

    def by_the_administrator() -> None:
        with office.work() as session:
            verb(session, mail.id, by=session.get_one(Person, administrator.id), now=MORNING)

    assert isinstance(meanwhile(by_the_administrator, action).exception(), MoveNotAllowed)  # the marking came first
    assert leaving(office, "CANARY") == []
    with office.work() as session:
        assert session.get_one(Action, action.id).marking is Marking.EXEMPT


def test_a_mail_that_names_an_action_in_full_and_again_as_not_for_email_is_withheld(office: Office) -> None:
    member = office.person(Role.SCRUTINY_MEMBER)
    action = office.action(due=MONDAY, title="CANARY")
    mark(office, action)
    with office.work() as session:
        stored, asker = session.get_one(Action, action.id), session.get_one(Person, member.id)
        council = session.merge(office.council)
        questioning.ask(session, council, stored, "Why?", by=asker, now=MORNING).due_on = MONDAY
    mark(office, action, Marking.OPEN)
    office.sweep()
    (mail,) = office.mails()
    assert f"{action.reference}: CANARY" in mail.text
    assert f"{action.reference}: not for email." in mail.text
    mark(office, action)
    assert leaving(office, "CANARY") == []
    office.sweep(MORNING + DAY)
    assert len(office.deliver()) == 1  # and says the reference twice


@pytest.mark.parametrize("title", ["not for email: CANARY", "this action is not for email. CANARY"])
def test_a_title_that_begins_like_what_is_said_instead_of_it_is_withheld_too(office: Office, title: str) -> None:
    action = office.action(due=MONDAY, title=title)
    office.sweep()
    mark(office, action)
    assert leaving(office, "CANARY") == []
