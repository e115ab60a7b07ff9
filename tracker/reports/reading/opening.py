"""What opens a list of action points and what closes it: headings, and sentences that lead into a list."""

import re

from tracker.reports.reading.areas import Area
from tracker.reports.reading.belonging import heads_a_part, is_request_in_bold, is_within
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.drafts import TAGGED, Draft
from tracker.reports.reading.headings import asks, heading_of, is_numbered_name, is_time_heading, leads_in
from tracker.reports.reading.marks import NAMED
from tracker.reports.reading.naming import name_under
from tracker.reports.reading.request_words import LEADS_STRONGLY
from tracker.reports.reading.rulebooks import says_duties
from tracker.reports.reading.taking import take_item, take_label, take_paragraph
from tracker.reports.reading.time_limits import NOT_GIVEN, heading_limit
from tracker.reports.reading.walk import Walk
from tracker.reports.reading.wordings import Calls, Heading
from tracker.terms import Origin, PointKind

_LEADS_STRONGLY = re.compile(LEADS_STRONGLY, re.IGNORECASE)


def take_heading(walk: Walk, block: Block) -> None:
    """Take a heading: by the table of wordings, as a time limit, or as one of the report's own."""
    wording = heading_of(block.text)
    if wording is None and is_time_heading(block.text):
        _open_time(walk, block)
    elif wording is None:
        _take_plain_heading(walk, block)
    elif (walk.is_rulebook and says_duties(block.text)) or (walk.past and is_numbered_name(block.text)):
        walk.area = None
    elif wording.calls in (Calls.PASSING, Calls.CLOSING, Calls.PAST):
        walk.area = None
        walk.past = (block.size or -1.0) if wording.calls is Calls.PAST else 0.0
    elif walk.area and wording.calls is Calls.ACTION and block.text.endswith(":") and leads_in(block.text):
        walk.lead(walk.area, block)
    else:
        walk.past = 0.0
        _open(walk, block, wording)


def take_named(walk: Walk, block: Block) -> None:
    """Such as "Recommendation 4: …" needs no heading over it."""
    name = walk.section.name
    draft = Draft(block, PointKind.RECOMMENDATION, name, NOT_GIVEN, reason=TAGGED)
    walk.drafts.append(draft)
    if block.text.endswith(":"):
        walk.area = Area(Heading(""), name, block.size, count=1, mark=NAMED, marked=True)


def _open(walk: Walk, block: Block, wording: Heading) -> None:
    limit = heading_limit(block.text) if wording.calls is Calls.TIME else NOT_GIVEN
    origin = Origin.JOINT_AREA_REVIEW if wording.calls is Calls.TIME and walk.is_earlier() else Origin.THIS_REPORT
    name = name_under(walk.area, block, walk.name(block))
    walk.area = Area(wording, name, block.size, limit, origin, title=block.text, section_number=block.number)


def _open_time(walk: Walk, block: Block) -> None:
    """Open a time limit over its own list, inside an open area or where a list follows."""
    below = walk.next
    if walk.area is None and (walk.past or not (below and below.kind is BlockKind.ITEM and asks(below.text))):
        return
    limit = heading_limit(block.text)
    if walk.area is None:
        walk.area = Area(Heading("", Calls.TIME), walk.name(block), block.size, limit)
    else:
        walk.area = walk.area.under_time(limit)


def _take_plain_heading(walk: Walk, block: Block) -> None:
    """Inside a list: an item that looks like a heading, a heading within the list, or the list's end."""
    area = walk.area
    if area and take_label(walk, area, block.text):
        return
    if area is None:
        walk.past = 0.0 if 0 < walk.past <= block.size else walk.past
        open_by_lead_in(walk, block)
        return
    if block.text.endswith(":") and (leads_in(block.text) or not (block.certain or area.count)):
        walk.lead(area, block)
    elif is_request_in_bold(block) or (not block.certain and asks(block.text)):
        take_item(walk, area, block) if block.number else take_paragraph(walk, area, block)
    elif heads_a_part(area, block, walk.below):
        area.part = (block.size, block.certain)
    elif not is_within(area, block, walk.below):
        walk.area = None


def open_by_lead_in(walk: Walk, block: Block) -> None:
    """Outside every list: "Within six months the force should:" over bullets opens one."""
    below = walk.next
    if (
        not (walk.past or walk.is_rulebook or says_duties(walk.sections[max(walk.at - 1, 0)].name))
        and below
        and below.kind is BlockKind.ITEM
        and (below.mark or below.number == "1")
        and _LEADS_STRONGLY.search(block.text[-200:])
    ):
        heading = Heading("", Calls.ACTION)
        walk.area = Area(heading, walk.section.name, block.size, by_lead_in=True)
        walk.lead(walk.area, block)
