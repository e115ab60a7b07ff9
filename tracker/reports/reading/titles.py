"""What the report is called, and what kind of report it is."""

import re

from tracker.reports.reading.document import Block, Document
from tracker.reports.reading.headings import is_instruction
from tracker.reports.reading.judging_words import COMMITTEE_REPORT, REPORT_TYPES

_SHORTEST_TITLE, _LONGEST_TITLE = 12, 200  # characters
_TITLE_LABEL = re.compile(r"(?:report )?title\s*:\s*(.{8,200})$", re.IGNORECASE)
_TITLE_WORDS = re.compile(
    r"\b(?:inspection|review|assessment|visit|inquiry|report|response|audit|progress|programs?|evaluation)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:inspection dates?|report (?:published|of|for|title|authorised)|date|published|overall|about|information|the overall|contents|dear|(?:full|short|interim) inspection$|recent|previous|director|inspection report$|report$|.{0,40}@)|:\s*$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_TYPES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in REPORT_TYPES)


def title_of(document: Document, blocks: tuple[Block, ...]) -> str | None:
    """Return the line labelled as title; else the largest heading of the first pages that names a kind of report."""
    for block in blocks:
        if found := _TITLE_LABEL.match(block.text):
            return found[1]
    headings = [block for block in blocks if block.is_heading and not _NO_TITLE.search(block.text)]
    named = [
        block
        for block in headings
        if len(block.text) > _SHORTEST_TITLE and _TITLE_WORDS.search(block.text) and not is_instruction(block.text)
    ]
    first = [block for block in named if block.page == 1] or ([] if document.measured else named)
    if first:
        return _whole_title(blocks, first)
    running = next((line.text for line in document.lines if line.page == 1 and _TITLE_WORDS.search(line.text)), None)
    if running and len(running) < _LONGEST_TITLE:
        return re.sub(r"\s+\d{1,2}$", "", running)
    others = named or [block for block in headings if block.size and len(block.text) > _SHORTEST_TITLE // 2]
    return _whole_title(blocks, others) if others else None


def _whole_title(blocks: tuple[Block, ...], headings: list[Block]) -> str:
    """Return the largest of the headings, with the next where a line between them is "and"."""
    largest = (
        max(headings[:6], key=lambda block: (round(block.size), -block.start)) if headings[0].size else headings[0]
    )
    at = blocks.index(largest)
    below = [block.text for block in blocks[at + 1 : at + 3]]
    words = largest.text
    if below[:1] == ["and"]:
        words = " ".join([words, *below])
    elif below and re.search(r"\b(?:in|of|the|for|to|and)$", words):
        words = f"{words} {below[0]}"
    return re.sub(r"(?<=[a-z])\d$", "", words).rstrip(".")


def type_of(blocks: tuple[Block, ...], title: str | None, opening: str) -> str | None:
    """Return the kind of report by its title, else by its first page."""
    committee = any(re.match(COMMITTEE_REPORT, block.text, re.IGNORECASE) for block in blocks)
    for types in (_TYPES[:-2], _TYPES[-2:]):  # the last two are general
        for text in (title or "", opening):
            name = next((name for name, pattern in types if pattern.search(text)), None)
            if name:
                return f"committee report with {name}" if committee else name
    return "committee report" if committee else None
