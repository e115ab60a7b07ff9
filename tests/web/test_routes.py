"""Every route, as every role, as nobody, and as somebody of another council (DESIGN section 7)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.factories import (
    make_action,
    make_body,
    make_claim,
    make_extension,
    make_holding_check,
    make_intake,
    make_link,
    make_meeting,
    make_pause,
    make_person,
    make_point,
    make_question,
    make_reminded,
    make_report,
    make_step,
)
from tests.pages import PageClient
from tests.web.conftest import SECRET, World
from tests.web.register import ANYBODY, REGISTER
from tracker.adapters.files import Files
from tracker.assessments.pack.packs import Wanted, make_pack
from tracker.hashing import digest
from tracker.models import (
    Action,
    AreaName,
    BulkChange,
    CommitteeDocument,
    Comparator,
    Contribution,
    Evidence,
    ImportDraft,
    Message,
    PackFile,
    PublicLink,
    Report,
    ReportSource,
    SavedView,
    work_for,
    work_for_all,
)
from tracker.reminders.links import Linked, token
from tracker.reports.reading import read_text, to_dict
from tracker.scrutiny import public_links
from tracker.scrutiny.papers import make_paper
from tracker.terms import Delivery, DocumentStatus, IntakeStatus, PaperStatus, PointDecision, ReportStatus, Role
from tracker.web.access import EVERYBODY, access_of

GET_ONLY = {"HEAD", "OPTIONS"}
NOT_OURS = {"static"}
NOT_FOR_ALL = {
    "/health/ready",  # no sweep has gone through here
    "/metrics",  # not set up here
    "/actions/<reference>/reopen",  # it is open
    "/actions/<reference>/close",  # a lead may open the route, but only a director closes this action
    "/reports/<int:report_id>/points/<int:point_id>/page.png",  # the report is no PDF
}
MORNING = datetime(2026, 11, 20, 9, tzinfo=UTC)


def routes(app: Flask) -> Iterator[tuple[str, str, str]]:
    for rule in app.url_map.iter_rules():
        if rule.endpoint not in NOT_OURS:
            for method in sorted((rule.methods or set()) - GET_ONLY):
                yield method, rule.rule, rule.endpoint


def test_every_route_is_in_the_register_and_the_register_names_no_other(app: Flask) -> None:
    assert {(method, rule) for method, rule, _ in routes(app)} == set(REGISTER)


def test_every_route_lets_in_exactly_who_the_register_says(app: Flask) -> None:
    for method, rule, endpoint in routes(app):
        declared = access_of(app.view_functions[endpoint])
        expected = EVERYBODY if REGISTER[method, rule] is ANYBODY else REGISTER[method, rule]
        assert declared == expected, f"{method} {rule}"


def test_no_route_commits_on_a_read(app: Flask) -> None:
    for method, rule, endpoint in routes(app):
        if method == "GET":
            assert not hasattr(app.view_functions[endpoint], "commits"), rule


def test_a_route_without_a_declared_role_is_refused_to_everybody(world: World) -> None:
    world.app.view_functions["help.index"] = lambda: "forgotten"
    assert world.browser().get("/help").status_code == 403
    assert world.browser(Role.LEAD).get("/help").status_code == 403


def of_scrutiny(world: World, action: Action) -> dict[str, str]:
    """A committee, a meeting without and one with a report that is ready, a document of it, and a question."""
    session, council, by = world.session, world.ours, world.people[Role.LEAD]
    reported = make_meeting(session, council, date(2026, 12, 1))
    work_for(session, council.id)
    paper = make_paper(session, council, reported, MORNING.date(), by=by, today=MORNING.date(), now=MORNING)
    paper.status, paper.finished_at = PaperStatus.READY, MORNING
    session.flush()
    document = session.scalars(select(CommitteeDocument).order_by(CommitteeDocument.id).limit(1)).one()
    document.status, document.size = DocumentStatus.MADE, 5
    document.file_key = Files(world.app.extensions["tracker"].settings.files).keep(council.id, b"paper").key
    work_for_all(session)
    council.public_link_days = 30
    public = public_links.make(session, council, "Agenda", by=by, now=MORNING)
    session.flush()
    return {
        "/public/<token>": f"/public/{public}",
        "<int:public_link_id>": str(session.scalars(select(PublicLink.id)).one()),
        "<int:paper_id>": str(paper.id),
        "<int:document_id>": str(document.id),
        "<int:committee_id>": str(reported.committee_id),
        "<int:meeting_id>": str(make_meeting(session, council, date(2027, 1, 12), reported.committee).id),
        "<int:question_id>": str(make_question(session, action).id),
        "<any(fields,headings):kind>": "headings",
        "<any(up,down,remove):what>": "down",
        "<key>": "purpose",
    }


def of_packs(world: World) -> dict[str, str]:
    """A pack for the next inspection, and a file of it that has been made."""
    session, council, by = world.session, world.ours, world.people[Role.LEAD]
    files = Files(world.app.extensions["tracker"].settings.files)
    work_for(session, council.id)
    day = MORNING.date()
    pack, _ = make_pack(session, council, files, Wanted(day), by=by, today=day, now=MORNING)
    session.flush()
    made = session.scalars(select(PackFile).order_by(PackFile.id).limit(1)).one()
    made.status, made.size, made.file_key = DocumentStatus.MADE, 4, files.keep(council.id, b"pack").key
    work_for_all(session)
    return {"<int:pack_id>": str(pack.id), "<int:file_id>": str(made.id)}


@pytest.fixture
def addresses(world: World) -> dict[str, str]:
    """For each rule of the register an address of ours that is there."""
    session, council = world.session, world.ours
    owner, lead = world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]
    files = Files(world.app.extensions["tracker"].settings.files)
    report = make_report(session, council, added_by=lead, status=ReportStatus.BEING_CHECKED, published=date(2026, 8, 1))
    point = make_point(session, report, decision=PointDecision.PROPOSED)
    confirmed = make_report(session, council, added_by=lead)
    action = make_action(session, council, owner=owner, lead=lead, report=confirmed, due=date(2026, 9, 1))
    claimed = make_action(session, council, owner=owner, lead=lead, report=confirmed, delivery=Delivery.AWAITING_CHECK)
    make_claim(session, claimed)
    make_extension(session, action, agreed=False, days=120)
    make_pause(session, action, agreed=False)
    step = make_step(session, action, date(2026, 8, 1))
    done = make_action(session, council, owner=owner, lead=lead, report=confirmed, delivery=Delivery.CHECKED)
    make_holding_check(session, done)
    intake = make_intake(session, lead, status=IntakeStatus.REFUSED, refusal="This file is damaged.")
    line = Contribution(council_id=council.id, action_id=action.id, body_id=make_body(session, council).id)
    session.add(line)
    kept = files.keep(council.id, b"proof")
    evidence = Evidence(
        council_id=council.id, action_id=action.id, filename="proof.txt", media_type=kept.media_type, size=kept.size,
        sha256=kept.sha256, file_key=kept.key, added_by_id=owner.id, added_at=MORNING,
    )  # fmt: skip
    message = Message(
        council_id=council.id, dedupe_key="digest:1", person_id=owner.id, to_address=owner.email, subject="One action",
        text="One action is late.", message_id="<1@localhost>", created_at=MORNING, next_attempt_at=MORNING,
    )  # fmt: skip
    view = SavedView(
        council_id=council.id, person_id=owner.id, name="Late", query="age=late", shared=True, created_at=MORNING
    )
    changes = BulkChange(council_id=council.id, at=MORNING, by_id=lead.id, sentence="priority: High", changes=[])
    imports = [
        ImportDraft(
            council_id=council.id, person_id=world.people[role].id, begun_at=MORNING + timedelta(days=3),
            filename="plan.csv", report_id=confirmed.id, lines=[[1, ["Action", "Owner"]], [2, ["Do it", "Jo"]]],
            columns={}, answers={}, left_out=[],
        )
        for role in (Role.LEAD, Role.DIRECTOR)
    ]  # fmt: skip
    session.add_all([evidence, message, view, changes, *imports])
    for source in session.scalars(select(ReportSource)):
        source.file_key = files.keep(council.id, b"report").key
        source.reading = to_dict(read_text(source.text))
    link = make_link(session, report, action, point=point, by=lead)
    area = AreaName(council_id=council.id, name="Care", plain="care", common="Staying safe")
    table = Comparator(
        council_id=council.id, report_id=report.id, position=0, authority="Westmere", grades={"Care": "3"}, total=3
    )  # fmt: skip
    after = make_report(session, council, added_by=lead, published=date(2026, 9, 1))
    session.add_all([area, table])
    session.flush()
    reminded = make_reminded(session, action, at=MORNING)
    scrutiny = of_scrutiny(world, action) | of_packs(world)
    feed = "a token of a calendar"
    make_person(session, council, calendar_digest=digest(feed))  # nobody who is asked for here ends it
    session.commit()
    values = {
        "<token>": token(Linked(reminded.id, f"a{action.id}"), SECRET),
        "<int:report_id>": str(report.id),
        "<int:point_id>": str(point.id),
        "<reference>": action.reference,
        "<int:contribution_id>": str(line.id),
        "<int:step_id>": str(step.id),
        "<any(done,open,remove):what>": "done",
        "<any(close,open):what>": "open",
        "<any(services,bodies,themes,outcome_areas):what>": "themes",
        "<int:evidence_id>": str(evidence.id),
        "<int:intake_id>": str(intake.id),
        "<int:message_id>": str(message.id),
        "<int:view_id>": str(view.id),
        "<int:change_id>": str(changes.id),
        "<int:person_id>": str(owner.id),
        **scrutiny,
        "<int:link_id>": str(link.id),
        "<int:name_id>": str(area.id),
        "<int:earlier_id>": str(confirmed.id),
        "<int:later_id>": str(after.id),
    }
    found = {}
    for _, rule in REGISTER:
        address = rule
        for rule_of_another, other in (("check", claimed), ("look-again", done)):
            if rule == f"/actions/<reference>/{rule_of_another}":
                address = f"/actions/{other.reference}/{rule_of_another}"
        if rule.endswith(("/base-date", "/more-time", "<int:report_id>/ask")):
            address = rule.replace("<int:report_id>", str(confirmed.id))
        if rule == "/assessments/<int:report_id>":
            address = f"/assessments/{confirmed.id}"
        address = address.replace("<token>.ics", f"{feed}.ics").replace("/public/<token>", scrutiny["/public/<token>"])
        for name, value in values.items():
            address = address.replace(name, value)
        found[rule] = address
    return found


def ask(browser: PageClient, method: str, address: str) -> int:
    if method == "GET":
        return browser.get(address).status_code
    return browser.send(address).status


@pytest.mark.parametrize("role", list(Role))
def test_each_role_may_use_what_the_register_gives_it_and_nothing_else(
    world: World, addresses: dict[str, str], role: Role
) -> None:
    browser = world.browser(role)
    for (method, rule), allowed in REGISTER.items():
        if rule in {"/sign-out", "/demonstration/mails", "/callbacks/notify"}:
            continue  # the one would end this test's session; the others are only there where they are set up
        status = ask(browser, method, addresses[rule])
        if allowed is not ANYBODY and role not in allowed:
            assert status == 403, f"{method} {rule} as {role}: {status}"
        elif method == "GET":
            assert status in (200, 302) or rule in NOT_FOR_ALL, f"{rule}: {status}"
        else:
            assert status in (200, 204, 302, 400, 403, 409), f"{method} {rule} as {role}: {status}"


def test_nobody_is_sent_to_sign_in_from_every_page_of_a_council(world: World, addresses: dict[str, str]) -> None:
    browser = world.browser()
    for (method, rule), allowed in REGISTER.items():
        if allowed is not ANYBODY:
            answer = browser.get(addresses[rule]) if method == "GET" else browser.send(addresses[rule]).response
            assert answer.status_code == 302, f"{method} {rule}"
            assert answer.headers["Location"].startswith("/sign-in"), f"{method} {rule}"


@pytest.mark.parametrize("role", list(Role))
def test_another_councils_id_is_answered_like_an_unknown_one(
    world: World, addresses: dict[str, str], role: Role
) -> None:
    browser = world.stranger(role)
    for (method, rule), allowed in REGISTER.items():
        if "<" not in rule.replace("<any(services", "") or allowed is ANYBODY or role not in allowed:
            continue
        unknown = rule
        for name in (
            "<int:report_id>",
            "<int:point_id>",
            "<int:contribution_id>",
            "<int:evidence_id>",
            "<int:step_id>",
            "<int:intake_id>",
            "<int:view_id>",
            "<int:change_id>",
            "<int:link_id>",
            "<int:name_id>",
            "<int:earlier_id>",
            "<int:later_id>",
            "<int:pack_id>",
            "<int:file_id>",
        ):
            unknown = unknown.replace(name, "999999")
        for choice, chosen in (("<any(done,open,remove):what>", "done"), ("<any(close,open):what>", "open")):
            unknown = unknown.replace(choice, chosen)
        unknown = unknown.replace("<int:message_id>", "999999").replace("<int:person_id>", "999999")
        unknown = unknown.replace("<reference>", "NOT-2026-01")
        assert ask(browser, method, addresses[rule]) == 404, f"{method} {rule} as a stranger"
        assert ask(browser, method, unknown) == 404, f"{method} {rule} unknown"


def test_a_strangers_pages_show_nothing_of_ours(world: World, addresses: dict[str, str]) -> None:
    canary = "a canary of Westmere"
    for action in world.session.scalars(select(Action)):
        action.title = canary
    for report in world.session.scalars(select(Report)):
        report.title = canary
    world.session.commit()
    for role in Role:
        browser = world.stranger(role)
        for (method, rule), allowed in REGISTER.items():
            if method == "GET" and "<" not in rule and (allowed is ANYBODY or role in allowed):
                assert canary.encode() not in browser.get(rule).get_data(), rule


def test_a_form_without_its_token_changes_nothing(world: World, addresses: dict[str, str]) -> None:
    browser = world.browser(Role.LEAD)
    for (method, rule), allowed in REGISTER.items():
        if rule == "/callbacks/notify":
            continue  # another machine sends it, and shows a token of its own
        if method == "POST" and (allowed is ANYBODY or Role.LEAD in allowed):
            assert browser.post(addresses[rule], data={}).status_code == 400, rule


@pytest.mark.parametrize("role", [None, Role.LEAD])
def test_every_answer_carries_the_security_headers(world: World, addresses: dict[str, str], role: Role | None) -> None:
    browser = world.browser(role)
    for address in {*addresses.values(), "/nothing", "/static/app.css"}:
        answer = browser.get(address)
        answer.close()
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        if "/static/" not in answer.request.path:
            assert answer.headers["Cache-Control"] == "no-store", answer.request.path


def test_files_are_sent_to_be_saved_never_to_be_run(world: World, addresses: dict[str, str]) -> None:
    browser = world.browser(Role.LEAD)
    for rule in (
        "/evidence/<int:evidence_id>",
        "/reports/<int:report_id>/document",
        "/committee-reports/<int:paper_id>/documents/<int:document_id>",
        "/assessments/pack/<int:pack_id>/files/<int:file_id>",
    ):
        answer = browser.get(addresses[rule])
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "sandbox" in answer.headers["Content-Security-Policy"]
