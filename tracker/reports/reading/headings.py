"""Which wording of the table a heading is, if any; and whether a sentence asks for something."""

import re
from functools import lru_cache

from tracker.reports.reading.request_words import (
    AGREED,
    EVIDENCE,
    GOES_ON,
    INSTRUCTIONS,
    LEAD_INS,
    NO_BODY,
    NOT_POINTS,
    PARTS,
    RECOMMENDS,
    REPORTED,
    RESPONSES,
)
from tracker.reports.reading.wordings import HEADINGS, NUMBERED, Heading

_LONGEST = 170  # characters of a heading
_TABLE = tuple((re.compile(heading.pattern), heading) for heading in HEADINGS)
_LEAD_INS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in LEAD_INS)
_NOT_POINTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in NOT_POINTS)
_GOES_ON = re.compile(GOES_ON, re.IGNORECASE)
_AGREED = re.compile(AGREED, re.IGNORECASE)
_PARTS = re.compile(PARTS, re.IGNORECASE)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "\u00a0": " ", "–": "-", "—": "-"})
_PREFIX = re.compile(
    r"(?:(?:section|part|chapter|volume|book|annexe?|appendix|exhibit|table|box)\s+(?:\w{1,4}\s*[:.–-]\s*|(?:\d{1,2}|[ivx]{1,4})\s+)|\d{1,2}(?:\.\d{1,2})*[.:)]?\s+|[a-h][.)]\s+)"
)
_SUFFIX = re.compile(r"(?<=[a-z?)])\d{1,2}$|[\s:.?*–-]+$")
# "should have been seen" finds fault and asks for nothing.
_NOT_PAST = r"\b(?! (?:\w+ ){0,2}?have (?:been|known|seen|gone|made|had|taken|given|done|[a-z]+ed)\b)"
_ASKS = re.compile(
    rf"\b(?:should{_NOT_PAST}|must|shall|needs? to|ought to|(?:is|are) required to|(?:is|are) to|has to|have to|we recommend|i recommend|recommends that|it is recommended|we urge|we call on)\b",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_IN_NAME = r"(?:[A-Z][\w&’'()-]*|and|of|the|for|in|with|council|authority|board|partnership|service|trust|force)"
_BODY_TO = re.compile(
    rf"(?=[A-Z])(?!{NO_BODY})(?:{_IN_NAME},? ){{1,30}}to (?:also )?([a-z]+)\b"
)  # "Northbrook Council to ensure that …"
# "Officers attending incidents to speak to children": nobody states anything before "to".
_SOMEBODY_TO = re.compile(
    rf"(?=[A-Z])(?!{NO_BODY})(?:(?!(?:is|are|was|were|be|been|had|has|have|did|does|can|could|will|would|may|able|continues?|needs?|in order)\b)[\w’'()&-]+,? ){{1,14}}?to (?:also )?([a-z]+)\b"  # noqa: E501 - one pattern or sentence on one line
)
_UNITS = r"(?:calendar |working )?(?:days?|weeks?|months?|years?)"
_TIME = re.compile(
    rf"(?:(?:to be (?:done|completed|implemented) )?(?:immediately|immediate|with immediate effect)|(?:within|in|over) (?:the )?(?:next )?[a-z-]+\s?\w* {_UNITS}"  # noqa: E501 - one pattern or sentence on one line
    rf"(?: (?:of|from|after) .{{2,60}})?|within \d+ {_UNITS}(?: (?:of|from|after) .{{2,60}})?|(?:(?:in|over|for|by) the )?(?:short|medium|long|longer)[ -]term"  # noqa: E501 - one pattern or sentence on one line
    r"|by (?:the end of )?(?:\d{1,2} )?[a-z]+ 20\d\d|as soon as (?:is )?(?:reasonably )?(?:possible|practicable))"
)
_TIME_FIRST = re.compile(r"(?:Within|By|Immediately|Before|No later than)\b[^,.:;]{0,60},\s+")
_FIRST_WORDS = re.compile(r"[\W\d_]*([A-Za-z-]+)(?:\s+([A-Za-z-]+))?")


_SUBJECT_SHOULD = re.compile(
    rf"(?:To .{{5,120}}, )?(?:The |Each |All |Every |Any |Leaders|[A-Z])[^.:;?]{{1,160}}?\b(?:should{_NOT_PAST}|must|shall|needs? to)\b"  # noqa: E501 - one pattern or sentence on one line
)
_NUMBERED = re.compile(NUMBERED)
_RESPONSE = re.compile(RESPONSES, re.IGNORECASE)
_THING = re.compile(
    r"(?:The|Their|How|Whether|[A-Z][a-z]+) (?:[\w’'-]+,? ){0,7}?(?:of|for|to|in|at|between|given|with) "
)
_STATES = re.compile(  # a verb that is not inside "that …", "which …" and the like
    r"^(?:(?!\b(?:that|which|who|where|when|so|because|whether|how|how well)\b).)*\b(?:is|are|was|were|has|have|had|does|do|did|can|will|may|should|must)\b",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_LONGEST_NAME = 300  # characters
_RECOMMENDS = re.compile(RECOMMENDS, re.IGNORECASE)
_REPORTS = re.compile(REPORTED)
_STATED = re.compile(  # "The budget has been cut and the council must …": a statement comes first
    r"(?:(?!\b(?:that|which|who|whose|where|when|if|as)\b).)*\b(?:has|have|had|was|were|is|are)\b", re.IGNORECASE
)
_EVIDENCE = re.compile(EVIDENCE, re.IGNORECASE)


def plain(text: str) -> str:
    """Return the heading as the table compares it: lower case, straight quotes, without number, marks, note numbers."""
    text = " ".join(text.replace("*", " ").translate(_QUOTES).split()).casefold()
    text = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    before = ""
    while before != text:
        before, text = text, _SUFFIX.sub("", text)
    return text


@lru_cache(maxsize=4096)
def heading_of(text: str) -> Heading | None:
    """Return the wording the whole text is, or None."""
    if len(text) > _LONGEST or "\t" in text:
        return None
    words = plain(text)
    return next((heading for pattern, heading in _TABLE if pattern.fullmatch(words)), None)


@lru_cache(maxsize=4096)
def is_time_heading(text: str) -> bool:
    """Whether the whole text is a time limit ("Within three months:")."""
    return len(text) <= 90 and bool(_TIME.fullmatch(plain(text)))  # noqa: PLR2004 - a time limit is short


def asks(text: str) -> bool:
    """Whether it is a request: an instruction ("Ensure that …") or a body and what it should do."""
    return (
        is_instruction(text)
        or text.startswith("That ")  # "That Cabinet agrees a protocol."
        or bool(_ASKS.search(text))
        or bool((found := _BODY_TO.match(text)) and found[1] in INSTRUCTIONS)
        or bool((found := _SOMEBODY_TO.match(text)) and found[1] in INSTRUCTIONS)
    )


def is_instruction(text: str) -> bool:
    """Whether it begins with an instruction's verb."""
    found = _FIRST_WORDS.match(text[time.end() :] if (time := _TIME_FIRST.match(text)) else text)
    if not found or not found[2] or found.end() == len(text):  # "Support" and "Work programme" alone are headings
        return False
    first, second = found[1].lower(), found[2].lower()
    if first in INSTRUCTIONS:
        return True
    return (first.endswith("ly") or first in {"to", "also", "further", "not"}) and second in INSTRUCTIONS


def is_request(text: str) -> bool:
    """Whether it clearly asks, even among prose: an instruction, a body and what it should do, "we recommend"."""
    if is_instruction(text) or recommends(text):
        return True
    return _says_who_should(text)


def recommends(text: str) -> bool:
    """Whether it says of itself that it recommends: "We recommend that …"."""
    return bool(_RECOMMENDS.match(text))


def is_request_of_body(text: str) -> bool:
    """Whether it is one sentence that says who should do something."""
    return ". " not in text and _says_who_should(text)


def _says_who_should(text: str) -> bool:
    """Whether it names somebody and what they should do, in its own voice."""
    found = _SUBJECT_SHOULD.match(text)
    return found is not None and not is_evidence(text) and not (_REPORTS.search(found[0]) or _STATED.match(found[0]))


def names_a_thing(text: str) -> bool:
    """Whether it is a name with no statement ("The quality of plans."), as inspectors list what needs to improve."""
    return len(text) < _LONGEST_NAME and ". " not in text and bool(_THING.match(text)) and not _STATES.search(text)


def is_numbered_name(text: str) -> bool:
    """Whether it is the name of one request alone on its line ("Requirement 2")."""
    return bool(_NUMBERED.fullmatch(plain(text)))


def is_evidence(text: str) -> bool:
    """Whether a paragraph begins as one that says what was found and when."""
    return bool(_EVIDENCE.match(text))


def leads_in(text: str) -> bool:
    """Whether the paragraph only leads into the list below it."""
    return any(pattern.search(text[-400:]) for pattern in _LEAD_INS)


def is_response(text: str) -> bool:
    """Whether it answers a recommendation: "Accepted.", "We accept this recommendation."."""
    return bool(_RESPONSE.match(text))


def announces_parts(text: str) -> bool:
    """Whether the list below is part of this point."""
    return text.endswith((":", "–", "—", "-")) and bool(_PARTS.search(text[-140:])) and not _AGREED.search(text[-300:])


def goes_on_with_point(text: str) -> bool:
    """Whether a paragraph says more of the point before it: "To do this, the provider must, at a minimum:"."""
    return bool(_GOES_ON.match(text))


def asks_nothing(text: str) -> bool:
    """Whether a paragraph under a heading for action is known not to be a point."""
    return any(pattern.match(text) for pattern in _NOT_POINTS)
