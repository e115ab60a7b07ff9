# ruff: noqa: E501 - one line for each wording
"""The words that judge: progress, grades; and who judges, in what kind of report. A table of data like ``wordings``."""

from typing import NamedTuple

from tracker.terms import Grade, ProgressJudgement


class Cue(NamedTuple):
    """Words that judge progress; the first that fits a sentence decides."""

    pattern: str
    judgement: ProgressJudgement


_MIXED, _LIMITED, _SOME = ProgressJudgement.MIXED, ProgressJudgement.LIMITED_PROGRESS, ProgressJudgement.SOME_PROGRESS
_GOOD, _DONE = ProgressJudgement.GOOD_PROGRESS, ProgressJudgement.COMPLETED

PROGRESS = (
    Cue(
        r"\b(?:insufficient|limited|slow|little|poor|inadequate|not enough|too little) (?:\w+ )?(?:progress|action|improvement)\b|\bprogress\b.{0,80}\b(?:has been|is|was|too) (?:too )?slow\b|\bhave been slow\b",
        _LIMITED,
    ),
    Cue(
        r"\b(?:not been|has yet to be|have yet to be|has not yet been|have not yet been|remains to be) (?:addressed|implemented|completed|met|achieved)\b",
        _LIMITED,
    ),
    Cue(
        r"\b(?:good|very good|excellent|significant|considerable|substantial|strong|rapid|impressive) (?:\w+ )?(?:progress|action|start|steps|improvements?|gains|performance|response)\b",
        _GOOD,
    ),
    Cue(
        r"\b(?:significantly|considerably|substantially) improved\b|\bnearly all\b|\bin line with those nationally\b|\bprogress\b.{0,60}\bis (?:very )?good\b|\bhas responded (?:positively|well|effectively)\b",
        _GOOD,
    ),
    Cue(
        r"\b(?:swift|appropriate|effective|decisive|positive|measurable) (?:and \w+ )?(?:actions?|steps)\b|\bnow has a good\b",
        _GOOD,
    ),
    Cue(
        r"\b(?:resolved|cleared|completed|fully implemented|fully met|eliminated|has been appointed|have joined|no .{2,40} (?:are|is) (?:awaiting|waiting|outstanding))\b",
        _DONE,
    ),
    Cue(
        r"\bprompt action\b|\bnow (?:ensures?|good|in place|in line|fully|better)\b|\b(?:is|are) now (?:\w+ )?(?:good|in place|better)\b|\bhas been reduced to\b|\bhave (?:reviewed|established|implemented|introduced)\b|\bhas (?:now )?(?:reviewed|established|implemented|been established)\b",
        _DONE,
    ),
    Cue(r"\b(?:steady|sound|some|satisfactory|reasonable|adequate) (?:\w+ )?(?:progress|improvements?)\b", _SOME),
    Cue(
        r"\b(?:has|have) (?:\w+ )?(?:improved|increased|reduced|fallen|risen|begun|started|developed|strengthened)\b|\bhas been (?:set up|drawn up|developed|improved|strengthened)\b|\bbeing addressed\b|\bfurther action planned\b|\bled to improvements?\b|\bsteady improvement\b",
        _SOME,
    ),
)
# A sentence on how far a body has come since it was last looked at, and one on how children get on, which is none.
PROGRESS_MADE = r"\b(?:progress|improvements?)\b.{0,80}\b(?:has|have|had) (?:not )?(?:yet )?been (?:made|achieved|seen|too |slow|limited|good|insufficient)|\bprogress (?:in|on|with|towards?|against) .{3,120}\b(?:has been|is|was|remains) \w+|\b(?:authority|council|leaders|partners|partnership|area|trust|force|service|board|managers|it) (?:has|have) (?:\w+ )?made (?:\w+ ){0,3}progress\b"
PROGRESS_OF_CHILDREN = r"\b(?:children|pupils?|young people|learners|students|babies|care leavers|they|attainment|academic|educational?)\b[^.]{0,60}\b(?:mak(?:e|es|ing)|made|achiev\w+)\b[^.]{0,30}\bprogress\b|\b(?:at school|in education|key stage)\b"

# Words that take something back from a judgement, so that a gain beside them makes it mixed.
SHORTFALL = r"\bbut further\b|\bfurther (?:improvement|work|progress) (?:is|are) (?:needed|required)\b|\bremains? (?:above|below|high|low|an area|too|well)\b|\bwell (?:below|above) (?:those|the|similar)\b|\bhowever\b|\bmissed the targets?\b|\bnot yet\b|\bmore to do\b|\balthough\b.{0,80}\bnot\b|\bstill well below\b|\bunlikely to\b"

# Words of grades, on the common scale. "Requires improvement" took the place of "adequate" in 2013.
GRADE_WORDS = {
    "outstanding": Grade.OUTSTANDING,
    "excellent": Grade.OUTSTANDING,
    "good": Grade.GOOD,
    "adequate": Grade.ADEQUATE,
    "satisfactory": Grade.ADEQUATE,
    "requires improvement to be good": Grade.ADEQUATE,
    "requires improvement": Grade.ADEQUATE,
    "inadequate": Grade.INADEQUATE,
    "unsatisfactory": Grade.INADEQUATE,
    "poor": Grade.INADEQUATE,
}

# Who inspects, audits and inquires: the name we give, and what is printed.
INSPECTORATES = (
    ("Ofsted", r"\bOfsted\b|\bOffice for Standards in Education\b"),
    ("Care Quality Commission", r"\bCare Quality Commission\b|\bCQC\b"),
    (
        "HM Inspectorate of Constabulary and Fire & Rescue Services",
        r"\bHMICFRS\b|\bInspectorate of Constabulary and Fire\b",
    ),
    (
        "HM Inspectorate of Constabulary",
        r"\bH(?:M|er Majesty[’']s|is Majesty[’']s) Inspectorate of Constabulary\b(?! and Fire| in Scotland| for Scotland)|\bHMIC\b",
    ),
    (
        "HM Inspectorate of Probation",
        r"\bInspectorate of Probation\b|\bHMI Probation\b|\bChief Inspector of Probation\b",
    ),
    ("HM Inspectorate of Prisons", r"\bInspectorate of Prisons\b|\bHMI Prisons\b|\bChief Inspector of Prisons\b"),
    ("Audit Commission", r"\bAudit Commission\b"),
    ("National Audit Office", r"\bNational Audit Office\b"),
    ("Audit Wales", r"\bAudit Wales\b|\bWales Audit Office\b"),
    ("Audit Scotland", r"\bAudit Scotland\b"),
    ("Care Inspectorate", r"\bCare Inspectorate\b(?! Wales)"),
    ("Education Scotland", r"\bEducation Scotland\b"),
    ("Healthcare Improvement Scotland", r"\bHealthcare Improvement Scotland\b"),
    ("HM Inspectorate of Constabulary in Scotland", r"\bInspectorate of Constabulary (?:in|for) Scotland\b|\bHMICS\b"),
    ("Regulation and Quality Improvement Authority", r"\bRegulation and Quality Improvement Authority\b|\bRQIA\b"),
    ("Education and Training Inspectorate", r"\bEducation and Training Inspectorate\b"),
    ("Northern Ireland Audit Office", r"\bNorthern Ireland Audit Office\b"),
    ("Housing Ombudsman", r"\bHousing Ombudsman\b"),
    ("Parliamentary and Health Service Ombudsman", r"\bParliamentary and Health Service Ombudsman\b"),
    ("Health Services Safety Investigations Body", r"\bHealth Services Safety Investigations Body\b|\bHSSIB\b"),
    ("HM Crown Prosecution Service Inspectorate", r"\bCrown Prosecution Service Inspectorate\b|\bHMCPSI\b"),
    ("Estyn", r"\bEstyn\b"),
    ("Care Inspectorate Wales", r"\bCare Inspectorate Wales\b|\bCIW\b"),
    ("Healthcare Inspectorate Wales", r"\bHealthcare Inspectorate Wales\b"),
    ("Regulator of Social Housing", r"\bRegulator of Social Housing\b"),
    ("Local Government and Social Care Ombudsman", r"\bSocial Care Ombudsman\b"),
    ("U.S. Government Accountability Office", r"\bGovernment Accountability Office\b"),
)

# Kinds of report by the words of their title or first page; the first that fits.
REPORT_TYPES = (
    ("annual performance assessment letter", r"\bannual performance assessment\b"),
    ("joint area review", r"^.{0,80}\bjoint area review\b"),
    ("progress inspection", r"\binspection of progress\b|\bmonitoring (?:visit|inspection)\b"),
    ("safeguarding and looked after children inspection", r"\binspection of safeguarding and looked after children\b"),
    ("looked after children inspection", r"\binspection of looked after children\b"),
    (
        "single inspection of children's services",
        r"\binspection of services for children in need of help and protection\b",
    ),
    ("focused visit", r"\bfocused visit\b"),
    ("joint targeted area inspection", r"\bjoint targeted area inspection\b"),
    ("local area SEND inspection", r"\b(?:joint )?local area SEND inspection\b"),
    ("area SEND inspection", r"\barea SEND inspection\b"),
    ("inspection of children's services", r"\binspection of .{0,80}children[’']s (?:social care )?services\b"),
    ("children's home inspection", r"\bchildren[’']s home\b"),
    (
        "youth offending inspection",
        r"\byouth (?:offending|justice)\b.{0,60}\binspection\b|\binspection\b.{0,60}\byouth (?:offending|justice)\b",
    ),
    ("police inspection", r"\bPEEL\b|\bpolice (?:effectiveness|inspection)\b"),
    ("select committee report", r"\bHouse of Commons\b|\bSelect Committee\b"),
    ("public inquiry report", r"\bInquiry\b"),
    ("audit report", r"\b(?:audit|auditor|accountability office)\b"),
    ("inspection report", r"\binspection\b"),
)
COMMITTEE_REPORT = r"^(?:report (?:title|of|for)|forward plan reference|wards? ?\(?s?\)? affected|agenda item)\b"
