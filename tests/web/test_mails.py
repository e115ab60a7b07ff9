"""The mail log: read by status, sent again or cancelled by an administrator, and everything one person was sent."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from tests.factories import make_action, make_committee_report, make_meeting, make_question
from tests.web.conftest import World
from tracker.app import create_app
from tracker.audit import history_of
from tracker.clock import FixedClock
from tracker.models import (
    Body,
    Contribution,
    ContributionReminder,
    Heartbeat,
    Message,
    Reminder,
)
from tracker.reminders.links import action_mark
from tracker.terms import MessageStatus, PaperStatus, Role, Stage


def add_mail(world: World, clock: FixedClock, status: MessageStatus, **values: object) -> Message:
    owner = world.people[Role.SERVICE_MANAGER]
    defaults: dict[str, object] = {
        "council_id": world.ours.id, "dedupe_key": f"digest:{status}:{len(values)}", "person_id": owner.id,
        "to_address": owner.email, "subject": f"Late, {status}",
        "text": f"Answer: {action_mark('http://localhost', 7)}",
        "message_id": f"<{status}@localhost>", "status": status, "created_at": clock.moment,
        "next_attempt_at": clock.moment + timedelta(days=9), "attempts": 3,
    }  # fmt: skip
    mail = Message(**(defaults | values))
    world.session.add(mail)
    world.session.commit()
    return mail


def test_the_log_is_narrowed_to_what_became_of_the_mails(world: World, clock: FixedClock) -> None:
    for status in MessageStatus:
        add_mail(world, clock, status)
    browser = world.browser(Role.ADMINISTRATOR)
    assert all(f"Late, {status}" in browser.page("/reminders").text for status in MessageStatus)
    page = browser.page("/reminders?status=cancelled")
    assert "Late, cancelled" in page.text
    assert "Late, waiting" not in page.text
    assert page.field("status") == "cancelled"
    assert "Late, waiting" in browser.page("/reminders?status=nonsense").text


def test_a_mail_is_shown_without_the_links_that_only_its_reader_gets(world: World, clock: FixedClock) -> None:
    mail = add_mail(world, clock, MessageStatus.SENT)
    text = world.browser(Role.LEAD).page(f"/reminders/{mail.id}").text
    assert "/answer/…" in text
    assert "[a7]" not in text


@pytest.mark.parametrize("status", [MessageStatus.FAILED, MessageStatus.BOUNCED, MessageStatus.CANCELLED])
def test_an_administrator_has_a_mail_sent_again(world: World, clock: FixedClock, status: MessageStatus) -> None:
    mail = add_mail(world, clock, status, last_error="550 no such person")
    browser = world.browser(Role.ADMINISTRATOR)
    assert "Send it again" in browser.page(f"/reminders/{mail.id}").text
    page = browser.follow(browser.send(f"/reminders/{mail.id}/send-again"))
    assert "leaves at the next look" in page.text
    world.session.refresh(mail)
    assert (mail.status, mail.attempts, mail.last_error) == (MessageStatus.WAITING, 0, None)
    assert mail.next_attempt_at < clock.moment + timedelta(days=9)
    (entry,) = history_of(world.session, ("person", mail.person_id or 0))
    assert entry.kind == "person:mail_sent_again"
    assert browser.send(f"/reminders/{mail.id}/send-again").status == 409  # once


@pytest.mark.parametrize("status", [MessageStatus.WAITING, MessageStatus.DEFERRED])
def test_an_administrator_cancels_a_mail_that_waits(world: World, clock: FixedClock, status: MessageStatus) -> None:
    mail = add_mail(world, clock, status)
    browser = world.browser(Role.ADMINISTRATOR)
    assert "will not be sent" in browser.follow(browser.send(f"/reminders/{mail.id}/cancel")).text
    world.session.refresh(mail)
    assert mail.status is MessageStatus.CANCELLED
    (entry,) = history_of(world.session, ("person", mail.person_id or 0))
    assert entry.kind == "person:mail_cancelled"


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (MessageStatus.SENDING, "being sent at this moment"),
        (MessageStatus.SENT, "nothing to cancel"),
        (MessageStatus.DELIVERED, "nothing to cancel"),
        (MessageStatus.CANCELLED, "nothing to cancel"),
    ],
)
def test_a_mail_that_is_being_sent_or_has_ended_is_not_cancelled(
    world: World, clock: FixedClock, status: MessageStatus, words: str
) -> None:
    mail = add_mail(world, clock, status)
    page = world.browser(Role.ADMINISTRATOR).send(f"/reminders/{mail.id}/cancel")
    assert (page.status, words in page.text) == (409, True)
    world.session.refresh(mail)
    assert mail.status is status


@pytest.mark.parametrize("status", [MessageStatus.WAITING, MessageStatus.SENDING, MessageStatus.SENT])
def test_a_mail_that_has_not_ended_badly_is_not_sent_again(
    world: World, clock: FixedClock, status: MessageStatus
) -> None:
    mail = add_mail(world, clock, status)
    assert world.browser(Role.ADMINISTRATOR).send(f"/reminders/{mail.id}/send-again").status == 409


def test_only_an_administrator_is_offered_what_changes_a_mail(world: World, clock: FixedClock) -> None:
    waiting, failed = add_mail(world, clock, MessageStatus.WAITING), add_mail(world, clock, MessageStatus.FAILED)
    for mail, words in ((waiting, "Cancel it"), (failed, "Send it again")):
        assert words in world.browser(Role.ADMINISTRATOR).page(f"/reminders/{mail.id}").text
        assert words not in world.browser(Role.DIRECTOR).page(f"/reminders/{mail.id}").text


def test_what_did_not_arrive_is_said_with_what_to_do_about_it(world: World, clock: FixedClock) -> None:
    failed = add_mail(world, clock, MessageStatus.FAILED, subject="Lately", last_error="550 no such person")
    old = {"created_at": clock.moment - timedelta(days=15), "subject": "Long ago", "dedupe_key": "digest:old"}
    add_mail(world, clock, MessageStatus.FAILED, **old)
    page = world.browser(Role.LEAD).page("/reminders")
    before_the_log = page.text.split("Mail log")[0]
    assert "What did not arrive in the last 14 days" in before_the_log
    assert "Ask an administrator to correct the address and to have the email sent again." in before_the_log
    assert "Long ago" not in before_the_log
    assert page.soup.find("a", href=f"/reminders/{failed.id}")
    (link,) = page.soup.find_all("a", string="All that ever failed (2)")
    assert link["href"] == "/reminders?status=failed"
    administrators = world.browser(Role.ADMINISTRATOR).page("/reminders").text
    assert "have it sent again: it goes to the address as it is then." in administrators
    assert "A body’s address is corrected under “Whom to ask” on the page of each action" in administrators


def test_a_mail_that_was_told_later_says_so_and_is_not_sent_again(world: World, clock: FixedClock) -> None:
    mail = add_mail(world, clock, MessageStatus.TOLD_LATER, last_error="Told in the mail of 24 November 2026.")
    browser = world.browser(Role.ADMINISTRATOR)
    page = browser.page(f"/reminders/{mail.id}")
    assert "Told in a later mail: Told in the mail of 24 November 2026." in page.text
    assert "Send it again" not in page.text
    refused = browser.send(f"/reminders/{mail.id}/send-again")
    assert (refused.status, "was told in a later one" in refused.text) == (409, True)


def test_members_questions_stand_in_tomorrows_mails_and_the_link_leads_to_the_question(
    world: World, clock: FixedClock
) -> None:
    owner, member = world.people[Role.SERVICE_MANAGER], world.people[Role.SCRUTINY_MEMBER]
    action = make_action(world.session, world.ours, owner=owner, due=date(2027, 9, 1))
    day = clock.moment.date() + timedelta(days=1)
    question = make_question(world.session, action, asked_by_id=member.id, due_on=day)
    meeting = make_meeting(world.session, world.ours, day)
    paper = make_committee_report(
        world.session, meeting, owner, status=PaperStatus.READY, finished_at=clock.moment, as_at=clock.moment.date()
    )
    world.session.commit()
    text = world.browser(Role.LEAD).page("/reminders").text
    for path in (f"/questions/{question.id}", f"/committee-reports/{paper.id}"):
        assert f"http://localhost{path}" in text
    assert "When will it be done?" in world.browser(Role.SERVICE_MANAGER).page(f"/questions/{question.id}").text
    rule = world.app.url_map.bind("localhost").match(f"/committee-reports/{paper.id}")
    assert rule == ("scrutiny.committee_report", {"paper_id": paper.id})


def test_everything_one_person_was_sent_is_on_one_page(world: World, clock: FixedClock) -> None:
    owner = world.people[Role.SERVICE_MANAGER]
    action = make_action(world.session, world.ours, owner=owner, lead=world.people[Role.LEAD])
    mail = add_mail(world, clock, MessageStatus.BOUNCED, last_error="Came back: no such person")
    stage = next(iter(Stage))
    world.session.add(
        Reminder(
            council_id=world.ours.id, action_id=action.id, person_id=owner.id, stage=stage,
            about_date=clock.moment.date(), message_id=mail.id, created_at=clock.moment,
        )
    )  # fmt: skip
    world.session.commit()
    log = world.browser(Role.DIRECTOR).page("/reminders")
    assert log.soup.find("a", href=f"/people/{owner.id}/reminders")
    page = world.browser(Role.DIRECTOR).page(f"/people/{owner.id}/reminders")
    assert page.heading.endswith(f"What was sent to {owner.name}")
    for words in (mail.subject, action.reference, stage.label, "Came back: no such person"):
        assert words in page.text
    lead = world.people[Role.LEAD]
    assert "Nothing has been sent" in world.browser(Role.LEAD).page(f"/people/{lead.id}/reminders").text


def test_what_bodies_were_told_stands_in_the_ledger_of_the_action(world: World, clock: FixedClock) -> None:
    action = make_action(world.session, world.ours, owner=world.people[Role.SERVICE_MANAGER])
    body = Body(council_id=world.ours.id, name="Fire and Rescue")
    world.session.add(body)
    world.session.flush()
    line = Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id)
    world.session.add(line)
    world.session.flush()
    mail = add_mail(world, clock, MessageStatus.DELIVERED, person_id=None, to_address="jo@fire.example")
    world.session.add(
        ContributionReminder(
            council_id=world.ours.id, contribution_id=line.id, stage=next(iter(Stage)),
            about_date=clock.moment.date(), message_id=mail.id, created_at=clock.moment,
        )
    )  # fmt: skip
    world.session.commit()
    text = world.browser(Role.SCRUTINY_MEMBER).page(f"/actions/{action.reference}/reminders").text
    assert "Fire and Rescue, jo@fire.example" in text
    assert "Delivered" in text


def test_the_demonstration_shows_links_that_can_be_tried(world: World, app: Flask, clock: FixedClock) -> None:
    from tests.pages import client_of  # noqa: PLC0415

    add_mail(world, clock, MessageStatus.SENT)
    made = create_app(replace(app.extensions["tracker"].settings, demonstration=True), clock=clock)
    text = client_of(made).page("/demonstration/mails").text
    made.extensions["tracker"].sessions.kw["bind"].dispose()
    assert "/answer/" in text
    assert "[a7]" not in text
    assert "…" not in text


@pytest.mark.parametrize(("seconds", "told"), [(None, True), (0, False), (120, False), (121, True)])
def test_whoever_is_responsible_sees_on_every_page_that_reminders_stand_still(
    world: World, clock: FixedClock, seconds: int | None, told: bool
) -> None:
    if seconds is not None:
        world.session.add(Heartbeat(name="sweep", at=clock.moment - timedelta(seconds=seconds)))
        world.session.commit()
    for role in Role:
        page = world.browser(role).page("/actions").response.get_data(as_text=True)
        concerned = role in (Role.LEAD, Role.DIRECTOR, Role.ADMINISTRATOR)
        assert ("Reminders stand still" in page) == (told and concerned), role
    assert "Reminders stand still" not in world.browser(Role.LEAD).page("/nothing", 404).response.get_data(as_text=True)
