"""Members without an account read the public version by a link: what is open, no names, until the link ends."""

from datetime import date, timedelta

import pytest

from tests.conftest import MONDAY_MORNING
from tests.factories import make_action, make_extension, make_meeting, make_update
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.actions import services
from tracker.models import Action, PublicLink
from tracker.scrutiny.public_links import MOST_DAYS
from tracker.terms import CloseReason, Marking, Role

SECRET = "A child who must not be named"


@pytest.fixture
def late(world: World) -> list[Action]:
    owner, lead = world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]
    made = [
        make_action(
            world.session, world.ours, due=date(2026, 9, 1), owner=owner, lead=lead, title=title, marking=marking
        )
        for title, marking in (
            ("Appoint a nurse", Marking.OPEN), (SECRET, Marking.EXEMPT), (SECRET + " at all", Marking.CONFIDENTIAL)
        )
    ]  # fmt: skip
    make_extension(world.session, made[0], days=60)
    for action in made:
        make_update(world.session, action, at=MONDAY_MORNING - timedelta(days=9), text=f"Said of {action.title}")
    world.session.commit()
    return made


def allowed(world: World, days: int = 30) -> None:
    world.ours.public_link_days = days
    world.session.commit()


def made_link(browser: PageClient) -> str:
    page = browser.follow(browser.send("/public-links", purpose="Agenda of 8 December"))
    shown = page.soup.select_one(".app-address")
    assert shown is not None, page.text
    return shown.get_text(strip=True)


def public(world: World, link: str) -> Page:
    return world.browser().page(link[link.index("/public/") :], None)


def everything_that_can_have_happened(world: World) -> None:
    """One action of each kind of change since the last meeting, by the service's own verbs."""
    session, owner, lead = world.session, world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]
    director, now = world.people[Role.DIRECTOR], MONDAY_MORNING - timedelta(hours=1)
    make_meeting(session, world.ours, date(2026, 11, 1))
    made = [make_action(session, world.ours, owner=owner, lead=lead, due=date(2027, 1, 1)) for _ in range(4)]
    claims = [services.claim(session, action, note="Done.", by=owner, now=now) for action in made[:3]]
    services.accept(session, claims[0], finding="Seen.", by=lead, now=now)
    services.send_back(session, claims[1], finding="Not yet.", by=lead, now=now)
    services.accept(session, claims[2], finding="Seen.", by=lead, now=now)
    services.reopen(session, made[2], reason="It has slipped.", by=lead, now=now)
    services.close(session, made[3], code=CloseReason.NO_LONGER_APPLIES, reason="Gone.", by=director, now=now)
    session.commit()


def test_who_has_the_link_reads_what_is_open_without_an_account(world: World, late: list[Action]) -> None:
    allowed(world)
    page = public(world, made_link(world.browser(Role.LEAD)))
    assert page.heading.endswith("Overdue report")
    for words in ("Appoint a nurse", "83 days late", "Date moved once, 60 days gained", "Said of Appoint a nurse"):
        assert words in page.text
    assert "2 late actions are exempt or confidential, and not shown here" in page.text


def test_nothing_exempt_nobodys_name_and_no_way_into_the_service_stand_on_it(world: World, late: list[Action]) -> None:
    allowed(world)
    everything_that_can_have_happened(world)
    page = public(world, made_link(world.browser(Role.LEAD)))
    source = page.response.get_data(as_text=True)
    hidden = [one.reference for one in late[1:]]
    for what in ("Completed and checked", "Opened again", "Claim returned", "Closed, not completed"):
        assert page.soup.find("h3", string=what), f"{what} is not on the page"
    for words in (SECRET, *hidden, *(person.name for person in world.people.values())):
        assert words not in source
    links = {str(link.get("href")) for link in page.soup.select("main a")}
    assert not any(link.startswith("/") for link in links), links
    assert page.response.headers["X-Robots-Tag"] == "noindex"


def test_a_link_is_shown_once_and_only_its_digest_is_kept(world: World, late: list[Action]) -> None:
    allowed(world)
    lead = world.browser(Role.LEAD)
    link = made_link(lead)
    again = lead.page("/public-links")
    assert again.soup.select_one(".app-address") is None
    assert "Agenda of 8 December" in again.text
    kept = world.session.query(PublicLink).one()
    assert kept.token_digest not in link


def test_a_link_ends_by_hand_by_time_and_where_the_council_allows_none(world: World, late: list[Action]) -> None:
    allowed(world)
    lead = world.browser(Role.LEAD)
    by_hand, by_time, by_rule = made_link(lead), made_link(lead), made_link(lead)
    links = world.session.query(PublicLink).order_by(PublicLink.id).all()
    links[1].expires_at = MONDAY_MORNING - timedelta(seconds=1)
    world.session.commit()
    ended = lead.follow(lead.send(f"/public-links/{links[0].id}/end"))
    assert "The link has ended" in ended.text
    assert public(world, by_hand).status == public(world, by_time).status == 404
    assert public(world, by_rule).status == 200
    administrator = world.browser(Role.ADMINISTRATOR)
    administrator.send("/public-links/days", days="0")
    assert public(world, by_rule).status == 404
    assert "Your council allows no links" in lead.page("/public-links").text
    administrator.send("/public-links/days", days="7")
    assert public(world, by_rule).status == 404  # what has ended stays so


def test_none_is_given_before_an_administrator_allows_it(world: World, late: list[Action]) -> None:
    lead = world.browser(Role.LEAD)
    refused = lead.follow(lead.send("/public-links", purpose="Agenda"))
    assert "An administrator can allow them" in refused.text
    assert world.session.query(PublicLink).count() == 0
    administrator = world.browser(Role.ADMINISTRATOR)
    for wrong in ("-1", str(MOST_DAYS + 1), "", "many"):
        assert administrator.send("/public-links/days", days=wrong).status == 400
    administrator.send("/public-links/days", days="14")
    assert "A link works for 14 days." in lead.page("/public-links").text


def test_another_councils_link_cannot_be_ended_and_a_guess_is_not_found(world: World, late: list[Action]) -> None:
    allowed(world)
    made_link(world.browser(Role.LEAD))
    link = world.session.query(PublicLink).one()
    assert world.stranger(Role.LEAD).send(f"/public-links/{link.id}/end").status == 404
    guess = public(world, "/public/guess")
    assert (guess.status, guess.heading) == (404, "This link does not work any more")
    world.session.refresh(link)
    assert link.ended_at is None
