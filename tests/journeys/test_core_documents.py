"""The other four core documents, read and confirmed the same way, and what the next assessment says of them."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.journeys.conftest import Visit
from tests.journeys.test_whole_way import add_report, give_out_and_confirm
from tests.real_reports import real_report
from tracker.models import Action, ActionPoint, Council
from tracker.terms import Origin, PointKind

Open = Callable[[str], Visit]


@pytest.mark.parametrize(
    ("document", "count", "followups", "assumed"),
    [
        ("apa-letter-hackney-2008.txt", 11, 0, 11),
        ("scrutiny-apa-haringey-2008.txt", 18, 14, 18),
        ("local-area-send-hackney-2018.txt", 16, 0, 16),
        ("apa-letter-harrow-2007.txt", 26, 13, 26),
    ],
)
def test_a_core_document_is_read_and_confirmed(
    hackney: Council, session: Session, visit: Open, document: str, count: int, followups: int, assumed: int
) -> None:
    lead = visit("lead")
    report = add_report(lead, real_report(document))
    lead.look()
    lead.see(f"0 of {count} checked")
    lead.see("(assumed)")
    give_out_and_confirm(lead, report)
    lead.see(f"{count} actions are now tracked")
    lead.look()
    points = session.scalars(select(ActionPoint)).all()
    assert sum(point.origin is Origin.JOINT_AREA_REVIEW for point in points) == followups
    actions = session.scalars(select(Action)).all()
    assert len(actions) == count
    assert sum(action.due_assumed for action in actions) == assumed


def test_weaknesses_without_a_time_are_due_after_twelve_months_and_say_so(
    hackney: Council, session: Session, visit: Open
) -> None:
    lead = visit("lead")
    report = add_report(lead, real_report("apa-letter-hackney-2008.txt"))
    lead.see(
        "17 December 2008, date printed on the report, + 12 months, assumed as no time is given = 17 December 2009"
    )
    give_out_and_confirm(lead, report)
    assert {point.kind for point in session.scalars(select(ActionPoint))} == {PointKind.WEAKNESS}
    lead.follow("HAC-2008-01") if lead.page.locator("a", has_text="HAC-2008-01").count() else lead.go(
        "/actions/HAC-2008-01"
    )
    lead.see("17 December 2009, assumed")


def test_follow_ups_are_counted_from_the_review_once_its_date_is_given(
    hackney: Council, session: Session, visit: Open
) -> None:
    lead = visit("lead")
    report = add_report(lead, real_report("scrutiny-apa-haringey-2008.txt"))
    lead.see("until the date of the joint area review is given")
    lead.go(report + "/facts")
    lead.see("14 points repeat recommendations of an earlier joint area review")
    lead.look()
    group = lead.page.get_by_role("group", name="Date of the joint area review")
    for part, value in (("Day", "30"), ("Month", "6"), ("Year", "2006")):
        group.get_by_label(part).fill(value)
    lead.press("Save the dates")
    give_out_and_confirm(lead, report)
    actions = session.scalars(select(Action).join(Action.point).order_by(ActionPoint.position)).all()
    followups = [action for action in actions if action.point.origin is Origin.JOINT_AREA_REVIEW]
    assert len(followups) == 14
    assert {action.base_date.isoformat() for action in followups} == {"2006-06-30"}
    assert not any(action.due_assumed for action in followups)
    own = [action for action in actions if action.point.origin is Origin.THIS_REPORT]
    assert {action.base_date.isoformat() for action in own} == {"2008-01-10"}

    lead.go("/assessments").look()
    lead.page.locator("main a[href*='/assessments/']:not([href$=judgements], [href*=pack])").first.click()
    lead.page.wait_for_load_state()
    lead.look()
    lead.see("Good action has been taken to address these recommendations")
    assert lead.page.get_by_text("The letter says nothing of this one").count() == 0


def test_judgements_of_three_assessments_stand_the_same_way_up(hackney: Council, visit: Open) -> None:
    lead = visit("lead")
    for document in ("apa-letter-hackney-2008.txt", "slac-hackney-2012.txt", "local-area-send-hackney-2018.txt"):
        give_out_and_confirm(lead, add_report(lead, real_report(document)))
    lead.go("/assessments/judgements").look()
    assert lead.page.locator("main svg").count() >= 1
    text = lead.page.locator("main").inner_text()
    assert "4 is best" in text
    assert "1 is best" in text
    assert "no grades" in text.lower()
