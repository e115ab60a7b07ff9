# ruff: noqa: E501 - lines of sample reports
"""The same words give the same points in every format: their text, their time limits, their kinds and who has to act."""

import shutil
from functools import lru_cache

import pytest

from tests.unit.reading.kinds import letters, report_of, wanted_of
from tests.unit.reading.rendering import FORMATS, as_word, by_libre_office
from tracker.reports.reading import read_bytes, to_scoring_form

REPORTS = {
    "lists under time limits": """
# Joint review of services in Eastvale
Published: 14 March 2024
The review found committed staff, who should be thanked, and a partnership that had begun to act before we left.
## What needs to improve?
- «N|The quality of written plans, so that families know what has to change.»
- «N|How often managers look at the work of newly qualified staff and record what they decide.»
## Recommendations
### Immediately
- «I|ensure that every child who goes missing is offered a talk with somebody they trust»
### Within three months
- «3|review the panel that agrees where a child is to live, and tell carers what it decides»
- «3|publish the threshold document to all partner agencies»
### In the longer term
- «L|bring the records of health and social care together»
## Main findings
- Staff should be proud of their work.
""",
    "numbered points with parts": """
# Safeguarding practice review
## Findings
Agencies should have spoken with the father, and did not.
## Recommendations
The review makes the following recommendations:
1. «N|The partnership should ask each agency to:
-- audit its records of fathers; and
-- report what it finds to the board.»
2. «2025-03-31|The Integrated Care Board should, by 31 March 2025, review its guidance on bruising.»
3. «6|Within six months, Eastvale Council should publish a plan for its front door.»
## Conclusion
4. Those who took part should be thanked.
""",
    "numbered paragraphs": """
# Inquiry into the closure of Harbour House
## 9. Conclusions and recommendations
9.1 The closure was rushed. It should not have been.
9.2 «N|We recommend that the council consults residents before any such decision.»
9.3 Residents told us that they should have been asked.
9.4 «I|The council must, with immediate effect, keep a record of each move.»
## 10. Thanks
10.1 The committee should like to thank all witnesses.
""",
    "a table of four columns": """
# Review of school transport
Northbrook Borough Council
## Recommendations and action plan
| No. | Recommendation | Responsible body | Timescale |
| 1 | «2025-09-30|The council should revise its policy on transport, and make sure that every school has a copy of it before the term begins.» | Northbrook Borough Council | 30 September 2025 |
| 2 | «3|Contracts should name the escort for each route.» | Transport team | Within three months |
| 3 | «I|Complaints should be answered by somebody who did not take the decision.» | Complaints team | Immediately |
| 4 | «O|Routes should be reviewed with parents.» | Transport team | Ongoing |
## Background
The policy must be reviewed every third year.
""",
    "bodies and what each has to do": """
# Inspection of Westmere local area partnership
## Areas for priority action
| Responsible body | Areas for priority action |
| Westmere City Council and NHS Westmere Integrated Care Board | «N|Leaders should agree how they will find weakness and put it right.» |
| Westmere City Council | «N|Leaders should ensure that plans are issued on time, that they are reviewed each year, and that what families say is in them.» |
## What happens next
Leaders should tell families.
""",
    "a table on its side": """
# Internal audit of contracts
## Detailed findings
| Finding | Contracts should be signed before a child moves, and six were not. |
| Recommendation | «2024-10-31|Contracts should be signed within five days of each placement and a monthly list of those outstanding sent to the head of service.» |
| Management response | Agreed |
| Responsible officer | Head of Commissioning |
| Target date | 31 October 2024 |
## Definitions
High: action must be taken at once.
""",
}
CASES = {name: report_of(sample) for name, sample in REPORTS.items()}


def points(data: bytes) -> list[tuple[str, str, str | None, str, str]]:
    return [
        (
            letters(point["text"]),
            point["timescale"],
            point["due_date"],
            point["kind"],
            " ".join(point["responsible_bodies"]),
        )
        for point in to_scoring_form(read_bytes(data))["action_points"]
    ]


@lru_cache
def points_of_text(name: str) -> list[tuple[str, str, str | None, str, str]]:
    return points(FORMATS["text"](CASES[name]))


@pytest.mark.parametrize("name", REPORTS)
def test_the_marked_points_are_read_from_text(name: str) -> None:
    assert [one[:3] for one in points_of_text(name)] == [tuple(one) for one in wanted_of(REPORTS[name])]


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "text"])
@pytest.mark.parametrize("name", REPORTS)
def test_every_format_gives_the_same_points(name: str, form: str) -> None:
    assert points(FORMATS[form](CASES[name])) == points_of_text(name)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_pages_of_libre_office_give_the_same_points(tmp_path_factory: pytest.TempPathFactory) -> None:
    documents = {str(number): as_word(report) for number, report in enumerate(CASES.values())}
    pages = by_libre_office(documents, tmp_path_factory.mktemp("pages"), shutil.which("soffice") or "")

    assert {name: points(pages[str(number)]) for number, name in enumerate(CASES)} == {
        name: points_of_text(name) for name in CASES
    }
