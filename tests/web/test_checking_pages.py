"""Adding a report, checking what was read, and confirming it, as a lead does it in the browser."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.factories import make_judgement, make_person, make_point, make_report, make_statement
from tests.pages import Page, PageClient
from tests.web.conftest import World
from tracker.models import Action, ActionPoint, Report
from tracker.terms import Origin, PointDecision, ReportStatus, Role

TEXT = "The council should:\n\n- review how referrals are read\n\n- train its staff\n\n- count what it does\n"
END = {"inspection_end__day": "13", "inspection_end__month": "3", "inspection_end__year": "2026"}
WORDS = ("review how referrals are read", "train its staff", "count what it does")


class Checking:
    """A report with three points on a lead's screen."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.report = make_report(
            world.session, world.ours, added_by=world.people[Role.LEAD], status=ReportStatus.BEING_CHECKED, text=TEXT
        )
        self.points = [
            make_point(
                world.session, self.report, words=words, title=words.capitalize(), decision=PointDecision.PROPOSED,
                start=TEXT.index(words), end=TEXT.index(words) + len(words), position=float(number),
            )
            for number, words in enumerate(WORDS, 1)
        ]  # fmt: skip
        world.session.commit()
        self.browser: PageClient = world.browser(Role.LEAD)

    def at(self, path: str) -> str:
        return f"/reports/{self.report.id}/{path}"

    def form(self, point: ActionPoint, **values: Any) -> dict[str, Any]:
        page = self.browser.page(self.at(f"check?point={point.id}"))
        names = ("title", "words", "section", "limit_kind", "limit_count", "limit_unit", "owner", "lead")
        return {name: page.field(name) for name in names} | values

    def save(self, point: ActionPoint, **values: Any) -> Page:
        return self.browser.send(self.at(f"points/{point.id}"), **self.form(point, **values))

    def fresh(self) -> None:
        self.world.session.expire_all()

    def decisions(self) -> list[PointDecision]:
        self.fresh()
        question = select(ActionPoint.decision).order_by(ActionPoint.id)
        return list(self.world.session.scalars(question))


@pytest.fixture
def checking(world: World) -> Checking:
    return Checking(world)


def test_a_point_is_shown_beside_its_marked_words_with_its_date_and_sum(checking: Checking) -> None:
    page = checking.browser.page(checking.at("check"))
    now = page.soup.select_one("mark.app-mark--now")
    assert now is not None
    assert now.get_text() == WORDS[0]
    assert len(page.soup.select("mark")) == 3
    assert "1 June 2026, last day of the inspection, + 3 months = 1 September 2026" in page.text
    assert "Point 1 of 3" in page.text


def test_the_point_the_reader_is_not_sure_of_comes_first(checking: Checking) -> None:
    checking.points[2].confidence, checking.points[2].confidence_reason = 0.5, "It may be a heading."
    checking.world.session.commit()
    page = checking.browser.page(checking.at("check"))
    assert page.field("words") == WORDS[2]
    assert "It may be a heading." in page.text


def test_keeping_goes_on_to_the_next_point_until_all_are_checked(checking: Checking) -> None:
    page = checking.save(checking.points[0], do="keep")
    assert page.response.headers["Location"].endswith(f"check?point={checking.points[1].id}")
    checking.save(checking.points[2], do="keep")
    last = checking.save(checking.points[1], do="keep")
    assert last.response.headers["Location"].endswith("/points")
    assert "Every point has been checked." in checking.browser.follow(last).soup.get_text()
    assert set(checking.decisions()) == {PointDecision.KEPT}


def test_saving_only_decides_nothing(checking: Checking) -> None:
    owner = checking.world.people[Role.SERVICE_MANAGER].id
    checking.save(checking.points[0], do="save", title="Read every referral", owner=str(owner))
    checking.fresh()
    point = checking.points[0]
    assert (point.title, point.owner_id, point.decision) == ("Read every referral", owner, PointDecision.PROPOSED)


@pytest.mark.parametrize(
    ("values", "words", "field"),
    [
        ({"title": ""}, "Enter a title", "title"),
        ({"words": " "}, "Enter the report’s words", "words"),
        ({"limit_count": "0"}, "Enter a number from 1 to 1200", "limit_count"),
        ({"limit_count": ""}, "Enter how many days, weeks or months.", "limit_count"),
        ({"limit_kind": "by_date"}, "Enter the date printed in the report.", "limit_date-day"),
        (
            {"limit_kind": "by_date", "limit_date__day": "1", "limit_date__month": "1", "limit_date__year": "9999"},
            "Enter a year from 1900 to 2100, like 1 9 2012", "limit_date-year",
        ),
    ],
)  # fmt: skip
def test_a_point_that_cannot_be_saved_says_why_at_its_field(
    checking: Checking, values: dict[str, str], words: str, field: str
) -> None:
    page = checking.save(checking.points[0], do="keep", **values)
    assert page.status == 400
    assert words in page.errors
    assert page.soup.select_one(f".govuk-error-summary a[href='#{field}']")
    assert checking.decisions()[0] is PointDecision.PROPOSED


def test_a_point_is_left_out_with_a_reason_and_put_back(checking: Checking) -> None:
    point, browser = checking.points[0], checking.browser
    none = browser.send(checking.at(f"points/{point.id}/leave-out"), reason="")
    assert (none.status, none.errors) == (400, ["Say why this point is left out"])
    browser.send(checking.at(f"points/{point.id}/leave-out"), reason="Not ours.")
    assert "Left out: Not ours." in browser.page(checking.at(f"check?point={point.id}")).text
    browser.send(checking.at(f"points/{point.id}/put-back"))
    assert checking.decisions()[0] is PointDecision.PROPOSED


def test_a_point_is_split_at_an_empty_line(checking: Checking) -> None:
    address = checking.at(f"points/{checking.points[0].id}/split")
    assert checking.browser.page(address).field("parts") == WORDS[0]
    page = checking.browser.send(address, parts="review how\r\n\r\nreferrals are read")
    assert "The point is split into 2." in checking.browser.follow(page).soup.get_text()
    assert checking.decisions() == [PointDecision.REPLACED, *[PointDecision.PROPOSED] * 4]


@pytest.mark.parametrize(
    ("parts", "words"),
    [("all of it", "Put an empty line between the parts, so that there are at least two."),
     ("", "Keep the report’s words here")],
)  # fmt: skip
def test_a_point_that_cannot_be_split_says_what_to_do(checking: Checking, parts: str, words: str) -> None:
    page = checking.browser.send(checking.at(f"points/{checking.points[0].id}/split"), parts=parts)
    assert (page.status, page.errors) == (400, [words])


def many(checking: Checking, do: str, points: list[int], owner: str = "0", lead: str = "0") -> Page:
    """Tick points on the page of all points and press one of its buttons."""
    browser = checking.browser
    data = {"csrf_token": browser.token(), "do": do, "points": [str(p) for p in points], "owner": owner, "lead": lead}
    return Page(browser.post(checking.at("points"), data=data))


def test_all_points_are_given_out_kept_and_merged_at_once(checking: Checking) -> None:
    ids = [point.id for point in checking.points]
    owner, lead = checking.world.people[Role.SERVICE_MANAGER], checking.world.people[Role.LEAD]
    said = checking.browser.follow(many(checking, "assign", ids, str(owner.id), str(lead.id))).soup.get_text()
    assert "3 points given out." in said
    assert "1 point kept." in checking.browser.follow(many(checking, "keep", ids[:1])).soup.get_text()
    assert "2 points merged into one." in checking.browser.follow(many(checking, "merge", ids[1:])).soup.get_text()
    assert checking.decisions() == [
        PointDecision.KEPT, PointDecision.REPLACED, PointDecision.REPLACED, PointDecision.PROPOSED,
    ]  # fmt: skip
    assert {point.owner_id for point in checking.points} == {owner.id}


@pytest.mark.parametrize(
    ("do", "chosen", "words"),
    [
        ("assign", 3, "Choose an owner or a lead."),
        ("keep", 0, "Choose the points first."),
        ("merge", 1, "Choose at least two points to merge."),
        ("", 1, "Choose what to do with the points."),
        ("burn", 1, "Choose what to do with the points."),
    ],
)
def test_what_cannot_be_done_with_many_says_what_to_choose(
    checking: Checking, do: str, chosen: int, words: str
) -> None:
    page = many(checking, do, [point.id for point in checking.points][:chosen])
    assert (page.status, page.errors) == (400, [words])
    assert len(page.soup.select("input[name=points][checked]")) == chosen


def test_somebody_who_may_not_own_cannot_be_chosen(checking: Checking) -> None:
    member = checking.world.people[Role.SCRUTINY_MEMBER]
    assert many(checking, "assign", [checking.points[0].id], str(member.id)).status == 400


def test_a_point_that_was_missed_is_added_and_kept(checking: Checking) -> None:
    browser = checking.browser
    assert browser.page(checking.at("points/add")).field("lead") == str(checking.world.people[Role.LEAD].id)
    given = {"words": "train its staff", "limit_kind": "not_given", "limit_unit": "months", "owner": "0", "lead": "0"}
    page = browser.follow(browser.send(checking.at("points/add"), **given))
    assert "The point has been added and kept." in page.soup.get_text()
    assert checking.decisions()[-1] is PointDecision.KEPT


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"words": ""}, "Enter the report’s words"),
        ({"limit_kind": "within"}, "Enter how many days, weeks or months."),
        ({"limit_kind": "by_date"}, "Enter the date printed in the report."),
    ],
)
def test_a_point_that_cannot_be_added_says_why(checking: Checking, values: dict[str, str], words: str) -> None:
    given = {"words": "train", "limit_kind": "not_given", "limit_unit": "months", "owner": "0", "lead": "0"} | values
    page = checking.browser.send(checking.at("points/add"), **given)
    assert (page.status, page.errors) == (400, [words])
    assert len(checking.decisions()) == 3


def facts(**values: str) -> dict[str, str]:
    given = {"title": "Inspection", "choice": "inspection_end"}
    for name, day in (("inspection_end", date(2026, 6, 1)), ("published", date(2026, 7, 10))):
        given |= {f"{name}__day": str(day.day), f"{name}__month": str(day.month), f"{name}__year": str(day.year)}
    return given | values


def test_another_base_date_counts_every_date_again(checking: Checking) -> None:
    browser = checking.browser
    assert browser.page(checking.at("facts")).field("inspection_end-day") == "1"
    page = browser.send(checking.at("facts"), **facts(choice="published"))
    assert "10 July 2026, date printed on the report, + 3 months = 10 October 2026" in browser.follow(page).text


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"title": ""}, "Enter the report’s title"),
        ({"choice": "typed"}, "Enter the date to count from."),
        ({"choice": "never"}, "Not a valid choice."),
        (
            {"choice": "typed", "typed__day": "1", "typed__month": "1", "typed__year": "9999"},
            "Enter a year from 1900 to 2100, like 1 9 2012",
        ),
    ],
)
def test_facts_that_do_not_hold_say_why_and_change_nothing(
    checking: Checking, values: dict[str, str], words: str
) -> None:
    page = checking.browser.send(checking.at("facts"), **facts(**values))
    assert page.status == 400
    assert words in page.errors
    assert "1 September 2026" in checking.browser.page(checking.at("check")).text


def test_the_date_of_the_review_is_asked_for_where_the_letter_repeats_its_recommendations(checking: Checking) -> None:
    for point in checking.points:
        point.origin = Origin.JOINT_AREA_REVIEW
    checking.world.session.commit()
    browser = checking.browser
    assert "(assumed)" in browser.page(checking.at("check")).text
    review = {"review_date__day": "31", "review_date__month": "3", "review_date__year": "2025"}
    page = browser.follow(browser.send(checking.at("facts"), **facts(**review)))
    assert "31 March 2025, date of the joint area review, + 3 months = 30 June 2025" in page.text


def test_a_report_that_is_not_ready_says_what_is_missing_and_tracks_nothing(checking: Checking) -> None:
    page = checking.browser.page(checking.at("confirm"))
    assert "3 points have not been checked yet" in page.text
    said = checking.browser.follow(checking.browser.send(checking.at("confirm")))
    assert "3 points have not been checked yet" in said.soup.get_text()
    assert checking.world.session.scalar(select(func.count(Action.id))) == 0


def confirm(checking: Checking) -> Page:
    ids = [point.id for point in checking.points]
    people = checking.world.people
    many(checking, "assign", ids, str(people[Role.SERVICE_MANAGER].id), str(people[Role.LEAD].id))
    many(checking, "keep", ids)
    assert "3 actions will be tracked" in checking.browser.page(checking.at("confirm")).text
    return checking.browser.send(checking.at("confirm"))


def test_a_confirmed_report_is_a_plan_and_its_checking_is_over(checking: Checking) -> None:
    page = checking.browser.follow(confirm(checking))
    assert "The report is confirmed. 3 actions are now tracked." in page.soup.get_text()
    assert len(page.soup.select(".app-card")) == 3
    for path in ("check", "points", "confirm"):
        answer = checking.browser.get(checking.at(path))
        assert answer.headers["Location"] == f"/reports/{checking.report.id}"
    again = checking.browser.send(checking.at("confirm"))
    assert again.status == 409


@pytest.mark.parametrize("path", ["leave-out", "put-back", "split"])
def test_nothing_of_a_confirmed_report_can_be_changed_by_an_old_page(checking: Checking, path: str) -> None:
    confirm(checking)
    page = checking.browser.send(
        checking.at(f"points/{checking.points[0].id}/{path}"), reason="Not ours.", parts="a\n\nb"
    )
    assert page.status == 409
    assert "has been confirmed" in page.text
    assert set(checking.decisions()) == {PointDecision.KEPT}


def test_the_points_of_one_report_are_not_reached_through_another(checking: Checking) -> None:
    other = make_report(checking.world.session, checking.world.ours, status=ReportStatus.BEING_CHECKED)
    checking.world.session.commit()
    page = checking.browser.send(f"/reports/{other.id}/points/{checking.points[0].id}/put-back")
    assert page.status == 404


def test_the_list_of_reports_shows_how_each_stands_and_only_planners_may_add(world: World) -> None:
    make_report(world.session, world.ours, title="Inspection of fostering")
    make_report(world.session, world.theirs, title="Somebody else’s report")
    world.session.commit()
    for role in Role:
        page = world.browser(role).page("/reports")
        assert "Inspection of fostering" in page.text
        assert "Somebody else" not in page.text
        assert bool(page.soup.select("a[href='/reports/add']")) is (role in (Role.LEAD, Role.DIRECTOR))


def test_a_reports_page_shows_its_judgements_progress_and_what_was_left_out(world: World) -> None:
    report = make_report(world.session, world.ours)
    make_judgement(world.session, report, "Being healthy")
    make_statement(world.session, report, quote="Good progress has been made.")
    make_point(world.session, report, words="Not for us.", decision=PointDecision.LEFT_OUT, left_out_reason="Theirs.")
    world.session.commit()
    page = world.browser(Role.SCRUTINY_MEMBER).page(f"/reports/{report.id}")
    for words in (
        "Being healthy",
        "Good progress has been made.",
        "Not for us.",
        "Left out: Theirs.",
        "1 point left out",
    ):
        assert words in page.text


def test_a_report_comes_back_as_it_was_given(world: World) -> None:
    browser = world.browser(Role.LEAD)
    world.add_report(browser, files=True, way="file", file=(BytesIO(TEXT.encode()), "the report.txt"))
    report = world.session.scalars(select(Report)).one()
    answer = browser.get(f"/reports/{report.id}/document")
    assert answer.get_data() == TEXT.encode()
    assert 'filename="the report.txt"' in answer.headers["Content-Disposition"]


def test_a_report_is_checked_by_those_who_may_own_it_only(checking: Checking) -> None:
    make_person(checking.world.session, checking.world.ours, Role.SERVICE_MANAGER, name="Gone", active=False)
    checking.world.session.commit()
    names = checking.browser.page(checking.at("points")).soup.select_one("select[name=owner]")
    assert names is not None
    assert "Gone" not in names.get_text()


def test_two_people_do_not_write_over_each_other(world: World) -> None:
    report = make_report(world.session, world.ours, status=ReportStatus.BEING_CHECKED)
    point = make_point(world.session, report, decision=PointDecision.PROPOSED)
    world.session.commit()
    first, second = world.browser(Role.LEAD), world.browser(Role.DIRECTOR)
    address = f"/reports/{report.id}/points/{point.id}"
    opened = [browser.page(f"/reports/{report.id}/check").field("version") for browser in (first, second)]
    kept = {"do": "save", "words": "W", "limit_kind": "not_given", "limit_unit": "days", "owner": "0", "lead": "0"}
    assert first.send(address, title="The first", version=opened[0], **kept).status == 302
    assert second.send(address, title="The second", version=opened[1], **kept).status == 409
    world.session.expire_all()
    assert point.title == "The first"
    dates = second.page(f"/reports/{report.id}/facts").field("version")
    facts = f"/reports/{report.id}/facts"
    assert first.send(facts, title="A", choice="inspection_end", **END).status == 302
    assert second.send(facts, title="B", choice="inspection_end", version=dates, **END).status == 409
