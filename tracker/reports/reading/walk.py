"""Where the walk over the blocks stands: the open list, the points so far, what is above and below."""

import re

from tracker.reports.reading.areas import Area
from tracker.reports.reading.bodies import bodies_of
from tracker.reports.reading.document import Block
from tracker.reports.reading.drafts import LOOSE_HEADING, NO_HEADING, NO_MARK, Draft, how_sure
from tracker.reports.reading.marks import NAMED, is_letter
from tracker.reports.reading.naming import name_of
from tracker.reports.reading.rulebooks import is_rulebook
from tracker.reports.reading.sections import Section, repeated_headings, sections_of
from tracker.reports.reading.time_limits import lead_in_limit
from tracker.reports.reading.wordings import EARLIER_REVIEW, RECOMMENDED_EARLIER, Calls

_EARLIER = re.compile(
    rf"{EARLIER_REVIEW}[^.]{{0,160}}{RECOMMENDED_EARLIER}|{RECOMMENDED_EARLIER}[^.]{{0,160}}{EARLIER_REVIEW}",
    re.IGNORECASE,
)
_FEWEST_NAMED = 2  # "Recommendation 3: …" alone may be a quotation
_FURTHEST = 30  # blocks ahead that may say whether a list goes on


class Walk:
    """One pass over the blocks."""

    def __init__(self, blocks: tuple[Block, ...]) -> None:
        self.blocks = blocks
        self.sections = sections_of(blocks)
        self.repeated = repeated_headings(blocks)
        self.is_named = sum(block.mark == NAMED for block in blocks) >= _FEWEST_NAMED
        self.is_rulebook = is_rulebook(blocks)
        self.at = 0
        self.area: Area | None = None
        self.past = 0.0  # size of the heading over an earlier report's recommendations, -1 where it has no size
        self.drafts: list[Draft] = []

    @property
    def section(self) -> Section:
        """The section of the block at hand."""
        return self.sections[self.at]

    @property
    def next(self) -> Block | None:
        """The block below."""
        return self.blocks[self.at + 1] if self.at + 1 < len(self.blocks) else None

    @property
    def below(self) -> tuple[Block, ...]:
        """The blocks below that may say whether a list goes on."""
        return self.blocks[self.at + 1 : self.at + 1 + _FURTHEST]

    @property
    def last(self) -> Draft | None:
        """The last point."""
        return self.drafts[-1] if self.drafts else None

    def is_earlier(self) -> bool:
        """Whether the section has said that what it lists came from an earlier review."""
        before = self.blocks[self.section.start : self.at]
        return any(_EARLIER.search(block.text) for block in before if not block.is_heading)

    def name(self, block: Block) -> str:
        """Return what a list under this heading is called."""
        return name_of(block, self.section, self.blocks, self.repeated)

    def lead(self, area: Area, block: Block) -> None:
        """Take how long there is, and who has to act, from a sentence that leads into the list."""
        if not block.text.endswith(":"):
            return
        bodies = bodies_of(block.text.lstrip("0123456789. "))
        self.area = area.under_sentence(lead_in_limit(block.text), bodies)

    def add(self, area: Area, block: Block, *, marked: bool) -> None:
        """Take the block as a point of the list."""
        confidence, reason = how_sure(block, area.heading.kind, marked=marked)
        if area.by_lead_in:
            confidence, reason = min(confidence, 0.6), NO_HEADING
        elif area.heading.calls is Calls.LOOSE:
            confidence, reason = min(confidence, 0.7), LOOSE_HEADING
        elif not marked and area.count == 0:
            reason = NO_MARK
        self.drafts.append(
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
