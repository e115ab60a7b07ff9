"""Which part of the report a block stands in, by the headings before it. The level of a heading is not trusted."""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from tracker.reports.reading.document import Block
from tracker.reports.reading.headings import heading_of, is_time_heading, plain
from tracker.reports.reading.wordings import Calls

_GRADE = re.compile(
    r"[\s:–-]*\(?\bGrade:? ?[1-4]\b.*$|:\s*(?:outstanding|good|adequate|inadequate|requires improvement(?: to be good)?)$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Section:
    """The heading a block stands under, and the half of the report where a report has halves."""

    name: str = ""
    size: float = 0.0
    half: str = ""
    start: int = 0  # position of its heading among the blocks


def without_grade(text: str) -> str:
    """Take the grade off a heading: "Being healthy Grade 3" is Being healthy."""
    return _GRADE.sub("", text).strip() or text


def sections_of(blocks: tuple[Block, ...]) -> list[Section]:
    """For each block, the section it stands in."""
    halves = _halves(blocks)
    found: list[Section] = []
    current = Section()
    for position, block in enumerate(blocks):
        if names_a_section(block):
            name = without_grade(block.text)
            current = Section(name, block.size, name if position in halves else current.half, position)
        found.append(current)
    return found


def names_a_section(block: Block) -> bool:
    """Whether it is a heading of the report's own, not one that calls for action or recurs in every section."""
    if not block.is_heading or is_time_heading(block.text):
        return False
    wording = heading_of(block.text)
    return wording is None or wording.calls is Calls.CLOSING


def repeated_headings(blocks: tuple[Block, ...]) -> frozenset[str]:
    """Return the wordings that head more than one list: the section before them tells those apart."""
    times = Counter(wording_of(block.text) for block in blocks if block.is_heading)
    return frozenset(text for text, count in times.items() if count > 1)


def wording_of(text: str) -> str:
    """Return what a heading has in common with others of the same meaning: its wording in the table, else its words."""
    wording = heading_of(text)
    return wording.pattern if wording else plain(text)


def _halves(blocks: tuple[Block, ...]) -> frozenset[int]:
    """Headings over headings that have the same first heading under them: the halves of a report."""
    naming = [position for position, block in enumerate(blocks) if names_a_section(block)]
    parents: dict[str, list[int]] = {}
    for position, below in pairwise(naming):
        if below == position + 1:
            parents.setdefault(plain(without_grade(blocks[below].text)), []).append(position)
    return frozenset(
        position for positions in parents.values() if _are_halves(positions, naming) for position in positions
    )


def _are_halves(positions: list[int], naming: list[int]) -> bool:
    """At least two, each with several headings of its own before the next."""
    if len(positions) < 2:  # noqa: PLR2004 - halves
        return False
    ends = [*positions[1:], naming[-1] + 1]
    return all(sum(begin < heading < end for heading in naming) > 2 for begin, end in zip(positions, ends, strict=True))  # noqa: PLR2004
