"""The pack for the next inspection, as a lead meets it: put together in two clicks, made while nobody waits."""

import io
from datetime import date
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from tests.factories import make_action, make_report
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.actions import evidence
from tracker.assessments.views.packs import PACKER
from tracker.models import Action, Evidence, PackFile
from tracker.terms import DocumentStatus, Marking, PackForm, ReportStatus, Role, Scan

DAY = {"at__day": "23", "at__month": "11", "at__year": "2026"}


@pytest.fixture
def action(world: World) -> Action:
    lead = world.people[Role.LEAD]
    made = make_action(world.session, world.ours, due=date(2026, 10, 20), lead=lead, title="Appoint a nurse")
    wired = world.app.extensions["tracker"]
    upload = evidence.Upload("contract signed.txt", b"signed")
    evidence.attach(world.session, wired.files, made, [upload], by=made.owner, now=wired.clock.now())
    world.session.commit()
    return made


@pytest.fixture
def lead(world: World) -> PageClient:
    return world.browser(Role.LEAD)


def put_together(world: World, lead: PageClient, **chosen: str) -> Page:
    """Put a pack together in the fewest clicks, wait for its files, and look at its page."""
    sent = lead.send("/assessments/pack", **({"report": ""} | DAY | chosen))
    assert sent.status == 302, sent.errors
    world.app.extensions[PACKER].wait()
    return lead.follow(sent)


def links_of(page: Page) -> dict[str, str]:
    return {link.get_text(): str(link["href"]) for link in page.soup.select("main li a")}


def test_a_pack_is_two_clicks_to_its_files(world: World, lead: PageClient, action: Action) -> None:
    begin = lead.page("/assessments")
    assert begin.soup.select_one('a[href="/assessments/pack"]')
    form = lead.page("/assessments/pack")
    assert (form.field("report"), form.field("at-day"), form.field("at-year")) == ("", "23", "2026")
    page = put_together(world, lead)
    assert "0 of 1 accepted action (0%) are implemented." in page.text
    links = links_of(page)
    assert set(links) == {"Download PDF", "Download Word", "Download Evidence (zip)"}
    for address in links.values():
        answer = lead.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    archive = ZipFile(io.BytesIO(lead.get(links["Download Evidence (zip)"]).data))
    assert archive.read("evidence/E1-contract-signed.txt") == b"signed"
    again = put_together(world, lead)
    assert "This pack was there already" in again.soup.get_text()
    assert len(lead.page("/assessments/pack").soup.select(".app-card")) == 1


def test_the_page_of_a_report_leads_to_its_own_pack(world: World, lead: PageClient, action: Action) -> None:
    make_action(world.session, world.ours, title="Another report's")
    world.session.commit()
    report = lead.page(f"/reports/{action.report_id}")
    link = report.soup.find("a", string="Put its pack for the next inspection together")
    assert link
    form = lead.page(str(link["href"]))
    assert form.field("report") == str(action.report_id)
    page = put_together(world, lead, report=str(action.report_id))
    assert page.heading.startswith(action.report.code)
    assert "of 1 accepted action" in page.text


def test_the_page_never_waits_and_says_how_far_the_zip_is(world: World, lead: PageClient, action: Action) -> None:
    packer = world.app.extensions[PACKER]
    packer.wake = lambda: None
    page = put_together(world, lead)
    assert "PDF: waiting to be made" in page.text
    address = page.response.request.path
    first = lead.get(f"{address}/state.json").json
    assert (first["ended"], first["said"]) == (False, "3 left to make.")
    zipped = world.session.scalars(select(PackFile).where(PackFile.form == PackForm.ZIP)).one()
    zipped.status, zipped.done, zipped.steps = DocumentStatus.MAKING, 3, 40
    world.session.commit()
    assert "Evidence (zip): being made … 3 of 40 files" in lead.page(address).text
    second = lead.get(f"{address}/state.json").json
    assert second["status"] != first["status"]  # so that the page shows it
    assert "3 of 40 files" in second["steps"]
    del packer.wake
    packer.wake()
    packer.wait()
    assert lead.get(f"{address}/state.json").json["ended"] is True


def test_an_exempt_part_is_there_only_where_it_is_chosen(world: World, lead: PageClient, action: Action) -> None:
    secret = make_action(world.session, world.ours, title="A secret", marking=Marking.EXEMPT, report=action.report)
    world.session.commit()
    without = put_together(world, lead)
    assert set(links_of(without)) == {"Download PDF", "Download Word", "Download Evidence (zip)"}
    assert "Not in the public part 1 exempt recommendation" in without.text
    page = put_together(world, lead, with_exempt="y")
    assert "Exempt part: not for publication" in page.text
    assert len(links_of(page)) == 5  # no file of it is shown as evidence
    assert "A secret" not in page.text
    assert secret.reference not in page.text


def test_where_nothing_is_exempt_there_is_no_exempt_part(world: World, lead: PageClient, action: Action) -> None:
    page = put_together(world, lead, with_exempt="y")
    assert "Nothing is exempt, so there is no exempt part." in page.text
    assert "Exempt part:" not in page.text


def test_files_that_are_there_already_are_not_given_out_once_something_in_them_is_marked(
    world: World, lead: PageClient, action: Action
) -> None:
    page = put_together(world, lead)
    assert "been marked exempt" not in page.text
    links = links_of(page)
    action.marking = Marking.EXEMPT
    world.session.commit()
    for address in links.values():
        answer = lead.page(address, status=403)
        assert "marked exempt or confidential since it was put together. Put a new pack together." in answer.text
        assert "Content-Disposition" not in answer.response.headers
    after = lead.page(page.response.request.path)
    assert "1 thing in this pack has been marked exempt or confidential since." in after.text
    assert links_of(after) == {}
    assert after.soup.select_one('main a[href="/assessments/pack"][role="button"]').get_text().strip() == (
        "Put a new pack together"
    )
    action.marking = Marking.OPEN
    world.session.commit()
    assert lead.get(links["Download PDF"]).status_code == 200


def test_what_is_marked_before_the_files_are_made_leads_to_a_new_pack_and_is_said_once(
    world: World, lead: PageClient, action: Action
) -> None:
    packer = world.app.extensions[PACKER]
    packer.wake = lambda: None
    page = put_together(world, lead)
    action.marking = Marking.CONFIDENTIAL
    world.session.commit()
    del packer.wake
    packer.wake()
    packer.wait()
    address = page.response.request.path
    after = lead.page(address)
    assert after.text.count("marked exempt or confidential since") == 1
    assert "Make the files again" not in after.text
    action.marking = Marking.OPEN
    world.session.commit()
    again = lead.page(address)
    assert again.text.count("marked exempt or confidential since") == 1  # of three files that failed for it
    assert "Make the files again" in again.text


def test_a_damaged_file_is_named_left_out_of_the_zip_and_the_zip_can_be_made_again(
    world: World, lead: PageClient, action: Action
) -> None:
    files = world.app.extensions["tracker"].files
    path = files.path(world.session.query(Evidence).one().file_key)
    path.write_bytes(b"signeD")
    page = put_together(world, lead)
    assert "0 files" in page.text
    assert "E1, contract signed.txt, is not in the zip: the file is damaged. Tell your administrator." in page.text
    archive = ZipFile(io.BytesIO(lead.get(links_of(page)["Download Evidence (zip)"]).data))
    assert archive.namelist() == ["index.xlsx", "index.csv"]
    path.write_bytes(b"signed")
    sent = lead.send(f"{page.response.request.path}/files")
    world.app.extensions[PACKER].wait()
    after = lead.follow(sent)
    assert "is not in the zip" not in after.text
    archive = ZipFile(io.BytesIO(lead.get(links_of(after)["Download Evidence (zip)"]).data))
    assert archive.read("evidence/E1-contract-signed.txt") == b"signed"


def test_a_day_to_come_and_a_report_that_is_not_there_are_refused(
    world: World, lead: PageClient, action: Action
) -> None:
    page = lead.send("/assessments/pack", report="", at__day="24", at__month="11", at__year="2026")
    assert (page.status, page.errors) == (400, ["Enter a date that is not after today, 23 November 2026."])
    theirs = make_report(world.session, world.theirs)
    unread = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    world.session.commit()
    for wrong in (theirs.id, unread.id, 999_999, "x"):
        assert lead.send("/assessments/pack", report=str(wrong), **DAY).status == 400
    assert lead.page(f"/assessments/pack?report={theirs.id}").field("report") == ""
    empty = lead.send("/assessments/pack", report="", at__day="1", at__month="1", at__year="2020")
    assert empty.errors == ["No report had been confirmed by then. Enter a later date."]


def test_before_any_report_is_confirmed_the_page_says_what_to_do(world: World, lead: PageClient) -> None:
    page = lead.page("/assessments/pack")
    assert "No report has been confirmed yet." in page.text
    assert page.soup.find("a", string="Go to the reports")


def test_a_file_that_is_being_scanned_is_held_back(world: World, lead: PageClient, action: Action) -> None:
    world.session.query(Evidence).one().scan = Scan.WAITING
    world.session.commit()
    page = put_together(world, lead)
    assert "No zip: no file is shown as evidence." in page.text
    assert "1 item, 1 file held back" in page.text


def test_another_council_finds_neither_pack_nor_file(world: World, lead: PageClient, action: Action) -> None:
    page = put_together(world, lead)
    stranger = world.stranger()
    stranger.page(page.response.request.path, status=404)
    for address in links_of(page).values():
        assert stranger.get(address).status_code == 404
    assert stranger.page("/assessments/pack").soup.select(".app-card") == []
    assert world.browser(Role.SCRUTINY_MEMBER).get("/assessments/pack").status_code == 403
    assert "pack for the next inspection" not in world.browser(Role.SCRUTINY_MEMBER).page("/assessments").text
