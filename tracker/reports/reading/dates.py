"""Dates and spans of dates as reports print them: days before months, the year perhaps only at the end of a span."""

import calendar
import re
from datetime import date
from typing import NamedTuple

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|—|─|‒|−|\bto\b|\band\b|\buntil\b|&)\s*"

_WORDS = re.compile(rf"\b{_DAY}(?:\s+of)?\s+({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\b(\d{1,2})[/.](\d{1,2})[/.]((?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)\b")
_AMERICAN = re.compile(rf"\b({_MONTH})\.?\s+(\d{{1,2}}),\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_MONTH_YEAR = re.compile(rf"\b({_MONTH})\.?,?\s+((?:19|20)\d\d)\b", re.IGNORECASE)
_YEAR_END = re.compile(r"\bend of (20\d\d)\b(?![/–-])", re.IGNORECASE)

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_TH = r"(?:st|nd|rd|th)?"
_SPAN = re.compile(
    rf"\b(?:(?P<listed>\d{{1,2}}){_TH}(?:\s+(?:{_MONTH}))?,\s*(?:\d{{1,2}}{_TH},\s*){{0,8}})?"
    rf"(?P<day>\d{{1,2}}){_TH}(?:\s+(?P<month>{_MONTH})\.?)?(?:,?\s+(?P<year>(?:19|20)\d\d))?{_TO}{_WEEKDAY}"
    rf"(?P<last_day>\d{{1,2}}){_TH}\s+(?P<last_month>{_MONTH})\b\.?(?:,?\s+(?P<last_year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_NUMBER_SPAN = re.compile(rf"{_NUMBERS.pattern}{_TO}{_NUMBERS.pattern}")
_WEEK = re.compile(rf"\bweek (?:commencing|beginning|starting)\s+(?:on\s+)?{_WEEKDAY}", re.IGNORECASE)


class Found(NamedTuple):
    """A date and where it stands in the text searched."""

    date: date
    start: int
    end: int


class Span(NamedTuple):
    """The first and last day of an inspection."""

    first: date
    last: date
    start: int
    end: int


def dates_in(text: str) -> list[Found]:
    """Every full date in the text, in the order printed."""
    found = [
        made
        for pattern, order in ((_WORDS, (3, 2, 1)), (_NUMBERS, (3, 2, 1)), (_ISO, (1, 2, 3)), (_AMERICAN, (3, 1, 2)))
        for match in pattern.finditer(text)
        if (made := _made(match, order))
    ]
    return sorted(found, key=lambda one: one.start)


def the_date(text: str) -> date | None:
    """Return the date, where the text is a date and nothing else but its label's colon or a full stop."""
    found = dates_in(text)
    rest = text[: found[0].start] + text[found[0].end :] if len(found) == 1 else "more"
    return found[0].date if not rest.strip(" .:*") else None


def month_end_in(text: str) -> Found | None:
    """Return the last day of the first month named with its year ("the end of March 2026")."""
    match = _MONTH_YEAR.search(text)
    if not match:
        return None
    year, month = int(match[2]), MONTHS[match[1].lower()]
    return Found(date(year, month, calendar.monthrange(year, month)[1]), match.start(), match.end())


def year_end_in(text: str) -> Found | None:
    """Return the last day of the first year named by its end ("the end of 2026")."""
    match = _YEAR_END.search(text)
    return Found(date(int(match[1]), 12, 31), match.start(1), match.end(1)) if match else None


def spans_in(text: str, year: int | None = None) -> list[Span]:
    """Every span of days, its missing month and year taken from its end ("6 to 17 December 2021") or ``year``."""
    spans = [span for match in _SPAN.finditer(text) if (span := _span(match, year))]
    for match in _NUMBER_SPAN.finditer(text):
        one, other = dates_in(match[0])[:1], dates_in(match[0])[1:]
        if one and other and one[0].date <= other[0].date:
            spans.append(Span(one[0].date, other[0].date, match.start(), match.end()))
    return sorted(spans, key=lambda span: span.start)


def _span(match: re.Match[str], known_year: int | None) -> Span | None:
    printed = match["last_year"]
    year = int(printed) if printed else known_year
    if year is None:
        return None
    month = MONTHS[match["last_month"].lower()]
    first_month = MONTHS[match["month"].lower()] if match["month"] else month
    first_year = int(match["year"]) if match["year"] else year - (first_month > month)
    begins = int(match["listed"] or match["day"])
    first, last = _day(first_year, first_month, begins), _day(year, month, int(match["last_day"]))
    if not first or not last or first > last:
        return None
    return Span(first, last, match.start(), match.end())


def week_in(text: str) -> date | None:
    """Return the day a week is said to begin on ("the week commencing 3 June 2024")."""
    found = _WEEK.search(text)
    dates = dates_in(text[found.end() : found.end() + 30]) if found else []
    return dates[0].date if dates else None


def _made(match: re.Match[str], order: tuple[int, int, int]) -> Found | None:
    year, month, day = (match[group] for group in order)
    made = _day(int(year), int(month) if month.isdigit() else MONTHS[month.lower()], int(day))
    return Found(made, match.start(), match.end()) if made else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


_TOKEN = re.compile(rf"{_DAY}(?:\s+({_MONTH})\.?)?(?:,?\s+((?:19|20)\d\d))?(?=\b|\W|$)", re.IGNORECASE)
_BETWEEN = re.compile(
    r"[\s,;&‒–—─−-]|\b(?:to|and|until|from|of|mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?\b", re.IGNORECASE
)


def run_of_days(text: str, year: int | None = None) -> list[date]:
    """Return the days a label is followed by ("3 to 7 June and 17-21 June 2013"), sorted.

    Missing months and years are taken from the next that has one, the last year from ``year``. Whatever is no date ends
    the run.
    """
    if numbers := [found.date for found in dates_in(text[:60]) if _NUMBERS.match(text[found.start : found.end])]:
        return sorted(numbers)
    tokens: list[tuple[int, int | None, int | None]] = []
    end = 0
    for match in _TOKEN.finditer(text[:140]):
        if _BETWEEN.sub("", text[end : match.start()]):
            break
        tokens.append(
            (int(match[1]), MONTHS[match[2].lower()] if match[2] else None, int(match[3]) if match[3] else None)
        )
        end = match.end()
    days: list[date] = []
    month: int | None = None
    for day, own_month, own_year in reversed(tokens):
        earlier = own_month is not None and month is not None and own_year is None and own_month > month
        month = own_month or month
        year = own_year or (year - 1 if earlier and year else year)
        if month and year and (made := _day(year, month, day)):
            days.append(made)
    return sorted(days)
