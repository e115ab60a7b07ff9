"""Tables of actions: requirements with due dates, responsible bodies with their areas, and rows of cells in general."""

import re
from dataclasses import dataclass, replace

from tracker.reports.reading.cell_lists import requests_in
from tracker.reports.reading.dates import dates_in, the_date
from tracker.reports.reading.document import PARAGRAPH_END, Block, BlockKind
from tracker.reports.reading.drafts import IN_TABLE, Draft
from tracker.reports.reading.headings import asks, asks_nothing, heading_of, leads_in
from tracker.reports.reading.model import TimeLimit
from tracker.reports.reading.records import records_at
from tracker.reports.reading.table_heads import Columns, columns_of
from tracker.reports.reading.time_limits import NOT_GIVEN, cell_limit
from tracker.reports.reading.wordings import Calls, Heading
from tracker.terms import TimeLimitKind

_DUE_HEAD = re.compile(
    r"(?:statutory )?(?:requirements?|actions?|recommendations?)\s+(?:due date|deadline|date due|timescale|by when)$",
    re.IGNORECASE,
)
_DUE_ALONE = re.compile(r"due dates?$", re.IGNORECASE)  # the other column has no head
_BODY_HEAD = re.compile(
    r"responsible bod(?:y|ies)\s+(?:areas? for (?:priority action|improvement)s?|recommendations?|actions?)$",
    re.IGNORECASE,
)
_FAR = 60.0  # points between two columns
_CLOSING_DATE = re.compile(r"^(.{20,}?)\s+(\d{1,2} [A-Z][a-z]+ 20\d\d|\d{1,2}[/.]\d{1,2}[/.]20\d\d)$")


@dataclass
class Table:
    """The blocks [start, end) of a table, and the points read from them before they know their section."""

    end: int
    read: list[Draft]

    def drafts(self, section: str, heading: Heading | None) -> list[Draft]:
        """Return the points, with the section and the priority of the heading over the table."""
        priority = heading.priority if heading else None
        return [replace_section(draft, section, priority or draft.priority) for draft in self.read]


def replace_section(draft: Draft, section: str, priority: str | None) -> Draft:
    """Return the draft with its section and priority known."""
    draft.section, draft.priority = section or draft.section, priority
    return draft


def table_at(blocks: tuple[Block, ...], at: int, *, in_area: bool) -> Table | None:
    """Return the table of actions that begins at this block, or None."""
    block = blocks[at]
    if block.kind is BlockKind.ROW:
        if records := records_at(blocks, at):
            return Table(*records)
        return _cells(blocks, at, in_area=in_area)
    if len(block.text) > 90:  # noqa: PLR2004 - longer than any table head
        return None
    if _DUE_HEAD.match(block.text) or (in_area and _DUE_ALONE.match(block.text)):
        return _due(blocks, at)
    if _BODY_HEAD.match(block.text):
        return _by_body(blocks, at)
    return None


def _ends(block: Block) -> bool:
    """Return a certain heading ends a table."""
    return (
        block.is_heading
        and block.certain
        and (heading_of(block.text) is not None or not asks(block.text))
        and not _DUE_HEAD.match(block.text)
    ) or (block.kind is BlockKind.PARAGRAPH and block.text.endswith(":") and leads_in(block.text))


def _due(blocks: tuple[Block, ...], at: int) -> Table:
    """Return requirement after requirement, each closed by the date it is due."""
    drafts: list[Draft] = []
    open_draft: Draft | None = None
    position = at + 1
    while position < len(blocks) and not _ends(blocks[position]):
        block = blocks[position]
        due = the_date(block.text)
        if closing := _CLOSING_DATE.match(block.text):
            block, due = replace(block, text=closing[1]), dates_in(closing[2])[0].date if dates_in(closing[2]) else None
        if closing or not due:
            open_draft = _grown(open_draft, block)
        if due and open_draft:
            open_draft.limit = TimeLimit(
                TimeLimitKind.BY_DATE, words=blocks[position].text if not closing else closing[2], day=due
            )
            drafts.append(open_draft)
            open_draft = None
        position += 1
    if open_draft and asks(open_draft.text):
        drafts.append(open_draft)
    return Table(position, drafts)


def _grown(draft: Draft | None, block: Block) -> Draft:
    if draft is None:
        return Draft(block, Heading("").kind, "", NOT_GIVEN, reason=IN_TABLE)
    draft.add(block)
    return draft


def _by_body(blocks: tuple[Block, ...], at: int) -> Table:
    """Bodies in the left column, what each has to do in the right; a page may end between them."""
    left = blocks[at].left
    measured = any(block.left > left + _FAR for block in blocks[at + 1 : at + 8])
    drafts: list[Draft] = []
    bodies: list[str] = []
    fresh = True
    position = at + 1
    while position < len(blocks) and not _ends(blocks[position]):
        block = blocks[position]
        is_body = block.left <= left + _FAR if measured else not asks(block.text)
        if _BODY_HEAD.match(block.text):
            pass
        elif is_body:
            bodies = [block.text] if not fresh else [*bodies, block.text]
            fresh = True
        elif fresh or not drafts or drafts[-1].text.endswith("."):
            drafts.append(Draft(block, Heading("").kind, "", NOT_GIVEN, bodies=_named(bodies), reason=IN_TABLE))
            fresh = False
        else:
            drafts[-1].add(block)
        position += 1
    return Table(position, drafts)


def _named(parts: list[str]) -> tuple[str, ...]:
    return tuple(
        name.strip(" ,") for name in re.split(r"\s+and\s+(?=NHS|The |the )", " ".join(parts)) if name.strip(" ,")
    )


def _cells(blocks: tuple[Block, ...], at: int, *, in_area: bool) -> Table | None:
    """Rows of cells under a head that names a column of actions, or inside an open list."""
    columns = columns_of(blocks[at].cells)
    if columns.what is None and not in_area:
        return None
    position = at + (columns.what is not None)
    drafts: list[Draft] = []
    while position < len(blocks) and blocks[position].kind is BlockKind.ROW:
        drafts += _row(blocks[position], columns)
        position += 1
    return Table(max(position, at + 1), drafts)


def _row(block: Block, columns: Columns) -> list[Draft]:
    """Return the row's points: one, or each request of a list in its cell."""
    what, when, who = (_cell(block, column) for column in columns[:3])
    if not what:
        what = max((cell for cell in block.listed if asks(cell)), key=len, default="")
    requests = requests_in(what)
    times = when.split(PARAGRAPH_END)
    if len(times) != len(requests):
        times = [when.replace(PARAGRAPH_END, " ")] * len(requests)
    return [
        Draft(
            replace(block, text=request),
            Heading("", Calls.ACTION).kind,
            "",
            cell_limit(time) if time else NOT_GIVEN,
            bodies=_named([who.replace(PARAGRAPH_END, " ")]) if who else (),
            reason=IN_TABLE,
        )
        for request, time in zip(requests, times, strict=True)
        if any(map(str.isalpha, request)) and not heading_of(request) and not asks_nothing(request)
    ]


def _cell(block: Block, column: int | None) -> str:
    return block.listed[column] if column is not None and column < len(block.listed) else ""
