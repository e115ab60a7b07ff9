"""Saved views, files, search and changing many, as somebody presses their way through."""

import csv
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from tests.factories import make_action, make_person, make_update
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.clock import FixedClock
from tracker.models import Action, BulkChange, SavedView
from tracker.terms import Delivery, Marking, Priority, Role

OWNER, LEAD, MEMBER = Role.SERVICE_MANAGER, Role.LEAD, Role.SCRUTINY_MEMBER


@pytest.fixture
def plan(world: World) -> list[Action]:
    made = [
        make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD], title=f"Thing {n}")
        for n in range(3)
    ]
    world.session.commit()
    return made


def fresh(world: World, *actions: Action) -> list[Action]:
    world.session.rollback()
    for action in actions:
        world.session.refresh(action)
    return list(actions)


def ids(plan: list[Action]) -> str:
    return ",".join(str(action.id) for action in plan)


def preview(browser: PageClient, plan: list[Action], **fields: Any) -> Page:
    return browser.send("/actions/change/preview", chosen=ids(plan), back="delivery=open", **fields)


def sent_on(page: Page) -> dict[str, str]:
    """What the preview's form carries."""
    form = page.soup.find("form", action="/actions/change")
    assert form is not None
    return {str(one["name"]): str(one["value"]) for one in form.select("input") if one["name"] != "csrf_token"}


def test_many_actions_are_given_to_somebody_else_and_back(world: World, plan: list[Action]) -> None:
    heir = make_person(world.session, world.ours, name="Tom Ashby")
    world.session.commit()
    browser = world.browser(LEAD)
    chosen = browser.page(f"/actions/change?back=delivery%3Dopen&id={plan[0].id}&id={plan[1].id}")
    assert chosen.heading == "Change 2 actions"
    page = preview(browser, plan[:2], owner=str(heir.id), note="He takes the team over.")
    assert page.heading == "2 of 2 actions will change"
    assert "New owner: Tom Ashby" in page.text
    assert {action.owner_id for action in fresh(world, *plan)} == {world.people[OWNER].id}
    done = browser.follow(browser.send("/actions/change", **sent_on(page)))
    assert done.heading == "2 actions changed"
    assert [action.owner_id for action in fresh(world, *plan)] == [heir.id, heir.id, world.people[OWNER].id]
    undone = browser.follow(browser.send(str(done.soup.select_one(".app-post-button")["action"])))  # type: ignore[index]
    assert undone.heading == "The change is undone"
    assert "2 actions have what they had before" in undone.text
    assert {action.owner_id for action in fresh(world, *plan)} == {world.people[OWNER].id}


def test_all_that_is_filtered_can_be_changed(world: World, plan: list[Action]) -> None:
    browser = world.browser(LEAD)
    page = browser.page("/actions/change?all=yes&words=thing")
    assert page.heading == "Change 3 actions"
    assert page.field("back") == "words=thing"


def test_the_preview_says_what_will_not_change_and_why(world: World, plan: list[Action]) -> None:
    plan[0].priority, plan[1].delivery = Priority.HIGH, Delivery.CHECKED
    world.session.commit()
    browser = world.browser(LEAD)
    page = preview(browser, plan, response="partly_accepted", note="Health will not.")
    assert page.heading == "2 of 3 actions will change"
    assert "Will not change." in page.text
    page = preview(browser, plan, priority="high")
    assert "It is so already." in page.text


def test_what_somebody_changed_after_the_preview_is_left_and_said(world: World, plan: list[Action]) -> None:
    browser = world.browser(LEAD)
    page = preview(browser, plan, priority="high")
    make_update(world.session, plan[0], at=plan[0].created_at)
    world.session.commit()
    done = browser.follow(browser.send("/actions/change", **sent_on(page)))
    assert done.heading == "2 actions changed"
    assert "Somebody changed it after you looked" in done.text
    assert fresh(world, plan[0])[0].priority is Priority.NORMAL


def test_an_hour_later_nothing_is_offered_to_be_undone(world: World, plan: list[Action], clock: FixedClock) -> None:
    browser = world.browser(LEAD)
    browser.send("/actions/change", **sent_on(preview(browser, plan, priority="high")))
    made = world.session.scalars(select(BulkChange)).one()
    clock.moment += timedelta(minutes=61)
    browser = world.browser(LEAD)  # by then the first sign-in has ended
    page = browser.page(f"/actions/changes/{made.id}")
    assert "Undo" not in page.text
    assert browser.send(f"/actions/changes/{made.id}/undo").status == 409


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose what to change"),
        ({"priority": "high", "owner": "1"}, "Choose one thing to change at a time"),
        ({"owner": "ME"}, "Say why"),
        ({"priority": "highest"}, "Choose from the list"),
        ({"service": "999"}, "Choose from the list"),
    ],
)
def test_what_cannot_be_changed_is_said_at_its_field(
    world: World, plan: list[Action], fields: dict[str, str], words: str
) -> None:
    fields = {name: str(world.people[LEAD].id) if value in ("ME", "1") else value for name, value in fields.items()}
    for address in ("/actions/change/preview", "/actions/change"):
        seen = ",".join(f"{action.id}:{action.version}" for action in plan)
        page = world.browser(LEAD).send(address, chosen=ids(plan), seen=seen, **fields)
        assert page.status == 400
        assert any(words in error for error in page.errors), page.errors


def test_without_a_choice_of_actions_the_list_says_so(world: World, plan: list[Action]) -> None:
    browser = world.browser(LEAD)
    for address in (
        "/actions/change",
        "/actions/change?id=x",
        "/actions/change?id=999999",
        "/actions/change?all=yes&words=zz",
    ):
        page = browser.follow(Page(browser.get(address)))
        assert page.heading == "Actions"
        assert "Choose the actions that you want to change first." in page.text, address


def test_a_view_is_saved_used_renamed_and_removed(world: World, plan: list[Action]) -> None:
    browser = world.browser(LEAD)
    saved = browser.send("/actions/views", name="Late ones", shared="y", query="age=late&sort=owner&x=1")
    page = browser.follow(saved)
    assert saved.response.headers["Location"] == "/actions?age=late&sort=owner"
    here = page.soup.select_one(".app-views a[aria-current]")
    assert here is not None
    assert (here.get_text(), here["href"]) == ("Late ones", "/actions?age=late&sort=owner")
    view = world.session.scalars(select(SavedView)).one()
    theirs = world.browser(MEMBER).page("/actions")
    assert f"Late ones by {world.people[LEAD].name}" in theirs.text
    assert browser.follow(browser.send(f"/actions/views/{view.id}", name="Behind")).heading == "Saved views"
    assert "Behind" not in world.browser(MEMBER).page("/actions").text  # and it is shared no more
    browser.follow(browser.send(f"/actions/views/{view.id}/remove"))
    world.session.rollback()
    assert world.session.scalars(select(SavedView)).all() == []


def test_a_name_that_will_not_do_is_said_and_the_view_is_not_lost(world: World) -> None:
    browser = world.browser(LEAD)
    page = browser.send("/actions/views", name=" ", query="age=late")
    assert (page.status, page.errors, page.field("query")) == (400, ["Enter a name for this view"], "age=late")
    browser.send("/actions/views", name="One", query="age=late")
    browser.send("/actions/views", name="Two", query="age=late")
    assert browser.send("/actions/views", name="One", query="").errors == [
        "You have a view of this name. Enter another name."
    ]
    two = world.session.scalars(select(SavedView).where(SavedView.name == "Two")).one()
    page = browser.send(f"/actions/views/{two.id}", name="One")
    assert (page.status, len(page.errors)) == (400, 1)


def test_nobody_shares_a_view_but_a_lead(world: World) -> None:
    assert world.browser(MEMBER).send("/actions/views", name="Mine", shared="y", query="age=late").status == 403
    assert "Share" not in world.browser(MEMBER).page("/actions/views").text


def test_the_files_hold_what_the_list_shows(world: World, plan: list[Action]) -> None:
    plan[0].marking, plan[0].title = Marking.EXEMPT, "A child is named"
    plan[1].priority = plan[2].priority = Priority.HIGH
    world.session.commit()
    browser = world.browser(MEMBER)
    page = browser.page("/actions?priority=high")
    excel, plain = (str(link["href"]) for link in page.soup.select(".app-after-list p a"))
    answer = browser.get(plain)
    rows = list(csv.DictReader(StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["Reference"] for row in rows] == [action.reference for action in plan[1:]]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    sheet = load_workbook(BytesIO(browser.get(excel).get_data()))["Actions"]
    assert sheet.max_row == 3
    everything = browser.get("/actions.csv?delivery=any").get_data(as_text=True)
    assert plan[0].reference in everything
    assert "child" not in everything


def test_the_search_marks_the_words_and_leads_to_the_action(world: World, plan: list[Action]) -> None:
    make_update(world.session, plan[0], at=plan[0].created_at, text="The panel <script> met & agreed referrals.")
    world.session.commit()
    browser = world.browser(MEMBER)
    page = browser.page("/search?words=referral")
    assert [mark.get_text() for mark in page.soup.select("mark")] == ["referrals"]
    assert page.soup.select_one(".app-hits a")["href"] == f"/actions/{plan[0].reference}"  # type: ignore[index]
    assert "<script> met & agreed" in page.text
    assert "Nothing is found for “zebra”." in browser.page("/search?words=zebra").text
    assert "Type at least one word" in browser.page("/search?words=%2A").text
    assert browser.page("/search").field("words") == ""
    assert browser.page("/search?words=" + "x" * 3000).status == 200
    assert "Nothing is found" in world.stranger(MEMBER).page("/search?words=referral").text
