# ruff: noqa: E501 - lines of sample reports
"""The annual letters: follow-ups of an earlier review, lost bullet marks, broken pages, grades and progress."""

import pytest

from tests.unit.reading.samples import LETTER
from tracker.reports.reading import Reading, read_text
from tracker.terms import Grade, Origin, PointKind, ProgressJudgement, TimeLimitKind


@pytest.fixture(scope="module")
def reading() -> Reading:
    return read_text(LETTER)


def test_the_points_are_read_in_their_order(reading: Reading) -> None:
    assert [point.text.split()[-1] for point in reading.points] == [
        "nurse.",
        "estate.",
        "smoke.",
        "schools.",
        "reviews.",
    ]


def test_follow_ups_and_own_points_are_told_apart(reading: Reading) -> None:
    follow_up, own = Origin.JOINT_AREA_REVIEW, Origin.THIS_REPORT

    assert [point.origin for point in reading.points] == [follow_up, follow_up, own, follow_up, own]
    assert reading.points[2].kind is PointKind.AREA_FOR_DEVELOPMENT
    assert reading.points[0].kind is PointKind.RECOMMENDATION


def test_a_time_limit_covers_only_the_points_under_its_heading(reading: Reading) -> None:
    within, longer, none = TimeLimitKind.WITHIN, TimeLimitKind.LONGER_TERM, TimeLimitKind.NOT_GIVEN

    assert [point.time_limit.kind for point in reading.points] == [within, within, none, longer, none]
    assert reading.points[0].time_limit.count == 6


def test_a_lost_mark_is_said_and_lowers_the_confidence(reading: Reading) -> None:
    assert reading.points[1].confidence < reading.points[0].confidence
    assert "mark was lost" in reading.points[1].reason


def test_a_point_broken_by_a_page_is_put_together(reading: Reading) -> None:
    point = reading.points[3]

    assert "asylum seekers close" in point.text
    assert "asylum\n\nseekers" in reading.text[point.place.start : point.place.end]


def test_sections_are_the_outcomes_without_their_grades(reading: Reading) -> None:
    assert [point.section for point in reading.points] == ["Being healthy"] * 3 + ["Staying safe"] * 2


def test_bodies_are_the_subjects_of_the_sentence(reading: Reading) -> None:
    assert reading.points[0].bodies == ("Westmere Health Board",)
    assert reading.points[1].bodies == ("council",)
    assert reading.points[2].bodies == ()


def test_grades_run_upwards_where_3_is_good(reading: Reading) -> None:
    assert reading.facts.scale.best == "4"
    assert [(one.area, one.normalised) for one in reading.judgements] == [
        ("Overall effectiveness of children's services", Grade.GOOD),
        ("Being healthy", Grade.GOOD),
        ("Staying safe", Grade.ADEQUATE),
    ]


def test_every_follow_up_has_a_statement_of_progress(reading: Reading) -> None:
    about = {number for statement in reading.progress for number in statement.about}

    assert {0, 1, 3} <= about


def test_a_statement_is_judged_and_found_at_its_place(reading: Reading) -> None:
    statement = next(one for one in reading.progress if "Good action" in one.quote)

    assert statement.judgement is ProgressJudgement.GOOD_PROGRESS
    assert statement.about == (3,)
    assert reading.text[statement.place.start : statement.place.end] == statement.quote


def test_the_facts_of_the_letter(reading: Reading) -> None:
    facts = reading.facts

    assert facts.authority == "London Borough of Westmere"
    assert facts.addressee == "Ms Jane Pell"
    assert facts.report_type == "annual performance assessment letter"
    assert str(facts.published) == "2007-11-26"
    assert facts.inspection_start is None
    assert facts.review_date_hint == "2006"


TABLE = """\
Report Title: Annual performance assessment

On 10 January 2008

Westmere Council

Each judgement is graded from 1 (the lowest) to 4 (the highest).

LA\tOverall Effectiveness\tBe Healthy\tStay Safe\tTotal Score
Northbrook\t4\t4\t4\t12
Eastfield (JAR)\t3\t3\t3\t10
WESTMERE\t3\t2\t3\t8

## Being healthy

The service is adequate.
"""


def test_a_table_of_authorities_is_read_with_its_wrong_totals() -> None:
    rows = read_text(TABLE).comparators

    assert [(row.authority, row.total) for row in rows] == [("Northbrook", 12), ("Eastfield", 10), ("Westmere", 8)]
    assert [row.note for row in rows] == [None, "The printed total is 10; the grades add up to 9.", None]


def test_a_heading_without_a_grade_takes_it_from_the_authoritys_own_row() -> None:
    reading = read_text(TABLE)

    assert [(one.area, one.grade, one.normalised) for one in reading.judgements] == [
        ("Being healthy", "2", Grade.ADEQUATE)
    ]


def test_one_is_best_where_the_report_says_so() -> None:
    text = "Outstanding (Grade 1)\tfar above\nGood (Grade 2)\tabove\nAdequate (Grade 3)\tmeets\nInadequate (Grade 4)\tbelow\n"
    reading = read_text(text + "\nPartnership working**Grade 2 (Good)**\n\nPartners meet.\n")

    assert reading.facts.scale.best == "1"
    assert [(one.area, one.normalised) for one in reading.judgements] == [("Partnership working", Grade.GOOD)]


def test_a_sentence_about_one_recommendation_is_about_that_one_only() -> None:
    reading = read_text(
        "17 December 2025\n\nDear Director\n\nAnnual performance assessment of services in Westmere\n\n"
        "Staying safe\nGrade: 2\n\nTwo recommendations emerged from the joint area review.\n\n"
        "For action over the next six months\n\n"
        "- Ensure that all checks on staff who work with children are up to date.\n\n"
        "- Reduce the number of children waiting for an initial assessment.\n\n"
        "The recommendation on staff checks has been fully met. Limited progress has been made on the "
        "recommendation about initial assessments, and a third are still late.\n\nYours sincerely\n"
    )
    assert [(one.judgement.value, one.about) for one in reading.progress] == [
        ("completed", (0,)),
        ("limited_progress", (1,)),
    ]


@pytest.mark.parametrize(
    ("sentence", "judgement"),
    [
        ("Good progress has been made in reducing caseloads since the last visit.", ProgressJudgement.GOOD_PROGRESS),
        ("Progress in improving the timeliness of assessments has been slow.", ProgressJudgement.LIMITED_PROGRESS),
        ("The council has made some progress since the last inspection.", ProgressJudgement.SOME_PROGRESS),
    ],
)
def test_a_letter_without_recommendations_says_how_far_the_council_has_come(
    sentence: str, judgement: ProgressJudgement
) -> None:
    progress = read_text(f"Dear Ms Lane\n\nHeadline findings\n\nWe came back in May. {sentence}\n").progress

    assert [(one.quote, one.judgement) for one in progress] == [(sentence, judgement)]


def test_how_children_get_on_at_school_is_no_progress_of_the_council() -> None:
    assert (
        read_text("Findings\n\nChildren in care make good progress at school in nearly all subjects.\n").progress == ()
    )
