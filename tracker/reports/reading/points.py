"""Walks the blocks and collects the action points they propose."""

from tracker.reports.reading import tables
from tracker.reports.reading.areas import Area
from tracker.reports.reading.document import Block, BlockKind
from tracker.reports.reading.drafts import Draft
from tracker.reports.reading.headings import asks
from tracker.reports.reading.marks import NAMED
from tracker.reports.reading.model import ReadPoint
from tracker.reports.reading.opening import open_by_lead_in, take_heading, take_named
from tracker.reports.reading.repeats import without_repeats
from tracker.reports.reading.tagged import tagged_points
from tracker.reports.reading.taking import take_inside
from tracker.reports.reading.walk import Walk
from tracker.reports.reading.wordings import Heading

_LONGEST_NAME = 60  # characters of a recommendation's title ("Recommendation 4: Governance")


def points_of(blocks: tuple[Block, ...]) -> tuple[ReadPoint, ...]:
    """Return the action points the blocks propose, in the order of the text."""
    return tagged_points(blocks) or without_repeats([draft.point() for draft in _drafts_of(blocks)])


def _drafts_of(blocks: tuple[Block, ...]) -> list[Draft]:
    """Take every block in turn."""
    walk = Walk(blocks)
    while walk.at < len(blocks):
        listed = walk.area is not None or not walk.is_rulebook
        if listed and not walk.past and (table := tables.table_at(blocks, walk.at, in_area=walk.area is not None)):
            _take_table(walk, table)
            continue
        _take(walk, blocks[walk.at])
        walk.at += 1
    return walk.drafts


def _take_table(walk: Walk, table: tables.Table) -> None:
    area = walk.area
    name = area.name if area else walk.section.name
    walk.drafts += table.drafts(name, area.heading if area else None)
    if area:
        area.count += len(table.read)
        area.marked = area.marked or bool(table.read)
    walk.at = table.end


def _take(walk: Walk, block: Block) -> None:
    if block.is_heading:
        take_heading(walk, block)
    elif block.mark == NAMED and block.number and not asks(block.text) and len(block.text) < _LONGEST_NAME:
        walk.area = Area(Heading(""), f"{NAMED} {block.number}: {block.text}", block.size)
    elif walk.past and walk.area is None:
        return
    elif block.mark == NAMED and walk.is_named and walk.area is None:
        take_named(walk, block)
    elif block.kind is BlockKind.ROW:
        return
    elif walk.area is None:
        open_by_lead_in(walk, block)
    else:
        take_inside(walk, walk.area, block)
