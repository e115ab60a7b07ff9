"""Every page and error state of the demonstration, as somebody who may see it: axe finds nothing, 320 px is enough."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from tests.factories import make_intake, make_pause
from tests.journeys.conftest import Service, Visit
from tests.web.register import ANYBODY, REGISTER
from tracker.actions.listing.bulk import change_many
from tracker.actions.listing.changes import What, change_to
from tracker.actions.listing.filters import Filters
from tracker.actions.listing.saved_views import save_view
from tracker.actions.listing.shown import Column, Shown
from tracker.adapters.files import Files
from tracker.assessments.pack.packs import Wanted, make_pack
from tracker.clock import london_date
from tracker.config import from_environment
from tracker.demonstration.story import tell
from tracker.models import (
    Action,
    ActionPoint,
    BulkChange,
    Claim,
    Committee,
    CommitteeReport,
    Comparator,
    Contribution,
    Council,
    Evidence,
    Extension,
    HoldingCheck,
    InspectionPack,
    Intake,
    Message,
    Pause,
    Person,
    Question,
    Reminder,
    Report,
    work_for_all,
)
from tracker.reminders.links import Linked, token
from tracker.reminders.services import sweep
from tracker.scrutiny import public_links
from tracker.terms import Decision, Delivery, HoldingOutcome, IntakeStatus, Marking, ReportStatus, Role

Open = Callable[[str], Visit]
DOWNLOADS = {
    "/reports/<int:report_id>/points/<int:point_id>/page.png",
    "/reports/<int:report_id>/reading.json",
    "/reports/adding/<int:intake_id>/state.json",
    "/evidence/<int:evidence_id>",
    "/committee-reports/<int:paper_id>/state.json",
    "/committee-reports/<int:paper_id>/documents/<int:document_id>",
    "/assessments/pack/<int:pack_id>/state.json",
    "/assessments/pack/<int:pack_id>/files/<int:file_id>",
    "/reports/<int:report_id>/document",
    "/overdue.pdf",
    "/overdue.csv",
    "/overdue.docx",
    "/overdue.xlsx",
    "/actions.csv",
    "/actions.xlsx",
    "/calendar/<token>.ics",
}
ASKED = {  # what a page is asked, where it shows little without
    "/search": "?words=the",
    "/actions/change": "?all=yes&delivery=any",
    "/actions": "?delivery=any&" + "&".join(f"column={column.value}" for column in Column),
}
OF_A_PLAN = {
    "/reports/<int:report_id>/ask",
    "/reports/<int:report_id>",
    "/assessments/<int:report_id>",
    "/assessments/<int:report_id>/series",
    "/reports/<int:report_id>/comparators",
    "/reports/<int:report_id>/base-date",
    "/reports/<int:report_id>/more-time",
}
NO_PAGES = {"/council.css", "/health/live", "/health/ready", "/metrics"}
WHO = {
    Role.LEAD: "second-lead@westmere.example",
    Role.DIRECTOR: "director@westmere.example",
    Role.ADMINISTRATOR: "administrator@westmere.example",
    Role.SERVICE_MANAGER: "assessment@westmere.example",
    Role.SCRUTINY_MEMBER: "member@westmere.example",
}
ORDER = (Role.LEAD, Role.ADMINISTRATOR, Role.DIRECTOR, Role.SERVICE_MANAGER, Role.SCRUTINY_MEMBER)


@pytest.fixture
def told(sessions: sessionmaker[Session], service: Service) -> Session:
    """The demonstration's story in the service's database, with a morning's mails."""
    with sessions() as session:
        work_for_all(session)
        tell(session, Files(Path(service.environ["TRACKER_FILES"])), datetime.now(UTC), step=lambda _part: None)  # noqa: TID251
        person = session.scalars(select(Person).where(Person.email == WHO[Role.LEAD])).one()
        long = datetime(2100, 1, 1, tzinfo=UTC)  # nobody takes it before
        make_intake(session, person, filename="A letter from the inspectors.pdf", free_at=long)
        refusal = "This PDF is a scan: it has no text. Ask for a copy with text, or paste the text."
        make_intake(session, person, filename="scan.pdf", status=IntakeStatus.REFUSED, refusal=refusal)
        planned = list(session.scalars(select(Action).order_by(Action.id)))
        high = change_to(session, What.PRIORITY, "high", "")
        make_pause(session, next(one for one in planned if one.delivery is Delivery.IN_PROGRESS), agreed=False)
        seen = {action.id: action.version for action in planned}
        change_many(session, high, seen, by=person, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
        everything = Shown(Filters())
        save_view(session, name="Everything", shown=everything, shared=True, by=person, now=datetime.now(UTC))  # noqa: TID251
        wanted, now = Wanted(london_date(datetime.now(UTC)), with_exempt=True), datetime.now(UTC)  # noqa: TID251
        make_pack(
            session,
            person.council,
            Files(Path(service.environ["TRACKER_FILES"])),
            wanted,
            by=person,
            today=wanted.at,
            now=now,
        )
        session.commit()
    sweep(sessions, now=datetime(2026, 11, 23, 9, tzinfo=UTC), settings=from_environment(service.environ))
    session = sessions()
    work_for_all(session)
    return session


def link_of(session: Session, secret_key: str) -> str:
    """The token of a link in a mail of the story that its reader may still answer."""
    question = (
        select(Reminder)
        .join(Action, (Action.id == Reminder.action_id) & (Action.owner_id == Reminder.person_id))
        .where(Action.marking == Marking.OPEN, Action.delivery == Delivery.IN_PROGRESS)
    )
    reminder = session.scalars(question.order_by(Reminder.id).limit(1)).one()
    return token(Linked(reminder.message_id, f"a{reminder.action_id}"), secret_key)


def addresses(session: Session, service: Service) -> dict[str, str]:
    """For each rule an address of the story that shows the most."""

    def first(question: Select[Any]) -> Any:
        return session.scalars(question.limit(1)).one()

    checking = first(select(Report).where(Report.status == ReportStatus.BEING_CHECKED))
    # The letter repeats a review before it, and prints a table of authorities.
    confirmed = first(select(Report).join(Comparator, Comparator.report_id == Report.id).order_by(Report.id))
    review = first(select(Report).where(Report.status == ReportStatus.CONFIRMED).order_by(Report.id))
    moved = first(select(Extension).where(Extension.outcome == Decision.AGREED)).action
    line = first(
        select(Contribution)
        .join(Action, Action.id == Contribution.action_id)
        .where(Action.delivery == Delivery.IN_PROGRESS)
    )
    owner = session.get_one(Action, line.action_id).owner_id
    of_rule = {
        "/actions/<reference>/check": first(select(Claim).where(Claim.outcome == Decision.WAITING)).action,
        "/actions/<reference>/decide": first(select(Extension).where(Extension.outcome == Decision.WAITING)).action,
        "/actions/<reference>/pause": first(select(Pause).where(Pause.outcome == Decision.WAITING)).action,
        "/actions/<reference>/look-again": first(
            select(HoldingCheck).where(HoldingCheck.outcome == HoldingOutcome.WAITING)
        ).action,
        "/actions/<reference>/contributions/<int:contribution_id>/contact": session.get_one(Action, line.action_id),
        "/actions/<reference>/contributions/<int:contribution_id>/line": session.get_one(Action, line.action_id),
        "/actions/<reference>/reopen": first(select(Action).where(Action.delivery == Delivery.CLOSED_NOT_COMPLETED)),
    }
    lead = first(select(Person).where(Person.role == Role.LEAD))
    council, today = session.get_one(Council, lead.council_id), datetime.now(UTC)  # noqa: TID251
    public = public_links.make(session, council, "Agenda", by=lead, now=today)
    session.commit()
    values = {
        "/public/<token>": f"/public/{public}",
        "<token>": link_of(session, from_environment(service.environ).secret_key),
        "<int:point_id>": first(select(ActionPoint).where(ActionPoint.report_id == checking.id)).id,
        "<int:message_id>": first(select(Message)).id,
        "<int:evidence_id>": first(select(Evidence)).id,
        "<int:contribution_id>": line.id,
        "<int:intake_id>": first(select(Intake)).id,
        "<int:person_id>": owner,
        "<int:change_id>": first(select(BulkChange)).id,
        "<int:paper_id>": first(select(CommitteeReport)).id,
        "<int:pack_id>": first(select(InspectionPack)).id,
        "<int:committee_id>": first(select(Committee)).id,
        "<int:question_id>": first(select(Question).where(Question.answered_at.is_(None))).id,
        "<any(fields,headings):kind>": "headings",
        "<key>": "late",
        "<int:earlier_id>": review.id,
        "<int:later_id>": confirmed.id,
    }
    found = {}
    for method, rule in REGISTER:
        report = confirmed if rule in OF_A_PLAN else checking
        address = rule.replace("<reference>", of_rule.get(rule, moved).reference)
        address = address.replace("<int:report_id>", str(report.id))
        for name, value in values.items():
            address = address.replace(name, str(value))
        if method == "GET":
            found[rule] = address + (f"?giver={owner}" if rule == "/hand-over" else ASKED.get(rule, ""))
    return found


def session_intake(session: Session, status: IntakeStatus) -> int:
    return session.scalars(select(Intake.id).where(Intake.status == status)).one()


def test_a_report_that_is_read_shows_each_step_and_goes_on_by_itself(
    told: Session, visit: Open, service: Service, tmp_path: Path
) -> None:
    lead = visit(WHO[Role.LEAD])
    report = tmp_path / "the letter.txt"
    report.write_text("Inspection of homes\n\nAreas for improvement\n\nWithin three months:\n\n- review the homes\n")
    lead.go("/reports/add").page.locator("input[type=file]").set_input_files(report)
    lead.press("Read this report")
    lead.page.wait_for_url("**/check", timeout=30_000)
    lead.see("0 of 1 checked")


def test_a_page_left_open_shows_that_another_step_is_reached(told: Session, visit: Open) -> None:
    waiting = told.get_one(Intake, session_intake(told, IntakeStatus.WAITING))
    told.commit()
    lead = visit(WHO[Role.LEAD])
    lead.go(f"/reports/adding/{waiting.id}")
    lead.see("Waits for its turn")
    lead.see("goes on to checking by itself")
    waiting.status = IntakeStatus.READING
    told.commit()
    lead.see("Being read")
    lead.look()
    waiting.status, waiting.refusal = IntakeStatus.REFUSED, "This PDF is damaged. Ask for it again."
    told.commit()
    lead.see("This PDF is damaged")
    assert lead.heading.endswith("This file could not be read")
    lead.press("Add another")
    assert lead.heading == "Add a report"


def test_every_page_is_without_fault_at_both_widths(told: Session, visit: Open, service: Service) -> None:
    places = addresses(told, service)
    windows: dict[Role | None, Visit] = {None: visit("")}
    for (method, rule), allowed in REGISTER.items():
        if method != "GET" or rule in DOWNLOADS | NO_PAGES:
            continue
        role = None if allowed is ANYBODY else next(role for role in ORDER if role in allowed)
        if role not in windows:
            windows[role] = visit(WHO[role])
        windows[role].go(places[rule])
        assert windows[role].page.locator("h1").count() == 1, rule
        windows[role].look()
    for role in (Role.DIRECTOR, Role.SERVICE_MANAGER, Role.SCRUTINY_MEMBER):
        windows[role] = windows.get(role) or visit(WHO[role])
        windows[role].go("/").look()
        windows[role].go(places["/actions/<reference>"]).look()


def test_every_error_state_is_without_fault_at_both_widths(
    told: Session, visit: Open, service: Service, tmp_path: Path
) -> None:
    places = addresses(told, service)
    nobody, lead, owner = visit(""), visit(WHO[Role.LEAD]), visit(WHO[Role.SERVICE_MANAGER])
    nobody.go("/sign-in").press("Sign in")
    nobody.look()
    lead.go("/nothing").look()
    owner.go("/reports/add").look()  # not for an owner
    lead.go("/actions/WES-2026-01/check").look()  # nothing waits there
    lead.go("/overdue?at-day=31&at-month=2&at-year=2026").look()
    lead.go("/reports").look()  # a file is read and another was refused
    lead.go(f"/reports/adding/{session_intake(told, IntakeStatus.REFUSED)}").look()
    picture = tmp_path / "report.pdf"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    lead.go("/reports/add").page.locator("input[type=file]").set_input_files(picture)
    lead.press("Read this report")
    lead.see("picture")
    lead.look()
    for rule, button in (
        ("/actions/<reference>/check", "It is done: accept the claim"),
        ("/actions/<reference>/decide", "Refuse it"),
        ("/actions/<reference>/pause", "Refuse it"),
        ("/actions/<reference>/look-again", "It is still so"),
        ("/actions/<reference>/steps", "Add the step"),
        ("/actions/<reference>/outlook", "Save your judgement"),
        ("/hand-over", "Hand them over"),
        ("/reports/<int:report_id>/base-date", "Ask for these dates"),
        ("/actions/<reference>/reopen", "Open it again"),
        ("/reports/<int:report_id>/points/add", "Add this point"),
    ):
        lead.go(places[rule]).press(button)
        assert lead.page.locator(".govuk-error-summary").count() == 1, rule
        lead.look()
    lead.go(places["/reports/<int:report_id>/check"])
    lead.fill("Title of the action", "")
    lead.press("Keep and go on")
    lead.look()
    lead.go(places["/reports/<int:report_id>/facts"])
    lead.page.get_by_role("group", name="Last day of the inspection").get_by_label("Day").fill("31")
    lead.page.get_by_role("group", name="Last day of the inspection").get_by_label("Month").fill("2")
    lead.press("Save the dates")
    lead.look()
    lead.page.locator(".govuk-error-summary a").first.click()
    assert lead.page.evaluate("document.activeElement.tagName") == "INPUT"  # the link leads to where one types


def test_points_are_checked_by_keyboard_alone(told: Session, visit: Open, service: Service) -> None:
    lead = visit(WHO[Role.LEAD])
    lead.go(addresses(told, service)["/reports/<int:report_id>/check"])
    lead.see("Point 1 of 4")
    lead.page.keyboard.press("j")
    lead.page.wait_for_url("**point=*")
    lead.see("Point 2 of 4")
    lead.page.wait_for_load_state()  # a key pressed before the page listens is lost
    lead.page.keyboard.press("k")
    lead.see("Point 1 of 4")
    lead.page.wait_for_load_state()
    lead.page.keyboard.press("Enter")
    lead.see("1 of 4 checked")


def test_the_service_works_without_javascript(told: Session, service: Service, visit: Open) -> None:
    lead = visit("")
    context = lead.context.browser.new_context(java_script_enabled=False, base_url=service.url)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill(WHO[Role.SERVICE_MANAGER])
    page.get_by_label("Password", exact=True).fill("three random words")
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.locator("a", has_text="Say what has happened").first.click()
    page.get_by_label("What has happened?").fill("Written without JavaScript.")
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Your update has been saved").is_visible()
    context.close()
