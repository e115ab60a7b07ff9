"""A refusal stands at its own field, a hidden field refuses nothing, and no page offers what would be refused."""

from io import BytesIO
from typing import Any

import pytest
import wtforms
from sqlalchemy import func, select

from tests.factories import make_action, make_body, make_person, make_point, make_report
from tests.pages import Page, client_of
from tests.web.conftest import World, password_hash
from tracker.errors import InvalidValue, MoveNotAllowed
from tracker.models import Action, Contribution, Evidence, Extension, Update
from tracker.terms import Delivery, PointDecision, ReportStatus, Role
from tracker.web.refusals import place

OWNER, LEAD, DIRECTOR = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR
WORDS = "Work is under way"


@pytest.fixture
def action(world: World) -> Action:
    made = make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD])
    world.session.commit()
    return made


def send(world: World, action: Action, **fields: Any) -> Page:
    given = {"text": WORDS, "what": "update"} | fields
    return world.browser(OWNER).send(f"/actions/{action.reference}/update", **given)


def places(page: Page) -> dict[str, str]:
    """Where each error of the summary leads."""
    links = page.soup.select(".govuk-error-summary a")
    return {str(link["href"]): " ".join(link.get_text().split()) for link in links}


def count(world: World, kind: type[Any]) -> int:
    world.session.rollback()
    return world.session.scalar(select(func.count()).select_from(kind)) or 0


class Two(wtforms.Form):  # type: ignore[misc]  # WTForms carries no types
    """Two fields."""

    one = wtforms.StringField()
    other = wtforms.StringField()


@pytest.mark.parametrize("field", [None, "other", "of another form"])
def test_a_refusal_is_placed_at_its_field_or_the_fallback(field: str | None) -> None:
    form = Two()
    place(form, MoveNotAllowed("No.", field=field), fallback="one")
    assert form.errors == {"other" if field == "other" else "one": ["No."]}
    assert InvalidValue("No.").field is None


@pytest.mark.parametrize("name", ["update-notes.docx", "what protects people.txt", "Mark their line.pdf", "plan.txt"])
def test_an_empty_file_is_refused_at_the_files_whatever_its_name(world: World, action: Action, name: str) -> None:
    browser = world.browser(OWNER)
    data = {"text": WORDS, "what": "update", "files": (BytesIO(b""), name), "csrf_token": browser.token()}
    page = Page(browser.post(f"/actions/{action.reference}/update", data=data))
    assert page.status == 400
    assert places(page) == {"#files": f"{name} is empty. Choose the file again."}
    assert count(world, Evidence) == 0


def test_more_time_without_a_safeguard_is_refused_there(world: World, action: Action) -> None:
    until = {"until__day": "1", "until__month": "2", "until__year": "2027"}
    assert list(places(send(world, action, what="more_time", **until))) == ["#safeguard"]


def test_a_claim_before_a_body_is_done_is_refused_where_it_is_chosen(world: World, action: Action) -> None:
    body = make_body(world.session, world.ours, "The date and update office")
    world.session.add(Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id))
    world.session.commit()
    page = send(world, action, what="claim")
    assert page.status == 400
    assert list(places(page)) == ["#what"]


@pytest.mark.parametrize(("kind", "where"), [("by_date", "#limit_date-day"), ("within", "#limit_count")])
def test_a_time_limit_lacks_what_its_kind_needs(world: World, kind: str, where: str) -> None:
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    point = make_point(world.session, report, decision=PointDecision.PROPOSED)
    world.session.commit()
    fields: dict[str, Any] = {"title": "T", "words": "W", "section": "S", "limit_kind": kind, "limit_unit": "days",
              "owner": "0", "lead": "0"}  # fmt: skip
    for address in (f"/reports/{report.id}/points/{point.id}", f"/reports/{report.id}/points/add"):
        page = world.browser(LEAD).send(address, do="save", **fields)
        assert page.status == 400
        assert list(places(page)) == [where]


HIDDEN: dict[str, Any] = {
    "until__day": "31",
    "until__month": "2",
    "until__year": "x",
    "safeguard": "s" * 10_001,
    "review__day": "x",
    "pause_safeguard": "s" * 10_001,
}


def test_what_stands_in_hidden_fields_does_not_block_an_update(world: World, action: Action) -> None:
    assert send(world, action, **HIDDEN).status == 302
    assert count(world, Update) == 1
    assert count(world, Extension) == 0


def test_only_what_the_choice_shows_is_judged(world: World, action: Action) -> None:
    page = send(world, action, what="more_time", **HIDDEN)
    assert list(places(page)) == ["#until-year", "#safeguard"]
    page = send(world, action, what="pause", **HIDDEN)
    assert list(places(page)) == ["#review-month", "#pause_safeguard"]
    assert send(world, action, what="claim", **HIDDEN).status == 302


def test_all_that_more_time_lacks_is_said_at_once(world: World, action: Action) -> None:
    page = send(world, action, what="more_time", text="")
    assert places(page) == {
        "#text": "Say in a line what has happened",
        "#until-day": "Enter the date you need, like 1 9 2012",
    }


def test_somebody_without_a_part_in_it_is_not_asked_what_has_happened(world: World, action: Action) -> None:
    other = make_person(world.session, world.ours, OWNER, password_hash=password_hash())
    world.session.commit()
    page = client_of(world.app, other.email).page(f"/actions/{action.reference}/update", 403)
    assert "You cannot write an update to this action. The owner or a lead can." in page.text


@pytest.mark.parametrize("role", [OWNER, LEAD])
def test_nobody_is_asked_what_happened_to_an_ended_action(world: World, action: Action, role: Role) -> None:
    action.delivery = Delivery.CHECKED
    world.session.commit()
    page = world.browser(role).page(f"/actions/{action.reference}/update", 409)
    assert "it stands at “Completed and checked”" in page.text


def test_the_reason_is_asked_only_of_who_may_make_the_move_from_here(world: World, action: Action) -> None:
    address = f"/actions/{action.reference}"
    lead, director = world.browser(LEAD), world.browser(DIRECTOR)
    assert "A director can." in lead.page(f"{address}/close", 403).text
    director.page(f"{address}/close")
    assert "it stands at" in lead.page(f"{address}/reopen", 409).text
    action.delivery = Delivery.CLOSED_NOT_COMPLETED
    world.session.commit()
    assert "it stands at" in director.page(f"{address}/close", 409).text
    lead.page(f"{address}/reopen")
