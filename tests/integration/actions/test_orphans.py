"""Whose open actions nobody looks after: gone, out of reach, or silent. The alarm ends by itself."""

from datetime import timedelta

import pytest

from tests.factories import make_extension, make_update
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import handing_over
from tracker.actions.orphans import SILENT_DAYS, alarms
from tracker.models import Message
from tracker.terms import OFFICERS, Delivery, MessageStatus, Role


@pytest.fixture(autouse=True)
def heard(desk: Desk) -> None:
    """The owner signed in this morning: nothing is wrong."""
    desk.owner.signed_in_at = NOW
    desk.session.flush()
    assert alarms(desk.session, TODAY) == []


def reason(desk: Desk) -> str:
    desk.session.flush()
    found = alarms(desk.session, TODAY)
    assert [(alarm.owner, alarm.actions) for alarm in found] in ([], [(desk.owner, 1)])
    return found[0].reason if found else ""


def test_the_actions_of_somebody_who_has_left_raise_an_alarm_until_they_are_handed_over(desk: Desk) -> None:
    desk.owner.active = False
    assert reason(desk) == "Their account is closed."
    handing_over.hand_over(
        desk.session, desk.action, owner=desk.other_lead, lead=desk.lead, note="Left.", by=desk.lead, now=NOW
    )
    desk.other_lead.signed_in_at = NOW
    assert reason(desk) == ""


def test_silence_counts_from_the_last_sign_in_update_or_the_actions_making(desk: Desk) -> None:
    silent = (NOW - timedelta(days=SILENT_DAYS)).replace(hour=9)
    desk.owner.signed_in_at = silent
    desk.action.created_at = silent - timedelta(days=100)
    assert reason(desk) == "Nothing has been heard of them for 30 days."
    desk.owner.signed_in_at = silent + timedelta(days=1)
    assert reason(desk) == ""
    desk.owner.signed_in_at = None
    desk.action.created_at = silent + timedelta(days=1)
    assert reason(desk) == ""
    desk.action.created_at = silent
    assert reason(desk) != ""
    make_update(desk.session, desk.action, at=NOW)
    assert reason(desk) == ""


def mail(desk: Desk, status: MessageStatus) -> None:
    number = desk.session.query(Message).count()
    desk.session.add(
        Message(
            council_id=desk.council.id, dedupe_key=f"digest:{number}", person_id=desk.owner.id, subject="One action",
            to_address=desk.owner.email, text="One.", message_id=f"<{number}@localhost>", created_at=NOW,
            next_attempt_at=NOW, status=status,
        )
    )  # fmt: skip


def test_a_mail_refused_for_good_raises_an_alarm_until_one_arrives(desk: Desk) -> None:
    mail(desk, MessageStatus.SENT)
    assert reason(desk) == ""
    mail(desk, MessageStatus.FAILED)
    assert reason(desk) == f"Mail to {desk.owner.email} was refused on 23 November 2026."
    mail(desk, MessageStatus.WAITING)
    assert reason(desk) != ""
    mail(desk, MessageStatus.SENT)
    assert reason(desk) == ""


def test_an_address_that_was_corrected_ends_the_alarm_about_the_one_before(desk: Desk) -> None:
    mail(desk, MessageStatus.FAILED)
    assert reason(desk) != ""
    desk.owner.email = "corrected@westmere.example"
    assert reason(desk) == ""
    mail(desk, MessageStatus.FAILED)
    assert reason(desk) == "Mail to corrected@westmere.example was refused on 23 November 2026."


@pytest.mark.parametrize("role", sorted(set(Role) - OFFICERS))
def test_somebody_whose_new_role_owns_no_actions_raises_an_alarm(desk: Desk, role: Role) -> None:
    desk.owner.role = role
    assert reason(desk) == f"Their account is now that of a {role.label.lower()}, who cannot own actions."


def test_what_has_ended_needs_nobody(desk: Desk) -> None:
    desk.owner.active = False
    desk.action.delivery = Delivery.CHECKED
    assert reason(desk) == ""


def test_who_asks_for_more_time_or_claims_by_link_is_heard_of(desk: Desk) -> None:
    long_ago = NOW - timedelta(days=SILENT_DAYS + 30)
    desk.owner.signed_in_at, desk.action.created_at = long_ago, long_ago
    assert reason(desk).startswith("Nothing has been heard of them")
    make_extension(desk.session, desk.action, agreed=False, asked_at=NOW - timedelta(days=1))
    assert reason(desk) == ""
