"""The pages of the series: what is told again, two reports side by side, names of areas, a table of authorities."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from tests.factories import (
    make_action,
    make_claim,
    make_judgement,
    make_link,
    make_point,
    make_report,
    make_statement,
)
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import Action, ActionPoint, AreaName, Comparator, Evidence, Report, SeriesLink
from tracker.reports.series import suggest_for
from tracker.terms import (
    Decision,
    Delivery,
    LinkDecision,
    LinkKind,
    Marking,
    Origin,
    PointDecision,
    ProgressJudgement,
    ReportStatus,
    Response,
    Role,
)

WORDS = "Initial health assessments of looked after children should be on time."


def review(world: World, **values: object) -> Action:
    """An action of an earlier report."""
    report = make_report(
        world.session, world.ours, published=date(2012, 7, 10), title="The inspection", inspection_end=None
    )
    point = make_point(world.session, report, words=WORDS)
    return make_action(
        world.session, world.ours, report=report, action_point_id=point.id, owner=world.people[Role.SERVICE_MANAGER],
        lead=world.people[Role.LEAD], due=date(2012, 12, 1), **values,
    )  # fmt: skip


def letter(world: World, **values: object) -> Report:
    defaults: dict[str, object] = {"published": date(2018, 1, 18), "title": "The letter", "inspection_end": None}
    return make_report(world.session, world.ours, **(defaults | values))


def being_checked(world: World) -> tuple[Report, ActionPoint]:
    report = letter(world, status=ReportStatus.BEING_CHECKED)
    point = make_point(
        world.session, report, words=WORDS, title="Assess on time", origin=Origin.JOINT_AREA_REVIEW,
        decision=PointDecision.PROPOSED,
    )  # fmt: skip
    suggest_for(world.session, report)
    world.session.commit()
    return report, point


def sent(browser: PageClient, address: str, **fields: str) -> Page:
    """Send a form, and look at the page it leads to."""
    answer = browser.send(address, **fields)
    return browser.page(answer.response.headers["Location"].partition("#")[0])


def test_the_checking_page_shows_the_earlier_selves_of_a_point_and_what_became_of_them(world: World) -> None:
    action = review(world, delivery=Delivery.CHECKED, claimed_on=date(2013, 1, 11))
    report, _ = being_checked(world)
    page = world.browser(Role.LEAD).page(f"/reports/{report.id}/check")
    told = " ".join(page.soup.select_one("#told-before").get_text(" ").split())
    assert f"{action.reference} : 2012, done in 2013, 41 days late" in told
    assert WORDS in told
    assert "perhaps the same recommendation" in told


def test_a_point_without_an_earlier_self_shows_no_such_part(world: World) -> None:
    report, _ = being_checked(world)
    assert world.browser(Role.LEAD).page(f"/reports/{report.id}/check").soup.select_one("#told-before") is None


def test_a_follow_up_is_linked_on_the_checking_page_and_no_second_action_is_made(world: World) -> None:
    action = review(world)
    report, point = being_checked(world)
    browser = world.browser(Role.LEAD)
    link = world.session.scalars(select(SeriesLink)).one()
    told = f"/reports/{report.id}/points/{point.id}/told-before/{link.id}"
    assert "No second action will be made." in sent(browser, told, say="repeated").text
    page = browser.page(f"/reports/{report.id}/check?point={point.id}")
    assert f"Tracked already as {action.reference}" in page.text
    assert "1 December 2012, and that date stays" in page.text
    confirming = browser.page(f"/reports/{report.id}/confirm")
    assert "0 actions will be tracked" in confirming.text
    assert "1 point more repeats what is tracked already" in confirming.text
    browser.send(f"/reports/{report.id}/confirm")
    world.session.commit()
    assert world.session.scalars(select(Action)).all() == [action]
    assert "Repeated here, tracked already" in browser.page(f"/reports/{report.id}").text


@pytest.mark.parametrize(
    ("say", "sentence"),
    [
        ("told_again", "tells"),
        ("refuse", "It will not be suggested again."),
        ("nonsense", "Choose what the point is to the earlier recommendation."),
    ],
)
def test_what_is_said_of_an_earlier_self_is_answered(world: World, say: str, sentence: str) -> None:
    review(world)
    report, point = being_checked(world)
    link = world.session.scalars(select(SeriesLink)).one()
    told = f"/reports/{report.id}/points/{point.id}/told-before/{link.id}"
    assert sentence in sent(world.browser(Role.LEAD), told, say=say).text


def test_of_an_exempt_action_the_reference_is_all_that_is_told(world: World) -> None:
    action = review(world, marking=Marking.EXEMPT, title="Oh!")
    report, _ = being_checked(world)
    for address in (f"/reports/{report.id}/check", f"/assessments/{report.id}/series"):
        page = world.browser(Role.LEAD).page(address)
        part = page.soup.select_one("#told-before, .app-pairs").get_text(" ")
        assert action.reference in part
        assert WORDS not in part
        assert "Exempt information" in part


def test_suggestions_stand_side_by_side_and_are_decided(world: World) -> None:
    action = review(world)
    report, _ = being_checked(world)
    make_point(world.session, report, title="Mend the roof", words="Mend the roof.", decision=PointDecision.PROPOSED)
    said = make_statement(world.session, report, quote="Health assessments of looked after children are on time.")
    suggest_for(world.session, report)
    world.session.commit()
    browser = world.browser(Role.DIRECTOR)
    page = browser.page(f"/assessments/{report.id}/series")
    assert "2 suggestions to decide on" in " ".join(page.text.split())
    assert "New: 1 point" in page.text
    judged = world.session.scalars(select(SeriesLink).where(SeriesLink.statement_id == said.id)).one()
    own = world.session.scalars(select(SeriesLink).where(SeriesLink.point_id.is_not(None))).one()
    browser.send(f"/assessments/{report.id}/series/{judged.id}", say="judged")
    browser.send(f"/assessments/{report.id}/series/{own.id}", say="refuse")
    wrong = sent(browser, f"/assessments/{report.id}/series/{own.id}", say="nonsense")
    assert "Choose what the later report says" in wrong.text
    again = sent(browser, f"/assessments/{report.id}/series")
    assert "0 suggestions wait for you" in again.text
    world.session.commit()
    world.session.expire_all()
    assert (judged.decision, own.decision) == (LinkDecision.CONFIRMED, LinkDecision.REFUSED)
    page = browser.page(f"/assessments/{report.id}/series")
    assert f"Confirmed by {world.people[Role.DIRECTOR].name}".lower() in " ".join(page.text.split()).lower()
    assert action.reference in page.text


def test_who_may_not_decide_sees_no_button(world: World) -> None:
    review(world)
    report, _ = being_checked(world)
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{report.id}/series")
    assert page.soup.select(".app-pair")
    assert not page.soup.select("main button")


def test_the_first_report_of_a_series_tells_nothing_again(world: World) -> None:
    report, _ = being_checked(world)
    page = world.browser(Role.LEAD).page(f"/assessments/{report.id}/series")
    assert "No confirmed report stands before this one." in page.text


def test_two_reports_stand_side_by_side(world: World) -> None:
    session, lead = world.session, world.people[Role.LEAD]
    action = review(
        world, delivery=Delivery.CHECKED, claimed_on=date(2013, 1, 11), response=Response.PARTLY_ACCEPTED,
        response_reason="The trust does a part.",
    )  # fmt: skip
    other = make_point(session, action.report, words="Publish the plan.")
    make_action(session, world.ours, report=action.report, action_point_id=other.id, due=date(2012, 12, 1))
    make_claim(
        session, action, note="Nine of ten are on time.", outcome=Decision.AGREED, checked_by_id=lead.id,
        finding="Yes.", checked_at=datetime(2013, 1, 20, 9, tzinfo=UTC),
    )  # fmt: skip
    for name, marking in (("sample.pdf", Marking.OPEN), ("names.pdf", Marking.CONFIDENTIAL)):
        session.add(
            Evidence(
                council_id=world.ours.id,
                action_id=action.id,
                filename=name,
                file_key=name,
                marking=marking,
                added_by_id=lead.id,
                added_at=datetime(2013, 1, 10, 9, tzinfo=UTC),
            )
        )
    later = letter(world)
    point = make_point(session, later, words="Health assessments are late.", section="What to improve", read_position=0)
    make_statement(session, later, 0, quote="Too many are late.", judgement=ProgressJudgement.LIMITED_PROGRESS)
    make_link(session, later, action, point=point, by=lead)
    session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{action.report_id}/{later.id}")
    rows = [" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr")]
    first, second = (row for row in rows if "Nothing is tracked" not in row)  # the factory makes points beside
    for words in (
        WORDS, "done 11 January 2013, 41 days after the original date, 1 December 2012",
        "We answered: partly accepted. The trust does a part.", "Nine of ten are on time.",
        f"Checked by {lead.name}, 20 January 2013", "Evidence: sample.pdf.",
        "Different: We say completed and checked. The inspectors say limited progress.",
        "Told again", "“Health assessments are late.”", "“Too many are late.”",
    ):  # fmt: skip
        assert words in first
    assert "names.pdf" not in page.text
    assert "No longer mentioned." in second
    assert (
        "1 of 2 accepted actions (50%) is implemented. "
        "0 of the 2 that have fallen due or are done (0%) were done on time" in " ".join(page.text.split())
    )


def test_what_nobody_has_confirmed_is_only_perhaps(world: World) -> None:
    action, later = review(world), letter(world)
    make_link(world.session, later, action, point=make_point(world.session, later, words="Secret until confirmed."))
    world.session.commit()
    page = world.browser(Role.LEAD).page(f"/assessments/{action.report_id}/{later.id}")
    assert "Perhaps told again: not decided yet." in page.text
    assert "1 suggestion that the later report tells one of these again waits for a lead." in " ".join(
        page.text.split()
    )
    assert "Secret until confirmed." not in page.text


def test_where_nothing_links_two_reports_the_later_one_s_own_follow_ups_are_offered(world: World) -> None:
    action, later = review(world), letter(world)
    make_point(world.session, later, origin=Origin.JOINT_AREA_REVIEW)
    world.session.commit()
    page = world.browser(Role.LEAD).page(f"/assessments/{action.report_id}/{later.id}")
    assert "Nothing links these two reports." in page.text
    assert "1 recommendation of an earlier review" in " ".join(page.text.split())


def test_of_an_exempt_action_the_next_assessment_shows_the_reference_only(world: World) -> None:
    action, later = review(world, marking=Marking.EXEMPT, title="Oh!"), letter(world)
    make_link(
        world.session, later, action, point=make_point(world.session, later, words="Late!"), by=world.people[Role.LEAD]
    )
    world.session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{action.report_id}/{later.id}")
    row = " ".join(page.soup.select_one("tbody tr").get_text(" ").split())
    assert row == f"Exempt information Exempt information {action.reference} Exempt information"


def test_the_two_reports_are_chosen(world: World) -> None:
    action, later = review(world), letter(world)
    world.session.commit()
    browser = world.browser(Role.SCRUTINY_MEMBER)
    assert len(browser.page("/assessments").soup.select("select")) == 2
    good = browser.get(f"/assessments?earlier={action.report_id}&later={later.id}")
    assert good.headers["Location"] == f"/assessments/{action.report_id}/{later.id}"
    for address, sentence in (
        (f"?earlier={later.id}&later={action.report_id}", "Choose a later report that came after the earlier one"),
        ("?earlier=&later=x", "Choose an earlier and a later report"),
    ):
        assert sentence in browser.page(f"/assessments{address}", status=400).text
    browser.page(f"/assessments/{later.id}/{action.report_id}", status=404)


def test_a_repeated_follow_up_stands_beside_the_action_that_tracks_it(world: World) -> None:
    action, later = review(world, delivery=Delivery.CHECKED, claimed_on=date(2012, 11, 1)), letter(world)
    point = make_point(world.session, later, words=WORDS, origin=Origin.JOINT_AREA_REVIEW, read_position=0)
    make_link(world.session, later, action, point=point, by=world.people[Role.LEAD], kind=LinkKind.REPEATED)
    world.session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{later.id}")
    assert action.reference in page.soup.select_one("tbody tr").get_text(" ")


def test_an_administrator_puts_a_name_under_a_common_one_and_takes_it_away_again(world: World) -> None:
    report = letter(world)
    make_judgement(world.session, report, "Help and protection")
    world.session.commit()
    administrator, reader = world.browser(Role.ADMINISTRATOR), world.browser(Role.SCRUTINY_MEMBER)
    saved = sent(administrator, "/assessments/areas", name=" Help and  protection ", common="Staying safe")
    assert "“Help and protection” is now compared under “Staying safe”." in saved.text
    heading = reader.page("/assessments/judgements").soup.select_one("tbody th").get_text()
    assert heading == "Staying safe"
    assert "Help and protection" in reader.page("/assessments/areas").text
    assert not reader.page("/assessments/areas").soup.select("main form")
    moved = sent(administrator, "/assessments/areas", name="HELP AND PROTECTION.", common="")
    assert "is now compared under “HELP AND PROTECTION.”" in moved.text
    row = world.session.scalars(select(AreaName)).one()
    administrator.send(f"/assessments/areas/{row.id}/remove")
    assert reader.page("/assessments/judgements").soup.select_one("tbody th").get_text() == "Help and protection"


@pytest.mark.parametrize(
    ("name", "common", "sentence"),
    [
        ("", "Staying safe", "Enter the name of the area as the report prints it"),
        (" . ", "Staying safe", "Enter the name of the area as the report prints it"),
        ("x" * 201, "Staying safe", "Enter a name of at most 200 characters"),
        ("Care", "Nothing like it", "Choose the name it is compared under"),
    ],
)
def test_a_name_that_cannot_be_used_is_refused_in_a_sentence(
    world: World, name: str, common: str, sentence: str
) -> None:
    page = world.browser(Role.ADMINISTRATOR).send("/assessments/areas", name=name, common=common)
    assert page.status == 400
    assert sentence in page.text


def test_a_table_of_authorities_says_where_the_council_stands(world: World) -> None:
    report = letter(world, scale_best="4")
    for position, (name, total, note) in enumerate(
        (
            ("Northbrook", 7, "The printed total is 7; the grades add up to 6."),
            ("Westmere", 7, None),
            ("Eastham", 8, None),
        )
    ):
        world.session.add(
            Comparator(
                council_id=world.ours.id,
                report_id=report.id,
                position=position,
                authority=name,
                total=total,
                note=note,
                grades={"Care": "3" if note else "4", "Health": str(total - 4)},
            )
        )
    world.session.commit()
    browser = world.browser(Role.SCRUTINY_MEMBER)
    page = browser.page(f"/reports/{report.id}/comparators")
    text = " ".join(page.text.split())
    assert "Westmere is joint 2nd of 3 with 1 other, with a total of 7." in text
    assert "Counted by the grades themselves it is 2nd of 3." in text
    assert "Northbrook: The printed total is 7; the grades add up to 6." in text
    assert "This council" in page.soup.select_one(".app-own-row").get_text()
    assert "Compared with 3 authorities" in browser.page(f"/reports/{report.id}").text
    browser.page(f"/reports/{letter(world).id}/comparators", status=404)
