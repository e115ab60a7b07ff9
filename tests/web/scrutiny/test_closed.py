"""What was closed without being completed is neither open nor done, wherever progress is drawn."""

from datetime import date, timedelta

import pytest

from tests.factories import make_action, make_claim, make_report
from tests.pages import Page
from tests.web.conftest import World
from tracker.terms import Delivery, Role

TODAY = date(2026, 11, 23)


@pytest.fixture
def plan(world: World) -> None:
    """A report of eight actions: one done, one late, two open, four closed."""
    report = make_report(world.session, world.ours)
    deliveries = [Delivery.CHECKED, *[Delivery.IN_PROGRESS] * 3, *[Delivery.CLOSED_NOT_COMPLETED] * 4]
    for number, delivery in enumerate(deliveries):
        due = TODAY - timedelta(days=2) if number == 1 else TODAY + timedelta(days=9)
        action = make_action(world.session, world.ours, due=due, delivery=delivery, report=report)
    make_claim(world.session, action)
    world.session.commit()


def parts(page: Page) -> dict[str, str]:
    """The widths of the first bar's parts."""
    bar = page.soup.select_one("svg.app-bar")
    assert bar is not None
    return {str(part["class"][0]).removeprefix("app-bar__"): str(part["width"]) for part in bar.select("rect")[1:]}


@pytest.mark.usefixtures("plan")
@pytest.mark.parametrize("address", ["/reports", "/"])
def test_the_bars_do_not_draw_what_was_closed_as_open(world: World, address: str) -> None:
    page = world.browser(Role.LEAD).page(address)
    assert parts(page) == {"done": "12.50", "late": "12.50", "open": "25.00", "none": "50.00"}
    assert "4 closed, not completed" in page.text


@pytest.mark.usefixtures("plan")
def test_the_chart_and_its_table_add_up_to_the_same(world: World) -> None:
    page = world.browser(Role.SCRUTINY_MEMBER).page("/")
    table = page.soup.find("caption", string="Actions by report").find_parent("table")
    cells = {str(cell["data-label"]): cell.get_text() for cell in table.select("td")}
    assert cells == {"Actions": "8", "Done": "1", "Open": "3", "Late": "1", "Closed": "4"}
    assert "8 actions, 1 done, 1 late, 4 closed" in str(page.soup)
