"""Answering by the link in a mail: for that action only, once, for a while, on POST only, and recorded as "by link"."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from typing import Any, TypeVar

import pytest
from sqlalchemy import select

from tests.factories import make_action, make_body, make_claim, make_reminded
from tests.pages import Page, PageClient
from tests.web.conftest import SECRET, World
from tracker import audit
from tracker.accounts.guessing import ATTEMPTS
from tracker.clock import FixedClock
from tracker.models import (
    Action,
    Claim,
    Contribution,
    Evidence,
    Extension,
    HistoryEntry,
    LinkAnswer,
    Message,
    SignInAttempt,
    Update,
)
from tracker.reminders.links import Linked, token
from tracker.terms import ContributionStatus, Delivery, How, Marking, Role

Row = TypeVar("Row")
SENT = datetime(2026, 11, 16, 8, 0, tzinfo=UTC)
LAST_DAY = "30 November 2026"


@dataclass
class Mail:
    """A mail that was sent about an action, and the browser of whoever opens its link without signing in."""

    world: World
    action: Action
    message: Message
    browser: PageClient

    @property
    def address(self) -> str:
        return f"/answer/{token(Linked(self.message.id, f'a{self.action.id}'), SECRET)}"

    def open(self, status: int = 200) -> Page:
        return self.browser.page(self.address, status)

    def send(self, **fields: Any) -> Page:
        return self.browser.send(self.address, **fields)

    def rows(self, model: type[Row]) -> list[Row]:
        self.world.session.rollback()
        return list(self.world.session.scalars(select(model)))


@pytest.fixture
def mail(world: World, clock: FixedClock) -> Mail:
    clock.moment = SENT + timedelta(hours=2)
    owner, lead = world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]
    action = make_action(world.session, world.ours, owner=owner, lead=lead, due=date(2026, 11, 2))
    message = make_reminded(world.session, action, at=SENT)
    world.session.commit()
    return Mail(world, action, message, world.browser())


def test_the_page_names_who_it_is_for_and_shows_nothing_else_of_the_service(mail: Mail) -> None:
    page = mail.open()
    owner = mail.world.people[Role.SERVICE_MANAGER]
    assert page.heading == f"{mail.action.reference} · {mail.action.title} Say what has happened"
    assert f"{owner.name}, {owner.post.name}" in page.text
    assert "14 days late" in page.text
    assert f"works once, until {LAST_DAY}" in page.text
    assert page.soup.find("nav") is None
    assert "Sign out" not in page.soup.get_text()


def test_whoever_is_signed_in_in_that_browser_is_not_shown_either(mail: Mail) -> None:
    mail.browser = mail.world.browser(Role.DIRECTOR)
    assert mail.world.people[Role.DIRECTOR].name not in mail.open().soup.get_text()


def test_what_is_sent_is_written_in_the_readers_name_as_by_link(mail: Mail) -> None:
    page = mail.send(text="The sample is drawn.", what="update")
    assert (page.status, page.heading) == (200, f"{mail.action.reference} · {mail.action.title} Thank you")
    (update,) = mail.rows(Update)
    owner = mail.world.people[Role.SERVICE_MANAGER]
    assert (update.text, update.person_id, update.how) == ("The sample is drawn.", owner.id, How.LINK)
    written = [entry for entry in mail.rows(HistoryEntry) if entry.subject == "action"]
    assert {(entry.person_id, entry.how) for entry in written} == {(owner.id, How.LINK)}
    assert audit.faults(mail.world.session, mail.world.ours.id) == []


def test_a_claim_goes_the_same_way_with_its_proof(mail: Mail) -> None:
    form = {"text": "It is done.", "what": "claim", "csrf_token": mail.browser.token()}
    proof = (BytesIO(b"proof"), "proof.txt")
    sent = mail.browser.post(mail.address, data=form | {"files": proof}, content_type="multipart/form-data")
    assert sent.status_code == 200
    (claim,) = mail.rows(Claim)
    (file,) = mail.rows(Evidence)
    assert (claim.note, file.claim_id, file.filename) == ("It is done.", claim.id, "proof.txt")


def test_more_time_is_asked_for_and_decided_by_somebody_else(mail: Mail) -> None:
    sent = mail.send(
        text="Two staff left.", what="more_time", until__day="1", until__month="3", until__year="2027",
        safeguard="Weekly audit.",
    )  # fmt: skip
    assert sent.status == 200, sent.errors
    (asked,) = mail.rows(Extension)
    assert (asked.to_date, asked.reason, asked.safeguard) == (date(2027, 3, 1), "Two staff left.", "Weekly audit.")


def test_not_mine_tells_the_lead_and_leaves_the_owner_until_it_is_handed_over(mail: Mail) -> None:
    assert mail.send(text="It belongs to housing.", what="not_mine").status == 200
    mail.world.session.rollback()
    mail.world.session.refresh(mail.action)
    assert (mail.action.disowned_words, mail.action.owner_id) == (
        "It belongs to housing.", mail.world.people[Role.SERVICE_MANAGER].id,
    )  # fmt: skip
    assert "It belongs to housing." in mail.world.browser(Role.LEAD).page("/").text


def test_a_link_works_once(mail: Mail) -> None:
    mail.send(text="The sample is drawn.", what="update")
    again = mail.send(text="Once more.", what="update")
    assert (again.status, again.heading) == (200, "You have answered")
    assert mail.open().heading == "You have answered"
    assert [update.text for update in mail.rows(Update)] == ["The sample is drawn."]


def test_opening_it_however_often_changes_nothing(mail: Mail) -> None:
    before = len(mail.rows(HistoryEntry))
    for _ in range(20):
        mail.open()
        assert mail.browser.head(mail.address).status_code == 200
    assert len(mail.rows(HistoryEntry)) == before
    assert mail.rows(LinkAnswer) == mail.rows(Update) == mail.rows(SignInAttempt) == []


@pytest.mark.parametrize(("day", "status"), [(date(2026, 11, 30), 200), (date(2026, 12, 1), 410)])
def test_it_can_be_used_for_fourteen_days(mail: Mail, clock: FixedClock, day: date, status: int) -> None:
    clock.moment = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    mail.browser = mail.world.browser()
    page = mail.open(status)
    assert (LAST_DAY in page.text) is True
    assert mail.send(text="Done.", what="update").status == status
    assert len(mail.rows(Update)) == (status == 200)


def ended(mail: Mail) -> str:
    mail.world.session.commit()
    page = mail.open(410)
    assert mail.send(text="Done.", what="update").status == 410
    assert mail.rows(Update) == mail.rows(LinkAnswer) == []
    return page.text


def test_it_dies_with_the_persons_account(mail: Mail) -> None:
    mail.world.people[Role.SERVICE_MANAGER].active = False
    assert "account that this email was written to has been closed" in ended(mail)


def test_it_ends_with_the_role_that_may_own_actions(mail: Mail) -> None:
    mail.world.people[Role.SERVICE_MANAGER].role = Role.SCRUTINY_MEMBER
    assert "no longer owns actions" in ended(mail)


def test_it_ends_when_the_address_is_corrected(mail: Mail) -> None:
    mail.world.people[Role.SERVICE_MANAGER].email = "right@westmere.example"
    assert "address that is not used any more" in ended(mail)


def test_it_ends_when_the_action_is_given_to_somebody_else(mail: Mail) -> None:
    mail.action.owner_id = mail.world.people[Role.LEAD].id
    assert "given to somebody else" in ended(mail)


def test_it_ends_when_the_action_is_closed(mail: Mail) -> None:
    mail.action.delivery = Delivery.CHECKED
    assert "has been closed" in ended(mail)


@pytest.mark.parametrize("marking", [Marking.EXEMPT, Marking.CONFIDENTIAL])
def test_what_is_not_open_is_read_by_signing_in_only(mail: Mail, marking: Marking) -> None:
    mail.action.marking = marking
    assert mail.action.title not in ended(mail)


def test_the_link_of_a_mail_opens_nothing_that_was_not_in_it(mail: Mail) -> None:
    owner = mail.world.people[Role.SERVICE_MANAGER]
    other = make_action(mail.world.session, mail.world.ours, owner=owner)
    mail.world.session.commit()
    made = token(Linked(mail.message.id, f"a{other.id}"), SECRET)
    assert mail.browser.page(f"/answer/{made}", 404).heading
    assert "This link is not complete" in mail.browser.page("/answer/made-up", 404).text
    assert mail.browser.page(f"/answer/{token(Linked(999_999, 'a1'), SECRET)}", 404)


def test_what_cannot_be_said_now_is_not_offered(mail: Mail) -> None:
    assert [tag["value"] for tag in mail.open().soup.select("[name=what]")] == [
        "update", "claim", "more_time", "not_mine",
    ]  # fmt: skip
    mail.action.delivery = Delivery.AWAITING_CHECK
    make_claim(mail.world.session, mail.action)
    mail.world.session.commit()
    assert "claim" not in [tag["value"] for tag in mail.open().soup.select("[name=what]")]
    assert mail.send(text="Done.", what="pause").status == 400


def test_an_empty_answer_is_asked_for_again_and_does_not_use_the_link_up(mail: Mail) -> None:
    page = mail.send(text=" ", what="update")
    assert (page.status, page.errors) == (400, ["Say in a line what has happened"])
    assert mail.send(text="The sample is drawn.", what="update").status == 200


def test_trying_again_and_again_is_slowed_down(mail: Mail) -> None:
    for _ in range(ATTEMPTS):
        assert mail.send(text="", what="update").status == 400
    assert mail.send(text="The sample is drawn.", what="update").status == 429
    assert mail.rows(Update) == []


def test_a_bodys_contact_answers_its_own_line_and_the_history_names_it(mail: Mail) -> None:
    session = mail.world.session
    body = make_body(session, mail.world.ours, "Westmere General Hospital", contact_email="desk@hospital.example")
    line = Contribution(council_id=body.council_id, action_id=mail.action.id, body_id=body.id, contact_name="Sam Reed")
    session.add(line)
    session.flush()
    sent = make_reminded(session, line, at=SENT)
    session.commit()
    address = f"/answer/{token(Linked(sent.id, f'c{line.id}'), SECRET)}"
    page = mail.browser.page(address)
    assert "Sam Reed, Westmere General Hospital" in page.text
    assert page.soup.select("[name=what]") == []
    answered = mail.browser.send(address, note="Every record was read.", status="done")
    assert (answered.status, "sign in" in answered.text.lower()) == (200, False)
    session.rollback()
    session.refresh(line)
    assert (line.status, line.note) == (ContributionStatus.DONE, "Every record was read.")
    entry = session.scalars(select(HistoryEntry).order_by(HistoryEntry.id.desc())).first()
    assert entry is not None
    assert (entry.person_name, entry.person_id, entry.how) == ("Sam Reed, Westmere General Hospital", None, How.LINK)
    assert mail.browser.page(address).heading == "You have answered"
    assert (
        "Sam Reed, Westmere General Hospital"
        in mail.world.browser(Role.LEAD).page(f"/actions/{mail.action.reference}").text
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"contact_email": "new@hospital.example"}, "Somebody else is asked"),
        ({"status": ContributionStatus.NOT_WAITED_FOR}, "Nothing more is asked"),
        ({"status": ContributionStatus.DONE}, "Nothing more is asked"),
    ],
)
def test_a_contacts_link_ends_with_its_part(mail: Mail, change: dict[str, object], words: str) -> None:
    session = mail.world.session
    body = make_body(session, mail.world.ours, contact_email="Desk@hospital.example")
    line = Contribution(council_id=body.council_id, action_id=mail.action.id, body_id=body.id)
    session.add(line)
    session.flush()
    sent = make_reminded(session, line, at=SENT)
    for name, value in change.items():
        setattr(line, name, value)
    session.commit()
    address = f"/answer/{token(Linked(sent.id, f'c{line.id}'), SECRET)}"
    assert words in mail.browser.page(address, 410).text
    assert mail.browser.send(address, note="Every record was read.", status="in_progress").status == 410
    assert mail.rows(LinkAnswer) == []


def test_a_contact_cannot_excuse_its_own_body(mail: Mail) -> None:
    session = mail.world.session
    body = make_body(session, mail.world.ours, contact_email="desk@hospital.example")
    line = Contribution(council_id=body.council_id, action_id=mail.action.id, body_id=body.id)
    session.add(line)
    session.flush()
    sent = make_reminded(session, line, at=SENT)
    session.commit()
    address = f"/answer/{token(Linked(sent.id, f'c{line.id}'), SECRET)}"
    assert mail.browser.send(address, note="Not us.", status="not_waited_for").status == 400
    session.rollback()
    session.refresh(line)
    assert line.status is ContributionStatus.NO_REPLY
