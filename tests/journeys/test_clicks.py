"""What each task costs: clicks from the first page, and the seconds that pass beside typing. Targets are maxima."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_claim, make_extension, make_report
from tests.journeys.conftest import Service, Visit
from tests.journeys.tasks import Task
from tracker.clock import SystemClock, london_date
from tracker.models import Action, Claim, Council, Extension, Person, Update
from tracker.terms import Decision, Delivery

Open = Callable[[str], Visit]


@pytest.fixture
def action(hackney: Council, session: Session) -> Action:
    """The worst of what the owner owes, led by the lead."""
    people = {person.name: person for person in session.scalars(select(Person))}
    report = make_report(session, hackney, added_by=people["Dana Lead"])
    owner, lead = people["Olu Owner"], people["Dana Lead"]
    for number in range(6):
        made = make_action(
            session, hackney, report=report, owner=owner, lead=lead, due=date(2026, 9 - number, 1),
            title=f"Thing {number}",
        )  # fmt: skip
    session.commit()
    return made


def test_an_update_takes_three_clicks(action: Action, visit: Open, session: Session) -> None:
    task = Task(visit("owner"))
    task.follow("Say what has happened")
    task.type_where_the_cursor_is("Half of the files have been read.")
    task.press("Save")
    task.visit.see("Your update has been saved")
    task.took(clicks=3, seconds=15)
    assert session.scalars(select(Update.action_id)).all() == [action.id]


def test_a_claim_with_its_proof_takes_four_clicks(
    action: Action, visit: Open, session: Session, tmp_path: Path
) -> None:
    proof = tmp_path / "audit.txt"
    proof.write_text("Nine of ten.")
    task = Task(visit("owner"))
    task.follow("Claim that it is done")
    task.type_where_the_cursor_is("All files have been read.")
    task.add_file(proof)
    task.press("Save")
    task.visit.see("Your claim has been sent")
    task.took(clicks=4, seconds=25)
    assert session.scalars(select(Claim.outcome)).all() == [Decision.WAITING]


def test_more_time_is_asked_for_in_three_clicks(action: Action, visit: Open, session: Session) -> None:
    task, until = Task(visit("owner")), london_date(SystemClock().now()).replace(day=1)
    task.follow("Ask for more time")
    task.type_where_the_cursor_is("The post is vacant.")
    for label, typed in (("Day", "1"), ("Month", "6"), ("Year", str(until.year + 1))):
        task.go_on_by_tab_to(label, typed)
    task.go_on_by_tab_to("What protects people meanwhile?", "A weekly look.")
    task.press("Save")
    task.visit.see("Your request has been sent")
    task.took(clicks=3, seconds=20)
    assert session.scalars(select(Extension.outcome)).all() == [Decision.WAITING]


def test_more_time_is_decided_in_two_clicks(action: Action, visit: Open, session: Session) -> None:
    make_extension(session, action, agreed=False, days=500)
    session.commit()
    task = Task(visit("second"))
    task.follow("Decide")
    task.press("Agree to the later date")
    task.visit.see("has been agreed")
    task.took(clicks=2, seconds=20)


def test_a_claim_is_checked_in_two_clicks(action: Action, visit: Open, session: Session) -> None:
    action.delivery = Delivery.AWAITING_CHECK
    make_claim(session, action)
    session.commit()
    task = Task(visit("second"))
    task.follow("Check this claim")
    task.type_where_the_cursor_is("Ten files read; all show it.")
    task.press("It is done: accept the claim")
    task.visit.see("is completed and checked")
    task.took(clicks=2, seconds=25)


def test_any_number_is_handed_over_in_five_clicks(
    action: Action, visit: Open, session: Session, service: Service
) -> None:
    owner = session.scalars(select(Person).where(Person.name == "Olu Owner")).one()
    owner.active = False
    session.commit()
    task = Task(visit("lead"))
    task.follow("Hand them over")
    task.choose("Who takes them on?", "Sam Second, Head of Service")
    task.go_on_by_tab_to("A note for whoever takes them on", "Olu has left.")
    task.press("Hand them over")
    task.visit.see("Sam Second now owns 6 actions that Olu Owner had.")
    task.took(clicks=5, seconds=30)
    session.expire_all()
    owners = set(session.scalars(select(Action.owner_id)))
    assert owners == {session.scalars(select(Person.id).where(Person.name == "Sam Second")).one()}
