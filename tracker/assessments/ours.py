"""What we say of a recommendation: what we answered, what we did and when, who checked, where it stands. Pure."""

from dataclasses import dataclass
from datetime import date

from tracker.terms import DONE_DELIVERY, OPEN_DELIVERY, Delivery, Response, Timeliness
from tracker.wording import format_date, plural


@dataclass(frozen=True)
class Ours:
    """Our side of one recommendation."""

    reference: str
    title: str
    owner: str
    delivery: Delivery
    timeliness: Timeliness
    original_due: date
    claimed_on: date | None = None  # the day of the claim that a check upheld
    withheld: bool = False  # exempt or confidential: its reference is all that may be shown
    response: Response = Response.ACCEPTED
    response_reason: str = ""
    done: str = ""  # in the words of the claim that was upheld
    checked_by: str = ""
    checked_on: date | None = None
    evidence: tuple[str, ...] = ()  # the names of what shows it, without what is not open
    closed_on: date | None = None
    closed_because: str = ""

    @property
    def when(self) -> str:
        """Say when it was done, on time or late, always against the original date.

        > done 8 March 2013, 41 days after the original date, 26 January 2013
        > done 8 March 2013, on time: the original date was 1 April 2013
        > 41 days after the original date, 26 January 2013, and still open
        """
        due = format_date(self.original_due)
        if self.delivery is Delivery.CLOSED_NOT_COMPLETED:
            closed = f" {format_date(self.closed_on)}" if self.closed_on else ""
            return f"closed{closed}, not completed; the original date was {due}"
        if self.delivery in DONE_DELIVERY and self.claimed_on:
            days = (self.claimed_on - self.original_due).days
            how = f"{plural(days, 'day')} after the original date, {due}" if days > 0 else (
                f"on time: the original date was {due}"
            )  # fmt: skip
            return f"done {format_date(self.claimed_on)}, {how}"
        return f"the original date was {due}" + (", and it is still open" if self.delivery in OPEN_DELIVERY else "")
