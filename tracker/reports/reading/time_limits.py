"""How long a heading, a lead-in or a sentence gives."""

import re

from tracker.reports.reading.dates import dates_in, month_end_in, the_date, year_end_in
from tracker.reports.reading.model import TimeLimit
from tracker.reports.reading.wordings import NUMBER_WORDS, PRIORITY_WORDS, SENTENCE_TIME_WORDS, TIME_WORDS
from tracker.terms import TimeLimitKind, TimeUnit

NOT_GIVEN = TimeLimit(TimeLimitKind.NOT_GIVEN)

_HEADING_WORDS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in TIME_WORDS)
_SENTENCE_WORDS = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in SENTENCE_TIME_WORDS)
_PRIORITY = re.compile(PRIORITY_WORDS, re.IGNORECASE)
_NUMBER = r"(\d{1,3}|[a-z]+(?:-[a-z]+)?)"
_LENGTH = rf"(?:the )?(?:next )?{_NUMBER}\s+(?:calendar )?(working\s+|school\s+)?(day|week|month|year)s?"
_WITHIN = re.compile(rf"\b(?:within|in|over|for|after)\s+{_LENGTH}\b", re.IGNORECASE)
# In a sentence only "within" counts, and only where it says when to act: at its beginning, after "should",
# or counted from the report.
_WITHIN_BEGINS = re.compile(rf"(?:within|(?:in|over) (?=the next))\s*{_LENGTH}\b", re.IGNORECASE)
_WITHIN_ACTS = re.compile(rf"\b(?:should|must|shall|to)\b,?\s+within\s+{_LENGTH}\b", re.IGNORECASE)
_WITHIN_ENDS = (
    re.compile(  # the last words of a request to a body: "The council should publish its plan within six months."
        rf"^(?!.*\bensur)(?:that\b|[^.]{{5,160}}\b(?:should|must|shall)\b)[^.]{{5,160}}\bwithin\s+{_LENGTH}\.?$",
        re.IGNORECASE,
    )
)
_WITHIN_VERB = re.compile(
    rf"\b(?:should|must|shall|to)\b[^.;:]{{0,80}}\b(?:confirm|publish|report|respond|reply|submit|provide|produce|write)\w*\s+(?:back\s+)?within\s+{_LENGTH}\b",
    re.IGNORECASE,
)
_WITHIN_REPORT = re.compile(
    rf"\bwithin\s+{_LENGTH}\s+(?:of|from|after)\s+(?:the\s+)?(?:date\s+of\s+)?(?:(?:receiving|receipt(?:\s+of)?)\s+(?:the|this|our)\s+(?:\w+\s+){{0,3}}(?:letter|report|decision|notice|review)|publication|this|the\s+(?:final\s+)?(?:report|letter|inspection|decision))\b",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:by|before|no later than|not later than|on or before|after midnight(?: on)?)\s+(?:the\s+end\s+of\s+|end\s+)?$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_BY_MONTH = re.compile(r"\b(?:by|before|no later than)\s+(?P<end>the\s+end\s+of\s+|end\s+)?$", re.IGNORECASE)
_UNITS = {"day": TimeUnit.DAYS, "week": TimeUnit.WEEKS, "month": TimeUnit.MONTHS, "year": TimeUnit.YEARS}


def heading_limit(words: str) -> TimeLimit:
    """Return the time limit a heading or a lead-in gives; NOT_GIVEN where it gives none."""
    printed = " ".join(words.replace("*", "").split()).rstrip(": ")
    for pattern, kind in _HEADING_WORDS:
        if pattern.search(printed):
            return TimeLimit(kind, words=printed)
    return _within(_WITHIN.search(printed), printed) or _dated(printed, printed) or NOT_GIVEN


def cell_limit(words: str) -> TimeLimit:
    """Return the time limit of a cell or a line labelled as one: whatever it says, for it says nothing else."""
    printed = " ".join(words.split()).strip(" .")
    if not any(map(str.isalnum, printed)) or _NONE.fullmatch(printed):
        return NOT_GIVEN
    if day := the_date(printed):
        return TimeLimit(TimeLimitKind.BY_DATE, words=printed, day=day)
    limit = heading_limit(printed)
    if limit.kind is TimeLimitKind.NOT_GIVEN and _AT_ONCE.match(printed):
        return TimeLimit(TimeLimitKind.IMMEDIATELY, words=printed)
    if limit.kind is TimeLimitKind.NOT_GIVEN and (found := _ONLY_LENGTH.fullmatch(printed)):
        return _within(found, printed) or TimeLimit(TimeLimitKind.OTHER, words=printed)
    return limit if limit.kind is not TimeLimitKind.NOT_GIVEN else TimeLimit(TimeLimitKind.OTHER, words=printed)


_NONE = re.compile(r"none|n/?a|not applicable|tbc|to be (?:confirmed|agreed)|nil", re.IGNORECASE)
_AT_ONCE = re.compile(r"immediate", re.IGNORECASE)
_ONLY_LENGTH = re.compile(_LENGTH, re.IGNORECASE)


def lead_in_limit(sentence: str) -> TimeLimit:
    """Return the time limit a paragraph gives that leads into a list: its words only, not the whole sentence."""
    limit = sentence_limit(sentence)
    if limit.kind is not TimeLimitKind.NOT_GIVEN:
        return limit
    found = re.search(r"\bimmediately\b", sentence, re.IGNORECASE)
    if found:
        return TimeLimit(TimeLimitKind.IMMEDIATELY, words=found[0])
    found = _WITHIN_ANY.search(sentence[-160:])
    return _within(found, found[0]) or NOT_GIVEN if found else NOT_GIVEN


_WITHIN_ANY = re.compile(rf"\bwithin\s+{_LENGTH}\b", re.IGNORECASE)


def sentence_limit(text: str) -> TimeLimit:
    """Return the time limit inside a point's own words, where no heading gives one. A printed date wins."""
    if dated := _dated(text, None):
        return dated
    for pattern, kind in _SENTENCE_WORDS:
        if found := pattern.search(text):
            return TimeLimit(kind, words=found[0])
    found = (
        _WITHIN_BEGINS.match(text)
        or _WITHIN_ACTS.search(text)
        or _WITHIN_ENDS.search(text)
        or _WITHIN_REPORT.search(text)
        or _WITHIN_VERB.search(text)
    )
    return (_within(found, found[0][max(found[0].lower().rfind("within"), 0) :]) if found else None) or NOT_GIVEN


def priority_words(text: str) -> str | None:
    """Words that mark priority and give no time ("urgently", "at pace")."""
    found = _PRIORITY.search(text)
    return found[0] if found else None


def _within(found: re.Match[str] | None, words: str) -> TimeLimit | None:
    if not found:
        return None
    number = found[1].lower()
    count = int(number) if number.isdigit() else NUMBER_WORDS.get(number, 1 if number == "next" else 0)
    if not count:
        return None
    unit = TimeUnit.WORKING_DAYS if found[2] else _UNITS[found[3].lower()]
    return TimeLimit(TimeLimitKind.WITHIN, words=words, count=count, unit=unit)


def _dated(text: str, words: str | None) -> TimeLimit | None:
    """Return a date after "by" and the like; a month counts to its last day where the words say "the end of"."""
    for found in dates_in(text):
        before = text[max(0, found.start - 40) : found.start]
        if by := _BY.search(before):
            printed = words or (before[by.start() :] + text[found.start : found.end])
            return TimeLimit(TimeLimitKind.BY_DATE, words=printed, day=found.date)
    month = month_end_in(text) or year_end_in(text)
    if month and (by := _BY_MONTH.search(text[max(0, month.start - 40) : month.start])):
        printed = words or (by[0] + text[month.start : month.end])
        if by["end"]:
            return TimeLimit(TimeLimitKind.BY_DATE, words=printed, day=month.date)
        return TimeLimit(TimeLimitKind.OTHER, words=printed)
    return None
