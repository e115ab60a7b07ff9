"""When the inspection took place, and when the report was published."""

import re
from datetime import date

from tracker.reports.reading.dates import Span, dates_in, run_of_days, spans_in, the_date, week_in
from tracker.reports.reading.document import Block, BlockKind

_TITLE_PAGE, _LONGEST_DATED = 12, 90  # blocks; characters
_FIRST_LINES = 20  # blocks among which a span alone on its line is that of the inspection
_LONGEST_INSPECTION = 70  # days
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
_BESIDE_SPAN = re.compile(r"[\W_]|\b(?:from|between|on|dates?|visit|review|peer|challenge)\b", re.IGNORECASE)
_TOOK_PLACE_OR_PAST = re.compile(
    r"\b(?:inspect\w*|visit\w*|fieldwork|between|from|since|previous|last|year|period|ending|meeting|born|died|due|by)\b",
    re.IGNORECASE,
)


def published_on(blocks: tuple[Block, ...]) -> date | None:
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


def inspected_on(blocks: tuple[Block, ...], published: date | None) -> tuple[date | None, date | None]:
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
