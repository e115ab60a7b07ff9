"""Which bodies a point asks to act: the named subjects of its verb, as printed. Posts and loose groups are left out."""

import re

_SUBJECT = re.compile(
    r"(?:[Tt]he )?(.{2,260}?)[,]? (?:(?:should|must|shall|needs? to|ought to|(?:is|are) required to|ha(?:s|ve) not)\b|to (?=[a-z]+\b))"  # noqa: E501 - one pattern or sentence on one line
)
_ORGANISATION = re.compile(
    r"(?:council|authority|partnerships?|boards?|trusts?|group|service|services|force|police|constabulary|collegiate|collaborative|department|agency|office|ofsted|commission|committee|"
    r"government|ministry|minister|hospital|college|schools?|nhs|icb|ccg|lscb|lscp|cypsp|yot|provider|person|association|bank|college|bscb|hmpps|probation)\b",
    re.IGNORECASE,
)
_SPLIT = re.compile(
    r",\s+(?:and\s+)?(?:the\s+)?|\s+and/or\s+(?:the\s+)?|\s+and\s+(?:the\s+)?(?=(?:NHS|its|[A-Z][a-z]+ (?:Council|Borough|County|City|Police|NHS|Hospital|University|Safeguarding|Integrated|Clinical)|(?:the )?(?:council|local authority|board|police|partnership)\b|[A-Z]{3,}|[A-Z][a-z]+$))"  # noqa: E501 - one pattern or sentence on one line
)
_RUN_TOGETHER = re.compile(r"(?<=Trust) (?=NHS )|(?<=Group) (?=NHS )|(?<=Council) (?=NHS )")
_AND_IN_NAME = re.compile(
    r"^(?:NHS )?[A-Z]\w+ and [A-Z]\w+(?: [A-Z]\w+)* (?:Clinical|Council|Partnership|Integrated|Safeguarding|NHS)"
)
_LOOSE = re.compile(
    r"^(?:leaders?|officers?|managers?|staff|senior|professionals|partners|inspectors|all|each|any|every|a|an|these|this|that|there|it|they|we|no|such|more|some|plans?|children)\b",
    re.IGNORECASE,
)
_LONGEST = 110


def bodies_of(text: str) -> tuple[str, ...]:
    """Return the named bodies that are the subject of the point's verb; none where nobody is named."""
    found = _SUBJECT.match(text)
    if not found or _LOOSE.match(found[1]):
        return ()
    subject = re.sub(
        r"\s+(?:in conjunction with|following consultation with|together with|working with|through)\b.*", "", found[1]
    )
    names = [name.strip(" ,") for part in _RUN_TOGETHER.split(subject) for name in _parts(part)]
    return tuple(dict.fromkeys(name for name in names if _is_body(name)))


def _parts(subject: str) -> list[str]:
    if _AND_IN_NAME.match(subject) and "," not in subject and subject.count(" and ") == 1:
        return [subject]
    return [part for part in _SPLIT.split(subject) if part]


def _is_body(name: str) -> bool:
    if len(name) > _LONGEST or _LOOSE.match(name):
        return False
    words = name.split()
    if not _ORGANISATION.search(name) and not re.fullmatch(r"[A-Z]{2,}[A-Za-z]*", name) and not name.startswith("NHS "):
        return False
    return words[0][0].isupper() or words[0][0].isdigit() or name.lower() in _PLAIN_BODIES


_PLAIN_BODIES = frozenset(
    (
        "council",
        "local authority",
        "local area partnership",
        "force",
        "board",
        "partnership",
        "registered person",
        "provider",
        "trust",
        "authority",
        "police",
        "its partners",
        "department",
        "government",
    )
)
