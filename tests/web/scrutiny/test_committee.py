"""To the committee, as people meet it: committees, a report in three clicks, words for two, and members' questions."""

from datetime import date

import pytest

from tests.factories import make_action, make_meeting, make_question
from tests.pages import PageClient
from tests.web.conftest import World
from tracker.models import Action, CommitteeReport, Meeting
from tracker.scrutiny.views.papers import MAKER
from tracker.terms import Marking, Role

TODAY = date(2026, 11, 23)


@pytest.fixture
def late(world: World) -> Action:
    owner, lead = world.people[Role.SERVICE_MANAGER], world.people[Role.LEAD]
    made = make_action(
        world.session, world.ours, due=date(2026, 10, 20), owner=owner, lead=lead, title="Appoint a nurse"
    )
    world.session.commit()
    return made


@pytest.fixture
def meeting(world: World) -> Meeting:
    before = make_meeting(world.session, world.ours, date(2026, 10, 1))
    made = make_meeting(world.session, world.ours, date(2026, 12, 8), before.committee)
    world.session.commit()
    return made


@pytest.fixture
def lead(world: World) -> PageClient:
    return world.browser(Role.LEAD)


def made_report(world: World, lead: PageClient, meeting: Meeting) -> str:
    """Make a report in the fewest clicks and wait for its documents; its address."""
    sent = lead.send("/committee-reports/make", meeting=str(meeting.id), at__day="23", at__month="11", at__year="2026")
    assert sent.status == 302, sent.errors
    world.app.extensions[MAKER].wait()
    return str(sent.response.headers["Location"])


def test_an_administrator_adds_a_committee_and_its_meetings(world: World) -> None:
    browser = world.browser(Role.ADMINISTRATOR)
    assert browser.page("/committees").heading == "Committees and meetings"
    page = browser.follow(browser.send("/committees", name="Scrutiny Panel", agenda_days="5"))
    assert page.heading == "Scrutiny Panel Add a meeting"
    address = page.response.request.path
    browser.send(address, day__day="8", day__month="12", day__year="2026")
    page = browser.follow(browser.send(address, day__day="1", day__month="10", day__year="2026"))
    assert "Next 8 December 2026 Take out" in page.text
    assert "1 meeting so far 1 October 2026" in page.text
    again = browser.send(address, day__day="8", day__month="12", day__year="2026")
    assert (again.status, again.errors) == (400, ["Scrutiny Panel meets on 8 December 2026 already."])
    wrong = browser.send("/committees", name=" scrutiny  panel", agenda_days="99")
    assert wrong.errors == ["Enter a number from 0 to 30"]
    assert browser.send("/committees", name="scrutiny panel", agenda_days="3").errors[0].startswith("Enter a name")


def test_a_report_is_three_clicks_to_its_documents(
    world: World, lead: PageClient, late: Action, meeting: Meeting
) -> None:
    begin = lead.page("/committee-reports")
    assert begin.soup.find("a", string=lambda words: words and "Make the committee report" in words)
    page = lead.page("/committee-reports/make")
    chosen = page.soup.select_one("input[name=meeting][checked]")
    assert chosen is not None
    assert chosen["value"] == str(meeting.id)  # the next one
    assert (page.field("at-day"), page.field("at-year")) == ("23", "2026")
    shown = lead.page(made_report(world, lead, meeting))
    links = {link.get_text(): link["href"] for link in shown.soup.select("main li a")}
    assert set(links) == {"Download PDF", "Download Word", "Download Excel", "Download CSV"}
    for address in links.values():
        answer = lead.get(str(address))
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")
    table = lead.get(str(links["Download CSV"])).data.decode("utf-8-sig")
    assert "Appoint a nurse" in table
    assert "Newly late,1" in table


def test_the_page_never_waits_for_a_document(world: World, lead: PageClient, late: Action, meeting: Meeting) -> None:
    maker = world.app.extensions[MAKER]
    maker.wake = lambda: None
    page = lead.page(made_report(world, lead, meeting))
    assert "PDF: waiting to be made" in page.text
    address = page.response.request.path
    state = lead.get(f"{address}/state.json").json
    assert (state["ended"], state["status"]) == (False, "4")
    del maker.wake
    maker.wake()
    maker.wait()
    assert lead.get(f"{address}/state.json").json["ended"] is True


def test_a_day_that_has_not_come_and_no_meeting_are_refused_with_a_sentence(
    world: World, lead: PageClient, meeting: Meeting
) -> None:
    day = {"at__day": "24", "at__month": "11", "at__year": "2026"}
    page = lead.send("/committee-reports/make", meeting=str(meeting.id), **day)
    assert (page.status, page.errors) == (400, ["Enter a date that is not after today, 23 November 2026."])
    assert lead.send("/committee-reports/make", meeting="999", **day).status == 400


def test_two_who_write_at_once_see_each_other(world: World, lead: PageClient, late: Action, meeting: Meeting) -> None:
    address = made_report(world, lead, meeting)
    form = lead.page(f"{address}/words")
    sent = {name: form.field(name) for name in ("version", "field_title", "section_purpose")}
    other = world.browser(Role.DIRECTOR)
    other.send(f"{address}/words", **{**sent, "section_purpose": "Theirs."})
    refused = lead.send(f"{address}/words", **{**sent, "section_purpose": "Mine."})
    assert refused.status == 409
    assert "1. Purpose: Theirs." in refused.text
    assert refused.field("section_purpose") == "Mine."
    again = {**sent, "version": refused.field("version"), "section_purpose": "Mine."}
    assert lead.send(f"{address}/words", **again).status == 302
    world.app.extensions[MAKER].wait()
    world.session.expire_all()
    kept = world.session.get(CommitteeReport, int(address.rsplit("/", 1)[1]))
    assert kept is not None
    assert kept.words["sections"]["purpose"] == "Mine."


def test_a_draft_is_not_for_members_and_a_ready_report_is_closed(
    world: World, lead: PageClient, late: Action, meeting: Meeting
) -> None:
    late.marking = Marking.EXEMPT
    world.session.commit()
    member = world.browser(Role.SCRUTINY_MEMBER)
    address = made_report(world, lead, meeting)
    member.page(address, 404)
    assert "No committee report is ready yet" in member.page("/committee-reports").text
    page = lead.follow(lead.send(f"{address}/ready"))
    world.app.extensions[MAKER].wait()
    assert "Its words are closed" in page.text
    assert "Exempt part: not for publication" in lead.page(address).text
    shown = member.page(address)
    assert "Exempt part" not in shown.text
    exempt = [link["href"] for link in lead.page(address).soup.select("main li a")][-1]
    assert member.get(str(exempt)).status_code == 404
    assert lead.send(f"{address}/words").status == 409


def test_a_member_asks_from_the_overdue_report_and_the_owner_answers(
    world: World, late: Action, meeting: Meeting
) -> None:
    member, owner = world.browser(Role.SCRUTINY_MEMBER), world.browser(Role.SERVICE_MANAGER)
    page = member.page("/overdue")
    [link] = [one["href"] for one in page.soup.select("main a") if one.get_text().startswith("Ask a question")]
    asking = member.page(str(link))
    assert "An answer is due by 27 November 2026" in asking.text
    assert member.send(str(link), words=" ").errors == ["Write your question"]
    asked = member.follow(member.send(str(link), words="When will the nurse begin?"))
    address = asked.response.request.path
    assert "When will the nurse begin?" in owner.page("/").text
    assert member.send(address, answer="Mine").status == 403
    answered = owner.follow(owner.send(address, answer="On 1 December."))
    assert "On 1 December." in answered.text
    assert "On 1 December." in member.page(f"/actions/{late.reference}").text
    assert "Answered" in member.page("/questions").text
    assert owner.send(address, answer="Again").status == 409


def test_the_words_of_a_question_about_what_is_exempt_are_for_those_who_may(world: World, late: Action) -> None:
    late.marking = Marking.EXEMPT
    asked = make_question(world.session, late, words="A canary in the question", due_on=date(2026, 11, 1))
    world.session.commit()
    member, lead = world.browser(Role.SCRUTINY_MEMBER), world.browser(Role.LEAD)
    for address in ("/questions", f"/questions/{asked.id}", f"/actions/{late.reference}"):
        assert "canary" not in member.page(address).text, address
        assert "canary" in lead.page(address).text, address


def test_the_overdue_report_says_first_what_has_changed_since_the_last_meeting(
    world: World, late: Action, meeting: Meeting
) -> None:
    page = world.browser(Role.SCRUTINY_MEMBER).page("/overdue")
    headings = [heading.get_text() for heading in page.soup.select("h2")]
    assert headings.index("Since the last meeting, 1 October 2026") < headings.index("1 late action")
    assert "Newly late 1" in page.text
    assert "Open and late over the last meetings" in headings
    assert page.text.count("1 October 2026 1 0") == 1
    alone = world.stranger(Role.SCRUTINY_MEMBER).page("/overdue")
    assert "Since the last meeting" not in alone.text


def test_a_committee_has_its_own_form_and_what_was_begun_keeps_the_one_before(
    world: World, lead: PageClient, late: Action, meeting: Meeting
) -> None:
    begun = made_report(world, lead, meeting)
    form = f"/committees/{meeting.committee_id}/form"
    assert "as most councils use them" in lead.page(form).text
    saved = lead.follow(lead.send(f"{form}/headings/new", title="Climate implications", words="None.", figures=""))
    assert "Climate implications" in saved.text
    lead.send(f"{form}/fields/wards", label="Divisions affected", value="All", after="")
    lead.send(f"{form}/headings/equalities/remove")
    words = lead.page(f"{made_report(world, lead, meeting)}/words").text
    assert "Climate implications" in words
    assert "Divisions affected" in words
    assert "Equalities" not in words
    before = lead.page(f"{begun}/words").text
    assert "Climate implications" not in before
    assert "Equalities implications" in before
    assert "as most councils use them" in lead.follow(lead.send(f"{form}/usual")).text


def test_what_the_service_writes_cannot_be_taken_out_of_a_form(
    world: World, lead: PageClient, meeting: Meeting
) -> None:
    form = f"/committees/{meeting.committee_id}/form"
    page = lead.follow(lead.send(f"{form}/headings/late/remove"))
    assert "“Late actions” stands in every report" in page.text
    assert "The service writes “Late actions” here." in page.text
    wrong = lead.send(f"{form}/headings/late", title="Late actions", words="", figures="")
    assert (wrong.status, len(wrong.errors)) == (400, 1)
    assert lead.send(f"{form}/fields/nonsense", label="X", value="", after="").status == 404


def test_two_who_change_a_form_at_once_see_both_and_are_asked(world: World, lead: PageClient, meeting: Meeting) -> None:
    form = f"/committees/{meeting.committee_id}/form"
    opened = lead.page(f"{form}/headings/purpose").soup.select_one("input[name=opened]")
    assert opened is not None
    lead.send(f"{form}/headings/legal", title="Monitoring Officer comments", words="", figures="")
    other = lead.send(f"{form}/headings/purpose", title="Aim", words="", figures="")
    assert other.status == 302
    late_one = lead.send(
        f"{form}/headings/purpose", title="Purpose of this", words="", figures="", opened=str(opened["value"])
    )
    assert late_one.status == 409
    assert "Somebody else changed this heading" in late_one.text
    kept = lead.page(form).text
    assert "Monitoring Officer comments" in kept
    assert "Aim" in kept


def test_a_part_that_is_not_there_is_not_found(lead: PageClient, meeting: Meeting) -> None:
    form = f"/committees/{meeting.committee_id}/form"
    for address in ("headings/nope/remove", "fields/nope/up", "headings/nope"):
        assert lead.send(f"{form}/{address}", title="X", words="", figures="").status == 404
