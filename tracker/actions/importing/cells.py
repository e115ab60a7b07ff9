"""What stands in a cell: a date written by a person, a status in the council's words. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from tracker.terms import Delivery

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
YEARS = range(1990, 2101)
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ][\d:.]*)?$")
_NUMBERS = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})$")
_MONTH = re.compile(r"(?:[a-z]+day,? )?(\d{1,2})(?:st|nd|rd|th)?[ \-.](?:of )?([a-z]{3,9})\.?,?[ \-.](\d{4}|\d{2})$")

# Completed is a claim until somebody else has checked it; what says that it was checked is taken at its word.
STATUSES: Mapping[Delivery, tuple[str, ...]] = {
    Delivery.NOT_STARTED: ("not started", "to do", "open", "new", "not yet started", "planned", "grey"),
    Delivery.IN_PROGRESS: (
        "in progress", "ongoing", "started", "on track", "at risk", "delayed", "overdue", "late", "under way",
        "underway", "partially complete", "partly complete", "red", "amber", "green", "off track", "behind", "active",
        "some progress",
    ),
    Delivery.AWAITING_CHECK: (
        "complete", "completed", "done", "finished", "implemented", "delivered", "blue", "achieved", "awaiting check",
        "completed awaiting check", "awaiting sign off",
    ),
    Delivery.CHECKED: (
        "checked", "completed and checked", "verified", "signed off", "complete and verified", "validated", "embedded",
        "complete and embedded",
    ),
}  # fmt: skip
_DELIVERY = {word: delivery for delivery, words in STATUSES.items() for word in words}


def read_day(typed: str) -> date | None:
    """Return the date that stands in a cell, day before month. Raises ValueError where it is none that there is.

    None for an empty cell, and for what is no date at all.
    """
    plain = " ".join(typed.lower().split())
    if found := _ISO.match(plain):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    if found := _NUMBERS.match(plain):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if (found := _MONTH.match(plain)) and found[2][:3] in MONTHS:
        return _day(int(found[1]), MONTHS.index(found[2][:3]) + 1, int(found[3]))
    return None


def delivery_of(words: str) -> Delivery | None:
    """Return where an action stands by the sheet's words for it; None where they are not known."""
    plain = " ".join(re.sub(r"[^a-z ]", " ", words.lower()).split())
    return _DELIVERY.get(plain)


def _day(day: int, month: int, year: int) -> date:
    whole = year + 2000 if year < 100 else year  # noqa: PLR2004 - two digits
    if whole not in YEARS:
        raise ValueError
    return date(whole, month, day)
