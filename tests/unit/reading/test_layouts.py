# ruff: noqa: E501 - lines of sample reports
"""Layouts and wordings of many kinds of report, each in a few invented lines."""

import pytest

from tracker.reports.reading import read_text
from tracker.terms import TimeLimitKind, TimeUnit


def texts(report: str) -> list[str]:
    return [point.text for point in read_text(report).points]


@pytest.mark.parametrize(
    "heading",
    [
        "What needs to improve?",
        "What needs to improve in this area of social work practice?1",
        "What does the local authority need to improve?",
        "Areas for improvement:",
        "Area(s) for development",
        "Areas for priority action",
        "Priority and immediate action",
        "Priorities for further improvement",
        "Recommendations",
        "## **2. RECOMMENDATIONS**",
        "Statutory requirements",
        "Important weaknesses and areas for development",
        "Action the trust MUST take to improve",
        "For immediate action",
    ],
)
@pytest.mark.parametrize("mark", ["- ", "• ", "■ ", "\uf0a7 ", "1. ", "•\n"])
def test_a_marked_item_under_each_heading_is_a_point(heading: str, mark: str) -> None:
    report = f"{heading}\n\n{mark}Ensure that all plans are reviewed on time.\n\nMain findings\n\n- All is well.\n"

    assert texts(report) == ["Ensure that all plans are reviewed on time."]


@pytest.mark.parametrize("heading", ["Strengths", "Main findings", "Findings", "Information about this inspection"])
def test_items_under_other_headings_are_no_points(heading: str) -> None:
    assert texts(f"{heading}\n\n- The council should be proud.\n") == []


@pytest.mark.parametrize(
    ("words", "kind", "count", "unit"),
    [
        ("Immediately:", TimeLimitKind.IMMEDIATELY, None, None),
        ("Within three months:", TimeLimitKind.WITHIN, 3, TimeUnit.MONTHS),
        ("Within 6 months", TimeLimitKind.WITHIN, 6, TimeUnit.MONTHS),
        ("For action over the next six months", TimeLimitKind.WITHIN, 6, TimeUnit.MONTHS),
        ("Within 20 working days:", TimeLimitKind.WITHIN, 20, TimeUnit.WORKING_DAYS),
        ("For action in the longer term", TimeLimitKind.LONGER_TERM, None, None),
        ("Over the longer term", TimeLimitKind.LONGER_TERM, None, None),
    ],
)
def test_time_limits_of_headings(words: str, kind: TimeLimitKind, count: int | None, unit: TimeUnit | None) -> None:
    (point,) = read_text(f"Areas for improvement\n\n{words}\n\n- ensure that it is done\n").points

    assert (point.time_limit.kind, point.time_limit.count, point.time_limit.unit) == (kind, count, unit)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("The council should take immediate steps to count its cases.", TimeLimitKind.IMMEDIATELY),
        ("The board should share the review with immediate effect.", TimeLimitKind.IMMEDIATELY),
        ("The council should act as soon as is reasonably practicable.", TimeLimitKind.OTHER),
        ("The council should report at least every three years.", TimeLimitKind.OTHER),
        ("By 31 October 2025, the council shall publish its plan.", TimeLimitKind.BY_DATE),
        ("The council must reply by the end of March 2026.", TimeLimitKind.BY_DATE),
        ("Within six months, the council should publish its plan.", TimeLimitKind.WITHIN),
        ("The council should urgently improve its front door.", TimeLimitKind.NOT_GIVEN),
        ("Leaders should act at pace.", TimeLimitKind.NOT_GIVEN),
        ("Improve assessments within five working days for young people.", TimeLimitKind.NOT_GIVEN),
        ("The council should reverse the fall seen from 1 July 2022.", TimeLimitKind.NOT_GIVEN),
    ],
)
def test_time_limits_inside_a_sentence(sentence: str, kind: TimeLimitKind) -> None:
    (point,) = read_text(f"Recommendations\n\n- {sentence}\n").points

    assert point.time_limit.kind is kind


def test_the_heading_wins_over_the_sentence() -> None:
    (point,) = read_text("For immediate action\n\n- Remove old files within six months of receipt.\n").points

    assert point.time_limit.kind is TimeLimitKind.IMMEDIATELY


def test_words_of_urgency_are_a_mark_of_priority() -> None:
    (point,) = read_text("Recommendations\n\n- The council should urgently improve its front door.\n").points

    assert point.priority == "urgently"


def test_a_sentence_that_leads_in_gives_the_time_limit() -> None:
    report = "Recommendations\n\nWithin three months, Northbrook Police should:\n\n• answer calls faster\n• record every call\n"

    assert [point.time_limit.count for point in read_text(report).points] == [3, 3]


def test_parts_of_a_point_stay_with_it() -> None:
    report = (
        "Areas for improvement\n\nPlans start too late. Leaders should act. This should include a focus on:\n\n"
        "- earlier reviews; and\n- better data.\n\nLeaders should also listen.\n"
    )

    assert texts(report) == [
        "Plans start too late. Leaders should act. This should include a focus on: earlier reviews; and better data.",
        "Leaders should also listen.",
    ]


def test_letters_in_brackets_stay_with_their_point() -> None:
    report = "Recommendations\n\n7. Examine every case where\n\n(i) a child is alone\n\n(ii) a child is ill.\n\n8. Report it.\n"

    assert texts(report) == ["Examine every case where (i) a child is alone (ii) a child is ill.", "Report it."]


def test_headings_inside_a_numbered_list_do_not_end_it() -> None:
    report = "Recommendations\n\n1. Ensure that plans are good.\n\nAdoption\n\n2. Improve reports.\n\nKey strengths\n\n3. Staff are kind.\n"

    assert texts(report) == ["Ensure that plans are good.", "Improve reports."]


def test_only_marked_recommendations_count_where_a_report_marks_them() -> None:
    report = (
        "Conclusions and recommendations\n\n1. It should not have happened. (Conclusion, Paragraph 6)\n\n"
        "2. The Ministry should publish a plan. (Recommendation, Paragraph 7)\n\n"
        "3. The Ministry should pay. (Recommendation,\nParagraph 9)\n"
    )

    assert [text.split(" (")[0] for text in texts(report)] == [
        "The Ministry should publish a plan.",
        "The Ministry should pay.",
    ]


def test_a_government_response_gives_the_recommendations_and_not_the_answers() -> None:
    report = (
        "Recommendation 1: The Ministry should publish a plan.\n\nGovernment response\n\nWe should be glad to.\n\n"
        "Recommendation 2: The Ministry must pay.\n\nGovernment response\n\nNo.\n"
    )

    assert texts(report) == ["The Ministry should publish a plan.", "The Ministry must pay."]


def test_requirements_are_closed_by_their_due_dates() -> None:
    report = (
        "Statutory requirements\n\nRequirement\tDue date\nThe registered person must lock the door.\t18 July 2025\n"
    )
    (point,) = read_text(report).points

    assert str(point.time_limit.day) == "2025-07-18"


def test_contents_lists_and_page_furniture_are_left_out() -> None:
    page = "Northbrook Council: inspection report {}\n{}\n"
    report = (
        "Contents\n\nRecommendations\t8\nFindings\t9\n\n"
        + page.format(1, "\nRecommendations\n\n- Ensure that every child who goes missing is offered a talk with")
        + page.format(2, "somebody they trust.\n- Improve reports.\n")
        + page.format(3, "\nFindings\n\nAll is well.")
    )

    assert texts(report) == [
        "Ensure that every child who goes missing is offered a talk with somebody they trust.",
        "Improve reports.",
    ]


def test_a_committees_own_decision_is_no_point() -> None:
    assert texts("## 9. Recommendations.\n\n9.1 Members are asked to note the outcome.\n") == []


def test_wrapped_text_is_rejoined_and_broken_words_mended() -> None:
    report = (
        "Recommendations\n\n- Ensure that the information given to foster carers is com-\n  plete before a child moves and that long-\n"
        "  term plans are shared with them in good time by the team.\n\nThe long-term plans were complete.\n"
    )

    whole = (
        "Ensure that the information given to foster carers is complete before a child moves and that long-term plans "
        "are shared with them in good time by the team."
    )

    assert texts(report) == [whole]


def test_a_sentence_that_leads_in_names_the_bodies_and_its_time_does_not_outlast_its_list() -> None:
    report = (
        "Recommendations\n\nWithin six months, Northbrook Police should:\n\n• answer calls faster\n\n"
        "The Northbrook Safety Board should:\n\n• record every call\n"
    )
    first, second = read_text(report).points

    assert (first.bodies, first.time_limit.count) == (("Northbrook Police",), 6)
    assert (second.bodies, second.time_limit.kind) == (("Northbrook Safety Board",), TimeLimitKind.NOT_GIVEN)


def test_a_titled_recommendation_is_the_paragraph_under_its_title() -> None:
    report = "Recommendation 1: Governance\n\nThe council should set up a board within six months.\n\nConclusion\n\nAll is well.\n"
    (point,) = read_text(report).points

    assert point.text == "The council should set up a board within six months."
    assert point.time_limit.words == "within six months."


def test_what_a_browser_prints_around_a_page_is_no_part_of_a_point() -> None:
    head, foot = "11/22/26, 3:39 AM", "https://westmere.example/report"
    pages = [
        f"{head}\n\nRecommendations\n\n• Review the plans that are made for children in care so that each\n\n{foot} 1/2",
        f"{head}\n\nof them says who is to act.\n\n{foot} 2/2",
    ]

    assert texts("\f".join(pages)) == [
        "Review the plans that are made for children in care so that each of them says who is to act."
    ]
