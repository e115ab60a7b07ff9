"""Walks the blocks and collects the action points: what opens a list, what belongs to it, what closes it."""

import re
from dataclasses import replace

from tracker.reports.reading import tables
from tracker.reports.reading.areas import Area
from tracker.reports.reading.bodies import bodies_of
from tracker.reports.reading.document import LOST, Block, BlockKind
from tracker.reports.reading.drafts import LOOSE_HEADING, NO_HEADING, NO_MARK, TAGGED, Draft, how_sure, without_repeats
from tracker.reports.reading.headings import (
    announces_parts,
    asks,
    asks_nothing,
    heading_of,
    is_instruction,
    is_time_heading,
    leads_in,
    plain,
)
from tracker.reports.reading.marks import NAMED, is_letter, is_minor
from tracker.reports.reading.model import ReadPoint
from tracker.reports.reading.sections import Section, names_a_section, repeated_headings, sections_of, wording_of
from tracker.reports.reading.tagged import tagged_points
from tracker.reports.reading.time_limits import NOT_GIVEN, heading_limit, lead_in_limit
from tracker.reports.reading.wordings import EARLIER_REVIEW, RECOMMENDED_EARLIER, Calls, Heading
from tracker.terms import Origin, PointKind, TimeLimitKind

_EARLIER = re.compile(
    rf"{EARLIER_REVIEW}[^.]{{0,160}}{RECOMMENDED_EARLIER}|{RECOMMENDED_EARLIER}[^.]{{0,160}}{EARLIER_REVIEW}",
    re.IGNORECASE,
)
_LEADS_STRONGLY = re.compile(
    r"\b(?:should|must)(?: also| now)?(?: immediately| urgently|,? within .{3,30})?:$|\brecommends? (?:that|the) .{0,120}:$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_SUBJECT_SHOULD = re.compile(
    r"(?:To .{5,120}, )?(?:The |Each |All |Every |Any |Leaders|[A-Z])[^.:;]{1,160}\b(?:should|must|shall|needs? to)\b"
)
_FEWEST_NAMED = 2  # "Recommendation 3: …" alone may be a quotation
_LONGEST_ALONE = 400  # characters of a request that stands among prose
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
        self._drafts: list[Draft] = []

    def run(self) -> list[Draft]:
        """Take every block in turn."""
        while self._at < len(self._blocks):
            if table := tables.table_at(self._blocks, self._at, in_area=self._area is not None):
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
        self._at = table.end

    @property
    def _section(self) -> Section:
        return self._sections[self._at]

    @property
    def _next(self) -> Block | None:
        return self._blocks[self._at + 1] if self._at + 1 < len(self._blocks) else None

    def _take(self, block: Block) -> None:
        if block.is_heading:
            self._take_heading(block)
        elif block.mark == NAMED and not asks(block.text) and len(block.text) < _LONGEST_NAME:
            self._area = Area(Heading(""), f"{NAMED} {block.number}: {block.text}", block.size)
        elif block.mark == NAMED and self._named and self._area is None:
            self._take_named(block)
        elif block.kind is BlockKind.ROW:
            return
        elif self._area is None:
            self._open_by_lead_in(block)
        elif block.kind is BlockKind.ITEM:
            self._take_item(self._area, block)
        else:
            self._take_paragraph(self._area, block)

    # headings

    def _take_heading(self, block: Block) -> None:
        wording = heading_of(block.text)
        if wording is None and is_time_heading(block.text):
            self._open_time(block)
        elif wording is None:
            self._take_plain_heading(block)
        elif wording.calls in (Calls.PASSING, Calls.CLOSING):
            self._area = None
        else:
            self._open(block, wording)

    def _take_named(self, block: Block) -> None:
        """Such as "Recommendation 4: …" needs no heading over it."""
        name = self._section.name
        self._drafts.append(Draft(block, PointKind.RECOMMENDATION, name, NOT_GIVEN, reason=TAGGED))

    def _open(self, block: Block, wording: Heading) -> None:
        limit = heading_limit(block.text) if wording.calls is Calls.TIME else NOT_GIVEN
        origin = Origin.JOINT_AREA_REVIEW if wording.calls is Calls.TIME and self._is_earlier() else Origin.THIS_REPORT
        above = self._area if self._area and not self._area.count and not self._area.by_lead_in else None
        name = self._name(block)
        if above and above.name != name and plain(above.name) != plain(block.text) and above.size >= block.size:
            name = (
                above.name
                if name in above.name
                else f"{above.name} / {block.text.rstrip(':')}"
                if name == block.text.rstrip(":")
                else name
            )
        self._area = Area(wording, name, block.size, limit, origin)

    def _open_time(self, block: Block) -> None:
        """Open a time limit over its own list, inside an open area or where a list follows."""
        below = self._next
        if self._area is None and not (below and below.kind is BlockKind.ITEM and asks(below.text)):
            return
        limit = heading_limit(block.text)
        if self._area is None:
            self._area = Area(Heading("", Calls.TIME), self._name(block), block.size, limit)
        else:
            self._area = replace(
                self._area, limit=limit, heading_limit=limit, count=0, marked=False, mark="", number=""
            )

    def _take_plain_heading(self, block: Block) -> None:
        """Inside a list: an item that looks like a heading, a heading within the list, or the list's end."""
        area = self._area
        if area is None:
            return
        if not block.certain and asks(block.text):
            self._take_item(area, block) if block.number else self._take_paragraph(area, block)
        elif not self._is_within(area, block):
            self._area = None

    def _is_within(self, area: Area, block: Block) -> bool:
        below = self._next
        if below is None or below.kind is not BlockKind.ITEM or not asks(below.text):
            return False
        if below.number.isdigit() and area.number.isdigit():
            return int(below.number) == int(area.number) + 1
        if area.count == 0:
            return bool(below.number) or block.size <= area.size
        return 0 < block.size < area.size - 0.2

    def _is_earlier(self) -> bool:
        """Whether the section has said that what it lists came from an earlier review."""
        before = self._blocks[self._section.start : self._at]
        return any(_EARLIER.search(block.text) for block in before if not block.is_heading)

    def _name(self, block: Block) -> str:
        """Return the section's name where the heading stands more than once, else the heading itself."""
        own = block.text.rstrip(": ") if block.is_heading else ""
        section = self._section
        wording = heading_of(own)
        if own and wording_of(own) not in self._repeated and not (wording and wording.calls is Calls.TIME):
            return own
        if section.half:
            return section.half
        if block.size and section.size <= block.size:
            return self._higher(block) or own or section.name
        return section.name or own

    def _higher(self, block: Block) -> str:
        """Return the last heading before that is larger than this one."""
        for before in reversed(self._blocks[: self._at]):
            if before.size > block.size + 0.2 and names_a_section(before):
                return before.text
        return ""

    # what stands under them

    def _take_item(self, area: Area, block: Block) -> None:
        if self._is_part(area, block):
            self._drafts[-1].add(block)
        elif asks_nothing(block.text) or (leads_in(block.text) and not announces_parts(block.text)):
            self._lead(area, block)
        elif "." in block.number or (area.heading.calls is Calls.LOOSE):
            if (
                is_instruction(block.text)
                or (area.heading.calls is not Calls.LOOSE and asks(block.text))
                or _SUBJECT_SHOULD.match(block.text)
            ):
                self._add(area, block, marked=True)
        else:
            self._add(area, block, marked=True)

    def _is_part(self, area: Area, block: Block) -> bool:
        """Whether the item is a part of the point before it."""
        if not area.count or not self._drafts:
            return False
        last = self._drafts[-1]
        if is_letter(block.mark):
            return not is_letter(last.block.mark)
        deeper = area.marked and block.mark != LOST and block.left > area.left + (9 if block.size else 1)
        minor = block.mark != area.mark and is_minor(block.mark)
        if last.wants_parts:
            return deeper or minor or not area.marked or block.mark != last.block.mark
        if deeper and not block.number:
            return not block.size or last.text.endswith((":", ";", ","))
        return minor and last.text.endswith(":")

    def _take_paragraph(self, area: Area, block: Block) -> None:
        text = block.text
        if area.count and self._drafts and text[:1].islower() and not self._drafts[-1].text.endswith((".", ":")):
            self._drafts[-1].add(block)
        elif announces_parts(text) and ". " in text and asks(text) and not area.marked:
            self._add(area, block, marked=False)
        elif leads_in(text) or asks_nothing(text):
            self._lead(area, block)
        elif area.heading.calls is Calls.LOOSE or area.marked or area.by_lead_in:
            self._after_list(area)
        elif area.broken:
            if len(text) < _LONGEST_ALONE and (is_instruction(text) or _SUBJECT_SHOULD.match(text)):
                self._add(area, block, marked=False)
        elif asks(text) if area.count or area.heading.kind is PointKind.RECOMMENDATION else True:
            self._add(area, block, marked=False)
        elif area.count:
            area.broken = True

    def _after_list(self, area: Area) -> None:
        """Prose after a marked list ends it; under a loose heading it says nothing."""
        if area.heading.calls is not Calls.LOOSE or area.by_lead_in:
            self._area = None

    def _lead(self, area: Area, block: Block) -> None:
        """Take how long there is, and who has to act, from a sentence that leads into the list."""
        if not block.text.endswith(":"):
            return
        limit = lead_in_limit(block.text)
        if limit.kind is TimeLimitKind.NOT_GIVEN:
            limit = area.heading_limit or NOT_GIVEN
        bodies = bodies_of(block.text.lstrip("0123456789. "))
        self._area = replace(area, limit=limit, bodies=bodies, count=0, marked=False, mark="", number="")

    def _open_by_lead_in(self, block: Block) -> None:
        """Outside every list: "Within six months the force should:" over bullets opens one."""
        below = self._next
        if below and below.kind is BlockKind.ITEM and below.mark and _LEADS_STRONGLY.search(block.text[-200:]):
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
