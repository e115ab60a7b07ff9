"""Documents that lay down duties, report and inform, but recommend nothing: no action points in any format."""

from collections.abc import Callable

import pytest

from tests.unit.reading.rendering import FORMATS
from tracker.reports.reading import read_bytes, read_text

DOCUMENTS = {
    "a policy": """
# Safeguarding policy
## Responsibilities
The designated lead must:
- keep records of concerns in a locked cabinet
The service must:
- share what it knows
- ensure that staff know whom to tell
## Monitoring
The policy will be reviewed every two years. The board should receive a report each autumn.
| Role | Responsibility | When |
| Headteacher | Must report to governors | Each term |
""",
    "a procedure under the council's name": """
# Westmere Council
## Missing from care procedure
### When a child goes missing
Carers must:
1. Look for the child nearby.
2. Tell the duty team.
### Timescales
| Action | By whom | When |
| Hold a return interview with the child | Youth worker | Within 72 hours |
| Hold a strategy meeting with partners | Team manager | Within 5 days |
""",
    "a guide": """
# A guide for new foster carers
## Getting started
You will need to:
- complete a form
- attend a course
## What the council should do
We should always tell you about a child's needs before they come to stay.
## What you should do
Keep a daily record. Talk to the school.
""",
    "minutes": """
# Children's scrutiny committee
Minutes of the meeting held on 14 January 2025
## 4. Inspection: update
Members noted that there had been five recommendations in 2023, and that all were complete.
In response to questions, the committee was told that:
- savings should be made by reducing agency staff
- the overspend must be met from reserves
RESOLVED: That the report be noted.
""",
    "a newsletter": """
# School newsletter
## Reminders
- Please ensure that your child brings a coat every day.
- Check the app for messages.
## Dates for your diary
| Date | Event | What you need |
| 10 February | Trip | Children should bring a packed lunch |
""",
    "a page of news": """
# Council's services rated good
Inspectors said that the council needs to improve how it plans, and an action plan is in place.
"We must keep improving," said the leader.
## What happens next
The council will publish its plan in the summer. You must be over 16 to sign up.
""",
    "an agenda": """
# Cabinet agenda
2. Declarations of interest
Members should declare any interest they have in the matters below.
## Information for the public
- Please switch off phones.
- Recording is allowed but you should tell the clerk.
""",
}


@pytest.mark.parametrize("rendered", FORMATS.values(), ids=FORMATS)
@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_no_points_are_read(document: str, rendered: Callable[[str], bytes]) -> None:
    assert read_bytes(rendered(document)).points == ()


def test_what_is_recommended_about_a_policy_is_read() -> None:
    report = "# Review of the safeguarding policy\n\n## Responsibilities\n\nManagers should:\n\n- publish it\n\n"

    assert [point.text for point in read_text(f"{report}## Recommendations\n\n- Sign it.\n").points] == ["Sign it."]


def test_duties_in_a_guide_do_not_hide_its_recommendations() -> None:
    guide = (
        "# A guide to fostering\n\n## What staff should do\n\nKeep a record.\n\n## Recommendations\n\n- Train staff.\n"
    )

    assert [point.text for point in read_text(guide).points] == ["Train staff."]


def test_what_minutes_say_a_committee_recommends_is_read() -> None:
    minutes = (
        "# Minutes of the committee\n\nRESOLVED that the Committee recommends to Cabinet:\n\n(1) that a line opens.\n"
    )

    assert [point.text for point in read_text(minutes).points] == ["that a line opens."]
