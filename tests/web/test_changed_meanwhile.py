"""Nobody decides what they have not seen, and nothing changes under a decision."""

import threading
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_claim, make_extension, make_point, make_report
from tests.web.conftest import World
from tracker.action_points import services as points
from tracker.actions import confirming, extensions, services
from tracker.clock import FixedClock
from tracker.errors import AlreadyConfirmed, MoveNotAllowed
from tracker.models import Action, ActionPoint, Claim, Extension, Person, Report, work_for
from tracker.terms import CloseReason, Decision, Delivery, PointDecision, ReportStatus, Role


def test_a_form_about_an_earlier_claim_does_not_decide_a_later_one(world: World) -> None:
    owner = world.people[Role.SERVICE_MANAGER]
    action = make_action(world.session, world.ours, owner=owner, delivery=Delivery.AWAITING_CHECK)
    earlier = make_claim(world.session, action, outcome=Decision.REFUSED)
    later = make_claim(world.session, action, note="Other words")
    world.session.commit()
    answer = world.browser(Role.LEAD).send(
        f"/actions/{action.reference}/check", about=str(earlier.id), decision="accept", finding="Seen."
    )
    assert answer.status == 409
    world.session.expire_all()
    assert world.session.get_one(Claim, later.id).outcome is Decision.WAITING


def test_a_form_about_an_earlier_request_does_not_decide_a_later_one(world: World) -> None:
    action = make_action(world.session, world.ours, owner=world.people[Role.SERVICE_MANAGER])
    earlier = make_extension(world.session, action, agreed=False, outcome=Decision.REFUSED)
    make_extension(world.session, action, agreed=False, days=90)
    world.session.commit()
    answer = world.browser(Role.LEAD).send(
        f"/actions/{action.reference}/decide", about=str(earlier.id), decision="accept", note=""
    )
    assert answer.status == 409


def test_the_pages_carry_what_was_looked_at(world: World) -> None:
    action = make_action(
        world.session, world.ours, owner=world.people[Role.SERVICE_MANAGER], delivery=Delivery.AWAITING_CHECK
    )
    claim = make_claim(world.session, action)
    world.session.commit()
    page = world.browser(Role.LEAD).page(f"/actions/{action.reference}/check")
    assert page.field("about") == str(claim.id)


def beside(sessions: sessionmaker[Session], council_id: int, person_id: int) -> tuple[Session, Person]:
    """Another request's session, which has not read anything yet but who it is."""
    session = sessions()
    work_for(session, council_id)
    return session, session.get_one(Person, person_id)


def test_a_point_is_not_changed_once_its_report_is_confirmed_meanwhile(
    world: World, sessions: sessionmaker[Session], clock: FixedClock, database_kind: str
) -> None:
    if database_kind == "sqlite":
        pytest.skip("On SQLite a change waits for the other to end before it reads anything.")
    lead = world.people[Role.LEAD]
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    point = make_point(world.session, report, owner_id=lead.id, lead_id=lead.id)
    world.session.commit()
    other, their_lead = beside(sessions, world.ours.id, lead.id)
    theirs = other.get_one(ActionPoint, point.id)
    assert theirs.report.status is ReportStatus.BEING_CHECKED  # they have opened it before we confirm
    confirming.confirm(world.session, report, world.ours, by=lead, now=clock.now())
    refused: list[type[Exception]] = []

    def leave_out() -> None:
        try:
            points.leave_out(other, theirs, reason="Not ours", by=their_lead, now=clock.now())
            other.commit()
        except AlreadyConfirmed as error:
            refused.append(type(error))
            other.rollback()

    waiting = threading.Thread(target=leave_out)
    waiting.start()
    waiting.join(1)
    assert waiting.is_alive()  # it waits for us
    world.session.commit()
    waiting.join(20)
    other.close()
    assert refused == [AlreadyConfirmed]
    world.session.expire_all()
    assert world.session.get_one(ActionPoint, point.id).decision is PointDecision.KEPT
    assert world.session.get_one(Report, report.id).status is ReportStatus.CONFIRMED


def test_more_time_is_not_agreed_for_an_action_that_was_closed_meanwhile(
    world: World, sessions: sessionmaker[Session], clock: FixedClock
) -> None:
    director, lead = world.people[Role.DIRECTOR], world.people[Role.LEAD]
    action = make_action(world.session, world.ours, owner=world.people[Role.SERVICE_MANAGER], due=date(2026, 12, 1))
    asked = make_extension(world.session, action, agreed=False)
    world.session.commit()
    other, their_lead = beside(sessions, world.ours.id, lead.id)
    theirs = other.get_one(Extension, asked.id)
    assert theirs.action.delivery is Delivery.IN_PROGRESS
    other.commit()
    code = CloseReason.NO_LONGER_APPLIES
    services.close(world.session, action, code=code, reason="No longer ours.", by=director, now=clock.now())
    world.session.commit()
    with pytest.raises(MoveNotAllowed):
        extensions.decide_extension(other, theirs, agreed=True, note="", by=their_lead, now=clock.now())
    other.rollback()
    other.close()
    world.session.expire_all()
    assert world.session.scalars(select(Action)).one().current_due_date == date(2026, 12, 1)
