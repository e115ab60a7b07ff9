"""What the report is: its title, kind, authority, inspectorates and dates."""

import re
from datetime import date

from tracker.reports.reading.authority import authority_of
from tracker.reports.reading.dates import Span, dates_in, run_of_days, spans_in, the_date, week_in
from tracker.reports.reading.document import Block, BlockKind, Document
from tracker.reports.reading.headings import is_instruction
from tracker.reports.reading.judging_words import COMMITTEE_REPORT, INSPECTORATES, REPORT_TYPES
from tracker.reports.reading.model import Facts, Scale
from tracker.reports.reading.wordings import EARLIER_REVIEW

_FIRST = 60  # blocks that hold the facts
_SHORTEST_TITLE, _LONGEST_TITLE = 12, 200  # characters
_INSPECTED = re.compile(
    r"(?:dates? of (?:the )?inspection(?: visit)?|inspection (?:dates?|took place)|inspected on|dates? of (?:the )?visit|visit dates?|fieldwork(?: dates?)?)\s*:?\s*(?:on |from |between )?(?=\d|mon|tue|wed|thu|fri)",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_TOOK_PLACE = re.compile(
    r"\b(?:inspection|(?:re)?visit(?:ed)?|review|inspectors|(?:re)?inspected|conducted|carried out|fieldwork)\b",
    re.IGNORECASE,
)
_NOT_INSPECTED = re.compile(r"\b(?:previous|last|evidence|period|covers|data|since)\b[^.]{0,60}$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"(?:(?:final |this )?report )?(?:first )?(?:published|publication(?: date)?|date of publication|date published|(?:report )?issued|date issued|issue date|dated|report date|date of (?:the )?(?:report|issue|letter|notice|decision)|decision date|publish date)(?: on)?\W{0,6}\s*(?=\d|[A-Z])",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\b(?:published|printed) on (?=\d)", re.IGNORECASE)
_ON_DATE = re.compile(r"(?:on|date|dated)\s*:?\s+(?=\d)", re.IGNORECASE)
_ADDRESSEE = re.compile(
    r"(?:Mr|Mrs|Ms|Miss|Dr|Sir|Dame|Cllr|Councillor|Professor)\.? (?:[A-Z][\w’'-]*\.? ){0,3}[A-Z][\w’'-]+$"
)
_TITLE_LABEL = re.compile(r"(?:report )?title\s*:\s*(.{8,200})$", re.IGNORECASE)
_TITLE_WORDS = re.compile(
    r"\b(?:inspection|review|assessment|visit|inquiry|report|response|audit|progress|programs?|evaluation)\b",
    re.IGNORECASE,
)
_NO_TITLE = re.compile(
    r"^(?:inspection dates?|report (?:published|of|for|title|authorised)|date|published|overall|about|information|the overall|contents|dear|(?:full|short|interim) inspection$|recent|previous|director|inspection report$|report$|.{0,40}@)|:\s*$",  # noqa: E501 - one pattern or sentence on one line
    re.IGNORECASE,
)
_REVIEW_DATE = re.compile(
    rf"{EARLIER_REVIEW}[^.]{{0,80}}?\b(?:in|of|on|carried out in)\s+((?:\d{{1,2}} )?(?:[A-Z][a-z]+ )?(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_TYPES = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in REPORT_TYPES)
_INSPECTORATES = tuple((name, re.compile(pattern)) for name, pattern in INSPECTORATES)
_BESIDE_SPAN = re.compile(r"[\W_]|\b(?:from|between|on|dates?|visit|review|peer|challenge)\b", re.IGNORECASE)
_TITLE_PAGE, _LONGEST_DATED = 12, 90  # blocks; characters
_TOOK_PLACE_OR_PAST = re.compile(
    r"\b(?:inspect\w*|visit\w*|fieldwork|between|from|since|previous|last|year|period|ending|meeting|born|died|due|by)\b",
    re.IGNORECASE,
)
_FIRST_LINES = 20  # blocks among which a span alone on its line is that of the inspection
_LONGEST_INSPECTION = 70  # days


def facts_of(document: Document, blocks: tuple[Block, ...], scale: Scale | None) -> Facts:
    """Return the facts, each None where the document does not say."""
    first = blocks[:_FIRST]
    title = _title(document, first)
    opening = document.text[:6000]
    published = _published(first)
    start, end = _inspected(first, published)
    review = _REVIEW_DATE.search(document.text)
    return Facts(
        title=title,
        authority=authority_of(blocks, title),
        inspectorates=_inspectorates(opening) or _inspectorates(document.text[-6000:]),
        report_type=_type(first, title, opening),
        addressee=_addressee(first),
        inspection_start=start,
        inspection_end=end,
        published=published,
        review_date_hint=review[1] if review else None,
        scale=scale,
    )


def _title(document: Document, blocks: tuple[Block, ...]) -> str | None:
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


def _type(blocks: tuple[Block, ...], title: str | None, opening: str) -> str | None:
    committee = any(re.match(COMMITTEE_REPORT, block.text, re.IGNORECASE) for block in blocks)
    for types in (_TYPES[:-2], _TYPES[-2:]):  # the last two are general
        for text in (title or "", opening):
            name = next((name for name, pattern in types if pattern.search(text)), None)
            if name:
                return f"committee report with {name}" if committee else name
    return "committee report" if committee else None


def _inspectorates(opening: str) -> tuple[str, ...]:
    found = [(match.start(), name) for name, pattern in _INSPECTORATES if (match := pattern.search(opening))]
    return tuple(name for _, name in sorted(found))


def _addressee(blocks: tuple[Block, ...]) -> str | None:
    """Return the name over the address: with a title, or the line after the date of a letter."""
    dear = next((position for position, block in enumerate(blocks) if block.text.startswith("Dear ")), None)
    if dear is None:
        return None
    for block in blocks[:dear]:
        if found := _ADDRESSEE.match(block.text.split(",")[0]):
            return found[0]
    dated = next((position for position, block in enumerate(blocks[:dear]) if the_date(block.text)), None)
    if dated is None or dated + 1 >= dear:
        return None
    name = blocks[dated + 1].text.split(",")[0]
    return name if len(name) < 50 else None  # noqa: PLR2004 - longer than a name


def _published(blocks: tuple[Block, ...]) -> date | None:
    """Return the date printed on it: labelled as published, a line "On …", or a letter's date."""
    for pattern in (_PUBLISHED, _PRINTED):
        for block in blocks:
            found = pattern.match(block.text) if pattern is _PUBLISHED else pattern.search(block.text)
            if found and (dates := dates_in(block.text[found.end() : found.end() + 40])):
                return dates[0].date
        if pattern is _PUBLISHED and (alone := _alone(blocks)):
            return alone
    return _labelled_inside(blocks)


def _alone(blocks: tuple[Block, ...]) -> date | None:
    for block in (block for block in blocks if block.page == 1):
        label = _ON_DATE.match(block.text)
        words = block.text[label.end() :] if label else block.text
        parts = [words, *words.split(" | ")] if label or block.kind is not BlockKind.ROW else []
        if found := next(filter(None, map(the_date, parts)), None):
            return found
    return None


def _labelled_inside(blocks: tuple[Block, ...]) -> date | None:
    """Find a labelled date among other things on one line: "Report: 12 | Published: 2026-03-05 | …"."""
    for block in blocks:
        for found in _PUBLISHED.finditer(block.text[:300]):
            if dates := dates_in(block.text[found.end() : found.end() + 30]):
                return dates[0].date
    return next((day for block in blocks[:_TITLE_PAGE] if (day := _closing_date(block))), None)


def _closing_date(block: Block) -> date | None:
    """Return the date that closes a line of the first page ("Final report, 4 November 2022")."""
    if block.kind is BlockKind.ROW or len(block.text) > _LONGEST_DATED or _TOOK_PLACE_OR_PAST.search(block.text):
        return None
    dates = dates_in(block.text)
    return dates[0].date if len(dates) == 1 and not block.text[dates[0].end :].strip(" .)") else None


def _inspected(blocks: tuple[Block, ...], published: date | None) -> tuple[date | None, date | None]:
    """Return the first and the last day: after their label, else in the sentence that says when it took place."""
    year = published.year if published else None
    for block in blocks:
        for found in _INSPECTED.finditer(block.text[:400]):
            if not _NOT_INSPECTED.search(block.text[: found.start()]) and (
                days := run_of_days(block.text[found.end() :], year)
            ):
                return days[0], days[-1]
    for block in blocks[:_FIRST_LINES]:
        if (alone := spans_in(block.text)) and not _BESIDE_SPAN.sub(
            "", block.text[: alone[0].start] + block.text[alone[0].end :]
        ):
            return alone[0].first, alone[0].last
    for known_year in (None, year):  # a span that prints its year is surer
        for block in blocks:
            if span := _span_of_inspection(block, known_year):
                return span.first, span.last
    week = next((day for block in blocks if _TOOK_PLACE.search(block.text) and (day := week_in(block.text))), None)
    return week, None


def _span_of_inspection(block: Block, year: int | None) -> Span | None:
    """Return the days of the sentence that says when it took place."""
    if block.kind is BlockKind.ROW or not _TOOK_PLACE.search(block.text):
        return None
    for span in spans_in(block.text[:1500], year):
        before = block.text[max(0, span.start - 120) : span.start]
        if (span.last - span.first).days <= _LONGEST_INSPECTION and not _NOT_INSPECTED.search(before):
            return span
    return None
