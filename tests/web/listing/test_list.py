"""The list of actions as people see it: narrowed, paged, with the columns they choose, and what it says when empty."""

from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import event

from tests.factories import make_action, make_body, make_update
from tests.pages import Page
from tests.web.conftest import World
from tracker.actions.listing.pages import PAGE
from tracker.actions.listing.shown import Column, Order
from tracker.models import Action, Contribution
from tracker.terms import Delivery, Marking, Role

OWNER, LEAD, MEMBER = Role.SERVICE_MANAGER, Role.LEAD, Role.SCRUTINY_MEMBER
TODAY = date(2026, 11, 23)
ALL_COLUMNS = "&".join(f"column={column.value}" for column in Column)


@pytest.fixture
def action(world: World) -> Action:
    made = make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD])
    world.session.commit()
    return made


def many(world: World, number: int = PAGE + 5) -> None:
    report = None
    for each in range(number):
        made = make_action(
            world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD],
            due=date(2026, 10, 1) + timedelta(days=each // 10), **({"report": report} if report else {}),
        )  # fmt: skip
        report = made.report
    world.session.commit()


def listed(page: Page) -> list[str]:
    return [str(link["href"]) for link in page.soup.select("tbody th a")]


def chips(page: Page) -> list[str]:
    return [chip.get_text().removeprefix("Remove ").removesuffix("×") for chip in page.soup.select(".app-chip")]


def test_the_list_is_paged_without_a_gap_both_ways_and_keeps_its_filters(world: World) -> None:
    many(world)
    browser = world.browser(MEMBER)
    first = browser.page("/actions?late=late&sort=report")
    link = first.soup.select_one(".govuk-pagination__next a")
    assert link is not None
    assert "age=late&sort=report&after=" in str(link["href"])
    second = browser.page(str(link["href"]))
    assert len({*listed(first), *listed(second)}) == PAGE + 5
    assert len(listed(second)) == 5
    assert "30 actions, 30 of them late" in second.text
    assert second.soup.select_one(".govuk-pagination__next") is None
    back = second.soup.select_one(".govuk-pagination__prev a")
    assert back is not None
    assert listed(browser.page(str(back["href"]))) == listed(first)


def test_what_is_open_is_listed_first_and_everything_by_one_click(world: World, action: Action) -> None:
    make_action(world.session, world.ours, title="Done long ago", delivery=Delivery.CHECKED, due=date(2020, 1, 1))
    world.session.commit()
    browser = world.browser(LEAD)
    page = browser.page("/actions")
    assert "1 action, not late" in page.text
    assert chips(page) == ["Open"]
    everything = browser.page(str(page.soup.select_one(".app-chip")["href"]))  # type: ignore[index]
    assert "2 actions, none of them late" in everything.text
    assert chips(everything) == []


def test_each_filter_narrows_the_list_and_is_said_with_a_way_to_take_it_off(world: World, action: Action) -> None:
    make_action(world.session, world.ours, title="Another thing", delivery=Delivery.CHECKED)
    world.session.commit()
    browser = world.browser(LEAD)
    for query, words in (
        (f"report={action.report_id}", f"Report: {action.report.code}: {action.report.title}"),
        (f"owner={action.owner_id}", f"Owner: {action.owner.name}"),
        ("delivery=in_progress", "In progress"),
        (f"words={action.reference.lower()}", f"“{action.reference.lower()}”"),
        ("age=due_soon", "Due soon"),
    ):
        page = browser.page(f"/actions?{query}")
        assert "1 action, not late" in page.text, query
        assert listed(page) == [f"/actions/{action.reference}"]
        assert chips(page) == [words]
        assert len(listed(browser.page(str(page.soup.select_one(".app-chip")["href"])))) == 2  # type: ignore[index]


def test_the_panel_shows_what_is_chosen(world: World, action: Action) -> None:
    page = world.browser(LEAD).page(
        f"/actions?report={action.report_id}&section=Areas+for+improvement&delivery=paused&age=late&priority=high&words=x"
    )
    assert (page.field("report"), page.field("section")) == (str(action.report_id), "Areas for improvement")
    assert (page.field("priority"), page.field("words")) == ("high", "x")
    ticked = {str(box["value"]) for box in page.soup.select("input[type=checkbox][checked]")}
    assert ticked == {"paused", "late_1_30", "late_31_90", "late_91_180", "late_over_180", "due", "status", "owner"}
    assert page.soup.select_one(".app-filter__more")["open"] == ""  # type: ignore[index]


def test_nothing_that_matches_says_what_to_do(world: World, action: Action) -> None:
    browser = world.browser(LEAD)
    for query in ("words=nothing+like+it", "age=late", "words=%25"):
        page = browser.page(f"/actions?{query}")
        assert "No action matches. Take away a filter, or look for other words." in page.text
        assert page.soup.select_one(".app-empty a")["href"] == "/actions?delivery=any"  # type: ignore[index]


def test_a_council_without_actions_is_shown_where_they_come_from(world: World) -> None:
    assert "Actions are made when a lead confirms a report." in world.browser(LEAD).page("/actions?delivery=any").text


@pytest.mark.parametrize(
    "query",
    [
        "report=999", "owner=x", "owner=999999999999999999999", "delivery=finished", "late=perhaps", "after=x",
        "page=9",
        "after=2026-01-01", "before=_1", "sort=sideways", "column=nothing", "priority=1", "section=", "lead=-1",
        "after=%5B%222026-01-01%22%2C99999999999999999999%5D", "words=" + "x" * 5000, "delivery=any&delivery=any",
        "sort=owner&after=%5B%22%5Cu0000%22%2C1%2C%222026-01-01%22%2C1%5D",
        "sort=updated&after=%5B%220001-01-01%22%2C1%5D",
        "sort=updated&after=%5B%22x%22%2C1%5D",
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_no_fault(world: World, action: Action, query: str) -> None:
    page = Page(world.browser(LEAD).get(f"/actions?{query}"))
    assert page.status in (200, 400)
    assert page.errors == []
    if page.status == 200 and "words" not in query and "after" not in query:
        assert "1 action" in page.text


def test_a_character_no_database_can_take_is_bad_input_not_a_fault(world: World) -> None:
    assert world.browser(LEAD).get("/actions?words=a%00b").status_code == 400


@pytest.mark.parametrize("order", list(Order))
def test_every_column_in_every_order(world: World, action: Action, order: Order) -> None:
    line = make_body(world.session, world.ours, "The hospital trust")
    world.session.add(Contribution(council_id=world.ours.id, action_id=action.id, body_id=line.id))
    make_update(world.session, action, at=action.created_at, text="Begun. " * 40)
    action.marking = Marking.EXEMPT
    world.session.commit()
    page = world.browser(LEAD).page(f"/actions?delivery=any&sort={order.value}&{ALL_COLUMNS}")
    labels = [str(cell["data-label"]) for cell in page.soup.select("tbody td[data-label]")]
    assert labels == [column.label for column in Column]
    for words in ("The hospital trust", "Begun.", "Exempt", "Within three months", action.report.title):
        assert words in page.text


def test_columns_and_order_stay_with_every_link_of_the_list(world: World) -> None:
    many(world)
    page = world.browser(LEAD).page("/actions?age=late&sort=owner&column=due&column=lead")
    for selector in (".govuk-pagination__next a", ".app-chip", ".app-ages a", ".app-after-list a"):
        asked = parse_qs(urlsplit(str(page.soup.select_one(selector)["href"])).query)  # type: ignore[index]
        assert (asked["sort"], asked["column"]) == (["owner"], ["due", "lead"]), selector


def test_the_late_are_counted_by_age_each_a_way_to_only_those(world: World) -> None:
    many(world)
    browser = world.browser(LEAD)
    page = browser.page("/actions")
    links = page.soup.select(".app-ages a")
    assert [link.get_text() for link in links] == ["31 to 90 days late: 30"]
    assert "30 actions, 30 of them late" in browser.page(str(links[0]["href"])).text


def test_a_page_asks_as_much_for_many_actions_as_for_few(world: World, action: Action) -> None:
    browser, asked = world.browser(LEAD), []
    engine = world.app.extensions["tracker"].sessions.kw["bind"]
    address = f"/actions?delivery=any&{ALL_COLUMNS}"
    counts = []
    for more in (0, PAGE):
        many(world, more)
        browser.page(address)
        asked.clear()
        listener = lambda _connection, _cursor, statement, *_rest: asked.append(statement)  # noqa: E731
        event.listen(engine, "before_cursor_execute", listener)
        browser.page(address)
        event.remove(engine, "before_cursor_execute", listener)
        counts.append(len(asked))
    assert counts[1] <= counts[0]


def test_only_leads_are_offered_to_change_many(world: World, action: Action) -> None:
    for role, offered in ((LEAD, True), (Role.DIRECTOR, True), (OWNER, False), (MEMBER, False)):
        page = world.browser(role).page("/actions")
        assert (page.soup.find("input", attrs={"name": "id"}) is not None) is offered, role


def test_of_another_council_nothing_is_listed_or_offered(world: World, action: Action) -> None:
    page = world.stranger(LEAD).page(f"/actions?report={action.report_id}&owner={action.owner_id}")
    assert listed(page) == []
    for words in (action.owner.name, action.report.title):
        assert words not in page.response.get_data(as_text=True)
