"""Finding actions and changing many at once, in a browser: clicks counted, by keyboard, narrow, without JavaScript."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.factories import make_action, make_person, make_update
from tests.journeys.conftest import Service, Visit
from tests.pages import PASSWORD
from tracker.models import Action, Council, Person, work_for_all
from tracker.terms import Role

Open = Callable[[str], Visit]
MOST_CLICKS = 5  # PEERS section 4: hand over or update many


@pytest.fixture
def plan(session: Session, hackney: Council, service: Service) -> list[Action]:
    work_for_all(session)
    people = {row.role: row for row in session.scalars(select(Person).order_by(Person.id.desc()))}
    make_person(session, hackney, name="Hana Heir", email="heir@hackney.example")
    made = [
        make_action(session, hackney, owner=people[Role.SERVICE_MANAGER], lead=people[Role.LEAD], title=f"Thing {n}")
        for n in range(30)
    ]
    make_update(session, made[0], at=datetime(2026, 11, 20, 9, tzinfo=UTC), text="The panel agreed the thresholds.")
    session.commit()
    return made


def owned_by(session: Session, name: str) -> int:
    session.rollback()
    owner = select(func.count(Action.id)).join(Action.owner).where(Person.name == name)
    return session.scalar(owner) or 0


def test_a_page_of_actions_is_handed_over_in_five_clicks_and_given_back_in_one(
    session: Session, plan: list[Action], visit: Open
) -> None:
    lead = visit("lead").go("/actions")
    clicks = 0
    lead.look()
    lead.page.get_by_text("Choose all on this page").click()
    clicks += 1
    assert lead.page.locator("input[name=id]:checked").count() == 25
    lead.press("Change the chosen")
    clicks += 1
    lead.look()
    lead.page.get_by_label("Owner").select_option(label="Hana Heir, Head of Service")
    clicks += 1
    lead.fill("A note", "She takes the team over.")  # typing is left out of the count
    lead.press("See what will change")
    clicks += 1
    lead.look()
    lead.press("Change 25 actions")
    clicks += 1
    assert clicks <= MOST_CLICKS
    assert lead.heading == "25 actions changed"
    assert owned_by(session, "Hana Heir") == 25
    lead.look()
    lead.press("Undo this change")
    lead.see("25 actions have what they had before")
    assert owned_by(session, "Hana Heir") == 0
    lead.look()


def test_all_that_is_filtered_is_changed_in_four_clicks(session: Session, plan: list[Action], visit: Open) -> None:
    lead = visit("lead").go("/actions?words=thing")
    lead.follow("Change all 30")
    lead.page.get_by_label("Priority").select_option("high")
    lead.press("See what will change")
    lead.press("Change 30 actions")
    assert lead.heading == "30 actions changed"


def test_the_list_is_narrowed_and_saved_by_keyboard(plan: list[Action], visit: Open) -> None:
    lead = visit("lead").go("/actions")
    lead.page.get_by_label("Words or reference").focus()
    lead.page.keyboard.type("panel")
    lead.page.keyboard.press("Enter")
    lead.see("1 action, ")
    lead.page.locator("summary", has_text="Save this list as a view").focus()
    lead.page.keyboard.press("Enter")
    lead.page.get_by_label("Name of the view").focus()
    lead.page.keyboard.type("Panels")
    lead.page.keyboard.press("Enter")
    lead.see("The view “Panels” is saved.")
    lead.look()
    lead.follow("Manage views")
    lead.look()


def test_what_is_wrong_is_said_and_without_fault(plan: list[Action], visit: Open) -> None:
    lead = visit("lead").go(f"/actions/change?id={plan[0].id}")
    lead.press("See what will change")
    assert lead.page.locator(".govuk-error-summary a").count() == 1
    lead.look()
    lead.go("/actions?words=zebra").look()
    lead.go("/search?words=thresholds").look()
    lead.see("thresholds")
    lead.go("/search?words=zebra").look()


def test_filters_and_changes_work_without_javascript(
    session: Session, plan: list[Action], service: Service, visit: Open
) -> None:
    browser = visit("").context.browser
    assert browser is not None
    context = browser.new_context(java_script_enabled=False, base_url=service.url)
    page = context.new_page()
    page.goto("/sign-in")
    page.get_by_label("Email address").fill("lead@hackney.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).first.click()
    page.goto("/actions")
    page.get_by_label("Words or reference").fill("panel")
    page.get_by_role("button", name="Show these").click()
    page.get_by_label(f"Choose {plan[0].reference}").check()
    page.get_by_role("button", name="Change the chosen").click()
    page.get_by_label("Priority").select_option("low")
    page.get_by_role("button", name="See what will change").click()
    page.get_by_role("button", name="Change 1 action").click()
    assert page.locator("h1").inner_text() == "1 action changed"
    context.close()
