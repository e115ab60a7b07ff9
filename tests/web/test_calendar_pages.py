"""A person's dates in their own calendar: behind an address they can renew, and nothing in it that is not open."""

from datetime import date
from urllib.parse import urlsplit

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests.factories import make_action, make_step
from tests.pages import PageClient
from tests.web.conftest import World
from tracker.models import HistoryEntry
from tracker.terms import Delivery, Marking, Role

OWNER = Role.SERVICE_MANAGER


@pytest.fixture
def owner(world: World) -> PageClient:
    return world.browser(OWNER)


def make_address(browser: PageClient) -> str:
    page = browser.follow(browser.send("/calendar"))
    shown = page.soup.select_one(".app-address")
    assert shown is not None
    return urlsplit(shown.get_text().strip()).path


def entries(browser: PageClient, address: str) -> list[tuple[date, str]]:
    answer = browser.get(address)
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    calendar = Calendar.from_ical(answer.get_data())
    return [(event["dtstart"].dt, str(event["summary"])) for event in calendar.walk("VEVENT")]


def test_it_holds_the_dates_of_ones_open_actions_and_their_steps(world: World, owner: PageClient) -> None:
    me = world.people[OWNER]
    mine = make_action(world.session, world.ours, owner=me, due=date(2027, 3, 1), title="Review every placement")
    make_step(world.session, mine, date(2027, 2, 1), title="Draw the sample")
    make_step(world.session, mine, date(2027, 1, 1), done=True)
    make_action(world.session, world.ours, owner=me, due=date(2027, 4, 1), delivery=Delivery.CHECKED)
    make_action(world.session, world.ours, owner=world.people[Role.LEAD], due=date(2027, 5, 1))
    world.session.commit()
    assert entries(world.browser(), make_address(owner)) == [
        (date(2027, 2, 1), f"Step: {mine.reference} Draw the sample"),
        (date(2027, 3, 1), f"Due: {mine.reference} Review every placement"),
    ]


def test_the_same_thing_keeps_its_name_so_that_a_moved_date_moves_there(world: World, owner: PageClient) -> None:
    mine = make_action(world.session, world.ours, owner=world.people[OWNER], due=date(2027, 3, 1))
    world.session.commit()
    address = make_address(owner)
    before = Calendar.from_ical(world.browser().get(address).get_data()).walk("VEVENT")[0]
    mine.current_due_date = date(2027, 6, 1)
    world.session.commit()
    after = Calendar.from_ical(world.browser().get(address).get_data()).walk("VEVENT")[0]
    assert before["uid"] == after["uid"]
    assert after["dtstart"].dt == date(2027, 6, 1)
    assert "First due 1 March 2027" in str(after["description"])


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_of_what_is_not_open_it_shows_the_reference_only(world: World, owner: PageClient, marking: Marking) -> None:
    mine = make_action(world.session, world.ours, owner=world.people[OWNER], title="a canary", marking=marking)
    make_step(world.session, mine, date(2027, 2, 1), title="a canary too")
    world.session.commit()
    raw = world.browser().get(make_address(owner)).get_data(as_text=True)
    assert "canary" not in raw
    assert mine.reference in raw


def test_words_cannot_break_out_of_their_line(world: World, owner: PageClient) -> None:
    nasty = "Do; it, now\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:planted"
    make_action(world.session, world.ours, owner=world.people[OWNER], title=nasty)
    world.session.commit()
    assert len(entries(world.browser(), make_address(owner))) == 1


def test_a_new_address_ends_the_one_before_and_ending_ends_it(world: World, owner: PageClient) -> None:
    first = make_address(owner)
    second = make_address(owner)
    anybody = world.browser()
    assert [anybody.get(address).status_code for address in (first, second)] == [404, 200]
    owner.send("/calendar/end")
    assert anybody.get(second).status_code == 404
    kinds = world.session.scalars(select(HistoryEntry.kind).order_by(HistoryEntry.id)).all()
    assert [kind for kind in kinds if "calendar" in kind] == [
        "person:calendar_renewed", "person:calendar_renewed", "person:calendar_ended",
    ]  # fmt: skip


def test_the_address_is_shown_once(owner: PageClient) -> None:
    make_address(owner)
    assert owner.page("/calendar").soup.select_one(".app-address") is None


def test_it_dies_with_the_account_and_no_guess_finds_one(world: World, owner: PageClient) -> None:
    address = make_address(owner)
    world.people[OWNER].active = False
    world.session.commit()
    anybody = world.browser()
    assert anybody.get(address).status_code == 404
    assert anybody.get("/calendar/guessed.ics").status_code == 404


def test_it_ends_with_the_role_that_owns_actions(world: World, owner: PageClient) -> None:
    address = make_address(owner)
    world.people[OWNER].role = Role.SCRUTINY_MEMBER
    world.session.commit()
    assert world.browser().get(address).status_code == 404
