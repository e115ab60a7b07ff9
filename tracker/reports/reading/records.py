"""Tables on their side, one point to each: a row is a name and what it says ("Recommendation | …", "By when | …")."""

from dataclasses import replace
from itertools import takewhile

from tracker.reports.reading.cell_lists import requests_in
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.drafts import IN_TABLE, Draft
from tracker.reports.reading.headings import is_numbered_name
from tracker.reports.reading.table_heads import Holds, holds
from tracker.reports.reading.time_limits import NOT_GIVEN, cell_limit
from tracker.terms import PointKind

_FEWEST = 2  # rows
_CELLS = 2
_MOSTLY = 0.7  # of the rows begin with a known name
_SHORTEST = 20  # characters of a request: less is the head of another column


def records_at(blocks: tuple[Block, ...], at: int) -> tuple[int, list[Draft]] | None:
    """Return where a run of such rows ends and the points in it; None where the rows are not of that kind."""
    if at and blocks[at - 1].kind is BlockKind.ROW:  # the run was looked at from its beginning
        return None
    rows = list(takewhile(lambda block: block.kind is BlockKind.ROW, blocks[at:]))
    names = [_holds(row) for row in rows]
    is_kind = Holds.REQUEST in names and len(set(names) - {None}) > 1
    if len(rows) < _FEWEST or not is_kind or sum(name is not None for name in names) < _MOSTLY * len(rows):
        return None
    drafts: list[Draft] = []
    for row, name in zip(rows, names, strict=True):
        _take(drafts, row, name)
    return at + len(rows), drafts


def _holds(row: Block) -> Holds | None:
    """Return what the row says, by its first cell."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) != _CELLS or not row.cells[0]:
        return None
    if is_numbered_name(row.cells[0]):
        return Holds.REQUEST
    found = holds(row.cells[0])
    return None if found is Holds.REQUEST and len(filled[1]) < _SHORTEST else found


def _take(drafts: list[Draft], row: Block, name: Holds | None) -> None:
    said = next((cell for cell in row.listed[1:] if cell), "")
    if name is Holds.REQUEST:
        drafts += [
            Draft(replace(row, text=request), PointKind.RECOMMENDATION, "", NOT_GIVEN, reason=IN_TABLE)
            for request in requests_in(said)
        ]
    elif drafts and name is Holds.TIME:
        drafts[-1].limit = cell_limit(said)
    elif drafts and name is Holds.WHO:
        drafts[-1].bodies = (" ".join(said.split()),)
