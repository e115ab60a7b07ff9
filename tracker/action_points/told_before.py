"""What became of the earlier selves of a point, in a few words, for the page on which the point is checked. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.terms import DONE_DELIVERY, Delivery
from tracker.wording import format_date, plural


@dataclass(frozen=True)
class Became:
    """What is known of an earlier action: all that its sentence needs."""

    told: date  # the day its report stands under in the series
    delivery: Delivery
    original_due: date
    claimed_on: date | None
    closed_on: date | None


def in_words(earlier: Became, today: date) -> str:
    """Say when a point was told before and what became of it, late counted against the original date.

    > 2008, closed in 2010
    > 2012, done in 2013, 41 days late
    > 2012, 41 days late
    """
    return f"{earlier.told.year}, {_became(earlier, today)}"


def _became(earlier: Became, today: date) -> str:
    if earlier.delivery is Delivery.CLOSED_NOT_COMPLETED:
        return f"closed in {earlier.closed_on.year}, not completed" if earlier.closed_on else "closed, not completed"
    if earlier.delivery in DONE_DELIVERY:
        done = earlier.claimed_on or earlier.closed_on
        if done is None:
            return "done"
        return f"done in {done.year}, {_late((done - earlier.original_due).days) or 'on time'}"
    return _late((today - earlier.original_due).days) or f"due {format_date(earlier.original_due)}"


def _late(days: int) -> str:
    """Say how late, as ``actions.timeliness`` counts it; nothing where it is not."""
    return f"{plural(days, 'day')} late" if days > 0 else ""
