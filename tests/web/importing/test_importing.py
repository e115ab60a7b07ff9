"""Importing a tracker by its pages: four steps, every fault in words, all of it or nothing."""

import io
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.factories import make_report
from tests.integration.actions.importing.test_sheets import workbook
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker import audit
from tracker.actions.views import importing as views
from tracker.clock import FixedClock
from tracker.models import (
    Action,
    ActionPoint,
    Claim,
    Extension,
    HistoryEntry,
    ImportDraft,
    Report,
    SearchText,
    Service,
    Update,
)
from tracker.terms import Delivery, How, ReportStatus, Role

HEADINGS = ["Ref", "Recommendation", "Lead officer", "Due date", "Revised date", "Status", "Completed", "Progress"]
Row = list[object]


def begin(browser: PageClient, rows: list[Row], **fields: object) -> Page:
    fields = {
        "report": "new",
        "title": "Inspection of 2026",
        "day__day": "1",
        "day__month": "3",
        "day__year": "2026",
    } | fields
    file = (io.BytesIO(workbook([HEADINGS, *rows])), "our plan.xlsx")
    return browser.send("/actions/import", files=True, file=file, **fields)


def match(browser: PageClient) -> Page:
    """Take the columns as they were matched."""
    page = browser.page("/actions/import/columns")
    fields = {str(select["name"]): page.field(str(select["name"])) for select in page.soup.select("main select")}
    return browser.follow(browser.send("/actions/import/columns", **fields))


def drafts(world: World) -> int | None:
    world.session.rollback()  # so that it sees what was written meanwhile
    return world.session.scalar(select(func.count(ImportDraft.id)))


def owner(world: World) -> str:
    return world.people[Role.SERVICE_MANAGER].name


def good(world: World, number: int = 1, **cells: object) -> Row:
    row = {"ref": number, "words": f"Do thing {number}.", "owner": owner(world), "due": date(2026, 9, 1)}
    row |= {"revised": None, "status": "In progress", "completed": None, "progress": None}
    return list((row | cells).values())


@pytest.mark.parametrize(("most", "said"), [(1, True), (2, False)])
def test_where_rows_are_too_many_to_be_compared_at_once_it_is_said_before_and_after(
    world: World, monkeypatch: pytest.MonkeyPatch, most: int, said: bool
) -> None:
    monkeypatch.setattr(views, "COMPARED", most)
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world, 1), good(world, 2)])
    assert ("rows are not compared with other reports" in match(browser).text) is said
    after = browser.follow(browser.send("/actions/import/finish")).soup.get_text()
    assert ("They have not been compared with other reports yet." in after) is said


def test_each_row_becomes_an_action_with_its_words_dates_and_history(world: World) -> None:
    browser, session = world.browser(Role.LEAD), world.session
    rows = [
        good(world, 1, progress="We have begun."),
        good(world, 2, revised="1 December 2026"),
        good(world, 3, status="Completed", completed="20/08/2026"),
        good(
            world, 4, status="Signed off", completed=date(2026, 8, 20), owner=world.people[Role.SERVICE_MANAGER].email
        ),
    ]
    begin(browser, rows)
    assert "4 of 4 rows are ready" in match(browser).text
    listed = browser.follow(browser.send("/actions/import/finish"))
    assert "4 actions imported" in listed.soup.get_text()
    made = list(session.scalars(select(Action).order_by(Action.id)))
    assert [action.point.words for action in made] == [f"Do thing {n}." for n in (1, 2, 3, 4)]
    assert {action.original_due_date for action in made} == {date(2026, 9, 1)}
    assert [action.delivery for action in made] == [
        Delivery.IN_PROGRESS,
        Delivery.IN_PROGRESS,
        Delivery.AWAITING_CHECK,
        Delivery.CHECKED,
    ]
    assert {action.owner_id for action in made} == {world.people[Role.SERVICE_MANAGER].id}
    update = session.scalars(select(Update)).one()
    assert (update.action_id, update.text, update.how) == (made[0].id, "We have begun.", How.IMPORT)
    moved = session.scalars(select(Extension)).one()
    assert (moved.action_id, moved.from_date, moved.to_date) == (made[1].id, date(2026, 9, 1), date(2026, 12, 1))
    assert made[1].current_due_date == date(2026, 12, 1)
    assert session.scalars(select(Claim)).one().action_id == made[2].id
    assert made[3].claimed_on == date(2026, 8, 20)
    entries = list(session.scalars(select(HistoryEntry).where(HistoryEntry.subject == "action")))
    assert {entry.how for entry in entries} == {How.IMPORT}
    assert "Row 3 of our plan.xlsx" in str(entries[1].note)
    assert audit.faults(session, world.ours.id) == []
    assert session.scalar(select(func.count(SearchText.id)).where(SearchText.source == "words")) == 4


def test_the_pages_of_what_was_imported_can_be_looked_at(world: World) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world, 1, revised="1 December 2026", progress="=1+1", status="Done", completed="1/8/2026")])
    match(browser)
    browser.follow(browser.send("/actions/import/finish"))
    action, report = world.session.scalars(select(Action)).one(), world.session.scalars(select(Report)).one()
    page = browser.page(f"/actions/{action.reference}")
    assert "=1+1" in page.text
    assert "by import" in page.text
    browser.page(f"/reports/{report.id}")
    assert browser.get(f"/reports/{report.id}/document").status_code == 200


def test_rows_can_be_added_to_a_report_that_is_here(world: World) -> None:
    browser = world.browser(Role.LEAD)
    report = make_report(world.session, world.ours, added_by=world.people[Role.LEAD])
    world.session.commit()
    begin(browser, [good(world)], report=str(report.id))
    match(browser)
    browser.follow(browser.send("/actions/import/finish"))
    assert world.session.scalars(select(Action)).one().reference == f"{report.code}-01"


def test_every_fault_is_said_by_its_row_and_nothing_is_written_before_all_is_right(world: World) -> None:
    browser, session = world.browser(Role.LEAD), world.session
    rows = [
        good(world, 1),
        good(world, 2, owner="Jane Smith"),
        good(world, 3, due="31 February 2026"),
        good(world, 4, due=None),
        good(world, 5, status="Purple"),
        good(world, 6, owner=""),
        good(world, 7, revised="1/1/2026"),
        good(world, 8, status="Complete"),
    ]
    begin(browser, rows)
    page = match(browser)
    for words in (
        "Row 3: there is nobody called “Jane Smith”",
        "Row 4: 31 February 2026 is no date",
        "Row 5: there is no due date",
        "Row 6: “Purple” is no status",
        "Row 7: there is no owner",
        "Row 8: the revised date is before the first",
        "Row 9: it is completed, but the sheet does not say when",
    ):
        assert words in page.text
    refused = browser.send("/actions/import/finish")
    assert refused.status == 400
    assert refused.errors == ["7 rows cannot be imported yet. Nothing was written."]
    assert not session.scalar(select(func.count(Action.id)))
    assert not session.scalar(select(func.count(Report.id)))


def test_a_name_and_a_status_are_answered_once_for_all_rows_that_say_them(world: World) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world, n, owner="jane  SMITH", status="Parked") for n in (1, 2, 3)])
    page = match(browser)
    assert "“jane  SMITH” as owner, in 3 rows" in page.soup.get_text()
    person = world.people[Role.SERVICE_MANAGER]
    answers = {
        "about-0": page.field("about-0"),
        "answer-0": str(person.id),
        "about-1": page.field("about-1"),
        "answer-1": Delivery.NOT_STARTED.value,
    }
    page = browser.follow(browser.send("/actions/import/rows", **answers))
    assert "3 of 3 rows are ready" in page.text
    browser.follow(browser.send("/actions/import/finish"))
    assert {a.owner_id for a in world.session.scalars(select(Action))} == {person.id}
    assert {a.delivery for a in world.session.scalars(select(Action))} == {Delivery.NOT_STARTED}


def test_a_row_that_is_left_out_no_longer_stands_in_the_way_and_can_come_back(world: World) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world, 1), good(world, 2, due="some day")])
    match(browser)
    page = browser.follow(browser.send("/actions/import/rows", shown="3", **{"leave-out": "3"}))
    assert "1 of 2 rows are ready, 1 left out" in page.text
    page = browser.follow(browser.send("/actions/import/rows", shown="3"))
    assert "1 cannot be imported yet" in page.text
    browser.send("/actions/import/rows", everything="1")
    browser.follow(browser.send("/actions/import/finish"))
    assert world.session.scalar(select(func.count(ActionPoint.id))) == 1


def test_nothing_of_the_file_is_kept_once_the_import_ends(world: World) -> None:
    browser = world.browser(Role.LEAD)
    for ending in ("finish", "cancel"):
        begin(browser, [good(world)])
        match(browser)
        assert drafts(world) == 1
        browser.send(f"/actions/import/{ending}")
        assert drafts(world) == 0
        assert "has ended" in browser.page("/actions/import/rows", 404).text


def test_an_import_expires_after_a_day(world: World, clock: FixedClock) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world)])
    draft = world.session.scalars(select(ImportDraft)).one()
    draft.begun_at -= timedelta(hours=25)
    world.session.commit()
    assert browser.page("/actions/import/columns", None).status == 404


def test_a_second_import_takes_the_place_of_the_first(world: World) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world, 1)])
    begin(browser, [good(world, 1), good(world, 2)])
    assert "2 of 2 rows" in match(browser).text


def test_one_persons_import_is_not_anothers(world: World) -> None:
    begin(world.browser(Role.LEAD), [good(world)])
    assert world.browser(Role.DIRECTOR).page("/actions/import/columns", None).status == 404
    assert world.stranger(Role.LEAD).page("/actions/import/columns", None).status == 404


def test_another_councils_report_is_not_found(world: World) -> None:
    theirs = make_report(world.session, world.theirs, added_by=world.strangers[Role.LEAD])
    world.session.commit()
    assert begin(world.browser(Role.LEAD), [good(world)], report=str(theirs.id)).status == 404


def test_a_report_that_is_still_being_checked_is_refused_in_words(world: World) -> None:
    report = make_report(world.session, world.ours, added_by=world.people[Role.LEAD], status=ReportStatus.BEING_CHECKED)
    world.session.commit()
    page = begin(world.browser(Role.LEAD), [good(world)], report=str(report.id))
    assert page.errors == ["Confirm this report first, then import what belongs to it."]


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"report": ""}, "Choose a report"),
        ({"title": ""}, "Enter the title of the new report"),
        ({"day__day": "", "day__month": "", "day__year": ""}, "Enter the date of the new report"),
        ({"day__day": "31", "day__month": "2"}, "Enter a real date, like 1 9 2012"),
    ],
)
def test_what_is_missing_is_asked_for_at_its_field(world: World, fields: dict[str, object], error: str) -> None:
    assert error in begin(world.browser(Role.LEAD), [good(world)], **fields).errors


def test_a_file_that_is_no_spreadsheet_is_refused_in_words(world: World) -> None:
    page = world.browser(Role.LEAD).send(
        "/actions/import", files=True, file=(io.BytesIO(b"%PDF-1.7"), "report.pdf"), report="new", title="A report",
        day__day="1", day__month="3", day__year="2026",
    )  # fmt: skip
    assert "no spreadsheet" in page.errors[0]


def test_a_column_that_was_taken_for_something_else_can_be_corrected(world: World) -> None:
    browser = world.browser(Role.LEAD)
    begin(browser, [good(world)])
    page = browser.send("/actions/import/columns", **{"column-1": "words"})
    assert page.errors == ["Choose the column for “Owner”.", "Choose the column for “Due date, the first one”."]


def test_a_service_the_council_does_not_have_yet_is_made_once(world: World) -> None:
    browser = world.browser(Role.LEAD)
    text = (
        "Action,Owner,Due date,Service\n"
        f"One,{owner(world)},1/9/2026,Early help\nTwo,{owner(world)},1/9/2026,EARLY HELP\n"
    )
    browser.send(
        "/actions/import", files=True, file=(io.BytesIO(text.encode()), "plan.csv"), report="new", title="A report",
        day__day="1", day__month="3", day__year="2026",
    )  # fmt: skip
    match(browser)
    browser.send("/actions/import/finish")
    assert [service.name for service in world.session.scalars(select(Service))] == ["Early help"]
    assert {action.service.name for action in world.session.scalars(select(Action)) if action.service} == {"Early help"}
