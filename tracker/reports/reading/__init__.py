"""The reader: from a report's file to a frozen Reading of its facts, judgements, points and progress. Pure."""

from tracker.reports.reading.formats import MAX_BYTES
from tracker.reports.reading.model import (
    Comparator,
    Demand,
    Facts,
    Judgement,
    Place,
    ProgressStatement,
    Reading,
    ReadPoint,
    Scale,
    TimeLimit,
)
from tracker.reports.reading.reader import read_bytes, read_text
from tracker.reports.reading.safely import read_safely
from tracker.reports.reading.scoring_form import to_scoring_form
from tracker.reports.reading.store import from_dict, to_dict

__all__ = [
    "MAX_BYTES",
    "Comparator",
    "Demand",
    "Facts",
    "Judgement",
    "Place",
    "ProgressStatement",
    "ReadPoint",
    "Reading",
    "Scale",
    "TimeLimit",
    "from_dict",
    "read_bytes",
    "read_safely",
    "read_text",
    "to_dict",
    "to_scoring_form",
]
