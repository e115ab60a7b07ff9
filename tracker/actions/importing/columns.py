"""Which column of a sheet is what: told by its heading, from a table of the words councils use. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from tracker.terms import Term

HEADER_WITHIN = 25  # rows at the top among which the headings are looked for
FEWEST_KNOWN = 2  # headings that a row must have to be taken for the header


class Field(Term):
    """What a column can be taken for."""

    WORDS = "words", "The report’s words"
    TITLE = "title", "Action: what the council does"
    OWNER = "owner", "Owner"
    LEAD = "lead", "Lead"
    DUE = "due", "Due date, the first one"
    REVISED = "revised", "Revised due date"
    STATUS = "status", "Status"
    COMPLETED = "completed", "Date completed"
    UPDATE = "update", "Latest update"
    REFERENCE = "reference", "Reference"
    SERVICE = "service", "Service"
    THEME = "theme", "Theme"


NEEDED = (Field.OWNER, Field.DUE)  # and the report's words, or the action

# New headings are one word each. Compared by their letters: case, dots and spaces do not count.
SYNONYMS: Mapping[Field, tuple[str, ...]] = {
    Field.WORDS: (
        "recommendation", "recommendations", "the recommendation", "action point", "area for improvement", "finding",
        "area for development", "inspection recommendation", "issue", "what inspectors said", "requirement",
    ),
    Field.TITLE: (
        "action", "actions", "agreed action", "planned action", "action required", "what we will do", "task", "title",
        "management action", "action to be taken", "council action",
    ),
    Field.OWNER: (
        "owner", "action owner", "lead officer", "responsible officer", "responsible", "officer", "who", "by whom",
        "assigned to", "responsible person", "person responsible", "owner email", "named officer",
    ),
    Field.LEAD: (
        "lead", "accountable", "accountable officer", "accountable lead", "lead director", "sponsor", "senior lead",
        "responsible director", "senior responsible officer", "sro",
    ),
    Field.DUE: (
        "due", "due date", "target date", "target", "deadline", "by when", "original due date", "completion date due",
        "original target date", "timescale", "original date", "date due", "target completion date", "when",
    ),
    Field.REVISED: (
        "revised due date", "revised date", "revised target date", "new date", "extended to", "current due date",
        "revised deadline", "extension", "new due date", "revised timescale",
    ),
    Field.STATUS: ("status", "rag", "rag status", "rag rating", "state", "current status", "brag", "brag status"),
    Field.COMPLETED: (
        "completed", "date completed", "completion date", "completed on", "closed on", "date closed", "actual date",
        "actual completion date",
    ),
    Field.UPDATE: (
        "update", "latest update", "progress", "progress update", "comments", "comment", "notes", "commentary",
        "position", "current position", "progress to date", "progress made",
    ),
    Field.REFERENCE: (
        "ref", "reference", "no", "number", "id", "ref no", "rec no", "recommendation no", "action no", "item",
    ),
    Field.SERVICE: ("service", "department", "team", "service area", "directorate", "division"),
    Field.THEME: ("theme", "category", "workstream", "area", "priority area", "topic"),
}  # fmt: skip
_FIELDS = {re.sub(r"[^a-z]", "", word): field for field, words in SYNONYMS.items() for word in words}


class Line(NamedTuple):
    """One row of a sheet, by the number the sheet gives it, from 1."""

    number: int
    cells: list[str]


def field_of(heading: str) -> Field | None:
    """Return what a heading stands for, where it is known."""
    return _FIELDS.get(re.sub(r"[^a-z]", "", heading.lower()))


def matched(headings: Sequence[str]) -> dict[int, Field]:
    """Return the field of each column that is known; the first of two that say the same has it."""
    found: dict[int, Field] = {}
    for place, heading in enumerate(headings):
        field = field_of(heading)
        if field is not None and field not in found.values():
            found[place] = field
    return found


def header_of(lines: Sequence[Line]) -> int:
    """Return the place of the row that holds the headings, or -1 where no row has two that are known."""
    best, place = FEWEST_KNOWN - 1, -1
    for number, line in enumerate(lines[:HEADER_WITHIN]):
        known = len(matched(line.cells))
        if known > best:
            best, place = known, number
    return place


def missing(columns: Mapping[int, Field]) -> list[str]:
    """Say, a sentence each, what no column has been chosen for."""
    chosen = set(columns.values())
    found = [f"Choose the column for “{field.label}”." for field in NEEDED if field not in chosen]
    if not chosen & {Field.WORDS, Field.TITLE}:
        found.insert(0, f"Choose the column for “{Field.WORDS.label}”, or for the council’s action.")
    twice = [field for field in Field if list(columns.values()).count(field) > 1]
    return found + [f"“{field.label}” is chosen for more than one column. Keep one." for field in twice]
