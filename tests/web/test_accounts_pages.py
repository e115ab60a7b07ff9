"""The council's own page and one's account: adding people, services and bodies, closing accounts, a new password."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import make_action
from tests.pages import PASSWORD
from tests.web.conftest import World
from tracker.action_points.queries import clock_rules
from tracker.clock import FixedClock
from tracker.models import Body, Category, HistoryEntry, Person, Service, SignIn
from tracker.terms import CategoryKind, Role

PERSON = {
    "name": "Bob Lowe", "email": "bob.lowe@westmere.example", "post": "Head of Service", "role": "service_manager",
    "service": "0", "password": PASSWORD,
}  # fmt: skip
NEW = "four quite other words"


def add_person(world: World, **values: str) -> Any:
    return world.browser(Role.ADMINISTRATOR).send("/council/people", **(PERSON | values))


def found(world: World, email: str = PERSON["email"]) -> Person | None:
    world.session.rollback()
    return world.session.scalar(select(Person).where(Person.email == email))


def test_a_person_who_was_added_stands_in_the_list_and_can_sign_in(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    page = browser.follow(browser.send("/council/people", **PERSON))
    assert "Bob Lowe now has an account." in page.soup.get_text()
    assert PERSON["email"] in page.text
    made = found(world)
    assert made is not None
    assert (made.council_id, made.role) == (world.ours.id, Role.SERVICE_MANAGER)
    world.browser().sign_in(PERSON["email"])


def test_a_person_can_be_of_a_service(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    browser.follow(browser.send("/council/services", name="Children in care"))
    service = world.session.scalars(select(Service)).one()
    browser.follow(browser.send("/council/people", **(PERSON | {"service": str(service.id)})))
    made = found(world)
    assert made is not None
    assert made.service_id == service.id


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": ""}, "Enter their full name"),
        ({"name": "   "}, "Enter their full name"),
        ({"email": ""}, "Enter their email address"),
        ({"email": "bob"}, "Enter an email address that nobody here has yet, like name@council.gov.uk."),
        ({"post": ""}, "Enter their post, like Head of Service"),
        ({"password": ""}, "Enter a first password for them"),
        ({"password": "short"}, "Choose a password of at least 12 characters. Three random words do well."),
        ({"role": "emperor"}, "Not a valid choice."),
        ({"service": "999"}, "Not a valid choice."),
    ],
)
def test_a_person_who_cannot_be_added_is_refused_in_words(world: World, values: dict[str, str], words: str) -> None:
    page = add_person(world, **values)
    assert page.status == 400
    assert words in page.errors
    assert found(world) is None


def of(world: World, role: Role) -> dict[str, str]:
    """What the page of somebody opens with."""
    page = world.browser(Role.ADMINISTRATOR).page(f"/council/people/{world.people[role].id}")
    return {name: page.field(name) for name in ("name", "email", "post", "role", "service", "opened")}


def test_a_person_is_changed_on_a_page_of_their_own(world: World) -> None:
    browser, owner = world.browser(Role.ADMINISTRATOR), world.people[Role.SERVICE_MANAGER]
    address = f"/council/people/{owner.id}"
    assert browser.page("/council").soup.select_one(f"main a[href='{address}']")
    make_action(world.session, world.ours, owner=owner)
    world.session.commit()
    theirs = world.browser(Role.SERVICE_MANAGER)
    assert "They own 1 open action." in browser.page(address).text
    wanted = of(world, Role.SERVICE_MANAGER) | {"email": " Corrected@Westmere.Example ", "post": "Head of Early Help"}
    page = browser.follow(browser.send(address, **wanted))
    assert f"Changed of {owner.name}: email address, post." in page.text
    assert "corrected@westmere.example" in page.text
    assert theirs.get("/").status_code == 302
    world.browser().sign_in("corrected@westmere.example")


def test_a_new_role_is_given_and_the_old_rights_end_at_once(world: World) -> None:
    browser, owner = world.browser(Role.ADMINISTRATOR), world.people[Role.SERVICE_MANAGER]
    make_action(world.session, world.ours, owner=owner)
    world.session.commit()
    theirs = world.browser(Role.SERVICE_MANAGER)
    wanted = of(world, Role.SERVICE_MANAGER) | {"role": "scrutiny_member"}
    assert browser.send(f"/council/people/{owner.id}", **wanted).status == 302
    assert theirs.get("/").status_code == 302
    assert "who cannot own actions" in world.browser(Role.LEAD).page("/").text


def test_an_administrator_is_offered_no_other_role_for_themselves(world: World) -> None:
    me = world.people[Role.ADMINISTRATOR]
    browser, mine = world.browser(Role.ADMINISTRATOR), of(world, Role.ADMINISTRATOR)
    page = browser.page(f"/council/people/{me.id}")
    assert [option["value"] for option in page.soup.select("#role option")] == ["administrator"]
    assert browser.send(f"/council/people/{me.id}", **(mine | {"role": "lead"})).status == 403
    assert browser.send(f"/council/people/{me.id}", **(mine | {"name": "Ade Okoro"})).status == 302


def test_a_person_who_cannot_be_changed_so_is_refused_in_words(world: World) -> None:
    browser, lead = world.browser(Role.ADMINISTRATOR), world.people[Role.LEAD]
    page = browser.send(f"/council/people/{lead.id}", **(of(world, Role.LEAD) | {"name": " "}))
    assert (page.status, page.errors) == (400, ["Enter their full name"])
    taken = of(world, Role.LEAD) | {"email": world.people[Role.DIRECTOR].email}
    page = browser.send(f"/council/people/{lead.id}", **taken)
    assert page.errors == ["Enter an email address that nobody here has yet, like name@council.gov.uk."]


def test_two_administrators_at_once_see_both_and_are_asked(world: World) -> None:
    browser, lead = world.browser(Role.ADMINISTRATOR), world.people[Role.LEAD]
    opened = of(world, Role.LEAD)
    assert browser.send(f"/council/people/{lead.id}", **(opened | {"name": "Their name"})).status == 302
    page = browser.send(f"/council/people/{lead.id}", **(opened | {"name": "My name"}))
    assert page.status == 409
    assert "Full name: Their name" in page.text
    assert page.field("name") == "My name"
    again = opened | {"name": "My name", "opened": page.field("opened")}
    assert browser.follow(browser.send(f"/council/people/{lead.id}", **again)).status == 200
    page = browser.follow(browser.send(f"/council/people/{lead.id}", **of(world, Role.LEAD)))
    assert "Nothing was changed." in page.text


@pytest.mark.parametrize("whose", ["people", "strangers"])
def test_an_address_that_somebody_has_already_is_refused_wherever_they_are(world: World, whose: str) -> None:
    taken = getattr(world, whose)[Role.LEAD].email
    page = add_person(world, email=taken.upper())
    assert page.status == 400
    assert page.errors == ["Enter an email address that nobody here has yet, like name@council.gov.uk."]


@pytest.mark.parametrize(("address", "kind"), [("/council/services", Service), ("/council/bodies", Body)])
def test_a_service_or_body_is_added_once(world: World, address: str, kind: type[Service | Body]) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    page = browser.follow(browser.send(address, name=" The hospital trust ", aliases="trust; ; The trust "))
    assert "The hospital trust has been added." in page.soup.get_text()
    for name in ("The hospital trust", "", "   "):
        page = browser.follow(browser.send(address, name=name))
        assert "Enter a name that is not in the list yet." in page.soup.get_text()
    (row,) = world.session.scalars(select(kind)).all()
    assert (row.name, row.council_id) == ("The hospital trust", world.ours.id)
    if isinstance(row, Body):
        assert row.aliases == ["trust", "The trust"]
    assert world.session.scalar(select(func.count(HistoryEntry.id))) == 1


@pytest.mark.parametrize(
    ("what", "kind"), [("themes", CategoryKind.THEME), ("outcome_areas", CategoryKind.OUTCOME_AREA)]
)
def test_a_theme_or_an_outcome_area_is_added_once(world: World, what: str, kind: CategoryKind) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    assert "Attendance has been added." in browser.follow(browser.send(f"/council/{what}", name="Attendance")).text
    assert "not in the list yet" in browser.follow(browser.send(f"/council/{what}", name="Attendance")).soup.get_text()
    (row,) = world.session.scalars(select(Category)).all()
    assert (row.name, row.kind) == ("Attendance", kind)


DAY = {"day__day": "29", "day__month": "12", "day__year": "2026"}


def test_a_day_the_council_is_closed_counts_as_no_working_day_from_then_on(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    assert "Say why, like Closed over Christmas" in browser.send("/council/closure-days", **DAY).errors
    page = browser.follow(browser.send("/council/closure-days", **DAY, reason="Closed over Christmas"))
    assert "29 December 2026, Closed over Christmas" in page.text
    again = browser.send("/council/closure-days", **DAY, reason="Again")
    assert again.errors == ["29 December 2026 is in the list already."]
    assert clock_rules(world.session, world.ours).closures == {date(2026, 12, 29)}


RULES = {"nation": "SCT", "immediate_working_days": "5", "longer_term_months": "18", "no_time_months": "6",
         "due_soon_days": "21"}  # fmt: skip


def test_the_rules_for_dates_are_changed_and_the_history_says_from_what(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    assert browser.send("/council/date-rules", **(RULES | {"no_time_months": "0"})).errors == [
        "Enter a number from 1 to 60"
    ]
    assert browser.send("/council/date-rules", **RULES).status == 302
    world.session.rollback()
    world.session.refresh(world.ours)
    rules = clock_rules(world.session, world.ours)
    assert (rules.nation, rules.immediate_working_days, rules.no_time_months) == ("SCT", 5, 6)
    (row,) = world.session.scalars(select(HistoryEntry)).all()
    assert row.before is not None
    assert (row.kind, row.before["no_time_months"], world.ours.due_soon_days) == ("council:date_rules", 12, 21)
    assert browser.send("/council/date-rules", **RULES).status == 302  # the same again changes nothing
    assert world.session.scalar(select(func.count(HistoryEntry.id))) == 1


def test_another_councils_names_are_free_here(world: World) -> None:
    world.session.add(Service(council_id=world.theirs.id, name="Children in care"))
    world.session.commit()
    browser = world.browser(Role.ADMINISTRATOR)
    assert (
        "has been added" in browser.follow(browser.send("/council/services", name="Children in care")).soup.get_text()
    )


def test_a_closed_account_is_opened_again_on_the_same_page(world: World) -> None:
    browser, lead = world.browser(Role.ADMINISTRATOR), world.people[Role.LEAD]
    page = browser.follow(browser.send(f"/council/people/{lead.id}/close"))
    assert f"The account of {lead.name} is closed." in page.soup.get_text()
    assert world.browser().send("/sign-in", email=lead.email, password=PASSWORD).status == 400
    page = browser.follow(browser.send(f"/council/people/{lead.id}/open"))
    assert f"The account of {lead.name} is open again." in page.soup.get_text()
    world.browser().sign_in(lead.email)


@pytest.mark.parametrize("what", ["close", "open"])
def test_an_administrator_cannot_close_their_own_account(world: World, what: str) -> None:
    me = world.people[Role.ADMINISTRATOR]
    page = world.browser(Role.ADMINISTRATOR).send(f"/council/people/{me.id}/{what}")
    assert page.status == 403
    assert "Ask another administrator" in page.text


def test_a_new_password_signs_out_everywhere_and_the_new_one_opens(world: World) -> None:
    here, elsewhere = world.browser(Role.LEAD), world.browser(Role.LEAD)
    page = here.follow(here.send("/account", old=PASSWORD, new=NEW))
    assert page.heading == "Sign in"
    assert elsewhere.get("/").status_code == 302
    email = world.people[Role.LEAD].email
    assert world.browser().send("/sign-in", email=email, password=PASSWORD).status == 400
    assert world.browser().send("/sign-in", email=email, password=NEW).status == 302


@pytest.mark.parametrize(
    ("old", "new", "words", "field"),
    [
        ("wrong", NEW, "Your present password is not right.", "old"),
        (PASSWORD, "short", "Choose a password of at least 12 characters. Three random words do well.", "new"),
        (
            PASSWORD,
            "passwordpassword",
            "That password would be guessed first. Choose three random words instead.",
            "new",
        ),
        ("", NEW, "Enter your present password", "old"),
        (PASSWORD, "", "Enter a new password", "new"),
    ],
)
def test_a_password_that_cannot_be_changed_says_why_at_its_field(
    world: World, old: str, new: str, words: str, field: str
) -> None:
    browser = world.browser(Role.LEAD)
    page = browser.send("/account", old=old, new=new)
    assert (page.status, page.errors) == (400, [words])
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    assert browser.get("/").status_code == 200


def test_the_present_password_cannot_be_guessed_at_speed(world: World) -> None:
    browser = world.browser(Role.LEAD)
    for _ in range(10):
        browser.send("/account", old="guess", new=NEW)
    assert browser.send("/account", old=PASSWORD, new=NEW).errors == [
        "Too many attempts. Wait five minutes, then try again."
    ]


@pytest.mark.parametrize(("minutes", "status"), [(60, 200), (61, 302)])
def test_a_browser_that_is_left_alone_for_an_hour_is_signed_out(
    world: World, clock: FixedClock, minutes: int, status: int
) -> None:
    browser = world.browser(Role.LEAD)
    clock.moment += timedelta(minutes=minutes)
    assert browser.get("/").status_code == status


def test_a_browser_in_use_stays_signed_in_until_the_day_is_over(world: World, clock: FixedClock) -> None:
    browser = world.browser(Role.LEAD)
    for _ in range(24):
        clock.moment += timedelta(minutes=30)
        assert browser.get("/").status_code == 200
    clock.moment += timedelta(seconds=1)
    assert browser.get("/").status_code == 302


def test_being_heard_of_is_noted_at_most_once_a_minute_and_by_posts_too(world: World, clock: FixedClock) -> None:
    browser = world.browser(Role.LEAD)
    signed_in = clock.moment

    def seen() -> object:
        world.session.expire_all()
        noted = world.session.scalars(select(SignIn.seen_at)).one()
        world.session.rollback()
        return noted

    clock.moment += timedelta(seconds=60)
    browser.get("/")
    assert seen() == signed_in
    clock.moment += timedelta(seconds=1)
    browser.get("/")
    assert seen() == clock.moment
    token = browser.token()
    clock.moment += timedelta(minutes=2)
    answer = browser.post("/account", data={"old": "wrong", "new": NEW, "csrf_token": token})
    assert answer.status_code == 400
    assert seen() == clock.moment


def test_somebody_signed_in_is_not_asked_to_sign_in(world: World) -> None:
    assert world.browser(Role.LEAD).get("/sign-in").headers["Location"] == "/"


def test_signing_in_without_anything_typed_says_what_to_enter(world: World) -> None:
    page = world.browser().send("/sign-in", email="", password="")
    assert (page.status, page.errors) == (400, ["Enter your email address", "Enter your password"])


def test_the_councils_colour_is_its_own_and_nobodys_before_signing_in(world: World) -> None:
    world.ours.colour = "#00703c"
    world.session.commit()
    for browser, has in ((world.browser(Role.LEAD), True), (world.stranger(), False), (world.browser(), False)):
        answer = browser.get("/council.css")
        assert answer.mimetype == "text/css"
        assert ("#00703c" in answer.get_data(as_text=True)) is has
