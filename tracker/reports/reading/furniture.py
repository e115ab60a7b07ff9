"""Takes out what a page carries besides the report: running lines, page numbers, footnotes, the contents list."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

from tracker.reports.reading.document import Document, Line
from tracker.reports.reading.wordings import NUMBERED

_EDGE = 3  # lines at the head and at the foot of a page where furniture stands
_FEWEST = 3  # pages a running line is on
_SMALL = 0.9  # of the letters of the text: footnotes and page numbers
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–]?\s*(?:(?!(?:19|20)\d\d$)\d{1,4}|[ivxl]{1,6})\s*[-–]?(?:\s*(?:of|/)\s*\d{1,4})?$", re.IGNORECASE
)
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?:?$", re.IGNORECASE)
_ENTRY = re.compile(r"\S.*?[\s.…_]\s*(\d{1,3})$")
_NOTE = re.compile(r"\d{1,3}\s|\*\s|[†‡]")
_NUMBERED = re.compile(r"(.*?(?<![\d.,/-]))(\d{1,3})")  # "Northbrook Council: inspection report 7", or 7 alone
_NAME_OF_PART = re.compile(
    rf"(?:\d{{1,2}}(?:\.\d{{1,2}})*\s+)?(?:{NUMBERED}|(?:chapter|part|section|appendix|annex|table|figure|exhibit|finding|theme|case study|learning point|standard|objective) \d{{1,3}})",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_STAMP = re.compile(  # what a browser prints around a web page: the day and hour at its head, the address at its foot
    r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d\d\b.*|(?:https?|file)://\S+ \d{1,3}/\d{1,3}", re.IGNORECASE
)
_LONGEST_RUNNING = 120  # characters
_DIGITS = re.compile(r"\d+")


def body_lines(document: Document) -> list[Line]:
    """Return the document's lines without furniture."""
    lines = list(document.lines)
    if len(document.page_starts) > 1:
        lines = _without_running(lines, len(document.page_starts))
    else:
        lines = _without_pasted_running(lines)
    if document.measured:
        lines = _without_notes(lines)
    return _without_contents(lines)


def body_size(lines: list[Line]) -> float:
    """Return the size most letters have; 0 where the format does not say."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _edges(page: list[Line]) -> list[Line]:
    by_height = sorted(page, key=lambda line: -line.foot) if page[0].foot else page
    return by_height if len(page) <= 2 * _EDGE else by_height[:_EDGE] + by_height[-_EDGE:]


def _key(line: Line) -> str:
    return _DIGITS.sub("#", line.text.casefold()).strip(" |")


def _without_running(lines: list[Line], page_count: int) -> list[Line]:
    pages: defaultdict[int, list[Line]] = defaultdict(list)
    for line in lines:
        pages[line.page].append(line)
    edges = {number: _edges(page) for number, page in pages.items()}
    seen: Counter[tuple[str, int]] = Counter()
    for page in edges.values():
        seen.update({(_key(line), round(line.foot / 4)) for line in page})
    running = {key for key, times in seen.items() if times >= max(_FEWEST, page_count // 6)}
    gone: set[int] = set()
    for page in edges.values():
        for line in page:
            places = {(_key(line), round(line.foot / 4) + shift) for shift in (-1, 0, 1)}
            twice = page_count < _FEWEST and seen[(_key(line), round(line.foot / 4))] > 1
            is_edge = _is_numbered_by_page(line) or (line.foot > 0 and line in (page[0], page[-1]))
            is_running = (places & running and not _is_name(line.text)) or (twice and is_edge)
            if is_running or _PAGE_NUMBER.fullmatch(line.text) or _STAMP.fullmatch(line.text):
                gone.add(line.start)
    return [line for line in lines if line.start not in gone]


def _is_numbered_by_page(line: Line) -> bool:
    """Whether it ends in its page's number: on two pages only that tells a running line from a repeated one."""
    found = _NUMBERED.fullmatch(line.text)
    return found is not None and int(found[2]) == line.page and not _is_name(line.text)


def _without_pasted_running(lines: list[Line]) -> list[Line]:
    """Pasted pages: lines that come again and again with a rising page number, and the lines that stand beside them."""
    numbered: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for position, line in enumerate(lines):
        if len(line.text) < _LONGEST_RUNNING and (found := _NUMBERED.fullmatch(line.text)) and not _is_name(line.text):
            numbered[found[1].strip()].append((position, int(found[2])))
    gone = {position for places in numbered.values() if _rises(places) for position, _ in places}
    if not gone:
        return lines
    beside: defaultdict[str, list[bool]] = defaultdict(list)
    for position, line in enumerate(lines):
        if position not in gone:
            beside[line.text].append(position - 1 in gone or position + 1 in gone)
    again = {text for text, places in beside.items() if len(places) >= _FEWEST and sum(places) > 0.7 * len(places)}
    return [line for position, line in enumerate(lines) if position not in gone and line.text not in again]


def _is_name(text: str) -> bool:
    """Whether a text that ends in a number is the name of a part ("Recommendation 3"), not a running line."""
    return bool(_NAME_OF_PART.fullmatch(text.strip("*#:. ")))


def _rises(places: list[tuple[int, int]]) -> bool:
    """Page numbers: three or more, nearly each a little higher than the one before."""
    steps = [after - before for (_, before), (_, after) in pairwise(places)]
    return len(places) >= _FEWEST and sum(0 < step < _FEWEST + 2 for step in steps) >= 0.8 * len(steps)


def _without_notes(lines: list[Line]) -> list[Line]:
    """Footnotes: small letters from a numbered line to the foot of the page; and note numbers alone on a line."""
    small = _SMALL * body_size(lines)
    top: dict[int, float] = {}
    for line in lines:
        top[line.page] = max(top.get(line.page, 0.0), line.foot)
    kept: list[Line] = []
    in_note, page = False, 0
    for line in lines:
        if line.page != page:
            in_note, page = False, line.page
        if line.size >= small:
            in_note = False
        elif line.foot < top[page] / 2 and _NOTE.match(line.text):
            in_note = True
        if not in_note and not (line.size < small and line.text.isdigit()):
            kept.append(line)
    return kept


def _without_contents(lines: list[Line]) -> list[Line]:
    kept: list[Line] = []
    position = 0
    while position < len(lines):
        if _CONTENTS.match(lines[position].text.strip("*# ")):
            position = _after_contents(lines, position + 1)
        else:
            kept.append(lines[position])
            position += 1
    return kept


def _after_contents(lines: list[Line], position: int) -> int:
    """Where the entries end: each ends in a page number not lower than the one before, and takes up to three lines."""
    last = 0
    while True:
        for ahead in range(position, min(position + 3, len(lines))):
            entry = _ENTRY.match(lines[ahead].text) if len(lines[ahead].text) < 160 else None  # noqa: PLR2004 - prose
            if entry and last <= int(entry[1]):
                position, last = ahead + 1, int(entry[1])
                break
        else:
            return position
