"""Reports of many kinds: exactly the points marked in each are read, with their times; and their facts."""

import pytest
import typst

from tests.unit.reading.kinds import KINDS, Wanted, letters, report_of, wanted_of
from tracker.reports.reading import Reading, read_bytes, read_text, to_scoring_form
from tracker.terms import TimeLimitKind


def read_of(reading: Reading) -> list[Wanted]:
    points = to_scoring_form(reading)["action_points"]
    return [Wanted(letters(point["text"]), point["timescale"], point["due_date"]) for point in points]


@pytest.mark.parametrize("kind", KINDS)
def test_the_marked_points_and_no_others_are_read(kind: str) -> None:
    assert read_of(read_text(report_of(KINDS[kind]))) == wanted_of(KINDS[kind])


NOTE_MARK = """#set page(width: 15cm, height: 12cm)
== What needs to improve?
- «N|The timeliness of pre-proceedings work{#super(typographic: false)[1]} and the oversight of it by managers.»
== Findings
- Plans should be better.
"""
SPLIT_TABLE = """#set page(width: 15cm, height: 7cm)
== Inspection outcome
#lorem(90)
== Areas for improvement
#table(columns: (1fr,), table.header([*Areas for improvement*]),
[«N|Leaders should improve the timeliness of the annual reviews of plans so that they show what children need.»],
[«N|Leaders across health and social care should increase their contributions to plans.»],
[«N|Leaders should reduce the time that children wait, and should keep families informed while they wait.»])
== Local area partnership details
Leaders must be named.
"""
POLICE = """#set page(width: 21cm, height: 16cm)
= Responding to the public
== Area for improvement
*«N|The constabulary should attend incidents within its published attendance times»*

During our inspection, we found that it attended 60 percent of calls in time. It should attend 90 percent.

== Cause of concern
*The constabulary isn't protecting vulnerable people*

== Recommendations
*Within three months, Eastvale Constabulary should:*
- «3|clear its backlog; and»
- «3|make sure that supervisors review every case.»
== Main findings
*The constabulary answers calls quickly*

It should be proud of this.
"""


@pytest.mark.parametrize("sample", [NOTE_MARK, SPLIT_TABLE, POLICE])
def test_pages_set_in_columns_tables_and_bold(sample: str) -> None:
    raised = sample.replace("{#super(typographic: false)[1]}", "#super(typographic: false)[1]")

    assert read_of(read_bytes(typst.compile(report_of(raised).encode()))) == wanted_of(sample)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Ensure that a file is kept within six months of receipt of a completed check.", TimeLimitKind.NOT_GIVEN),
        ("Ensure that plans are made by the age of 16 years and 3 months.", TimeLimitKind.NOT_GIVEN),
        ("Urgently share the briefing.", TimeLimitKind.NOT_GIVEN),
        ("The council should confirm within three months what it has done.", TimeLimitKind.WITHIN),
        ("Submit a plan within 70 working days of receiving this letter.", TimeLimitKind.WITHIN),
        ("Publish a plan by the end of 2026.", TimeLimitKind.BY_DATE),
        ("Publish a plan by the end of the financial year.", TimeLimitKind.OTHER),
        ("Act on this learning as soon as practicable.", TimeLimitKind.OTHER),
        ("Stop the use of the old form with immediate effect.", TimeLimitKind.IMMEDIATELY),
    ],
)
def test_times_that_are_and_that_only_look_like_one(sentence: str, kind: TimeLimitKind) -> None:
    (point,) = read_text(f"Recommendations\n\n- {sentence}\n").points

    assert point.time_limit.kind is kind


@pytest.mark.parametrize(
    ("first_page", "authority"),
    [
        ("Inspection of the Royal Borough of Eastvale and Northbrook local authority children's services", "Eastvale"),
        ("Inspection of Westmere and Northbrook local authority children's services", "Westmere and Northbrook"),
        ("Report on an unannounced inspection of HMP Eastmarsh by HM Chief Inspector of Prisons", "HMP Eastmarsh"),
        ("To: The Chief Executive, Westmere City Council", "Westmere City Council"),
        ("An inspection of Westmere Fire and Rescue Service", "Westmere Fire and Rescue Service"),
        ("Independent fostering agency\n\nHarbour Fostering Ltd", "Harbour Fostering Ltd"),
        ("Joint area review\n\nWestmere Children's Services Authority Area\n\nAudit Commission", "Westmere"),
        (
            "REPORT TO PREVENT FUTURE DEATHS\n\nTHIS REPORT IS MADE TO: The Chief Executive, Westmere Borough Council",
            "Westmere Borough Council",
        ),
    ],
)
def test_whom_the_report_is_about(first_page: str, authority: str) -> None:
    assert authority in (read_text(f"{first_page}\n\nAll is well.\n").facts.authority or "")


@pytest.mark.parametrize(
    ("line", "first", "last"),
    [
        ("11–22 September 2023", "2023-09-11", "2023-09-22"),
        ("14 – 17 October 2024", "2024-10-14", "2024-10-17"),
        ("Date of inspection visit: 02 July 2024", "2024-07-02", "2024-07-02"),
        ("Inspection dates: 5 to 9 December 2022 and 9 to 13 January 2023", "2022-12-05", "2023-01-13"),
        ("Inspection date 11/02/2013 to 15/02/2013", "2013-02-11", "2013-02-15"),
    ],
)
def test_when_the_inspection_was(line: str, first: str, last: str) -> None:
    facts = read_text(f"Report on Westmere\n\n{line}\n\nAll is well.\n").facts

    assert (str(facts.inspection_start), str(facts.inspection_end)) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("You should submit an action plan within 70 working days of receiving this letter.", TimeLimitKind.WITHIN),
        (
            "Westmere should send the written statement of action to the office by 1 November 2023.",
            TimeLimitKind.BY_DATE,
        ),
        ("The local area is required to produce and submit a Written Statement of Action.", TimeLimitKind.NOT_GIVEN),
        ("HMCI requires the partnership to prepare and submit a priority action plan.", TimeLimitKind.NOT_GIVEN),
        (
            "You are under a duty to respond to this report within 56 days of the date of this report.",
            TimeLimitKind.WITHIN,
        ),
    ],
)
def test_the_reports_own_demand_for_an_answer(sentence: str, kind: TimeLimitKind) -> None:
    reading = read_text(f"Findings\n\nAll is well here. {sentence} We shall come back.\n")

    assert reading.points == ()
    assert reading.demand
    assert (reading.demand.quote, reading.demand.time_limit.kind) == (sentence, kind)
    assert reading.text[reading.demand.place.start : reading.demand.place.end] == sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "The council submitted its action plan within 70 working days.",
        "Providers whose grade falls are required to provide an action plan each month.",
        "Leaders have an improvement plan.",
    ],
)
def test_what_was_sent_or_is_usual_is_no_demand(sentence: str) -> None:
    assert read_text(f"Findings\n\n{sentence}\n").demand is None
