"""What an action is filed under, its steps, its assumed date and its judged outlook: each change recorded."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.factories import make_council, make_reminded, make_service
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import assumed, contributions, outlooks, planning, services
from tracker.actions.contributions import Contact
from tracker.actions.details import Details, change_details
from tracker.actions.withholding import names_what_is_hidden
from tracker.errors import ChangedMeanwhile, InvalidValue, MoveNotAllowed, NotAllowed
from tracker.models import Category, Message, Milestone, Person, Reminder
from tracker.opened import as_opened
from tracker.terms import CategoryKind, Delivery, Marking, MessageStatus, Outlook, Priority


def change(desk: Desk, by: Person | None = None, opened: str | None = None, **wanted: object) -> list[str]:
    new = replace(Details.of(desk.action), **wanted)  # type: ignore[arg-type]
    return change_details(desk.session, desk.action, wanted=new, opened=opened, by=by or desk.lead, now=NOW)


def test_a_lead_changes_details_and_the_history_says_which(desk: Desk) -> None:
    service = make_service(desk.session, desk.council)
    assert change(desk, priority=Priority.HIGH, service_id=service.id) == ["priority", "service"]
    last = desk.last()
    assert last.sentence == "changed the priority, service"
    assert (last.before, last.after) == (
        {"priority": "normal", "service_id": None},
        {"priority": "high", "service_id": service.id},
    )
    assert change(desk, priority=Priority.HIGH) == []
    assert desk.last() is last


def test_what_somebody_else_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    opened = as_opened(Details.of(desk.action))
    change(desk, title="Theirs", by=desk.other_lead)
    with pytest.raises(ChangedMeanwhile):
        change(desk, title="Mine", opened=opened)
    assert desk.action.title == "Theirs"
    assert change(desk, title="Mine", opened=as_opened(Details.of(desk.action))) == ["title"]


def test_details_are_changed_even_of_what_has_ended_and_by_leads_only(desk: Desk) -> None:
    desk.action.delivery = Delivery.CHECKED
    change(desk, marking=Marking.EXEMPT)
    with pytest.raises(NotAllowed):
        change(desk, by=desk.owner, title="Mine")


def test_what_is_in_no_list_is_refused_at_its_field(desk: Desk) -> None:
    theme = Category(council_id=desk.council.id, kind=CategoryKind.THEME, name="Attendance")
    foreign = make_service(desk.session, make_council(desk.session))
    desk.session.add(theme)
    desk.session.flush()
    wrong: list[tuple[str, object]] = [
        ("title", "  "), ("service_id", 999_999), ("outcome_area_id", theme.id), ("theme_id", 999_999),
        ("checker_id", desk.owner.id), ("checker_id", 999_999),
    ]  # fmt: skip
    for field, value in wrong:
        with pytest.raises(InvalidValue) as refused:
            change(desk, **{field: value})
        assert refused.value.field == field
    assert change(desk, theme_id=theme.id) == ["theme"]
    assert foreign.council_id != desk.council.id


def step(desk: Desk, title: str = "Agree the text", due: date = date(2026, 11, 30)) -> Milestone:
    return planning.add_step(desk.session, desk.action, title=title, due=due, by=desk.owner, now=NOW)


def test_a_step_is_added_done_taken_back_and_removed_each_in_the_history(desk: Desk) -> None:
    made = step(desk, " Agree the text ")
    assert [one.title for one in desk.action.milestones] == ["Agree the text"]
    planning.mark_step(desk.session, desk.action, made, done=True, by=desk.owner, now=NOW)
    assert made.done_on == TODAY
    with pytest.raises(MoveNotAllowed, match="already"):
        planning.mark_step(desk.session, desk.action, made, done=True, by=desk.lead, now=NOW)
    planning.mark_step(desk.session, desk.action, made, done=False, by=desk.owner, now=NOW)
    planning.remove_step(desk.session, desk.action, made, by=desk.lead, now=NOW)
    assert desk.action.milestones == []
    assert [kind for kind, _ in desk.history()] == [
        "action:step_added", "action:step_done", "action:step_not_done", "action:step_removed",
    ]  # fmt: skip


def test_a_step_has_words_and_a_date_before_the_actions_own(desk: Desk) -> None:
    with pytest.raises(InvalidValue, match="Say what the step is"):
        step(desk, " ")
    with pytest.raises(InvalidValue, match="no later than 1 December 2026"):
        step(desk, due=date(2026, 12, 2))
    for _ in range(planning.MOST_STEPS):
        step(desk)
    with pytest.raises(InvalidValue, match="at most 30"):
        step(desk)


def test_nobody_else_plans_and_nothing_that_has_ended_is_planned(desk: Desk) -> None:
    with pytest.raises(NotAllowed):
        planning.add_step(desk.session, desk.action, title="x", due=TODAY, by=desk.member, now=NOW)
    desk.action.delivery = Delivery.CHECKED
    with pytest.raises(MoveNotAllowed):
        step(desk)


def test_an_assumed_date_is_agreed_once_and_stays_marked(desk: Desk) -> None:
    with pytest.raises(MoveNotAllowed, match="does not wait"):
        assumed.agree_date(desk.session, desk.action, by=desk.lead, now=NOW)
    desk.action.due_assumed = True
    with pytest.raises(NotAllowed):
        assumed.agree_date(desk.session, desk.action, by=desk.owner, now=NOW)
    assumed.agree_date(desk.session, desk.action, by=desk.lead, now=NOW)
    assert (desk.action.due_assumed, desk.action.assumed_seen_at) == (True, NOW)
    with pytest.raises(MoveNotAllowed):
        assumed.agree_date(desk.session, desk.action, by=desk.lead, now=NOW)


def test_a_judged_outlook_has_a_reason_and_lapses_at_the_next_update(desk: Desk) -> None:
    with pytest.raises(InvalidValue, match="Say why"):
        outlooks.judge(desk.session, desk.action, outlook=Outlook.OFF_TRACK, reason=" ", by=desk.lead, now=NOW)
    outlooks.judge(desk.session, desk.action, outlook=Outlook.OFF_TRACK, reason="No bids.", by=desk.lead, now=NOW)
    assert (desk.action.outlook_override, desk.action.outlook_by_id) == (Outlook.OFF_TRACK, desk.lead.id)
    services.write_update(desk.session, desk.action, text="A bid.", by=desk.owner, now=NOW + timedelta(days=1))
    assert (desk.action.outlook_override, desk.action.outlook_reason) == (None, None)
    kinds = [kind for kind, _ in desk.history()]
    assert kinds == ["action:outlook_judged", "action:updated", "action:outlook_lapsed"]


def test_whom_to_ask_at_a_body_is_noted_with_a_date_of_its_own(desk: Desk) -> None:
    line = desk.line()
    wrong = (Contact(email="nobody"), Contact(due=date(2026, 12, 2)))
    for contact in wrong:
        with pytest.raises(InvalidValue):
            contributions.set_contact(desk.session, desk.action, line, contact, by=desk.owner, now=NOW)
    told = Contact("Ann Lee", "ann@trust.example", date(2026, 11, 30))
    contributions.set_contact(desk.session, desk.action, line, told, by=desk.owner, now=NOW)
    assert (line.contact_name, line.contact_email, line.due_date) == ("Ann Lee", "ann@trust.example", told.due)
    assert desk.last().sentence == "noted whom to ask at The hospital trust"


def waiting_mail(desk: Desk, text: str, status: MessageStatus = MessageStatus.WAITING) -> Message:
    number = len(desk.session.scalars(select(Reminder.id)).all())  # each about a day of its own
    return make_reminded(desk.session, desk.action, at=NOW - timedelta(days=number), text=text, status=status)


def test_a_mail_that_waits_does_not_leave_with_the_words_of_what_is_exempt_now(desk: Desk) -> None:
    reference = desk.action.reference
    named = waiting_mail(desk, f"1 action late.\n\n{reference}: Review every placement\n  14 days late")
    covered = waiting_mail(desk, f"{reference}: not for email. Sign in to read it.")
    other = waiting_mail(desk, f"{reference}9: Something else")
    sent = waiting_mail(desk, f"{reference}: Review every placement", MessageStatus.SENT)
    change(desk, marking=Marking.CONFIDENTIAL)
    desk.session.expire_all()
    assert [mail.status for mail in (named, covered, other, sent)] == [
        MessageStatus.CANCELLED, MessageStatus.WAITING, MessageStatus.WAITING, MessageStatus.SENT,
    ]  # fmt: skip
    told = set(desk.session.scalars(select(Reminder.message_id)))
    assert told == {covered.id, other.id, sent.id}  # what the cancelled one stood for is due again
    assert names_what_is_hidden(desk.session, sent)
    assert not names_what_is_hidden(desk.session, covered)
