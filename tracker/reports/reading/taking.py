"""What stands under an open list: points, parts of points, sentences that lead in, labels, prose that ends the list."""

from tracker.reports.reading.areas import Area
from tracker.reports.reading.belonging import introduces, is_part, is_unmarked_point, list_goes_on, more_of_point
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.headings import (
    announces_parts,
    asks,
    asks_nothing,
    is_request,
    is_response,
    leads_in,
    recommends,
)
from tracker.reports.reading.labels import is_answer, is_label, label_limit
from tracker.reports.reading.marks import NAMED
from tracker.reports.reading.walk import Walk
from tracker.reports.reading.wordings import Calls

_LONGEST_ALONE = 400  # characters of a request that stands among prose


def take_inside(walk: Walk, area: Area, block: Block) -> None:
    """Take an item or a paragraph under the open list."""
    if area.is_note(block) or take_label(walk, area, block.text):
        return
    if area.count and not block.mark and not block.number and is_response(block.text):
        walk.area = None
        return
    if block.kind is BlockKind.ITEM:
        take_item(walk, area, block)
    elif not area.answered:
        take_paragraph(walk, area, block)


def take_item(walk: Walk, area: Area, block: Block) -> None:
    """Take an item: a point, part of the one before, or a sentence that leads in."""
    area.answered = False
    if area.count and walk.last and is_part(area, block, walk.last):
        walk.last.add(block)
    elif asks_nothing(block.text) or (block.mark != NAMED and leads_in(block.text) and not announces_parts(block.text)):
        walk.lead(area, block)
    elif area.heading.calls is Calls.LOOSE:
        area.number = block.number or area.number
        if block.mark == NAMED or (is_request(block.text) and not walk.is_named):
            walk.add(area, block, marked=True)
    elif "." in block.number:
        if is_request(block.text) or asks(block.text) or block.text[:1].islower():
            walk.add(area, block, marked=True)
    else:
        walk.add(area, block, marked=True)


def take_paragraph(walk: Walk, area: Area, block: Block) -> None:
    """Take a paragraph without a mark: a point where the list has such, else prose."""
    text = block.text
    if area.count and walk.drafts and more_of_point(text, walk.drafts[-1].text):
        walk.drafts[-1].add(block)
    elif announces_parts(text) and ". " in text and asks(text) and not area.marked:
        walk.add(area, block, marked=False)
    elif leads_in(text) or asks_nothing(text):
        walk.lead(area, block)
    elif area.heading.calls is Calls.LOOSE and len(text) < _LONGEST_ALONE and recommends(text):
        walk.add(area, block, marked=False)
    elif area.heading.calls is Calls.LOOSE or area.marked or area.by_lead_in:
        _after_list(walk, area)
    elif area.broken:
        if len(text) < _LONGEST_ALONE and is_request(text):
            walk.add(area, block, marked=False)
    elif not (area.count == 0 and introduces(text, walk.next)) and is_unmarked_point(area, text, walk.last):
        walk.add(area, block, marked=False)
    elif area.count:
        area.broken = True


def _after_list(walk: Walk, area: Area) -> None:
    """Prose after a marked list ends it; under a loose heading it says nothing."""
    if (area.heading.calls is not Calls.LOOSE or area.by_lead_in) and not list_goes_on(area, walk.below):
        walk.area = None


def take_label(walk: Walk, area: Area, text: str) -> bool:
    """Take a line that labels something of a point; tell whether it was one."""
    if limit := label_limit(text):
        if area.count and walk.drafts:
            walk.drafts[-1].limit = limit
        else:
            area.limit = limit
        return True
    area.answered = area.answered or (area.count > 0 and is_answer(text))
    return is_label(text)
