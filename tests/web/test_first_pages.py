"""What each person meets first."""

import pytest

from tests.web.conftest import World
from tracker.terms import PLANNERS, Role

FIRST = {
    Role.SERVICE_MANAGER: "My actions",
    Role.LEAD: "Waiting for me",
    Role.DIRECTOR: "Where things stand",
    Role.SCRUTINY_MEMBER: "Where things stand",
    Role.ADMINISTRATOR: "Council",
}


@pytest.mark.parametrize("role", list(Role))
def test_each_role_meets_its_own_first_page(world: World, role: Role) -> None:
    assert world.browser(role).page("/").heading.endswith(FIRST[role])


@pytest.mark.parametrize("role", list(Role))
def test_the_search_is_reached_from_every_page(world: World, role: Role) -> None:
    browser = world.browser(role)
    for address in ("/", "/account", "/reports", "/search"):
        assert browser.page(address).soup.select_one("header a[href='/search']"), address
    assert world.browser().page("/sign-in").soup.select_one("header a[href='/search']") is None


@pytest.mark.parametrize("role", list(Role))
def test_leads_are_led_from_the_list_of_actions_to_importing_a_spreadsheet(world: World, role: Role) -> None:
    link = world.browser(role).page("/actions").soup.select_one("main a[href='/actions/import']")
    assert (link is not None) is (role in PLANNERS)


def test_nobody_is_asked_to_sign_in_and_comes_back_to_where_they_wanted(world: World) -> None:
    browser = world.browser()
    answer = browser.get("/actions")
    assert answer.headers["Location"] == "/sign-in?next=/actions"
    signed_in = browser.send(
        "/sign-in", email=world.people[Role.LEAD].email, password="three random words", next="/actions"
    )
    assert signed_in.response.headers["Location"] == "/actions"


@pytest.mark.parametrize("address", ["//evil.example", "https://evil.example", "/\\evil.example", "/a//evil.example"])
def test_signing_in_never_leads_to_another_site(world: World, address: str) -> None:
    signed_in = world.browser().send(
        "/sign-in", email=world.people[Role.LEAD].email, password="three random words", next=address
    )
    assert signed_in.response.headers["Location"] == "/"


def test_the_answer_is_the_same_for_a_wrong_password_and_an_unknown_address(world: World) -> None:
    browser = world.browser()
    wrong = browser.send("/sign-in", email=world.people[Role.LEAD].email, password="not the password")
    unknown = browser.send("/sign-in", email="nobody@westmere.example", password="not the password")
    assert wrong.status == unknown.status == 400
    assert wrong.errors == unknown.errors == ["The email address or the password is not right."]


def test_signing_out_ends_the_session_whatever_the_browser_keeps(world: World) -> None:
    browser = world.browser(Role.LEAD)
    cookie = browser.get_cookie("tracker")
    assert cookie is not None
    browser.send("/sign-out")
    old = world.browser()
    old.set_cookie("tracker", cookie.value)
    assert old.get("/actions").status_code == 302


def test_a_closed_account_is_out_at_once(world: World) -> None:
    browser, administrator = world.browser(Role.SERVICE_MANAGER), world.browser(Role.ADMINISTRATOR)
    administrator.send(f"/council/people/{world.people[Role.SERVICE_MANAGER].id}/close")
    assert browser.get("/").status_code == 302


def test_guessing_is_slowed_down_for_one_address_only(world: World) -> None:
    browser = world.browser()
    lead = world.people[Role.LEAD].email
    for _ in range(10):
        browser.send("/sign-in", email=lead, password="guess")
    assert browser.send("/sign-in", email=lead, password="three random words").errors == [
        "Too many attempts. Wait five minutes, then try again."
    ]
    other = browser.send("/sign-in", email=world.people[Role.DIRECTOR].email, password="three random words")
    assert other.status == 302


def test_an_address_under_another_host_name_is_refused(world: World) -> None:
    assert world.browser().get("/sign-in", base_url="http://evil.example").status_code == 400
