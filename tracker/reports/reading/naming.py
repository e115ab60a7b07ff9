"""The name an open list is given: its own heading, or its section where the heading stands more than once."""

from tracker.reports.reading.areas import Area
from tracker.reports.reading.document import Block
from tracker.reports.reading.headings import heading_of, plain
from tracker.reports.reading.sections import Section, names_a_section, wording_of
from tracker.reports.reading.wordings import Calls


def name_of(block: Block, section: Section, blocks: tuple[Block, ...], repeated: frozenset[str]) -> str:
    """Return the section's name where the heading stands more than once, else the heading itself."""
    own = block.text.rstrip(": ") if block.is_heading else ""
    wording = heading_of(own)
    if own and wording_of(own) not in repeated and not (wording and wording.calls is Calls.TIME):
        return own
    if section.half:
        return section.half
    if block.size and section.size <= block.size:
        return _higher(block, blocks) or own or section.name
    return section.name or own


def name_under(area: Area | None, block: Block, name: str) -> str:
    """Return the name of a list whose heading stands directly under that of an empty one: both, where they differ."""
    if area is None or area.count or area.by_lead_in or area.name == name:
        return name
    if plain(area.name) == plain(block.text) or area.size < block.size:
        return name
    own = block.text.rstrip(":")
    if name in area.name:
        return area.name
    return f"{area.name} / {own}" if name == own else name


def _higher(block: Block, blocks: tuple[Block, ...]) -> str:
    """Return the last heading before that is larger than this one."""
    before = [one for one in blocks if one.start < block.start]
    return next((one.text for one in reversed(before) if one.size > block.size + 0.2 and names_a_section(one)), "")
