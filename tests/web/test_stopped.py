"""Opening a report's checking again leads to the point one was at."""

import pytest
from sqlalchemy import func, select

from tests.factories import make_point, make_report
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import ActionPoint, CheckingPlace, Report
from tracker.terms import PointDecision, ReportStatus, Role


@pytest.fixture
def report(world: World) -> Report:
    """A report of five points, of which nobody has checked one."""
    made = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    for number in range(5):
        make_point(world.session, made, words=f"Do thing {number}.", decision=PointDecision.PROPOSED)
    world.session.commit()
    return made


def points(world: World) -> list[ActionPoint]:
    found = list(world.session.scalars(select(ActionPoint).order_by(ActionPoint.position)))
    world.session.commit()
    return found


def opened(browser: PageClient, report: Report) -> str:
    return browser.page(f"/reports/{report.id}/check").field("words")


def keep(browser: PageClient, point: ActionPoint) -> Page:
    page = browser.page(f"/reports/{point.report_id}/check?point={point.id}")
    names = ("title", "words", "section", "limit_kind", "limit_count", "limit_unit", "owner", "lead")
    fields = {name: page.field(name) for name in names}
    return browser.send(f"/reports/{point.report_id}/points/{point.id}", do="keep", **fields)


def test_whoever_has_not_begun_starts_at_the_first(world: World, report: Report) -> None:
    assert opened(world.browser(Role.LEAD), report) == "Do thing 0."


def test_after_keeping_a_point_one_is_at_the_next(world: World, report: Report) -> None:
    lead = world.browser(Role.LEAD)
    keep(lead, points(world)[2])
    assert opened(lead, report) == "Do thing 3."


def test_leaving_out_goes_on_and_taking_back_stays(world: World, report: Report) -> None:
    lead, third = world.browser(Role.LEAD), points(world)[2]
    lead.send(f"/reports/{report.id}/points/{third.id}/leave-out", reason="It is a heading.")
    assert opened(lead, report) == "Do thing 3."
    lead.send(f"/reports/{report.id}/points/{third.id}/put-back")
    assert opened(lead, report) == "Do thing 2."


def test_where_one_went_by_link_or_key_is_said_by_the_page(world: World, report: Report) -> None:
    lead, fourth = world.browser(Role.LEAD), points(world)[3]
    page = lead.page(f"/reports/{report.id}/check?point={fourth.id}")
    assert opened(lead, report) == "Do thing 0."  # looking at it changes nothing
    address = page.soup.select_one("[data-here]")
    assert address is not None
    assert lead.send(str(address["data-here"])).status == 204
    assert opened(lead, report) == "Do thing 3."
    assert lead.page(f"/reports/{report.id}/check").soup.select_one("[data-here]") is None  # it is known already


def test_each_person_has_a_place_of_their_own_and_one_a_report(world: World, report: Report) -> None:
    lead, director = world.browser(Role.LEAD), world.browser(Role.DIRECTOR)
    for point in points(world)[1:3]:
        lead.send(f"/reports/{report.id}/points/{point.id}/here")
    director.send(f"/reports/{report.id}/points/{points(world)[4].id}/here")
    assert opened(lead, report) == "Do thing 2."
    assert opened(director, report) == "Do thing 4."
    assert world.session.scalar(select(func.count(CheckingPlace.id))) == 2


def test_a_point_that_is_gone_gives_way_to_the_first_undecided(world: World, report: Report) -> None:
    lead, third = world.browser(Role.LEAD), points(world)[2]
    lead.send(f"/reports/{report.id}/points/{third.id}/here")
    lead.send(f"/reports/{report.id}/points/{third.id}/split", parts="Do it.\n\nDo it well.")
    world.session.expire_all()
    assert opened(lead, report) == "Do thing 0."


def test_the_list_of_reports_says_how_far_the_checking_is(world: World, report: Report) -> None:
    lead = world.browser(Role.LEAD)
    assert "0 of 5 checked" in lead.page("/reports").text
    keep(lead, points(world)[0])
    page = lead.page("/reports")
    assert "1 of 5 checked" in page.text
    assert "Go on checking" in page.text
    assert "Go on checking" not in world.browser(Role.SCRUTINY_MEMBER).page("/reports").text
