"""The pages of pausing, looking again, responding, planning and handing over many; and of two who edit at once."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from bs4 import Tag
from sqlalchemy import select

from tests.factories import LONG_AGO, make_action, make_body, make_holding_check, make_pause, make_person, make_step
from tests.pages import Page
from tests.web.conftest import World
from tracker.actions import decisions
from tracker.models import Action, Contribution, Evidence, Person
from tracker.terms import Decision, Delivery, HoldingOutcome, Outlook, Response, Role, Scan

OWNER, LEAD, DIRECTOR = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR


@pytest.fixture
def action(world: World) -> Action:
    made = make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD])
    world.session.commit()
    return made


def fresh(world: World, action: Action) -> Action:
    world.session.rollback()
    world.session.refresh(action)
    return action


def update(world: World, action: Action, **fields: Any) -> Page:
    return world.browser(OWNER).send(f"/actions/{action.reference}/update", **fields)


REVIEW = {"review__day": "20", "review__month": "1", "review__year": "2027"}


def test_a_pause_is_asked_for_with_the_update_and_decided_by_one_of_two_buttons(world: World, action: Action) -> None:
    refused = update(world, action, what="pause", text="Vacant.", **REVIEW)
    assert refused.errors == ["Say what protects people meanwhile."]
    assert update(world, action, what="pause", text="Vacant.", pause_safeguard="A weekly look.", **REVIEW).status == 302
    lead = world.browser(LEAD)
    assert "asks for a pause until 20 January 2027" in lead.page("/").text
    page = lead.page(f"/actions/{action.reference}/pause")
    assert "A weekly look." in page.text
    page = lead.follow(lead.send(f"/actions/{action.reference}/pause", about=page.field("about"), decision="accept"))
    assert f"{action.reference} is paused." in page.soup.get_text()
    assert fresh(world, action).delivery is Delivery.PAUSED
    assert "Paused, to be looked at again on 20 January 2027." in lead.page(f"/actions/{action.reference}").text
    owner = world.browser(OWNER)
    page = owner.follow(owner.send(f"/actions/{action.reference}/resume"))
    assert "is in progress again" in page.soup.get_text()
    assert fresh(world, action).delivery is Delivery.IN_PROGRESS


def test_a_pause_is_refused_with_a_reason(world: World, action: Action) -> None:
    make_pause(world.session, action, agreed=False)
    world.session.commit()
    lead, address = world.browser(LEAD), f"/actions/{action.reference}/pause"
    assert lead.send(address, decision="return").errors == ["Say why it is refused."]
    assert lead.send(address, decision="return", note="It can be covered.").status == 302
    assert "It can be covered." in world.browser(OWNER).page(f"/actions/{action.reference}").text
    assert lead.send(address, decision="accept").status == 409


@pytest.mark.parametrize(
    ("pressed", "delivery", "said"),
    [("accept", Delivery.HOLDING, "is holding"), ("return", Delivery.IN_PROGRESS, "is open again")],
)
def test_looking_again_is_one_page_with_two_buttons(
    world: World, action: Action, pressed: str, delivery: Delivery, said: str
) -> None:
    action.delivery = Delivery.CHECKED
    check = make_holding_check(world.session, action)
    world.session.commit()
    lead, address = world.browser(LEAD), f"/actions/{action.reference}/look-again"
    assert "is it still so?" in lead.page("/").text
    assert lead.send(address, decision=pressed, finding=" ").status == 400
    data = {
        "about": str(check.id), "decision": pressed, "finding": "Five files read.", "csrf_token": lead.token(),
        "files": [(BytesIO(b"sample"), "sample.txt")],
    }  # fmt: skip
    page = lead.follow(Page(lead.post(address, data=data)))
    assert said in page.soup.get_text()
    assert fresh(world, action).delivery is delivery
    (file,) = world.session.scalars(select(Evidence)).all()
    assert (file.holding_check_id, file.by_checker) == (check.id, True)
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/actions/{action.reference}")
    assert "Five files read." in page.text
    assert lead.send(address, decision="accept", finding="Again.").status == 409


def test_an_owner_is_shown_why_they_cannot_look_again_at_their_own(world: World, action: Action) -> None:
    action.delivery = Delivery.CHECKED
    make_holding_check(world.session, action)
    world.session.commit()
    page = world.browser(OWNER).page(f"/actions/{action.reference}/look-again")
    assert "Nobody checks their own work." in page.text
    assert not page.soup.select("button[name=decision]")


def test_a_link_is_evidence_and_a_made_up_one_is_refused(world: World, action: Action) -> None:
    for wrong in ("minutes", "javascript:alert(1)", "http:///x", "file:///etc/passwd", "https://a b"):
        page = update(world, action, what="update", text="Agreed.", link=wrong)
        assert page.errors == ["Enter a full address, like https://example.org/minutes"], wrong
    update(world, action, what="claim", text="Agreed.", link="https://westmere.example/minutes?id=7")
    page = world.browser(LEAD).page(f"/actions/{action.reference}/check")
    link = page.soup.select_one('a[href="https://westmere.example/minutes?id=7"]')
    assert link is not None
    assert "noopener" in (link.get("rel") or [])
    row = world.session.scalars(select(Evidence)).one()
    assert world.browser(LEAD).get(f"/evidence/{row.id}").status_code == 404


@pytest.mark.parametrize(("scan", "status"), [(Scan.WAITING, 404), (Scan.REFUSED, 404), (Scan.PASSED, 200)])
def test_a_file_is_given_out_only_when_it_has_passed(world: World, action: Action, scan: Scan, status: int) -> None:
    wiring = world.app.extensions["tracker"]
    world.app.extensions["tracker"] = replace(wiring, settings=replace(wiring.settings, scanner="scan -"))
    owner = world.browser(OWNER)
    data = {"what": "update", "text": "Read.", "files": [(BytesIO(b"log"), "log.txt")], "csrf_token": owner.token()}
    owner.post(f"/actions/{action.reference}/update", data=data)
    row = world.session.scalars(select(Evidence)).one()
    assert row.scan is Scan.WAITING
    row.scan = scan
    world.session.commit()
    page = owner.page(f"/actions/{action.reference}")
    assert (scan.label in page.text) is (status == 404)
    assert owner.get(f"/evidence/{row.id}").status_code == status


def test_the_response_is_given_with_its_reason(world: World, action: Action) -> None:
    lead, address = world.browser(LEAD), f"/actions/{action.reference}/response"
    page = lead.send(address, response="partly_accepted", reason="")
    assert page.errors == ["Say why it is partly accepted. The reason stands in the report."]
    assert lead.send(address, response="not_accepted", reason="Another's duty.").status == 403
    assert fresh(world, action).response is Response.ACCEPTED
    director = world.browser(DIRECTOR)
    page = director.follow(director.send(address, response="not_accepted", reason="Another's duty."))
    assert "Closed, not completed" in page.text
    assert "The recommendation is not accepted. Approved by" in page.text


def test_what_supersedes_it_is_named(world: World, action: Action) -> None:
    other = make_action(world.session, world.ours)
    world.session.commit()
    director, address = world.browser(DIRECTOR), f"/actions/{action.reference}/close"
    fields = {"code": "superseded", "reason": "The new plan has it."}
    for wrong in ("", "NOT-2026-99", action.reference):
        assert director.send(address, **fields, successor=wrong).status == 400, wrong
    page = director.follow(director.send(address, **fields, successor=other.reference))
    assert page.soup.select_one(f'a[href$="/actions/{other.reference}"]')


def bodys_line(world: World, action: Action) -> Contribution:
    body = make_body(world.session, world.ours, "The hospital trust")
    line = Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id)
    world.session.add(line)
    world.session.commit()
    return line


def details(world: World, action: Action) -> dict[str, str]:
    page = world.browser(LEAD).page(f"/actions/{action.reference}/details")
    names = ("title", "success_test", "priority", "service_id", "theme_id", "outcome_area_id", "checker_id", "marking")
    return {name: page.field(name) for name in (*names, "opened")}


def test_two_who_edit_at_once_see_both_and_are_asked(world: World, action: Action) -> None:
    address = f"/actions/{action.reference}/details"
    mine, theirs = details(world, action), details(world, action)
    director, lead = world.browser(DIRECTOR), world.browser(LEAD)
    assert director.send(address, **(theirs | {"title": "Their title", "priority": "high"})).status == 302
    page = lead.send(address, **(mine | {"title": "My title"}))
    assert page.status == 409
    for words in ("Somebody else changed these details", "Title: Their title", "Priority: High"):
        assert words in page.text
    assert page.field("title") == "My title"
    assert fresh(world, action).title == "Their title"
    again = {**mine, "title": "My title", "opened": page.field("opened")}
    assert lead.send(address, **again).status == 302
    assert fresh(world, action).title == "My title"


def test_two_who_respond_at_once_see_both_and_are_asked(world: World, action: Action) -> None:
    address = f"/actions/{action.reference}/response"
    director, lead = world.browser(DIRECTOR), world.browser(LEAD)
    opened = lead.page(address).field("opened")
    theirs = {"response": "partly_accepted", "reason": "The second half is law already.", "opened": opened}
    assert director.send(address, **theirs).status == 302
    mine = {"response": "awaiting", "reason": "The board has not met."}
    page = lead.send(address, **mine, opened=opened)
    assert page.status == 409
    for words in ("Somebody else changed the response", "Response: Partly accepted", "law already"):
        assert words in page.text
    assert page.field("reason") == "The board has not met."
    assert fresh(world, action).response is Response.PARTLY_ACCEPTED
    assert lead.send(address, **mine, opened=page.field("opened")).status == 302
    assert fresh(world, action).response is Response.AWAITING


def test_two_who_note_a_bodys_line_at_once_see_both_and_are_asked(world: World, action: Action) -> None:
    line = bodys_line(world, action)
    address = f"/actions/{action.reference}/contributions/{line.id}/line"
    owner, lead = world.browser(OWNER), world.browser(LEAD)
    opened = owner.page(address).field("opened")
    assert lead.send(address, status="done", note="The clinic is open.", opened=opened).status == 302
    page = owner.send(address, status="in_progress", note="They begin on Monday.", opened=opened)
    assert page.status == 409
    for words in ("Somebody else changed this line", "Where is it? Done", "The clinic is open."):
        assert words in page.text
    assert (page.field("status"), page.field("note")) == ("in_progress", "They begin on Monday.")
    mine = {"status": "in_progress", "note": "They begin on Monday."}
    assert owner.send(address, **mine, opened=page.field("opened")).status == 302
    world.session.rollback()
    world.session.refresh(line)
    assert line.note == "They begin on Monday."


def test_two_who_note_whom_to_ask_at_once_see_both_and_are_asked(world: World, action: Action) -> None:
    line = bodys_line(world, action)
    address = f"/actions/{action.reference}/contributions/{line.id}/contact"
    owner, lead = world.browser(OWNER), world.browser(LEAD)
    opened = owner.page(address).field("opened")
    theirs = {"contact_name": "Ann Lee", "due__day": "1", "due__month": "12", "due__year": "2026"}
    assert lead.send(address, **theirs, opened=opened).status == 302
    page = owner.send(address, contact_name="Bo Lin", opened=opened)
    assert page.status == 409
    assert "Name: Ann Lee" in page.text
    assert "By when is their part wanted? 1 December 2026" in page.text
    assert owner.send(address, contact_name="Bo Lin", opened=page.field("opened")).status == 302


def test_two_who_hand_over_at_once_see_both_and_are_asked(world: World, action: Action) -> None:
    address, people = f"/actions/{action.reference}/hand-over", world.people
    lead, director = world.browser(LEAD), world.browser(DIRECTOR)
    opened, stays = lead.page(address).field("opened"), str(people[LEAD].id)
    theirs = {"owner": str(people[DIRECTOR].id), "lead": stays, "note": "I take it on.", "opened": opened}
    assert director.send(address, **theirs).status == 302
    mine = {"owner": stays, "lead": stays, "note": "She has left."}
    page = lead.send(address, **mine, opened=opened)
    assert page.status == 409
    assert f"Owner: {people[DIRECTOR].name}" in page.text
    assert "The same as you typed" not in page.text
    assert (page.field("owner"), page.field("note")) == (stays, "She has left.")
    assert lead.send(address, **mine, opened=page.field("opened")).status == 302
    assert fresh(world, action).owner_id == people[LEAD].id


def test_only_a_lead_is_offered_not_to_wait_for_a_body(world: World, action: Action) -> None:
    address = f"/actions/{action.reference}/contributions/{bodys_line(world, action).id}/line"
    offered = {
        role: [option["value"] for option in world.browser(role).page(address).soup.select("#status option")]
        for role in (OWNER, LEAD)
    }
    assert "not_waited_for" in offered[LEAD]
    assert "not_waited_for" not in offered[OWNER]
    refused = world.browser(LEAD).send(address, status="not_waited_for", note=" ")
    assert refused.errors == ["Say why it can be claimed without this body."]


def test_what_is_marked_is_said_on_the_page(world: World, action: Action) -> None:
    lead = world.browser(LEAD)
    changed = details(world, action) | {"marking": "exempt", "success_test": "Nine of ten files show it."}
    page = lead.follow(lead.send(f"/actions/{action.reference}/details", **changed))
    assert "Changed: success test, marking." in page.soup.get_text()
    assert "Exempt" in page.text
    assert "Nine of ten files show it." in page.text


def test_steps_are_planned_and_noted_on_one_page(world: World, action: Action) -> None:
    owner, address = world.browser(OWNER), f"/actions/{action.reference}/steps"
    assert owner.send(address, title="Agree it").status == 400
    late = {"due__day": "2", "due__month": "12", "due__year": "2026"}
    assert "no later than 1 December 2026" in owner.send(address, title="Agree it", **late).errors[0]
    page = owner.follow(owner.send(address, title="Agree it", due__day="30", due__month="11", due__year="2026"))
    assert "Agree it" in page.text
    (step,) = fresh(world, action).milestones
    page = owner.follow(owner.send(f"{address}/{step.id}/done"))
    assert "20 November 2026" in page.text or "Not done after all" in page.text
    assert owner.send(f"{address}/{step.id}/remove").status == 302
    assert world.browser(OWNER).send(f"{address}/{step.id}/done").status == 404


def test_the_outlook_stands_with_its_reason_and_a_judgement_beside_it(world: World, action: Action) -> None:
    make_step(world.session, action, date(2026, 9, 1), title="Appoint")
    world.session.commit()
    lead = world.browser(LEAD)
    assert "The step “Appoint” is" in lead.page(f"/actions/{action.reference}").text
    assert "What may not be done in time" in lead.page("/").text
    page = lead.follow(
        lead.send(f"/actions/{action.reference}/outlook", outlook="on_track", reason="It was appointed in May.")
    )
    assert "judges: On track It was appointed in May." in page.text
    assert "Off track" in page.text
    assert fresh(world, action).outlook_override is Outlook.ON_TRACK


def test_an_assumed_date_waits_for_a_lead_to_agree(world: World, action: Action) -> None:
    action.due_assumed = True
    world.session.commit()
    lead = world.browser(LEAD)
    assert "Dates that were assumed" in lead.page("/").text
    page = lead.follow(lead.send(f"/actions/{action.reference}/agree-date"))
    assert "Dates that were assumed" not in page.text
    assert "assumed and agreed by a lead" in lead.page(f"/actions/{action.reference}").text


def test_whom_to_ask_at_a_body_stands_on_the_action(world: World, action: Action) -> None:
    body = make_body(world.session, world.ours, "The hospital trust")
    line = Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id)
    world.session.add(line)
    world.session.commit()
    owner, address = world.browser(OWNER), f"/actions/{action.reference}/contributions/{line.id}/contact"
    assert owner.send(address, contact_email="nobody").status == 400
    page = owner.follow(owner.send(address, contact_name="Ann Lee", contact_email="ann@trust.example"))
    assert "Ask Ann Lee, ann@trust.example" in page.text


def leaver(world: World) -> Person:
    owner = world.people[OWNER]
    owner.active = False
    for title in ("One", "Two", "Three"):
        make_action(world.session, world.ours, owner=owner, lead=world.people[LEAD], title=title)
    world.session.commit()
    return owner


@pytest.mark.parametrize(("number", "said"), [(25, False), (26, True)])
def test_where_more_dates_were_assumed_than_are_shown_the_queue_says_so_and_leads_to_all(
    world: World, number: int, said: bool
) -> None:
    for _ in range(number):
        make_action(world.session, world.ours, owner=world.people[OWNER], due_assumed=True)
    make_action(world.session, world.ours, owner=world.people[OWNER], due_assumed=True, assumed_seen_at=LONG_AGO)
    world.session.commit()
    lead = world.browser(LEAD)
    page = lead.page("/")
    assert ("25 of 26 are shown." in page.text) is said
    if said:
        link = page.soup.find("a", string="See all 26 dates that were assumed")
        assert isinstance(link, Tag)
        listed = lead.page(str(link["href"]))
        assert "26 actions" in listed.text
        assert "Assumed date: Assumed, not agreed yet" in listed.text


def test_a_lead_who_owns_it_is_told_why_another_has_to_agree_to_its_date(world: World) -> None:
    mine = make_action(world.session, world.ours, owner=world.people[LEAD], due_assumed=True)
    world.session.commit()
    page = world.browser(LEAD).page("/")
    assert "You cannot agree to its assumed date: nobody decides on their own work." in page.text
    assert not page.soup.select(f"form[action$='{mine.reference}/agree-date']")


def offered(page: Page, field: str) -> list[str]:
    return [option.get_text(strip=True) for option in page.soup.select(f"select[name={field}] option")]


def test_whoever_holds_the_post_of_an_action_is_offered_first(world: World, action: Action) -> None:
    heir = make_person(world.session, world.ours, name="Zoe Young", post="Head of Early Help")
    make_person(world.session, world.ours, name="Aa Gone", post="Head of Early Help", active=False)
    action.post_id = heir.post_id
    world.session.commit()
    lead = world.browser(LEAD)
    page = lead.page(f"/actions/{action.reference}/hand-over")
    assert offered(page, "owner")[0] == "Zoe Young, holds the post of Head of Early Help"
    assert not [words for words in offered(page, "owner")[1:] if "Early Help" in words]
    assert page.field("owner") == str(action.owner_id)  # nobody is handed over by a page that is only opened
    page = lead.page(f"/hand-over?giver={action.owner_id}")
    assert offered(page, "taker")[0] == "Zoe Young, holds the post of Head of Early Help"


def test_a_leavers_actions_are_handed_over_on_one_page(world: World) -> None:
    owner, director = leaver(world), world.people[DIRECTOR]
    lead = world.browser(LEAD)
    assert "3 open actions. Their account is closed." in lead.page("/").text
    page = lead.page(f"/hand-over?giver={owner.id}")
    boxes = [str(box["value"]) for box in page.soup.select("input[name=actions]")]
    assert len(boxes) == 3
    assert all(box.has_attr("checked") for box in page.soup.select("input[name=actions]"))
    fields = {"giver": str(owner.id), "taker": str(director.id)}
    assert "at least one" in lead.send("/hand-over", **fields, note="They left.").errors[0]
    assert lead.send("/hand-over", **fields, actions=boxes[:2]).status == 400
    page = lead.follow(lead.send("/hand-over", **fields, actions=boxes[:2], note="They left."))
    assert f"{director.name} now owns 2 actions that {owner.name} had." in page.soup.get_text()
    world.session.rollback()
    owners = world.session.scalars(select(Action.owner_id).order_by(Action.id)).all()
    assert owners == [director.id, director.id, owner.id]
    stale = lead.send("/hand-over", **fields, actions=boxes, note="They left.")
    assert "changed hands or ended meanwhile" in stale.errors[0]


def test_who_waits_for_nothing_is_offered_nothing(world: World, action: Action) -> None:
    assert decisions.pauses_waiting(world.session) == []
    page = world.browser(LEAD).page(f"/actions/{action.reference}/look-again", 409)
    assert "nothing to look at again" in page.text
    assert Decision.WAITING.label not in page.text
    assert HoldingOutcome.WAITING.label not in page.text


def test_a_reports_dates_are_counted_from_another_day_and_decided_together(world: World, action: Action) -> None:
    lead, director = world.browser(LEAD), world.browser(DIRECTOR)
    address = f"/reports/{action.report_id}/base-date"
    day = {"base__day": "10", "base__month": "10", "base__year": "2026"}
    shown = lead.page(address + "?" + "&".join(f"{name.replace('__', '-')}={value}" for name, value in day.items()))
    assert "10 January 2027 in place of 1 December 2026" in shown.text
    assert lead.send(address, **day, reason="Late.").errors == ["Say what protects people meanwhile."]
    page = lead.follow(lead.send(address, **day, reason="The report came late.", safeguard="A weekly look."))
    assert "1 later date asked for." in page.soup.get_text()
    more_time = f"/reports/{action.report_id}/more-time"
    assert "another lead has to decide" in lead.page(more_time).text
    page = director.page(more_time)
    stale = director.send(more_time, about="", decision="accept")
    assert stale.status == 409
    page = director.follow(director.send(more_time, about=page.field("about"), decision="accept"))
    assert "1 request for more time agreed." in page.soup.get_text()
    moved = fresh(world, action)
    assert (moved.original_due_date, moved.current_due_date) == (date(2026, 12, 1), date(2027, 1, 10))
