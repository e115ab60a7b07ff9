"""Opens a spreadsheet from outside in a limited child process and returns its lines."""

import json

from tracker.actions.importing.columns import Line
from tracker.errors import UnreadableDocument
from tracker.reports.reading.safely import in_child

MOST_BYTES = 10 * 2**20
SECONDS = 25
TOO_LARGE = "This file is larger than 10 MB. Take pictures and other sheets out of it, or save it as CSV."
GAVE_UP = "This file could not be read. Copy its rows into a new workbook and save that as .xlsx, or save it as CSV."


def read_sheet(data: bytes) -> list[Line]:
    """Return the lines that have something in them. Raises UnreadableDocument with a sentence for the person."""
    if len(data) > MOST_BYTES:
        raise UnreadableDocument(TOO_LARGE)
    printed = in_child("tracker.actions.importing.child", data, seconds=SECONDS)
    try:
        answer = json.loads(printed)
        lines = [Line(int(number), [str(cell) for cell in cells]) for number, cells in answer.get("lines", [])]
    except (ValueError, TypeError, AttributeError) as broken:
        raise UnreadableDocument(GAVE_UP) from broken
    if not lines:
        raise UnreadableDocument(str(answer.get("refused") or GAVE_UP))
    return lines
