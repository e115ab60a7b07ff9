"""Lines that label something of the point beside them ("To be completed by: 30 June 2026", "Priority: high")."""

import re

from tracker.reports.reading.model import TimeLimit
from tracker.reports.reading.request_words import ANSWER_LABELS, OTHER_LABELS, TIME_LABELS
from tracker.reports.reading.time_limits import cell_limit

_TIME = re.compile(rf"(?:{TIME_LABELS})\s*:\s*(.{{3,60}})$", re.IGNORECASE)
_ANSWER = re.compile(rf"(?:{ANSWER_LABELS})\s*:", re.IGNORECASE)
_OTHER = re.compile(rf"(?:{OTHER_LABELS})\s*:", re.IGNORECASE)


def label_limit(text: str) -> TimeLimit | None:
    """Return the time limit a labelled line gives, or None where it is no such line."""
    found = _TIME.match(text)
    return cell_limit(found[1]) if found else None


def is_label(text: str) -> bool:
    """Whether the line labels something else: an owner, a reference, an answer."""
    return bool(_OTHER.match(text))


def is_answer(text: str) -> bool:
    """Whether the line begins the answer to a point ("Government response: accepted")."""
    return bool(_ANSWER.match(text))
