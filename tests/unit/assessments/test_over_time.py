"""Judgements over time, both scales the same way up."""

from datetime import date

import pytest

from tracker.assessments.areas import common_name, order
from tracker.assessments.over_time import Judged, Judging, chart, over_time
from tracker.terms import Grade


def judging(report_id: int, day: date | None, best: str | None, *judged: Judged) -> Judging:
    return Judging(report_id, f"Report {report_id}", day, best, judged)


LETTER = judging(
    1, date(2008, 12, 17), "4",
    Judged("Overall effectiveness of children's services", None, "Grade 3", Grade.GOOD),
    Judged("Staying safe", None, "2", Grade.ADEQUATE),
)  # fmt: skip
INSPECTION = judging(
    2, date(2012, 7, 10), "1",
    Judged("Overall effectiveness", "Safeguarding services", "Grade 1 (Outstanding)", Grade.OUTSTANDING),
    Judged("Overall effectiveness", "Services for looked after children", "Grade 2 (Good)", Grade.GOOD),
    Judged("Equality and diversity", "Safeguarding services", "Outstanding", Grade.OUTSTANDING),
)  # fmt: skip
NO_GRADES = judging(3, date(2018, 2, 1), None)


@pytest.mark.parametrize(
    ("area", "name"),
    [
        ("Overall effectiveness of children's services", "Overall effectiveness"),
        ("Overall effectiveness of children’s services", "Overall effectiveness"),
        (
            "Capacity to improve, including the management of services for children and young people",
            "Capacity to improve",
        ),
        ("CAPACITY FOR IMPROVEMENT", "Capacity to improve"),
        ("Economic well-being", "Achieving economic well-being"),
        ("Making a positive contribution, including user engagement", "Making a positive contribution"),
        ("Partnership  working", "Partnership working"),
    ],
)
def test_areas_of_different_frameworks_have_one_name(area: str, name: str) -> None:
    assert common_name(area) == name


def test_areas_that_are_compared_come_before_those_of_one_framework() -> None:
    names = ["Partnership working", "Staying safe", "Ambition", "Overall effectiveness"]
    assert sorted(names, key=order) == ["Overall effectiveness", "Staying safe", "Ambition", "Partnership working"]


def test_reports_stand_from_the_oldest_to_the_newest_and_one_without_grades_has_a_column() -> None:
    found = over_time([NO_GRADES, INSPECTION, LETTER])
    assert [report.heading for report in found.reports] == ["Dec 2008", "Jul 2012", "Feb 2018"]
    assert [len(cell.judged) for cell in found.rows[0].cells] == [1, 2, 0]
    assert [row.area for row in found.rows] == ["Overall effectiveness", "Staying safe", "Equality and diversity"]


def test_the_chart_compares_only_what_two_reports_grade_and_takes_the_lowest_of_several() -> None:
    found = over_time([LETTER, INSPECTION, NO_GRADES])
    assert [row.area for row in found.compared] == ["Overall effectiveness"]
    assert found.rows[0].cells[1].lowest is Grade.GOOD
    assert "Overall effectiveness: good in Dec 2008, good in Jul 2012" in chart(found)


@pytest.mark.parametrize(
    ("report", "grade", "words"),
    [
        (LETTER, "Grade 3", "Grade 3, 4 is best"),
        (LETTER, "Grade: 3", "Grade 3, 4 is best"),
        (LETTER, "2", "Grade 2, 4 is best"),
        (INSPECTION, "Grade 2 (Good)", "Grade 2 (Good), 1 is best"),
        (INSPECTION, "Outstanding", "Printed “Outstanding”"),
        (NO_GRADES, "Grade 3", "Grade 3, direction of the scale not known"),
    ],
)
def test_a_grade_is_shown_as_printed_with_the_direction_of_its_scale(report: Judging, grade: str, words: str) -> None:
    assert report.printed(Judged("Staying safe", None, grade, Grade.GOOD)) == words


def test_a_report_without_a_date_comes_first_and_says_so() -> None:
    assert over_time([LETTER, judging(9, None, None)]).reports[0].heading == "No date"
