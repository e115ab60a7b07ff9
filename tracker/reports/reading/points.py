"""Walks the blocks and collects the action points: what opens a list, what belongs to it, what closes it."""

import re

from tracker.reports.reading import tables
from tracker.reports.reading.areas import Area
from tracker.reports.reading.belonging import (
    heads_a_part,
    introduces,
    is_part,
    is_request_in_bold,
    is_unmarked_point,
    is_within,
    list_goes_on,
    more_of_point,
)
from tracker.reports.reading.bodies import bodies_of
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.drafts import LOOSE_HEADING, NO_HEADING, NO_MARK, TAGGED, Draft, how_sure
from tracker.reports.reading.headings import (
    announces_parts,
    asks,
    asks_nothing,
    heading_of,
    is_numbered_name,
    is_request,
    is_response,
    is_time_heading,
    leads_in,
    recommends,
)
from tracker.reports.reading.labels import is_label, label_limit
from tracker.reports.reading.marks import NAMED, is_letter
from tracker.reports.reading.model import ReadPoint
from tracker.reports.reading.naming import name_of, name_under
from tracker.reports.reading.repeats import without_repeats
from tracker.reports.reading.request_words import LEADS_STRONGLY
from tracker.reports.reading.sections import Section, repeated_headings, sections_of
from tracker.reports.reading.tagged import tagged_points
from tracker.reports.reading.time_limits import NOT_GIVEN, heading_limit, lead_in_limit
from tracker.reports.reading.wordings import EARLIER_REVIEW, RECOMMENDED_EARLIER, Calls, Heading
from tracker.terms import Origin, PointKind

_EARLIER = re.compile(
    rf"{EARLIER_REVIEW}[^.]{{0,160}}{RECOMMENDED_EARLIER}|{RECOMMENDED_EARLIER}[^.]{{0,160}}{EARLIER_REVIEW}",
    re.IGNORECASE,
)
_LEADS_STRONGLY = re.compile(LEADS_STRONGLY, re.IGNORECASE)
_FEWEST_NAMED = 2  # "Recommendation 3: …" alone may be a quotation
_LONGEST_ALONE = 400  # characters of a request that stands among prose
_FURTHEST = 30  # blocks ahead that may say whether a list goes on
_LONGEST_NAME = 60  # characters of a recommendation's title ("Recommendation 4: Governance")


def points_of(blocks: tuple[Block, ...]) -> tuple[ReadPoint, ...]:
    """Return the action points the blocks propose, in the order of the text."""
    return tagged_points(blocks) or without_repeats([draft.point() for draft in Walk(blocks).run()])


class Walk:
    """One pass over the blocks."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self._blocks = blocks
        self._sections = sections_of(blocks)
        self._repeated = repeated_headings(blocks)
        self._named = sum(block.mark == NAMED for block in blocks) >= _FEWEST_NAMED
        self._at = 0
        self._area: Area | None = None
        self._past = 0.0  # size of the heading over an earlier report's recommendations, -1 where it has no size
        self._drafts: list[Draft] = []

    def run(self) -> list[Draft]:
        """Take every block in turn."""
        while self._at < len(self._blocks):
            if not self._past and (table := tables.table_at(self._blocks, self._at, in_area=self._area is not None)):
                self._take_table(table)
                continue
            self._take(self._blocks[self._at])
            self._at += 1
        return self._drafts

    def _take_table(self, table: tables.Table) -> None:
        area = self._area
        name = area.name if area else self._section.name
        self._drafts += table.drafts(name, area.heading if area else None)
        if area:
            area.count += len(table.read)
            area.marked = area.marked or bool(table.read)
        self._at = table.end

    @property
    def _section(self) -> Section:
        return self._sections[self._at]

    @property
    def _next(self) -> Block | None:
        return self._blocks[self._at + 1] if self._at + 1 < len(self._blocks) else None

    @property
    def _below(self) -> tuple[Block, ...]:
        return self._blocks[self._at + 1 : self._at + 1 + _FURTHEST]

    @property
    def _last(self) -> Draft | None:
        return self._drafts[-1] if self._drafts else None

    def _take(self, block: Block) -> None:
        if block.is_heading:
            self._take_heading(block)
        elif block.mark == NAMED and block.number and not asks(block.text) and len(block.text) < _LONGEST_NAME:
            self._area = Area(Heading(""), f"{NAMED} {block.number}: {block.text}", block.size)
        elif self._past and self._area is None:
            return
        elif block.mark == NAMED and self._named and self._area is None:
            self._take_named(block)
        elif block.kind is BlockKind.ROW:
            return
        elif self._area is None:
            self._open_by_lead_in(block)
        else:
            self._take_inside(self._area, block)

    def _take_inside(self, area: Area, block: Block) -> None:
        if area.is_note(block) or self._take_label(area, block.text):
            return
        if area.count and not block.mark and not block.number and is_response(block.text):
            self._area = None
            return
        if block.kind is BlockKind.ITEM:
            self._take_item(area, block)
        else:
            self._take_paragraph(area, block)

    # headings

    def _take_heading(self, block: Block) -> None:
        wording = heading_of(block.text)
        if wording is None and is_time_heading(block.text):
            self._open_time(block)
        elif wording is None:
            self._take_plain_heading(block)
        elif self._past and is_numbered_name(block.text):
            self._area = None
        elif wording.calls in (Calls.PASSING, Calls.CLOSING, Calls.PAST):
            self._area = None
            self._past = (block.size or -1.0) if wording.calls is Calls.PAST else 0.0
        elif self._area and wording.calls is Calls.ACTION and block.text.endswith(":") and leads_in(block.text):
            self._lead(self._area, block)
        else:
            self._past = 0.0
            self._open(block, wording)

    def _take_named(self, block: Block) -> None:
        """Such as "Recommendation 4: …" needs no heading over it."""
        name = self._section.name
        draft = Draft(block, PointKind.RECOMMENDATION, name, NOT_GIVEN, reason=TAGGED)
        self._drafts.append(draft)
        if block.text.endswith(":"):
            self._area = Area(Heading(""), name, block.size, count=1, mark=NAMED, marked=True)

    def _open(self, block: Block, wording: Heading) -> None:
        limit = heading_limit(block.text) if wording.calls is Calls.TIME else NOT_GIVEN
        origin = Origin.JOINT_AREA_REVIEW if wording.calls is Calls.TIME and self._is_earlier() else Origin.THIS_REPORT
        name = name_under(self._area, block, self._name(block))
        self._area = Area(wording, name, block.size, limit, origin, title=block.text, section_number=block.number)

    def _open_time(self, block: Block) -> None:
        """Open a time limit over its own list, inside an open area or where a list follows."""
        below = self._next
        if self._area is None and (self._past or not (below and below.kind is BlockKind.ITEM and asks(below.text))):
            return
        limit = heading_limit(block.text)
        if self._area is None:
            self._area = Area(Heading("", Calls.TIME), self._name(block), block.size, limit)
        else:
            self._area = self._area.under_time(limit)

    def _take_plain_heading(self, block: Block) -> None:
        """Inside a list: an item that looks like a heading, a heading within the list, or the list's end."""
        area = self._area
        if area and self._take_label(area, block.text):
            return
        if area is None:
            self._past = 0.0 if 0 < self._past <= block.size else self._past
            self._open_by_lead_in(block)
            return
        if block.text.endswith(":") and (leads_in(block.text) or not (block.certain or area.count)):
            self._lead(area, block)
        elif is_request_in_bold(block) or (not block.certain and asks(block.text)):
            self._take_item(area, block) if block.number else self._take_paragraph(area, block)
        elif heads_a_part(area, block, self._below):
            area.part = (block.size, block.certain)
        elif not is_within(area, block, self._below):
            self._area = None

    def _is_earlier(self) -> bool:
        """Whether the section has said that what it lists came from an earlier review."""
        before = self._blocks[self._section.start : self._at]
        return any(_EARLIER.search(block.text) for block in before if not block.is_heading)

    def _name(self, block: Block) -> str:
        return name_of(block, self._section, self._blocks, self._repeated)

    # what stands under them

    def _take_item(self, area: Area, block: Block) -> None:
        if area.count and self._last and is_part(area, block, self._last):
            self._last.add(block)
        elif asks_nothing(block.text) or (
            block.mark != NAMED and leads_in(block.text) and not announces_parts(block.text)
        ):
            self._lead(area, block)
        elif area.heading.calls is Calls.LOOSE:
            area.number = block.number or area.number
            if block.mark == NAMED or (is_request(block.text) and not self._named):
                self._add(area, block, marked=True)
        elif "." in block.number:
            if is_request(block.text) or asks(block.text):
                self._add(area, block, marked=True)
        else:
            self._add(area, block, marked=True)

    def _take_paragraph(self, area: Area, block: Block) -> None:
        text = block.text
        if area.count and self._drafts and more_of_point(text, self._drafts[-1].text):
            self._drafts[-1].add(block)
        elif announces_parts(text) and ". " in text and asks(text) and not area.marked:
            self._add(area, block, marked=False)
        elif leads_in(text) or asks_nothing(text):
            self._lead(area, block)
        elif area.heading.calls is Calls.LOOSE and len(text) < _LONGEST_ALONE and recommends(text):
            self._add(area, block, marked=False)
        elif area.heading.calls is Calls.LOOSE or area.marked or area.by_lead_in:
            self._after_list(area)
        elif area.broken:
            if len(text) < _LONGEST_ALONE and is_request(text):
                self._add(area, block, marked=False)
        elif not (area.count == 0 and introduces(text, self._next)) and is_unmarked_point(area, text, self._last):
            self._add(area, block, marked=False)
        elif area.count:
            area.broken = True

    def _after_list(self, area: Area) -> None:
        """Prose after a marked list ends it; under a loose heading it says nothing."""
        if (area.heading.calls is not Calls.LOOSE or area.by_lead_in) and not list_goes_on(area, self._below):
            self._area = None

    def _take_label(self, area: Area, text: str) -> bool:
        """Take a line that labels something of a point; tell whether it was one."""
        if limit := label_limit(text):
            if area.count and self._drafts:
                self._drafts[-1].limit = limit
            else:
                area.limit = limit
            return True
        return is_label(text)

    def _lead(self, area: Area, block: Block) -> None:
        """Take how long there is, and who has to act, from a sentence that leads into the list."""
        if not block.text.endswith(":"):
            return
        bodies = bodies_of(block.text.lstrip("0123456789. "))
        self._area = area.under_sentence(lead_in_limit(block.text), bodies)

    def _open_by_lead_in(self, block: Block) -> None:
        """Outside every list: "Within six months the force should:" over bullets opens one."""
        below = self._next
        if (
            not self._past
            and below
            and below.kind is BlockKind.ITEM
            and (below.mark or below.number == "1")
            and _LEADS_STRONGLY.search(block.text[-200:])
        ):
            heading = Heading("", Calls.ACTION)
            self._area = Area(heading, self._section.name, block.size, by_lead_in=True)
            self._lead(self._area, block)

    def _add(self, area: Area, block: Block, *, marked: bool) -> None:
        confidence, reason = how_sure(block, area.heading.kind, marked=marked)
        if area.by_lead_in:
            confidence, reason = min(confidence, 0.6), NO_HEADING
        elif area.heading.calls is Calls.LOOSE:
            confidence, reason = min(confidence, 0.7), LOOSE_HEADING
        elif not marked and area.count == 0:
            reason = NO_MARK
        self._drafts.append(
            Draft(
                block,
                area.heading.kind,
                area.name,
                area.limit,
                area.origin,
                area.heading.priority,
                led_by=() if block.number and is_letter(area.mark) else area.bodies,
                confidence=confidence,
                reason=reason,
            )
        )
        if area.count == 0:
            area.mark, area.left = block.mark, block.left
        area.count += 1
        area.marked = area.marked or marked
        area.number = block.number or area.number
