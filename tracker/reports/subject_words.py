"""The field's own words for what a recommendation is about: a table of data, for comparing reports.

Inspectorates change their names for the same thing from one framework to the next: "looked after children" become
"children in care", "learning difficulties and/or disabilities" become "SEN and/or disabilities". A new wording is one
more in its line.
"""

# A name that stands for the rest of its line, then the wordings that reports use for it, in small letters.
SAME: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "in-care",
        (
            "looked after children and young people",
            "children and young people looked after",
            "children and young people in care",
            "looked after children",
            "children looked after",
            "children in care",
            "children who come into care",
            "children in public care",
        ),
    ),
    ("care-leavers", ("care leavers", "care leaver", "young people leaving care", "leaving care")),
    (
        "disability",
        (
            "learning difficulties and/or disabilities",
            "learning difficulties and disabilities",
            "learning difficulties or disabilities",
            "special educational needs and/or disabilities",
            "special educational needs and disabilities",
            "special educational needs",
            "sen and/or disabilities",
            "sen and disabilities",
            "disabled children",
            "send",
            "sen",
            "lldd",
        ),
    ),
    (
        "into-work",
        (
            "not in employment, education or training",
            "not in education, employment or training",
            "not engaged in education, employment or training",
            "not engaged in employment, education or training",
            "in education, employment or training",
            "in employment, education or training",
            "employment and independent living",
            "training and employment",
            "entry into employment",
            "into employment",
            "neet",
        ),
    ),
    (
        "mental-health",
        (
            "child and adolescent mental health services",
            "child and adolescent mental health service",
            "child and adolescent mental health",
            "emotional wellbeing",
            "emotional well-being",
            "emotional health and wellbeing",
            "mental health",
            "camhs",
            "camh service",
        ),
    ),
    (
        "care-plan-education",
        ("personal education plans", "personal education plan", "peps", "pep"),
    ),
    (
        "ehc-plan",
        ("education, health and care plans", "education, health and care plan", "ehc plans", "ehcps", "ehcp"),
    ),
    (
        "safeguarding-board",
        (
            "local safeguarding children board",
            "local safeguarding children's board",
            "safeguarding children board",
            "safeguarding children partnership",
            "lscb",
        ),
    ),
    (
        "reviewing-officer",
        (
            "independent reviewing officers",
            "independent reviewing officer",
            "independent reviewing services",
            "independent reviewing",
            "iros",
            "iro",
        ),
    ),
    (
        "first-assessment",
        ("initial and core assessments", "initial assessments", "initial assessment", "core assessments"),
    ),
    (
        "health-assessment",
        ("initial health assessments", "initial health assessment", "health assessments", "health assessment"),
    ),
    *((f"key-stage-{number}", (f"key stage {number}", f"ks{number}")) for number in range(1, 6)),
    *((f"level-{number}", (f"level {number}",)) for number in range(2, 5)),
    ("performance-management", ("performance management", "performance data", "performance monitoring")),
    (
        "case-records",
        ("case file audits", "case files", "case file", "case records", "children's records", "case audits"),
    ),
    ("complaints", ("complaints", "complaint", "complain")),
    ("corporate-parenting", ("corporate parenting", "corporate parents", "corporate parent")),
    ("youth-service", ("youth services", "youth service")),
    ("joint-commissioning", ("joint commissioning", "jointly commissioned", "commission jointly")),
    ("workforce", ("workforce strategy", "workforce planning", "workforce development")),
    ("exclusion", ("permanent exclusions", "permanently excluded", "exclusions", "exclusion", "excluded")),
    ("speech-therapy", ("speech and language therapy", "speech and language", "speech, language and communication")),
    ("chronology", ("chronologies", "chronology")),
    ("supervision", ("management oversight", "managerial oversight", "oversight by managers", "supervision")),
    (
        "participation",
        (
            "voice of the child",
            "children's views",
            "participation",
            "participate",
            "give their views",
            "contribute to their reviews",
            "have their say",
            "children in care council",
        ),
    ),
    (
        "going-missing",
        (
            "go missing",
            "going missing",
            "goes missing",
            "missing from home",
            "missing from care",
            "return home interviews",
        ),
    ),
    ("placement-move", ("placement stability", "stability of placements", "placement moves", "moves in a year")),
    ("school-absence", ("absences", "absence", "attendance")),
    ("obesity", ("obesity", "obese", "overweight")),
    (
        "youth-offending",
        ("youth justice", "young people who offend", "young offenders", "first-time entrants", "first time entrants"),
    ),
    ("staff-checks", ("criminal records bureau", "disclosure and barring", "vetting", "crb checks", "dbs checks")),
)

# Whom a point is about, or who is to act. Much may be asked of and for the same: it counts less than what is asked.
WHOM = frozenset({"in-care", "care-leavers", "disability", "safeguarding-board"})

# Words that stand in most recommendations whatever they are about: they count a little, where the table has them.
COMMON = frozenset(
    """
    able about accordance across action actions additional address adequate adequately agencies agency agree all
    also and any appropriate area areas arrangement arrangements authorities authority available average be been
    being below better body borough both but can care carers child children clear compare compared completed
    comprehensive consistent consistently continue council councils current currently data deliver delivery
    develop developed development during each early effective effectively effectiveness embed enable end ensure
    ensured ensures establish experience families family focus focused following for formal from full fully
    further given good group groups guidance has have high how identified identify impact implement implemented
    importance improve improved improvement improvements improving include included includes including increase
    inform information inspection into involved is it its key lead leaders leadership level levels like line
    local london made make making management managers many meet members monitor monitored monitoring more most
    must national need needs new not number numbers of often on one only or other our out outcome outcomes over
    own parents particular partner partners partnership people performance place plan planning plans practice
    primary process processes progress promote proportion provide provided provider providers provision pupil
    pupils quality range rate rates receive recently reduce reflect reflected reflects relevant report required
    requirement requirements review reviewed reviews robust role school schools secondary secure service
    services should similar so social some staff standard standards statutory steps strategic strategies
    strategy strengthen strong such sufficient sufficiently suitable support supported system systematic
    systematically systems take taken team teams than that the their them there these they this those through
    time timely timescale timescales to too understand up use used using very was well were what when where
    which while who whose wide widely wider will with within work worker workers working year years young
    """.split()  # noqa: SIM905 - a list of words is read more easily than a list of strings
)
