"""A body's mail that could not be delivered is sent again by hand, to the address that was corrected since."""

import pytest

from tests.factories import make_body
from tests.integration.reminders.offices import MONDAY, MORNING, Office
from tracker.errors import MoveNotAllowed
from tracker.models import Body, Contribution, Message, Person
from tracker.reminders.delivery import by_hand
from tracker.terms import ContributionStatus, MessageStatus, Role

OLD, NEW = "old@hospital.example", "new@hospital.example"


@pytest.fixture
def office(office: Office) -> Office:
    """Whose owners and bodies are told on the day only."""
    office.change(office.council, reminder_rules={"on_the_day": True})
    return office


def make_line(office: Office) -> tuple[Body, Contribution]:
    action = office.action(due=MONDAY)
    with office.work() as session:
        body = make_body(session, session.merge(office.council), contact_email=OLD)
        line = Contribution(council_id=office.council.id, action_id=action.id, body_id=body.id)
        session.add(line)
        session.flush()
        return body, line


def failed_letter(office: Office) -> Message:
    office.sweep()
    office.deliver()
    (mail,) = [one for one in office.mails() if one.to_address == OLD]
    office.change(mail, status=MessageStatus.FAILED, last_error="550 no such person")
    return mail


def send_again(office: Office, mail: Message) -> None:
    administrator = office.person(Role.ADMINISTRATOR)
    with office.work() as session:
        by_hand.send_again(session, mail.id, by=session.get_one(Person, administrator.id), now=MORNING)


@pytest.mark.parametrize("at", ["the body", "its line"])
def test_a_bodys_mail_goes_to_the_address_that_was_corrected(office: Office, at: str) -> None:
    body, line = make_line(office)
    mail = failed_letter(office)
    if at == "the body":
        office.change(body, contact_email=NEW)
    else:
        office.change(line, contact_email=NEW.title())
    send_again(office, mail)
    assert [(sent.to_address, sent.message_id) for sent in office.deliver()] == [(NEW, mail.message_id)]


def test_as_it_stands_it_goes_to_the_same_address_again(office: Office) -> None:
    make_line(office)
    mail = failed_letter(office)
    send_again(office, mail)
    assert [sent.to_address for sent in office.deliver()] == [OLD]


def test_where_one_of_two_lines_of_a_body_has_ended_the_other_says_where_it_goes(office: Office) -> None:
    (body, ended), (_, line) = make_line(office), make_line(office)
    office.change(line, body_id=body.id)
    mail = failed_letter(office)
    office.change(ended, status=ContributionStatus.DONE)
    office.change(line, contact_email=NEW)
    send_again(office, mail)
    assert [sent.to_address for sent in office.deliver()] == [NEW]


@pytest.mark.parametrize("status", [ContributionStatus.NO_REPLY, ContributionStatus.DONE])
def test_what_one_body_is_asked_is_never_sent_to_another(office: Office, status: ContributionStatus) -> None:
    (one, _), (_, of_another) = make_line(office), make_line(office)
    mail = failed_letter(office)  # of both: they shared the address
    office.change(one, contact_email=NEW)
    office.change(of_another, status=status)
    with pytest.raises(MoveNotAllowed, match="at more than one address now"):
        send_again(office, mail)
    assert office.deliver() == []


def test_where_the_address_was_taken_away_it_is_said_what_to_do(office: Office) -> None:
    body, _ = make_line(office)
    mail = failed_letter(office)
    office.change(body, contact_email=None)
    with pytest.raises(MoveNotAllowed, match="no address to go to now"):
        send_again(office, mail)


def test_where_nothing_in_it_is_asked_any_more_it_ends_as_not_needed(office: Office) -> None:
    _, line = make_line(office)
    mail = failed_letter(office)
    office.change(line, status=ContributionStatus.DONE)
    send_again(office, mail)
    assert office.deliver() == []
    assert [one.status for one in office.mails() if one.id == mail.id] == [MessageStatus.CANCELLED]
