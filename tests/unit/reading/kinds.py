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
    "who should act, under each time limit": "Recommendations\n\nFor action over the next six months\n\nThe council should:\n\n- «6|consult parents on transport»\n\nThe primary care trust should:\n\n- «6|agree a plan to cut waiting times.»\n\nFor action in the longer term\n\nThe council should:\n\n- «L|compare data between agencies.»\n",
    "a grade beside the next heading": "Staying safe Grade 2\n\nImportant weaknesses and areas for development\n\n«N|The high number of re-referrals within 12 months.»\n\nCapacity to improve Grade 3\n\nMajor strengths\n\n- Leaders should be proud.\n",
    "numbers in words": "Theme one\n\nVisits were late.\n\nRecommendation One: «N|The Board should revise its guidance on self-neglect.»\n\nTheme two\n\nWorkers should visit in pairs and did.\n\nRecommendation Two: «2027-03-31|Northbrook Homes should, by 31 March 2027, review its procedure.»\n",
    "a paragraph number before the recommendation's own": "3. Recommendations\n\nThe following are the peer team's key recommendations to the council:\n\n3.1 Recommendation 1: «N|Agree a small number of priorities and resource them.»\n\n3.2 Recommendation 2: «N|Deliver the programme at pace.»\n\n4. Summary of the approach\n\nThe team should be thanked.\n",
    "safety recommendations with a year in their number": "HSSIB makes the following safety recommendations\n\nSafety recommendation R/2026/032:\n\n«N|HSSIB recommends that NHS England develops guidance on the design of wards.»\n\nSafety recommendation R/2026/033:\n\n«N|HSSIB recommends that the Department improves support for children.»\n\nBackground\n\nWards must be safe.\n",
    "matters of concern as a heading": "CORONER'S CONCERNS\n\nDuring the inquest the evidence revealed matters giving rise to concern.\n\nThe MATTERS OF CONCERN are as follows. –\n\n(1) «N|There was no system by which the hospital was told.»\n(2) «N|Staff had not been trained in the plan.»\n\nACTION SHOULD BE TAKEN\n\nIn my opinion action should be taken.\n",
    "an improvement notice": "Improvement measures\n\nLeadership\n\n3. «N|The Council must work with the commissioner.»\n\n4. «2027-06-28|The Council must, by 28 June 2027, submit a plan that delivers improvement.»\n\nPractice\n\n5. «N|The Council must ensure that caseloads are manageable.»\n\nConsequences of non-compliance\n\n6. If the Council is unwilling to comply, it should be aware of these powers.\n",
    "single agencies, and who is to do what": "16. Recommendations\n\nMulti-agency recommendations\n\n16.1 «N|The partnership should commission training in coercive control.»\n\nSingle agency recommendations\n\nNorthbrook Police\n\n16.2 «N|Officers attending domestic incidents to speak to children who are present.»\n\n16.3 «3|The force to report within three months on its use of notices.»\n\nAppendix A: Terms of reference\n\nThe review should be short.\n",
    "numbered conclusions go on under a heading": "Conclusions and recommendations\n\nThe workforce\n\n1. There are too few teachers. It should not have come to this. (Paragraph 11)\n\n2. «N|We recommend that the Government publish a strategy. (Paragraph 12)»\n\nFunding\n\n3. Funding is not fair. (Paragraph 25)\n\n4. «N|Local authorities should be given the power to direct academies. (Paragraph 30)»\n",
    "an ombudsman's agreed action": "Agreed action\n\n24. To remedy the injustice, the Council has agreed to carry out the following actions within one month of my final decision:\n\n• «O|apologise to Mrs X; and»\n• «O|pay Mrs X £300.»\n\n25. Within three months, the Council has also agreed to:\n\n• «3|remind officers of their duty.»\n\nFinal decision\n\n26. I uphold this complaint.\n",
    "tables on their side": "Key recommendations\n\nKey Recommendation 1\t«N|The Council must develop a plan to eliminate its deficit.»\nIdentified significant weakness\tThe Council should have acted in 2021.\nManagement comments\tAgreed. The Council should set a budget.\n",
    "a response beside each recommendation": "Recommendations and responses\n\nCommittee recommendation\tGovernment response\n1. «N|The Government should set out a timetable for reform.»\tThe Government agrees and must have new powers.\n2. «N|We recommend that carers be given authority.»\tCouncils should consider it.\n",
    "parts of a weakness under headings of their own": "Areas for improvement\n\nStrategic leadership\n\n• «N|The partnership does not yet understand the extent of this abuse.»\n\nIdentification and assessment\n\n• «N|Social workers are not always confident in speaking with children.»\n\nNext steps\n\nYou should write to us.\n",
    "resolved by a committee": "Work of the task group\n\nMembers heard that parents should have been told.\n\nRESOLVED that the Committee recommends to Cabinet:\n\n(1) «N|that a telephone line be set up for parents; and»\n\n(2) «6|that officers report back within six months.»\n\n5. Work programme\n\nMembers should send suggestions.\n",
    "we recommend, in bold": "## Chapter 3\n\nMuch should change.\n\n**We recommend: «N|that the government brings forward a duty of care.»**\n\nThe evidence is plain.\n\n**We recommend: «N|that regional bodies are set up.»**\n\n## Annex\n\nAll should be thanked.\n",
    "the time limit before the instruction": "Recommendations\n\nThe Home Office should:\n\n1. «I|Immediately, in relation to safeguarding, ensure that every child has a named worker.»\n\n2. «3|Within 3 months, publish data on missing children:»\n\n3. «6|Within 6 months, agree a plan to end the use of hotels.»\n\n5. Background\n\nHotels should be a last resort.\n",
    "a sentence that says who must act, over one item": "Areas for priority action\n\nLeaders of the police and the trust must act on the following:\n\n• «N|The response to children who carry knives.»\n\nAreas for improvement\n\n• «N|The sharing of information by schools.»\n",
    "a government response: its answers ask for nothing": "## Recommendation 1\n\n«N|The council should inspect each new home.»\n\nGovernment response: accepted\n\nThe department must first consult. Homes should say what they think.\n\n## Recommendation 2\n\n«N|Fees should be capped.»\n\nGovernment response: not accepted\n\nProviders should set their own.\n",
    "whom a committee's recommendations are for": "4. Recommendations\n\nThat Westmere Integrated Care Board:\n\n4.1 «N|publishes waiting times every month;»\n\n4.2 «N|reports to the committee; and»\n\nThat the Cabinet Member for Education:\n\n4.3 «N|funds a counsellor in each school.»\n\n5. Next steps\n\nThe Board should reply.\n",
    "Wales: a short recommendation": "Recommendations\n\nR1   «N|Improve teaching in the senior part of the school»\n\nR2   «N|Strengthen self-evaluation»\n\nWhat happens next\n\nThe school should draw up a plan.\n",
    "what an earlier inspection asked for": "Areas for improvement from the inspection of June 2019\n\n• The council should clear the backlog. Completed.\n\nAreas for further improvement\n\nThe council should:\n\n• «N|reduce its use of agency staff.»\n\nOutcomes\n\nStaff should be proud.\n",
    "what the service has done since": "What has this service done to meet any areas for improvement identified at or since the last inspection?\n\nAreas for improvement from the last inspection on 3 October 2023\n\nThe registered person shall ensure that drills take place. Met.\n\nAreas for improvement\n\n1. «N|The registered person should ensure that plans are signed.»\n",
    "a volume of recommendations under headings": "## Volume Two: Recommendations\n\nLeadership\n\n1. «N|The council should publish what it knows.»\n\n2. «N|Chief officers should sign the plan.»\n\nBoth told me that they had begun.\n\nRegulation\n\n3. «N|The Government should consider national licensing.»\n\n## Chapter 1: The beginnings\n\n1.1 In 2013 the council was told that it should review its files.\n",
    "the line below an item begins at the margin": "For action over the next six months\n\nThe council should:\n\n• «6|consult young people on the closure of the youth centres in the north and\n  the south of the borough»\n• «6|publish the plan, so that young people who live in other places know what\n  will come of it»\n• «6|improve the rate at which initial assessments of need are on time.»\nThe primary care trust, with the council, should:\n• «6|agree a strategy.»\n",
    "a footnote as web pages print it": "Recommendations\n\n• «N|publish standards{[footnote 1]} for homes»\n• «N|review the guidance.{[2]}»\n",
}
