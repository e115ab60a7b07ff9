"""Every link in every kind of mail leads somewhere, and a mail scanner that follows them all changes nothing."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import (
    make_action,
    make_body,
    make_claim,
    make_extension,
    make_meeting,
    make_pause,
    make_question,
)
from tests.pages import client_of
from tests.web.conftest import World
from tracker.clock import FixedClock
from tracker.models import Base, Contribution, Message, Person
from tracker.reminders.links import fill
from tracker.reminders.services import sweep
from tracker.scrutiny import papers
from tracker.scrutiny.telling import TELLERS
from tracker.terms import Delivery, Marking, Role, Stage

MONDAY = datetime(2027, 3, 15, 9, tzinfo=UTC)  # the week's first working day: leads get their plan
LONG_BEFORE = MONDAY - timedelta(days=60)
ADDRESS = re.compile(r"https?://[^\s\"<>]+")


@pytest.fixture
def mails(world: World, clock: FixedClock) -> list[Message]:
    """A morning on which everybody is told of everything there is to tell."""
    clock.moment = MONDAY
    session, council = world.session, world.ours
    owner, lead = world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]

    def action(due: date, **values: object) -> object:
        return make_action(session, council, owner=owner, lead=lead, due=due, created_at=LONG_BEFORE, **values)

    action(date(2027, 3, 22), last_update_at=MONDAY)
    action(date(2027, 3, 15), last_update_at=MONDAY)
    action(date(2027, 3, 8))
    late = action(date(2027, 2, 1))
    action(date(2027, 12, 1))  # silent
    action(date(2027, 2, 1), marking=Marking.EXEMPT)
    gone = world.people[Role.DIRECTOR]
    make_action(session, council, owner=gone, lead=lead, due=date(2027, 2, 1))
    claimed = action(date(2027, 4, 1), delivery=Delivery.AWAITING_CHECK)
    make_claim(session, claimed, at=LONG_BEFORE)
    make_extension(session, action(date(2027, 4, 1)), agreed=False, asked_at=LONG_BEFORE)
    make_pause(session, action(date(2027, 4, 1)), agreed=False, asked_at=LONG_BEFORE)
    body = make_body(session, council, contact_email="desk@hospital.example")
    session.add(Contribution(council_id=council.id, action_id=late.id, body_id=body.id))
    asked = {"asked_by_id": world.people[Role.SCRUTINY_MEMBER].id, "due_on": date(2027, 3, 15)}
    make_question(session, late, **asked)
    make_question(session, late, **asked, answer="By May.", answered_by_id=owner.id, answered_at=MONDAY)
    meeting = make_meeting(session, council, date(2027, 3, 22))
    before = MONDAY - timedelta(days=3)
    paper = papers.make_paper(session, council, meeting, before.date(), by=lead, today=before.date(), now=before)
    papers.declare_ready(session, paper, by=lead, now=before)
    session.commit()
    wired = world.app.extensions["tracker"]
    sweep(wired.sessions, now=MONDAY, settings=wired.settings, tellers=TELLERS)
    session.rollback()
    return list(session.scalars(select(Message).order_by(Message.id)))


def links(world: World, mail: Message) -> Iterator[str]:
    """The addresses in a mail as its reader gets it: those of the plain words, then those of the HTML."""
    secret = world.app.extensions["tracker"].settings.secret_key
    yield from ADDRESS.findall(fill(mail.text, mail.id, secret))
    for tag in BeautifulSoup(fill(mail.html or "", mail.id, secret), "html.parser").find_all("a"):
        yield str(tag["href"])


def path(world: World, address: str) -> str:
    parts = urlsplit(address)
    assert f"{parts.scheme}://{parts.netloc}" == world.app.extensions["tracker"].settings.base_url
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def rows(session: Session) -> dict[str, int]:
    session.rollback()
    return {
        name: session.scalar(select(func.count()).select_from(table)) or 0
        for name, table in Base.metadata.tables.items()
    }


def test_the_morning_has_a_mail_of_every_kind(world: World, mails: list[Message]) -> None:
    to = {mail.to_address for mail in mails}
    for role in (Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR):
        assert world.people[role].email in to
    assert "desk@hospital.example" in to
    told = {row for (row,) in world.session.execute(select(Base.metadata.tables["reminders"].c.stage).distinct())}
    assert told == set(Stage) - {Stage.ANSWERED}
    to_member = next(one for one in mails if one.person_id == world.people[Role.SCRUTINY_MEMBER].id)
    for words in ("ANSWERS TO YOUR QUESTIONS", "COMMITTEE REPORTS THAT ARE READY"):
        assert words in to_member.text
    assert any("MEMBERS’ QUESTIONS FOR YOU TO ANSWER" in mail.text for mail in mails)
    assert any("YOUR PLAN FOR THE NEXT HALF-YEAR" in mail.text for mail in mails)


def test_every_link_opens_for_its_reader(world: World, mails: list[Message]) -> None:
    followed = 0
    for mail in mails:
        reader = world.session.get(Person, mail.person_id or 0)
        browser = client_of(world.app, reader.email if reader else None)
        for address in set(links(world, mail)):
            browser.page(path(world, address), 200)
            followed += 1
    assert followed > 20


def test_the_plain_words_and_the_html_have_the_same_links_to_actions(world: World, mails: list[Message]) -> None:
    secret = world.app.extensions["tracker"].settings.secret_key
    for mail in mails:
        plain = {
            one for one in ADDRESS.findall(fill(mail.text, mail.id, secret)) if "/answer/" in one or "/actions/" in one
        }
        html = {str(tag["href"]) for tag in BeautifulSoup(fill(mail.html or "", mail.id, secret), "html.parser")("a")}
        assert plain <= html, mail.subject


def test_what_is_the_owners_to_answer_can_be_answered_without_signing_in(world: World, mails: list[Message]) -> None:
    owner = world.people[Role.SERVICE_MANAGER]
    mine = next(mail for mail in mails if mail.person_id == owner.id)
    answers = [one for one in set(links(world, mine)) if "/answer/" in one]
    assert len(answers) >= 5
    for address in answers:
        assert world.browser().page(path(world, address)).heading.endswith("Say what has happened")


def test_a_mail_scanner_that_follows_all_links_changes_nothing(world: World, mails: list[Message]) -> None:
    before = rows(world.session)
    scanner = world.browser()
    for mail in mails:
        for address in links(world, mail):
            for _ in range(2):
                assert scanner.get(path(world, address)).status_code in (200, 302)
                assert scanner.head(path(world, address)).status_code in (200, 302)
    assert rows(world.session) == before
