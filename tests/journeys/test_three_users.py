"""The days of a service manager, a lead and a scrutiny member: each task in its clicks and seconds. Targets are maxima.

At the size of a council: 300 actions of which some are late, 2,000 where it says so.
"""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_action, make_claim, make_meeting, make_report
from tests.journeys.conftest import Service, Visit
from tests.journeys.tasks import Task
from tests.web.conftest import password_hash
from tracker.clock import SystemClock, london_date
from tracker.demonstration.generating import Size, generate
from tracker.models import Action, Council, Person, Question, Update, work_for_all
from tracker.scrutiny import public_links
from tracker.terms import Delivery, Role

Open = Callable[[str], Visit]
Filled = Callable[[int], Council]


@pytest.fixture
def filled(engine: Engine, sessions: sessionmaker[Session]) -> Filled:
    """Makes a council with so many actions, a committee, a meeting that has been and one to come."""

    def fill(actions: int) -> Council:
        now = SystemClock().now()
        generate(engine, Size(actions=actions, councils=1, seed=3), now, password_hash=password_hash())
        with sessions() as session:
            work_for_all(session)
            council = session.scalars(select(Council)).one()
            before = make_meeting(session, council, london_date(now) - timedelta(days=40))
            make_meeting(session, council, london_date(now) + timedelta(days=20), before.committee)
            session.commit()
            return council

    return fill


def somebody(session: Session, role: Role) -> str:
    """The address of one of a role; of leads, of who leads most."""
    leads = select(func.count()).select_from(Action).where(Action.lead_id == Person.id).correlate(Person)
    question = select(Person.email).where(Person.role == role, Person.active)
    found = session.scalars(question.order_by(leads.scalar_subquery().desc(), Person.id).limit(1)).one()
    session.rollback()  # so that what is written meanwhile is seen later
    return found


def test_a_lead_has_the_committees_paper_of_300_actions_in_three_clicks(
    filled: Filled, session: Session, visit: Open
) -> None:
    filled(300)
    task = Task(visit(somebody(session, Role.LEAD)))
    task.follow("Make the committee report")
    task.press("Make the report")
    link = task.page.get_by_role("link", name="Download PDF").first
    link.wait_for(timeout=10_000)
    with task.page.expect_download() as given:
        task.clicks += 1
        link.click()
    assert given.value.path().read_bytes().startswith(b"%PDF")
    task.took(clicks=3, seconds=10)
    for form in ("Word", "Excel", "CSV"):
        task.page.get_by_role("link", name=f"Download {form}").first.wait_for(timeout=10_000)
    task.took(clicks=3, seconds=10)


def test_a_lead_sees_what_will_slip_of_2000_actions_without_a_click(
    filled: Filled, session: Session, visit: Open
) -> None:
    filled(2000)
    opened = visit(somebody(session, Role.LEAD))
    task = Task.from_mail(opened, "/")
    task.visit.see("What may not be done in time")
    task.took(clicks=1, seconds=2)


def test_an_owner_says_what_has_happened_in_two_clicks_from_the_mail(
    hackney: Council, service: Service, session: Session, visit: Open
) -> None:
    owner = session.scalars(select(Person).where(Person.role == Role.SERVICE_MANAGER)).one()
    lead = session.scalars(select(Person).where(Person.role == Role.LEAD).limit(1)).one()
    made = make_action(session, hackney, owner=owner, lead=lead, due=datetime(2026, 11, 9, tzinfo=UTC).date())
    session.commit()
    service.send_mail()
    mail = next(mail for mail in service.sink.mails if owner.email in str(mail["To"]))
    text = mail.get_body(("plain",)).get_content()
    link = re.search(r"http\S+/answer/\S+", text)
    assert link, text
    task = Task.from_mail(visit(""), link[0])
    task.type_where_the_cursor_is("The post has been filled.")
    task.press("Send")
    task.visit.see("You can close this page.")
    task.took(clicks=2, seconds=15)
    assert session.scalars(select(Update.action_id)).all() == [made.id]


def test_a_member_reads_how_late_and_how_often_moved_and_what_changed_without_a_click(
    filled: Filled, session: Session, visit: Open
) -> None:
    filled(300)
    task = Task(visit(somebody(session, Role.SCRUTINY_MEMBER)))
    task.follow("Overdue")
    task.visit.see("Since the last meeting")
    task.took(clicks=1, seconds=3)
    first = task.page.locator(".app-card--late").first.inner_text()
    assert re.search(r"\d+ days late", first), first
    assert re.search(r"Date (never )?moved", first), first
    task.visit.look()


def test_a_member_sees_in_one_click_whether_it_has_worked(hackney: Council, session: Session, visit: Open) -> None:
    now = SystemClock().now()
    people = {person.name: person for person in session.scalars(select(Person))}
    report = make_report(session, hackney, added_by=people["Dana Lead"])
    make_action(session, hackney, report=report, owner=people["Olu Owner"], lead=people["Dana Lead"])
    done = make_action(
        session, hackney, report=report, owner=people["Olu Owner"], lead=people["Dana Lead"],
        title="Plans are kept", delivery=Delivery.AWAITING_CHECK, success_test="Nine of ten plans are up to date.",
    )  # fmt: skip
    make_claim(session, done, at=now - timedelta(days=3))
    make_meeting(session, hackney, london_date(now) - timedelta(days=10))
    session.commit()
    lead = visit("second")
    lead.go(f"/actions/{done.reference}/check")
    lead.fill("What did you look at, and what did you find?", "Ten plans read; all show it.")
    lead.press("It is done: accept the claim")
    lead.see("is completed and checked")
    member = visit("member")
    task = Task(member, "/overdue")
    task.follow("Plans are kept")
    for words in ("Nine of ten plans are up to date.", "Ten plans read; all show it.", "Sam Second"):
        task.visit.see(words)
    task.took(clicks=1, seconds=10)


def test_a_member_asks_in_two_clicks_and_the_answer_has_a_date(filled: Filled, session: Session, visit: Open) -> None:
    filled(300)
    task = Task(visit(somebody(session, Role.SCRUTINY_MEMBER)), "/overdue")
    task.follow("Ask a question")
    task.type_where_the_cursor_is("What has protected children meanwhile?")
    task.press("Put the question")
    task.visit.see("Your question has been put")
    task.took(clicks=2, seconds=10)
    asked = session.scalars(select(Question)).one()
    assert asked.due_on > london_date(SystemClock().now())


def test_a_member_without_an_account_reads_the_report_in_one_click_from_the_agenda(
    filled: Filled, sessions: sessionmaker[Session], visit: Open
) -> None:
    council, now = filled(300), SystemClock().now()
    with sessions() as session:
        work_for_all(session)
        council = session.get_one(Council, council.id)
        council.public_link_days = 30
        by = session.scalars(select(Person).where(Person.role == Role.LEAD).limit(1)).one()
        token = public_links.make(session, council, "Agenda", by=by, now=now)
        session.commit()
    task = Task.from_mail(visit(""), f"/public/{token}")
    task.visit.see("Since the last meeting")
    task.took(clicks=1, seconds=3)
    first = task.page.locator(".app-card--late").first.inner_text()
    assert re.search(r"\d+ days late.*Date (never )?moved", first, re.DOTALL), first
    task.visit.look()
