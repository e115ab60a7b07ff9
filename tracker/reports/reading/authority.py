"""Whose services the report is about: a name of an authority's form in labels, titles and the addressee's lines."""

import re
from itertools import pairwise

from tracker.reports.reading.document import Block, BlockKind

_WORD = r"[A-Z][\w’'-]+"
_NAME = rf"(?:St\.? )?{_WORD}(?:(?:,| and| &| of| upon| on| under| in| with| the| le| cum)* {_WORD}){{0,5}}"
_COUNCIL = rf"(?:Royal |London )?Borough of {_NAME}|City of {_NAME} Council|Council of the {_NAME}|{_NAME} (?:(?:County|City|District|Town|Unitary) |(?:Metropolitan |Royal |London )?(?:Borough |District )?)?Council|County of {_NAME}"  # noqa: E501 - one pattern or sentence on one line
_TRUST = rf"{_NAME} (?:University Health Board|Health Board|Health and Social Care Trust|NHS (?:Foundation )?Trust|Community Trust|Hospital|Integrated Care Board|Combined Authority)"  # noqa: E501 - one pattern or sentence on one line
_IS_TRUST = re.compile(_TRUST)
_WHOLE_LINE = re.compile(rf"(?:The )?({_COUNCIL}|{_TRUST})(?:[,.]| \d{{4}})?$")
_IN_LINE = re.compile(rf"\b({_COUNCIL})\b")
_LABEL = re.compile(
    r"(?:registered )?(?:provider|local authority|authority|council|force|trust|name of (?:provider|service|local authority))(?: name)?\s*:\s*(.{3,90})$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_LABEL_NAME = re.compile(
    r"(?:registered )?(?:provider|manager)s?|local authority|integrated care (?:board|system)s?", re.IGNORECASE
)
_SEEN_AS = re.compile(
    rf"\b(?i:inspection|visit|review|assessment|progress|provision|report)\b.{{0,160}}?\b(?:in|of|to|for|at)\s+(?:the\s+)?((?:London |Royal )?(?:Borough of )?{_NAME}(?: (?:Council|Local Area Partnership|Police|Constabulary|Partnership))?)"  # noqa: E501 - one pattern or sentence on one line
    r"(?=\s+(?:local authority|children|childrens|youth|services|\d{4})|[.,]?$|\s*[:–-])"
)
_POLICE = re.compile(
    rf"\b({_NAME} (?:Police|Constabulary|Fire and Rescue Service|Probation|Youth Offending (?:Team|Service)|Youth Justice Service))\b"  # noqa: E501 - one pattern or sentence on one line
)
_PRISON = re.compile(rf"\b(HM(?:P|YOI)(?:/YOI| and YOI)? {_WORD}(?: {_WORD})?)\b")
_COMPANY = re.compile(rf"(?:.{{0,40}}[:]\s*)?({_NAME} (?:Ltd|Limited|CIC|LLP|plc|PLC))\.?$")
_PARTNERSHIP = re.compile(
    rf"\b({_NAME} (?:(?:Local )?Safeguarding (?:Children|Child|Adults?)(?:[’']s)? (?:Partnership|Board)|Community Safety Partnership|Local Area Partnership|Integrated Care (?:Board|System)))\b"  # noqa: E501 - one pattern or sentence on one line
)
_AREA = re.compile(rf"({_NAME}) Children[’']s Services Authority(?: Area)?$")
_INSPECTION = re.compile(r"\b(?:inspection|review|assessment)\b", re.IGNORECASE)
_CLOSING_PLACE = re.compile(
    rf"(?i:inspection|review)\b[^:–]{{3,120}}(?::| –| -) ({_WORD}(?: (?:and |upon |on |of )?{_WORD}){{0,3}})$"
)
_PLACE = re.compile(
    rf"(?!(?:Summary|Contents|Introduction|Published|Report|Final|Full|Overall|About|Foreword|Background)\b)(?:{_WORD}(?: (?:and|upon|on|of|with|under) | )?){{1,4}}"  # noqa: E501 - one pattern or sentence on one line
)
_TITLE_PAGE = 6  # blocks
_OFFICE = re.compile(
    r"\b((?:[A-Z][\w.’'-]*,? |of |for |and |IT )*(?:Committee|Inquiry|Accountability Office|Audit Office|Ombudsman|Commission))\b"  # noqa: E501 - one pattern or sentence on one line
)
_NOT_AUTHORITY = re.compile(
    r"\b(?:Act|Regulations|Children|Services|Education|Inspection|Care|County Council Elections|Director|National|Chiefs|Prisons|Constabulary and|Ofsted|Session|House|Parliament|Safeguarding|Health|Learning)\b"  # noqa: E501 - one pattern or sentence on one line
)
_FIRST = 45  # blocks in which a report says whom it is about


_POST = re.compile(
    r"^(?:.{0,60}\b(?:Executive|Director|Leader|Officer|Mayor|Secretary|Head|Chair|Minister)\b[^,]{0,60}, |(?:For|To|From|At|In|Of|The|And|Dear|Report|Inspection|Audit)\s+)+"  # noqa: E501 - one pattern or sentence on one line
)
_TOO_SHORT = frozenset(
    ("Council", "Probation", "Police", "The Council", "County Council", "City Council", "Borough Council")
)


def authority_of(blocks: tuple[Block, ...], title: str | None) -> str | None:
    """Return the authority's name as printed, or None."""
    first = blocks[:_FIRST]
    lines = [_as_line(block) for block in first if len(block.text) < 300]  # noqa: PLR2004 - prose
    return (
        _labelled(lines)
        or _prison(lines)
        or _whole_line(lines)
        or _area(lines)
        or _titled(lines, title)
        or _in_line(lines)
        or _company(lines)
        or _partnership(lines)
        or _office(lines, title)
        or _place_under_title(first)
    )


def _as_line(block: Block) -> str:
    """Return a row of a label and what it labels as one line: "Registered provider: Harbour Care Limited"."""
    is_label = block.kind is BlockKind.ROW and len(block.cells) == 2 and all(block.cells)  # noqa: PLR2004 - a label and its value
    return f"{block.cells[0].rstrip(': ')}: {block.cells[1]}" if is_label else block.text


def _labelled(lines: list[str]) -> str | None:
    found = [
        label
        for line in lines
        if (label := _LABEL.match(line))
        and not re.search(r"\baddress\b", line[:40], re.IGNORECASE)
        and not _LABEL_NAME.fullmatch(label[1].strip(" ."))
    ]
    named = [label for label in found if not label[0].casefold().startswith("name of service")] or found
    return named[0][1].strip(" .") if named else None


def _whole_line(lines: list[str]) -> str | None:
    for line in lines:
        if (found := _WHOLE_LINE.match(_cased(line))) and (
            _IS_TRUST.fullmatch(found[1]) or not _NOT_AUTHORITY.search(found[1])
        ):
            return found[1]
    return None


def _area(lines: list[str]) -> str | None:
    """Return the name on the title page of a joint area review."""
    return next((found[1] for line in lines if (found := _AREA.match(line))), None)


def _cased(line: str) -> str:
    """Return a line set in capitals as a title is written."""
    if not line.isupper():
        return line
    return re.sub(r"\b(In|Of|The|To|For|And|On)\b", lambda word: word[0].lower(), line.title())


def _titled(lines: list[str], title: str | None) -> str | None:
    for line in ([title] if title else []) + lines:
        for found in _SEEN_AS.finditer(_cased(line)):
            if not _NOT_AUTHORITY.search(found[1]) and not found[1].startswith(
                ("Annual", "Joint", "Prevent", "January", "February", "March", "April", "May", "June", "July")
            ):
                return found[1].strip(" ,")
    return None


def _in_line(lines: list[str]) -> str | None:
    parts = [part for line in lines for part in (*line.split(", "), line)]
    for pattern in (_IN_LINE, _POLICE):
        for part in parts:
            for found in pattern.finditer(part):
                name = _POST.sub("", found[1])
                if not _NOT_AUTHORITY.search(name) and name not in _TOO_SHORT:
                    return name
    return None


def _prison(lines: list[str]) -> str | None:
    return next((found[1] for line in lines[:20] if (found := _PRISON.search(line))), None)


def _partnership(lines: list[str]) -> str | None:
    """Return the partnership or board that a review is written for."""
    return next((found[1] for line in lines if (found := _PARTNERSHIP.search(line))), None)


def _place_under_title(blocks: tuple[Block, ...]) -> str | None:
    """Return the name that stands alone under the title of an inspection ("Northbrook"), or closes it after a colon."""
    for block in blocks[:_TITLE_PAGE]:
        if block.is_heading and (found := _CLOSING_PLACE.search(block.text)) and _PLACE.fullmatch(found[1]):
            return found[1]
    for title, below in pairwise(blocks[:_TITLE_PAGE]):
        if title.is_heading and _INSPECTION.search(title.text) and _PLACE.fullmatch(below.text):
            return below.text
    return None


def _company(lines: list[str]) -> str | None:
    """Return the provider, where it is a company."""
    return next((found[1] for line in lines if (found := _COMPANY.fullmatch(line))), None)


def _office(lines: list[str], title: str | None) -> str | None:
    """Return the body that reports, where the report is about no authority."""
    for line in ([title] if title else []) + lines:
        if found := _OFFICE.search(line):
            return found[1].strip()
    return None
