"""Reports that mark each recommendation in its own last words, such as "(Recommendation 4)" and the paragraph."""

import re

from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.drafts import TAGGED, Draft
from tracker.reports.reading.model import ReadPoint
from tracker.reports.reading.repeats import without_repeats
from tracker.reports.reading.sections import sections_of
from tracker.reports.reading.time_limits import NOT_GIVEN
from tracker.terms import PointKind

_TAG = re.compile(r"\(Recommendation,? (?:(?:Paragraphs?|paras?\.?) )?[\d, and–-]+\)\.?$")
_FEWEST = 2  # one alone may be a reference


def tagged_points(blocks: tuple[Block, ...]) -> tuple[ReadPoint, ...]:
    """Return the marked recommendations, each once; none where the report does not mark them."""
    tagged = [
        (position, block)
        for position, block in enumerate(blocks)
        if block.kind is not BlockKind.ROW and _TAG.search(block.text[-60:])
    ]
    if len(tagged) < _FEWEST:
        return ()
    sections = sections_of(blocks)
    return without_repeats(
        Draft(block, PointKind.RECOMMENDATION, sections[position].name, NOT_GIVEN, reason=TAGGED).point()
        for position, block in tagged
    )
