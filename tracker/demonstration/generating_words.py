"""The words a large demonstration is made of. All invented: no council, no body and nobody of that name."""

COUNCILS = (
    "Westmere", "Northbrook", "Eastlow", "Harrowdale", "Fenwick Vale", "Ashmoor", "Kingsferry", "Millbeck",
    "Thornley",
    "Oakhanger", "Brackenfield", "Saltmarsh", "Holme Valley", "Stanlow", "Wyreside", "Coldharbour", "Penhurst",
    "Larkhill",
    "Redwater", "Greystone",
)  # fmt: skip
GIVEN = (
    "Amira", "Tom", "Grace", "Daniel", "Helen", "Ruth", "Samir", "Jo", "Nia", "Peter", "Leila", "Owen", "Farah",
    "Martin",
    "Ines", "Yusuf", "Carol", "Ewan", "Mei", "Dele", "Anna", "Rhys", "Sunita", "Colin",
)  # fmt: skip
FAMILY = (
    "Holt", "Ashby", "Lindqvist", "Osei", "Marchbank", "Calder", "Pell", "Fenwick", "Bowen", "Hartley", "Rahman",
    "Tudor",
    "Siddiqui", "Kirkby", "Moreno", "Demir", "Whitlow", "Baird", "Tan", "Adeyemi", "Sowerby", "Prosser", "Menon",
    "Garside",
)  # fmt: skip
SERVICES = (
    "Referral and assessment", "Children in care", "Special educational needs", "Quality and improvement",
    "Fostering and adoption", "Youth justice", "Early help", "Adult safeguarding", "Housing options", "Commissioning",
)  # fmt: skip
BODIES = (
    "Safeguarding Children Partnership", "Integrated Care Board", "Hospitals NHS Trust", "Police", "Schools Forum",
    "Community Health Trust",
)  # fmt: skip
THEMES = ("Leadership", "Practice", "Workforce", "Partnership", "Voice of the child", "Recording and data")
AREAS = ("Being safe", "Being healthy", "Learning and achieving", "Belonging")
REPORTS = (
    "Inspection of services for children", "Annual assessment letter", "Focused visit letter", "Joint area review",
    "Inspection of adult social care", "Special educational needs inspection", "Peer review of early help",
)  # fmt: skip
SECTIONS = ("Leadership and management", "Quality of practice", "Safeguarding", "Outcomes for children", "Partnership")

ASKS = (
    "Ensure that", "Make certain that", "Review how far", "Agree with partners how", "Show that",
    "Check each month that",
    "Put it beyond doubt that", "Set out in writing how", "Secure that", "Establish whether",
)  # fmt: skip
OF_WHAT = (
    "referrals", "care plans", "case records", "strategy discussions", "health assessments",
    "personal education plans",
    "supervision notes", "complaints", "return interviews", "pathway plans", "placements", "transfers between teams",
    "assessments of risk", "visits to children", "reviews of care", "caseloads", "handovers from the night team",
)  # fmt: skip
DONE_HOW = (
    "are read by a qualified worker on the day they arrive", "are signed by a manager within five working days",
    "say what the child thinks in their own words", "are shared with every partner who needs them",
    "are sampled each month by somebody from another team", "lead to a decision that is recorded with its reason",
    "are looked at by a manager where they are late", "reach the family in a form that they understand",
    "are the same in every locality of the area", "are finished before a case is closed",
)  # fmt: skip
LIMITS = (  # words of the report, months; none where the date is assumed
    ("Immediately", 0), ("Within three months", 3), ("Within six months", 6), ("Within twelve months", 12),
    (None, 12),
)  # fmt: skip
LIMIT_WEIGHTS = (1, 3, 4, 2, 1)

NEWS_BEGIN = (
    "The new form is in use in two of the four teams", "A sample of ten cases has been read",
    "Partners met this week",
    "The procedure has been rewritten", "Two managers have been trained", "The supplier has delivered the first part",
    "The figures of last month have been checked", "A second worker now reads them each afternoon",
    "The text has been agreed with health and schools", "The backlog has come down by a third",
    "Team meetings have talked about it", "The audit of the quarter is finished", "The post has been filled",
    "The duty manager looks at every one of them", "A guide of one page has gone to everybody",
)  # fmt: skip
NEWS_END = (
    "and the rest will follow by the end of next month.", "and eight of ten were as they should be.",
    "and nothing stands in the way of the date.", "but two teams are still waiting for it.",
    "and the panel has been told.", "though sickness has slowed the work down.",
    "and families say that they notice it.",
    "and the next step is to sample it again.", "but the numbers are not yet where they have to be.",
    "and the lead member has seen the result.", "which was the largest part of the work.",
    "as the plan said it would be.",
)  # fmt: skip
REASONS = ("The post has been vacant since spring.", "Partners meet again only in autumn.", "The new system is late.",
           "The sample was too small to tell.", "Two bodies have not agreed the text.")  # fmt: skip
SAFEGUARD = "The duty manager looks at every case once a week meanwhile."
CLAIMED = ("It is in place, and a sample of ten cases shows it.", "All of last month's were looked at; none was late.",
           "The audit shows it in nine cases of ten.")  # fmt: skip
UPHELD = ("Ten cases read; nine show it.", "Checked against the figures of the month.", "Seen in three teams.")
RETURNED = ("Three of twenty were late. Show a month more.", "Four of ten had no record. Sample again.")
STEPS = ("Agree who does it", "Write the guide of one page", "Train the managers", "Sample ten cases")
SUCCESS_TEST = "In ten cases, sampled by another manager, nine show it."
