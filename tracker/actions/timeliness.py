"""Timeliness: one pure function of (delivery, dates, today) serves lists, counts, mails and reports.

Always against the original due date; nothing of it is stored (DESIGN section 3, rules 4 and 5).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from tracker.terms import OPEN_DELIVERY, Delivery, Timeliness

DUE_SOON_DAYS = 14
LATE_UP_TO = ((30, Timeliness.LATE_1_30), (90, Timeliness.LATE_31_90), (180, Timeliness.LATE_91_180))


@dataclass(frozen=True)
class Age:
    """A band of lateness as a range of original due dates, both ends included; no first day for the oldest band."""

    band: Timeliness
    first: date | None
    last: date


def timeliness(
    delivery: Delivery, original_due: date, today: date, *, claimed_on: date | None, due_soon_days: int = DUE_SOON_DAYS
) -> Timeliness:
    """Say how an action stands to its original date.

    What is done counts by the day of the claim that a check upheld; a claim that waits for its check is still open.
    """
    if delivery is Delivery.CLOSED_NOT_COMPLETED:
        return Timeliness.CLOSED
    if delivery not in OPEN_DELIVERY:
        on_time = claimed_on is not None and claimed_on <= original_due
        return Timeliness.DONE_ON_TIME if on_time else Timeliness.DONE_LATE
    return _open(days_late(original_due, today), due_soon_days)


def days_late(original_due: date, today: date) -> int:
    """Count the days since the original due date; below zero are the days left."""
    return (today - original_due).days


def ages(today: date) -> list[Age]:
    """Return the bands of lateness, oldest last, as ranges of original due dates that a query can ask for."""
    bands, newest = [], today - timedelta(days=1)
    for days, band in LATE_UP_TO:
        oldest = today - timedelta(days=days)
        bands.append(Age(band, oldest, newest))
        newest = oldest - timedelta(days=1)
    return [*bands, Age(Timeliness.LATE_OVER_180, None, newest)]


def within_extension(original_due: date, current_due: date, today: date) -> int | None:
    """Return the days left of an agreed extension that is all that keeps an action from being late; else None."""
    left = (current_due - today).days
    return left if original_due < today <= current_due else None


def _open(late: int, due_soon_days: int) -> Timeliness:
    if late > 0:
        return next((band for days, band in LATE_UP_TO if late <= days), Timeliness.LATE_OVER_180)
    if late == 0:
        return Timeliness.DUE_TODAY
    return Timeliness.DUE_SOON if -late <= due_soon_days else Timeliness.NOT_DUE
