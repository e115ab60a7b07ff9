"""Faults that somebody who had not seen the code found, each a rule of the design that was broken."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_extension, make_person, make_service
from tests.integration.actions.made import NOW, TODAY, Desk
from tracker.actions import assumed, evidence, extensions, handing_over, holding, planning, responding, services
from tracker.actions.listing.orders import Order, read_mark
from tracker.actions.orphans import alarms
from tracker.actions.outlook import Judged
from tracker.actions.outlook_queries import counts_as
from tracker.errors import InvalidValue, MoveNotAllowed, NotAllowed, NotFound
from tracker.models import Action, Milestone, Person, work_for_all
from tracker.scrutiny.contents import Filters
from tracker.scrutiny.queries import overdue_report
from tracker.terms import CloseReason, ContributionStatus, Delivery, Marking, Outlook, Response, Role


def test_a_lead_who_is_one_no_more_decides_nothing(desk: Desk) -> None:
    waiting = desk.claim()
    desk.lead.role = Role.SERVICE_MANAGER
    desk.session.flush()
    with pytest.raises(NotAllowed):
        services.accept(desk.session, waiting, finding="Seen.", by=desk.lead, now=NOW)


def test_actions_are_handed_over_although_the_other_person_has_left_too(desk: Desk) -> None:
    desk.lead.active = desk.owner.active = False
    desk.session.flush()
    handed = handing_over.hand_over_many(
        desk.session, desk.owner, [desk.action.id], to=desk.other_lead, note="Both left.", by=desk.director, now=NOW
    )
    assert (handed, desk.action.owner) == (1, desk.other_lead)


def test_the_overdue_report_goes_by_the_actions_own_service(desk: Desk) -> None:
    service = make_service(desk.session, desk.council, "Fostering")
    desk.action.service_id = service.id
    desk.session.commit()
    day = date(2027, 3, 1)
    found = overdue_report(desk.session, desk.council, day, filters=Filters(service_id=service.id))
    assert [row.reference for row in found.rows] == [desk.action.reference]


def test_what_was_not_accepted_awaits_a_response_when_it_is_opened_again(desk: Desk) -> None:
    responding.respond(
        desk.session, desk.action, response=Response.NOT_ACCEPTED, reason="Another's.", by=desk.director, now=NOW
    )
    services.reopen(desk.session, desk.action, reason="It is ours.", by=desk.director, now=NOW)
    assert (desk.action.delivery, desk.action.response) == (Delivery.IN_PROGRESS, Response.AWAITING)


@pytest.mark.parametrize("link", ["http://[::1", "http://[", "https://exa mple.org"])
def test_a_link_that_is_no_address_is_refused_in_words(desk: Desk, link: str) -> None:
    with pytest.raises(InvalidValue, match="Enter a full address"):
        evidence.add_link(desk.session, desk.action, link, by=desk.owner, now=NOW)


def test_a_step_that_somebody_removed_meanwhile_is_not_found(desk: Desk) -> None:
    step = planning.add_step(desk.session, desk.action, title="Agree", due=date(2026, 11, 30), by=desk.owner, now=NOW)
    gone = Milestone(id=step.id, council_id=step.council_id, action_id=step.action_id, title="Agree", due_date=TODAY)
    planning.remove_step(desk.session, desk.action, step, by=desk.owner, now=NOW)
    with pytest.raises(NotFound):
        planning.mark_step(desk.session, desk.action, gone, done=True, by=desk.owner, now=NOW)


def test_a_late_action_can_have_steps_ahead_but_none_before_it_was_made(desk: Desk) -> None:
    late = NOW + timedelta(days=30)
    planning.add_step(desk.session, desk.action, title="Agree", due=date(2027, 1, 20), by=desk.owner, now=late)
    with pytest.raises(InvalidValue, match="when the action was made"):
        planning.add_step(desk.session, desk.action, title="Agree", due=date(1900, 1, 1), by=desk.owner, now=NOW)


def test_somebodys_own_judgement_is_the_outlook_that_counts(desk: Desk) -> None:
    computed = Judged(Outlook.ON_TRACK, "Last heard of today.")
    assert counts_as(desk.action, computed) is computed
    desk.action.outlook_override, desk.action.outlook_reason = Outlook.OFF_TRACK, "No bids."
    assert counts_as(desk.action, computed) == Judged(Outlook.OFF_TRACK, "No bids.")


def test_a_director_does_not_close_their_own_action_nor_a_lead_agree_to_their_own_date(desk: Desk) -> None:
    desk.action.owner, desk.action.due_assumed = desk.director, True
    desk.session.flush()
    with pytest.raises(NotAllowed, match="nobody decides on their own work"):
        services.close(
            desk.session, desk.action, code=CloseReason.RISK_ACCEPTED, reason="Small.", by=desk.director, now=NOW
        )
    with pytest.raises(NotAllowed, match="nobody decides on their own work"):
        assumed.agree_date(desk.session, desk.action, by=desk.director, now=NOW)


def test_more_time_is_not_agreed_after_the_time_asked_for_has_passed(desk: Desk) -> None:
    asked = make_extension(desk.session, desk.action, agreed=False, days=10)
    after = NOW + timedelta(days=90)
    with pytest.raises(MoveNotAllowed, match="has passed"):
        extensions.decide_extension(desk.session, asked, agreed=True, note="", by=desk.lead, now=after)
    extensions.decide_extension(desk.session, asked, agreed=False, note="Too late.", by=desk.lead, now=after)


def test_nobody_is_silent_about_what_came_to_them_yesterday(desk: Desk) -> None:
    new = make_person(desk.session, desk.council)
    desk.owner.signed_in_at = NOW
    handing_over.hand_over(desk.session, desk.action, owner=new, lead=desk.lead, note="Yours.", by=desk.lead, now=NOW)
    desk.session.flush()
    assert alarms(desk.session, TODAY + timedelta(days=1)) == []
    (alarm,) = alarms(desk.session, TODAY + timedelta(days=40))
    assert alarm.reason == "Nothing has been heard of them for 40 days."


def test_no_reply_is_no_reply_whenever_it_was_noted(desk: Desk) -> None:
    from tracker.actions.contributions import set_contribution  # noqa: PLC0415

    line = desk.line()
    for status in (ContributionStatus.DONE, ContributionStatus.NO_REPLY):
        set_contribution(desk.session, desk.action, line, status=status, note="", by=desk.owner, now=NOW)
    assert line.replied_at is None


def test_what_was_said_while_it_was_exempt_never_stands_in_the_members_paper(desk: Desk) -> None:
    desk.action.marking = Marking.EXEMPT
    desk.session.flush()
    services.write_update(desk.session, desk.action, text="A child was moved.", by=desk.owner, now=NOW)
    extensions.ask_for_more_time(
        desk.session, desk.action, until=date(2027, 1, 1), reason="A child.", safeguard="A child.", by=desk.owner,
        now=NOW + timedelta(hours=1),
    )  # fmt: skip
    desk.action.marking = Marking.OPEN
    desk.session.commit()
    (row,) = overdue_report(desk.session, desk.council, date(2027, 3, 1)).rows
    assert row.last_update is None
    assert "child" not in repr(row).replace(row.words, "")


def test_a_refused_opening_again_leaves_the_action_as_it_was(desk: Desk) -> None:
    services.accept(desk.session, desk.claim(), finding="Seen.", by=desk.lead, now=NOW)
    closed = desk.action.closed_at
    with pytest.raises(InvalidValue):
        services.reopen(desk.session, desk.action, reason=" ", by=desk.lead, now=NOW)
    assert desk.action.closed_at == closed
    assert holding.AFTER_MONTHS == (3, 6)


def test_a_change_of_many_and_a_change_of_one_do_not_lock_each_other_out(
    desk: Desk, sessions: sessionmaker[Session]
) -> None:
    for _ in range(40):
        make_action(desk.session, desk.council, owner=desk.owner, lead=desk.lead)
    desk.session.commit()
    owned = sorted(action.id for action in desk.session.query(Action).filter_by(owner_id=desk.owner.id))
    desk.session.rollback()
    begun, faults = threading.Event(), []

    def one() -> None:
        begun.wait(10)
        try:
            with sessions() as session:
                work_for_all(session)
                from tracker.db import writing  # noqa: PLC0415

                writing(session)
                action, by = session.get_one(Action, owned[-1]), session.get_one(Person, desk.owner.id)
                services.write_update(session, action, text="Meanwhile.", by=by, now=NOW)
                session.commit()
        except MoveNotAllowed:
            pass
        except Exception as fault:  # noqa: BLE001 - whatever it is, it is a fault
            faults.append(fault)

    single = threading.Thread(target=one)
    single.start()
    from tracker.db import writing  # noqa: PLC0415

    writing(desk.session)
    begun.set()
    handing_over.hand_over_many(desk.session, desk.owner, owned, to=desk.other_lead, note="All.", by=desk.lead, now=NOW)
    desk.session.commit()
    single.join(30)
    assert not [fault for fault in faults if not isinstance(fault, NotAllowed)]


def test_half_a_character_in_the_address_of_a_page_leads_to_the_first_page() -> None:
    assert read_mark(Order.OWNER, '["\\ud800", 1, "2012-01-01", 1]') is None
