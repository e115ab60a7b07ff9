"""The pages of the next assessment."""

from datetime import date

from tests.factories import make_action, make_judgement, make_point, make_report, make_statement
from tests.web.conftest import World
from tracker.terms import Delivery, Grade, Marking, Origin, ProgressJudgement, ReportStatus, Role

REVIEW = Origin.JOINT_AREA_REVIEW


def test_each_follow_up_stands_beside_what_the_letter_says(world: World) -> None:
    session, report = world.session, make_report(world.session, world.ours, title="A letter")
    said = make_point(session, report, origin=REVIEW, read_position=0, words="Improve access to therapy.")
    make_point(session, report, origin=REVIEW, read_position=1, words="Clear the backlog.")
    action = make_action(session, world.ours, report=report, action_point_id=said.id, delivery=Delivery.NOT_STARTED)
    make_statement(session, report, 0, quote="Access is now good.", judgement=ProgressJudgement.COMPLETED)
    session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{report.id}")
    first, second = (" ".join(row.get_text(" ").split()) for row in page.soup.select("tbody tr"))
    assert first.startswith("Improve access to therapy. Page 1 Not started")
    assert action.reference in first
    assert "Different: We say not started. The inspectors say completed." in first
    assert "Completed “Access is now good.”" in first
    assert "The letter says nothing of this one." in second
    assert "Nothing is tracked for it." in second


def test_an_exempt_action_shows_its_reference_and_nothing_else(world: World) -> None:
    session, report = world.session, make_report(world.session, world.ours)
    point = make_point(session, report, origin=REVIEW, read_position=0)
    action = make_action(
        session, world.ours, report=report, action_point_id=point.id, title="Oh!", marking=Marking.EXEMPT
    )
    make_statement(session, report, 0, judgement=ProgressJudgement.COMPLETED)
    session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/assessments/{report.id}")
    assert page.soup.select("tbody td")[0].get_text(" ", strip=True) == f"Exempt information {action.reference}"
    assert "Oh!" not in page.text
    assert "Different" not in page.text


def test_reports_are_offered_with_what_they_have_to_say(world: World) -> None:
    report = make_report(world.session, world.ours, title="A letter")
    make_point(world.session, report, origin=REVIEW)
    make_report(world.session, world.ours, title="Not yet confirmed", status=ReportStatus.BEING_CHECKED)
    world.session.commit()
    page = world.browser(Role.LEAD).page("/assessments")
    assert "1 earlier recommendation repeated, 0 statements on progress, no grades" in page.text
    assert "Not yet confirmed" not in page.text


def test_a_report_that_is_not_there_not_ours_or_not_confirmed_is_not_found(world: World) -> None:
    unread = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    theirs = make_report(world.session, world.theirs)
    world.session.commit()
    browser = world.browser(Role.LEAD)
    for report_id in (unread.id, theirs.id, 99999):
        browser.page(f"/assessments/{report_id}", status=404)


def test_judgements_stand_beside_each_other_as_printed_and_the_same_way_up(world: World) -> None:
    session = world.session
    letter = make_report(session, world.ours, published=date(2008, 12, 17), scale_best="4")
    inspection = make_report(session, world.ours, published=date(2012, 7, 10), scale_best="1")
    make_report(session, world.ours, published=date(2018, 2, 1), title="A letter without grades")
    make_judgement(session, letter, "Staying safe", grade="Grade 3")
    make_judgement(session, inspection, "Staying safe", grade="Grade 1 (Outstanding)", normalised=Grade.OUTSTANDING)
    make_judgement(session, inspection, "Partnership working", grade="Grade 2 (Good)")
    session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page("/assessments/judgements")
    safe, partners = ([" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
                      for row in page.soup.select("tbody tr"))  # fmt: skip
    assert safe == [
        "Staying safe", "Good Grade 3, 4 is best", "Outstanding Grade 1 (Outstanding), 1 is best", "No grades"
    ]  # fmt: skip
    assert partners == ["Partnership working", "Not judged", "Good Grade 2 (Good), 1 is best", "No grades"]
    assert "no grades" in page.soup.select("thead th")[3].get_text()
    assert (
        page.soup.select_one("figure svg desc").get_text() == "Staying safe: good in Dec 2008, outstanding in Jul 2012"
    )


def test_empty_pages_say_what_comes(world: World) -> None:
    browser = world.browser(Role.DIRECTOR)
    assert "No report has been confirmed yet." in browser.page("/assessments").text
    assert "No confirmed report gives grades yet." in browser.page("/assessments/judgements").text
    report = make_report(world.session, world.ours)
    world.session.commit()
    page = browser.page(f"/assessments/{report.id}")
    assert "This report repeats no earlier recommendation." in page.text
