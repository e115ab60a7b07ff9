"""The list of actions, and the reports, as they stood on a past day: what people see and what they cannot do there."""

import csv
from datetime import UTC, date, datetime, timedelta
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from tests.factories import make_action, make_person
from tests.pages import Page
from tests.web.conftest import World
from tracker.actions import handing_over, services
from tracker.actions.listing.pages import PAGE
from tracker.models import Action, Person
from tracker.terms import CloseReason, Delivery, Marking, ReportStatus, Role

OWNER, LEAD, DIRECTOR, MEMBER = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR, Role.SCRUTINY_MEMBER
DUE = date(2026, 9, 1)


def at(month: int, day: int) -> datetime:
    return datetime(2026, month, day, 10, tzinfo=UTC)


@pytest.fixture
def heir(world: World) -> Person:
    return make_person(world.session, world.ours, name="Tom Ashby", post="Head of Transport")


@pytest.fixture
def action(world: World, heir: Person) -> Action:
    """Late from 2 September, handed over on 10 October, closed on 20 October."""
    people = world.people
    made = make_action(
        world.session, world.ours, due=DUE, owner=people[OWNER], lead=people[LEAD], title="Appoint a nurse",
        delivery=Delivery.NOT_STARTED,
    )  # fmt: skip
    services.write_update(world.session, made, text="Advertised.", by=people[OWNER], now=at(9, 20))
    handing_over.hand_over(
        world.session, made, owner=heir, lead=people[LEAD], note="Away.", by=people[LEAD], now=at(10, 10)
    )
    code = CloseReason.NO_LONGER_APPLIES
    services.close(world.session, made, code=code, reason="It ended.", by=people[DIRECTOR], now=at(10, 20))
    world.session.commit()
    return made


def listed(page: Page) -> list[str]:
    return [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]


def links(page: Page, words: str) -> list[str]:
    return [str(link["href"]) for link in page.soup.select("main a") if link.get_text() == words]


def test_the_list_shows_each_action_as_it_stood_at_the_end_of_the_day(world: World, action: Action) -> None:
    browser = world.browser(MEMBER)
    assert listed(browser.page("/actions")) == []
    expected = [
        ("2026-09-01", "Due today", "Not started", world.people[OWNER].name),
        ("2026-09-19", "18 days late", "Not started", world.people[OWNER].name),
        ("2026-09-20", "19 days late", "In progress", world.people[OWNER].name),
        ("2026-10-09", "38 days late", "In progress", world.people[OWNER].name),
        ("2026-10-10", "39 days late", "In progress", "Tom Ashby"),
        ("2026-10-19", "48 days late", "In progress", "Tom Ashby"),
    ]
    for day, *words in expected:
        page = browser.page(f"/actions?at={day}")
        [row] = listed(page)
        assert [word in row for word in words] == [True] * 3, (day, row)
        assert "1 action, late" in page.text or day == "2026-09-01"
    assert listed(browser.page("/actions?at=2026-10-20")) == []
    assert "Closed, not completed" in listed(browser.page("/actions?at=2026-10-20&delivery=any"))[0]
    assert "No action matched on that day." in browser.page("/actions?at=2025-10-20").text


def test_the_filters_ask_how_it_stood_then(world: World, action: Action, heir: Person) -> None:
    browser = world.browser(MEMBER)
    for query, day, found in (
        (f"owner={heir.id}", "2026-10-09", 0), (f"owner={heir.id}", "2026-10-10", 1),
        ("delivery=in_progress", "2026-09-19", 0), ("delivery=in_progress", "2026-09-20", 1),
        ("words=advertised", "2026-09-19", 0), ("words=advertised", "2026-09-20", 1), ("words=nurse", "2026-09-19", 1),
        ("age=late_1_30", "2026-10-01", 1), ("age=late_1_30", "2026-10-02", 0),
    ):  # fmt: skip
        assert (query, day, len(listed(browser.page(f"/actions?{query}&at={day}")))) == (query, day, found)


def test_a_past_day_says_so_and_offers_nothing_that_changes_anything(world: World, action: Action) -> None:
    browser = world.browser(LEAD)
    page = browser.page("/actions?at=2026-10-01&owner=&age=late")
    assert page.heading == "As at 1 October 2026 Actions"
    assert "How things stood on 1 October 2026" in page.text
    assert links(page, "Show today") == ["/actions?age=late"]
    assert page.soup.select("main form[method=post]") == []
    for words in ("Change the chosen", "Save this list as a view", "Choose all on this page"):
        assert words not in page.text
        assert words in browser.page("/actions?delivery=any").text
    assert "How things stood" not in browser.page("/actions?at=2026-11-23").text


def test_what_is_pressed_on_a_past_day_stays_on_that_day(world: World, action: Action) -> None:
    page = world.browser(MEMBER).page("/actions?at=2026-10-01&age=late")
    assert page.field("at") == "2026-10-01"
    stays = [links(page, words)[0] for words in ("31 to 90 days late: 0", "1 to 30 days late: 1") if links(page, words)]
    stays += [links(page, "Excel")[0], links(page, "CSV")[0], links(page, "Clear all")[0]]
    assert len(stays) == 4
    assert all("at=2026-10-01" in address for address in stays)
    another = page.soup.select_one("details form")
    assert another is not None
    assert [(one["name"], one["value"]) for one in another.select("input[type=hidden]")] == [("age", "late")]
    assert page.field("at-day") == "1"


def test_the_pages_of_a_past_day_follow_each_other_without_a_gap(world: World) -> None:
    report = None
    for number in range(2 * PAGE + 3):
        made = make_action(
            world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD],
            due=DUE + timedelta(days=number // 10), **({"report": report} if report else {}),
        )  # fmt: skip
        report = made.report
    world.session.commit()
    browser = world.browser(MEMBER)
    page = browser.page("/actions?at=2026-11-01")
    seen, sizes = listed(page), [len(listed(page))]
    while further := page.soup.select_one(".govuk-pagination__next a"):
        page = browser.page(str(further["href"]))
        sizes.append(len(listed(page)))
        seen += listed(page)
    assert sizes == [PAGE, PAGE, 3]
    assert len(set(seen)) == 2 * PAGE + 3
    back = page.soup.select_one(".govuk-pagination__prev a")
    assert back is not None
    assert listed(browser.page(str(back["href"]))) == seen[PAGE : 2 * PAGE]
    for mark in ("after=x", "after=-1", "after=999999", "before=²"):
        assert listed(browser.page(f"/actions?at=2026-11-01&{mark}")) == seen[:PAGE]


def test_the_files_of_a_past_day_say_what_its_page_says(world: World, action: Action) -> None:
    browser = world.browser(MEMBER)
    answer = browser.get("/actions.csv?at=2026-10-10&column=status")
    assert "actions-2026-10-10.csv" in answer.headers["Content-Disposition"]
    [line] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")))
    assert (line["Owner"], line["Post"], line["Days late"]) == ("Tom Ashby", "Head of Transport", "39")
    assert (line["Status"], line["Last update"]) == ("In progress", "Advertised.")
    head, row = load_workbook(BytesIO(browser.get("/actions.xlsx?at=2026-10-09").data))["Actions"].values
    assert dict(zip(head, row, strict=True))["Owner"] == world.people[OWNER].name


def test_what_is_exempt_now_says_nothing_in_a_file_of_a_day_before(world: World, action: Action) -> None:
    action.marking = Marking.EXEMPT
    world.session.commit()
    answer = world.browser(MEMBER).get("/actions.csv?at=2026-10-10&column=status&column=lead")
    [line] = csv.DictReader(StringIO(answer.data.decode("utf-8-sig")))
    assert {name for name, value in line.items() if value} == {
        "Reference", "Marking", "Original due date", "Current due date", "Days late",
    }  # fmt: skip


@pytest.mark.parametrize("address", ["/actions", "/reports", "/reports/{report}"])
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("at=2026-02-31", "Enter a real date, like 1 9 2012"),
        ("at-day=31&at-month=2&at-year=2026", "Enter a real date, like 1 9 2012"),
        ("at=2026-11-24", "Enter a date that is not after today, 23 November 2026"),
        ("at=soon", "Enter the day and the month as well, like 1 9 2012"),
    ],
)
def test_a_wrong_day_is_answered_by_one_sentence_at_the_field(
    world: World, action: Action, address: str, day: str, sentence: str
) -> None:
    page = world.browser(MEMBER).page(f"{address.format(report=action.report_id)}?{day}", status=400)
    assert page.errors == [sentence]
    form = page.soup.select_one("details[open] form")
    assert form is not None
    assert sentence in form.get_text()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_of_a_wrong_day_is_refused_by_the_same_sentence(world: World, kind: str) -> None:
    page = world.browser(MEMBER).page(f"/actions.{kind}?at=2026-11-24", status=400)
    assert "Enter a date that is not after today, 23 November 2026." in page.text


def test_the_reports_say_how_their_plans_stood(world: World, action: Action) -> None:
    report = action.report
    report.confirmed_at, report.confirmed_by_id = action.created_at, world.people[LEAD].id
    world.session.commit()
    browser = world.browser(LEAD)
    late = browser.page("/reports?at=2026-10-01")
    assert late.heading == "As at 1 October 2026 Reports"
    assert "0 of 1 done, 1 late" in late.text
    assert "Add a report" not in late.text
    assert f"/reports/{report.id}?at=2026-10-01" in [str(link["href"]) for link in late.soup.select("main a")]
    assert "0 of 1 done, 1 closed, not completed" in browser.page("/reports?at=2026-10-20").text
    assert "No report was here on that day." in browser.page("/reports?at=2020-10-01").text


def test_a_report_shows_its_actions_as_they_stood(world: World, action: Action) -> None:
    report = action.report
    report.confirmed_at, report.confirmed_by_id = action.created_at, world.people[LEAD].id
    world.session.commit()
    browser = world.browser(LEAD)
    now, then = browser.page(f"/reports/{report.id}"), browser.page(f"/reports/{report.id}?at=2026-10-01")
    assert "0 of 1 action done, none late." in now.text
    assert "0 of 1 action done, 1 late." in then.text
    [card] = [" ".join(card.get_text(" ").split()) for card in then.soup.select(".app-card")]
    assert "30 days late" in card
    assert world.people[OWNER].name in card
    assert "Tom Ashby" not in card
    assert links(then, "Show today") == [f"/reports/{report.id}"]
    for words in ("Count the dates from another day", "Ask a question about this report"):
        assert words in now.text
        assert words not in then.text


def test_a_report_that_was_not_confirmed_yet_tracked_nothing(world: World, action: Action) -> None:
    report = action.report
    report.status, report.confirmed_at, report.confirmed_by_id = ReportStatus.CONFIRMED, at(9, 5), world.people[LEAD].id
    action.created_at = at(9, 5)
    world.session.commit()
    browser = world.browser(LEAD)
    before = browser.page(f"/reports/{report.id}?at=2026-09-04")
    assert "Nothing of this report was tracked on that day" in before.text
    assert before.soup.select(".app-card") == []
    assert "Nothing of it was tracked yet." in browser.page("/reports?at=2026-09-04").text
    assert "Appoint a nurse" in browser.page(f"/reports/{report.id}?at=2026-09-05").text
