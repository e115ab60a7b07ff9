# ruff: noqa: E501 - lines of sample reports
"""Small invented reports of many kinds. What is to be read from them is marked in them.

``«timescale|words»`` is a point: the mark is taken out before the report is read. ``{…}`` inside one is in the report but no
word of the point. The timescale is I (at once), 3 or 6 (months), L (longer term), O (other), N (none) or a date.
"""

import re
from typing import NamedTuple

TIMESCALES = {
    "I": "immediate",
    "3": "three_months",
    "6": "six_months",
    "L": "longer_term",
    "O": "other",
    "N": "none",
}
_POINT = re.compile(r"«([\w-]+)\|(.*?)»", re.DOTALL)
_MARKS = re.compile(r"«[\w-]+\||[»{}]")


class Wanted(NamedTuple):
    """What is to be read of one point."""

    letters: str
    timescale: str
    due_date: str | None


def letters(text: str) -> str:
    """The letters and digits two readings are compared by."""
    return "".join(c for c in text.casefold() if c.isalnum())


def report_of(sample: str) -> str:
    """The report as it is read."""
    return _MARKS.sub("", sample)


def wanted_of(sample: str) -> list[Wanted]:
    """The points marked in the sample."""
    found = []
    for mark, words in _POINT.findall(sample):
        text = letters(re.sub(r"\{.*?\}", "", words, flags=re.DOTALL))
        dated = "-" in mark
        found.append(Wanted(text, "other" if dated else TIMESCALES[mark], mark if dated else None))
    return found


KINDS = {
    "a footnote under the list, and numbered findings": """
What needs to improve?1

• «N|The quality and consistency of written assessments so that they explain what life is like for the
child.»
• «N|The timeliness of initial health assessments.»

1 The areas for improvement are explained more fully in the body of the report.

The experiences and progress of children in care: good

1. Most children live with carers who are ambitious for them. Most should stay there.
""",
    "a sentence with a colon between heading and list": """
Areas for priority action

Ofsted has identified two areas for priority action:

■ «N|The identification of risk for children subject to repeat child protection plans.»
■ «N|Sufficient capacity of experienced social workers.»
""",
    "names of things without bullets": """
What needs to improve in this area of social work practice?
«N|The quality of information gathered from partner agencies when contacts are
screened.»
«N|The consistency with which consent is sought and recorded before agency checks
are undertaken.»
«N|The oversight of contacts that are stepped down to early help.»
Main findings
Most children receive a prompt response to contacts made to the front door. Staff
should be commended for their work in a difficult year.
""",
    "a written statement of action after the lists": """
Areas for development

◼ «N|Waiting times for assessment exceed 18 months.»

The inspection raises significant concerns about the effectiveness of the local area.

The local area is required to produce a Written Statement of Action that explains how it will tackle the following areas of significant weakness:

◼ «N|the lack of joint commissioning arrangements»
◼ «N|the poor quality of plans.»

Yours sincerely
""",
    "a table whose first column has no head": """
What does the setting need to do to improve?

To meet the requirements of the early years foundation stage the provider must:

\tDue date
«2024-04-30|ensure that staff receive regular supervision»\t30/04/2024
«2024-05-14|improve the key-person system for babies.»\t14/05/2024

To further improve the quality of the provision, the provider should:

• «N|extend children's vocabulary during play»
""",
    "bodies in turn, and times under one of them": """
Recommendations

The Chair of the Westmere Management Board should:

Immediately

• «I|make sure that all victims are contacted»

Within six months

• «6|evaluate the effect of its work.»

Probation Service headquarters should:

• «N|issue guidance on transfers.»
""",
    "police: evidence under each area for improvement": """
Areas for improvement

«N|The force should make sure that vulnerable callers are routinely identified»

In the 2021 inspection, we found that the force was not identifying vulnerable callers. The force should by now have done so.

«N|The force needs to improve how it uses outcomes appropriately»

During our assessment we found that records must be kept.
""",
    "police: we recommend that, within three months": """
Recommendations

Within three months

We recommend that, within three months, Northbrook Police:

• «3|takes steps to ensure that all relevant information is recorded.»
""",
    "prisons: dotted numbers under headings for each body": """
Section 7 Summary of recommendations

The following is a list of repeated and new recommendations in this report.

Key recommendations, to the governor

7.1 «N|Levels of violence should be reduced. (S41)»

Recommendation to HMPPS

7.2 «N|Prisoners should be transferred without delay to secure beds. (2.70)»

Example of good practice

7.3 Peer mentors should be seen as a model. (1.15)
""",
    "prisons: key concerns": """
What needs to improve at HMP Eastmarsh

During this inspection we identified 2 key concerns, of which one should be treated as a priority.

Priority concerns

1. «N|Rates of self-harm were very high. Too little was done to understand why.»

Key concerns

2. «N|Use of force was not scrutinised well enough.»

About HMP Eastmarsh

It should hold 500 men.
""",
    "Wales: R1": "Our recommendations\n\nR1 «N|Improve attendance in secondary schools»\n\nR2 «N|Ensure that there is enough Welsh-medium provision»\n\nWhat happens next\n\nThe authority should update its plans.\n",
    "Scotland: earlier requirements, then its own": """
What the service has done to meet any requirements we made at or since the last inspection

Requirement 1

By 1 September 2024, the provider must have ensured that care plans were reviewed.

Action taken on previous requirement
All plans had been reviewed.

Requirements

1. «2025-06-30|By 30 June 2025, the provider must ensure that people are safe. To do this, the provider must, at a minimum:
a) ensure that risk assessments are up to date; and
b) train staff.»
This is to comply with Regulation 4(1)(a).

Areas for improvement

1. «N|The manager should ensure that meaningful activities are offered each day.»

This is to ensure that care and support is consistent with the Health and Social Care Standards.

2. «N|The provider should review how it gathers views of families.»
""",
    "Northern Ireland: labelled lines": """
Area for improvement 1
Ref: Regulation 13 (4)
Stated: First time
To be completed by: 30 June 2024
«2024-06-30|The registered person shall ensure that medicines are stored safely.»

Area for improvement 2
Ref: Regulation 27
To be completed by: 31 July 2024
«2024-07-31|The registered person shall ensure that fire doors are kept shut.»
""",
    "a table with bars and no outer bars": """
Recommendation | Management response | Completion date | Responsible officer
--- | --- | --- | ---
R1 «2026-03-31|The Council should agree a plan.» | Accepted. We should have one by spring. | 31 March 2026 | Director
R2 «O|The Council should report progress.» | Accepted. | June 2026 | Chief Executive
""",
    "internal audit: agreed actions": """
## Detailed findings

| Ref | Finding | Priority | Agreed action | Responsible officer | Target date |
| --- | --- | --- | --- | --- | --- |
| 1 | Reviews should be yearly but are not. | High | «2026-03-31|Introduce a tracker of reviews.» | Head of Service | 31/03/2026 |
| 2 | Guidance is out of date. | Low | «I|Publish new guidance.» | Team Manager | Immediate |
""",
    "internal audit: recommendations among findings": """
2.1 Payments were late. The scheme requires that payments are made on Fridays.

Recommendation 1 (High)

«2026-02-28|Payments should be scheduled automatically.»

Management response: Agreed. The system should be able to do this.
Target date: 28 February 2026
""",
    "ombudsman": """
Agreed action

20. Within four weeks of the final decision the Council will:

• «O|apologise to Miss X; and»
• «O|complete a new assessment.»

21. Within three months of the final decision the Council will:

• «3|train its staff.»

22. The Council should provide us with evidence it has complied with the above actions.

Final decision

23. I find fault causing injustice. The Council should act.
""",
    "housing ombudsman: orders with letters": "Orders\n\nWithin four weeks of the date of this report, the landlord must:\n\na. «O|apologise to the resident in writing»\nb. «O|pay the resident £650»\n",
    "coroner": """
5 CORONER'S CONCERNS
During the course of the inquest the evidence revealed matters giving rise to concern.

The MATTERS OF CONCERN are as follows:

(1) «N|There is no system for sharing risk information.»

(2) «N|Staff at the hostel were not trained.»

6 ACTION SHOULD BE TAKEN
In my opinion action should be taken to prevent future deaths.

7 YOUR RESPONSE
You are under a duty to respond to this report within 56 days.
""",
    "practice review: a number alone over each": """
Learning and recommendations

Learning point 1: Professionals should be curious about fathers.

Recommendation 1

«N|The partnership should seek assurance that fathers are recorded.»

Recommendation 2

«N|The partnership should review the protocol.»

Recommendation 3

«6|Westmere NHS Trust should provide an audit within six months.»
""",
    "practice review: parts of a numbered recommendation": """
## 7. Recommendations

**Recommendation 1:** «2026-09-30|The Board should ask each agency to:
{-} audit its records; and
{-} report the result by 30 September 2026.»

**Recommendation 2:** «N|Eastvale NHS Trust to review its policy.»
""",
    "inquiry: requests among numbered paragraphs": """
Chapter 12
Recommendations

12.1 I set out below my recommendations. They should be read with the chapters above.

Candour

12.2 «N|I recommend that the Department amends the duty of candour.»

12.3 The evidence on this was overwhelming.

Regulation

12.5 «O|The Trust must, within 12 months, commission a review.»
""",
    "select committee": """
Conclusions and recommendations

1. The workforce is unstable. It should have been foreseen. (Paragraph 14)

2. «2027-12-31|We recommend that the Government publish a strategy by the end of 2027. (Paragraph 17)»

3. «N|We call on Ofsted to publish its data. (Paragraph 50)»
""",
    "public accounts: a recommendation without a number": "Conclusions and recommendations\n\n1. The Department does not know. It should have found out.\n\nRecommendation: «N|The Department should collect data.»\n\n2. Too few homes are near.\n\nRecommendation: «6|Within six months, the Department should write to us.»\n",
    "peer review": "2. Key recommendations\n\nThe following are the peer team's key recommendations to the council:\n\n2.1 Recommendation 1\n«N|Develop a financial strategy.»\n\n2.2 Recommendation 2\n«I|Review the senior team with immediate effect.»\n\n3. Summary of approach\n\nThe peer team should be thanked.\n",
    "numbered headings under the heading": "5. Recommendations\n\n5.1 Recruitment\n«N|The council should appoint a marketing officer.»\n5.2 Support\n«O|The council should set up a buddy scheme by summer 2026.»\n\n6. Conclusion\nThe service should thrive.\n",
    "letters that go on under headings": "Recommendations\n\nFor Westmere Council\n\na) «N|Review the protocol.»\n\nFor NHS Westmere\n\nb) «N|Ensure that flags are set within six months of receipt of a completed check.»\n\nAcknowledgements\n\nThe family should be thanked.\n",
    "numbered, with the reasons between": "## Recommendations\n\n1. «N|Appoint a permanent head.»\n\nInterim managers have come and gone.\n\n2. «N|Bring the police into the hub.»\n\nStaff asked for it.\n\n## Methodology\n\nThe reviewers should thank all.\n",
    "a task group": "# Review\n\n## Progress on previous recommendations\n\n| Recommendation | Progress |\n| --- | --- |\n| The Council should review its policy. | Done. |\n\n## Our recommendations\n\nThe task group recommends that Cabinet:\n\n1. «N|adopts a new policy;»\n2. «2026-12-31|by 31 December 2026, reviews all routes.»\n",
    "an earlier report's recommendations quoted": "Background\n\nIn 2019 the auditors made the following recommendations:\n\n• The Council should publish its allowances.\n\nWhat carers told us\n\n• The council should listen more.\n\nRecommendations\n\n1. «N|The Council should index allowances.»\n\nStrengths\n\n2. Carers should be thanked.\n",
    "a government response: the answers are none": "## Recommendation 1\n\n«N|The government should reform family help.»\n\n**Accepted in full.** The department must consult.\n\n## Recommendation 2\n\n«N|Authorities must publish their spending.»\n\n**Rejected.** Authorities should decide.\n",
    "a scrutiny report that lists its recommendations twice": "1. Summary of recommendations\n\nRecommendation 1: «N|That Cabinet agrees a housing protocol for care leavers.»\n\nRecommendation 2: «N|That the board receives a report on it every six months.»\n\n3. Findings and recommendations\n\n3.1 Many told us that they should have had more help.\n\nRecommendation 1: That Cabinet agrees a housing protocol for care leavers.\n\n3.2 The board must know more.\n",
}
