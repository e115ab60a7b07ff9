"""The list of actions, the page of one, and everything that can be done to it, by who may do it."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import make_action, make_body, make_claim, make_extension
from tests.pages import Page
from tests.web.conftest import World
from tracker.models import Action, Claim, Contribution, Evidence, Extension, Update
from tracker.terms import ContributionStatus, Decision, Delivery, Role

OWNER, LEAD, DIRECTOR = Role.SERVICE_MANAGER, Role.LEAD, Role.DIRECTOR
UNTIL = {"until__day": "1", "until__month": "2", "until__year": "2027"}


@pytest.fixture
def action(world: World) -> Action:
    made = make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD])
    world.session.commit()
    return made


def fresh(world: World, action: Action) -> Action:
    world.session.rollback()
    world.session.refresh(action)
    return action


def count(world: World, kind: type[Any]) -> int:
    world.session.rollback()
    return world.session.scalar(select(func.count()).select_from(kind)) or 0


def update(world: World, action: Action, role: Role = OWNER, **fields: Any) -> Page:
    return world.browser(role).send(f"/actions/{action.reference}/update", **({"what": "update"} | fields))


@pytest.mark.parametrize("address", [
    "/reports/99999999999999999999", "/evidence/99999999999999999999", "/reports/99999999999999999999/check",
])  # fmt: skip
def test_a_number_too_large_for_any_row_is_not_found(world: World, address: str) -> None:
    assert world.browser(LEAD).page(address, 404).heading == "Page not found"


def test_a_text_no_database_can_take_is_refused_and_leaves_nothing(world: World, action: Action) -> None:
    assert update(world, action, text="a\x00b").status == 400
    assert count(world, Update) == 0


BUTTONS = {
    OWNER: {"Say what has happened", "Ask for more time", "Claim that it is done"},
    LEAD: {"Say what has happened"},
    DIRECTOR: {"Say what has happened", "Close it, not completed"},
    Role.SCRUTINY_MEMBER: set[str](),
    Role.ADMINISTRATOR: set[str](),
}
EVERY_BUTTON = {*BUTTONS[OWNER], *BUTTONS[DIRECTOR], "Check this claim", "Decide on more time", "Open it again"}


def buttons(page: Page) -> set[str]:
    assert page.soup.main is not None
    return {" ".join(link.get_text().split()) for link in page.soup.main.select("a")} & EVERY_BUTTON


@pytest.mark.parametrize("role", list(Role))
def test_each_role_is_offered_what_it_may_do(world: World, action: Action, role: Role) -> None:
    page = world.browser(role).page(f"/actions/{action.reference}")
    assert buttons(page) == BUTTONS[role]
    assert action.due_sum in page.text


def test_a_claim_that_waits_is_offered_to_those_who_may_check_it(world: World, action: Action) -> None:
    action.delivery = Delivery.AWAITING_CHECK
    make_claim(world.session, action)
    world.session.commit()
    address = f"/actions/{action.reference}"
    assert "Check this claim" in buttons(world.browser(LEAD).page(address))
    page = world.browser(OWNER).page(address)
    assert "Check this claim" not in buttons(page)
    assert "Nobody checks their own work" in page.text
    assert "A lead has to check it." in world.browser(Role.SCRUTINY_MEMBER).page(address).text


def with_files(world: World, action: Action, text: str, *uploads: tuple[bytes, str]) -> Page:
    browser = world.browser(OWNER)
    sent = [(BytesIO(data), name) for data, name in uploads]
    data = {"what": "update", "text": text, "files": sent, "csrf_token": browser.token()}
    answer = Page(browser.post(f"/actions/{action.reference}/update", data=data))
    return browser.follow(answer) if answer.status == 302 else answer


def test_an_update_is_shown_with_its_files(world: World, action: Action) -> None:
    page = with_files(world, action, "Log read.", (b"one", "one.txt"), (b"two", "two.txt"))
    assert "Your update has been saved." in page.soup.get_text()
    for words in ("Log read.", "one.txt", "two.txt"):
        assert words in page.text
    row = world.session.scalars(select(Evidence).order_by(Evidence.id)).first()
    assert row is not None
    assert world.browser(Role.SCRUTINY_MEMBER).get(f"/evidence/{row.id}").get_data() == b"one"


def test_an_empty_file_is_refused_with_the_whole_update(world: World, action: Action) -> None:
    page = with_files(world, action, "Log read.", (b"one", "one.txt"), (b"", "empty.txt"))
    assert (page.status, page.errors) == (400, ["empty.txt is empty. Choose the file again."])
    assert count(world, Update) == count(world, Evidence) == 0


def test_a_claim_waits_for_a_body_unless_a_lead_lets_it_pass(world: World, action: Action) -> None:
    body = make_body(world.session, world.ours, "The hospital trust")
    world.session.add(Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id))
    world.session.commit()
    page = update(world, action, what="claim", text="Done.")
    assert page.status == 400
    assert "The hospital trust has not finished" in page.errors[0]
    line = f"/actions/{action.reference}/contributions/{action.contributions[0].id}/line"
    assert world.browser(OWNER).send(line, status="not_waited_for", note="Only told.").status == 403
    assert world.browser(LEAD).send(line, status="not_waited_for", note="They only had to be told.").status == 302
    assert update(world, action, what="claim", text="Done.").status == 302
    assert fresh(world, action).delivery is Delivery.AWAITING_CHECK


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": ""}, "Say in a line what has happened"),
        ({"text": "   "}, "Say in a line what has happened"),
        (
            {"text": "Vacant.", "what": "more_time", **UNTIL},
            "Say what protects people meanwhile.",
        ),
        ({"text": "Vacant.", "what": "more_time", "safeguard": "Weekly."}, "Enter the date you need, like 1 9 2012"),
        ({"text": "x", "what": "vanish"}, "Not a valid choice."),
    ],
)  # fmt: skip
def test_what_cannot_be_said_of_an_action_is_refused_in_words(
    world: World, action: Action, fields: dict[str, str], words: str
) -> None:
    page = update(world, action, **fields)
    assert page.status == 400
    assert words in page.errors
    assert count(world, Update) == count(world, Extension) == 0


def test_an_action_that_has_ended_takes_no_update_by_an_old_page(world: World, action: Action) -> None:
    action.delivery = Delivery.CHECKED
    world.session.commit()
    page = update(world, action, text="Log read.")
    assert page.status == 400
    assert "it stands at “Completed and checked”" in page.errors[0]


def test_somebody_who_is_not_the_owner_cannot_ask_for_more_time(world: World, action: Action) -> None:
    page = update(world, action, LEAD, text="Vacant.", what="more_time", safeguard="Weekly.", **UNTIL)
    assert page.status == 403
    assert "You cannot ask for more time. The owner can." in page.text


@pytest.mark.parametrize(
    ("decision", "outcome", "said"),
    [("accept", Decision.AGREED, "has been agreed"), ("return", Decision.REFUSED, "has been refused")],
)
def test_more_time_is_asked_for_and_decided_once(
    world: World, action: Action, decision: str, outcome: Decision, said: str
) -> None:
    update(world, action, text="Vacant.", what="more_time", safeguard="A weekly look.", **UNTIL)
    browser, address = world.browser(LEAD), f"/actions/{action.reference}/decide"
    page = browser.page(address)
    assert "A weekly look." in page.text
    page = browser.follow(browser.send(address, decision=decision, note="Because."))
    assert said in page.soup.get_text()
    again = world.browser(DIRECTOR).send(address, decision="accept", note="Because.")
    assert again.status == 409
    assert "may have been decided already" in again.text
    world.session.rollback()
    assert world.session.scalars(select(Extension.outcome)).all() == [outcome]
    later = date(2027, 2, 1) if outcome is Decision.AGREED else date(2026, 12, 1)
    assert fresh(world, action).current_due_date == later


@pytest.mark.parametrize(
    ("fields", "words"),
    [({"decision": "return"}, "Say why it is refused."), ({}, "Use one of the two buttons below the form.")],
)
def test_a_decision_lacks_nothing(world: World, action: Action, fields: dict[str, str], words: str) -> None:
    make_extension(world.session, action, agreed=False)
    world.session.commit()
    page = world.browser(LEAD).send(f"/actions/{action.reference}/decide", **fields)
    assert (page.status, page.errors) == (400, [words])


def claimed(world: World, action: Action) -> None:
    action.delivery, action.claimed_on = Delivery.AWAITING_CHECK, date(2026, 11, 20)
    make_claim(world.session, action)
    world.session.commit()


def test_a_claim_that_two_leads_open_is_decided_once(world: World, action: Action) -> None:
    claimed(world, action)
    first, second = world.browser(LEAD), world.browser(DIRECTOR)
    address = f"/actions/{action.reference}/check"
    first.page(address)
    second.page(address)
    assert first.send(address, decision="accept", finding="Ten cases read.").status == 302
    late = second.send(address, decision="return", finding="Not yet.")
    assert late.status == 409
    assert "may have been decided already" in late.text
    world.session.rollback()
    (decided,) = world.session.scalars(select(Claim)).all()
    assert (decided.outcome, decided.finding) == (Decision.AGREED, "Ten cases read.")
    assert fresh(world, action).delivery is Delivery.CHECKED


def test_a_returned_claim_is_told_to_its_owner(world: World, action: Action) -> None:
    claimed(world, action)
    browser = world.browser(LEAD)
    page = browser.send(f"/actions/{action.reference}/check", decision="return", finding="Four had no minutes.")
    assert f"has been returned to {action.owner.name}" in browser.follow(page).soup.get_text()
    assert "Your claim was returned: Four had no minutes." in world.browser(OWNER).page("/").text


@pytest.mark.parametrize(
    "fields", [{"decision": "accept"}, {"decision": "accept", "finding": "  "}, {"finding": "Seen."}]
)
def test_a_check_needs_a_decision_and_a_finding(world: World, action: Action, fields: dict[str, str]) -> None:
    claimed(world, action)
    page = world.browser(LEAD).send(f"/actions/{action.reference}/check", **fields)
    assert (page.status, len(page.errors)) == (400, 1)
    assert fresh(world, action).delivery is Delivery.AWAITING_CHECK


def test_a_lead_does_not_check_their_own_claim_even_by_a_made_up_form(world: World, action: Action) -> None:
    action.owner = world.people[LEAD]
    world.session.flush()
    claimed(world, action)
    browser, address = world.browser(LEAD), f"/actions/{action.reference}/check"
    page = browser.page(address)
    assert "Nobody checks their own work." in page.text
    assert not page.soup.select("button[name=decision]")
    assert browser.send(address, decision="accept", finding="Fine.").status == 403
    assert fresh(world, action).delivery is Delivery.AWAITING_CHECK


def test_a_bodys_line_is_noted_on_the_page_by_the_owner(world: World, action: Action) -> None:
    body = make_body(world.session, world.ours, "The hospital trust")
    line = Contribution(council_id=world.ours.id, action_id=action.id, body_id=body.id)
    world.session.add(line)
    world.session.commit()
    browser, address = world.browser(OWNER), f"/actions/{action.reference}/contributions/{line.id}/line"
    assert browser.page(address).field("status") == "no_reply"
    page = browser.follow(browser.send(address, status="done", note="Clinic opened."))
    assert "The hospital trust: done." in page.soup.get_text()
    assert "Clinic opened." in page.text
    wrong = browser.send(address, status="finished", note="")
    assert wrong.status == 400
    assert wrong.errors
    world.session.rollback()
    world.session.refresh(line)
    assert line.status is ContributionStatus.DONE


def test_a_director_closes_and_a_lead_opens_again(world: World, action: Action) -> None:
    claimed(world, action)
    make_extension(world.session, action, agreed=False)
    world.session.commit()
    address = f"/actions/{action.reference}"
    director, lead = world.browser(DIRECTOR), world.browser(LEAD)
    why = {"code": "risk_accepted", "reason": "It is small."}
    assert "Give the reason. It stays in the record" in director.send(f"{address}/close", reason=" ").errors
    assert lead.send(f"{address}/close", **why).status == 403
    page = director.follow(director.send(f"{address}/close", **why))
    assert "is closed, not completed" in page.soup.get_text()
    assert "The action was closed before a decision." in page.text
    assert buttons(page) == {"Open it again"}
    assert lead.send(f"{address}/reopen", reason="").errors == ["Give the reason. It stays in the record"]
    page = lead.follow(lead.send(f"{address}/reopen", reason="It has come back."))
    assert "Its original date stays." in page.soup.get_text()
    assert fresh(world, action).delivery is Delivery.IN_PROGRESS
    assert lead.send(f"{address}/reopen", reason="Again.").status == 409


@pytest.mark.parametrize("path", ["check", "decide"])
def test_where_nothing_waits_there_is_nothing_to_decide(world: World, action: Action, path: str) -> None:
    page = world.browser(LEAD).page(f"/actions/{action.reference}/{path}", 409)
    assert "may have been decided already" in page.text


def test_a_lead_finds_everything_that_waits_in_one_queue(world: World, action: Action) -> None:
    claimed(world, action)
    other = make_action(world.session, world.ours, owner=world.people[OWNER], lead=world.people[LEAD], title="Slower")
    make_extension(world.session, other, agreed=False)
    world.session.commit()
    page = world.browser(LEAD).page("/")
    for words in ("Claims to check", action.reference, "Requests for more time", "Slower"):
        assert words in page.text
    assert "Nothing waits for you." not in page.text


def test_the_owners_first_page_parts_what_is_late_soon_waiting_and_done(world: World, action: Action) -> None:
    owner, lead = world.people[OWNER], world.people[LEAD]
    for title, due, delivery in (
        ("Late thing", date(2026, 11, 1), Delivery.IN_PROGRESS),
        ("Waiting thing", date(2026, 11, 1), Delivery.AWAITING_CHECK),
        ("Done thing", date(2026, 11, 1), Delivery.CHECKED),
    ):
        made = make_action(world.session, world.ours, owner=owner, lead=lead, due=due, title=title, delivery=delivery)
        made.claimed_on = None if delivery is Delivery.IN_PROGRESS else date(2026, 11, 1)
    world.session.commit()
    page = world.browser(OWNER).page("/")
    assert page.text.index("Late thing") < page.text.index(action.title) < page.text.index("Waiting thing")
    assert page.text.index("Waiting thing") < page.text.index("Done thing")
    assert "You owe nothing now." in world.stranger(OWNER).page("/").text
