"""What belongs to an open list: headings inside it, parts of its last point, paragraphs that are points."""

from collections.abc import Sequence
from itertools import takewhile

from tracker.reports.reading.areas import Area
from tracker.reports.reading.document import LOST, Block, BlockKind
from tracker.reports.reading.drafts import Draft
from tracker.reports.reading.headings import (
    asks,
    goes_on_with_point,
    is_evidence,
    is_numbered_name,
    is_request,
    is_request_of_body,
    names_a_thing,
)
from tracker.reports.reading.marks import NAMED, is_letter, is_minor, is_next
from tracker.reports.reading.wordings import Calls
from tracker.terms import PointKind

_FURTHEST_NEXT = 6  # blocks between two points of a numbered list
_DEEPER = 24.0  # points a list inside a list is set to the right
_SMALLER = 0.2  # points of type by which a heading stands under another


def is_within(area: Area, block: Block, below: Sequence[Block]) -> bool:
    """Whether a plain heading stands inside the open list, over another part of it."""
    if area.heading.calls is Calls.LOOSE and below and _is_next(area, below[0]):
        return True
    if not below or not asks(below[0].text):
        return False
    return _stands_inside(area, block, below)


def _stands_inside(area: Area, block: Block, below: Sequence[Block]) -> bool:
    """Whether a heading over a request belongs to the list by its number, its size or its words."""
    first, smaller = below[0], 0 < block.size < area.size - _SMALLER
    is_item = first.kind is BlockKind.ITEM
    if area.holds(block.number) or block.text.startswith(("For ", "To ")):
        return is_item or is_request(first.text)
    if not is_item:
        return smaller and first.kind is BlockKind.PARAGRAPH and is_request(first.text)
    if first.number and area.number and area.count:
        return is_next(area.number, first.number)
    if area.count == 0:
        return bool(first.number) or block.size <= area.size
    return smaller or (not block.certain and first.mark == area.mark and _all_ask(below))


def heads_a_part(area: Area, block: Block, below: Sequence[Block]) -> bool:
    """Whether a heading stands over a part of the list: right under the list's own, or looking like the first such."""
    if not below or below[0].kind is not BlockKind.ITEM or not (below[0].mark or below[0].number):
        return False
    if area.by_lead_in or area.heading.calls is not Calls.ACTION or 0 < area.size <= block.size:
        return False
    if area.part is None:
        return area.is_empty and not block.number
    return area.part == (block.size, block.certain) and below[0].mark == area.mark


def introduces(text: str, below: Block | None) -> bool:
    """Whether a paragraph only stands before the list or the table of what is asked."""
    if below is not None and below.kind is BlockKind.ROW and text.endswith(":"):
        return True
    is_list = below is not None and (below.kind is BlockKind.ROW or (below.kind is BlockKind.ITEM and bool(below.mark)))
    return is_list and ". " in text and not is_request(text)


def more_of_point(text: str, point: str) -> bool:
    """Whether a paragraph goes on with the point before it: its sentence, or what it is to include."""
    return goes_on_with_point(text) or (text[:1].islower() and not point.endswith((".", ":")))


def _is_next(area: Area, block: Block) -> bool:
    return bool(block.number and area.number) and is_next(area.number, block.number)


def _all_ask(below: Sequence[Block]) -> bool:
    """Whether every item under a heading is a request."""
    return all(is_request(block.text) for block in takewhile(lambda one: one.kind is BlockKind.ITEM, below))


def list_goes_on(area: Area, below: Sequence[Block]) -> bool:
    """Whether the next number of a numbered list stands a few blocks below: the prose between explains a point."""
    for block in below[:_FURTHEST_NEXT]:
        if block.is_heading and block.certain:
            return False
        if block.number and area.number and is_next(area.number, block.number):
            return "." not in block.number or is_request(block.text)
    return False


def is_part(area: Area, block: Block, last: Draft) -> bool:
    """Whether the item is a part of the point before it."""
    if last.block.mark == NAMED and last.text.endswith((":", ";", "; and")):
        return block.mark != NAMED
    if last.block.number and last.text.endswith(":") and not block.number and block.mark != last.block.mark:
        return True
    if is_letter(block.mark):
        return not is_letter(last.block.mark)
    deeper = area.marked and block.mark != LOST and block.left > area.left + (9 if block.size else 1)
    minor = block.mark != area.mark and is_minor(block.mark)
    if last.wants_parts:
        return deeper or minor or not area.marked or block.mark != last.block.mark
    if deeper and not block.number:
        return not block.size or block.left > area.left + _DEEPER or last.text.endswith((":", ";", ","))
    return minor and last.text.endswith(":")


def is_unmarked_point(area: Area, text: str, last: Draft | None) -> bool:
    """Whether a paragraph without a mark counts: the first under a heading for action, later ones that ask."""
    if is_evidence(text) and (area.count or area.heading.kind is not PointKind.RECOMMENDATION):
        return False
    if area.count and last and names_a_thing(text) and names_a_thing(last.text):
        return True
    if area.count and is_numbered_name(area.title):  # the name of one request stands over one
        return is_request(text)
    return asks(text) or not (area.count or area.heading.kind is PointKind.RECOMMENDATION)


def is_request_in_bold(block: Block) -> bool:
    """Whether a whole request is set as a heading, as police inspectors print their areas for improvement."""
    return block.certain and not block.number and not block.text.endswith((":", "?")) and is_request_of_body(block.text)
