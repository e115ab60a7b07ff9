"""How dates, lateness, counts and file sizes are written, on pages, in mails and in documents alike. Pure."""

from datetime import date, datetime

from tracker.clock import LONDON
from tracker.terms import Term

KILOBYTE = 1024


def format_date(day: date) -> str:
    """Write a date in full: > 1 September 2012."""
    return f"{day.day} {day:%B %Y}"


def format_short_date(day: date) -> str:
    """Write a date for a narrow column: > 1 Sep 2012."""
    return f"{day.day} {day:%b %Y}"


def format_time(moment: datetime) -> str:
    """Write the time of day in Europe/London, as GOV.UK does: > 9:05am, > midday, > midnight."""
    local = moment.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    return f"{local.hour % 12 or 12}:{local:%M}{'am' if local.hour < 12 else 'pm'}"  # noqa: PLR2004 - noon


def format_datetime(moment: datetime) -> str:
    """Write an aware moment in Europe/London: > 1 September 2012 at 9:05am."""
    return f"{format_date(moment.astimezone(LONDON))} at {format_time(moment)}"


def plural(count: int, singular: str, many: str | None = None) -> str:
    """Write a count with its noun: > 1 action, > 2,300 actions, > 2 bodies."""
    return f"{count:,} {singular if count == 1 else many or singular + 's'}"


def days_late(days: int) -> str:
    """Write how late something is: > 94 days late, > 1 day late, > due today."""
    return f"{plural(days, 'day')} late" if days > 0 else "due today" if days == 0 else days_left(-days)


def days_left(days: int) -> str:
    """Write how long there is: > 3 days left, > 1 day left, > due today, > 2 days late."""
    return f"{plural(days, 'day')} left" if days > 0 else "due today" if days == 0 else days_late(-days)


def sentence(words: str) -> str:
    """Begin words with a capital: > Date moved twice."""
    return words[:1].upper() + words[1:]


def file_size(size: int) -> str:
    """Write a number of bytes: > 840 bytes, > 12 KB, > 3.4 MB."""
    if size < KILOBYTE:
        return plural(size, "byte")
    if size < KILOBYTE * KILOBYTE:
        return f"{max(1, round(size / KILOBYTE))} KB"
    return f"{size / KILOBYTE / KILOBYTE:.1f} MB"


def label(term: Term | None) -> str:
    """Write the words people read for a term: > Completed, awaiting check."""
    return "" if term is None else term.label


def percent(part: int, whole: int) -> str:
    """Write a share to the whole number, and no share of nothing: > 75%, > none."""
    return f"{round(100 * part / whole)}%" if whole else "none"
